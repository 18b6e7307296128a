import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import rule from '../../rules/require-await.ts'
import { platformClasses } from '../../src/knowledge/platform-classes.ts'
import { fixed, lint } from '../support/lint.ts'
import { run } from '../support/rule-tester.ts'

/** The path of typed cases says `fixtures`, which is quiet otherwise. */
const typed = { filename: new URL('../fixtures/typed/async.ts', import.meta.url).pathname, settings: { bounded: { contexts: [] } } }

run('js', 'who needs the promise of a function of the file', rule, {
  valid: [
    {
      name: 'it waits',
      code: 'async function double(x) { return (await read(x)) * 2 }\nexport async function g() { return (await double(2)) + 1 }',
    },
    {
      name: 'somebody chains on it',
      code: 'async function double(x) { return x * 2 }\nexport function g() { return double(2).then(show) }',
    },
    {
      name: 'somebody keeps it',
      code: 'async function double(x) { return x * 2 }\nexport function g() { pending.set(2, double(2)) }',
    },
    {
      name: 'a variable that holds one that waits at other times',
      code: 'let read = async (x) => x * 2\nif (remote) read = async (x) => await load(x)\nexport async function g() { return (await read(1)) + 1 }',
    },
    { name: 'nothing uses it', code: 'async function double(x) { return x * 2 }' },
    {
      name: 'a branch of a dispatcher whose other branches wait',
      code: 'async function one(x) { return x * 2 }\nasync function two(x) { return (await load(x)) * 2 }\nexport function g(x) { if (x) return one(x)\n return two(x) }',
    },
    {
      name: 'allSettled tells a rejection from an exception',
      code: 'export const f = (xs) => Promise.allSettled(xs.map(async (x) => { return parse(x).y + 1 }))',
    },
  ],
  invalid: [
    {
      name: 'one caller, and it awaits',
      code: 'async function double(x) { return x * 2 }\nexport async function g() { await io(); return (await double(2)) + 1 }',
      output: 'function double(x) { return x * 2 }\nexport async function g() { await io(); return (double(2)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing', data: { name: '`double`', callers: 'its one caller needs no promise', cost: 'each `await` of it waits a tick for a value that is there already', awaits: ', and `await` where it is called' }, line: 1, column: 1, endColumn: 22 }],
    },
    {
      name: 'the value is awaited later',
      code: 'async function double(x) { return x * 2 }\nexport async function g() { const p = double(2); await io(); return p }',
      output: 'function double(x) { return x * 2 }\nexport async function g() { const p = double(2); await io(); return p }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'a variable that holds only functions that do not wait',
      code: 'let read = async (x) => x * 2\nif (remote) read = (x) => x * 3\nexport async function g() { await io(); return (await read(1)) + 1 }',
      output: 'let read = (x) => x * 2\nif (remote) read = (x) => x * 3\nexport async function g() { await io(); return (read(1)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'a private method',
      code: 'export class A {\n  async #next() { this.n += 1 }\n  async run() { await io(); await this.#next() }\n}',
      output: 'export class A {\n  #next() { this.n += 1 }\n  async run() { await io(); this.#next() }\n}',
      errors: [{ messageId: 'awaitedForNothing', line: 2, column: 3, endColumn: 14 }],
    },
    {
      name: 'a function called where it stands',
      code: '(async () => { count += 1 })()',
      output: '(() => { count += 1 })()',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'a condition that is always true',
      code: 'const isLatest = async (id) => id === current\nif (isLatest(7)) publish()',
      errors: [
        {
          messageId: 'alwaysTruthy',
          data: { name: '`isLatest`', condition: '`isLatest(7)`' },
          suggestions: [{ messageId: 'dropAsync', data: { change: ' (the condition then tests the value)' }, output: 'const isLatest = (id) => id === current\nif (isLatest(7)) publish()' }],
        },
      ],
    },
    {
      name: 'a predicate of a list',
      code: 'export const f = (xs) => xs.filter(async (x) => x > 2)',
      errors: [{ messageId: 'alwaysTruthy', suggestions: [{ messageId: 'dropAsync', output: 'export const f = (xs) => xs.filter((x) => x > 2)' }] }],
    },
  ],
})

run('js', 'what becomes of a callback\'s promise', rule, {
  valid: [
    { name: 'the receiver is unknown', code: 'retry(async () => { count += 1 })' },
    { name: 'a wrapper that chains on it', code: 'app.get("/", wrap(async (req, res, next) => { res.send("a"); next() }))' },
    { name: 'Fastify sends what the promise gives', code: 'import fastify from "fastify"\nconst app = fastify()\napp.get("/", async (request, reply) => { return { a: 1 } })' },
    { name: 'async asks for the kind of the function', code: 'import async from "async"\nasync.each(xs, async (x) => { count += x })' },
    { name: 'the list of promises goes on', code: 'export const f = (xs) => xs.map(async (x) => x * 2)' },
    { name: 'a function of the file that chains on it', code: 'function attempt(f) { return f().catch(log) }\nattempt(async () => { count += 1 })' },
    { name: 'test bodies', code: 'it("adds", async () => { expect(1 + 1).toBe(2) })' },
  ],
  invalid: [
    {
      name: 'a list of promises that Promise.all takes',
      code: 'export const f = async (xs) => Promise.all(xs.map(async (x) => x * 2))',
      output: 'export const f = async (xs) => Promise.all(xs.map((x) => x * 2))',
      errors: [{ messageId: 'plainValueDoes', data: { name: 'This callback', receiver: '`Promise.all`' } }],
    },
    {
      name: 'the same through a variable, and with calls that may throw',
      code: 'export async function f(xs) { const all = xs.map(async (x) => { return parse(x).y + 1 })\n return Promise.all(all) }',
      errors: [
        {
          messageId: 'plainValueDoes',
          suggestions: [
            {
              messageId: 'dropAsync',
              data: { change: ' (an exception then reaches the caller at once instead of becoming a rejection)' },
              output: 'export async function f(xs) { const all = xs.map((x) => { return parse(x).y + 1 })\n return Promise.all(all) }',
            },
          ],
        },
      ],
    },
    {
      name: 'a listener that cannot throw',
      code: 'socket.on("close", async () => { open -= 1 })',
      output: 'socket.on("close", () => { open -= 1 })',
      errors: [{ messageId: 'ignoredPromise', data: { name: 'This callback', receiver: '`socket.on`' } }],
    },
    {
      name: 'a listener that may throw, and returns what may be a promise',
      code: 'player.on("idle", async (state) => { if (state.last) return stop(state)\n play(state) })',
      errors: [{ messageId: 'ignoredPromise', suggestions: [{ messageId: 'dropAsync', output: 'player.on("idle", (state) => { if (state.last) return stop(state)\n play(state) })' }] }],
    },
    {
      name: 'a promise\'s callback: nothing changes at all',
      code: 'load().then(async (text) => parse(text))',
      output: 'load().then((text) => parse(text))',
      errors: [{ messageId: 'plainValueDoes' }],
    },
    {
      name: 'an executor',
      code: 'export const p = new Promise(async (resolve) => { start(); resolve() })',
      errors: [{ messageId: 'ignoredPromise', suggestions: [{ messageId: 'dropAsync', output: 'export const p = new Promise((resolve) => { start(); resolve() })' }] }],
    },
    {
      name: 'a route of Express, also in a chain',
      code: 'import express from "express"\nconst app = express().use(log)\napp.get("/", async (req, res) => { res.send("a") })',
      errors: [{ messageId: 'plainValueDoes', suggestions: 1 }],
    },
    {
      name: 'a handler that answers through its response',
      code: 'export const f = (app) => app.get("/", async (req, res) => { res.send("a") })',
      errors: [{ messageId: 'plainValueDoes', suggestions: 1 }],
    },
    {
      name: 'a function of the file that awaits what its callback gives',
      code: 'async function attempt(f) { await io(); return await f() }\nattempt(async () => { count += 1 })',
      output: 'async function attempt(f) { await io(); return await f() }\nattempt(() => { count += 1 })',
      errors: [{ messageId: 'plainValueDoes' }],
    },
    {
      name: 'an attribute of an element',
      code: 'export const b = () => <button onClick={async () => { count += 1 }} />',
      output: 'export const b = () => <button onClick={() => { count += 1 }} />',
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
      errors: [{ messageId: 'ignoredPromise' }],
    },
  ],
} as never)

