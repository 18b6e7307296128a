import { expect, it } from 'vitest'
import noSerialAwaits from '../../rules/no-serial-awaits.ts'
import { lint } from '../support/lint.ts'
import { run } from '../support/rule-tester.ts'

const all = [{ fixes: 'all' }] as const
const possible = [{ report: 'possible' }] as const
const together = (output: string) => [{ messageId: 'startTogether' as const, output }]
/** A program around the statements of one asynchronous function. */
const f = (...lines: string[]): string => `export async function f(id, db, items) {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`

run('js', 'reads that need nothing of each other', noSerialAwaits, {
  valid: [
    { name: 'the second uses what the first brings', code: f('const user = await getUser(id)', 'const posts = await getPosts(user.id)', 'return [user, posts]') },
    { name: 'it uses something made of it', code: f('const user = await getUser(id)', 'const key = user.id', 'const posts = await getPosts(key)', 'return [user, posts]') },
    { name: 'a default in its pattern does', code: f('const user = await getUser(id)', 'const { name = user.name } = await getProfile(id)', 'return name') },
    { name: 'they run together already', code: f('const [user, posts] = await Promise.all([getUser(id), getPosts(id)])', 'return [user, posts]') },
    { name: 'only one of them waits', code: f('const user = getUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]') },
    { name: 'what stands between may leave', code: f('const user = await getUser(id)', 'if (!user) return null', 'const posts = await getPosts(id)', 'return [user, posts]') },
    { name: 'what stands between has an effect', code: f('const user = await getUser(id)', 'audit(user)', 'const posts = await getPosts(id)', 'return [user, posts]') },
    { name: 'it waits only sometimes', code: f('const user = await getUser(id)', 'const posts = id ? await getPosts(id) : []', 'return [user, posts]') },
    { name: 'a resource that ends with the block', code: f('const user = await getUser(id)', 'await using lock = await getHandle(id)', 'return user') },
  ],
  invalid: [
    {
      code: f('const user = await getUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]'),
      errors: [{
        messageId: 'serialReads', line: 2, column: 16, endColumn: 33,
        data: { later: '`getPosts(id)` waits', first: 'getUser(id)', none: 'uses nothing', reads: 'both only read, by what their names say' },
        suggestions: [{
          messageId: 'startTogether',
          output: f('const [user, posts] = await Promise.all([getUser(id), getPosts(id)])', 'return [user, posts]'),
        }],
      }],
    },
    {
      name: 'declarations that call nothing between them',
      code: f('const user = await getUser(id)', 'const limit = 10', 'const { rows } = await getPosts(id, limit)', 'return [user, rows]'),
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'one after another, until one needs another',
      code: f('const a = await db.users.find(id);', 'const b = await db.posts.find(id);', 'const c = await db.tags.find(b.id);', 'const d = await db.likes.find(id);', 'return [a, b, c, d];'),
      options: all,
      output: f('const [a, b] = await Promise.all([db.users.find(id), db.posts.find(id)]);', 'const [c, d] = await Promise.all([db.tags.find(b.id), db.likes.find(id)]);', 'return [a, b, c, d];'),
      errors: [{ messageId: 'serialReads', line: 2 }, { messageId: 'serialReads', line: 4 }],
    },
    {
      name: 'long lines, comments above, and what a pattern takes',
      code: f('const user = await getUserWithAllTheirSettings(id)', '// newest first', 'const { rows } = await getPostsWithAllTheirComments(id)', 'return [user, rows]'),
      options: all,
      output: f('const [user, { rows }] = await Promise.all([', '  getUserWithAllTheirSettings(id),', '  // newest first', '  getPostsWithAllTheirComments(id),', '])', 'return [user, rows]'),
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'something around the `await`: reported, and left to a person',
      code: f('const user = (await getUser(id)) ?? items[0]', 'const posts = await getPosts(id)', 'return [user, posts]'),
      options: all,
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'a comment that would be lost',
      code: f('const user = await getUser(id) // the owner', 'const posts = await getPosts(id)', 'return [user, posts]'),
      options: all,
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: '`let` and `const`',
      code: f('let user = await getUser(id)', 'const posts = await getPosts(id)', 'user = null', 'return [user, posts]'),
      options: all,
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'a `Promise` of their own',
      code: `const Promise = load()\n${f('const user = await getUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]')}`,
      options: all,
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'modules',
      code: f("const { a } = await import('a')", "const b = await import('b')", 'return [a, b]'),
      options: all,
      output: f("const [{ a }, b] = await Promise.all([import('a'), import('b')])", 'return [a, b]'),
      errors: [{ messageId: 'serialReads', data: { later: "`import('b')` waits", first: "import('a')", none: 'uses nothing', reads: 'both only read' } }],
    },
    {
      name: 'in a case',
      code: 'export async function f(id) { switch (id) { case 1: const user = await getUser(id); const posts = await getPosts(id); return [user, posts] } }',
      errors: [{
        messageId: 'serialReads',
        suggestions: [{
          messageId: 'startTogether',
          output: 'export async function f(id) { switch (id) { case 1: const [user, posts] = await Promise.all([getUser(id), getPosts(id)]); return [user, posts] } }',
        }],
      }],
    },
  ],
})

