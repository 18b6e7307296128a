import rule from '../../rules/no-race-across-await.ts'
import { run } from '../support/rule-tester.ts'

const app = "import express from 'express'; const app = express()"
const possible = [{ report: 'possible' }] as const
const route = (body: string, top = '') => `${app}; ${top}; app.get('/users', async (req, res) => { ${body} })`
const requests = 'requests run at once (`handler GET /users`)'

run('js', 'sums over elements', rule, {
  valid: [
    { name: 'waited for first', code: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { const price = await load(item); sum += price })); return sum }' },
    { name: 'one after another', code: 'export async function total(items) { let sum = 0; for (const item of items) sum += await load(item); return sum }' },
    { name: 'a variable of the mapper', code: 'export const totals = (items) => Promise.all(items.map(async (item) => { let sum = 0; sum += await load(item); return sum }))' },
    { name: 'read after the wait', code: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { sum = (await load(item)) + sum })); return sum }' },
    { name: 'a value that is replaced', code: 'export async function last(items) { let one; await Promise.all(items.map(async (item) => { one = await load(item) })); return one }' },
    { name: 'under a lock', code: 'import { mutex } from "./lock.js"; export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { await mutex.runExclusive(async () => {}); sum += await load(item) })); return sum }' },
    { name: 'reduce waits for the one before', code: 'export async function total(items) { let sum = 0; await items.reduce(async (before, item) => { await before; sum += await load(item) }, null); return sum }' },
    { name: 'an entry of its own', code: 'export async function total(items) { await Promise.all(items.map(async (item) => { item.sum += await load(item) })) }' },
    { name: 'in a test', code: "it('adds', async () => { let sum = 0; await Promise.all(items.map(async (item) => { sum += await load(item) })) })" },
  ],
  invalid: [
    {
      name: 'compound assignment',
      code: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { sum += await load(item) })); return sum }',
      errors: [{
        messageId: 'sum',
        data: { place: 'sum', work: 'await load(item)', line: '1', others: 'all elements of `items` are worked on at once' },
        suggestions: [{
          messageId: 'waitFirst',
          data: { name: 'value', place: 'sum' },
          output: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { const value = await load(item)\nsum += value })); return sum }',
        }],
      }],
    },
    {
      name: 'the old value in the new one',
      code: 'export async function collect(items) {\n  let all = []\n  await Promise.all(items.map(async (item) => {\n    all = [...all, await load(item)];\n  }))\n  return all\n}',
      errors: [{
        messageId: 'sum',
        suggestions: [{
          messageId: 'waitFirst',
          output: 'export async function collect(items) {\n  let all = []\n  await Promise.all(items.map(async (item) => {\n    const value = await load(item);\n    all = [...all, value];\n  }))\n  return all\n}',
        }],
      }],
    },
    {
      name: 'a member of an object outside',
      code: 'export async function total(items, out) { items.forEach(async (item) => { out.sum = out.sum + (await load(item)) }) }',
      errors: [{ messageId: 'sum', suggestions: [{ messageId: 'waitFirst', output: 'export async function total(items, out) { items.forEach(async (item) => { const value = await load(item)\nout.sum = out.sum + (value) }) }' }] }],
    },
    {
      name: 'other work would move: no rewrite',
      code: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { sum += weigh() * (await load(item)) })); return sum }',
      errors: [{ messageId: 'sum', suggestions: [] }],
    },
    {
      name: 'no statement of its own: no rewrite',
      code: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => (sum += await load(item)))); return sum }',
      errors: [{ messageId: 'sum', suggestions: [] }],
    },
    {
      name: 'a name that is taken',
      code: 'export async function total(items, value) { let sum = value; await Promise.all(items.map(async (item) => { sum += await load(item) })); return sum }',
      errors: [{ messageId: 'sum', suggestions: [{ messageId: 'waitFirst', output: 'export async function total(items, value) { let sum = value; await Promise.all(items.map(async (item) => { const value2 = await load(item)\nsum += value2 })); return sum }' }] }],
    },
    {
      name: 'applied where the user takes all rewrites',
      code: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { sum += await load(item) })); return sum }',
      options: [{ fixes: 'all' }],
      output: 'export async function total(items) { let sum = 0; await Promise.all(items.map(async (item) => { const value = await load(item)\nsum += value })); return sum }',
      errors: [{ messageId: 'sum' }],
    },
  ],
})

