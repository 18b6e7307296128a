/** Queues of libraries: what limits how many run, what limits how many wait, and how code can see how many wait. */
import type { ApiFact } from './facts.ts'

/** Where a limit is given: an option of the object at an argument's index, or the argument itself. */
export interface QueueLimit {
  readonly argument: number
  /** The option's name; none where the argument is the number. */
  readonly option?: string
  /** What holds where it is left out; `null` stands for no limit. */
  readonly default: number | null
}

export interface QueueFact extends ApiFact {
  /** How many run at once. */
  readonly concurrency?: QueueLimit
  /** How many may wait; left out where the library has no such limit. */
  readonly capacity?: QueueLimit
  /** Methods that add one task or entry. */
  readonly feeds: readonly string[]
  /** Members that tell how many wait, or that wait until there are fewer. */
  readonly gauges: readonly string[]
}

export const queueFacts: readonly QueueFact[] = [
  {
    module: 'p-queue', member: ['()', 'PQueue()'],
    concurrency: { argument: 0, option: 'concurrency', default: null },
    feeds: ['add', 'addAll'], gauges: ['size', 'sizeBy', 'onSizeLessThan', 'onEmpty', 'onIdle', 'isSaturated'],
    source: 'https://github.com/sindresorhus/p-queue#api',
  },
  {
    module: 'async', member: ['queue()', 'priorityQueue()'],
    concurrency: { argument: 1, default: 1 },
    feeds: ['push', 'pushAsync', 'unshift', 'unshiftAsync'], gauges: ['length', 'saturated', 'unsaturated', 'buffer', 'drain', 'empty'],
    source: 'https://caolan.github.io/async/v3/docs.html#queue',
  },
  {
    module: 'fastq', member: ['()', 'promise()'],
    concurrency: { argument: 1, default: 1 },
    feeds: ['push', 'unshift'], gauges: ['length', 'saturated', 'drain', 'drained', 'empty'],
    source: 'https://github.com/mcollina/fastq#api',
  },
  {
    module: 'promise-queue', member: '()',
    concurrency: { argument: 0, default: null }, capacity: { argument: 1, default: null },
    feeds: ['add'], gauges: ['getQueueLength', 'getPendingLength'],
    source: 'https://github.com/promise-queue/promise-queue#readme',
  },
  {
    module: 'queue', member: '()',
    concurrency: { argument: 0, option: 'concurrency', default: null },
    feeds: ['push', 'unshift'], gauges: ['length'],
    source: 'https://github.com/jessetane/queue#constructor',
  },
  {
    module: 'better-queue', member: '()',
    concurrency: { argument: 1, option: 'concurrent', default: 1 },
    feeds: ['push'], gauges: ['length', 'getStats'],
    source: 'https://github.com/diamondio/better-queue#full-documentation',
  },
  {
    module: 'bottleneck', member: '()',
    concurrency: { argument: 0, option: 'maxConcurrent', default: null },
    capacity: { argument: 0, option: 'highWater', default: null },
    feeds: ['schedule', 'submit', 'wrap'], gauges: ['counts', 'queued', 'empty', 'check'],
    source: 'https://github.com/SGrondin/bottleneck#docs',
  },
  {
    module: 'piscina', member: ['()', 'Piscina()'],
    capacity: { argument: 0, option: 'maxQueue', default: null },
    feeds: ['run', 'runTask'], gauges: ['queueSize', 'needsDrain'],
    source: 'https://github.com/piscinajs/piscina#constructor-new-piscinaoptions',
  },
  {
    module: 'workerpool', member: 'pool()',
    capacity: { argument: 1, option: 'maxQueueSize', default: null },
    feeds: ['exec'], gauges: ['stats'],
    source: 'https://github.com/josdejong/workerpool#pool',
  },
  {
    module: 'generic-pool', member: 'createPool()',
    capacity: { argument: 1, option: 'maxWaitingClients', default: null },
    feeds: ['acquire', 'use'], gauges: ['pending'],
    source: 'https://github.com/coopernurse/node-pool#creating-a-pool',
  },
  {
    module: '@libp2p/utils/queue', member: 'Queue()',
    concurrency: { argument: 0, option: 'concurrency', default: null },
    feeds: ['add'], gauges: ['size', 'queued', 'onEmpty', 'onIdle', 'onSizeLessThan'],
    source: 'https://github.com/libp2p/js-libp2p/tree/main/packages/utils',
  },
]

/** Caches in memory that keep everything unless an option says how much. */
export const cacheFacts: readonly (ApiFact & { readonly option: string })[] = [
  {
    module: ['@unkey/cache', '@unkey/cache/stores'], member: 'MemoryStore()', option: 'unstableEvictOnSet',
    source: 'https://github.com/unkeyed/unkey/tree/main/packages/cache',
  },
]
