/** What bounds a list, and which lists are parts of the program and not data. */
import { entryMethods, visitingMethods } from './built-in-methods.ts'
import type { ApiFact } from './facts.ts'

/** Calls that cut a list into pieces of a set size. */
export const chunkFacts: readonly ApiFact[] = [
  { module: ['lodash', 'lodash-es', 'underscore', 'es-toolkit', 'es-toolkit/array', 'es-toolkit/compat', 'radash'], member: ['chunk', 'cluster'], source: 'https://lodash.com/docs#chunk' },
  { module: ['lodash/chunk', 'lodash.chunk', 'lodash-es/chunk', 'chunk', 'array-chunk'], member: '', source: 'https://lodash.com/docs#chunk' },
  { module: ['ramda', 'remeda'], member: ['chunk', 'splitEvery'], source: 'https://ramdajs.com/docs/#splitEvery' },
  { module: 'eslint-plugin-bounded/runtime', member: ['chunk', 'chunkAsync'], source: 'docs/runtime.md' },
]

/** Words by which people call a piece of a list whose size somebody set. */
export const pieceWords: ReadonlySet<string> = new Set([
  'batch', 'chunk', 'group', 'page', 'slice', 'subset', 'window',
])

/** Functions whose result is as long as their first argument, or shorter. https://lodash.com/docs */
export const sameLengthFacts: readonly ApiFact[] = [
  {
    module: ['lodash', 'lodash-es', 'underscore', 'es-toolkit', 'es-toolkit/array', 'es-toolkit/compat', 'ramda', 'remeda', 'radash'],
    member: [
      'castArray', 'compact', 'difference', 'differenceBy', 'drop', 'filter', 'intersection', 'map', 'orderBy', 'reject', 'reverse', 'shuffle',
      'sort', 'sortBy', 'sortedUniq', 'toArray', 'uniq', 'uniqBy', 'unique', 'without',
    ],
    source: 'https://lodash.com/docs',
  },
  { module: ['lodash/compact', 'lodash/sortBy', 'lodash/uniq', 'lodash/uniqBy', 'lodash.uniq', 'lodash.uniqby', 'array-uniq', 'uniq'], member: '', source: 'https://lodash.com/docs' },
  { module: 'globalThis', member: ['Array.from', 'Set()', 'Map()', 'structuredClone', 'Object.fromEntries'], source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/from' },
]

/** Functions that map their first argument with their second, like the method of that name. */
export const mapFacts: readonly ApiFact[] = [
  { module: ['lodash', 'lodash-es', 'underscore', 'radash'], member: ['flatMap', 'map'], source: 'https://lodash.com/docs#map' },
  { module: ['lodash/map', 'lodash.map', 'lodash/flatMap'], member: '', source: 'https://lodash.com/docs#map' },
  { module: 'globalThis', member: 'Array.from', source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array/from' },
]

/** Functions that call their second argument for every element of the first and give nothing to wait for. */
export const eachFacts: readonly ApiFact[] = [
  { module: ['lodash', 'lodash-es', 'underscore', 'es-toolkit/compat'], member: ['each', 'forEach'], source: 'https://lodash.com/docs#forEach' },
  { module: ['lodash/forEach', 'lodash.foreach', 'lodash/each'], member: '', source: 'https://lodash.com/docs#forEach' },
  { module: 'ramda', member: 'forEach', source: 'https://ramdajs.com/docs/#forEach' },
]

/** Functions that sort a list into an object by a key: as many keys as the data has. */
export const groupFacts: readonly ApiFact[] = [
  { module: ['lodash', 'lodash-es', 'underscore', 'es-toolkit', 'es-toolkit/array', 'ramda', 'remeda'], member: ['countBy', 'groupBy', 'indexBy', 'keyBy'], source: 'https://lodash.com/docs#groupBy' },
  { module: ['lodash/groupBy', 'lodash/keyBy', 'lodash.groupby', 'lodash.keyby'], member: '', source: 'https://lodash.com/docs#groupBy' },
  { module: 'globalThis', member: ['Map.groupBy', 'Object.groupBy'], source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object/groupBy' },
]

/** Array methods whose result is as long as the array, or shorter. */
export const sameLengthMethods: ReadonlySet<string> = new Set([
  'copyWithin', 'entries', 'fill', 'filter', 'keys', 'map', 'reverse', 'sort', 'toArray', 'toReversed', 'toSorted', 'values', 'with',
])

/**
 * Options and builder methods that limit what a query gives. https://www.prisma.io/docs/orm/prisma-client/queries/pagination,
 * https://sequelize.org/docs/v6/core-concepts/model-querying-basics/#limits-and-pagination, https://knexjs.org/guide/query-builder.html#limit,
 * https://www.mongodb.com/docs/drivers/node/current/crud/query/limit/, https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export const limitNames: ReadonlySet<string> = new Set([
  'first', 'last', 'limit', 'Limit', 'max', 'maxResults', 'MaxResults', 'pageSize', 'page_size', 'perPage', 'per_page', 'take', 'top',
])

/**
 * Last words of lists that are parts of the program, of its set-up or of one machine: as long as somebody wrote them, and
 * they do not grow with users or data. Evidence that a list comes from outside (a query, a listing, a request) outweighs
 * the word. Left out: `tasks`, `jobs`, `items`, `packages`, `connections`, which are data as often.
 */
export const ownPartWords: ReadonlySet<string> = new Set([
  'adapters', 'addons', 'backends', 'caches', 'callbacks', 'checks', 'collectors', 'commands', 'configs', 'consumers', 'controllers',
  'databases', 'definitions', 'dependencies', 'dirs', 'drivers', 'envs', 'environments', 'executors', 'exporters', 'factories', 'features', 'flags',
  'generators', 'handlers', 'hooks', 'indexers', 'indexes', 'initializers', 'instances', 'interceptors', 'languages', 'listeners', 'loaders', 'locales', 'middleware', 'middlewares',
  'migrations', 'modules', 'monitors', 'networks', 'observers', 'phases', 'platforms', 'plugins', 'pools', 'presets', 'processors', 'producers', 'promises', 'providers', 'queues',
  'refs', 'regions', 'reporters', 'resolvers', 'rules', 'seeders', 'servers', 'services', 'shards', 'sinks', 'stages', 'steps', 'stores', 'strategies', 'subscribers', 'subscriptions',
  'tables', 'targets', 'themes', 'threads', 'transformers', 'transports', 'validators', 'watchers', 'workers', 'writers',
])

/** Words for a part of the program in the name of what belongs to it, one each: `pluginPaths`, `hookNames`. */
export const partKindWords: ReadonlySet<string> = new Set(['addon', 'command', 'hook', 'middleware', 'plugin', 'preset'])

/** Objects that hold what somebody configured: lists in them are as long as somebody wrote them. */
export const configurationWords: ReadonlySet<string> = new Set([
  'arg', 'argv', 'config', 'configuration', 'env', 'manifest', 'opts', 'options', 'preferences', 'settings',
])

/** Objects that hold what a user or client sent: `req.body.ids`, `args.paths`, `event.Records`. */
export const requestWords: ReadonlySet<string> = new Set([
  'args', 'body', 'event', 'formdata', 'input', 'inputs', 'params', 'payload', 'query', 'req', 'request', 'variables',
])

/** Last words of tables of what one thing is made of: as many keys as its kind has. `headers: Record<string, string>` is one. */
export const propertyWords: ReadonlySet<string> = new Set([
  'attributes', 'columns', 'fields', 'headers', 'labels', 'parameters', 'params', 'properties', 'props', 'tags', 'values', 'variables',
])

/**
 * Words in the name of what a user picked in an interface: as many as are there to pick.
 * https://tanstack.com/table/latest/docs/guide/row-selection, https://mui.com/x/react-data-grid/row-selection
 */
export const selectionWords: ReadonlySet<string> = new Set(['checked', 'selected', 'selection'])

/**
 * Verbs at the end of the name of a list of what is to be done, besides those that name the work itself: `functionsToBuild`.
 * As long as there is work, whoever made it.
 */
export const taskVerbs: ReadonlySet<string> = new Set(['build', 'bundle', 'create', 'delete', 'deploy', 'fetch', 'remove', 'sign', 'update', 'upload'])

/**
 * Things that there are many of wherever there are some, in the name of a list of what is to be done. Left out: `labels`,
 * `roles`, `chains`, `endpoints`, of which a handful is to be removed or added as often.
 */
export const manyThings: ReadonlySet<string> = new Set([
  'assets', 'directories', 'docs', 'documents', 'entries', 'events', 'files', 'folders', 'functions', 'ids', 'images', 'items', 'messages', 'objects', 'orders',
  'pages', 'paths', 'photos', 'posts', 'records', 'rows', 'urls', 'users', 'videos',
])

/** First words of functions that give the list which they are given in another order, or some of it: `sortByDate(events)`. */
export const arrangingVerbs: ReadonlySet<string> = new Set(['dedupe', 'deduplicate', 'filter', 'order', 'reverse', 'shuffle', 'sort', 'uniq', 'unique'])

/** Members that hold what a job or message carries, whatever it is called: `task.input`. Not `payload`, a whole server in Payload CMS: https://payloadcms.com/docs/local-api/overview. */
export const carriedMembers: ReadonlySet<string> = new Set(['input', 'inputs'])

/** First words of functions that call another for every node of a tree: `visit(tree, 'image', load)`. https://github.com/syntax-tree/unist-util-visit#api */
export const visitingVerbs: ReadonlySet<string> = new Set(['traverse', 'visit', 'walk'])

/** Last words of the types of what a user or client sent: `CreateOrdersDto`, `DeleteItemsInput`. https://docs.nestjs.com/controllers#request-payloads */
export const requestTypeWords: ReadonlySet<string> = new Set(['args', 'body', 'dto', 'event', 'input', 'payload', 'request'])

/** Members that hold what a person typed after a command: a handful. https://github.com/tj/commander.js#options */
export const commandLineWords: ReadonlySet<string> = new Set(['argv', 'flags', 'options', 'opts'])

/** Calls that list what is on a disk: as many entries as there are. */
export const listingFacts: readonly ApiFact[] = [
  { module: ['node:fs', 'node:fs/promises', 'fs-extra', 'graceful-fs', 'mz/fs'], member: ['glob', 'globSync', 'opendir', 'readdir', 'readdirAsync', 'readdirSync'], source: 'https://nodejs.org/api/fs.html#fspromisesreaddirpath-options' },
  { module: ['glob', 'fast-glob', 'globby', 'tinyglobby', 'tiny-glob'], member: ['', 'async', 'glob', 'globSync', 'globby', 'globbySync', 'sync'], source: 'https://github.com/isaacs/node-glob#usage' },
  { module: ['readdirp', 'recursive-readdir', 'klaw', 'klaw-sync', 'walkdir', 'fdir'], member: ['', 'readdirpPromise'], source: 'https://github.com/paulmillr/readdirp' },
]

/** Methods that call what they are given once per element: those of arrays, and `each` of lodash, jQuery and cheerio. https://lodash.com/docs#forEach, https://cheerio.js.org/docs/api/classes/Cheerio#each */
export const elementMethods: ReadonlySet<string> = new Set([...visitingMethods, 'each'])

/** Last words of functions that do so and give nothing to wait for, whatever module they are from: `asyncEach`, `foreach`. */
export const eachWords: ReadonlySet<string> = new Set(['each', 'foreach'])

/** Functions and classes whose result holds what their argument holds. https://tc39.es/ecma262/#sec-array.from, https://tc39.es/ecma262/#sec-set-iterable */
export const copyMakers: ReadonlySet<string> = new Set(['Set', 'from'])

/** Members of `Object` that list what an object holds. https://tc39.es/ecma262/#sec-object.keys */
export const objectListers: ReadonlySet<string> = new Set([...entryMethods, 'getOwnPropertyNames'])

/** Members that tell an element from all others: one entry per element. */
export const identityMembers: ReadonlySet<string> = new Set(['_id', 'id', 'key', 'uuid'])

/** Words in the name of a number of pages that is as high as there is data: `totalPages`, `pageCount`. */
export const pageCountWords: ReadonlySet<string> = new Set(['amount', 'count', 'last', 'max', 'num', 'number', 'total'])

/** Words in the names of functions that cut a list into pieces, in every form that such a name takes: `chunkArray`, `splitIntoBatches`. */
export const dividingWords: ReadonlySet<string> = new Set([
  'batch', 'batched', 'batches', 'chunk', 'chunked', 'chunkify', 'chunks', 'page', 'paged', 'pages', 'partition', 'partitioned', 'partitions', 'split', 'splits',
])

/** What functions that list a disk are called where their module is not known, without the words of the next list: `readDirAsync`. https://nodejs.org/api/fs.html#fspromisesreaddirpath-options, https://github.com/sindresorhus/globby */
export const listingNames: ReadonlySet<string> = new Set(['fastglob', 'glob', 'globby', 'readdir'])

/** Last words that say how a function gives its result. */
export const modeWords: ReadonlySet<string> = new Set(['async', 'p', 'sync'])

/** Last words of objects and maps whose keys are data, behind a word that says what data: `packageMap`. */
export const tableWords: ReadonlySet<string> = new Set(['dict', 'dictionary', 'lookup', 'map'])

/** Last words, besides plurals, of what holds many. */
export const listWords: ReadonlySet<string> = new Set(['array', 'collection', 'data', 'list', 'set'])

/** Last words of what a person typed after a command, and of a function's own parameters: a handful. https://nodejs.org/api/process.html#processargv */
export const argumentWords: ReadonlySet<string> = new Set(['args', 'argv'])

/** The same of lists whose type says that they are lists. */
export const typedArgumentWords: ReadonlySet<string> = new Set([...argumentWords, 'arg', 'params'])

/** Methods that give all that there is, by their whole name. https://sequelize.org/docs/v6/core-concepts/model-querying-finders/#findall */
export const wholeLists: ReadonlySet<string> = new Set(['findAll', 'getAll', 'list', 'listAll', 'loadAll', 'readAll'])
