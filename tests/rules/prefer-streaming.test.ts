import rule from '../../rules/prefer-streaming.ts'
import { run } from '../support/rule-tester.ts'

const fs = "import { readFile, writeFile } from 'node:fs/promises'; import { join } from 'node:path'"
const app = "import express from 'express'; const app = express()"
const possible = [{ report: 'possible' }] as const

/** A route with `path` from the request. */
const route = (body: string, top = '') => `${fs}; ${app}; ${top}; app.get('/files/:id', async (req, res) => { const path = join(folder, req.params.id); ${body} })`
const sent = (read = 'readFile(path)', cure = '`pipeline(createReadStream(path), res)`, or `res.sendFile(path)`') => [
  { messageId: 'sent' as const, data: { read, what: 'file', way: ' (`handler GET /files/:id`)', cure } },
]

run('js', 'a file that is sent', rule, {
  valid: [
    { name: 'as a stream', code: route('await pipeline(createReadStream(path), res)') },
    { name: 'parsed', code: route('res.send(JSON.parse(await readFile(path)).name)') },
    { name: 'changed', code: route("const text = await readFile(path, 'utf8'); res.send(text.replace('a', 'b'))") },
    { name: 'in another form', code: route("const content = await readFile(path); res.send(content.toString('base64'))") },
    { name: 'hashed as well', code: route('const content = await readFile(path); res.set("etag", hash(content)); res.send(content)') },
    { name: 'kept as well', code: route('const content = await readFile(path); cache.set(path, content); res.send(content)', 'const cache = new Map()') },
    { name: 'something else may be in it', code: route("let content = await readFile(path); if (req.query.a) content = render(path); res.send(content)") },
    { name: 'its length is looked at', code: route('const content = await readFile(path); if (content.length > 1000) throw new Error(); res.send(content)') },
    { name: 'its size is looked at before', code: route('if ((await stat(path)).size > 1000) throw new Error(); res.send(await readFile(path))') },
    { name: 'against a limit', code: route('const a = await stat(path); if (MAX_BYTES < a.b) throw new Error(); res.send(await readFile(path))') },
    { name: 'the code names the file', code: route("res.send(await readFile(join(folder, req.params.id, 'index.html')))") },
    { name: 'the code names a file that is no text', code: route("res.send(await readFile(req.params.id + '/logo.png'))") },
    { name: 'a template with the name of the file', code: route('res.send(await readFile(`${req.params.id}/logo.png`))') },
    { name: 'a kind of file that people write', code: route('res.send(await readFile(`${req.params.id}.md`))') },
    { name: 'in a variable', code: route("const page = join(folder, req.params.id + '.html'); res.send(await readFile(page))") },
    { name: 'the same each time', code: route('res.send(await readFile(logo))', 'const logo = process.env.LOGO') },
    { name: 'kept the first time', code: route('if (!content) content = await readFile(path); res.send(content)', 'let content') },
    { name: 'a call that blocks is the business of no-sync-in-handler', code: `import { readFileSync } from 'node:fs'; ${app}; app.get('/', (req, res) => { res.send(readFileSync(req.query.path)) })`, options: possible },
    { name: 'a function of the file', code: `${app}; async function readFile() {}; app.get('/', async (req, res) => { res.send(await readFile(req.query.path)) })` },
    { name: 'to something that is no response', code: route('queue.send(await readFile(path))') },
    { name: 'no handler', code: `${fs}; export const show = async (path, res) => { res.end(await readFile(path)) }`, options: possible },
    { name: 'a test', code: route('res.send(await readFile(path))'), filename: 'src/files.test.js' },
    { name: 'for development', code: route('if (isDev) res.send(await readFile(path))') },
    { name: 'returned', code: `${fs}; ${app}; const read = (path) => readFile(path); app.get('/', async (req, res) => { res.send(await read(req.query.path)) })` },
    { name: 'a response that is parsed', code: `${fs}; ${app}; app.get('/', async (req, res) => { res.json(await new Response(await readFile(req.query.path)).formData()) })` },
  ],
  invalid: [
    { name: 'in one line', code: route('res.send(await readFile(path))'), errors: sent() },
    { name: 'through a variable', code: route('const content = await readFile(path); res.send(content)'), errors: sent() },
    { name: 'assigned later', code: route('let content = null; content = await readFile(path); res.send(content)'), errors: sent() },
    { name: 'with its length in the head', code: route("const content = await readFile(path); res.set('content-length', content.length); res.status(200).type('a').end(content)"), errors: sent() },
    { name: 'with a test whether it is there', code: route('const content = await readFile(path); if (!content) return; res.send(content)'), errors: sent() },
    { name: 'not for every method', code: route("const content = req.method === 'HEAD' ? null : await readFile(path); res.end(content)"), errors: sent() },
    { name: 'as text', code: route("res.send((await readFile(path)).toString('utf8'))"), errors: sent() },
    { name: 'in another form of the same', code: route('const content = await readFile(path); res.send(Buffer.from(content))'), errors: sent() },
    { name: 'a template with the end of a name', code: route('res.send(await readFile(`${req.params.id}.png`))'), errors: sent('readFile(`${req.params.id}.png`)', '`pipeline(createReadStream(`${req.params.id}.png`), res)`, or `res.sendFile(`${req.params.id}.png`)`') },
    { name: 'with `then`', code: route('readFile(path).then((content) => res.send(content))'), errors: sent() },
    { name: 'with `then`, twice', code: route('readFile(path).then((content) => Buffer.from(content)).then((content) => { res.send(content) })'), errors: sent() },
    {
      name: 'with a callback',
      code: `import fs from 'node:fs'; ${app}; app.get('/files/:id', (req, res) => { fs.readFile(req.params.id, (error, content) => { res.send(content) }) })`,
      errors: sent('fs.readFile(…)', '`pipeline(createReadStream(req.params.id), res)`, or `res.sendFile(req.params.id)`'),
    },
    {
      name: 'in a function that the handler calls',
      code: `${fs}; ${app}; async function show(path, res) { res.send(await readFile(path)) }; app.get('/files/:id', async (req, res) => { await show(req.params.id, res) })`,
      errors: [{ messageId: 'sent', data: { read: 'readFile(path)', what: 'file', way: ' (`handler GET /files/:id → show`)', cure: '`pipeline(createReadStream(path), res)`, or `res.sendFile(path)`' } }],
    },
    {
      name: 'of node:http, whatever the response is called',
      code: `${fs}; import { createServer } from 'node:http'; createServer(async (incoming, out) => { out.end(await readFile(incoming.url)) })`,
      errors: [{ messageId: 'sent', data: { read: 'readFile(incoming.url)', what: 'file', way: ' (`node:http handler`)', cure: '`pipeline(createReadStream(incoming.url), out)`' } }],
    },
    {
      name: 'Koa',
      code: `${fs}; import Koa from 'koa'; const app = new Koa(); app.use(async (ctx) => { ctx.body = await readFile(ctx.path) })`,
      errors: [{ messageId: 'sent', data: { read: 'readFile(ctx.path)', what: 'file', way: ' (`middleware`)', cure: '`ctx.body = createReadStream(ctx.path)`' } }],
    },
    {
      name: 'Fastify',
      code: `${fs}; import Fastify from 'fastify'; const app = Fastify(); app.get('/', async (request, reply) => { reply.send(await readFile(request.query.path)) })`,
      errors: [{ messageId: 'sent', data: { read: 'readFile(request.query.path)', what: 'file', way: ' (`handler GET /`)', cure: '`reply.send(createReadStream(request.query.path))`' } }],
    },
    {
      name: 'Hono',
      code: `${fs}; import { Hono } from 'hono'; const app = new Hono(); app.get('/', async (c) => { return c.body(await readFile(c.req.query('path'))) })`,
      errors: [{ messageId: 'sent' }],
    },
    {
      name: 'a Response',
      code: `${fs}; import { Hono } from 'hono'; const app = new Hono(); app.get('/', async (c) => { return new Response(await readFile(c.req.path)) })`,
      errors: [{ messageId: 'sent', data: { read: 'readFile(c.req.path)', what: 'file', way: ' (`handler GET /`)', cure: '`new Response(Readable.toWeb(createReadStream(c.req.path)))`' } }],
    },
    { name: 'the same each time, where what is possible is asked for', code: route('res.send(await readFile(logo))', 'const logo = process.env.LOGO'), options: possible, errors: [{ messageId: 'sent' }] },
  ],
})

