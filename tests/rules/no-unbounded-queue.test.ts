import rule from '../../rules/no-unbounded-queue.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }]

run('js', 'a queue with a slower consumer', rule, {
  valid: [
    {
      name: 'in an object of a class that nothing here shows to live long',
      code: 'class Store { items = []; add(x) { this.items.push(x) } async drain() { for (;;) { const x = this.items.shift(); if (!x) return; await fetch(x) } } }',
    },
    {
      name: 'its length is compared before the push',
      code: `
        const queue = []
        export function add(job) {
          if (queue.length >= 100) throw new Error('full')
          queue.push(job)
        }
        export async function work() { for (;;) { const job = queue.shift(); if (job) await job.run() } }
      `,
    },
    {
      name: 'its bytes are compared before the push',
      code: `
        let bytes = 0
        const queue = []
        export function add(chunk) {
          if (bytes + chunk.length > 65536) return false
          queue.push(chunk)
          return true
        }
        export async function work() { for (;;) { const chunk = queue.shift(); if (chunk) await write(chunk) } }
      `,
    },
    {
      name: 'a counter kept beside it is compared elsewhere',
      code: `
        export class Sender {
          #queue = []
          #waiting = 0
          isBusy() { return this.#waiting > 500 }
          add(job) { this.#waiting++; this.#queue.push(job) }
          async work() { const job = this.#queue.shift(); this.#waiting--; await job.run() }
        }
      `,
    },
    {
      name: 'the oldest is dropped where a new one comes in',
      code: `
        const recent = []
        export function add(job) { recent.push(job); if (recent.length > 10) recent.shift() }
        export async function last() { await send(recent) }
      `,
    },
    {
      name: 'duplicates are refused',
      code: `
        const queue = []
        export function add(id) { if (!queue.includes(id)) queue.push(id) }
        export async function work() { for (;;) { const id = queue.shift(); if (id) await load(id) } }
      `,
    },
    {
      name: 'the queue is emptied at once, with nothing awaited',
      code: `
        const queue = []
        export function add(job) { queue.push(job); flush() }
        function flush() { while (queue.length) handle(queue.shift()) }
      `,
    },
    {
      name: 'a work list of one function',
      code: `
        export async function walk(root) {
          const queue = [root]
          while (queue.length > 0) {
            const folder = queue.shift()
            for (const entry of await readdir(folder)) queue.push(entry)
          }
        }
      `,
    },
    {
      name: 'a work list that an inner callback fills',
      code: `
        export async function walk(root) {
          const queue = []
          queue.push(root)
          while (queue.length > 0) {
            const folder = queue.shift()
            const entries = await readdir(folder)
            entries.forEach((entry) => queue.push(entry))
          }
        }
      `,
    },
    {
      name: 'nothing but the start of the program fills it',
      code: `
        const queue = []
        for (const job of jobs) queue.push(job)
        export async function work() { for (;;) { const job = queue.shift(); if (job) await job.run() } }
      `,
    },
    {
      name: 'other code holds it',
      code: `
        const queue = []
        watch(queue)
        export function add(job) { queue.push(job) }
        export async function work() { for (;;) { const job = queue.shift(); if (job) await job.run() } }
      `,
    },
    {
      name: 'idle resources are taken from the end',
      code: `
        export class Pool {
          #idle = []
          release(connection) { this.#idle.push(connection) }
          async acquire() { return this.#idle.pop() ?? (await connect()) }
        }
      `,
    },
    {
      name: 'a method that is bound to its own name',
      code: `
        export class Display {
          _seen = new Map()
          constructor() { this._handle = this._handle.bind(this) }
          _handle(service, event) { this._seen.set(service, event) }
        }
      `,
    },
    {
      name: 'names that stand for each other',
      code: `
        export function start() {
          const seen = []
          let first, second
          first = function (event) { seen.push(event) }
          second = first
          first = second
          return { take: () => seen.shift() }
        }
      `,
    },
    {
      name: 'a user interface',
      code: `
        const queue = []
        document.addEventListener('keydown', (event) => queue.push(event))
        export async function work() { for (;;) { const event = queue.shift(); if (event) await show(event) } }
      `,
    },
    {
      name: 'a command',
      code: `#!/usr/bin/env node
        const queue = []
        export function add(job) { queue.push(job) }
        export async function work() { for (;;) { const job = queue.shift(); if (job) await job.run() } }
      `,
    },
    {
      name: 'a test',
      filename: 'src/queue.test.js',
      code: `
        const queue = []
        export function add(job) { queue.push(job) }
        export async function work() { for (;;) { const job = queue.shift(); if (job) await job.run() } }
      `,
    },
  ],
  invalid: [
    {
      name: 'an exported function fills it',
      code: `
        const queue = []
        export function add(job) { queue.push(job) }
        export async function work() { for (;;) { const job = queue.shift(); if (job) await job.run() } }
      `,
      errors: [
        {
          messageId: 'backlog',
          data: { name: 'queue', feeder: 'each call of `add`', drain: '`work` (line 4)', end: ' until the process dies' },
          line: 2,
        },
      ],
    },
    {
      name: 'asking whether it is empty limits nothing',
      code: `
        export class Sender {
          #queue = []
          add(job) { if (this.#queue.length === 0) this.#start(); this.#queue.push(job) }
          async work() { if (this.#queue.length > 0) await this.#queue.shift().run() }
          #start() {}
        }
        export const sender = new Sender()
      `,
      errors: [{ messageId: 'backlog' }],
    },
    {
      name: 'a limit on what runs says nothing about what waits',
      code: `
        export class Sender {
          constructor() { this.queue = []; this.running = 0 }
          add(job) { this.queue.push(job); this.next() }
          next() {
            while (this.running < 4 && this.queue.length > 0) {
              this.running++
              this.queue.shift().run().finally(() => { this.running--; this.next() })
            }
          }
        }
      `,
      errors: [{ messageId: 'backlog', data: { name: 'this.queue', feeder: 'each call of `add`', drain: '`next` (line 8)', end: '' } }],
    },
    {
      name: 'a listener fills it, an iterator empties it',
      code: `
        export function messages(emitter) {
          const queue = []
          emitter.on('message', (message) => queue.push(message))
          return { async next() { return { done: false, value: queue.shift() } } }
        }
      `,
      errors: [{ messageId: 'backlog', data: { name: 'queue', feeder: 'every \`message\` event', drain: '`next` (line 5)', end: '' } }],
    },
    {
      name: 'a constructor function and its prototype',
      code: `
        function Sender() { this._queue = [] }
        Sender.prototype.add = function (job) { this._queue.push(job) }
        Sender.prototype.work = async function () { await this._queue.shift().run() }
        module.exports = new Sender()
      `,
      errors: [{ messageId: 'backlog' }],
    },
    {
      name: 'a request handler fills it',
      code: `
        import express from 'express'
        const app = express()
        const queue = []
        app.post('/jobs', (req, res) => { queue.push(req.body); res.end() })
        setInterval(async () => { const job = queue.shift(); if (job) await run(job) }, 1000)
      `,
      errors: [{ messageId: 'backlog' }],
    },
    {
      name: 'an alias of the queue is emptied',
      code: `
        export class Sender {
          #queue = []
          add(job) { this.#queue.push(job) }
          async work() { const waiting = this.#queue; await waiting.shift().run() }
        }
        export const sender = new Sender()
      `,
      errors: [{ messageId: 'backlog' }],
    },
  ],
})

