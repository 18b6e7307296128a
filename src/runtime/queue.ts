/** A bounded queue of items in front of a worker function. */
import { attempt } from './attempt.ts'
import { checkDelay, checkSignal, refuse } from './arguments.ts'
import { asyncDispose } from './disposal.ts'
import { QueueClosedError, TimeoutError } from './errors.ts'
import { Meter, reportLater } from './gauges.ts'
import { settingsOf } from './queue-options.ts'
import { Lanes, Ring } from './ring.ts'
import { Context, Stop } from './tasks.ts'
import type { CloseOptions, CloseReport, DeadLetter, PushOptions, Queue, QueueOptions } from './queue-options.ts'
import type { TaskContext, TaskOutcome, Token } from './types.ts'

/**
 * An item. Of those that wait there may be very many: what only some need is a field only of those. Fields are declared
 * and assigned, as in `Context`.
 */
class Entry<T> {
  declare readonly item: T
  declare readonly lane: number
  declare state: 'parked' | 'queued' | 'running' | 'delayed' | 'over'
  /** Position among the items taken. */
  declare index: number
  declare attempts: number
  declare gone: boolean
  /** Continues in the producer's context; called with the entry. */
  declare wake: ((entry: Entry<T>) => void) | undefined
  declare settle: Settle | undefined
  declare readonly signal: AbortSignal | undefined
  declare abort?: () => void
  declare error?: unknown
  declare token?: Token | undefined
  /** That of the latest attempt, where it has one of its own. */
  declare stop?: Stop
  declare retry?: ReturnType<typeof setTimeout>
  declare since?: number

  constructor(item: T, lane: number, signal: AbortSignal | undefined) {
    this.item = item
    this.lane = lane
    this.state = 'queued'
    this.index = 0
    this.attempts = 0
    this.gone = false
    this.wake = undefined
    this.settle = undefined
    this.signal = signal
  }
}

interface Settle {
  resolve(value: unknown): void
  reject(error: unknown): void
}

