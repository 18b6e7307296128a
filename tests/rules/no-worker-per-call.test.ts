import rule from '../../rules/no-worker-per-call.ts'
import { threadFacts } from '../../src/knowledge/threads.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }] as const
const worker = "import { Worker } from 'node:worker_threads'"
const app = "import express from 'express'; const app = express()"
const route = (body: string, top = '') => `${worker}; ${app}; ${top}; app.post('/hash', async (req, res) => { ${body} })`
const started = "const worker = new Worker('./hash.js', { workerData: req.body }); worker.on('message', (hash) => res.json(hash)); worker.on('error', (error) => res.status(500).end())"
const cost = 'each loads its code anew, and more of them than cores only slow each other down'
const perCall = (way = 'handler POST /hash', unit = 'request') => [{ messageId: 'perCall', data: { worker: 'new Worker', what: 'thread', unit, way, cost } }]

run('js', 'a thread per request', rule, {
  valid: [
    { name: 'made once', code: route('worker.postMessage(req.body)', "const worker = new Worker('./hash.js')") },
    { name: 'kept the first time', code: route("worker ??= new Worker('./hash.js'); worker.postMessage(req.body)", 'let worker') },
    { name: 'kept in a field of the module', code: route("state.worker = new Worker('./hash.js'); state.worker.on('error', console.error); worker.on('exit', () => {})", 'const state = {}') },
    { name: 'kept in a variable of the module', code: route("last = new Worker('./hash.js'); last.on('exit', () => {})", 'let last') },
    { name: 'put into a list', code: route("const worker = new Worker('./hash.js'); workers.push(worker)", 'const workers = []') },
    { name: 'put into a list at once', code: route("workers.push(new Worker('./hash.js'))", 'const workers = []') },
    { name: 'a session', code: route("const worker = new Worker('./hash.js'); sessions.set(req.body.id, worker)", 'const sessions = new Map()') },
    { name: 'returned', code: `${worker}; export const open = () => new Worker('./hash.js')` },
    { name: 'counted', code: route(`if (running >= 4) return res.sendStatus(503); running += 1; ${started}`, 'let running = 0') },
    { name: 'counted by a list', code: route(`if (waiting.length > 4) return res.sendStatus(503); waiting.push(1); ${started}`, 'const waiting = []') },
    { name: 'a limiter', code: route("res.json(await limit(() => hash(req.body)))", "import pLimit from 'p-limit'; const limit = pLimit(4); const hash = (data) => new Promise((resolve) => { const worker = new Worker('./hash.js', { workerData: data }); worker.on('error', console.error); worker.on('message', resolve) })") },
    { name: 'a limiter of another file', code: route("res.json(await queue.add(() => hash(req.body)))", "import { queue } from './queue.js'; const hash = (data) => new Promise((resolve) => { const worker = new Worker('./hash.js', { workerData: data }); worker.on('error', console.error); worker.on('message', resolve) })") },
    { name: 'for development', code: route(`if (isDev) { ${started} }`) },
    { name: 'a class of the file', code: `class Worker { on() {} }; ${app}; app.post('/hash', (req, res) => { ${started} })` },
    { name: 'a worker of a queue', code: route(started).replace('node:worker_threads', 'bullmq') },
    { name: 'a worker of a page', code: route(started).replace(worker, '') },
    { name: 'one that is started again', code: `${worker}; const start = () => { const worker = new Worker('./hash.js'); worker.on('error', console.error); worker.on('exit', start) }; start()` },
    { name: 'start-up', code: `${worker}; ${app}; app.listen(80, () => { const worker = new Worker('./hash.js'); worker.on('error', console.error); worker.on('message', console.log) })` },
    { name: 'a test', code: route(started), filename: 'src/hash.test.js' },
  ],
  invalid: [
    { name: 'in the handler', code: route(started), errors: perCall() },
    { name: 'without a name', code: route("new Worker('./hash.js', { workerData: req.body }).on('message', (hash) => res.json(hash))"), errors: perCall() },
    { name: 'in a variable that is declared before', code: route("let worker; worker = new Worker('./hash.js'); worker.on('message', (hash) => res.json(hash))"), errors: perCall() },
    { name: 'a comparison of what the request brings', code: route(`if (req.body.length > 1000) return res.sendStatus(413); ${started}`), errors: perCall() },
    { name: 'in a promise', code: route("res.json(await new Promise((resolve) => { const worker = new Worker('./hash.js'); worker.once('message', resolve) }))"), errors: perCall() },
    {
      name: 'in a function that the handler calls',
      code: route('res.json(await hash(req.body))', "const hash = (data) => new Promise((resolve) => { const worker = new Worker('./hash.js', { workerData: data }); worker.on('message', resolve) })"),
      errors: perCall('handler POST /hash → hash'),
    },
    {
      name: 'per message',
      code: `${worker}; import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 80 }); wss.on('connection', (socket) => { const worker = new Worker('./hash.js'); worker.on('message', (hash) => socket.send(hash)) })`,
      errors: [{ messageId: 'perCall' }],
    },
    {
      name: 'a handler of the user',
      code: `${worker}; import { onTask } from '@acme/tasks'; onTask((task) => { const worker = new Worker('./hash.js', { workerData: task }); worker.on('message', task.done) })`,
      settings: { bounded: { handlers: [{ module: '@acme/tasks', member: 'onTask', runs: 'request' }] } },
      errors: [{ messageId: 'perCall' }],
    },
  ],
})

