/** One call of the map family: pulls items, runs them on workers, and ends in exactly one way. */
import { checkDelay, checkFunction, checkSignal, governorOf, refuse } from './arguments.ts'
import { Deadlines } from './deadlines.ts'
import { TimeoutError } from './errors.ts'
import { Meter } from './gauges.ts'
import { Context, Stop, TimedContext } from './tasks.ts'
import type { BoundedOptions, Input, Mapper, TaskOutcome, Token } from './types.ts'

/** Where the outcomes go. */
export interface Sink {
  /** Results by index. */
  readonly out: unknown[]
  /** -1 keeps all results; 0 writes every result to the first element, for callers that want none. */
  readonly mask: -1 | 0
  /** Takes the results instead of `out`. */
  store?(value: unknown, at: number): void
  /** Gives true when the failure is dealt with and the call goes on. */
  fail?(error: unknown, at: number): boolean
  /** What must be waited for before the next item is pulled, beyond a free slot. */
  room?(): Promise<void> | undefined
  /** Told once, before anything starts: whether the call has been stopped, and how to stop it. */
  begin?(stop: Stop, halt: (reason: unknown) => void): void
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
  sink: Sink,
): Promise<void> {
  const { concurrency, governor, signal, onError, timeout, grace, onGauge, name } = checked(input, mapper, options)
  if (signal?.aborted) throw signal.reason
  const { out, mask, store } = sink
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
    if (ended() && active === (onError === 'drain' ? 0 : late)) finish()
  }
  /** Stops the call: nothing more is pulled or started, and every running task's signal aborts. */
  const halt = (error: unknown): void => {
    if (stopped) return
    stopped = true
    void close()
    end()
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
  const items = array ?? []
  const asynchronous = !array && (input as AsyncIterable<T>)[Symbol.asyncIterator] != null
  const iterator = array
    ? undefined
    : asynchronous
      ? (input as AsyncIterable<T>)[Symbol.asyncIterator]()
      : (input as Iterable<T>)[Symbol.iterator]()
  let next = 0
  let length = array ? array.length : Infinity
  let pulling = false
  let closed = false
  const ended = (): boolean => next >= length
  /** Ends the input: nothing more is taken. */
  const end = (): void => {
    length = 0
  }
  /** Tells the source of an early end. Not awaited: one blocked in `next` would hold up the error for ever. */
  const close = async (): Promise<void> => {
    if (pulling || closed) return
    closed = true
    try {
      await iterator?.return?.()
    } catch {}
  }
  /** A source that fails has ended: it is not told. */
  const broken = (error: unknown): void => {
    pulling = false
    closed = true
    halt(error)
  }
  /** Whether there is an item; closes a source that gave one too late. */
  const gives = (step: IteratorResult<T>): boolean => {
    pulling = false
    if (!step.done && !stopped) return true
    if (step.done) closed = true
    else void close()
    end()
    return false
  }

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
  const mayStart = (): boolean => spawned < allowed && !ended() && !signal?.aborted

  // Nothing but a fixed number of workers over an array, or over a synchronous iterator. These two loops decide what the
  // helper costs: one `try` per item, no call and no temporary between taking the item and starting its task.
  const arrayWorker = async (): Promise<void> => {
    active++
    while (next < length) {
      const at = next++
      out[at & mask] = undefined
      try {
        if (items[at] !== undefined || at in items) {
          out[at & mask] = await mapper(items[at]!, at, new Context(stop, at))
        }
      } catch (error) {
        fail(error, at)
      }
    }
    active--
    finishIfIdle()
  }
  const iteratorWorker = async (): Promise<void> => {
    active++
    while (next < length) {
      const at = next
      try {
        pulling = true
        const step = (iterator as Iterator<T>).next()
        pulling = false
        if (step.done || stopped) {
          gives(step)
          break
        }
        next = at + 1
        out[at & mask] = undefined
        out[at & mask] = await mapper(step.value, at, new Context(stop, at))
      } catch (error) {
        if (pulling) broken(error)
        else fail(error, at)
      }
    }
    active--
    finishIfIdle()
  }

  // Otherwise one worker at a time waits for a slot and an item, and hands that duty on when its task starts.
  let reading = false
  let growing = false
  const parked: (() => void)[] = []
  const park = (wake: () => void): void => {
    parked.push(wake)
  }
  const readingWorker = async (): Promise<void> => {
    for (;;) {
      if (reading) await new Promise<void>(park)
      if (next >= length) return
      let at = -1
      try {
        reading = true
        const step = await (iterator as AsyncIterator<T>).next()
        reading = false
        if (step.done || stopped) {
          gives(step)
          return finishIfIdle()
        }
        at = next++
        active++
        out[at & mask] = undefined
        const result = mapper(step.value, at, new Context(stop, at))
        if (allowed > 1) grow()
        out[at & mask] = await result
      } catch (error) {
        if (at < 0) return broken(error)
        grow()
        fail(error, at)
      }
      active--
      if (next >= length) finishIfIdle()
    }
  }
  /** With a governor, deadlines or gauges, or room to wait for; over any input. */
  const generalWorker = async (): Promise<void> => {
    for (;;) {
      if (reading) await new Promise<void>(park)
      if (ended()) return
      reading = true
      let token: Token | undefined
      try {
        const room = sink.room?.()
        if (room) await room
        if (governor) token = governor.tryAcquire?.() ?? (await governor.acquire(stop))
      } catch (error) {
        return halt(error)
      }
      let step: IteratorResult<T>
      try {
        step = asynchronous ? await pull() : (pull() as IteratorResult<T>)
      } catch (error) {
        token?.release('dropped')
        return broken(error)
      }
      reading = false
      if (!gives(step)) {
        token?.release('dropped')
        return finishIfIdle()
      }
      const at = next++
      out[at & mask] = undefined
      active++
      const timed = deadlines && new TimedContext(at, token)
      const startedAt = meter ? meter.start() : 0
      let outcome: TaskOutcome = 'done'
      try {
        if (timed) deadlines!.add(timed)
        const result = mapper(step.value as T, at, timed ?? new Context(stop, at))
        grow()
        const value = await result
        if (!timed?.late) {
          if (store) store(value, at)
          else out[at & mask] = value
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
  const pull = (): IteratorResult<T> | Promise<IteratorResult<T>> => {
    if (!iterator) {
      while (next < length && !(next in items)) out[next++ & mask] = undefined
      return { done: next >= length, value: items[next] } as IteratorResult<T>
    }
    pulling = !asynchronous
    return iterator.next()
  }

  /** Lets another worker take over the waiting, or makes one. */
  const grow = (): void => {
    // A worker that starts at once comes back here: the loop goes on, instead of a recursion as deep as the limit.
    if (growing) return
    growing = true
    while (!reading && !ended()) {
      if (parked.length) {
        reading = true
        parked.pop()!()
      } else if (mayStart()) link(startWorker())
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
    ? new Meter(name, { active: () => active, pending: () => (array ? array.length - next : 0) }, true, onGauge)
    : undefined

  // ---- start, and wait: what is awaited contains the workers, so that the stack of an error in a task leads to the caller
  const abort = (): void => halt(signal!.reason)
  sink.begin?.(stop, halt)
  const general = governor || deadlines || meter || sink.room
  const startWorker = general ? generalWorker : asynchronous ? readingWorker : array ? arrayWorker : iteratorWorker
  grow()
  if (signal?.aborted) abort()
  else if (!ended() || active) signal?.addEventListener('abort', abort)
  finishIfIdle()
  try {
    // The last element never settles: workers end before the call does when it drains.
    await Promise.race([settled, Promise.all([...workers, new Promise(keepLink), new Promise(() => {})])])
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
export function checked<T>(input: Input<T>, mapper: Mapper<T, unknown>, options: BoundedOptions) {
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
