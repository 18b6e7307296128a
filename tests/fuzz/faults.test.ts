/** The fuzz lane's own checks: each finds a rule that is broken in the way it is there for. */
import type { Linter, Rule } from 'eslint'
import { expect, it } from 'vitest'
import { faultUnder } from './faults.ts'

const program = { text: 'first()\nsecond()\n', filename: 'src/program.js' }

/** What is found where a rule does this at every call. */
function faultWith(create: (context: Rule.RuleContext) => Rule.RuleListener, patience?: number): string | null {
  const rule: Rule.RuleModule = { meta: { fixable: 'code', hasSuggestions: true, schema: [] }, create }
  const config: Linter.Config = { plugins: { test: { rules: { broken: rule } } }, rules: { 'test/broken': 'error' } }
  return faultUnder([config], program, patience)
}

const edit = (context: Rule.RuleContext, by: string, kind: 'fix' | 'suggest'): Rule.RuleListener => ({
  CallExpression(node) {
    const fix = (fixer: Rule.RuleFixer): Rule.Fix => fixer.replaceText(node, by)
    context.report({ node, message: 'x', ...(kind === 'fix' ? { fix } : { suggest: [{ desc: 'y', fix }] }) })
  },
})

it('is quiet about a rule that is in order', () => {
  expect(faultWith((context) => edit(context, 'third', 'fix'))).toBeNull()
  expect(faultWith((context) => edit(context, 'third()', 'suggest'))).toBeNull()
})

it('finds a rule that throws', () => {
  expect(faultWith(() => ({ CallExpression: () => { throw new Error('no parent') } }))).toMatch(/^it threw:[^]*Error: no parent[^]*Rule: "test\/broken"/)
})

it('finds a rule that does not end', () => {
  expect(faultWith(() => ({ CallExpression: () => { for (;;); } }), 100)).toContain('timed out')
})

it('finds a report outside of the file', () => {
  const found = faultWith((context) => ({ Program: () => context.report({ message: 'x', loc: { start: { line: 1, column: 0 }, end: { line: 9, column: 0 } } }) }))
  expect(found).toContain('1:1 to 9:1, which is not in the file')
})

it('finds an edit outside of the file', () => {
  const found = faultWith((context) => ({ Program: (node) => context.report({ node, message: 'x', fix: (fixer) => fixer.insertTextAfterRange([0, 99], 'x') }) }))
  expect(found).toContain('edits 99,99, which is not in the file')
})

it.each(['fix', 'suggest'] as const)('finds a %s that breaks the program', (kind) => {
  expect(faultWith((context) => edit(context, '(', kind))).toContain('breaks the program')
  expect(faultWith((context) => edit(context, 'let a; let a', kind))).toContain('breaks the program')
})

it('finds fixes that break the program together', () => {
  const found = faultWith((context) => ({
    Program: () => {
      if (!context.sourceCode.text.startsWith('const')) {
        for (const at of [0, 8]) context.report({ message: 'x', loc: { line: 1, column: 0 }, fix: (fixer) => fixer.insertTextBeforeRange([at, at], 'const one = 1;') })
      }
    },
  }))
  expect(found).toContain('fixed, it does not parse')
})

it('finds fixes that do not come to rest', () => {
  expect(faultWith((context) => edit(context, '(again())', 'fix'))).toContain('do not come to rest')
})
