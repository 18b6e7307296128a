/** One call of the map family: pulls items, runs them on workers, and ends in exactly one way. */
import { checkDelay, checkFunction, checkSignal, governorOf, refuse } from './arguments.ts'
import { Deadlines } from './deadlines.ts'
import { TimeoutError } from './errors.ts'
import { Meter } from './gauges.ts'
import { Context, Stop, TimedContext } from './tasks.ts'
import type { BoundedOptions, Input, Mapper, TaskOutcome, Token } from './types.ts'

/** What becomes of the outcomes. */
export interface Sink {
  /** Called in input order as items are taken; an item that is not there (a hole) gets nothing else. */
  take?(at: number, hole: boolean): void
  store?(value: unknown, at: number): void
  /** Gives true when the failure is dealt with and the call goes on. */
  fail?(error: unknown, at: number): boolean
  /** What must be waited for before the next item is pulled, beyond a free slot. */
  room?(): Promise<void> | undefined
}

/** Workers beyond these are counted, not linked to the call: `Promise.all` has a cap, and a stack trace needs only a few. */
const linkedWorkers = 1000

/**
 * Runs `mapper` over `input` to the end. State lives in variables of this one function: private fields and methods of a
 * class cost twice as much per task on today's engines.
 */
export async function run<T>(
  input: Input<T>,
  mapper: Mapper<T, unknown>,
  options: BoundedOptions,
  out: unknown[] | undefined,
  sink: Sink = {},
): Promise<void> {
  const { concurrency, governor, signal, onError, timeout, grace, onGauge, name } = checked(input, mapper, options)
  if (signal?.aborted) throw signal.reason
  const { store } = sink
  const failures: { at: number; error: unknown }[] = []
  const stop = new Stop()
  let stopped = false
  /** Tasks that run, the late ones among them. */
  let active = 0
  /** Tasks past their deadline that still run: their outcome is known, their slot is not free. */
  let late = 0

  // ---- the end ----
  let resolve!: () => void
  let reject!: (error: unknown) => void
  const settled = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  const finish = (): void => {
    if (stopped) reject(stop.reason)
    else if (failures.length) reject(collected(failures, next))
    else resolve()
  }
  const finishIfIdle = (): void => {
    if (ended && active === (onError === 'drain' ? 0 : late)) finish()
  }
  /** Stops the call: nothing more is pulled or started, and every running task's signal aborts. */
  const halt = (error: unknown): void => {
    if (stopped) return
    stopped = true
    if (!ended) void close()
    ended = true
    stop.stop(error)
    for (const list of [deadlines, graces]) if (list) for (const context of list) context.stop(error)
    if (onError !== 'drain') finish()
    else finishIfIdle()
  }
  const fail = (error: unknown, at: number): void => {
    if (sink.fail?.(error, at)) return
    if (onError === 'collect') failures.push({ at, error })
    else halt(error)
  }

  // ---- items ----
  const array = Array.isArray(input) ? (input as readonly T[]).slice() : undefined
  const asynchronous = !array && (input as AsyncIterable<T>)[Symbol.asyncIterator] != null
  const iterator = array
    ? undefined
    : asynchronous
      ? (input as AsyncIterable<T>)[Symbol.asyncIterator]()
      : (input as Iterable<T>)[Symbol.iterator]()
  let next = 0
  let item!: T
  let ended = array?.length === 0
  let pulling = false
  let closed = false
  /** Tells the source of an early end. Not awaited: one blocked in `next` would hold up the error for ever. */
  const close = async (): Promise<void> => {
    if (pulling || closed) return
    closed = true
    try {
      await iterator?.return?.()
    } catch {}
  }
  /** Sets the item and gives its index, or gives -1 when there is none. */
  const takeFromArray = (): number => {
    while (next < array!.length) {
      const at = next++
      item = array![at]!
      if (next === array!.length) ended = true
      if (out) out[at] = undefined
      if (item !== undefined || at in array!) return at
      store?.(undefined, at)
    }
    return -1
  }
  const accept = (step: IteratorResult<T>): number => {
    pulling = false
    if (step.done) ended = true
    else if (stopped) void close()
    else {
      item = step.value
      if (out) out[next] = undefined
      return next++
    }
    return -1
  }
  const pull = (): number => {
    pulling = true
    try {
      return accept((iterator as Iterator<T>).next())
    } catch (error) {
      return broken(error)
    }
  }
  /** A source that fails has ended: it is not told again. */
  const broken = (error: unknown): number => {
    pulling = false
    ended = true
    halt(error)
    return -1
  }
  const take = array ? takeFromArray : pull

  // ---- workers ----
  const workers: Promise<unknown>[] = []
  let allowed = governor ? Infinity : (concurrency as number)
  let spawned = 0
  let linkNext: ((worker: Promise<unknown>) => void) | undefined
  /** Executor of a promise that later workers are linked to. */
  const keepLink = (later: (worker: Promise<unknown>) => void): void => {
    linkNext = later
  }
  const link = (worker: Promise<void>): void => {
    if (spawned++ >= linkedWorkers) return
    if (linkNext) linkNext(Promise.race([worker, new Promise(keepLink)]))
    else workers.push(worker)
  }
  const mayStart = (): boolean => spawned < allowed && !ended && !signal?.aborted

  /** Nothing but a fixed number of workers over a synchronous input: the loop that costs least. */
  const plainWorker = async (): Promise<void> => {
    active++
    for (let more = true; more; ) {
      let at = -1
      try {
        if (out) while (!ended && (at = take()) >= 0) out[at] = await mapper(item, at, new Context(stop, at))
        else if (store) while (!ended && (at = take()) >= 0) store(await mapper(item, at, new Context(stop, at)), at)
        else while (!ended && (at = take()) >= 0) await mapper(item, at, new Context(stop, at))
        more = false
      } catch (error) {
        fail(error, at)
      }
    }
    active--
    finishIfIdle()
  }

  /** One worker at a time waits for a slot and an item, and hands that duty on when its task starts. */
  let reading = false
  let growing = false
  const parked: (() => void)[] = []
  const park = (wake: () => void): void => {
    parked.push(wake)
  }
  const worker = async (): Promise<void> => {
    for (;;) {
      if (reading) await new Promise<void>(park)
      if (ended) return
      reading = true
      let token: Token | undefined
      let at = -1
      try {
        const room = sink.room?.()
        if (room) await room
        if (governor) token = governor.tryAcquire?.() ?? (await governor.acquire(stop))
      } catch (error) {
        return halt(error)
      }
      try {
        if (!ended) at = asynchronous ? accept(await (iterator as AsyncIterator<T>).next()) : take()
      } catch (error) {
        broken(error)
      }
      reading = false
      if (at < 0) {
        token?.release('dropped')
        return finishIfIdle()
      }
      active++
      const timed = deadlines && new TimedContext(at, token)
      const startedAt = meter ? meter.start() : 0
      let outcome: TaskOutcome = 'done'
      try {
        if (timed) deadlines!.add(timed)
        const result = mapper(item, at, timed ?? new Context(stop, at))
        grow()
        const value = await result
        if (!timed?.late) {
          if (out) out[at] = value
          else store?.(value, at)
        }
      } catch (error) {
        outcome = 'failed'
        grow()
        if (!timed?.late) fail(error, at)
      }
      if (timed?.abandoned) {
        allowed--
        spawned--
        return
      }
      active--
      if (timed?.late) {
        late--
        graces?.remove(timed)
        outcome = 'timedOut'
      } else {
        if (timed) deadlines!.remove(timed)
        meter?.settle(startedAt, outcome)
      }
      token?.release(outcome)
      finishIfIdle()
    }
  }
  /** Lets another worker take over the waiting, or makes one. */
  const grow = (): void => {
    // A worker that starts at once comes back here: the loop goes on, instead of a recursion as deep as the limit.
    if (growing) return
    growing = true
    while (!reading && !ended) {
      const wake = parked.pop()
      if (wake) {
        reading = true
        wake()
      } else if (mayStart()) link(worker())
      else break
    }
    growing = false
  }

  // ---- deadlines and gauges ----
  let deadlines: Deadlines<TimedContext> | undefined
  let graces: Deadlines<TimedContext> | undefined
  if (timeout < Infinity) {
    const { stack } = new TimeoutError(timeout)
    deadlines = new Deadlines(timeout, (context) => {
      const error = new TimeoutError(timeout)
      if (stack) error.stack = stack
      context.late = true
      late++
      graces?.add(context)
      context.stop(error)
      meter?.settle(context.due - timeout, 'timedOut')
      fail(error, context.index)
      finishIfIdle()
    })
    if (grace < Infinity) {
      graces = new Deadlines(grace, (context) => {
        context.abandoned = true
        if (meter) meter.abandoned++
        context.token?.release('timedOut')
        active--
        late--
        allowed++
        finishIfIdle()
        grow()
      })
    }
  }
  const meter = onGauge
    ? new Meter(name, { active: () => active, pending: () => (array ? array.length - next : 0) }, onGauge)
    : undefined

  // ---- start, and wait: what is awaited contains the workers, so that the stack of an error in a task leads to the caller
  const abort = (): void => halt(signal!.reason)
  if (asynchronous || governor || deadlines || meter || sink.room) grow()
  else while (mayStart()) link(plainWorker())
  if (signal?.aborted) abort()
  else if (!ended || active) signal?.addEventListener('abort', abort)
  finishIfIdle()
  try {
    await Promise.race([settled, Promise.all([...workers, new Promise(keepLink)])])
  } finally {
    signal?.removeEventListener('abort', abort)
    deadlines?.clear()
    graces?.clear()
    meter?.emit()
  }
}

