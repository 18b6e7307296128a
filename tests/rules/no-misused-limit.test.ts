import rule from '../../rules/no-misused-limit.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }] as const
const mutex = (body: string, top = '') => `import { Mutex } from 'async-mutex'; const mutex = new Mutex(); const other = new Mutex(); ${top}; export async function save(user, parts) { ${body} }`
const inner = 'const write = (user) => mutex.runExclusive(() => store(user))'
const store = (members: string) => `import { Mutex } from 'async-mutex'; export class Store { mutex = new Mutex(); ${members} }`
const write = 'write(user) { return this.mutex.runExclusive(() => put(user)) }'

run('js', 'a lock that its holder waits for', rule, {
  valid: [
    { name: 'another lock', code: mutex('await mutex.runExclusive(async () => { await other.runExclusive(() => store(user)) })') },
    { name: 'nobody waits for it', code: mutex('await mutex.runExclusive(async () => { mutex.runExclusive(() => store(user)) })') },
    { name: 'one after the other', code: mutex('await mutex.runExclusive(() => store(user)); await mutex.runExclusive(() => store(user))') },
    { name: 'a listener runs later', code: mutex("await mutex.runExclusive(async () => { user.on('done', async () => { await mutex.runExclusive(() => store(user)) }); await store(user) })") },
    { name: 'a function that takes no lock', code: mutex('await mutex.runExclusive(async () => { await write(user) })', 'const write = (user) => store(user)') },
    { name: 'a race that somebody else may win', code: mutex('await mutex.runExclusive(async () => { await Promise.race([write(user), late()]) })', inner) },
    { name: 'it asks whether it is held', code: mutex('await mutex.runExclusive(async () => { if (!mutex.isLocked()) await mutex.runExclusive(() => store(user)) })') },
    { name: 'the function asks whether it is held', code: mutex('await mutex.runExclusive(async () => { await write(user) })', 'const write = async (user) => { if (mutex.isLocked()) return store(user); return mutex.runExclusive(() => store(user)) }') },
    { name: 'a flag that the caller gives', code: mutex('await mutex.runExclusive(async () => { await write(user, true) })', 'const write = async (user, quick) => (quick ? store(user) : mutex.runExclusive(() => store(user)))') },
    { name: 'a flag among options', code: mutex('await mutex.runExclusive(async () => { await write(user, { quick: true }) })', 'const write = async (user, { quick }) => { if (quick) return store(user); return mutex.runExclusive(() => store(user)) }') },
    { name: 'a parameter that is not given', code: mutex('await mutex.runExclusive(async () => { await write(user) })', 'const write = async (user, alone) => { if (!alone) return store(user); return mutex.runExclusive(() => store(user)) }') },
    { name: 'a lock of each call', code: "import { Mutex } from 'async-mutex'; export async function save(user) { const mutex = new Mutex(); await mutex.runExclusive(async () => { if (user.parent) await save(user.parent) }) }" },
    { name: 'in a test', code: "import { Mutex } from 'async-mutex'; const mutex = new Mutex(); it('hangs', async () => { await mutex.runExclusive(async () => { await mutex.runExclusive(() => 1) }) })" },
    { name: 'a lock of another file, by its name', code: "import { lock } from './lock.js'; export const save = (user) => lock.run(async () => { await lock.run(() => store(user)) })" },
    { name: 'a class of another file that may let its holder in again', code: "import { ReentrantLock } from './lock.js'; const lock = new ReentrantLock(); export const save = (user) => lock.run(async () => { await lock.run(() => store(user)) })" },
    { name: 'a class of another file, under different keys', code: "import { Lock } from './lock.js'; const lock = new Lock(); export const save = (user) => lock.acquire(user.id, async () => { await lock.acquire(user.parent.id, () => store(user)) })" },
    { name: 'a lock of another file with another method', code: "import { mutex } from './mutex.js'; export const save = (user) => mutex.run(async () => { await mutex.run(() => store(user)) })" },
  ],
  invalid: [
    {
      name: 'directly',
      code: mutex('await mutex.runExclusive(async () => {\n await mutex.runExclusive(() => store(user)) })'),
      errors: [{ messageId: 'lock', data: { wait: 'mutex.runExclusive(() => store(user))', limiter: 'mutex', line: '1', way: '' }, line: 2, column: 8, endLine: 2, endColumn: 45 }],
    },
    {
      name: 'through a function',
      code: mutex('await mutex.runExclusive(async () => {\n await write(user) })', inner),
      errors: [{ messageId: 'lock', data: { wait: 'write(user)', limiter: 'mutex', line: '1', way: ' (`write` asks for it in line 1)' }, line: 2 }],
    },
    { name: 'what it returns', code: mutex('await mutex.runExclusive(() => write(user))', inner), errors: [{ messageId: 'lock' }] },
    { name: 'a task by its name', code: mutex('await mutex.runExclusive(task)', `${inner}; async function task() { await write(1) }`), errors: [{ messageId: 'lock' }] },
    { name: 'one of several', code: mutex('await mutex.runExclusive(async () => { await Promise.all([store(user), write(user)]) })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'for each element', code: mutex('await mutex.runExclusive(async () => { await Promise.all(parts.map((part) => write(part))) })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'the name of a mapper', code: mutex('await mutex.runExclusive(async () => { await Promise.all(parts.map(write)) })', inner), errors: [{ messageId: 'lock', data: { wait: 'write', limiter: 'mutex', line: '1', way: ' (`write` asks for it in line 1)' } }] },
    { name: 'in a loop', code: mutex('await mutex.runExclusive(async () => { for (const part of parts) await write(part) })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'a promise in a variable', code: mutex('await mutex.runExclusive(async () => { const done = write(user); await log(); await done })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'a list of promises', code: mutex('await mutex.runExclusive(async () => { const all = []; for (const part of parts) all.push(write(part)); await Promise.all(all) })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'after a promise', code: mutex('await mutex.runExclusive(() => load(user).then(() => write(user)))', inner), errors: [{ messageId: 'lock' }] },
    { name: 'under another lock', code: mutex('await mutex.runExclusive(async () => { await other.runExclusive(async () => { await write(user) }) })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'a flag that says otherwise', code: mutex('await mutex.runExclusive(async () => { await write(user, parts) })', 'const write = async (user, quick) => (quick ? store(user) : mutex.runExclusive(() => store(user)))'), errors: [{ messageId: 'lock' }] },
    { name: 'a branch about the data', code: mutex('await mutex.runExclusive(async () => { if (user.parent) await write(user.parent) })', inner), errors: [{ messageId: 'lock' }] },
    { name: 'a lock of another file, by its method', code: "import { mutex } from './mutex.js'; export const save = (user) => mutex.runExclusive(async () => { await mutex.runExclusive(() => store(user)) })", errors: [{ messageId: 'lock' }] },
    { name: 'a lock of another file, by its class', code: "import { Lock } from './lock.js'; export class Store { lock = new Lock(); async exclusive(f) { try { await this.lock.acquire(); return await f() } finally { this.lock.release() } } write(user) { return this.exclusive(() => put(user)) } save(user) { return this.exclusive(async () => { await this.write(user) }) } }", errors: [{ messageId: 'lock' }] },
    { name: 'a lock of another file, by its name', code: "import { lock } from './lock.js'; export const save = (user) => lock.run(async () => { await lock.run(() => store(user)) })", options: possible, errors: [{ messageId: 'lock' }] },
    { name: 'until it is free', code: mutex('await mutex.runExclusive(async () => { await mutex.waitForUnlock() })'), errors: [{ messageId: 'drain' }] },
    {
      name: 'what is taken to run it',
      code: mutex('await mutex.runExclusive(async () => { await retry(async () => { await write(user) }) })', inner),
      options: possible,
      errors: [{ messageId: 'lock' }],
    },
  ],
})

run('js', 'what runs what it is given, in the file and elsewhere', rule, {
  valid: [
    { name: 'elsewhere: not known to wait', code: mutex('await mutex.runExclusive(async () => { await retry(async () => { await write(user) }) })', inner) },
    { name: 'in the file: it drops the promise', code: mutex('await mutex.runExclusive(async () => { await again(() => write(user)) })', `${inner}; async function again(f) { f() }`) },
  ],
  invalid: [
    { name: 'in the file: it waits', code: mutex('await mutex.runExclusive(async () => { await again(() => write(user)) })', `${inner}; async function again(f) { try { return await f() } catch { return f() } }`), errors: [{ messageId: 'lock' }] },
  ],
})

run('js', 'locks of objects', rule, {
  valid: [
    { name: 'another object of the class', code: store(`${write}; save(user, child) { return this.mutex.runExclusive(async () => { await child.write(user) }) }`) },
    { name: 'a new object of the class', code: store(`${write}; save(user) { const copy = new Store(); return this.mutex.runExclusive(async () => { await copy.write(user) }) }`) },
    { name: 'a field that says who holds it', code: store('write(user) { if (this.saving) return put(user); return this.mutex.runExclusive(() => put(user)) } save(user) { return this.mutex.runExclusive(async () => { this.saving = true; await this.write(user) }) }') },
    { name: 'one of many locks', code: "export class Store { save(user, parent) { return this.locks[user.id].runExclusive(async () => { await this.locks[parent.id].runExclusive(() => put(user)) }) } }" },
    { name: 'another of many locks, by the same code', code: "import { mutexes } from './mutexes.js'; const write = (id) => mutexes[id].runExclusive(() => put(id)); export const save = (id, parent) => mutexes[id].runExclusive(async () => { await write(parent) })" },
    { name: 'under a wrapper that asks first', code: store('async withLock(f) { if (this.mutex.isLocked()) return f(); return this.mutex.runExclusive(f) } save(user) { return this.withLock(async () => { await this.withLock(() => put(user)) }) }') },
  ],
  invalid: [
    { name: 'a method of the same object', code: store(`${write}; save(user) { return this.mutex.runExclusive(async () => { await this.write(user) }) }`), errors: [{ messageId: 'lock', data: { wait: 'this.write(user)', limiter: 'this.mutex', line: '1', way: ' (`write` asks for it in line 1)' } }] },
    { name: 'one lock under a name', code: "import { mutexes } from './mutexes.js'; const write = (id) => mutexes.users.runExclusive(() => put(id)); export const save = (id, parent) => mutexes.users.runExclusive(async () => { await write(parent) })", errors: [{ messageId: 'slot' }] },
    { name: 'a field that somebody else sets', code: store('write(user) { if (this.closed) return put(user); return this.mutex.runExclusive(() => put(user)) } save(user) { return this.mutex.runExclusive(async () => { await this.write(user) }) }'), errors: [{ messageId: 'lock' }] },
  ],
})

const semaphore = (body: string, made = 'new Semaphore(1)') => `import { Semaphore } from 'async-mutex'; const slots = ${made}; const load = async (id) => { const [, release] = await slots.acquire(); try { return await get(id) } finally { release() } }; export async function both(ids) { ${body} }`

run('js', 'a slot from where it is taken to where it is given back', rule, {
  valid: [
    { name: 'given back before', code: semaphore('const [, release] = await slots.acquire(); release(); await load(1)') },
    { name: 'given back before, in finally', code: semaphore('const [, release] = await slots.acquire(); try { await get(1) } finally { release() } await load(1)') },
    { name: 'given back by the limiter', code: semaphore('await slots.acquire(); slots.release(); await load(1)') },
    { name: 'given back before anybody waits', code: semaphore('const [, release] = await slots.acquire(); try { return load(1) } finally { release() }') },
    { name: 'given on', code: semaphore('const [, release] = await slots.acquire(); await run(release); await load(1)') },
    { name: 'where it is given back is not seen', code: semaphore('await slots.acquire(); await load(1)') },
    { name: 'on another way', code: semaphore('if (ids) { const [, release] = await slots.acquire(); try { await get(1) } finally { release() } } else { await load(1) }') },
  ],
  invalid: [
    { name: 'released in finally', code: semaphore('const [, release] = await slots.acquire(); try { await load(1) } finally { release() }'), errors: [{ messageId: 'lock' }] },
    { name: 'released by the limiter', code: semaphore('await slots.acquire(); await load(1); slots.release()'), errors: [{ messageId: 'lock' }] },
    { name: 'waited for before it is returned', code: semaphore('const [, release] = await slots.acquire(); try { return await load(1) } finally { release() }'), errors: [{ messageId: 'lock' }] },
    { name: 'taken again', code: semaphore('await slots.acquire(); const [, release] = await slots.acquire(); release(); slots.release()'), errors: [{ messageId: 'lock' }] },
  ],
})

const pool = (body: string, made = 'pLimit(4)') => `import pLimit from 'p-limit'; const limit = ${made}; const load = (file) => limit(() => get(file)); export async function run(folders) { ${body} }`
const nested = 'limit(async () => { await Promise.all(folder.files.map(load)) })'

run('js', 'slots that many tasks take', rule, {
  valid: [
    { name: 'fewer tasks than slots', code: pool(`await Promise.all(['a', 'b', 'c'].map((folder) => ${nested}))`) },
    { name: 'one task at a time', code: `import pLimit from 'p-limit'; const limit = pLimit(4); const load = (file) => limit(() => get(file)); for (const folder of folders) await ${nested}` },
    { name: 'no limit', code: pool(`await Promise.all(folders.map((folder) => ${nested}))`, 'pLimit(Infinity)') },
    { name: 'a limiter of each task', code: "import pLimit from 'p-limit'; export const run = (folders) => Promise.all(folders.map((folder) => { const limit = pLimit(4); return limit(async () => { await Promise.all(folder.files.map((file) => get(file))) }) }))" },
    { name: 'the slot only around the work', code: pool('await Promise.all(folders.map(async (folder) => { const files = await limit(() => list(folder)); await Promise.all(files.map(load)) }))') },
    { name: 'inner work with a limiter of its own', code: "import pLimit from 'p-limit'; const limit = pLimit(4); const inner = pLimit(4); export const run = (folders) => Promise.all(folders.map((folder) => limit(async () => { await Promise.all(folder.files.map((file) => inner(() => get(file)))) })))" },
    { name: 'a time limit on waiting', code: "import { createLimiter } from 'eslint-plugin-bounded/runtime'; const limit = createLimiter({ concurrency: 4, acquireTimeout: 1000 }); export const run = (folders) => Promise.all(folders.map((folder) => limit(async () => { await Promise.all(folder.files.map((file) => limit(() => get(file)))) })))" },
    { name: 'a time limit on tasks', code: "import PQueue from 'p-queue'; const queue = new PQueue({ concurrency: 4, timeout: 1000 }); export const run = (folders) => Promise.all(folders.map((folder) => queue.add(async () => { await queue.add(() => get(folder)) })))" },
    { name: 'a queue without a limit', code: "import PQueue from 'p-queue'; const queue = new PQueue(); export const run = (folders) => Promise.all(folders.map((folder) => queue.add(async () => { await queue.add(() => get(folder)) })))" },
  ],
  invalid: [
    {
      name: 'for each of a list',
      code: pool(`await Promise.all(folders.map((folder) => ${nested}))`),
      errors: [{ messageId: 'slot', data: { wait: 'load', limiter: 'limit', line: '1', way: ' (`load` asks for it in line 1)', count: '4', filled: 'one for each of `folders`' } }],
    },
    { name: 'as many tasks as slots', code: pool(`await Promise.all(['a', 'b', 'c', 'd'].map((folder) => ${nested}))`), errors: [{ messageId: 'slot' }] },
    { name: 'a list that a loop fills', code: pool(`const all = []; for (const folder of folders) all.push(${nested}); await Promise.all(all)`), errors: [{ messageId: 'slot' }] },
    { name: 'a number that is not written', code: pool(`await Promise.all(folders.map((folder) => ${nested}))`, 'pLimit(options.concurrency)'), errors: [{ messageId: 'slot', data: { wait: 'load', limiter: 'limit', line: '1', way: ' (`load` asks for it in line 1)', count: 'its', filled: 'one for each of `folders`' } }] },
    { name: 'one slot', code: `import pLimit from 'p-limit'; const limit = pLimit(1); const load = (file) => limit(() => get(file)); for (const folder of folders) await ${nested}`, errors: [{ messageId: 'lock' }] },
    {
      name: 'a handler',
      code: "import express from 'express'; import pLimit from 'p-limit'; const app = express(); const limit = pLimit(4); app.get('/users', async (req, res) => { await limit(async () => { const user = await limit(() => get(req.params.id)); res.json(user) }) })",
      errors: [{ messageId: 'slot', data: { wait: 'limit(() => get(req.params.id))', limiter: 'limit', line: '1', way: '', count: '4', filled: '`handler GET /users`' } }],
    },
    { name: 'callers', code: pool('const folder = folders[0]; await limit(async () => { await load(folder) })'), errors: [{ messageId: 'slot', data: { wait: 'load(folder)', limiter: 'limit', line: '1', way: ' (`load` asks for it in line 1)', count: '4', filled: 'calls of `run`' } }] },
    { name: 'fewer tasks than slots, where the user asks for what is possible', code: `import pLimit from 'p-limit'; const limit = pLimit(4); const load = (file) => limit(() => get(file)); for (const folder of folders) await ${nested}`, options: possible, errors: [{ messageId: 'maybeSlot' }] },
  ],
})

const walk = (body: string) => `import pLimit from 'p-limit'; const limit = pLimit(8); export async function walk(folder) { ${body} }`

run('js', 'a tree', rule, {
  valid: [
    { name: 'the slot only around the work', code: walk('const entries = await limit(() => readdir(folder)); await Promise.all(entries.map(walk))') },
    { name: 'nobody waits for the children', code: walk('await limit(async () => { const entries = await readdir(folder); entries.forEach(walk) })') },
    { name: 'a limiter of each call', code: "import pLimit from 'p-limit'; export async function walk(folder) { const limit = pLimit(8); await limit(async () => { const entries = await readdir(folder); await Promise.all(entries.map(walk)) }) }" },
    { name: 'another limiter given on', code: "import pLimit from 'p-limit'; export async function walk(folder, limit) { await limit(async () => { const entries = await readdir(folder); await Promise.all(entries.map((entry) => walk(entry, pLimit(8)))) }) } walk('.', pLimit(8))" },
  ],
  invalid: [
    {
      name: 'the children are waited for in the slot',
      code: walk('await limit(async () => {\n const entries = await readdir(folder)\n await Promise.all(entries.map((entry) => walk(entry)))\n })'),
      errors: [{ messageId: 'tree', data: { wait: 'walk(entry)', limiter: 'limit', line: '1', way: ' (`walk` asks for it in line 1)', count: '8', filled: '' }, line: 3 }],
    },
    { name: 'one after the other', code: walk('await limit(async () => { for (const entry of await readdir(folder)) await walk(entry) })'), errors: [{ messageId: 'tree' }] },
    { name: 'only folders', code: walk('await limit(async () => { const entries = await readdir(folder); await Promise.all(entries.map(async (entry) => { if (entry.isDirectory()) await walk(entry) })) })'), errors: [{ messageId: 'tree' }] },
    { name: 'of a lock', code: walk('await limit(async () => { for (const entry of await readdir(folder)) await walk(entry) })').replace('8', '1'), errors: [{ messageId: 'lock' }] },
    { name: 'given to the task', code: "import pLimit from 'p-limit'; const limit = pLimit(8); async function visit(node) { await Promise.all(node.children.map((child) => limit(visit, child))) } export const start = (root) => limit(visit, root)", errors: [{ messageId: 'tree' }] },
  ],
})

run('js', 'the end of everything, waited for by a part of it', rule, {
  valid: [
    { name: 'outside', code: "import PQueue from 'p-queue'; const queue = new PQueue(); export async function run(urls) { for (const url of urls) queue.add(() => fetch(url)); await queue.onIdle() }" },
    { name: 'of another queue', code: "import PQueue from 'p-queue'; const queue = new PQueue(); const files = new PQueue(); export const run = (url) => queue.add(async () => { files.add(() => get(url)); await files.onIdle() })" },
  ],
  invalid: [
    { name: 'in a task', code: "import PQueue from 'p-queue'; const queue = new PQueue(); export const run = (url) => queue.add(async () => { queue.add(() => fetch(url)); await queue.onIdle() })", errors: [{ messageId: 'drain', data: { wait: 'queue.onIdle()', limiter: 'queue', line: '1', way: '' } }] },
    { name: 'in what a task calls', code: "import PQueue from 'p-queue'; const queue = new PQueue(); const end = () => queue.onIdle(); export const run = (url) => queue.add(async () => { await end() })", errors: [{ messageId: 'drain' }] },
  ],
})

run('js', 'locks under names', rule, {
  valid: [
    { name: 'another name', code: "import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export const f = () => lock.acquire('users', async () => { await lock.acquire('groups', () => put()) })" },
    { name: 'the same name, for who holds it', code: "import AsyncLock from 'async-lock'; const lock = new AsyncLock({ domainReentrant: true }); export const f = () => lock.acquire('users', async () => { await lock.acquire('users', () => put()) })" },
    { name: 'another value under the same name', code: "import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export function f(id) { return lock.acquire(id, async () => { for (const id of ids) await lock.acquire(id, () => put()) }) }" },
    { name: 'of the page: only where it is free', code: "export const f = () => navigator.locks.request('users', async () => { await navigator.locks.request('users', { ifAvailable: true }, () => put()) })" },
  ],
  invalid: [
    { name: 'the same name', code: "import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export const f = () => lock.acquire('users', async () => { await lock.acquire('users', () => put()) })", errors: [{ messageId: 'lock', data: { wait: "lock.acquire('users', () => put())", limiter: "lock ('users')", line: '1', way: '' } }] },
    { name: 'the same variable', code: "import AsyncLock from 'async-lock'; const lock = new AsyncLock(); export function f(id) { return lock.acquire(id, async () => { await lock.acquire(id, () => put()) }) }", errors: [{ messageId: 'lock' }] },
    { name: 'of the page', code: "export const f = () => navigator.locks.request('users', async () => { await navigator.locks.request('users', () => put()) })", errors: [{ messageId: 'lock', data: { wait: 'navigator.locks.request(…)', limiter: "navigator.locks ('users')", line: '1', way: '' } }] },
  ],
})

run('annotated', 'limiters that callers give', rule, {
  valid: [
    { name: 'no limiter by its type', code: 'export async function walk(folder: Folder, limit: Limit): Promise<void> { await limit(async () => { await Promise.all(folder.all.map((each) => walk(each, limit))) }) }' },
    { name: 'another one for the children', code: "import type { LimitFunction } from 'p-limit'; export async function walk(folder: Folder, limit: LimitFunction, next: LimitFunction): Promise<void> { await limit(async () => { await Promise.all(folder.all.map((each) => walk(each, next, next))) }) }" },
  ],
  invalid: [
    { name: 'given on', code: "import type { LimitFunction } from 'p-limit'; export async function walk(folder: Folder, limit: LimitFunction): Promise<void> { await limit(async () => { await Promise.all(folder.all.map((each) => walk(each, limit))) }) }", errors: [{ messageId: 'tree' }] },
    { name: 'in an object', code: "import pLimit from 'p-limit'; const tools = { limit: pLimit(8) }; export async function walk(folder: Folder): Promise<void> { await tools.limit(async () => { await Promise.all(folder.all.map((each) => walk(each))) }) }", errors: [{ messageId: 'tree' }] },
    {
      name: 'a lock given to a wrapper',
      code: "import { Mutex } from 'async-mutex'; async function withLock<T>(mutex: Mutex, f: () => Promise<T>): Promise<T> { const release = await mutex.acquire(); try { return await f() } finally { release() } } export class Store { readonly #mutex = new Mutex(); #exclusive<T>(f: () => Promise<T>) { return withLock(this.#mutex, f) } write(user: User) { return this.#exclusive(() => put(user)) } save(user: User) { return this.#exclusive(async () => { await this.write(user) }) } }",
      errors: [{ messageId: 'lock', data: { wait: 'this.write(user)', limiter: 'this.#mutex', line: '1', way: ' (`write` asks for it in line 1)' } }],
    },
    { name: 'a parameter that is a field', code: "import { Mutex } from 'async-mutex'; export class Store { constructor(private readonly mutex: Mutex) {} write(user: User) { return this.mutex.runExclusive(() => put(user)) } save(user: User) { return this.mutex.runExclusive(() => this.write(user)) } }", errors: [{ messageId: 'lock' }] },
  ],
})
