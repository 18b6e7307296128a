import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createBatcher } from '../../src/runtime/index.ts'
import type { BatcherOptions } from '../../src/runtime/index.ts'
import { deferred, flush } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('createBatcher', () => {
  it('gathers the calls of one turn, in order', async () => {
    const batches: (readonly number[])[] = []
    const load = createBatcher(async (keys: readonly number[]) => (batches.push(keys), keys.map((key) => key * 2)), { maxSize: 10, concurrency: 1 })
    const results = Promise.all([1, 2, 3].map(load))
    await clock.advance(1)
    expect(await results).toEqual([2, 4, 6])
    expect(batches).toEqual([[1, 2, 3]])
    expect(clock.timers()).toBe(0)
  })

  it('loads a full batch at once, and holds the limit', async () => {
    const loads: { keys: readonly number[]; end: () => void }[] = []
    const load = createBatcher((keys: readonly number[]) => {
      const { promise, resolve } = deferred<number[]>()
      loads.push({ keys, end: () => resolve([...keys]) })
      return promise
    }, { maxSize: 2, maxWaitMs: 50, concurrency: 1 })
    const results = Promise.all([1, 2, 3, 4, 5].map(load))
    expect(loads.map(({ keys }) => keys)).toEqual([[1, 2]])
    await clock.advance(60)
    expect(loads).toHaveLength(1)
    for (let batch = 0; batch < 3; batch++) {
      loads[batch]!.end()
      await flush()
    }
    expect(loads.map(({ keys }) => keys)).toEqual([[1, 2], [3, 4], [5]])
    expect(await results).toEqual([1, 2, 3, 4, 5])
  })

  it('rejects one call for an Error among the values, all for a failure or a wrong count', async () => {
    const no = new Error('no such key')
    const load = createBatcher(async (keys: readonly string[]) => {
      if (keys.includes('fail')) throw new Error('load failed')
      if (keys.includes('short')) return []
      return keys.map((key) => (key === 'missing' ? no : key))
    }, { maxSize: 2, concurrency: 2 })
    const results = await Promise.allSettled(['a', 'missing', 'fail', 'b', 'short', 'c'].map(load))
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).message))).toEqual([
      'a', 'no such key', 'load failed', 'load failed',
      ...Array(2).fill('`load` must give an array of 2 values, one per key, got 0 values'),
    ])
  })

  it('rejects every open call when aborted, and later ones', async () => {
    const controller = new AbortController()
    const signals: AbortSignal[] = []
    const load = createBatcher((_keys: readonly number[], context) => (signals.push(context.signal), new Promise<number[]>(() => {})), {
      maxSize: 1, concurrency: 1, signal: controller.signal,
    })
    const results = Promise.allSettled([1, 2].map(load))
    await flush()
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    controller.abort('enough')
    expect(await results).toEqual(Array(2).fill({ status: 'rejected', reason: 'enough' }))
    expect(signals.map(({ reason }) => reason as unknown)).toEqual(['enough'])
    await expect(load(3)).rejects.toBe('enough')
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it.each<unknown>([undefined, {}, { maxSize: 0, concurrency: 1 }, { maxSize: 1 }, { maxSize: 1, concurrency: 1, maxWaitMs: -1 }])('refuses %j', (options) => {
    expect(() => createBatcher(async () => [], options as BatcherOptions)).toThrow(TypeError)
  })
})
