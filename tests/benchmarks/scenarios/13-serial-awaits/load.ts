import { percentile, range, timed } from '../measure.ts'
import type { Load } from '../scenario.ts'

const load: Load<typeof import('./before.ts')> = {
  check: ({ dashboard }, { http }) => dashboard(http, 1),
  async measure({ dashboard }, { http }) {
    const times: number[] = []
    // Sequential: each call is measured on its own.
    for (const id of range(10)) times.push(await timed(() => dashboard(http, id)))
    return { 'time (ms)': percentile(times, 0.5) }
  },
}
export default load
