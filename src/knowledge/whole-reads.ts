/** Calls that give the whole of a file, of a body or of a table's text at once, where a stream of it is to be had, and what is done with it. */
import type { ApiFact } from './facts.ts'

export interface WholeReadFact extends ApiFact {
  readonly source: string
  /** Whose content it is: of the file that the first argument names, of a body that comes over the network, or of rows that are the first argument. */
  readonly of: 'file' | 'body' | 'rows'
  /** The same as a stream, for messages; `{{of}}` is the object of the call, `{{argument}}` its argument. */
  readonly stream: string
  /** Where not the answer itself but a member of it is the content. */
  readonly within?: string
  /** An option that must have this value for the call to give all of it. */
  readonly onlyWith?: { readonly option: string; readonly value: string }
  /** A call that blocks: where it runs per request, `no-sync-in-handler` speaks of it. */
  readonly sync?: true
}

const FS = 'https://nodejs.org/api/fs.html'
const EXTRA = 'https://github.com/jprichardson/node-fs-extra#methods'
const STREAMS = 'https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-options'
const BODY = 'https://developer.mozilla.org/docs/Web/API/Response/body'
/** Of a body in the form of the Fetch standard. `text()` and `json()` are left out: texts are small, most of the time. */
const wholeBody = ['arrayBuffer', 'bytes', 'blob']

const bodiesOf = (...ways: readonly string[]): string[] => ways.flatMap((way) => wholeBody.map((method) => `${way}.${method}`))

export const wholeReadFacts: readonly WholeReadFact[] = [
  { module: ['node:fs', 'node:fs/promises'], member: 'readFile', of: 'file', stream: 'createReadStream({{argument}})', source: `${FS}#fscreatereadstreampath-options` },
  { module: 'node:fs', member: 'readFileSync', of: 'file', stream: 'createReadStream({{argument}})', sync: true, source: `${FS}#fscreatereadstreampath-options` },
  { module: ['fs-extra', 'graceful-fs'], member: 'readFile', of: 'file', stream: 'createReadStream({{argument}})', source: EXTRA },
  { module: ['fs-extra', 'graceful-fs'], member: 'readFileSync', of: 'file', stream: 'createReadStream({{argument}})', sync: true, source: EXTRA },
  { module: 'globalThis', member: bodiesOf('fetch()', 'Response()', 'Request()'), of: 'body', stream: '{{of}}.body', source: BODY },
  { module: 'undici', member: bodiesOf('fetch()'), of: 'body', stream: '{{of}}.body', source: 'https://github.com/nodejs/undici#body-mixins' },
  { module: 'undici', member: bodiesOf('request().body'), of: 'body', stream: '{{of}}', source: 'https://github.com/nodejs/undici#body-mixins' },
  { module: 'node-fetch', member: ['().arrayBuffer', '().blob', '().buffer'], of: 'body', stream: '{{of}}.body', source: 'https://github.com/node-fetch/node-fetch#streams' },
  { module: 'node:stream/consumers', member: ['arrayBuffer', 'buffer', 'blob'], of: 'body', stream: '{{argument}}', source: 'https://nodejs.org/api/webstreams.html#utility-consumers' },
  {
    module: 'axios',
    member: ['()', '', 'get', 'request', 'create()', 'create().get', 'create().request'],
    of: 'body',
    within: 'data',
    onlyWith: { option: 'responseType', value: 'arraybuffer' },
    stream: "response.data (with responseType: 'stream')",
    source: 'https://axios-http.com/docs/req_config',
  },
  { module: 'got', member: ['().buffer', 'get().buffer', 'extend()().buffer'], of: 'body', stream: 'got.stream(…)', source: 'https://github.com/sindresorhus/got/blob/main/documentation/3-streams.md' },
  {
    module: '@aws-sdk/client-s3',
    member: ['S3Client().send().Body.transformToByteArray', 'S3().getObject().Body.transformToByteArray'],
    of: 'body',
    stream: '{{of}}',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/s3_example_s3_GetObject_section.html',
  },
  { module: ['json2csv', '@json2csv/plainjs', '@json2csv/node'], member: ['parse', 'Parser().parse'], of: 'rows', stream: 'AsyncParser', source: 'https://juanjodiaz.github.io/json2csv/#/parsers/node-transform' },
  { module: 'csv-stringify/sync', member: 'stringify', of: 'rows', stream: 'stringify()', source: 'https://csv.js.org/stringify/api/' },
  { module: 'papaparse', member: 'unparse', of: 'rows', stream: 'unparse', source: 'https://www.papaparse.com/docs#json-to-csv' },
]