run('js', 'in one literal', noSerialAwaits, {
  valid: [
    f('return { user: await getUser(id), posts: [] }'),
    f('return { user: await getUser(id), saved: save(id), posts: await getPosts(id) }'),
    f('return [await getUser(id), ...items]'),
    f('return Promise.all([getUser(id), getPosts(id)])'),
  ],
  invalid: [
    {
      code: f('return { user: await getUser(id), count: 1, posts: await getPosts(id) }'),
      errors: [{ messageId: 'serialReads', line: 2, column: 18 }],
    },
    {
      code: f('return [await getUser(id), await getPosts(id)]'),
      options: all,
      output: f('return await Promise.all([getUser(id), getPosts(id)])'),
      errors: [{ messageId: 'serialReads' }],
    },
    {
      code: f('return [await getUser(id), await getPosts(id)].flat()'),
      options: all,
      output: f('return (await Promise.all([getUser(id), getPosts(id)])).flat()'),
      errors: [{ messageId: 'serialReads' }],
    },
    {
      code: f('return Promise.all([await getUser(id), await getPosts(id)])'),
      options: all,
      output: f('return Promise.all([getUser(id), getPosts(id)])'),
      errors: [{ messageId: 'serialReads' }],
    },
    { code: f('return [await getUser(id), await getPosts(id), 1]'), options: all, errors: [{ messageId: 'serialReads' }] },
  ],
})