const hash = "const hash = (data) => new Promise((resolve, reject) => { const worker = new Worker('./hash.js', { workerData: data }); worker.on('message', resolve); worker.on('error', reject) })"
const perElement = (list: string) => [{ messageId: 'perElement', data: { worker: 'new Worker', what: 'thread', list, cost } }]

run('js', 'a thread per element', rule, {
  valid: [
    { name: 'as many as cores', code: `${worker}; import os from 'node:os'; export function start() { for (let i = 0; i < os.cpus().length; i++) { const worker = new Worker('./hash.js'); worker.on('error', console.error); worker.on('message', console.log) } }` },
    { name: 'a list that is written out', code: `${worker}; ${hash}; export const all = () => Promise.all(['a', 'b'].map((each) => hash(each)))` },
    { name: 'one after another', code: `${worker}; import { readdir } from 'node:fs/promises'; ${hash}; export async function all() { for (const file of await readdir('in')) await hash(file) }` },
    { name: 'a limiter', code: `${worker}; import pLimit from 'p-limit'; import { readdir } from 'node:fs/promises'; const limit = pLimit(4); ${hash}; export const all = async () => { const files = await readdir('in'); return Promise.all(files.map((file) => limit(() => hash(file)))) }` },
    { name: 'the list of a caller', code: `${worker}; ${hash}; export const all = (files) => Promise.all(files.map((file) => hash(file)))` },
    { name: 'kept in a list', code: `${worker}; import { readdir } from 'node:fs/promises'; const workers = []; export async function all() { for (const file of await readdir('in')) { const worker = new Worker(file); workers.push(worker) } }` },
    { name: 'counted', code: `${worker}; import { readdir } from 'node:fs/promises'; const busy = new Set(); ${hash}; export const all = async () => { const files = await readdir('in'); for (const file of files) { if (busy.size > 8) continue; hash(file) } }` },
    { name: 'a script', code: `${worker}; import { readdir } from 'node:fs/promises'; ${hash}; const files = await readdir('in'); await Promise.all(files.map((file) => hash(file)))` },
  ],
  invalid: [
    { name: 'a listing', code: `${worker}; import { readdir } from 'node:fs/promises'; ${hash}; export const all = async () => { const files = await readdir('in'); return Promise.all(files.map((file) => hash(file))) }`, errors: perElement('files') },
    { name: 'in the callback', code: `${worker}; import { readdir } from 'node:fs/promises'; export const all = async () => { const files = await readdir('in'); files.forEach((file) => { const worker = new Worker(file); worker.on('message', console.log) }) }`, errors: perElement('files') },
    { name: 'a loop that waits for none', code: `${worker}; import { readdir } from 'node:fs/promises'; ${hash}; export async function all() { for (const file of await readdir('in')) hash(file).catch(console.error) }`, errors: perElement("await readdir('in')") },
    { name: 'the list of a caller, where what is possible is asked for', code: `${worker}; ${hash}; export const all = (files) => Promise.all(files.map((file) => hash(file)))`, options: possible, errors: perElement('files') },
  ],
})

const unheard = (worker = 'new Worker') => [{ messageId: 'unheard', data: { worker } }]
/** A function that starts a thread, and what is done with it. */
const asked = (uses: string, made = "new Worker('./hash.js')", top = '') => `${worker}; ${top}; export const hash = (data) => new Promise((resolve, reject) => { const worker = ${made}; ${uses} })`