run('js', 'what is returned', rule, {
  valid: [
    { name: 'a promise', code: 'async function f() { return new Promise(start) }\nexport async function g() { await io(); await f() }' },
    { name: 'the promise of a function of the file', code: 'async function h() { return await io() }\nasync function f() { return h() }\nexport async function g() { await io(); await f() }' },
    { name: 'what an unknown call gives', code: 'async function f() { return query(1) }\nexport async function g() { await io(); await f() }' },
    { name: 'a member that holds a promise', code: 'class A { #p = null\n async #load() { if (!this.#p) this.#p = fetch("a").then(parse)\n return this.#p }\n async run() { await io(); await this.#load() } }' },
    { name: 'a rejection', code: 'async function f(x) { if (x) return Promise.reject(x)\n return 1 }\nexport async function g() { await io(); await f() }' },
    { name: 'a parameter that may be a promise', code: 'async function f(x) { return x }\nexport async function g() { await io(); await f(1) }' },
  ],
  invalid: [
    {
      name: 'Promise.resolve of plain values, in branches and without an argument',
      code: 'const f = async (x) => x ? Promise.resolve({ x }) : Promise.resolve()\nexport async function g() { await io(); await f(1) }',
      output: 'const f = (x) => x ? { x } : undefined\nexport async function g() { await io(); f(1) }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'the only thing returned is a resolved promise of an object',
      code: 'const f = async () => Promise.resolve({ a: 1 })\nexport async function g() { await io(); return (await f()).a }',
      output: 'const f = () => ({ a: 1 })\nexport async function g() { await io(); return (f()).a }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'a bare resolved promise',
      code: 'async function f() { count += 1; return Promise.resolve(); }\nexport async function g() { await io(); await f() }',
      output: 'function f() { count += 1; return; }\nexport async function g() { await io(); f() }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'a value that the function itself reads members of',
      code: 'async function f(x) { log(x.id); return x }\nexport async function g() { await io(); await f(1) }',
      output: 'function f(x) { log(x.id); return x }\nexport async function g() { await io(); f(1) }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'the methods of strings and lists',
      code: 'async function f(x) { return x.split(",").map((each) => each.trim()).filter(Boolean) }\nexport async function g() { await io(); await f("a") }',
      output: 'function f(x) { return x.split(",").map((each) => each.trim()).filter(Boolean) }\nexport async function g() { await io(); f("a") }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
  ],
})

run('js', 'stubs and rejections', rule, {
  valid: [
    { name: 'empty', code: 'async function f() {}\nexport async function g() { await f() }' },
    { name: 'only throws', code: 'async function f() { throw new Error("not supported") }\nexport async function g() { await f() }' },
    { name: 'a hook for subclasses', code: 'export class A { async _before() { return undefined }\n async run() { await io(); await this._before() } }' },
    { name: 'a public method that says throw', code: 'export class A { async f(x) { const y = x + 1; if (y > 2) throw new Error("a"); return y }\n async run() { await io(); return await this.f(1) } }' },
    { name: 'a method that nothing in the file calls', code: 'export class A { async declareAll(xs) { let n = 0; for (const x of xs) n += x; this.n = n }\n async dropAll() { await io() } }' },
    { name: 'an option that is no listener by its name', code: 'define({ register: async () => { count += 1 } })' },
    { name: 'a listener among options that gives something back', code: 'define({ onLoad: async () => { return query(1) } })' },
    { name: 'a hook that calls back where it is not asynchronous', code: 'app.route({ onRequest: async () => { count += 1 } })' },
  ],
  invalid: [
    {
      name: 'a listener among options',
      code: 'mutate(data, { onSuccess: async () => { close() } })',
      errors: [{ messageId: 'publicPromise', suggestions: [{ messageId: 'dropAsync', output: 'mutate(data, { onSuccess: () => { close() } })' }] }],
    },
    {
      name: 'throws, and its one caller awaits it: the exception stands where the rejection stood',
      code: 'async function f(x) { if (x > 2) throw new Error("a"); return x + 1 }\nexport async function g() { await io(); return (await f(1)) + 1 }',
      output: 'function f(x) { if (x > 2) throw new Error("a"); return x + 1 }\nexport async function g() { await io(); return (f(1)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'throws, and its caller ignores the promise',
      code: 'async function f(x) { if (x > 2) throw new Error("a"); count = x }\nexport function g() { f(1) }',
      errors: [{ messageId: 'awaitedForNothing', suggestions: [{ messageId: 'dropAsync', data: { change: ' (an exception then reaches the caller at once instead of becoming a rejection)' }, output: 'function f(x) { if (x > 2) throw new Error("a"); count = x }\nexport function g() { f(1) }' }] }],
    },
  ],
})

run('js', 'when the tick can be told', rule, {
  valid: [],
  invalid: [
    {
      name: 'the first await of its caller: code after it would run before the caller\'s caller goes on',
      code: 'async function f(x) { return x + 1 }\nexport async function g() { const y = await f(1); await store(y) }',
      errors: [
        {
          messageId: 'awaitedForNothing',
          suggestions: [
            {
              messageId: 'dropAsyncAndAwaits',
              data: { change: ' (the code after a call then no longer waits a tick)' },
              output: 'function f(x) { return x + 1 }\nexport async function g() { const y = f(1); await store(y) }',
            },
          ],
        },
      ],
    },
    {
      name: 'an earlier await that may be skipped does not count',
      code: 'async function f(x) { return x + 1 }\nexport async function g(a) { if (a) await io(); return (await f(1)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }],
    },
    {
      name: 'in the body of for await it has waited',
      code: 'async function f(x) { return x + 1 }\nexport async function g(xs) { for await (const x of xs) log(await f(x)) }',
      output: 'function f(x) { return x + 1 }\nexport async function g(xs) { for await (const x of xs) log(f(x)) }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
  ],
} as never)

run('annotated', 'contracts that the file shows', rule, {
  valid: [
    { name: 'an interface asks for a promise', code: 'interface Store { get(key: string): Promise<number> }\nexport class A implements Store { async get(key: string) { const n = key.length; return n }\n async run() { await io(); await this.get("a") } }' },
    { name: 'an interface of another file', code: 'import type { Store } from "./store"\nexport class A implements Store { async get(key: string) { const n = key.length; return n }\n async run() { await io(); await this.get("a") } }' },
    { name: 'override', code: 'export class A extends Base { override async start(): Promise<void> { this.n = 1 } }' },
    { name: 'the base class of the file is asynchronous', code: 'class Base { async start() { await io() } }\nexport class A extends Base { async start() { this.n = 1 }\n async run() { await io(); await this.start() } }' },
    { name: 'a subclass of the file really waits', code: 'class Base { async start() { this.n = 1 }\n async run() { await io(); await this.start() } }\nexport class A extends Base { async start() { await io() } }' },
    { name: 'an annotated variable', code: 'type Load = (x: number) => Promise<number>\nconst load: Load = async (x) => x * 2\nexport async function g() { await io(); await load(1) }' },
    { name: 'a member of an annotated object', code: 'interface Api { load(x: number): Promise<number> }\nexport const api: Api = { async load(x) { const y = x * 2; return y } }' },
    { name: 'the callback\'s parameter is annotated', code: 'function attempt(f: () => Promise<void>) { queue.push(f) }\nattempt(async () => { count += 1 })' },
    { name: 'a decorated method', code: 'export class A { @Get() async list() { const a = 1; return { a } } }' },
    { name: 'server actions must be async', code: '"use server"\nexport async function add(a: number) { const b = a + 1; return { b } }' },
    { name: 'a framework looks the export up', code: 'export async function GET(request: Request) { const url = request.url; return { url } }' },
    { name: 'members of an exported object', code: 'export const storage = { async locate(asset) { const p = join(asset); return "x" + p } }' },
    { name: 'a directive for the other rules on the function', code: 'export class A {\n  // biome-ignore lint/suspicious/useAwait: API\n  private async next() { this.n += 1 }\n  async run() { await io(); await this.next() }\n}' },
  ],
  invalid: [
    {
      name: 'the annotation is rewritten with it',
      code: 'async function f(x: number): Promise<number> { return Promise.resolve(x * 2) }\nexport async function g() { await io(); return (await f(1)) + 1 }',
      output: 'function f(x: number): number { return x * 2 }\nexport async function g() { await io(); return (f(1)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'a private method beside an interface of another file',
      code: 'import type { Store } from "./store"\nexport class A implements Store { private async next(): Promise<void> { this.n += 1 }\n async run() { await io(); await this.next() } }',
      output: 'import type { Store } from "./store"\nexport class A implements Store { private next(): void { this.n += 1 }\n async run() { await io(); this.next() } }',
      errors: [{ messageId: 'awaitedForNothing', line: 2, column: 43, endColumn: 53 }],
    },
    {
      name: 'the annotated variable takes plain results',
      code: 'type Callback = (x: number) => void\nconst onDone: Callback = async (x) => { count = x }\nexport const server = new Server({ onDone })',
      errors: [{ messageId: 'publicPromise', suggestions: [{ messageId: 'dropAsync', output: 'type Callback = (x: number) => void\nconst onDone: Callback = (x) => { count = x }\nexport const server = new Server({ onDone })' }] }],
    },
    {
      name: 'toJSON is never waited for',
      code: 'export class A extends Model { async toJSON() { return { id: this.id } } }',
      errors: [{ messageId: 'publicPromise', suggestions: 1 }],
    },
    {
      name: 'an arrow function whose result is a function type',
      code: 'const f = async (x: number): Promise<() => number> => () => x\nexport async function g() { await io(); return (await f(1))() }',
      output: 'const f = (x: number): (() => number) => () => x\nexport async function g() { await io(); return (f(1))() }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    {
      name: 'an annotation that is no Promise by name: reported, not rewritten',
      code: 'async function f(x: number): Task<number> { return x * 2 }\nexport async function g() { await io(); return (await f(1)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing', suggestions: null }],
    },
  ],
} as never)