/**
 * Methods that give every row of a query at once, unless they are told how many: of Sequelize, Prisma, Mongoose, TypeORM, the MongoDB driver and pg.
 * https://sequelize.org/docs/v6/core-concepts/model-querying-basics/, https://www.prisma.io/docs/orm/reference/prisma-client-reference#findmany,
 * https://mongoosejs.com/docs/api/model.html#Model.find(), https://typeorm.io/docs/query-builder/select-query-builder, https://www.mongodb.com/docs/drivers/node/current/crud/query/cursor/, https://node-postgres.com/apis/client#clientquery
 */
export const listingMethods: ReadonlySet<string> = new Set(['find', 'findAll', 'findMany', 'getMany', 'getRawMany', 'query', 'toArray'])

/** What says how many rows are wanted, or which: names of methods and options, and words of SQL. */
export const narrowingNames: ReadonlySet<string> = new Set(['limit', 'take', 'first', 'where', 'skip', 'offset', 'page', 'perPage', 'pageSize', 'cursor', 'findOne', 'match'])
export const narrowingSql = /\b(?:limit|where|top|fetch\s+(?:first|next))\b/i

/** Calls that write a whole file, with the content as their second argument. */
export const wholeWriteFacts: readonly (ApiFact & { readonly source: string })[] = [
  { module: ['node:fs', 'node:fs/promises'], member: ['writeFile', 'writeFileSync'], source: STREAMS },
  { module: ['fs-extra', 'graceful-fs'], member: ['writeFile', 'writeFileSync', 'outputFile', 'outputFileSync'], source: EXTRA },
]

/** Calls that give the same content in another form. */
export const sameContentFacts: readonly (ApiFact & { readonly source: string })[] = [
  { module: 'node:buffer', member: ['from', 'Buffer.from'], source: 'https://nodejs.org/api/buffer.html#static-method-bufferfromarraybuffer-byteoffset-length' },
  { module: 'globalThis', member: ['Uint8Array', 'String'], source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Uint8Array/Uint8Array' },
]

/** Questions that are asked of a content, and need none of it. */
export const measuringFacts: readonly (ApiFact & { readonly source: string })[] = [
  { module: 'node:buffer', member: ['byteLength', 'Buffer.byteLength', 'isBuffer', 'Buffer.isBuffer'], source: 'https://nodejs.org/api/buffer.html' },
]

/** Answers that are made of their body. */
export const answerFacts: readonly (ApiFact & { readonly source: string })[] = [
  { module: 'globalThis', member: 'Response', source: 'https://developer.mozilla.org/docs/Web/API/Response/Response' },
  { module: 'next/server', member: 'NextResponse', source: 'https://nextjs.org/docs/app/api-reference/functions/next-response' },
]

/** Calls that put a path together of parts. https://nodejs.org/api/path.html */
export const pathFacts: readonly (ApiFact & { readonly source: string })[] = [
  { module: 'node:path', member: ['join', 'resolve', 'normalize'], source: 'https://nodejs.org/api/path.html#pathjoinpaths' },
]

/**
 * Ends of the names of files that people write, or that a build makes, and that are as small as what one reads in a
 * sitting: texts, pages, settings, keys.
 */
export const smallFiles = /\.(?:[cm]?[jt]sx?|json5?|ya?ml|toml|ini|conf|env|html?|css|s[ac]ss|less|mdx?|txt|xml|svg|ico|pem|crt|cert|key|pub|proto|graphql|gql|hbs|ejs|pug|njk|mustache|vue|svelte|woff2?|ttf|lock|map|wasm)$/i

/** Ends of the names of files that grow by a line for everything that happens, or hold one for each of many things. */
export const recordFiles = /\.(?:log|csv|tsv|ndjson|jsonl)$/i

/** Words in the names of what says how much there is: `stats.size`, `content-length`, `MAX_BYTES`. */
export const sizeWords = /size|bytes|length/i

/** Options that end a read which brings more than so much. https://axios-http.com/docs/req_config (`maxContentLength`) */
export const sizeOptions = /^max\w*(?:Length|Size|Bytes)$/
