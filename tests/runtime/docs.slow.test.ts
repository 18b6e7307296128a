/** The examples of docs/runtime.md that need a newer Node than the one that runs the tests, or a server. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startDatabase } from '../benchmarks/scenarios/parts/database.ts'
import { examplesOf } from '../support/doc-examples.ts'
import type { Example } from '../support/doc-examples.ts'
import { bundleRuntime } from '../support/runtime-bundle.ts'

const page = readFileSync(new URL('../../docs/runtime.md', import.meta.url), 'utf8')
const ownModules = new URL('../../node_modules', import.meta.url).pathname

/** Writes the example as a program into a folder with the helper, and `modules` if there are others to import. */
function programOf({ code }: Example, modules?: string): string {
  const { folder, file } = bundleRuntime('esm')
  const program = path.join(folder, 'example.mjs')
  if (modules) symlinkSync(modules, path.join(folder, 'node_modules'))
  writeFileSync(program, code.replace('eslint-plugin-bounded/runtime', file))
  return program
}

const output = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string[] =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000, env: { ...process.env, ...env } })
    .trimEnd()
    .split('\n')

it.each(examplesOf(page, 'js node24'))('$title, on Node 24', (example) => {
  expect(output('npx', ['-y', '-p', 'node@24', 'node', programOf(example)])).toEqual(example.prints)
})

it.each(examplesOf(page, 'js postgres'))('$title, with PostgreSQL', async (example) => {
  const { url, stop } = await startDatabase()
  try {
    expect(output(process.execPath, [programOf(example, ownModules)], { DATABASE_URL: url })).toEqual(example.prints)
  } finally {
    await stop()
  }
})

it.each(examplesOf(page, 'js bullmq'))('$title, with BullMQ', async (example) => {
  const { port, stop } = await startRedis()
  try {
    const { folder } = bundleRuntime('esm')
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, 'bullmq@6', 'ioredis@5'], { stdio: 'ignore' })
    const program = programOf(example, path.join(folder, 'node_modules'))
    expect(output(process.execPath, [program], { REDIS_PORT: String(port) })).toEqual(example.prints)
  } finally {
    stop()
  }
})

/** A Redis without persistence on a port of its own: the system's program, installed from Debian where it is missing. */
async function startRedis(): Promise<{ port: number; stop(): void }> {
  if (spawnSync('redis-server', ['--version']).error) {
    spawnSync('apt-get', ['update', '-qq'])
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'])
  }
  expect(spawnSync('redis-server', ['--version']).error, 'install redis-server').toBeUndefined()
  const port = await freePort()
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { cwd: bundleRuntime('esm').folder })
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('redis-server ended')))
    server.stdout.on('data', (text) => { if (String(text).includes('Ready to accept connections')) resolve() })
  })
  return { port, stop: () => void server.removeAllListeners('exit').kill() }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
