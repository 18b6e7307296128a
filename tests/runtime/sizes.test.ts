import { describe, expect, it } from 'vitest'
import { chunk, chunkAsync, concurrencyFor } from '../../src/runtime/index.ts'
import { deferred, flush } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

describe('concurrencyFor', () => {
  it.each([
    [{ perSecond: 200, latencyMs: 50 }, 12],
    [{ perSecond: 200, latencyMs: 50, headroom: 1 }, 10],
    [{ perSecond: 200, latencyMs: 51, headroom: 1 }, 11],
    [{ perSecond: 200, latencyMs: 50, max: 8 }, 8],
    [{ perSecond: 1, latencyMs: 1 }, 1],
    [{ perSecond: 0, latencyMs: 50 }, 1],
  ])('gives for %j %d', (load, expected) => expect(concurrencyFor(load)).toBe(expected))

  it.each([undefined, {}, { perSecond: 1 }, { perSecond: -1, latencyMs: 1 }, { perSecond: 1, latencyMs: NaN },
    { perSecond: 1, latencyMs: 1, headroom: 0.5 }, { perSecond: 1, latencyMs: 1, max: 0 }])('refuses %j', (load) => {
    expect(() => concurrencyFor(load as { perSecond: number; latencyMs: number })).toThrow(TypeError)
  })
})

describe('chunk', () => {
  it('cuts, the last one shorter', () => {
    expect([...chunk([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]])
    expect([...chunk(new Set([1, 2]), 2)]).toEqual([[1, 2]])
    expect([...chunk([], 2)]).toEqual([])
  })

  it('pulls no more than it gives', () => {
    let pulled = 0
    function* source(): Generator<number> { for (;;) yield pulled++ }
    expect(chunk(source(), 3).next().value).toEqual([0, 1, 2])
    expect(pulled).toBe(3)
  })

  it.each([0, -1, 1.5, Infinity, NaN, '2', undefined])('refuses size %s', (size) => {
    expect(() => chunk([1], size as number)).toThrow(TypeError)
    expect(() => chunkAsync([1], size as number)).toThrow(TypeError)
  })

  it('refuses what is not iterable', () => {
    expect(() => chunk(1 as unknown as number[], 1)).toThrow(TypeError)
    expect(() => chunkAsync({} as unknown as number[], 1)).toThrow(TypeError)
  })
})

describe('chunkAsync', () => {
  const clock = useFakeClock()

  async function all<T>(input: AsyncIterable<T>): Promise<T[]> {
    const seen: T[] = []
    for await (const item of input) seen.push(item)
    return seen
  }

  it('cuts synchronous and asynchronous inputs', async () => {
    expect(await all(chunkAsync([1, 2, 3], 2))).toEqual([[1, 2], [3]])
    async function* source(): AsyncGenerator<number> { yield* [1, 2, 3, 4] }
    expect(await all(chunkAsync(source(), { size: 2 }))).toEqual([[1, 2], [3, 4]])
  })

  it('gives a chunk that is not full after maxWaitMs, and goes on with the same pull', async () => {
    const slow = deferred()
    async function* source(): AsyncGenerator<number> {
      yield 1
      yield 2
      await slow.promise
      yield* [3, 4]
    }
    const chunks = chunkAsync(source(), { size: 3, maxWaitMs: 50 })
    const first = chunks.next()
    await clock.advance(50)
    expect(await first).toEqual({ done: false, value: [1, 2] })
    const second = chunks.next()
    slow.resolve()
    expect(await second).toEqual({ done: false, value: [3, 4] })
    expect((await chunks.next()).done).toBe(true)
    expect(clock.timers()).toBe(0)
  })

  it('gives what came before a failure of the source, then the failure', async () => {
    async function* source(): AsyncGenerator<number> { yield 1; throw new Error('broken') }
    const chunks = chunkAsync(source(), 2)
    expect((await chunks.next()).value).toEqual([1])
    await expect(chunks.next()).rejects.toThrow('broken')
  })

  it('closes the source when the consumer leaves', async () => {
    let closed = false
    async function* source(): AsyncGenerator<number> { try { for (;;) yield 1 } finally { closed = true } }
    for await (const part of chunkAsync(source(), { size: 2, maxWaitMs: 50 })) {
      expect(part).toEqual([1, 1])
      break
    }
    await flush()
    expect([closed, clock.timers()]).toEqual([true, 0])
  })
})
