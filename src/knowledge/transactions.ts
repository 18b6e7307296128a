/**
 * What holds a connection of a pool while code waits: transactions that run a callback, and calls that begin and end one. An
 * entry by name counts where a value comes from another file, so that only names stand here that say it by themselves or
 * together with their receiver. Left out: transactions of browsers' databases, and those that hold nothing while they run
 * (Firestore's, Redis's `MULTI`).
 */
import type { ApiFact } from './facts.ts'

/** Calls that run a callback within a transaction, under names that say something else in other places. */
export const transactionFacts: readonly ApiFact[] = [
  { module: 'kysely', member: 'Kysely().transaction().**.execute', source: 'https://kysely.dev/docs/examples/transactions/simple-transaction' },
  { module: 'pg-promise', member: ['()().tx', '()().task'], source: 'https://github.com/vitaly-t/pg-promise#tasks' },
]

/**
 * Modules whose objects have a method of `transactionNames` that does so. https://knexjs.org/guide/transactions.html,
 * https://sequelize.org/docs/v6/other-topics/transactions/, https://typeorm.io/docs/advanced-topics/transactions/,
 * https://orm.drizzle.team/docs/transactions, https://mongoosejs.com/docs/transactions.html, https://github.com/porsager/postgres#transactions,
 * https://github.com/gajus/slonik#transactions, https://vincit.github.io/objection.js/guide/transactions.html, https://mikro-orm.io/docs/transactions
 */
export const databaseModules = /^(?:@mikro-orm\/|drizzle-orm\/|(?:knex|mongodb|mongoose|objection|postgres|sequelize|slonik|typeorm)$)/

/**
 * Names of calls that run a callback within a transaction.
 *
 * - `telltale`: whatever it is called on. https://www.prisma.io/docs/orm/prisma-client/queries/transactions
 * - `receiver`: on something that a database goes by (`databaseModules`, `databaseWords`), or on a model of Objection (`Person.transaction`).
 * - `parameter`: where the callback takes what the call hands it. Wrappers of projects go by these.
 */
export const transactionNames: ReadonlyMap<string, 'telltale' | 'receiver' | 'parameter'> = new Map([
  ['$transaction', 'telltale'],
  ['begin', 'receiver'],
  ['transaction', 'receiver'],
  ...(['inTransaction', 'runInTransaction', 'transactional', 'useTransaction', 'withTransaction', 'withTx'] as const).map((name) => [name, 'parameter'] as const),
])

/** Last words of receivers whose `transaction` holds a connection. */
export const databaseWords: ReadonlySet<string> = new Set([
  'connection', 'database', 'datasource', 'db', 'drizzle', 'em', 'knex', 'kysely', 'manager', 'orm', 'pg', 'pool', 'postgres', 'prisma', 'sequelize', 'sql', 'transaction', 'trx', 'tx',
])

/**
 * Receivers that keep the transaction out of the callback's hands, and bind every query in it by themselves:
 * https://sequelize.org/docs/v6/other-topics/transactions/#automatically-pass-transactions-to-all-queries,
 * https://www.mongodb.com/docs/drivers/node/current/crud/transactions/ (the session is there before).
 */
export const implicitWords: ReadonlySet<string> = new Set(['sequelize', 'session'])

/** Methods that begin a transaction on what they are called on, and those that end it. */
export const beginningMethods: ReadonlySet<string> = new Set(['beginTransaction', 'startTransaction'])
export const committingMethods: ReadonlySet<string> = new Set(['commit', 'commitTransaction'])
export const rollingBackMethods: ReadonlySet<string> = new Set(['abortTransaction', 'rollback', 'rollbackTransaction'])

/** Statements that begin and end one. https://www.postgresql.org/docs/current/sql-begin.html, https://dev.mysql.com/doc/refman/8.4/en/commit.html */
export const beginStatement = /^(?:BEGIN(?: (?:TRANSACTION|WORK|ISOLATION|READ|DEFERRED|IMMEDIATE|EXCLUSIVE)\b|;?$)|START TRANSACTION\b)/i
export const commitStatement = /^(?:COMMIT|END)\b/i
export const rollbackStatement = /^ROLLBACK\b(?! TO\b)/i

/** Methods that take a statement. */
export const statementMethods: ReadonlySet<string> = new Set(['exec', 'execute', 'query', 'raw', 'run', 'unsafe'])