run('js', 'sums and copies over requests', rule, {
  valid: [
    { name: 'a variable of the request', code: route('let count = 0; count += await load(req); res.json(count)') },
    { name: 'read again', code: route('const old = count; await save(old); count = count + 1', 'let count = 0') },
    { name: 'a copy that was changed in place', code: route('const list = state.list; await save(list); state.list = list', 'const state = { list: [] }') },
    { name: 'no wait between', code: route('await save(); const old = count; count = old + 1', 'let count = 0') },
    { name: 'a wait on another way', code: route('const old = count; if (req.body) { return res.json(await load(req)) } count = old + 1', 'let count = 0') },
    { name: 'start-up', code: `${app}; let count = 0; app.listen(80, async () => { count += await load() })` },
    { name: 'callers, of whom nothing shows that they call at once', code: 'let count = 0; export async function add(item) { count += await load(item) }' },
  ],
  invalid: [
    {
      name: 'a variable of the module',
      code: route('count += await load(req); res.json(count)', 'let count = 0'),
      errors: [{ messageId: 'sum', data: { place: 'count', work: 'await load(req)', line: '1', others: requests }, suggestions: [{ messageId: 'waitFirst', output: route('const value = await load(req);\ncount += value; res.json(count)', 'let count = 0') }] }],
    },
    {
      name: 'a copy from before the wait',
      code: route('const old = count; await save(old); count = old + 1', 'let count = 0'),
      errors: [{ messageId: 'copy', data: { place: 'count', work: 'await save(old)', line: '1', others: requests } }],
    },
    {
      name: 'an object made of the copy',
      code: route('const old = state.user; await save(old); state.user = { ...old, seen: true }', 'const state = {}'),
      errors: [{ messageId: 'copy' }],
    },
    {
      name: 'callers, where the user asks for what is possible',
      code: 'let count = 0; export async function add(item) { count += await load(item) }',
      options: possible,
      errors: [{ messageId: 'sum', data: { place: 'count', work: 'await load(item)', line: '1', others: 'calls of `add` may run at once' }, suggestions: [{ messageId: 'waitFirst', output: 'let count = 0; export async function add(item) { const value = await load(item)\ncount += value }' }] }],
    },
  ],
})

const pool = (body: string, more = '') => `export class Pool { async browser() { ${body} } ${more} }`

