/** Calls that hold the event loop until they are done, what they cost, and what does the same without holding it. */
import type { ApiFact } from './facts.ts'
import { nodeSyncFunctions } from './blocking-node.ts'

/**
 * What a blocking call waits for or computes: the file system, a child process, a database in the same process, a
 * computation, the network, or another thread or a person.
 */
export type Cost = 'file' | 'process' | 'database' | 'cpu' | 'network' | 'wait'

/**
 * What to call instead:
 *
 * - `promise`: a function of another module that takes the same arguments and returns a promise of the same value.
 * - `sibling`: the same, of the same module, package or receiver.
 * - `callback`: a function of the same module with a callback as its last parameter, to go through `promisify`.
 * - `output`: the same, whose promise is of `{ stdout, stderr }` (`exec` and `execFile`).
 * - `advice`: no one-to-one form exists; the words complete "Use …".
 */
export type Replacement =
  | { readonly kind: 'promise'; readonly module: string; readonly member: string }
  | { readonly kind: 'sibling'; readonly member: string }
  | { readonly kind: 'callback'; readonly member: string }
  | { readonly kind: 'output'; readonly member: string }
  | { readonly kind: 'advice'; readonly text: string }

export interface BlockingFact extends ApiFact {
  readonly cost: Cost
  /** Done within microseconds in general: reported only as possible. */
  readonly cheap?: true
  /** Changes what others see, so that calls that ran one after the other may interleave once they are asynchronous. */
  readonly writes?: true
  /** Works on a password, which only a log-in or a registration brings: runs per request wherever it stands. */
  readonly password?: true
  readonly replacement: Replacement
}

const NODE = 'https://nodejs.org/api'
const POOL = 'a worker thread (a pool such as Piscina)'

const asyncName = (name: string): string => name.slice(0, -'Sync'.length)
const advice = (text: string): Replacement => ({ kind: 'advice', text })
const onPool = advice(POOL)

/** File functions that are done in microseconds: one look at metadata, or closing what is open. */
const cheapFile = new Set(['existsSync', 'accessSync', 'closeSync'])
const writesFile = /^(?:append|chmod|chown|copy|cp|fchmod|fchown|ftruncate|futimes|lchmod|lchown|link|lutimes|mkdir|mkdtemp|rename|rm|symlink|truncate|unlink|utimes|write)/
/** File functions whose promise form is a method of a `FileHandle`, or that have none; `fs/promises` has the others. */
const byDescriptor = /^(?:close|fchmod|fchown|fdatasync|fstat|fsync|ftruncate|futimes)Sync$/
const fileAdvice: Readonly<Record<string, string>> = {
  existsSync: '`access` of `node:fs/promises`, or open the file and handle `ENOENT`',
  openSync: '`open` of `node:fs/promises`, which gives a `FileHandle`',
  readSync: '`read` of a `FileHandle`',
  readvSync: '`readv` of a `FileHandle`',
  writeSync: '`write` of a `FileHandle`',
  writevSync: '`writev` of a `FileHandle`',
  globSync: '`glob` of `node:fs/promises`, which is iterated with `for await`',
  mkdtempDisposableSync: '`mkdtempDisposable` of `node:fs/promises`',
  lchmodSync: '`chmod` of `node:fs/promises`',
}

function fileFact(name: string): BlockingFact {
  const member = asyncName(name)
  const words = fileAdvice[name]
  const replacement: Replacement = words
    ? advice(words)
    : byDescriptor.test(name)
      ? { kind: 'callback', member }
      : { kind: 'promise', module: 'node:fs/promises', member }
  return {
    module: 'node:fs',
    member: name,
    cost: 'file',
    ...(cheapFile.has(name) && { cheap: true }),
    ...(writesFile.test(name) && { writes: true }),
    replacement,
    source: `${NODE}/fs.html`,
  }
}

const fileFacts = nodeSyncFunctions['node:fs'].map(fileFact)

