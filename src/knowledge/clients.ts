/**
 * Clients that are made once and shared: what making one opens, so that one per call pays for it each time. Left out are
 * clients that cost nothing to make (they send through a `fetch` or an agent of the process), and those that stand for one
 * person's session or mailbox (IMAP, FTP, SSH, LDAP binds).
 */
import type { ApiFact } from './facts.ts'

export interface ClientFact extends ApiFact {
  /** What a new one opens, for messages. */
  readonly opens: string
  readonly source: string
  /** An option without which a new one opens nothing of its own. */
  readonly onlyWith?: string
}

const pool = 'a pool of connections of its own'
const connection = 'a connection of its own'
const sockets = 'sockets of its own (with their handshakes)'

export const clientFacts: readonly ClientFact[] = [
  { module: 'pg', member: ['Pool', 'native.Pool'], opens: pool, source: 'https://node-postgres.com/guides/project-structure' },
  { module: 'pg-pool', member: '', opens: pool, source: 'https://node-postgres.com/apis/pool' },
  { module: 'pg', member: ['Client', 'native.Client'], opens: connection, source: 'https://node-postgres.com/features/pooling' },
  { module: ['mysql2', 'mysql2/promise'], member: ['createPool', 'createPoolCluster'], opens: pool, source: 'https://sidorares.github.io/node-mysql2/docs#using-connection-pools' },
  { module: ['mysql2', 'mysql2/promise'], member: 'createConnection', opens: connection, source: 'https://sidorares.github.io/node-mysql2/docs#using-connection-pools' },
  { module: 'mysql', member: ['createPool', 'createPoolCluster'], opens: pool, source: 'https://github.com/mysqljs/mysql#pooling-connections' },
  { module: 'mysql', member: 'createConnection', opens: connection, source: 'https://github.com/mysqljs/mysql#establishing-connections' },
  { module: 'mongodb', member: ['MongoClient', 'MongoClient.connect'], opens: pool, source: 'https://www.mongodb.com/docs/drivers/node/current/connect/mongoclient/' },
  { module: 'mongoose', member: 'createConnection', opens: pool, source: 'https://mongoosejs.com/docs/connections.html#multiple_connections' },
  { module: 'ioredis', member: ['', 'Redis', 'Cluster', 'Redis.Cluster'], opens: connection, source: 'https://redis.io/docs/latest/develop/clients/ioredis/connect/' },
  { module: ['redis', '@redis/client'], member: ['createClient', 'createCluster', 'createClientPool'], opens: connection, source: 'https://redis.io/docs/latest/develop/clients/pools-and-muxing/' },
  { module: ['@prisma/client', '.prisma/client'], member: 'PrismaClient', opens: 'a query engine and a pool of connections of its own', source: 'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/databases-connections#prismaclient-in-long-running-applications' },
  { module: 'knex', member: ['', 'knex'], opens: pool, source: 'https://knexjs.org/guide/#pool' },
  { module: 'sequelize', member: ['', 'Sequelize'], opens: pool, source: 'https://sequelize.org/docs/v6/other-topics/connection-pool/' },
  { module: 'typeorm', member: 'DataSource', opens: pool, source: 'https://typeorm.io/docs/data-source/data-source' },
  { module: ['mssql', 'mssql/msnodesqlv8'], member: 'ConnectionPool', opens: pool, source: 'https://tediousjs.github.io/node-mssql/#connection-pools' },
  { module: 'cassandra-driver', member: 'Client', opens: pool, source: 'https://docs.datastax.com/en/developer/nodejs-driver/latest/coding-rules/' },
  { module: 'neo4j-driver', member: 'driver', opens: pool, source: 'https://neo4j.com/docs/javascript-manual/current/connect/' },
  { module: ['@elastic/elasticsearch', '@opensearch-project/opensearch'], member: 'Client', opens: pool, source: 'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript/connecting' },
  { module: '@clickhouse/client', member: 'createClient', opens: sockets, source: 'https://clickhouse.com/docs/integrations/javascript#keep-alive-configuration-nodejs-only' },
  { module: '@azure/cosmos', member: 'CosmosClient', opens: sockets, source: 'https://learn.microsoft.com/azure/cosmos-db/nosql/best-practices-javascript' },
  { module: '@azure/service-bus', member: 'ServiceBusClient', opens: connection, source: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-performance-improvements#reusing-factories-and-clients' },
  { module: ['amqplib', 'amqplib/callback_api'], member: 'connect', opens: connection, source: 'https://www.rabbitmq.com/docs/connections#lifecycle' },
  { module: 'kafkajs', member: 'Kafka().producer', opens: connection, source: 'https://kafka.js.org/docs/producing' },
  { module: 'bullmq', member: ['Queue', 'QueueEvents', 'FlowProducer'], opens: 'a Redis connection of its own', source: 'https://docs.bullmq.io/guide/connections' },
  { module: 'bull', member: '', opens: 'Redis connections of its own', source: 'https://github.com/OptimalBits/bull/blob/develop/PATTERNS.md#reusing-redis-connections' },
  { module: ['node:http', 'node:https'], member: 'Agent', opens: sockets, onlyWith: 'keepAlive', source: 'https://nodejs.org/api/http.html#class-httpagent' },
  { module: 'agentkeepalive', member: ['', 'HttpAgent', 'HttpsAgent'], opens: sockets, source: 'https://github.com/node-modules/agentkeepalive#usage' },
  { module: 'undici', member: ['Agent', 'Pool', 'Client', 'ProxyAgent', 'BalancedPool'], opens: sockets, source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Agent.md' },
]

/** Every client of AWS SDK v3 has a request handler with an agent of its own: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-reusing-connections.html */
export const awsClientFact: ClientFact = {
  module: '@aws-sdk/client-*',
  member: '*',
  opens: sockets,
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
}

/**
 * Commands that need a connection to themselves: what waits, listens or watches holds up everything else on it.
 * https://redis.io/docs/latest/develop/pubsub/, https://redis.io/docs/latest/commands/blpop/, https://redis.io/docs/latest/develop/using-commands/transactions/
 */
export const dedicatingMethods = /^(?:[ps]?subscribe|monitor|watch|xread(?:group)?|b(?:[lr]z?|z)?(?:pop|push|move)\w*|blmpop|brpoplpush|duplicate|waitUntilReady)$/i

/** Events of a connection that others send to: https://node-postgres.com/apis/client#notification, https://redis.io/docs/latest/develop/pubsub/ */
export const dedicatingEvents: ReadonlySet<string> = new Set(['notification', 'message', 'pmessage', 'smessage', 'messageBuffer'])

/** Methods that end a client: that it is ended in the function that made it shows that each call has its own. */
export const closers: ReadonlySet<string> = new Set(['close', 'destroy', 'disconnect', '$disconnect', 'end', 'quit', 'shutdown'])

/**
 * Words in the names of functions that try a connection out: `checkHealth`, `waitForRedis`.
 * https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export const tryingWords: ReadonlySet<string> = new Set([
  'check', 'checks', 'diagnose', 'diagnosis', 'diagnostics', 'doctor', 'health', 'healthcheck', 'healthy', 'liveness', 'ping', 'probe', 'readiness', 'ready', 'test', 'tests',
  'validate', 'validation', 'verify', 'wait',
])

/** Modules of runtimes that may not share a connection between requests. https://developers.cloudflare.com/workers/runtime-apis/tcp-sockets/#considerations */
export const edgeModules = /^(?:cloudflare:|@cloudflare\/)/
