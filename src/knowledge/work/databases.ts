/** Databases: through a pool calls overlap, on one connection or in a transaction they come one after another. */
import type { WorkFact } from '../facts.ts'

const MONGODB = 'https://mongodb.github.io/node-mongodb-native/6.10/classes/Collection.html'
const MONGOOSE = 'https://mongoosejs.com/docs/queries.html'
const PRISMA = 'https://www.prisma.io/docs/orm/reference/prisma-client-reference#model-queries'
const SEQUELIZE = 'https://sequelize.org/docs/v6/core-concepts/model-querying-basics/'
const TYPEORM = 'https://typeorm.io/repository-api'
const REDIS = 'https://redis.io/docs/latest/develop/clients/nodejs/'
const KNEX = 'https://knexjs.org/guide/query-builder.html'
const DRIZZLE = 'https://orm.drizzle.team/docs/select'
const KYSELY = 'https://kysely-org.github.io/kysely-apidoc/classes/Kysely.html'

const on = (holders: readonly string[], methods: readonly string[]): string[] =>
  holders.flatMap((holder) => methods.map((method) => `${holder}.${method}`))

const mongoReads = ['aggregate', 'count', 'countDocuments', 'distinct', 'estimatedDocumentCount', 'find', 'findOne']
const mongoWrites = [
  'bulkWrite', 'createIndex', 'deleteMany', 'deleteOne', 'findOneAndDelete', 'findOneAndReplace', 'findOneAndUpdate', 'insertMany',
  'insertOne', 'replaceOne', 'updateMany', 'updateOne',
]
const prismaReads = ['aggregate', 'count', 'findFirst', 'findFirstOrThrow', 'findMany', 'findUnique', 'findUniqueOrThrow', 'groupBy']
const prismaWrites = ['create', 'createMany', 'createManyAndReturn', 'delete', 'deleteMany', 'update', 'updateMany', 'upsert']
const sequelizeReads = ['aggregate', 'count', 'findAll', 'findAndCountAll', 'findByPk', 'findOne', 'max', 'min', 'sum']
const sequelizeWrites = ['bulkCreate', 'create', 'destroy', 'findOrCreate', 'increment', 'update', 'upsert']
const repositoryReads = ['count', 'countBy', 'exist', 'exists', 'existsBy', 'find', 'findAndCount', 'findBy', 'findOne', 'findOneBy', 'findOneByOrFail', 'findOneOrFail', 'query']
const repositoryWrites = ['delete', 'increment', 'insert', 'recover', 'remove', 'restore', 'save', 'softDelete', 'softRemove', 'update', 'upsert']
const redisReads = [
  'exists', 'get', 'hGet', 'hGetAll', 'hget', 'hgetall', 'hmget', 'keys', 'lRange', 'llen', 'lrange', 'mGet', 'mget', 'sMembers', 'scan',
  'sismember', 'smembers', 'ttl', 'type', 'xLen', 'zRange', 'zcard', 'zrange', 'zscore',
]
const redisWrites = [
  'decr', 'del', 'expire', 'hDel', 'hSet', 'hdel', 'hmset', 'hset', 'incr', 'incrby', 'lPush', 'lpush', 'lrem', 'ltrim', 'mset', 'publish', 'rPush',
  'rpush', 'sAdd', 'sRem', 'sadd', 'set', 'setEx', 'setex', 'srem', 'unlink', 'xAdd', 'xadd', 'zAdd', 'zRem', 'zadd', 'zrem',
]
const redisClients = ['', 'Redis', 'Cluster', 'createClient', 'createCluster'].map((name) => `${name}()`)
const sqlMethods = ['execute', 'query']

