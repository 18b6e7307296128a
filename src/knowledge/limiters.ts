/** Functions and objects that limit how many tasks run at once, and what they do when nobody says how many. */
import { bluebirdModules } from './combinators.ts'
import type { ApiFact } from './facts.ts'

/** Where a call is told how many may run: the argument at `argument`, or its property `option`. */
export interface ConcurrencyArgument {
  readonly argument: number
  readonly option?: string | readonly string[]
  /** `null`: the default is no limit. */
  readonly default: number | null
}

/** A call or construction whose product limits what is passed through it (`pLimit(5)`, `new PQueue({ concurrency })`). */
export interface LimiterFact extends ApiFact {
  readonly concurrency: ConcurrencyArgument
  /** Options that limit in another way when they are set (starts per interval). */
  readonly alsoLimitedBy?: readonly string[]
}

/** A call that maps a list with a limit of its own (`pMap(list, f, { concurrency })`). */
export interface BoundedMapFact extends ApiFact {
  readonly list: number
  readonly mapper: number
  readonly concurrency: ConcurrencyArgument
}

const number = (argument: number): ConcurrencyArgument => ({ argument, default: 1 })
const option = (argument: number, name: string | readonly string[], standard: number | null): ConcurrencyArgument => ({
  argument,
  option: name,
  default: standard,
})

/** `member` is the way to the factory itself; its product is what the call gives. */
export const limiterFacts: readonly LimiterFact[] = [
  { module: 'p-limit', member: ['', 'pLimit'], concurrency: { argument: 0, option: 'concurrency', default: 1 }, source: 'https://github.com/sindresorhus/p-limit#api' },
  { module: 'p-limit', member: 'limitFunction', concurrency: option(1, 'concurrency', 1), source: 'https://github.com/sindresorhus/p-limit#limitfunctionfn-options' },
  { module: 'p-queue', member: ['', 'PQueue'], concurrency: option(0, 'concurrency', null), alsoLimitedBy: ['intervalCap'], source: 'https://github.com/sindresorhus/p-queue#concurrency' },
  { module: 'p-throttle', member: ['', '()'], concurrency: option(0, 'limit', 1), source: 'https://github.com/sindresorhus/p-throttle#api' },
  { module: 'bottleneck', member: '', concurrency: option(0, 'maxConcurrent', null), alsoLimitedBy: ['minTime', 'reservoir'], source: 'https://github.com/SGrondin/bottleneck#constructor' },
  { module: 'async-sema', member: ['Sema', 'RateLimit'], concurrency: number(0), source: 'https://github.com/vercel/async-sema#api' },
  { module: 'async-mutex', member: ['Mutex', 'Semaphore'], concurrency: number(0), source: 'https://github.com/DirtyHairy/async-mutex#semaphore' },
  { module: 'promise-limit', member: '', concurrency: { argument: 0, default: null }, source: 'https://github.com/featurist/promise-limit#api' },
  { module: 'throat', member: '', concurrency: number(0), source: 'https://github.com/ForbesLindesay/throat#api' },
  { module: 'es-toolkit', member: ['Mutex', 'Semaphore', 'limitAsync'], concurrency: number(0), source: 'https://es-toolkit.dev/reference/promise/Semaphore.html' },
  { module: 'await-semaphore', member: ['Mutex', 'Semaphore'], concurrency: number(0), source: 'https://github.com/notenoughneon/await-semaphore' },
  { module: 'async', member: ['cargo', 'priorityQueue', 'queue'], concurrency: number(1), source: 'https://caolan.github.io/async/v3/docs.html#queue' },
  { module: 'fastq', member: ['', 'promise'], concurrency: number(1), source: 'https://github.com/mcollina/fastq#api' },
  { module: 'piscina', member: ['', 'Piscina'], concurrency: option(0, 'maxThreads', 1), source: 'https://github.com/piscinajs/piscina#constructor-new-piscinaoptions' },
  { module: 'workerpool', member: 'pool', concurrency: option(1, 'maxWorkers', 1), source: 'https://github.com/josdejong/workerpool#pool' },
  { module: 'eslint-plugin-bounded/runtime', member: 'createLimiter', concurrency: { argument: 0, option: 'concurrency', default: 1 }, source: 'docs/runtime.md' },
]

