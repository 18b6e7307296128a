/** Streams that can be written to faster than they drain, and those that fail by an event. */
import type { ApiFact } from './facts.ts'

export interface StreamFact extends ApiFact {
  /** The method whose result says whether to wait: `false` from `write`, a callback of `send`. */
  readonly writes: 'write' | 'send'
  /**
   * Where it goes, if that may be slower than what feeds it: `slow` by its nature (a serial line), to a `peer` across the
   * network, as the `response` to a client.
   */
  readonly to?: 'slow' | 'peer' | 'response'
}

export const writableFacts: readonly StreamFact[] = [
  { module: 'node:fs', member: 'createWriteStream()', writes: 'write', source: 'https://nodejs.org/api/fs.html#fscreatewritestreampath-options' },
  { module: 'node:fs/promises', member: 'open().createWriteStream()', writes: 'write', source: 'https://nodejs.org/api/fs.html#filehandlecreatewritestreamoptions' },
  { module: ['node:net', 'node:tls'], member: ['connect()', 'createConnection()'], writes: 'write', source: 'https://nodejs.org/api/net.html#socketwritedata-encoding-callback' },
  { module: ['node:net', 'node:tls'], member: ['Socket()', 'TLSSocket()'], writes: 'write', to: 'peer', source: 'https://nodejs.org/api/net.html#class-netsocket' },
  { module: ['node:http', 'node:https'], member: ['request()', 'ClientRequest()'], writes: 'write', source: 'https://nodejs.org/api/http.html#requestwritechunk-encoding-callback' },
  { module: ['node:http', 'node:https'], member: 'ServerResponse()', writes: 'write', to: 'response', source: 'https://nodejs.org/api/http.html#responsewritechunk-encoding-callback' },
  { module: 'node:stream', member: ['Writable()', 'Duplex()', 'Transform()', 'PassThrough()'], writes: 'write', source: 'https://nodejs.org/api/stream.html#writablewritechunk-encoding-callback' },
  { module: 'node:zlib', member: ['createGzip()', 'createGunzip()', 'createDeflate()', 'createInflate()', 'createBrotliCompress()', 'createBrotliDecompress()', 'createUnzip()'], writes: 'write', source: 'https://nodejs.org/api/zlib.html' },
  { module: 'node:child_process', member: ['spawn().stdin', 'exec().stdin', 'execFile().stdin', 'fork().stdin'], writes: 'write', source: 'https://nodejs.org/api/child_process.html#subprocessstdin' },
  { module: 'express', member: ['Response()', 'response()'], writes: 'write', to: 'response', source: 'https://expressjs.com/en/api.html#res' },
  { module: 'globalThis', member: ['NodeJS.WritableStream()', 'NodeJS.ReadWriteStream()'], writes: 'write', source: 'https://nodejs.org/api/stream.html#class-streamwritable' },
  { module: ['serialport', '@serialport/stream'], member: ['()', 'SerialPort()', 'SerialPortStream()'], writes: 'write', to: 'slow', source: 'https://serialport.io/docs/api-stream#serialportwrite' },
  { module: 'ws', member: ['()', 'WebSocket()'], writes: 'send', source: 'https://github.com/websockets/ws/blob/master/doc/ws.md#websocketsenddata-options-callback' },
]

/** Servers whose `connection` event brings a stream or socket of this kind. */
export const acceptors: readonly (ApiFact & { readonly writes: 'write' | 'send' })[] = [
  { module: ['node:net', 'node:tls'], member: ['createServer()', 'Server()'], writes: 'write', source: 'https://nodejs.org/api/net.html#event-connection' },
  { module: 'ws', member: ['Server()', 'WebSocketServer()'], writes: 'send', source: 'https://github.com/websockets/ws/blob/master/doc/ws.md#event-connection' },
]

/** Streams that emit `error` for reasons that are not the program's: a missing file, a broken archive. */
export const failingFacts: readonly ApiFact[] = [
  { module: ['node:fs', 'fs-extra', 'graceful-fs'], member: 'createReadStream()', source: 'https://nodejs.org/api/fs.html#fscreatereadstreampath-options' },
  { module: 'node:zlib', member: ['createGunzip()', 'createInflate()', 'createUnzip()', 'createBrotliDecompress()'], source: 'https://nodejs.org/api/zlib.html' },
]

/** Events that a source emits for every piece, as fast as it can. https://nodejs.org/api/stream.html#event-data, https://nodejs.org/api/readline.html#event-line */
export const pieceEvents: ReadonlySet<string> = new Set(['data', 'line', 'row', 'entry'])

/** What code looks at or waits for when it minds how much is buffered. */
export const pressureMembers =
  /\b(?:drain|writableNeedDrain|writableLength|writableHighWaterMark|bufferSize|bufferedAmount|pause|backpressure|backPressure|cork)\b/

/** Outputs of the process itself, which it may write to as it likes. */
export const ownOutputs: readonly ApiFact[] = [
  { module: 'node:process', member: ['stderr', 'stdout'], source: 'https://nodejs.org/api/process.html#a-note-on-process-io' },
  { module: 'globalThis', member: ['Deno.stderr', 'Deno.stdout', 'process.stderr', 'process.stdout'], source: 'https://docs.deno.com/api/deno/~/Deno.stdout' },
]

/** Members that responses and streams have, and hardly anything else. https://nodejs.org/api/http.html#class-httpserverresponse, https://nodejs.org/api/stream.html#class-streamwritable */
export const writableMembers: ReadonlySet<string> = new Set([
  'flushHeaders', 'headersSent', 'pipe', 'setHeader', 'statusCode', 'writable', 'writableEnded', 'writeHead',
])

/** Events of what is written to, besides `drain`, one of `pressureMembers`. https://nodejs.org/api/stream.html#class-streamwritable */
export const writableEvents: ReadonlySet<string> = new Set(['close', 'error', 'finish'])

/** Methods that a stream's author writes, by which the stream is given a piece. https://nodejs.org/api/stream.html#api-for-stream-implementers */
export const pieceMethods: ReadonlySet<string> = new Set(['_transform', '_write', 'transform', 'write'])

/** Methods that give the next piece. https://streams.spec.whatwg.org/#default-reader-read, https://tc39.es/ecma262/#sec-asynciterator-interface */
export const pullingMethods: ReadonlySet<string> = new Set(['next', 'read'])
