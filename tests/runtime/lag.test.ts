import { describe, expect, it, vi } from 'vitest'
import { monitorLag } from '../../src/runtime/index.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('monitorLag', () => {
  it('measures by the drift of a timer', async () => {
    const heard: number[] = []
    const lag = monitorLag({ intervalMs: 20, thresholdMs: 50, onLag: (ms) => heard.push(ms) })
    await clock.advance(40)
    expect([lag.supported, lag.lagMs, lag.maxMs, lag.lagging]).toEqual([true, 0, 0, false])
    // The loop is blocked: time goes on, timers do not run.
    vi.setSystemTime(Date.now() + 100)
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 100)
    expect([lag.lagMs, lag.lagging]).toEqual([80, true])
    await clock.advance(20)
    expect([lag.maxMs, heard]).toEqual([80, [80]])
    now.mockRestore()
    lag.stop()
    expect([lag.lagging, clock.timers()]).toEqual([false, 0])
  })

  it('stops by its signal and with using', () => {
    const controller = new AbortController()
    monitorLag({ signal: controller.signal })
    {
      using lag = monitorLag()
      expect([lag.meanMs, clock.timers()]).toEqual([0, 2])
    }
    expect(clock.timers()).toBe(1)
    controller.abort()
    expect(clock.timers()).toBe(0)
    monitorLag({ signal: controller.signal })
    expect(clock.timers()).toBe(0)
  })

  it('says so where clocks stand still', () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
    const lag = monitorLag()
    vi.unstubAllGlobals()
    expect([lag.supported, lag.lagMs, clock.timers()]).toEqual([false, 0, 0])
  })

  it.each([{ intervalMs: 0 }, { intervalMs: Infinity }, { thresholdMs: -1 }, { onLag: 1 }])('refuses %j', (options) => {
    expect(() => monitorLag(options as never)).toThrow(TypeError)
  })
})
