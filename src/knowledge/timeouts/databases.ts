/** Clients of databases. Their peers are configured by whoever runs the program, and some operations are long on purpose. */
import type { TimeLimitFact } from './facts.ts'

const client = { role: 'client', none: ['zero', 'false'] } as const

const pg = {
  ...client,
  client: 'pg',
  versions: '>=7 <9',
  waits: 'a query',
  options: [0],
  limits: ['query_timeout', 'statement_timeout', 'connectionTimeoutMillis', 'lock_timeout', 'options'],
  default: null,
  onLimit: 'rejects (`Query read timeout`, `timeout expired`); connecting closes the socket, a query keeps its connection',
  remedies: [{ kind: 'options', options: ['connectionTimeoutMillis', 'query_timeout'] }],
  connectionString: true,
  source: 'https://node-postgres.com/apis/client#new-client',
} as const

const redis = {
  module: ['redis', '@redis/client'],
  member: ['createClient', 'createCluster'],
  waits: 'a command',
  options: [0],
  limits: ['commandOptions', 'socket.socketTimeout', 'commandsQueueMaxLength'],
  onLimit: 'rejects with a `TimeoutError`; the connection stays',
  remedies: [{ kind: 'options', options: ['socket.socketTimeout'] }],
  source: 'https://github.com/redis/node-redis/blob/master/docs/client-configuration.md',
} as const

const elastic = {
  module: '@elastic/elasticsearch',
  member: 'Client',
  waits: 'a request',
  options: [0],
  limits: ['requestTimeout'],
  onLimit: 'rejects with a `TimeoutError` and closes the connection',
  remedies: [{ kind: 'options', options: ['requestTimeout'] }],
  source: 'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript/timeout-best-practices',
} as const