run('js', 'a thread whose errors nobody hears', rule, {
  valid: [
    asked("worker.on('message', resolve); worker.on('error', reject)"),
    asked("worker.once('error', reject).once('message', resolve)"),
    asked("worker.addListener('message', resolve).addListener('error', reject)"),
    { name: 'a member', code: asked("worker.onmessage = resolve; worker.onerror = reject") },
    { name: 'an event that the code does not name', code: asked('for (const name of data.events) worker.on(name, resolve)') },
    { name: 'passed on', code: asked("watch(worker); worker.on('message', resolve)", "new Worker('./hash.js')", "import { watch } from './watch.js'") },
    { name: 'a promise of an event fails with its errors', code: asked("once(worker, 'message').then(resolve, reject)", "new Worker('./hash.js')", "import { once } from 'node:events'") },
    { name: 'returned', code: `${worker}; export const open = () => { const worker = new Worker('./hash.js'); worker.on('message', console.log); return worker }` },
    { name: 'exported', code: `${worker}; export const worker = new Worker('./hash.js'); worker.on('message', console.log)` },
    { name: 'made with a listener', code: asked("worker.on('message', resolve)", "new Worker('./hash.js').on('error', reject)") },
    { name: 'a process: `error` says that it did not start', code: `import { fork } from 'node:child_process'; export const hash = (data) => { const child = fork('./hash.js'); child.on('message', data.resolve) }` },
    { name: 'what nobody catches is caught', code: `${asked("worker.on('message', resolve)")}; process.on('uncaughtException', console.error)` },
    { name: 'a script', code: `${worker}; const worker = new Worker('./hash.js'); worker.on('message', console.log)`.replace('{ Worker }', '{ Worker as Thread }').replace('new Worker', 'new Thread') },
    { name: 'a test', code: asked("worker.on('message', resolve)"), filename: 'src/hash.test.js' },
  ],
  invalid: [
    { code: asked("worker.on('message', resolve)"), errors: unheard() },
    { name: '`exit` alone', code: asked("worker.on('message', resolve); worker.on('exit', reject)"), errors: unheard() },
    { name: 'in a chain', code: asked("worker.once('message', resolve).once('exit', reject)"), errors: unheard() },
    { name: 'other members', code: asked('worker.postMessage(data); worker.once("message", resolve); setTimeout(() => worker.terminate(), 1000)'), errors: unheard() },
    { name: 'without a name', code: `${worker}; export const hash = (done) => { new Worker('./hash.js').on('message', done) }`, errors: unheard() },
    { name: 'without any listener', code: `${worker}; export const start = () => { new Worker('./hash.js') }`, errors: unheard() },
    { name: 'for as long as the program runs', code: `${worker}; ${app}; const thread = new Worker('./hash.js'); thread.on('message', console.log); app.listen(80)`, errors: unheard() },
    { name: 'one that is started again', code: `${worker}; export const start = () => { const worker = new Worker('./hash.js'); worker.on('exit', start) }`, errors: unheard() },
  ],
})

run('annotated', 'what a handler is, by its type', rule, {
  valid: [`${worker}; import type { Request, Response } from './http.ts'; export const post = (one: Request, two: Response) => { new Worker('./hash.js', { workerData: one }).on('error', console.error) }`],
  invalid: [
    {
      code: `${worker}; import type { Request, Response } from 'express'; export const post = (one: Request, two: Response) => { new Worker('./hash.js', { workerData: one }).on('message', console.log) }`,
      errors: [{ messageId: 'perCall' }],
    },
  ],
})

/** Every entry of the table, in a handler. */
const entries = threadFacts.flatMap(({ module, member, starts }) =>
  [module].flat().flatMap((specifier) =>
    [member].flat().map((name) => ({
      name: `${specifier} ${name}`,
      code: `import * as api from '${specifier}'; ${app}; app.post('/', (req, res) => { const it = ${/^[A-Z]/.test(name) ? 'new ' : ''}api.${name}('./hash.js'); it.on('message', (x) => res.json(x)) })`,
      errors: [{ messageId: 'perCall' as const, data: { worker: `${/^[A-Z]/.test(name) ? 'new ' : ''}api.${name}`, what: starts, unit: 'request', way: 'handler POST /', cost: starts === 'thread' ? cost : 'each is a Node.js of its own, and more of them than cores only slow each other down' } }],
    })),
  ),
)

run('js', 'every entry of the table', rule, {
  valid: entries.map(({ name, code }) => ({ name, code: code.replace(/from '[^']+'/, "from './api.js'") })),
  invalid: entries,
})
