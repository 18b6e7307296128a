import { retryFacts } from '../../src/knowledge/retries.ts'
import rule from '../../rules/no-unbounded-retry.ts'
import { run } from '../support/rule-tester.ts'

const sleep = "import { setTimeout as sleep } from 'node:timers/promises'"
const possible = [{ report: 'possible' }] as const

const waits = (attempt: string, owner: string, kind = '') => [{ messageId: 'forever', data: { attempt, kind, who: `whoever calls \`${owner}\`` } }]
const atOnce = (attempt: string, owner: string, kind = '') => [{ messageId: 'atOnce', data: { attempt, kind, who: `whoever calls \`${owner}\`` } }]
const maybe = (attempt: string, owner: string, kind = '') => [{ messageId: 'maybeForever', data: { attempt, kind, who: `whoever calls \`${owner}\`` } }]

/** A loop around an attempt: what stands before it, in its `catch`, and after it. */
const loop = ({ head = 'while (true)', before = '', attempt = 'return await fetch(url)', failed = 'await sleep(1000)', after = '', owner = 'load', top = '' } = {}) =>
  `${sleep}; ${top}; export async function ${owner}(url, retries, signal) { ${head} { ${before}; try { ${attempt} } catch (error) { ${failed} } ${after} } }`

run('js', 'loops', rule, {
  valid: [
    { name: 'a count in the head', code: loop({ head: 'for (let i = 0; i < 5; i++)' }) },
    { name: 'a count in the test', code: loop({ head: 'let i = 0; while (i++ < 5)' }) },
    { name: 'a count in the catch', code: loop({ head: 'for (let i = 0; ; i++)', failed: 'if (i > 5) throw error; await sleep(1000)' }) },
    { name: 'a count before the attempt', code: loop({ head: 'for (let i = 0; ; i++)', before: 'if (i > 5) throw new Error()' }) },
    { name: 'a time after the attempt', code: loop({ before: 'const started = Date.now()', after: 'if (Date.now() - started > 60000) break' }) },
    { name: 'the last failure is handed on', code: loop({ failed: 'if (--retries < 0) throw error; await sleep(1000)' }) },
    { name: 'a signal in the pause', code: loop({ failed: 'await sleep(1000, null, { signal })' }) },
    { name: 'a signal in the head', code: loop({ head: 'while (!signal.aborted)' }) },
    { name: 'a flag that others set', code: loop({ top: 'let stopped = false; export const stop = () => { stopped = true }', head: 'while (!stopped)' }) },
    { name: 'a process that ends', code: loop({ head: 'for (let i = 0; ; i++)', failed: 'if (i > 5) process.exit(1); await sleep(1000)' }) },
    { name: 'every failure ends it', code: loop({ failed: 'throw error' }) },
    { name: 'goes on after a success', code: loop({ attempt: 'await fetch(url)' }) },
    { name: 'another candidate each time', code: loop({ head: 'for (let port = 3000; ; port++)', attempt: 'return await fetch(`http://localhost:${port}`)', failed: '' }) },
    { name: 'a candidate that is found anew', code: loop({ before: 'const port = await freePort()', attempt: 'return await fetch(`http://localhost:${port}`)', failed: '', top: "import { freePort } from './ports.js'" }) },
    { name: 'asks a person', code: `import { input } from '@inquirer/prompts'; export async function ask() { while (true) { try { return await input({ message: 'Age?' }) } catch { console.log('Once more') } } }` },
    { name: 'nothing from outside', code: `export async function next(parse, text) { while (true) { try { return JSON.parse(text) } catch { text = text.slice(1) } } }` },
    { name: 'whoever consumes it can stop', code: `${sleep}; export async function* pages(url) { while (true) { try { yield await fetch(url); return } catch { await sleep(1000) } } }` },
    { name: 'waits until something is up', code: loop({ owner: 'waitUntilReady' }) },
    { name: 'a connection that is kept up', code: loop({ attempt: 'return await client.connect(url)', top: "import { client } from './client.js'", owner: 'open' }) },
    { name: 'the answer decides: a poller', code: loop({ attempt: 'const job = await fetch(url); if (job.ok) return job' }) },
    { name: 'a call that may end it', code: loop({ failed: 'await policy.next(error)', top: "import { policy } from './policy.js'" }) },
    { name: 'a test', code: loop(), filename: 'src/load.test.js' },
  ],
  invalid: [
    { name: 'a pause and nothing else', code: loop(), errors: waits('fetch(url)', 'load') },
    { name: 'a counter that nobody looks at', code: loop({ head: 'for (let i = 0; ; i++)', failed: 'await sleep(1000 * i)' }), errors: waits('fetch(url)', 'load') },
    { name: 'a time that nobody looks at', code: loop({ before: 'const started = Date.now()', failed: 'console.warn(Date.now() - started); await sleep(1000)' }), errors: waits('fetch(url)', 'load') },
    { name: 'a flag that only success sets', code: loop({ head: 'let done = false; while (!done)', attempt: 'await fetch(url); done = true' }), errors: waits('fetch(url)', 'load') },
    { name: 'a flag that the answer sets', code: loop({ head: 'let done = false; while (!done)', attempt: 'done = (await fetch(url)).ok' }), errors: maybe('fetch(url)', 'load'), options: possible },
    { name: 'the result ends it', code: `${sleep}; export async function load(url) { let result; do { try { result = await fetch(url) } catch { await sleep(1000) } } while (!result); return result }`, errors: waits('fetch(url)', 'load') },
    { name: 'the result may not end it: time passes after it too', code: `${sleep}; export async function load(url) { let result; do { try { result = await fetch(url) } catch { console.error(url) } await sleep(1000) } while (!result); return result }`, errors: maybe('fetch(url)', 'load'), options: possible },
    { name: 'the pause beside the `try`', code: loop({ failed: 'console.error(error)', after: 'await sleep(1000)' }), errors: waits('fetch(url)', 'load') },
    { name: 'errors of a kind', code: loop({ failed: "if (error.code !== 'ECONNRESET') throw error; await sleep(1000)" }), errors: waits('fetch(url)', 'load', ' in the same way') },
    { name: 'what the caller brings', code: `${sleep}; export async function retry(task) { while (true) { try { return await task() } catch { await sleep(1000) } } }`, errors: waits('task()', 'retry') },
    { name: 'a constant that is made anew', code: loop({ before: 'const target = `${url}/x`', attempt: 'return await fetch(target)' }), errors: waits('fetch(target)', 'load') },
    { name: 'at once', code: loop({ failed: 'console.error(error)' }), errors: atOnce('fetch(url)', 'load') },
    { name: 'at once, although it keeps something up', code: loop({ attempt: 'return await fetch(url)', failed: '', owner: 'waitUntilReady' }), errors: atOnce('fetch(url)', 'waitUntilReady') },
    { name: 'waits until something is up, where what is possible is asked for', code: loop({ owner: 'waitUntilReady' }), options: possible, errors: maybe('fetch(url)', 'waitUntilReady') },
    { name: 'the answer decides, where what is possible is asked for', code: loop({ attempt: 'const job = await fetch(url); if (job.ok) return job' }), options: possible, errors: maybe('fetch(url)', 'load') },
    {
      name: 'a handler waits, whatever the names',
      code: `${sleep}; import express from 'express'; const app = express(); app.get('/', async (req, res) => { res.json(await waitUntilReady('http://backend')) }); async function waitUntilReady(url) { while (true) { try { return await fetch(url) } catch { await sleep(1000) } } }`,
      errors: [{ messageId: 'forever', data: { attempt: 'fetch(url)', kind: '', who: '`handler GET / → waitUntilReady`' } }],
    },
  ],
})

