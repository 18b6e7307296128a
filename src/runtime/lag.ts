/** How late the event loop is. */
import { checkDelay, checkFunction, checkSignal, refuse } from './arguments.ts'
import { dispose } from './disposal.ts'

export interface LagOptions {
  /** Milliseconds between measurements. Default 20. */
  intervalMs?: number | undefined
  /** Lag in milliseconds above which the loop counts as lagging. Default 50. */
  thresholdMs?: number | undefined
  /** Called with each measured lag above the threshold, in milliseconds. */
  onLag?: ((lagMs: number) => void) | undefined
  /** Aborting it stops the monitor. */
  signal?: AbortSignal | undefined
}

export interface LagMonitor extends Disposable {
  /** False where clocks stand still while code runs, as on deployed Workers: everything reads 0 there. */
  readonly supported: boolean
  /** The lag now, in milliseconds: the last measured, or what the next measurement is already late, if that is more. */
  readonly lagMs: number
  /** Greatest and mean lag measured, in milliseconds. */
  readonly maxMs: number
  readonly meanMs: number
  /** Whether the lag now is above the threshold. */
  readonly lagging: boolean
  /** Ends the measuring; the lag reads 0 from then on. May be called again. */
  stop(): void
}

/**
 * Measures the lag of the event loop by the drift of a timer, which works on every platform. The timer does not keep the
 * process alive. Stop it, or use it with `using`.
 *
 * @throws {TypeError} for a bad argument.
 */
export function monitorLag(options: LagOptions = {}): LagMonitor {
  const { onLag, signal } = options
  const interval = options.intervalMs === undefined ? 20 : checkDelay('intervalMs', options.intervalMs)
  if (!(interval >= 1 && interval < Infinity)) refuse('intervalMs', 'milliseconds >= 1', interval)
  const threshold = options.thresholdMs === undefined ? 50 : checkDelay('thresholdMs', options.thresholdMs)
  if (onLag !== undefined) checkFunction('onLag', onLag)
  checkSignal(signal)
  const supported = !(globalThis as { navigator?: { userAgent?: string } }).navigator?.userAgent?.includes('Cloudflare-Workers')
  let due = performance.now() + interval
  let last = 0
  let max = 0
  let total = 0
  let count = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const arm = (): void => {
    due = performance.now() + interval
    timer = setTimeout(measure, interval)
    ;(timer as { unref?: () => void }).unref?.()
  }
  const measure = (): void => {
    last = Math.max(0, performance.now() - due)
    max = Math.max(max, last)
    total += last
    count++
    arm()
    if (last > threshold) onLag?.(last)
  }
  const stop = (): void => {
    clearTimeout(timer)
    timer = undefined
    last = 0
    signal?.removeEventListener('abort', stop)
  }
  const lagNow = (): number => (timer === undefined ? 0 : Math.max(last, performance.now() - due))
  if (supported && !signal?.aborted) {
    arm()
    signal?.addEventListener('abort', stop)
  }
  return {
    supported,
    get lagMs() {
      return lagNow()
    },
    get maxMs() {
      return max
    },
    get meanMs() {
      return count ? total / count : 0
    },
    get lagging() {
      return lagNow() > threshold
    },
    stop,
    [dispose]: stop,
  }
}
