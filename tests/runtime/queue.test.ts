import { AsyncLocalStorage } from 'node:async_hooks'
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createLimiter, createQueue, QueueClosedError, TimeoutError } from '../../src/runtime/index.ts'
import type { DeadLetter, QueueOptions, TaskContext } from '../../src/runtime/index.ts'
import { controlledTasks, deferred, flush, unhandledRejections } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('push', () => {
  it('starts at once while slots are free, then queues, then makes producers wait, in order', async () => {
    const tasks = controlledTasks<number>()
    const queue = createQueue(tasks.run, { concurrency: 2, capacity: 2 })
    expect([0, 1, 2, 3].map((n) => queue.push(n))).toEqual(Array(4).fill(undefined))
    expect([tasks.started, queue.active, queue.size]).toEqual([[0, 1], 2, 2])
    const placed: number[] = []
    for (const n of [4, 5]) void queue.push(n)!.then(() => placed.push(n))
    await flush()
    expect(placed).toEqual([])
    await tasks.finish(1)
    expect([tasks.started, placed]).toEqual([[0, 1, 2], [4]])
    await tasks.finish(0)
    expect([tasks.started, placed]).toEqual([[0, 1, 2, 3], [4, 5]])
    for (const n of [2, 3, 4, 5]) await tasks.finish(n)
    await queue.drained()
    expect(tasks.peak).toBe(2)
  })

  it('is never an unhandled rejection: the error surfaces from drained, once', async () => {
    const unhandled = unhandledRejections()
    const queue = createQueue((n: number) => Promise.reject(n), { concurrency: 1, capacity: 10 })
    for (const n of [0, 1, 2]) void queue.push(n)
    const error = (await queue.drained().catch((e: unknown) => e)) as AggregateError
    expect(error.errors).toEqual([0, 1, 2])
    await queue.drained()
    expect(await queue.close()).toEqual({ done: 0, failed: 3, dropped: 0, abandoned: 0 })
    void queue.push(3)
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
  })

  it('sheds load on request', async () => {
    const tasks = controlledTasks<number>()
    const queue = createQueue(tasks.run, { concurrency: 1, capacity: 1 })
    expect([0, 1, 2].map((n) => queue.tryPush(n))).toEqual([true, true, false])
    await tasks.finish(0)
    expect(queue.tryPush(3)).toBe(true)
    await tasks.finish(1)
    await tasks.finish(3)
    expect(await queue.close()).toMatchObject({ done: 3 })
    expect(queue.tryPush(4)).toBe(false)
  })

  it('takes an item out by its signal: waiting for a place, queued, running', async () => {
    const tasks = controlledTasks<number>()
    const contexts: TaskContext[] = []
    const queue = createQueue((n: number, context) => (contexts.push(context), tasks.run(n)), { concurrency: 1, capacity: 1 })
    const controllers = [0, 1, 2].map(() => new AbortController())
    const [running, queued, parked] = [0, 1, 2].map((n) => queue.push(n, { signal: controllers[n]!.signal }))
    expect([running, queued]).toEqual([undefined, undefined])
    controllers[2]!.abort('parked')
    await expect(parked).rejects.toBe('parked')
    controllers[1]!.abort('queued')
    expect(queue.size).toBe(0)
    controllers[0]!.abort('running')
    await flush()
    expect(contexts[0]!.signal.reason).toBe('running')
    expect(queue.active).toBe(1)
    await tasks.finish(0)
    expect(queue.deadLetters.map(({ item, error, reason, attempts }) => [item, error, reason, attempts])).toEqual([
      [1, 'queued', 'dropped', 0],
      [0, 'running', 'dropped', 1],
    ])
    for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    await expect(queue.push(3, { signal: controllers[0]!.signal })).rejects.toBe('running')
    expect(await queue.close()).toEqual({ done: 0, failed: 0, dropped: 2, abandoned: 0 })
  })
})

describe('request', () => {
  it('gives the result of its item, or its failure, which is no dead letter', async () => {
    const queue = createQueue(async (n: number) => (n ? n * 2 : Promise.reject('zero')), { concurrency: 1, capacity: 1 })
    const results = await Promise.allSettled([1, 0, 2, 3].map((n) => queue.request(n)))
    expect(results).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: 'zero' },
      { status: 'fulfilled', value: 4 },
      { status: 'fulfilled', value: 6 },
    ])
    expect(queue.deadLetters).toEqual([])
    expect(await queue.close()).toEqual({ done: 3, failed: 1, dropped: 0, abandoned: 0 })
    await expect(queue.request(1)).rejects.toBeInstanceOf(QueueClosedError)
  })
})

