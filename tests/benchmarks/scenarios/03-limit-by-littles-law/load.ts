import { percentile, range } from '../measure.ts'
import type { Load } from '../scenario.ts'

const COUNT = 800

/** Limits over which the curve of the page is drawn. */
export const LIMITS = [1, 2, 4, 8, 12, 16, 24, 32, 64, 128]

const load: Load<typeof import('./before.ts')> = {
  check: async ({ work }, { http }) => (await work(http, range(20))).length,
  async measure({ work, CONCURRENCY }, { http }) {
    const started = performance.now()
    const latencies = await work(http, range(COUNT))
    const seconds = (performance.now() - started) / 1000
    const curve: Record<string, number> = {}
    for (const limit of LIMITS) {
      // Sequential: each limit is measured on its own.
      const from = performance.now()
      const count = Math.min(400, limit * 25)
      await work(http, range(count), limit)
      curve[`throughput at ${limit} (per second)`] = count / ((performance.now() - from) / 1000)
    }
    return {
      'limit (in flight)': CONCURRENCY,
      'throughput (per second)': COUNT / seconds,
      'latency p50 (ms)': percentile(latencies, 0.5),
      'latency p95 (ms)': percentile(latencies, 0.95),
      ...curve,
    }
  },
}
export default load
