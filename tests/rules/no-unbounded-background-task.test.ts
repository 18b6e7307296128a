import rule from '../../rules/no-unbounded-background-task.ts'
import { run } from '../support/rule-tester.ts'

const all = [{ fixes: 'all' }] as const
const HELPER = "import { forEachBounded } from 'eslint-plugin-bounded/runtime'"
const nobody = 'nobody hears when one fails'
const each = (owner: string, callee = 'kinds.forEach', failure = nobody) => [{ messageId: 'forgottenEach' as const, data: { each: callee, owner, failure } }]
const suggested = (output: string) => [{ messageId: 'forEachBounded' as const, data: { concurrency: '10', helper: 'forEachBounded', package: 'eslint-plugin-bounded' }, output }]

run('js', 'forEach that waits for nothing', rule, {
  valid: [
    { name: 'a loop', code: "const kinds = ['a', 'b']; export async function create() { for (const kind of kinds) await make(kind) }" },
    { name: 'a helper', code: `${HELPER}; const kinds = ['a', 'b']; export async function create() { await forEachBounded(kinds, async (kind) => { await make(kind) }, { concurrency: 2 }) }` },
    { name: 'functions that wait for nothing', code: "const kinds = ['a', 'b']; export async function create() { kinds.forEach(async (kind) => { make(kind) }) }" },
    { name: 'functions that only register one', code: "const kinds = ['a', 'b']; export async function create() { kinds.forEach((kind) => { bus.on(kind, async () => { await make(kind) }) }) }" },
    { name: 'in a function that says nothing of its end', code: "const kinds = ['a', 'b']; export function create() { kinds.forEach(async (kind) => { await make(kind) }) }" },
    { name: 'in a callback that runs later', code: "const kinds = ['a', 'b']; export async function create() { bus.on('x', () => { kinds.forEach(async (kind) => { await make(kind) }) }) }" },
    { name: 'of something that may wait', code: 'export async function create(source) { await source.forEach(async (kind) => { await make(kind) }) }' },
    { name: 'a function of a module', code: "import async from 'async'; export async function create(xs) { await async.forEach(xs, async (x) => { await make(x) }) }" },
    { name: 'a list that is long, for another rule', code: "import { readdir, rm } from 'node:fs/promises'; export async function clean(dir) { const names = await readdir(dir); names.forEach(async (name) => { await rm(name) }) }" },
    { name: 'a test', code: "const kinds = ['a', 'b']; export async function create() { kinds.forEach(async (kind) => { await make(kind) }) }", filename: 'src/create.test.js' },
    { name: 'a page', code: "import { useState } from 'react'; const kinds = ['a', 'b']; export async function create() { kinds.forEach(async (kind) => { await make(kind) }) }" },
  ],
  invalid: [
    {
      name: 'a list of a few',
      code: "const kinds = ['a', 'b'];\nexport async function create() { kinds.forEach(async (kind) => { await make(kind) }) }",
      errors: each('`create`').map((error) => ({ ...error, line: 2, column: 34, endColumn: 47, suggestions: suggested(`${HELPER};\nconst kinds = ['a', 'b'];\nexport async function create() { await forEachBounded(kinds, async (kind) => { await make(kind) }, { concurrency: 10 }) }`) })),
    },
    {
      name: 'with every rewrite',
      code: "const kinds = ['a', 'b'];\nexport async function create() { kinds.forEach(async (kind) => { await make(kind) }) }",
      options: all,
      output: `${HELPER};\nconst kinds = ['a', 'b'];\nexport async function create() { await forEachBounded(kinds, async (kind) => { await make(kind) }, { concurrency: 10 }) }`,
      errors: each('`create`'),
    },
    {
      name: 'awaited, as if it gave a promise',
      code: 'export async function create() { const kinds = []; kinds.push(1); await kinds.forEach(async (kind) => { await make(kind) }) }',
      options: all,
      output: `${HELPER}\nexport async function create() { const kinds = []; kinds.push(1); await forEachBounded(kinds, async (kind) => { await make(kind) }, { concurrency: 10 }) }`,
      errors: each('`create`'),
    },
    {
      name: 'what a global gives',
      code: 'export async function create(kinds) { Object.keys(kinds).forEach(async (kind) => { await make(kind) }) }',
      options: all,
      output: `${HELPER}\nexport async function create(kinds) { await forEachBounded(Object.keys(kinds), async (kind) => { await make(kind) }, { concurrency: 10 }) }`,
      errors: each('`create`', 'Object.keys(kinds).forEach'),
    },
    {
      name: 'functions that catch what fails',
      code: "const kinds = ['a', 'b']; export async function create() { kinds.forEach(async (kind) => { try { await make(kind) } catch (error) { log(error) } }) }",
      options: all,
      output: `${HELPER};\nconst kinds = ['a', 'b']; export async function create() { await forEachBounded(kinds, async (kind) => { try { await make(kind) } catch (error) { log(error) } }, { concurrency: 10 }) }`,
      errors: each('`create`', 'kinds.forEach', 'what they fill is empty until then'),
    },
    {
      name: 'whose calls have a catch of their own',
      code: "const kinds = ['a', 'b']; export async function create() { kinds.forEach(async (kind) => { await make(kind).catch(log) }) }",
      errors: each('`create`', 'kinds.forEach', 'what they fill is empty until then').map((error) => ({ ...error, suggestions: suggested(`${HELPER};\nconst kinds = ['a', 'b']; export async function create() { await forEachBounded(kinds, async (kind) => { await make(kind).catch(log) }, { concurrency: 10 }) }`) })),
    },
    {
      name: 'in a callback that runs at once',
      code: "const kinds = ['a', 'b']; export async function create(groups) { for (const group of groups) kinds.forEach(async (kind) => { await make(group, kind) }) }",
      options: all,
      output: `${HELPER};\nconst kinds = ['a', 'b']; export async function create(groups) { for (const group of groups) await forEachBounded(kinds, async (kind) => { await make(group, kind) }, { concurrency: 10 }) }`,
      errors: each('`create`'),
    },
  ],
})

