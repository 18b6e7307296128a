import { expect, it } from 'vitest'
import rule from '../../rules/prefer-batch.ts'
import loopRule from '../../rules/no-await-in-loop.ts'
import fanOutRule from '../../rules/no-unbounded-promise-all.ts'
import { batchFacts, commandFacts } from '../../src/knowledge/batches.ts'
import { lint } from '../support/lint.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }] as const
const alone = [{ alsoReported: false }] as const
const inOrder = (body: string, top = '') => `${top}; export async function f(prisma, users) { for (const user of users) { ${body} } }`
const together = (body: string, top = '') => `${top}; export async function f(prisma, users) { await Promise.all(users.map(async (user) => { ${body} })) }`
const certain = [{ messageId: 'perElement' }] as const
const perhaps = [{ messageId: 'perhapsPerElement' }] as const
const create = 'await prisma.user.create({ data: { name: user.name } })'
const find = 'const found = await prisma.team.findFirst({ where: { id: user.teamId } }); done.push(found)'
const done = 'const done = []'

/** For each fact a client, a call for the element `x`, and what takes all of them; the same call without a list is nothing. */
const calls: readonly (readonly [top: string, call: string, batch: string, unit: number])[] = [
  ['', "db.user.create({ data: { name: x } })", 'createMany', 500],
  ['', 'db.user.delete({ where: { id: x.id } })', 'deleteMany({ where: { …: { in: […] } } })', 500],
  ['', 'db.user.update({ where: { id: x.id }, data: { old: true } })', 'updateMany({ where: { …: { in: […] } }, … })', 500],
  ['', 'db.user.findFirst({ where: { id: x.id } })', 'findMany({ where: { …: { in: […] } } })', 500],
  ['', 'db.user.findUnique({ where: { id: x.id }, include: { team: true } })', 'findMany({ where: { …: { in: […] } } })', 500],
  ["import { Sequelize } from 'sequelize'; const User = new Sequelize('').define('user', {})", 'User.create(x)', 'bulkCreate', 500],
  ['', 'User.findByPk(x.id)', 'findAll({ where: { …: […] } })', 500],
  ['', 'User.findOne({ where: { email: x.email } })', 'findAll({ where: { …: […] } })', 500],
  ['', 'User.destroy({ where: { id: x.id } })', 'destroy({ where: { …: […] } })', 500],
  ["import mongoose from 'mongoose'; const User = mongoose.model('User')", 'User.create(x)', 'insertMany', 500],
  ['', 'User.findById(x.id)', 'find({ _id: { $in: […] } })', 500],
  ['', 'User.findOne({ email: x.email }).lean()', 'find({ …: { $in: […] } })', 500],
  ["import mongoose from 'mongoose'; const User = mongoose.model('User')", 'User.deleteOne({ email: x.email })', 'deleteMany({ …: { $in: […] } })', 500],
  ["import mongoose from 'mongoose'; const User = mongoose.model('User')", 'User.updateOne({ _id: x.id }, { name: x.name })', 'bulkWrite', 500],
  ['', 'users.insertOne(x)', 'insertMany', 500],
  ['', 'users.replaceOne({ _id: x.id }, x)', 'bulkWrite', 500],
  ['', 'users.deleteOne({ _id: x.id })', 'deleteMany({ …: { $in: […] } })', 500],
  ['', "db.collection('users').findOne({ _id: x.id })", 'find({ …: { $in: […] } })', 500],
  ["import { getRepository } from 'typeorm'; const users = getRepository(User)", 'users.save(x)', 'insert([…])', 500],
  ["import { getRepository } from 'typeorm'; const users = getRepository(User)", 'users.delete(x.id)', 'delete([…])', 500],
  ["import { getRepository } from 'typeorm'; const users = getRepository(User)", 'users.remove(x)', 'remove([…])', 500],
  ['', 'users.findOneBy({ id: x.id })', 'findBy({ …: In([…]) })', 500],
  ['', 'userRepository.findOne({ where: { id: x.id } })', 'find({ where: { …: In([…]) } })', 500],
  ['', "db.query('INSERT INTO users (id, name) VALUES ($1, $2)', [x.id, x.name])", 'INSERT … VALUES (…), (…)', 500],
  ['', "knex('users').insert({ name: x.name })", 'insert([…])', 500],
  ['', 'db.insert(users).values({ name: x.name }).onConflictDoNothing()', 'values([…])', 500],
  ['', "db.insertInto('users').values(x).execute()", 'values([…])', 500],
  ['', "supabase.from('users').upsert(x)", 'upsert([…])', 500],
  ['', "knex('users').where('id', x.id).first()", 'WHERE … IN (…)', 500],
  ['', "knex('users').where({ id: x.id, old: false }).del()", 'WHERE … IN (…)', 500],
  ['', 'db.select().from(users).where(and(eq(users.id, x.id), eq(users.old, false))).limit(1)', 'WHERE … IN (…)', 500],
  ['', "db.deleteFrom('users').where('id', '=', x.id).execute()", 'WHERE … IN (…)', 500],
  ['', "supabase.from('users').select('*').eq('id', x.id).single()", 'WHERE … IN (…)', 500],
  ['', 'redis.get(x.key)', 'mget', 500],
  ['', 'redis.del(x.key)', 'del([…])', 500],
  ['', 'redis.hgetall(x.key)', 'multi', 500],
  ["import Redis from 'ioredis'; const store = new Redis()", "store.set(x.key, x.value, 'EX', 60)", 'multi', 500],
  ["import { Level } from 'level'; const store = new Level('.')", 'store.put(x.key, x.value)', 'batch', 500],
  ["import { Level } from 'level'; const store = new Level('.')", 'store.get(x.key)', 'getMany', 500],
  ["import { Client } from '@elastic/elasticsearch'; const search = new Client({})", "search.index({ index: 'users', id: x.id, document: x })", 'bulk', 500],
  ["import { Client } from '@elastic/elasticsearch'; const search = new Client({})", "search.get({ index: 'users', id: x.id })", 'mget', 500],
  ['', "mailQueue.add('welcome', { user: x })", 'addBulk', 500],
  ['', "producer.send({ topic: 'users', messages: [{ value: x }] })", 'send({ messages: […] })', 500],
  ['', "openai.embeddings.create({ model: 'm', input: x.text })", 'create({ input: […] })', 2048],
  ["import { setDoc } from 'firebase/firestore'", 'setDoc(refOf(x.id), x)', 'writeBatch', 500],
  ['', "db.collection('users').doc(x.id).set(x)", 'batch', 500],
  ['', "db.collection('users').doc(x.id).get()", 'getAll', 500],
  ["import { PutCommand } from '@aws-sdk/lib-dynamodb'", "client.send(new PutCommand({ TableName: 'users', Item: x }))", 'BatchWriteItem', 25],
  ["import { GetItemCommand } from '@aws-sdk/client-dynamodb'", "client.send(new GetItemCommand({ TableName: 'users', Key: { id: x } }))", 'BatchGetItem', 100],
  ["import { DeleteObjectCommand } from '@aws-sdk/client-s3'", "s3.send(new DeleteObjectCommand({ Bucket: 'b', Key: x }))", 'DeleteObjectsCommand', 1000],
  ["import { SendMessageCommand } from '@aws-sdk/client-sqs'", "sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: x }))", 'SendMessageBatchCommand', 10],
  ["import { DeleteMessageCommand } from '@aws-sdk/client-sqs'", "sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: x }))", 'DeleteMessageBatchCommand', 10],
  ["import { PublishCommand } from '@aws-sdk/client-sns'", "sns.send(new PublishCommand({ TopicArn: topic, Message: x }))", 'PublishBatchCommand', 10],
  ["import { PutRecordCommand } from '@aws-sdk/client-kinesis'", "kinesis.send(new PutRecordCommand({ StreamName: 's', Data: x }))", 'PutRecordsCommand', 500],
  ["import { PutRecordCommand } from '@aws-sdk/client-firehose'", "firehose.send(new PutRecordCommand({ DeliveryStreamName: 's', Record: x }))", 'PutRecordBatchCommand', 500],
  ["import { GetParameterCommand } from '@aws-sdk/client-ssm'", "ssm.send(new GetParameterCommand({ Name: x }))", 'GetParametersCommand', 10],
]
const clients = 'db, users, supabase, knex, redis, mailQueue, producer, openai, client, s3, sqs, url, sns, topic, kinesis, firehose, ssm, userRepository, User, eq, and, refOf'
const params = (top: string) => clients.split(', ').filter((name) => !new RegExp(`\\b(?:const|import \\{|import) ${name}\\b`).test(top)).join(', ')

