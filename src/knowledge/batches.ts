/** Calls for one thing of which the same client has a form that takes a whole list. See `facts.ts` for the form. */
import type { ApiFact } from './facts.ts'

/**
 * Where a call has what differs from element to element, which is where the list goes in the other form:
 *
 * - `key`: its first argument is a key (`findById(id)`).
 * - `row`: its first argument is what is written (`insertOne(row)`); `indexed`: an object that names an `index`; `pair`: the first two are (`put(key, value)`).
 * - `named`: the first argument is a name, and what differs stands behind it (`queue.add('send', data)`).
 * - `data`: under `data` of an object (`create({ data: row })`).
 * - `where`: one value in the conditions of an object (`findFirst({ where: { id } })`).
 * - `filter`: one value in an object of conditions (`findOne({ email })`).
 * - `statement`: the values of an `INSERT` in SQL.
 * - `command`: the input of a command that is made for the call (`client.send(new PutCommand(input))`).
 * - `messages`: the only element of `messages` of an object.
 * - `input`: under `input` of an object.
 * - `rows`: a row in a chain (`db.insert(users).values(row)`, `knex('users').insert(row)`, `.from('users').insert(row)`).
 * - `one-of`: a key to look up in a chain (`.where(eq(users.id, id))`, `.where('id', id)`, `.eq('id', id)`).
 * - `doc`: a document of a chain (`db.collection('users').doc(id).set(user)`).
 */
export type Takes =
  | 'key' | 'row' | 'indexed' | 'pair' | 'named' | 'data' | 'where' | 'filter' | 'statement' | 'command' | 'messages' | 'input' | 'rows' | 'one-of' | 'doc'

export interface BatchFact extends ApiFact {
  readonly takes: Takes
  readonly access: 'read' | 'write'
  /** The call that takes the list, as messages quote it. */
  readonly batch: string
  /** How many elements one such call takes; `USUAL` where nothing else is said. */
  readonly unit?: number
  /** Whether that call gives back what it wrote, in order; a string where another one does. */
  readonly returns?: true | string
  /** Calls that are started together go out as one already. */
  readonly together?: true
  /**
   * What the receiver is called where nothing says what it is, and the form of the call tells enough together with that.
   * What is written through Prisma also needs a client on the way that is called like one of a database (`db.user.create`).
   */
  readonly named?: RegExp
}

/**
 * Statements of SQL take thousands of rows; what they take at most is a number of values (65535 in PostgreSQL), and so many
 * rows stay below it. https://www.postgresql.org/docs/current/limits.html
 */
export const USUAL = 500

const on = (holders: readonly string[], methods: readonly string[]): string[] => holders.flatMap((holder) => methods.map((method) => `${holder}.${method}`))

const PRISMA = 'https://www.prisma.io/docs/orm/reference/prisma-client-reference#model-queries'
const MONGODB = 'https://mongodb.github.io/node-mongodb-native/6.10/classes/Collection.html'
const TYPEORM = 'https://typeorm.io/docs/working-with-entity-manager/repository-api/'
const REDIS = 'https://redis.io/docs/latest/develop/use/pipelining/'
const ELASTIC = 'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript/bulk_examples'
const FIRESTORE = 'https://firebase.google.com/docs/firestore/manage-data/transactions#batched-writes'

const prismaModels = ['PrismaClient().*', 'Prisma.TransactionClient().*']
const mongooseModels = ['model()', 'connection.model()', 'createConnection().model()']
const sequelizeModels = ['Sequelize().define()', 'Model']
const collections = ['MongoClient().db().collection()', 'MongoClient.connect().db().collection()', 'Db().collection()', 'Collection()']
const repositories = ['Repository()', 'getRepository()', 'DataSource().getRepository()', 'DataSource().manager']
const redisClients = ['()', 'Redis()', 'createClient()']
/** Whatever it is called, unless it is a layer of the program that has methods by the same names. */
const any = /^(?!.*(?:service|controller|manager|handler|api)$)/i
const redis = /redis(?:Client)?$/i
/** A class by its name. */
const model = /^[A-Z][a-z]/

