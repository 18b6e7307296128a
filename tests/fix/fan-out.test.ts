/** What the rewrite of a fan-out makes of a program, and what it refuses. Literal texts before and after. */
import { describe, expect, it } from 'vitest'
import rule from '../../rules/no-unbounded-promise-all.ts'
import { fixed, lint } from '../support/lint.ts'

interface Outcome {
  /** What `--fix` makes of it. */
  readonly fixed?: string
  /** What the one suggestion makes of it. */
  readonly suggested?: string
}

function outcomeOf(code: string, settings: object = {}, filename = 'src/file.ts'): Outcome {
  const messages = lint(rule, code, { settings, filename })
  expect(messages).toHaveLength(1)
  const [message] = messages
  if (message?.fix) return { fixed: fixed(rule, code, { settings, filename }) }
  const suggestion = message?.suggestions?.[0]
  if (!suggestion) return {}
  const { range, text } = suggestion.fix
  const suggested = code.slice(0, range[0]) + text + code.slice(range[1])
  expect(lint(rule, suggested, { settings, filename })).toEqual([])
  return { suggested }
}

const HEAD = "import { mapBounded } from 'eslint-plugin-bounded/runtime'"

describe('suggested', () => {
  it.each([
    [
      'a named client: what it does is not known for sure',
      'export const f = (ids, db) => Promise.all(ids.map((id) => db.find(id)))',
      `${HEAD}\nexport const f = (ids, db) => mapBounded(ids, (id) => db.find(id), { concurrency: 10 })`,
    ],
    [
      'a write',
      "import { unlink } from 'node:fs/promises'\nexport const f = async (paths: string[]) => { await Promise.all(paths.map(async (path) => { await unlink(path) })) }",
      `import { unlink } from 'node:fs/promises'\n${HEAD}\nexport const f = async (paths: string[]) => { await mapBounded(paths, async (path) => { await unlink(path) }, { concurrency: 10 }) }`,
    ],
    [
      'allSettled',
      'export const f = (ids) => Promise.allSettled(ids.map((id) => fetch(id)))',
      "import { mapBoundedSettled } from 'eslint-plugin-bounded/runtime'\nexport const f = (ids) => mapBoundedSettled(ids, (id) => fetch(id), { concurrency: 10 })",
    ],
    [
      'the index, comments, types and layout stay',
      'export async function f(ids: string[]): Promise<Response[]> {\n  return await Promise.all(\n    ids.map(async (id: string, i): Promise<Response> => {\n      // one by one\n      const url = `${id}/${i}` /* why */\n      return fetch(url)\n    }),\n  )\n}\n',
      `${HEAD}\nexport async function f(ids: string[]): Promise<Response[]> {\n  return await mapBounded(ids, async (id: string, i): Promise<Response> => {\n      // one by one\n      const url = \`\${id}/\${i}\` /* why */\n      return fetch(url)\n    }, { concurrency: 10 })\n}\n`,
      'fixed',
    ],
    [
      'a promise or a plain value, which TypeScript takes from an asynchronous function alone',
      "import { readdir } from 'node:fs/promises'\nexport async function walk(folder) {\n  const entries = await readdir(folder, { withFileTypes: true })\n  return (await Promise.all(entries.map((entry) => (entry.isDirectory() ? walk(entry.name) : entry.name)))).flat()\n}",
      `import { readdir } from 'node:fs/promises'\n${HEAD}\nexport async function walk(folder) {\n  const entries = await readdir(folder, { withFileTypes: true })\n  return (await mapBounded(entries, async (entry) => (entry.isDirectory() ? walk(entry.name) : entry.name), { concurrency: 10 })).flat()\n}`,
    ],
    [
      'promises both',
      "import { readdir } from 'node:fs/promises'\nexport async function walk(folder) {\n  const entries = await readdir(folder, { withFileTypes: true })\n  return (await Promise.all(entries.map((entry) => (entry.isDirectory() ? walk(entry.name) : fetch(entry.name))))).flat()\n}",
      `import { readdir } from 'node:fs/promises'\n${HEAD}\nexport async function walk(folder) {\n  const entries = await readdir(folder, { withFileTypes: true })\n  return (await mapBounded(entries, (entry) => (entry.isDirectory() ? walk(entry.name) : fetch(entry.name)), { concurrency: 10 })).flat()\n}`,
    ],
    [
      'Array.from over a list',
      'export const f = (ids) => Promise.all(Array.from(ids, (id) => fetch(id)))',
      `${HEAD}\nexport const f = (ids) => mapBounded(ids, (id) => fetch(id), { concurrency: 10 })`,
    ],
    [
      'Array.from over a length',
      "import { countRows } from './rows'\nexport const f = async () => { const n = await countRows(); return Promise.all(Array.from({ length: n }, (_, page) => fetch(`?page=${page}`))) }",
      `import { countRows } from './rows'\n${HEAD}\nexport const f = async () => { const n = await countRows(); return mapBounded(Array.from({ length: n }), (_, page) => fetch(\`?page=\${page}\`), { concurrency: 10 }) }`,
    ],
    [
      'a function of the file by its name',
      'const load = (id) => fetch(id)\nexport const f = (ids) => Promise.all(ids.map(load))',
      `${HEAD}\nconst load = (id) => fetch(id)\nexport const f = (ids) => mapBounded(ids, load, { concurrency: 10 })`,
    ],
    [
      'a list of promises from the statement before',
      'export async function f(ids) {\n  const tasks = ids.map((id) => fetch(id))\n  const all = await Promise.all(tasks)\n  return all.length\n}',
      `${HEAD}\nexport async function f(ids) {\n  const all = await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })\n  return all.length\n}`,
    ],
    [
      'a list that the loop before fills',
      'export async function f(ids: string[]) {\n  const tasks: Promise<Response>[] = []\n  for (const id of ids) tasks.push(fetch(id))\n  const all = await Promise.all(tasks)\n  return all.length\n}',
      `${HEAD}\nexport async function f(ids: string[]) {\n  const all = await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })\n  return all.length\n}`,
    ],
    [
      'a list that a loop with a body fills',
      'export async function f(rows) {\n  const tasks = []\n  const base = rows.base\n  for (const { id } of rows) {\n    // one each\n    const url = `${base}/${id}`;\n    tasks.push(fetch(url));\n  }\n  return Promise.allSettled(tasks)\n}',
      "import { mapBoundedSettled } from 'eslint-plugin-bounded/runtime';\nexport async function f(rows) {\n  const base = rows.base\n  return mapBoundedSettled(rows, ({ id }) => {\n    // one each\n    const url = `${base}/${id}`;\n    return fetch(url);\n  }, { concurrency: 10 })\n}",
    ],
    [
      'CommonJS',
      "'use strict'\nconst fs = require('fs')\nexports.f = (ids) => Promise.all(ids.map((id) => fetch(id)))",
      "'use strict'\nconst fs = require('fs')\nconst { mapBounded } = require('eslint-plugin-bounded/runtime')\nexports.f = (ids) => mapBounded(ids, (id) => fetch(id), { concurrency: 10 })",
    ],
    [
      'an import that is there',
      "import { mapBounded as each } from 'eslint-plugin-bounded/runtime'\nexport const f = (ids) => Promise.all(ids.map((id) => fetch(id)))",
      "import { mapBounded as each } from 'eslint-plugin-bounded/runtime'\nexport const f = (ids) => each(ids, (id) => fetch(id), { concurrency: 10 })",
    ],
    [
      'a name that is taken',
      'const mapBounded = 1\nexport const f = (ids) => Promise.all(ids.map((id) => fetch(id, mapBounded)))',
      "import { mapBounded as mapBounded2 } from 'eslint-plugin-bounded/runtime'\nconst mapBounded = 1\nexport const f = (ids) => mapBounded2(ids, (id) => fetch(id, mapBounded), { concurrency: 10 })",
    ],
    [
      'an awaited list',
      "import { loadIds } from './ids'\nexport const f = async () => Promise.all((await loadIds()).map((id) => fetch(id)))",
      `import { loadIds } from './ids'\n${HEAD}\nexport const f = async () => mapBounded(await loadIds(), (id) => fetch(id), { concurrency: 10 })`,
    ],
  ])('%s', (_, before, after, how = 'suggested') => {
    expect(outcomeOf(before)).toEqual({ [how]: after })
  })
})