interface Parked<T> {
  readonly entry: Entry<T>
  readonly place: Promise<void>
  readonly settle: Settle
}

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
  const { governor, limit, capacity, timeout, grace, priorities, parks, surfaces } = settings
  const waiting = new Lanes<Entry<T>>(priorities, settings.ageing)
  const parked = new Ring<Parked<T>>()
  const delayed = new Set<Entry<T>>()
  /** What each `perform` works on, and the places in that list that are free. */
  const running: (Entry<T> | undefined)[] = []
  const vacant: number[] = []
  const letters = new Ring<DeadLetter<T>>()
  const stop = new Stop()
  const drainers: Settle[] = []
  let errors: unknown[] = []
  let state: 'open' | 'closing' | 'closed' = 'open'
  let paused = false
  let aborted = false
  /** Slots in use. */
  let active = 0
  /** Items taken whose outcome is open. */
  let open = 0
  let taken = 0
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
  const entryOf = (item: T, given: PushOptions | undefined): Entry<T> => {
    if (!given) return new Entry(item, 0, undefined)
    const { priority = 0, signal } = given
    if (!(Number.isInteger(priority) && priority >= 0 && priority < priorities)) {
      refuse('priority', `an integer from 0 to ${priorities - 1}`, priority)
    }
    checkSignal(signal)
    return new Entry(item, priority, signal)
  }
  const isFull = (): boolean => waiting.size >= capacity
  const startsAtOnce = (): boolean => active < limit && !paused && !waiting.size && !governor
  /** Takes an entry for good: from here on it has exactly one outcome. */
  const take = (entry: Entry<T>): void => {
    entry.index = taken++
    open++
    if (entry.signal) watchSignal(entry)
    if (startsAtOnce()) {
      active++
      start(entry)
    } else {
      if (parks && !entry.wake) keepContext(entry)
      entry.state = 'queued'
      waiting.push(entry, entry.lane)
      if (active < limit) pump()
    }
  }
  const start = (entry: Entry<T>): void => {
    entry.state = 'running'
    if (entry.wake) entry.wake(entry)
    else void perform(entry)
  }
  /** A reaction runs in the async context in which it was added: one promise, and nothing that runs while it waits. */
  const keepContext = (entry: Entry<T>): void => {
    new Promise<Entry<T>>(hold).then(begun)
    entry.wake = wake
  }
  let wake: (entry: Entry<T>) => void
  /** Executor shared by all, since it is called at once. */
  const hold = (resolve: (entry: Entry<T>) => void): void => {
    wake = resolve
  }
  const begun = (entry: Entry<T>): void => void perform(entry)
  const park = (entry: Entry<T>): Promise<void> => {
    if (parks) keepContext(entry)
    entry.state = 'parked'
    let settle!: Settle
    const place = new Promise<void>((resolve, reject) => {
      settle = { resolve: resolve as () => void, reject }
    })
    parked.push({ entry, place, settle })
    if (entry.signal) watchSignal(entry)
    return place
  }
  const watchSignal = (entry: Entry<T>): void => {
    const signal = entry.signal!
    if (entry.abort) return
    entry.abort = () => {
      const { reason } = signal
      signal.removeEventListener('abort', entry.abort!)
      if (entry.state === 'parked') {
        parked.keep((one) => (one.entry === entry ? (turnAway(one, reason), false) : true))
      } else if (entry.state === 'queued') {
        waiting.remove(entry)
        end(entry, 'dropped', reason)
        admit()
      } else if (entry.state === 'delayed') end(entry, 'dropped', reason)
    }
    signal.addEventListener('abort', entry.abort)
  }
  const admit = (): void => {
    while (parked.size && !isFull()) {
      const { entry, settle } = parked.shift()!
      settle.resolve(undefined)
      take(entry)
    }
  }

  // ---- running ----
  const pump = (): void => {
    while (active < limit && waiting.size && !paused) {
      let token: Token | undefined
      if (governor) {
        token = governor.tryAcquire?.()
        if (!token) return acquire()
      }
      begin(waiting.take()!, token)
    }
  }
  const begin = (entry: Entry<T>, token: Token | undefined): void => {
    active++
    if (token) entry.token = token
    start(entry)
    if (parked.size) admit()
  }
  /** One request for a slot at a time; what it was for may be gone when it is granted. */
  const acquire = (): void => {
    if (acquiring) return
    acquiring = true
    governor!.acquire(stop).then(
      (token) => {
        acquiring = false
        if (waiting.size && !paused) begin(waiting.take()!, token)
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

  const perform = async (entry: Entry<T>): Promise<void> => {
    // Nothing below throws but the worker, so the place needs no `finally`, which every item would pay for.
    const place = vacant.pop() ?? running.length
    for (;;) {
      entry.state = 'running'
      entry.wake = undefined
      running[place] = entry
      const startedAt = meter.start()
      if (timeout < Infinity || entry.signal) {
        try {
          succeed(entry, await limited(entry, startedAt))
        } catch (error) {
          fail(entry, error)
        }
        vacate(place)
        return settleIfIdle()
      }
      let outcome: TaskOutcome = 'failed'
      try {
        entry.attempts++
        const value = await worker(entry.item, new Context(stop, entry.index))
        outcome = 'done'
        succeed(entry, value)
      } catch (error) {
        fail(entry, error)
      }
      meter.settle(startedAt, outcome)
      // A slot of the queue's own goes to the next item without being given back first.
      if (governor || paused || !waiting.size) {
        vacate(place)
        return release(entry.token, outcome)
      }
      const next = waiting.take()!
      if (parked.size) admit()
      if (next.wake) {
        vacate(place)
        return start(next)
      }
      entry = next
    }
  }
  const vacate = (place: number): void => {
    running[place] = undefined
    vacant.push(place)
  }
  /** An attempt with a deadline or a signal: its slot is freed when the work has really ended, not when its outcome is known. */
  const limited = (entry: Entry<T>, startedAt: number): Promise<Awaited<R>> => {
    const { token } = entry
    return attempt(
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
  }

  // ---- going out ----
  const succeed = (entry: Entry<T>, value: unknown): void => {
    if (entry.state !== 'running') return
    leave(entry)
    done++
    entry.settle?.resolve(value)
  }
  const fail = (entry: Entry<T>, error: unknown): void => {
    if (entry.state !== 'running') return
    if (entry.signal?.aborted && entry.signal.reason === error) return end(entry, 'dropped', error)
    const delay = aborted ? false : delayOf(error, entry.attempts)
    if (delay === false) return end(entry, 'failed', error)
    entry.state = 'delayed'
    entry.error = error
    delayed.add(entry)
    if (parks) keepContext(entry)
    entry.retry = setTimeout(() => {
      delayed.delete(entry)
      entry.state = 'queued'
      waiting.push(entry, entry.lane)
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
  const end = (entry: Entry<T>, reason: 'failed' | 'dropped' | 'abandoned', error: unknown): void => {
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
    for (const entry of running) entry?.stop?.stop(reason)
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
  const turnAway = ({ entry, place, settle }: Parked<T>, error: unknown): void => {
    entry.state = 'over'
    if (entry.abort) entry.signal!.removeEventListener('abort', entry.abort)
    place.catch(() => {})
    settle.reject(error)
    entry.settle?.reject(error)
  }
  /** What still runs is given up: its outcome is `abandoned`, whatever comes later. */
  const giveUp = (resolve: (failure: unknown) => void): void => {
    for (const entry of [...running]) if (entry?.state === 'running') end(entry, 'abandoned', stop.reason)
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
      let entry: Entry<T>
      try {
        entry = entryOf(item, given)
      } catch (error) {
        return Promise.reject(error)
      }
      if (entry.signal?.aborted) return unobserved(Promise.reject(entry.signal.reason))
      if (state !== 'open') return unobserved(Promise.reject(new QueueClosedError()))
      if (isFull() && !startsAtOnce()) return park(entry)
      take(entry)
      return undefined
    },
    tryPush(item, given) {
      const entry = entryOf(item, given)
      if (state !== 'open' || entry.signal?.aborted || (isFull() && !startsAtOnce())) return false
      take(entry)
      return true
    },
    async request(item, given): Promise<Awaited<R>> {
      const entry = entryOf(item, given)
      if (entry.signal?.aborted) throw entry.signal.reason
      if (state !== 'open') throw new QueueClosedError()
      const result = await new Promise<unknown>((resolve, reject) => {
        entry.settle = { resolve, reject }
        if (isFull() && !startsAtOnce()) void park(entry)
        else take(entry)
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
