/** Bounded concurrency for asynchronous work: the run-time helper of `eslint-plugin-bounded`. */
export { forEachBounded, mapBounded, mapBoundedSettled } from './map.ts'
export { streamBounded } from './stream.ts'
export { createLimiter } from './limiter.ts'
export { createQueue } from './queue.ts'
export { backoff } from './backoff.ts'
export { createBatcher } from './batcher.ts'
export { adaptiveLimit } from './adaptive.ts'
export { monitorLag } from './lag.ts'
export { prometheusText } from './prometheus.ts'
export { withTimeout } from './attempt.ts'
export { chunk, chunkAsync, concurrencyFor } from './sizes.ts'
export { AcquireTimeoutError, ClearedError, LimiterFullError, QueueClosedError, TimeoutError } from './errors.ts'
export type { AdaptiveLimit, AdaptiveOptions } from './adaptive.ts'
export type { BackoffOptions, RetryDelay } from './backoff.ts'
export type { BatcherOptions } from './batcher.ts'
export type { LagMonitor, LagOptions } from './lag.ts'
export type { CloseOptions, CloseReport, DeadLetter, PushOptions, Queue, QueueOptions } from './queue-options.ts'
export type { TimeoutOptions } from './attempt.ts'
export type { AcquireOptions, Limiter, LimiterOptions, RunOptions } from './limiter.ts'
export type { ChunkOptions, Load } from './sizes.ts'
export type { StreamOptions } from './stream.ts'
export type {
  BoundedOptions,
  Gauges,
  Governor,
  Input,
  Mapper,
  OnError,
  TaskContext,
  TaskOutcome,
  Token,
} from './types.ts'
