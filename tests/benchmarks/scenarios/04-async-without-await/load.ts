import { percentile, range, timed } from '../measure.ts'
import type { Load } from '../scenario.ts'

const CALLS = 2_000_000

const load: Load<typeof import('./before.ts')> = {
  check: async ({ total }) => total(range(100)),
  async measure({ total }) {
    const values = range(CALLS)
    await total(values.slice(0, 10_000))
    const times: number[] = []
    // Sequential: each round is measured on its own.
    for (let round = 0; round < 5; round += 1) times.push(await timed(async () => total(values)))
    const time = percentile(times, 0.5)
    return { 'time (ms)': time, 'cost per call (ns)': (time * 1e6) / CALLS }
  },
}
export default load
