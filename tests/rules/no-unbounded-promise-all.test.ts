/** Pairs of programs that differ in the one fact that matters: the first is reported, the second is not. */
import { describe, expect, it } from 'vitest'
import rule from '../../rules/no-unbounded-promise-all.ts'
import { lint } from '../support/lint.ts'

interface Pair {
  readonly title: string
  readonly reported: string
  /** A part of the message. */
  readonly says: string
  readonly silent: string
  readonly options?: object
}

const messagesOf = (code: string, options: object = {}, filename = 'src/file.ts'): string[] =>
  lint(rule, code, { options, filename }).map(({ message }) => message)

function check(title: string, pairs: readonly Pair[]): void {
  describe(title, () => {
    it.each(pairs)('$title', ({ reported, says, silent, options }) => {
      const messages = messagesOf(reported, options)
      expect(messages).toHaveLength(1)
      expect(messages[0]).toContain(says)
      expect(messagesOf(silent, options)).toEqual([])
    })
  })
}

check('ways from the list to the combinator', [
  {
    title: 'direct map',
    reported: 'export const f = (ids) => Promise.all(ids.map((id) => fetch(id)))',
    says: '`Promise.all` starts `fetch` for every element of `ids` at once, and nothing limits how many there are: callers pass `ids`.',
    silent: 'export const f = (ids) => Promise.all([1, 2].map((id) => fetch(id)))',
  },
  {
    title: 'allSettled',
    reported: 'export const f = (ids) => Promise.allSettled(ids.map((id) => fetch(id)))',
    says: '`Promise.allSettled` starts `fetch`',
    silent: 'export const f = (ids) => Promise.allSettled([fetch(ids[0])])',
  },
  {
    title: 'any',
    reported: 'export const f = (ids) => Promise.any(ids.map((id) => fetch(id)))',
    says: '`Promise.any` starts `fetch`',
    silent: 'export const f = (ids) => Promise.any(ids.slice(0, 2).map((id) => fetch(id)))',
  },
  {
    title: 'race',
    reported: 'export const f = (ids) => Promise.race(ids.map((id) => fetch(id)))',
    says: '`Promise.race` starts `fetch`',
    silent: 'const Promise = { race: (list) => list }; export const f = (ids) => Promise.race(ids.map((id) => fetch(id)))',
  },
  {
    title: 'bluebird under another name',
    reported: "const B = require('bluebird'); module.exports = (ids) => B.all(ids.map((id) => fetch(id)))",
    says: '`B.all` starts `fetch`',
    silent: "const B = require('./b'); module.exports = (ids) => B.all(ids.map((id) => fetch(id)))",
  },
  {
    title: 'stored array',
    reported: 'export async function f(ids) { const all = ids.map((id) => fetch(id)); await Promise.all(all) }',
    says: 'every element of `ids`',
    silent: 'export async function f(ids) { const all = ids.map((id) => id); await Promise.all(all) }',
  },
  {
    title: 'spread',
    reported: 'export const f = (ids) => Promise.all([fetch(1), ...ids.map((id) => fetch(id))])',
    says: 'every element of `ids`',
    silent: 'export const f = (a, b) => Promise.all([fetch(1), ...[a, b].map((id) => fetch(id))])',
  },
  {
    title: 'Array.from with a mapper',
    reported: 'export const f = (ids) => Promise.all(Array.from(ids, (id) => fetch(id)))',
    says: 'every element of `ids`',
    silent: 'export const f = () => Promise.all(Array.from({ length: 3 }, (_, id) => fetch(id)))',
  },
  {
    title: 'flatMap',
    reported: 'export const f = (ids) => Promise.all(ids.flatMap((id) => fetch(id)))',
    says: 'every element of `ids`',
    silent: 'export const f = (ids) => Promise.all(ids.flatMap((id) => [id]))',
  },
  {
    title: "lodash's map",
    reported: "import _ from 'lodash'; export const f = (ids) => Promise.all(_.map(ids, (id) => fetch(id)))",
    says: 'every element of `ids`',
    silent: "import _ from './own'; export const f = (ids) => Promise.all(_.map(ids, (id) => fetch(id)))",
  },
  {
    title: 'push in a loop',
    reported: 'export async function f(ids) { const all = []; for (const id of ids) all.push(fetch(id)); await Promise.all(all) }',
    says: 'every element of `ids`',
    silent: 'export async function f(ids) { const all = []; all.push(fetch(1)); all.push(fetch(2)); await Promise.all(all) }',
  },
  {
    title: 'push in forEach',
    reported: 'export async function f(ids) { const all = []; ids.forEach((id) => { all.push(fetch(id)) }); await Promise.all(all) }',
    says: 'every element of `ids`',
    silent: 'export async function f(ids) { const all = []; ids.forEach((id) => { all.push(id) }); await Promise.all(all) }',
  },
  {
    title: 'assignment by index',
    reported: 'export async function f(ids) { const all = []; for (let i = 0; i < ids.length; i++) all[i] = fetch(ids[i]); await Promise.all(all) }',
    says: 'callers pass `ids`',
    silent: 'export async function f(ids) { const all = []; for (let i = 0; i < 4; i++) all[i] = fetch(ids[i]); await Promise.all(all) }',
  },
  {
    title: 'promises mapped again',
    reported: 'export const f = (ids) => Promise.all(ids.map((id) => fetch(id)).map((p) => p.catch(() => null)))',
    says: 'every element of `ids`',
    silent: 'export const f = (pending) => Promise.all(pending.map((p) => p.catch(() => null)))',
  },
  {
    title: 'a function of the file returns the list',
    reported: 'const start = (ids) => ids.map((id) => fetch(id)); export const f = async (page) => { const { ids } = await fetch(page); await Promise.all(start(ids)) }',
    says: 'it has as many as `fetch(page)` gives',
    silent: 'const start = (ids) => ids.map((id) => fetch(id)); export const f = () => Promise.all(start([1, 2]))',
  },
  {
    title: 'a named mapper',
    reported: 'async function load(id) { return await fetch(id) } export const f = (ids) => Promise.all(ids.map(load))',
    says: '`load → fetch`',
    silent: 'async function load(id) { return id } export const f = (ids) => Promise.all(ids.map(load))',
  },
])

