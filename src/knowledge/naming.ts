/**
 * What names say about work outside the process, for callees that neither a table nor the file resolves: a client made
 * in another file, a repository that a framework injects. A name is a convention and no proof, so what is concluded from
 * it counts as `likely` and a message must quote it.
 *
 * Criteria for admission: in the names of people's code and of published clients the word stands for the outside world,
 * and its other common meanings do not fit an awaited call. Left out for that reason: `run`, `process`, `handle`,
 * `resolve`, `build`, `init` as verbs; `store`, `context`, `state`, `app`, `config`, `plugin` as receivers.
 *
 * Names are compared by their words: `userRepository` is `user`, `repository`.
 */
import type { Access, Work } from './facts.ts'

/** What the last word of a receiver's name stands for (`userRepository`, `this.prisma`, `s3Client`). */
export const clientWords: ReadonlyMap<string, Work> = new Map<string, Work>([
  // Database clients, object mappers and the pattern names of their layers.
  // https://martinfowler.com/eaaCatalog/repository.html, https://www.oracle.com/java/technologies/data-access-object.html
  ...words('database', [
    'collection', 'connection', 'dao', 'database', 'datasource', 'db', 'dynamo', 'dynamodb', 'firestore', 'knex', 'mongo',
    'mongodb', 'mysql', 'orm', 'pg', 'pool', 'postgres', 'prisma', 'redis', 'repo', 'repository', 'sequelize', 'sql', 'sqlite',
    'supabase', 'transaction', 'trx', 'tx',
  ]),
  // Clients of remote services. https://axios-http.com, https://github.com/octokit/octokit.js, https://docs.stripe.com/api
  ...words('network', [
    'api', 'axios', 'client', 'gateway', 'github', 'gitlab', 'graphql', 'http', 'https', 'kafka', 'mailer', 'octokit', 'producer',
    'rpc', 'sdk', 's3', 'slack', 'sns', 'sqs', 'stripe', 'twilio',
  ]),
  // Object stores and file systems. https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html
  ...words('file', ['blobstore', 'bucket', 'fs', 'fse', 'fsp', 'ftp', 'sftp', 'storage']),
])

/**
 * Last words of ends of an open connection or of parts of the program: `send` hands them a message and is done.
 * https://developer.mozilla.org/docs/Web/API/WebSocket/send, https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback
 */
export const messageEnds: ReadonlySet<string> = new Set(['child', 'port', 'shard', 'shards', 'socket', 'sockets', 'websocket', 'websockets', 'worker', 'workers', 'ws'])

/**
 * Layers whose methods usually reach one of the above, together with a verb of `outsideVerbs`
 * (`userService.findById`, `authorManager.getAuthor`).
 */
export const layerWords: ReadonlySet<string> = new Set(['adapter', 'cache', 'dataloader', 'manager', 'model', 'models', 'provider', 'service', 'services', 'store'])

/** First words of methods of clients and layers, and whether they change something. */
export const outsideVerbs: ReadonlyMap<string, Access> = new Map<string, Access>([
  ...words('read', [
    'check', 'count', 'describe', 'download', 'exists', 'fetch', 'find', 'get', 'head', 'list', 'load', 'lookup', 'query', 'read',
    'request', 'retrieve', 'scan', 'search', 'select', 'stat',
  ]),
  ...words('write', [
    'add', 'archive', 'batch', 'bulk', 'call', 'commit', 'copy', 'create', 'decrement', 'delete', 'del', 'deploy', 'destroy', 'enqueue',
    'exec', 'execute', 'increment', 'insert', 'install', 'invite', 'merge', 'move', 'notify', 'patch', 'persist', 'post', 'publish',
    'put', 'remove', 'rename', 'replace', 'revoke', 'save', 'send', 'set', 'store', 'submit', 'sync', 'trigger', 'unlink', 'update', 'upload',
    'upsert', 'write',
  ]),
])

/**
 * First words of calls that only look, where the value that they bring is kept: `getUser(id)`, `countOrders()`. Fewer than
 * above: `query` and `request` carry writes as well, `check` and `ensure` stand for a condition of what follows, `select`
 * asks a person as often as a database.
 */
export const readingVerbs: ReadonlySet<string> = new Set([
  'count', 'describe', 'detect', 'determine', 'estimate', 'exists', 'fetch', 'find', 'get', 'has', 'is', 'list', 'load', 'lookup', 'read',
  'resolve', 'retrieve', 'search', 'stat',
])

/**
 * Words in the name of a call that do more than look, whatever its first word: `getOrCreate`, `fetchNextPage`, `findAndLock`.
 * `getConnection` takes one that has to be given back, `getInput` and `getAnswer` ask a person.
 */
