/** A clock that moves only when the test says so. */
import { afterEach, beforeEach, vi } from 'vitest'

/** Installs the clock around every test of the enclosing group. `setImmediate` stays real, so that `flush` works. */
export function useFakeClock() {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  return {
    /** Moves on by `ms`, running what falls due and the promises between. */
    advance: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    /** Timers that are set now. */
    timers: () => vi.getTimerCount(),
  }
}
