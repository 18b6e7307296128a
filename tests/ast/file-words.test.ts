import tsParser from '@typescript-eslint/parser'
import type { TSESLint } from '@typescript-eslint/utils'
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import { membersNamed, nodesOf } from '../../src/ast/file-nodes.ts'
import { mentions, mentionsString } from '../../src/ast/file-words.ts'
import { walk, type Node } from '../../src/ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

function sourceCodeOf(code: string): SourceCode {
  const linter = new Linter({ configType: 'flat' })
  linter.verify(code, { files: ['**/*.js'], languageOptions: { parser: tsParser as Linter.Parser, parserOptions: { ecmaFeatures: { jsx: true } } } }, { filename: 'a.js' })
  return linter.getSourceCode() as unknown as SourceCode
}

it.each([
  ['a name', 'read(x)', 'read', true],
  ['a part of a name', 'readAll(x)', 'read', false],
  ['a member', 'x.read', 'read', true],
  ['a key in quotes', "x['read']", 'read', true],
  ['a template without parts', 'x[`read`]', 'read', true],
  ['a template with parts', 'x[`read${y}`]', 'read', false],
  ['a comment', '// read\nx', 'read', false],
  ['a private name', 'class A { #read() {} }', '#read', true],
  ['a private name without its mark', 'class A { #read() {} }', 'read', false],
  ['a name in a type', 'let x: Read', 'Read', true],
  ['an element', '<Read />', 'Read', true],
  ['`await`', 'async () => await x', 'await', true],
  ['`await` of a loop', 'async () => { for await (const x of xs) f(x) }', 'await', true],
  ['a loop without', 'async () => { for (const x of xs) f(x) }', 'await', false],
  ['`async` of a method', '({ async m() {} })', 'async', true],
  ['a method without', '({ m() {} })', 'async', false],
])('%s: %s', (_, code, word, expected) => {
  expect(mentions(sourceCodeOf(code), word)).toBe(expected)
})

it('takes strings alone for specifiers', () => {
  expect(mentionsString(sourceCodeOf("import x from 'queue'"), 'queue')).toBe(true)
  expect(mentionsString(sourceCodeOf('const queue = []'), 'queue')).toBe(false)
})

const program = 'class A { m(x) { return x.m(() => this.m(x))[0].n } }\nnew A().m(1)'

it('lists nodes of several types in the order of a walk, with and without the steps that ESLint keeps', () => {
  const sourceCode = sourceCodeOf(program)
  const walked: Node[] = []
  walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
    if (/^(?:CallExpression|NewExpression|MemberExpression)$/.test(node.type)) walked.push(node)
  })
  expect(walked).toHaveLength(9)
  expect(nodesOf(sourceCode, 'MemberExpression', 'NewExpression', 'CallExpression')).toEqual(walked)
  const { ast, visitorKeys } = sourceCode
  expect(nodesOf({ ast, visitorKeys } as never, 'NewExpression', 'CallExpression', 'MemberExpression')).toEqual(walked)
})

it('finds members by their name', () => {
  const sourceCode = sourceCodeOf(program)
  expect(membersNamed('m', sourceCode).map((node) => sourceCode.getText(node))).toEqual(['x.m', 'this.m', 'new A().m'])
  expect(membersNamed('x', sourceCode)).toEqual([])
})
