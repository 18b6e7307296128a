import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, range, serviceStats } from '../measure.ts'
import type { Load } from '../scenario.ts'

const GIVE_UP = 10_000

const load: Load<typeof import('./before.ts')> = {
  check: ({ quote }, { http }) => Promise.all([1, 2, 3].map((id) => quote(http, id))),
  async measure({ quote }, { http }) {
    let failed = 0
    const started = performance.now()
    const latencies = await Promise.all(
      range(200).map(async (id) => {
        const from = performance.now()
        const call = quote(http, id).catch(() => {
          failed += 1
        })
        await Promise.race([call, sleep(GIVE_UP, undefined, { ref: false })])
        return performance.now() - from
      }),
    )
    const time = performance.now() - started
    // The service hears of a socket that was closed a moment later.
    await sleep(100)
    const { inFlight } = await serviceStats(http)
    return {
      'time (ms)': time,
      'latency p50 (ms)': percentile(latencies, 0.5),
      'latency p99 (ms)': percentile(latencies, 0.99),
      'calls that failed in time': failed,
      'sockets held by a hanging call': inFlight,
    }
  },
}
export default load
