/** Clients of cloud services, brokers and mail servers. */
import type { TimeLimitFact } from './facts.ts'

const client = { role: 'client', options: [0] } as const

export const services: readonly TimeLimitFact[] = [
  {
    ...client, module: ['openai', '@anthropic-ai/sdk', 'groq-sdk'], member: ['', 'OpenAI', 'Anthropic', 'AzureOpenAI', 'Groq'], client: 'the SDK', versions: 'openai >=4 <7, @anthropic-ai/sdk >=0.20 <2', waits: 'a request', limits: ['timeout', 'fetch', 'httpAgent', 'fetchOptions'], none: [],
    default: { ms: 600_000, covers: 'total' }, onLimit: 'rejects with an `APIConnectionTimeoutError` after the retries, and aborts the request', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://github.com/openai/openai-node#timeouts',
  },
  {
    ...client, module: 'stripe', member: ['', 'Stripe'], client: 'Stripe', versions: '>=8 <24', waits: 'a request', options: [1], limits: ['timeout', 'httpClient'], none: [],
    default: { ms: 80_000, covers: 'total' }, onLimit: 'rejects with a `StripeConnectionError` and destroys the request', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://github.com/stripe/stripe-node#configuration',
  },
  {
    ...client, module: ['@grpc/grpc-js', 'grpc'], member: ['Client().makeUnaryRequest', 'Client().makeClientStreamRequest'], role: 'operation', client: 'gRPC', versions: '>=1 <2', waits: 'a call', options: [3, 4, 5, 6], limits: ['deadline'], none: ['infinity'],
    default: null, onLimit: 'fails with `DEADLINE_EXCEEDED` and cancels the call', remedies: [], source: 'https://grpc.io/docs/guides/deadlines/',
  },
  {
    ...client, module: '@google-cloud/storage', member: 'Storage', client: 'Google Cloud Storage', versions: '>=6 <8', waits: 'a request', limits: ['timeout', 'retryOptions.totalTimeout'], none: ['zero'],
    default: { ms: 600_000, covers: 'total' }, onLimit: 'rejects with the error of the request', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://cloud.google.com/nodejs/docs/reference/storage/latest/storage/storageoptions',
  },
  {
    ...client, module: 'kafkajs', member: 'Kafka', client: 'kafkajs', versions: '>=2 <3', waits: 'a request', limits: ['requestTimeout', 'enforceRequestTimeout'], none: ['false'],
    default: { ms: 30_000, covers: 'total' }, onLimit: 'rejects with a `KafkaJSRequestTimeoutError`', remedies: [{ kind: 'options', options: ['requestTimeout'] }], source: 'https://kafka.js.org/docs/configuration#request-timeout',
  },
  {
    ...client, module: ['amqplib', 'amqplib/callback_api'], member: 'connect', client: 'amqplib', versions: '>=0.8 <3', waits: 'the connection', options: [1], limits: ['timeout'], none: ['zero'], connectionString: true,
    default: null, guard: 'heartbeats, once the connection is open', onLimit: 'rejects with `connect ETIMEDOUT` and destroys the socket', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://amqp-node.github.io/amqplib/channel_api.html#connect',
  },
  {
    ...client, module: 'nodemailer', member: 'createTransport', client: 'nodemailer', versions: '>=6 <11', waits: 'a message', limits: ['connectionTimeout', 'greetingTimeout', 'socketTimeout'], none: [], connectionString: true,
    default: { ms: 600_000, covers: 'step' }, onLimit: 'rejects with `ETIMEDOUT` and destroys the socket', remedies: [{ kind: 'options', options: ['connectionTimeout', 'socketTimeout'] }], source: 'https://nodemailer.com/smtp#general-options',
  },
  {
    ...client, module: '@slack/web-api', member: 'WebClient', client: 'the Slack client', versions: '>=5 <8', waits: 'a request', options: [1], limits: ['timeout', 'requestInterceptor', 'adapter'], none: ['zero'],
    default: null, onLimit: 'rejects with `slack_webapi_request_error` after the retries, and closes the connection', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://docs.slack.dev/tools/node-slack-sdk/reference/web-api/interfaces/WebClientOptions',
  },
  {
    ...client, module: 'ethers', member: ['JsonRpcProvider', 'ethers.JsonRpcProvider'], client: 'ethers', versions: '>=6 <7', waits: 'a request', limits: ['timeout'], none: [],
    default: { ms: 300_000, covers: 'total' }, onLimit: 'rejects with `TIMEOUT` and cancels the request', remedies: [], source: 'https://docs.ethers.org/v6/api/utils/fetching/#FetchRequest-timeout',
  },
  {
    ...client, module: 'ethers', member: ['providers.JsonRpcProvider', 'ethers.providers.JsonRpcProvider', 'providers.StaticJsonRpcProvider', 'ethers.providers.StaticJsonRpcProvider'], client: 'ethers 5', versions: '>=5 <6', waits: 'a request', limits: ['timeout'], none: [],
    default: { ms: 120_000, covers: 'total' }, onLimit: 'rejects with `TIMEOUT` and cancels the request', remedies: [], source: 'https://docs.ethers.org/v5/api/utils/web/#ConnectionInfo',
  },
  {
    ...client, module: 'imapflow', member: 'ImapFlow', client: 'imapflow', versions: '>=1 <2', waits: 'an answer', limits: ['socketTimeout'], none: [],
    default: { ms: 300_000, covers: 'step' }, onLimit: 'emits an error and closes the connection', remedies: [{ kind: 'options', options: ['socketTimeout'] }], source: 'https://imapflow.com/docs/api/imapflow-client',
  },
  {
    ...client, module: ['http-proxy', 'http-proxy-middleware', 'httpxy'], member: ['createProxyServer', 'createProxy', 'createProxyMiddleware', 'createServer'], client: 'the proxy', versions: 'http-proxy >=1 <2, http-proxy-middleware >=1 <4', waits: 'a request', limits: ['proxyTimeout'], none: ['zero'],
    default: null, guard: 'the client, who goes away', onLimit: 'aborts the request to the target and emits an error', remedies: [{ kind: 'options', options: ['proxyTimeout'] }], source: 'https://github.com/http-party/node-http-proxy#options',
  },
  {
    ...client, module: 'twilio', member: '', client: 'Twilio', versions: '>=3 <6', waits: 'a request', options: [2], limits: ['timeout', 'httpClient'], none: [],
    default: { ms: 30_000, covers: 'total' }, onLimit: 'rejects with `ECONNABORTED`', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://github.com/twilio/twilio-node#usage',
  },
  {
    ...client, module: '@notionhq/client', member: 'Client', client: 'the Notion client', versions: '>=1 <6', waits: 'a request', limits: ['timeoutMs', 'fetch'], none: [],
    default: { ms: 60_000, covers: 'total' }, onLimit: 'rejects with a `RequestTimeoutError`; the request itself goes on', remedies: [{ kind: 'options', options: ['timeoutMs'] }], source: 'https://github.com/makenotion/notion-sdk-js#client-options',
  },
]

/** Names of the constructors of one family, by module prefix: `@aws-sdk/client-s3` makes `S3Client` and `S3`. */
export const awsClients = {
  module: /^@aws-sdk\/client-[\w-]+$/,
  member: /^[A-Z]\w*$/,
  notClients: /Command$|Exception$|^paginate|^waitUntil/,
  fact: {
    ...client, module: '@aws-sdk/client-*', member: '*', client: 'AWS SDK v3', versions: '>=3.1 <4', waits: 'a request', limits: ['requestHandler'], none: [],
    default: null, guard: 'TCP keep-alive, for a peer that is gone and not only silent', onLimit: 'rejects with a `TimeoutError` and destroys the request (`requestTimeout` needs `throwOnRequestTimeout` in new versions)',
    remedies: [{ kind: 'options', options: ['requestHandler.connectionTimeout', 'requestHandler.socketTimeout'] }], source: 'https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-reusing-connections.html',
  } satisfies TimeLimitFact as TimeLimitFact,
} as const
