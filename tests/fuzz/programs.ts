/** Small programs of odd but valid syntax, as fast-check arbitraries: every statement stands alone in an async function. */
import fc from 'fast-check'

const names = fc.constantFrom('a', 'b', 'items', 'queue', 'fetch', 'res', 'i', 'undefined', 'Promise')

const expressions = fc.letrec<{ expression: string; simple: string }>((tie) => ({
  simple: fc.oneof(
    names,
    fc.constantFrom(
      '[]', '[, , 1, ]', '{}', '{ ...a, [b]: 1, async *g() {} }', '`x${a}y`', '/[/\\]]+/u', '10n', 'new.target', 'import.meta', 'null',
      'class { #x = 1; static { b() } get [a]() { return this.#x } has(o) { return #x in o } }', 'this', '"use strict"', 'async () => {}',
      'function* () { yield* a; yield }', 'async function* () { yield await a; for await (const x of b) yield x }', '(0, a)', 'void 0',
    ),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('simple'),
    fc.tuple(tie('expression'), fc.constantFrom('?.b', '?.()', '?.[a]', '.then(a, b)', '.map(async (x, i) => await fetch(x))', '.push(a)', '`t`', '.write(a)', '.then((x) => x).catch(() => {})', '.forEach(async x => { await a(x) })')).map(([e, tail]) => `(${e})${tail}`),
    tie('expression').map((e) => `(await (${e}))`),
    tie('expression').map((e) => `Promise.all((${e}).map((x) => fetch(x)))`),
    tie('expression').map((e) => `Promise.race([fetch(a), ${e}, new Promise((_, no) => setTimeout(no, 5))])`),
    tie('expression').map((e) => `Promise.all([...(${e})])`),
    tie('expression').map((e) => `(({ a = ${e}, ...b }, [, c = a, ...[d]] = []) => ({ a, b, c, d }))`),
    fc.tuple(names, tie('expression')).map(([n, e]) => `(async (${n === 'undefined' ? 'u' : n}) => ${e.startsWith('{') ? `(${e})` : `(${e})`})`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(${x}) ? (${y}) : await (${x})`).map((e) => `(${e})`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `((${x}) ?? (${y}))`),
    tie('expression').map((e) => `new (${e})(...a)`),
    tie('expression').map((e) => `import(${JSON.stringify('node:fs')}, ${e})`),
  ),
}))

const { expression } = expressions

const statements = fc.letrec<{ statement: string; block: string }>((tie) => ({
  block: fc.array(tie('statement'), { maxLength: 4 }).map((list) => list.join('\n')),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    expression.map((e) => `;(${e});`),
    expression.map((e) => `{ let x = ${e}, [y = x, , ...z] = []; var { v: { w } = {} } = x; }`),
    fc.constantFrom(';', '{}', '{ await a }', 'if (a) ; else ;', 'items.length = 0', 'return', 'throw a', 'queue.push(await fetch(a))', '{ function f() {} async function f2() {} }'),
    tie('block').map((b) => `for (const x of items) { ${b} }`),
    tie('block').map((b) => `for (const { x, ...r } of items) { await fetch(x); ${b} }`),
    tie('block').map((b) => `for await (const [x = 1] of items) { ${b} }`),
    tie('block').map((b) => `for (let i = 0, n = items.length; i < n; i++) { items[i] = await fetch(items[i]); ${b} }`),
    tie('block').map((b) => `for (;;) { ${b}; break }`),
    tie('block').map((b) => `for (const k in a) { ${b} }`),
    tie('statement').map((s) => `outer: for (const x of a) { inner: while (await b(x)) { ${s}; if (a) continue outer; break inner } }`),
    tie('block').map((b) => `do { ${b} } while (await a)`),
    tie('block').map((b) => `label: { ${b}; break label }`),
    tie('block').map((b) => `try { ${b} } catch { ${b} } finally { ${b} }`),
    tie('block').map((b) => `switch (a) { default: { ${b} } case 1: { let q; } }`),
    fc.tuple(tie('block'), expression).map(([b, e]) => `class C extends (${e}) { static #p = []; async #m(x = ${'{}'}) { this.#m?.(); C.#p.push(x); { ${b.replaceAll('new.target', 'a')} } } static async *[Symbol.asyncIterator]() {} }`).map((c) => `{ ${c} }`),
    tie('block').map((b) => `{ using f = a; await using g = b; ${b} }`),
    tie('block').map((b) => `a.on('data', async (x) => { ${b} })`),
    tie('block').map((b) => `app.get('/', async function (req, res) { ${b} })`),
  ),
}))

const wrappers = [
  (body: string) => `export async function run(a, b, items, queue, ...rest) {\n${body}\n}`,
  (body: string) => `const queue = [], seen = new Map()\nexport default class { async *m(a, b) {\n${body}\n} static { } }\nexport const add = (x) => { queue.push(x); seen.set(x, x) }`,
  (body: string) => `const fs = require('fs')\nmodule.exports = async (items) => {\n${body}\n fs.readFileSync(items) }`,
  (body: string) => `import http from 'node:http'\nhttp.createServer(async (req, res) => {\n${body}\n})`,
]

const typed = [
  (body: string) => `@Injectable()\nexport class S<T extends object = {}> { @Get() async m(@Body() a: T, private b?: any) {\n${body}\n} declare x: T; abstract?: string }\nenum E { A }\nnamespace N { export const y = 1 }`,
  (body: string) => `import type { A } from 'a'\nexport const f = async <T,>(a: T, items: T[]): Promise<void> => {\n${body}\n}\ndeclare function g(x: number): asserts x is 1\nabstract class Q { abstract m(): Promise<void> }`,
  (body: string) => `export const View = async ({ items }: any) => {\n${body}\nreturn <><a.b {...items} onClick={async () => { await items }}>{/* */}{items.map((x) => <p key={x}>{x}</p>)}</a.b></>\n}`,
]

export interface Program {
  readonly text: string
  readonly filename: string
}

export const program: fc.Arbitrary<Program> = fc
  .tuple(statements.block, fc.nat({ max: wrappers.length + typed.length - 1 }))
  .map(([body, which]) => ({
    text: (which < wrappers.length ? wrappers[which] : typed[which - wrappers.length])?.(body) ?? '',
    filename: which < wrappers.length ? 'src/fuzz.js' : 'src/fuzz.tsx',
  }))
