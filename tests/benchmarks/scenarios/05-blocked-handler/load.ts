import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../measure.ts'
import type { Load } from '../scenario.ts'

const SIGN_UPS = 40

/** autocannon in a process of its own: the load must not share the loop that it measures. */
const CANNON = `
import autocannon from 'autocannon'
const result = await autocannon({ url: process.argv[1], method: 'POST', connections: ${SIGN_UPS}, amount: ${SIGN_UPS}, timeout: 60 })
console.log(JSON.stringify({ max: result.latency.max, errors: result.errors + result.non2xx }))
`
/** Asks for the page that needs no hash, in a process of its own too, once the sign-ups are under way. */
const VISITOR = `
await new Promise((resolve) => setTimeout(resolve, 150))
const started = performance.now()
await (await fetch(process.argv[1])).json()
console.log(JSON.stringify(performance.now() - started))
`

async function inOwnProcess<T>(code: string, url: string): Promise<T> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  return JSON.parse(text) as T
}

const load: Load<typeof import('./before.ts')> = {
  async check({ start }) {
    const server = await start()
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/accounts?password=secret`, { method: 'POST' })
    const body = await response.json()
    server.close()
    server.closeAllConnections()
    return body
  },
  async measure({ start }) {
    const server = await start()
    const { port } = server.address() as AddressInfo
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    const visits: Promise<number>[] = []
    const signingUp = inOwnProcess<{ max: number; errors: number }>(CANNON, `http://127.0.0.1:${port}/accounts?password=secret`)
    await sleep(300)
    visits.push(inOwnProcess<number>(VISITOR, `http://127.0.0.1:${port}/health`))
    const [{ max, errors }, ...latencies] = await Promise.all([signingUp, ...visits])
    delay.disable()
    server.close()
    server.closeAllConnections()
    return {
      'latency of a plain request (ms)': percentile(latencies, 1),
      'latency of the last sign-up (ms)': max,
      'event-loop delay p99 (ms)': delay.percentile(99) / 1e6,
      'failed requests': errors,
    }
  },
}
export default load
