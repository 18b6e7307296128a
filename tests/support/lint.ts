/** Parses a program the way ESLint does and hands its `SourceCode` to a test of the analysis; lints with one rule. */
import tsParser from '@typescript-eslint/parser'
import type { TSESLint } from '@typescript-eslint/utils'
import { Linter } from 'eslint'
import type { BoundedRule } from '../../src/create-rule.ts'

/** Runs `look` inside a real linter, as a rule would; returns its answer. */
export function analyse<T>(code: string, look: (sourceCode: Readonly<TSESLint.SourceCode>) => T): T {
  let answer: { value: T } | undefined
  const probe = {
    meta: { schema: [] },
    create: (context: { sourceCode: TSESLint.SourceCode }) => ({
      'Program:exit'() {
        answer = { value: look(context.sourceCode) }
      },
    }),
  }
  const messages = new Linter({ configType: 'flat' }).verify(code, {
    files: ['**/*.ts'],
    languageOptions: { parser: tsParser as never },
    plugins: { test: { rules: { probe: probe as never } } },
    rules: { 'test/probe': 'error' },
  }, 'file.ts')
  const fatal = messages.find((message) => message.fatal)
  if (fatal || !answer) throw new Error(fatal?.message ?? 'the probe did not run')
  return answer.value
}

/** Lints TypeScript code (no type information) with one rule. */
export function lint(
  rule: BoundedRule,
  code: string,
  { options = {}, settings = {}, filename = 'file.ts' }: { options?: object; settings?: object; filename?: string } = {},
): Linter.LintMessage[] {
  return new Linter({ configType: 'flat' }).verify(code, config(rule, options, settings), filename)
}

/** Applies fixes until nothing changes, as `eslint --fix` does. */
export function fixed(
  rule: BoundedRule,
  code: string,
  { options = {}, settings = {}, filename = 'file.ts' }: { options?: object; settings?: object; filename?: string } = {},
): string {
  return new Linter({ configType: 'flat' }).verifyAndFix(code, config(rule, options, settings), filename).output
}

function config(rule: BoundedRule, options: object, settings: object): Linter.Config {
  return {
    files: ['**/*.{js,cjs,mjs,jsx,ts,tsx}'],
    languageOptions: { parser: tsParser as never },
    plugins: { bounded: { rules: { [rule.name]: rule as never } } },
    rules: { [`bounded/${rule.name}`]: ['error', options] },
    settings: { bounded: settings },
  } as Linter.Config
}
