import { clientFacts } from '../../src/knowledge/clients.ts'
import rule from '../../rules/no-client-per-call.ts'
import { run } from '../support/rule-tester.ts'

const redis = "import Redis from 'ioredis'"
const s3 = "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'"
const app = "import express from 'express'; const app = express()"
const opens = 'a connection of its own'
const sockets = 'sockets of its own (with their handshakes)'
const possible = [{ report: 'possible' }] as const

const route = (body: string, top = '') => `${redis}; ${app}; ${top}; app.get('/users', async (req, res) => { ${body} })`
const perRequest = (ended = '') => [{ messageId: 'perRequest', data: { client: 'new Redis', opens, way: 'handler GET /users', ended } }]

run('js', 'a client per request', rule, {
  valid: [
    { name: 'made once', code: route("res.json(await client.get('users'))", 'const client = new Redis(process.env.URL)') },
    { name: 'made of what the request brings', code: route('const client = new Redis(req.headers.url); res.json(await client.get("users"))') },
    { name: 'made of a value that rests on the request', code: route('const { url } = req.query; const options = { url }; const client = new Redis(options); res.json(await client.get("users"))') },
    { name: 'kept the first time', code: route("client ??= new Redis(process.env.URL); res.json(await client.get('users'))", 'let client') },
    { name: 'kept per key', code: route("const client = new Redis(process.env.URL); clients.set('users', client); res.json(await client.get('users'))", 'const clients = new Map()') },
    { name: 'kept in an object of the module', code: route('state.client = new Redis(process.env.URL)', 'const state = {}') },
    { name: 'a connection that listens', code: route("const client = new Redis(process.env.URL); client.subscribe('users')") },
    { name: 'a connection that gets messages', code: route("const client = new Redis(process.env.URL); client.on('message', (channel, text) => res.write(text))") },
    { name: 'a class of the file', code: `class Redis { get() {} }; ${app}; app.get('/users', async (req, res) => { const client = new Redis(); res.json(await client.get('users')) })` },
    { name: 'returned', code: `${redis}; ${app}; const open = () => new Redis(process.env.URL); app.get('/users', async (req, res) => { res.json(await open().get('users')) })` },
    { name: 'for development', code: route("if (isDev) { const client = new Redis(process.env.URL); await client.flushall() }") },
    { name: 'a test', code: route("const client = new Redis(process.env.URL); res.json(await client.get('users'))"), filename: 'src/users.test.js' },
    { name: 'start-up', code: `${redis}; ${app}; app.listen(80, async () => { const client = new Redis(process.env.URL); await client.ping() })` },
  ],
  invalid: [
    { name: 'in the handler', code: route("const client = new Redis(process.env.URL); res.json(await client.get('users'))"), errors: perRequest() },
    { name: 'used where it is made', code: route("res.json(await new Redis(process.env.URL).get('users'))"), errors: perRequest() },
    { name: 'ended again', code: route("const client = new Redis(process.env.URL); res.json(await client.get('users')); await client.quit()"), errors: perRequest(', and `client.quit()` gives it up again') },
    { name: 'ended by a function of the handler', code: route("const client = new Redis(process.env.URL); const done = () => client.quit(); res.json(await client.get('users')); done()"), errors: perRequest(', and `client.quit()` gives it up again') },
    { name: 'made of options that are the same each time', code: route("const options = { url: process.env.URL }; const client = new Redis(options); res.json(await client.get('users'))"), errors: perRequest() },
    { name: 'an option that is called like a variable of the handler', code: route("const host = req.hostname; const client = new Redis({ host: 'redis' }); res.json(await client.get(host))"), errors: perRequest() },
    { name: 'other events', code: route("const client = new Redis(process.env.URL); client.on('error', () => {}); res.json(await client.get('users'))"), errors: perRequest() },
    { name: 'given to something that is used and dropped', code: route("const store = new Store({ client: new Redis(process.env.URL) }); res.json(await store.get('users'))"), errors: perRequest() },
    { name: 'assigned later', code: route("let client; client = new Redis(process.env.URL); res.json(await client.get('users'))"), errors: perRequest() },
    {
      name: 'in a function that the handler calls',
      code: `${redis}; ${app}; async function read() { const client = new Redis(process.env.URL); return client.get('users') }; app.get('/users', async (req, res) => { res.json(await read()) })`,
      errors: [{ messageId: 'perRequest', data: { client: 'new Redis', opens, way: 'handler GET /users → read', ended: '' } }],
    },
    {
      name: 'in routes that a function with options registers',
      code: `${redis}; export default (app, options) => { app.get('/users', async (req, res) => { const client = new Redis(options.url); res.json(await client.get('users')) }) }`,
      errors: perRequest(),
    },
    {
      name: 'in a function of AWS Lambda',
      code: `${s3}; export const handler = async (event) => { const s3 = new S3Client({}); return s3.send(new GetObjectCommand({ Key: event.key })) }`,
      errors: [{ messageId: 'perRequest', data: { client: 'new S3Client', opens: sockets, way: 'handler handler', ended: '' } }],
    },
  ],
})