run('js', 'functions that call themselves', rule, {
  valid: [
    { name: 'a count', code: `${sleep}; export async function load(url, left) { try { return await fetch(url) } catch (error) { if (left === 0) throw error; await sleep(1000); return load(url, left - 1) } }` },
    { name: 'a count that nothing seems to look at', code: `${sleep}; export async function load(url, left) { try { return await fetch(url) } catch (error) { await sleep(1000); return load(url, left - 1) } }` },
    { name: 'a flag that says that it is the second time', code: 'export async function load(url, again) { try { return await fetch(url) } catch (error) { if (again) throw error; return load(url, true) } }' },
    { name: 'a count in a field', code: `${sleep}; export class Api { async load(url) { try { return await fetch(url) } catch (error) { if (this.failures++ > 5) throw error; await sleep(1000); return this.load(url) } } }` },
    { name: 'a count in an object that is handed on', code: `${sleep}; export async function load(url, options) { try { return await fetch(url) } catch (error) { const { retry } = options; retry.n += 1; if (retry.n > retry.most) throw error; await sleep(1000); return load(url, options) } }` },
    { name: 'another URL', code: 'export async function load(url) { try { return await fetch(url) } catch { return load(url.mirror) } }' },
    { name: 'somebody can stop it', code: 'export function load(url) { if (state.stopped) return; return fetch(url).catch(() => load(url)) }; const state = {}' },
    { name: 'goes on after a success as well', code: 'export async function tick(url) { try { await fetch(url) } catch (error) { setTimeout(tick, 1000, url); return } setTimeout(tick, 1000, url) }' },
    { name: 'a timer that is kept', code: 'let timer; export function load(url) { return fetch(url).catch(() => { timer = setTimeout(load, 1000, url) }) }' },
    { name: 'a call in the code that is tried', code: 'export async function walk(url) { try { return await walk(await fetch(url)) } catch { return null } }' },
    { name: 'nobody waits', code: 'export function push(url) { fetch(url).catch(() => setTimeout(push, 1000, url)) }' },
    { name: 'another function of this name', code: `${sleep}; export async function load(url) { try { return await fetch(url) } catch { await sleep(1000); const load = (url) => null; return load(url) } }` },
  ],
  invalid: [
    { code: `${sleep}; export async function load(url) { try { return await fetch(url) } catch (error) { await sleep(1000); return load(url) } }`, errors: waits('fetch(url)', 'load') },
    { name: 'at once', code: 'export async function load(url) { try { return await fetch(url) } catch { return load(url) } }', errors: atOnce('fetch(url)', 'load') },
    { name: 'at once, in a chain', code: 'export const load = (url) => fetch(url).catch(() => load(url))', errors: atOnce('fetch(url)', 'load') },
    { name: 'a chain with a second callback', code: `${sleep}; export const load = (url) => fetch(url).then((answer) => answer.json(), () => sleep(1000).then(() => load(url)))`, errors: waits('fetch(url)', 'load') },
    { name: 'a method', code: `${sleep}; export class Api { async load(url) { try { return await fetch(url) } catch (error) { await sleep(1000); return this.load(url) } } }`, errors: waits('fetch(url)', 'load') },
    {
      name: 'a timer within a promise',
      code: 'export const load = (url) => new Promise((resolve, reject) => { const attempt = () => fetch(url).then(resolve, (error) => { if (error.status === 429) setTimeout(attempt, 5000); else reject(error) }); attempt() })',
      errors: waits('fetch(url)', 'attempt', ' in the same way'),
    },
    {
      name: 'a callback that gets the error',
      code: "import fs from 'node:fs'; export function read(path, callback) { fs.readFile(path, (err, data) => { if (err) return setTimeout(read, 100, path, callback); callback(null, data) }) }",
      errors: waits('fs.readFile(…)', 'read'),
    },
    { name: 'nobody waits, where what is possible is asked for', code: 'export function push(url) { fetch(url).catch(() => setTimeout(push, 1000, url)) }', options: possible, errors: maybe('fetch(url)', 'push') },
    { name: 'a timer that does not wait', code: 'export function push(url) { fetch(url).catch(() => setTimeout(() => push(url), 0)) }', errors: atOnce('fetch(url)', 'push') },
    {
      name: 'a token is renewed in between, where what is possible is asked for',
      code: "import { renew } from './token.js'; export async function load(url) { try { return await fetch(url) } catch (error) { if (error.status !== 401) throw error; await renew(); return load(url) } }",
      options: possible,
      errors: maybe('fetch(url)', 'load', ' in the same way'),
    },
  ],
})