run('js', 'a buffer that a timer flushes', rule, {
  valid: [
    {
      name: 'flushed as well when it is long',
      code: `
        const buffer = []
        export function record(event) { buffer.push(event); if (buffer.length >= 500) flush() }
        function flush() { upload(buffer.splice(0)) }
        setInterval(flush, 5000)
      `,
    },
    {
      name: 'flushed in the same turn',
      code: `
        let buffer = []
        export function load(id) { if (buffer.length === 0) setTimeout(flush, 0); buffer.push(id) }
        function flush() { const ids = buffer; buffer = []; fetchAll(ids) }
      `,
    },
  ],
  invalid: [
    {
      code: `
        const buffer = []
        export function record(event) { buffer.push(event) }
        function flush() { upload(buffer.splice(0)) }
        setInterval(flush, 5000)
      `,
      errors: [{ messageId: 'lateFlush', data: { name: 'buffer', feeder: 'each call of `record`', drain: '`flush` (line 4)' }, line: 3 }],
    },
    {
      name: 'handed over and replaced',
      code: `
        function Queue(onFlush) { this._items = []; this._onFlush = onFlush }
        Queue.prototype.add = function (item) {
          this._items.push(item)
          if (!this._timer) this._timer = setTimeout(() => this._flush(), 10000)
        }
        Queue.prototype._flush = function () { this._onFlush(this._items); this._items = []; this._timer = null }
        module.exports = Queue
      `,
      errors: [{ messageId: 'lateFlush' }],
    },
  ],
})

run('js', 'what is never emptied', rule, {
  valid: [
    {
      name: 'timed records of an object that nothing here makes: it may live for one scan',
      code: `
        export class ScanLog {
          #entries = []
          audit(message) { this.#entries.push({ message, at: Date.now() }) }
        }
      `,
    },
    {
      name: 'a log that is cut to its newest entries',
      code: `
        let log = []
        export function audit(message) { log.push({ message, at: Date.now() }); log = log.slice(-100) }
      `,
    },
    {
      name: 'a registry',
      code: `
        const handlers = []
        export function use(handler) { handlers.push(handler) }
        export function run(x) { for (const handler of handlers) handler(x) }
      `,
    },
    {
      name: 'a builder',
      code: `
        export class Table {
          #columns = []
          column(name, type) { this.#columns.push({ name, type }); return this }
          build() { return this.#columns.join() }
        }
      `,
    },
    {
      name: 'entries leave when they are answered',
      code: `
        import { randomUUID } from 'node:crypto'
        const pending = new Map()
        export function send(message, done) { const id = randomUUID(); pending.set(id, done); socket.write(id + message) }
        export function receive(id, answer) { const done = pending.get(id); pending.delete(id); done(answer) }
      `,
    },
    {
      name: 'the request itself goes nowhere',
      code: `
        import express from 'express'
        const app = express()
        const routes = []
        routes.push('/jobs')
        app.post('/jobs', (req, res) => { const all = []; all.push(req.body); res.json(all) })
      `,
    },
  ],
  invalid: [
    {
      name: 'a log of timed records',
      code: `
        const log = []
        export function audit(message) { log.push({ message, at: Date.now() }) }
      `,
      errors: [{ messageId: 'neverEmptied', data: { name: 'log', feeder: 'each call of `audit`', span: 'the process runs' }, line: 3 }],
    },
    {
      name: 'timed records of an object that the file makes',
      code: `
        class ScanLog {
          #entries = []
          audit(message) { this.#entries.push({ message, at: Date.now() }) }
        }
        export const log = new ScanLog()
      `,
      errors: [{ messageId: 'neverEmptied', data: { name: 'this.#entries', feeder: 'each call of `audit`', span: 'the process runs' }, line: 4 }],
    },
    {
      name: 'answers are looked up and stay',
      code: `
        import { randomUUID } from 'node:crypto'
        const pending = new Map()
        export function send(message, done) { const id = randomUUID(); pending.set(id, done); socket.write(id + message) }
        export function receive(id, answer) { pending.get(id)(answer) }
      `,
      errors: [{ messageId: 'neverEmptied', data: { name: 'pending', feeder: 'each call of `send`', span: 'the process runs' }, line: 4 }],
    },
    {
      name: 'every request adds one',
      code: `
        import express from 'express'
        const app = express()
        const seen = []
        app.post('/jobs', (req, res) => { seen.push(req.body); res.json(seen) })
      `,
      errors: [{ messageId: 'neverEmptied' }],
    },
  ],
})

const timed = `{
  entries = []
  record(event) { this.entries.push({ event, at: Date.now() }) }
}`
const Log = `class Log ${timed}`
const staying = () => [{ messageId: 'neverEmptied', data: { name: 'this.entries', feeder: 'each call of `record`', span: 'the process runs' } }]

run('js', 'how long the object lives that holds a list', rule, {
  valid: [
    { name: 'others make it', code: `export ${Log}` },
    { name: 'made for one call', code: `${Log}; export function scan(x) { const log = new Log(); log.record(x); return log.entries.length }` },
    { name: 'used in the module and let go', code: `${Log}; new Log().record(1)` },
    { name: 'kept in an object that others make', code: `${Log}; export class Scan { log = new Log() }` },
    { name: 'kept by an object that others make', code: `${Log}; export class Scan { start() { this.log = new Log() } }` },
    { name: 'kept for one call', code: `${Log}; export function scan(name) { const logs = {}; logs[name] = new Log(); return Object.keys(logs) }` },
    { name: 'a new one per call', code: `${Log}; export const log = () => new Log()` },
    { name: 'used by a listener of something that may end', code: `${Log}; export function watch(scan) { const log = new Log(); scan.on('file', (file) => log.record(file)) }` },
    { name: 'one that is started, and ends by itself', code: `export class Log { start() {} ${timed.slice(1)}` },
    { name: 'a base class of another origin', code: `import { Service } from './service.js'; export class Log extends Service ${timed}` },
    { name: 'a pair of classes that hold each other', code: `class A { b = new B(); ${timed.slice(1)}; class B { a = new A() }; export { A }` },
  ],
  invalid: [
    { name: 'made by the module', code: `${Log}; export const log = new Log()`, errors: staying() },
    { name: 'the export itself', code: `export default new (class ${timed})()`, errors: staying() },
    { name: 'given to CommonJS', code: `${Log}; module.exports = new Log()`, errors: staying() },
    { name: 'kept in an object of the module', code: `${Log}; const logs = {}; export function open(name) { const log = new Log(); logs[name] = log; return log }`, errors: staying() },
    { name: 'kept in a map of the module', code: `${Log}; const logs = new Map(); export function open(name) { logs.set(name, new Log()) }`, errors: staying() },
    { name: 'made the first time', code: `${Log}; let log; export function shared() { return (log ??= new Log()) }`, errors: staying() },
    { name: 'made the first time, by a static method', code: `export class Log { static #one; static get() { return (this.#one ??= new this()) } ${timed.slice(1)}`, errors: staying() },
    { name: 'a static field', code: `export class Log { static shared = new Log(); ${timed.slice(1)}`, errors: staying() },
    { name: 'memoised', code: `${Log}; export const shared = once(() => new Log())`, errors: staying() },
    { name: 'kept in an object that stays', code: `${Log}; class App { log = new Log() }; export const app = new App()`, errors: staying() },
    { name: 'kept by an object that stays', code: `${Log}; class App { start() { this.log = new Log() } }; export const app = new App()`, errors: staying() },
    {
      name: 'used by a handler of requests',
      code: `import express from 'express'; ${Log}; export function serve() { const log = new Log(); const app = express(); app.get('/', (req, res) => { log.record(1); res.end() }) }`,
      errors: staying(),
    },
    { name: 'one that listens', code: `export class Log { start() { this.server.listen(80) } ${timed.slice(1)}`, errors: staying() },
    { name: 'one that is started and stopped', code: `export class Log { start() {} stop() {} ${timed.slice(1)}`, errors: staying() },
    { name: 'of a framework that keeps it', code: `import { Service } from 'moleculer'; export class Log extends Service ${timed}`, errors: staying() },
    {
      name: 'a constructor function',
      code: 'function Log() { this.entries = [] }; Log.prototype.record = function (event) { this.entries.push({ event, at: Date.now() }) }; exports.log = new Log()',
      errors: staying(),
    },
    {
      name: 'not known: said where what is possible is asked for',
      code: `export ${Log}`,
      options: possible,
      errors: [{ messageId: 'neverEmptied', data: { name: 'this.entries', feeder: 'each call of `record`', span: 'its object lives, and nothing here shows how long that is' } }],
    },
  ],
})