describe('context', () => {
  it('is that of the producer, queued or parked or retried', async () => {
    const storage = new AsyncLocalStorage<string>()
    const seen: unknown[] = []
    let failures = 2
    const queue = createQueue(async (n: number) => {
      await flush()
      if (n === 3 && failures-- > 0) throw new Error('again')
      seen.push([n, storage.getStore()])
    }, { concurrency: 1, capacity: 2, retries: () => 0 })
    const pushes = [0, 1, 2, 3].map((n) => storage.run(`tenant ${n}`, () => queue.push(n)))
    await Promise.all(pushes)
    const drained = queue.drained()
    while (seen.length < 4) {
      await clock.advance(1)
      await flush()
    }
    await drained
    expect(seen.sort()).toEqual([0, 1, 2, 3].map((n) => [n, `tenant ${n}`]))
  })

  it('may be left open', async () => {
    const queue = createQueue(async (n: number) => n, { concurrency: 1, capacity: 10, context: 'any' })
    expect(await Promise.all([0, 1, 2].map((n) => queue.request(n)))).toEqual([0, 1, 2])
  })
})

describe('priority', () => {
  it('runs the higher first, in order within one, and ages', async () => {
    const order: string[] = []
    const tasks = controlledTasks<string>()
    const queue = createQueue((name: string) => (order.push(name), tasks.run(name)), { concurrency: 1, capacity: 10, priorities: 3, ageing: 100 })
    void queue.push('first')
    for (const [name, priority] of [['low', 0], ['high', 2], ['mid', 1], ['high too', 2]] as const) void queue.push(name, { priority })
    await clock.advance(250)
    void queue.push('fresh and high', { priority: 2 })
    for (let n = 0; n < 6; n++) await tasks.finish(order.at(-1)!)
    expect(order).toEqual(['first', 'high', 'high too', 'mid', 'low', 'fresh and high'])
    await expect(queue.push('x', { priority: 3 })).rejects.toThrow(TypeError)
    expect(() => queue.tryPush('x', { priority: -1 })).toThrow(TypeError)
  })
})

describe('priority without ageing', () => {
  it.each(['producer', 'any'] as const)('keeps lanes, order and context of producers: %s', async (context) => {
    const storage = new AsyncLocalStorage<number>()
    const order: unknown[] = []
    const positions: number[] = []
    const queue = createQueue(async (n: number, { index }) => {
      positions.push(index)
      order.push(n)
      if (context === 'producer') expect(storage.getStore()).toBe(n)
    }, { concurrency: 1, capacity: 4, priorities: 2, context })
    queue.pause()
    const pushes = [0, 1, 2, 3, 4, 5].map((n) => storage.run(n, () => queue.push(n, { priority: n % 2 })))
    expect(pushes.map(Boolean)).toEqual([false, false, false, false, true, true])
    queue.resume()
    await queue.drained()
    // The last two came in as places became free: behind the others of their lane.
    expect(order).toEqual([1, 3, 5, 0, 2, 4])
    expect(positions).toEqual(order)
    expect(await queue.close()).toMatchObject({ done: 6 })
  })
})

describe('retries', () => {
  it('come after the delay that the function gives, then the dead letter', async () => {
    const attempts: [number, number][] = []
    const letters: DeadLetter<string>[] = []
    const begin = performance.now()
    const queue = createQueue((_item: string) => {
      attempts.push([attempts.length + 1, performance.now() - begin])
      throw new Error(`attempt ${attempts.length}`)
    }, {
      concurrency: 1, capacity: 1, onDeadLetter: (letter) => letters.push(letter),
      retries: (error, attempt) => ((error as Error).message === `attempt ${attempt}` && attempt < 3 ? attempt * 10 : false),
    })
    void queue.push('a')
    await clock.advance(50)
    await queue.drained()
    expect(attempts).toEqual([[1, 0], [2, 10], [3, 30]])
    expect(letters).toMatchObject([{ item: 'a', attempts: 3, reason: 'failed', error: { message: 'attempt 3' } }])
    expect(queue.deadLetters).toEqual(letters)
    expect(await queue.close()).toEqual({ done: 0, failed: 1, dropped: 0, abandoned: 0 })
  })

  it('count as waiting, and hold no slot', async () => {
    let fail = true
    const queue = createQueue(async () => { if (fail) throw new Error('once') }, { concurrency: 1, capacity: 1, retries: () => 100 })
    void queue.push(0)
    await flush()
    expect([queue.active, queue.size, queue.stats().pending]).toEqual([0, 0, 1])
    fail = false
    const drained = queue.drained()
    await clock.advance(100)
    await drained
    expect(clock.timers()).toBe(0)
  })
})