const proxy = (body: string) => `${fs}; ${app}; app.get('/files/:id', async (req, res) => { const response = await fetch(base + req.params.id); ${body} })`
const passed = [{ messageId: 'sent' as const, data: { read: 'response.arrayBuffer()', what: 'body', way: ' (`handler GET /files/:id`)', cure: '`pipeline(response.body, res)`' } }]

run('js', 'a body that is sent on', rule, {
  valid: [
    { name: 'as a stream', code: proxy('await pipeline(response.body, res)') },
    { name: 'as JSON', code: proxy('res.json(await response.json())') },
    { name: 'needed whole', code: proxy('const image = await sharp(await response.arrayBuffer()).resize(100); res.send(image)') },
    { name: 'with a limit', code: proxy("if (Number(response.headers.get('content-length')) > MAX_SIZE) throw new Error(); res.send(Buffer.from(await response.arrayBuffer()))") },
    { name: 'the same each time', code: `${app}; app.get('/', async (req, res) => { const response = await fetch('https://a.b/logo'); res.send(Buffer.from(await response.arrayBuffer())) })` },
    { name: 'of an object that is no response', code: `${app}; app.get('/', async (req, res) => { res.send(Buffer.from(await load(req.query.id).arrayBuffer())) })` },
    { name: 'axios, as JSON', code: `import axios from 'axios'; ${app}; app.get('/', async (req, res) => { const { data } = await axios.get(req.query.url); res.send(data) })` },
    { name: 'axios, with a limit', code: `import axios from 'axios'; ${app}; app.get('/', async (req, res) => { const { data } = await axios.get(req.query.url, { responseType: 'arraybuffer', maxContentLength: 1000 }); res.send(data) })` },
    { name: 'axios, needed whole', code: `import axios from 'axios'; ${app}; app.get('/', async (req, res) => { const { data } = await axios.get(req.query.url, { responseType: 'arraybuffer' }); res.send(resize(data)) })` },
    { name: 'in a browser', code: proxy("document.title = ''; res.send(await response.arrayBuffer())").replace(`${fs}; `, '').replace(app, 'const app = window.app') },
  ],
  invalid: [
    { code: proxy('res.send(Buffer.from(await response.arrayBuffer()))'), errors: passed },
    { name: 'as bytes of another kind', code: proxy('const buffer = await response.arrayBuffer(); res.end(new Uint8Array(buffer))'), errors: passed },
    {
      name: 'of a function for it',
      code: `import { buffer } from 'node:stream/consumers'; ${app}; app.get('/', async (req, res) => { const stream = await open(req.query.id); res.send(await buffer(stream)) })`,
      errors: [{ messageId: 'sent', data: { read: 'buffer(stream)', what: 'body', way: ' (`handler GET /`)', cure: '`pipeline(stream, res)`' } }],
    },
    ...[
      'const { data } = await axios.get(req.query.url, OPTIONS); res.send(data)',
      'const response = await axios.get(req.query.url, OPTIONS); res.status(response.status).send(response.data)',
      'axios.get(req.query.url, OPTIONS).then(({ data }) => res.send(data))',
      'res.send((await axios.get(req.query.url, OPTIONS)).data)',
    ].map((body) => ({
      name: `axios: ${body}`,
      code: `import axios from 'axios'; ${app}; app.get('/', async (req, res) => { ${body.replace('OPTIONS', "{ responseType: 'arraybuffer' }")} })`,
      errors: [{ messageId: 'sent' as const, data: { read: 'axios.get(…)', what: 'body', way: ' (`handler GET /`)', cure: "`pipeline(response.data (with responseType: 'stream'), res)`" } }],
    })),
  ],
})