run('annotated', 'the decorator of the class that holds a list', rule, {
  valid: [
    { name: 'a decorator of another origin', code: `import { Injectable } from './decorators.js'; @Injectable() export ${Log}` },
    { name: 'one per request', code: `import { Injectable, Scope } from '@nestjs/common'; @Injectable({ scope: Scope.REQUEST }) export ${Log}` },
  ],
  invalid: [
    { name: 'made by a container', code: `import { Injectable } from '@nestjs/common'; @Injectable() export ${Log}`, errors: staying() },
  ],
})

const queue = (add: string, rest: string) => `export class Jobs { #list = []; add(job) { this.#list.push(job); ${add} } ${rest} }`
const buffer = (rest: string, add = '') => `export class Spans { #list = []; add(span) { this.#list.push(span); ${add} } ${rest} }`

run('js', 'objects that may be brief, whose list is worked off all the same', rule, {
  valid: [
    { name: 'callers put in and take out', code: queue('', 'async next() { const job = this.#list.shift(); await job.run() }') },
    { name: 'a timer that runs once ends what is collected', code: buffer('watch() { setTimeout(() => this.finish(), 5000) } finish() { send(this.#list); this.#list = [] }') },
    {
      name: 'what is flushed otherwise as well: parts of one message',
      code: buffer('start() { setInterval(() => this.flush(), 5000) } flush() { send(this.#list); this.#list = [] } finish() { this.message = join(this.#list); this.#list = [] }'),
    },
  ],
  invalid: [
    {
      name: 'an entry starts the work',
      code: queue('this.#next()', 'async #next() { const job = this.#list.shift(); await job.run(); this.#next() }'),
      errors: [{ messageId: 'backlog', data: { name: 'this.#list', feeder: 'each call of `add`', drain: '`#next` (line 1)', end: '' } }],
    },
    { name: 'an event starts the work', code: queue('', "start(bus) { bus.on('free', () => this.next()) } async next() { const job = this.#list.shift(); await job.run() }"), errors: [{ messageId: 'backlog' }] },
    { name: 'a timer that comes again', code: buffer('start() { setInterval(() => this.flush(), 5000) } flush() { send(this.#list); this.#list = [] }'), errors: [{ messageId: 'lateFlush' }] },
    {
      name: 'a timer that the next entry sets again',
      code: buffer('flush() { send(this.#list); this.#list = [] } wait() { this.timer ??= setTimeout(() => this.flush(), 5000) }', 'this.wait()'),
      errors: [{ messageId: 'lateFlush' }],
    },
    {
      name: 'emptied at the end as well',
      code: buffer('start() { setInterval(() => this.flush(), 5000) } flush() { send(this.#list); this.#list = [] } stop() { this.#list = [] }'),
      errors: [{ messageId: 'lateFlush' }],
    },
  ],
})

