import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createLimiter, TimeoutError, withTimeout } from '../../src/runtime/index.ts'
import { deferred, flush, unhandledRejections } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('withTimeout', () => {
  it('settles with the work, and leaves no timer', async () => {
    expect(await withTimeout(async () => 'value', 50)).toBe('value')
    await expect(withTimeout(() => { throw new Error('sync') }, 50)).rejects.toThrow('sync')
    expect(clock.timers()).toBe(0)
  })

  it('aborts the work at the deadline and rejects with a TimeoutError whose stack has the caller', async () => {
    const unhandled = unhandledRejections()
    let signal!: AbortSignal
    const work = deferred()
    async function loadPage(): Promise<unknown> {
      return await withTimeout((given) => ((signal = given), work.promise), 50, { message: 'The page took too long' })
    }
    const result = loadPage().catch((e: unknown) => e)
    await clock.advance(50)
    const error = (await result) as Error
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error.message).toBe('The page took too long')
    expect(error.stack).toContain('loadPage')
    expect(signal.reason).toBe(error)
    work.reject('long after')
    await unhandled.stop()
    expect(unhandled.seen).toEqual([])
    expect(clock.timers()).toBe(0)
  })

  it('rejects with the reason of an abort', async () => {
    const controller = new AbortController()
    const result = withTimeout(() => new Promise(() => {}), 50, { signal: controller.signal })
    controller.abort('enough')
    await expect(result).rejects.toBe('enough')
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    expect(clock.timers()).toBe(0)
    let ran = false
    await expect(withTimeout(() => (ran = true), 50, { signal: controller.signal })).rejects.toBe('enough')
    expect(ran).toBe(false)
  })

  it('waits up to grace for the work, so that a limiter around it keeps its slot', async () => {
    const limit = createLimiter(1)
    const work = deferred()
    const first = limit(() => withTimeout(() => work.promise, 50, { grace: 100 })).catch((e: unknown) => e)
    const second = limit(() => withTimeout(() => new Promise(() => {}), 50, { grace: 100 })).catch((e: unknown) => e)
    await clock.advance(60)
    expect(limit.pending).toBe(1)
    work.resolve()
    expect(await first).toBeInstanceOf(TimeoutError)
    await flush()
    await clock.advance(149)
    expect(limit.active).toBe(1)
    await clock.advance(1)
    expect(await second).toBeInstanceOf(TimeoutError)
    expect([limit.active, clock.timers()]).toEqual([0, 0])
  })

  it.each([[undefined, 50], [1, 50], [() => 1, NaN], [() => 1, -1], [() => 1, undefined], [() => 1, '5']])('refuses (%s, %s)', async (fn, ms) => {
    await expect(withTimeout(fn as () => number, ms as number)).rejects.toThrow(TypeError)
  })
})
