/** How much of a program the rules look at when it gets larger: counted, since time depends on the machine. */
import tsParser from '@typescript-eslint/parser'
import { Linter, type Rule } from 'eslint'
import { expect, it } from 'vitest'
import { rules } from '../rules/index.ts'
import { programs } from './benchmarks/lint-growth.ts'

/** Nodes that are walked over: each walk, ESLint's own included, reads the keys of each node's type once. */
function walked(rule: Rule.RuleModule, code: string, options: readonly unknown[]): number {
  let count = 0
  const parser = {
    meta: { name: 'counting' },
    parseForESLint(text: string, parserOptions: Parameters<typeof tsParser.parseForESLint>[1]) {
      const parsed = tsParser.parseForESLint(text, parserOptions)
      const get = (target: object, key: string): unknown => {
        count += 1
        return Reflect.get(target, key)
      }
      return { ...parsed, visitorKeys: new Proxy(parsed.visitorKeys, { get: get as never }) }
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

for (const [name, rule] of Object.entries(rules)) {
  const properties = (rule.meta.schema as readonly { properties?: object }[])[0]?.properties ?? {}
  const options = 'report' in properties ? [{ report: 'possible' }] : []
  it.each(Object.entries(programs))(`${name}: %s`, (_, { make }) => {
    const small = walked(rule as unknown as Rule.RuleModule, make(25), options)
    const large = walked(rule as unknown as Rule.RuleModule, make(100), options)
    expect(large / small).toBeLessThan(4.4)
  })
}
