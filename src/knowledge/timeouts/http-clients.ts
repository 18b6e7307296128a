/** Clients for HTTP requests to any host. Each fact was read from the package in the range of `versions`, or from its documentation. */
import type { TimeLimitFact } from './facts.ts'

const signal = { kind: 'signal', option: 'signal' } as const
const bodyless = ['get', 'delete', 'head', 'options'] as const
const withBody = ['post', 'put', 'patch', 'postForm', 'putForm', 'patchForm'] as const
const verbs = ['get', 'post', 'put', 'patch', 'head', 'delete'] as const

const on = (prefix: string, members: readonly string[]): string[] =>
  members.map((member) => (member === '' ? prefix : `${prefix}.${member}`))

/** The standard defines no limit; Node's implementation (undici) ends a response that is silent for 300 s. */
const fetchFact = {
  role: 'operation',
  waits: 'a request',
  options: [1],
  limits: ['signal', 'dispatcher'],
  none: [],
  onLimit: 'rejects with a `TimeoutError` and closes the connection',
  remedies: [signal],
} as const

const axios = {
  client: 'axios',
  versions: '>=0.19 <2',
  waits: 'a request',
  limits: ['timeout', 'signal', 'cancelToken'],
  none: ['zero'],
  default: null,
  onLimit: 'rejects with `ECONNABORTED` (`ETIMEDOUT` with `transitional.clarifyTimeoutError`) and closes the connection',
  // `timeout` counts the silence of the socket (a dripping body resets it); a signal, from 0.22 on, limits the whole.
  remedies: [signal, { kind: 'options', options: ['timeout'] }],
  processDefault: 'defaults.timeout',
  source: 'https://axios-http.com/docs/req_config',
} as const

/** `signal` came with 0.22: https://github.com/axios/axios/blob/v1.x/CHANGELOG.md */
const axiosWithoutSignal = {
  ...axios,
  versions: '>=0.19 <0.22',
  range: { below: [0, 22] },
  limits: ['timeout', 'cancelToken'],
  remedies: [{ kind: 'options', options: ['timeout'] }],
} as const

/** Nest's service around axios; every method gives an observable. */
const nestAxios = {
  ...axios,
  role: 'operation',
  module: ['@nestjs/axios', '@nestjs/common'],
  client: 'the `HttpService` of Nest',
  versions: '@nestjs/axios >=0.1 <5',
  guard: 'a `timeout` that `HttpModule.register` may set',
  processDefault: undefined,
  isObservable: true,
  source: 'https://docs.nestjs.com/techniques/http-module',
} as const

const got = {
  client: 'got',
  versions: '>=9 <15',
  waits: 'a request',
  limits: ['timeout', 'signal'],
  none: [],
  default: null,
  onLimit: 'rejects with a `TimeoutError` and destroys the request',
  remedies: [{ kind: 'options', options: ['timeout.request'] }, signal],
  source: 'https://github.com/sindresorhus/got/blob/main/documentation/6-timeout.md',
} as const

const ky = {
  client: 'ky',
  versions: '>=0.12 <2',
  waits: 'a request',
  limits: ['timeout', 'signal'],
  none: ['false'],
  default: { ms: 10_000, covers: 'total' },
  onLimit: 'rejects with a `TimeoutError` and aborts the request',
  remedies: [{ kind: 'options', options: ['timeout'] }],
  source: 'https://github.com/sindresorhus/ky#timeout',
} as const

const request = {
  client: 'request',
  versions: '>=2 <3',
  waits: 'a request',
  limits: ['timeout'],
  none: [],
  default: null,
  onLimit: 'fails with `ETIMEDOUT` or `ESOCKETTIMEDOUT` and destroys the socket',
  remedies: [{ kind: 'options', options: ['timeout'] }],
  source: 'https://github.com/request/request#requestoptions-callback',
} as const

const requestModules = ['request', 'request-promise', 'request-promise-native', 'requestretry', 'postman-request'] as const
const requestVerbs = ['get', 'post', 'put', 'patch', 'del', 'delete', 'head', 'options'] as const

const needle = {
  client: 'needle',
  versions: '>=2 <4',
  role: 'operation',
  waits: 'a response',
  limits: ['response_timeout', 'read_timeout', 'timeout', 'open_timeout', 'signal'],
  none: ['zero'],
  // Opening the connection is limited to 10 s; waiting for the response and for its bytes is not.
  default: { ms: 10_000, covers: 'connect' },
  onLimit: 'fails with `ECONNRESET` and aborts the request',
  remedies: [{ kind: 'options', options: ['response_timeout', 'read_timeout'] }, signal],
  source: 'https://github.com/tomas/needle#request-options',
} as const

