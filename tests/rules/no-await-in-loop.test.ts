import { describe, expect, it } from 'vitest'
import rule from '../../rules/no-await-in-loop.ts'
import { loopsOf } from '../../src/analysis/loops/index.ts'
import { isLoop, walk } from '../../src/ast/nodes.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse, lint } from '../support/lint.ts'
import { run } from '../support/rule-tester.ts'

/** Rewrites have tests of their own (tests/fix/loop); here it counts whether there is one. */
const independent = [{ messageId: 'independentIterations', suggestions: 1 as never }] as const

run('js', 'independent and carried', rule, {
  valid: [
    'async function f(ids) { let last; for (const id of ids) last = await fetch(id, last) }',
    'async function f(ids) { for (const id of ids) { if (await fetch(id)) return id } }',
    { name: 'a file in which nobody waits for the code', code: 'async function f(ids) { for (const id of ids) await fetch(id) }', filename: 'src/users.test.js' },
    { name: 'a function of which nothing is known', code: 'async function f(ids, g) { for (const id of ids) await g(id) }' },
  ],
  invalid: [
    { code: 'async function f(ids) { const out = []; for (const id of ids) out.push(await fetch(id)); return out }', errors: [...independent] },
    { name: 'a file of the program', code: 'async function f(ids) { for (const id of ids) await fetch(id) }', filename: 'src/users.js', errors: [...independent] },
    {
      name: 'a function of which nothing is known, where that is asked for',
      code: 'async function f(ids, g) { for (const id of ids) await g(id) }',
      options: [{ report: 'possible' }],
      errors: [{ messageId: 'perhapsIndependent', suggestions: [] }],
    },
  ],
})

run('annotated', 'one connection and a pool', rule, {
  valid: ["import type { PoolClient } from 'pg'; async function f(db: PoolClient, ids: string[]) { for (const id of ids) await db.query('…', [id]) }"],
  invalid: [
    {
      code: "import type { Pool } from 'pg'; async function f(db: Pool, ids: string[]) { for (const id of ids) await db.query('…', [id]) }",
      errors: [...independent],
    },
  ],
})

const typed = { filename: new URL('../fixtures/typed/async.ts', import.meta.url).pathname, settings: { bounded: { contexts: [] } } }

run('typed', 'a promise that is made in place and a timer', rule, {
  valid: [
    {
      ...typed,
      code: "import { setTimeout as after } from 'node:timers/promises'\nexport async function f(ids: string[]) { for (const id of ids) { await fetch(id); await after(10) } }",
    },
  ],
  invalid: [
    {
      ...typed,
      code: "import { readFile as after } from 'node:fs/promises'\nexport async function f(ids: string[]) { for (const id of ids) { await fetch(id); await after(id) } }",
      errors: [...independent],
    },
  ],
})

/** A loop in `tests/fixtures/typed/loops/` next to the files that it imports from. */
const beside = { filename: new URL('../fixtures/typed/loops/file.ts', import.meta.url).pathname, settings: { bounded: { contexts: [] } } }
const loop = (imports: string, body: string) => `${imports}\nexport async function f(ids: string[]) { for (const id of ids) { ${body} } }`

run('typed', 'what a function of another file does', rule, {
  valid: [
    { ...beside, name: 'it keeps a value from one call to the next', code: loop("import { remembering } from './callees.js'", 'await remembering(id)') },
    { ...beside, name: 'a function that it calls in a third file does', code: loop("import { further } from './callees.js'", 'await further(id)') },
    { ...beside, name: 'it spaces its work', code: loop("import { unhurried } from './callees.js'", 'await unhurried(id)') },
    { ...beside, name: 'it changes what all of them share', code: loop("import { filling, plain } from './callees.js'", 'const names = all; await plain(id); await filling(id, names)').replace('export', 'const all: string[] = []\nexport') },
    { ...beside, name: 'a method whose object keeps a value', code: loop("import { Ledger } from './callees.js'\nconst ledger = new Ledger('/')", 'await ledger.entry(id)') },
    { ...beside, name: 'nothing is known of what is behind an interface', code: loop("import type { Account } from './callees.js'\ndeclare const of: (id: string) => Account", 'await of(id).entry()') },
  ],
  invalid: [
    { ...beside, name: 'it only does its work', code: loop("import { plain } from './callees.js'", 'await plain(id)'), errors: [...independent] },
    { ...beside, name: 'it keeps what it has found under its own key', code: loop("import { caching } from './callees.js'", 'await caching(id)'), errors: [{ messageId: 'independentIterations', suggestions: [] }] },
    { ...beside, name: 'what it changes is made in the iteration', code: loop("import { filling, plain } from './callees.js'", 'const names: string[] = []; await plain(id); await filling(id, names)'), errors: [...independent] },
    { ...beside, name: 'a method that only does its work', code: loop("import { Ledger } from './callees.js'\nconst ledger = new Ledger('/')", 'await ledger.entryOf(id)'), errors: [...independent] },
    { ...beside, name: 'each iteration has an object of its own', code: loop("import { Ledger } from './callees.js'", 'const ledger = new Ledger(id); await ledger.entry(id)'), errors: [...independent] },
    { ...beside, name: 'the element is the object', code: "import type { Savings } from './callees.js'\nexport async function f(all: Savings[]) { for (const one of all) await one.entry() }", errors: [...independent] },
  ],
})

