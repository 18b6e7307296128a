/** A limit that several callers share. */
import { attempt } from './attempt.ts'
import { checkCount, checkDelay, checkFunction, checkSignal, refuse } from './arguments.ts'
import { dispose } from './disposal.ts'
import { AcquireTimeoutError, ClearedError, LimiterFullError, TimeoutError } from './errors.ts'
import { Meter } from './gauges.ts'
import { Lanes } from './lines.ts'
import { Context } from './tasks.ts'
import type { Gauges, Governor, TaskContext, TaskOutcome, Token } from './types.ts'

export interface LimiterOptions {
  /** How many tasks may run at once: an integer >= 1, or `Infinity`. */
  concurrency: number
  /** How many callers may wait; more are rejected with a `LimiterFullError`. Default `Infinity`. */
  maxPending?: number | undefined
  /** Milliseconds a caller may wait for a slot before it is rejected with an `AcquireTimeoutError`. Default: no limit. */
  acquireTimeout?: number | undefined
  /** Length in milliseconds of the window in which at most `intervalCap` tasks start; must be set with it. */
  interval?: number | undefined
  /** How many tasks may start in any window of `interval` milliseconds, wherever it begins: at most 1 000 000. Default: no limit. */
  intervalCap?: number | undefined
  /** Number of priorities, 0 to `priorities - 1`, the highest first: at most 1000. Default 1. */
  priorities?: number | undefined
  /** Milliseconds of waiting that count as one priority more. Default: waiting does not raise it. */
  ageing?: number | undefined
  /** Measure latencies too. Default false: counts only. */
  gauges?: boolean | undefined
  /** Name in the gauges. Default `limiter`. */
  name?: string | undefined
}

export interface AcquireOptions {
  /** Aborting it gives the place in the line up; the call rejects with `signal.reason`. */
  signal?: AbortSignal | undefined
  /** Default 0, the lowest. */
  priority?: number | undefined
}

export interface RunOptions extends AcquireOptions {
  /** Milliseconds the task may run. At the deadline its signal aborts and the call rejects with a `TimeoutError`. */
  timeout?: number | undefined
  /** Milliseconds after deadline or abort until the slot of a task that still runs is given away. Default: never. */
  grace?: number | undefined
}

/**
 * Runs what it is called with when a slot is free, in order of arrival. Called with a function and its arguments, as
 * p-limit is. A task keeps its caller's async context. A task that needs another slot of the same limiter while it holds
 * the last one waits for itself, for ever unless `acquireTimeout` is set: give inner work a limiter of its own. This is not
 * detected: whether a call comes from inside a task is known only to the async context, which takes `node:async_hooks`.
 *
 * A call that gets no slot rejects with a `LimiterFullError` (`maxPending`), an `AcquireTimeoutError` (`acquireTimeout`),
 * what `clear` was given (a `ClearedError`), or its signal's reason; one whose argument is bad, with a `TypeError`. The
 * function is not called then. One that is called settles as the function does.
 */
export interface Limiter extends Governor {
  <A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): Promise<Awaited<R>>
  /** As the call, with a signal, a priority and a deadline; also rejects with a `TimeoutError`. `context.index` counts starts. */
  run<R>(fn: (context: TaskContext) => R | PromiseLike<R>, options?: RunOptions): Promise<Awaited<R>>
  /** Gives a function that runs `fn` through this limiter. */
  wrap<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>): (...args: A) => Promise<Awaited<R>>
  /** Takes a slot without running anything. It is in use until the token is released. */
  acquire(options?: AcquireOptions): Promise<Token>
  /** The same at once; gives nothing when no slot is free or others wait. */
  tryAcquire(): Token | undefined
  /**
   * May be set: raising it starts waiting tasks at once, lowering it lets the running ones finish.
   *
   * @throws {TypeError} when set to anything but an integer >= 1 or `Infinity`.
   */
  concurrency: number
  /** Tasks that hold a slot. */
  readonly active: number
  /** Callers that wait for one. */
  readonly pending: number
  /** Rejects everything that waits, with `reason` or a `ClearedError`. Gives how many that were. */
  clear(reason?: unknown): number
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
  /** Counts since it was made, and with `gauges` latencies. */
  stats(): Gauges
}

/** What a waiter gets in place of a slot. */
class Refusal {
  readonly reason: unknown

  constructor(reason: unknown) {
    this.reason = reason
  }
}

/** What waits is the function that wakes it: one object less for each. */
type Waiter = (refusal?: Refusal) => void