export const batchFacts: readonly BatchFact[] = [
  { module: '@prisma/client', member: on(prismaModels, ['create']), takes: 'data', access: 'write', batch: 'createMany', returns: 'createManyAndReturn', named: any, source: PRISMA },
  { module: '@prisma/client', member: on(prismaModels, ['delete']), takes: 'where', access: 'write', batch: 'deleteMany({ where: { …: { in: […] } } })', named: any, source: PRISMA },
  { module: '@prisma/client', member: on(prismaModels, ['update']), takes: 'where', access: 'write', batch: 'updateMany({ where: { …: { in: […] } }, … })', named: any, source: PRISMA },
  { module: '@prisma/client', member: on(prismaModels, ['findFirst', 'findFirstOrThrow']), takes: 'where', access: 'read', batch: 'findMany({ where: { …: { in: […] } } })', named: any, source: PRISMA },
  // https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance#solving-n1-in-graphql-with-findunique-and-prisma-clients-dataloader
  { module: '@prisma/client', member: on(prismaModels, ['findUnique', 'findUniqueOrThrow']), takes: 'where', access: 'read', batch: 'findMany({ where: { …: { in: […] } } })', together: true, named: any, source: PRISMA },
  { module: 'sequelize', member: on(sequelizeModels, ['create']), takes: 'row', access: 'write', batch: 'bulkCreate', returns: true, source: 'https://sequelize.org/api/v6/class/src/model.js~model.js#static-method-bulkCreate' },
  { module: 'sequelize', member: on(sequelizeModels, ['findByPk']), takes: 'key', access: 'read', batch: 'findAll({ where: { …: […] } })', named: model, source: 'https://sequelize.org/api/v6/class/src/model.js~model.js#static-method-findAll' },
  { module: 'sequelize', member: on(sequelizeModels, ['findOne']), takes: 'where', access: 'read', batch: 'findAll({ where: { …: […] } })', named: model, source: 'https://sequelize.org/api/v6/class/src/model.js~model.js#static-method-findAll' },
  { module: 'sequelize', member: on(sequelizeModels, ['destroy']), takes: 'where', access: 'write', batch: 'destroy({ where: { …: […] } })', named: model, source: 'https://sequelize.org/api/v6/class/src/model.js~model.js#static-method-destroy' },
  { module: 'mongoose', member: on(mongooseModels, ['create']), takes: 'row', access: 'write', batch: 'insertMany', returns: true, source: 'https://mongoosejs.com/docs/api/model.html#Model.insertMany()' },
  { module: 'mongoose', member: on(mongooseModels, ['findById']), takes: 'key', access: 'read', batch: 'find({ _id: { $in: […] } })', named: model, source: 'https://mongoosejs.com/docs/api/model.html#Model.find()' },
  { module: 'mongoose', member: on(mongooseModels, ['findOne']), takes: 'filter', access: 'read', batch: 'find({ …: { $in: […] } })', named: model, source: 'https://mongoosejs.com/docs/api/model.html#Model.find()' },
  { module: 'mongoose', member: on(mongooseModels, ['deleteOne']), takes: 'filter', access: 'write', batch: 'deleteMany({ …: { $in: […] } })', source: 'https://mongoosejs.com/docs/api/model.html#Model.deleteMany()' },
  { module: 'mongoose', member: on(mongooseModels, ['updateOne', 'replaceOne']), takes: 'pair', access: 'write', batch: 'bulkWrite', source: 'https://mongoosejs.com/docs/api/model.html#Model.bulkWrite()' },
  { module: 'mongodb', member: on(collections, ['insertOne']), takes: 'row', access: 'write', batch: 'insertMany', named: any, source: MONGODB },
  { module: 'mongodb', member: on(collections, ['updateOne', 'replaceOne']), takes: 'pair', access: 'write', batch: 'bulkWrite', named: any, source: MONGODB },
  { module: 'mongodb', member: on(collections, ['deleteOne']), takes: 'filter', access: 'write', batch: 'deleteMany({ …: { $in: […] } })', named: any, source: MONGODB },
  { module: 'mongodb', member: on(collections, ['findOne']), takes: 'filter', access: 'read', batch: 'find({ …: { $in: […] } })', named: /[cC]ollection$/, source: MONGODB },
  { module: 'typeorm', member: on(repositories, ['save', 'insert']), takes: 'row', access: 'write', batch: 'insert([…])', returns: 'save([…])', source: TYPEORM },
  { module: 'typeorm', member: on(repositories, ['delete', 'softDelete']), takes: 'key', access: 'write', batch: 'delete([…])', source: TYPEORM },
  { module: 'typeorm', member: on(repositories, ['remove', 'softRemove']), takes: 'row', access: 'write', batch: 'remove([…])', returns: true, source: TYPEORM },
  { module: 'typeorm', member: on(repositories, ['findOneBy', 'findOneByOrFail']), takes: 'filter', access: 'read', batch: 'findBy({ …: In([…]) })', named: any, source: TYPEORM },
  { module: 'typeorm', member: on(repositories, ['findOne', 'findOneOrFail']), takes: 'where', access: 'read', batch: 'find({ where: { …: In([…]) } })', named: /[rR]epo(?:sitory)?$/, source: TYPEORM },
  { module: ['pg', 'mysql', 'mysql2', 'mysql2/promise', 'mariadb', 'mssql'], member: ['Pool().query', 'Client().query', 'Pool().connect().query', ...on(['createPool()', 'createConnection()', 'createPool().getConnection()', 'createPool().promise()'], ['execute', 'query'])], takes: 'statement', access: 'write', batch: 'INSERT … VALUES (…), (…)', returns: true, named: any, source: 'https://www.postgresql.org/docs/current/sql-insert.html' },
  { module: ['knex', 'drizzle-orm', 'kysely', '@supabase/supabase-js'], member: '**.insert', takes: 'rows', access: 'write', batch: 'insert([…])', returns: true, named: any, source: 'https://knexjs.org/guide/query-builder.html#insert' },
  { module: ['knex', 'drizzle-orm', 'kysely', '@supabase/supabase-js'], member: '**.upsert', takes: 'rows', access: 'write', batch: 'upsert([…])', returns: true, named: any, source: 'https://knexjs.org/guide/query-builder.html#insert' },
  { module: ['knex', 'drizzle-orm', 'kysely', '@supabase/supabase-js'], member: '**.values', takes: 'rows', access: 'write', batch: 'values([…])', returns: true, named: any, source: 'https://knexjs.org/guide/query-builder.html#insert' },
  { module: ['knex', 'drizzle-orm', 'kysely', '@supabase/supabase-js'], member: ['**.where', '**.eq'], takes: 'one-of', access: 'read', batch: 'WHERE … IN (…)', named: any, source: 'https://knexjs.org/guide/query-builder.html#wherein' },
  // What is started together shares a round trip; in a loop that waits each command has its own. A cluster has keys on several machines.
  { module: ['redis', 'ioredis'], member: on(redisClients, ['get']), takes: 'key', access: 'read', batch: 'mget', together: true, named: redis, source: 'https://redis.io/docs/latest/commands/mget/' },
  { module: ['redis', 'ioredis'], member: on(redisClients, ['del', 'unlink']), takes: 'key', access: 'write', batch: 'del([…])', together: true, named: redis, source: 'https://redis.io/docs/latest/commands/del/' },
  { module: ['redis', 'ioredis'], member: on(redisClients, ['exists', 'hGet', 'hGetAll', 'hget', 'hgetall', 'llen', 'scard', 'smembers', 'sMembers', 'ttl', 'zscore']), takes: 'key', access: 'read', batch: 'multi', together: true, named: redis, source: REDIS },
  { module: ['redis', 'ioredis'], member: on(redisClients, ['expire', 'hSet', 'hdel', 'hset', 'incr', 'lPush', 'lpush', 'rPush', 'rpush', 'sAdd', 'sadd', 'set', 'setEx', 'setex', 'srem', 'zAdd', 'zadd', 'zrem']), takes: 'pair', access: 'write', batch: 'multi', together: true, named: redis, source: REDIS },
  { module: ['level', 'classic-level'], member: on(['Level()', 'ClassicLevel()'], ['put']), takes: 'pair', access: 'write', batch: 'batch', source: 'https://github.com/Level/abstract-level#dbbatchoperations-options' },
  { module: ['level', 'classic-level'], member: on(['Level()', 'ClassicLevel()'], ['get']), takes: 'key', access: 'read', batch: 'getMany', source: 'https://github.com/Level/abstract-level#dbgetmanykeys-options' },
  { module: ['@elastic/elasticsearch', '@opensearch-project/opensearch'], member: on(['Client()'], ['create', 'delete', 'index', 'update']), takes: 'indexed', access: 'write', batch: 'bulk', named: /elastic|opensearch|^es(?:Client)?$/i, source: ELASTIC },
  { module: ['@elastic/elasticsearch', '@opensearch-project/opensearch'], member: on(['Client()'], ['get']), takes: 'indexed', access: 'read', batch: 'mget', source: ELASTIC },
  { module: 'bullmq', member: 'Queue().add', takes: 'named', access: 'write', batch: 'addBulk', returns: true, named: /Queue$/, source: 'https://docs.bullmq.io/guide/queues/adding-bulks' },
  { module: 'kafkajs', member: 'Kafka().producer().send', takes: 'messages', access: 'write', batch: 'send({ messages: […] })', named: /[pP]roducer$/, source: 'https://kafka.js.org/docs/producing#producing-messages' },
  { module: 'openai', member: ['().embeddings.create', 'OpenAI().embeddings.create'], takes: 'input', access: 'read', batch: 'create({ input: […] })', unit: 2048, named: /^embeddings$/, source: 'https://platform.openai.com/docs/api-reference/embeddings/create' },
  { module: 'firebase/firestore', member: ['addDoc', 'deleteDoc', 'setDoc', 'updateDoc'], takes: 'row', access: 'write', batch: 'writeBatch', source: FIRESTORE },
  { module: ['firebase-admin/firestore', '@google-cloud/firestore'], member: ['create', 'delete', 'set', 'update'].map((method) => `**.doc().${method}`), takes: 'doc', access: 'write', batch: 'batch', named: any, source: FIRESTORE },
  { module: ['firebase-admin/firestore', '@google-cloud/firestore'], member: '**.doc().get', takes: 'doc', access: 'read', batch: 'getAll', named: any, source: 'https://cloud.google.com/nodejs/docs/reference/firestore/latest/firestore/firestore#_google_cloud_firestore_Firestore_getAll_member_1_' },
]

