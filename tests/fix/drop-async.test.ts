/** Which `async` is dropped. */
import { describe, expect, it } from 'vitest'
import rule from '../../rules/require-await.ts'
import { fixed } from '../support/lint.ts'

const rewritten = (code: string): string => fixed(rule, code, { options: { report: 'possible' }, settings: { fixes: 'all' } })

it.each([
  ['an object', 'export const o = { async [f(async () => -1)]() { await wait() } }', 'export const o = { async [f(() => -1)]() { await wait() } }'],
  ['a class', 'export class C { async *[f(async () => -1)]() { yield await wait() } }', 'export class C { async *[f(() => -1)]() { yield await wait() } }'],
])('a function in the computed name of a method of %s keeps the method’s', (_, code, expected) => {
  expect(rewritten(code)).toBe(expected)
})

describe('types that say promise', () => {
  const all = { settings: { fixes: 'all', report: 'possible' } }
  it.each([
    [
      'overloads',
      'class A { private f(x: string): Promise<string>\n private f(x: number): Promise<string>\n private async f(x: any): Promise<string> { return String(x) }\n async g() { return (await this.f(1)) + (await this.f("a")) } }\nnew A().g()',
      'class A { private async f(x: any): Promise<string> { return String(x) }\n async g() { return (await this.f(1)) + (await this.f("a")) } }\nnew A().g()',
    ],
    [
      'a type made of the function',
      'type R = ReturnType<typeof q>\nasync function q(x: number) { return x }\nexport async function m() { return (await q(1)) as R }',
      'type R = Awaited<ReturnType<typeof q>>\nasync function q(x: number) { return x }\nexport async function m() { return (await q(1)) as R }',
    ],
    [
      'a caller that is not asynchronous and declares a promise',
      'async function one(x: number) { return x * 2 }\nfunction two(x: number): Promise<number> { return one(x) }\nexport async function three() { return (await two(1)) + (await one(2)) }',
      'async function one(x: number) { return x * 2 }\nasync function two(x: number): Promise<number> { return one(x) }\nexport async function three() { return (await two(1)) + (await one(2)) }',
    ],
    [
      'a caller in an object that may have a type',
      'async function one(x: number) { return x * 2 }\nexport const routes: Routes = { get: (x) => one(x) }\nexport async function three() { return await one(2) }',
      'async function one(x: number) { return x * 2 }\nexport const routes: Routes = { get: async (x) => one(x) }\nexport async function three() { return await one(2) }',
    ],
  ])('keep the function asynchronous: %s', (_, kept, twin) => {
    const name = /async (?:function )?(\w+)\(/.exec(kept)?.[1] ?? ''
    const keyword = new RegExp(`async (?:function )?${name}\\(`)
    expect(fixed(rule, kept, all)).toMatch(keyword)
    expect(fixed(rule, twin, all)).not.toMatch(keyword)
  })
})
