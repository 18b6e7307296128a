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
  /** Takes the failures by index; the call then goes on and resolves. */
  readonly failures?: Map<number, unknown>
  /** Takes the results instead of `out`. */
  store?(value: unknown, at: number): void
  /** Told of a failure. */
  fail?(at: number): void
  /** What must be waited for before the next item is pulled, beyond a free slot. */
  room?(): Promise<void> | undefined
  /** Told once, before anything starts: whether the call has been stopped, and how to stop it. */
  begin?(stop: Stop, halt: (reason: unknown) => void): void
}

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
  const { out, mask, store, failures = new Map<number, unknown>() } = sink
  const stop = new Stop()
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
    if (stop.stopped) reject(stop.reason)
    else if (failures.size && !sink.failures) reject(collected(failures, next))
    else resolve()
  }
  const finishIfIdle = (): void => {
    if (next >= length && active === (onError === 'drain' ? 0 : late)) finish()
  }
  /** Stops the call: nothing more is pulled or started, and every running task's signal aborts. */
  const halt = (error: unknown): void => {
    if (stop.stopped) return
    length = 0
    void close()
    stop.stop(error)
    for (const list of [deadlines, graces]) list?.forEach((context) => context.stop(error))
    if (onError === 'drain') finishIfIdle()
    else finish()
  }
  const fail = (error: unknown, at: number): void => {
    sink.fail?.(at)
    if (sink.failures || onError === 'collect') failures.set(at, error)
    else halt(error)
  }

  // ---- items ----
  const items = Array.isArray(input) ? (input as readonly T[]).slice() : undefined
  const asynchronous = !items && (input as AsyncIterable<T>)[Symbol.asyncIterator] != null
  const iterator = items ? undefined : (input as Iterable<T>)[asynchronous ? (Symbol.asyncIterator as never) : Symbol.iterator]()
  let next = 0
  /** How many items there are: for an iterator, how many may still be taken; 0 ends the input. */
  let length = items ? items.length : Infinity
  let pulling = false
  let closed = false
  /** Tells the source of an early end. Not awaited: one blocked in `next` would hold up the error for ever. */
  const close = async (): Promise<void> => {
    if (closed || (pulling && !asynchronous)) return
    closed = true
    try {
      await iterator?.return?.()
    } catch {}
  }
  /** The source gave its last item, or one too late: then it is told. */
  const last = ({ done }: IteratorResult<T>): void => {
    length = 0
    if (done) closed = true
    else void close()
  }
  /** A worker fails only by the source, which has ended then and is not told, or by the governor. */
  const broken = (error: unknown): void => {
    closed ||= pulling
    granted?.release('dropped')
    halt(error)
  }

  // ---- workers ----
  /** The promise of a worker never settles: it is there for stack traces, which lead from it to what awaits `settled`. */
  const never = new Promise<never>(() => {})
  const spawn = (): void => void worker().then(resolve, broken)

  // Nothing but a fixed number of workers over an array, or over an iterator that need not be waited for or has one reader
  // only. These two loops decide what the helper costs: one `try` per item, no call and no temporary between taking the
  // item and starting its task.
  const arrayWorker = async (): Promise<never> => {
    active++
    while (next < length) {
      const at = next++
      out[at & mask] = undefined
      if (items![at] === undefined && !(at in items!)) continue
      try {
        out[at & mask] = await work(items![at]!, at, new Context(stop, at))
      } catch (error) {
        fail(error, at)
      }
    }
    active--
    finishIfIdle()
    return never
  }
  const iteratorWorker = async (): Promise<never> => {
    while (next < length) {
      pulling = true
      const step = asynchronous ? await iterator!.next() : (iterator as Iterator<T>).next()
      pulling = false
      if (step.done || stop.stopped) {
        last(step)
        break
      }
      const at = next++
      active++
      out[at & mask] = undefined
      try {
        out[at & mask] = await work(step.value, at, new Context(stop, at))
      } catch (error) {
        fail(error, at)
      }
      active--
    }
    finishIfIdle()
    return never
  }

  /** A function of its own: engines compile a long loop together with all of the function it stands in. */
  const spawnAll = (): void => {
    for (let count = 0; count < allowed && next < length && !signal?.aborted; count++) void worker().then(resolve, broken)
  }

  // Otherwise one worker at a time waits for a slot and an item. While slots are free the next item is asked for ahead; the
  // worker that started the last one takes it if its task was quick, and another if not: waking one costs more than a task.
  type Step = IteratorResult<T>
  let allowed = governor ? Infinity : (concurrency as number)
  let ahead: Step | Promise<Step> | undefined
  let waiting = false
  let growing = false
  let granted: Token | undefined
  const parked: (() => void)[] = []
  const park = (wake: () => void): void => {
    parked.push(wake)
  }
  const waitingWorker = async (): Promise<never> => {
    for (;;) {
      while (waiting || (!ahead && (next >= length || active >= allowed))) await new Promise<void>(park)
      waiting = true
      let step = ahead ?? pull()
      ahead = undefined
      if ('then' in step) step = await step
      waiting = pulling = false
      if (step.done || next >= length) {
        granted?.release('dropped')
        last(step)
        finishIfIdle()
        continue
      }
      const at = next++
      active++
      out[at & mask] = undefined
      try {
        out[at & mask] = await start(step.value, at)
      } catch (error) {
        fail(error, at)
      }
      if (plain) active--
      if (next >= length) finishIfIdle()
    }
  }
  const plainTask = (item: T, at: number): unknown => {
    const result = work(item, at, new Context(stop, at))
    if (!ahead && !waiting && active < allowed && next < length) lookAhead()
    return result
  }
  /** As `grow`, for nothing but an asynchronous iterator. */
  const lookAhead = (): void => {
    pulling = true
    try {
      ahead = Promise.resolve(iterator!.next())
      ahead.then(arrived, arrived)
    } catch (error) {
      broken(error)
    }
  }
  /** Gives the result if it is to be kept, and deals with failures and the slot. */
  const task = async (item: T, at: number): Promise<unknown> => {
    const token = granted
    granted = undefined
    const timed = deadlines && new TimedContext(at, token)
    let outcome: TaskOutcome = 'done'
    let value: unknown
    try {
      if (timed) deadlines!.add(timed)
      const result = work(item, at, timed ?? new Context(stop, at))
      grow()
      value = await result
      if (!timed?.late) store?.(value, at)
    } catch (error) {
      outcome = 'failed'
      if (!timed?.late) fail(error, at)
    }
    if (timed?.abandoned) return
    active--
    if (timed?.late) {
      late--
      graces?.delete(timed)
      token?.release('timedOut')
    } else {
      if (timed) deadlines!.delete(timed)
      token?.release(outcome)
      return value
    }
  }
  /** Asks for a slot and an item: gives the item if both are there. */
  const pullGoverned = (): Step | Promise<Step> => {
    const wait = sink.room?.()
    return wait || (governor && !(granted = governor.tryAcquire?.())) ? pullLater(wait) : take()
  }
  const pullLater = async (wait: Promise<void> | undefined): Promise<Step> => {
    if (wait) await wait
    granted = await governor?.acquire(stop)
    return next < length ? take() : ({ done: true } as Step)
  }
  const take = (): Step | Promise<Step> => {
    if (items) {
      while (next < length && !(next in items)) out[next++ & mask] = undefined
      return { done: next >= length, value: items[next] } as Step
    }
    pulling = true
    return iterator!.next()
  }
  /** Asks for more while slots are free. */
  const grow = (): void => {
    // A worker that starts at once comes back here: the loop goes on, instead of a recursion as deep as the limit.
    if (growing) return
    growing = true
    try {
      while (!waiting && !ahead && next < length && active < allowed && !signal?.aborted) {
        ahead = pull()
        if ('then' in ahead) (ahead = Promise.resolve(ahead)).then(arrived, arrived)
        else arrived()
      }
    } catch (error) {
      broken(error)
    }
    growing = false
  }
  const arrived = (): void => {
    if (!ahead || waiting) return
    const wake = parked.pop()
    if (wake) wake()
    else spawn()
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
        finishIfIdle()
        grow()
      })
    }
  }
  let work = mapper
  let meter: Meter | undefined
  if (onGauge) {
    const gauges: Meter = (meter = new Meter(
      name,
      { active: (): number => gauges.started - gauges.done - gauges.failed + late, pending: () => (items ? length - next : 0) },
      true,
      onGauge,
    ))
    work = async (item, at, context) => {
      const startedAt = gauges.start()
      let outcome: TaskOutcome = 'failed'
      try {
        const value = await mapper(item, at, context)
        outcome = 'done'
        return value
      } finally {
        if (!(context as TimedContext).late) gauges.settle(startedAt, outcome)
      }
    }
  }

  // ---- start, and wait ----
  const abort = (): void => halt(signal!.reason)
  sink.begin?.(stop, halt)
  const plain = !(governor || deadlines || store)
  const start = plain ? plainTask : task
  const pull = governor || sink.room ? pullGoverned : take
  const worker = !plain || (asynchronous && allowed > 1) ? waitingWorker : items ? arrayWorker : iteratorWorker
  if (worker === waitingWorker) grow()
  else spawnAll()
  if (signal?.aborted) abort()
  else if (next < length || active) signal?.addEventListener('abort', abort)
  finishIfIdle()
  try {
    await settled
  } finally {
    signal?.removeEventListener('abort', abort)
    deadlines?.clear()
    graces?.clear()
    meter?.emit()
  }
}

function collected(failures: Map<number, unknown>, total: number): AggregateError {
  const errors = [...failures].sort(([one], [other]) => one - other).map(([, error]) => error)
  return new AggregateError(errors, `${errors.length} of ${total} tasks failed`)
}

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
  if (onError !== 'stop' && onError !== 'drain' && onError !== 'collect') refuse('onError', "'stop', 'drain' or 'collect'", onError)
  if (onGauge !== undefined) checkFunction('onGauge', onGauge)
  const timeout = checkDelay('timeout', options.timeout)
  const grace = checkDelay('grace', options.grace)
  return { concurrency, governor, signal, onError, timeout, grace, onGauge, name }
}
