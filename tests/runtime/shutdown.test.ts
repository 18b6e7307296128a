/** Shutdown for real: a service in a process of its own, under load, is told to end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { request } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { bundleRuntime } from '../support/runtime-bundle.ts'

const fixture = new URL('./fixtures/service.mjs', import.meta.url).pathname

/** Gives the status, or 0 when the service did not take the connection. */
function ask(port: number, ms: number): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: `/?ms=${ms}`, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode!))
    })
    sent.on('error', () => resolve(0))
    sent.end()
  })
}

it('answers or reports every request it accepted when SIGTERM comes mid-flight', async () => {
  const child = spawn(process.execPath, [fixture, bundleRuntime('esm').file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const port = Number((await lines.next()).value)
  const answers: Promise<number>[] = []
  // Two run, eight wait, the others wait for a place; all but the first four never end by themselves.
  for (let sent = 0; sent < 30; sent++) answers.push(ask(port, sent < 4 ? 20 : 60_000))
  expect((await lines.next()).value).toBe('30 accepted')
  await Promise.race(answers.slice(0, 4))
  child.kill('SIGTERM')
  // What comes while it closes is turned away by the system, or answered.
  for (let sent = 0; sent < 5; sent++) answers.push(ask(port, 1))
  const statuses = await Promise.all(answers)
  const { accepted, report } = JSON.parse((await lines.next()).value as string) as {
    accepted: number
    report: { done: number; failed: number; dropped: number; abandoned: number }
  }
  const [code] = child.exitCode === null ? ((await once(child, 'exit')) as [number]) : [child.exitCode]
  const count = (status: number): number => statuses.filter((one) => one === status).length
  expect(code).toBe(0)
  expect(count(200) + count(503)).toBe(accepted)
  expect(count(500)).toBe(0)
  expect(count(0)).toBe(statuses.length - accepted)
  expect(count(200)).toBe(report.done)
  expect(report.done).toBeGreaterThanOrEqual(1)
  expect(count(503)).toBeGreaterThanOrEqual(report.failed + report.dropped)
  expect(count(503)).toBeGreaterThanOrEqual(1)
  // What ran was aborted, what waited was dropped.
  expect(report.failed).toBeGreaterThanOrEqual(1)
  expect(report.dropped).toBeGreaterThanOrEqual(1)
  expect(report.abandoned).toBe(0)
})