run('typed', 'what a value of another file is', rule, {
  valid: [
    { ...beside, name: 'one connection', code: loop("import { single } from './resources.js'", "await single.query('select $1', [id])") },
    { ...beside, name: 'one connection in a field', code: loop("import { Holder } from './resources.js'\nconst it = new Holder()", "await it.single.query('select $1', [id])") },
    { ...beside, name: 'a stream, by its type alone', code: loop("import type { Writable } from 'node:stream'\ndeclare const all: { to: Writable }", 'all.to.write(await (await fetch(id)).text())') },
    { ...beside, name: 'a subclass of a stream', code: loop("import { out } from './resources.js'", 'out.write(await (await fetch(id)).text())') },
    { ...beside, name: 'a stream that another file opened', code: loop("import { target } from './resources.js'", 'target.write(await (await fetch(id)).text())') },
    { ...beside, name: 'an open file', code: loop("import type { FileHandle } from 'node:fs/promises'\ndeclare const of: { it: FileHandle }", 'await of.it.write(id)') },
  ],
  invalid: [
    { ...beside, name: 'a pool', code: loop("import { many } from './resources.js'", "await many.query('select $1', [id])"), errors: [...independent] },
    { ...beside, name: 'a pool in a field', code: loop("import { Holder } from './resources.js'\nconst it = new Holder()", "await it.many.query('select $1', [id])"), errors: [...independent] },
    { ...beside, name: 'a pool under a name of the program', code: loop("import type { Handle } from './resources.js'\ndeclare const of: { it: Handle }", "await of.it.query('select $1', [id])"), errors: [...independent] },
    { ...beside, name: 'a set', code: loop('declare const all: { to: Set<string> }', 'all.to.add(await (await fetch(id)).text())'), errors: [...independent] },
  ],
})

describe('message', () => {
  it('quotes the call and says what was seen', () => {
    const [report] = lint(rule, 'async function f(ids) { const out = []; for (const id of ids) out.push(await fetch(id)); return out }', { filename: 'src/a.ts' })
    expect(report?.message).toBe(
      'Each iteration waits for `fetch(id)` before the next one starts, but none needs another: no iteration reads what another writes; ' +
        'the call uses only `id` of its own; results keep their order. Start them together, a bounded number at a time, with `mapBounded`.',
    )
  })

  it('is one per loop', () => {
    const reports = lint(rule, 'async function f(ids) { for (const id of ids) { await fetch(id); await fetch(id + 1) } }', { filename: 'src/a.ts' })
    expect(reports.map(({ line, column }) => [line, column])).toEqual([[1, 49]])
  })
})

/**
 * What other linters' rule of this name leaves alone (ESLint, oxlint and Biome 13 programs, deno_lint 18, many the same):
 * awaits outside the loop, in its head's source, and in functions inside it.
 */
const elsewhereValid = [
  'async function a() { await b }',
  'async function a() { for (const x in await xs) {} }',
  'async function a() { for (const x of await xs) {} }',
  'async function a() { for await (const x of await xs) {} }',
  'async function a() { for (const x of await xs) use(x) }',
  'async function a() { for (let x in await xs) use(x) }',
  'async function a() { while (true) { async function b() { await c } } }',
  'async function a() { for (let i = await start(); i < n; i++) use(i) }',
  'async function a() { do {} while (b) }',
  'async function a() { while (true) { const b = async function () { await c } } }',
  'async function a() { while (true) { const b = async () => await c } }',
  'async function a() { while (true) { const b = async () => { await c } } }',
  'async function a() { while (true) { class B { async b() { await c } } } }',
  'async function a(xs) { for await (const x of xs) { await f(x) } }',
  'async function a(xs) { const all = []; for (const x of xs) all.push(f(x)); return g(await Promise.all(all)) }',
  'async function a(xs) { for (const x of xs) { const b = async () => await f(x) } }',
  'async function a(xs) { for (const x of xs) { async function b() { return await f(1) } } }',
  'async function a(xs) { for (const x of xs) { const b = async function () { return await f(1) } } }',
  'async function a(xs) { for await (const x of xs) console.log(await f(x)) }',
  'async function a(xs) { for await (const x of await xs) console.log(await f(x)) }',
  'function a() { async function b() { for (const x of await xs) {} } }',
  'for (const x of xs) { const b = async () => await f(x) }',
  'for (const x of xs) { async function b() { return await f(1) } }',
  'for await (const x of xs) console.log(await f(x))',
  'for (let i = await start(); i < n; i++) use(i)',
  'for (const x of await xs) use(x)',
  'for (let x in await xs) use(x)',
]

