/** What is made only where none was found, and what is read and written back, with twins that look for something of their own, or write something else. */
import { expect, it } from 'vitest'
import { loopsOf, type Loop } from '../../src/analysis/loops/index.ts'
import { isLoop, walk } from '../../src/ast/nodes.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { changingVerbs, distinctConstructors, distinctMethods, distinctWords, ownKeyWords, keepingMethods, lookingVerbs, makingVerbs, manyWords } from '../../src/knowledge/stores.ts'
import { analyse } from '../support/lint.ts'

function verdictOf(code: string): string {
  return analyse(`async function f(xs) { ${code} }`, (sourceCode) => {
    const loops: Loop[] = []
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => void (isLoop(node) && loops.push(node)))
    const verdict = loopsOf(sourceCode, settingsOf({})).verdictOf(loops[0] as Loop)
    return verdict.kind === 'ordered' ? `${verdict.reason}: ${sourceCode.getText(verdict.because)}` : verdict.kind
  })
}

const CREATE = 'tags.create({ name: x.name })'
const whenMissing = (test: string): string => `for (const x of xs) { const tag = await tags.findOne({ name: x.name }); ${test} }`

it.each([
  ['in the branch of a test', `if (!tag) await ${CREATE}`, `if (!x.old) await ${CREATE}`],
  ['as the other branch', `if (tag) log(tag); else await ${CREATE}`, `if (tag) await ${CREATE}`],
  ['after going on with the next element', `if (tag) continue; await ${CREATE}`, `if (!tag) continue; await ${CREATE}`],
  ['in a block that leaves', `if (tag) { log(tag); continue } await ${CREATE}`, `if (tag) { log(tag) } await ${CREATE}`],
  ['compared with nothing', `if (tag == null) await ${CREATE}`, `if (tag != null) await ${CREATE}`],
  ['by a number of rows', `if (tag.length === 0) await ${CREATE}`, `if (tag.length > 0) await ${CREATE}`],
  ['by a flag', `if (tag === false) await ${CREATE}`, `if (tag === true) await ${CREATE}`],
  ['by a part of it', `const row = tag.rows[0]; if (!row) await ${CREATE}`, `const row = parse(tag); if (!row) await ${CREATE}`],
  ['with another condition', `if (x.ok && !tag) await ${CREATE}`, `if (x.ok && tag) await ${CREATE}`],
  ['by a conditional', `log(tag ? tag : await ${CREATE})`, `log(tag ? await ${CREATE} : tag)`],
  ['by ??', `log(tag ?? (await ${CREATE}))`, `log(tag && (await ${CREATE}))`],
  ['not where a text is compared', `if (tag !== undefined) log(tag); else await ${CREATE}`, `if (tag === 'none') await ${CREATE}`],
  ['by a model that saves itself', 'if (!tag) await tags.save(new Tag(x))', 'if (!tag) await labels.save(new Tag(x))'],
])('%s', (_, made, twin) => {
  expect(verdictOf(whenMissing(made))).toMatch(/^found-or-made: tags\./)
  expect(verdictOf(whenMissing(twin))).toBe('independent')
})

it.each([
  ['its own id', '{ name: x.name }', '{ id: x.id }'],
  ['its own id, by its own name', '{ tag: x.tagId }', '{ tag: x.xId }'],
  ['what several elements share', '{ userId: x.userId }', '{ uuid: x.uuid }'],
  ['what is worked out of it', 'x.id % 2', '`tag ${x.id}`'],
  ['what a function makes of it', 'slug(x.id)', '"tag " + x.id'],
])('by %s', (_, key, own) => {
  const code = (where: string): string => `for (const x of xs) { if (!(await tags.findOne(${where}))) await tags.create(x) }`
  expect(verdictOf(code(key))).toBe('found-or-made: tags.create(x)')
  expect(verdictOf(code(own))).toBe('independent')
})

