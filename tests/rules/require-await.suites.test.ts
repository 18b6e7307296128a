/**
 * The suites of ESLint's and typescript-eslint's rules of the same name, case by case in our own words.
 *
 * ESLint (22 to leave alone, 16 to report): 38 of 38 agree. typescript-eslint (54 and 33): 68 of 87 agree; we differ
 * - in 8 that are left alone there: `Promise.resolve` of a plain value is what `async` makes superfluous, and what the
 *   rewrite unwraps;
 * - in 11 that are reported there: asynchronous generators. Their caller iterates with `for await`, so that the
 *   keyword is the contract, whatever the body does (one of them hands over an iterable of unknown kind).
 *
 * All run with `report: 'possible'`: most cases use their function nowhere, which is silent by default.
 */
import { describe, expect, it } from 'vitest'
import rule from '../../rules/require-await.ts'
import { lint } from '../support/lint.ts'

interface Case {
  readonly code: string
  readonly theirs: 'report' | 'silent'
  /** Where we differ: why. */
  readonly differs?: 'settled' | 'generator'
}

const silent = (code: string, differs?: Case['differs']): Case => ({ code, theirs: 'silent', ...(differs && { differs }) })
const report = (code: string, differs?: Case['differs']): Case => ({ code, theirs: 'report', ...(differs && { differs }) })

const common: readonly Case[] = [
  silent('async function foo() { await act() }'),
  silent('(async function () { await act() })'),
  silent('async () => { await act() }'),
  silent('async () => await act()'),
  silent('({ async foo() { await act() } })'),
  silent('class A { async foo() { await act() } }'),
  silent('(class { async foo() { await act() } })'),
  silent('async function foo() { await (async () => { await act() }) }'),
  silent('async function foo() {}'),
  silent('async () => {}'),
  silent('function foo() { act() }'),
  silent('async function foo() { for await (const x of xs); }'),
  silent('await act()'),
  silent('for await (const x of xs) log(x)'),
  silent('async function* run() { await wait(100); yield "a"; log("b") }'),
  silent('async function* run() {}'),
  silent('const foo = async function* () {}'),
  report('async function foo() { act() }'),
  report('(async function () { act() })'),
  report('async () => { act() }'),
  report('async () => act()'),
  report('({ async foo() { act() } })'),
  report('class A { async foo() { act() } }'),
  report('(class { async foo() { act() } })'),
  report("(class { async ''() { act() } })"),
  report('async function foo() { async () => { await act() } }'),
  report('async function foo() { await (async () => { act() }) }'),
  report('const o = { async: async function foo() { act() } }'),
  report('async    /* kept */ function foo() { act() }'),
  report('class A {\n  a = 0\n  async [b]() { return 0 }\n}'),
  report('foo\nasync () => { return 0 }'),
  report('class A {\n  foo() {}\n  async [bar]() { baz }\n}'),
]

const eslintOnly: readonly Case[] = [
  silent('async function* run() { yield* another() }'),
  silent('const foo = async function* () { log("a") }'),
  silent('async function* run() { log("a") }'),
  silent('await using resource = open()'),
  silent('async function run() { await using resource = open() }'),
  report('async function run() { using resource = open() }'),
]

const delegate = 'async function read(x: number): Promise<number> { return Promise.resolve(x) }'

