import { AsyncLocalStorage } from 'node:async_hooks'
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { forEachBounded, mapBounded, mapBoundedSettled } from '../../src/runtime/index.ts'
import type { TaskContext } from '../../src/runtime/index.ts'
import { controlledTasks, deferred, flush, unhandledRejections } from '../support/deferred.ts'

const double = async (value: number): Promise<number> => value * 2

async function* asynchronously<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}

/** The same items by each way of input. */
const inputs: [string, <T>(items: T[]) => Iterable<T> | AsyncIterable<T>][] = [
  ['array', (items) => items],
  ['set', (items) => new Set(items)],
  ['generator', (items) => (function* () { yield* items })()],
  ['async generator', (items) => asynchronously(items)],
]

describe.each(inputs)('mapBounded over %s', (_, input) => {
  it.each([1, 2, 3, 10, Infinity])('keeps order and the limit of %d', async (concurrency) => {
    const tasks = controlledTasks<number>()
    const result = mapBounded(input([0, 1, 2, 3, 4]), tasks.run, { concurrency })
    await flush()
    expect(tasks.started).toEqual([0, 1, 2, 3, 4].slice(0, concurrency))
    while (tasks.running.size) await tasks.finish([...tasks.running.keys()].at(-1)!)
    expect(await result).toEqual([0, 1, 2, 3, 4])
    expect(tasks.started).toEqual([0, 1, 2, 3, 4])
    expect(tasks.peak).toBe(Math.min(concurrency, 5))
  })

  it('gives [] for no items', async () => {
    expect(await mapBounded(input([]), double, { concurrency: 2 })).toEqual([])
  })

  it('passes index and a context', async () => {
    const seen: [string, number, number][] = []
    await mapBounded(input(['a', 'b']), (item, index, context) => seen.push([item, index, context.index]), {
      concurrency: 1,
    })
    expect(seen).toEqual([['a', 0, 0], ['b', 1, 1]])
  })

  it('takes plain values, thenables and synchronous throws as if asynchronous', async () => {
    const thenable = { then: (resolve: (value: string) => void) => resolve('then') } as PromiseLike<string>
    expect(await mapBounded(input([1, 2]), (n) => (n === 1 ? 'plain' : thenable), { concurrency: 2 })).toEqual([
      'plain',
      'then',
    ])
    const boom = new Error('boom')
    const call = (): Promise<unknown> =>
      mapBounded(input([1]), () => { throw boom }, { concurrency: 1 })
    await expect(call()).rejects.toBe(boom)
  })

  it('stops at the first failure: no new start, siblings aborted, the same error, later failures dropped', async () => {
    const unhandled = unhandledRejections()
    const tasks = controlledTasks<number>()
    const contexts: TaskContext[] = []
    const boom = new Error('boom')
    let caught: unknown
    void mapBounded(input([0, 1, 2, 3, 4, 5]), (n, _i, context) => (contexts.push(context), void context.signal, tasks.run(n)), {
      concurrency: 3,
    }).catch((error: unknown) => (caught = error))
    await flush()
    await tasks.fail(1, boom)
    expect(caught).toBe(boom)
    expect(contexts.map(({ signal }) => [signal.aborted, signal.reason])).toEqual(Array(3).fill([true, boom]))
    await tasks.fail(0, new Error('later'))
    await tasks.finish(2)
    expect(tasks.started).toEqual([0, 1, 2])
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
  })

  it("drains on request: the same, but settles when everything started has settled", async () => {
    const tasks = controlledTasks<number>()
    const boom = new Error('boom')
    let caught: unknown
    void mapBounded(input([0, 1, 2, 3]), tasks.run, { concurrency: 2, onError: 'drain' }).catch((e: unknown) => (caught = e))
    await flush()
    await tasks.fail(0, boom)
    expect(caught).toBeUndefined()
    await tasks.fail(1, new Error('later'))
    expect(caught).toBe(boom)
    expect(tasks.started).toEqual([0, 1])
  })

  it('collects on request: everything runs, one AggregateError in input order', async () => {
    const tasks = controlledTasks<number>()
    const result = mapBounded(input([0, 1, 2, 3]), tasks.run, { concurrency: 2, onError: 'collect' }).catch((e: unknown) => e)
    await flush()
    await tasks.finish(0)
    await tasks.fail(2, 'third')
    await tasks.fail(1, 'second')
    await tasks.finish(3)
    const error = (await result) as AggregateError
    expect(error).toBeInstanceOf(AggregateError)
    expect(error.errors).toEqual(['second', 'third'])
    expect(error.message).toBe('2 of 4 tasks failed')
  })

  it('rejects at once with the reason of an abort, one listener, removed after', async () => {
    const unhandled = unhandledRejections()
    const controller = new AbortController()
    const tasks = controlledTasks<number>()
    const contexts: TaskContext[] = []
    let caught: unknown
    void mapBounded(input([0, 1, 2, 3]), (n, _i, context) => (contexts.push(context), tasks.run(n)), {
      concurrency: 2,
      signal: controller.signal,
    }).catch((error: unknown) => (caught = error))
    await flush()
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    const reason = { stop: true }
    controller.abort(reason)
    await flush()
    expect(caught).toBe(reason)
    expect(contexts.map(({ signal }) => signal.reason)).toEqual([reason, reason])
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    await tasks.fail(0, new Error('later'))
    await tasks.finish(1)
    expect(tasks.started).toEqual([0, 1])
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
  })

  it('lets an abort end a collecting and a settled call at once, and a draining call when the started have settled', async () => {
    for (const [call, onError] of [[mapBounded, 'collect'], [mapBoundedSettled, 'stop'], [forEachBounded, 'stop']] as const) {
      const controller = new AbortController()
      const tasks = controlledTasks<number>()
      const result = (call as typeof mapBounded)(input([0, 1]), tasks.run, { concurrency: 1, onError, signal: controller.signal })
      await flush()
      controller.abort('now')
      await expect(result).rejects.toBe('now')
    }
    const controller = new AbortController()
    const tasks = controlledTasks<number>()
    let caught: unknown
    void mapBounded(input([0, 1]), tasks.run, { concurrency: 1, onError: 'drain', signal: controller.signal }).catch((e) => (caught = e))
    await flush()
    controller.abort('now')
    await flush()
    expect(caught).toBeUndefined()
    await tasks.finish(0)
    expect(caught).toBe('now')
  })

  it('leaves no listener after success and failure', async () => {
    const { signal } = new AbortController()
    await mapBounded(input([1, 2, 3]), double, { concurrency: 2, signal })
    await mapBounded(input([1, 2, 3]), () => Promise.reject(new Error('no')), { concurrency: 2, signal }).catch(() => {})
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('starts nothing when a mapper aborts the call', async () => {
    const controller = new AbortController()
    const started: number[] = []
    const result = mapBounded(input([0, 1, 2]), (n) => (started.push(n), controller.abort('self'), n), {
      concurrency: 3,
      signal: controller.signal,
    })
    await expect(result).rejects.toBe('self')
    await flush()
    expect(started).toEqual([0])
  })

  it('keeps the async context of the caller in every mapper', async () => {
    const storage = new AsyncLocalStorage<string>()
    const see = (call: string): Promise<unknown> =>
      storage.run(call, () =>
        mapBounded(input([0, 1, 2, 3, 4, 5]), async () => (await flush(), storage.getStore()), { concurrency: 2 }))
    expect(await Promise.all([see('one'), see('two')])).toEqual([Array(6).fill('one'), Array(6).fill('two')])
  })

  it('shows the caller in the stack of an error, whichever task throws it', async () => {
    async function importOrders(failing: number): Promise<void> {
      await mapBounded(input([0, 1, 2, 3, 4]), async (n) => {
        await flush()
        if (n === failing) throw new Error('boom')
      }, { concurrency: 2 })
    }
    for (const failing of [0, 1, 3]) {
      const error = (await importOrders(failing).catch((e: unknown) => e)) as Error
      expect(error.stack).toMatch(/at (async )?importOrders/)
    }
  })

  it('settles every outcome in order', async () => {
    const outcomes = await mapBoundedSettled(input([1, 2, 3]), async (n) => {
      if (n === 2) throw undefined
      return n
    }, { concurrency: 2 })
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: undefined },
      { status: 'fulfilled', value: 3 },
    ])
  })

  it('runs a function over each item and gives nothing', async () => {
    const seen: number[] = []
    expect(await forEachBounded(input([1, 2, 3]), async (n) => seen.push(n), { concurrency: 2 })).toBeUndefined()
    expect(seen).toEqual([1, 2, 3])
    await expect(forEachBounded(input([1]), () => Promise.reject('no'), { concurrency: 2 })).rejects.toBe('no')
  })

  it('may be called again from within a mapper', async () => {
    const result = await mapBounded(input([1, 2]), (n) => mapBounded([n, n], double, { concurrency: 1 }), { concurrency: 1 })
    expect(result).toEqual([[2, 2], [4, 4]])
  })
})

