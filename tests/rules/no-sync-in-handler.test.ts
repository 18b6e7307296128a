import rule from '../../rules/no-sync-in-handler.ts'
import { run } from '../support/rule-tester.ts'

const app = "import express from 'express'; const app = express();"
const fs = "import fs from 'node:fs';"

/** What is suggested is the subject of the last groups; here only that something is. */
const some = { suggestions: 1 as never }
const blocks = (call: string, way: string) => ({ messageId: 'blocksHandler' as const, data: data(call, way), ...some })
const data = (call: string, way: string) => expectData({ call, way })
/** The tester compares whole records; cost and replacement have a group of their own below. */
function expectData(part: { call: string; way: string }) {
  const rest: Record<string, [cost: string, instead: string]> = {
    'fs.readFileSync': ['waits for the file system', '`readFile` of `node:fs/promises` with `await`'],
    'bcrypt.hashSync': ['computes on this thread', '`bcrypt.hash` with `await`'],
  }
  const name = part.call.replace(/^(?:read|aliased|f\.readFileSync)$/, 'fs.readFileSync')
  const [cost, instead] = rest[name] ?? ['', '']
  return { ...part, cost, instead }
}

run('js', 'the way from the handler', rule, {
  valid: [
    { name: 'module level', code: `${fs} fs.readFileSync('a')` },
    { name: 'start-up', code: `${app} ${fs} function config() { return fs.readFileSync('a') } config(); app.get('/a', (x) => {})` },
    { name: 'listen callback', code: `${app} ${fs} app.listen(1, () => { fs.writeFileSync('port', '1') })` },
    { name: 'the asynchronous form', code: `${app} import { readFile } from 'node:fs/promises'; app.get('/a', async (x) => { await readFile('a') })` },
    { name: 'kept from the first time', code: `${app} ${fs} let page; app.get('/a', (x) => { page ??= fs.readFileSync('a') })` },
    { name: 'development only', code: `${app} ${fs} app.get('/a', (x) => { if (isDev) fs.readFileSync('a') })` },
    { name: 'a test', code: `${app} ${fs} it('works', () => { app.get('/a', (x) => fs.readFileSync('a')) })` },
    { name: 'a file of tests', filename: 'src/app.test.js', code: `${app} ${fs} app.get('/a', (x) => fs.readFileSync('a'))` },
  ],
  invalid: [
    {
      name: 'directly',
      code: `${app} ${fs} app.get('/a', (x) => { fs.readFileSync('a') })`,
      errors: [{ ...blocks('fs.readFileSync', 'handler GET /a → fs.readFileSync'), column: 104, endColumn: 119 }],
    },
    {
      name: 'through functions',
      code: `${app} ${fs} app.post('/a', (x) => page()); function page() { return read() } function read() { return fs.readFileSync('a') }`,
      errors: [blocks('fs.readFileSync', 'handler POST /a → page → read → fs.readFileSync')],
    },
    {
      name: 'a timer',
      code: `${fs} setInterval(() => { fs.readFileSync('a') }, 1000)`,
      errors: [blocks('fs.readFileSync', 'setInterval callback → fs.readFileSync')],
    },
    {
      name: 'not kept beyond the request',
      code: `${app} ${fs} app.get('/a', (x) => { let page; page ??= fs.readFileSync('a') })`,
      errors: [blocks('fs.readFileSync', 'handler GET /a → fs.readFileSync')],
    },
    {
      name: 'in production too',
      code: `${app} ${fs} app.get('/a', (x) => { if (!isDev) fs.readFileSync('a') })`,
      errors: [blocks('fs.readFileSync', 'handler GET /a → fs.readFileSync')],
    },
  ],
})

