/** What a queue takes and gives: its options, its interface, its report. */
import { checkCount, checkDelay, checkFunction, checkSignal, governorOf, refuse } from './arguments.ts'
import { backoff } from './backoff.ts'
import type { RetryDelay } from './backoff.ts'
import type { Gauges, Governor } from './types.ts'

export interface QueueOptions<T> {
  /** How many items are worked on at once: an integer >= 1, `Infinity`, or a governor such as a shared limiter. */
  concurrency: number | Governor
  /** How many items may wait, not counting those that run: an integer >= 1, or `Infinity` to opt out. */
  capacity: number
  /** Milliseconds an attempt may take. Its signal aborts, it fails with a `TimeoutError`, its slot is kept until it settles. */
  timeout?: number | undefined
  /** Milliseconds after the deadline until the slot of an attempt that still runs is given away. Default: never. */
  grace?: number | undefined
  /** Aborting it closes the queue in abort mode, with its reason. */
  signal?: AbortSignal | undefined
  /** How many times an item is tried again, with the delays of `backoff()`, or a function that says after how long. Default 0. */
  retries?: number | RetryDelay | undefined
  /** Number of priorities, 0 to `priorities - 1`, the highest first: at most 1000. Default 1. */
  priorities?: number | undefined
  /** Milliseconds of waiting that count as one priority more. Default: waiting does not raise it. */
  ageing?: number | undefined
  /** Told of each item that failed for good or was dropped. Without it and `deadLetterCapacity`, failures surface from `drained` and `close`. */
  onDeadLetter?: ((letter: DeadLetter<T>) => void) | undefined
  /** How many dead letters are kept, the latest ones: an integer >= 0, or `Infinity`. Default 1000. */
  deadLetterCapacity?: number | undefined
  /**
   * The async context in which an item is worked on: that of its producer (default), so that request ids and tenants are
   * right; or, at about a third of the cost for items that wait, whichever is current when a slot becomes free.
   */
  context?: 'producer' | 'any' | undefined
  /** Measure latencies too. Default false: counts only. */
  gauges?: boolean | undefined
  /** Name in the gauges. Default `queue`. */
  name?: string | undefined
}

export interface PushOptions {
  /** Default 0, the lowest. */
  priority?: number | undefined
  /** Aborting it takes the item out, or aborts the signal of its attempt. */
  signal?: AbortSignal | undefined
}

export interface DeadLetter<T> {
  readonly item: T
  readonly error: unknown
  /** Attempts that were made. */
  readonly attempts: number
  /** `failed`: every attempt failed. `dropped`: given up before it was done. `abandoned`: still ran when `close` gave up on it. */
  readonly reason: 'failed' | 'dropped' | 'abandoned'
}

export interface CloseOptions {
  /** `drain` (default) works off what is queued; `abort` aborts the signals of what runs and drops the rest. */
  mode?: 'drain' | 'abort' | undefined
  /** Milliseconds after which draining turns into aborting. Default: never. */
  timeout?: number | undefined
  /** Milliseconds that aborted work gets to settle before it is counted as abandoned. Default 1000. */
  grace?: number | undefined
  /** Reason given to what is aborted or dropped. Default a `QueueClosedError`. */
  reason?: unknown
}

/** What became of every item that the queue took: the four numbers add up to it. */
export interface CloseReport {
  readonly done: number
  readonly failed: number
  readonly dropped: number
  readonly abandoned: number
}

export interface Queue<T, R> extends AsyncDisposable {
  /**
   * Gives nothing when the item was taken at once, or a promise to wait for, when the queue is full. It rejects with a
   * `QueueClosedError` when the queue is closed first, with the signal's reason when that aborts first. Neither need be
   * looked at: nothing becomes an unhandled rejection. A bad option rejects with a `TypeError`, which does.
   */
  push(item: T, options?: PushOptions): Promise<void> | undefined
  /**
   * Takes the item only if there is room, the queue is open and the signal is not aborted: false is for load shedding.
   *
   * @throws {TypeError} for a bad option.
   */
  tryPush(item: T, options?: PushOptions): boolean
  /**
   * Pushes, waiting for room, and gives the result of this item; its failure is the caller's, not a dead letter. Rejects as
   * `push` does, with the last attempt's error, or with the reason for which the item was dropped or abandoned.
   */
  request(item: T, options?: PushOptions): Promise<Awaited<R>>
  /**
   * Resolves when nothing waits and nothing runs. Where nobody else is told of failures (`onDeadLetter`,
   * `deadLetterCapacity`), it rejects with an `AggregateError` of those since the last time.
   */
  drained(): Promise<void>
  /**
   * Takes nothing more and ends. Calling it again gives the same report; `abort` turns a drain into an abort. Rejects as
   * `drained` does; the error's `report` is the report then.
   */
  close(options?: CloseOptions): Promise<CloseReport>
  /** Starts nothing more until `resume`. `close` resumes. */
  pause(): void
  resume(): void
  /** Items that wait for a slot; those that wait for room, or for their next attempt, are not among them. */
  readonly size: number
  /** Slots in use. */
  readonly active: number
  readonly capacity: number
  /** `closing` from the call of `close` until what runs and waits has ended. */
  readonly state: 'open' | 'closing' | 'closed'
  /** Those that are kept, oldest first; a copy. */
  readonly deadLetters: readonly DeadLetter<T>[]
  /** Counts of attempts since it was made, and with `gauges` latencies. */
  stats(): Gauges
}

/** Reads each option once and refuses what cannot work. */
export function settingsOf<T>(worker: unknown, options: QueueOptions<T>) {
  checkFunction('worker', worker)
  const { concurrency, capacity, signal, retries = 0, priorities = 1, onDeadLetter, context = 'producer' } = options ?? {}
  const governor = governorOf(concurrency)
  checkCount('capacity', capacity)
  checkSignal(signal)
  checkCount('priorities', priorities)
  if (priorities > 1000) refuse('priorities', 'at most 1000', priorities)
  if (onDeadLetter !== undefined) checkFunction('onDeadLetter', onDeadLetter)
  const { deadLetterCapacity = 1000 } = options
  if (deadLetterCapacity !== 0) checkCount('deadLetterCapacity', deadLetterCapacity)
  if (context !== 'producer' && context !== 'any') refuse('context', "'producer' or 'any'", context)
  const retryDelay: RetryDelay = typeof retries === 'function' ? retries : retries === 0 ? () => false : backoff({ retries })
  return {
    governor,
    limit: governor ? Infinity : (concurrency as number),
    capacity,
    signal,
    retryDelay,
    retries,
    priorities,
    ageing: checkDelay('ageing', options.ageing),
    timeout: checkDelay('timeout', options.timeout),
    grace: checkDelay('grace', options.grace),
    onDeadLetter,
    deadLetterCapacity,
    /** Nobody else is told of failures. */
    surfaces: !onDeadLetter && options.deadLetterCapacity === undefined,
    /** Each item waits in its producer's context. */
    parks: context === 'producer',
    timed: options.gauges === true,
    name: options.name ?? 'queue',
  }
}
