/** Functions of platforms and packages that let time pass. */
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
