/** A limit that finds itself from what tasks report. */
import { checkCount, checkDelay, refuse } from './arguments.ts'
import { dispose } from './disposal.ts'
import { monitorLag } from './lag.ts'
import { createLimiter } from './limiter.ts'
import type { AcquireOptions } from './limiter.ts'
import type { LagMonitor } from './lag.ts'
import type { Gauges, Governor, TaskOutcome, Token } from './types.ts'

export interface AdaptiveOptions {
  /** Default `aimd`. See `adaptiveLimit`. */
  algorithm?: 'aimd' | 'gradient' | undefined
  /** Lowest limit. Default 1. */
  min?: number | undefined
  /** Highest limit. Default 200. */
  max?: number | undefined
  /** Limit at the start. Default 10, within `min` and `max`. */
  initial?: number | undefined
  /** `aimd`: a task that takes longer, in milliseconds, counts as a sign of overload. Default: none does. */
  targetMs?: number | undefined
  /** The monitor that tells when our own event loop lags. Default: one of its own, which runs only while tasks do. */
  lag?: Pick<LagMonitor, 'lagging'> | undefined
  /** Name in the gauges. Default `adaptive`. */
  name?: string | undefined
}

export interface AdaptiveLimit extends Governor {
  /** Waits for a token. What its `release` reports moves the limit. Rejects with the signal's reason, or a `TypeError` for a bad option. */
  acquire(options?: AcquireOptions): Promise<Token>
  /** The same at once; gives nothing when no slot is free or others wait. */
  tryAcquire(): Token | undefined
  /** The limit now. */
  readonly concurrency: number
  /** Tokens that are not released. */
  readonly active: number
  /** Callers that wait for one. */
  readonly pending: number
  /** Counts and latencies since it was made. */
  stats(): Gauges
}

/** Share of the limit that is left after a sign of overload. */
const decrease = 0.9
/** Gradient2: smoothing, tasks allowed to queue at the far end, and samples in the long average. */
const smoothing = 0.2
const farQueue = 4
const longWindow = 600

/**
 * Makes a governor whose limit follows the far end; use it as `concurrency`, or through `acquire`.
 *
 * - `aimd`: a failure, a timeout or a latency over `targetMs` multiplies the limit by 0.9, once for all tasks that ran
 *   at that moment; a window of as many good tasks as the limit adds 1.
 * - `gradient`: Netflix's Gradient2, from the ratio of long-term to present latency.
 *
 * Neither grows while less than half of the limit is in use: such tasks say nothing about the limit. While our own event
 * loop lags, growth is frozen and latencies are not counted, or the far end would be blamed for our own stall.
 *
 * https://github.com/Netflix/concurrency-limits/blob/main/concurrency-limits-core/src/main/java/com/netflix/concurrency/limits/limit/AIMDLimit.java
 * https://github.com/Netflix/concurrency-limits/blob/main/concurrency-limits-core/src/main/java/com/netflix/concurrency/limits/limit/Gradient2Limit.java
 * https://github.com/Netflix/concurrency-limits/blob/main/concurrency-limits-core/src/main/java/com/netflix/concurrency/limits/limit/VegasLimit.java
 *
 * @throws {TypeError} for a bad argument.
 */
export function adaptiveLimit(options: AdaptiveOptions = {}): AdaptiveLimit {
  const { algorithm = 'aimd', min = 1, max = 200, name = 'adaptive' } = options
  if (algorithm !== 'aimd' && algorithm !== 'gradient') refuse('algorithm', "'aimd' or 'gradient'", algorithm)
  checkCount('min', min)
  checkCount('max', max)
  if (min > max) refuse('min', `at most \`max\` (${max})`, min)
  const { initial = Math.min(max, Math.max(min, 10)) } = options
  checkCount('initial', initial)
  if (initial < min || initial > max) refuse('initial', `from \`min\` (${min}) to \`max\` (${max})`, initial)
  const targetMs = checkDelay('targetMs', options.targetMs)

  let limit = initial
  let good = 0
  let decreasedAt = -Infinity
  let long = 0
  let samples = 0
  let ownLag: LagMonitor | undefined
  const limiter = createLimiter({ concurrency: initial, gauges: true, name })
  const isLagging = (): boolean => (options.lag ?? ownLag)?.lagging === true

  const set = (value: number): void => {
    limit = Math.min(max, Math.max(min, value))
    const whole = Math.floor(limit)
    if (whole !== limiter.concurrency) limiter.concurrency = whole
  }
  const reduce = (startedAt: number): void => {
    good = 0
    // Those that already ran when the limit was reduced report the same overload again.
    if (startedAt < decreasedAt) return
    decreasedAt = performance.now()
    set(limit * decrease)
  }
  const aimd = (elapsed: number, outcome: TaskOutcome, startedAt: number, inFlight: number, lagging: boolean): void => {
    if (outcome !== 'done' || (elapsed > targetMs && !lagging)) reduce(startedAt)
    else if (!lagging && inFlight >= limit / 2 && ++good >= limit) {
      good = 0
      set(limit + 1)
    }
  }
  const gradient = (elapsed: number, outcome: TaskOutcome, startedAt: number, inFlight: number, lagging: boolean): void => {
    if (outcome === 'timedOut') return reduce(startedAt)
    if (lagging || outcome !== 'done') return
    const weight = 2 / (longWindow + 1)
    samples++
    // A plain mean until there are ten samples, exponential from then on.
    long = samples <= 10 ? long + (elapsed - long) / samples : long + (elapsed - long) * weight
    if (long > 2 * elapsed) long *= 0.9
    if (inFlight < limit / 2) return
    const ratio = elapsed > 0 ? Math.min(1, Math.max(0.5, long / elapsed)) : 1
    set((1 - smoothing) * limit + smoothing * (limit * ratio + farQueue))
  }
  const learn = algorithm === 'aimd' ? aimd : gradient

  const watched = (token: Token): Token => {
    if (!options.lag) ownLag ??= monitorLag()
    const startedAt = performance.now()
    let held = true
    const release = (outcome: TaskOutcome = 'done'): void => {
      if (!held) return
      held = false
      const inFlight = limiter.active
      if (outcome !== 'dropped') learn(performance.now() - startedAt, outcome, startedAt, inFlight, isLagging())
      token.release(outcome)
      if (!limiter.active) {
        ownLag?.stop()
        ownLag = undefined
      }
    }
    return { release, [dispose]: () => release() }
  }

  return {
    acquire: async (given) => watched(await limiter.acquire(given)),
    tryAcquire() {
      const token = limiter.tryAcquire()
      return token && watched(token)
    },
    get concurrency() {
      return limiter.concurrency
    },
    get active() {
      return limiter.active
    },
    get pending() {
      return limiter.pending
    },
    stats: () => limiter.stats(),
  }
}