run('annotated', 'exported functions and public methods', rule, {
  valid: [
    { name: 'one return and nothing else: a mapper that somebody else calls', code: 'export async function deployConfig(config) { return { a: config.a } }' },
    { name: 'a parameter that goes unused: the signature is another\'s', code: 'export async function line(change, _type) { const a = change.a + 1; return a }' },
    { name: 'a sibling with the same parameters waits', code: 'export async function svg(original, options) { const a = original.a + options.b; return a }\nexport async function png(original, options) { await io(original, options) }' },
    { name: 'the default export', code: 'export default async function build(config) { const a = config.a + 1; return { a } }' },
    { name: 'documentation promises a promise', code: '/** @returns {Promise<number>} the sum */\nexport async function sum(a, b) { const c = a + b; return c }' },
    { name: 'a public method that nothing in the file calls', code: 'export class A { async count(xs) { let n = 0; for (const x of xs) n += x; return n } }' },
    { name: 'a component', code: 'export async function Page({ a }) { const b = a + 1; return <p>{b}</p> }', languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  ],
  invalid: [
    {
      name: 'an exported function that computes',
      code: 'export async function toKey(a: string): Promise<Key> { const hash = a + "x"; return { hash } }',
      errors: [
        {
          messageId: 'publicPromise',
          data: { name: '`toKey`' },
          suggestions: [{ messageId: 'dropAsync', data: { change: ' (code that chains on its promise must change)' }, output: 'export function toKey(a: string): Key { const hash = a + "x"; return { hash } }' }],
        },
      ],
    },
    {
      name: 'a public method whose callers in the file await it',
      code: 'export class A { async count(xs) { let n = 0; for (const x of xs) n += x; return n }\n async run() { await io(); return (await this.count([1])) + 1 } }',
      errors: [{ messageId: 'publicPromise', suggestions: 1 }],
    },
  ],
} as never)

const jsx = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }

run('js', 'what the file takes for a value is none of a promise', rule, {
  valid: [
    { name: 'an unknown call', code: 'async function f(x) { return find(x) }\nexport async function g() { await io(); await f(1) }' },
    { name: 'the same call is awaited elsewhere', code: 'async function f(x) { return find(x) }\nexport async function g() { await io(); await f(1); if (find(2)) log(await find(3)) }' },
    { name: 'the other call is a method of something else', code: 'async function f(a) { return a.find(1) }\nexport async function g(a) { await io(); await f(a); if (a.find(2)) log(1) }' },
    { name: 'a missing value is answered without an error: a cache of promises does so', code: 'async function f(x) { const known = cache.get(x); if (!known) return 1\n return known }\nexport async function g() { await io(); await f(1) }' },
    { name: 'a missing promise, by its name', code: 'async function f(x) { const pending = known(x); if (!pending) throw new Error("a")\n return pending }\nexport async function g() { await io(); await f(1) }' },
    { name: 'compared with what a promise may be at other times', code: 'async function f(x) { const y = next(x); if (y === false) return 1\n return y }\nexport async function g() { await io(); await f(1) }' },
    { name: 'a promise is looked for in a tagged template', code: 'async function f(x) { const y = next(x); log`${y}`\n return y }\nexport async function g() { await io(); await f(1) }' },
  ],
  invalid: [
    { name: 'tested', code: 'async function f(x) { return find(x) }\nexport async function g() { await io(); await f(1); if (find(2)) log(3) }', errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }] },
    { name: 'a method of the same object', code: 'export class A { async #f(x) { return this.rows.find(x) }\n async g() { await io(); await this.#f(1); log(this.rows.find(2).name) } }', errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }] },
    { name: 'kept, and read from', code: 'async function f(x) { return find(x) }\nexport async function g() { await io(); await f(1); const y = find(2); log(y.name) }', errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }] },
    { name: 'a missing value is an error', code: 'async function f(x) { const row = find(x); if (!row) throw new Error("a")\n return row }\nexport async function g() { await io(); await f(1) }', errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }] },
    { name: 'a member by destructuring', code: 'async function f(x) { const { id } = find(x)\n return id }\nexport async function g() { await io(); await f(1) }', errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }] },
    {
      name: 'computed with',
      code: 'async function f(x) { const y = next(x); log(y > 2)\n return y }\nexport async function g() { await io(); await f(1) }',
      output: 'function f(x) { const y = next(x); log(y > 2)\n return y }\nexport async function g() { await io(); f(1) }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    ...['log([...y])', 'log(`${y}`)', 'for (const z of y) log(z)', 'const [z] = y; log(z)', 'log(y[0])', 'log(y === "open")', 'log(-y)'].map((use) => ({
      name: use,
      code: `async function f(x) { const y = next(x); ${use}\n return y }\nexport async function g() { await io(); await f(1) }`,
      output: `function f(x) { const y = next(x); ${use}\n return y }\nexport async function g() { await io(); f(1) }`,
      errors: [{ messageId: 'awaitedForNothing' }],
    })),
  ],
} as never)