const undici = {
  client: 'undici',
  versions: '>=5 <8',
  role: 'operation',
  waits: 'a request',
  none: ['zero'],
  default: { ms: 300_000, covers: 'pause' },
  onLimit: 'rejects with the reason of the signal and closes the connection',
  remedies: [signal],
  source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md#parameter-clientoptions',
} as const

export const httpClients: readonly TimeLimitFact[] = [
  { ...fetchFact, module: 'globalThis', member: 'fetch', client: '`fetch`', versions: 'Node >=18', default: { ms: 300_000, covers: 'pause' }, source: 'https://fetch.spec.whatwg.org/#fetch-method' },
  { ...fetchFact, module: 'undici', member: 'fetch', client: 'undici', versions: '>=5 <8', default: { ms: 300_000, covers: 'pause' }, source: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md#parameter-clientoptions' },
  { ...undici, module: 'undici', member: ['request', 'stream', 'pipeline'], options: [1], limits: ['signal', 'headersTimeout', 'bodyTimeout', 'dispatcher'] },
  { ...undici, module: 'undici', member: ['Client', 'Pool', 'Agent', 'ProxyAgent', 'BalancedPool'].map((name) => `${name}().request`), options: [0], limits: ['signal', 'headersTimeout', 'bodyTimeout'] },
  { ...fetchFact, module: 'node-fetch', member: ['', 'fetch'], client: 'node-fetch', versions: '>=2 <4', limits: ['signal', 'timeout'], none: ['zero'], default: null, source: 'https://github.com/node-fetch/node-fetch#options' },
  // Version 3 does not know `timeout` any more: https://github.com/node-fetch/node-fetch/blob/main/docs/v3-UPGRADE-GUIDE.md
  { ...fetchFact, module: 'node-fetch', member: ['', 'fetch'], client: 'node-fetch 3', versions: '>=3 <4', range: { from: [3, 0] }, limits: ['signal'], default: null, source: 'https://github.com/node-fetch/node-fetch/blob/main/docs/v3-UPGRADE-GUIDE.md' },
  { ...fetchFact, module: ['cross-fetch', 'isomorphic-fetch', 'isomorphic-unfetch', 'node-fetch-native', 'node-fetch-commonjs', '@whatwg-node/fetch', '@edge-runtime/fetch'], member: ['', 'fetch'], client: '`fetch`', versions: '*', limits: ['signal', 'timeout', 'dispatcher'], default: null, source: 'https://github.com/lquixada/cross-fetch#api' },
  { ...fetchFact, module: ['make-fetch-happen', 'minipass-fetch'], member: '', client: 'make-fetch-happen', versions: '>=8', limits: ['signal', 'timeout'], none: ['zero'], default: null, remedies: [{ kind: 'options', options: ['timeout'] }, signal], source: 'https://github.com/npm/minipass-fetch#options' },
  { ...fetchFact, module: '@adobe/fetch', member: ['fetch', ...['context', 'h1', 'h2', 'noCache', 'h1NoCache', 'keepAlive', 'keepAliveNoCache'].map((name) => `${name}().fetch`)], client: '@adobe/fetch', versions: '>=3 <5', limits: ['signal'], default: null, source: 'https://github.com/adobe/fetch#aborting-a-request' },
  { ...fetchFact, module: 'ofetch', member: ['ofetch', '$fetch', 'ofetch.raw'], client: 'ofetch', versions: '>=1 <2', limits: ['signal', 'timeout', 'dispatcher'], none: ['zero'], default: { ms: 300_000, covers: 'pause' }, remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://github.com/unjs/ofetch#%EF%B8%8F-timeout' },

  ...[axios, axiosWithoutSignal].flatMap((each): TimeLimitFact[] => [
    { ...each, role: 'operation', module: 'axios', member: ['', 'create()()'], options: [0, 1] },
    { ...each, role: 'operation', module: 'axios', member: ['request', 'create().request'], options: [0] },
    { ...each, role: 'operation', module: 'axios', member: [...bodyless, ...on('create()', bodyless)], options: [1] },
    { ...each, role: 'operation', module: 'axios', member: [...withBody, ...on('create()', withBody)], options: [2] },
  ]),
  { ...axios, role: 'client', module: 'axios', member: ['create', 'Axios'], options: [0], remedies: [{ kind: 'options', options: ['timeout'] }] },

  { ...nestAxios, member: 'HttpService().request', options: [0] },
  { ...nestAxios, member: on('HttpService()', ['get', 'delete', 'head']), options: [1] },
  { ...nestAxios, member: on('HttpService()', ['post', 'put', 'patch', 'postForm', 'putForm', 'patchForm']), options: [2] },

  { ...got, role: 'operation', module: 'got', member: ['', 'got', ...verbs, 'paginate', 'paginate.all'], options: [0, 1] },
  { ...got, role: 'operation', module: 'got', member: ['extend()()', ...on('extend()', verbs), 'extend().paginate'], options: [0, 1] },
  { ...got, role: 'client', module: 'got', member: ['extend', 'got.extend'], options: [0] },

  { ...ky, role: 'operation', module: 'ky', member: ['', 'default', ...verbs, ...['create()', 'extend()'].flatMap((made) => [`${made}()`, ...on(made, verbs)])], options: [1] },
  { ...ky, role: 'client', module: 'ky', member: ['create', 'extend'], options: [0] },

  { ...request, role: 'operation', module: requestModules, member: ['', ...requestVerbs, 'defaults()()', ...on('defaults()', requestVerbs)], options: [0, 1] },
  { ...request, role: 'client', module: requestModules, member: 'defaults', options: [0] },

  {
    module: 'superagent', member: ['get', 'post', 'put', 'patch', 'head', 'delete', 'del', ''], client: 'superagent', versions: '>=3 <11', role: 'operation', waits: 'a request',
    options: [], limits: [], none: ['zero', 'false'], default: null, resultMethods: ['timeout', 'abort'], onLimit: 'rejects with `ECONNABORTED` or `ETIMEDOUT` and aborts the request',
    remedies: [{ kind: 'method', method: 'timeout' }], source: 'https://ladjs.github.io/superagent/#timeouts',
  },
  {
    module: 'phin', member: ['', 'promisified', 'defaults()()'], client: 'phin', versions: '>=3 <4', role: 'operation', waits: 'a request', options: [0], limits: ['timeout'], none: ['zero'],
    default: null, onLimit: 'rejects with `Timeout reached` and destroys the request', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://github.com/ethanent/phin/blob/master/README.md',
  },
  {
    // The function that `bent('json')` makes takes a URL, a body and headers, and nothing else.
    module: 'bent', member: '()', client: 'bent', versions: '>=7 <8', role: 'operation', waits: 'a request', options: [], limits: [], none: [],
    default: null, onLimit: 'the helper rejects with a `TimeoutError`; the request itself goes on', remedies: [{ kind: 'wrap' }], source: 'https://github.com/mikeal/bent#readme',
  },
  {
    module: 'gaxios', member: ['request', 'Gaxios().request', 'instance.request'], client: 'gaxios', versions: '>=4 <8', role: 'operation', waits: 'a request', options: [0], limits: ['timeout', 'signal', 'fetchImplementation', 'adapter'], none: ['zero'],
    default: null, onLimit: 'rejects with a `GaxiosError` (`The operation was aborted.`) and closes the connection', remedies: [{ kind: 'options', options: ['timeout'] }], source: 'https://github.com/googleapis/gaxios#request-options',
  },
  {
    ...fetchFact, module: ['@apollo/client', '@apollo/client/core', 'apollo-client', 'apollo-boost'], member: ['', 'ApolloClient'].flatMap((name) => on(`${name}()`, ['query', 'mutate'])), client: 'Apollo Client', versions: '>=2 <5', waits: 'a query', options: [0],
    limits: ['context.fetchOptions.signal', 'context.fetchOptions.timeout'], default: { ms: 300_000, covers: 'pause' }, remedies: [{ kind: 'signal', option: 'context.fetchOptions.signal' }],
    source: 'https://www.apollographql.com/docs/react/api/link/apollo-link-http#context-options',
  },
  { ...needle, module: 'needle', member: ['get', 'head'], options: [1] },
  { ...needle, module: 'needle', member: ['post', 'put', 'patch', 'delete'], options: [2] },
  { ...needle, module: 'needle', member: ['', 'request'], options: [2, 3] },
  {
    ...fetchFact, module: 'graphql-request', member: 'GraphQLClient', role: 'client', client: 'graphql-request', versions: '>=4 <8', limits: ['signal', 'fetch'],
    // A signal of the client would count from when it is made.
    default: { ms: 300_000, covers: 'pause' }, remedies: [], source: 'https://github.com/graffle-js/graffle/tree/graphql-request',
  },
]

/** A `fetch` of a package that no table knows: the contract of the standard is all that is known of it. */
export const packagedFetch = (module: string): TimeLimitFact => ({
  ...fetchFact, module, member: '', client: `\`${module}\``, versions: '*', limits: ['signal', 'timeout', 'dispatcher'], default: null, source: 'https://fetch.spec.whatwg.org/#fetch-method',
})
