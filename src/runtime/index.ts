/** Bounded concurrency for asynchronous work: the run-time helper of `eslint-plugin-bounded`. */
export { forEachBounded, mapBounded, mapBoundedSettled } from './map.ts'
export { TimeoutError } from './errors.ts'
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
