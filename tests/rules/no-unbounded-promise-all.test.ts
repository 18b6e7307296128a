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
    title: 'pushed promises, and functions that nothing has called',
    reported: 'export const f = async (ids) => { const tasks = []; ids.forEach((id) => { tasks.push(fetch(id)) }); await Promise.all(tasks) }',
    says: '`Promise.all` starts `fetch` for every element of `ids`',
    silent: 'export const f = async (ids) => { const tasks = []; ids.forEach((id) => { tasks.push(() => fetch(id)) }); await Promise.all(tasks) }',
  },
  {
    title: 'a list that is filled once, and one that is emptied again on the way',
    reported: 'export const f = async (ids) => { let all = []; const send = () => Promise.all(all); for (const id of ids) { all.push(fetch(id)); if (id.last) await send() } }',
    says: '`Promise.all` starts `fetch` for every element of `ids`',
    silent: 'export const f = async (ids) => { let all = []; const send = () => Promise.all(all); for (const id of ids) { all.push(fetch(id)); if (id.last) { await send(); all = [] } } }',
  },
  {
    title: 'one by one, and in steps',
    reported: 'export const f = async (ids) => { const all = []; for (let i = 0; i < ids.length; i += 1) all.push(fetch(ids[i])); await Promise.all(all) }',
    says: '`Promise.all` starts `fetch` for every element of `ids`',
    silent: 'export const f = async (ids) => { const all = []; for (let i = 0; i < ids.length; i += size) all.push(fetch(ids.slice(i, i + size))); await Promise.all(all) }',
  },
  {
    title: 'what a sender gave, and what a person typed',
    reported: 'export const f = (args) => Promise.all(args.paths.map((path) => fetch(path)))',
    says: 'as long as its sender makes it',
    silent: 'export const f = (args) => Promise.all(args.opts.paths.map((path) => fetch(path)))',
  },
  {
    title: 'promises that are pushed, and results that were waited for one by one',
    reported: 'export const f = async (ids) => { const all = []; for (const id of ids) all.push(fetch(id)); await Promise.all(all) }',
    says: '`Promise.all` starts `fetch` for every element of `ids`',
    silent: 'export const f = async (ids) => { const all = []; for (const id of ids) all.push(await fetch(id)); await Promise.all(all) }',
  },
  {
    title: 'promises that a mapper takes, and objects whose method it calls',
    reported: "import { deleteRow } from './rows'; export const f = (ids) => { const open = ids.map((id) => deleteRow(id)); return Promise.all(open.map((one) => one.catch(log))) }",
    says: '`deleteRow`',
    silent: "import { deleteRow } from './rows'; export const f = (ids) => { const open = ids.map((id) => deleteRow(id)); return Promise.all(open.map((one) => one.stop())) }",
  },
  {
    title: 'an entry per element, and a group per kind',
    reported: 'export const f = async (items) => { const byId = new Map(); for (const item of items) { const known = byId.get(item.id) ?? []; byId.set(item.id, [...known, item]) } await Promise.all([...byId.values()].map((all) => fetch(all))) }',
    says: '`fetch` for every element',
    silent: 'export const f = async (items) => { const byKind = new Map(); for (const item of items) { const known = byKind.get(item.kind) ?? []; byKind.set(item.kind, [...known, item]) } await Promise.all([...byKind.values()].map((all) => fetch(all))) }',
  },
  {
    title: 'the last of every address, and a group per address in an object',
    reported: 'export const f = async (items) => { const last = {}; for (const item of items) last[item.url] = item; await Promise.all(Object.values(last).map((all) => fetch(all))) }',
    says: '`fetch` for every element',
    silent: 'export const f = async (items) => { const groups = {}; for (const item of items) { if (!groups[item.url]) groups[item.url] = []; groups[item.url].push(item) } await Promise.all(Object.values(groups).map((all) => fetch(all))) }',
  },
  {
    title: 'groups in a variable, filled in a callback',
    reported: 'export const f = async (items) => { const seen = new Map(); items.forEach((item) => { let group = item.next; seen.set(item.kind, group) }); await Promise.all([...seen.values()].map((all) => fetch(all))) }',
    says: '`fetch` for every element',
    silent: 'export const f = async (items) => { const seen = new Map(); items.forEach((item) => { let group = seen.get(item.kind); if (!group) { group = new Set(); seen.set(item.kind, group) } group.add(item) }); await Promise.all([...seen.values()].map((all) => fetch(all))) }',
  },
  {
    title: 'paths of files, and of parts of the program',
    reported: 'export const f = (drawingPaths) => Promise.all(drawingPaths.map((path) => fetch(path)))',
    says: 'callers pass `drawingPaths`',
    silent: 'export const f = (pluginPaths) => Promise.all(pluginPaths.map((path) => fetch(path)))',
  },
  {
    title: 'a list from a caller, and one whose default is written out',
    reported: 'export const f = (endings = []) => Promise.all(endings.map((ending) => fetch(ending)))',
    says: 'callers pass `endings`',
    silent: "export const f = (endings = ['.js', '.ts']) => Promise.all(endings.map((ending) => fetch(ending)))",
  },
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

check('ways that hide the list', [
  {
    title: 'pieces of a list of promises, and pieces of a list of ids',
    reported: 'export async function f(ids) { const all = ids.map((id) => fetch(id)); const pieces = []; for (let i = 0; i < all.length; i += 5) pieces.push(all.slice(i, i + 5)); for (const piece of pieces) await Promise.all(piece) }',
    says: 'every element of `ids`',
    silent: 'export async function f(ids) { const pieces = []; for (let i = 0; i < ids.length; i += 5) pieces.push(ids.slice(i, i + 5)); for (const piece of pieces) await Promise.all(piece.map((id) => fetch(id))) }',
  },
  {
    title: 'chunks of promises',
    reported: "import { chunk } from 'lodash'; export async function f(ids) { const all = ids.map((id) => fetch(id)); for (const part of chunk(all, 5)) await Promise.all(part) }",
    says: 'every element of `ids`',
    silent: "import { chunk } from './own'; export async function f(ids) { const all = ids.map((id) => fetch(id)); for (const part of chunk(all, 5)) await Promise.all(part) }",
  },
  {
    title: 'promises in objects',
    reported: 'export async function f(ids) { const jobs = ids.map((id) => ({ id, done: fetch(id) })); await Promise.all(jobs.map((job) => job.done)) }',
    says: 'starts `fetch` for every element of `ids`',
    silent: 'export async function f(ids) { const jobs = ids.map((id) => ({ id, done: fetch(id) })); await Promise.all(jobs.map((job) => job.id)) }',
  },
  {
    title: 'promises in objects that a loop collects',
    reported: 'export async function f(ids) { const jobs = []; for (const id of ids) jobs.push({ done: fetch(id) }); await Promise.all(jobs.map((job) => job.done)) }',
    says: 'starts `fetch` for every element of `ids`',
    silent: 'export async function f() { const jobs = []; for (const id of [1, 2]) jobs.push({ done: fetch(id) }); await Promise.all(jobs.map((job) => job.done)) }',
  },
  {
    title: 'a generator of the file',
    reported: 'function* start(ids) { for (const id of ids) yield fetch(id) } export const f = (ids) => Promise.all(start(ids))',
    says: 'starts `fetch` for every element of `ids`',
    silent: 'function* start(ids) { yield fetch(ids[0]); yield fetch(ids[1]) } export const f = (ids) => Promise.all(start(ids))',
  },
  {
    title: 'a generator in place, which hands on another list',
    reported: 'export function f(ids) { return Promise.all((function* () { yield fetch(this.first); yield* ids.map((id) => fetch(id)) }).call(this)) }',
    says: 'starts `fetch` for every element of `ids`',
    silent: 'export function f(ids) { return Promise.all((function* () { yield fetch(this.first); yield* [1, 2].map((id) => fetch(id)) }).call(this)) }',
  },
  {
    title: 'a list that another function fills in a loop',
    reported: 'const all = []; export function add(ids) { for (const id of ids) all.push(fetch(id)) } export const done = () => Promise.all(all)',
    says: 'starts `fetch` for every element of `ids`',
    silent: 'const all = []; export function add(id) { all.push(fetch(id)) } export const done = () => Promise.all(all)',
  },
  {
    title: 'a function with several ways out',
    reported: 'const start = (ids) => { if (!ids) return []; return ids.map((id) => fetch(id)) }; export const f = (ids) => Promise.all(start(ids.slice(1)))',
    says: 'starts `fetch`',
    silent: 'const start = (ids) => { if (!ids) return []; return [1].map((id) => fetch(id)) }; export const f = (ids) => Promise.all(start(ids.slice(1)))',
  },
  {
    title: 'a list that is mapped before it is mapped to promises',
    reported: "import { deleteRow } from './rows'; export const f = (rows) => { const ids = rows.map((row) => row.id); return Promise.all(ids.map((id) => deleteRow(id))) }",
    says: 'starts `deleteRow`',
    silent: "import { parseRow } from './rows'; export const f = (rows) => { const ids = rows.map((row) => row.id); return Promise.all(ids.map((id) => parseRow(id))) }",
  },
])