describe('start', () => {
  it('is synchronous for synchronous inputs, up to the limit and in order', () => {
    for (const input of [[0, 1, 2, 3], new Set([0, 1, 2, 3])]) {
      const tasks = controlledTasks<number>()
      void mapBounded(input, tasks.run, { concurrency: 3 })
      expect(tasks.started).toEqual([0, 1, 2])
    }
  })

  it('reads an async iterator at once', () => {
    let pulled = 0
    void mapBounded({ [Symbol.asyncIterator]: () => ({ next: () => (pulled++, new Promise<never>(() => {})) }) }, double, {
      concurrency: 3,
    })
    expect(pulled).toBe(1)
  })
})

describe('array input', () => {
  it('is a snapshot', async () => {
    const items = [0, 1, 2]
    const tasks = controlledTasks<number>()
    const result = mapBounded(items, tasks.run, { concurrency: 1 })
    items.push(9)
    items[1] = 8
    for (const item of [0, 1, 2]) await tasks.finish(item)
    expect(await result).toEqual([0, 1, 2])
  })

  it('skips holes, leaving an own undefined, as Promise.all over map does', async () => {
    const items = [, 1, , 3, ,]
    for (const concurrency of [1, 2, 10]) {
      const seen: number[] = []
      const result = await mapBounded(items, (_n, index) => (seen.push(index), index), { concurrency })
      expect(seen).toEqual([1, 3])
      expect(result).toStrictEqual([undefined, 1, undefined, 3, undefined])
      expect(Object.keys(result)).toEqual(Object.keys(await Promise.all(items.map((n) => n))))
      expect(await mapBoundedSettled(items, (_n, index) => index, { concurrency })).toStrictEqual(
        await Promise.allSettled(items.map((_n, index) => index)),
      )
    }
    expect(await mapBounded(new Array<number>(3), double, { concurrency: 2 })).toStrictEqual([undefined, undefined, undefined])
  })

  it('calls the mapper for undefined items', async () => {
    expect(await mapBounded([undefined, 1], (item) => String(item), { concurrency: 1 })).toEqual(['undefined', '1'])
  })

  it('hands promises of a synchronous input to the mapper untouched', async () => {
    const items = [Promise.resolve(1), Promise.reject(new Error('caught by the mapper'))]
    expect(await mapBounded(items, (item) => item.catch(() => 'caught'), { concurrency: 1 })).toEqual([1, 'caught'])
    expect(await mapBounded(new Set(items), (item) => item.catch(() => 'caught'), { concurrency: 1 })).toEqual([1, 'caught'])
  })
})

