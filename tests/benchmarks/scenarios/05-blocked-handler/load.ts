import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loopDelays, percentile, withoutProcessor } from '../measure.ts'
import type { Load } from '../scenario.ts'

const SIGN_UPS = 100

interface Seen {
  readonly last: number
  readonly failed: number
  readonly visits: readonly number[]
}

/**
 * The load, in a process of its own: it must not share the loop that it measures. Sign-ups by autocannon; while they are
 * under way, ten requests for a page that needs no hash, 50 ms apart.
 */
const DRIVER = `
import autocannon from 'autocannon'
const base = process.argv[1]
let failedVisits = 0
const visit = async () => {
  const started = performance.now()
  try {
    await (await fetch(base + '/health')).json()
  } catch {
    // A loop that stood still for longer than its keep-alive time closes connections that carry a request.
    failedVisits += 1
  }
  return performance.now() - started
}
await visit()
const signingUp = autocannon({ url: base + '/accounts?password=secret', method: 'POST', connections: ${SIGN_UPS}, amount: ${SIGN_UPS}, timeout: 90 })
const visiting = []
for (let index = 0; index < 10; index += 1) {
  await new Promise((resolve) => setTimeout(resolve, 50))
  visiting.push(visit())
}
const [{ latency, errors, non2xx }, ...visits] = await Promise.all([signingUp, ...visiting])
console.log(JSON.stringify({ last: latency.max, failed: errors + non2xx + failedVisits, visits }))
`

async function drive(base: string): Promise<Seen> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', DRIVER, base], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  return JSON.parse(text) as Seen
}

async function withServer<T>(start: () => Promise<Server>, use: (base: string) => Promise<T>): Promise<T> {
  const server = await start()
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const load: Load<typeof import('./before.ts')> = {
  check: ({ start }) =>
    withServer(start, async (base) => {
      const response = await fetch(`${base}/accounts?password=secret`, { method: 'POST' })
      return response.json()
    }),
  measure: ({ start }) =>
    withServer(start, async (base) => {
      const delays = loopDelays()
      const waited = withoutProcessor()
      const { last, failed, visits } = await drive(base)
      return {
        'latency of a plain request (ms)': percentile(visits, 0.5),
        'latency of the last sign-up (ms)': last,
        'event-loop delay p99 (ms)': percentile(delays.stop(), 0.99),
        'main thread ready, but without a processor (ms)': withoutProcessor() - waited,
        'failed requests': failed,
      }
    }),
}
export default load