/**
 * Makes a limiter. On platforms where requests must not share work, such as Workers, make one per request.
 *
 * @throws {TypeError} for a bad argument.
 */
export function createLimiter(limit: number | LimiterOptions): Limiter {
  const options: LimiterOptions = typeof limit === 'object' && limit ? limit : { concurrency: limit as number }
  checkCount('concurrency', options.concurrency)
  const { maxPending = Infinity, intervalCap = Infinity, priorities = 1, gauges = false, name = 'limiter' } = options
  if (maxPending !== 0) checkCount('maxPending', maxPending)
  checkCount('intervalCap', intervalCap)
  checkCount('priorities', priorities)
  if (priorities > 1000) refuse('priorities', 'at most 1000', priorities)
  const acquireTimeout = checkDelay('acquireTimeout', options.acquireTimeout)
  const ageing = checkDelay('ageing', options.ageing)
  const interval = checkDelay('interval', options.interval)
  if (intervalCap < Infinity && !(interval < Infinity)) refuse('interval', 'milliseconds, since `intervalCap` is set', options.interval)
  const rate = intervalCap < Infinity ? new Window(intervalCap, interval) : undefined

  let concurrency = options.concurrency
  let active = 0
  const waiters = new Lanes<Waiter>(priorities, ageing)
  const idlers: (() => void)[] = []
  let rateTimer: ReturnType<typeof setTimeout> | undefined
  const meter = new Meter(name, { active: () => active, pending: () => waiters.size }, gauges)

  const free = (): boolean => active < concurrency && !waiters.size && (!rate || rate.take() === 0)
  const wakeWaiters = (): void => {
    while (active < concurrency && waiters.size) {
      const delay = rate ? rate.take() : 0
      if (delay > 0) {
        rateTimer ??= setTimeout(onRate, delay)
        return
      }
      active++
      waiters.take()!()
    }
  }
  const onRate = (): void => {
    rateTimer = undefined
    wakeWaiters()
  }
  const release = (): void => {
    // The slot goes to the next one without being given back first.
    if (waiters.size && !rate && active <= concurrency) return waiters.take()!()
    active--
    if (waiters.size) wakeWaiters()
    else if (!active) becomeIdle()
  }
  const leave = (startedAt: number, outcome: TaskOutcome): void => {
    meter.settle(startedAt, outcome)
    release()
  }
  const becomeIdle = (): void => {
    for (const wake of idlers.splice(0)) wake()
  }

  /**
   * Takes a slot and gives nothing, or gives a promise of one. It must be awaited by the function that runs the task and
   * nowhere between: one `await` for everybody keeps tasks in order, and in their callers' async context and stack.
   */
  const enter = (given: AcquireOptions): Promise<Refusal | undefined> | undefined => {
    const { signal, priority = 0 } = given
    checkSignal(signal)
    if (!(Number.isInteger(priority) && priority >= 0 && priority < priorities)) {
      refuse('priority', `an integer from 0 to ${priorities - 1}`, priority)
    }
    if (signal?.aborted) throw signal.reason
    if (free()) {
      active++
      return
    }
    if (waiters.size >= maxPending) throw new LimiterFullError(maxPending)
    const late = acquireTimeout < Infinity ? new AcquireTimeoutError(acquireTimeout) : undefined
    return new Promise((resolve) => {
      const leave = (reason: unknown): void => {
        waiters.remove(waiter)
        waiter(new Refusal(reason))
        if (!waiters.size) emptied()
      }
      const abort = (): void => leave(signal!.reason)
      const timer = late && setTimeout(leave, acquireTimeout, late)
      const waiter: Waiter = (refusal) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        resolve(refusal)
      }
      signal?.addEventListener('abort', abort)
      waiters.push(waiter, priority)
      if (rate) wakeWaiters()
    })
  }
  /** What to do with the answer: a slot that came together with an abort goes back. */
  const admitted = (refusal: Refusal | undefined, signal?: AbortSignal): void => {
    if (refusal) throw refusal.reason
    if (signal?.aborted) {
      release()
      throw signal.reason
    }
  }
  const emptied = (): void => {
    clearTimeout(rateTimer)
    rateTimer = undefined
    if (!active) becomeIdle()
  }
  // The common case: nothing but a place in the line. What waits is a promise and what is to be done then:
  // `then` keeps the caller's async context and stack as an `await` does, without an async function for each call.
  const simple = maxPending === Infinity && acquireTimeout === Infinity
  const park = (resolve: (refusal?: Refusal) => void): void => {
    waiters.push(resolve, 0)
    if (rate) wakeWaiters()
  }
  const succeeded = <R>(value: R): R => {
    leave(0, 'done')
    return value
  }
  const failed = (error: unknown): never => {
    if (error instanceof Refusal) throw error.reason
    leave(0, 'failed')
    throw error
  }
  const call = <A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, ...args: A): Promise<Awaited<R>> => {
    if (!simple || typeof fn !== 'function') return callInTurn(fn, args)
    if (free()) {
      active++
      return perform(fn, args)
    }
    if (gauges) {
      return new Promise(park).then((refusal) => {
        admitted(refusal)
        return perform(fn, args)
      })
    }
    return new Promise(park)
      .then((refusal) => {
        if (refusal) throw refusal
        meter.start()
        return fn(...args)
      })
      .then(succeeded, failed) as Promise<Awaited<R>>
  }
  const callInTurn = async <A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, args: A): Promise<Awaited<R>> => {
    checkFunction('fn', fn)
    const slot = enter({})
    if (slot) admitted(await slot)
    return perform(fn, args)
  }
  const perform = async <A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>, args: A): Promise<Awaited<R>> => {
    const startedAt = meter.start()
    try {
      const value = await fn(...args)
      leave(startedAt, 'done')
      return value
    } catch (error) {
      leave(startedAt, 'failed')
      throw error
    }
  }
  const token = (): Token => {
    const startedAt = meter.start()
    let held = true
    const give = (outcome: TaskOutcome = 'done'): void => {
      if (!held) return
      held = false
      meter.settle(startedAt, outcome)
      release()
    }
    return { release: give, [dispose]: () => give() }
  }

  return Object.defineProperties(call, {
    ...methods({
      async run<R>(fn: (context: TaskContext) => R | PromiseLike<R>, given: RunOptions = {}): Promise<Awaited<R>> {
        checkFunction('fn', fn)
        const timeout = checkDelay('timeout', given.timeout)
        const grace = checkDelay('grace', given.grace)
        const late = timeout < Infinity ? new TimeoutError(timeout) : undefined
        const slot = enter(given)
        if (slot) admitted(await slot, given.signal)
        const index = meter.started
        const startedAt = meter.start()
        return attempt((stop) => fn(new Context(stop, index)), {
          signal: given.signal,
          timeout,
          grace,
          late,
          free(outcome, abandoned) {
            meter.settle(startedAt, outcome)
            if (abandoned) meter.abandoned++
            release()
          },
        })
      },
      wrap<A extends unknown[], R>(fn: (...args: A) => R | PromiseLike<R>): (...args: A) => Promise<Awaited<R>> {
        checkFunction('fn', fn)
        return function (this: unknown, ...args) {
          return call(() => Reflect.apply(fn, this, args) as R | PromiseLike<R>)
        }
      },
      async acquire(given: AcquireOptions = {}): Promise<Token> {
        const slot = enter(given)
        if (slot) admitted(await slot, given.signal)
        return token()
      },
      tryAcquire(): Token | undefined {
        if (!free()) return
        active++
        return token()
      },
      clear(reason: unknown = new ClearedError()): number {
        const cleared = waiters.size
        while (waiters.size) waiters.take()!(new Refusal(reason))
        if (cleared) emptied()
        return cleared
      },
      async idle(): Promise<void> {
        if (active || waiters.size) await new Promise<void>((resolve) => idlers.push(resolve))
      },
      stats: (): Gauges => meter.read(),
    }),
    concurrency: {
      get: () => concurrency,
      set(value: number) {
        checkCount('concurrency', value)
        concurrency = value
        wakeWaiters()
      },
    },
    active: { get: () => active },
    pending: { get: () => waiters.size },
  }) as Limiter
}

function methods(named: Record<string, unknown>): PropertyDescriptorMap {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, { value }]))
}

/** The starts of the last window: no window of `length` milliseconds, wherever it begins, holds more than `cap`. */
class Window {
  readonly #starts: Float64Array
  readonly #length: number
  #oldest = 0

  constructor(cap: number, length: number) {
    if (cap > 1e6) refuse('intervalCap', 'at most 1000000', cap)
    this.#starts = new Float64Array(cap).fill(-Infinity)
    this.#length = length
  }

  /** Counts a start and gives 0, or gives the milliseconds until one is possible. */
  take(): number {
    const now = performance.now()
    const wait = this.#starts[this.#oldest]! + this.#length - now
    if (wait > 0) return wait
    this.#starts[this.#oldest] = now
    this.#oldest = (this.#oldest + 1) % this.#starts.length
    return 0
  }
}