/** https://nodejs.org/api/crypto.html: derived in microseconds, unlike the functions that are slow by design. */
const cheapCrypto = new Set(['hkdfSync', 'randomFillSync', 'generateKeySync'])

const cryptoFacts = nodeSyncFunctions['node:crypto'].map(
  (name): BlockingFact => ({
    module: 'node:crypto',
    member: name,
    cost: 'cpu',
    ...(cheapCrypto.has(name) && { cheap: true }),
    replacement: { kind: 'callback', member: asyncName(name) },
    source: `${NODE}/crypto.html`,
  }),
)

const zlibFacts = nodeSyncFunctions['node:zlib'].map(
  (name): BlockingFact => ({
    module: 'node:zlib',
    member: name,
    cost: 'cpu',
    replacement: { kind: 'callback', member: asyncName(name) },
    source: `${NODE}/zlib.html`,
  }),
)

const processFacts: readonly BlockingFact[] = [
  { module: 'node:child_process', member: 'execSync', cost: 'process', writes: true, replacement: { kind: 'output', member: 'exec' }, source: `${NODE}/child_process.html` },
  { module: 'node:child_process', member: 'execFileSync', cost: 'process', writes: true, replacement: { kind: 'output', member: 'execFile' }, source: `${NODE}/child_process.html` },
  { module: 'node:child_process', member: 'spawnSync', cost: 'process', writes: true, replacement: advice('`spawn`, or `execFile` through `promisify`'), source: `${NODE}/child_process.html` },
]

const fsExtra = [
  'copySync', 'createFileSync', 'createLinkSync', 'createSymlinkSync', 'emptyDirSync', 'emptydirSync', 'ensureDirSync', 'ensureFileSync',
  'ensureLinkSync', 'ensureSymlinkSync', 'mkdirpSync', 'mkdirsSync', 'moveSync', 'outputFileSync', 'outputJSONSync', 'outputJsonSync',
  'pathExistsSync', 'readJSONSync', 'readJsonSync', 'removeSync', 'writeJSONSync', 'writeJsonSync',
]
const fsExtraSource = 'https://github.com/jprichardson/node-fs-extra#methods'

const fsPackageFacts: readonly BlockingFact[] = [
  // The same functions as `node:fs`; fs-extra's asynchronous ones return promises, graceful-fs's take callbacks.
  ...fileFacts.flatMap(({ source: _, ...fact }): BlockingFact[] => {
    const member = asyncName(fact.member as string)
    const sibling: Replacement = fact.replacement.kind === 'advice' ? fact.replacement : { kind: 'sibling', member }
    const callback: Replacement = fact.replacement.kind === 'advice' ? fact.replacement : { kind: 'callback', member }
    return [
      { ...fact, module: 'fs-extra', replacement: sibling, source: fsExtraSource },
      { ...fact, module: 'graceful-fs', replacement: callback, source: 'https://github.com/isaacs/node-graceful-fs' },
    ]
  }),
  ...fsExtra.map(
    (name): BlockingFact => ({
      module: 'fs-extra',
      member: name,
      cost: 'file',
      ...(name === 'pathExistsSync' && { cheap: true }),
      ...(!/^(?:read|pathExists)/.test(name) && { writes: true }),
      replacement: { kind: 'sibling', member: asyncName(name) },
      source: fsExtraSource,
    }),
  ),
]