function collected(failures: { at: number; error: unknown }[], total: number): AggregateError {
  const errors = failures.sort((one, other) => one.at - other.at).map(({ error }) => error)
  return new AggregateError(errors, `${errors.length} of ${total} tasks failed`)
}

const onErrors: readonly unknown[] = ['stop', 'drain', 'collect']

/** Reads each option once, and refuses what cannot work before anything is pulled. */
function checked<T>(input: Input<T>, mapper: Mapper<T, unknown>, options: BoundedOptions) {
  if (typeof (input as Iterable<T> | null)?.[Symbol.iterator] !== 'function') {
    if (typeof (input as AsyncIterable<T> | null)?.[Symbol.asyncIterator] !== 'function') {
      refuse('input', 'an iterable or async iterable', input)
    }
  }
  checkFunction('mapper', mapper)
  const { concurrency, signal, onError = 'stop', onGauge, name = mapper.name } = options ?? {}
  const governor = governorOf(concurrency)
  checkSignal(signal)
  if (!onErrors.includes(onError)) refuse('onError', "'stop', 'drain' or 'collect'", onError)
  if (onGauge !== undefined) checkFunction('onGauge', onGauge)
  const timeout = checkDelay('timeout', options.timeout)
  const grace = checkDelay('grace', options.grace)
  return { concurrency, governor, signal, onError, timeout, grace, onGauge, name }
}
