/** Requests over the network, by clients that are not made for one service. */
import type { WorkFact } from '../facts.ts'

const AXIOS = 'https://axios-http.com/docs/api_intro'

const methods = ['get', 'head', 'options', 'delete', 'patch', 'post', 'put', 'request'] as const
const reads = methods.slice(0, 3)
const writes = methods.slice(3)

export const httpFacts: readonly WorkFact[] = [
  { module: 'globalThis', member: 'fetch', work: 'network', access: 'read', source: 'https://developer.mozilla.org/docs/Web/API/Window/fetch' },
  { module: ['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'undici', 'make-fetch-happen', 'ofetch', 'fetch-retry'], member: ['', 'fetch', 'ofetch', 'request'], work: 'network', access: 'read', source: 'https://github.com/node-fetch/node-fetch#api' },
  { module: ['axios', 'got', 'ky', 'superagent', 'needle', 'phin', 'bent', 'wretch'], member: ['', ...reads], work: 'network', access: 'read', source: AXIOS },
  { module: ['axios', 'got', 'ky', 'superagent', 'needle'], member: [...writes], work: 'network', access: 'write', source: AXIOS },
  { module: ['axios', 'ky'], member: ['create()()', ...reads.map((method) => `create().${method}`)], work: 'network', access: 'read', source: 'https://axios-http.com/docs/instance' },
  { module: ['axios', 'ky'], member: writes.map((method) => `create().${method}`), work: 'network', access: 'write', source: 'https://axios-http.com/docs/instance' },
  { module: ['request', 'request-promise', 'request-promise-native', 'requestretry', 'postman-request'], member: ['', ...reads, 'defaults()()', ...reads.map((method) => `defaults().${method}`)], work: 'network', access: 'read', source: 'https://github.com/request/request#convenience-methods' },
  { module: ['request', 'request-promise', 'request-promise-native', 'requestretry', 'postman-request'], member: [...writes, ...writes.map((method) => `defaults().${method}`)], work: 'network', access: 'write', source: 'https://github.com/request/request#convenience-methods' },
  { module: 'got', member: ['extend()()', ...reads.map((method) => `extend().${method}`)], work: 'network', access: 'read', source: 'https://github.com/sindresorhus/got/blob/main/documentation/10-instances.md' },
  { module: 'got', member: writes.map((method) => `extend().${method}`), work: 'network', access: 'write', source: 'https://github.com/sindresorhus/got/blob/main/documentation/10-instances.md' },
  { module: ['gh-got', 'gl-got'], member: ['', ...reads, ...writes], work: 'network', access: 'write', source: 'https://github.com/sindresorhus/gh-got#api' },
  { module: 'pacote', member: ['extract', 'manifest', 'packument', 'tarball'], work: 'network', access: 'read', source: 'https://github.com/npm/pacote#api' },
  { module: 'npm-registry-fetch', member: ['', 'json'], work: 'network', access: 'read', source: 'https://github.com/npm/npm-registry-fetch#api' },
  { module: 'graphql-request', member: ['request', 'GraphQLClient().request', 'GraphQLClient().rawRequest'], work: 'network', access: 'write', source: 'https://github.com/graffle-js/graffle#readme' },
  { module: ['node:dns', 'node:dns/promises'], member: ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveMx', 'resolveTxt', 'reverse'], work: 'network', access: 'read', source: 'https://nodejs.org/api/dns.html' },
  // One control connection carries one transfer at a time.
  { module: 'basic-ftp', member: 'Client().*', work: 'network', access: 'ordered', source: 'https://github.com/patrickjuchli/basic-ftp#readme' },
]