run('js', 'what rules by name miss, and report by mistake', rule, {
  valid: [
    { name: 'a method called …Sync', code: `${app} app.get('/a', (x) => { store.forceSync() })` },
    { name: 'an awaited method called …Sync', code: `${app} app.get('/a', async (x) => { await db.fetchSync() })` },
    { name: 'a local readFileSync', code: `${app} function readFileSync() {} app.get('/a', (x) => { readFileSync() })` },
    { name: 'passed to promisify', code: `${app} import { readFile } from 'fs'; import { promisify } from 'util'; app.get('/a', (x) => promisify(readFile)(x))` },
    { name: 'a clock asked by a loop that pauses', code: `${app} app.get('/a', async (x) => { while (Date.now() < end) await step() })` },
    { name: 'a short loop', code: `${app} app.get('/a', (x) => { for (let i = 0; i < 1000; i++) sum += i })` },
    { name: 'a body that a parser limits', code: `${app} app.get('/a', (req, res) => { JSON.parse(req.body) })` },
    { name: 'a body that is measured', code: "import http from 'http'; http.createServer((req, res) => { let body = ''; req.on('data', (c) => { body += c; if (body.length > 1e6) req.destroy() }); req.on('end', () => { JSON.parse(body) }) })" },
    { name: 'one row of a database', code: `${app} import Database from 'better-sqlite3'; const db = new Database('a'); app.get('/a', (x) => db.prepare('SELECT 1').get())` },
  ],
  invalid: [
    {
      name: 'a renamed import',
      code: `${app} import { readFileSync as read } from 'fs'; app.get('/a', (x) => { read('a') })`,
      errors: [blocks('read', 'handler GET /a → read')],
    },
    {
      name: 'a destructured alias',
      code: `${app} const { readFileSync: aliased } = require('fs'); app.get('/a', (x) => { aliased('a') })`,
      errors: [blocks('aliased', 'handler GET /a → aliased')],
    },
    {
      name: 'passed as a value',
      code: `${app} ${fs} app.get('/a', (x) => { files.map(fs.readFileSync) })`,
      errors: [{ messageId: 'blocksHandler', data: data('fs.readFileSync', 'handler GET /a → fs.readFileSync') }],
    },
    {
      name: 'call and apply',
      code: `${app} ${fs} app.get('/a', (x) => { fs.readFileSync.call(fs, 'a') })`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'JSON.parse of a body',
      code: `${app} app.get('/a', (req, res) => { JSON.parse(req.body) })`,
      options: [{ report: 'possible' }],
      errors: [{ messageId: 'mayParseBody', data: { call: 'JSON.parse', way: 'handler GET /a → JSON.parse', what: 'a request body' } }],
    },
    {
      name: 'JSON.parse of a body without a limit',
      code: "import http from 'http'; http.createServer((req, res) => { let body = ''; req.on('data', (c) => { body += c }); req.on('end', () => { JSON.parse(body) }) })",
      errors: [{ messageId: 'parsesBody', data: { call: 'JSON.parse', way: 'node:http handler → JSON.parse' } }],
    },
    {
      name: 'a loop that spins',
      code: `${app} app.get('/a', (x) => { while (Date.now() < end) {} })`,
      errors: [{ messageId: 'burnsTime', data: { what: 'spins until a moment has come', way: 'handler GET /a', instead: 'Wait with `setTimeout` of `node:timers/promises`' } }],
    },
    {
      name: 'a loop that counts',
      code: `${app} app.get('/a', (x) => { for (let i = 0; i < 1e9; i++) sum += i })`,
      errors: [{ messageId: 'burnsTime', data: { what: 'counts 1,000,000,000 rounds', way: 'handler GET /a', instead: 'Move it to a worker thread (a pool such as Piscina)' } }],
    },
    {
      name: 'nested loops',
      code: `${app} const N = 10_000; app.get('/a', (x) => { for (let i = 0; i < N; i++) { for (let j = 0; j < N; j++) { sum += i * j } } })`,
      errors: [{ messageId: 'burnsTime' }],
    },
    {
      name: 'a database on this thread',
      code: `${app} import Database from 'better-sqlite3'; const db = new Database('a'); app.get('/a', (x) => db.prepare('SELECT * FROM t').all())`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'Atomics.wait',
      code: `${app} app.get('/a', (x) => { Atomics.wait(cells, 0, 0) })`,
      errors: [{ messageId: 'blocksHandler' }],
    },
  ],
})