/** Methods that take a connection out of a pool, until `release` gives it back. https://node-postgres.com/apis/pool#poolconnect, https://sidorares.github.io/node-mysql2/docs */
export const checkOutMethods: ReadonlySet<string> = new Set(['connect', 'getConnection'])

/**
 * Calls and options that lock rows for as long as the transaction lasts: whoever locks may want the work outside to be done by one at
 * a time. https://www.postgresql.org/docs/current/explicit-locking.html, https://knexjs.org/guide/query-builder.html#forupdate,
 * https://sequelize.org/docs/v6/other-topics/transactions/#locks, https://typeorm.io/docs/query-builder/select-query-builder/#locking
 */
export const lockingNames: ReadonlySet<string> = new Set(['LOCK', 'forNoKeyUpdate', 'forShare', 'forUpdate', 'lock', 'lockMode', 'setLock', 'skipLocked'])
export const lockingStatement = /\bFOR\s+(?:NO\s+KEY\s+)?(?:UPDATE|SHARE)\b|\bSKIP\s+LOCKED\b|\bLOCK\s+TABLE\b|pg_(?:try_)?advisory|GET_LOCK\s*\(/i

/**
 * Names of remote services and protocols that stand for nothing inside a program: whatever is awaited of something that goes by
 * one alone (`stripe.refunds.create`, `this.s3Client.send`), or of a function that ends in one (`removeFromS3`), waits for the other side.
 */
export const outsideServices: ReadonlySet<string> = new Set([
  'algolia', 'anthropic', 'axios', 'github', 'gitlab', 'mailer', 'mailgun', 'meili', 'meilisearch', 'octokit', 'openai', 's3', 'sendgrid', 'ses', 'slack', 'smtp', 'sns', 'sqs',
  'stripe', 'twilio',
])

/** Words before `client` that say that it calls another program: `apiClient`, `authServiceClient`. One of a database has others. */
export const remoteKinds: ReadonlySet<string> = new Set(['api', 'graphql', 'grpc', 'http', 'rest', 'rpc', 'service'])

/** First words of calls that carry something to or from another machine. */
export const transferVerbs: ReadonlySet<string> = new Set(['download', 'upload'])

/**
 * First words that mean sending, where another word of the name, or of the receiver's, is a message to a person:
 * `sendInviteEmail`, `mailService.send`. Events and webhooks are put into a table or queue as often.
 */
export const sendingVerbs: ReadonlySet<string> = new Set(['deliver', 'send'])
export const messageWords: ReadonlySet<string> = new Set(['email', 'emails', 'mail', 'mailer', 'mails', 'sms'])

/** Last words of calls that do nothing but let time pass. */
export const sleepingCalls: ReadonlySet<string> = new Set(['delay', 'sleep', 'snooze'])

/** First words of calls that throw where something is not as it should be: what follows rests on them, although they bring nothing. */
export const gatingVerbs: ReadonlySet<string> = new Set(['assert', 'authorize', 'check', 'enforce', 'ensure', 'require', 'validate', 'verify'])

/**
 * Methods of clients and pools that run a query, or start to build one: https://www.prisma.io/docs/orm/reference/prisma-client-reference,
 * https://knexjs.org/guide/query-builder.html, https://orm.drizzle.team/docs/select, https://kysely-org.github.io/kysely-apidoc/classes/Kysely.html.
 * Prisma's models have those of `modelMethods`; Knex is called itself.
 */
export const queryMethods: ReadonlySet<string> = new Set([
  '', '$executeRaw', '$executeRawUnsafe', '$queryRaw', '$queryRawUnsafe', '$transaction', 'delete', 'deleteFrom', 'execute', 'findUniqueOrThrow', 'findFirstOrThrow', 'insert', 'insertInto', 'query', 'raw',
  'select', 'selectFrom', 'update', 'updateTable',
])

/** First words of calls that keep their callback until later, whatever is awaited of them: `afterCommit`, `waitUntil`, `onCommit`, `setTimeout`. */
export const deferringVerbs: ReadonlySet<string> = new Set(['after', 'defer', 'enqueue', 'on', 'once', 'schedule', 'set', 'wait'])

/** Words that only say that something is a client of what the others name: `stripeClient`. */
export const clientSuffixes: ReadonlySet<string> = new Set(['api', 'client', 'instance', 'sdk', 'service'])

/** Words before the service at the end of a name: `removeFromS3`. */
export const directionWords: ReadonlySet<string> = new Set(['from', 'to', 'via'])
