/** Rewrites of several rules in one function, applied as `--fix` does, keep the program whole and doing what it did. */
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { rules } from '../../../rules/index.ts'
import { compiles } from '../../fuzz/parses.ts'
import { disagreements, runInWorld, scripts, type WorldScript } from '../../support/world/index.ts'
import { service } from '../series/programs.ts'
import { pairs, runnablePrograms } from './programs.ts'

// Generated programs take as long as the machine needs.
vi.setConfig({ testTimeout: 0 })

const linter = new Linter({ configType: 'flat' })

const everything = {
  plugins: { bounded: { rules } },
  rules: Object.fromEntries(Object.keys(rules).map((name) => [`bounded/${name}`, 'error'])),
  settings: { bounded: { fixes: 'all', report: 'possible' } },
} as unknown as Linter.Config

const configs: Linter.Config[] = [
  { ...everything, files: ['**/*.ts'], languageOptions: { parser: tsParser as Linter.Parser } },
  { ...everything, files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
]

function rewrite(code: string, filename = 'file.ts'): string {
  const { output, messages } = linter.verifyAndFix(code, configs, { filename })
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  return output
}

async function compare(code: string, rewritten: string, script: WorldScript): Promise<string[]> {
  const before = await runInWorld(code, script, { modules: service })
  const after = await runInWorld(rewritten, script, { modules: service })
  const found = disagreements(before, after)
  // Of two tasks that fail in one turn of the event loop, either may be the first.
  return before.result.kind === 'threw' && after.result.kind === 'threw' ? found.filter((each) => !each.startsWith('result:')) : found
}

describe('all rules, by execution', () => {
  it('keep what programs do', async () => {
    let rewrites = 0
    await fc.assert(
      fc.asyncProperty(runnablePrograms(), scripts(), async (code, script) => {
        const rewritten = rewrite(code)
        if (rewritten === code) return
        rewrites += 1
        expect(await compare(code, rewritten, script)).toEqual([])
      }),
      { numRuns: Number(process.env['BOUNDED_RUNS'] ?? 60), seed: 17 },
    )
    expect(rewrites).toBeGreaterThan(30)
  })
})

describe('all rules, by text', () => {
  it('give a program that parses, is left alone afterwards, and keeps its comments and line breaks', () => {
    let rewrites = 0
    for (const { name, code, filename } of pairs()) {
      const rewritten = rewrite(code, filename)
      if (rewritten !== code) rewrites += 1
      expect(compiles({ text: rewritten, filename }), name).toBe(true)
      expect(rewrite(rewritten, filename), name).toBe(rewritten)
      expect(/(?<!\r)\n/.test(rewritten), name).toBe(/(?<!\r)\n/.test(code))
      if (filename.endsWith('.cjs')) expect(rewritten.split('\n').slice(0, 2), name).toEqual(code.split('\n').slice(0, 2))
      expect(comments(rewritten), name).toEqual(expect.arrayContaining(comments(code)))
      expect(rewritten.match(/bounded\/runtime/g)?.length ?? 0, name).toBeLessThan(2)
    }
    expect(rewrites).toBeGreaterThan(300)
  })
})

function comments(code: string): string[] {
  return code.match(/\/\/ [a-z ]+$/gm) ?? []
}