run('js', 'caches', rule, {
  valid: [
    {
      name: 'with a maximum',
      code: `
        const users = new Map()
        export async function user(userId) {
          const known = users.get(userId)
          if (known) return known
          const found = await load(userId)
          if (users.size >= 1000) users.delete(users.keys().next().value)
          users.set(userId, found)
          return found
        }
      `,
    },
    {
      name: 'calls in flight, let go when they end',
      code: `
        const loading = new Map()
        export async function user(userId) {
          if (!loading.has(userId)) loading.set(userId, await load(userId).finally(() => loading.delete(userId)))
          return loading.get(userId)
        }
      `,
    },
    {
      name: 'of an LRU library',
      code: `
        import { LRUCache } from 'lru-cache'
        const users = new LRUCache({ max: 1000 })
        export async function user(userId) {
          if (!users.has(userId)) users.set(userId, await load(userId))
          return users.get(userId)
        }
      `,
    },
    {
      name: 'of something that the program defines itself',
      code: `
        const tables = new Map()
        export async function table(locale) {
          if (!tables.has(locale)) tables.set(locale, await load(locale))
          return tables.get(locale)
        }
      `,
    },
    {
      name: 'by an identifier of which there are few',
      code: `
        const tokens = new Map()
        export async function tokensOf(chainId) {
          if (!tokens.has(chainId)) tokens.set(chainId, await load(chainId))
          return tokens.get(chainId)
        }
      `,
    },
    {
      name: 'asked only for what was just set: a model of what exists',
      code: `
        export class Users {
          #users = new Map()
          forget(userId) { this.#users.delete(userId) }
          async save(userId) {
            this.#users.set(userId, await load(userId))
            check(this.#users.get(userId))
          }
        }
      `,
    },
    {
      name: 'of an object that others make',
      code: `
        export class Users {
          #users = new Map()
          async get(userId) {
            if (!this.#users.has(userId)) this.#users.set(userId, await load(userId))
            return this.#users.get(userId)
          }
        }
      `,
    },
    {
      name: 'computed, not fetched',
      code: `
        const compiled = new Map()
        export function compile(patternId) {
          if (!compiled.has(patternId)) compiled.set(patternId, new RegExp(patternId))
          return compiled.get(patternId)
        }
      `,
    },
    {
      name: 'by an object that is there already',
      code: `
        const clients = new Map()
        export async function client(request) {
          const settings = CONFIG
          if (!clients.has(settings)) clients.set(settings, open(settings.url, request.id))
          return clients.get(settings)
        }
      `,
    },
    {
      name: 'by object, in a WeakMap',
      code: `
        const readers = new WeakMap()
        export function reader(options) {
          if (!readers.has(options)) readers.set(options, open(options.folder))
          return readers.get(options)
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'of fetched values by an identifier',
      code: `
        const users = new Map()
        export async function user(userId) {
          const known = users.get(userId)
          if (known) return known
          const found = await load(userId)
          users.set(userId, found)
          return found
        }
      `,
      errors: [{ messageId: 'unboundedCache', data: { name: 'users', key: 'userId', feeder: 'each call of `user`', size: 'users.size', gone: ' or lets one go' }, line: 7 }],
    },
    {
      name: 'filled in a callback',
      code: `
        const users = new Map()
        export function user(userId) {
          if (users.has(userId)) return Promise.resolve(users.get(userId))
          return load(userId).then((found) => { users.set(userId, found); return found })
        }
      `,
      errors: [{ messageId: 'unboundedCache' }],
    },
    {
      name: 'by object',
      code: `
        const readers = new Map()
        export function reader(options) {
          if (!readers.has(options)) readers.set(options, open(options.folder))
          return readers.get(options)
        }
      `,
      errors: [{ messageId: 'objectKeys', data: { name: 'readers', key: 'options', feeder: 'each call of `reader`' }, line: 2 }],
    },
    {
      name: 'by an object that every call makes',
      code: `
        const clients = new Map()
        export async function client(request) {
          const settings = { url: CONFIG.url, id: request.id }
          if (!clients.has(settings)) clients.set(settings, open(settings.url))
          return clients.get(settings)
        }
      `,
      errors: [{ messageId: 'objectKeys', data: { name: 'clients', key: 'settings', feeder: 'each call of `client`' }, line: 2 }],
    },
    {
      name: 'of an object that the module makes',
      code: `
        class Users {
          #users = new Map()
          async get(userId) {
            if (!this.#users.has(userId)) this.#users.set(userId, await load(userId))
            return this.#users.get(userId)
          }
        }
        export const users = new Users()
      `,
      errors: [{ messageId: 'unboundedCache' }],
    },
    {
      name: 'of which one entry goes when somebody says so',
      code: `
        export class Users {
          #users = new Map()
          forget(userId) { this.#users.delete(userId) }
          async get(userId) {
            if (!this.#users.has(userId)) this.#users.set(userId, await load(userId))
            return this.#users.get(userId)
          }
        }
      `,
      errors: [{ messageId: 'unboundedCache' }],
    },
    {
      name: 'by what a client sends',
      code: `
        import express from 'express'
        const app = express()
        const hits = new Map()
        app.get('/', (req, res) => { hits.set(req.ip, (hits.get(req.ip) ?? 0) + 1); res.end() })
      `,
      errors: [{ messageId: 'unboundedCache' }],
    },
    {
      name: 'an eviction that deletes nothing',
      code: `
        const users = new Map()
        export async function user(userId) {
          users.set(userId, await load(userId))
          if (users.size > 100) users.delete(users.keys()[0])
        }
      `,
      errors: [{ messageId: 'brokenEviction', data: { name: 'users', feeder: 'each call of `user`', line: 5 }, line: 2 }],
    },
  ],
})

run('js', 'queues of libraries', rule, {
  valid: [
    "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 4 })",
    "import PQueue from 'p-queue'; const queue = new PQueue(options)",
    "import PQueue from 'p-queue'; const queue = new PQueue({ interval: 1000, intervalCap: 5 })",
    "import PQueue from './p-queue.js'; const queue = new PQueue()",
    "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 4 }); export function add(f) { if (queue.size > 100) throw new Error('full'); return queue.add(f) }",
    "import async from 'async'; const queue = async.queue(work, 2); export const add = (x) => { if (queue.length() < 100) queue.push(x) }",
    "import { MemoryStore } from '@unkey/cache/stores'; const store = new MemoryStore({ persistentMap: new Map(), unstableEvictOnSet: { frequency: 0.1, maxItems: 100 } })",
    "import PromiseQueue from 'promise-queue'; class A { q = new PromiseQueue(2, Infinity); add(f) { return this.q.add(f) } }",
    "import PromiseQueue from 'promise-queue'; export class A { q = new PromiseQueue(2); add(f) { return this.q.add(f) } }",
    "import PromiseQueue from 'promise-queue'; const queue = new PromiseQueue(2, 100); export function add(f) { return queue.add(f) }",
    "import { on } from 'node:events'; for await (const [x] of on(emitter, 'x')) console.log(x)",
    "import { on } from 'node:events'; for await (const [x] of on(emitter, 'x', { highWaterMark: 10 })) await work(x)",
    "import { mergeMap } from 'rxjs'; jobs.pipe(mergeMap((job) => run(job), 4))",
    "import { mergeMap } from 'rxjs'; jobs.pipe(mergeMap((job) => run(job)))",
    "import { Writable } from 'node:stream'; new Writable({ highWaterMark: 1024, write })",
  ],
  invalid: [
    {
      code: "import PQueue from 'p-queue'; const queue = new PQueue()",
      errors: [
        {
          messageId: 'unlimitedConcurrency',
          data: { name: 'queue', option: 'concurrency' },
          suggestions: [
            {
              messageId: 'addLimit',
              data: { limit: 'concurrency: 10' },
              output: "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 10 })",
            },
          ],
        },
      ],
    },
    {
      code: "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: Infinity })",
      options: [{ concurrency: 4 }],
      errors: [
        {
          messageId: 'unlimitedConcurrency',
          suggestions: [{ messageId: 'addLimit', output: "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 4 })" }],
        },
      ],
    },
    {
      code: "const { default: PQueue } = require('p-queue'); class A { main = new PQueue({ timeout: 100 }) }",
      errors: [
        {
          messageId: 'unlimitedConcurrency',
          data: { name: 'this.main', option: 'concurrency' },
          suggestions: [
            {
              messageId: 'addLimit',
              output: "const { default: PQueue } = require('p-queue'); class A { main = new PQueue({ concurrency: 10, timeout: 100 }) }",
            },
          ],
        },
      ],
    },
    {
      code: "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 4 }); export function add(f) { return queue.add(f) }",
      errors: [{ messageId: 'unboundedBacklog', data: { name: 'queue', feeder: 'each call of `add`', remedy: 'Refuse tasks, or make the caller wait, when too many do.' } }],
    },
    {
      code: "import async from 'async'; const queue = async.queue(work, 2); export const add = (x) => { queue.push(x) }",
      errors: [{ messageId: 'unboundedBacklog' }],
    },
    {
      code: "import PromiseQueue from 'promise-queue'; class A { q = new PromiseQueue(2); add(f) { return this.q.add(f) } }; export const a = new A()",
      options: [{ capacity: 50 }],
      errors: [
        {
          messageId: 'unboundedBacklog',
          suggestions: [
            {
              messageId: 'addLimit',
              data: { limit: '50' },
              output: "import PromiseQueue from 'promise-queue'; class A { q = new PromiseQueue(2, 50); add(f) { return this.q.add(f) } }; export const a = new A()",
            },
          ],
        },
      ],
    },
    {
      code: "import { MemoryStore } from '@unkey/cache/stores'; const store = new MemoryStore({ persistentMap: new Map() })",
      errors: [{ messageId: 'unlimitedStore', data: { name: 'store', option: 'unstableEvictOnSet' } }],
    },
    {
      code: "import { on } from 'node:events'; for await (const [x] of on(emitter, 'x')) await work(x)",
      errors: [{ messageId: 'unboundedEvents' }],
    },
    {
      code: "import { mergeMap } from 'rxjs'; jobs.pipe(mergeMap((job) => run(job)))",
      options: possible,
      errors: [
        {
          messageId: 'unboundedMerge',
          data: { name: 'mergeMap' },
          suggestions: [{ messageId: 'addLimit', output: "import { mergeMap } from 'rxjs'; jobs.pipe(mergeMap((job) => run(job), 10))" }],
        },
      ],
    },
    {
      code: "import { mergeMap } from 'rxjs'; jobs.pipe(mergeMap((job) => run(job), Infinity))",
      errors: [
        {
          messageId: 'unboundedMerge',
          suggestions: [{ messageId: 'addLimit', output: "import { mergeMap } from 'rxjs'; jobs.pipe(mergeMap((job) => run(job), 10))" }],
        },
      ],
    },
    {
      code: "import { Writable } from 'node:stream'; new Writable({ highWaterMark: Infinity, write })",
      errors: [{ messageId: 'infiniteBuffer' }],
    },
  ],
})

run('js', 'what may be few', rule, {
  valid: [
    {
      name: 'callers wait for their own entry',
      code: `
        export class Mutex {
          #waiting = []
          lock() { return new Promise((resolve) => this.#waiting.push(resolve)) }
          async unlock() { this.#waiting.shift()?.() }
        }
      `,
    },
  ],
  invalid: [
    {
      code: `
        export class Mutex {
          #waiting = []
          lock() { return new Promise((resolve) => this.#waiting.push(resolve)) }
          async unlock() { this.#waiting.shift()?.() }
        }
      `,
      options: possible,
      errors: [{ messageId: 'waitingRoom', data: { name: 'this.#waiting', caller: '`lock`', drain: '`unlock` (line 5)' } }],
    },
  ],
})

run('annotated', 'types written out', rule, {
  valid: [
    `
      export class Sender {
        private readonly queue: Job[] = []
        constructor(private readonly max: number) {}
        add(job: Job): boolean { if (this.queue.length >= this.max) return false; this.queue.push(job); return true }
        async work(): Promise<void> { await this.queue.shift()!.run() }
      }
    `,
  ],
  invalid: [
    {
      code: `
        export class Sender {
          private readonly queue: Job[] = []
          constructor(private readonly max: number) {}
          add(job: Job): boolean { this.queue.push(job as Job); return true }
          async work(): Promise<void> { await this.queue.shift()!.run() }
        }
        export const sender = new Sender(4)
      `,
      errors: [{ messageId: 'backlog', data: { name: 'this.queue', feeder: 'each call of `add`', drain: '`work` (line 6)', end: ' until the process dies' } }],
    },
    {
      code: `
        const cache = new Map<GrafservOptions, Getter>()
        export function getter(options: GrafservOptions) {
          let found = cache.get(options)
          if (!found) cache.set(options, (found = make(options)))
          return found
        }
      `,
      errors: [{ messageId: 'objectKeys' }],
    },
  ],
})

const handWritten = (start: string, work = 'await deliver(queue.shift())') => `
const queue = []
let running = false
export async function add(job) {
  queue.push(job)
  ${start}
}
async function drain() {
  if (running) return
  running = true
  while (queue.length > 0) ${work}
  running = false
}
`

run('js', 'rewrite through createQueue', rule, {
  valid: [],
  invalid: [
    {
      name: 'an asynchronous producer waits',
      code: handWritten('void drain()'),
      errors: [
        {
          messageId: 'backlog',
          suggestions: [
            {
              messageId: 'useCreateQueue',
              data: { capacity: 1000 },
              output: `
import { createQueue } from 'eslint-plugin-bounded/runtime'
const queue = createQueue(async (item) => {
  await deliver(item)
}, { concurrency: 1, capacity: 1000 })
export async function add(job) {
  await queue.push(job)
}
`,
            },
          ],
        },
      ],
    },
    { name: 'not where the start is awaited', code: handWritten('await drain()'), errors: [{ messageId: 'backlog', suggestions: [] }] },
    { name: 'not where the loop may end early', code: handWritten('drain()', '{ const job = queue.shift(); if (job.last) break; await deliver(job) }'), errors: [{ messageId: 'backlog', suggestions: [] }] },
    { name: 'not where the loop is started elsewhere too', code: `${handWritten('drain()')}setInterval(drain, 1000)`, errors: [{ messageId: 'backlog', suggestions: [] }] },
    { name: 'not where the flag is read elsewhere', code: `${handWritten('drain()')}export const isRunning = () => running`, errors: [{ messageId: 'backlog', suggestions: [] }] },
    { name: 'not where the length is read elsewhere', code: `${handWritten('drain()')}export const size = () => queue.length`, errors: [{ messageId: 'backlog', suggestions: [] }] },
  ],
})

run('annotated', 'rewrite through createQueue', rule, {
  valid: [],
  invalid: [
    {
      name: 'any other producer gets an error, and the item keeps its type',
      code: `
const queue: Job[] = []
let running = false
export function add(job: Job): void {
  queue.push(job)
  drain()
}
async function drain(): Promise<void> {
  if (running) return
  running = true
  try {
    while (queue.length) {
      const job = queue.shift()!
      await deliver(job)
    }
  } finally {
    running = false
  }
}
`,
      errors: [
        {
          messageId: 'backlog',
          suggestions: [
            {
              messageId: 'useCreateQueue',
              output: `
import { createQueue } from 'eslint-plugin-bounded/runtime'
const queue = createQueue(async (job: Job) => {
  await deliver(job)
}, { concurrency: 1, capacity: 1000 })
export function add(job: Job): void {
  if (!queue.tryPush(job)) throw new Error('The queue is full.')
}
`,
            },
          ],
        },
      ],
    },
  ],
})

run('js', 'streams that are written to with every event', rule, {
  valid: [
    { name: 'what does not fit is dropped', code: "import { SerialPort } from 'serialport'; const port = new SerialPort({ path: 'x' }); app.on('alarm', (text) => { if (port.writableLength < 1000) port.write(text) })" },
    { name: 'an event that comes once', code: "import { SerialPort } from 'serialport'; const port = new SerialPort({ path: 'x' }); app.on('ready', (text) => { port.write(text) })" },
    { name: 'a source that can wait is for no-ignored-backpressure', code: "import { SerialPort } from 'serialport'; const port = new SerialPort({ path: 'x' }); source.on('data', (text) => { port.write(text) })" },
    { name: 'its own connection to a server', code: "import { connect } from 'node:net'; const socket = connect(1); app.on('alarm', (text) => { socket.write(text) })" },
    { name: 'a file', code: "import { createWriteStream } from 'node:fs'; const log = createWriteStream('x'); app.on('alarm', (text) => { log.write(text) })" },
    { name: 'a notice that says the same every time', code: "import { createServer } from 'node:net'; createServer((socket) => { app.on('alarm', () => { socket.write(name) }) })" },
    { name: 'an answer that stays open', code: "import http from 'node:http'; http.createServer((req, res) => { res.writeHead(200); app.on('alarm', (text) => { res.write(text) }); req.on('close', () => res.end()) })" },
  ],
  invalid: [
    {
      name: 'a serial line',
      code: "import { SerialPort } from 'serialport'; const port = new SerialPort({ path: 'x' }); app.on('alarm', (text) => { port.write(text) })",
      errors: [{ messageId: 'unboundedSend', data: { source: 'alarm', stream: 'port' } }],
    },
    {
      name: 'a client of this server',
      code: "import { createServer } from 'node:net'; createServer((socket) => { app.on('alarm', (text) => { socket.write(text) }) })",
      errors: [{ messageId: 'unboundedSend', data: { source: 'alarm', stream: 'socket' } }],
    },
    {
      name: 'a subscription',
      code: "import { createServer } from 'node:net'; createServer((socket) => { bus.subscribe('alarms', (text) => socket.write(text)) })",
      errors: [{ messageId: 'unboundedSend', data: { source: 'message', stream: 'socket' } }],
    },
  ],
})

run('annotated', 'a socket by its type', rule, {
  valid: [
    "import { Chat } from './chat'; interface Peer extends Chat { id: string } export function follow(socket: Peer) { app.on('alarm', (text) => { socket.write(text) }) }",
  ],
  invalid: [
    {
      code: "import { Socket } from 'net'; interface Peer extends Socket { id: string } export function follow(socket: Peer) { app.on('alarm', (text) => { socket.write(text) }) }",
      errors: [{ messageId: 'unboundedSend' }],
    },
    {
      code: "import { Socket } from 'net'; export function follow(socket: Socket & { id: string }) { app.on('alarm', (text) => { socket.write(text) }) }",
      errors: [{ messageId: 'unboundedSend' }],
    },
  ],
})

run('js', 'bodies of requests', rule, {
  valid: [
    {
      name: 'counted',
      code: "export function read(req, done) { let body = ''; req.on('data', (chunk) => { body += chunk; if (body.length > 1e6) req.destroy() }); req.on('end', () => done(body)) }",
    },
    {
      name: 'refused by what the client says',
      code: "export async function read(req) { if (Number(req.headers['content-length']) > 1e6) throw tooLarge(); let body = ''; for await (const chunk of req) body += chunk; return body }",
    },
    {
      name: 'refused by a check of the file',
      code: "export async function read(req) { let body = ''; for await (const chunk of req) { body += chunk; assertPayloadSize(body) } return body }",
    },
    { name: 'only looked at', code: "export function read(req, done) { req.on('data', (chunk) => { hash.update(chunk) }); req.on('end', done) }" },
    { name: 'only counted', code: "export function read(req, done) { let bytes = 0; req.on('data', (chunk) => { bytes += chunk.length }); req.on('end', () => done(bytes)) }" },
    { name: 'an answer', code: "import https from 'node:https'; https.get(url, (res) => { let body = ''; res.on('data', (chunk) => { body += chunk }) })" },
    { name: 'an answer by another name', code: "import https from 'node:https'; https.get(url, (req) => { let body = ''; req.on('data', (chunk) => { body += chunk }) })" },
    { name: 'the own input of a program', code: "export async function read() { let text = ''; for await (const chunk of process.stdin) text += chunk; return text }" },
    { name: 'what only this machine can send', code: "import http from 'node:http'; http.createServer((req, res) => { let body = ''; req.on('data', (chunk) => { body += chunk }) }).listen(8080, '127.0.0.1')" },
    { name: 'lines, one at a time', code: "export function read(req) { let rest = ''; req.on('data', (chunk) => { rest += chunk; const lines = rest.split('\\n'); rest = lines.pop(); handle(lines) }) }" },
    { name: 'an answer on a connection of its own', code: "import net from 'node:net'; const socket = net.connect(1); let all = ''; socket.on('data', (chunk) => { all += chunk })" },
    { name: 'a reader with a limit', code: "import getRawBody from 'raw-body'; export const read = (req) => getRawBody(req, { limit: '1mb' })" },
    { name: 'something else that is read whole', code: "import { text } from 'node:stream/consumers'; export const read = (file) => text(file)" },
    { name: 'uploads with a limit', code: "import multer from 'multer'; export const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1e6 } })" },
    { name: 'uploads that go to disk', code: "import multer from 'multer'; export const upload = multer({ dest: 'uploads' })" },
  ],
  invalid: [
    {
      name: 'a text that grows',
      code: "export function read(req, done) { let body = ''; req.on('data', (chunk) => { body += chunk }); req.on('end', () => done(body)) }",
      errors: [{ messageId: 'unboundedBody', data: { name: 'body', source: 'req' } }],
    },
    {
      name: 'a list of buffers',
      code: "export async function read(req) { const chunks = []; for await (const chunk of req) chunks.push(chunk); return Buffer.concat(chunks) }",
      errors: [{ messageId: 'unboundedBody', data: { name: 'chunks', source: 'req' } }],
    },
    {
      name: 'a buffer made anew',
      code: "export function read(req) { let body = Buffer.alloc(0); req.on('data', (chunk) => { body = Buffer.concat([body, chunk]) }) }",
      errors: [{ messageId: 'unboundedBody', data: { name: 'body', source: 'req' } }],
    },
    {
      name: 'the request of a context',
      code: "export async function read(ctx) { let body = ''; for await (const chunk of ctx.req) body += chunk; return body }",
      errors: [{ messageId: 'unboundedBody', data: { name: 'body', source: 'ctx.req' } }],
    },
    {
      name: 'a server that others reach',
      code: "import http from 'node:http'; http.createServer((req, res) => { let body = ''; req.on('data', (chunk) => { body += chunk }) }).listen(8080)",
      errors: [{ messageId: 'unboundedBody' }],
    },
    {
      name: 'all that a peer of the own server sends',
      code: "import net from 'node:net'; net.createServer((socket) => { let all = ''; socket.on('data', (chunk) => { all += chunk }); socket.on('end', () => handle(all)) }).listen(1)",
      errors: [{ messageId: 'unboundedBody', data: { name: 'all', source: 'socket' } }],
    },
    {
      name: 'lines of any length',
      options: possible,
      code: "export function read(req) { let rest = ''; req.on('data', (chunk) => { rest += chunk; const lines = rest.split('\\n'); rest = lines.pop(); handle(lines) }) }",
      errors: [{ messageId: 'unboundedBody', data: { name: 'rest', source: 'req' } }],
    },
    {
      name: 'a reader without a limit',
      code: "import getRawBody from 'raw-body'; export const read = (req) => getRawBody(req)",
      errors: [{ messageId: 'unboundedBodyReader', data: { name: 'getRawBody', source: '`req`', remedy: 'Set `limit`.' } }],
    },
    {
      name: 'a reader that has none',
      code: "import { text } from 'node:stream/consumers'; export const read = (req) => text(req)",
      errors: [{ messageId: 'unboundedBodyReader', data: { name: 'text', source: '`req`', remedy: 'Use a body parser that has a limit.' } }],
    },
    {
      name: 'uploads in memory',
      code: "import multer from 'multer'; export const upload = multer({ storage: multer.memoryStorage() })",
      errors: [{ messageId: 'unboundedBodyReader', data: { name: 'multer', source: 'a request', remedy: 'Set `limits.fileSize`.' } }],
    },
  ],
})

run('annotated', 'a request by its type', rule, {
  valid: ["import type { IncomingMessage } from 'node:http'; export function read(response: IncomingMessage) { let body = ''; response.on('data', (chunk) => { body += chunk }) }"],
  invalid: [
    {
      code: "import type { IncomingMessage } from 'node:http'; export function read(message: IncomingMessage) { let body = ''; message.on('data', (chunk) => { body += chunk }) }",
      errors: [{ messageId: 'unboundedBody', data: { name: 'body', source: 'message' } }],
    },
  ],
})

run('js', 'keys that requests bring', rule, {
  valid: [
    {
      name: 'one of a list',
      code: "import express from 'express'; const seen = new Set(); express().get('/', (req, res) => { const period = PERIODS.includes(req.query.p) ? req.query.p : 'day'; seen.add(period); res.end() })",
    },
    {
      name: 'refused where it is not of a list',
      code: "import express from 'express'; const seen = new Set(); express().get('/', (req, res) => { if (!ALL.includes(req.query.p)) return res.sendStatus(400); seen.add(req.query.p); res.end() })",
    },
  ],
  invalid: [
    {
      code: "import express from 'express'; const seen = new Set(); express().get('/', (req, res) => { const period = req.query.p ?? 'day'; seen.add(period); res.end() })",
      errors: [{ messageId: 'unboundedCache' }],
    },
  ],
})

run('annotated', 'a cache that a field declares', rule, {
  valid: [],
  invalid: [
    {
      name: 'is reported there: that is what changes',
      code: `
        export class Rooms {
          private members = new Map<string, string[]>()
          forget(roomId: string) { this.members.delete(roomId) }
          async of(roomId: string) {
            const known = this.members.get(roomId)
            if (known) return known
            const found = await load(roomId)
            this.members.set(roomId, found)
            return found
          }
        }
      `,
      errors: [{ messageId: 'unboundedCache', line: 3 }],
    },
  ],
})

run('js', 'objects that are used as maps', rule, {
  valid: [
    { name: 'its keys may be few', code: 'const parts = {}; export async function part(name) { if (!parts[name]) parts[name] = await load(name); return parts[name] }' },
    { name: 'computed', code: 'const users = {}; export function user(userId) { if (!users[userId]) users[userId] = make(userId); return users[userId] }' },
    {
      name: 'with a maximum',
      options: possible, code: "const users = {}; export async function user(userId) { if (users[userId]) return users[userId]; if (Object.keys(users).length > 1000) reset(); users[userId] = await load(userId); return users[userId] }",
    },
    {
      name: 'entries are taken out where they are done with',
      options: possible, code: "const pending = {}; let last = 0; export function send(message, done) { const id = ++last; pending[id] = done; socket.write(id + message) } export function receive(id, answer) { const done = pending[id]; delete pending[id]; done(answer) }",
    },
    { name: 'a list of names that the code writes out', options: possible, code: "const users = {}; export async function user(userId) { if (!users.all) users.all = await load(userId); return users.all }" },
    { name: 'emptied by the file itself', options: possible, code: "let users = {}; function reset() { users = {} } setInterval(reset, 60000); export async function user(userId) { if (!users[userId]) users[userId] = await load(userId); return users[userId] }" },
    { name: 'a registry', options: possible, code: 'const loaders = {}; export function register(name, loader) { loaders[name] = loader } export const find = (name) => loaders[name]' },
    { name: 'a local one', options: possible, code: 'export async function all(ids) { const users = {}; for (const id of ids) { if (!users[id]) users[id] = await load(id) } return users }' },
    { name: 'a hash of what the program defines', code: 'const checks = {}; export async function check(schemaHash) { if (!checks[schemaHash]) checks[schemaHash] = await load(schemaHash); return checks[schemaHash] }' },
    { name: 'exported, and computed', options: possible, code: 'export const users = {}; export function user(userId) { if (!users[userId]) users[userId] = make(userId); return users[userId] }' },
    { name: 'exported, by keys that may be few', options: possible, code: 'export const parts = {}; export async function part(name) { if (!parts[name]) parts[name] = await load(name); return parts[name] }' },
    { name: 'handed to other code', options: possible, code: 'const users = {}; prune(users); export async function user(userId) { if (!users[userId]) users[userId] = await load(userId); return users[userId] }' },
  ],
  invalid: [
    {
      code: 'const users = {}; export async function user(userId) { if (!users[userId]) users[userId] = await load(userId); return users[userId] }',
      errors: [{ messageId: 'unboundedCache', data: { name: 'users', key: 'userId', feeder: 'each call of `user`', size: 'Object.keys(users).length', gone: ' or lets one go' } }],
    },
    {
      name: 'asked with `in`, without a prototype',
      options: possible,
      code: 'const users = Object.create(null); export async function user(userId) { if (userId in users) return users[userId]; return (users[userId] = await load(userId)) }',
      errors: [{ messageId: 'unboundedCache' }],
    },
    {
      name: 'a field that requests fill',
      options: possible,
      code: "import express from 'express'; class Hits { constructor() { this.seen = {}; express().get('/', (req, res) => { this.seen[req.ip] = Date.now(); res.end() }) } }",
      errors: [{ messageId: 'unboundedCache', data: { name: 'this.seen', key: 'req.ip', feeder: 'each run of `handler GET /`', size: 'Object.keys(this.seen).length', gone: ' or lets one go' } }],
    },
  ],
})

const fetching = (head: string, rest = '') => `
  ${head}
  export async function user(userId) {
    if (!users.has(userId)) users.set(userId, await load(userId))
    return users.get(userId)
  }
  ${rest}
`
const reported = [{ messageId: 'unboundedCache' as const }]

run('js', 'what lets go of entries and limits nothing', rule, {
  valid: [
    { name: 'a timer empties it', code: fetching('const users = new Map()', 'setInterval(() => users.clear(), 60000)') },
    { name: 'the file itself empties it', code: fetching('const users = new Map()', 'function clear() { users.clear() } bus.on("change", () => clear())') },
    { name: 'what is old goes by a sweep', code: fetching('const users = new Map()', 'setInterval(() => { for (const [id, { until }] of users) if (until < Date.now()) users.delete(id) }, 60000)') },
    {
      name: 'what has come is taken out again',
      code: 'const users = new Map(); export class Users { async get(userId) { if (users.has(userId)) return users.get(userId); const found = load(userId); users.set(userId, found); try { return await found } finally { users.delete(userId) } } }',
    },
    {
      name: 'what has come is taken out again if it is still there',
      code: `
        export class UserService {
          #users = new Map()
          async find(request) {
            const userId = request.userId
            if (this.#users.has(userId)) return this.#users.get(userId)
            const found = this.load(userId)
            this.#users.set(userId, found)
            try { return await found } finally { if (this.#users.get(userId) === found) this.#users.delete(userId) }
          }
          async load(userId) { return fetch('/users/' + userId) }
        }
      `,
    },
    { name: 'a number is compared', code: "const users = new Map(); export async function user(userId) { const found = users.get(userId); if (found && found.hits < MOST) return found; const made = await load(userId); users.set(userId, made); return made }" },
    { name: 'keys are what somebody set up', code: 'const plans = new Map(); export function plan(projectId) { let found = plans.get(projectId); if (!found) { found = load(projectId); found.catch(() => plans.delete(projectId)); plans.set(projectId, found) } return found } async function load(projectId) { return fetch("/plans/" + projectId) }' },
    { name: 'keys are few', code: "const users = new Map(); export async function user(chainId) { const found = users.get(chainId); if (found && found.until > Date.now()) return found; const made = await load(chainId); users.set(chainId, made); return made }" },
  ],
  invalid: [
    {
      name: 'whoever likes to empties it',
      code: fetching('const users = new Map()', 'export function clear() { users.clear() }'),
      errors: [
        {
          messageId: 'unboundedCache',
          data: { name: 'users', key: 'userId', feeder: 'each call of `user`', size: 'users.size', gone: ': `clear` (line 7) empties it only where somebody calls it' },
        },
      ],
    },
    {
      name: 'the end of the program empties it',
      code: "class Users { #users = new Map(); async get(userId) { if (!this.#users.has(userId)) this.#users.set(userId, await load(userId)); return this.#users.get(userId) } close() { this.#users.clear() } } export const users = new Users()",
      errors: reported,
    },
    {
      name: 'what failed goes',
      code: 'const users = new Map(); export function user(userId) { let found = users.get(userId); if (!found) { found = load(userId); found.catch(() => users.delete(userId)); users.set(userId, found) } return found } async function load(userId) { return fetch("/users/" + userId) }',
      errors: reported,
    },
    {
      name: 'what is old is fetched anew',
      code: 'const users = new Map(); export async function user(userId) { const found = users.get(userId); if (found && found.until > Date.now()) return found; const made = await load(userId); users.set(userId, made); return made }',
      errors: reported,
    },
    {
      name: 'what is old goes where it is asked for again',
      code: 'const users = new Map(); export async function user(userId) { const found = users.get(userId); if (found) { if (!isExpired(found) && found.until > Date.now()) return found; if (Date.now() > found.until) users.delete(userId) } const made = await load(userId); users.set(userId, made); return made }',
      errors: reported,
    },
    { name: 'exported', code: fetching('export const users = new Map()'), errors: reported },
    { name: 'exported in a list of names', code: fetching('const users = new Map()', 'export { users }'), errors: reported },
    { name: 'exported as a member', code: 'const users = new Map(); async function user(userId) { if (!users.has(userId)) users.set(userId, await load(userId)); return users.get(userId) } module.exports = { user, users }', errors: reported },
    { name: 'exported where it is made', code: 'const users = (module.exports.users = new Map()); module.exports.user = async (userId) => { if (!users.has(userId)) users.set(userId, await load(userId)); return users.get(userId) }', errors: reported },
  ],
})

run('js', 'what is fetched, and for which keys', rule, {
  valid: [
    { name: 'a callback that brings no answer', code: 'const users = new Map(); export function user(userId) { if (users.has(userId)) return users.get(userId); names.forEach((name, at) => users.set(userId, make(name))) }' },
    { name: 'a function that is not asynchronous', code: 'const users = new Map(); export function user(userId) { if (!users.has(userId)) users.set(userId, make(userId)); return users.get(userId) } function make(userId) { return { userId } }' },
    { name: 'a key of what was set up', code: 'const tables = new Map(); export async function table(spaceId, name) { const key = `${spaceId}/${name}`; if (!tables.has(key)) tables.set(key, await load(key)); return tables.get(key) }' },
    { name: 'a text whose first character another function reads', code: 'const sizes = new Map(); export function size(node) { if (!sizes.has(node)) sizes.set(node, measure(node)); return sizes.get(node) } function measure(node) { return node[0].length }' },
    { name: 'another spelling of what is few', code: 'const parts = new Map(); export async function part(name) { const key = name.toLowerCase(); if (!parts.has(key)) parts.set(key, await load(key)); return parts.get(key) }' },
  ],
  invalid: [
    {
      name: 'an answer that comes by a callback',
      code: 'const users = new Map(); export function user(userId, done) { if (users.has(userId)) return done(null, users.get(userId)); load(userId, (err, found) => { users.set(userId, found); done(err, found) }) }',
      errors: [{ messageId: 'unboundedCache', data: { name: 'users', key: 'userId', feeder: 'each call of `user`', size: 'users.size', gone: ' or lets one go' } }],
    },
    { name: 'a promise of an asynchronous function', code: 'const users = new Map(); export function user(userId) { if (!users.has(userId)) users.set(userId, make(userId)); return users.get(userId) } async function make(userId) { return { userId } }', errors: reported },
    { name: 'a key of which one part is busy', code: 'const tables = new Map(); export async function table(userId, name) { const key = `${userId}/${name}`; if (!tables.has(key)) tables.set(key, await load(key)); return tables.get(key) }', errors: reported },
    { name: 'another spelling', code: 'const pages = new Map(); export async function page(url) { const key = url.toLowerCase(); if (!pages.has(key)) pages.set(key, await load(key)); return pages.get(key) }', errors: reported },
    {
      name: 'objects whose members another function reads',
      code: 'const sizes = new Map(); export function size(node) { if (!sizes.has(node)) sizes.set(node, measure(node)); return sizes.get(node) } function measure(node) { return node.children.length }',
      errors: [{ messageId: 'objectKeys' }],
    },
  ],
})

const holding = (name: string, member: string, key = 'userId') => `
  export class ${name} {
    #users = new Map()
    ${member}
    async get(${key}) {
      if (!this.#users.has(${key})) this.#users.set(${key}, await load(${key}))
      return this.#users.get(${key})
    }
  }
`

run('js', 'what shows that an object stays', rule, {
  valid: [
    { name: 'nothing', code: holding('Users', 'close() { this.closed = true }') },
    { name: 'it is given to something', code: holding('Users', 'constructor(app) { app.show(this) }') },
    { name: 'a timer that comes once', code: holding('Users', 'constructor() { setTimeout(() => this.report(), 1000) }') },
    { name: 'a cache of few', code: holding('PartCache', '', 'name') },
    { name: 'a closure for each call', code: 'export function makeUsers() { const users = new Map(); return async (userId) => { if (!users.has(userId)) users.set(userId, await load(userId)); return users.get(userId) } }' },
    {
      name: 'a closure for each request',
      code: "import express from 'express'; const app = express(); app.get('/', (req, res) => { const users = new Map(); app.get('/more', async (request) => { if (!users.has(request.ip)) users.set(request.ip, await load(request.ip)); }) })",
    },
    { name: 'a queue that others can reach', code: 'export class Link { queue = []; constructor(socket) { socket.on("message", (message) => this.queue.push(message)) } }' },
  ],
  invalid: [
    { name: 'it registers itself', code: holding('Users', 'constructor(app) { app.registerProvider("users", this) }'), errors: reported },
    { name: 'it has a timer of its own', code: holding('Users', 'constructor() { setInterval(() => this.report(), 1000) }'), errors: reported },
    { name: 'it has a timer that runs a function of its own', code: holding('Users', 'constructor() { setInterval(this.report.bind(this), 1000) }'), errors: reported },
    { name: 'the program shuts it down', code: holding('Users', 'shutdown() { this.closed = true }'), errors: reported },
    { name: 'by its name', code: holding('UserService', ''), errors: reported },
    { name: 'a cache of whatever callers ask for', code: holding('AnswerCache', '', 'key'), errors: reported },
    { name: 'a closure that the module makes', code: 'function makeUsers() { const users = new Map(); return async (userId) => { if (!users.has(userId)) users.set(userId, await load(userId)); return users.get(userId) } } export const user = makeUsers()', errors: reported },
    {
      name: 'a closure that serves',
      code: "export default function routes(app) { const users = new Map(); app.get('/:id', async (req, res) => { if (!users.has(req.params.id)) users.set(req.params.id, await load(req.params.id)); res.json(users.get(req.params.id)) }) }",
      errors: reported,
    },
    { name: 'a queue that nobody takes from', code: 'export class Link { #queue = []; constructor(socket) { socket.on("message", (message) => this.#queue.push(message)) } }', errors: [{ messageId: 'neverEmptied' }] },
  ],
})

run('js', 'bodies that a function with a name collects', rule, {
  valid: [
    { name: 'and counts', code: "export function read(req) { let body = ''; function onData(chunk) { body += chunk; if (body.length > 1000) req.destroy() } req.on('data', onData) }" },
    { name: 'of an answer', code: "import http from 'node:http'; http.get('/', (res) => { let body = ''; function onData(chunk) { body += chunk } res.on('data', onData) })" },
    { name: 'that the function throws away', code: "export function read(req) { function onData(chunk) { let body = ''; body += chunk; use(body) } req.on('data', onData) }" },
  ],
  invalid: [
    { name: 'whole', code: "export function read(req) { let body = ''; function onData(chunk) { body += chunk } req.on('data', onData) }", errors: [{ messageId: 'unboundedBody' }] },
    {
      name: 'as text or as bytes',
      code: "export function read(req) { let body = ''; function onData(chunk) { if (typeof chunk === 'string') body += chunk; else body = Buffer.concat([body, chunk]) } req.on('data', onData) }",
      errors: [{ messageId: 'unboundedBody' }],
    },
  ],
})
