import { describe, expect, it } from 'vitest'
import { mapBounded, mapBoundedSettled, TimeoutError } from '../../src/runtime/index.ts'
import type { TaskContext } from '../../src/runtime/index.ts'
import { controlledTasks, flush } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('a deadline per task', () => {
  it('aborts the task with a TimeoutError and rejects the call, whose stack has the caller', async () => {
    const contexts: TaskContext[] = []
    async function importOrders(): Promise<unknown> {
      return await mapBounded([0, 1], (_n, _i, context) => (contexts.push(context), new Promise(() => {})), {
        concurrency: 2,
        timeout: 50,
      })
    }
    const result = importOrders().catch((e: unknown) => e)
    await clock.advance(48)
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([false, false])
    await clock.advance(2)
    const error = (await result) as TimeoutError
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT', timeout: 50 })
    expect(error.stack).toContain('importOrders')
    expect(contexts[0]!.signal.reason).toBe(error)
    expect(contexts[1]!.signal.aborted).toBe(true)
    expect(clock.timers()).toBe(0)
  })

  it('keeps the slot until the task really settles: the limit holds', async () => {
    const tasks = controlledTasks<number>()
    const result = mapBoundedSettled([0, 1, 2], tasks.run, { concurrency: 1, timeout: 50 })
    await clock.advance(60)
    expect(tasks.started).toEqual([0])
    await tasks.finish(0)
    expect(tasks.started).toEqual([0, 1])
    await tasks.finish(1)
    await tasks.fail(2, 'own error')
    const outcomes = await result
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
    expect((outcomes[0] as PromiseRejectedResult).reason).toBeInstanceOf(TimeoutError)
    expect((outcomes[2] as PromiseRejectedResult).reason).toBe('own error')
    expect(tasks.peak).toBe(1)
    expect(clock.timers()).toBe(0)
  })

  it('counts for each task from its own start', async () => {
    const tasks = controlledTasks<number>()
    const result = mapBounded([0, 1], tasks.run, { concurrency: 1, timeout: 50 })
    await clock.advance(40)
    await tasks.finish(0)
    await clock.advance(40)
    await tasks.finish(1)
    expect(await result).toEqual([0, 1])
    expect(clock.timers()).toBe(0)
  })

  it('aborts only the late task when failures are collected', async () => {
    const tasks = controlledTasks<number>()
    const contexts: TaskContext[] = []
    const result = mapBounded([0, 1, 2], (n, _i, context) => (contexts.push(context), tasks.run(n)), {
      concurrency: 2,
      timeout: 50,
      onError: 'collect',
    }).catch((e: unknown) => e)
    await clock.advance(30)
    await tasks.finish(1)
    await clock.advance(30)
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, false, false])
    await tasks.finish(2)
    // Task 0 still runs, but its outcome is known and nothing waits for its slot.
    expect(((await result) as AggregateError).errors).toEqual([expect.any(TimeoutError)])
  })

  it('gives the slot away after grace', async () => {
    const tasks = controlledTasks<number>()
    const result = mapBoundedSettled([0, 1], tasks.run, { concurrency: 1, timeout: 50, grace: 20 })
    await clock.advance(60)
    expect(tasks.started).toEqual([0])
    await clock.advance(20)
    expect(tasks.started).toEqual([0, 1])
    await tasks.finish(0)
    await tasks.finish(1)
    expect((await result).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(clock.timers()).toBe(0)
  })

  it('makes a draining call wait for the late task, at most until grace', async () => {
    for (const grace of [undefined, 20]) {
      const tasks = controlledTasks<number>()
      let caught: unknown
      void mapBounded([0], tasks.run, { concurrency: 1, timeout: 50, grace, onError: 'drain' }).catch((e) => (caught = e))
      await clock.advance(60)
      expect(caught).toBeUndefined()
      if (grace) await clock.advance(20)
      else await tasks.finish(0)
      expect(caught).toBeInstanceOf(TimeoutError)
    }
  })

  it('sees the signal of the call too', async () => {
    const controller = new AbortController()
    const contexts: TaskContext[] = []
    const result = mapBounded([0], (_n, _i, context) => (contexts.push(context), new Promise(() => {})), {
      concurrency: 1,
      timeout: 50,
      signal: controller.signal,
    })
    controller.abort('now')
    await expect(result).rejects.toBe('now')
    expect(contexts[0]!.signal.reason).toBe('now')
    expect(clock.timers()).toBe(0)
  })

  it('sets no timer when there is nothing to do', async () => {
    const result = mapBounded([], flush, { concurrency: 1, timeout: 50 })
    expect(clock.timers()).toBe(0)
    await result
  })
})