describe('fixed, where tasks only read and the list is an array', () => {
  it.each([
    ['export const f = async (urls: string[]) => Promise.all(urls.map(async (url) => (await fetch(url)).json()))', 'fixed'],
    ['export const f = async (urls: string[]) => Promise.all(urls.map(async (url) => (await fetch(url, { method: "POST" })).json()))', 'suggested'],
    ['export const f = async (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).json()))', 'suggested'],
    ['export const f = async (urls: string[]) => Promise.all(urls.map((url) => fetch(url)))', 'suggested'],
    ['let n = 0\nexport const f = async (urls: string[]) => Promise.all(urls.map(async (url) => { n += 1; return fetch(url) }))', 'suggested'],
    ['export const f = async (urls: string[], log) => Promise.all(urls.map(async (url) => { log(url); return fetch(url) }))', 'suggested'],
    ['export const f = async (urls: string[], save) => Promise.all(urls.map(async (url) => { (await fetch(url)).headers.forEach(save) }))', 'suggested'],
    ['export const f = async (urls: string[]) => Promise.all(urls.map(async (url) => { (await fetch(url)).headers.forEach((value) => value.trim()) }))', 'fixed'],
    ['export const f = async (urls: string[], known, pick) => Promise.all(urls.map(async (url) => fetch(known.findLastIndex(pick))))', 'suggested'],
    ['export const f = async (urls: string[], known) => Promise.all(urls.map(async (url) => fetch(known.findLastIndex((each) => each === url))))', 'fixed'],
    ['export const f = async (urls: string[]) => Promise.all(urls.map(async (url) => { const answer = await fetch(encodeURI(url)); return JSON.parse(await answer.text()) }))', 'fixed'],
    ['export const f = async (urls: string[]) => Promise.all(urls.map(async (url) => { const answer = await fetch(url); return Object.assign(urls, await answer.json()) }))', 'suggested'],
    ['export const f = async (rows: { url: string }[]) => Promise.all(rows.map(async (row) => { row.seen = true; return fetch(row.url) }))', 'suggested'],
  ])('%s: %s', (code, how) => {
    expect(Object.keys(outcomeOf(code))).toEqual([how])
  })

  it('is left to the user by `fixes`', () => {
    const code = 'export const f = async (urls: string[]) => Promise.all(urls.map(async (url) => fetch(url)))'
    expect(Object.keys(outcomeOf(code, { fixes: 'none' }))).toEqual(['suggested'])
    expect(Object.keys(outcomeOf(code, { fixes: 'safe' }))).toEqual(['fixed'])
    const write = 'export const f = async (ids, db) => Promise.all(ids.map((id) => db.save(id)))'
    expect(Object.keys(outcomeOf(write, { fixes: 'safe' }))).toEqual(['suggested'])
    expect(Object.keys(outcomeOf(write, { fixes: 'all' }))).toEqual(['fixed'])
  })
})