run('js', 'what is done for its effect, or keeps an order', noSerialAwaits, {
  valid: [
    { name: 'a write', code: f('const user = await createUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]') },
    { name: 'a name that does more than look', code: f('const user = await getOrCreateUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]') },
    { name: 'the next of something', code: f('const a = await getNextJob(db)', 'const b = await getNextJob(db)', 'return [a, b]') },
    { name: 'no value is kept', code: f('await getReady()', 'const posts = await getPosts(id)', 'return posts') },
    { name: 'a condition of what follows', code: f('const ok = await checkAccess(id)', 'const posts = await getPosts(id)', 'return [ok, posts]') },
    { name: 'configuration that others may rest on', code: f('const config = await loadConfig()', 'const posts = await getPosts(id)', 'return [config, posts]') },
    { name: 'who is asking', code: f('const session = await getSession(id)', 'const posts = await getPosts(id)', 'return [session, posts]') },
    { name: 'one page', code: 'export async function f(page) { const a = await page.getTitle(); const b = await page.getContent(); return [a, b] }' },
    { name: 'one transaction', code: f('const user = await findUser(id, { transaction: items })', 'const posts = await findPosts(id, { transaction: items })', 'return [user, posts]') },
    { name: 'a person is asked', code: f("const name = await ask('Name?')", "const mail = await ask('Mail?')", 'return [name, mail]') },
    { name: 'a delay', code: f('const a = await sleep(100)', 'const b = await getPosts(id)', 'return [a, b]') },
    { name: 'a callback', code: 'export async function f(get) { const a = await get(1); const b = await get(2); return [a, b] }' },
    {
      name: 'a function of the file that remembers',
      code: `let last\nasync function getUser(id) { last = id; return (await fetch('/users/' + id)).json() }\n${f('const user = await getUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]')}`,
    },
    {
      name: 'a function of the file that writes',
      code: `import { writeFile } from 'node:fs/promises'\nasync function getReport(id) { await writeFile('log', id); return id }\n${f('const user = await getUser(id)', 'const report = await getReport(id)', 'return [user, report]')}`,
    },
    {
      name: 'a function of the file that waits for nothing',
      code: `async function getKey(id) { return 'user:' + id }\n${f('const key = await getKey(id)', 'const posts = await getPosts(id)', 'return [key, posts]')}`,
    },
    { name: 'tests', code: f('const user = await getUser(id)', 'const posts = await getPosts(id)', 'return [user, posts]'), filename: 'src/users.test.js' },
    { name: 'tests by their API', code: "import { it } from 'vitest'\nit('works', async () => { const user = await getUser(1); const posts = await getPosts(1); use(user, posts) })" },
  ],
  invalid: [
    { name: 'options that hold no transaction', code: f('const a = await findUser(id, { limit: 1 })', 'const b = await findPosts(id)', 'return [a, b]'), errors: [{ messageId: 'serialReads', suggestions: together(f('const [a, b] = await Promise.all([findUser(id, { limit: 1 }), findPosts(id)])', 'return [a, b]')) }] },
    {
      name: 'a function of the file that only reads',
      code: `async function user(id) { return (await fetch('/users/' + id)).json() }\n${f('const a = await user(id)', 'const b = await user(id + 1)', 'return [a, b]')}`,
      options: all,
      output: `async function user(id) { return (await fetch('/users/' + id)).json() }\n${f('const [a, b] = await Promise.all([user(id), user(id + 1)])', 'return [a, b]')}`,
      errors: [{ messageId: 'serialReads', data: { later: '`user(id + 1)` waits', first: 'user(id)', none: 'uses nothing', reads: 'both only read' } }],
    },
    {
      name: 'a table says so',
      code: `import { readFile } from 'node:fs/promises'\n${f("const a = await readFile('a')", "const b = await readFile('b')", "const c = await readFile('c')", 'return [a, b, c]')}`,
      errors: [{ messageId: 'serialReads', data: { later: "`readFile('b')` and `readFile('c')` wait", first: "readFile('a')", none: 'use nothing', reads: 'all only read' }, suggestions: together(`import { readFile } from 'node:fs/promises'\n${f("const [a, b, c] = await Promise.all([readFile('a'), readFile('b'), readFile('c')])", 'return [a, b, c]')}`) }],
    },
    { name: 'a table of sessions is no session', code: f('const a = await db.session.findMany(id)', 'const b = await db.post.findMany(id)', 'return [a, b]'), errors: [{ messageId: 'serialReads', suggestions: together(f('const [a, b] = await Promise.all([db.session.findMany(id), db.post.findMany(id)])', 'return [a, b]')) }] },
  ],
})

/** A row of two: reported with a suggestion, whatever that is. */
const row = (name: string, ...lines: string[]) => ({ name, code: f(...lines, 'return [a, b]'), errors: [{ messageId: 'serialReads' as const, suggestions: 1 }] as never })

