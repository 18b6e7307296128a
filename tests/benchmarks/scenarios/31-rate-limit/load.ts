import { range, serviceStats, timed } from '../measure.ts'
import type { Load } from '../scenario.ts'

const load: Load<typeof import('./before.ts')> = {
  check: ({ callAll }, { http }) => callAll(http, range(10)),
  async measure({ callAll }, { http }) {
    // The service counts over a sliding second: what the check sent must be out of it.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await fetch(`${http}/reset`)
    let statuses: number[] = []
    const time = await timed(async () => {
      statuses = await callAll(http, range(300))
    })
    return {
      'time (ms)': time,
      'answers 200': statuses.filter((status) => status === 200).length,
      'answers 429': statuses.filter((status) => status === 429).length,
      'peak in flight': (await serviceStats(http)).peak,
    }
  },
}
export default load
