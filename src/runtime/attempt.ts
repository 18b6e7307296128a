/** One task under a deadline and a signal, and what is known about its slot. */
import { checkDelay, checkFunction, checkSignal } from './arguments.ts'
import { TimeoutError } from './errors.ts'
import { Stop } from './tasks.ts'
import type { TaskOutcome } from './types.ts'

export interface Terms {
  signal?: AbortSignal | undefined
  /** Milliseconds; `Infinity` for none. */
  timeout: number
  /** Milliseconds after the deadline or the abort until `free` is called for work that still runs. */
  grace: number
  /** Made before the wait, so that its stack has the caller. */
  late: Error | undefined
  /** Called once, when the work has really ended, or has outstayed its grace (`abandoned`). */
  free?(outcome: TaskOutcome, abandoned: boolean): void
}

/**
 * Settles with the work, at the deadline, or at an abort, whichever comes first; the work's own signal is aborted with
 * the same reason. The race is over two promises that nobody else holds, so nothing outlives it.
 */
export async function attempt<R>(work: (stop: Stop) => R | PromiseLike<R>, terms: Terms): Promise<Awaited<R>> {
  const { signal, timeout, grace, late, free } = terms
  if (signal?.aborted) {
    free?.('dropped', false)
    throw signal.reason
  }
  const stop = new Stop()
  let leave!: (error: unknown) => void
  const left = new Promise<never>((_, reject) => (leave = reject))
  let graceTimer: ReturnType<typeof setTimeout> | undefined
  let outcome: TaskOutcome = 'done'
  let freed = false
  const release = (abandoned: boolean): void => {
    if (freed) return
    freed = true
    clearTimeout(graceTimer)
    free?.(outcome, abandoned)
  }
  const giveUp = (error: unknown, as: TaskOutcome): void => {
    outcome = as
    end()
    stop.stop(error)
    if (grace < Infinity && !freed) graceTimer = setTimeout(release, grace, true)
    leave(error)
  }
  const abort = (): void => giveUp(signal!.reason, 'dropped')
  const timer = timeout < Infinity ? setTimeout(giveUp, timeout, late, 'timedOut') : undefined
  const end = (): void => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  signal?.addEventListener('abort', abort)
  const run = async (): Promise<Awaited<R>> => {
    try {
      return await work(stop)
    } catch (error) {
      if (!stop.stopped) outcome = 'failed'
      throw error
    } finally {
      release(false)
    }
  }
  try {
    return await Promise.race([left, run()])
  } finally {
    end()
  }
}

export interface TimeoutOptions {
  /** Aborting it aborts the work and rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /**
   * Milliseconds to wait, after the deadline or an abort, for the work to settle before rejecting. Default 0: reject at
   * once. Inside a limiter, a grace keeps the slot as long as the work really runs.
   */
  grace?: number | undefined
  /** Message of the error. */
  message?: string | undefined
}

/**
 * Runs `fn` with a deadline of `ms` milliseconds. At the deadline the signal given to `fn` aborts with a `TimeoutError`,
 * and the call rejects with it. The timer is always cleared.
 *
 * @throws {TypeError} as a rejection, for a bad argument.
 */
export async function withTimeout<R>(
  fn: (signal: AbortSignal) => R | PromiseLike<R>,
  ms: number,
  options: TimeoutOptions = {},
): Promise<Awaited<R>> {
  checkFunction('fn', fn)
  if (ms === undefined) checkDelay('ms', NaN)
  const timeout = checkDelay('ms', ms)
  const { signal, message } = options
  const grace = options.grace === undefined ? 0 : checkDelay('grace', options.grace)
  checkSignal(signal)
  if (signal?.aborted) throw signal.reason
  const late = new TimeoutError(timeout, message)
  let settle!: () => void
  const settled = new Promise<void>((resolve) => (settle = resolve))
  try {
    return await attempt((stop) => fn(stop.signal), { signal, timeout, grace: grace || Infinity, late, free: settle })
  } finally {
    if (grace) await settled
  }
}