describe('helpers', () => {
  const code = 'export const f = async (ids) => {\n  await Promise.all(ids.map(async (id) => fetch(id)))\n}'

  it.each([
    ['p-map', "import pMap from 'p-map'\nexport const f = async (ids) => {\n  await pMap(ids, async (id) => fetch(id), { concurrency: 4 })\n}"],
    ['./pool.js', "import { mapBounded } from './pool.js'\nexport const f = async (ids) => {\n  await mapBounded(ids, async (id) => fetch(id), { concurrency: 4 })\n}"],
    ['p-limit', "import pLimit from 'p-limit'\nexport const f = async (ids) => {\n  const limit = pLimit(4)\n  await Promise.all(ids.map((id) => limit(async () => fetch(id))))\n}"],
  ])('%s', (helper, after) => {
    expect(outcomeOf(code, { helper, concurrency: 4 }).suggested).toBe(after)
  })

  it('makes a limit of another name for another fan-out of the same function', () => {
    const twice = 'export const f = async (ids) => {\n  await Promise.all(ids.map((id) => fetch(id)))\n  await Promise.all(ids.map((id) => fetch(id, {})))\n}'
    const output = fixed(rule, `import pLimit from 'p-limit'\n${twice}`, { settings: { helper: 'p-limit', fixes: 'all' } })
    expect(output.match(/const limit\w* = /g)).toEqual(['const limit = ', 'const limit2 = '])
  })

  it('says what to install where the package does not list the helper for production', () => {
    const [message] = lint(rule, code, { settings: { helper: 'p-map' }, filename: 'src/file.ts' })
    expect(message?.suggestions?.[0]?.desc).toContain('`npm install p-map`')
    const [own] = lint(rule, code, { filename: 'src/file.ts' })
    expect(own?.suggestions?.[0]?.desc).not.toContain('npm install')
  })
})