check('how long the list may be', [
  {
    title: 'parameter, and a tuple type',
    reported: 'export const f = (urls: string[]) => Promise.all(urls.map((url) => fetch(url)))',
    says: 'callers pass `urls`',
    silent: 'export const f = (urls: [string, string]) => Promise.all(urls.map((url) => fetch(url)))',
  },
  {
    title: 'parameter of a local function, by its calls',
    reported: 'async function each(urls) { await Promise.all(urls.map((url) => fetch(url))) } export const f = (ids) => each(ids.slice(1))',
    says: 'every element of `urls`',
    silent: "async function each(urls) { await Promise.all(urls.map((url) => fetch(url))) } export const f = () => each(['a', 'b'])",
  },
  {
    title: 'folder listing, and the program’s own folder',
    reported: "import { readdir, stat } from 'fs/promises'; export const f = async (dir) => Promise.all((await readdir(dir)).map((name) => stat(name)))",
    says: 'it has as many as `readdir(dir)` finds',
    silent: "import { readdir, stat } from 'fs/promises'; export const f = async () => Promise.all((await readdir(__dirname)).map((name) => stat(name)))",
  },
  {
    title: 'query, and a query with a limit',
    reported: "import { db } from './db'; export const f = async () => { const { rows } = await db.query('…'); await Promise.all(rows.map((row) => fetch(row.url))) }",
    says: 'it has as many as `db.query(\'…\')` gives',
    silent: "import { db } from './db'; export const f = async () => { const rows = await db.find({ take: 5 }); await Promise.all(rows.map((row) => fetch(row.url))) }",
  },
  {
    title: 'request, and configuration',
    reported: 'export const f = (req) => Promise.all(req.body.urls.map((url) => fetch(url)))',
    says: '`req.body.urls` is as long as its sender makes it',
    silent: 'export const f = (config) => Promise.all(config.urls.map((url) => fetch(url)))',
  },
  {
    title: 'result of an unknown function, and a part of the program',
    reported: "import { loadUsers } from './users'; export const f = async () => { const users = await loadUsers(); await Promise.all(users.map((user) => fetch(user))) }",
    says: 'it has as many as `loadUsers()` returns',
    silent: "import { loadPlugins } from './plugins'; export const f = async () => { const plugins = await loadPlugins(); await Promise.all(plugins.map((plugin) => fetch(plugin))) }",
  },
  {
    title: 'computed number, and a number of workers',
    reported: "import { countRows } from './rows'; export const f = async () => { const pages = Math.ceil((await countRows()) / 100); await Promise.all(Array.from({ length: pages }, (_, i) => fetch(i))) }",
    says: '`await countRows()` is computed while the program runs',
    silent: 'export const f = async (concurrency, rows) => { await Promise.all(Array.from({ length: Math.min(concurrency, rows.length) }, (_, i) => fetch(i))) }',
  },
  {
    title: 'the rest of a list, and its start',
    reported: 'export const f = (ids) => Promise.all(ids.slice(1).map((id) => fetch(id)))',
    says: 'callers pass `ids`',
    silent: 'export const f = (ids) => Promise.all(ids.slice(0, 10).map((id) => fetch(id)))',
  },
  {
    title: 'all chunks at once, and one chunk after another',
    reported: "import { chunk } from 'lodash'; export const f = async (ids) => { const chunks = chunk(ids, 50); await Promise.all(chunks.map((part) => fetch(part))) }",
    says: 'callers pass `ids`',
    silent: "import { chunk } from 'lodash'; export const f = async (ids) => { for (const part of chunk(ids, 50)) await Promise.all(part.map((id) => fetch(id))) }",
  },
  {
    title: 'slices taken in a loop',
    reported: 'export const f = async (ids) => { for (let i = 0; i < 3; i++) await Promise.all(ids.map((id) => fetch(id))) }',
    says: 'callers pass `ids`',
    silent: 'export const f = async (ids) => { for (let i = 0; i < ids.length; i += 20) await Promise.all(ids.slice(i, i + 20).map((id) => fetch(id))) }',
  },
  {
    title: 'guard on the length',
    reported: 'export const f = (ids) => { if (ids.length === 0) return []; return Promise.all(ids.map((id) => fetch(id))) }',
    says: 'callers pass `ids`',
    silent: "export const f = (ids) => { if (ids.length > 10) throw new Error('too many'); return Promise.all(ids.map((id) => fetch(id))) }",
  },
  {
    title: 'reassigned list: the longest counts',
    reported: 'export const f = (ids) => { let list = [1]; if (ids) list = ids; return Promise.all(list.map((id) => fetch(id))) }',
    says: 'callers pass `ids`',
    silent: 'export const f = (more) => { let list = [1]; if (more) list = [1, 2]; return Promise.all(list.map((id) => fetch(id))) }',
  },
  {
    title: 'keys of a grouped list, and keys of a literal',
    reported: "import { groupBy } from 'lodash'; export const f = (rows) => { const byKey = groupBy(rows, 'key'); return Promise.all(Object.keys(byKey).map((key) => fetch(key))) }",
    says: 'callers pass `rows`',
    silent: 'export const f = () => { const byKey = { a: 1, b: 2 }; return Promise.all(Object.keys(byKey).map((key) => fetch(key))) }',
  },
  {
    title: 'set filled in a loop',
    reported: 'export const f = (rows) => { const keys = new Set(); for (const row of rows) keys.add(row.key); return Promise.all([...keys].map((key) => fetch(key))) }',
    says: 'callers pass `rows`',
    silent: "export const f = () => { const keys = new Set(['a', 'b']); return Promise.all([...keys].map((key) => fetch(key))) }",
  },
  {
    title: 'larger than `max`',
    reported: 'export const f = (ids) => Promise.all(ids.slice(0, 500).map((id) => fetch(id)))',
    says: 'for up to 500 elements of `ids.slice(0, 500)` at once; more than 10 count as many',
    silent: 'export const f = (ids) => Promise.all(ids.slice(0, 8).map((id) => fetch(id)))',
  },
])

