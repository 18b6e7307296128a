/** Reads the defaults and option names of the tables in the packages themselves. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { awsClients, timeLimits, type TimeLimitFact } from '../../src/knowledge/timeouts/index.ts'
import { clientPackages } from '../support/client-packages.ts'

let folder = ''
let load: (name: string) => any

beforeAll(() => {
  folder = clientPackages()
  load = createRequire(join(folder, 'package.json'))
})

function factOf(module: string, role?: TimeLimitFact['role']): TimeLimitFact {
  const fact = timeLimits.find((each) => [each.module].flat().includes(module) && (!role || each.role === role))
  if (!fact) throw new Error(`no fact for ${module}`)
  return fact
}

const file = (path: string): string => readFileSync(join(folder, 'node_modules', path), 'utf8')
const numberIn = (path: string, pattern: RegExp): number => {
  const [, factor = '', other = '1', third = '1'] = pattern.exec(file(path)) ?? []
  return Number(factor.replaceAll('_', '')) * Number(other) * Number(third)
}

/** By module: the default in milliseconds that its package has, 0 for none. */
const defaults: readonly (readonly [module: string, read: () => number | Promise<number>])[] = [
  ['axios', () => load('axios').defaults.timeout],
  ['got', async () => Object.values((await import(join(folder, 'node_modules/got/dist/source/index.js'))).got.defaults.options.timeout).filter(Boolean).length],
  ['ky', () => numberIn('ky/distribution/core/Ky.js', /options\.timeout \?\? ([\d_]+)/)],
  ['undici', () => {
    const client = new (load('undici').Client)('http://localhost') as Record<symbol, number>
    const named = (name: string) => client[Object.getOwnPropertySymbols(client).find((each) => each.description === name) ?? Symbol()] ?? NaN
    expect(named('headers timeout')).toBe(named('body timeout'))
    return named('body timeout')
  }],
  ['needle', () => numberIn('needle/lib/needle.js', /open_timeout\s*:\s*(\d+)/)],
  ['superagent', () => load('superagent').get('http://localhost')._timeout ?? 0],
  ['pg', () => {
    const { defaults: own, Client } = load('pg')
    expect([own.query_timeout, own.statement_timeout]).toEqual([false, false])
    return new Client({})._connectionTimeoutMillis
  }],
  ['postgres', () => 1000 * numberIn('postgres/src/index.js', /connect_timeout\s*:\s*(\d+)/)],
  ['mysql2', () => new (load(join(folder, 'node_modules/mysql2/lib/connection_config.js')))({}).connectTimeout],
  ['mongodb', () => {
    const { options } = new (load('mongodb').MongoClient)('mongodb://localhost')
    expect(options.socketTimeoutMS).toBe(0)
    return options.connectTimeoutMS
  }],
  ['ioredis', () => {
    const { options } = new (load('ioredis').Redis)({ lazyConnect: true })
    expect([options.commandTimeout, options.socketTimeout]).toEqual([undefined, undefined])
    return options.connectTimeout
  }],
  ['knex', () => numberIn('knex/lib/client.js', /DEFAULT_ACQUIRE_TIMEOUT = (\d+)/)],
  ['sequelize', () => numberIn('sequelize/lib/dialects/abstract/connection-manager.js', /acquire: ([\d.e]+)/)],
  ['openai', () => new (load('openai').OpenAI)({ apiKey: 'x' }).timeout],
  ['@anthropic-ai/sdk', () => new (load('@anthropic-ai/sdk').Anthropic)({ apiKey: 'x' }).timeout],
  ['stripe', () => new (load('stripe'))('sk_test_x').getApiField('timeout')],
  ['kafkajs', () => numberIn('kafkajs/src/index.js', /requestTimeout=(\d+)/)],
  ['nodemailer', () => numberIn('nodemailer/dist/esm/smtp-connection/index.js', /SOCKET_TIMEOUT = (\d+) \* (\d+) \* (\d+)/)],
  ['@google-cloud/storage', () => 1000 * numberIn('@google-cloud/storage/build/cjs/src/storage.js', /retryOptions\.totalTimeout = (\d+)/)],
  ['phin', () => (/if \(opts\.timeout\) req\.timeout/.test(file('phin/lib/phin.js')) && /timeoutTime = null/.test(file('centra/model/CentraRequest.js')) ? 0 : NaN)],
  ['bent', () => (/time-?out|signal|abort/i.test(file('bent/src/nodejs.js') + file('bent/src/core.js')) ? NaN : 0)],
  ['gaxios', () => (/if \(opts\.timeout\) \{\s+const timeoutSignal = AbortSignal\.timeout/.test(file('gaxios/build/cjs/src/gaxios.js')) ? 0 : NaN)],
  ['tedious', () => numberIn('tedious/lib/connection.js', /DEFAULT_CLIENT_REQUEST_TIMEOUT = (\d+) \* (\d+)/)],
  ['cassandra-driver', () => load('cassandra-driver/lib/client-options').defaultOptions().socketOptions.readTimeout],
  ['@clickhouse/client', () => numberIn('@clickhouse/client/dist/common/config.js', /request_timeout \?\? ([\d_]+)/)],
  ['ldapjs', () => {
    const [, time, connect] = /this\.timeout = parseInt\(\(options\.timeout \|\| (\d+)\)[^]*?connectTimeout \|\| (\d+)/.exec(file('ldapjs/lib/client/client.js')) ?? []
    return Number(time) + Number(connect)
  }],
  ['@slack/web-api', () => new (load('@slack/web-api').WebClient)('x').axios.defaults.timeout],
  ['ethers', () => new (load('ethers').FetchRequest)('https://localhost').timeout],
  ['imapflow', () => numberIn('imapflow/lib/imap-flow.js', /SOCKET_TIMEOUT = (\d+) \* (\d+) \* (\d+)/)],
  ['http-proxy', () => (/if\(options\.proxyTimeout\) \{\s+proxyReq\.setTimeout/.test(file('http-proxy/lib/http-proxy/passes/web-incoming.js')) ? 0 : NaN)],
  ['twilio', () => numberIn('twilio/lib/base/RequestClient.js', /DEFAULT_TIMEOUT = (\d+)/)],
  ['@notionhq/client', () => numberIn('@notionhq/client/build/src/constants.js', /DEFAULT_TIMEOUT_MS = (\d+)/)],
  ['ws', () => (file('ws/lib/websocket.js').includes('timeout: undefined') ? 0 : NaN)],
]

it.each(defaults)('%s has the default of its entry', async (module, read) => {
  // A client that limits connecting alone has that limit as its entry's default.
  expect(await read()).toBe(factOf(module).default?.ms ?? 0)
})

it('node-redis limits commands since version 6 only', () => {
  expect(file('@redis/client/dist/lib/defaults.js')).toContain('DEFAULT_COMMAND_TIMEOUT = 5000')
  expect(factOf('redis').default).toEqual({ ms: 5000, covers: 'total' })
  expect(timeLimits.find(({ module, range }) => [module].flat().includes('redis') && range?.below?.[0] === 6)?.default?.covers).toBe('connect')
})

it('the AWS SDK and Elasticsearch limit nothing', async () => {
  const handler = new (load('@aws-sdk/client-s3').S3Client)({ region: 'x' }).config.requestHandler
  await handler.updateHttpClientConfig?.('keepAlive', undefined)
  expect(file('@smithy/node-http-handler/dist-cjs/index.js')).toContain('DEFAULT_REQUEST_TIMEOUT = 0')
  expect(awsClients.fact.default).toBeNull()
  expect(file('@elastic/transport/lib/connection/UndiciConnection.js')).toMatch(/headersTimeout: .*\? _a : 0/)
})

/** Where the names of options are found: the package, or what it is made of. */
const sources: Readonly<Record<string, readonly string[]>> = {
  redis: ['@redis/client'],
  '@elastic/elasticsearch': ['@elastic/elasticsearch', '@elastic/transport'],
  'node-fetch': ['node-fetch'],
}

it('Nest hands its options to axios', () => {
  expect(file('@nestjs/axios/dist/http.service.js')).toMatch(/makeObservable\(this\.instance\.get, url, config\)/)
})

it('Apollo Client hands `fetchOptions` of the context to `fetch`', () => {
  expect(file('@apollo/client/link/http/createHttpLink.js')).toContain('options: context.fetchOptions')
})

it('node-fetch 3 does not know `timeout`', () => {
  expect(file('node-fetch/src/index.js') + file('node-fetch/src/request.js')).not.toMatch(/\btimeout\b/)
})

it.each(['phin', 'gaxios', 'tedious', 'cassandra-driver', '@clickhouse/client', 'ldapjs', '@slack/web-api', 'imapflow', 'http-proxy', 'twilio', '@notionhq/client', 'axios', 'got', 'ky', 'needle', 'request', 'pg', 'mongodb', 'ioredis', 'redis', 'openai', 'stripe', 'kafkajs', 'amqplib', 'nodemailer', 'ws', '@elastic/elasticsearch'])(
  '%s knows the options that rewrites set',
  (module) => {
    const names = timeLimits
      .filter((fact) => [fact.module].flat().includes(module))
      .flatMap(({ remedies }) => remedies.flatMap((remedy) => (remedy.kind === 'options' ? remedy.options : [])))
      .flatMap((name) => name.split('.'))
    const text = (sources[module] ?? [module, 'pg-pool']).map((name) => textOf(join(folder, 'node_modules', name))).join('\n')
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
  },
)

function textOf(path: string): string {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?js$/.test(name) && !name.includes('node_modules'))
    .map((name) => { try { return readFileSync(join(path, name), 'utf8') } catch { return '' } })
    .join('\n')
}
