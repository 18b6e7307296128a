/** Rule testers of the three tiers: plain JavaScript, TypeScript annotations, full type information. */
import { RuleTester } from '@typescript-eslint/rule-tester'
import tsParser from '@typescript-eslint/parser'
import * as espree from 'espree'
import { afterAll, describe, it } from 'vitest'
import type { BoundedRule } from '../../src/create-rule.ts'

RuleTester.afterAll = afterAll
RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only

const fixtures = new URL('../fixtures/typed', import.meta.url).pathname

const javascript = new RuleTester({ languageOptions: { parser: espree as never, ecmaVersion: 'latest', sourceType: 'module' } })
const annotated = new RuleTester({ languageOptions: { parser: tsParser } })
const typed = new RuleTester({
  languageOptions: {
    parser: tsParser,
    parserOptions: { projectService: { allowDefaultProject: ['*.ts*'] }, tsconfigRootDir: fixtures },
  },
})

type Cases = Parameters<RuleTester['run']>[2]

/** Runs literal cases with the parser of a tier. `title` says what the group is about. */
export function run(tier: 'js' | 'annotated' | 'typed', title: string, rule: BoundedRule, cases: Cases): void {
  const tester = { js: javascript, annotated, typed }[tier]
  tester.run(`${rule.name} (${title})`, rule as never, cases)
}
