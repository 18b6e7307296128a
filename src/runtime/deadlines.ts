/** Deadlines of equal length: they fall due in the order in which they were set, so one timer and a set serve them all. */

export class Deadlines<E extends { due: number }> extends Set<E> {
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly length: number
  private readonly expire: (entry: E) => void

  /** `length` in milliseconds. */
  constructor(length: number, expire: (entry: E) => void) {
    super()
    this.length = length
    this.expire = expire
  }

  /** The timer stays armed: tasks that come and go must not pay for one each. `clear` when the work ends. */
  override add(entry: E): this {
    entry.due = performance.now() + this.length
    this.timer ??= setTimeout(this.tick, this.length)
    return super.add(entry)
  }

  override clear(): void {
    clearTimeout(this.timer)
    super.clear()
  }

  private readonly tick = (): void => {
    this.timer = undefined
    for (const entry of this) {
      const left = entry.due - performance.now()
      // Timers may fire up to a millisecond early.
      if (left > 1) {
        this.timer ??= setTimeout(this.tick, left)
        return
      }
      this.delete(entry)
      this.expire(entry)
    }
  }
}
