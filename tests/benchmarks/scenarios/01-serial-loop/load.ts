import { range, serviceStats, timed } from '../measure.ts'
import type { Load } from '../scenario.ts'

const load: Load<typeof import('./before.ts')> = {
  check: ({ loadProfiles }, { http }) => loadProfiles(http, range(25)),
  async measure({ loadProfiles }, { http }) {
    await fetch(`${http}/reset`)
    const time = await timed(() => loadProfiles(http, range(100)))
    return { 'time (ms)': time, 'peak in flight': (await serviceStats(http)).peak }
  },
}
export default load