run('js', 'by client', rule, {
  valid: calls.map(([top, call]) => ({ name: `once: ${top} ${call}`, code: `${top}; export async function f(x, ${params(top)}) { await ${call} }` })),
  invalid: calls.map(([top, call, batch, unit]) => {
    const does = /\b(?:get|hgetall|find\w+|select|getAll|embeddings)\b|'id', x\.id\)\.first|Get\w+Command/.test(call) ? 'asks' : 'writes'
    return {
      name: `per element: ${top} ${call}`,
      code: `${top}; export async function f(items, ${params(top)}) { for (const x of items) { await ${call} } }`,
      errors: [{ messageId: 'perElement', data: { call: calleeIn(call), does, list: 'items', batch, unit: String(unit) } }],
    }
  }),
})

/** What a message calls the call: of a chain, up to the part that holds the element. */
function calleeIn(call: string): string {
  const known: readonly (readonly [start: string, callee: string])[] = [
    ["knex('users').where", "knex('users').where"],
    ["knex('users').insert", "knex('users').insert"],
    ['db.insert(users).values', 'db.insert(users).values'],
    ["db.insertInto('users').values", "db.insertInto('users').values"],
    ["supabase.from('users').upsert", "supabase.from('users').upsert"],
    ['db.select().from(users).where', 'db.select().from(users).where'],
    ["db.deleteFrom('users').where", "db.deleteFrom('users').where"],
    ["supabase.from('users').select('*').eq", "supabase.from('users').select('*').eq"],
    ["db.collection('users').findOne", "db.collection('users').findOne"],
    ["db.collection('users').doc(x.id).set", "db.collection('users').doc(x.id).set"],
    ["db.collection('users').doc(x.id).get", "db.collection('users').doc(x.id).get"],
  ]
  return known.find(([start]) => call.startsWith(start))?.[1] ?? call.slice(0, call.indexOf('('))
}

