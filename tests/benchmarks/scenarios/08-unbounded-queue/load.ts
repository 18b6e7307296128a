import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { heldMegabytes, percentile, range } from '../measure.ts'
import type { Load } from '../scenario.ts'

const EVENTS = 6_000
/** 2000 events a second, in bursts as requests come. */
const BURST = { events: 100, everyMs: 50 }

/** The ids that arrived, in the order in which they did, when all have. */
async function delivered(http: string, count: number): Promise<number[]> {
  for (;;) {
    const ids = (await (await fetch(`${http}/delivered`)).json()) as number[]
    if (ids.length >= count) return ids
    await sleep(100)
  }
}

const load: Load<typeof import('./before.ts')> = {
  async check({ record }, { http }) {
    process.env['COLLECTOR'] = http
    await fetch(`${http}/reset`)
    // Sequential: the order is part of the result.
    for (const id of range(300)) await record({ id, body: `event ${id}` })
    return delivered(http, 300)
  },
  async measure({ record }, { http }) {
    process.env['COLLECTOR'] = http
    await fetch(`${http}/reset`)
    let sent = 0
    const send = globalThis.fetch
    globalThis.fetch = async (...request) => {
      const response = await send(...request)
      sent += 1
      return response
    }
    const empty = heldMegabytes()
    const accepting: number[] = []
    const held: number[] = []
    let peak = 0
    const started = performance.now()
    for (const id of range(EVENTS)) {
      const from = performance.now()
      await record({ id, body: randomBytes(5_000).toString('hex') })
      accepting.push(performance.now() - from)
      peak = Math.max(peak, id + 1 - sent)
      if ((id + 1) % BURST.events === 0) await sleep(BURST.everyMs)
      if ((id + 1) % (EVENTS / 2) === 0) held.push(heldMegabytes() - empty)
    }
    const producing = performance.now() - started
    globalThis.fetch = send
    const arrived = await delivered(http, EVENTS)
    return {
      'peak waiting or being sent (items)': peak,
      'memory held half-way (MB)': held[0] ?? Number.NaN,
      'memory held at the end (MB)': held[1] ?? Number.NaN,
      'wait of the producer p99 (ms)': percentile(accepting, 0.99),
      'time of the producer (ms)': producing,
      'time until all have arrived (ms)': performance.now() - started,
      'events lost': EVENTS - new Set(arrived).size,
    }
  },
}
export default load