describe('other iterables', () => {
  it('are pulled only when a slot is free, one pull at a time', async () => {
    for (const asynchronous of [false, true]) {
      let pulled = 0
      let pulling = 0
      let overlapped = false
      const step = (): IteratorResult<number> => ({ done: false, value: pulled++ })
      const input = {
        [Symbol.asyncIterator]: () => ({
          async next() {
            overlapped ||= pulling++ > 0
            await flush()
            pulling--
            return step()
          },
        }),
      }
      const tasks = controlledTasks<number>()
      const controller = new AbortController()
      const call = mapBounded(asynchronous ? input : { [Symbol.iterator]: () => ({ next: step }) }, tasks.run, {
        concurrency: 3,
        signal: controller.signal,
      })
      for (let turn = 0; turn < 12; turn++) await flush()
      expect(pulled).toBe(3)
      await tasks.finish(1)
      for (let turn = 0; turn < 4; turn++) await flush()
      expect(pulled).toBe(4)
      expect(pulled).toBeLessThanOrEqual(tasks.started.length + 1)
      controller.abort()
      await expect(call).rejects.toThrow()
      expect(overlapped).toBe(false)
    }
  })

  it('prefer the async iterator', async () => {
    const both = { *[Symbol.iterator]() { yield 'sync' }, async *[Symbol.asyncIterator]() { yield 'async' } }
    expect(await mapBounded(both, (item) => item, { concurrency: 1 })).toEqual(['async'])
  })

  function source(asynchronous: boolean, next: (at: number) => IteratorResult<number>) {
    const log: string[] = []
    let at = 0
    const step = (): IteratorResult<number> => (log.push('next'), next(at++))
    const iterator = asynchronous
      ? { next: async () => step(), return: async () => (log.push('return'), Promise.reject(new Error('return fails'))) }
      : { next: step, return: () => { log.push('return'); throw new Error('return fails') } }
    const input = { [asynchronous ? Symbol.asyncIterator : Symbol.iterator]: () => iterator } as unknown as Iterable<number>
    return { input, log }
  }

  it.each([false, true])('that fail: no new work, siblings aborted, that error, not told again (async: %s)', async (asynchronous) => {
    for (const call of [mapBounded, mapBoundedSettled, forEachBounded] as (typeof mapBounded)[]) {
      const unhandled = unhandledRejections()
      const broken = new Error('broken source')
      const { input, log } = source(asynchronous, (at) => {
        if (at === 2) throw broken
        return { done: false, value: at }
      })
      const tasks = controlledTasks<number>()
      const signals: AbortSignal[] = []
      await expect(call(input, (n, _i, { signal }) => (signals.push(signal), tasks.run(n)), { concurrency: 3 })).rejects.toBe(broken)
      expect(signals.map(({ reason }) => reason as unknown)).toEqual([broken, broken])
      await tasks.fail(0, new Error('later'))
      expect(log).toEqual(['next', 'next', 'next'])
      await unhandled.stop()
      expect(unhandled.seen).toEqual([])
    }
  })

  it.each([false, true])('are told once of an early end, whose failure is swallowed (async: %s)', async (asynchronous) => {
    const unhandled = unhandledRejections()
    const { input, log } = source(asynchronous, (at) => ({ done: false, value: at }))
    const boom = new Error('boom')
    await expect(mapBounded(input, async (n) => { if (n === 1) throw boom; await flush() }, { concurrency: 2 })).rejects.toBe(boom)
    const aborted = source(asynchronous, (at) => ({ done: false, value: at }))
    const controller = new AbortController()
    const call = mapBounded(aborted.input, () => flush(), { concurrency: 2, signal: controller.signal })
    controller.abort('now')
    await expect(call).rejects.toBe('now')
    await flush()
    expect(log.filter((entry) => entry === 'return')).toHaveLength(1)
    expect(aborted.log.filter((entry) => entry === 'return')).toHaveLength(1)
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
  })

  it('that block in next do not hold up a failure or an abort', async () => {
    async function* blocked(): AsyncGenerator<number> {
      yield 1
      await new Promise(() => {})
    }
    await expect(mapBounded(blocked(), () => Promise.reject('no'), { concurrency: 2 })).rejects.toBe('no')
    const controller = new AbortController()
    const call = mapBounded(blocked(), () => flush(), { concurrency: 2, signal: controller.signal })
    await flush()
    controller.abort('now')
    await expect(call).rejects.toBe('now')
  })

  it('may give steps that are no promises, or thenables, where promises are due', async () => {
    for (const wrap of [(step: unknown) => step, (step: unknown) => ({ then: (resolve: (step: unknown) => void) => resolve(step) })]) {
      for (const concurrency of [1, 3]) {
        let at = 0
        const next = (): unknown => wrap({ done: at === 5, value: at++ })
        const input = { [Symbol.asyncIterator]: () => ({ next }) } as unknown as AsyncIterable<number>
        expect(await mapBounded(input, double, { concurrency })).toEqual([0, 2, 4, 6, 8])
      }
    }
  })

  it('that throw from an asynchronous next without a promise fail the call, not a task', async () => {
    for (const [concurrency, onError] of [[1, 'stop'], [3, 'stop'], [3, 'collect']] as const) {
      let at = 0
      const broken = new Error('broken')
      const next = async (): Promise<IteratorResult<number>> => ({ done: false, value: at })
      const input = { [Symbol.asyncIterator]: () => ({ next() { if (at++ === 2) throw broken; return next() } }) }
      await expect(mapBounded(input, () => flush(), { concurrency, onError })).rejects.toBe(broken)
    }
  })

  it('that abort the call from inside are closed all the same', async () => {
    const controller = new AbortController()
    let closed = false
    function* source(): Generator<number> {
      try {
        yield 0
        controller.abort('inside')
        yield 1
      } finally {
        closed = true
      }
    }
    const seen: number[] = []
    const call = mapBounded(source(), async (n) => seen.push(n), { concurrency: 1, signal: controller.signal })
    await expect(call).rejects.toBe('inside')
    expect(closed).toBe(true)
    expect(seen).toEqual([0])
  })
})

