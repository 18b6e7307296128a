import rule from '../../rules/no-await-while-holding.ts'
import { run } from '../support/rule-tester.ts'

const fixtures = new URL('../fixtures/typed', import.meta.url).pathname

const prisma = "import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient()"
const inPrisma = (body: string, top = '') => `${prisma}; ${top}; export async function pay(order, db) { await prisma.$transaction(async (tx) => { ${body} }) }`
const network = 'waits for an answer over the network'
const byName = `by its name ${network}`
const held = '`prisma.$transaction` holds a connection'
const possible = [{ report: 'possible' }] as const

run('js', 'in a transaction', rule, {
  valid: [
    { name: 'before it', code: `${prisma}; export async function pay(order) { const rate = await fetch(order.url); await prisma.$transaction(async (tx) => { await tx.order.update({ data: { rate } }) }) }` },
    { name: 'after it', code: `${prisma}; export async function pay(order) { await prisma.$transaction(async (tx) => { await tx.order.update({ data: order }) }); await fetch(order.url) }` },
    { name: 'a query of the transaction', code: inPrisma('await tx.order.update({ data: order })') },
    { name: 'a list of queries and no callback', code: `${prisma}; export const pay = (order) => prisma.$transaction([prisma.order.create(order), prisma.item.create(order)])` },
    { name: 'nobody waits', code: inPrisma('fetch(order.url).catch(report); await tx.order.update({ data: order })') },
    { name: 'nobody waits for the loop', code: inPrisma('order.items.forEach(async (item) => { await fetch(item.url) })') },
    { name: 'put off until later', code: inPrisma('tx.afterCommit(async () => { await fetch(order.url) })') },
    { name: 'put off by a timer', code: inPrisma('setTimeout(async () => { await fetch(order.url) }, 100)') },
    { name: 'only where it has failed', code: inPrisma('try { await tx.order.update({ data: order }) } catch (error) { await fetch(alarm); throw error }') },
    { name: 'a race is there to wait no longer', code: inPrisma('await Promise.race([fetch(order.url), stopped])') },
    { name: 'a file', code: inPrisma("await readFile('a')", "import { readFile } from 'node:fs/promises'") },
    { name: 'another database', code: inPrisma("await redis.set('a', 1)", "import Redis from 'ioredis'; const redis = new Redis()") },
    { name: 'a turn of the event loop', code: inPrisma('await setTimeout(0); await tx.order.update(order)', "import { setTimeout } from 'node:timers/promises'") },
    { name: 'a test', code: inPrisma('await fetch(order.url)'), filename: 'src/pay.test.js' },
    { name: 'a script', code: `${prisma}; await prisma.$transaction(async (tx) => { await tx.order.create({ data: await fetch('https://a.b') }) })` },
    { name: 'a page', code: `'use client'; ${inPrisma('await fetch(order.url)')}` },
    { name: 'a method of that name of something else', code: "export const f = (store) => store.transaction(async (tx) => { await fetch('https://a.b') })" },
    { name: 'a database of browsers', code: "export const f = (db) => db.transaction('rw', async (tx) => { await fetch('https://a.b') })" },
    { name: 'nothing is handed to the callback', code: "export const f = (db) => db.transaction(async () => { await fetch('https://a.b') })" },
  ],
  invalid: [
    { name: 'its result is needed', code: inPrisma('const rate = await fetch(order.url); await tx.order.update({ data: { rate } })'), errors: [{ messageId: 'before', data: { call: 'fetch(order.url)', waits: network, held, handle: '`tx`', apart: ', and is no part of the transaction' } }] },
    { name: 'its result is not needed', code: inPrisma('await tx.order.update({ data: order }); await fetch(order.url)'), errors: [{ messageId: 'after' }] },
    { name: 'its result is what the callback gives back', code: inPrisma('const row = await tx.order.update({ data: order }); return fetch(row.url)'), errors: [{ messageId: 'after' }] },
    { name: 'it needs what was read, and what is written needs it', code: inPrisma('const row = await tx.order.findFirst(); const rate = await fetch(row.url); await tx.order.update({ data: { rate } })'), errors: [{ messageId: 'between' }] },
    { name: 'it is only made where something was read', code: inPrisma('const row = await tx.order.findFirst(); if (!row) throw new Error("none"); const rate = await fetch(order.url); await tx.order.update({ data: { rate } })'), errors: [{ messageId: 'between' }] },
    { name: 'it is made where a row is missing', code: inPrisma('const row = await tx.order.findFirst(); if (!row) { const rate = await fetch(order.url); await tx.order.create({ data: { rate } }) }'), errors: [{ messageId: 'between' }] },
    { name: 'a check that brings nothing', code: inPrisma('await octokit.checkAdmin(order.user); await tx.order.update({ data: order })', "import { octokit } from './github.js'"), errors: [{ messageId: 'before' }] },
    { name: 'several at once', code: inPrisma('const rates = await Promise.all(order.items.map((item) => fetch(item.url))); await tx.rate.createMany({ data: rates })'), errors: [{ messageId: 'before' }] },
    { name: 'in a loop', code: inPrisma('for (const item of order.items) { await tx.item.update(item); await fetch(item.url) }'), errors: [{ messageId: 'after' }] },
    { name: 'chained', code: inPrisma('const rate = await fetch(order.url).then((response) => response.json()); await tx.rate.create({ data: rate })'), errors: [{ messageId: 'before' }] },
    {
      name: 'a function of the file',
      code: inPrisma('const rate = await rateOf(order); await tx.rate.create({ data: rate })', 'async function rateOf(order) { const response = await fetch(order.url); return response.json() }'),
      errors: [{ messageId: 'before', data: { call: 'rateOf(order)', waits: `${network} (\`fetch(order.url)\` in \`rateOf\`)`, held, handle: '`tx`', apart: ', and is no part of the transaction' } }],
    },
    { name: 'a function of the file that gets the transaction', code: inPrisma('await charge(tx, order)', 'async function charge(tx, order) { await fetch(order.url); await tx.order.update({ data: order }) }'), errors: [{ messageId: 'after' }] },
    { name: 'a pause', code: inPrisma('await setTimeout(500); await tx.order.update(order)', "import { setTimeout } from 'node:timers/promises'"), errors: [{ messageId: 'pause', data: { call: 'setTimeout(500)', waits: 'lets time pass', held, handle: '`tx`', apart: ', and is no part of the transaction' } }] },
    { name: 'a pause made of a timer', code: inPrisma('await new Promise((resolve) => setTimeout(resolve, 500)); await tx.order.update(order)'), errors: [{ messageId: 'pause' }] },
    { name: 'another process', code: inPrisma("await run('git', ['push'])", "import { execFile } from 'node:child_process'; import { promisify } from 'node:util'; const run = promisify(execFile)"), errors: [{ messageId: 'after', data: { call: "run('git', ['push'])", waits: 'waits for another process', held, handle: '`tx`', apart: ', and is no part of the transaction' } }] },
  ],
})