export const databases: readonly TimeLimitFact[] = [
  { ...pg, module: ['pg', 'pg-pool'], member: ['Pool', 'Client', 'native.Pool', 'native.Client'] },
  { ...pg, module: 'pg-pool', member: '' },
  {
    ...client, module: 'postgres', member: '', client: 'postgres', versions: '>=3 <4', waits: 'a query', options: [0, 1], limits: ['connection.statement_timeout', 'connection'], connectionString: true,
    default: { ms: 30_000, covers: 'connect' }, onLimit: 'rejects with `CONNECT_TIMEOUT`, or with the error of the server', remedies: [], source: 'https://github.com/porsager/postgres#connection-details',
  },
  {
    ...client, module: ['mysql2', 'mysql2/promise', 'mysql'], member: ['createPool', 'createConnection', 'createPoolCluster'], client: 'mysql2', versions: 'mysql2 >=2 <4, mysql >=2 <3', waits: 'a query', options: [0], limits: [], connectionString: true,
    // A query takes `{ sql, timeout }`; no option of the pool limits queries or waiting for a connection.
    default: { ms: 10_000, covers: 'connect' }, onLimit: 'fails with `PROTOCOL_SEQUENCE_TIMEOUT`', remedies: [], source: 'https://github.com/sidorares/node-mysql2/blob/master/lib/commands/query.js',
  },
  {
    ...client, module: 'mongodb', member: ['MongoClient', 'MongoClient.connect'], client: 'mongodb', versions: '>=4 <8', waits: 'an operation', options: [1], limits: ['socketTimeoutMS', 'timeoutMS', 'maxTimeMS', 'socketOptions', 'replset', 'server'], connectionString: true,
    // Connecting and choosing a server are limited; a server that stops answering is found by the monitor, a slow operation runs on.
    default: { ms: 30_000, covers: 'connect' }, onLimit: 'rejects with a `MongoNetworkTimeoutError` and closes the connection', remedies: [{ kind: 'options', options: ['socketTimeoutMS'] }], source: 'https://www.mongodb.com/docs/drivers/node/current/connect/connection-options/',
  },
  {
    ...client, module: 'mongoose', member: ['connect', 'createConnection'], client: 'mongoose', versions: '>=6 <10', waits: 'an operation', options: [1], limits: ['socketTimeoutMS', 'timeoutMS', 'maxTimeMS'], connectionString: true,
    default: { ms: 30_000, covers: 'connect' }, onLimit: 'rejects with a `MongoNetworkTimeoutError` and closes the connection', remedies: [{ kind: 'options', options: ['socketTimeoutMS'] }], source: 'https://mongoosejs.com/docs/connections.html#options',
  },
  {
    ...client, module: 'ioredis', member: ['', 'Redis', 'Cluster', 'Redis.Cluster'], client: 'ioredis', versions: '>=4.24 <7', waits: 'a command', options: [0, 1, 2], limits: ['commandTimeout', 'socketTimeout', 'redisOptions'],
    // Clients for blocking commands and queues must not limit commands.
    default: { ms: 10_000, covers: 'connect' }, onLimit: 'rejects with `Command timed out`; the connection stays', remedies: [{ kind: 'options', options: ['commandTimeout'] }], source: 'https://github.com/redis/ioredis#timeouts',
  },
  {
    ...client, ...redis, client: 'redis', versions: '>=6 <7', default: { ms: 5_000, covers: 'total' },
  },
  {
    ...client, ...redis, client: 'redis (before version 6)', versions: '>=4 <6', range: { below: [6, 0] }, default: { ms: 5_000, covers: 'connect' },
  },
  {
    ...client, module: ['@prisma/client', '.prisma/client'], member: 'PrismaClient', client: 'Prisma', versions: '>=4 <8', waits: 'a query', options: [0], limits: ['adapter', 'datasources', 'datasourceUrl'], connectionString: true,
    // Waiting for a connection is limited to 10 s and interactive transactions to 5 s; a query is not.
    default: { ms: 10_000, covers: 'connect' }, onLimit: 'rejects with `P1008` or `P2024`', remedies: [], source: 'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections/connection-pool',
  },
  {
    ...client, module: 'knex', member: ['', 'knex'], client: 'knex', versions: '>=0.95 <4', waits: 'a query', options: [0], limits: ['connection.statement_timeout', 'connection.query_timeout', 'connection.requestTimeout', 'pool.afterCreate'], connectionString: true,
    default: { ms: 60_000, covers: 'connect' }, onLimit: 'rejects with a `KnexTimeoutError`', remedies: [], source: 'https://knexjs.org/guide/#acquireconnectiontimeout',
  },
  {
    ...client, module: 'sequelize', member: ['', 'Sequelize'], client: 'sequelize', versions: '>=5 <7', waits: 'a query', options: [0, 1, 2, 3], limits: ['dialectOptions.statement_timeout', 'dialectOptions.query_timeout', 'dialectOptions.requestTimeout', 'dialectOptions.options'], connectionString: true,
    default: { ms: 60_000, covers: 'connect' }, onLimit: 'rejects with the error of the driver', remedies: [], source: 'https://sequelize.org/docs/v6/other-topics/connection-pool/',
  },
  {
    ...client, module: 'typeorm', member: ['DataSource', 'createConnection'], client: 'typeorm', versions: '>=0.2 <2', waits: 'a query', options: [0], limits: ['maxQueryExecutionTime', 'connectTimeoutMS', 'connectTimeout', 'extra', 'requestTimeout'], connectionString: true,
    default: { ms: 10_000, covers: 'connect' }, onLimit: 'rejects with the error of the driver', remedies: [], source: 'https://typeorm.io/docs/data-source/data-source-options/',
  },
  {
    ...client, ...elastic, client: 'Elasticsearch', versions: '>=9 <10', default: { ms: 30_000, covers: 'connect' },
  },
  {
    ...client, ...elastic, client: 'Elasticsearch (before version 9)', versions: '>=7 <9', range: { below: [9, 0] }, default: { ms: 30_000, covers: 'total' },
  },
  {
    ...client, module: ['tedious', 'mssql', 'mssql/msnodesqlv8'], member: ['Connection', 'ConnectionPool', 'connect'], client: 'tedious', versions: 'tedious >=14 <20, mssql >=6 <13', waits: 'a request', options: [0], limits: ['requestTimeout', 'options.requestTimeout', 'beforeConnect'], connectionString: true,
    default: { ms: 15_000, covers: 'total' }, onLimit: 'fails with `ETIMEOUT` and cancels the request', remedies: [{ kind: 'options', options: ['requestTimeout'] }], source: 'https://tediousjs.github.io/tedious/api-connection.html',
  },
  {
    ...client, module: 'cassandra-driver', member: 'Client', client: 'cassandra-driver', versions: '>=3 <5', waits: 'a query', options: [0], limits: ['socketOptions.readTimeout'],
    default: { ms: 12_000, covers: 'total' }, onLimit: 'rejects with an `OperationTimedOutError`', remedies: [{ kind: 'options', options: ['socketOptions.readTimeout'] }], source: 'https://docs.datastax.com/en/developer/nodejs-driver/latest/api/type.ClientOptions/',
  },
  {
    ...client, module: ['@clickhouse/client', '@clickhouse/client-web'], member: 'createClient', client: 'ClickHouse', versions: '>=0.2 <2', waits: 'a query', options: [0], limits: ['request_timeout'],
    default: { ms: 30_000, covers: 'total' }, onLimit: 'rejects with `Timeout error.` and destroys the request', remedies: [{ kind: 'options', options: ['request_timeout'] }], source: 'https://clickhouse.com/docs/integrations/javascript#configuration',
  },
  {
    ...client, module: 'ldapjs', member: 'createClient', client: 'ldapjs', versions: '>=2 <4', waits: 'an answer', options: [0], limits: ['timeout', 'connectTimeout'],
    default: null, onLimit: 'fails with a `TimeoutError`, or with `connection timeout`', remedies: [{ kind: 'options', options: ['timeout', 'connectTimeout'] }], source: 'https://github.com/ldapjs/node-ldapjs/blob/master/docs/client.md',
  },
]
