/**
 * The hand-written queue and its rewrite, run under the same load: producers bring a hundred entries for each that the
 * consumer takes. Memory is read after a collection, half-way and at the end of production; only ratios are compared.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import rule from '../../rules/no-unbounded-queue.ts'
import { fixed, lint } from '../support/lint.ts'

const HAND_WRITTEN = `
const queue = []
let running = false

export async function add(job) {
  queue.push(job)
  void drain()
}

async function drain() {
  if (running) return
  running = true
  while (queue.length > 0) {
    const job = queue.shift()
    await deliver(job)
  }
  running = false
}

let delivered = 0
function deliver(job) {
  delivered += job.length > 0 ? 1 : 0
  return new Promise((resolve) => setImmediate(resolve))
}

export const count = () => delivered
`

const LOAD = `
import { add, count } from './queue.mjs'

const ENTRIES = 40_000
const heap = () => { globalThis.gc(); return process.memoryUsage().heapUsed }
const start = heap()
const read = []
for (let i = 1; i <= ENTRIES; i += 1) {
  await add(new Array(100).fill(i))
  if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
  if (i % (ENTRIES / 2) === 0) read.push(heap() - start)
}
while (count() < ENTRIES) await new Promise((resolve) => setImmediate(resolve))
console.log(JSON.stringify({ half: read[0], end: read[1], delivered: count() }))
`

interface Reading {
  readonly half: number
  readonly end: number
  readonly delivered: number
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'create-queue-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function underLoad(name: string, program: string): Promise<Reading> {
  await writeFile(join(folder, 'queue.mjs'), program)
  await writeFile(join(folder, 'load.mjs'), LOAD)
  const outfile = join(folder, `${name}.bundle.mjs`)
  await build({
    entryPoints: [join(folder, 'load.mjs')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    alias: { 'eslint-plugin-bounded/runtime': resolve(import.meta.dirname, '../../src/runtime/index.ts') },
  })
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', outfile])
  return JSON.parse(stdout) as Reading
}

it('keeps memory flat where the hand-written queue grows, and delivers every entry', async () => {
  const rewritten = fixed(rule, HAND_WRITTEN, { settings: { fixes: 'all' }, filename: 'queue.js' })
  expect(rewritten).toContain('capacity: 1000')
  expect(lint(rule, rewritten, { filename: 'queue.js' })).toEqual([])

  const before = await underLoad('before', HAND_WRITTEN)
  const after = await underLoad('after', rewritten)
  console.info(
    `hand-written: ×${(before.end / before.half).toFixed(2)} from half to end; rewritten: ×${(after.end / after.half).toFixed(2)}; ` +
      `hand-written holds ×${(before.end / after.end).toFixed(1)} of what the rewritten holds`,
  )
  expect([before.delivered, after.delivered]).toEqual([40_000, 40_000])
  expect(before.end / before.half).toBeGreaterThan(1.7)
  expect(after.end / after.half).toBeLessThan(1.3)
  expect(before.end / after.end).toBeGreaterThan(10)
})
