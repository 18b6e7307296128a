/** Every word of these tables decides: a rule says something else where the word stands than where one stands that says nothing. */
import { describe, expect, it } from 'vitest'
import queue from '../../rules/no-unbounded-queue.ts'
import loop from '../../rules/no-await-in-loop.ts'
import fanOut from '../../rules/no-unbounded-promise-all.ts'
import sync from '../../rules/no-sync-in-handler.ts'
import race from '../../rules/no-uncancelled-race.ts'
import requireAwait from '../../rules/require-await.ts'
import timeout from '../../rules/require-timeout.ts'
import retry from '../../rules/no-unbounded-retry.ts'
import backpressure from '../../rules/no-ignored-backpressure.ts'
import series from '../../rules/no-serial-awaits.ts'
import type { BoundedRule } from '../../src/create-rule.ts'
import * as asyncConventions from '../../src/knowledge/async-conventions.ts'
import * as bounds from '../../src/knowledge/bounds.ts'
import * as handlers from '../../src/knowledge/handlers/index.ts'
import * as order from '../../src/knowledge/order-names.ts'
import * as parameters from '../../src/knowledge/parameter-names.ts'
import * as bodies from '../../src/knowledge/queues-bodies.ts'
import * as keys from '../../src/knowledge/queues-keys.ts'
import * as streams from '../../src/knowledge/queues-streams.ts'
import * as growth from '../../src/knowledge/queues-words.ts'
import * as retries from '../../src/knowledge/retries.ts'
import * as timeouts from '../../src/knowledge/timeouts/index.ts'
import * as timers from '../../src/knowledge/timers.ts'
import { endingMethods } from '../../src/knowledge/lifetimes.ts'
import { lint } from '../support/lint.ts'

const NEUTRAL = 'zebra'
const possible = { report: 'possible' }

const said = (rule: BoundedRule, code: string, options: object): string[] => {
  const messages = lint(rule, code, { options })
  expect(messages.filter(({ fatal }) => fatal), code).toEqual([])
  return messages.map(({ messageId, line, suggestions = [] }) => `${messageId} ${line} ${suggestions.length}`)
}

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

interface Table {
  readonly rule: BoundedRule
  readonly words: Iterable<string>
  readonly program: (word: string) => string
  readonly options?: object
  /** Another word that says nothing, where what matters is one of those that say something. */
  readonly neutral?: string
}

const served = "import express from 'express'; const app = express(); const log = []; "
const incoming = (body: string): string => `import http from 'node:http'; http.createServer((req, res) => { let size_ = 0; let body = ''; req.on('data', (chunk) => { ${body}; body += chunk }); req.on('end', () => res.end(body)) }).listen(80)`
const buffer = (methods: string): string => `export class Sender { #list = []; add(x) { this.#list.push(x) } start() { setInterval(() => this.flush(), 5000) } flush() { send(this.#list); this.#list = [] } ${methods} }`
const cached = (body: string, methods = ''): string => `export class UserService { #users = new Map(); async user(userId) { ${body}; const found = this.#users.get(userId); if (found) return found; const made = await load(userId); this.#users.set(userId, made); return made } ${methods} }`
const each = (body: string, head = ''): string => `${head} export async function f(ids, context, other) { for (const id of ids) { ${body} } }`

