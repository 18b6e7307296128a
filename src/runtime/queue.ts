/** A bounded queue of items in front of a worker function. */
import { attempt } from './attempt.ts'
import { checkDelay, checkSignal, refuse } from './arguments.ts'
import { asyncDispose } from './disposal.ts'
import { QueueClosedError, TimeoutError } from './errors.ts'
import { Meter, reportLater } from './gauges.ts'
import { Entry, laneOf, Parked, Turn, type Held, type Settle, type Wake } from './queue-items.ts'
import { settingsOf } from './queue-options.ts'
import { Lanes, Line } from './lines.ts'
import { Context, Stop } from './tasks.ts'
import type { CloseOptions, CloseReport, DeadLetter, PushOptions, Queue, QueueOptions } from './queue-options.ts'
import type { TaskContext, TaskOutcome, Token } from './types.ts'

/** Errors kept for `drained` and `close`; more only count. */
const keptErrors = 1000
const defaultGrace = 1000

/**
 * Makes a queue whose `worker` is called with each item. Every item that it takes ends as done, failed, dropped or
 * abandoned.
 *
 * @throws {TypeError} for a bad argument.
 */
export function createQueue<T, R>(
  worker: (item: T, context: TaskContext) => R | PromiseLike<R>,
  options: QueueOptions<T>,
): Queue<T, R> {
  const settings = settingsOf(worker, options)
  const { governor, limit, capacity, timeout, grace, priorities, ageing, parks, surfaces } = settings
  const waiting = new Lanes<Held<T>, Wake<T>>(priorities, ageing)
  const parked = new Line<Parked<T>>()
  const delayed = new Set<Entry<T>>()
  /** What each `perform` works on, and the places in that list that are free. */
  const running: (Held<T> | undefined)[] = []
  const vacant: number[] = []
  const letters = new Line<DeadLetter<T>>()
  const stop = new Stop()
  const drainers: Settle[] = []
  let errors: unknown[] = []
  let state: 'open' | 'closing' | 'closed' = 'open'
  let paused = false
  let aborted = false
  /** What still runs has been given up: nothing that it does counts any more. */
  let gaveUp = false
  /** Slots in use. */
  let active = 0
  /** Items taken whose outcome is open. */
  let open = 0
  let came = 0
  let done = 0
  let failed = 0
  let dropped = 0
  let abandoned = 0
  let acquiring = false
  const meter = new Meter(
    settings.name,
    { active: () => active, pending: () => waiting.size + delayed.size },
    settings.timed,
  )

  // ---- coming in ----
  const plain = ageing === Infinity && timeout === Infinity
  const hold = (item: T, given: PushOptions | undefined, settle?: Settle): Held<T> => {
    if (given) {
      const { priority = 0, signal } = given
      if (!(Number.isInteger(priority) && priority >= 0 && priority < priorities)) {
        refuse('priority', `an integer from 0 to ${priorities - 1}`, priority)
      }
      checkSignal(signal)
      if (plain && !settle && !signal && !settings.retries) return item
    } else if (plain && !settle) return item
    return new Entry(item, came, given, settle)
  }
  const startsAtOnce = (): boolean => active < limit && !paused && !waiting.size && !governor
  const mustWait = (): boolean => waiting.size >= capacity && !startsAtOnce()
  /** Takes an item for good: from here on it has exactly one outcome. */
  const take = (held: Held<T>, index: number, lane: number): void => {
    open++
    if (held instanceof Entry) watchSignal(held)
    if (startsAtOnce()) {
      active++
      start(held, index, undefined, undefined)
    } else {
      line(held, index, lane, parks ? keepContext() : undefined)
      if (active < limit) pump()
    }
  }
  const line = (held: Held<T>, index: number, lane: number, wake: Wake<T> | undefined): void => {
    if (held instanceof Entry) held.state = 'queued'
    waiting.push(held, lane, index, wake)
  }
  const start = (held: Held<T>, index: number, wake: Wake<T> | undefined, token: Token | undefined): void => {
    if (held instanceof Entry) held.state = 'running'
    if (wake) wake(new Turn(held, index, token))
    else if (held instanceof Entry) void performEntry(held, token)
    else void perform(held, index, token)
  }
  /** A reaction runs in the async context in which it was added: one promise, and nothing that runs while it waits. */
  const keepContext = (): Wake<T> => {
    void new Promise<Turn<T>>(onWake).then(begun)
    return wakeLatest
  }
  const begun = ({ held, index, token }: Turn<T>): void => start(held, index, undefined, token)
  let wakeLatest: Wake<T>
  /** Executor shared by all, since it is called at once. */
  const onWake = (resolve: Wake<T>): void => {
    wakeLatest = resolve
  }
  const park = (held: Held<T>, lane: number): Promise<void> => {
    const one = new Parked(held, came, lane, parks ? keepContext() : undefined)
    came++
    parked.push(one)
    if (held instanceof Entry) {
      held.state = 'parked'
      watchSignal(held)
    }
    return one.place
  }
  const watchSignal = (entry: Entry<T>): void => {
    const { signal } = entry
    if (!signal || entry.abort) return
    entry.abort = () => {
      const { reason } = signal
      signal.removeEventListener('abort', entry.abort!)
      if (entry.state === 'parked') {
        parked.keep((one) => (one.held === entry ? (turnAway(one, reason), false) : true))
      } else if (entry.state === 'queued') {
        waiting.remove(entry)
        end(entry, 'dropped', reason)
        admit()
      } else if (entry.state === 'delayed') end(entry, 'dropped', reason)
    }
    signal.addEventListener('abort', entry.abort)
  }
  const admit = (): void => {
    while (parked.size && waiting.size < capacity) {
      const { held, index, lane, wake, resolve } = parked.shift()!
      resolve(undefined)
      open++
      line(held, index, lane, wake)
    }
    if (active < limit) pump()
  }

  // ---- running ----
  const pump = (): void => {
    while (active < limit && waiting.size && !paused) {
      let token: Token | undefined
      if (governor) {
        token = governor.tryAcquire?.()
        if (!token) return acquire()
      }
      begin(token)
    }
  }
  const begin = (token: Token | undefined): void => {
    active++
    const held = waiting.take()!
    start(held, waiting.index, waiting.wake, token)
    if (parked.size) admit()
  }
  /** One request for a slot at a time; what it was for may be gone when it is granted. */
  const acquire = (): void => {
    if (acquiring) return
    acquiring = true
    governor!.acquire(stop).then(
      (token) => {
        acquiring = false
        if (waiting.size && !paused) begin(token)
        else token.release('dropped')
        pump()
      },
      (error: unknown) => {
        acquiring = false
        // The governor refuses: what waits cannot run.
        if (!aborted) while (waiting.size) end(waiting.take()!, 'failed', error)
        admit()
        settleIfIdle()
      },
    )
  }
  const release = (token: Token | undefined, outcome: TaskOutcome): void => {
    active--
    token?.release(outcome)
    if (waiting.size) pump()
    else settleIfIdle()
  }

  /**
   * Works on an item that is nothing more, and then, in the slot that it has, on others of the kind that are not bound to a
   * context of their own. What it costs is what the queue costs. Nothing in it throws but the worker, so there is no
   * `finally`, which every item would pay for.
   */
  const perform = async (item: T, index: number, token: Token | undefined): Promise<void> => {
    const place = vacant.length ? vacant.pop()! : running.length
    for (;;) {
      running[place] = item
      const startedAt = meter.start()
      let outcome: TaskOutcome = 'done'
      try {
        await worker(item, new Context(stop, index))
        if (!gaveUp) {
          open--
          done++
        }
      } catch (error) {
        outcome = 'failed'
        fail(entryOf(item, index, 1), error)
      }
      meter.settle(startedAt, outcome)
      if (governor || paused || !waiting.size) {
        vacate(place)
        return release(token, outcome)
      }
      const next = waiting.take()!
      index = waiting.index
      const { wake } = waiting
      if (wake || next instanceof Entry) {
        vacate(place)
        start(next, index, wake, undefined)
        return parked.size ? admit() : undefined
      }
      item = next
      if (parked.size) admit()
    }
  }
  const performEntry = async (entry: Entry<T>, token: Token | undefined): Promise<void> => {
    const place = vacant.length ? vacant.pop()! : running.length
    running[place] = entry
    const startedAt = meter.start()
    const terms = timeout < Infinity || entry.signal
    let outcome: TaskOutcome = 'failed'
    try {
      if (!terms) entry.attempts++
      const value = await (terms ? limited(entry, startedAt, token) : worker(entry.item, new Context(stop, entry.index)))
      outcome = 'done'
      succeed(entry, value)
    } catch (error) {
      fail(entry, error)
    }
    vacate(place)
    if (terms) settleIfIdle()
    else {
      meter.settle(startedAt, outcome)
      release(token, outcome)
    }
  }
  const entryOf = (held: Held<T>, index: number, attempts: number): Entry<T> => {
    if (held instanceof Entry) return held
    const entry = new Entry(held, index)
    entry.attempts = attempts
    return entry
  }
  const vacate = (place: number): void => {
    running[place] = undefined
    vacant.push(place)
  }
  /** An attempt with a deadline or a signal: its slot is freed when the work has really ended, not when its outcome is known. */
  const limited = (entry: Entry<T>, startedAt: number, token: Token | undefined): Promise<Awaited<R>> =>
    attempt(
      (own) => {
        entry.stop = own
        if (stop.stopped) own.stop(stop.reason)
        entry.attempts++
        return worker(entry.item, new Context(own, entry.index))
      },
      {
        signal: entry.signal,
        timeout,
        grace,
        late: timeout < Infinity ? new TimeoutError(timeout) : undefined,
        free(outcome, gone) {
          meter.settle(startedAt, outcome)
          if (gone) meter.abandoned++
          release(token, outcome)
        },
      },
    )

  // ---- going out ----
  const succeed = (entry: Entry<T>, value: unknown): void => {
    if (gaveUp) return
    leave(entry)
    done++
    entry.settle?.resolve(value)
  }
  const fail = (entry: Entry<T>, error: unknown): void => {
    if (gaveUp) return
    if (entry.signal?.aborted && entry.signal.reason === error) return end(entry, 'dropped', error)
    const delay = aborted ? false : delayOf(error, entry.attempts)
    if (delay === false) return end(entry, 'failed', error)
    entry.state = 'delayed'
    entry.error = error
    delayed.add(entry)
    const wake = parks ? keepContext() : undefined
    entry.retry = setTimeout(() => {
      delayed.delete(entry)
      line(entry, entry.index, entry.lane, wake)
      pump()
    }, delay)
  }
  const delayOf = (error: unknown, attempts: number): number | false => {
    try {
      return settings.retryDelay(error, attempts)
    } catch (thrown) {
      reportLater(thrown)
      return false
    }
  }
  const leave = (entry: Entry<T>): void => {
    entry.state = 'over'
    open--
    if (entry.retry) {
      delayed.delete(entry)
      clearTimeout(entry.retry)
    }
    if (entry.abort) entry.signal!.removeEventListener('abort', entry.abort)
  }
  const end = (held: Held<T>, reason: 'failed' | 'dropped' | 'abandoned', error: unknown): void => {
    const entry = entryOf(held, 0, 0)
    leave(entry)
    if (reason === 'failed') failed++
    else if (reason === 'dropped') dropped++
    else abandoned++
    if (entry.settle) entry.settle.reject(error)
    else {
      if (surfaces && reason === 'failed' && errors.length < keptErrors) errors.push(error)
      bury({ item: entry.item, error, attempts: entry.attempts, reason })
    }
    if (!active) settleIfIdle()
  }
  const bury = (letter: DeadLetter<T>): void => {
    letters.push(letter)
    if (letters.size > settings.deadLetterCapacity) letters.shift()
    try {
      settings.onDeadLetter?.(letter)
    } catch (error) {
      reportLater(error)
    }
  }

  // ---- ending ----
  const isIdle = (): boolean => !active && !open
  const settleIfIdle = (): void => {
    if (!isIdle() || !drainers.length) return
    const error = surfaced()
    for (const { resolve, reject } of drainers.splice(0)) {
      if (error) reject(error)
      else resolve(undefined)
    }
  }
  const surfaced = (): AggregateError | undefined => {
    if (!errors.length) return
    const error = new AggregateError(errors, `${errors.length} items failed`)
    errors = []
    return error
  }
  const abortAll = (reason: unknown): void => {
    if (aborted) return
    aborted = true
    while (waiting.size) end(waiting.take()!, 'dropped', reason)
    for (const entry of [...delayed]) end(entry, 'failed', entry.error)
    stop.stop(reason)
    for (const held of running) if (held instanceof Entry) held.stop?.stop(reason)
    settleIfIdle()
  }
  let closing: Promise<CloseReport> | undefined
  let escalate: ((reason: unknown, within: number) => void) | undefined
  let drainTimer: ReturnType<typeof setTimeout> | undefined
  let graceTimer: ReturnType<typeof setTimeout> | undefined
  const close = async (given: CloseOptions = {}): Promise<CloseReport> => {
    const { mode = 'drain', reason } = given
    if (mode !== 'drain' && mode !== 'abort') refuse('mode', "'drain' or 'abort'", mode)
    const deadline = checkDelay('timeout', given.timeout)
    const within = given.grace === undefined ? defaultGrace : checkDelay('grace', given.grace)
    const abort = (): void => escalate?.(reason === undefined ? new QueueClosedError() : reason, within)
    closing ??= shut()
    if (mode === 'abort') abort()
    else if (deadline < Infinity && escalate) drainTimer ??= setTimeout(abort, deadline)
    return closing
  }
  const shut = async (): Promise<CloseReport> => {
    state = 'closing'
    settings.signal?.removeEventListener('abort', onSignal)
    for (let one = parked.shift(); one; one = parked.shift()) turnAway(one, new QueueClosedError())
    const failure = await new Promise<unknown>((resolve) => {
      escalate = (reason, within) => {
        abortAll(reason)
        if (!isIdle() && within < Infinity) graceTimer ??= setTimeout(giveUp, within, resolve)
      }
      drainers.push({ resolve, reject: resolve })
      paused = false
      pump()
      settleIfIdle()
    })
    clearTimeout(drainTimer)
    clearTimeout(graceTimer)
    escalate = undefined
    state = 'closed'
    const report: CloseReport = { done, failed, dropped, abandoned }
    if (failure) throw Object.assign(failure, { report })
    return report
  }
  /** The producer need not look at its promise. */
  const turnAway = ({ held, place, reject }: Parked<T>, error: unknown): void => {
    place.catch(() => {})
    reject(error)
    if (!(held instanceof Entry)) return
    held.state = 'over'
    if (held.abort) held.signal!.removeEventListener('abort', held.abort)
    held.settle?.reject(error)
  }
  /** What still runs is given up: its outcome is `abandoned`, whatever comes later. */
  const giveUp = (resolve: (failure: unknown) => void): void => {
    gaveUp = true
    for (const place of running.keys()) {
      if (vacant.includes(place)) continue
      end(entryOf(running[place] as Held<T>, 0, 1), 'abandoned', stop.reason)
    }
    resolve(surfaced())
    for (const drainer of drainers.splice(0)) drainer.resolve(undefined)
  }
  const onSignal = (): void => {
    close({ mode: 'abort', reason: settings.signal!.reason }).catch(() => {})
  }
  if (settings.signal?.aborted) onSignal()
  else settings.signal?.addEventListener('abort', onSignal)

  return {
    push(item, given) {
      if (!given && plain && state === 'open') {
        // As below, without the calls.
        if (active < limit && !waiting.size && !paused && !governor) {
          active++
          open++
          void perform(item, came++, undefined)
          return undefined
        }
        if (waiting.size < capacity && active === limit && !parks) {
          open++
          waiting.push(item, 0, came++)
          return undefined
        }
      }
      let held: Held<T>
      try {
        held = hold(item, given)
      } catch (error) {
        return Promise.reject(error)
      }
      if (given?.signal?.aborted) return unobserved(Promise.reject(given.signal.reason))
      if (state !== 'open') return unobserved(Promise.reject(new QueueClosedError()))
      if (mustWait()) return park(held, laneOf(given))
      take(held, came++, laneOf(given))
      return undefined
    },
    tryPush(item, given) {
      const held = hold(item, given)
      if (state !== 'open' || given?.signal?.aborted || mustWait()) return false
      take(held, came++, laneOf(given))
      return true
    },
    async request(item, given): Promise<Awaited<R>> {
      hold(item, given)
      if (given?.signal?.aborted) throw given.signal.reason
      if (state !== 'open') throw new QueueClosedError()
      const result = await new Promise<unknown>((resolve, reject) => {
        const held = hold(item, given, { resolve, reject })
        if (mustWait()) void park(held, laneOf(given))
        else take(held, came++, laneOf(given))
      })
      return result as Awaited<R>
    },
    async drained() {
      if (isIdle()) {
        const error = surfaced()
        if (error) throw error
      } else await new Promise((resolve, reject) => drainers.push({ resolve, reject }))
    },
    close,
    pause() {
      if (state === 'open') paused = true
    },
    resume() {
      paused = false
      pump()
    },
    get size() {
      return waiting.size
    },
    get active() {
      return active
    },
    capacity,
    get state() {
      return state
    },
    get deadLetters() {
      return [...letters]
    },
    stats: () => meter.read(),
    async [asyncDispose]() {
      await close()
    },
  }
}

/** A promise that need not be looked at. */
function unobserved(promise: Promise<void>): Promise<void> {
  promise.catch(() => {})
  return promise
}