describe('promises that nobody took', () => {
  const EACH = "import { forEachBounded } from 'eslint-plugin-bounded/runtime'"

  it.each([
    [
      'a statement of an asynchronous function',
      'export async function f(ids: string[]) {\n  ids.forEach(async (id) => {\n    // one by one\n    await fetch(id)\n  })\n  return ids\n}',
      `${EACH}\nexport async function f(ids: string[]) {\n  await forEachBounded(ids, async (id) => {\n    // one by one\n    await fetch(id)\n  }, { concurrency: 10 })\n  return ids\n}`,
    ],
    [
      'an `await` that waited for nothing',
      'export async function f(ids: string[]) { await ids.forEach(async (id) => { await fetch(id) }) }',
      `${EACH}\nexport async function f(ids: string[]) { await forEachBounded(ids, async (id) => { await fetch(id) }, { concurrency: 10 }) }`,
    ],
    [
      'map',
      'export async function f(ids) { ids.map(async (id) => { await fetch(id) }) }',
      `${EACH}\nexport async function f(ids) { await forEachBounded(ids, async (id) => { await fetch(id) }, { concurrency: 10 }) }`,
    ],
    [
      'the top of a module',
      "import { ids } from './ids'\nimport { loadUsers } from './users'\nconst users = await loadUsers()\nusers.map(async (user) => { await fetch(user) })",
      `import { ids } from './ids'\nimport { loadUsers } from './users'\n${EACH}\nconst users = await loadUsers()\nawait forEachBounded(users, async (user) => { await fetch(user) }, { concurrency: 10 })`,
    ],
  ])('%s', (_, before, after) => {
    expect(outcomeOf(before)).toEqual({ suggested: after })
  })

  it('goes through p-map in its own form', () => {
    expect(outcomeOf('export async function f(ids: string[]) { ids.forEach(async (id) => { await fetch(id) }) }', { helper: 'p-map' }).suggested).toBe(
      "import pMap from 'p-map'\nexport async function f(ids: string[]) { await pMap(ids, async (id) => { await fetch(id) }, { concurrency: 10 }) }",
    )
  })

  it.each([
    ['a function that is not asynchronous', 'export function f(ids: string[]) { ids.forEach(async (id) => { await fetch(id) }) }'],
    ['the body of an arrow function', 'export const f = (ids: string[]) => ids.forEach(async (id) => { await fetch(id) })'],
    ['what may be a Map, whose callback gets a value', 'export async function f(ids) { ids.forEach(async (id) => { await fetch(id) }) }'],
    ['optional chaining', 'export async function f(ids: string[]) { ids?.forEach(async (id) => { await fetch(id) }) }'],
    ['a third parameter', 'export async function f(ids: string[]) { ids.forEach(async (id, i, all) => { await fetch(all[i]) }) }'],
    ['a thisArg', 'export async function f(ids: string[]) { ids.forEach(async (id) => { await fetch(id) }, this) }'],
    ['this', 'export async function f(ids: string[]) { ids.forEach(async function (id) { await fetch(this.url) }) }'],
    ['p-limit, which has no such call', 'export async function f(ids: string[]) { ids.forEach(async (id) => { await fetch(id) }) }', { helper: 'p-limit' } as object],
    ['the top of a script', "const fs = require('fs')\nconst names = fs.readdirSync(process.argv[2])\nnames.map(async (name) => { await fetch(name) })"],
  ])('is left to the reader: %s', (_, code, settings: object = {}) => {
    const messages = lint(rule, code, { settings, filename: 'src/file.ts' })
    expect(messages).toHaveLength(1)
    expect(messages.flatMap(({ fix, suggestions }) => [fix, ...(suggestions ?? [])]).filter(Boolean)).toEqual([])
  })
})

