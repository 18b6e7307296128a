/** Queues whose both ends cost the same however long they are. */

/** First in, first out, in an array whose length is a power of two. Plain fields: `#private` ones cost more per item. */
export class Ring<T> {
  private slots: (T | undefined)[] = new Array<T | undefined>(16).fill(undefined)
  private head = 0
  size = 0

  push(item: T): void {
    const slots = this.slots
    if (this.size === slots.length) return this.resize(slots.length * 2).push(item)
    slots[(this.head + this.size++) & (slots.length - 1)] = item
  }

  peek(): T | undefined {
    return this.slots[this.head]
  }

  shift(): T | undefined {
    if (!this.size) return
    const item = this.slots[this.head]
    this.slots[this.head] = undefined
    this.head = (this.head + 1) & (this.slots.length - 1)
    this.size--
    if (this.slots.length > 1024 && this.size < this.slots.length >> 3) this.resize(this.slots.length >> 1)
    return item
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let at = 0; at < this.size; at++) yield this.slots[(this.head + at) & (this.slots.length - 1)]!
  }

  /** Takes out everything that does not pass. */
  keep(passes: (item: T) => boolean): void {
    for (let left = this.size; left > 0; left--) {
      const item = this.shift()!
      if (passes(item)) this.push(item)
    }
  }

  private resize(length: number): this {
    const old = this.slots
    const slots = new Array<T | undefined>(length).fill(undefined)
    for (let at = 0; at < this.size; at++) slots[at] = old[(this.head + at) & (old.length - 1)]
    this.slots = slots
    this.head = 0
    return this
  }
}

/** What may wait in lanes. */
export interface Waiting {
  /** Gave up while it waited; skipped when its turn comes. */
  gone?: boolean
  /** When it came, if lanes age. */
  since?: number
}

/** One ring per priority: the highest first, first in first out within one. */
export class Lanes<T extends Waiting> {
  size = 0
  private gone = 0
  private readonly lanes: Ring<T>[]
  private readonly ageing: number

  /** With `ageing`, what has waited that many milliseconds counts as one lane higher, and so on. */
  constructor(lanes: number, ageing = Infinity) {
    this.lanes = Array.from({ length: lanes }, () => new Ring<T>())
    this.ageing = ageing
  }

  push(item: T, lane = 0): void {
    if (this.ageing < Infinity) item.since = performance.now()
    this.lanes[lane]!.push(item)
    this.size++
  }

  take(): T | undefined {
    while (this.size + this.gone) {
      const item = this.next().shift()!
      if (!item.gone) {
        this.size--
        return item
      }
      this.gone--
    }
    return undefined
  }

  /** Marks an item that waits here as gone. */
  remove(item: T): void {
    item.gone = true
    this.size--
    if (++this.gone > 32 && this.gone > this.size) {
      for (const lane of this.lanes) lane.keep(({ gone }) => !gone)
      this.gone = 0
    }
  }

  private next(): Ring<T> {
    const lanes = this.lanes
    if (lanes.length === 1) return lanes[0]!
    let best = lanes[0]!
    let rank = -1
    const now = this.ageing < Infinity ? performance.now() : 0
    for (let lane = lanes.length - 1; lane >= 0; lane--) {
      const ring = lanes[lane]!
      if (!ring.size) continue
      if (this.ageing === Infinity) return ring
      const waited = now - ring.peek()!.since!
      const aged = lane + waited / this.ageing
      if (aged > rank) {
        rank = aged
        best = ring
      }
    }
    return best
  }
}