describe('dead letters', () => {
  it('are kept up to their capacity, the latest', async () => {
    const queue = createQueue((n: number) => Promise.reject(n), { concurrency: 1, capacity: 10, deadLetterCapacity: 2 })
    for (const n of [0, 1, 2, 3]) void queue.push(n)
    await queue.drained()
    expect(queue.deadLetters.map(({ item }) => item)).toEqual([2, 3])
  })
})

describe('timeout', () => {
  it('fails the attempt and keeps its slot until it settles, or grace has passed', async () => {
    for (const grace of [undefined, 20]) {
      const tasks = controlledTasks<number>()
      const queue = createQueue(tasks.run, { concurrency: 1, capacity: 5, timeout: 50, grace })
      const first = queue.request(0).catch((e: unknown) => e)
      const second = queue.request(1)
      await clock.advance(60)
      expect(await first).toBeInstanceOf(TimeoutError)
      expect(tasks.started).toEqual([0])
      if (grace) await clock.advance(10)
      else await tasks.finish(0)
      await flush()
      expect(tasks.started).toEqual([0, 1])
      await tasks.finish(1)
      expect(await second).toBe(1)
      expect(clock.timers()).toBe(0)
    }
  })
})

describe('close', () => {
  it('drains: works off what is queued, refuses what comes, tells parked producers', async () => {
    const tasks = controlledTasks<number>()
    const queue = createQueue(tasks.run, { concurrency: 1, capacity: 1 })
    void queue.push(0)
    void queue.push(1)
    const parked = queue.push(2)
    const asked = queue.request(3)
    const report = queue.close()
    expect(queue.state).toBe('closing')
    await expect(parked).rejects.toBeInstanceOf(QueueClosedError)
    await expect(asked).rejects.toBeInstanceOf(QueueClosedError)
    await expect(queue.push(4)).rejects.toBeInstanceOf(QueueClosedError)
    await tasks.finish(0)
    await tasks.finish(1)
    expect(await report).toEqual({ done: 2, failed: 0, dropped: 0, abandoned: 0 })
    expect(await queue.close({ mode: 'abort' })).toBe(await report)
    expect(queue.state).toBe('closed')
  })

  it('aborts: signals what runs, drops the rest', async () => {
    const contexts: TaskContext[] = []
    const queue = createQueue((_n: number, context) => {
      contexts.push(context)
      return new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)))
    }, { concurrency: 1, capacity: 5, retries: () => 0 })
    for (const n of [0, 1, 2]) void queue.push(n)
    const asked = expect(queue.request(3)).rejects.toBe('shut down')
    const closed = queue.close({ mode: 'abort', reason: 'shut down' }).catch((e: unknown) => e)
    await asked
    const error = (await closed) as AggregateError & { report: unknown }
    expect(contexts.map(({ signal }) => signal.reason)).toEqual(['shut down'])
    expect(error.errors).toEqual(['shut down'])
    expect(error.report).toEqual({ done: 0, failed: 1, dropped: 3, abandoned: 0 })
    expect(queue.deadLetters.map(({ item, reason }) => [item, reason])).toEqual([[1, 'dropped'], [2, 'dropped'], [0, 'failed']])
    expect(clock.timers()).toBe(0)
  })

  it('gives up on what ignores its signal, after grace', async () => {
    const letters: DeadLetter<number>[] = []
    const queue = createQueue((_n: number) => new Promise(() => {}), { concurrency: 2, capacity: 5, onDeadLetter: (letter) => letters.push(letter) })
    for (const n of [0, 1, 2]) void queue.push(n)
    const drained = queue.drained()
    const closed = queue.close({ timeout: 100, grace: 50 })
    await clock.advance(149)
    expect(queue.state).toBe('closing')
    await clock.advance(1)
    expect(await closed).toEqual({ done: 0, failed: 0, dropped: 1, abandoned: 2 })
    await drained
    expect(letters.map(({ item, reason }) => [item, reason])).toEqual([[2, 'dropped'], [0, 'abandoned'], [1, 'abandoned']])
    expect(clock.timers()).toBe(0)
  })

  it('escalates from drain to abort', async () => {
    const tasks = controlledTasks<number>()
    const queue = createQueue(tasks.run, { concurrency: 1, capacity: 5 })
    void queue.push(0)
    void queue.push(1)
    const first = queue.close()
    const second = queue.close({ mode: 'abort' })
    await tasks.finish(0)
    expect(await first).toEqual({ done: 1, failed: 0, dropped: 1, abandoned: 0 })
    expect(await second).toBe(await first)
  })

  it('works with await using, with a pause, and by the signal of the queue', async () => {
    const seen: number[] = []
    {
      await using queue = createQueue(async (n: number) => seen.push(n), { concurrency: 1, capacity: 5 })
      queue.pause()
      void queue.push(0)
      await flush()
      expect(seen).toEqual([])
      void queue.push(1)
    }
    expect(seen).toEqual([0, 1])
    const controller = new AbortController()
    const work = deferred()
    const queue = createQueue((_n: number) => work.promise, { concurrency: 1, capacity: 5, signal: controller.signal })
    void queue.push(0)
    void queue.push(1)
    controller.abort('process ends')
    work.resolve()
    expect(await queue.close()).toEqual({ done: 1, failed: 0, dropped: 1, abandoned: 0 })
    expect(queue.deadLetters).toMatchObject([{ item: 1, error: 'process ends' }])
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('waits for retries when it drains, and ends them when it aborts', async () => {
    for (const mode of ['drain', 'abort'] as const) {
      let attempts = 0
      const queue = createQueue((_n: number) => { if (!attempts++) throw new Error('first') }, { concurrency: 1, capacity: 5, retries: () => 100, deadLetterCapacity: 5 })
      void queue.push(0)
      await flush()
      const closed = queue.close({ mode })
      await clock.advance(100)
      expect(await closed).toEqual(mode === 'drain' ? { done: 1, failed: 0, dropped: 0, abandoned: 0 } : { done: 0, failed: 1, dropped: 0, abandoned: 0 })
      expect(clock.timers()).toBe(0)
    }
  })
})