it('has an example and a source for every fact', () => {
  const quoted = new Set(calls.map(([, , batch]) => batch))
  expect([...batchFacts, ...commandFacts].map(({ batch }) => batch).filter((batch) => !quoted.has(batch))).toEqual([])
  expect([...batchFacts, ...commandFacts].filter(({ source }) => !source?.startsWith('https://'))).toEqual([])
})

run('js', 'the list', rule, {
  valid: [
    { name: 'written out', code: "export async function f(prisma) { for (const user of [{ name: 'a' }, { name: 'b' }]) await prisma.user.create({ data: { name: user.name } }) }" },
    { name: 'a part of the program', code: 'export async function f(prisma, plugins) { for (const user of plugins) await prisma.user.create({ data: { name: user.name } }) }' },
    { name: 'cut to three', code: 'export async function f(prisma, users) { for (const user of users.slice(0, 3)) await prisma.user.create({ data: { name: user.name } }) }' },
    { name: 'a part of a record, of which nothing is known', code: 'export async function f(prisma, order) { for (const user of order.users) await prisma.user.create({ data: { name: user.name } }) }' },
  ],
  invalid: [
    { name: 'what callers pass', code: inOrder(create), errors: [...certain] },
    { name: 'keys in a record', code: 'export async function f(prisma, invite) { for (const id of invite.teamIds) await prisma.user.create({ data: { id } }) }', errors: [...certain] },
    { name: 'a part of a record, where that is asked for', code: 'export async function f(prisma, order) { for (const user of order.users) await prisma.user.create({ data: { name: user.name } }) }', options: possible, errors: [...perhaps] },
    { name: 'what a query gives', code: 'export async function f(prisma) { const users = await prisma.user.findMany(); for (const user of users) await prisma.user.delete({ where: { id: user.id } }) }', errors: [...certain] },
    { name: 'with a counter', code: 'export async function f(prisma, users) { for (let i = 0; i < users.length; i++) await prisma.user.create({ data: { name: users[i].name } }) }', errors: [...certain] },
    { name: 'a chunk', code: 'export async function f(prisma, chunks) { for (const chunk of chunks) await Promise.all(chunk.map((user) => prisma.user.create({ data: user }))) }', errors: [...certain] },
    { name: 'a map that starts a few at a time', code: "import pMap from 'p-map'; export const f = (prisma, users) => pMap(users, async (user) => { await prisma.user.create({ data: user }) }, { concurrency: 5 })", errors: [...certain] },
    { name: 'under a limiter', code: "import pLimit from 'p-limit'; const limit = pLimit(5); export async function f(prisma, users) { await Promise.all(users.map((user) => limit(() => prisma.user.create({ data: user })))) }", errors: [...certain] },
    { name: 'promises that a loop collects', code: 'export async function f(prisma, users) { const all = []; for (const user of users) all.push(prisma.user.create({ data: user })); await Promise.all(all) }', errors: [...certain] },
  ],
})

