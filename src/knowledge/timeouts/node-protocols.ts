/** Node's own clients, and WebSocket. */
import type { TimeLimitFact } from './facts.ts'

const http = {
  role: 'operation',
  waits: 'a request',
  limits: ['timeout', 'signal'],
  none: ['zero'],
  default: null,
  onLimit: 'destroys the socket; the request emits an `AbortError`',
  remedies: [{ kind: 'signal', option: 'signal' }],
  resultMethods: ['setTimeout', 'destroy', 'abort'],
  localPeer: 'socketPath',
} as const

export const nodeProtocols: readonly TimeLimitFact[] = [
  // `timeout` alone only emits `timeout`; who sets it is taken to listen.
  { ...http, module: ['node:http', 'node:https'], member: ['get', 'request'], options: [0, 1], client: '`node:http`', versions: 'Node >=15.3', source: 'https://nodejs.org/api/http.html#httprequestoptions-callback' },
  { ...http, module: 'follow-redirects', member: ['http.get', 'http.request', 'https.get', 'https.request'], options: [0, 1], client: 'follow-redirects', versions: '>=1 <2', source: 'https://github.com/follow-redirects/follow-redirects#options' },
  { ...http, module: 'node:http2', member: 'connect().request', options: [1], client: '`node:http2`', versions: 'Node >=15.14', limits: ['signal'], resultMethods: ['setTimeout', 'destroy', 'close'], source: 'https://nodejs.org/api/http2.html#clienthttp2sessionrequestheaders-options' },
  {
    module: 'ws', member: ['', 'WebSocket'], client: 'ws', versions: '>=7 <9', role: 'client', waits: 'the opening handshake', options: [1, 2], limits: ['handshakeTimeout'], none: ['zero'],
    default: null, guard: 'the upgrade is answered or refused by any HTTP server', onLimit: 'emits an error and closes the socket', remedies: [{ kind: 'options', options: ['handshakeTimeout'] }],
    source: 'https://github.com/websockets/ws/blob/master/doc/ws.md#new-websocketaddress-protocols-options',
  },
]