it.each([
  ['a list with nothing twice', 'for (const x of xs)', 'for (const x of new Set(xs))'],
  ['keys', 'for (const x of xs)', 'for (const x of Object.keys(xs))'],
  ['a list with nothing twice, by a part of each', 'for (const x of [...new Set(xs)].map(half))', 'for (const x of [...new Set(xs)])'],
  ['a list that a function has cleared of doubles', 'for (const x of list(xs))', 'for (const x of uniq(xs))'],
  ['a list made of a set', 'for (const x of Array.from(xs))', 'for (const x of Array.from(new Set(xs)).filter(isNew))'],
  ['the names of an object', 'for (const x of xs)', 'for (const x in xs)'],
  ['ids', 'for (const x of xs)', 'for (const userId of xs)'],
])('over %s', (_, head, own) => {
  const code = (loop: string): string => {
    const name = /const (\w+)/.exec(loop)?.[1] ?? ''
    return `${loop} { const found = await repo.find(${name}); if (!found) await repo.insert(${name}) }`
  }
  expect(verdictOf(code(head))).toBe('found-or-made: repo.insert(x)')
  expect(verdictOf(code(own))).toBe('independent')
})

it.each([
  ['one assignment', 'for (const x of xs) { let tag = await tags.findOne(x); tag ??= await tags.create(x); log(tag) }', 'for (const x of xs) { let tag = await tags.findOne(x); tag &&= await tags.create(x); log(tag) }'],
  ['functions of one thing', 'for (const x of xs) { const found = await findUserByEmail(x); if (!found) await createUser(x) }', 'for (const x of xs) { const found = await findUserByEmail(x); if (!found) await createLetter(x) }'],
  ['one table of a query builder', "for (const x of xs) { const row = await db('tags').where({ name: x }).first(); if (!row) await db('tags').insert({ name: x }) }", "for (const x of xs) { const row = await db('tags').where({ name: x }).first(); if (!row) await db('misses').insert({ name: x }) }"],
  ['one table of a statement', "for (const x of xs) { const rows = await db.query('select id from tags where name = $1', [x]); if (!rows.length) await db.query('insert into tags (name) values ($1)', [x]) }", "for (const x of xs) { const rows = await db.query('select id from tags where name = $1', [x]); if (!rows.length) await db.query('insert into tags (name) values ($1) on conflict do nothing', [x]) }"],
  ['one address', 'for (const x of xs) { const { data } = await api.get(`/tags?name=${x}`); if (!data) await api.post("/tags", x) }', 'for (const x of xs) { const { data } = await api.get(`/tags?name=${x}`); if (!data) await api.post("/letters", x) }'],
  ['a function of the file', 'for (const x of xs) await tagFor(x.name); async function tagFor(name) { return (await tags.find(name)) ?? tags.create(name); }', 'for (const x of xs) await tagFor(x.id); async function tagFor(name) { return (await tags.find(name)) ?? tags.create(name); }'],
])('through %s', (_, code, twin) => {
  expect(verdictOf(code)).toMatch(/^found-or-made: /)
  expect(verdictOf(twin)).toBe('independent')
})

it('follows a constant to the list', () => {
  const code = (list: string): string => `const names = ${list}; for (const x of names) { const found = await repo.find(x); if (!found) await repo.insert(x) }`
  expect(verdictOf(code('xs'))).toBe('found-or-made: repo.insert(x)')
  expect(verdictOf(code('[...new Set(xs)]'))).toBe('independent')
})

it.each([
  ['a part of what the list holds once', 'for (const { name } of new Set(xs)) { if (!(await tags.find(name))) await tags.create(name) }', 'for (const { id } of new Set(xs)) { if (!(await tags.find(id))) await tags.create(id) }'],
  ['a value beside its key', 'for (const [i, x] of xs.entries()) { if (!(await tags.find(x))) await tags.create(x) }', 'for (const x of xs.entries()) { if (!(await tags.find(x))) await tags.create(x) }'],
  ['a key of something else that is taken out', 'for (const { userId } of xs) { if (!(await tags.find(userId))) await tags.create(userId) }', 'for (const userId of xs) { if (!(await tags.find(userId))) await tags.create(userId) }'],
  ['a part that the body takes out', 'for (const x of new Set(xs)) { const { name } = x; if (!(await tags.find(name))) await tags.create(x) }', 'for (const x of new Set(xs)) { const { id } = x; if (!(await tags.find(id))) await tags.create(x) }'],
  ['what a function makes of it, kept', 'for (const x of xs) { const key = slug(x.id); if (!(await tags.find(key))) await tags.create(x) }', 'for (const x of xs) { const key = `tag ${x.id}`; if (!(await tags.find(key))) await tags.create(x) }'],
])('by %s', (_, code, twin) => {
  expect(verdictOf(code)).toMatch(/^found-or-made: /)
  expect(verdictOf(twin)).toBe('independent')
})