run('js', 'a client per element', rule, {
  valid: [
    `${redis}; export async function save(xs) { const client = new Redis(process.env.URL); for (const x of xs) await client.set(x, 1) }`,
    `${redis}; export async function save(urls) { for (const url of urls) { const client = new Redis(url); await client.flushall() } }`,
    `${redis}; export async function open(xs) { const clients = []; for (const x of xs) clients.push(new Redis(process.env.URL)); return clients }`,
    `${redis}; export const open = (xs) => xs.map(() => new Redis(process.env.URL))`,
    { name: 'tries again', code: `${redis}; export async function up() { while (true) { const client = new Redis(process.env.URL); if (await client.ping()) return } }` },
  ],
  invalid: [
    {
      code: `${redis}; export async function save(xs) { for (const x of xs) { const client = new Redis(process.env.URL); await client.set(x, 1); await client.quit() } }`,
      errors: [{ messageId: 'perElement', data: { client: 'new Redis', opens, list: 'xs', ended: ', and `client.quit()` gives it up again' } }],
    },
    {
      code: `${s3}; export const load = (keys) => Promise.all(keys.map(async (Key) => new S3Client({}).send(new GetObjectCommand({ Key }))))`,
      errors: [{ messageId: 'perElement', data: { client: 'new S3Client', opens: sockets, list: 'keys', ended: '' } }],
    },
  ],
})

const called = (body: string, name = 'load', parameter = 'key') => `${redis}; export async function ${name}(${parameter}) { ${body} }`
const ended = "await client.quit()"

run('js', 'a client per call', rule, {
  valid: [
    { name: 'kept beyond the call', code: `${redis}; export class Users { async load(key) { this.client = new Redis(process.env.URL); await this.client.get(key); await this.client.quit() } }` },
    { name: 'of the caller', code: called(`const client = new Redis(url); await client.get(key); ${ended}`, 'load', 'key, url') },
    { name: 'nothing differs from call to call', code: called(`const client = new Redis(process.env.URL); await client.get('users'); ${ended}`) },
    { name: 'a function that tries the connection', code: called(`const client = new Redis(process.env.URL); await client.get(key); ${ended}`, 'checkHealth') },
    { name: 'of a function that runs later', code: called('const client = new Redis(process.env.URL); return { get: () => client.get(key), end: () => client.quit() }') },
    { name: 'of a function that is passed on', code: called(`const client = new Redis(process.env.URL); const read = () => client.get(key); return read`) },
    { name: 'not ended: it may be called once', code: called('const client = new Redis(process.env.URL); return client.get(key)') },
    { name: 'not exported, and called once', code: `${redis}; async function load(key) { const client = new Redis(process.env.URL); await client.get(key); ${ended} }; load('users')` },
    { name: 'a function at the edge', code: `export const runtime = 'edge'; ${called(`const client = new Redis(process.env.URL); await client.get(key); ${ended}`)}` },
  ],
  invalid: [
    {
      code: called(`const client = new Redis(process.env.URL); await client.get(key); ${ended}`),
      errors: [{ messageId: 'perCall', data: { client: 'new Redis', opens, owner: 'load', parameter: 'key', ended: ', and `client.quit()` gives it up again' } }],
    },
    {
      name: 'a function whose name has `test` and `ping` in other words',
      code: called(`const client = new Redis(process.env.URL); await client.get(key); ${ended}`, 'latestShipping'),
      errors: [{ messageId: 'perCall' }],
    },
    {
      name: 'a value that rests on the parameter',
      code: called(`const client = new Redis(process.env.URL); const name = \`user:\${key}\`; await client.get(name); ${ended}`),
      errors: [{ messageId: 'perCall' }],
    },
    {
      name: 'a method',
      code: `${redis}; export class Users { async load(key) { const client = new Redis(this.options); const value = await client.get(key); ${ended}; return value } }`,
      errors: [{ messageId: 'perCall' }],
    },
    {
      name: 'not ended, where what is possible is asked for',
      code: called('const client = new Redis(process.env.URL); return client.get(key)'),
      options: possible,
      errors: [{ messageId: 'perCall', data: { client: 'new Redis', opens, owner: 'load', parameter: 'key', ended: '' } }],
    },
  ],
})

