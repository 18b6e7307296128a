/** Deadlines of equal length: they fall due in the order in which they were set, so one timer and a list serve them all. */

/** Something that can have a deadline; the links are the list's own. */
export interface Timed {
  due: number
  before: Timed | undefined
  after: Timed | undefined
}

export class Deadlines<E extends Timed> {
  #first: Timed | undefined
  #last: Timed | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #length: number
  readonly #expire: (entry: E) => void

  /** `length` in milliseconds. */
  constructor(length: number, expire: (entry: E) => void) {
    this.#length = length
    this.#expire = expire
  }

  add(entry: E): void {
    entry.due = performance.now() + this.#length
    entry.before = this.#last
    if (this.#last) this.#last.after = entry
    else this.#first = entry
    this.#last = entry
    this.#timer ??= setTimeout(this.#tick, this.#length)
  }

  /** The timer stays armed: tasks that come and go must not pay for one each. `clear` when the work ends. */
  remove(entry: E): void {
    const { before, after } = entry
    if (before) before.after = after
    else if (this.#first === entry) this.#first = after
    else return
    if (after) after.before = before
    else this.#last = before
    entry.before = entry.after = undefined
  }

  *[Symbol.iterator](): Generator<E, void, undefined> {
    for (let entry = this.#first, next; entry; entry = next) {
      next = entry.after
      yield entry as E
    }
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = this.#first = this.#last = undefined
  }

  readonly #tick = (): void => {
    this.#timer = undefined
    // Timers may fire up to a millisecond early.
    for (let now = performance.now() + 1; this.#first && this.#first.due <= now; ) {
      const entry = this.#first as E
      this.remove(entry)
      this.#expire(entry)
    }
    if (this.#first) this.#timer ??= setTimeout(this.#tick, this.#first.due - performance.now())
  }
}