run('js', 'made at the first call', rule, {
  valid: [
    { name: 'the promise is kept', code: pool('this.launched ??= launch(); return this.launched') },
    { name: 'the promise is kept under another name', code: pool('if (!this.one) { this.pending ??= launch(); this.one = await this.pending } return this.one') },
    { name: 'a flag before the wait', code: pool('if (!this.one && !this.busy) { this.busy = true; this.one = await launch() } return this.one') },
    { name: 'looked at again after the wait', code: pool('if (!this.one) { const made = await launch(); if (!this.one) this.one = made } return this.one') },
    { name: 'nothing that stays open', code: pool('if (!this.one) this.one = await readName(); return this.one') },
    { name: 'made at once, of what was waited for', code: pool('if (!this.one) { const { createPage } = await import("./page.js"); this.one = createPage() } return this.one') },
    { name: 'only worked out, per request', code: route('if (!name) name = await readName(); res.json(name)', 'let name') },
    { name: 'ticks of a timer', code: 'let client; setInterval(async () => { if (!client) client = await connect() }, 100); export const end = () => client.end()' },
    { name: 'nothing goes on with it', code: pool('if (!this.one) this.one = await launch()') },
    { name: 'made every time', code: pool('this.one = await launch(); return this.one') },
    { name: 'another field is looked at', code: pool('if (!this.other) this.one = await launch(); return this.one') },
    { name: 'made where it is there', code: pool('if (this.one) this.one = await launch(); return this.one') },
    { name: 'no wait', code: pool('if (!this.one) this.one = launch(); await ready(); return this.one') },
    { name: 'at the start of the program', code: 'export class Pool { async start() { if (!this.one) this.one = await launch(); this.one.on("end", stop) } }' },
    { name: 'a variable of the function', code: 'export async function browser() { let one; if (!one) one = await launch(); return one }' },
    { name: 'not to be called from outside', code: 'let one; async function browser() { if (!one) one = await launch(); return one } browser()' },
    { name: 'under a lock', code: pool('await this.lock.acquire(); if (!this.one) this.one = await launch(); return this.one') },
    { name: 'inside a lock', code: pool('return this.mutex.runExclusive(async () => { if (!this.one) this.one = await launch(); return this.one })') },
    { name: 'a field of an object made per call', code: 'export async function browser() { const pool = {}; if (!pool.one) pool.one = await launch(); return pool.one }' },
    { name: 'a test', code: pool('if (!this.one) this.one = await launch(); return this.one'), filename: 'src/pool.test.js' },
  ],
  invalid: [
    {
      name: 'an if',
      code: pool('if (!this.one) { this.one = await launch() } return this.one'),
      errors: [{ messageId: 'start', data: { place: 'this.one', work: 'await launch()', line: '1', others: 'calls of `browser` may run at once' } }],
    },
    { name: 'an early return', code: pool('if (this.one) return this.one; const made = await launch(); this.one = made; return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'an assignment that asks', code: pool('this.one ??= await launch(); return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'an or', code: pool('return this.one || (this.one = await launch()), this.one'), errors: [{ messageId: 'start' }] },
    { name: 'one of two reasons', code: pool('if (!this.one || !this.one.isConnected()) this.one = await launch(); return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'compared with null', code: pool('if (this.one == null) this.one = await launch(); return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'in the other branch', code: pool('if (this.one) { touch() } else { this.one = await launch() } return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'under another name', code: pool('const known = this.one; if (!known) this.one = await launch(); return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'worked with', code: 'let client; export async function query(sql) { if (!client) client = await connect(); return client.query(sql) }', errors: [{ messageId: 'start', data: { place: 'client', work: 'await connect()', line: '1', others: 'calls of `query` may run at once' } }] },
    { name: 'returned by a method that starts', code: 'export class Pool { async start() { if (!this.one) this.one = await launch(); return this.one } }', errors: [{ messageId: 'start' }] },
    { name: 'started with what callers bring', code: 'export class Pool { async open(page) { if (!this.one) this.one = await launch(); await this.one.goto(page) } }', errors: [{ messageId: 'start' }] },
    { name: 'made of what is opened', code: pool('if (!this.one) this.one = createPage(await readName()); return this.one'), errors: [{ messageId: 'start' }] },
    { name: 'per request', code: route('if (!client) client = await connect(); res.end()', 'let client'), errors: [{ messageId: 'start', data: { place: 'client', work: 'await connect()', line: '1', others: requests } }] },
    { name: 'only worked out, where the user asks for what is possible', code: route('if (!name) name = await readName(); res.json(name)', 'let name'), options: possible, errors: [{ messageId: 'start' }] },
    { name: 'a timer, where the user asks for what is possible', code: 'let client; setInterval(async () => { if (!client) client = await connect() }, 100); export const end = () => client.end()', options: possible, errors: [{ messageId: 'start' }] },
    { name: 'a flag', code: route('if (!ready) { await migrate(); ready = true } res.end()', 'let ready = false'), errors: [{ messageId: 'flag' }] },
    { name: 'nothing goes on with it, where the user asks for what is possible', code: pool('if (!this.one) this.one = await launch()'), options: possible, errors: [{ messageId: 'start' }] },
  ],
})

const each = (body: string) => `const cache = new Map(); const record = {}; export const loadAll = (ids) => Promise.all(ids.map(async (id) => { ${body} }))`
const entry = { place: 'cache[id]', work: 'await load(id)', line: '1', others: 'all elements of `ids` are worked on at once' }

run('js', 'entries of a cache', rule, {
  valid: [
    { name: 'the promise is put in', code: each('if (!cache.has(id)) cache.set(id, load(id)); return await cache.get(id)') },
    { name: 'another key is looked for', code: each('if (!cache.has(id)) cache.set(keyOf(id), await load(id))') },
    { name: 'put in every time', code: each('cache.set(id, await load(id))') },
    { name: 'marked before the wait', code: each('if (cache.has(id)) return; cache.set(id, null); cache.set(id, await load(id))') },
    { name: 'callers, of whom nothing shows that they call at once', code: 'const cache = new Map(); export async function get(id) { if (!cache.has(id)) cache.set(id, await load(id)); return cache.get(id) }' },
  ],
  invalid: [
    { name: 'a map', code: each('if (!cache.has(id)) cache.set(id, await load(id)); return cache.get(id)'), errors: [{ messageId: 'fill', data: entry }] },
    { name: 'what was got', code: each('let known = cache.get(id); if (!known) { known = await load(id); cache.set(id, known) } return known'), errors: [{ messageId: 'fill', data: entry }] },
    { name: 'an early return', code: each('if (cache.has(id)) return cache.get(id); const made = await load(id); cache.set(id, made); return made'), errors: [{ messageId: 'fill', data: entry }] },
    { name: 'a record', code: each('if (!record[id]) record[id] = await load(id); return record[id]'), errors: [{ messageId: 'fill' }] },
    { name: 'a record, by its keys', code: each('if (!(id in record)) record[id] = await load(id); return record[id]'), errors: [{ messageId: 'fill' }] },
    { name: 'callers, where the user asks for what is possible', code: 'const cache = new Map(); export async function get(id) { if (!cache.has(id)) cache.set(id, await load(id)); return cache.get(id) }', options: possible, errors: [{ messageId: 'fill' }] },
  ],
})

run('annotated', 'TypeScript', rule, {
  valid: [{ name: 'the promise is kept', code: 'export class Pool { #one?: Promise<Browser>; async browser(): Promise<Browser> { return (this.#one ??= launch()) } }' }],
  invalid: [
    { name: 'a private field that is asserted', code: 'export class Pool { #one?: Browser; async browser(): Promise<Browser> { if (!this.#one) { this.#one = (await launch()) as Browser } return this.#one! } }', errors: [{ messageId: 'start' }] },
  ],
})
