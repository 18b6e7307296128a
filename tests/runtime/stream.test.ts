import { describe, expect, it } from 'vitest'
import { createLimiter, streamBounded } from '../../src/runtime/index.ts'
import type { StreamOptions, TaskContext } from '../../src/runtime/index.ts'
import { controlledTasks, flush, unhandledRejections } from '../support/deferred.ts'

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = []
  for await (const item of stream) seen.push(item)
  return seen
}

function endless() {
  const source = { pulled: 0, closed: false, *[Symbol.iterator]() {
    try {
      for (;;) yield source.pulled++
    } finally {
      source.closed = true
    }
  } }
  return source
}

describe('streamBounded', () => {
  it('yields in input order, or as tasks settle', async () => {
    for (const ordered of [true, false]) {
      const tasks = controlledTasks<number>()
      const result = all(streamBounded([0, 1, 2, 3], tasks.run, { concurrency: 2, ordered }))
      await flush()
      await tasks.finish(1)
      await tasks.finish(2)
      await tasks.finish(0)
      await tasks.finish(3)
      expect(await result).toEqual(ordered ? [0, 1, 2, 3] : [1, 2, 0, 3])
      expect(tasks.peak).toBe(2)
    }
  })

  it('starts nothing before the first next', async () => {
    const source = endless()
    const stream = streamBounded(source, (n) => n, { concurrency: 2 })
    await flush()
    expect(source.pulled).toBe(0)
    expect(await stream.next()).toEqual({ done: false, value: 0 })
    await stream.return()
  })

  it.each([[2, 0], [2, 3], [1, 1]])('pulls at most concurrency %d + buffer %d ahead of the consumer', async (concurrency, buffer) => {
    const source = endless()
    const stream = streamBounded(source, async (n) => n, { concurrency, buffer })
    for (let taken = 1; taken <= 5; taken++) {
      await stream.next()
      await flush()
      // The item just yielded has been consumed; as many again may be ahead.
      expect(source.pulled).toBe(taken + concurrency + buffer)
    }
    await stream.return()
    expect(source.closed).toBe(true)
  })

  it('keeps slots busy behind a slow head, within the buffer', async () => {
    const tasks = controlledTasks<number>()
    const stream = streamBounded([0, 1, 2, 3, 4, 5], tasks.run, { concurrency: 2, buffer: 2 })
    const first = stream.next()
    await flush()
    await tasks.finish(1)
    await tasks.finish(2)
    expect(tasks.started).toEqual([0, 1, 2, 3])
    await tasks.finish(3)
    expect(tasks.started).toEqual([0, 1, 2, 3])
    await tasks.finish(0)
    expect(await first).toEqual({ done: false, value: 0 })
    await stream.return()
  })

  it('throws a failure at the next next, stops and aborts the rest', async () => {
    const unhandled = unhandledRejections()
    const tasks = controlledTasks<number>()
    const contexts: TaskContext[] = []
    const stream = streamBounded([0, 1, 2, 3], (n, _i, context) => (contexts.push(context), tasks.run(n)), { concurrency: 2 })
    const first = expect(stream.next()).rejects.toBe('no')
    await flush()
    await tasks.fail(1, 'no')
    await first
    expect(contexts.map(({ signal }) => signal.reason as unknown)).toEqual(['no', 'no'])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    await tasks.fail(0, 'later')
    expect(tasks.started).toEqual([0, 1])
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
  })

  it('gives what succeeded and then one AggregateError when failures are collected', async () => {
    for (const ordered of [true, false]) {
      const seen: number[] = []
      const read = async (): Promise<void> => {
        const odd = async (n: number): Promise<number> => (n % 2 ? n : Promise.reject(n))
        for await (const n of streamBounded([0, 1, 2, 3, 4, 5], odd, { concurrency: 2, buffer: 0, onError: 'collect', ordered })) seen.push(n)
      }
      const error = (await read().catch((e: unknown) => e)) as AggregateError
      expect(seen).toEqual([1, 3, 5])
      expect(error.errors).toEqual([0, 2, 4])
    }
  })

  it('stops when the consumer leaves: nothing more starts, what runs is aborted, the source is closed', async () => {
    const tasks = controlledTasks<number>()
    const contexts: TaskContext[] = []
    const source = endless()
    for await (const n of streamBounded(source, (n, _i, context) => (contexts.push(context), n ? tasks.run(n) : n), { concurrency: 3 })) {
      expect(n).toBe(0)
      await flush()
      break
    }
    expect(source.closed).toBe(true)
    const started = tasks.started.length
    expect(contexts.at(-1)!.signal.aborted).toBe(true)
    await tasks.finish(1)
    expect(tasks.started).toHaveLength(started)
  })

  it('rejects with the reason of an abort, before and during', async () => {
    await expect(streamBounded([1], (n) => n, { concurrency: 1, signal: AbortSignal.abort('before') }).next()).rejects.toBe('before')
    const controller = new AbortController()
    const stream = streamBounded([1], () => new Promise(() => {}), { concurrency: 1, signal: controller.signal, onError: 'collect' })
    const first = stream.next()
    await flush()
    controller.abort('during')
    await expect(first).rejects.toBe('during')
  })

  it('runs under a shared limiter', async () => {
    const limiter = createLimiter(2)
    const tasks = controlledTasks<number>()
    const result = all(streamBounded([0, 1, 2], tasks.run, { concurrency: limiter, buffer: 1 }))
    await flush()
    for (const n of [0, 1, 2]) {
      while (!tasks.running.has(n)) await flush()
      await tasks.finish(n)
    }
    expect(await result).toEqual([0, 1, 2])
    expect([limiter.active, limiter.pending]).toEqual([0, 0])
  })

  it.each([[{ concurrency: 0 }], [{ concurrency: 1, buffer: -1 }], [{ concurrency: 1, buffer: 1.5 }], [{ concurrency: 1, ordered: 1 }]])(
    'refuses %j at once', (options) => {
      expect(() => streamBounded([1], (n) => n, options as StreamOptions)).toThrow(TypeError)
    })
})