const answered = (body: string, fails = 'answer.status === 429') =>
  `${sleep}; export async function load(url, again) { const answer = await fetch(url); if (${fails}) { ${body} } return answer.json() }`
const looped = (body: string, before = '', test = 'true') =>
  `${sleep}; export async function load(url) { let i = 0; while (${test}) { ${before}; const answer = await fetch(url); if (!answer.ok) { ${body} } return answer.json() } }`

run('js', 'answers that say that it failed', rule, {
  valid: [
    { name: 'tried once more', code: answered('await sleep(1000); return load(url, true)') },
    { name: 'a flag that ends it', code: answered('if (again.stopped) throw new Error(); await sleep(1000); return load(url, again)') },
    { name: 'another page', code: answered('return load(answer.next, again)') },
    { name: 'a success', code: answered('await sleep(1000); return load(url, again)', 'answer.status === 202') },
    { name: 'a poller', code: answered('await sleep(1000); return load(url, again)', "answer.state === 'pending'") },
    { name: 'a loop with a count', code: looped('if (i++ > 5) throw new Error(); await sleep(1000); continue') },
    { name: 'a loop with a count before', code: looped('await sleep(1000); continue', 'if (i++ > 5) throw new Error()') },
    { name: 'a loop with a count in its test', code: looped('await sleep(1000); continue', '', 'i++ < 5') },
    { name: 'a loop that ends', code: looped('throw new Error()') },
  ],
  invalid: [
    { code: answered('await sleep(1000); return load(url, again)'), errors: waits('fetch(url)', 'load', ' in the same way') },
    { name: 'a time that the answer names', code: answered("await sleep(1000 * answer.headers.get('retry-after')); return load(url, again)"), errors: waits('fetch(url)', 'load', ' in the same way') },
    { name: 'a destructured answer', code: `${sleep}; export async function load(url) { const { status, data } = await fetch(url); if (status >= 500 || status === 429) { await sleep(1000); return load(url) } return data }`, errors: waits('fetch(url)', 'load', ' in the same way') },
    { name: 'a loop', code: looped('await sleep(1000); continue'), errors: waits('fetch(url)', 'load', ' in the same way') },
    { name: 'a loop that counts and does not look', code: looped('i++; await sleep(1000 * i); continue'), errors: waits('fetch(url)', 'load', ' in the same way') },
  ],
})

