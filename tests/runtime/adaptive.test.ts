import { describe, expect, it } from 'vitest'
import { adaptiveLimit, mapBounded } from '../../src/runtime/index.ts'
import type { AdaptiveLimit, AdaptiveOptions, TaskOutcome, Token } from '../../src/runtime/index.ts'
import { controlledTasks, flush } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()
const steady = { lagging: false }

/** Holds as many tokens as the limit allows for `ms`, then releases them. */
async function window(limit: AdaptiveLimit, ms: number, outcome?: TaskOutcome, share = 1): Promise<void> {
  const tokens: Token[] = []
  for (let held = 0; held < limit.concurrency * share; held++) tokens.push(limit.tryAcquire()!)
  await clock.advance(ms)
  for (const token of tokens) token.release(outcome)
}

describe('adaptiveLimit, aimd', () => {
  it('adds one for a window of good tasks', async () => {
    const limit = adaptiveLimit({ initial: 10, lag: steady })
    await window(limit, 10)
    // The tenth release finds one in flight: only the first half of a window counts as use.
    for (let turn = 0; turn < 4; turn++) await window(limit, 10)
    expect(limit.concurrency).toBeGreaterThan(10)
    expect(limit.concurrency).toBeLessThanOrEqual(14)
  })

  it.each<[string, TaskOutcome | undefined, number]>([['failures', 'failed', 10], ['timeouts', 'timedOut', 10], ['latency over the target', undefined, 200]])(
    'takes a tenth for %s, once for those that ran together', async (_, outcome, ms) => {
      const limit = adaptiveLimit({ initial: 100, targetMs: 100, lag: steady })
      await window(limit, ms, outcome)
      expect(limit.concurrency).toBe(90)
      await clock.advance(1)
      await window(limit, ms, outcome)
      expect(limit.concurrency).toBe(81)
    })

  it('does not grow while little of it is used, nor for dropped tasks', async () => {
    const limit = adaptiveLimit({ initial: 10, lag: steady })
    for (let turn = 0; turn < 20; turn++) await window(limit, 10, 'done', 0.4)
    for (let turn = 0; turn < 20; turn++) await window(limit, 10, 'dropped')
    expect(limit.concurrency).toBe(10)
  })

  it('stays within min and max', async () => {
    const limit = adaptiveLimit({ initial: 5, min: 4, max: 6, lag: steady })
    for (let turn = 0; turn < 30; turn++) await window(limit, 10)
    expect(limit.concurrency).toBe(6)
    for (let turn = 0; turn < 30; turn++) {
      await clock.advance(1)
      await window(limit, 10, 'failed')
    }
    expect(limit.concurrency).toBe(4)
  })

  it('neither grows nor takes latency for overload while the loop lags', async () => {
    const limit = adaptiveLimit({ initial: 10, targetMs: 100, lag: { lagging: true } })
    for (let turn = 0; turn < 10; turn++) await window(limit, 10)
    await window(limit, 200)
    expect(limit.concurrency).toBe(10)
    await window(limit, 10, 'failed')
    expect(limit.concurrency).toBe(9)
  })
})

describe('adaptiveLimit, gradient', () => {
  it('grows while latency is steady, and shrinks when it rises', async () => {
    const limit = adaptiveLimit({ algorithm: 'gradient', initial: 20, max: 100, lag: steady })
    for (let turn = 0; turn < 10; turn++) await window(limit, 10)
    const grown = limit.concurrency
    expect(grown).toBeGreaterThan(20)
    for (let turn = 0; turn < 3; turn++) await window(limit, 100)
    expect(limit.concurrency).toBeLessThan(grown)
  })

  it('drops samples while the loop lags', async () => {
    const limit = adaptiveLimit({ algorithm: 'gradient', initial: 20, lag: { lagging: true } })
    for (let turn = 0; turn < 10; turn++) await window(limit, 10)
    expect(limit.concurrency).toBe(20)
  })
})

describe('adaptiveLimit', () => {
  it('governs the map family and hears of its failures', async () => {
    const limit = adaptiveLimit({ initial: 2, min: 1, lag: steady })
    const tasks = controlledTasks<number>()
    const result = mapBounded([0, 1, 2], tasks.run, { concurrency: limit, onError: 'collect' }).catch((e: unknown) => e)
    expect(tasks.started).toEqual([0, 1])
    await tasks.fail(0, 'no')
    expect(limit.concurrency).toBe(1)
    await tasks.finish(1)
    await tasks.finish(2)
    expect(await result).toBeInstanceOf(AggregateError)
    expect([limit.active, limit.pending]).toEqual([0, 0])
  })

  it('watches the loop only while tasks run', async () => {
    const limit = adaptiveLimit()
    const token = await limit.acquire()
    expect(clock.timers()).toBe(1)
    token.release()
    token.release()
    await flush()
    expect(clock.timers()).toBe(0)
    expect(limit.stats()).toMatchObject({ name: 'adaptive', started: 1, done: 1 })
  })

  it.each<AdaptiveOptions>([{ min: 0 }, { max: NaN }, { min: 5, max: 4 }, { initial: 300 }, { algorithm: 'vegas' as 'aimd' }, { targetMs: -1 }])('refuses %j', (options) => {
    expect(() => adaptiveLimit(options)).toThrow(TypeError)
  })
})