run('js', 'cheap calls', rule, {
  valid: [
    { name: 'a file once in five minutes', code: `${fs} const MINUTE = 60 * 1000; setInterval(() => { fs.readFileSync('a') }, 5 * MINUTE)` },
    { code: `${app} ${fs} app.get('/a', (x) => { fs.existsSync('a') })` },
    { name: 'made once per path', code: `${app} ${fs} app.get('/a', (x) => { if (!fs.existsSync(dir)) fs.mkdirSync(dir) })` },
  ],
  invalid: [
    {
      code: `${app} ${fs} app.get('/a', (x) => { fs.existsSync('a') })`,
      options: [{ report: 'possible' }],
      errors: [{ messageId: 'mayBlockHandler' }],
    },
    {
      name: 'a test before a read of the same path',
      code: `${app} ${fs} app.get('/a', (x) => { if (fs.existsSync(x.path)) fs.readFileSync(x.path) })`,
      errors: [{ messageId: 'testsExistence', data: { call: 'fs.existsSync', way: 'handler GET /a → fs.existsSync' } }, { messageId: 'blocksHandler', ...some }],
    },
    {
      name: 'a process once in five minutes',
      code: `import { spawnSync } from 'child_process'; setInterval(() => { spawnSync('ping') }, 300_000)`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'made per request',
      code: `${app} ${fs} app.get('/a', (x) => { fs.mkdirSync(dir) })`,
      errors: [{ messageId: 'blocksHandler', ...some }],
    },
  ],
})

run('js', 'guesses', rule, {
  valid: [{ code: `${fs} function page(req, res) { fs.readFileSync('a') }` }],
  invalid: [
    { code: `${fs} function page(req, res) { fs.readFileSync('a') }`, options: [{ report: 'possible' }], errors: [{ messageId: 'mayBlockHandler' }] },
    { code: `${fs} function page(req, res) { res.send(fs.readFileSync('a')) }`, errors: [{ messageId: 'blocksHandler' }] },
  ],
})

run('js', 'passwords', rule, {
  valid: [
    { name: 'the first user', code: "import bcrypt from 'bcrypt'; export function seedAdmin(password) { return bcrypt.hashSync(password, 10) }" },
    { name: 'a fixed password', code: "import bcrypt from 'bcrypt'; export function user() { return bcrypt.hashSync('secret', 10) }" },
    { name: 'module level', code: "import bcrypt from 'bcrypt'; const hash = (p) => bcrypt.hashSync(p, 10); export const admin = hash(process.env.PASSWORD)" },
    { name: 'the first user, of the environment', code: "import bcrypt from 'bcrypt'; export function factory(app) { const parts = process.env.ADMIN.split(':'); return bcrypt.hashSync(parts[1], 10) }" },
    { name: 'asynchronous', code: "import bcrypt from 'bcrypt'; export const hash = (p) => bcrypt.hash(p, 10)" },
  ],
  invalid: [
    {
      code: "import bcrypt from 'bcrypt'; export function check(user, password) { return bcrypt.compareSync(password, user.hash) }",
      errors: [{ messageId: 'blocksLogin', data: { call: 'bcrypt.compareSync', owner: 'check', instead: '`bcrypt.compare` with `await`' } }],
    },
  ],
})

run('annotated', 'types', rule, {
  valid: [{ code: `${fs} function page(a: Page, b: Reply) { fs.readFileSync('a') }` }],
  invalid: [
    {
      code: `import type { Request, Response } from 'express'; ${fs} function page(a: Request, b: Response) { fs.readFileSync('a') }`,
      errors: [{ messageId: 'blocksHandler', data: data('fs.readFileSync', 'handler page → fs.readFileSync') }],
    },
    {
      code: `import { Controller, Get } from '@nestjs/common'; import * as bcrypt from 'bcrypt'; @Controller() class Users { @Get('/x') list(p: string) { return bcrypt.hashSync(p, 10) } }`,
      errors: [blocks('bcrypt.hashSync', 'handler Users.list → bcrypt.hashSync')],
    },
  ],
})