check('what runs per element', [
  {
    title: 'a client by its name',
    reported: 'export const f = (ids, userRepository) => Promise.all(ids.map((id) => userRepository.findOne(id)))',
    says: '`userRepository.findOne` (a database call, by its name)',
    silent: 'export const f = (ids, numbers) => Promise.all(ids.map((id) => numbers.parse(id)))',
  },
  {
    title: 'an unknown function whose verb says what it does',
    reported: "import { deleteInvoice } from './invoices'; export const f = (ids) => Promise.all(ids.map((id) => deleteInvoice(id)))",
    says: 'starts `deleteInvoice` (work outside the process, by its name) for every element',
    silent: "import { parseInvoice } from './invoices'; export const f = (ids) => Promise.all(ids.map((id) => parseInvoice(id)))",
  },
  {
    title: 'code that is loaded',
    reported: "import { loadInvoice } from './invoices'; export const f = (ids) => Promise.all(ids.map(async (id) => { await loadInvoice(id) }))",
    says: '`loadInvoice`',
    silent: 'export const f = (ids) => Promise.all(ids.map(async (id) => { await import(id) }))',
  },
  {
    title: 'a shadowed name',
    reported: 'export const f = (ids) => Promise.all(ids.map(async (id) => { await fetch(id) }))',
    says: '`fetch`',
    silent: 'const fetch = (id) => id; export const f = (ids) => Promise.all(ids.map(async (id) => { await fetch(id) }))',
  },
])

