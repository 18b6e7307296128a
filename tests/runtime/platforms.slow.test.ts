/** The helper on every platform it claims, each fetched from npm; the browser is the machine's own. */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bundleRuntime } from '../support/runtime-bundle.ts'

const run = promisify(execFile)
const fixtures = new URL('./fixtures/', import.meta.url).pathname
const checks = path.join(fixtures, 'run-checks.mjs')

async function failing(command: string, args: string[]): Promise<string[]> {
  const { stdout } = await run(command, args, { maxBuffer: 1e7, timeout: 280_000 })
  return (JSON.parse(stdout.trim().split('\n').at(-1)!) as { failing: string[] }).failing
}

describe.each(['20', '22', '24'])('Node %s', (version) => {
  it.each([['esm', 'mjs'], ['cjs', 'cjs']] as const)('runs the %s build', async (format, extension) => {
    const { file } = bundleRuntime(format, extension)
    expect(await failing('npx', ['-y', '-p', `node@${version}`, 'node', checks, file, 'true'])).toEqual([])
  })
})

it('runs in Bun', async () => {
  expect(await failing('npx', ['-y', '-p', 'bun@1', 'bun', checks, bundleRuntime('esm').file, 'false'])).toEqual([])
})

it('runs in Deno', async () => {
  expect(await failing('npx', ['-y', '-p', 'deno@2', 'deno', 'run', '-A', checks, bundleRuntime('esm').file, 'true'])).toEqual([])
})

it('runs in headless Chromium as a browser bundle', () => {
  const browser = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell', '/usr/bin/google-chrome', process.env.CHROMIUM ?? ''].find(
    (file) => file && existsSync(file),
  )
  expect(browser, 'install chromium (Debian: apt-get install chromium-headless-shell) or name it in CHROMIUM').toBeDefined()
  const { folder, file } = bundleRuntime('iife', 'js')
  const portable = readFileSync(path.join(fixtures, 'portable-check.mjs'), 'utf8').replace('export async', 'async')
  const page = path.join(folder, 'page.html')
  writeFileSync(page, `<!doctype html><pre id="out">nothing</pre><script>${readFileSync(file, 'utf8')}</script>
    <script>${portable}
    failingChecks({ ...bounded, asyncStacks: true }).then((failing) => { document.querySelector('#out').textContent = 'failing: ' + JSON.stringify(failing) })</script>`)
  const dom = execFileSync(browser!, ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=60000', '--dump-dom', `file://${page}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(/<pre id="out">(.*?)<\/pre>/s.exec(dom)?.[1]).toBe('failing: []')
})