/** `sync` members and `…Sync` exports of packages, with the asynchronous name that takes the same arguments. */
const filePackages: readonly [module: string, members: Readonly<Record<string, string>>, source: string, writes?: true][] = [
  ['del', { sync: '', deleteSync: 'deleteAsync' }, 'https://github.com/sindresorhus/del#api', true],
  ['fast-glob', { sync: '', globSync: 'glob' }, 'https://github.com/mrmlnc/fast-glob#synchronous'],
  ['find-up', { findUpSync: 'findUp', sync: '' }, 'https://github.com/sindresorhus/find-up#api'],
  ['glob', { globSync: 'glob', sync: 'glob', 'glob.sync': 'glob' }, 'https://github.com/isaacs/node-glob#globsyncpattern-string--string-options-globoptions--string--path'],
  ['globby', { globbySync: 'globby', sync: '' }, 'https://github.com/sindresorhus/globby#api'],
  ['jsonfile', { readFileSync: 'readFile', writeFileSync: 'writeFile' }, 'https://github.com/jprichardson/node-jsonfile#api'],
  ['load-json-file', { loadJsonFileSync: 'loadJsonFile', sync: '' }, 'https://github.com/sindresorhus/load-json-file#api'],
  ['make-dir', { makeDirectorySync: 'makeDirectory', sync: '' }, 'https://github.com/sindresorhus/make-dir#api', true],
  ['mkdirp', { mkdirpSync: 'mkdirp', sync: '', 'mkdirp.sync': 'mkdirp' }, 'https://github.com/isaacs/node-mkdirp#api', true],
  ['rimraf', { rimrafSync: 'rimraf', sync: '', 'rimraf.sync': 'rimraf' }, 'https://github.com/isaacs/rimraf#api', true],
  ['tinyglobby', { globSync: 'glob' }, 'https://github.com/SuperchupuDev/tinyglobby#usage'],
  ['which', { sync: '' }, 'https://github.com/npm/node-which#usage'],
  ['write-file-atomic', { sync: '' }, 'https://github.com/npm/write-file-atomic#usage', true],
  ['write-json-file', { writeJsonFileSync: 'writeJsonFile', sync: '' }, 'https://github.com/sindresorhus/write-json-file#api', true],
]

const filePackageFacts: readonly BlockingFact[] = filePackages.flatMap(([module, members, source, writes]) =>
  Object.entries(members).map(
    ([member, instead]): BlockingFact => ({
      module,
      member,
      cost: 'file',
      ...(writes && { writes }),
      replacement: instead === '' ? advice(`the asynchronous function of \`${module}\``) : { kind: 'sibling', member: instead },
      source,
    }),
  ),
)

const passwordPackages: readonly [modules: readonly string[], members: Readonly<Record<string, string>>, source: string][] = [
  [['@node-rs/bcrypt', 'bcrypt', 'bcryptjs', 'bcrypt-ts'], { compareSync: 'compare', hashSync: 'hash' }, 'https://github.com/kelektiv/node.bcrypt.js#why-is-async-mode-recommended-over-sync-mode'],
  [['@node-rs/argon2'], { hashSync: 'hash', verifySync: 'verify' }, 'https://github.com/napi-rs/node-rs/tree/main/packages/argon2'],
]