run('js', 'people and queues', rule, {
  valid: [
    { name: 'a log-in', code: "import { prompt } from './terminal.js'; export function login(client, done) { prompt('Password?', (password) => { client.request(password, (err, user) => { if (err) return login(client, done); done(null, user) }) }) }" },
    { name: 'the next of a queue', code: `${sleep}; export async function drain(queue, n) { while (true) { try { const url = queue.shift(); await fetch(url); n.sent += 1 } catch {} await sleep(100); if (n.sent > 30) return } }` },
  ],
  invalid: [
    { name: 'the same each time', code: `${sleep}; export async function drain(url) { while (true) { try { await fetch(url); return } catch {} await sleep(100) } }`, errors: waits('fetch(url)', 'drain') },
  ],
})

const option = (written: string, call: string, owner = 'load') => [{ messageId: 'option', data: { written, call, option: written.split(':')[0], who: `whoever calls \`${owner}\`` } }]
const pRetry = (options: string, owner = 'load') => `import pRetry from 'p-retry'; export const ${owner} = (url, signal) => pRetry(() => fetch(url), ${options})`

run('js', 'options of libraries', rule, {
  valid: [
    { code: pRetry('{ retries: 5 }') },
    { name: 'the default', code: pRetry('{}') },
    { name: 'a signal', code: pRetry('{ retries: Infinity, signal }') },
    { name: 'a time', code: pRetry('{ forever: true, maxRetryTime: 60000 }') },
    { name: 'options from elsewhere', code: pRetry('{ retries: Infinity, ...url.options }') },
    { name: 'switched off', code: pRetry('{ forever: false }') },
    { name: 'keeps something up', code: pRetry('{ forever: true }', 'connect') },
    { name: 'start-up', code: "import pRetry from 'p-retry'; await pRetry(() => fetch('http://backend'), { forever: true })" },
    { name: 'another function of this name', code: 'const pRetry = (task) => task(); export const load = (url) => pRetry(() => fetch(url), { forever: true })' },
    { name: 'a time limit around it', code: "import { retry, handleAll, wrap, timeout, ExponentialBackoff } from 'cockatiel'; export const load = () => wrap(timeout(1000, 'cooperative'), retry(handleAll, { backoff: new ExponentialBackoff() }))" },
  ],
  invalid: [
    { code: pRetry('{ retries: Infinity }'), errors: option('retries: Infinity', 'pRetry') },
    { code: pRetry('{ retries: Number.POSITIVE_INFINITY }'), errors: [{ messageId: 'option' }] },
    { code: pRetry('{ forever: true }'), errors: [{ messageId: 'option' }] },
    { name: 'options with a name', code: "import pRetry from 'p-retry'; const options = { forever: true }; export const load = (url) => pRetry(() => fetch(url), options)", errors: [{ messageId: 'option' }] },
    { name: 'keeps something up, where what is possible is asked for', code: pRetry('{ forever: true }', 'connect'), options: possible, errors: [{ messageId: 'option' }] },
    {
      name: 'left out',
      code: "import { retry, handleAll, ExponentialBackoff } from 'cockatiel'; export const load = () => retry(handleAll, { backoff: new ExponentialBackoff() })",
      errors: [{ messageId: 'noOption', data: { call: 'retry', option: 'maxAttempts', who: 'whoever calls `load`' } }],
    },
    { name: 'a zero that means no limit', code: "import { retry } from '@lifeomic/attempt'; export const load = (url) => retry(() => fetch(url), { maxAttempts: 0 })", errors: [{ messageId: 'option' }] },
    { name: 'the short form', code: "import got from 'got'; export const load = (url) => got(url, { retry: Infinity })", errors: [{ messageId: 'option' }] },
  ],
})