run('js', 'a body that is written to a file', rule, {
  valid: [
    { name: 'as a stream', code: proxy('await pipeline(response.body, createWriteStream(req.params.id))') },
    { name: 'read again', code: proxy('const content = Buffer.from(await response.arrayBuffer()); await writeFile(req.params.id, content); res.send(hash(content))') },
    { name: 'added to a file', code: proxy("await writeFile(req.params.id, Buffer.from(await response.arrayBuffer()), { flag: 'a' })") },
    { name: 'nothing shows that it runs more than once at a time', code: `${fs}; export const load = async (url, path) => { const response = await fetch(url); await writeFile(path, Buffer.from(await response.arrayBuffer())) }` },
    { name: 'a command', code: `#!/usr/bin/env node\n${fs}; export const load = async (url, path) => { const response = await fetch(url); await writeFile(path, Buffer.from(await response.arrayBuffer())) }`, options: possible },
    { name: 'a script', code: `${fs}; const response = await fetch(process.argv[2]); await writeFile('a', Buffer.from(await response.arrayBuffer()))`, options: possible },
  ],
  invalid: [
    {
      code: proxy("await writeFile(req.params.id, Buffer.from(await response.arrayBuffer())); res.end('done')"),
      errors: [{ messageId: 'saved', data: { read: 'response.arrayBuffer()', way: ' (`handler GET /files/:id`)', cure: '`pipeline(response.body, createWriteStream(req.params.id))`' } }],
    },
    {
      name: 'by anyone, where what is possible is asked for',
      code: `${fs}; export const load = async (url, path) => { const response = await fetch(url); await writeFile(path, Buffer.from(await response.arrayBuffer())) }`,
      options: possible,
      errors: [{ messageId: 'saved', data: { read: 'response.arrayBuffer()', way: '', cure: '`pipeline(response.body, createWriteStream(path))`' } }],
    },
  ],
})