const cpuFacts: readonly BlockingFact[] = [
  ...passwordPackages.flatMap(([modules, members, source]) =>
    Object.entries(members).map(
      ([member, instead]): BlockingFact => ({ module: modules, member, cost: 'cpu', password: true, replacement: { kind: 'sibling', member: instead }, source }),
    ),
  ),
  { module: ['bcrypt', 'bcryptjs', 'bcrypt-ts'], member: 'genSaltSync', cost: 'cpu', cheap: true, replacement: { kind: 'sibling', member: 'genSalt' }, source: 'https://github.com/kelektiv/node.bcrypt.js#api' },
  { module: '@noble/hashes/scrypt', member: 'scrypt', cost: 'cpu', replacement: { kind: 'sibling', member: 'scryptAsync' }, source: 'https://github.com/paulmillr/noble-hashes#scrypt' },
  { module: '@noble/hashes/pbkdf2', member: 'pbkdf2', cost: 'cpu', replacement: { kind: 'sibling', member: 'pbkdf2Async' }, source: 'https://github.com/paulmillr/noble-hashes#pbkdf2' },
  { module: 'crypto-js', member: ['PBKDF2', 'EvpKDF'], cost: 'cpu', replacement: advice('`pbkdf2` of `node:crypto`'), source: 'https://cryptojs.gitbook.io/docs/#pbkdf2' },
  // Compression
  { module: 'fflate', member: ['deflateSync', 'gunzipSync', 'gzipSync', 'inflateSync', 'unzipSync', 'unzlibSync', 'zipSync', 'zlibSync'], cost: 'cpu', replacement: advice('the form without `Sync`, which takes a callback and runs in a worker'), source: 'https://github.com/101arrowz/fflate#usage' },
  { module: 'pako', member: ['deflate', 'deflateRaw', 'gzip', 'inflate', 'inflateRaw', 'ungzip'], cost: 'cpu', replacement: advice('the functions of `node:zlib` through `promisify`'), source: 'https://github.com/nodeca/pako#examples--api' },
  { module: 'snappy', member: 'compressSync', cost: 'cpu', replacement: { kind: 'sibling', member: 'compress' }, source: 'https://github.com/Brooooooklyn/snappy' },
  { module: 'snappy', member: 'uncompressSync', cost: 'cpu', replacement: { kind: 'sibling', member: 'uncompress' }, source: 'https://github.com/Brooooooklyn/snappy' },
  { module: 'adm-zip', member: ['().extractAllTo', '().extractEntryTo', '().toBuffer', '().writeZip', '().addLocalFolder', '().addLocalFile'], cost: 'cpu', writes: true, replacement: advice('a streaming archive library (yauzl, archiver)'), source: 'https://github.com/cthackers/adm-zip/wiki/ADM-ZIP' },
  // Documents
  { module: 'xlsx', member: ['read', 'readFile', 'write', 'writeFile', 'writeXLSX'], cost: 'cpu', replacement: onPool, source: 'https://docs.sheetjs.com/docs/demos/bigdata/worker' },
  { module: ['csv-parse/sync', 'csv-parse/lib/sync'], member: ['', 'parse'], cost: 'cpu', replacement: advice('the stream or callback form of `csv-parse`'), source: 'https://csv.js.org/parse/api/sync/' },
  { module: ['csv-stringify/sync', 'csv-stringify/lib/sync'], member: ['', 'stringify'], cost: 'cpu', replacement: advice('the stream or callback form of `csv-stringify`'), source: 'https://csv.js.org/stringify/api/sync/' },
]

const commandPackageFacts: readonly BlockingFact[] = [
  { module: 'execa', member: ['execaSync', 'sync'], cost: 'process', writes: true, replacement: { kind: 'sibling', member: 'execa' }, source: 'https://github.com/sindresorhus/execa/blob/main/docs/api.md' },
  { module: 'execa', member: ['execaCommandSync', 'commandSync'], cost: 'process', writes: true, replacement: { kind: 'sibling', member: 'execaCommand' }, source: 'https://github.com/sindresorhus/execa/blob/main/docs/api.md' },
  { module: 'execa', member: '$.sync', cost: 'process', writes: true, replacement: advice('`$` of `execa` with `await`'), source: 'https://github.com/sindresorhus/execa/blob/main/docs/api.md' },
  { module: 'cross-spawn', member: ['sync', 'spawn.sync'], cost: 'process', writes: true, replacement: advice('`cross-spawn` without `.sync`'), source: 'https://github.com/moxystudio/node-cross-spawn#usage' },
  { module: 'shelljs', member: ['cat', 'cp', 'exec', 'find', 'grep', 'ls', 'mkdir', 'mv', 'rm', 'sed'], cost: 'process', writes: true, replacement: advice('`node:fs/promises`, or `execFile` through `promisify`'), source: 'https://github.com/shelljs/shelljs#command-reference' },
]

/** Databases whose driver runs the query on the calling thread. The last part is the method; others are steps to it. */
const sqlite = [
  { module: ['better-sqlite3', 'better-sqlite3-multiple-ciphers', 'libsql', 'bun:sqlite'], receiver: ['()', 'Database()'] },
  { module: ['node:sqlite'], receiver: ['DatabaseSync()'] },
] as const
const sqliteSource = 'https://github.com/WiseLibs/better-sqlite3/blob/master/docs/threads.md'