check('limiters', [
  {
    title: 'p-limit',
    reported: "import pLimit from 'p-limit'; const limit = pLimit(Infinity); export const f = (ids) => Promise.all(ids.map((id) => limit(() => fetch(id))))",
    says: '`pLimit` has no limit here, so `Promise.all` starts `fetch`',
    silent: "import pLimit from 'p-limit'; const limit = pLimit(4); export const f = (ids) => Promise.all(ids.map((id) => limit(() => fetch(id))))",
  },
  {
    title: 'p-queue, whose default is no limit',
    reported: "import PQueue from 'p-queue'; const queue = new PQueue(); export const f = (ids) => Promise.all(ids.map((id) => queue.add(() => fetch(id))))",
    says: '`PQueue` has no limit here',
    silent: "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 2 }); export const f = (ids) => Promise.all(ids.map((id) => queue.add(() => fetch(id))))",
  },
  {
    title: 'p-queue limited by starts per interval',
    reported: "import PQueue from 'p-queue'; const queue = new PQueue({ timeout: 5 }); export const f = (ids) => Promise.all(ids.map((id) => queue.add(() => fetch(id))))",
    says: '`PQueue` has no limit here',
    silent: "import PQueue from 'p-queue'; const queue = new PQueue({ intervalCap: 5, interval: 1 }); export const f = (ids) => Promise.all(ids.map((id) => queue.add(() => fetch(id))))",
  },
  {
    title: 'a limiter per element',
    reported: "import pLimit from 'p-limit'; export const f = (ids) => Promise.all(ids.map((id) => pLimit(4)(() => fetch(id))))",
    says: '`pLimit` makes a new limiter for every element of `ids`',
    silent: "import pLimit from 'p-limit'; export const f = (ids) => { const limit = pLimit(4); return Promise.all(ids.map((id) => limit(() => fetch(id)))) }",
  },
  {
    title: 'p-map, whose default is no limit',
    reported: "import pMap from 'p-map'; export const f = (ids) => pMap(ids, (id) => fetch(id))",
    says: '`pMap` has no limit here, so `pMap` starts',
    silent: "import pMap from 'p-map'; export const f = (ids) => pMap(ids, (id) => fetch(id), { concurrency: 3 })",
  },
  {
    title: 'bluebird’s map',
    reported: "const Bluebird = require('bluebird'); module.exports = (ids) => Bluebird.map(ids, (id) => fetch(id))",
    says: '`Bluebird.map` has no limit here',
    silent: "const Bluebird = require('bluebird'); module.exports = (ids) => Bluebird.map(ids, (id) => fetch(id), { concurrency: 3 })",
  },
  {
    title: 'a limiter of another file, by its name',
    reported: "import { run } from './run'; export const f = (ids) => Promise.all(ids.map((id) => run(() => fetch(id))))",
    says: '`fetch`',
    silent: "import { limit } from './limit'; export const f = (ids) => Promise.all(ids.map((id) => limit(() => fetch(id))))",
  },
  {
    title: 'a semaphore that is acquired',
    reported: 'export const f = (ids, door) => Promise.all(ids.map(async (id) => { await door.acquire(); await fetch(id) }))',
    says: '`fetch`',
    silent: 'export const f = (ids, semaphore) => Promise.all(ids.map(async (id) => { await semaphore.acquire(); await fetch(id) }))',
  },
  {
    title: 'a limiter in the function that the mapper calls',
    reported: "import pLimit from 'p-limit'; const limit = pLimit(2); const load = (id) => fetch(id); export const f = (ids) => Promise.all(ids.map((id) => load(id)))",
    says: '`load → fetch`',
    silent: "import pLimit from 'p-limit'; const limit = pLimit(2); const load = (id) => limit(() => fetch(id)); export const f = (ids) => Promise.all(ids.map((id) => load(id)))",
  },
])