run('js', 'handlers', rule, {
  valid: [
    { name: 'an event that is no name', code: 'socket.on(3, async () => { open -= 1 })' },
    { name: 'a subscription by name may be waited for', code: 'bus.subscribe("closed", async () => { open -= 1 })' },
    { name: 'a component that asks for a promise', code: 'export const b = () => <Form onSubmit={async () => { count += 1 }} />', ...jsx },
    { name: 'what a component does with an own property is not known', code: 'export const b = () => <Button load={async () => { count += 1 }} />', ...jsx },
    { name: 'a promise for a component\'s own property', code: 'export const b = () => <Editor onSave={async () => save(1)} />', ...jsx },
    { name: 'kept by a wrapper that is not known', code: 'import { useCommand } from "./commands"\nexport function B() { const f = useCommand(async () => { count += 1 }, [])\n return <button onClick={f} /> }', ...jsx },
    { name: 'a wrapper\'s function that waits', code: 'import { useCallback } from "react"\nexport function B() { const f = useCallback(async () => { await io() }, [])\n return <button onClick={f} /> }', ...jsx },
    { name: 'the wrapper\'s function gets away', code: 'import { useCallback } from "react"\nexport function useB() { const f = useCallback(async () => { count += 1 }, [])\n return { f } }', ...jsx },
  ],
  invalid: [
    { name: 'an event whose name is put together', code: 'socket.on(prefix + "closed", async () => { open -= 1 })', output: 'socket.on(prefix + "closed", () => { open -= 1 })', errors: [{ messageId: 'ignoredPromise' }] },
    { name: 'a subscription', code: 'socket.closed.subscribe(async () => { open -= 1 })', output: 'socket.closed.subscribe(() => { open -= 1 })', errors: [{ messageId: 'ignoredPromise' }] },
    { name: 'a request that goes unused', code: 'export const f = (app) => app.get("/", async (_, res) => { res.send("a") })', errors: [{ messageId: 'plainValueDoes', suggestions: 1 }] },
    { name: 'a click on a component', code: 'export const b = () => <Button onClick={async () => save(1)} />', ...jsx, errors: [{ messageId: 'ignoredPromise', suggestions: 1 }] },
    { name: 'a component\'s own property', code: 'export const b = () => <Editor onSave={async () => { count += 1 }} />', ...jsx, output: 'export const b = () => <Editor onSave={() => { count += 1 }} />', errors: [{ messageId: 'plainValueDoes' }] },
    {
      name: 'the function that useCallback gives back, named as a dependency too',
      code: 'import { useCallback, useEffect } from "react"\nexport function B() { const f = useCallback(async () => { count += 1 }, [])\n useEffect(() => { f() }, [f])\n return <button onClick={f} /> }',
      ...jsx,
      output: 'import { useCallback, useEffect } from "react"\nexport function B() { const f = useCallback(() => { count += 1 }, [])\n useEffect(() => { f() }, [f])\n return <button onClick={f} /> }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
  ],
} as never)

run('js', 'functions that answer by a call', rule, {
  valid: [
    { name: 'what settles the promise is no parameter of its executor', code: 'export const find = (ok) => new Promise(() => { db.run("x", async (row) => { ok(row) }) })' },
    { name: 'the executor is another\'s', code: 'export const find = () => new Task((ok) => { db.run("x", async (row) => { ok(row) }) })' },
    { name: 'it gives something back as well', code: 'export const find = () => new Promise((ok) => { db.run("x", async (row) => { ok(row); return save(row) }) })' },
    { name: 'Koa waits for the next middleware', code: 'module.exports = async (ctx, next) => { next() }' },
    { name: 'the callback is not called', code: 'module.exports = async (request, response, next) => { response.send("a") }' },
    { name: 'a value besides the callback', code: 'module.exports = async (id, callback) => { if (callback) callback(null, id)\n return find(id) }' },
    { name: 'handed to a wrapper, which may chain on it', code: 'module.exports = wrap(async (request, response, next) => { next() })' },
    { name: 'somebody chains on it', code: 'async function close(callback) { callback(null) }\nclose(log).then(log)' },
    { name: 'a value of a listener among options', code: 'export const ask = () => new Promise((ok) => { show([{ onPress: async () => find(false) }]) })' },
  ],
  invalid: [
    {
      name: 'the `resolve` of the promise around it',
      code: 'export const find = () => new Promise((ok) => { db.run("x", async (row) => { ok(row) }) })',
      errors: [
        {
          messageId: 'answersByCall',
          data: { name: 'This callback', call: '`ok(row)`' },
          suggestions: [{ messageId: 'dropAsync', data: { change: ' (an exception then reaches the caller at once instead of becoming a rejection)' }, output: 'export const find = () => new Promise((ok) => { db.run("x", (row) => { ok(row) }) })' }],
        },
      ],
    },
    { name: 'a listener among options that settles it', code: 'export const ask = () => new Promise((ok) => { show([{ onPress: async () => ok(false) }]) })', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'the next middleware of three parameters', code: 'module.exports = async (request, response, next) => { next() }', errors: [{ messageId: 'answersByCall', data: { name: 'This function', call: '`next()`' }, suggestions: 1 }] },
    { name: 'a callback, also on the way out', code: 'module.exports = async (id, callback) => { if (!id) return callback(new Error("a"))\n callback(null, id) }', errors: [{ messageId: 'answersByCall', suggestions: 1 }] },
    { name: 'one of several callbacks', code: 'module.exports = async (request, response, next, end) => { if (!request.id) return end(1)\n return next() }', errors: [{ messageId: 'answersByCall', suggestions: 1 }] },
  ],
} as never)

run('js', 'listeners and hooks by their places', rule, {
  valid: [
    { name: 'what a handler of errors returns is looked at', code: 'window.onerror = async (event) => { count += 1 }' },
    { name: 'a member that is no event by its name', code: 'socket.message = async (event) => { count += 1 }' },
    { name: 'a function of that name in the file', code: 'function addEventListener(name, f) { kept.set(name, f) }\naddEventListener("click", async () => { count += 1 })' },
    { name: 'an event of an editor that others wait for', code: 'workspace.onWillSaveTextDocument(async () => { count += 1 })' },
    { name: 'an object without a name is no plugin', code: 'export const plugin = { async resolveId(id) { if (own.has(id)) return id } }' },
    { name: 'a hook that plugins do not have', code: 'export const plugin = { name: "own", async resolve(id) { if (own.has(id)) return id }, buildStart() {} }' },
    { name: 'objects of other kinds load and transform too', code: 'export const store = { name: "own", async load() { count += 1 } }' },
    { name: 'a transform whose second parameter names no module', code: 'export const rule = { name: "own", async transform(code, valid) { count += 1 } }' },
    { name: 'a hook that returns what may be a promise', code: 'export const plugin = { name: "own", async resolveId(id) { return find(id) } }' },
    { name: 'a handler of something else', code: 'export const plugin = { name: "own", command: { async handler(id) { count += 1 } }, buildStart() {} }' },
    { name: 'a made function whose maker\'s callers hand it on', code: 'const take = (name) => async (event) => { count += 1 }\nrun(take("a"))' },
    { name: 'a maker that waits itself', code: 'const take = async (name) => async (event) => { count += 1 }\nsocket.on("a", take("a"))' },
    { name: 'a called function for a component\'s own property', code: 'export function List() { async function remove(id) { count += id }\n return <a render={() => remove(1)} /> }', languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { name: 'a component of a server file', code: 'export default async function Page() { return <a /> }', languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
    { name: 'a function of a client file that renders nothing', code: '"use client"\nexport default async function load() { return 1 }' },
  ],
  invalid: [
    { name: 'an event handler by assignment', code: 'socket.onmessage = async (event) => { count += 1 }', errors: [{ messageId: 'ignoredPromise', data: { name: 'This callback', receiver: '`socket.onmessage`' }, suggestions: 1 }] },
    { name: 'the same function by its name', code: 'async function take() { count += 1 }\nsocket.onmessage = take', output: 'function take() { count += 1 }\nsocket.onmessage = take', errors: [{ messageId: 'awaitedForNothing' }] },
    { name: 'an event of the platform', code: 'addEventListener("click", async () => { count += 1 })', output: 'addEventListener("click", () => { count += 1 })', errors: [{ messageId: 'ignoredPromise' }] },
    { name: 'an event of an editor', code: 'workspace.onDidSaveTextDocument(async () => { count += 1 })', output: 'workspace.onDidSaveTextDocument(() => { count += 1 })', errors: [{ messageId: 'ignoredPromise' }] },
    { name: 'a hook of a bundler\'s plugin, which gives back what it is given', code: 'export const plugin = { name: "own", async resolveId(id) { if (own.has(id)) return id } }', errors: [{ messageId: 'publicPromise', data: { name: '`resolveId`' }, suggestions: 1 }] },
    { name: 'the same with a filter', code: 'export const plugin = { name: "own", transform: { filter, async handler(code, id) { count += 1 } } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'transform, by what it takes', code: 'export const plugin = { name: "own", async transform(code, id) { count += 1 } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'transform of a module by its path', code: 'export const plugin = { name: "own", async transform(source, filePath) { count += 1 } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'a made function that its maker\'s caller registers', code: 'const take = (name) => async (event) => { count += 1 }\nsocket.on("a", take("a"))', errors: [{ messageId: 'awaitedForNothing', suggestions: 1 }] },
    {
      name: 'a function called for an event of an element',
      code: 'export function List() { async function remove(id) { count += id }\n return <a onClick={() => remove(1)} /> }',
      languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
      output: 'export function List() { function remove(id) { count += id }\n return <a onClick={() => remove(1)} /> }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
    { name: 'a component of a client file', code: '"use client"\nexport default async function Page() { return <a /> }', languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } }, errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
  ],
} as never)

run('annotated', 'methods that their own class uses', rule, {
  valid: [
    { name: 'decorated, and nothing in the file uses it', code: 'export class A { @On("a") private async take(n: number) { this.n = n } }' },
    { name: 'decorated and not private', code: 'export class A { @log() async take(n: number) { this.n = n }\n run() { this.take(1) } }' },
    { name: 'started for another object, which may be of another class', code: 'export class A { async plan() { if (this.on) return\n this.on = true }\n run(other) { other.plan() } }' },
    { name: 'started, and says throw', code: 'export class A { async plan() { if (this.on) throw new Error("a")\n this.on = true }\n run() { this.plan() } }' },
  ],
  invalid: [
    { name: 'decorated, private and used', code: 'export class A { @log() private async take(n: number) { this.n = n }\n run() { this.take(1) } }', errors: [{ messageId: 'awaitedForNothing' }], output: 'export class A { @log() private take(n: number) { this.n = n }\n run() { this.take(1) } }' },
    { name: 'started, and nobody waits', code: 'export class A { async plan() { if (this.on) return\n this.on = true }\n run() { this.plan() } }', errors: [{ messageId: 'publicPromise', data: { name: '`plan`' }, suggestions: 1 }] },
  ],
} as never)

describe('every class and interface of a platform that the table names', () => {
  const named = platformClasses.flatMap(({ module, member, members }) =>
    [module].flat().flatMap((from) => [member].flat().map((name) => [from === 'globalThis' ? '' : from, name, members] as const)),
  )
  const found = (from: string, name: string, body: string): string[] => {
    const type = name === '' ? 'Base' : name
    const head = from === '' ? '' : `import ${name === '' ? type : `{ ${type} }`} from "${from}"\n`
    return lint(rule, `${head}export class A extends ${type} { ${body} }`).map(({ messageId }) => String(messageId))
  }

  it.each(named)('%s %s', (from, name, members) => {
    const own = 'async start() { const n = this.n + 1; this.n = n }\n async run() { await io(); await this.start() }'
    expect([found(from, name, own), found('./mine', name, own)]).toEqual([['publicPromise'], []])
    for (const [method, result] of Object.entries(members)) {
      const body = `async ${method}(a) { const n = a + 1; this.n = n }`
      // A pipe's `transform` is a handler, and what Nest does with the results of those is not said.
      const isFree = result !== 'hidden' && name !== 'PipeTransform'
      expect([method, found(from, name, body), found('./mine', name, body)]).toEqual([method, isFree ? ['publicPromise'] : [], []])
    }
  })
})

run('annotated', 'classes and interfaces of platforms', rule, {
  valid: [
    { name: 'an emitter of another module', code: 'import { EventEmitter } from "./emitter"\nexport class A extends EventEmitter { async start() { const n = this.n + 1; this.n = n }\n async run() { await io(); await this.start() } }' },
    { name: 'a member that the platform calls', code: 'import { EventEmitter } from "node:events"\nexport class A extends EventEmitter { async emit(name) { const n = this.n + 1; this.n = n }\n async run() { await io(); await this.emit("a") } }' },
    { name: 'a second interface says more', code: 'import { OnInit } from "@angular/core"\nimport { Loads } from "./loads"\nexport class A implements OnInit, Loads { async ngOnInit() { this.n = 1 } }' },
    { name: 'an interface of the same name', code: 'import { OnInit } from "./lifecycle"\nexport class A implements OnInit { async ngOnInit() { this.n = 1 } }' },
    { name: 'a method that only others call', code: 'import { OnInit } from "@angular/core"\nexport class A implements OnInit { ngOnInit() {}\n async load() { const n = this.n + 1; this.n = n } }' },
  ],
  invalid: [
    { name: 'Node\'s emitter asks nothing of other members', code: 'import { EventEmitter } from "node:events"\nexport class A extends EventEmitter { async start() { const n = this.n + 1; this.n = n }\n async run() { await io(); await this.start() } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'a stream ignores what its methods return', code: 'import { Transform } from "node:stream"\nexport class A extends Transform { async _transform(chunk, encoding, done) { this.n += 1; done(null, chunk) } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'Angular ignores what a lifecycle method returns', code: 'import { OnInit } from "@angular/core"\nexport class A implements OnInit { async ngOnInit() { this.n = 1 } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'so does React', code: 'import React from "react"\nexport class A extends React.Component { async componentDidMount() { this.n = 1 } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'Nest waits for its hooks, and takes plain values', code: 'import { OnModuleInit } from "@nestjs/common"\nexport class A implements OnModuleInit { async onModuleInit() { this.n = 1 } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'a custom element', code: 'export class A extends HTMLElement { async connectedCallback() { this.n = 1 } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
  ],
} as never)

/**
 * What functions of real programs return where only types tell whether it is a promise: the shapes of the labelled
 * functions that are out of reach without types.
 */
const returnedShapes: readonly [name: string, plain: string, promise: string, value: string][] = [
  ['a function of another file', 'declare function find(x: number): string | undefined', 'declare function find(x: number): Promise<string>', 'find(x)'],
  ['a method of an object of another file', 'declare const api: { size(x: number): number }', 'declare const api: { size(x: number): Promise<number> }', 'api.size(x)'],
  ['a method along a chain', 'declare const db: { rows: { all(x: number): number[] } }', 'declare const db: { rows: { all(x: number): Promise<number[]> } }', 'db.rows.all(x)'],
  ['a callback that answers', 'declare function end(x: number): void', 'declare function end(x: number): Promise<void>', 'end(x)'],
  ['a choice', 'declare function one(x: number): number; declare function two(x: number): string', 'declare function one(x: number): Promise<number>; declare function two(x: number): Promise<string>', 'x > 1 ? one(x) : two(x)'],
  ['a member', 'declare const state: { job: { id: number } }', 'declare const state: { job: Promise<number> }', 'state.job'],
  ['a generic function', 'declare function wrap<T>(x: T): { x: T }', 'declare function wrap<T>(x: T): Promise<T>', 'wrap(x)'],
  ['a thenable of a library', 'declare class Row { id: number }\ndeclare function load(x: number): Row', 'declare class Query { then(a: (x: number) => void): void }\ndeclare function load(x: number): Query', 'load(x)'],
]
const returning = (declared: string, value: string) => `${declared}\nasync function f(x: number) { return ${value} }\nexport async function g() { await Promise.resolve(); await f(1) }`

run('typed', 'what is returned, by its type', rule, {
  valid: [
    ...returnedShapes.map(([name, , promise, value]) => ({ name: `${name}: a promise`, ...typed, code: returning(promise, value) })),
    { name: 'any tells nothing', ...typed, code: returning('declare function find(x: number): any', 'find(x)') },
    { name: 'a value or a promise', ...typed, code: returning('declare function find(x: number): string | Promise<string>', 'find(x)') },
    { name: 'a member of one may be as well', ...typed, code: 'async function f<T, K extends keyof T>(x: T, k: K) { return pick(x, k) }\ndeclare function pick<T, K extends keyof T>(x: T, k: K): T[K]\nexport async function g<T, K extends keyof T>(y: T, k: K) { await Promise.resolve(); await f(y, k) }' },
    { name: 'and what a condition makes of it', ...typed, code: 'type Of<T> = T extends string ? number : T\nasync function f<T>(x: T) { return of(x) }\ndeclare function of<T>(x: T): Of<T>\nexport async function g<T>(y: T) { await Promise.resolve(); await f(y) }' },
    { name: 'a type parameter may be a promise', ...typed, code: 'async function f<T>(x: T) { return x }\nexport async function g<T>(y: T) { await Promise.resolve(); await f(y) }' },
  ],
  invalid: returnedShapes.map(([name, plain, , value]) => ({
    name: `${name}: plain`,
    ...typed,
    code: returning(plain, value),
    output: returning(plain, value).replace('async function f', 'function f').replace('await f(1)', 'f(1)'),
    errors: [{ messageId: 'awaitedForNothing' as const }],
  })),
} as never)

run('typed', 'contracts by their types', rule, {
  valid: [
    { name: 'a handler of a framework whose signature asks for a promise', ...typed, code: 'declare const app: { on(name: string, f: (x: number) => Promise<void>): void }\nlet n = 0\napp.on("a", async (x) => { n = x })' },
    { name: 'an interface of the program', ...typed, code: 'declare namespace Lib { interface Store { size(xs: number[]): Promise<number> } }\nexport class A implements Lib.Store { async size(xs: number[]) { let n = 0; for (const x of xs) n += x; return n }\n async run() { await Promise.resolve(); return (await this.size([1])) + 1 } }' },
    { name: 'a type that a variable is annotated with', ...typed, code: 'declare namespace Lib { type Load = (x: number) => Promise<number> }\nexport const load: Lib.Load = async (x) => { const y = x * 2; return y }' },
    { name: 'satisfies', ...typed, code: 'declare namespace Lib { interface Hooks { start(): Promise<void> } }\nlet n = 0\nexport const hooks = { async start() { n += 1 } } satisfies Lib.Hooks' },
  ],
  invalid: [
    { name: 'a handler of a framework whose signature takes either', ...typed, code: 'declare const app: { on(name: string, f: (x: number) => void | Promise<void>): void }\nlet n = 0\napp.on("a", async (x) => { n = x })', output: 'declare const app: { on(name: string, f: (x: number) => void | Promise<void>): void }\nlet n = 0\napp.on("a", (x) => { n = x })', errors: [{ messageId: 'ignoredPromise' }] },
    { name: 'an interface of the program that asks for a value or a promise', ...typed, code: 'declare namespace Lib { interface Store { size(xs: number[]): number | Promise<number> } }\nexport class A implements Lib.Store { async size(xs: number[]) { let n = 0; for (const x of xs) n += x; return n } }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'a type whose result is ignored', ...typed, code: 'declare namespace Lib { type Listener = (x: number) => void }\nlet n = 0\nexport const listen: Lib.Listener = async (x) => { n += x }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'satisfies what takes either', ...typed, code: 'declare namespace Lib { interface Hooks { start(): void | Promise<void> } }\nlet n = 0\nexport const hooks = { async start() { n += 1 } } satisfies Lib.Hooks', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
  ],
} as never)

run('typed', 'with type information', rule, {
  valid: [
    {
      name: 'the callback\'s type asks for a promise',
      ...typed,
      code: 'declare function retry<T>(f: () => Promise<T>): Promise<T>\nretry(async () => { const n = 1; return n + 1 })',
    },
    {
      name: 'a member of a contextually typed object',
      ...typed,
      code: 'declare function define(o: { load(): Promise<number> }): void\nlet n = 0\ndefine({ async load() { n += 1; return n } })',
    },
    {
      name: 'an inherited contract',
      ...typed,
      code: 'declare abstract class Base { abstract size(xs: number[]): Promise<number> }\nexport class A extends Base { async size(xs: number[]) { let n = 0; for (const x of xs) n += x; return n }\n async run() { await Promise.resolve(); return (await this.size([1])) + 1 } }',
    },
    {
      name: 'the returned value is a promise by its type',
      ...typed,
      code: 'declare function query(n: number): Promise<number>\nasync function f(n: number) { return query(n) }\nexport async function g() { await query(1); return (await f(2)) + 1 }',
    },
  ],
  invalid: [
    {
      name: 'the callback\'s type takes plain values',
      ...typed,
      code: 'declare function retry<T>(f: () => T | Promise<T>): Promise<T>\nlet n = 0\nretry(async () => { n += 1; return n })',
      errors: [{ messageId: 'publicPromise', suggestions: 1 }],
    },
    {
      name: 'the callback\'s result is ignored by its type',
      ...typed,
      code: 'declare function defer(f: () => void): void\nlet n = 0\ndefer(async () => { n += 1 })',
      errors: [{ messageId: 'publicPromise', suggestions: 1 }],
    },
    {
      name: 'the base class does not ask for the member',
      ...typed,
      code: 'declare class Base { other(): void }\nexport class A extends Base { async size(xs: number[]) { let n = 0; for (const x of xs) n += x; return n }\n async run() { await Promise.resolve(); return (await this.size([1])) + 1 } }',
      errors: [{ messageId: 'publicPromise', suggestions: 1 }],
    },
    {
      name: 'the returned value is plain by its type',
      ...typed,
      code: 'declare function count(n: number): number\nasync function f(n: number) { return count(n) }\nexport async function g() { await Promise.resolve(); return (await f(2)) + 1 }',
      output: 'declare function count(n: number): number\nfunction f(n: number) { return count(n) }\nexport async function g() { await Promise.resolve(); return (f(2)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing' }],
    },
  ],
} as never)

describe('options and places', () => {
  const stub = 'export class A { async save() { const n = this.n + 1; this.n = n } }'

  it('reports what is possible with what would justify it', () => {
    const [message] = lint(rule, stub, { options: { report: 'possible' } })
    expect(message?.message).toBe('`save` is `async` but awaits nothing. Drop `async`, unless code outside this file needs the promise.')
    expect(lint(rule, stub)).toEqual([])
  })

  it('is quiet in tests, seeds and scripts', () => {
    const code = 'socket.on("close", async () => { open -= 1 })'
    expect(lint(rule, code, { filename: 'src/a.ts' })).toHaveLength(1)
    expect(lint(rule, code, { filename: 'src/a.test.ts' })).toEqual([])
    expect(lint(rule, code, { filename: 'src/a.test.ts', settings: { contexts: [] } })).toHaveLength(1)
  })

  it('keeps comments, and a line that begins with a bracket from joining the one before', () => {
    const options = { options: { report: 'possible' as const }, settings: { fixes: 'all' as const } }
    expect(fixed(rule, 'foo\nasync () => { return 0 }', options)).toBe('foo\n;() => { return 0 }')
    expect(fixed(rule, 'class A {\n  a = 0\n  async [b]() { const c = b + 1; return c }\n}', { ...options })).toContain('async [b]')
    expect(fixed(rule, 'socket.on("close", async /* why */ () => { open -= 1 })')).toBe('socket.on("close", /* why */ () => { open -= 1 })')
  })

  it('is linted again in silence', () => {
    const code = 'async function f(x) { return x + 1 }\nexport async function g() { await io(); return (await f(1)) + 1 }'
    expect(lint(rule, fixed(rule, code))).toEqual([])
  })

  it('counts callers, and says what each pays', () => {
    const twice = 'async function save(x) { rows.set(x.id, x) }\nexport function g(a, b) { save(a); save(b) }'
    expect(lint(rule, twice)[0]?.message).toContain('none of its 2 callers needs a promise: each call makes one for nothing.')
    const awaited = 'async function save(x) { rows.set(x.id, x) }\nexport async function g(a) { await io(); await save(a) }'
    expect(lint(rule, awaited)[0]?.message).toContain('its one caller needs no promise: each `await` of it waits a tick')
  })

  it('says of Express 4 alone that nobody hears the rejection', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bounded-express-'))
    const code = 'import express from "express"\nexpress().get("/", async (req, res) => { res.send("a") })'
    const said = (range: string): string | undefined => {
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', dependencies: { express: range } }))
      return new Linter({ configType: 'flat', cwd: folder }).verify(code, { plugins: { bounded: { rules: { 'require-await': rule as never } } }, rules: { 'bounded/require-await': 'error' } }, join(folder, 'app.js'))[0]?.message
    }
    try {
      expect(said('^4.21.2')).toContain('an exception in it becomes an unhandled rejection')
      expect(said('^5.1.0-next')).toContain('takes plain values as well')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('leaves a handler that blocks to the rule that puts the `await` in', () => {
    const handler = (call: string): string =>
      `import express from 'express'\nimport bcrypt from 'bcrypt'\nexpress().post('/', async (req, res) => {\n  const hash = bcrypt.${call}\n  res.json({ hash })\n})\n`
    expect(lint(rule, handler('hashSync(req.body.password, 12)'))).toEqual([])
    expect(lint(rule, handler('getRounds(req.body.hash)'))).toHaveLength(1)
  })
})

it('keeps a function asynchronous where another rule writes an `await` into it in the same pass', () => {
  const code = `import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
socket.on('job', async (path) => {
  use(readFileSync(path))
})
`
  // A rule that this one knows nothing of.
  const awaits = {
    meta: { fixable: 'code', schema: [] },
    create: (context: { report(descriptor: object): void }) => ({
      "ArrowFunctionExpression[async=true] CallExpression[callee.name='readFileSync']": (node: { callee: object }) =>
        context.report({ node, message: 'wait', fix: (fixer: { replaceText(node: object, text: string): object }) => fixer.replaceText(node.callee, 'await readFile') }),
    }),
  }
  const { output, messages } = new Linter({ configType: 'flat' }).verifyAndFix(code, {
    plugins: { bounded: { rules: { 'require-await': rule as never } }, other: { rules: { awaits: awaits as never } } },
    rules: { 'bounded/require-await': 'error', 'other/awaits': 'error' },
    settings: { bounded: { fixes: 'all' } },
  })
  expect(messages.filter(({ fatal }) => fatal)).toEqual([])
  expect(output).not.toContain("(path) => {\n  use(await")
})

run('annotated', 'functions with a synchronous body that other files may call', rule, {
  valid: [
    { name: 'a function that a registry looks up by one word', code: 'export async function run(context) { context.print("help") }' },
    { name: 'a handler by its name', code: 'export async function handleLogout(client) { client.logout() }' },
    { name: 'a default export with one parameter, which files of a folder have', code: 'export default async function pinVersions(release) { if (release.pinned) return\n release.pinned = true }' },
    { name: 'a default export by one word', code: 'export default async function build(release, versions) { if (release.pinned) return\n release.pinned = versions }' },
    { name: 'a default export that decides nothing', code: 'export default async function pinVersions(release, versions) { release.pinned = versions }' },
    { name: 'a method that starts a plain one', code: 'export class Log { async append(line) { this.lines.push(line); this.write(line) }\n write(line) { file.write(line) } }' },
    { name: 'a method that hands on the promise of one that waits', code: 'export class Log { async append(line) { this.lines.push(line); return this.write(line) }\n async write(line) { await file.write(line) } }' },
    { name: 'a method that starts one of another object', code: 'export class Log { async append(line) { this.lines.push(line); other.write(line) }\n async write(line) { await file.write(line) } }' },
    { name: 'a method that says throw and that nothing calls', code: 'export class A { async f(x) { const y = x + 1; if (y > 2) throw new Error("a"); return y } }' },
    { name: 'another method that takes a function', code: 'program.overrideExit(async (error) => { exit(error.code) })' },
    { name: 'a method of another name on what comes from elsewhere', code: 'async function hasLink(body) { return body.holds("x") }\nexport async function g(body) { await io(); return (await hasLink(body)) || null }' },
  ],
  invalid: [
    { name: 'a procedure by its name of several words', code: 'export async function alertRemoval(context) { context.print("help") }', errors: [{ messageId: 'publicPromise', suggestions: [{ messageId: 'dropAsync', output: 'export function alertRemoval(context) { context.print("help") }' }] }] },
    { name: 'a default export that takes two things and decides', code: 'export default async function pinVersions(release, versions) { if (release.pinned) return\n release.pinned = versions }', errors: [{ messageId: 'publicPromise', suggestions: 1 }] },
    { name: 'a method that starts one that waits, and lets it go', code: 'export class Log { async append(line) { this.lines.push(line); this.write(line) }\n async write(line) { await file.write(line) } }', errors: [{ messageId: 'publicPromise', data: { name: '`append`' }, suggestions: 1 }] },
    { name: 'an override of a program\'s exit', code: 'program.exitOverride(async (error) => { exit(error.code) })', errors: [{ messageId: 'ignoredPromise', suggestions: [{ messageId: 'dropAsync', output: 'program.exitOverride((error) => { exit(error.code) })' }] }] },
    { name: 'a branch of an async dispatcher, which makes promises of its own', code: 'async function one(x) { return x * 2 }\nasync function two(x) { return (await load(x)) * 2 }\nexport async function g(x) { if (x) return one(x)\n return two(x) }', output: 'function one(x) { return x * 2 }\nasync function two(x) { return (await load(x)) * 2 }\nexport async function g(x) { if (x) return one(x)\n return two(x) }', errors: [{ messageId: 'awaitedForNothing' }] },
    { name: 'whether a text or list includes something', code: 'async function hasLink(body) { return body.includes("x") }\nexport async function g(body) { await io(); return (await hasLink(body)) || null }', errors: [{ messageId: 'awaitedForNothing' }], output: 'function hasLink(body) { return body.includes("x") }\nexport async function g(body) { await io(); return (hasLink(body)) || null }' },
  ],
} as never)

const awaitedAnyway = (callers: string, value: string) => [{ messageId: 'awaitedAnyway', data: { name: '`tags`', callers, value } }]

run('annotated', 'functions of the file that return a value by its name, and whose callers await them', rule, {
  valid: [
    { name: 'a call that may bring something', code: 'async function tags(x) { return loadTags(x) }\nexport async function g(x) { await io(); show(await tags(x)) }' },
    { name: 'one that is asynchronous by its name', code: 'async function tags(x) { return parseTagsAsync(x) }\nexport async function g(x) { await io(); show(await tags(x)) }' },
    { name: 'one that reads a file', code: 'async function tags(x) { return parseFile(x) }\nexport async function g(x) { await io(); show(await tags(x)) }' },
    { name: 'one that gets options', code: 'async function tags(x) { return parseTags({ context: x }) }\nexport async function g(x) { await io(); show(await tags(x)) }' },
    { name: 'one that gets more than the value', code: 'async function tags(x) { return parseTags(url, x) }\nexport async function g(x) { await io(); show(await tags(x)) }' },
    { name: 'a caller that takes the promise elsewhere', code: 'async function tags(x) { return parseTags(x) }\nexport async function g(x) { await io(); show(await tags(x)); keep(tags(x)) }' },
    { name: 'a caller that gathers it', code: 'async function tags(x) { return parseTags(x) }\nexport async function g(xs) { return Promise.all(xs.map((x) => tags(x))) }' },
    { name: 'an exported function', code: 'export async function tags(x) { return parseTags(x) }\nexport async function g(x) { await io(); show(await tags(x)) }' },
    { name: 'a public method', code: 'export class A { async tags(x) { return parseTags(x) }\n async run(x) { await io(); show(await this.tags(x)) } }' },
    { name: 'an element of a list of promises', code: 'export class A { #all = {}\n async #tags(id) { this.#all[id] = load(id)\n return this.#all[id] }\n async run(x) { await io(); show(await this.#tags(x)) } }' },
    { name: 'an element of what another file fills', code: 'export class A { async #tags(id) { return this.all[id] }\n async run(x) { await io(); show(await this.#tags(x)) } }' },
    { name: 'an element of what is called pending', code: 'export class A { async #tags(id) { this.pending[id] = new Tags(id)\n return this.pending[id] }\n async run(x) { await io(); show(await this.#tags(x)) } }' },
  ],
  invalid: [
    {
      name: 'a call that computes by its name',
      code: 'async function tags(x) { return parseTags(x) }\nexport async function g(x) { await io(); show(await tags(x)) }',
      errors: [{ ...awaitedAnyway('its one caller awaits', '`parseTags(x)`')[0], suggestions: [{ messageId: 'dropAsync', data: { change: ' (callers then get what it returns as it is, a promise or not, and an exception at once)' }, output: 'function tags(x) { return parseTags(x) }\nexport async function g(x) { await io(); show(await tags(x)) }' }] }],
    },
    { name: 'a private method with its type, which the rewrite could not keep', code: 'export class A { private async tags(x: string): Promise<Tags> { return x ? parseTags(x) : {} }\n async run(x: string) { await io(); show(await this.tags(x)); show(await this.tags("")) } }', errors: [{ ...awaitedAnyway('all of its 2 callers await', '`x ? parseTags(x) : {}`')[0], suggestions: [] }] },
    { name: 'by the last word', code: 'async function tags(x) { return uint8ArrayConcat([x]) }\nexport async function g(x) { await io(); show(await tags(x)) }', errors: [{ messageId: 'awaitedAnyway', suggestions: 1 }] },
    { name: 'an element of what the file fills with values', code: 'export class A { all = {}\n async #tags(id) { if (!this.all[id]) this.all[id] = new Tags(id)\n return this.all[id] }\n async run(x) { await io(); show(await this.#tags(x)) } }', errors: [{ messageId: 'awaitedAnyway', suggestions: 1 }] },
  ],
} as never)

run('annotated', 'methods that a class with a base elsewhere calls itself', rule, {
  valid: [
    { name: 'by one word, which bases have', code: 'import { Base } from "./base"\nexport class A extends Base { async start() { if (this.n) this.n = 1 }\n async run() { await io(); await this.start() } }' },
    { name: 'what bases ask their subclasses for', code: 'import { Base } from "./base"\nexport class A extends Base { async getFiles() { if (this.n) this.n = 1 }\n async run() { await io(); await this.getFiles() } }' },
    { name: 'another object\'s is called', code: 'import { Base } from "./base"\nexport class A extends Base { async resolveFiles() { if (this.n) this.n = 1 }\n async run(other) { await io(); await other.resolveFiles() } }' },
    { name: 'nothing calls it', code: 'import { Base } from "./base"\nexport class A extends Base { async resolveFiles() { if (this.n) this.n = 1 } }' },
    { name: 'an interface of another file, which the compiler checks', code: 'import { Base, Files } from "./base"\nexport class A extends Base implements Files { async resolveFiles() { if (this.n) this.n = 1 }\n async run() { await io(); await this.resolveFiles() } }' },
    { name: 'a place for a subclass', code: 'import { Base } from "./base"\nexport class A extends Base { async _resolveFiles() { if (this.n) {} }\n async run() { await io(); await this._resolveFiles() } }' },
    { name: 'marked as one of the base', code: 'import { Base } from "./base"\nexport class A extends Base { override async resolveFiles() { if (this.n) this.n = 1 }\n async run() { await io(); await this.resolveFiles() } }' },
  ],
  invalid: [
    { name: 'a helper', code: 'import { Base } from "./base"\nexport class A extends Base { async resolveFiles() { if (this.n) this.n = 1 }\n async run() { await io(); await this.resolveFiles() } }', errors: [{ messageId: 'publicPromise', data: { name: '`resolveFiles`' }, suggestions: 1 }] },
  ],
} as never)

run('annotated', 'commands of VS Code', rule, {
  valid: [
    { name: 'of another module', code: 'import { commands } from "./commands"\ncommands.registerCommand("a", async (node) => { browse(node) })' },
    { name: 'with a result that may be a promise', code: 'import * as vscode from "vscode"\nvscode.commands.registerCommand("a", async (node) => { return browse(node) })' },
  ],
  invalid: [
    { name: 'with nothing to wait for', code: 'import * as vscode from "vscode"\nvscode.commands.registerCommand("a", async (node) => { browse(node) })', errors: [{ messageId: 'plainValueDoes', suggestions: [{ messageId: 'dropAsync', output: 'import * as vscode from "vscode"\nvscode.commands.registerCommand("a", (node) => { browse(node) })' }] }] },
  ],
} as never)
