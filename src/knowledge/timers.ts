/** Functions of platforms and packages that let time pass. */
import { chainingMethods } from './built-in-methods.ts'
import type { ApiFact } from './facts.ts'

/** A call whose promise settles when time has passed, and brings nothing. */
interface WaitFact extends ApiFact {
  /** The argument that holds the milliseconds; null where the wait is as short as it can be. */
  readonly ms: number | null
}

const sleep: Omit<WaitFact, 'module' | 'source'> = { member: '', ms: 0 }

/** Calls that run a callback when time has passed or the present turn is over. */
export const timerFacts: readonly ApiFact[] = [
  { module: 'globalThis', member: ['queueMicrotask', 'requestAnimationFrame', 'setImmediate', 'setTimeout'], source: 'https://developer.mozilla.org/docs/Web/API/Window#instance_methods' },
  { module: 'node:process', member: 'nextTick', source: 'https://nodejs.org/api/process.html#processnexttickcallback-args' },
  { module: 'node:timers', member: ['setImmediate', 'setTimeout'], source: 'https://nodejs.org/api/timers.html#scheduling-timers' },
]

export const waitFacts: readonly WaitFact[] = [
  { module: 'globalThis', member: 'Bun.sleep', ms: 0, source: 'https://bun.sh/docs/api/utils#bun-sleep' },
  { module: 'node:timers/promises', member: ['scheduler.wait', 'setTimeout'], ms: 0, source: 'https://nodejs.org/api/timers.html#timers-promises-api' },
  { module: 'node:timers/promises', member: ['scheduler.yield', 'setImmediate'], ms: null, source: 'https://nodejs.org/api/timers.html#timers-promises-api' },
  { module: ['es-toolkit', 'es-toolkit/promise'], member: 'delay', ms: 0, source: 'https://es-toolkit.dev/reference/promise/delay.html' },
  { ...sleep, module: 'await-sleep', source: 'https://github.com/sqren/await-sleep' },
  { ...sleep, module: 'delay', source: 'https://github.com/sindresorhus/delay' },
  { ...sleep, module: 'promise-delay', source: 'https://www.npmjs.com/package/promise-delay' },
  { ...sleep, module: 'sleep-promise', source: 'https://github.com/brummelte/sleep-promise' },
  { ...sleep, module: 'timeout-as-promise', source: 'https://github.com/jimf/timeout-as-promise' },
  { ...sleep, module: 'yoctodelay', source: 'https://github.com/sindresorhus/yoctodelay' },
]

/** Whole names of functions that let time pass and take the milliseconds first, in lower case: in packages, and of a promisified `setTimeout`. https://nodejs.org/api/timers.html#timerspromisessettimeoutdelay-value-options */
export const delayNames: ReadonlySet<string> = new Set([
  'delay', 'pause', 'settimeout', 'settimeoutasync', 'settimeoutpromise', 'sleep', 'timeout', 'wait', 'waitfor', 'waitms',
])

/** Names of the timers, whose functions run later and limit nothing. https://nodejs.org/api/timers.html#scheduling-timers */
export const timerNames: ReadonlySet<string> = new Set(['setImmediate', 'setInterval', 'setTimeout'])

/** Calls by which something goes on after the function that makes them. https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick */
export const laterCalls: ReadonlySet<string> = new Set([...chainingMethods, ...timerNames, 'nextTick', 'queueMicrotask', 'resolve'])

/** Those by which a function may run itself again. https://nodejs.org/api/process.html#processnexttickcallback-args */
export const againTimers: ReadonlySet<string> = new Set(['nextTick', 'setImmediate', 'setTimeout'])

/** Members by which a timer's promise or the global's timer is set, once it is called. https://nodejs.org/api/timers.html#timers-promises-api */
export const timeoutMembers: ReadonlySet<string> = new Set(['promises.setTimeout', 'setTimeout'])

/** Methods of a timer. https://nodejs.org/api/timers.html#class-timeout */
export const timerMethods: ReadonlySet<string> = new Set(['hasRef', 'ref', 'unref'])

/** Last words in names of lengths of time: whole words, since `items` is none. */
export const durationWords: ReadonlySet<string> = new Set(['delay', 'interval', 'milliseconds', 'ms', 'second', 'seconds', 'time', 'timeout'])

/** Calls that tell the time. https://nodejs.org/api/process.html#processhrtimetime, https://developer.mozilla.org/docs/Web/API/Performance/now */
export const clockFacts: readonly ApiFact[] = [
  { module: 'globalThis', member: ['Date', 'Date.now', 'Date().getTime', 'performance.now'], source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Date' },
  { module: 'node:perf_hooks', member: 'performance.now', source: 'https://nodejs.org/api/perf_hooks.html#performancenow' },
  { module: 'node:process', member: ['hrtime', 'hrtime.bigint'], source: 'https://nodejs.org/api/process.html#processhrtimetime' },
]