run('annotated', 'by annotation', rule, {
  valid: [`import type { Queue } from './queue.ts'; export const send = (queue: Queue, to: string) => queue.add('mail', { to }, { attempts: Infinity })`],
  invalid: [
    {
      code: `import type { Queue } from 'bullmq'; export const send = (queue: Queue, to: string) => queue.add('mail', { to }, { attempts: Infinity })`,
      errors: [{ messageId: 'option' }],
    },
  ],
})

/** Every API of the table, with and without its limit. */
const apis = retryFacts.flatMap(({ module, member, at, limit, switch: flag }) =>
  [module].flat().flatMap((specifier) =>
    [member].flat().flatMap((path) => {
      const name = path === '' || path.startsWith('()') ? 'api' : (path.split(/[.(]/)[0] as string)
      const imported = name === 'api' || name === 'delete' ? `import api from '${specifier}'` : `import api, { ${name} } from '${specifier}'`
      const callee = path.includes('()') ? `new ${name}('x').${path.split('.').at(-1)}` : name
      const called = path !== '' && path === path.toLowerCase() && /^(?:got|ky)$/.test(specifier) ? `api.${path}` : callee
      const make = (value: string, key: readonly string[]) => key.reduceRight((inner, each) => `{ ${each}: ${inner} }`, value)
      const code = (options: string) => `${imported}; export const load = (x) => ${/^[A-Z]/.test(called) ? 'new ' : ''}${called}(${[...Array.from({ length: at }, () => 'x'), options].join(', ')})`
      return [
        { valid: code(make('3', limit)), invalid: code(make('Infinity', limit)) },
        ...(flag ? [{ valid: code(`{ ${flag}: false }`), invalid: code(`{ ${flag}: true }`) }] : []),
      ]
    }),
  ),
)

run('js', 'every entry of the table', rule, {
  valid: [...new Set(apis.map(({ valid }) => valid))],
  invalid: [...new Set(apis.map(({ invalid }) => invalid))].map((code) => ({ code, errors: [{ messageId: 'option' as const }] })),
})