export const boundedMapFacts: readonly BoundedMapFact[] = [
  { module: 'p-map', member: ['', 'pMapIterable'], list: 0, mapper: 1, concurrency: option(2, 'concurrency', null), source: 'https://github.com/sindresorhus/p-map#concurrency' },
  { module: 'p-filter', member: '', list: 0, mapper: 1, concurrency: option(2, 'concurrency', null), source: 'https://github.com/sindresorhus/p-filter#concurrency' },
  { module: 'p-each-series', member: '', list: 0, mapper: 1, concurrency: number(3), source: 'https://github.com/sindresorhus/p-each-series' },
  { module: bluebirdModules, member: ['filter', 'map', 'Promise.map'], list: 0, mapper: 1, concurrency: option(2, 'concurrency', null), source: 'http://bluebirdjs.com/docs/api/promise.map.html' },
  // The standard has no such methods: where the global has them, bluebird stands in its place.
  { module: 'globalThis', member: ['Promise.filter', 'Promise.map'], list: 0, mapper: 1, concurrency: option(2, 'concurrency', null), source: 'http://bluebirdjs.com/docs/api/promise.map.html' },
  { module: 'eslint-plugin-bounded/runtime', member: ['forEachBounded', 'mapBounded', 'mapBoundedSettled', 'streamBounded'], list: 0, mapper: 1, concurrency: option(2, 'concurrency', 1), source: 'docs/runtime.md' },
]

/** Calls that run every task of a list, a bounded number at a time if they are told to: waiting for one is waiting for a batch. */
export const batchFacts: readonly ApiFact[] = [
  { module: ['p-all', 'p-map', 'p-props', 'p-settle'], member: '**', source: 'https://github.com/sindresorhus/promise-fun' },
  { module: ['@supercharge/promise-pool', 'promise-pool'], member: '**', source: 'https://superchargejs.com/docs/promise-pool' },
  { module: bluebirdModules, member: '**', source: 'http://bluebirdjs.com/docs/api-reference.html' },
  { module: 'eslint-plugin-bounded/runtime', member: '**', source: 'docs/runtime.md' },
]

/** Calls that run the function that they are given several times at once, as often as somebody allowed. */
export const boundingFacts: readonly ApiFact[] = [
  ...batchFacts,
  { module: 'p-limit', member: '**', source: 'https://github.com/sindresorhus/p-limit#api' },
  { module: 'p-queue', member: '**', source: 'https://github.com/sindresorhus/p-queue#api' },
  { module: 'es-toolkit', member: '**', source: 'https://es-toolkit.dev/reference/promise/Semaphore.html' },
  { module: 'async', member: '**', source: 'https://caolan.github.io/async/v3/docs.html' },
]

/** Methods of limiters that take the task. Any of them on a limiter runs it under the limit. */
export const limiterMethods: ReadonlySet<string> = new Set([
  'acquire', 'add', 'addAll', 'enqueue', 'exec', 'push', 'pushAsync', 'run', 'runExclusive', 'schedule', 'submit', 'use', 'wrap',
])

/**
 * Words in the name of a function or object that limits, for those that come from other files: `limit(() => …)`,
 * `this.semaphore.acquire()`, `queue.run(…)`, `withConcurrency(5, …)`. Taken as a limit, since the author says so.
 */
export const limiterWords: ReadonlySet<string> = new Set([
  'bottleneck', 'concurrency', 'concurrently', 'limit', 'limited', 'limiter', 'lock', 'mutex', 'pool', 'queue', 'sema', 'semaphore',
  'serialize', 'throttle', 'throttled',
])

/** Words of a number that says how many tasks may run, be it an option, a field or an argument. */
export const concurrencyWords: ReadonlySet<string> = new Set([
  'concurrency', 'concurrent', 'cores', 'cpus', 'inflight', 'limit', 'max', 'parallel', 'parallelism', 'shard', 'shards', 'threads', 'workers',
])

/** Words of a number of runners among which a list is shared out: so many pieces, however long the list is. */
export const sharingWords: ReadonlySet<string> = new Set(['concurrency', 'concurrent', 'cores', 'cpus', 'parallel', 'parallelism', 'processes', 'threads', 'worker', 'workers'])

/** Modules that `settings.bounded.helper` may name besides the plugin's own: they limit lists and tasks, and have nothing for queues or time. */
export const foreignHelpers: ReadonlySet<string> = new Set(['p-limit', 'p-map'])