describe('an abort before the call', () => {
  it('rejects with the reason, pulls nothing, adds no listener', async () => {
    const signal = AbortSignal.abort('before')
    let pulled = 0
    const input = { [Symbol.iterator]: () => ({ next: () => (pulled++, { done: true as const, value: undefined }) }) }
    for (const call of [mapBounded, mapBoundedSettled, forEachBounded] as (typeof mapBounded)[]) {
      await expect(call(input, double, { concurrency: 1, signal })).rejects.toBe('before')
    }
    expect(pulled).toBe(0)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('an empty array', () => {
  it('makes no listener', async () => {
    const { signal } = new AbortController()
    const call = mapBounded([], double, { concurrency: 1, signal, timeout: 10 })
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(await call).toEqual([])
  })
})

describe('bad arguments', () => {
  const bad: [string, unknown[], RegExp][] = [
    ['no input', [undefined, double, { concurrency: 1 }], /`input`.*undefined/],
    ['a number as input', [3, double, { concurrency: 1 }], /`input`.*3/],
    ['an array-like', [{ length: 1, 0: 0 }, double, { concurrency: 1 }], /`input`.*an object/],
    ['no mapper', [[1], undefined, { concurrency: 1 }], /`mapper`.*undefined/],
    ['no options', [[1], double], /`concurrency`.*undefined/],
    ['no concurrency', [[1], double, {}], /`concurrency`.*undefined/],
    ...[0, -1, 1.5, NaN, -Infinity, null, {}].map(
      (concurrency): [string, unknown[], RegExp] => [`concurrency ${String(concurrency)}`, [[1], double, { concurrency }], /`concurrency`/],
    ),
    ['a numeric string', [[1], double, { concurrency: '4' }], /`concurrency`.*"4"/],
    ['onError', [[1], double, { concurrency: 1, onError: 'throw' }], /`onError`.*"throw"/],
    ['timeout', [[1], double, { concurrency: 1, timeout: NaN }], /`timeout`.*NaN/],
    ['a timeout that no timer takes', [[1], double, { concurrency: 1, timeout: 2 ** 31 }], /`timeout`.*2147483648/],
    ['grace', [[1], double, { concurrency: 1, timeout: 1, grace: -1 }], /`grace`.*-1/],
    ['signal', [[1], double, { concurrency: 1, signal: {} }], /`signal`/],
    ['onGauge', [[1], double, { concurrency: 1, onGauge: 1 }], /`onGauge`.*1/],
  ]
  it.each(bad)('reject with a TypeError that names option and value: %s', async (_, args, message) => {
    for (const call of [mapBounded, mapBoundedSettled, forEachBounded] as ((...args: unknown[]) => Promise<unknown>)[]) {
      const result = call(...args)
      const error = await result.catch((e: unknown) => e)
      expect(error).toBeInstanceOf(TypeError)
      expect((error as Error).message).toMatch(message)
    }
  })

  it('are checked before anything is pulled', async () => {
    let opened = false
    const input = { [Symbol.iterator]: () => ((opened = true), [][Symbol.iterator]()) }
    await expect(mapBounded(input, double, { concurrency: 0 })).rejects.toThrow(TypeError)
    expect(opened).toBe(false)
  })
})

describe('a rejected result', () => {
  it('counts as unhandled when nobody looks, once', async () => {
    const unhandled = unhandledRejections()
    void mapBounded([1, 2], () => Promise.reject(new Error('unseen')), { concurrency: 2 })
    await unhandled.stop()
    expect(unhandled.seen).toEqual([new Error('unseen')])
  })
})

describe('an uncooperative sibling', () => {
  it('does not hold up the error', async () => {
    const never = deferred()
    await expect(mapBounded([0, 1], (n) => (n ? Promise.reject('no') : never.promise), { concurrency: 2 })).rejects.toBe('no')
  })
})