const inside = (begin: string, body = "await fetch('https://a.b')") => `export async function f(x, db, sql, knex, sequelize, session, dataSource, prisma, em) { await ${begin.replace('BODY', body)} }`

run('js', 'what holds a connection', rule, {
  valid: [
    { name: 'a session that somebody else has', code: inside('x.withTransaction(async () => { BODY })') },
    { name: 'a wrapper that hands nothing over', code: inside('runInTransaction(async () => { BODY })') },
    { name: 'something else that begins', code: inside('x.begin(async (step) => { BODY })') },
    { name: 'a model of its own', code: inside('person.transaction(async (trx) => { BODY })') },
  ],
  invalid: [
    { name: 'Prisma', code: inside('prisma.$transaction(async (tx) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'a wrapper around Prisma', code: inside('$transaction(prisma, async (tx) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Drizzle', code: inside('db.transaction(async (tx) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Knex', code: inside('knex.transaction(async (trx) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Sequelize', code: inside('sequelize.transaction(async (t) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Sequelize that binds queries by itself', code: inside('sequelize.transaction(async () => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Sequelize with options', code: inside("sequelize.transaction({ isolationLevel: 'SERIALIZABLE' }, async (t) => { BODY })"), errors: [{ messageId: 'after' }] },
    { name: 'TypeORM', code: inside('dataSource.manager.transaction(async (manager) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'MikroORM', code: inside('em.transactional(async (em) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'MongoDB', code: inside('session.withTransaction(async () => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'postgres', code: inside('sql.begin(async (sql) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Objection', code: inside('Person.transaction(async (trx) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'a wrapper', code: inside('runInTransaction(async (trx) => { BODY })'), errors: [{ messageId: 'after' }] },
    { name: 'Kysely', code: "import { Kysely } from 'kysely'; const store = new Kysely({}); export const f = () => store.transaction().setIsolationLevel('serializable').execute(async (trx) => { await fetch('https://a.b') })", errors: [{ messageId: 'after' }] },
    { name: 'pg-promise', code: "import pgp from 'pg-promise'; const store = pgp()('postgres://a'); export const f = () => store.tx(async (t) => { await fetch('https://a.b') })", errors: [{ messageId: 'after' }] },
  ],
})

const service = (body: string, top = "import { sendEmail, uploadAvatar, removeFromS3, record } from './service.js'; import { stripe, authServiceClient, client } from './clients.js'") => inPrisma(body, top)

run('js', 'what goes out by its name', rule, {
  valid: [
    { name: 'an outbox gets the transaction', code: service('await sendEmail(tx, order)') },
    { name: 'an outbox gets the transaction among options', code: service('await sendEmail(order, { transaction: tx })') },
    { name: 'an outbox that was made of the transaction', code: service('const mailer = new Outbox(tx); await mailer.send(order)') },
    { name: 'a table of that name', code: service('await tx.stripe.create({ data: order })') },
    { name: 'a table of that name through another client', code: service('await db.stripe.create({ data: order })') },
    { name: 'a function of the file that writes a row', code: service('await sendEmail(tx, order)', 'const sendEmail = async (tx, order) => { await tx.email.create({ data: order }) }') },
    { name: 'a client of nobody knows what', code: service('await client.create(order)') },
    { name: 'a name that says nothing', code: service('await record(order)') },
    { name: 'a message to a part of the program', code: service('await sendMessage(order)') },
  ],
  invalid: [
    { name: 'e-mail', code: service('await sendEmail(order)'), errors: [{ messageId: 'after', data: { call: 'sendEmail(order)', waits: byName, held, handle: '`tx`', apart: ', and is no part of the transaction' } }] },
    { name: 'e-mail by a service', code: service('await this.mailService.sendWelcome(order)'), errors: [{ messageId: 'after' }] },
    { name: 'a service', code: service('await stripe.subscriptions.cancel(order.id)'), errors: [{ messageId: 'after' }] },
    { name: 'a client of a service', code: service('await authServiceClient.tenant.create(order)'), errors: [{ messageId: 'after' }] },
    { name: 'an upload', code: service('await uploadAvatar(order)'), errors: [{ messageId: 'after' }] },
    { name: 'the end of a name', code: service('await removeFromS3(order.key)'), errors: [{ messageId: 'after' }] },
    { name: 'in a function of the file', code: service('await settle(order)', "import { stripe } from './clients.js'; const settle = (order) => stripe.charges.create(order)"), errors: [{ messageId: 'after', data: { call: 'settle(order)', waits: `${network} (\`stripe.charges.create(order)\` in \`settle\`, by its name)`, held, handle: '`tx`', apart: ', and is no part of the transaction' } }] },
  ],
})

const spanning = (body: string) => `export async function f(order, sequelize, dataSource, pool, client, hub) { ${body} }`
const runner = (body: string) => spanning(`const runner = dataSource.createQueryRunner(); await runner.startTransaction(); ${body}`)

run('js', 'between two calls', rule, {
  valid: [
    { name: 'after the commit', code: runner('await runner.manager.save(order); await runner.commitTransaction(); await fetch(order.url)') },
    { name: 'before the beginning', code: spanning('await fetch(order.url); const t = await sequelize.transaction(); await t.commit()') },
    { name: 'after a commit in the same `try`', code: spanning('const t = await sequelize.transaction(); try { await order.save({ transaction: t }); await t.commit(); await fetch(order.url) } catch (error) { await t.rollback() }') },
    { name: 'after a commit in a `try` before', code: spanning('const t = await sequelize.transaction(); try { await t.commit() } catch (error) { await t.rollback(); throw error } await fetch(order.url); await t.commit()') },
    { name: 'after a commit in one of two ways', code: spanning('const t = await sequelize.transaction(); if (order.paid) { await t.commit() } await fetch(order.url); if (!order.paid) await t.commit()') },
    { name: 'only where it has failed', code: spanning('const t = await sequelize.transaction(); try { await order.save({ transaction: t }); await t.commit() } catch (error) { await fetch(order.url); await t.rollback() }') },
    { name: 'only once it is over', code: spanning('const t = await sequelize.transaction(); try { await t.commit() } finally { await fetch(order.url); log(t.commit()) }') },
    { name: 'begun in one of two ways', code: spanning("if (order.paid) { await client.query('BEGIN') } await fetch(order.url); if (order.paid) await client.query('COMMIT')") },
    { name: 'no end in this function', code: spanning('const t = await sequelize.transaction(); await fetch(order.url); return t') },
    { name: 'a log that speaks of it', code: spanning("client.debug('BEGIN'); await fetch(order.url); client.debug('COMMIT')") },
    { name: 'a savepoint only is undone', code: spanning("await client.query('BEGIN'); await client.query('ROLLBACK TO a'); await client.query('COMMIT'); await fetch(order.url)") },
    { name: 'a connection that was given back', code: spanning("const c = await pool.connect(); await c.query('SELECT 1'); c.release(); await fetch(order.url)") },
    { name: 'a connection of something else', code: spanning("const c = await hub.connect(); await c.query('SELECT 1'); await fetch(order.url); await c.close()") },
    { name: 'a cursor whose batches are spaced out', code: spanning("const c = await pool.connect(); for (const batch of order.batches) { await c.query(batch); await sleep(500) } c.release()") },
  ],
  invalid: [
    { name: 'TypeORM', code: runner('try { await runner.manager.save(order); await fetch(order.url); await runner.commitTransaction() } catch (error) { await runner.rollbackTransaction(); throw error } finally { await runner.release() }'), errors: [{ messageId: 'after', data: { call: 'fetch(order.url)', waits: network, held: 'the transaction of line 1 (`runner.startTransaction()`) holds a connection', handle: '`runner`', apart: ', and is no part of the transaction' } }] },
    { name: 'Sequelize', code: spanning('const t = await sequelize.transaction(); try { await fetch(order.url); await t.commit() } catch (error) { await t.rollback() }'), errors: [{ messageId: 'after' }] },
    { name: 'a way out before it', code: spanning('const t = await sequelize.transaction(); if (!order.paid) { await t.rollback(); return } await fetch(order.url); await t.commit()'), errors: [{ messageId: 'after' }] },
    { name: 'a way out that gives the end back', code: spanning('const t = await sequelize.transaction(); if (!order.paid) return t.rollback(); await fetch(order.url); await t.commit()'), errors: [{ messageId: 'after' }] },
    { name: 'the other of two ways', code: spanning('const t = await sequelize.transaction(); if (order.paid) { await t.commit() } else { await fetch(order.url); await t.commit() }'), errors: [{ messageId: 'after' }] },
    { name: 'statements', code: spanning("await client.query('BEGIN'); await client.query('UPDATE a'); await fetch(order.url); await client.query('COMMIT')"), errors: [{ messageId: 'after' }] },
    { name: 'other statements', code: spanning("await client.query('start transaction'); await fetch(order.url); await client.query('commit')"), errors: [{ messageId: 'after' }] },
    { name: 'a savepoint ends nothing', code: spanning("await client.query('BEGIN'); await client.query('ROLLBACK TO a'); await fetch(order.url); await client.query('COMMIT')"), errors: [{ messageId: 'after' }] },
    { name: 'a connection', code: spanning("const c = await pool.connect(); try { const row = await c.query('SELECT 1'); await fetch(row.url) } finally { c.release() }"), errors: [{ messageId: 'connection', data: { call: 'fetch(row.url)', waits: network, held: '`c` is out of its pool (`pool.connect` in line 1)', handle: '`c`', apart: '' } }] },
    { name: 'a pause while a connection is held', code: spanning('const c = await pool.getConnection(); await sleep(500); await c.query("SELECT 1"); c.release()'), errors: [{ messageId: 'pause' }] },
    { name: 'a transaction on a connection is reported once', code: spanning("const c = await pool.connect(); await c.query('BEGIN'); await fetch(order.url); await c.query('COMMIT'); c.release()"), errors: [{ messageId: 'after' }] },
  ],
})

run('js', 'locks', rule, {
  valid: [
    { name: 'what is written afterwards rests on it', code: inPrisma('const [job] = await tx.$queryRaw`SELECT * FROM jobs FOR UPDATE SKIP LOCKED`; await fetch(job.url); await tx.job.update({ data: { done: true } })') },
    { name: 'a row that is locked by an option', code: inside('sequelize.transaction(async (transaction) => { const key = await Key.findOne({ transaction, lock: transaction.LOCK.UPDATE }); const next = await fetch(key.url); await key.update(next, { transaction }) })') },
    { name: 'a lock that is no transaction', code: 'export const refresh = (mutex) => mutex.runExclusive(async () => { token = await fetch("https://a.b") })' },
  ],
  invalid: [
    { name: 'it needs nothing that is locked', code: inPrisma('await tx.$executeRaw`SELECT pg_advisory_xact_lock(1)`; const rate = await fetch(order.url); await tx.rate.create({ data: rate })'), errors: [{ messageId: 'before' }] },
    { name: 'nothing follows', code: inPrisma('const [row] = await tx.$queryRaw`SELECT * FROM a FOR UPDATE`; await tx.a.update({ data: row }); await fetch(row.url)'), errors: [{ messageId: 'after' }] },
    { name: 'no lock', code: inPrisma('const [job] = await tx.$queryRaw`SELECT * FROM jobs`; await fetch(job.url); await tx.job.update({ data: { done: true } })'), errors: [{ messageId: 'after' }] },
    { name: 'all that is possible', code: inPrisma('const [job] = await tx.$queryRaw`SELECT * FROM jobs FOR UPDATE SKIP LOCKED`; await fetch(job.url); await tx.job.update({ data: { done: true } })'), options: possible, errors: [{ messageId: 'locked' }] },
  ],
})

const apart = ', and is no part of the transaction'

run('js', 'a second connection', rule, {
  valid: [
    { name: 'the name is that of the transaction', code: `${prisma}; export const f = (id) => prisma.$transaction(async (prisma) => { await prisma.user.delete({ where: { id } }) })` },
    { name: 'it gets the transaction', code: inside('knex.transaction(async (trx) => { await knex("users").transacting(trx).del() })') },
    { name: 'models get the transaction by themselves', code: inside('sequelize.transaction(async (t) => { await sequelize.query("SELECT 1") })') },
    { name: 'a method that runs no query', code: inside('prisma.$transaction(async (tx) => { await prisma.ready(); await tx.user.create({ data: x }) })') },
    { name: 'another client', code: inside('prisma.$transaction(async (tx) => { await db.user.create({ data: x }); await tx.user.create({ data: x }) })') },
    { name: 'a connection that holds a lock', code: spanning("const c = await pool.connect(); await c.query('SELECT pg_advisory_lock(1)'); await pool.query('SELECT 1'); c.release()") },
    { name: 'the connection was given back', code: spanning("const c = await pool.connect(); c.release(); await pool.query('SELECT 1')") },
  ],
  invalid: [
    { name: 'Prisma', code: inPrisma('await tx.order.update({ data: order }); await prisma.user.update({ data: order })'), errors: [{ messageId: 'second', data: { call: 'prisma.user.update({ data: order })', waits: '', held, handle: '`tx`', apart } }] },
    { name: 'Prisma from elsewhere', code: inside('this.prisma.$transaction(async (tx) => { await this.prisma.user.findMany() })'), errors: [{ messageId: 'second' }] },
    { name: 'nothing is taken of the callback', code: inside('prisma.$transaction(async () => { await prisma.user.findMany() })'), errors: [{ messageId: 'second', data: { call: 'prisma.user.findMany()', waits: '', held, handle: 'what the callback is handed', apart } }] },
    { name: 'the first stands for all', code: inPrisma('await prisma.user.findMany(); await prisma.order.findMany()'), errors: [{ messageId: 'second' }] },
    { name: 'a transaction in a transaction', code: inPrisma('await prisma.$transaction(async (other) => { await other.user.findMany() })'), errors: [{ messageId: 'second' }] },
    { name: 'Knex', code: inside('knex.transaction(async (trx) => { await knex("users").where({ id: x }).del() })'), errors: [{ messageId: 'second' }] },
    { name: 'Drizzle', code: inside('db.transaction(async (tx) => { await db.select().from(users) })'), errors: [{ messageId: 'second' }] },
    { name: 'a pool', code: spanning("const c = await pool.connect(); try { await c.query('UPDATE a'); await pool.query('SELECT 1') } finally { c.release() }"), errors: [{ messageId: 'second', data: { call: "pool.query('SELECT 1')", waits: '', held: '`c` is out of its pool (`pool.connect` in line 1)', handle: '`c`', apart: '' } }] },
  ],
})

run('annotated', 'casts and chains', rule, {
  valid: ["export const f = (db: Db) => db!.transaction(async (tx: Tx) => { await (tx as any).user.create({ data: await tx.user.find() }) })"],
  invalid: [
    { code: "export const f = (db: Db) => db!.transaction(async (tx: Tx) => { await (fetch('https://a.b') as Promise<Response>) })", errors: [{ messageId: 'after' }] },
    { code: "import { stripe } from './clients.js'; export const f = (order: Order) => prisma?.$transaction(async ({ user }: Tx) => { await user.update(order); await stripe?.refunds.create(order.id) })", errors: [{ messageId: 'after' }] },
  ],
})

const beside = { filename: `${fixtures}/holding/file.ts`, settings: { bounded: { contexts: [] } } }
const withOrders = (body: string) => `import { sendEmail, settle } from './orders.js'\nexport const f = (db: any, order: string) => db.transaction(async (tx: any) => { ${body} })`

run('annotated', 'functions of another file', rule, {
  valid: [{ name: 'a name that says nothing', code: withOrders('await settle(order)') }],
  invalid: [{ name: 'a name that says it', code: withOrders('await sendEmail(order)'), errors: [{ messageId: 'after' }] }],
})

run('typed', 'functions of another file', rule, {
  valid: [{ ...beside, name: 'it only writes a row', code: withOrders('await sendEmail(order)') }],
  invalid: [
    {
      ...beside,
      name: 'it goes out',
      code: withOrders('await settle(order)'),
      errors: [{ messageId: 'after', data: { call: 'settle(order)', waits: `${network} (\`fetch(…)\` in \`settle\`)`, held: '`db.transaction` holds a connection', handle: '`tx`', apart } }],
    },
  ],
})
