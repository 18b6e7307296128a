/** Readers of request bodies that keep the whole in memory and take any length unless an option says otherwise. */
import type { ApiFact } from './facts.ts'

export interface BodyReaderFact extends ApiFact {
  /** `request`: the call reads the request that is its first argument. `setup`: it makes what reads every request. */
  readonly reads: 'request' | 'setup'
  /** The position of the options; -1 where there are none. */
  readonly options: number
  /** Options that limit the length; a dotted name is a member of an object. */
  readonly limits: readonly string[]
  /** It keeps bodies in memory only where this option is what this member of the module makes. */
  readonly memory?: { readonly option: string; readonly member: string }
}

export const bodyReaders: readonly BodyReaderFact[] = [
  { module: 'raw-body', member: '', reads: 'request', options: 1, limits: ['limit'], source: 'https://github.com/stream-utils/raw-body#getrawbodystream-options-callback' },
  { module: 'node:stream/consumers', member: ['text', 'json', 'buffer', 'arrayBuffer', 'blob'], reads: 'request', options: -1, limits: [], source: 'https://nodejs.org/api/webstreams.html#utility-consumers' },
  { module: 'multer', member: '', reads: 'setup', options: 0, limits: ['limits.fileSize'], memory: { option: 'storage', member: 'memoryStorage' }, source: 'https://github.com/expressjs/multer#memorystorage' },
]

/** Addresses that only the same machine reaches. https://nodejs.org/api/net.html#serverlistenport-host-backlog-callback */
export const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

/** Types of the requests that a server gets, as they are written: `http.IncomingMessage`, `FastifyRequest`. https://nodejs.org/api/http.html#class-httpincomingmessage, https://fastify.dev/docs/latest/Reference/TypeScript/#fastifyrequest, https://vercel.com/docs/functions/runtimes/node-js */
export const incomingTypes: ReadonlySet<string> = new Set(['FastifyRequest', 'Http2ServerRequest', 'IncomingMessage', 'NextApiRequest', 'Request', 'VercelRequest'])

/** Members of Node's clients that make a request, whose listener gets the answer. https://nodejs.org/api/http.html#httprequestoptions-callback */
export const requestFacts: readonly ApiFact[] = [
  { module: ['node:http', 'node:https'], member: ['get', 'request'], source: 'https://nodejs.org/api/http.html#httprequestoptions-callback' },
]