const tables: Record<string, Table> = {
  'a guard of a list': { rule: queue, words: growth.guardWords, program: (word) => `${served}app.get('/', (req, res) => { ${word}Log(req); log.push({ at: Date.now() }); res.end() })`, options: possible },
  'the age of an entry': { rule: queue, words: growth.ageWords, program: (word) => cached(`if (is${upper(word)}Max(userId)) return null`), options: possible },
  'the measure of a body': { rule: queue, words: growth.measureWords, program: (word) => incoming(`if (${word}_ > most) return`) },
  'a refusal of a body': { rule: queue, words: growth.refusalWords, program: (word) => incoming(`${word}Answer(res)`) },
  'a list of what waits': { rule: queue, words: growth.waitingWords, program: (word) => `const own_${word} = []; socket.on('message', (data) => { own_${word}.push(data) })` },
  'the beginning or end of an object': { rule: queue, words: growth.boundaryVerbs, program: (word) => buffer(word === 'start' || word === 'constructor' ? `${word}Anew() { this.#list = [] }` : `${word}() { this.#list = [] }`) },
  'a release of all that is kept': { rule: queue, words: growth.releasingVerbs, program: (word) => cached('', `${word}All() { this.#users.clear() }`), options: possible },
  'a function that is called later': { rule: queue, words: growth.registeredWords, program: (word) => `${served}app.get('/', (req, res) => { const ${word} = req.x; log.push(${word}); res.end() })`, options: possible },
  'a function that is called later, of a record': { rule: queue, words: growth.callbackWords, program: (word) => `${served}app.get('/', (req, res) => { log.push({ ${word}: req.x, at: Date.now() }); res.end() })`, options: possible },
  'a function, by its whole name': { rule: queue, words: growth.functionNames, program: (word) => `${served}app.get('/', (req, res) => { const ${word} = req.x; log.push(${word}); res.end() })`, options: possible },
  'a property that is called per message': { rule: queue, words: growth.feedingProperties, program: (word) => `const queue = []; socket.${word} = (data) => { queue.push(data) }` },
  'a call that gives something else each time': { rule: queue, words: keys.uniqueMakers, program: (word) => `const seen = new Map(); export function add(x) { const k = ${word}(); seen.set(k, x) }`, options: possible },
  'the type of a request': { rule: queue, words: bodies.incomingTypes, program: (word) => `export function read(stream: ${word}) { let body = ''; stream.on('data', (chunk) => { body += chunk }); return body }` },
  'the name of a request': { rule: queue, words: parameters.incomingNames, program: (word) => `export function read(${word}) { let body = ''; ${word}.on('data', (chunk) => { body += chunk }); return body }` },
  'the name of a response': { rule: sync, words: parameters.responseNames, program: (word) => `import fs from 'node:fs'; app.use((req, ${word}) => { fs.readFileSync('x') })`, options: possible },
  'the name of a context': { rule: sync, words: parameters.contextNames, program: (word) => `import fs from 'node:fs'; app.use((${word}, next) => { fs.readFileSync('x') })`, options: possible },
  'a method for routes': { rule: sync, words: handlers.routeVerbs, program: (word) => `import fs from 'node:fs'; import { other } from './app'; other.${word}('/x', (req, res) => { fs.readFileSync('x') })` },
  'what serves': { rule: sync, words: [...handlers.appNames, ...handlers.appWords], program: (word) => `import fs from 'node:fs'; import { ${word} } from './own'; ${word}.get('/x', () => { fs.readFileSync('x') })` },
  'what serves, at the end of a name': { rule: sync, words: handlers.appWords, program: (word) => `import fs from 'node:fs'; import { my${upper(word)} } from './own'; my${upper(word)}.get('/x', () => { fs.readFileSync('x') })` },
  'a connection': { rule: sync, words: handlers.socketNames, program: (word) => `import fs from 'node:fs'; import { ${word} } from './own'; ${word}.on('message', () => { fs.readFileSync('x') })` },
  'a builder of procedures': { rule: sync, words: handlers.procedureWords, program: (word) => `import fs from 'node:fs'; public${upper(word)}.query(() => { fs.readFileSync('x') })` },
  'a member of a request': { rule: sync, words: handlers.shortRequestMembers, program: (word) => `import fs from 'node:fs'; export function show(req) { fs.readFileSync(req.${word}) }`, options: possible },
  'a call that answers': { rule: sync, words: handlers.responseCalls, program: (word) => `import fs from 'node:fs'; export function show(request, response) { fs.readFileSync('x'); response.${word}(1) }` },
  'a member by which a context answers': { rule: sync, words: handlers.contextWrites, program: (word) => `import fs from 'node:fs'; export function show(ctx, next) { fs.readFileSync('x'); ctx.${word} = 1 }` },
  'preparation before a log-in': { rule: sync, words: [...handlers.preparingWords, ...handlers.preparingNames], program: (word) => `import bcrypt from 'bcrypt'; const o = { ${word}(password) { return bcrypt.hashSync(password, 10) } }; export default o` },
  'a value of the environment': { rule: sync, words: handlers.developmentValues, program: (word) => `import fs from 'node:fs'; import express from 'express'; const app = express(); app.get('/', () => { if (process.env.NODE_ENV === '${word}') fs.readFileSync('x') })` },
  'a route of the program': { rule: loop, words: handlers.routeExports, program: (word) => each(`other.push(await ${word}(id))`, `import { ${word} } from './users/route';`), neutral: 'fetchUser' },
  'a function whose loops are sequential': { rule: loop, words: order.sequentialWords, program: (word) => `export async function load_${word}(ids) { for (const id of ids) { await fetch(id) } }` },
  'a method of an output': { rule: loop, words: order.outputMethods, program: (word) => each(`await fetch(id); stdout.${word}(id)`) },
  'the end of a spinner': { rule: loop, words: order.finishingMethods, program: (word) => each(`spinner.start(); await fetch(id); spinner.${word}()`) },
  'a look-up that keeps': { rule: loop, words: order.keepingVerbs, program: (word) => each(`await ${word}User(context, id)`), neutral: 'find' },
  'a pause that needs an amount': { rule: loop, words: order.amountMethods, program: (word) => each(`await fetch(id); await job.${word}(id)`), options: possible, neutral: 'sleep' },
  'a length of time': { rule: loop, words: timers.durationWords, program: (word) => each(`await fetch(id); await other.wait(my_${word})`), options: possible },
  'an option of one session': { rule: series, words: order.sharingOptions, program: (word) => `export async function f(id, s) { const a = await db.users.findOne({ id }, { ${word}: s }); const b = await db.orders.findOne({ id }, { ${word}: s }); return [a, b] }`, options: possible },
  'a time limit in a name': { rule: timeout, words: timeouts.timeLimitWords, program: (word) => `import { with_${word} as with_${word} } from './time'; export const f = (url) => with_${word}(fetch(url))` },
  'a time limit in a first word': { rule: timeout, words: timeouts.timeLimitVerbs, program: (word) => `import { ${word}Fetch } from './time'; export const f = (url) => ${word}Fetch(() => fetch(url))` },
  'a package that tries again or limits': { rule: timeout, words: timeouts.retryWords, program: (word) => `import fetch from 'fetch-${word}'; export const f = (url) => fetch(url)` },
  'an option that limits': { rule: timeout, words: timeouts.timeLimitOptions, program: (word) => `import { run } from './time'; export const f = (url) => run(() => fetch(url), { ${word}: 5 })` },
  'an address': { rule: timeout, words: [...timeouts.addressWords, ...timeouts.addressEnds], program: (word) => `import axios from 'axios'; export const f = (${word}) => axios(${word})` },
  'a header that asks for a stream': { rule: timeout, words: timeouts.askingHeaders, program: (word) => `export const f = (url) => fetch(url, { headers: { '${word}': 'text/event-stream' } })` },
  'what passes an answer on': { rule: timeout, words: timeouts.bodyTakers, program: (word) => `export async function f(url, res) { const answer = await fetch(url); return answer.body.${word}(res) }` },
  'what carries a body': { rule: timeout, words: timeouts.bodyCarriers, program: (word) => `export async function f(url) { const answer = await fetch(url); return ${word}(answer.body) }` },
  'a wait': { rule: race, words: timers.delayNames, program: (word) => `import { ${word} } from './time'; export const f = (job) => Promise.race([job(), ${word}(5000)])` },
  'the end of work': { rule: race, words: endingMethods, program: (word) => `export const f = (job, work) => Promise.race([job(), new Promise((_, reject) => setTimeout(() => { work.${word}(); reject() }, 5000))])` },
  'a type that somebody waits for': { rule: requireAwait, words: asyncConventions.promiseTypes, program: (word) => `interface Store { load(id: string): ${word}<string> } export class Memory implements Store { async load(id: string) { return id } }`, options: possible },
  'the class of what somebody waits for': { rule: requireAwait, words: [...asyncConventions.thenableWords, ...asyncConventions.thenableEnds], program: (word) => `import { My${upper(word)} } from './own'; async function load(id) { return new My${upper(word)}(id) } export async function g() { await load(1) }`, options: possible },
  'progress in a list': { rule: retry, words: retries.progressMethods, program: (word) => `export async function load(url, codes) { while (true) { try { return await fetch(url) } catch (error) { codes.${word}(1); if (error.code !== codes) throw error } } }`, options: possible },
  'a signal': { rule: retry, words: retries.cancelWords, program: (word) => `export async function load(url, my_${word}) { while (true) { try { return await fetch(url, { x: my_${word} }) } catch { await sleep(1000) } } } const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))` },
  'a member of a stream': { rule: backpressure, words: streams.writableMembers, program: (word) => `export async function save(rows, out) { for await (const row of rows) out.write(row.text); out.${word}; out.end() }` },
  'an event of a stream': { rule: backpressure, words: streams.writableEvents, program: (word) => `export async function save(rows, out) { for await (const row of rows) out.write(row.text); out.on('${word}', done); out.end() }` },
  'a method that gives the next piece': { rule: backpressure, words: streams.pullingMethods, program: (word) => `import fs from 'node:fs'; const out = fs.createWriteStream('x'); export async function save(source) { while (true) { const piece = await source.${word}(); out.write(piece.value) } }` },
  'a number of pages': { rule: fanOut, words: bounds.pageCountWords, program: (word) => `export async function f(answer) { const ${word}Pages = answer.x; const all = []; for (let i = 0; i < ${word}Pages; i++) all.push(fetch(i)); return Promise.all(all) }`, options: possible },
  'a method per element': { rule: fanOut, words: bounds.elementMethods, program: (word) => `export async function f() { const users = await db.users.findMany(); const all = []; users.${word}((user) => { all.push(fetch(user.url)) }); return Promise.all(all) }` },
  'a function that cuts into pieces': { rule: fanOut, words: bounds.dividingWords, program: (word) => `import { ${word}Users } from './lists'; export async function f() { for (const users of ${word}Users(await db.users.findMany(), 10)) await Promise.all(users.map((user) => fetch(user.url))) }`, options: possible },
  'a function that lists a disk': { rule: fanOut, words: bounds.listingNames, program: (word) => `import { ${word} } from './disk'; export async function f(dir) { const files = ${word}(dir); return Promise.all(files.map((file) => fetch(file))) }` },
  'the same, by how it answers': { rule: fanOut, words: bounds.modeWords, program: (word) => `import { readdir_${word} } from './disk'; export async function f(dir) { const found = readdir_${word}(dir); return Promise.all(found.map((file) => fetch(file))) }` },
  'a table': { rule: fanOut, words: bounds.tableWords, program: (word) => `export async function f(user_${word}) { return Promise.all(Object.keys(user_${word}).map((key) => fetch(key))) }` },
  'what holds many': { rule: fanOut, words: bounds.listWords, program: (word) => `export async function f(user_${word}) { return Promise.all(user_${word}.map((user) => fetch(user))) }` },
  'what a person typed': { rule: fanOut, words: bounds.typedArgumentWords, program: (word) => `export async function f(my_${word}: string[]) { return Promise.all(my_${word}.map((user) => fetch(user))) }` },
  'a method that gives all': { rule: fanOut, words: bounds.wholeLists, program: (word) => `import { users } from './users'; export async function f() { const found = users.${word}(); return Promise.all(found.map((user) => fetch(user))) }` },
}

describe.each(Object.entries(tables))('%s', (_, { rule, words, program, options = {}, neutral = NEUTRAL }) => {
  it.each([...words])('%s', (word) => {
    expect(said(rule, program(word), options), program(word)).not.toEqual(said(rule, program(neutral), options))
  })
})
