/** Queues whose both ends cost the same however long they are. */

/**
 * First in, first out. What is told with an item (`index`, `wake`) is kept beside it, in arrays of its own: an object for
 * each item that waits costs more than the rest of the queue. Plain fields: `#private` ones cost more per item.
 */
export class Ring<T, W = undefined> {
  size = 0
  /** Of the item that `shift` gave last. */
  index = 0
  wake: W | undefined
  private head = 0
  private items: (T | undefined)[] = empty(16)
  private indices: number[] = []
  private wakes: (W | undefined)[] | undefined

  push(item: T, index = 0, wake?: W): void {
    if (this.size === this.items.length) this.resize(this.size * 2)
    const at = (this.head + this.size++) & (this.items.length - 1)
    this.items[at] = item
    this.indices[at] = index
    if (wake) (this.wakes ??= empty(this.items.length))[at] = wake
  }

  peek(): T | undefined {
    return this.items[this.head]
  }

  shift(): T | undefined {
    if (!this.size) return
    const { head, items, wakes } = this
    const item = items[head]
    items[head] = undefined
    this.index = this.indices[head]!
    if (wakes) {
      this.wake = wakes[head]
      wakes[head] = undefined
    }
    this.head = (head + 1) & (items.length - 1)
    this.size--
    if (items.length > 1024 && this.size < items.length >> 3) this.resize(items.length >> 1)
    return item
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let at = 0; at < this.size; at++) yield this.items[(this.head + at) & (this.items.length - 1)]!
  }

  /** Takes out everything that does not pass. */
  keep(passes: (item: T) => boolean): void {
    for (let left = this.size; left > 0; left--) {
      const item = this.shift()!
      if (passes(item)) this.push(item, this.index, this.wake)
    }
  }

  private resize(length: number): void {
    const { head, items } = this
    const moved = <V>(from: V[]): V[] => {
      const to = empty<V>(length)
      for (let at = 0; at < this.size; at++) to[at] = from[(head + at) & (items.length - 1)]!
      return to
    }
    this.items = moved(items)
    this.indices = moved(this.indices)
    this.wakes &&= moved(this.wakes)
    this.head = 0
  }
}

function empty<V>(length: number): V[] {
  return new Array<V>(length).fill(undefined as V)
}

/** One ring per priority: the highest first, first in first out within one. */
export class Lanes<T, W = undefined> {
  size = 0
  /** Of the item that `take` gave last. */
  index = 0
  wake: W | undefined
  /** Gave up while they waited; skipped when their turn comes. */
  private readonly gone = new Set<T>()
  private readonly lanes: Ring<T, W>[]
  private readonly ageing: number

  /** With `ageing`, what has waited that many milliseconds counts as one lane higher, and so on. */
  constructor(lanes: number, ageing = Infinity) {
    this.lanes = Array.from({ length: lanes }, () => new Ring())
    this.ageing = ageing
  }

  push(item: T, lane: number, index?: number, wake?: W): void {
    if (this.ageing < Infinity) (item as Aged).since = performance.now()
    this.lanes[lane]!.push(item, index, wake)
    this.size++
  }

  take(): T | undefined {
    while (this.size + this.gone.size) {
      const lane = this.lanes.length === 1 ? this.lanes[0]! : this.next()
      const item = lane.shift()!
      if (this.gone.size && this.gone.delete(item)) continue
      this.size--
      this.index = lane.index
      this.wake = lane.wake
      return item
    }
    return undefined
  }

  /** Marks an item that waits here as gone. */
  remove(item: T): void {
    this.gone.add(item)
    this.size--
    if (this.gone.size > 32 && this.gone.size > this.size) {
      for (const lane of this.lanes) lane.keep((one) => !this.gone.delete(one))
    }
  }

  private next(): Ring<T, W> {
    let best = this.lanes[0]!
    let rank = -1
    const now = this.ageing < Infinity ? performance.now() : 0
    for (let lane = this.lanes.length - 1; lane >= 0; lane--) {
      const ring = this.lanes[lane]!
      if (!ring.size) continue
      if (this.ageing === Infinity) return ring
      const aged = lane + (now - (ring.peek() as Aged).since) / this.ageing
      if (aged > rank) {
        rank = aged
        best = ring
      }
    }
    return best
  }
}

/** What waits in lanes that age: an object, which is told when it came. */
interface Aged {
  since: number
}