/** Every word decides: with it the two calls are about one thing, with another they are not. */
it.each([
  ...[...lookingVerbs].map((verb) => [`if (!(await tags.${verb}(x.name))) await tags.create(x)`, `if (!(await tags.wait(x.name))) await tags.create(x)`]),
  ...[...makingVerbs].map((verb) => [`if (!(await tags.find(x.name))) await tags.${verb}(x)`, `if (!(await tags.find(x.name))) await tags.delete(x)`]),
  ...[...manyWords].map((word) => [`if (!(await find_tag_${word}(x.name))) await createTag(x)`, `if (!(await find_tag_old(x.name))) await createTag(x)`]),
])('%s, and not %s', (made, twin) => {
  expect(verdictOf(`for (const x of xs) { await fetch(x); ${made} }`)).toMatch(/^found-or-made: /)
  expect(verdictOf(`for (const x of xs) { await fetch(x); ${twin} }`)).toBe('independent')
})

it.each([
  ...[...distinctConstructors].map((name) => `new ${name}(xs)`),
  ...[...distinctMethods].map((name) => `xs.${name}()`),
  ...[...distinctWords].map((word) => `${word}(xs)`),
  ...[...keepingMethods].map((name) => `[...new Set(xs)].${name}(f)`),
])('%s holds nothing twice', (list) => {
  expect(verdictOf(`for (const x of ${list}) { if (!(await tags.find(x))) await tags.create(x) }`)).toBe('independent')
})

it.each([
  'const a = a.filter(f); for (const x of a) { if (!(await tags.find(x))) await tags.create(x) }',
  'for (const x of xs) { const a = a + x.name; if (!(await tags.find(a))) await tags.create(x) }',
])('ends on what goes round in a circle: %s', (code) => {
  expect(verdictOf(code)).toBe('found-or-made: tags.create(x)')
})

it.each([...ownKeyWords])('an element has its own %s', (word) => {
  expect(verdictOf(`for (const x of xs) { if (!(await tags.find(x.${word}))) await tags.create(x) }`)).toBe('independent')
})

it.each([
  ['a thing that saves itself', 'const a = await accounts.findById(x.accountId); a.sum -= x.n; await a.save()', 'const a = await accounts.findById(x.id); a.sum -= x.n; await a.save()'],
  ['by the name of the element', 'const a = await accounts.findById(x.accountId); a.sum -= x.n; await a.save()', 'const a = await accounts.findById(x.xId); a.sum -= x.n; await a.save()'],
  ['through its store', 'const a = await accounts.find({ id: x.accountId }); await accounts.update({ sum: a.sum - x.n })', 'const a = await accounts.find({ id: x.accountId }); await accounts.update({ id: a.id, sum: x.n })'],
  ['into the same store', 'const a = await accounts.find({ id: x.accountId }); await accounts.update({ sum: a.sum - x.n })', 'const a = await accounts.find({ id: x.accountId }); await ledgers.update({ sum: a.sum - x.n })'],
  ['by a key that is taken out', 'const { accountId } = x; const a = await accounts.findById(accountId); a.sum -= x.n; await a.save()', 'const { id } = x; const a = await accounts.findById(id); a.sum -= x.n; await a.save()'],
  ['by a statement', "const [a] = await db.query('select sum from accounts where id = $1', [x.accountId]); await db.query('update accounts set sum = $1', [a.sum - x.n])", "const [a] = await db.query('select sum from accounts where id = $1', [x.accountId]); await db.query('update ledgers set sum = $1', [a.sum - x.n])"],
  ['and not taken away', 'const a = await accounts.findById(x.accountId); await a.update({ sum: 1 })', 'const a = await accounts.findById(x.accountId); await a.remove({ sum: 1 })'],
])('is written back: %s', (_, code, twin) => {
  expect(verdictOf(`for (const x of xs) { ${code} }`)).toMatch(/^carried: /)
  expect(verdictOf(`for (const x of xs) { ${twin} }`)).toBe('independent')
})

it.each([...changingVerbs])('%s writes back', (verb) => {
  expect(verdictOf(`for (const x of xs) { const a = await accounts.find(x.accountId); await a.${verb}() }`)).toBe(`carried: a.${verb}()`)
})