/** What they report (14 and 14 programs, many the same), with what this rule makes of it: a reason for order, or too little known. */
const elsewhereInvalid: readonly (readonly [code: string, verdict: string])[] = [
  ['async function a() { while (b) { await c } }', 'control'],
  ['async function a() { while (await b()) {} }', 'control'],
  ['async function a() { while (b) { for await (x of xs); } }', 'control'],
  ['async function a(xs) { for (var x of xs) { await b } }', 'same-work'],
  ['async function a(xs) { for (var x of xs) await b }', 'same-work'],
  ['async function a(xs) { for (var x in xs) { await b } }', 'same-work'],
  ['async function a() { for (let i = 0; i < n; i++) { await b } }', 'same-work'],
  ['async function a() { for (let i; await b(i); i++) {} }', 'control'],
  ['async function a() { for (let i; i < n; i = await b) {} }', 'control'],
  ['async function a() { do { await b } while (c) }', 'control'],
  ['async function a() { do {} while (await b) }', 'control'],
  ['async function a() { while (true) { if (b) { c(await b) } } }', 'control'],
  ['async function a() { while (b || 5 > await c) {} }', 'control'],
  ['async function a(xs) { for await (const x of xs) { while (1) await f(x) } }', 'control'],
  ['async function a(xs) { const all = []; for (const x of xs) { all.push(await f(x)) } return g(all) }', 'independent'],
  ['for (const x of xs) { all.push(await f(x)) }', 'unknown'],
  ['for (let i = 0; i < await f(); i++) { g() }', 'control'],
  ['for (let i = 0; i < 42; await f(i)) { g() }', 'control'],
  ['for (let i = 0; i < 42; i++) { await f() }', 'same-work'],
  ['for (const x in xs) { await f(x) }', 'unknown'],
  ['while (await f()) { g() }', 'control'],
  ['while (true) { await f() }', 'control'],
  ['do { f() } while (await g())', 'control'],
  ['do { await f() } while (true)', 'control'],
  ['for await (const x of xs) { async function a() { for (const y of ys) { await f(y) } } await g() }', 'unknown'],
  ['function a() { async function b(xs) { for (const x of xs) { await f(x) } } }', 'unknown'],
  ['async function a(xs) { for (const x of xs) { const ys = f(x); for (const y in ys) { await g(y) } } }', 'unknown'],
]

describe('other linters', () => {
  it.each(elsewhereValid)('silent as they are: %s', (code) => {
    expect(lint(rule, code, { filename: 'src/a.ts' })).toEqual([])
  })

  it.each(elsewhereInvalid)('%s: %s', (code, expected) => {
    const found = analyse(code, (sourceCode) => {
      let verdict = ''
      walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
        if (!isLoop(node)) return
        const answer = loopsOf(sourceCode, settingsOf({})).verdictOf(node)
        if (answer.kind === 'unknown' && !answer.firstAwait) return
        verdict = answer.kind === 'ordered' ? answer.reason : answer.kind
      })
      return verdict
    })
    expect(found).toBe(expected)
    expect(lint(rule, code, { filename: 'src/a.ts' })).toHaveLength(expected === 'independent' ? 1 : 0)
  })
})

it('quotes an import without its `await`', () => {
  const [message] = lint(rule, 'import { readdir } from "node:fs/promises"\nexport async function load(folder) { const all = []\n for (const file of await readdir(folder)) { const { default: command } = await import(file)\n all.push(command) }\n return all }')
  expect(message?.message).toMatch(/^Each iteration waits for `import\(file\)` before/)
})

it('names the helper that the settings name, and speaks of results only where there are any', () => {
  const found = (body: string, settings = {}) => lint(rule, `export async function f(ids) { const all = []\n for (const id of ids) { ${body} }\n return all }`, { settings })[0]
  expect(found('all.push(await fetch(id))')?.message).toMatch(/with `mapBounded`\.$/)
  expect(found('all.push(await fetch(id))', { helper: 'p-map' })?.message).toMatch(/with `pMap`\.$/)
  expect(found('all.push(await fetch(id))')?.suggestions?.[0]?.desc).toContain('Results keep their order; effects of later items')
  expect(found('await fetch(id)')?.suggestions?.[0]?.desc).toContain('`forEachBounded`. Effects of later items')
})