run('js', 'a file that is written to another one', rule, {
  valid: [
    { name: 'by the system', code: "import { copyFile } from 'node:fs/promises'; export const keep = (from, to) => copyFile(from, to)" },
    { name: 'changed', code: `${fs}; export const keep = async (from, to) => { await writeFile(to, (await readFile(from, 'utf8')).replace('a', 'b')) }` },
    { name: 'from the file that the code names', code: `${fs}; export const keep = async (to) => { await writeFile(to, await readFile('template.html')) }` },
    { name: 'by a call that blocks', code: "import { readFileSync, writeFileSync } from 'node:fs'; export const keep = (from, to) => writeFileSync(to, readFileSync(from))" },
    { name: 'in a script', code: `${fs}; async function keep(from, to) { await writeFile(to, await readFile(from)) }; keep('a', process.argv[2])` },
    { name: 'in a test', code: `${fs}; it('keeps', async () => { await writeFile(to, await readFile(from)) })` },
    { name: 'in a function that is a copy of `copyFile`', code: "import fs from 'node:fs'; fs.copyFile = function copyFile(from, to, done) { fs.readFile(from, (error, content) => { fs.writeFile(to, content, done) }) }" },
    { name: 'in what tests share', code: `import { vi } from 'vitest'; ${fs}; export const keep = async (from, to) => { await writeFile(to, await readFile(from)) }` },
  ],
  invalid: [
    {
      code: `${fs}; export const keep = async (from, to) => { await writeFile(to, await readFile(from)) }`,
      errors: [{ messageId: 'copied', data: { read: 'readFile(from)', way: '', cure: '`copyFile(from, to)`' } }],
    },
    {
      name: 'by a call that blocks, where what is possible is asked for',
      code: "import { readFileSync, writeFileSync } from 'node:fs'; export const keep = (from, to) => writeFileSync(to, readFileSync(from))",
      options: possible,
      errors: [{ messageId: 'copied' }],
    },
  ],
})

