/** How messages quote code. */
import { expect, it } from 'vitest'
import { onOneLine } from '../../src/ast/source-text.ts'
import { analyse } from '../support/lint.ts'

const quoted = (code: string): string =>
  analyse(code, (sourceCode) => {
    const [statement] = sourceCode.ast.body
    return statement?.type === 'ExpressionStatement' ? onOneLine(statement.expression, sourceCode) : ''
  })

it.each([
  ['a chain over lines', 'db\n  .users\n  ?.find', 'db.users?.find'],
  ['arguments over lines, with a last comma', 'load(\n  id,\n  {\n    deep: true,\n  },\n)', 'load(id, { deep: true, })'],
  ['a list over lines', '[\n  ...first,\n  ...second,\n]', '[...first, ...second]'],
  ['one line, as it is', 'a . b( c, ...d )', 'a . b( c, ...d )'],
])('%s', (_, code, text) => {
  expect(quoted(code)).toBe(text)
})