export const changingWords: ReadonlySet<string> = new Set([
  'acquire', 'add', 'and', 'answer', 'answers', 'claim', 'connection', 'consume', 'create', 'delete', 'dequeue', 'ensure', 'insert',
  'increment', 'init', 'input', 'lock', 'next', 'nonce', 'or', 'pop', 'refresh', 'register', 'remove', 'reserve', 'save', 'set', 'take',
  'update', 'upsert',
])

/**
 * Words of who is asking: `getSession`, `getLoggedClient`, `getAccessToken`. What follows often rests on them, although it does
 * not name them: they sign in, renew what has run out, or leave it where the next call finds it.
 */
export const identityWords: ReadonlySet<string> = new Set([
  'auth', 'authenticated', 'authorization', 'credential', 'credentials', 'jwt', 'logged', 'login', 'session', 'token', 'tokens',
])

/**
 * What a stream, a file or a parser is read by. Such a read moves on to the next: `readLine()`, `readUInt32LE()`, `readBytes(4)`.
 * https://nodejs.org/api/buffer.html#bufreaduint32leoffset, https://docs.oracle.com/javase/8/docs/api/java/io/DataInput.html
 */
export const streamUnits: ReadonlySet<string> = new Set([
  'big', 'bit', 'bits', 'bool', 'boolean', 'byte', 'bytes', 'char', 'chars', 'chunk', 'double', 'exactly', 'f', 'float', 'frame', 'fully', 'i',
  'int', 'line', 'long', 'message', 'packet', 'record', 'short', 'string', 'token', 'u', 'uint', 'until', 'utf', 'varint', 'word',
])

/** First words that say it without a receiver: `fetchUser(id)`, `uploadFile(path)`. */
export const remoteVerbs: ReadonlyMap<string, readonly [Work, Access]> = new Map([
  ...pairs(['network', 'read'], ['crawl', 'download', 'fetch', 'scrape']),
  ...pairs(['network', 'write'], ['upload', 'publish', 'notify']),
  ...pairs(['database', 'read'], ['query']),
  ...pairs(['database', 'write'], ['insert', 'persist', 'upsert']),
  ...pairs(['file', 'write'], ['mkdir', 'rimraf', 'rm', 'rmdir', 'unlink']),
])

/**
 * First words of what a machine is busy with for a while, whether it leaves the process or not. Not evidence of what a call
 * works on, so they count only where very many of them start at once. Left out: `build`, `process`, `resolve`, `transform`,
 * `validate`, `render`, which are a matter of memory as often.
 */
export const laborVerbs: ReadonlySet<string> = new Set([
  'backup', 'cleanup', 'clone', 'compress', 'convert', 'crawl', 'ensure', 'evict', 'extract', 'import', 'ingest', 'invoke', 'migrate', 'mirror', 'pin', 'ping',
  'prefetch', 'probe', 'provision', 'prune', 'pull', 'purge', 'push', 'rebuild', 'reindex', 'resend', 'resize', 'restore', 'resync', 'schedule',
  'transcode', 'transfer', 'unpack', 'unpin', 'unpublish', 'unzip', 'zip',
])

/** The same together with a word of `bulkyObjects`: `lintFile`, `renderPage`, `processImage`. */
export const bulkyVerbs: ReadonlySet<string> = new Set([
  'bake', 'compile', 'convert', 'format', 'hash', 'lint', 'minify', 'optimize', 'parse', 'print', 'process', 'render', 'transform', 'transpile', 'visit',
])

export const bulkyObjects: ReadonlySet<string> = new Set(['asset', 'dir', 'directory', 'file', 'files', 'folder', 'image', 'images', 'page', 'pages', 'pdf', 'photo', 'thumbnail', 'video'])

/** First words of functions that make a list of what they find: `parseImages(markdown)`, `collectFiles(folder)`. */
export const gatheringVerbs: ReadonlySet<string> = new Set(['collect', 'crawl', 'discover', 'enumerate', 'expand', 'extract', 'gather', 'parse', 'walk'])

/**
 * First or last words of functions that make one value of another in memory: `parseTags(text)`, `multihashes.encode(bytes)`. Some
 * wait all the same (of `bulkyObjects`, or where the name is the verb alone: `prettier.format`, `esbuild.build`), so they count
 * only where it makes no difference.
 */
export const computingVerbs: ReadonlySet<string> = new Set([
  'build', 'concat', 'decode', 'deserialize', 'encode', 'escape', 'format', 'normalize', 'parse', 'sanitize', 'serialize', 'stringify', 'unescape',
])

/** First words of a question. Who has to wait for the answer does not have it at hand: `await isSupported(chain)`. */
export const questionWords: ReadonlySet<string> = new Set(['can', 'detect', 'determine', 'does', 'has', 'is'])

