/** What tries again: libraries whose options take the limit away, and words of what is meant to go on for ever. */
import type { ApiFact } from './facts.ts'

export interface RetryFact extends ApiFact {
  /** Which argument holds the options. */
  readonly at: number
  /** The way to the limit in them: `['retry', 'limit']`. */
  readonly limit: readonly string[]
  /** The option that takes the limit away. */
  readonly switch?: 'forever'
  /** Whether `0` means no limit. */
  readonly zero?: true
  /** Whether there is no limit where the option is left out. */
  readonly byDefault?: true
  /** Other options that may end it: a signal, a time, a function that is asked. */
  readonly enders?: readonly string[]
  readonly source: string
}

const asked = ['signal', 'maxRetryTime', 'shouldRetry', 'retryCondition', 'retry']
const httpMethods = ['', 'delete', 'get', 'head', 'patch', 'post', 'put']

export const retryFacts: readonly RetryFact[] = [
  { module: 'p-retry', member: '', at: 1, limit: ['retries'], switch: 'forever', enders: asked, source: 'https://github.com/sindresorhus/p-retry#options' },
  { module: 'retry', member: 'operation', at: 0, limit: ['retries'], switch: 'forever', enders: asked, source: 'https://github.com/tim-kos/node-retry#retryoperationoptions' },
  { module: 'async-retry', member: '', at: 1, limit: ['retries'], switch: 'forever', enders: asked, source: 'https://github.com/vercel/async-retry#api' },
  { module: 'promise-retry', member: '', at: 1, limit: ['retries'], switch: 'forever', enders: asked, source: 'https://github.com/IndigoUnited/node-promise-retry#usage' },
  { module: 'cockatiel', member: 'retry', at: 1, limit: ['maxAttempts'], byDefault: true, source: 'https://github.com/connor4312/cockatiel/blob/master/src/Policy.ts' },
  { module: ['es-toolkit', 'es-toolkit/function'], member: 'retry', at: 1, limit: ['retries'], byDefault: true, enders: asked, source: 'https://es-toolkit.dev/reference/function/retry.html' },
  { module: '@lifeomic/attempt', member: 'retry', at: 1, limit: ['maxAttempts'], zero: true, source: 'https://github.com/lifeomic/attempt#options' },
  { module: 'exponential-backoff', member: 'backOff', at: 1, limit: ['numOfAttempts'], enders: asked, source: 'https://github.com/coveooss/exponential-backoff#backoffoptions' },
  { module: 'axios-retry', member: '', at: 1, limit: ['retries'], enders: asked, source: 'https://github.com/softonic/axios-retry#options' },
  { module: ['got', 'ky'], member: httpMethods, at: 1, limit: ['retry', 'limit'], source: 'https://github.com/sindresorhus/got/blob/main/documentation/7-retry.md' },
  { module: ['got', 'ky'], member: ['create', 'extend'], at: 0, limit: ['retry', 'limit'], source: 'https://github.com/sindresorhus/ky#retry' },
  { module: ['bull', 'bullmq'], member: ['().add', 'Queue().add'], at: 2, limit: ['attempts'], source: 'https://docs.bullmq.io/guide/retrying-failing-jobs' },
  { module: ['bull', 'bullmq'], member: ['', 'Queue'], at: 1, limit: ['defaultJobOptions', 'attempts'], source: 'https://docs.bullmq.io/guide/retrying-failing-jobs' },
]

/**
 * Words in names of functions and calls that keep something up for as long as the process runs, or wait until something
 * else is up: there is nobody to give up to.
 * https://learn.microsoft.com/azure/architecture/patterns/retry, https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export const lastingWords: ReadonlySet<string> = new Set([
  'alive', 'boot', 'bootstrap', 'connect', 'connection', 'consume', 'consumer', 'daemon', 'forever', 'heartbeat', 'init', 'initialise', 'initialize', 'keepalive', 'listen', 'listener',
  'loop', 'main', 'monitor', 'open', 'poll', 'poller', 'polling', 'ready', 'reconnect', 'reconnection', 'resubscribe', 'run', 'schedule', 'serve', 'start', 'startup', 'subscribe', 'subscription',
  'sync', 'tail', 'tick', 'until', 'wait', 'watch', 'watcher', 'worker',
])

/** Words in names of what is looked at to give up: a count, a time, somebody who wants it no more. */
export const endingWords: ReadonlySet<string> = new Set([
  'abort', 'aborted', 'active', 'alive', 'attempt', 'attempts', 'cancel', 'canceled', 'cancelled', 'close', 'closed', 'count', 'counter', 'deadline', 'destroyed', 'disposed', 'elapsed', 'ended',
  'expired', 'left', 'limit', 'max', 'maximum', 'num', 'remaining', 'retries', 'running', 'shutdown', 'signal', 'stop', 'stopped', 'stopping', 'terminated', 'times', 'tries', 'try',
])

/** Names of calls that give up all of it. https://nodejs.org/api/process.html#processexitcode, https://developer.mozilla.org/docs/Web/API/AbortSignal/throwIfAborted */
export const givingUp: ReadonlySet<string> = new Set(['abort', 'assert', 'exit', 'fail', 'invariant', 'reject', 'throwIfAborted'])

/** Names of calls that run a function again and again by themselves. https://developer.mozilla.org/docs/Web/API/Window/setInterval */
export const repeatingCalls = /^(?:setInterval|schedule\w*|cron)$/

/** Methods that neither wait, throw nor decide, whatever they are called on. https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects */
export const harmlessMethods: ReadonlySet<string> = new Set(['catch', 'emit', 'error', 'includes', 'match', 'max', 'min', 'pow', 'resolve', 'startsWith', 'test', 'then', 'toString'])

/** Objects whose members give another answer each time. */
export const changingGlobals: ReadonlySet<string> = new Set(['Date', 'Math', 'crypto', 'performance', 'process'])

/** Methods that move on in a list or budget, so that the next try is not the same. https://tc39.es/ecma262/#sec-iterator.prototype.next */
export const progressMethods: ReadonlySet<string> = new Set(['add', 'consume', 'delete', 'next', 'pop', 'push', 'set', 'shift', 'splice', 'take'])

/** Words in names of what somebody outside ends work with. https://developer.mozilla.org/docs/Web/API/AbortController, https://code.visualstudio.com/api/references/vscode-api#CancellationToken */
export const cancelWords: ReadonlySet<string> = new Set(['abort', 'aborted', 'aborter', 'cancel', 'canceled', 'cancellation', 'cancelled', 'signal', 'signals'])