const uploaded = (body: string, read = 'readFile(path)') => [{ messageId: 'uploaded' as const, data: { read, what: 'file', way: '', cure: `\`Body: ${body}\`` } }]
const put = (body: string, top = fs) => `${top}; import { PutObjectCommand } from '@aws-sdk/client-s3'; export async function keep(s3, path, Key) { ${body} }`

run('js', 'a file that is uploaded', rule, {
  valid: [
    { name: 'as a stream', code: put("await s3.send(new PutObjectCommand({ Bucket: 'a', Key, Body: createReadStream(path) }))") },
    { name: 'no object of S3', code: put('await send({ Key, Body: await readFile(path) })') },
    { name: 'in no bucket', code: put('await send({ Bucket, Body: await readFile(path) })') },
    { name: 'something else of it', code: put("await s3.send(new PutObjectCommand({ Bucket: 'a', Key, Metadata: await readFile(path) }))") },
    { name: 'the code names the file', code: put("await s3.send(new PutObjectCommand({ Bucket: 'a', Key, Body: await readFile('package.json') }))") },
    { name: 'measured', code: put("const content = await readFile(path); await s3.send(new PutObjectCommand({ Bucket: 'a', Key, Body: content, ContentMD5: md5(content) }))") },
  ],
  invalid: [
    { code: put("await s3.send(new PutObjectCommand({ Bucket: 'a', Key, Body: await readFile(path) }))"), errors: uploaded('createReadStream(path)') },
    { name: 'through a variable', code: put("const content = await readFile(path); const params = { Bucket: 'a', Key, Body: content, ContentLength: content.length }; await s3.send(new PutObjectCommand(params))"), errors: uploaded('createReadStream(path)') },
    {
      name: 'by a call that blocks',
      code: put("const content = fs.readFileSync(path); await s3.upload({ Bucket: 'a', Key, Body: content })", "import fs from 'node:fs'"),
      errors: uploaded('createReadStream(path)', 'fs.readFileSync(path)'),
    },
  ],
})

run('js', 'lines', rule, {
  valid: [
    { name: 'one at a time', code: route("for await (const line of createInterface({ input: createReadStream('access.log') })) use(line)") },
    { name: 'of a file that need not be long', code: route("for (const line of (await readFile(path, 'utf8')).split('\\n')) use(line)") },
    { name: 'by a call that blocks', code: `import { readFileSync } from 'node:fs'; ${app}; app.get('/', (req, res) => { for (const line of readFileSync('access.log', 'utf8').split('\\n')) use(line) })`, options: possible },
    { name: 'not by lines', code: route("for (const part of (await readFile(req.params.id + '.csv', 'utf8')).split(';')) use(part)") },
    { name: 'no handler', code: `${fs}; export async function load(name) { return (await readFile(name + '.csv', 'utf8')).split('\\n').length }` },
  ],
  invalid: [
    {
      code: route("const text = await readFile(req.params.id + '.csv', 'utf8'); for (const line of text.split('\\n')) use(line)"),
      errors: [{ messageId: 'lines', data: { read: "readFile(req.params.id + '.csv', 'utf8')", way: ' (`handler GET /files/:id`)', cure: "`for await (const line of createInterface({ input: createReadStream(req.params.id + '.csv') }))`" } }],
    },
    { name: 'of a log that the code names', code: route("for (const line of (await readFile('access.log')).toString().trim().split(/\\r?\\n/)) use(line)"), errors: [{ messageId: 'lines' }] },
    { name: 'no handler, where what is possible is asked for', code: `${fs}; export async function load(name) { return (await readFile(name + '.csv', 'utf8')).split('\\n').length }`, options: possible, errors: [{ messageId: 'lines' }] },
  ],
})