run('js', 'rewrites', rule, {
  valid: [],
  invalid: [
    {
      name: 'a read in an asynchronous handler',
      code: `import express from 'express'
import fs from 'node:fs'
const app = express()
app.get('/a', async (req, res) => {
  res.send(fs.readFileSync(req.params.file, 'utf8').trim())
})`,
      output: `import express from 'express'
import fs from 'node:fs'
import { readFile } from 'node:fs/promises'
const app = express()
app.get('/a', async (req, res) => {
  res.send((await readFile(req.params.file, 'utf8')).trim())
})`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'CommonJS, and a name that is taken',
      code: `const { readFile, readFileSync } = require('fs')
exports.handler = async (event) => {
  return readFileSync(event.path)
}`,
      output: `const { readFile } = require('fs')
const { readFile: readFile2 } = require('fs/promises')
exports.handler = async (event) => {
  return await readFile2(event.path)
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'an import that the rewrite leaves without a use goes; in the middle of a list',
      code: `import { existsSync, readFileSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
watch(existsSync('a') ? 'a' : 'b')
export async function GET() {
  return [await readFile('a'), readFileSync('b')]
}`,
      output: `import { existsSync, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
watch(existsSync('a') ? 'a' : 'b')
export async function GET() {
  return [await readFile('a'), await readFile('b')]
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'with its line, where it stood alone',
      code: `import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
export async function GET() {
  return [await readFile('a'), readFileSync('b')]
}`,
      output: `import { readFile } from 'node:fs/promises'
export async function GET() {
  return [await readFile('a'), await readFile('b')]
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'with its line, below another import, where another name comes in',
      code: `import { exec } from 'node:child_process'
import { execSync } from 'node:child_process'
export async function GET() {
  return [exec, execSync('git log', { encoding: 'utf8' })]
}`,
      errors: [
        {
          messageId: 'blocksHandler',
          suggestions: [
            {
              messageId: 'awaitBetween',
              output: `import { exec } from 'node:child_process'
import { promisify } from 'node:util'
export async function GET() {
  return [exec, (await promisify(exec)('git log', { encoding: 'utf8' })).stdout]
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'in CommonJS',
      code: `const { readFileSync } = require('fs')
exports.handler = async (event) => {
  return readFileSync(event.path)
}`,
      output: `const { readFile } = require('fs/promises')
exports.handler = async (event) => {
  return await readFile(event.path)
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'stays where a rest element takes what it leaves',
      code: `const { readFileSync, ...others } = require('fs')
exports.handler = async (event) => [others, readFileSync(event.path)]`,
      output: `const { readFileSync, ...others } = require('fs')
const { readFile } = require('fs/promises')
exports.handler = async (event) => [others, await readFile(event.path)]`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    ...[
      ['has another use', "import { readFileSync } from 'node:fs'", 'export const read = readFileSync'],
      ['stands beside the default', "import fs, { readFileSync } from 'node:fs'", 'export const watch = fs.watch'],
      ['has a comment', "import { /* once */ readFileSync } from 'node:fs'", ''],
    ].map(([name, head, tail]) => ({
      name: `stays where it ${name}`,
      code: `${head}\nexport async function GET() {\n  return readFileSync('b')\n}\n${tail}`,
      output: `${head}\nimport { readFile } from 'node:fs/promises'\nexport async function GET() {\n  return await readFile('b')\n}\n${tail}`,
      errors: [{ messageId: 'blocksHandler' as const }],
    })),
    {
      name: 'a sibling of the same object',
      code: `import bcrypt from 'bcrypt'
export async function POST(request) {
  const { password } = await request.json()
  return Response.json({ hash: bcrypt.hashSync(password, 12) })
}`,
      output: `import bcrypt from 'bcrypt'
export async function POST(request) {
  const { password } = await request.json()
  return Response.json({ hash: await bcrypt.hash(password, 12) })
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'a sibling that is imported by name',
      code: `import { hashSync } from 'bcryptjs'
export async function POST(request) {
  return hashSync(await request.text(), 12)
}`,
      output: `import { hash } from 'bcryptjs'
export async function POST(request) {
  return await hash(await request.text(), 12)
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'through promisify',
      code: `import * as zlib from 'node:zlib'
export async function GET() {
  return zlib.gzipSync(page)
}`,
      output: `import * as zlib from 'node:zlib'
import { promisify } from 'node:util'
export async function GET() {
  return await promisify(zlib.gzip)(page)
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'in an asynchronous function that the handler calls',
      code: `import { readdirSync } from 'fs'
export async function GET() {
  return list()
}
async function list() {
  return readdirSync('.').filter(Boolean)
}`,
      output: `import { readdir } from 'fs/promises'
export async function GET() {
  return list()
}
async function list() {
  return (await readdir('.')).filter(Boolean)
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'a write may interleave',
      code: `import { writeFileSync } from 'node:fs'
export async function GET() {
  writeFileSync('a', 'b')
}`,
      errors: [
        {
          messageId: 'blocksHandler',
          suggestions: [
            {
              messageId: 'awaitBetween',
              data: { instead: '`writeFile` of `node:fs/promises` with `await`' },
              output: `import { writeFile } from 'node:fs/promises'
export async function GET() {
  await writeFile('a', 'b')
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'a read before a write is no longer one step',
      code: `import { readFileSync, writeFileSync } from 'node:fs'
export async function GET() {
  const list = readFileSync('a')
  writeFileSync('a', list)
}`,
      errors: [
        { messageId: 'blocksHandler', suggestions: [{ messageId: 'awaitBetween', output: `import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
export async function GET() {
  const list = await readFile('a')
  writeFileSync('a', list)
}` }] },
        { messageId: 'blocksHandler', suggestions: 1 as never },
      ],
    },
    {
      name: 'listeners must be added in the same turn',
      code: `import { readFileSync } from 'node:fs'
export default (socket) => {
  socket.on('join', async (room) => {
    const rules = readFileSync('rules')
    room.on('message', () => rules)
  })
}`,
      errors: [{ messageId: 'blocksHandler', suggestions: 1 as never }],
    },
    {
      name: 'state that is tested before and set after',
      code: `import { readFileSync } from 'node:fs'
let busy = false
export async function GET() {
  if (busy) return
  const page = readFileSync('page')
  busy = true
  await send(page)
  busy = false
}`,
      errors: [{ messageId: 'blocksHandler', suggestions: 1 as never }],
    },
    {
      name: 'a synchronous handler can become asynchronous',
      code: `import express from 'express'
import { readFileSync } from 'node:fs'
const app = express()
app.get('/a', (req, res) => {
  res.send(page())
})
function page() {
  return readFileSync('page')
}`,
      errors: [
        {
          messageId: 'blocksHandler',
          suggestions: [
            {
              messageId: 'becomeAsync',
              data: { instead: '`readFile` of `node:fs/promises` with `await`', owner: '`page`' },
              output: `import express from 'express'
import { readFile } from 'node:fs/promises'
const app = express()
app.get('/a', async (req, res) => {
  res.send(await page())
})
async function page() {
  return await readFile('page')
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'not in a synchronous callback',
      code: `import { readFileSync } from 'node:fs'
export async function GET() {
  return names.map((name) => readFileSync(name)).sort((a, b) => readFileSync(a) - readFileSync(b))
}`,
      errors: [{ messageId: 'blocksHandler' }, { messageId: 'blocksHandler' }, { messageId: 'blocksHandler' }],
    },
    {
      name: 'not where the file does not show every call of the function',
      code: `import { readFileSync } from 'node:fs'
export function page() {
  return readFileSync('page')
}
export async function GET() {
  return page()
}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'not with options or arguments that the promise form does not know',
      code: `import { readFileSync, statSync } from 'node:fs'
export async function GET() {
  statSync('a', { throwIfNoEntry: false })
  readFileSync(fd)
  readFileSync(...names)
}`,
      errors: [{ messageId: 'blocksHandler' }, { messageId: 'blocksHandler' }, { messageId: 'blocksHandler' }],
    },
    {
      name: 'not in parameters',
      code: `import { readFileSync } from 'node:fs'
export async function GET(page = readFileSync('a')) {}`,
      errors: [{ messageId: 'blocksHandler' }],
    },
    {
      name: 'output of a command',
      code: `import { execSync } from 'node:child_process'
export async function GET() {
  return execSync('git log', { encoding: 'utf8' })
}`,
      errors: [
        {
          messageId: 'blocksHandler',
          suggestions: [
            {
              messageId: 'awaitBetween',
              output: `import { exec } from 'node:child_process'
import { promisify } from 'node:util'
export async function GET() {
  return (await promisify(exec)('git log', { encoding: 'utf8' })).stdout
}`,
            },
          ],
        },
      ],
    },
  ],
})

run('annotated', 'rewrites', rule, {
  valid: [],
  invalid: [
    {
      name: 'the return type becomes a promise',
      code: `import { readFileSync } from 'node:fs'
export async function GET() {
  return page('a')!
}
const page = (name: string): Buffer => readFileSync(name)`,
      errors: [
        {
          messageId: 'blocksHandler',
          suggestions: [
            {
              messageId: 'becomeAsync',
              output: `import { readFile } from 'node:fs/promises'
export async function GET() {
  return (await page('a'))!
}
const page = async (name: string): Promise<Buffer> => await readFile(name)`,
            },
          ],
        },
      ],
    },
  ],
})

/**
 * The cases of eslint-plugin-n's `no-sync` (tests/lib/rules/no-sync.js), in own words. That rule goes by the name and
 * reports wherever a call stands; this one differs on every case at module level, in functions that nothing calls per
 * request, and on names that resolve to no blocking API. Read: 13 valid and 14 invalid cases. Agreed: all 13 valid ones.
 * Differing: all 14 invalid ones, because none has a handler and `fs` and `fooSync` are bound to nothing; the twins
 * below put the same syntax into a handler and bind it.
 */
run('js', 'cases of no-sync of eslint-plugin-n', rule, {
  valid: [
    'var foo = fs.foo.foo()',
    'fs.fooSync',
    'fooSync',
    '() => fooSync',
    'if (true) { fooSync() }',
    { name: 'by name alone, at module level', code: 'var foo = fs.fooSync()' },
    { name: 'apply, by name alone', code: 'var foo = fs.fooSync.apply()' },
    { name: 'a free function', code: 'var foo = fooSync()' },
    { name: 'apply of a free function', code: 'var foo = fooSync.apply()' },
    { name: 'in a block', code: 'if (true) { fs.fooSync() }' },
    { name: 'in a function', code: 'function someFunction() { fs.fooSync() }' },
    { name: 'in a function expression', code: 'var a = function someFunction() { fs.fooSync() }' },
    { name: 'in an arrow function', code: '() => { fs.fooSync() }' },
    { name: 'bound, at module level', code: `${fs} var foo = fs.statSync('a')` },
    { name: 'bound, in a function that nothing calls per request', code: `${fs} function someFunction() { fs.statSync('a') }` },
    { name: 'of the browser', code: `${app} app.get('/a', (x) => { new CSSStyleSheet().replaceSync('body {}') })` },
    { name: 'of a package that the table does not have', code: `${app} import { fooSync } from 'aaa'; app.get('/a', (x) => { fooSync() })` },
    { name: 'not called', code: `${app} ${fs} app.get('/a', (x) => { x.read = fs.statSync })` },
  ],
  invalid: [
    { name: 'in a handler', code: `${app} ${fs} app.get('/a', (x) => { var foo = fs.statSync('a') })`, errors: [{ messageId: 'blocksHandler', ...some }] },
    { name: 'apply, in a handler', code: `${app} ${fs} app.get('/a', (x) => { fs.statSync.apply(fs, ['a']) })`, errors: [{ messageId: 'blocksHandler' }] },
    { name: 'in a block', code: `${app} ${fs} app.get('/a', (x) => { if (true) { fs.statSync('a') } })`, errors: [{ messageId: 'blocksHandler', ...some }] },
    { name: 'in a function that the handler calls', code: `${app} ${fs} app.get('/a', () => someFunction()); var someFunction = function () { fs.statSync('a') }`, errors: [{ messageId: 'blocksHandler', ...some }] },
  ],
})