const typescriptOnly: readonly Case[] = [
  silent('function one(): number { return 1 }'),
  silent('const one = function (): number { return 1 }'),
  silent('const one = (): number => 1'),
  silent('const one = (): number => { return 1 }'),
  silent('function delay() { return Promise.resolve() }'),
  silent('const delay = () => { return Promise.resolve() }'),
  silent('const delay = () => Promise.resolve()'),
  silent('async function one(): Promise<number> { return await 1 }'),
  silent('const one = async function (): Promise<number> { return await 1 }'),
  silent('const one = async (): Promise<number> => await 1'),
  silent('const one = async (): Promise<number> => { return await 1 }'),
  silent('async function one(): Promise<number> { return Promise.resolve(1) }', 'settled'),
  silent('const one = async function (): Promise<number> { return Promise.resolve(1) }', 'settled'),
  silent('const one = async (): Promise<number> => Promise.resolve(1)', 'settled'),
  silent('const one = async (): Promise<number> => { return Promise.resolve(1) }', 'settled'),
  silent(`async function one(): Promise<number> { return read(1) }\n${delegate}`, 'settled'),
  silent(`const one = async function (): Promise<number> { return read(1) }\n${delegate}`, 'settled'),
  silent(`const one = async (): Promise<number> => read(1)\n${delegate}`, 'settled'),
  silent(`const one = async (): Promise<number> => { return read(1) }\n${delegate}`, 'settled'),
  silent('async function f(): Promise<void> { await Promise.all([1, 2].map(async (value) => Promise.resolve(value))) }'),
  silent('function* six() { yield* five() }'),
  silent('function* five() { yield 1 }'),
  silent('async function* a() { await 1; yield 1 }\nasync function* b() { yield* a() }'),
  silent('async function* a() { await 1; yield 1 }\nasync function* b() { yield* a(); yield* 2 }'),
  silent('async function* f(source: AsyncIterable<any>) { yield* source }'),
  silent('async function* f(source: Iterable<any> & AsyncIterable<any>) { yield* source }'),
  silent('async function* f(source: Iterable<any> | AsyncIterable<any>) { yield* source }'),
  silent('type T = { [Symbol.iterator](): Iterator<any>; [Symbol.asyncIterator](): AsyncIterator<any> }\nasync function* f(s: T) { yield* s }'),
  silent('type T = { [Symbol.asyncIterator]: () => AsyncIterator<any> }\nasync function* f(s: T) { yield* s }'),
  silent('type F = () => AsyncIterator<any>\ntype T = { [Symbol.asyncIterator]: F }\nasync function* f(s: T) { yield* s }'),
  silent('async function* f(): Promise<string> { return new Promise((done) => done("a")) }'),
  silent('async function* f() { let x!: Omit<{ [Symbol.asyncIterator](): AsyncIterator<any> }, "z">; yield* x }'),
  silent('const f = async () => { await using x = new X() }'),
  silent('async function* f() { yield Promise.resolve(1) }'),
  silent('function g() { return Promise.resolve(1) }\nasync function* f() { yield g() }'),
  silent('declare const g: () => Promise<void>\nasync function* f() { yield g() }'),
  silent('async function* f() { yield new Promise(() => {}) }'),
  report('async function one(): Promise<number> { return 1 }'),
  report('const one = async function (): Promise<number> { return 1 }'),
  report('const one = async (): Promise<number> => 1'),
  report('async function values(): Promise<Array<number>> { return [1] }'),
  report('async function foo() { async function nested() { await act() } }'),
  report('async function* f(): void { act() }', 'generator'),
  report('async function* f() { yield 1 }', 'generator'),
  report("const f = async function* () { log('a') }", 'generator'),
  report('async function* g() { yield 1 }', 'generator'),
  report('async function* f(source: Iterable<any>) { yield* source }', 'generator'),
  report('declare function isAsync(x: unknown): x is AsyncIterable<any>\nasync function* f(s: Iterable<any> | AsyncIterable<any>) { if (!isAsync(s)) yield* s }', 'generator'),
  report('function* g() { yield 1 }\nasync function* f() { yield* g() }', 'generator'),
  report('async function* f() { yield* unknown() }', 'generator'),
  report('const f = async () => { using x = new X() }'),
  report('async function* f(): Promise<number> { yield 1 }', 'generator'),
  report('async function* f(): AsyncGenerator { yield 1 }', 'generator'),
  report('async function* f(): AsyncGenerator<number> { yield 1 }', 'generator'),
  report('class A { public async foo() { act() } }'),
]

const reports = (code: string): boolean => {
  const messages = lint(rule, code, { options: { report: 'possible' } })
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  return messages.length > 0
}

for (const [suite, cases] of [
  ['ESLint', [...common, ...eslintOnly]],
  ['typescript-eslint', [...common, ...typescriptOnly]],
] as const) {
  describe(`the suite of ${suite}`, () => {
    it.each(cases.map((each) => [each.code, each] as const))('%s', (_, { code, theirs, differs }) => {
      expect(reports(code)).toBe((theirs === 'report') !== (differs !== undefined))
    })
  })
}

it('has as many cases as the suites', () => {
  const count = (cases: readonly Case[], theirs: Case['theirs']) => cases.filter((each) => each.theirs === theirs).length
  expect([count([...common, ...eslintOnly], 'silent'), count([...common, ...eslintOnly], 'report')]).toEqual([22, 16])
  expect([count([...common, ...typescriptOnly], 'silent'), count([...common, ...typescriptOnly], 'report')]).toEqual([54, 33])
  const differing = (why: Case['differs']) => [...common, ...eslintOnly, ...typescriptOnly].filter((each) => each.differs === why).length
  expect([differing('settled'), differing('generator')]).toEqual([8, 11])
})