run('js', 'what needs another by way of something else', noSerialAwaits, {
  valid: [
    { name: 'a hoisted function', code: f('const a = await getUser(id)', 'const b = await readPosts()', 'return [a, b]', "async function readPosts() { return (await fetch('/posts/' + a.id)).json() }") },
    { name: 'a function from above', code: f('const key = () => a.id', 'const a = await getUser(id)', 'const b = await getPosts(key())', 'return [a, b]') },
    { name: 'one that another call has wrapped', code: f('const key = once(() => a.id)', 'const a = await getUser(id)', 'const b = await getPosts(key())', 'return [a, b]') },
    { name: 'a call beside the `await`, which may leave', code: f('const a = (await getUser(id)) ?? notFound()', 'const b = await getPosts(id)', 'return [a, b]') },
    { name: 'a call in the pattern, which may leave', code: f('const { a = fail() } = await getUser(id)', 'const b = await getPosts(id)', 'return [a, b]') },
    { name: 'the same question twice', code: f('const a = await getBalance(id)', 'const b = await getBalance(id)', 'return [a, b]') },
    { name: 'the next bytes', code: f('const a = await items.readUInt32LE()', 'const b = await items.readString(8)', 'return [a, b]') },
    { name: 'the next line', code: 'export class Parser { async head() { const a = await this.readLine(); const b = await this.readLine(1); return [a, b] } }' },
    { name: 'bytes of a file', code: f('const a = await items.read(4)', 'const b = await items.read(8)', 'return [a, b]') },
    { name: 'a person', code: f("const a = await getInput('Name?')", "const b = await getInput('Mail?')", 'return [a, b]') },
    { name: 'a person who picks', code: f('const a = await selectFolder(id)', 'const b = await selectName(id)', 'return [a, b]') },
    { name: 'something to give back', code: f('const a = await db.getConnection()', 'const b = await getPosts(id)', 'return [a, b]') },
    { name: 'a transaction by another name', code: 'export const f = (prisma, id) => prisma.$transaction(async (db) => { const a = await db.user.findFirst(id); const b = await db.post.findFirst(id); return [a, b] })' },
    { name: 'handed on', code: 'export const f = (knex, id) => knex.transaction(async (db) => { const a = await findUser(db, id); const b = await findPosts(db, id); return [a, b] })' },
    { name: 'a member of the class that remembers', code: "export class A { async getToken(x) { this.token = await (await fetch(x)).text(); return 1 }\n async getUser(x) { return (await fetch(x, { headers: { token: this.token } })).json() }\n async both(x) { const a = await this.getToken(x); const b = await this.getUser(x); return [a, b] } }" },
    { name: 'a resource between them', code: f('const a = await getUser(id)', 'using x = db', 'const b = await getPosts(id)', 'return [a, b]') },
  ],
  invalid: [
    row('a function from above that mentions neither', 'const key = () => id', 'const a = await getUser(id)', 'const b = await getPosts(key())'),
    { name: 'a plain value beside the `await`', code: f('const a = (await getUser(id)) ?? null', 'const b = await getPosts(id)', 'return [a, b]'), errors: [{ messageId: 'serialReads' }] },
    row('a plain value in the pattern', 'const { a = null } = await getUser(id)', 'const b = await getPosts(id)'),
    row('another question', 'const a = await getBalance(id)', 'const b = await getBalance(db)'),
    row('whole files', 'const a = await items.readJson(id)', 'const b = await items.readText(db)'),
    row('nobody is asked', 'const a = await getName(id)', 'const b = await getMail(id)'),
    row('nothing to give back', 'const a = await db.getName(id)', 'const b = await getPosts(id)'),
    { name: 'a callback of something else', code: 'export const f = (prisma, id) => prisma.users(async (db) => { const a = await db.user.findFirst(id); const b = await db.post.findFirst(id); return [a, b] })', errors: [{ messageId: 'serialReads', suggestions: 1 }] as never },
    { name: 'members that remember nothing', code: "export class A { async getToken(x) { return (await fetch(x)).text() }\n async getUser(x) { return (await fetch(x)).json() }\n async both(x) { const a = await this.getToken(x); const b = await this.getUser(x); return [a, b] } }", errors: [{ messageId: 'serialReads', suggestions: 1 }] as never },
    {
      name: 'parentheses after `await`',
      code: f('return [await (getUser(id)), await getPosts(id)]'),
      options: all,
      output: f('return await Promise.all([(getUser(id)), getPosts(id)])'),
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'comments among the elements',
      code: f('return [', '  await getUser(id), // one', '  await getPosts(id), // two', ']'),
      options: all,
      output: f('return await Promise.all([', '  getUser(id), // one', '  getPosts(id), // two', '])'),
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'in the head of a loop',
      code: f('for (const x of [await getUser(id), await getPosts(id)]) show(x)'),
      options: all,
      output: f('for (const x of await Promise.all([getUser(id), getPosts(id)])) show(x)'),
      errors: [{ messageId: 'serialReads' }],
    },
  ],
})