const databaseFacts: readonly BlockingFact[] = sqlite.flatMap(({ module, receiver }): BlockingFact[] => {
  const members = (methods: readonly string[]) => receiver.flatMap((each) => methods.map((method) => `${each}.${method}`))
  const statements = (methods: readonly string[]) => members(['prepare()', 'query()']).flatMap((each) => methods.map((method) => `${each}**.${method}`).concat(methods.map((method) => `${each}.${method}`)))
  const replacement = advice(`${POOL} for the database, or a driver that does not block`)
  return [
    { module, member: [...statements(['all']), ...members(['exec', 'serialize'])], cost: 'database', replacement, source: sqliteSource },
    { module, member: [...statements(['get', 'run', 'iterate', 'values']), ...members(['pragma', 'transaction()'])], cost: 'database', cheap: true, replacement, source: sqliteSource },
  ]
})

const waitFacts: readonly BlockingFact[] = [
  { module: 'globalThis', member: 'Atomics.wait', cost: 'wait', replacement: advice('`Atomics.waitAsync`'), source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics/wait' },
  { module: 'deasync', member: ['', 'loopWhile', 'runLoopOnce', 'sleep'], cost: 'wait', replacement: advice('`await` on a promise'), source: 'https://github.com/abbr/deasync' },
  { module: ['readline-sync', 'prompt-sync'], member: ['question', 'keyIn', 'prompt', '()'], cost: 'wait', replacement: advice('`node:readline/promises`'), source: 'https://github.com/anseki/readline-sync' },
  { module: ['sync-request', 'sync-fetch', 'xmlhttprequest-sync'], member: '', cost: 'network', replacement: advice('`fetch`'), source: 'https://github.com/ForbesLindesay/sync-request' },
]

export const blockingFacts: readonly BlockingFact[] = [
  ...fileFacts,
  ...cryptoFacts,
  ...zlibFacts,
  ...processFacts,
  ...fsPackageFacts,
  ...filePackageFacts,
  ...cpuFacts,
  ...commandPackageFacts,
  ...databaseFacts,
  ...waitFacts,
]

/** How messages describe what a call costs everybody else. Figures: order of magnitude on a server's own disk and CPU. */
export const costWords: Readonly<Record<Cost, string>> = {
  file: 'waits for the file system',
  process: 'waits for a child process to end',
  database: 'runs the query on this thread',
  cpu: 'computes on this thread',
  network: 'waits for the network',
  wait: 'puts this thread to sleep',
}

/** Overloads of which `promisify` picks one in TypeScript: the shorter form of `scrypt` would no longer compile. https://nodejs.org/api/crypto.html#cryptoscryptpassword-salt-keylen-options-callback */
export const overloadedFunctions: ReadonlySet<string> = new Set(['checkPrimeSync', 'generatePrimeSync', 'randomFillSync', 'scryptSync'])

/** Calls that ask whether a path exists. https://nodejs.org/api/fs.html#fsexistssyncpath, https://github.com/jprichardson/node-fs-extra/blob/master/docs/pathExists-sync.md */
export const existenceTests: ReadonlySet<string> = new Set(['accessSync', 'existsSync', 'pathExistsSync'])

/** Calls that take as long as a text is. https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop#blocking-the-event-loop-json-dos */
export const jsonFacts: readonly ApiFact[] = [
  { module: 'globalThis', member: ['JSON.parse', 'JSON.stringify'], source: 'https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop#blocking-the-event-loop-json-dos' },
]

/** Functions of `fs` that take a descriptor as well as a path. https://nodejs.org/api/fs.html#fsreadfilesyncpath-options */
export const descriptorFunctions: ReadonlySet<string> = new Set(['appendFileSync', 'readFileSync', 'writeFileSync'])

/** Last words of the names of descriptors. https://nodejs.org/api/fs.html#file-descriptors_1 */
export const descriptorWords: ReadonlySet<string> = new Set(['fd'])

/** Options of functions of `child_process` that the promise's form takes otherwise or not at all. https://nodejs.org/api/child_process.html#child_processexecfilesyncfile-args-options */
export const processInputOptions = /\b(?:stdio|input|\.\.\.)/
