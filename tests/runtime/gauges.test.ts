import { describe, expect, it } from 'vitest'
import { backoff, createLimiter, mapBounded, prometheusText } from '../../src/runtime/index.ts'
import type { BackoffOptions, Gauges } from '../../src/runtime/index.ts'
import { controlledTasks } from '../support/deferred.ts'
import { useFakeClock } from '../support/fake-clock.ts'

const clock = useFakeClock()

describe('onGauge', () => {
  it('is told at most once a second, and at the end', async () => {
    const seen: Gauges[] = []
    const tasks = controlledTasks<number>()
    const result = mapBounded([0, 1, 2, 3], tasks.run, { concurrency: 2, name: 'import', onGauge: (gauges) => seen.push(gauges) })
    await clock.advance(400)
    await tasks.finish(0)
    expect(seen).toEqual([])
    await clock.advance(600)
    await tasks.finish(1)
    expect(seen).toMatchObject([{ name: 'import', active: 1, pending: 1, started: 3, done: 2, failed: 0, perSecond: 2 }])
    await tasks.finish(2)
    await tasks.finish(3)
    await result
    expect(seen).toHaveLength(2)
    expect(seen[1]).toMatchObject({ active: 0, started: 4, done: 4 })
  })

  it('may fail without failing the call', async () => {
    const result = mapBounded([0], async (n) => n, { concurrency: 1, onGauge() { throw new Error('listener') } })
    expect(await result).toEqual([0])
    await expect(clock.advance(1)).rejects.toThrow('listener')
  })

  it('gives quantiles to within 5 %', async () => {
    const limit = createLimiter({ concurrency: Infinity, gauges: true })
    const runs = Array.from({ length: 100 }, (_, n) => limit(() => new Promise((resolve) => setTimeout(resolve, (n + 1) * 10))))
    await clock.advance(1001)
    await Promise.all(runs)
    const { p50, p95, p99 } = limit.stats()
    for (const [seen, right] of [[p50, 500], [p95, 950], [p99, 990]] as const) expect(Math.abs(seen / right - 1)).toBeLessThan(0.06)
  })
})

describe('prometheusText', () => {
  it('renders series per name, times in seconds', () => {
    const gauges: Gauges = { name: 'db "main"\\', active: 2, pending: 1, started: 5, done: 2, failed: 1, timedOut: 1, abandoned: 0, p50: 250, p95: 500, p99: 1000, perSecond: 3, little: 0.75 }
    const text = prometheusText([gauges, { ...gauges, name: 'mail' }])
    expect(text).toContain('# TYPE bounded_active gauge\nbounded_active{name="db \\"main\\"\\\\"} 2\nbounded_active{name="mail"} 2\n')
    expect(text).toContain('# TYPE bounded_done_total counter\n')
    expect(text).toContain('bounded_latency_seconds{name="mail",quantile="0.95"} 0.5\n')
    expect(text.endsWith('\n')).toBe(true)
    expect(prometheusText(gauges, 'jobs_')).toContain('\njobs_little{name="db \\"main\\"\\\\"} 0.75\n')
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+\{name=".*"\} [\d.]+)$/)
  })
})

describe('backoff', () => {
  it('doubles, is capped, ends, and takes a random share', () => {
    const delay = backoff({ retries: 4, baseMs: 100, maxMs: 500, random: () => 1 })
    expect([1, 2, 3, 4, 5].map((attempt) => delay(null, attempt))).toEqual([100, 200, 400, 500, false])
    expect(backoff({ random: () => 0.5 })(null, 1)).toBe(50)
  })

  it.each<BackoffOptions>([{ retries: -1 }, { baseMs: -1 }, { maxMs: NaN }, { factor: 0.5 }])('refuses %j', (options) => {
    expect(() => backoff(options)).toThrow(TypeError)
  })
})