const sent = `import Redis from 'ioredis'; import { send } from '#send'; export const all = (xs) => Promise.all(xs.map((x) => send(x, { client: new Redis(process.env.URL) })))`
const settings = { bounded: { apis: [{ module: '#send', member: 'send', work: 'network', access: 'write' }] } }

run('js', 'calls that `settings.bounded.apis` knows to do work, and not to keep what they get', rule, {
  valid: [{ code: sent }],
  invalid: [{ code: sent, settings, errors: [{ messageId: 'perElement', data: { client: 'new Redis', opens, list: 'xs', ended: '' } }] }],
})

const agent = (options: string) => `import https from 'node:https'; export const load = (urls) => Promise.all(urls.map((url) => fetch(url, { agent: new https.Agent(${options}) })))`

run('js', 'agents that keep their sockets', rule, {
  valid: [agent(''), agent('{ keepAlive: false }')],
  invalid: [{ code: agent('{ keepAlive: true }'), errors: [{ messageId: 'perElement', data: { client: 'new https.Agent', opens: sockets, list: 'urls', ended: '' } }] }],
})

run('annotated', 'by annotation', rule, {
  valid: [`import type { Kafka } from './kafka.ts'; export async function send(kafka: Kafka, texts: string[]) { for (const text of texts) await kafka.producer().send(text) }`],
  invalid: [
    {
      code: `import type { Kafka } from 'kafkajs'; export async function send(kafka: Kafka, texts: string[]) { for (const text of texts) await kafka.producer().send(text) }`,
      errors: [{ messageId: 'perElement', data: { client: 'kafka.producer', opens, list: 'texts', ended: '' } }],
    },
  ],
})

/** Every API of the table, made per element. */
const made = clientFacts.flatMap(({ module, member, opens: what, onlyWith }) =>
  [module].flat().flatMap((specifier) =>
    [member].flat().map((way) => {
      const isClass = /^[A-Z]|\.[A-Z]|^$/.test(way)
      const making = `${isClass && !/connect$|producer$/.test(way) ? 'new ' : ''}${`api${way === '' ? '' : '.'}${way}`.replace('api.Kafka().', 'kafka.')}(${onlyWith ? `{ ${onlyWith}: true }` : ''})`
      const top = way.startsWith('Kafka()') ? `const kafka = new api.Kafka();` : ''
      return {
        name: `${specifier} ${way}`,
        code: `${way === '' ? `import api from '${specifier}'` : `import * as api from '${specifier}'`}; ${top} export async function each(xs) { for (const x of xs) await ${making}.use(x) }`,
        errors: [{ messageId: 'perElement' as const, data: { client: making.replace(/\(.*$/, ''), opens: what, list: 'xs', ended: '' } }],
      }
    }),
  ),
)

run('js', 'every client of the table', rule, {
  valid: made.map(({ name, code }) => ({ name, code: code.replace(/(for \(const x of xs\)) await (.*)\.use\(x\)/, 'const client = $2; $1 await client.use(x)') })),
  invalid: made,
})