run('js', 'the client', rule, {
  valid: [
    { name: 'one for each element', code: 'export async function f(users) { for (const user of users) await user.db.user.create({ data: { name: user.name } }) }' },
    { name: 'chosen by the element', code: 'export async function f(dbs, users) { for (const user of users) await dbs[user.tenant].user.create({ data: { name: user.name } }) }' },
    { name: 'a service', code: 'export class Users { async f(users) { for (const user of users) await this.topicService.delete({ where: { id: user.id } }) } }' },
    { name: 'an interface over HTTP', code: 'export async function f(api, users) { for (const user of users) await api.users.create({ data: user }) }' },
    { name: 'a service with the same method', code: 'export async function f(userService, users) { for (const user of users) await userService.insertOne(user) }' },
    { name: 'a function of the file', code: 'const users = { insertOne(row) { return fetch(row) } }; export async function f(rows) { for (const row of rows) await users.insertOne(row) }' },
    { name: 'a table for each element', code: "export async function f(knex, rows) { for (const row of rows) await knex(row.table).insert(row) }" },
    { name: 'a bucket for each element', code: "import { DeleteObjectCommand } from '@aws-sdk/client-s3'; export async function f(s3, files) { for (const file of files) await s3.send(new DeleteObjectCommand({ Bucket: file.bucket, Key: file.key })) }" },
    { name: 'a condition that commands for many have not', code: "import { PutCommand } from '@aws-sdk/lib-dynamodb'; export async function f(db, rows) { for (const row of rows) await db.send(new PutCommand({ TableName: 't', Item: row, ConditionExpression: 'attribute_not_exists(id)' })) }" },
  ],
  invalid: [
    { name: 'a field of the class', code: 'export class Users { async f(users) { for (const user of users) await this.prisma.topic.delete({ where: { id: user.id } }) } }', errors: [...certain] },
    { name: 'a database', code: 'export async function f(db, users) { for (const user of users) await db.users.create({ data: user }) }', errors: [...certain] },
    { name: 'a collection', code: 'export async function f(userCollection, users) { for (const user of users) await userCollection.insertOne(user) }', errors: [...certain] },
    { name: 'a table for all', code: "export async function f(knex, table, rows) { for (const row of rows) await knex('rows').insert(row) }", errors: [...certain] },
    { name: 'a bucket for all', code: "import { DeleteObjectCommand } from '@aws-sdk/client-s3'; export async function f(s3, bucket, files) { for (const file of files) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: file.key })) }", errors: [...certain] },
  ],
})

