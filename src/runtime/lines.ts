/** Queues whose both ends cost the same however long they are. */

/** Slots of a block: three for each item. The next block stands behind them. */
const blockLength = 3 * 128

/**
 * First in, first out, in blocks that are linked. What is told with an item (`index`, `wake`) stands beside it: an object
 * for each item that waits, or one array that grows, cost more than the rest of a queue. Plain fields: `#private` ones
 * cost more per item.
 */
export class Line<T, W = undefined> {
  size = 0
  /** Of the item that `shift` gave last. */
  index = 0
  wake: W | undefined
  private first: unknown[] | undefined
  private last: unknown[] | undefined
  private head = 0
  private tail = blockLength

  push(item: T, index?: number, wake?: W): void {
    if (this.tail === blockLength) this.extend()
    const last = this.last!
    const { tail } = this
    last[tail] = item
    last[tail + 1] = index
    last[tail + 2] = wake
    this.tail = tail + 3
    this.size++
  }

  peek(): T | undefined {
    return this.first?.[this.head] as T
  }

  shift(): T | undefined {
    if (!this.size) return
    const first = this.first!
    const { head } = this
    const item = first[head]
    this.index = first[head + 1] as number
    this.wake = first[head + 2] as W
    first[head] = first[head + 2] = undefined
    this.size--
    this.head = head + 3
    if (this.head === blockLength) {
      this.head = 0
      this.first = first[blockLength] as unknown[]
      if (!this.size) this.tail = blockLength
    }
    return item as T
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    let { first, head } = this
    for (let left = this.size; left > 0; left--) {
      yield first![head] as T
      head += 3
      if (head === blockLength) {
        head = 0
        first = first![blockLength] as unknown[]
      }
    }
  }

  /** Takes out everything that does not pass. */
  keep(passes: (item: T) => boolean): void {
    for (let left = this.size; left > 0; left--) {
      const item = this.shift()!
      if (passes(item)) this.push(item, this.index, this.wake)
    }
  }

  private extend(): void {
    const block = new Array<unknown>(blockLength + 1).fill(undefined)
    if (this.first) this.last![blockLength] = block
    else this.first = block
    this.last = block
    this.tail = 0
  }
}

/** One line per priority: the highest first, first in first out within one. */
export class Lanes<T, W = undefined> {
  size = 0
  /** Of the item that `take` gave last. */
  index = 0
  wake: W | undefined
  /** Gave up while they waited; skipped when their turn comes. */
  private readonly gone = new Set<T>()
  private readonly lanes: Line<T, W>[]
  private readonly ageing: number

  /** With `ageing`, what has waited that many milliseconds counts as one lane higher, and so on. */
  constructor(lanes: number, ageing = Infinity) {
    this.lanes = Array.from({ length: lanes }, () => new Line())
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

  private next(): Line<T, W> {
    let best = this.lanes[0]!
    let rank = -1
    const now = this.ageing < Infinity ? performance.now() : 0
    for (let lane = this.lanes.length - 1; lane >= 0; lane--) {
      const line = this.lanes[lane]!
      if (!line.size) continue
      if (this.ageing === Infinity) return line
      const aged = lane + (now - (line.peek() as Aged).since) / this.ageing
      if (aged > rank) {
        rank = aged
        best = line
      }
    }
    return best
  }
}

/** What waits in lanes that age: an object, which is told when it came. */
interface Aged {
  since: number
}
