import { AsyncLocalStorage } from 'node:async_hooks'
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  AcquireTimeoutError, ClearedError, createLimiter, forEachBounded, LimiterFullError, mapBounded, TimeoutError,
} from '../../src/runtime/index.ts'
import type { LimiterOptions, TaskContext, Token } from '../../src/runtime/index.ts'
import { controlledTasks, deferred, flush, unhandledRejections } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('a limiter', () => {
  it('runs what it is called with, at most so many at once, in order of arrival', async () => {
    const limit = createLimiter(2)
    const tasks = controlledTasks<number>()
    const results = Promise.allSettled([0, 1, 2, 3].map((n) => limit(tasks.run, n)))
    expect(tasks.started).toEqual([0, 1])
    expect([limit.active, limit.pending, limit.concurrency]).toEqual([2, 2, 2])
    await tasks.finish(1)
    expect(tasks.started).toEqual([0, 1, 2])
    await tasks.fail(0, 'no')
    await tasks.finish(2)
    await tasks.finish(3)
    expect(await results).toEqual([
      { status: 'rejected', reason: 'no' },
      ...[1, 2, 3].map((value) => ({ status: 'fulfilled', value })),
    ])
    expect([limit.active, limit.pending]).toEqual([0, 0])
  })

  it('passes arguments and takes plain values and synchronous throws', async () => {
    const limit = createLimiter(1)
    expect(await limit((a: number, b: number) => a + b, 1, 2)).toBe(3)
    await expect(limit(() => { throw new Error('sync') })).rejects.toThrow('sync')
    expect(await limit.wrap((a: number) => a * 2)(4)).toBe(8)
    expect(limit.active).toBe(0)
  })

  it('reports a rejection that nobody looks at, once, whether the call had to wait or not', async () => {
    const unhandled = unhandledRejections()
    const limit = createLimiter(1)
    void limit(() => Promise.reject('unseen'))
    void limit(() => Promise.reject('unseen after a wait'))
    await unhandled.stop()
    expect(unhandled.seen).toEqual(['unseen', 'unseen after a wait'])
  })

  it('gives a call that had to wait its arguments and no others', async () => {
    const limit = createLimiter(1)
    const count = (...args: unknown[]): number => args.length
    expect(await Promise.all([limit(count), limit(count), limit(count, 1, 2)])).toEqual([0, 0, 2])
  })

  it('keeps the async context and the stack of a queued caller', async () => {
    const limit = createLimiter(1)
    const storage = new AsyncLocalStorage<string>()
    async function tenant(name: string): Promise<unknown> {
      return await storage.run(name, () => limit(async () => (await flush(), storage.getStore())))
    }
    expect(await Promise.all(['a', 'b', 'c'].map(tenant))).toEqual(['a', 'b', 'c'])
    async function queuedCaller(): Promise<unknown> {
      return await limit(async () => { await flush(); throw new Error('boom') })
    }
    void limit(flush)
    expect(((await queuedCaller().catch((e: unknown) => e)) as Error).stack).toMatch(/queuedCaller/)
  })

  it('starts waiters at once when the limit is raised, and lets the running finish when it is lowered', async () => {
    const limit = createLimiter(1)
    const tasks = controlledTasks<number>()
    for (const n of [0, 1, 2, 3, 4]) void limit(tasks.run, n)
    limit.concurrency = 3
    await flush()
    expect(tasks.started).toEqual([0, 1, 2])
    limit.concurrency = 1
    await tasks.finish(0)
    await tasks.finish(1)
    expect(tasks.started).toEqual([0, 1, 2])
    await tasks.finish(2)
    expect(tasks.started).toEqual([0, 1, 2, 3])
    expect(() => { limit.concurrency = 0 }).toThrow(TypeError)
  })

  it('hands out tokens that release once and work with using', async () => {
    const limit = createLimiter(1)
    const token = await limit.acquire()
    expect(limit.tryAcquire()).toBeUndefined()
    const second = limit.acquire()
    token.release()
    token.release()
    const held = await second
    expect([limit.active, limit.pending]).toEqual([1, 0])
    held[Symbol.dispose]()
    {
      using inner = limit.tryAcquire()!
      expect(inner).toBeDefined()
      expect(limit.active).toBe(1)
    }
    expect(limit.active).toBe(0)
  })

  it('gives no slot to one who tries while others wait', async () => {
    const limit = createLimiter({ concurrency: 2, interval: 100, intervalCap: 1 })
    const first = limit.tryAcquire()
    const waiting = limit.acquire()
    expect(first).toBeDefined()
    expect(limit.tryAcquire()).toBeUndefined()
    await clock.advance(101)
    ;(await waiting).release()
    first!.release()
  })

  it('rejects what waits when cleared, and leaves what runs', async () => {
    const limit = createLimiter(1)
    const running = deferred<string>()
    const first = limit(() => running.promise)
    const waiting = [limit(() => 1), limit.acquire(), limit.run(() => 2)]
    expect(limit.clear()).toBe(3)
    for (const one of waiting) await expect(one).rejects.toBeInstanceOf(ClearedError)
    const again = limit(() => 1)
    expect(limit.clear('shut down')).toBe(1)
    await expect(again).rejects.toBe('shut down')
    running.resolve('done')
    expect(await first).toBe('done')
  })

  it('is idle when nothing runs and nothing waits', async () => {
    const limit = createLimiter(1)
    await limit.idle()
    const tasks = controlledTasks<number>()
    void limit(tasks.run, 0)
    void limit(tasks.run, 1)
    let idle = 0
    void limit.idle().then(() => idle++)
    void limit.idle().then(() => idle++)
    await tasks.finish(0)
    expect(idle).toBe(0)
    await tasks.finish(1)
    expect(idle).toBe(2)
  })

  it('refuses more callers than may wait', async () => {
    const limit = createLimiter({ concurrency: 1, maxPending: 1 })
    const token = await limit.acquire()
    const waiting = limit.acquire()
    await expect(limit(() => 1)).rejects.toBeInstanceOf(LimiterFullError)
    await expect(limit.acquire()).rejects.toMatchObject({ maxPending: 1, code: 'ELIMITERFULL' })
    token.release()
    ;(await waiting).release()
    expect(await limit(() => 'free again')).toBe('free again')
  })

  it('gives up waiting after acquireTimeout', async () => {
    const limit = createLimiter({ concurrency: 1, acquireTimeout: 50 })
    const token = await limit.acquire()
    const waiting = limit(() => 1).catch((e: unknown) => e)
    await clock.advance(50)
    expect(await waiting).toBeInstanceOf(AcquireTimeoutError)
    expect([limit.pending, clock.timers()]).toEqual([0, 0])
    const next = limit(() => 2)
    token.release()
    expect(await next).toBe(2)
    expect(clock.timers()).toBe(0)
  })

  it('lets a waiter leave by its signal, and leaves no listener', async () => {
    const limit = createLimiter(1)
    const token = await limit.acquire()
    const controller = new AbortController()
    const leaves = limit.acquire({ signal: controller.signal })
    const stays = limit.acquire({ signal: new AbortController().signal })
    controller.abort('left')
    await expect(leaves).rejects.toBe('left')
    expect(limit.pending).toBe(1)
    token.release()
    ;(await stays).release()
    expect(limit.active).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    await expect(limit.acquire({ signal: controller.signal })).rejects.toBe('left')
  })

  it('gives the slot back when the signal aborts just as the turn comes', async () => {
    const limit = createLimiter(1)
    const token = await limit.acquire()
    const controller = new AbortController()
    const waiting = limit.acquire({ signal: controller.signal })
    token.release()
    controller.abort('late')
    await expect(waiting).rejects.toBe('late')
    expect(limit.active).toBe(0)
  })

  it('starts at most intervalCap tasks in any window', async () => {
    const limit = createLimiter({ concurrency: Infinity, interval: 100, intervalCap: 2 })
    const starts: [number, number][] = []
    const begin = performance.now()
    const results = [0, 1, 2, 3, 4].map((n) => limit(() => starts.push([n, performance.now() - begin])))
    await clock.advance(350)
    await Promise.all(results)
    expect(starts).toEqual([[0, 0], [1, 0], [2, 100], [3, 100], [4, 200]])
    expect(clock.timers()).toBe(0)
  })

  it('runs the higher priority first, first come first served within one', async () => {
    const limit = createLimiter({ concurrency: 1, priorities: 3 })
    const token = await limit.acquire()
    const order: string[] = []
    const runs = ([['low', 0], ['high', 2], ['mid', 1], ['high again', 2]] as const).map(([name, priority]) =>
      limit.run(() => order.push(name), { priority }))
    token.release()
    await Promise.all(runs)
    expect(order).toEqual(['high', 'high again', 'mid', 'low'])
    await expect(limit.run(() => 1, { priority: 3 })).rejects.toThrow(TypeError)
  })

  it('ages what waits', async () => {
    const limit = createLimiter({ concurrency: 1, priorities: 2, ageing: 100 })
    const token = await limit.acquire()
    const order: string[] = []
    const old = limit.run(() => order.push('old and low'))
    await clock.advance(150)
    const fresh = limit.run(() => order.push('fresh and high'), { priority: 1 })
    token.release()
    await Promise.all([old, fresh])
    expect(order).toEqual(['old and low', 'fresh and high'])
  })

  it('keeps the slot of a task past its deadline until it settles: the limit holds', async () => {
    const limit = createLimiter(1)
    const work = deferred()
    let context!: TaskContext
    const late = limit.run((given) => ((context = given), work.promise), { timeout: 50 }).catch((e: unknown) => e)
    const next = limit(() => 'next')
    await clock.advance(50)
    const error = await late
    expect(error).toBeInstanceOf(TimeoutError)
    expect(context.signal.reason).toBe(error)
    expect([limit.active, limit.pending]).toEqual([1, 1])
    work.resolve()
    expect(await next).toBe('next')
    expect(limit.stats()).toMatchObject({ timedOut: 1, failed: 1, done: 1, abandoned: 0 })
    expect(clock.timers()).toBe(0)
  })

  it('gives the slot away after grace', async () => {
    const limit = createLimiter(1)
    const unhandled = unhandledRejections()
    const work = deferred()
    const late = limit.run(() => work.promise, { timeout: 50, grace: 20 }).catch((e: unknown) => e)
    const next = limit(() => 'next')
    await clock.advance(69)
    expect(limit.pending).toBe(1)
    await clock.advance(1)
    expect(await next).toBe('next')
    expect(await late).toBeInstanceOf(TimeoutError)
    work.reject('long after')
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
    expect([limit.active, limit.stats().abandoned]).toEqual([0, 1])
  })

  it('aborts a running task by its signal and keeps its slot', async () => {
    const limit = createLimiter(1)
    const controller = new AbortController()
    const work = deferred()
    const running = limit.run(() => work.promise, { signal: controller.signal })
    await flush()
    controller.abort('enough')
    await expect(running).rejects.toBe('enough')
    expect(limit.active).toBe(1)
    work.resolve()
    await flush()
    expect(limit.active).toBe(0)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('measures on request', async () => {
    const limit = createLimiter({ concurrency: 2, gauges: true, name: 'db' })
    const tasks = controlledTasks<number>()
    const runs = [0, 1].map((n) => limit(tasks.run, n))
    await clock.advance(100)
    expect(limit.stats()).toMatchObject({ name: 'db', active: 2, pending: 0, started: 2, done: 0, p50: 0 })
    await tasks.finish(0)
    await tasks.finish(1)
    await Promise.all(runs)
    const { p50, p99, perSecond, little, ...counts } = limit.stats()
    expect(counts).toMatchObject({ active: 0, started: 2, done: 2, failed: 0 })
    for (const quantile of [p50, p99]) expect(Math.abs(quantile - 100)).toBeLessThan(5)
    expect(perSecond).toBe(20)
    expect(little).toBeCloseTo(2)
  })

  it.each<unknown>([0, -1, NaN, 1.5, '2', undefined, null, {}, { concurrency: 0 }, { concurrency: 1, maxPending: -1 },
    { concurrency: 1, acquireTimeout: -1 }, { concurrency: 1, intervalCap: 2 }, { concurrency: 1, intervalCap: 0, interval: 5 },
    { concurrency: 1, priorities: 0 }, { concurrency: 1, priorities: 1e6 }])('refuses %j', (options) => {
    expect(() => createLimiter(options as LimiterOptions)).toThrow(TypeError)
  })
})

describe('a limiter as governor', () => {
  it('bounds several calls of the map family together', async () => {
    const limit = createLimiter(2)
    const tasks = controlledTasks<string>()
    const calls = ['a', 'b'].map((call) => mapBounded([0, 1, 2], (n) => tasks.run(call + n), { concurrency: limit }))
    expect(tasks.started).toEqual(['a0', 'a1'])
    while (tasks.running.size) await tasks.finish([...tasks.running.keys()][0]!)
    expect(await Promise.all(calls)).toEqual([['a0', 'a1', 'a2'], ['b0', 'b1', 'b2']])
    expect(tasks.peak).toBe(2)
    expect([limit.active, limit.pending]).toEqual([0, 0])
  })

  it('lets the limit rise at once and fall as tasks end', async () => {
    const limit = createLimiter(1)
    const tasks = controlledTasks<number>()
    const result = mapBounded([0, 1, 2, 3, 4, 5], tasks.run, { concurrency: limit })
    limit.concurrency = 3
    await flush()
    expect(tasks.started).toEqual([0, 1, 2])
    limit.concurrency = 1
    await tasks.finish(0)
    await tasks.finish(1)
    expect(tasks.started).toEqual([0, 1, 2])
    for (const n of [2, 3, 4, 5]) await tasks.finish(n)
    expect(await result).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('holds no slot and no place after a failure', async () => {
    const limit = createLimiter(2)
    await expect(mapBounded([0, 1, 2, 3], async (n) => { await flush(); if (n === 1) throw new Error('boom') }, { concurrency: limit })).rejects.toThrow('boom')
    await flush()
    expect([limit.active, limit.pending]).toEqual([0, 0])
    await expect(forEachBounded([0, 1, 2], () => Promise.reject('no'), { concurrency: limit })).rejects.toBe('no')
    await flush()
    expect([limit.active, limit.pending]).toEqual([0, 0])
  })

  it('gets its slot back from a source that fails', async () => {
    const limit = createLimiter(2)
    function* sync(): Generator<number> { yield 0; throw new Error('broken') }
    async function* asynchronous(): AsyncGenerator<number> { yield* sync() }
    for (const source of [sync, asynchronous]) {
      await expect(mapBounded(source(), () => flush(), { concurrency: limit })).rejects.toThrow('broken')
      await flush()
      expect([limit.active, limit.pending]).toEqual([0, 0])
    }
  })

  it('fails the call when the limiter is cleared', async () => {
    const limit = createLimiter(1)
    const call = mapBounded([0, 1], () => flush(), { concurrency: limit })
    limit.clear('shut down')
    await expect(call).rejects.toBe('shut down')
  })

  it('may be any object of the shape of the proposal', async () => {
    let free = 2
    let peak = 0
    const waiting: (() => void)[] = []
    const governor = {
      async acquire(): Promise<Token> {
        if (free > 0) free--
        else await new Promise<void>((resolve) => waiting.push(resolve))
        peak = Math.max(peak, 2 - free)
        const release = (): void => { const next = waiting.shift(); if (next) next(); else free++ }
        return { release, [Symbol.dispose]: release }
      },
    }
    expect(await mapBounded([0, 1, 2, 3, 4], async (n) => (await flush(), n), { concurrency: governor })).toEqual([0, 1, 2, 3, 4])
    expect([free, peak]).toEqual([2, 2])
  })
})