check('promises that nobody takes', [
  {
    title: 'forEach, and a combinator under a limit',
    reported: 'export function f(ids) { ids.forEach(async (id) => { await fetch(id) }) }',
    says: '`ids.forEach` starts `fetch` for every element of `ids` at once and nothing waits for it: nothing limits how many there are (callers pass `ids`), what follows runs before they end, and a failure is an unhandled rejection.',
    silent: 'export function f(ids) { ids.forEach((id) => { console.log(id) }) }',
  },
  {
    title: 'a list that is short',
    reported: 'export function f(ids) { ids.forEach(async (id) => { await fetch(id) }) }',
    says: 'callers pass `ids`',
    silent: 'export function f(a, b) { [a, b].forEach(async (id) => { await fetch(id) }) }',
  },
  {
    title: 'a list of unknown length',
    reported: "import { readdir } from 'node:fs/promises'; export async function f(dir) { (await readdir(dir)).forEach(async (name) => { await fetch(name) }) }",
    says: 'finds',
    silent: "export function f() { document.querySelectorAll('a').forEach(async (link) => { await fetch(link.href) }) }",
  },
  {
    title: 'work that a listener will do',
    reported: "export function f(ids) { ids.forEach(async (id) => { await fetch(id); id.on('click', () => {}) }) }",
    says: 'starts `fetch`',
    silent: "export function f(ids) { ids.forEach(async (id) => { id.on('click', async () => { await fetch(id) }) }) }",
  },
  {
    title: 'failures that each function catches',
    reported: 'export function f(ids) { ids.forEach(async (id) => { try { await fetch(id) } catch { report(id) } }) }',
    says: 'and nobody knows when they are done',
    silent: 'export function f(ids) { ids.forEach(async (id) => { try { await id } catch { report(id) } }) }',
  },
  {
    title: 'a file each, and lines of one log',
    reported: "import { writeFile } from 'node:fs/promises'; export function f(ids) { ids.forEach(async (id) => { await writeFile(id, '') }) }",
    says: '`writeFile`',
    silent: "import { createWriteStream } from 'node:fs'; const log = createWriteStream('log'); export function f(ids) { ids.forEach(async (id) => { await log.write(id) }) }",
  },
  {
    title: 'map as a statement, and map whose list is returned',
    reported: 'export function f(ids) { ids.map(async (id) => { await fetch(id) }) }',
    says: '`ids.map` starts `fetch` for every element of `ids` at once and nothing waits for it',
    silent: 'export function f(ids) { return ids.map(async (id) => { await fetch(id) }) }',
  },
  {
    title: 'an awaited forEach of an array, and of something that may give a promise',
    reported: 'export async function f(ids) { await ids.filter(Boolean).forEach(async (id) => { await fetch(id) }) }',
    says: 'nothing waits for it',
    silent: 'export async function f(rows) { await rows.forEach(async (id) => { await fetch(id) }) }',
  },
  {
    title: 'a function of the file by its name',
    reported: 'async function load(id) { await fetch(id) } export function f(ids) { ids.forEach(load) }',
    says: '`load → fetch`',
    silent: 'async function load(id) { return id } export function f(ids) { ids.forEach(load) }',
  },
  {
    title: "lodash's forEach",
    reported: "import _ from 'lodash'; export function f(ids) { _.forEach(ids, async (id) => { await fetch(id) }) }",
    says: '`_.forEach` starts `fetch` for every element of `ids`',
    silent: "import async from 'async'; export function f(ids) { async.forEach(ids, async (id) => { await fetch(id) }) }",
  },
  {
    title: 'a limiter that limits nothing, and one that does',
    reported: "import pLimit from 'p-limit'; const limit = pLimit(Infinity); export function f(ids) { ids.forEach(async (id) => { await limit(() => fetch(id)) }) }",
    says: '`pLimit` has no limit here, so `ids.forEach` starts `fetch`',
    silent: "import pLimit from 'p-limit'; const limit = pLimit(3); export function f(ids) { ids.forEach(async (id) => { await limit(() => fetch(id)) }) }",
  },
  {
    title: 'more than `max` elements',
    reported: 'export function f(ids) { ids.slice(0, 100).forEach(async (id) => { await fetch(id) }) }',
    says: '(up to 100)',
    silent: 'export function f(ids) { ids.slice(0, 3).forEach(async (id) => { await fetch(id) }) }',
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
    says: 'the longer `ids` is, the more pieces there are',
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

check('what is to be done, and pieces of a list', [
  {
    title: 'a field that says what is to be done, and one of things',
    reported: 'export const f = (plan) => Promise.all(plan.filesToDelete.map((file) => fetch(file)))',
    says: '`plan.filesToDelete` is as long as there is work',
    silent: 'export const f = (plan) => Promise.all(plan.deletedFiles.map((file) => fetch(file)))',
  },
  {
    title: 'keys of what is to be done, and of something else',
    reported: "import { find } from './all'; export const f = () => { const pagesToBuild = {}; for (const page of find()) pagesToBuild[page.id] = page; return Promise.all(Object.keys(pagesToBuild).map((id) => fetch(id))) }",
    says: '`pagesToBuild` is as long as there is work',
    silent: "import { find } from './all'; export const f = () => { const pages = {}; for (const page of find()) pages[page.id] = page; return Promise.all(Object.keys(pages).map((id) => fetch(id))) }",
  },
  {
    title: 'files to load, and plug-ins to load',
    reported: "import { find } from './all'; export const f = () => { const filesToLoad = find(); return Promise.all(filesToLoad.map((file) => fetch(file))) }",
    says: '`filesToLoad` is as long as there is work',
    silent: "import { find } from './all'; export const f = () => { const pluginsToLoad = find(); return Promise.all(pluginsToLoad.map((file) => fetch(file))) }",
  },
  {
    title: 'users to remove, and labels to remove',
    reported: 'export const f = (plan) => Promise.all(plan.usersToRemove.map((one) => fetch(one)))',
    says: '`plan.usersToRemove` is as long as there is work',
    silent: 'export const f = (plan) => Promise.all(plan.labelsToRemove.map((one) => fetch(one)))',
  },
  {
    title: 'parameters of a command that are declared as a list, and inputs',
    reported: 'export const f = (input: string[]) => Promise.all(input.map((one) => fetch(one)))',
    says: 'callers pass `input`',
    silent: 'export const f = (params: string[]) => Promise.all(params.map((one) => fetch(one)))',
  },
  {
    title: 'files to load that were found, and that were configured',
    reported: "import { find } from './all'; export const f = () => { const { filesToLoad } = find(); return Promise.all(filesToLoad.map((file) => fetch(file))) }",
    says: '`filesToLoad` is as long as there is work',
    silent: 'export const f = (config) => { const { filesToLoad } = config; return Promise.all(filesToLoad.map((file) => fetch(file))) }',
  },
  {
    title: 'what is to be done, and a conversion',
    reported: "import { find } from './all'; export const f = () => { const toSend = find(); return Promise.all(toSend.map((one) => fetch(one))) }",
    says: '`toSend` is as long as there is work',
    silent: "import { find } from './all'; export const f = () => { const toNames = find(); return Promise.all(toNames.map((one) => fetch(one))) }",
  },
  {
    title: 'pieces of a set size, and one share for every worker',
    reported: 'export const f = async (ids) => { const pieces = []; for (let i = 0; i < ids.length; i += 50) pieces.push(ids.slice(i, i + 50)); await Promise.all(pieces.map((piece) => fetch(piece))) }',
    says: 'the longer `ids` is, the more pieces there are',
    silent: 'export const f = async (ids, count) => { const size = Math.ceil(ids.length / count); const pieces = []; for (let i = 0; i < ids.length; i += size) pieces.push(ids.slice(i, i + size)); await Promise.all(pieces.map((piece) => fetch(piece))) }',
  },
  {
    title: 'pieces that a variable holds, of a list from outside and of a constant',
    reported: 'export const f = async (ids) => { const parts = []; for (let i = 0; i < ids.length; i += 50) { const part = ids.slice(i, i + 50); parts.push(part) } await Promise.all(parts.map((part) => fetch(part))) }',
    says: 'the longer `ids` is, the more pieces there are',
    silent: "const ids = ['a', 'b']; export const f = async () => { const parts = []; for (let i = 0; i < ids.length; i += 50) { const part = ids.slice(i, i + 50); parts.push(part) } await Promise.all(parts.map((part) => fetch(part))) }",
  },
  {
    title: 'what is cut off until nothing is left',
    reported: 'export const f = async (ids) => { const parts = []; while (ids.length > 0) parts.push(ids.splice(0, 50)); await Promise.all(parts.map((part) => fetch(part))) }',
    says: 'the longer `ids` is, the more pieces there are',
    silent: 'export const f = async (ids, workers) => { const parts = []; while (ids.length > 0) parts.push(ids.splice(0, Math.ceil(ids.length / workers))); await Promise.all(parts.map((part) => fetch(part))) }',
  },
  {
    title: 'pieces that a function of another file makes, by its name',
    reported: "import { splitIntoChunks } from './arrays'; export const f = async (ids) => { const parts = splitIntoChunks(ids, 100); await Promise.all(parts.map((part) => fetch(part))) }",
    says: 'the longer `ids` is, the more pieces there are',
    silent: "import { splitIntoChunks } from './arrays'; export const f = async (ids, options) => { const parts = splitIntoChunks(ids, options.concurrency); await Promise.all(parts.map((part) => fetch(part))) }",
  },
  {
    title: 'lodash’s chunks of a set size, and as many as there are processors',
    reported: "import { chunk } from 'lodash'; export const f = (ids) => Promise.all(chunk(ids, 50).map((part) => fetch(part)))",
    says: 'the longer `ids` is, the more pieces there are',
    silent: "import { chunk } from 'lodash'; export const f = (ids, cpus) => Promise.all(chunk(ids, ids.length / cpus).map((part) => fetch(part)))",
  },
  {
    title: 'a list in another order, and what something else makes of it',
    reported: "import { sortByDate } from './dates'; export const f = (events) => Promise.all(sortByDate(events).map((event) => fetch(event)))",
    says: 'callers pass `events`',
    silent: "import { groupByDate } from './dates'; export const f = (events) => Promise.all(groupByDate(events).map((event) => fetch(event)))",
  },
  {
    title: 'a list in another order, by a function of the file',
    reported: 'const sortByDate = (list) => arrange(list); export const f = (events) => Promise.all(sortByDate(events).map((event) => fetch(event)))',
    says: 'callers pass `events`',
    silent: 'const firstOf = (list) => arrange(list); export const f = (events) => Promise.all(firstOf(events).map((event) => fetch(event)))',
  },
  {
    title: 'a parameter that is declared as a list, and one that holds what was sent',
    reported: 'export const f = (input: Order[]) => Promise.all(input.map((order) => fetch(order.url)))',
    says: 'callers pass `input`',
    silent: 'export const f = (input) => Promise.all(input.map((order) => fetch(order.url)))',
  },
  {
    title: 'paths that a caller gives, and that a person typed',
    reported: 'export const f = (inputs: string[]) => Promise.all(inputs.map((path) => fetch(path)))',
    says: 'callers pass `inputs`',
    silent: 'export const f = (args: string[]) => Promise.all(args.map((path) => fetch(path)))',
  },
  {
    title: 'what came with a job, and what lies in one',
    reported: 'export const work = (job) => Promise.all(job.data.urls.map((url) => fetch(url)))',
    says: '`job.data.urls` is as long as its sender makes it',
    silent: 'export const work = (site) => Promise.all(site.data.urls.map((url) => fetch(url)))',
  },
  {
    title: 'the input of a task, and its links',
    reported: 'export const work = (task) => Promise.all(task.input.map((url) => fetch(url)))',
    says: '`task.input` is as long as its sender makes it',
    silent: 'export const work = (task) => Promise.all(task.links.map((url) => fetch(url)))',
  },
  {
    title: 'the inputs of a task, and a server that is called payload',
    reported: 'export const work = (task) => Promise.all(task.inputs.urls.map((url) => fetch(url)))',
    says: '`task.inputs.urls` is as long as its sender makes it',
    silent: 'export const work = (site) => Promise.all(site.payload.urls.map((url) => fetch(url)))',
  },
  {
    title: 'nodes that another function visits, and a callback that runs once',
    reported: "import { visit } from 'unist-util-visit'; export const f = async (tree) => { const all = []; visit(tree, 'image', (node) => { all.push(fetch(node.url)) }); await Promise.all(all) }",
    says: 'calls it for as many nodes as there are',
    silent: "import { configure } from './set-up'; export const f = async (tree) => { const all = []; configure(tree, 'image', (node) => { all.push(fetch(node.url)) }); await Promise.all(all) }",
  },
  {
    title: 'nodes of an object that walks its own',
    reported: 'export const f = async (bundle) => { const all = []; bundle.traverse((node) => { all.push(fetch(node.url)) }); await Promise.all(all) }',
    says: '`bundle.traverse(…)` calls it for as many nodes as there are',
    silent: 'export const f = async (bundle) => { const all = []; bundle.once((node) => { all.push(fetch(node.url)) }); await Promise.all(all) }',
  },
])

check('how long the list may be, by where it comes from', [
  {
    title: 'a field that the constructor fills',
    reported: 'export class Loader { constructor(urls) { this.urls = urls } load() { return Promise.all(this.urls.map((url) => fetch(url))) } }',
    says: 'callers pass `urls`',
    silent: "export class Loader { constructor() { this.urls = ['a', 'b'] } load() { return Promise.all(this.urls.map((url) => fetch(url))) } }",
  },
  {
    title: 'a hand-written pool, which waits while it is full',
    reported: 'export async function f(ids) { const running = new Set(); for (const id of ids) { if (running.size >= 10) console.log(id); running.add(fetch(id)) } await Promise.all(running) }',
    says: 'callers pass `ids`',
    silent: 'export async function f(ids) { const running = new Set(); for (const id of ids) { if (running.size >= 10) await Promise.race(running); running.add(fetch(id)) } await Promise.all(running) }',
  },
  {
    title: 'a list that is flushed when it is full',
    reported: 'export async function f(ids) { const batch1 = []; for (const id of ids) { batch1.push(fetch(id)); if (batch1.length === 0) break } await Promise.all(batch1) }',
    says: 'callers pass `ids`',
    silent: 'export async function f(ids) { let batch1 = []; for (const id of ids) { batch1.push(fetch(id)); if (batch1.length >= 20) { await Promise.all(batch1); batch1 = [] } } await Promise.all(batch1) }',
  },
  {
    title: 'what a user selected, and a list of the one that a user selected',
    reported: 'export const f = (table) => Promise.all(table.selectedRows.map((row) => fetch(row)))',
    says: 'users select as many as they like in `table.selectedRows`',
    silent: 'export const f = (table) => Promise.all(table.selectedRow.tags.map((row) => fetch(row)))',
  },
  {
    title: 'what a user selected, and what is there',
    reported: 'export const f = (table) => Promise.all(table.getSelectedRowModel().rows.map((row) => fetch(row)))',
    says: 'users select as many as they like in `table.getSelectedRowModel().rows`',
    silent: 'export const f = (table) => Promise.all(table.getRowModel().rows.map((row) => fetch(row)))',
  },
  {
    title: 'parsed text of a request, and of a file of the program',
    reported: 'export const f = (event) => { const { ids } = JSON.parse(event.body); return Promise.all(ids.map((id) => fetch(id))) }',
    says: 'is as long as its sender makes it',
    silent: 'export const f = (text) => { const { ids } = JSON.parse(text); return Promise.all(ids.map((id) => fetch(id))) }',
  },
  {
    title: 'all matches of a pattern, and the groups of one match',
    reported: "export const f = (text) => Promise.all(text.match(/\\S+/g).map((url) => fetch(url)))",
    says: 'finds',
    silent: "export const f = (text) => Promise.all(text.match(/(\\S+) (\\S+)/).map((url) => fetch(url)))",
  },
  {
    title: 'elements of a document',
    reported: "export const f = ($) => Promise.all($('img').map((i, image) => fetch(image.src)).get())",
    says: "it has as many as `$('img')` finds",
    silent: "export const f = (find) => Promise.all(find('img').map((i, image) => fetch(image.src)).get())",
  },
  {
    title: 'a getter of the file that asks something else',
    reported: 'const getRoomSockets = (id) => { const room = rooms.get(id); if (!room) return []; return Array.from(room) }; export const f = (id) => Promise.all(getRoomSockets(id).map((socket) => fetch(socket)))',
    says: 'it has as many as `getRoomSockets(id)` returns',
    silent: 'const getRoomSockets = (id) => { const list = []; for (let i = id; i; i = next(i)) list.push(i); return list }; export const f = (id) => Promise.all(getRoomSockets(id).map((socket) => fetch(socket)))',
  },
  {
    title: 'a getter of the file, and one that reads the configuration',
    reported: 'class A { f() { return Promise.all(this.getNames().map((name) => fetch(name))) } getNames() { const { names } = this.shelf; return names.map(String) } }',
    says: 'it has as many as `this.getNames()` returns',
    silent: 'class A { f() { return Promise.all(this.getNames().map((name) => fetch(name))) } getNames() { const { names } = this.options; return names.map(String) } }',
  },
  {
    title: 'a parameter whose type says that somebody sent it',
    reported: 'export const f = (data: DeleteItemsInput) => Promise.all(data.ids.map((id) => fetch(id)))',
    says: '`data.ids` is as long as its sender makes it',
    silent: 'export const f = (data: Shelf) => Promise.all(data.ids.map((id) => fetch(id)))',
  },
  {
    title: 'a range of numbers that callers pass',
    reported: 'export async function f(from, to) { const all = []; for (let i = from + 1; i < to; i++) all.push(fetch(i)); await Promise.all(all) }',
    says: 'callers pass both ends of `i < to`',
    silent: 'export async function f(to) { const all = []; for (let i = 0; i < to; i++) all.push(fetch(i)); await Promise.all(all) }',
  },
  {
    title: 'an asynchronous iterable, and one that is not known',
    reported: 'export async function f(stream) { const all = []; for await (const line of stream) all.push(fetch(line)); await Promise.all(all) }',
    says: '`stream` gives as many as come',
    silent: 'export async function f(stream) { const all = []; for (const line of stream) all.push(fetch(line)); await Promise.all(all) }',
  },
])

check('what runs per element', [
  {
    title: 'a file system that another file exports, by the methods of `fs`',
    reported: "import { fsPromises } from './core'; export const f = (paths) => Promise.all(paths.map(async (path) => { await fsPromises.realpath(path) }))",
    says: '`fsPromises.realpath` (a file operation, by its name)',
    silent: "import { names } from './core'; export const f = (paths) => Promise.all(paths.map(async (path) => { await names.realpath(path) }))",
  },
  {
    title: 'a bound method of the object',
    reported: 'module.exports = { all(paths) { return Promise.all(paths.map(this.load.bind(this))) }, async load(path) { await fetch(path) } }',
    says: '`load → fetch`',
    silent: 'module.exports = { all(paths) { return Promise.all(paths.map(this.load.bind(this))) }, async load(path) { return path } }',
  },
  {
    title: "bluebird's promisifyAll",
    reported: "const B = require('bluebird'); const fs = B.promisifyAll(require('fs')); module.exports = (paths) => B.all(paths.map((path) => fs.statAsync(path)))",
    says: 'starts `fs.statAsync`',
    silent: "const B = require('bluebird'); const fs = B.promisifyAll(require('path')); module.exports = (paths) => B.all(paths.map((path) => fs.statAsync(path)))",
  },
  {
    title: 'a function without `async` whose promise is returned',
    reported: 'const load = (id, userStore) => userStore.find(id); export const f = (ids) => Promise.all(ids.map(async (id) => { await load(id) }))',
    says: '`load → userStore.find`',
    silent: 'const load = (id, shelf) => shelf.shape(id); export const f = (ids) => Promise.all(ids.map(async (id) => { await load(id) }))',
  },
  {
    title: 'a bundler',
    reported: "import * as esbuild from 'esbuild'; export const f = (files) => Promise.all(files.map((file) => esbuild.build({ entryPoints: [file] })))",
    says: '`esbuild.build`',
    silent: "import * as esbuild from './esbuild'; export const f = (files) => Promise.all(files.map((file) => esbuild.build({ entryPoints: [file] })))",
  },
  {
    title: 'a client by its name',
    reported: 'export const f = (ids, userRepository) => Promise.all(ids.map((id) => userRepository.findOne(id)))',
    says: '`userRepository.findOne` (a database call, by its name)',
    silent: 'export const f = (ids, numbers) => Promise.all(ids.map((id) => numbers.parse(id)))',
  },
  {
    title: 'rows that a query gave, and objects from a caller, of which something is read',
    reported: "export const f = async (db) => { const jobs = await db.query('jobs'); return Promise.all(jobs.map((job) => job.getResult())) }",
    says: 'starts `job.getResult` (work outside the process, by its name)',
    silent: 'export const f = (jobs) => Promise.all(jobs.map((job) => job.getResult()))',
  },
  {
    title: 'elements that are changed, and read',
    reported: 'export const f = (jobs) => Promise.all(jobs.map((job) => job.removeResult()))',
    says: 'starts `job.removeResult`',
    silent: 'export const f = (jobs) => Promise.all(jobs.map((job) => job.loadResult()))',
  },
  {
    title: 'something read for an element, and of it',
    reported: 'export const f = (jobs, desk) => Promise.all(jobs.map((job) => desk.getResult(job)))',
    says: 'starts `desk.getResult`',
    silent: 'export const f = (jobs, desk) => Promise.all(jobs.map(({ desk }) => desk.getResult()))',
  },
  {
    title: 'a message that is sent to somebody, and one handed to an open connection',
    reported: 'export const f = (ids, mailbox) => Promise.all(ids.map((id) => mailbox.send(id)))',
    says: 'starts `mailbox.send`',
    silent: 'export const f = (ids, socket) => Promise.all(ids.map((id) => socket.send(id)))',
  },
  {
    title: 'a socket of a client',
    reported: 'export const f = (ids, client) => Promise.all(ids.map((id) => client.rest.send(id)))',
    says: 'starts `client.rest.send` (a network call, by its name)',
    silent: 'export const f = (ids, client) => Promise.all(ids.map((id) => client.ws.send(id)))',
  },
  {
    title: 'an order, and a hash',
    reported: "import { createSHAOrder } from './make'; export const f = (ids) => Promise.all(ids.map((id) => createSHAOrder(id)))",
    says: 'starts `createSHAOrder`',
    silent: "import { createSHA256Hash } from './make'; export const f = (ids) => Promise.all(ids.map((id) => createSHA256Hash(id)))",
  },
  {
    title: 'an unknown function whose verb says what it does',
    reported: "import { deleteInvoice } from './invoices'; export const f = (ids) => Promise.all(ids.map((id) => deleteInvoice(id)))",
    says: 'starts `deleteInvoice` (work outside the process, by its name) for every element',
    silent: "import { parseInvoice } from './invoices'; export const f = (ids) => Promise.all(ids.map((id) => parseInvoice(id)))",
  },
  {
    title: 'what is replaced in a store, and in a text',
    reported: 'export const f = (ids) => Promise.all(ids.map(async (id) => { await id.replaceRow(1) }))',
    says: '`id.replaceRow`',
    silent: "export const f = (ids) => Promise.all(ids.map(async (id) => { await id.replace('a', 'b') }))",
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
    title: 'an object of another file that was told how much to do at once, and one that was not',
    reported: "import { Caller } from './caller'; export const f = (ids) => { const caller = new Caller({ retries: 3 }); return Promise.all(ids.map((id) => caller.call(id))) }",
    says: '`caller.call`',
    silent: "import { Caller } from './caller'; export const f = (ids) => { const caller = new Caller({ maxConcurrency: 3 }); return Promise.all(ids.map((id) => caller.call(id))) }",
  },
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
    title: 'p-map with Infinity',
    reported: "import pMap from 'p-map'; export const f = (ids) => pMap(ids, (id) => fetch(id), { concurrency: Infinity })",
    says: '`pMap` has no limit here',
    silent: "import pMap from 'p-map'; export const f = (ids, n) => pMap(ids, (id) => fetch(id), { concurrency: n })",
  },
  {
    title: 'bottleneck, whose default is no limit',
    reported: "import Bottleneck from 'bottleneck'; const limiter = new Bottleneck(); export const f = (ids) => Promise.all(ids.map((id) => limiter.schedule(() => fetch(id))))",
    says: '`Bottleneck` has no limit here',
    silent: "import Bottleneck from 'bottleneck'; const limiter = new Bottleneck({ minTime: 100 }); export const f = (ids) => Promise.all(ids.map((id) => limiter.schedule(() => fetch(id))))",
  },
  {
    title: 'a queue per element',
    reported: "import PQueue from 'p-queue'; export const f = (ids) => Promise.all(ids.map(async (id) => { const queue = new PQueue({ concurrency: 2 }); await queue.add(() => fetch(id)) }))",
    says: '`PQueue` makes a new limiter for every element of `ids`',
    silent: "import PQueue from 'p-queue'; export const f = async (ids) => { const queue = new PQueue({ concurrency: 2 }); await Promise.all(ids.map((id) => queue.add(() => fetch(id)))) }",
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

check('limits inside a task', [
  {
    title: 'a limit of its own for every element, and one that all share',
    reported: "import { mapBounded } from 'eslint-plugin-bounded/runtime'; import { readdir, readFile } from 'fs/promises'; export const f = (folders) => Promise.all(folders.map(async (dir) => { const files = await readdir(dir); await mapBounded(files, (file) => readFile(file), { concurrency: 10 }) }))",
    says: '`Promise.all` starts `readdir` for every element of `folders`',
    silent: "import pLimit from 'p-limit'; import { readdir, readFile } from 'fs/promises'; const limit = pLimit(10); export const f = (folders) => Promise.all(folders.map(async (dir) => { const files = await limit(() => readdir(dir)); await Promise.all(files.map((file) => limit(() => readFile(file)))) }))",
  },
  {
    title: 'a map with a limit that another file makes, and a limit that it makes',
    reported: "import { mapLimit } from './limit'; export const f = (ids) => Promise.all(ids.map(async (id) => { const pages = await fetch(id); await mapLimit(pages, 5, (page) => fetch(page)) }))",
    says: '`Promise.all` starts `fetch` for every element of `ids`',
    silent: "import { mapLimit } from './limit'; export const f = (ids) => Promise.all(ids.map(async (id) => { await mapLimit(5, () => fetch(id)) }))",
  },
  {
    title: 'a map with a concurrency, and a call that is told one',
    reported: "import { visit } from './visit'; export const f = (ids) => Promise.all(ids.map(async (id) => { const pages = await fetch(id); await visit(pages, (page) => page.text(), { concurrency: 5 }) }))",
    says: '`Promise.all` starts `fetch` for every element of `ids`',
    silent: "import { visit } from './visit'; export const f = (ids) => Promise.all(ids.map(async (id) => { const page = await fetch(id); await visit(page, { concurrency: 5 }) }))",
  },
])

check('trees, and what objects keep', [
  {
    title: 'children that do the same with their own, and children of one level',
    reported: "import { stat } from 'fs/promises'; export async function walk(node) { await stat(node.path); await Promise.all(node.children.map((child) => walk(child))) }",
    says: 'each element of `node.children` does the same with its own',
    silent: "import { stat } from 'fs/promises'; export async function walk(node) { await stat(node.path); await Promise.all(node.children.map((child) => stat(child.path))) }",
  },
  {
    title: 'by another function of the file',
    reported: "import { stat } from 'fs/promises'; class Tree { async visit(node) { await stat(node.path); await this.all(node) } async all(node) { await Promise.all(node.children.map((child) => this.visit(child))) } } export default Tree",
    says: 'each element of `node.children` does the same with its own',
    silent: "import { stat } from 'fs/promises'; class Tree { async visit(node) { await stat(node.path) } async all(node) { await Promise.all(node.children.map((child) => this.visit(child))) } } export default Tree",
  },
  {
    title: 'children, and the fields of a record',
    reported: "import { stat } from 'fs/promises'; export async function walk(node) { await stat(node.path); await Promise.all(node.fields.map((child) => walk(child))) }",
    says: 'each element of `node.fields`',
    silent: "import { stat } from 'fs/promises'; export async function walk(node) { await stat(node.path); await Promise.all(Object.keys(node.fields).map((key) => walk(node.fields[key]))) }",
  },
  {
    title: 'children, and what somebody configured',
    reported: "import { stat } from 'fs/promises'; export async function walk(node) { await stat(node.path); await Promise.all(node.include.map((child) => walk(child))) }",
    says: 'each element of `node.include`',
    silent: "import { stat } from 'fs/promises'; export async function walk(options2) { await stat(options2.path); await Promise.all(options2.include.map((child) => walk(child))) }",
  },
  {
    title: 'a table that methods fill, and one that is filled under written keys',
    reported: "import { writeFile } from 'fs/promises'; export class Store { objects = {}; add(object) { this.objects[object.hash] = object } async save() { await Promise.all(Object.keys(this.objects).map((hash) => writeFile(hash, this.objects[hash]))) } }",
    says: '`this.objects` grows with every call that adds to it',
    silent: "import { writeFile } from 'fs/promises'; export class Store { objects = {}; add(object) { this.objects['first'] = object } async save() { await Promise.all(Object.keys(this.objects).map((hash) => writeFile(hash, this.objects[hash]))) } }",
  },
  {
    title: 'a map that a method fills, and that the constructor fills',
    reported: "import { writeFile } from 'fs/promises'; export class Store { pages = new Map(); add(page) { this.pages.set(page.path, page) } async save() { await Promise.all([...this.pages.values()].map((page) => writeFile(page.path, page.text))) } }",
    says: '`this.pages` grows with every call that adds to it',
    silent: "import { writeFile } from 'fs/promises'; export class Store { pages = new Map(); constructor(page) { this.pages.set(page.path, page) } async save() { await Promise.all([...this.pages.values()].map((page) => writeFile(page.path, page.text))) } }",
  },
  {
    title: 'what is written of each, and what each does itself',
    reported: "import { writeFile } from 'fs/promises'; export class Store { pages = new Map(); add(page) { this.pages.set(page.path, page) } async end() { await Promise.all([...this.pages.values()].map((page) => writeFile(page.path, ''))) } }",
    says: '`writeFile`',
    silent: "export class Store { pages = new Map(); add(page) { this.pages.set(page.path, page) } async end() { await Promise.all([...this.pages.values()].map((page) => page.destroy())) } }",
  },
  {
    title: 'one of two values of a field is a list that callers pass',
    reported: "import { all } from './all'; export class Types { constructor(names) { this.names = names?.length ? names : all() } load() { return Promise.all(this.names.map((name) => fetch(name))) } }",
    says: 'callers pass `names`',
    silent: "import { all } from './all'; export class Types { constructor(kind) { this.names = kind ? [kind] : all() } load() { return Promise.all(this.names.map((name) => fetch(name))) } }",
  },
])

check('elements that were waited for', [
  {
    title: 'a call per result of earlier promises, and only their failures',
    reported: "import { ids } from './ids'; import { pins } from './pins'; class Store { async of(commits) { return Promise.all(commits.map(async (commit) => ids.shape(commit))) } async save(commits) { const points = await this.of(commits); await Promise.all(points.map((point) => pins.pin(point))) } } export default Store",
    says: '`pins.pin`',
    silent: "import { ids } from './ids'; import { log } from './log'; class Store { async of(commits) { return Promise.all(commits.map(async (commit) => ids.shape(commit))) } async save(commits) { const points = await this.of(commits); await Promise.all(points.map((point) => point.catch(log))) } } export default Store",
  },
  {
    title: 'functions of files that a package gives as promises',
    reported: "import { lstat } from 'fs-extra-p'; export const f = (paths) => Promise.all(paths.map((path) => lstat(path)))",
    says: '`lstat` (a file operation, by its name)',
    silent: "import { link } from 'fs-extra-p'; export const f = (paths) => Promise.all(paths.map((path) => link(path)))",
  },
  {
    title: 'ids of data, and ids of commands',
    reported: 'export const f = (rowIds) => Promise.all(rowIds.map((id) => fetch(id)))',
    says: 'callers pass `rowIds`',
    silent: 'export const f = (commandIds) => Promise.all(commandIds.map((id) => fetch(id)))',
  },
])

const each = (callee: string, module = callee.split('.')[0] ?? ''): string =>
  `import { ${module} } from './io'; export const f = (ids) => Promise.all(ids.map(async (id) => { await ${callee}(id) }))`

check('names of what a call of another file does', [
  {
    title: 'what is brought about per element, and what is only made of it',
    reported: "import { ensureDeployed } from './agent'; export const f = (ids) => Promise.all(ids.map((id) => ensureDeployed(id)))",
    says: '`ensureDeployed`',
    silent: "import { toDeployed } from './agent'; export const f = (ids) => Promise.all(ids.map((id) => toDeployed(id)))",
  },
  {
    title: 'conversions that somebody waits for, and names of them',
    reported: "import { convertFile } from './media'; export const f = (paths) => Promise.all(paths.map((path) => convertFile(path)))",
    says: '`convertFile`',
    silent: "import { outFile } from './media'; export const f = (paths) => Promise.all(paths.map((path) => outFile(path)))",
  },
  { title: 'what takes a while', reported: each('prober.probe'), says: '`prober.probe` (work outside the process, by its name)', silent: each('prober.label') },
  { title: 'how it is done, before what is done', reported: each('safeReadManifest'), says: '`safeReadManifest`', silent: each('safeManifest') },
  { title: 'what is worked on', reported: each('lintFile'), says: '`lintFile`', silent: each('lintText') },
  { title: 'the client before the verb', reported: each('apiCall'), says: '`apiCall`', silent: each('apiShape') },
  { title: 'a question that takes a wait', reported: each('isRelaySupported'), says: '`isRelaySupported`', silent: each('is') },
  {
    title: 'a question to another, and to the element itself',
    reported: "import { scope } from './scope'; export const f = (ids) => Promise.all(ids.map(async (id) => { await scope.isPartOf(id) }))",
    says: '`scope.isPartOf`',
    silent: "import { scope } from './scope'; export const f = (ids) => Promise.all(ids.map(async (id) => { await id.isPartOf(scope) }))",
  },
  {
    title: 'the request that `promise()` starts',
    reported: "import { s3 } from './aws'; export const f = (keys) => Promise.all(keys.map((Key) => s3.deleteObject({ Key }).promise()))",
    says: '(a network call, by its name)',
    silent: "import { s3 } from './aws'; export const f = (keys) => Promise.all(keys.map((Key) => s3.shapeObject({ Key }).promise()))",
  },
  {
    title: 'methods that only promises have',
    reported: "import { host } from './host'; export const f = (ids) => Promise.all(ids.map((id) => { return host.getOrders(id).tap((orders) => show(orders)).map(show) }))",
    says: '`host.getOrders`',
    silent: "import { host } from './host'; export const f = (ids) => Promise.all(ids.map((id) => { return host.getOrders(id).peek((orders) => show(orders)).map(show) }))",
  },
  {
    title: 'elements of an array that is called `promises`',
    reported: "import { team } from './team'; export const f = (ids) => Promise.all(ids.map((id) => { const promises = [team.getStats(id)]; return Promise.all(promises) }))",
    says: '`team.getStats`',
    silent: "import { team } from './team'; export const f = (ids) => Promise.all(ids.map((id) => { const shapes = [team.getStats(id)]; return Promise.all(shapes) }))",
  },
  {
    title: 'a method of what a function of the file gives',
    reported: "import { versions } from './versions'; async function find(id) { try { return await versions.of(id) } catch { return versions.old } } class A { async one(id) { let version; try { version = await find(id) } catch { return undefined } return version.loadGraph(this.objects) } all(ids) { return Promise.all(ids.map(async (id) => { await this.one(id) })) } }",
    says: '`version.loadGraph`',
    silent: "import { versions } from './versions'; async function find(id) { try { return await versions.of(id) } catch { return versions.old } } class A { async one(id) { let version; try { version = await find(id) } catch { return undefined } return version.shape(this.objects) } all(ids) { return Promise.all(ids.map(async (id) => { await this.one(id) })) } }",
  },
  {
    title: 'a method of what stands in a table',
    reported: "const table = {}; export const f = (ids) => Promise.all(ids.map(async (id) => { await table[id].loadGraph() }))",
    says: '`table[id].loadGraph`',
    silent: "const table = {}; export const f = (ids) => Promise.all(ids.map(async (id) => { await table[id].shape() }))",
  },
  {
    title: 'a file that each opens',
    reported: "import { createReadStream } from 'fs'; const scan = (path) => new Promise((resolve) => { createReadStream(path).on('close', resolve) }); export const f = (paths) => Promise.all(paths.map((path) => scan(path)))",
    says: '`scan → createReadStream`',
    silent: "import { createReadStream } from './memory'; const scan = (path) => new Promise((resolve) => { createReadStream(path).on('close', resolve) }); export const f = (paths) => Promise.all(paths.map((path) => scan(path)))",
  },
])

check('promises and helpers of libraries', [
  {
    title: 'GitHub’s API through gh-got, and its options',
    reported: "import ghGot from 'gh-got'; export const f = (pages) => Promise.all(pages.map((page) => ghGot(page)))",
    says: '`ghGot` for every element of `pages`',
    silent: "import ghGot from 'gh-got'; export const f = (pages) => Promise.all(pages.map((page) => ghGot.extend(page)))",
  },
  {
    title: 'packages that are looked up in the registry, and a version that is only parsed',
    reported: "import pacote from 'pacote'; export const f = (names) => Promise.all(names.map((name) => pacote.manifest(name)))",
    says: '`pacote.manifest` for every element of `names`',
    silent: "import pacote from 'pacote'; export const f = (names) => Promise.all(names.map((name) => pacote.resolver(name)))",
  },
  {
    title: 'the registry itself',
    reported: "import get from 'npm-registry-fetch'; export const f = (names) => Promise.all(names.map((name) => get.json(name)))",
    says: '`get.json` for every element of `names`',
    silent: "import get from 'npm-registry-fetch'; export const f = (names) => Promise.all(names.map((name) => get.pickRegistry(name)))",
  },
  {
    title: 'a promise of another library',
    reported: "import Promise from 'pinkie'; export const f = (ids) => Promise.all(ids.map((id) => fetch(id)))",
    says: '`Promise.all` starts `fetch`',
    silent: "import Promise from './pinkie'; export const f = (ids) => Promise.all(ids.map((id) => fetch(id)))",
  },
  {
    title: "axios's name for the same",
    reported: "import axios from 'axios'; export const f = (ids) => axios.all(ids.map((id) => axios.get(id)))",
    says: '`axios.all` starts `axios.get`',
    silent: "import axios from 'axios'; export const f = (ids) => axios.spread(ids.map((id) => axios.get(id)))",
  },
  {
    title: 'a global promise that has a `map`',
    reported: 'export const f = (ids) => Promise.map(ids, (id) => fetch(id))',
    says: '`Promise.map` has no limit here',
    silent: 'export const f = (ids) => Promise.map(ids, (id) => fetch(id), { concurrency: 3 })',
  },
  {
    title: 'a fork of bluebird',
    reported: "import B from 'bluebird-lst'; export const f = (ids) => B.map(ids, (id) => fetch(id))",
    says: '`B.map` has no limit here',
    silent: "import B from 'bluebird-other'; export const f = (ids) => B.map(ids, (id) => fetch(id))",
  },
  {
    title: 'a `promisify` of another file',
    reported: "import promisify from '../utils/promisify'; import fs from 'fs'; const read = promisify(fs.readFile); export const f = (paths) => Promise.all(paths.map((path) => read(path)))",
    says: 'starts `read` for',
    silent: "import wrap from '../utils/wrap'; import fs from 'fs'; const read = wrap(fs.readFile); export const f = (paths) => Promise.all(paths.map((path) => read(path)))",
  },
  {
    title: 'a package that copies files',
    reported: "import cpFile from 'cp-file'; export const f = (paths) => Promise.all(paths.map(async (path) => { await cpFile(path, 'out').on('progress', show) }))",
    says: '`cpFile`',
    silent: "import cpFile from './cp-file'; export const f = (paths) => Promise.all(paths.map(async (path) => { await cpFile(path, 'out').on('progress', show) }))",
  },
  {
    title: 'a package that writes JSON',
    reported: "import jsonfile from 'jsonfile'; export const f = (paths) => Promise.all(paths.map((path) => jsonfile.writeFile(path, {})))",
    says: '`jsonfile.writeFile`',
    silent: "import jsonfile from 'jsonfile'; export const f = (paths) => Promise.all(paths.map((path) => jsonfile.shape(path, {})))",
  },
  {
    title: "octokit's bare request",
    reported: "import { request } from '@octokit/request'; export const f = (names) => Promise.all(names.map((name) => request(name)))",
    says: 'starts `request`',
    silent: "import { endpoint } from '@octokit/endpoint'; export const f = (names) => Promise.all(names.map((name) => endpoint(name)))",
  },
])

check('how long lists are, by what makes them', [
  {
    title: 'what a text holds',
    reported: "import { parseImages } from './images'; export const f = (text) => { const images = parseImages(text); return Promise.all(images.map((image) => fetch(image))) }",
    says: 'it has as many as `parseImages(text)` returns',
    silent: "import { paintImages } from './images'; export const f = (text) => { const images = paintImages(text); return Promise.all(images.map((image) => fetch(image))) }",
  },
  {
    title: 'what a text holds, and what a person typed',
    reported: "import { parsePaths } from './paths'; export const f = (text) => Promise.all(parsePaths(text).map((path) => fetch(path)))",
    says: '`parsePaths(text)`',
    silent: "import { parseArgs } from './paths'; export const f = (text) => Promise.all(parseArgs(text).map((path) => fetch(path)))",
  },
  {
    title: 'all that there is',
    reported: "import { route } from './route'; export const f = () => { const routes = route.list(); return Promise.all(routes.map((path) => fetch(path))) }",
    says: 'it has as many as `route.list()` returns',
    silent: "import { route } from './route'; export const f = () => { const routes = route.pair(); return Promise.all(routes.map((path) => fetch(path))) }",
  },
  {
    title: 'what the callers of a private function know, and what they do not',
    reported: 'const load = (ids) => Promise.all(ids.map((id) => fetch(id))); export const f = (page) => load(shape(page))',
    says: 'callers pass `ids`',
    silent: "const load = (ids) => Promise.all(ids.map((id) => fetch(id))); export const f = () => load(['a', 'b'])",
  },
  {
    title: 'keys of a table, by its name',
    reported: 'export const f = (packageMap) => Promise.all(Object.keys(packageMap).map((name) => fetch(name)))',
    says: 'callers pass `packageMap`',
    silent: 'export const f = (packageInfo) => Promise.all(Object.keys(packageInfo).map((name) => fetch(name)))',
  },
  {
    title: 'keys of a table, by what they are for',
    reported: 'export const f = (urlsByName) => Promise.all(Object.values(urlsByName).map((url) => fetch(url)))',
    says: 'callers pass `urlsByName`',
    silent: 'export const f = (urlsOfName) => Promise.all(Object.values(urlsOfName).map((url) => fetch(url)))',
  },
  {
    title: 'values of a map that is passed',
    reported: 'export const f = (queryMap) => Promise.all([...queryMap.values()].map((url) => fetch(url)))',
    says: 'callers pass `queryMap`',
    silent: 'export const f = (query) => Promise.all([...query.fields()].map((url) => fetch(url)))',
  },
  {
    title: 'rows of a page of a hundred, and of ten',
    reported: "import { octokit } from './github'; export const f = async () => { const { data } = await octokit.listRuns({ per_page: 100 }); await Promise.all(data.runs.map((run) => fetch(run.url))) }",
    says: 'for up to 100 elements of `data.runs`',
    silent: "import { octokit } from './github'; export const f = async () => { const { data } = await octokit.listRuns({ per_page: 10 }); await Promise.all(data.runs.map((run) => fetch(run.url))) }",
  },
  {
    title: 'the body of a request, whatever holds it',
    reported: 'export const f = (ctx) => Promise.all(ctx.request.body.ids.map((id) => fetch(id)))',
    says: 'as long as its sender makes it',
    silent: 'export const f = (ctx) => Promise.all(ctx.state.owner.ids.map((id) => fetch(id)))',
  },
  {
    title: 'a number of pages',
    reported: 'export const f = (totalPages) => Promise.all(Array.from({ length: totalPages }, (_, i) => fetch(i)))',
    says: '`totalPages` is computed while the program runs',
    silent: 'export const f = (pageSize) => Promise.all(Array.from({ length: pageSize }, (_, i) => fetch(i)))',
  },
])

it.each([
  ['Record<string, string>', 1],
  ['{ [name: string]: string }', 1],
  ["Record<'a' | 'b', string>", 0],
  ['{ a: string; b: string }', 0],
])('keys of `%s` that callers pass: %i', (type, count) => {
  expect(messagesOf(`export const f = (headers: ${type}) => Promise.all(Object.values(headers).map((url) => fetch(url)))`)).toEqual([])
  expect(messagesOf(`export const f = (urls: ${type}) => Promise.all(Object.values(urls).map((url) => fetch(url)))`)).toHaveLength(count)
})

it.each([
  ['pool', 'a database call'],
  ['pgPool', 'a database call'],
  ['browserPool', 'work outside the process'],
])('calls what `%s` does %s', (name, words) => {
  expect(messagesOf(`export const f = (ids, ${name}) => Promise.all(ids.map((id) => ${name}.getInfo(id)))`)).toEqual([expect.stringContaining(`\`${name}.getInfo\` (${words}, by its name)`)])
})

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
    'const a = a.map(a); Promise.all(a)', 'const m = {}; let a = b || m[k]; let b = a || m[k]; for (const x of y) { m[x.k] = a; m[x.k] ||= b } Promise.all(Object.values(m).map(f))', 'let a = [...a]; for (const x of a) a.push(x()); Promise.all(a)', 'new Promise.all(a)', 'Promise?.all?.(a?.map?.(b))',
  ]) {
    expect(messagesOf(code, { report: 'possible' }).filter((message) => message.includes('Parsing'))).toEqual([])
  }
})

it('says of a rewrite in a function that calls itself that each call has a limit of its own', () => {
  const label = (called: string): string | undefined =>
    lint(rule, `export async function walk(url) { const links = await (await fetch(url)).json(); return Promise.all(links.map((link) => ${called}(link))) } async function load(url) { return fetch(url) }`, {})[0]?.suggestions?.[0]?.desc
  expect(label('walk')).toContain('at most 10 at once in each call of the function, which calls itself, through')
  expect(label('load')).toContain('at most 10 at once through')
})

it('says of a rewrite what becomes of the rest after a failure', () => {
  const label = (combinator: string, settings = {}): string | undefined =>
    lint(rule, `export async function f(url) { const ids = await (await fetch(url)).json(); return Promise.${combinator}(ids.map((id) => fetch(id))) }`, { settings })[0]?.suggestions?.[0]?.desc
  expect(label('all')).toContain('Results keep their order; after a failure no more are started.')
  expect(label('allSettled')).toMatch(/Results keep their order\.$/)
  // A limiter knows nothing of the other tasks: https://github.com/sindresorhus/p-limit
  expect(label('all', { helper: 'p-limit' })).toMatch(/Results keep their order\.$/)
})

it('quotes a chain over several lines as one', () => {
  const [message] = lint(rule, 'export async function f(url) { const ids = await (await fetch(url)).json(); return Promise.all(ids.map((id) => prisma.link\n  .update({ where: { id } })\n  .catch(() => null))) }')
  expect(message?.message).toContain('starts `prisma.link.update`')
})

it('does not take the edit of a text for work outside the process', () => {
  const edit = (replaced: string): number =>
    messagesOf(`export const f = (messages) => { const links = /https:\\S+/g; return Promise.all(messages.map(async (text) => { await tick(); return ${replaced} })) }`).length
  expect(edit('text.replace(links, "")')).toBe(0)
  expect(edit('text.replace(pattern, (link) => short[link])')).toBe(0)
  expect(edit('store.replace(text)')).toBe(1)
})

it('takes what a method of the element does for the work, and not what made the element', () => {
  const code = (use: string): string =>
    `export class Room { async all(query) { const ids = await this.puppet.search(query); const list = ids.map((id) => this.load(id)); await Promise.all(list.map((item) => ${use})) } }`
  expect(messagesOf(code('item.catch(log)'))[0]).toContain('starts `this.load`')
  expect(messagesOf(code('item.ready().catch(log)'))).toEqual([])
  expect(messagesOf(code('item.ready()'))).toEqual([])
})