describe('report: possible', () => {
  const possible = { report: 'possible' }
  it.each([
    ['a list of unknown length', 'export const f = (page) => Promise.all(page.links.map((link) => fetch(link)))', 'how long the list may be is not known here'],
    ['a task of unknown work', 'export const f = (ids, bake) => Promise.all(ids.map((id) => bake(id)))', 'may start `bake`'],
  ])('%s is reported only there', (_, code, says) => {
    expect(messagesOf(code)).toEqual([])
    expect(messagesOf(code, possible)).toEqual([expect.stringContaining(says)])
  })

  it.each([
    ['a bounded list', 'export const f = () => Promise.all([1, 2].map((id) => fetch(id)))'],
    ['a synchronous mapper', 'export const f = (ids) => Promise.all(ids.map((id) => id * 2))'],
    ['promises that run already', 'export const f = (pending) => Promise.all(pending)'],
    ['a limiter', "import pLimit from 'p-limit'; const limit = pLimit(2); export const f = (page) => Promise.all(page.links.map((link) => limit(() => fetch(link))))"],
  ])('%s is not reported there either', (_, code) => {
    expect(messagesOf(code, possible)).toEqual([])
  })
})

describe('context', () => {
  const code = 'export const f = (ids) => Promise.all(ids.map((id) => fetch(id)))'

  it.each([['src/load.ts', 1], ['src/load.test.ts', 0], ['scripts/load.ts', 0], ['db/migrations/1.ts', 0]])('%s: %i', (filename, count) => {
    expect(messagesOf(code, {}, filename)).toHaveLength(count)
  })

  it('is silent in the body of a test, wherever it lies', () => {
    expect(messagesOf("import { it } from 'vitest'; it('loads', async () => { const ids = await fetch('ids'); await Promise.all(ids.map((id) => fetch(id))) })")).toEqual([])
    expect(messagesOf("import { it } from './it'; it('loads', async () => { const ids = await fetch('ids'); await Promise.all(ids.map((id) => fetch(id))) })")).toHaveLength(1)
  })
})

it('marks the combinator and not the whole call', () => {
  const [message] = lint(rule, 'export const f = (ids) => Promise.all(\n  ids.map((id) => fetch(id)),\n)')
  expect(message).toMatchObject({ line: 1, column: 27, endLine: 1, endColumn: 38 })
})

it('does not throw on odd code', () => {
  for (const code of [
    'Promise.all()', 'Promise.all(...ids)', 'Promise.all(ids)', 'Promise.all([,])', 'Promise.all(a.map())', 'Promise.all(a.map(...b))',
    'const a = a.map(a); Promise.all(a)', 'let a = [...a]; for (const x of a) a.push(x()); Promise.all(a)', 'new Promise.all(a)', 'Promise?.all?.(a?.map?.(b))',
  ]) {
    expect(messagesOf(code, { report: 'possible' }).filter((message) => message.includes('Parsing'))).toEqual([])
  }
})
