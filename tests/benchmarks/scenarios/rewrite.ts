/** Lints a program with the built plugin and applies the plugin's own rewrites, through ESLint's API. */
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import type { Plan } from './scenario.ts'
import plugin from '../../../dist/index.js'

export interface Rewritten {
  /** The message of the first finding. */
  readonly finding: string
  /** The line of the finding, from 1. */
  readonly line: number
  /** The program after the rewrite; null where the plugin offers none. */
  readonly code: string | null
  /** How the user gets it: `--fix` changes nothing observable, a suggestion says what it changes. */
  readonly by: 'fix' | 'suggestion'
}

/** Applies fixes and, where there is none, first suggestions, until the rule has nothing left to offer. */
export function rewrite(code: string, { rule, options = {}, settings = {} }: Plan): Rewritten {
  if (rule === null) throw new Error('no rule claims this scenario')
  const linter = new Linter({ configType: 'flat' })
  const lint = (text: string): Linter.LintMessage[] =>
    linter.verify(
      text,
      {
        files: ['**/*.ts'],
        languageOptions: { parser: tsParser as Linter.Parser },
        plugins: { bounded: plugin as never },
        rules: { [`bounded/${rule}`]: ['error', options] },
        settings: { bounded: settings },
      },
      'src/before.ts',
    )
  const [first] = lint(code)
  if (!first) throw new Error(`${rule} finds nothing`)
  let text = code
  for (let pass = 0; pass < 10; pass += 1) {
    const edit = lint(text).map(({ fix, suggestions }) => fix ?? suggestions?.[0]?.fix).find((each) => each !== undefined)
    if (!edit) break
    text = text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1])
  }
  return { finding: first.message, line: first.line, code: text === code ? null : text, by: first.fix ? 'fix' : 'suggestion' }
}
