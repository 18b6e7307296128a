import { range, serviceStats } from '../measure.ts'
import type { Load } from '../scenario.ts'

const load: Load<typeof import('./before.ts')> = {
  check: ({ collect }, { http }) => collect(http, range(20)),
  async measure({ collect }, { http }) {
    await fetch(`${http}/reset`)
    const results = await collect(http, range(100)).catch(() => [])
    return { 'results kept': results.length, 'peak in flight': (await serviceStats(http)).peak }
  },
}
export default load
