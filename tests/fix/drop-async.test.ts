/** Which `async` is dropped. */
import { expect, it } from 'vitest'
import rule from '../../rules/require-await.ts'
import { fixed } from '../support/lint.ts'

const rewritten = (code: string): string => fixed(rule, code, { options: { report: 'possible' }, settings: { fixes: 'all' } })

it.each([
  ['an object', 'export const o = { async [f(async () => -1)]() { await wait() } }', 'export const o = { async [f(() => -1)]() { await wait() } }'],
  ['a class', 'export class C { async *[f(async () => -1)]() { yield await wait() } }', 'export class C { async *[f(() => -1)]() { yield await wait() } }'],
])('a function in the computed name of a method of %s keeps the method’s', (_, code, expected) => {
  expect(rewritten(code)).toBe(expected)
})
