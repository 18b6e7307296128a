/** Lints and rewrites a generated program, and compares what it does with what its rewrite does. */
import { Linter } from 'eslint'
import type { BoundedRule } from '../../../src/create-rule.ts'
import { disagreements, runInWorld, type WorldScript } from '../../support/world/index.ts'
import type { Program } from './programs.ts'

/** The limit that rewrites set. */
const LIMIT = 3

export interface Checked {
  readonly outcome: 'silent' | 'reported' | 'rewritten'
  /** Sentences; none when all is well. */
  readonly wrong: readonly string[]
  readonly output: string
}

/** Makes the check for a rule; a test may pass one that it has broken. */
export function checker(rule: BoundedRule): (program: Program, script: WorldScript) => Promise<Checked> {
  const linter = new Linter({ configType: 'flat' })
  const config = {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    plugins: { bounded: { rules: { [rule.name]: rule as never } } },
    rules: { [`bounded/${rule.name}`]: 'error' },
    settings: { bounded: { fixes: 'all', concurrency: LIMIT, apis: [...worldApis] } },
  } as Linter.Config

  return async ({ code, dependence, filename }, script) => {
    const { output, messages: left } = linter.verifyAndFix(code, config, filename)
    const broken = left.find(({ fatal }) => fatal)
    if (broken && output === code) throw new Error(`The generator wrote a program that does not parse: ${broken.message}\n${code}`)
    if (output === code && left.length === 0) return { outcome: 'silent', wrong: [], output }
    const wrong: string[] = []
    if (dependence) wrong.push(`reports a loop whose iterations depend on one another (${dependence})`)
    if (output === code) return { outcome: 'reported', wrong, output }
    for (const { fatal, fix, message } of left) {
      if (fatal) wrong.push(`the rewrite does not parse: ${message}`)
      else if (fix) wrong.push(`the rewrite is reported again: ${message}`)
    }
    if (!broken) {
      const before = await runInWorld(code, script)
      const perIteration = code.includes('Promise.all') ? 2 : 1
      wrong.push(...disagreements(before, await runInWorld(output, script), { limit: LIMIT * perIteration }))
      // One at a time, a loop that is rewritten for its effects alone has to do the very same.
      const order = /(?:map|stream)Bounded/.test(output) ? 'concurrent' : 'exact'
      const single = await runInWorld(output, script, { limit: 1 })
      wrong.push(...disagreements(before, single, { order }).map((text) => `with one at a time, ${text}`))
      const other = single.limits.find((limit) => limit !== LIMIT)
      if (other !== undefined) wrong.push(`the rewrite passes concurrency ${String(other)} instead of ${LIMIT}`)
    }
    return { outcome: 'rewritten', wrong, output }
  }
}

/** What the rule is told of the world's plain operations. */
const worldApis = [
  { module: 'world', member: ['load', 'loadMore', 'list', 'check'], work: 'network', access: 'read' },
  { module: 'world', member: ['store', 'send', 'visit'], work: 'network', access: 'write' },
  { module: 'pg', member: 'Client().query', work: 'database', access: 'ordered' },
  { module: 'world', member: 'next', work: 'network', access: 'read' },
]
