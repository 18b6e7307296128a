import rule from '../../rules/no-nested-fan-out.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }] as const
const maps = "import pMap from 'p-map'; import pLimit from 'p-limit'; import { mapBounded } from 'eslint-plugin-bounded/runtime'; import { readdir } from 'node:fs/promises'"
const inner = 'pMap(user.posts, (post) => fetch(post.url), { concurrency: 10 })'
const program = (body: string, outer = '{ concurrency: 10 }') => `${maps}; export const run = (users) => pMap(users, async (user) => { ${body} }, ${outer})`

run('js', 'a limit in the task of a limit', rule, {
  valid: [
    { name: 'few together', code: program('await pMap(user.posts, (post) => fetch(post.url), { concurrency: 5 })') },
    { name: 'one after the other outside', code: program(`await ${inner}`, '{ concurrency: 1 }') },
    { name: 'one after the other inside', code: program('await pMap(user.posts, (post) => fetch(post.url), { concurrency: 1 })', '{ concurrency: 100 }') },
    { name: 'few elements inside', code: program("await pMap(['a', 'b'], (name) => fetch(user[name]), { concurrency: 10 })") },
    { name: 'few elements outside', code: `${maps}; export const run = (users) => pMap([users.first, users.last], async (user) => { await ${inner} }, { concurrency: 10 })` },
    { name: 'nothing that is started', code: program('return pMap(user.posts, (post) => post.title, { concurrency: 10 })') },
    { name: 'one limiter for all of them', code: `const limit = pLimit(10); ${program('await Promise.all(user.posts.map((post) => limit(() => fetch(post.url))))')}` },
    { name: 'a limit that nothing multiplies', code: `${maps}; export async function run(user) { await ${inner} }` },
    { name: 'a number that is not written', code: program('await pMap(user.posts, (post) => fetch(post.url), { concurrency: options.posts })') },
    { name: 'a loop outside', code: `${maps}; export async function run(users) { for (const user of users) await ${inner} }` },
    { name: 'a method of another class by the same name', code: `${maps}; export class History { async store(blobs) { await pMap(this.changes, (change) => change.store(blobs), { concurrency: 10 }) } } export class Change { async store(blobs) { await pMap(this.files, (file) => fetch(file), { concurrency: 10 }) } }` },
    { name: 'in a test', code: `${maps}; it('runs', async () => { await pMap(users, async (user) => { await ${inner} }, { concurrency: 10 }) })` },
    { name: 'as many as the user allows', code: program(`await ${inner}`), options: [{ max: 100 }] },
  ],
  invalid: [
    {
      name: 'two maps',
      code: program(`\nawait ${inner}`),
      errors: [{ messageId: 'nested', data: { inner: 'pMap', innerCount: '10', innerList: 'user.posts', outerCount: '10', outer: 'pMap', line: '1', product: '100' }, line: 2, column: 7, endLine: 2, endColumn: 11 }],
    },
    { name: 'of the helper', code: `${maps}; export const run = (users) => mapBounded(users, (user) => mapBounded(user.posts, (post) => fetch(post.url), { concurrency: 8 }), { concurrency: 8 })`, errors: [{ messageId: 'nested' }] },
    { name: 'a limiter of each task', code: program('const limit = pLimit(10); await Promise.all(user.posts.map((post) => limit(() => fetch(post.url))))'), errors: [{ messageId: 'nested' }] },
    { name: 'in a function that the task calls', code: `${maps}; const load = async (user) => { await ${inner} }; export const run = (users) => pMap(users, (user) => load(user), { concurrency: 10 })`, errors: [{ messageId: 'nested' }] },
    { name: 'in a function that is the task', code: `${maps}; async function load(user) { await ${inner} } export const run = (users) => pMap(users, load, { concurrency: 10 })`, errors: [{ messageId: 'nested' }] },
    { name: 'under one limiter that each of many tasks makes in a function of its own', code: `${maps}; async function load(user) { const limit = pLimit(10); await Promise.all(user.posts.map((post) => limit(() => fetch(post.url)))) } export const run = (users) => pMap(users, load, { concurrency: 10 })`, errors: [{ messageId: 'nested' }] },
    { name: 'a number that is not written, where the user asks for what is possible', code: program('await pMap(user.posts, (post) => fetch(post.url), { concurrency: options.posts })'), options: possible, errors: [{ messageId: 'maybeNested' }] },
    { name: 'more than the user allows', code: program('await pMap(user.posts, (post) => fetch(post.url), { concurrency: 2 })', '{ concurrency: 3 }'), options: [{ max: 5 }], errors: [{ messageId: 'nested' }] },
  ],
})

const walk = (body: string) => `${maps}; export async function walk(folder) { const entries = await readdir(folder); ${body} }`

run('js', 'a limit in a function that calls itself', rule, {
  valid: [
    { name: 'one limiter for the whole tree', code: `const limit = pLimit(8); ${maps}; export async function walk(folder) { const entries = await limit(() => readdir(folder)); await Promise.all(entries.map((entry) => walk(entry))) }` },
    { name: 'one after the other', code: walk('await pMap(entries, (entry) => walk(entry), { concurrency: 1 })') },
    { name: 'another function', code: walk('await pMap(entries, (entry) => readdir(entry), { concurrency: 8 })') },
    { name: 'pieces of what it was given, which are cut no further', code: `${maps}; export async function send(text) { if (text.length < 100) return fetch(text); const chunks = cut(text); await pMap(chunks, (chunk) => send(chunk), { concurrency: 8 }) }` },
    { name: 'a limiter that callers give', code: `${maps}; export async function walk(folder, limit) { const entries = await readdir(folder); await Promise.all(entries.map((entry) => limit(() => walk(entry, limit)))) }` },
  ],
  invalid: [
    {
      name: 'a map',
      code: walk('await pMap(entries, (entry) => walk(entry), { concurrency: 8 })'),
      errors: [{ messageId: 'recursive', data: { inner: 'pMap', owner: 'walk', limit: ', to 8', innerList: 'entries' } }],
    },
    { name: 'the name of the function', code: walk('await pMap(entries, walk, { concurrency: 8 })'), errors: [{ messageId: 'recursive' }] },
    { name: 'only folders', code: walk('await pMap(entries, async (entry) => { if (entry.isDirectory()) await walk(entry) }, { concurrency: options.concurrency })'), errors: [{ messageId: 'recursive', data: { inner: 'pMap', owner: 'walk', limit: '', innerList: 'entries' } }] },
    { name: 'a limiter of each call', code: walk('const limit = pLimit(8); await Promise.all(entries.map((entry) => limit(() => walk(entry))))'), errors: [{ messageId: 'recursive' }] },
  ],
})