run('js', 'what the call for many cannot do', rule, {
  valid: [
    { name: 'different changes for each', code: inOrder('await prisma.user.update({ where: { id: user.id }, data: { name: user.name } })') },
    { name: 'write or change', code: inOrder('await prisma.user.upsert({ where: { id: user.id }, create: user, update: user })') },
    { name: 'a write within the write', code: inOrder('await prisma.user.create({ data: { name: user.name, team: { connect: { id: user.teamId } } } })') },
    { name: 'several writes within the write', code: inOrder('await prisma.user.create({ data: { name: user.name, roles: { create: user.roles.map((name) => ({ name })) } } })') },
    { name: 'one that a variable holds', code: inOrder('const team = { connect: { id: user.teamId } }; await prisma.user.create({ data: { name: user.name, team } })') },
    { name: 'a change within the change', code: inOrder('await prisma.user.update({ where: { id: user.id }, data: { team: { disconnect: true } } })') },
    { name: 'the first of an order', code: inOrder("const found = await prisma.team.findFirst({ where: { id: user.teamId }, orderBy: { at: 'desc' } }); done.push(found)", done) },
    { name: 'the latest of a chain', code: inOrder("const [found] = await prisma('teams').where('id', user.teamId).orderBy('at').limit(1); done.push(found)", done) },
    { name: 'two values of each', code: inOrder('const found = await prisma.team.findFirst({ where: { id: user.teamId, owner: user.id } }); done.push(found)', done) },
    { name: 'a comparison', code: inOrder('const found = await prisma.team.findFirst({ where: { at: { gt: user.at } } }); done.push(found)', done) },
    { name: 'a list already', code: inOrder("await prisma('users').insert(user.roles.map((role) => ({ role })))") },
    { name: 'a statement that inserts nothing', code: inOrder("await prisma.query('UPDATE users SET name = $1 WHERE id = $2', [user.name, user.id])") },
    { name: 'commands that go out together', code: together('done.push(await redis.get(user.key))', `${done}; import redis from './redis.js'`) },
    { name: 'what the client puts together by itself', code: together('done.push(await prisma.user.findUnique({ where: { id: user.id } }))', done) },
  ],
  invalid: [
    { name: 'the same change for all', code: inOrder('await prisma.user.update({ where: { id: user.id }, data: { old: true } })'), errors: [...certain] },
    { name: 'a column of that name', code: inOrder('await prisma.user.create({ data: { name: user.name, rights: { create: user.mayCreate } } })'), errors: [...certain] },
    { name: 'a plain write', code: inOrder('await prisma.user.create({ data: { name: user.name, teamId: user.teamId } })'), errors: [...certain] },
    { name: 'one value, and one for all', code: inOrder('const found = await prisma.team.findFirst({ where: { id: user.teamId, old: false } }); done.push(found)', done), errors: [...certain] },
    { name: 'commands that wait for one another', code: inOrder('done.push(await redis.get(user.key))', `${done}; import redis from './redis.js'`), errors: [...certain] },
    { name: 'reads that wait for one another', code: inOrder('done.push(await prisma.user.findUnique({ where: { id: user.id } }))', done), errors: [...certain] },
  ],
})