describe('not rewritten', () => {
  it.each([
    ['race', 'export const f = (ids) => Promise.race(ids.map((id) => fetch(id)))'],
    ['any', 'export const f = (ids) => Promise.any(ids.map((id) => fetch(id)))'],
    ['a mapper with three parameters', 'export const f = (ids) => Promise.all(ids.map((id, i, all) => fetch(id, all)))'],
    ['rest parameters', 'export const f = (ids) => Promise.all(ids.map((...all) => fetch(all)))'],
    ['this', 'export const f = (ids) => Promise.all(ids.map(function (id) { return fetch(id, this) }))'],
    ['arguments', 'export const f = (ids) => Promise.all(ids.map(function (id) { return fetch(arguments[1]) }))'],
    ['a thisArg', 'export const f = (ids, self) => Promise.all(ids.map((id) => fetch(id), self))'],
    ['optional chaining', 'export const f = (ids) => Promise.all(ids?.map((id) => fetch(id)))'],
    ['a list that is used elsewhere', 'export async function f(ids) { const all = []; for (const id of ids) all.push(fetch(id)); await Promise.all(all); return all }'],
    ['a loop that leaves elements out', 'export async function f(ids) { const all = []; for (const id of ids) { if (!id) continue; all.push(fetch(id)) } await Promise.all(all) }'],
    ['a loop that pushes under a condition', 'export async function f(ids) { const all = []; for (const id of ids) { if (id) all.push(fetch(id)) } await Promise.all(all) }'],
    ['a loop that counts', 'export async function f(ids) { let n = 0; const all = []; for (const id of ids) { n += 1; all.push(fetch(id, n)) } await Promise.all(all) }'],
    ['a loop that waits', 'export async function f(ids) { const all = []; for (const id of ids) { await id; all.push(fetch(id)) } await Promise.all(all) }'],
    ['a loop before something else', 'export async function f(ids) { const all = []; for (const id of ids) { all.push(fetch(id)) } console.log(1); await Promise.all(all) }'],
    ['two pushes', 'export async function f(ids) { const all = []; for (const id of ids) { all.push(fetch(id)); all.push(fetch(id)) } await Promise.all(all) }'],
    ['flatMap', 'export const f = (ids) => Promise.all(ids.flatMap((id) => fetch(id)))'],
    ['other promises beside it', 'export const f = (ids) => Promise.all([fetch(1), ...ids.map((id) => fetch(id))])'],
    ['type arguments', 'export const f = (ids: string[]) => Promise.all(ids.map<Promise<Response>>((id) => fetch(id)))'],
    ['a function from elsewhere under TypeScript', "import { fetchUser } from './users'\nexport const f = (ids) => Promise.all(ids.map(fetchUser))"],
    ['Bluebird, whose promises have methods of their own', "import B from 'bluebird'\nexport const f = (ids) => B.all(ids.map((id) => fetch(id)))"],
    ['a list of promises that is used again', 'export async function f(ids) { const all = ids.map((id) => fetch(id)); await Promise.all(all); return all }'],
    ['a list of promises from further up', 'export async function f(ids, g) { const all = ids.map((id) => fetch(id)); g(); await Promise.all(all) }'],
    ['something that runs before the combinator', 'export async function f(ids, g) { const all = ids.map((id) => fetch(id)); g(g(), await Promise.all(all)) }'],
  ])('%s', (_, code) => {
    expect(outcomeOf(code)).toEqual({})
  })

  it('comments that would be lost', () => {
    expect(outcomeOf('export const f = (ids) => Promise.all(/* all of them */ ids.map((id) => fetch(id)))')).toEqual({})
  })
})
