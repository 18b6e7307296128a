/** Types that every part of the helper shares. */

// TypeScript before 5.2 does not know the disposal symbols; merged with the library's own declarations where they exist.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol
    readonly asyncDispose: unique symbol
  }
  interface Disposable {
    [Symbol.dispose](): void
  }
  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>
  }
}

/** What the functions of the map family read from. Where an object is both, it is read as an async iterable. */
export type Input<T> = Iterable<T> | AsyncIterable<T>

/** The third argument of a mapper. */
export interface TaskContext {
  /** Aborted when a sibling fails, when the caller's signal aborts, or at this task's own deadline. Made on first read. */
  readonly signal: AbortSignal
  /** Position of the item in the input, from 0. */
  readonly index: number
}

export type Mapper<T, R> = (item: T, index: number, context: TaskContext) => R | PromiseLike<R>

/** How a task ended; what a token's `release` may report to a governor that adapts. */
export type TaskOutcome = 'done' | 'failed' | 'timedOut' | 'dropped'

/** The right to run one task. Releasing twice counts once. Works with `using`. */
export interface Token extends Disposable {
  release(outcome?: TaskOutcome): void
}

/**
 * Whatever hands out the right to run: a limiter of this package, or any object of the shape of TC39's proposal.
 * https://github.com/tc39/proposal-concurrency-control
 */
export interface Governor {
  acquire(options?: { signal?: AbortSignal }): Promise<Token>
  tryAcquire?(): Token | undefined
}

/**
 * What becomes of the rest when a task fails.
 * - `stop`: nothing more starts, the running tasks' signals abort, the call rejects at once with the same error.
 * - `drain`: the same, but the call rejects only after everything that started has settled (also after an abort). A task
 *   that ignores its signal can hold it up for ever.
 * - `collect`: everything runs; then one `AggregateError` with the errors in input order.
 */
export type OnError = 'stop' | 'drain' | 'collect'

export interface BoundedOptions {
  /** How many tasks may run at once: an integer >= 1, `Infinity` to opt out, or a governor such as a shared limiter. */
  concurrency: number | Governor
  /** Aborting it stops the call, which rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Default `stop`. */
  onError?: OnError | undefined
  /**
   * Milliseconds a task may take. At the deadline the task fails with a `TimeoutError` and `context.signal` aborts. Here and
   * wherever milliseconds are asked for: at most 2 147 483 647, the longest that timers take, or `Infinity`. Default: none.
   */
  timeout?: number | undefined
  /** Milliseconds after the deadline until the slot of a task that still runs is given away. Default: never. */
  grace?: number | undefined
  /** Called while the call runs, at most once a second and once at its end. Measuring is off without it. */
  onGauge?: ((gauges: Gauges) => void) | undefined
  /** Name in the gauges. Default: the function's name. */
  name?: string | undefined
}

/** A snapshot of what a call, a limiter or a queue does. Latencies in milliseconds. */
export interface Gauges {
  readonly name: string
  /** Tasks that run now. */
  readonly active: number
  /** Tasks or items that wait to start, as far as known. */
  readonly pending: number
  readonly started: number
  readonly done: number
  readonly failed: number
  /** Of the failed: those whose deadline passed. */
  readonly timedOut: number
  /** Tasks that still ran when their slot was given away after `grace`. */
  readonly abandoned: number
  /** Quantiles of task latency, to within 5 %; 0 while nothing has settled. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Tasks settled per second since measuring began. */
  readonly perSecond: number
  /** Rate times mean latency: by Little's law the mean number in flight, to compare with the limit. */
  readonly little: number
}