const jsx = { languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }

run('js', 'elements', noSerialAwaits, {
  valid: [{ code: f('const View = await getView(id)', 'const page = await getPage(<View />)', 'return page'), ...jsx }],
  invalid: [{ ...row('of something else', 'const a = await getView(id)', 'const b = await getPage(<Other />)'), ...jsx }],
})

run('js', 'possible: nothing says what they do', noSerialAwaits, {
  valid: [
    f('const a = await summary(id)', 'const b = await totals(id)', 'return [a, b]'),
    { code: f('const a = await summary(id)', 'const b = await totals(a)', 'return [a, b]'), options: possible },
    { code: f('const a = await startServer(id)', 'const b = await totals(id)', 'return [a, b]'), options: possible },
  ],
  invalid: [
    {
      code: f('const a = await summary(id)', 'const b = await totals(id)', 'return [a, b]'),
      options: possible,
      errors: [{ messageId: 'perhapsSerial', data: { later: '`totals(id)` waits', first: 'summary(id)', none: 'uses nothing', reads: 'both only read' }, suggestions: together(f('const [a, b] = await Promise.all([summary(id), totals(id)])', 'return [a, b]')) }],
    },
  ],
})

run('annotated', 'types', noSerialAwaits, {
  valid: [],
  invalid: [
    {
      name: 'a name with a type of its own is left to a person',
      code: 'export async function f(id: string) {\n  const user: User = await getUser(id)\n  const posts = await getPosts(id)\n  return { user, posts }\n}',
      options: all,
      errors: [{ messageId: 'serialReads' }],
    },
    {
      name: 'what only a literal can be',
      code: 'export async function f(id: string) { return [await getUser(id), await getPosts(id)] as const }',
      options: all,
      errors: [{ messageId: 'serialReads' }],
    },
    {
      code: 'export async function f(id: string) { return [await getUser(id), await getPosts(id)] as Both }',
      options: all,
      output: 'export async function f(id: string) { return await Promise.all([getUser(id), getPosts(id)]) as Both }',
      errors: [{ messageId: 'serialReads' }],
    },
    {
      code: 'export async function f(id: string) {\n  type Key = string\n  const user = await getUser<User>(id)\n  const posts = await getPosts(id as Key)\n  return { user, posts }\n}',
      options: all,
      output: 'export async function f(id: string) {\n  type Key = string\n  const [user, posts] = await Promise.all([getUser<User>(id), getPosts(id as Key)])\n  return { user, posts }\n}',
      errors: [{ messageId: 'serialReads' }],
    },
  ],
})

it('calls reads that look the same by the names of their results', () => {
  const message = (other: string): string | undefined =>
    lint(noSerialAwaits, `export async function f(where, there) {\n  const open = await prisma.link.count({ where, orderBy: { id: 'asc' } })\n  const done = await prisma.${other}.count({ where: there, orderBy: { id: 'asc' } })\n  return { open, done }\n}`)[0]?.message
  expect(message('link')).toContain('`done` waits for `open`')
  expect(message('user')).toContain('`prisma.user.count(…)` waits for `prisma.link.count(…)`')
})