export const databaseFacts: readonly WorkFact[] = [
  { module: 'pg', member: 'Pool().query', work: 'database', access: 'write', source: 'https://node-postgres.com/apis/pool' },
  { module: 'pg', member: on(['Client()', 'Pool().connect()'], ['query']), work: 'database', access: 'ordered', source: 'https://node-postgres.com/apis/client' },
  { module: 'pg-promise', member: on(['()()'], ['any', 'many', 'manyOrNone', 'none', 'one', 'oneOrNone', 'query', 'result']), work: 'database', access: 'write', source: 'https://vitaly-t.github.io/pg-promise/Database.html' },
  { module: 'postgres', member: ['()()', '().unsafe'], work: 'database', access: 'write', source: 'https://github.com/porsager/postgres#connection-details' },
  { module: ['mysql', 'mysql2', 'mysql2/promise', 'mariadb'], member: on(['createPool()', 'createPool().promise()'], sqlMethods), work: 'database', access: 'write', source: 'https://sidorares.github.io/node-mysql2/docs/examples/connections/create-pool' },
  { module: ['mysql', 'mysql2', 'mysql2/promise', 'mariadb'], member: on(['createConnection()', 'createPool().getConnection()', 'createConnection().promise()'], [...sqlMethods, 'beginTransaction', 'commit', 'rollback']), work: 'database', access: 'ordered', source: 'https://sidorares.github.io/node-mysql2/docs/examples/connections/create-connection' },
  { module: 'mssql', member: ['ConnectionPool().query', 'ConnectionPool().request().query', 'connect().request().query', 'query'], work: 'database', access: 'write', source: 'https://github.com/tediousjs/node-mssql#connection-pools' },
  { module: 'sqlite', member: on(['open()'], ['all', 'each', 'exec', 'get', 'run']), work: 'database', access: 'ordered', source: 'https://github.com/kriasoft/node-sqlite#readme' },
  { module: 'mongodb', member: on(['MongoClient().db().collection()', 'MongoClient.connect().db().collection()', 'Db().collection()', 'Collection()'], mongoReads), work: 'database', access: 'read', source: MONGODB },
  { module: 'mongodb', member: on(['MongoClient().db().collection()', 'MongoClient.connect().db().collection()', 'Db().collection()', 'Collection()'], mongoWrites), work: 'database', access: 'write', source: MONGODB },
  { module: 'mongoose', member: on(['model()', 'connection.model()', 'createConnection().model()'], [...mongoReads, 'exists', 'findById']), work: 'database', access: 'read', source: MONGOOSE },
  { module: 'mongoose', member: on(['model()', 'connection.model()', 'createConnection().model()'], [...mongoWrites, 'create', 'findByIdAndDelete', 'findByIdAndUpdate']), work: 'database', access: 'write', source: MONGOOSE },
  { module: '@prisma/client', member: on(['PrismaClient().*'], prismaReads), work: 'database', access: 'read', source: PRISMA },
  { module: '@prisma/client', member: ['PrismaClient().$executeRaw', 'PrismaClient().$executeRawUnsafe', 'PrismaClient().$queryRaw', 'PrismaClient().$queryRawUnsafe', ...on(['PrismaClient().*'], prismaWrites)], work: 'database', access: 'write', source: PRISMA },
  // The client of an interactive transaction holds one connection.
  { module: '@prisma/client', member: ['Prisma.TransactionClient().**'], work: 'database', access: 'ordered', source: 'https://www.prisma.io/docs/orm/prisma-client/queries/transactions#interactive-transactions' },
  { module: 'sequelize', member: on(['Sequelize().define()', 'Model'], sequelizeReads), work: 'database', access: 'read', source: SEQUELIZE },
  { module: 'sequelize', member: ['Sequelize().query', ...on(['Sequelize().define()', 'Model'], sequelizeWrites)], work: 'database', access: 'write', source: SEQUELIZE },
  { module: 'typeorm', member: on(['Repository()', 'getRepository()', 'DataSource().getRepository()', 'DataSource().manager'], repositoryReads), work: 'database', access: 'read', source: TYPEORM },
  { module: 'typeorm', member: ['DataSource().query', ...on(['Repository()', 'getRepository()', 'DataSource().getRepository()', 'DataSource().manager'], repositoryWrites)], work: 'database', access: 'write', source: TYPEORM },
  { module: 'typeorm', member: ['QueryRunner().**', 'DataSource().createQueryRunner().**'], work: 'database', access: 'ordered', source: 'https://typeorm.io/query-runner' },
  { module: 'knex', member: ['()().**', '().*()', '().*().**', '().raw'], work: 'database', access: 'write', source: KNEX },
  { module: 'knex', member: ['().transaction()()', '().transaction()().**', '().transaction().**', 'Knex.Transaction()()', 'Knex.Transaction()().**'], work: 'database', access: 'ordered', source: 'https://knexjs.org/guide/transactions.html' },
  { module: ['drizzle-orm/node-postgres', 'drizzle-orm/postgres-js', 'drizzle-orm/mysql2', 'drizzle-orm/neon-http', 'drizzle-orm/planetscale-serverless'], member: ['drizzle().execute', 'drizzle().select().**', 'drizzle().query.*.findFirst', 'drizzle().query.*.findMany'], work: 'database', access: 'read', source: DRIZZLE },
  { module: ['drizzle-orm/node-postgres', 'drizzle-orm/postgres-js', 'drizzle-orm/mysql2', 'drizzle-orm/neon-http', 'drizzle-orm/planetscale-serverless'], member: ['drizzle().insert().**', 'drizzle().update().**', 'drizzle().delete().**'], work: 'database', access: 'write', source: DRIZZLE },
  { module: 'kysely', member: ['Kysely().selectFrom().**', 'Kysely().selectFrom()'], work: 'database', access: 'read', source: KYSELY },
  { module: 'kysely', member: ['Kysely().insertInto().**', 'Kysely().updateTable().**', 'Kysely().deleteFrom().**'], work: 'database', access: 'write', source: KYSELY },
  { module: 'kysely', member: 'Transaction().**', work: 'database', access: 'ordered', source: 'https://kysely.dev/docs/category/transactions' },
  // Commands of one connection are sent one behind the other without waiting for answers.
  { module: ['redis', 'ioredis'], member: on(redisClients, redisReads), work: 'database', access: 'read', source: REDIS },
  { module: ['redis', 'ioredis'], member: on(redisClients, redisWrites), work: 'database', access: 'write', source: REDIS },
  { module: ['level', 'classic-level'], member: on(['Level()', 'ClassicLevel()'], ['get', 'getMany', 'has']), work: 'database', access: 'read', source: 'https://github.com/Level/abstract-level#readme' },
  { module: ['level', 'classic-level'], member: on(['Level()', 'ClassicLevel()'], ['batch', 'del', 'put']), work: 'database', access: 'write', source: 'https://github.com/Level/abstract-level#readme' },
  { module: ['@elastic/elasticsearch', '@opensearch-project/opensearch'], member: on(['Client()'], ['count', 'exists', 'get', 'mget', 'msearch', 'search']), work: 'database', access: 'read', source: 'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript' },
  { module: ['@elastic/elasticsearch', '@opensearch-project/opensearch'], member: on(['Client()'], ['bulk', 'create', 'delete', 'deleteByQuery', 'index', 'reindex', 'update', 'updateByQuery']), work: 'database', access: 'write', source: 'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript' },
  { module: '@supabase/supabase-js', member: ['createClient().from().**', 'createClient().rpc', 'createClient().storage.from().**'], work: 'database', access: 'write', source: 'https://supabase.com/docs/reference/javascript/introduction' },
  { module: ['firebase-admin/firestore', '@google-cloud/firestore'], member: ['getFirestore().**.get', 'Firestore().**.get'], work: 'database', access: 'read', source: 'https://firebase.google.com/docs/firestore/query-data/get-data' },
  { module: ['firebase-admin/firestore', '@google-cloud/firestore'], member: ['add', 'create', 'delete', 'set', 'update'].flatMap((method) => [`getFirestore().**.${method}`, `Firestore().**.${method}`]), work: 'database', access: 'write', source: 'https://firebase.google.com/docs/firestore/manage-data/add-data' },
  { module: 'firebase/firestore', member: ['getCountFromServer', 'getDoc', 'getDocs'], work: 'database', access: 'read', source: 'https://firebase.google.com/docs/firestore/query-data/get-data' },
  { module: 'firebase/firestore', member: ['addDoc', 'deleteDoc', 'setDoc', 'updateDoc'], work: 'database', access: 'write', source: 'https://firebase.google.com/docs/firestore/manage-data/add-data' },
]