run('js', 'what else a turn does', rule, {
  valid: [
    { name: 'uses what was written', code: inOrder('const made = await prisma.user.create({ data: { name: user.name } }); log(made.id)', "import { log } from './log.js'") },
    { name: 'looks up what it writes', code: inOrder('const found = await prisma.user.findFirst({ where: { id: user.id } }); if (!found) await prisma.user.create({ data: user })') },
    { name: 'looks up what it waited for', code: inOrder("const id = await idOf(user); const found = await prisma.team.findFirst({ where: { id } }); done.push(found)", `${done}; import { idOf } from './ids.js'`) },
    { name: 'leaves something for the next', code: 'export async function f(prisma, users) { let last = null; for (const user of users) { await prisma.user.create({ data: { name: user.name, last } }); last = user.id } }' },
    { name: 'leaves something for the next, on one connection', code: 'export async function f(prisma, users) { await prisma.$transaction(async (tx) => { let last = null; for (const user of users) { await tx.user.create({ data: { name: user.name, last } }); last = user.id } }) }' },
    { name: 'ends the loop', code: inOrder('const found = await prisma.team.findFirst({ where: { id: user.teamId } }); if (found) return found') },
    { name: 'pauses', code: inOrder(`${create}; await sleep(100)`, "import { setTimeout as sleep } from 'node:timers/promises'") },
    { name: 'waits for something that may change what is read', code: inOrder(`${find}; await merge(found)`, `${done}; import { merge } from './teams.js'`) },
    { name: 'sends a mail', code: inOrder(`${create}; await mail(user)`, "import { mail } from './mail.js'") },
    { name: 'deals with what fails', code: inOrder(`try { ${create} } catch (error) { console.error(error) }`) },
    { name: 'deals with what fails in a chain', code: inOrder(`${create}.catch(() => {})`) },
    { name: 'takes each as it comes', code: 'export async function f(prisma, users) { await Promise.allSettled(users.map((user) => prisma.user.create({ data: user }))) }' },
    { name: 'is a transaction of statements', code: 'export async function f(prisma, users) { await prisma.$transaction(users.map((user) => prisma.user.create({ data: user }))) }' },
    { name: 'is not waited for', code: inOrder('prisma.user.create({ data: { name: user.name } })') },
  ],
  invalid: [
    { name: 'nothing', code: inOrder(create), errors: [...certain] },
    { name: 'says what fails, and goes on failing', code: inOrder(`try { ${create} } catch (error) { console.error(error); throw error }`), errors: [...certain] },
    { name: 'reads something else', code: inOrder(`${find}; const other = await prisma.role.findFirst({ where: { id: user.roleId } }); done.push(other)`, done), errors: [...certain] },
    { name: 'writes to another table', code: inOrder(`${find}; await prisma.role.upsert({ where: { id: user.id }, create: user, update: user })`, done), errors: [...certain] },
    { name: 'writes in either branch', code: inOrder(`if (user.old) { await prisma.user.create({ data: { name: user.name } }) } else { await prisma.user.create({ data: { name: user.alias } }) }`), errors: [...certain] },
    { name: 'sends a mail, where that is asked for', code: inOrder(`${create}; await mail(user)`, "import { mail } from './mail.js'"), options: possible, errors: [...perhaps] },
    { name: 'works on what it has read, all at once', code: together(`${find}; await merge(found)`, `${done}; import { merge } from './teams.js'`), errors: [...certain] },
    { name: 'holds a transaction', code: 'export async function f(prisma, users) { await prisma.$transaction(async (tx) => { for (const user of users) await tx.user.create({ data: { name: user.name } }) }) }', errors: [...certain] },
  ],
})

run('js', 'what is done with the results', rule, {
  valid: [{ name: 'kept, where not every database gives them back', code: 'export async function f(prisma, users) { const made = await Promise.all(users.map((user) => prisma.user.create({ data: user }))); return made }' }],
  invalid: [
    { name: 'nothing', code: 'export async function f(prisma, users) { await Promise.all(users.map((user) => prisma.user.create({ data: user }))) }', errors: [{ messageId: 'perElement', data: { call: 'prisma.user.create', does: 'writes', list: 'users', batch: 'createMany', unit: '500' } }] },
    { name: 'kept, where that is asked for', code: 'export async function f(prisma, users) { const made = await Promise.all(users.map((user) => prisma.user.create({ data: user }))); return made }', options: possible, errors: [{ messageId: 'perhapsPerElement', data: { call: 'prisma.user.create', does: 'writes', list: 'users', batch: 'createManyAndReturn', unit: '500' } }] },
    { name: 'kept, where the call for many gives them back', code: "import mongoose from 'mongoose'; const User = mongoose.model('User'); export async function f(users) { const made = await Promise.all(users.map((user) => User.create(user))); return made }", errors: [...certain] },
  ],
})

