/** Calls that hold a slot of a limiter or a lock, and calls that wait until all slots are free. */
import type { ApiFact } from './facts.ts'

/**
 * - `runs`: a function that it is given runs in a slot, and the slot is held until what that function returns has settled.
 * - `takes`: the slot is held from then on, until it is released.
 * - `drains`: waits until nothing runs and nothing waits, or until a lock is free.
 */
export interface SlotFact extends ApiFact {
  readonly holds: 'runs' | 'takes' | 'drains'
  /** The argument that runs, where it is not the first; with several, the first of them that is a function. */
  readonly task?: readonly number[]
  /** Only one may hold it at a time, whatever it is made with. */
  readonly exclusive?: true
  /** The argument that names the lock: others of the same object are other locks. */
  readonly key?: number
}

const mutexSource = 'https://github.com/DirtyHairy/async-mutex#mutex-1'

/** `member` is the way to the call itself; the limiter is what it is called on, or the function that is called. */
export const slotFacts: readonly SlotFact[] = [
  // `limit: LimitFunction` in an annotation stands for the product.
  { module: 'p-limit', member: ['()', 'pLimit()', 'LimitFunction()', 'Limit()'], holds: 'runs', source: 'https://github.com/sindresorhus/p-limit#limitfn-args' },
  { module: 'p-limit', member: ['().map', 'pLimit().map', 'LimitFunction().map'], holds: 'runs', task: [1], source: 'https://github.com/sindresorhus/p-limit#limitmapiterable-mapperfunction' },
  { module: 'p-queue', member: ['().add', 'PQueue().add'], holds: 'runs', source: 'https://github.com/sindresorhus/p-queue#addfn-options' },
  { module: 'p-queue', member: ['().onIdle', 'PQueue().onIdle'], holds: 'drains', source: 'https://github.com/sindresorhus/p-queue#onidle' },
  { module: 'bottleneck', member: '().schedule', holds: 'runs', task: [0, 1], source: 'https://github.com/SGrondin/bottleneck#schedule' },
  { module: 'async-sema', member: 'Sema().acquire', holds: 'takes', source: 'https://github.com/vercel/async-sema#api' },
  { module: 'async-mutex', member: 'Mutex().runExclusive', holds: 'runs', exclusive: true, source: mutexSource },
  { module: 'async-mutex', member: 'Mutex().acquire', holds: 'takes', exclusive: true, source: mutexSource },
  { module: 'async-mutex', member: 'Mutex().waitForUnlock', holds: 'drains', exclusive: true, source: mutexSource },
  { module: 'async-mutex', member: 'Semaphore().runExclusive', holds: 'runs', source: 'https://github.com/DirtyHairy/async-mutex#semaphore-1' },
  { module: 'async-mutex', member: 'Semaphore().acquire', holds: 'takes', source: 'https://github.com/DirtyHairy/async-mutex#semaphore-1' },
  { module: 'promise-limit', member: '()', holds: 'runs', source: 'https://github.com/featurist/promise-limit#api' },
  { module: 'throat', member: '()', holds: 'runs', source: 'https://github.com/ForbesLindesay/throat#api' },
  { module: 'es-toolkit', member: 'Mutex().acquire', holds: 'takes', exclusive: true, source: 'https://es-toolkit.dev/reference/promise/Mutex.html' },
  { module: 'es-toolkit', member: 'Semaphore().acquire', holds: 'takes', source: 'https://es-toolkit.dev/reference/promise/Semaphore.html' },
  { module: 'await-semaphore', member: 'Mutex().use', holds: 'runs', exclusive: true, source: 'https://github.com/notenoughneon/await-semaphore' },
  { module: 'await-semaphore', member: 'Mutex().acquire', holds: 'takes', exclusive: true, source: 'https://github.com/notenoughneon/await-semaphore' },
  { module: 'await-semaphore', member: 'Semaphore().use', holds: 'runs', source: 'https://github.com/notenoughneon/await-semaphore' },
  { module: 'await-semaphore', member: 'Semaphore().acquire', holds: 'takes', source: 'https://github.com/notenoughneon/await-semaphore' },
  { module: 'await-lock', member: ['().acquireAsync', 'AwaitLock().acquireAsync'], holds: 'takes', exclusive: true, source: 'https://github.com/ide/await-lock#usage' },
  { module: 'async-lock', member: '().acquire', holds: 'runs', task: [1], exclusive: true, key: 0, source: 'https://github.com/rogierschouten/async-lock#lock-on-single-key' },
  // Node 24 has them as well. A lock is not given twice to one holder.
  { module: 'globalThis', member: 'navigator.locks.request', holds: 'runs', task: [1], exclusive: true, key: 0, source: 'https://developer.mozilla.org/docs/Web/API/LockManager/request' },
  { module: 'eslint-plugin-bounded/runtime', member: ['createLimiter()', 'createLimiter().run'], holds: 'runs', source: 'docs/runtime.md' },
  { module: 'eslint-plugin-bounded/runtime', member: 'createLimiter().acquire', holds: 'takes', source: 'docs/runtime.md' },
  { module: 'eslint-plugin-bounded/runtime', member: 'createLimiter().idle', holds: 'drains', source: 'docs/runtime.md' },
]

/**
 * A method that means the same wherever it stands: async-mutex's, and that of what others write after it. For limiters of
 * other files. https://github.com/DirtyHairy/async-mutex#synchronized-code-execution
 */
export const exclusiveMethod = 'runExclusive'

/** Names of classes of locks, in other files: one that lets its holder in again says so in its name. */
export const lockClasses: ReadonlySet<string> = new Set(['Lock', 'Mutex', 'Semaphore'])

/** Words of what only one may hold at a time. */
export const exclusiveWords: ReadonlySet<string> = new Set(['lock', 'mutex'])

/** Options of a limiter or of one of its calls with which whoever waits is turned away after a time, or whoever holds a slot may take it again. */
export const wayOutOptions: readonly string[] = ['acquireTimeout', 'domainReentrant', 'expiration', 'ifAvailable', 'maxExecutionTime', 'maxOccupationTime', 'mode', 'steal', 'timeout']

/** Methods that give a slot back, on the limiter or on what taking the slot gave. */
export const releasingMethods: ReadonlySet<string> = new Set(['cancel', 'release', 'unlock'])

/**
 * Words by which code asks whether the lock is held already, so that it does not wait for itself: `if (this.locked)`,
 * `lockHeld`, `isLocked()`, and the store of an async context.
 */
export const heldWords: ReadonlySet<string> = new Set(['acquired', 'held', 'holder', 'holding', 'holds', 'inside', 'lock', 'locked', 'nested', 'owner', 'owns', 'reentrant', 'store'])