describe('a queue', () => {
  it('pauses and resumes', async () => {
    const tasks = controlledTasks<number>()
    const queue = createQueue(tasks.run, { concurrency: 1, capacity: 5 })
    void queue.push(0)
    void queue.push(1)
    queue.pause()
    await tasks.finish(0)
    expect(tasks.started).toEqual([0])
    queue.resume()
    await flush()
    expect(tasks.started).toEqual([0, 1])
    await tasks.finish(1)
  })

  it('shares a limiter with other work', async () => {
    const limit = createLimiter(2)
    const tasks = controlledTasks<string>()
    const queues = ['a', 'b'].map((name) => createQueue((n: number) => tasks.run(name + n), { concurrency: limit, capacity: 10 }))
    for (const n of [0, 1, 2]) for (const queue of queues) void queue.push(n)
    await flush()
    while (tasks.running.size) await tasks.finish([...tasks.running.keys()][0]!)
    for (const queue of queues) expect(await queue.close()).toMatchObject({ done: 3 })
    expect([tasks.peak, limit.active, limit.pending]).toEqual([2, 0, 0])
  })

  it('counts', async () => {
    const queue = createQueue(async (n: number) => { if (n) throw n }, { concurrency: 1, capacity: 5, name: 'mail', onDeadLetter() {} })
    for (const n of [0, 1, 2]) void queue.push(n)
    await queue.drained()
    expect(queue.stats()).toMatchObject({ name: 'mail', active: 0, pending: 0, started: 3, done: 1, failed: 2, timedOut: 0 })
  })

  it('is idle for any number of waiters, and from the start', async () => {
    const tasks = controlledTasks<number>()
    const queue = createQueue(tasks.run, { concurrency: 1, capacity: 5 })
    await queue.drained()
    void queue.push(0)
    const waiters = [queue.drained(), queue.drained(), queue.drained()]
    await tasks.finish(0)
    await Promise.all(waiters)
  })

  it.each<unknown>([undefined, {}, { concurrency: 1 }, { capacity: 1 }, { concurrency: 0, capacity: 1 }, { concurrency: 1, capacity: 0 },
    { concurrency: 1, capacity: 1, retries: -1 }, { concurrency: 1, capacity: 1, priorities: 0 }, { concurrency: 1, capacity: 1, timeout: NaN },
    { concurrency: 1, capacity: 1, onDeadLetter: 1 }, { concurrency: 1, capacity: 1, deadLetterCapacity: -1 },
    { concurrency: 1, capacity: 1, context: 'none' }, { concurrency: 1, capacity: 1, signal: 1 }])('refuses %j', (options) => {
    expect(() => createQueue(() => 1, options as QueueOptions<unknown>)).toThrow(TypeError)
  })
})