/** Words before the verb that say how and not what: `safeReadManifest`, `cachedReadFile`, `tryLoadUser`. */
export const mannerWords: ReadonlySet<string> = new Set([
  'async', 'cached', 'do', 'force', 'internal', 'lazy', 'maybe', 'memoized', 'perform', 'raw', 'really', 'retry', 'safe', 'safely', 'silently', 'try', 'unsafe',
])

/** Methods that start a request which the call before them describes: `s3.deleteObject(key).promise()`. https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/Request.html#promise-property */
export const startingMethods: ReadonlySet<string> = new Set(['asPromise', 'promise', 'toPromise'])

/** Whole names of functions that send something and wait for the answer. https://github.com/request/request, https://developer.mozilla.org/docs/Web/API/Window/fetch */
export const remoteNames: ReadonlySet<string> = new Set(['axios', 'fetch', 'request'])

/**
 * Last words that say what an otherwise common verb works on: `readJsonFile`, `removeDirectory`, `sendEmail`, `getFromApi`.
 * They count together with a verb of `outsideVerbs`.
 */
export const outsideObjects: ReadonlyMap<string, Work> = new Map<string, Work>([
  ...words('file', ['dir', 'directory', 'file', 'files', 'folder']),
  ...words('network', ['api', 'email', 'mail', 'sms', 'webhook']),
  ...words('database', ['db', 'database']),
])

/** Words of what is loaded, computed or created inside the process: `loadPlugin`, `getConfig`, `createHash` work on code or memory as often as on anything else. */
export const codeObjects: ReadonlySet<string> = new Set([
  'command', 'component', 'config', 'configuration', 'element', 'export', 'exports', 'handler', 'hash', 'hook', 'listener', 'middleware', 'migration',
  'module', 'options', 'plugin', 'preset', 'schema', 'seed', 'state', 'theme',
])

/**
 * Methods of object mappers' models; certain enough to name the database when they are called on a class-like name that
 * the file imports (`User.findOne`). https://mongoosejs.com/docs/queries.html,
 * https://sequelize.org/docs/v6/core-concepts/model-querying-basics/, https://typeorm.io/active-record-data-mapper,
 * https://www.prisma.io/docs/orm/reference/prisma-client-reference#model-queries
 */
export const modelMethods: ReadonlyMap<string, Access> = new Map<string, Access>([
  ...words('read', [
    'aggregate', 'count', 'countDocuments', 'estimatedDocumentCount', 'exists', 'findAll', 'findAndCountAll', 'findBy', 'findByPk',
    'findById', 'findFirst', 'findMany', 'findOne', 'findOneBy', 'findUnique', 'groupBy',
  ]),
  ...words('write', [
    'bulkCreate', 'bulkWrite', 'create', 'createMany', 'deleteMany', 'deleteOne', 'destroy', 'findByIdAndDelete', 'findByIdAndUpdate',
    'findOneAndDelete', 'findOneAndReplace', 'findOneAndUpdate', 'findOrCreate', 'insertMany', 'updateMany', 'updateOne', 'upsert',
  ]),
])

function words<const T>(meaning: T, names: readonly string[]): [string, T][] {
  return names.map((name) => [name, meaning])
}

function pairs(meaning: readonly [Work, Access], names: readonly string[]): [string, readonly [Work, Access]][] {
  return names.map((name) => [name, meaning])
}

/**
 * Words in the names of what holds a promise, or may: of a promise itself, of a state that it brings about, and of work that
 * somebody waits for. https://developer.mozilla.org/docs/Web/API/FontFaceSet/ready, https://streams.spec.whatwg.org/#default-writer-closed
 */
export const promiseWords: ReadonlySet<string> = new Set([
  'closed', 'complete', 'completed', 'connection', 'deferred', 'done', 'finished', 'flight', 'inflight', 'job', 'loaded', 'loading', 'pending', 'promise',
  'queue', 'ready', 'request', 'response', 'result', 'task',
])

/** Globals of the language and its hosts; what they do is in the tables or is nothing. https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects, https://nodejs.org/api/globals.html */
export const standardGlobals: ReadonlySet<string> = new Set([
  'Array', 'Atomics', 'BigInt', 'Boolean', 'Date', 'Error', 'Function', 'Intl', 'Iterator', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Proxy', 'Reflect', 'RegExp',
  'Set', 'String', 'Symbol', 'URL', 'WeakMap', 'WeakRef', 'WeakSet', 'alert', 'clearImmediate', 'clearInterval', 'clearTimeout', 'console', 'crypto', 'document', 'fetch',
  'navigator', 'performance', 'queueMicrotask', 'require', 'setImmediate', 'setInterval', 'setTimeout', 'structuredClone',
])
