/**
 * Odd programs against every rule of the `all` preset: no rule throws, each fix and suggestion leaves a program that
 * parses, and fixes come to rest. `BOUNDED_FUZZ` sets how many programs each lane tries, `BOUNDED_SEED` the seed.
 */
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import plugin from '../../src/index.ts'
import { mutation } from './mutations.ts'
import { program, type Program } from './programs.ts'

const numRuns = Number(process.env['BOUNDED_FUZZ'] ?? 12)
const seed = Number(process.env['BOUNDED_SEED'] ?? 20_260_721)

/** Characters; longer programs say nothing that shorter ones do not, and ESLint parses each a dozen times. */
const MAX_LENGTH = 8_000

const base: Linter.Config = {
  files: ['**/*.{js,ts,tsx,mjs,cjs,mts,cts,jsx}'],
  languageOptions: { parser: tsParser as Linter.Parser },
  linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
}
const preset = plugin.configs['all'] as Linter.Config
const settings = { bounded: { fixes: 'all' } }
const configs: readonly Linter.Config[][] = [
  [base, preset],
  [base, preset, { settings }],
]
const linter = new Linter({ configType: 'flat', cwd: '/' })

const parses = (text: string, filename: string): boolean => linter.verify(text, [base], { filename }).every(({ fatal }) => !fatal)

/** What is wrong with how the rules take the program; null where nothing is. */
function fault({ text, filename }: Program): string | null {
  for (const config of configs) {
    const messages = linter.verify(text, config, { filename })
    for (const { ruleId, fix, suggestions } of messages) {
      for (const edit of [fix, ...(suggestions ?? []).map((suggestion) => suggestion.fix)]) {
        if (!edit) continue
        const after = text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1])
        if (!parses(after, filename)) return `an edit of ${ruleId} does not parse:\n${after}`
      }
    }
    const fixed = linter.verifyAndFix(text, config, { filename })
    if (fixed.messages.some(({ fatal }) => fatal)) return `fixed, it does not parse:\n${fixed.output}`
    const again = linter.verifyAndFix(fixed.output, config, { filename })
    if (again.fixed) return `fixes do not come to rest:\n${fixed.output}\n// then\n${again.output}`
  }
  return null
}

for (const [what, programs, share] of [
  ['programs of a small grammar', program, 1],
  ['mutations of files', mutation, 0.3],
] as const) {
  test(`every rule takes ${what} (seed ${seed})`, { timeout: 60_000 * Math.max(1, numRuns / 100) }, () => {
    let tried = 0
    fc.assert(
      fc.property(programs, (each) => {
        if (each.text.length > MAX_LENGTH || !parses(each.text, each.filename)) return
        tried += 1
        const found = fault(each)
        if (found !== null) throw new Error(found)
      }),
      { numRuns: Math.ceil(numRuns * share), seed, endOnFailure: true },
    )
    // A grammar that makes nothing but syntax errors tests nothing.
    expect(tried).toBeGreaterThan((numRuns * share) / 4)
  })
}