const csv = (rows: string, rest = 'res.attachment("users.csv"); res.send(text)', top = "import { Parser } from 'json2csv'") =>
  `${top}; ${app}; import { User, db } from './models.js'; app.get('/users.csv', async (req, res) => { const users = ${rows}; const text = new Parser({ fields }).parse(users); ${rest} })`
const table = (query: string, way = ' (`handler GET /users.csv`)') => [{ messageId: 'table' as const, data: { read: 'new Parser({ fields }).parse(users)', table: query, way, cure: '`AsyncParser`' } }]

run('js', 'a table that is sent as one text', rule, {
  valid: [
    { name: 'so many rows', code: csv('await User.findAll({ limit: 100 })') },
    { name: 'certain rows', code: csv('await User.findAll({ where: { team: 1 } })') },
    { name: 'so many rows, by a method', code: csv('await User.find().limit(100)') },
    { name: 'so many rows, in SQL', code: csv("await db.query('SELECT * FROM users LIMIT 100')") },
    { name: 'certain rows, in SQL', code: csv('await db.query(`SELECT * FROM users WHERE team = ${team}`)') },
    { name: 'options from elsewhere', code: csv('await User.findAll(options)') },
    { name: 'options from elsewhere, spread', code: csv('await User.findAll({ ...options })') },
    { name: 'rows from elsewhere', code: csv('await load()') },
    { name: 'a list of the code', code: csv('[{ name: 1 }]') },
    { name: 'used in another way', code: csv('await User.findAll()', 'await mail(text)') },
    { name: 'a parser of something else', code: csv('await User.findAll()', 'res.send(text)', "import { Parser } from './parser.js'") },
  ],
  invalid: [
    { code: csv('await User.findAll()'), errors: table('User.findAll()') },
    { code: csv("await User.findAll({ order: ['name'] })"), errors: table("User.findAll({ order: ['name'] })") },
    { code: csv('await User.scope(scopes).find().lean()'), errors: table('User.scope(scopes).find().lean()') },
    { code: csv("(await db.query('SELECT * FROM users')).rows"), errors: table("db.query('SELECT * FROM users')") },
    { code: csv('(await User.findMany()).map(toLine)'), errors: table('User.findMany()') },
  ],
})

run('annotated', 'by annotation', rule, {
  valid: [
    `import type { ServerResponse } from 'node:http'; export async function send(res: ServerResponse, store: Store) { res.end(Buffer.from(await store.arrayBuffer())) }`,
  ],
  invalid: [
    {
      code: `import type { ServerResponse } from 'node:http'; export async function send(res: ServerResponse, answer: Response) { res.end(Buffer.from(await answer.arrayBuffer())) }`,
      errors: [{ messageId: 'sent', data: { read: 'answer.arrayBuffer()', what: 'body', way: ' (`handler send`)', cure: '`pipeline(answer.body, res)`' } }],
    },
  ],
})

const typed = { filename: new URL('../fixtures/typed/async.ts', import.meta.url).pathname, settings: { bounded: { contexts: [] } } }
const loaded = (type: string) => `import type { ServerResponse } from 'node:http'; declare const store: { load(name: string): Promise<${type}> }; export async function send(res: ServerResponse, name: string) { const answer = await store.load(name); res.end(Buffer.from(await answer.arrayBuffer())) }`

run('typed', 'by type', rule, {
  valid: [{ ...typed, code: loaded('{ arrayBuffer(): Promise<ArrayBuffer> }') }],
  invalid: [{ ...typed, code: loaded('Response'), errors: [{ messageId: 'sent' }] }],
})
