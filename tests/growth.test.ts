/** How much of a program the rules look at when it gets larger: counted, since time depends on the machine. */
import tsParser from '@typescript-eslint/parser'
import { simpleTraverse } from '@typescript-eslint/typescript-estree'
import { Linter, type Rule } from 'eslint'
import { expect, it } from 'vitest'
import { rules } from '../rules/index.ts'
import { programs } from './benchmarks/lint-growth.ts'

/** More looks than any of these programs needs: a rule that goes through every way of a program fails here instead of never ending. */
const MOST = 5_000_000

/** How often a rule looks at a node: whatever does reads its type, in walks, in steps to its parents and from its references. */
function looks(rule: Rule.RuleModule, code: string, options: readonly unknown[]): number {
  let count = 0
  const look = (): void => {
    count += 1
    if (count > MOST) throw new Error(`more than ${MOST} looks at nodes`)
  }
  const parser = {
    meta: { name: 'counting' },
    parseForESLint(text: string, parserOptions: Parameters<typeof tsParser.parseForESLint>[1]) {
      const parsed = tsParser.parseForESLint(text, parserOptions)
      simpleTraverse(parsed.ast, { enter: (node) => watch(node, look) })
      return parsed
    },
  }
  const messages = new Linter({ configType: 'flat' }).verify(
    code,
    [{ files: ['**/*.js'], languageOptions: { parser: parser as unknown as Linter.Parser }, plugins: { x: { rules: { rule } } }, rules: { 'x/rule': ['error', ...options] } }],
    { filename: 'src/generated.js' },
  )
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  return count
}

function watch(node: object, look: () => void): void {
  const { type } = node as { type: string }
  const get = (): string => {
    look()
    return type
  }
  Object.defineProperty(node, 'type', { get, enumerable: true, configurable: true })
}

for (const [name, rule] of Object.entries(rules)) {
  const properties = (rule.meta.schema as readonly { properties?: object }[])[0]?.properties ?? {}
  const options = 'report' in properties ? [{ report: 'possible' }] : []
  it.each(Object.entries(programs))(`${name}: %s`, (_, { make }) => {
    const small = looks(rule as unknown as Rule.RuleModule, make(25), options)
    const large = looks(rule as unknown as Rule.RuleModule, make(100), options)
    expect(large / small).toBeLessThan(4.4)
  })
}

/** What is followed from call to call, list to list or block to block has an end: the stack does. */
it.each(Object.entries(programs))('no rule runs out of stack: %s', (_, { sizes, make }) => {
  const possible = Object.entries(rules).map(([name, { meta }]) => {
    const properties = (meta.schema as readonly { properties?: object }[])[0]?.properties ?? {}
    return [`x/${name}`, 'report' in properties ? ['error', { report: 'possible' }] : 'error'] as const
  })
  const config = { files: ['**/*.js'], languageOptions: { parser: tsParser }, plugins: { x: { rules } }, rules: Object.fromEntries(possible) }
  const messages = new Linter({ configType: 'flat' }).verify(make(Math.max(...sizes)), [config as unknown as Linter.Config], { filename: 'src/generated.js' })
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
})