const app = "import express from 'express'; const app = express()"
const notify = 'async function notify(user) { await fetch(`https://example.com/${user}`) }'
const handler = (body: string, declared = notify) => `${app}; ${declared}; app.post('/users', (req, res) => { ${body}; res.end() })`
const call = [{ messageId: 'forgottenCall' as const, data: { call: 'notify(req.body)', way: 'handler POST /users' } }]

run('js', 'calls in handlers', rule, {
  valid: [
    { name: 'awaited', code: `${app}; ${notify}; app.post('/users', async (req, res) => { await notify(req.body); res.end() })` },
    { name: 'with a catch', code: handler('notify(req.body).catch(log)') },
    { name: 'marked', code: handler('void notify(req.body)') },
    { name: 'given to what owns it', code: handler('background(() => notify(req.body))') },
    { name: 'a function that catches what fails', code: handler('notify(req.body)', 'async function notify(user) { try { await fetch(user) } catch (error) { log(error) } }') },
    { name: 'a function whose call has a catch', code: handler('notify(req.body)', 'async function notify(user) { await fetch(user).catch(log) }') },
    { name: 'a function whose call has a catch, and a finally', code: handler('notify(req.body)', 'async function notify(user) { await fetch(user).then(done, log).finally(end) }') },
    { name: 'a function that catches what fails, after what it does at once', code: handler('notify(req.body)', 'async function notify(user) { if (!user) return; try { await fetch(user) } catch (error) { log(error) } }') },
    { name: 'a function that gives what has a catch', code: handler('notify(req.body)', 'const notify = async (user) => fetch(user).catch(log)') },
    { name: 'a function that does nothing outside', code: handler('notify(req.body)', 'async function notify(user) { await null; count += 1 }') },
    { name: 'a function that is not asynchronous', code: handler('notify(req.body)', 'function notify(user) { return fetch(user).catch(log) }') },
    { name: 'not in a handler', code: `${notify}; export function start() { notify('all') }` },
    { name: 'by a timer', code: `${notify}; setInterval(() => { notify('all') }, 1000)` },
    { name: 'a name that only looks like work', code: handler('notify(req.body)', 'async function notify(user) { await api.send(user) }') },
  ],
  invalid: [
    { code: handler('notify(req.body)'), errors: call },
    { name: 'without a catch', code: handler('notify(req.body)', 'async function notify(user) { await fetch(user).then(done).finally(end) }'), errors: call },
    { name: 'a catch of one call of two', code: handler('notify(req.body)', 'async function notify(user) { await fetch(user).catch(log); await fetch(user) }'), errors: call },
    { name: 'something outside the try', code: handler('notify(req.body)', 'async function notify(user) { await fetch(user); try { await fetch(user) } catch (error) { log(error) } }'), errors: call },
    { name: 'a catch that throws', code: handler('notify(req.body)', 'async function notify(user) { try { await fetch(user) } catch (error) { throw new Error(user) } }'), errors: call },
    { name: 'a try without a catch', code: handler('notify(req.body)', 'async function notify(user) { try { await fetch(user) } finally { end() } }'), errors: call },
    { name: 'a variable', code: handler('notify(req.body)', 'const notify = async (user) => { await fetch(user) }'), errors: call },
    {
      name: 'in a function of the handler',
      code: `${app}; ${notify}; function accept(user) { notify(user) }; app.post('/users', (req, res) => { accept(req.body); res.end() })`,
      errors: [{ messageId: 'forgottenCall', data: { call: 'notify(user)', way: 'handler POST /users → accept' } }],
    },
  ],
})

const audited = handler('audit(req.body)', "async function audit(user) { await record(user) }").replace('import', "import { record } from '#audit'; import")
const settings = (member: string) => ({ bounded: { apis: [{ module: '#audit', member, work: 'database', access: 'write' }] } })

run('js', 'functions that `settings.bounded.apis` knows', rule, {
  valid: [{ code: audited }, { code: audited, settings: settings('other') }],
  invalid: [{ code: audited, settings: settings('record'), errors: [{ messageId: 'forgottenCall', data: { call: 'audit(req.body)', way: 'handler POST /users' } }] }],
})

run('annotated', 'lists by annotation', rule, {
  valid: ['export async function create(kinds: Source<string>) { await kinds.forEach(async (kind) => { await make(kind) }) }'],
  invalid: [
    {
      code: 'export async function create(kinds: string[]) { await kinds.forEach(async (kind) => { await make(kind) }) }',
      options: all,
      output: `${HELPER}\nexport async function create(kinds: string[]) { await forEachBounded(kinds, async (kind) => { await make(kind) }, { concurrency: 10 }) }`,
      errors: each('`create`'),
    },
  ],
})
