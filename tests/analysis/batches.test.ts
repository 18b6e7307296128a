import { describe, expect, it } from 'vitest'
import { batchesOf, type Silence } from '../../src/analysis/batches/index.ts'
import { loopsOf } from '../../src/analysis/loops/index.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

const settings = settingsOf({})
const singles = (code: string) =>
  analyse(code, (sourceCode) => {
    const batches = batchesOf(sourceCode, settings, loopsOf(sourceCode, settings))
    return batches.all.map(({ call, silence, use, site, form }) => ({
      call: sourceCode.getText(call.callee), silence, use, list: sourceCode.getText(site.list), batch: form.batch, isFound: batches.of(site.task) !== null,
    }))
  })

const inOrder = (body: string) => `async function f(prisma, users, log, mail) { for (const user of users) { ${body} } }`
const create = 'prisma.user.create({ data: { name: user.name } })'

describe('the reason for silence', () => {
  it.each<readonly [Silence | null, string]>([
    [null, inOrder(`await ${create}`)],
    ['small', `async function f(prisma) { for (const user of [a, b]) await ${create} }`],
    ['together', 'async function f(prisma, users) { return Promise.all(users.map((user) => prisma.user.findUnique({ where: { id: user.id } }))) }'],
    ['apart', inOrder('await user.db.user.create({ data: { name: user.name } })')],
    ['ordered', inOrder('const found = await prisma.team.findFirst({ where: { id: user.teamId } }); if (found) return found')],
    ['ordered', `async function f(prisma, users) { let last; for (const user of users) { await prisma.user.create({ data: { name: user.name, last } }); last = user.id } }`],
    ['caught', inOrder(`try { await ${create} } catch (error) { log(error) }`)],
    ['dependent', inOrder(`const made = await ${create}; log(made)`)],
    ['unsure', inOrder(`await ${create}; await mail(user)`)],
    ['unsure', `async function f(prisma, it) { for (const user of it) await ${create} }`],
  ])('%s: %s', (silence, code) => {
    expect(singles(code)[0]?.silence).toBe(silence)
  })

  it('is the first that holds: a short list before a client of its own, and that before what is caught', () => {
    expect(singles('async function f() { for (const user of [a, b]) await user.db.user.create({ data: { name: user.name } }) }')[0]?.silence).toBe('small')
    expect(singles(inOrder('try { await user.db.user.create({ data: { name: user.name } }) } catch {}'))[0]?.silence).toBe('apart')
  })
})

it('gives the list, what becomes of the result, and the call for many', () => {
  expect(singles(inOrder(`await ${create}`))).toEqual([{ call: 'prisma.user.create', silence: null, use: 'none', list: 'users', batch: 'createMany', isFound: true }])
  expect(singles('async function f(prisma, users) { return Promise.all(users.map((user) => prisma.team.findFirst({ where: { id: user.teamId } }))) }')).toEqual([
    { call: 'prisma.team.findFirst', silence: null, use: 'kept', list: 'users', batch: 'findMany({ where: { …: { in: […] } } })', isFound: true },
  ])
})

it('finds promises that a loop collects, by the expression that starts each', () => {
  expect(singles(`async function f(prisma, users) { const all = []; for (const user of users) all.push(${create}); await Promise.all(all) }`)).toMatchObject([{ silence: null, use: 'none', isFound: true }])
})

it('names no call for a turn of which another part is in the way', () => {
  expect(singles(inOrder(`const made = await ${create}; await prisma.role.create({ data: { userId: made.id, name: user.role } })`)).map(({ isFound }) => isFound)).toEqual([false, false])
})

it.each([
  ['a function that nothing repeats', `async function f(prisma, user) { await ${create} }`],
  ['a callback that runs later', inOrder(`on('done', async () => { await ${create} })`)],
  ['statements of one transaction', `async function f(prisma, users) { await prisma.$transaction(users.map((user) => ${create})) }`],
])('sees nothing in %s', (_, code) => {
  expect(singles(code)).toEqual([])
})