run('js', 'places of other rules', rule, {
  valid: [
    { name: 'iterations that need nothing of one another', code: inOrder(create), options: alone },
    { name: 'a fan-out over a long list', code: together(create), options: alone },
    { name: 'a test', code: inOrder(create), filename: 'src/users.test.js' },
    { name: 'a seed', code: inOrder(create), filename: 'prisma/seeds/users.js' },
    { name: 'a file that imports a test framework', code: inOrder(create, "import { expect } from 'vitest'") },
  ],
  invalid: [
    { name: 'iterations on one connection', code: 'export async function f(prisma, users) { await prisma.$transaction(async (tx) => { for (const user of users) await tx.user.create({ data: { name: user.name } }) }) }', options: alone, errors: [...certain] },
    { name: 'pieces', code: 'export async function f(prisma, chunks) { for (const chunk of chunks) await Promise.all(chunk.map((user) => prisma.user.create({ data: user }))) }', options: alone, errors: [...certain] },
    { name: 'one report for two calls of a turn', code: together(`${find}; done.push(await prisma.role.findFirst({ where: { id: user.roleId } }))`, done), errors: [...certain] },
  ],
})

run('annotated', 'what annotations say', rule, {
  valid: ["import type { Repository } from './repository'; export async function f(users: Repository, rows: Row[]) { for (const row of rows) await users.save(row) }"],
  invalid: [
    { code: "import type { Repository } from 'typeorm'; export async function f(users: Repository<Row>, rows: Row[]) { for (const row of rows) await users.save(row) }", errors: [...certain] },
    { name: 'casts', code: 'export const hydrate = async (client: Client, edges: unknown) => Promise.all((edges as Edge[]).map(async (edge) => { const run = (await client.taskRun.findFirst({ where: { id: edge.runId as string } })) as Row | null; return { ...edge, run } }))', errors: [...certain] },
  ],
})

it.each([
  ['no-await-in-loop', loopRule, inOrder(create), inOrder('await fetch(user.url)')],
  ['no-unbounded-promise-all', fanOutRule, together(create), together('await fetch(user.url)')],
])('%s names the call for many where there is one', (name, other, code, twin) => {
  expect(other.name).toBe(name)
  const [message] = lint(other, code)
  expect(message?.message).toMatch(/ Better still, `createMany` takes all of them: 500 at a time\.$/)
  const [plain] = lint(other, twin)
  expect(plain?.message).toMatch(/`\w+`\.$/)
  expect(plain?.message).not.toMatch(/Better still/)
})

const typed = { filename: new URL('../fixtures/typed/async.ts', import.meta.url).pathname, settings: { bounded: { contexts: [] } } }
/** Named like a layer of the program; only its type says what it is. */
const layer = (type: string) => `import { ${type} } from 'pg'
export const f: (layers: { api: ${type} }, names: string[]) => Promise<void> = async (layers, names) => {
  for (const name of names) await layers.api.query('INSERT INTO users (name) VALUES ($1)', [name])
}`

run('annotated', 'without types', rule, { valid: [layer('Pool')], invalid: [] })
run('typed', 'with types', rule, {
  valid: [{ ...typed, name: 'another class', code: layer('Pool').replace("import { Pool } from 'pg'", 'class Pool { async query(_text: string, _values?: unknown[]) {} }') }],
  invalid: [{ ...typed, code: layer('Pool'), errors: [...certain] }],
})