/** Commands of AWS's clients, of which each call makes one: `client.send(new PutCommand(input))`. `same`: what all of one batch share. */
export interface CommandFact extends ApiFact {
  readonly access: 'read' | 'write'
  readonly batch: string
  readonly unit?: number
  readonly same: string
}

const dynamo = ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb']

export const commandFacts: readonly CommandFact[] = [
  { module: dynamo, member: ['PutItemCommand', 'PutCommand', 'DeleteItemCommand', 'DeleteCommand'], access: 'write', batch: 'BatchWriteItem', unit: 25, same: 'TableName', source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html' },
  { module: dynamo, member: ['GetItemCommand', 'GetCommand'], access: 'read', batch: 'BatchGetItem', unit: 100, same: 'TableName', source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html' },
  { module: '@aws-sdk/client-s3', member: 'DeleteObjectCommand', access: 'write', batch: 'DeleteObjectsCommand', unit: 1000, same: 'Bucket', source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html' },
  { module: '@aws-sdk/client-sqs', member: 'SendMessageCommand', access: 'write', batch: 'SendMessageBatchCommand', unit: 10, same: 'QueueUrl', source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html' },
  { module: '@aws-sdk/client-sqs', member: 'DeleteMessageCommand', access: 'write', batch: 'DeleteMessageBatchCommand', unit: 10, same: 'QueueUrl', source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html' },
  { module: '@aws-sdk/client-sns', member: 'PublishCommand', access: 'write', batch: 'PublishBatchCommand', unit: 10, same: 'TopicArn', source: 'https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html' },
  { module: '@aws-sdk/client-kinesis', member: 'PutRecordCommand', access: 'write', batch: 'PutRecordsCommand', same: 'StreamName', source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html' },
  { module: '@aws-sdk/client-firehose', member: 'PutRecordCommand', access: 'write', batch: 'PutRecordBatchCommand', same: 'DeliveryStreamName', source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html' },
  { module: '@aws-sdk/client-ssm', member: 'GetParameterCommand', access: 'read', batch: 'GetParametersCommand', unit: 10, same: 'WithDecryption', source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html' },
]

/** What an object of a query may hold besides conditions, for one query to ask the same of many: no order, and no page. */
export const queryKeys: ReadonlySet<string> = new Set([
  'attributes', 'data', 'include', 'lean', 'logging', 'omit', 'paranoid', 'raw', 'relations', 'relationLoadStrategy', 'select', 'transaction', 'where',
])

/** Keys of conditions that ask for more than one value by themselves. https://www.prisma.io/docs/orm/reference/prisma-client-reference#filter-conditions-and-operators */
export const conditionOperators = /^(?:\$(?!eq$).*|contains|endsWith|gte?|has.*|in|is|isNot|lte?|mode|none|not|notIn|search|some|every|startsWith|AND|NOT|OR)$/

/** Writes within a write, which those for many have not. https://www.prisma.io/docs/orm/prisma-client/queries/relation-queries#nested-writes */
export const nestedWrites: ReadonlySet<string> = new Set(['connect', 'connectOrCreate', 'createMany', 'deleteMany', 'disconnect', 'updateMany'])

/** The same by names that columns have as well, so that they count only with what is made for them. */
export const nestedWritesOfObjects: ReadonlySet<string> = new Set(['create', 'delete', 'set', 'update', 'upsert'])

/** Statements that insert one row of values. */
export const insertStatement = /^\s*insert\s+(?:ignore\s+|or\s+\w+\s+)?into\b[^;]*\bvalues\s*\(?/i

/**
 * Links of query builders, by what they say: that rows are put in, that rows are changed or removed, where the rows are, and
 * that it is one of many, of an order or a page.
 * https://knexjs.org/guide/query-builder.html, https://orm.drizzle.team/docs/insert, https://kysely.dev/docs/examples/insert/single-row, https://supabase.com/docs/reference/javascript/insert
 */
export const insertLinks: ReadonlySet<string> = new Set(['insert', 'insertInto', 'into'])
export const changeLinks: ReadonlySet<string> = new Set(['del', 'delete', 'deleteFrom', 'update', 'updateTable'])
export const queryLinks: ReadonlySet<string> = new Set(['delete', 'deleteFrom', 'selectFrom', 'update', 'updateTable'])
export const tableLinks: ReadonlySet<string> = new Set(['from', 'into', 'table'])
export const pagingLinks: ReadonlySet<string> = new Set(['decrement', 'increment', 'offset', 'order', 'orderBy', 'range', 'skip', 'sort'])

/** Beginnings of members of AWS commands that commands for many do not have. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html, https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const singleOnlyMembers = /^(?:Condition|Conditional|Expected|Expression|MFA|Projection|Return|VersionId)/

/** Last words of lists of keys. */
export const keyListWords: ReadonlySet<string> = new Set(['ids', 'keys'])
