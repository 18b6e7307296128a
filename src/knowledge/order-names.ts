/**
 * Words in names that tell of order, or of its absence, where nothing else does: a value whose binding, annotation and
 * type say nothing, but which people call `trx`. A name is split into words (`pgTransaction` → `pg`, `transaction`).
 * What a table or a type knows wins over a name.
 */

/** Last words of things that take one operation at a time, or keep what they get in the order in which they get it. */
export const orderedThings: ReadonlySet<string> = new Set([
  'archive', 'browser', 'conn', 'connection', 'contract', 'cursor', 'driver', 'editor', 'frame', 'gen', 'generator', 'git', 'iter',
  'iterator', 'lock', 'mutex', 'page', 'printer', 'prompt', 'prompter', 'prompts', 'readable', 'reader', 'readline', 'reply', 'res',
  'response', 'rl', 'runner', 'semaphore', 'serial', 'session', 'signer', 'socket', 'stderr', 'stdin', 'stdout', 'stream', 'tar', 'terminal',
  'tr', 'transaction', 'trx', 'tx', 'txn', 'wallet', 'webdriver', 'websocket', 'writable', 'writer', 'ws', 'zip',
])

/** The same among arguments, where fewer names are beyond doubt: `append(zip, file)`, `save(row, trx)`. */
export const orderedArguments: ReadonlySet<string> = new Set([
  'archive', 'conn', 'connection', 'cursor', 'page', 'prompter', 'readline', 'rl', 'stream', 'tar', 'tr', 'transaction', 'trx', 'tx', 'txn',
  'writable', 'writer', 'zip', 'queryrunner',
])

/** Last words of things that what is written to comes out of in the same order. */
export const orderedOutputs: ReadonlySet<string> = new Set([
  'archive', 'controller', 'output', 'reply', 'res', 'response', 'socket', 'stderr', 'stdout', 'stream', 'tar', 'writable', 'writer', 'ws', 'zip',
])

/**
 * Methods that put the next part into a document, table or page, whose parts stay in the order in which they came.
 * https://github.com/exceljs/exceljs#add-rows, https://developer.mozilla.org/docs/Web/API/Node/appendChild
 */
export const placingMethods = /^(?:add|append|insert)(?:Cell|Child|Column|Heading|Line|Page|Paragraph|Row|Section|Slide|Text)s?$/

/** Object mappers and their bags of models: `prisma.session` is a table, not a session. */
export const modelHolders: ReadonlySet<string> = new Set(['collections', 'db', 'models', 'prisma', 'repositories', 'schema', 'tables'])

/** Whole names of things that a call gets along with the element and may change: what one iteration does, the next one sees. */
export const sharedThings: ReadonlySet<string> = new Set(['acc', 'accumulator', 'context', 'ctx', 'memo', 'session', 'state', 'store'])

/** Elements that are steps of something, called in turn. */
export const stepThings: ReadonlySet<string> = new Set([
  'callback', 'command', 'cmd', 'fn', 'func', 'generator', 'handler', 'hook', 'interceptor', 'keyword', 'layer',
  'level', 'listener', 'middleware', 'migration', 'mw', 'operation', 'patch', 'phase', 'plugin', 'resolver', 'round', 'rule', 'runtime',
  'seed', 'seeder', 'stage', 'step', 'task', 'tier', 'transform', 'transformer', 'visitor', 'wave',
])

/** Elements that are statements or steps even where another function carries them out: `client.query(sql)`, `run(step)`. */
export const statementThings: ReadonlySet<string> = new Set([
  'ddl', 'hook', 'instruction', 'middleware', 'migration', 'mutation', 'phase', 'query', 'round', 'sql', 'stage', 'statement',
  'statements', 'step', 'stmt', 'tier', 'wave',
])

/** First words of calls that change a database's schema, together with a last word of the next list: `dropForeignKey(t)`. */
export const schemaVerbs: ReadonlySet<string> = new Set(['add', 'alter', 'change', 'create', 'drop', 'remove', 'rename'])

/**
 * Last words of what a schema is made of. Changing one locks its table, and one change often rests on another: an index
 * on a column that was added before it.
 */
export const schemaThings: ReadonlySet<string> = new Set([
  'column', 'columns', 'constraint', 'constraints', 'enum', 'foreignkey', 'foreignkeys', 'index', 'indexes', 'indices', 'primarykey',
  'schema', 'sequence', 'table', 'tables', 'trigger',
])

/**
 * How a statement of SQL begins that changes a schema: it waits for everyone who uses the table, and they for it.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
export const schemaStatement =
  /^\s*(?:(?:alter|create|drop)\s+(?:(?:global|local|materialized|or|replace|temp|temporary|unique|virtual)\s+){0,3}(?:database|domain|extension|function|index|policy|procedure|role|schema|sequence|table|trigger|type|user|view)\b|truncate\s+table\b)/i

/** The same where a substitution says what of the schema: `` `DROP ${kind} ${name}` ``. */
export const schemaStatementVerb = /^\s*(?:ALTER|CREATE|DROP|TRUNCATE)\s+$/

/**
 * Words in names of lists, and of calls that make them, that say that each element rests on those before it: sorted by
 * what depends on what. https://en.wikipedia.org/wiki/Topological_sorting
 */
export const dependencyOrder: ReadonlySet<string> = new Set(['topo', 'toposort', 'toposorted', 'topological', 'topologically', 'topologicalsort'])

/** Last words of lists whose name says no more than that they have an order: `importSequence`. `sequences` are many. */
export const orderedLists: ReadonlySet<string> = new Set(['sequence'])

/** Last words of members that somebody gave elements to say which comes first: `(a, b) => a.priority - b.priority`. */
export const rankingMembers: ReadonlySet<string> = new Set(['depth', 'level', 'order', 'position', 'precedence', 'priority', 'rank', 'weight'])

/** First words of calls that let time pass. */
export const pausingVerbs: ReadonlySet<string> = new Set(['backoff', 'delay', 'sleep', 'snooze', 'throttle', 'wait'])

/** Names of calls that let time pass, by their last word or two. */
export const pausingCalls: ReadonlySet<string> = new Set([
  'backoff', 'cooldown', 'delay', 'nextframe', 'nexttick', 'pause', 'ratelimit', 'sleep', 'snooze', 'throttle', 'tick', 'timeout', 'wait',
])

/**
 * Of those, the ones that a name has behind `with` for an operation that has a limit or is tried again, and does not
 * let time pass where all goes well: `fetchWithTimeout(url)`, `retryWithBackoff(send)`.
 */
export const limitingWords: ReadonlySet<string> = new Set(['backoff', 'timeout'])

/**
 * Flags of cancellation tokens: somebody else sets them, when nobody wants the result any more.
 * https://developer.mozilla.org/docs/Web/API/AbortSignal/aborted, https://code.visualstudio.com/api/references/vscode-api#CancellationToken
 */
export const cancellationFlags: ReadonlySet<string> = new Set(['aborted', 'isCancellationRequested', 'isCancelled', 'isCanceled', 'cancelled', 'canceled'])

/** First words of calls that ask a person. */
export const askingVerbs: ReadonlySet<string> = new Set(['ask', 'confirm', 'prompt', 'question'])

/** Things that only tell a person something; what they read decides nothing. */
export const loggingThings: ReadonlySet<string> = new Set([
  'bar', 'console', 'debug', 'debuglog', 'info', 'log', 'logger', 'print', 'progress', 'reporter', 'spinner', 'trace', 'verbose', 'warn',
  'winston',
])

/**
 * First words of calls that do one thing to the item they are given, whatever happens to other items: `removeUser(id)`,
 * `service.sendReport(user)`. Together with an argument from the iteration they count as independent work.
 *
 * Criteria for admission: the item is what the verb is done to, and with the call it is done (a verb that begins, goes on
 * with or ends something that all items are part of is one of `courseVerbs`); two such calls for two items mean the same
 * in either order; nobody is asked or kept waiting (`askingVerbs`, `pausingVerbs`). Grouped by what becomes of the item.
 */
export const itemVerbGroups: Readonly<Record<string, readonly string[]>> = {
  'it is looked at, or looked for': [
    'access', 'analyze', 'audit', 'check', 'classify', 'count', 'describe', 'detect', 'discover', 'download', 'estimate', 'evaluate',
    'examine', 'exists', 'fetch', 'find', 'follow', 'get', 'glob', 'graphql', 'has', 'identify', 'infer', 'inspect', 'is', 'lint',
    'list', 'load', 'locate', 'lookup', 'match', 'ping', 'prefetch', 'preload', 'probe', 'query', 'read', 'refetch', 'refresh',
    'reload', 'request', 'resolve', 'retrieve', 'revalidate', 'scan', 'scrape', 'search', 'select', 'stat', 'validate', 'verify',
  ],
  'something is made of it': [
    'calculate', 'collect', 'compress', 'compute', 'convert', 'decode', 'decrypt', 'dedupe', 'deserialize', 'embed', 'encode',
    'encrypt', 'extract', 'format', 'generate', 'gunzip', 'gzip', 'hash', 'minify', 'normalize', 'optimize', 'pack', 'parse',
    'precompute', 'recalculate', 'recompute', 'regenerate', 'resize', 'sanitize', 'serialize', 'snapshot', 'stringify',
    'summarize', 'tokenize', 'transcode', 'translate', 'transpile', 'unpack', 'unzip', 'warm', 'zip',
  ],
  'it is created, changed, moved or removed': [
    'activate', 'add', 'approve', 'archive', 'assign', 'associate', 'attach', 'backfill', 'backup', 'ban', 'block', 'cancel',
    'chmod', 'chown', 'clean', 'cleanup', 'clear', 'clone', 'copy', 'create', 'deactivate', 'del', 'delete', 'destroy', 'detach',
    'disable', 'dismiss', 'duplicate', 'enable', 'ensure', 'evict', 'expire', 'export', 'grant', 'hardlink', 'hide',
    'import', 'index', 'insert', 'invalidate', 'label', 'link', 'make', 'mark', 'mirror', 'mkdir', 'mkdirp', 'move', 'mute',
    'patch', 'persist', 'pin', 'prune', 'purge', 'put', 'recreate', 'refund', 'reindex', 'reject', 'remove', 'rename', 'replace',
    'replicate', 'reschedule', 'reset', 'revoke', 'rm', 'save', 'schedule', 'set', 'share', 'star', 'store', 'symlink', 'sync',
    'tag', 'touch', 'trash', 'unarchive', 'unassign', 'unban', 'unblock', 'unfollow', 'unlink', 'unmute', 'unpin', 'untag',
    'update', 'upload', 'upsert', 'wipe', 'write',
  ],
  'it stops being in use': [
    'close', 'disconnect', 'dispose', 'kick', 'kill', 'release', 'shutdown', 'stop', 'teardown', 'terminate', 'unregister',
  ],
  'it is sent, or somebody hears of it': [
    'email', 'invite', 'mail', 'notify', 'post', 'publish', 'resend', 'send', 'submit', 'subscribe', 'unpublish', 'unsubscribe',
  ],
}

export const itemVerbs: ReadonlySet<string> = new Set(Object.values(itemVerbGroups).flat())

/**
 * Those of them that are verbs wherever they stand, so that a name may also end in one: `sortedSetAdd(key, id)`. Where
 * another word comes first that says when it happens (`beforeSave(x)`), the name is one of a hook.
 */
export const closingVerbs: ReadonlySet<string> = new Set([
  'add', 'create', 'delete', 'destroy', 'download', 'fetch', 'find', 'get', 'insert', 'load', 'read', 'remove', 'save', 'send',
  'update', 'upload', 'upsert', 'write',
])

/** First words of names of hooks, which do what somebody else put there: `afterCreate(x)`, `willUpdate(x)`. */
export const hookWords: ReadonlySet<string> = new Set(['after', 'before', 'did', 'on', 'once', 'pre', 'should', 'when', 'will'])

/**
 * First words of calls that are a step of a course of events, or change something that all of them share. They say
 * neither that order matters nor that it does not.
 */
export const courseVerbs: ReadonlySet<string> = new Set([
  'advance', 'append', 'apply', 'bootstrap', 'boot', 'build', 'click', 'commit', 'consume', 'deploy', 'dispatch', 'display', 'draw', 'echo',
  'emit', 'enter', 'exec', 'execute', 'feed', 'fill', 'flush', 'handle', 'init', 'initialise', 'initialize', 'install', 'invoke', 'launch',
  'log', 'merge', 'migrate', 'mount', 'navigate', 'next', 'open', 'perform', 'play', 'press', 'print', 'process', 'push', 'record', 'register',
  'render', 'replay', 'report', 'restore', 'rollback', 'run', 'seed', 'setup', 'show', 'sign', 'start', 'step', 'tap', 'trigger', 'type', 'up', 'upgrade',
  'use', 'visit', 'walk', 'yield',
])

/**
 * Words in names of calls that run what they are given and add nothing to the question of order: `retry(() => fetch(x))`,
 * `withTimeout(…)`, `tracer.span(…)`. Any other may ask a person, take a lock or keep a queue (`otplease(…)`, `exclusive(…)`).
 */
export const wrappingWords: ReadonlySet<string> = new Set([
  'attempt', 'backoff', 'instrument', 'measure', 'profile', 'retries', 'retry', 'retryable', 'span', 'time', 'timed', 'timeout', 'trace', 'traced',
])

/** Calls that set off what the calls before them have put together: `insert(x).into(t).execute()`. */
export const chainEnds: ReadonlySet<string> = new Set(['exec', 'execute', 'run', 'send', 'call'])

/** Words in the name of a function whose loops run one after another because that is what it is for: `mapSeries`, `upsertSequentially`. */
export const sequentialWords: ReadonlySet<string> = new Set(['sequential', 'sequentially', 'serial', 'serially', 'series'])

/**
 * Methods that put the next piece into an output of `orderedOutputs`. https://nodejs.org/api/stream.html#writablewritechunk-encoding-callback,
 * https://streams.spec.whatwg.org/#rs-default-controller-enqueue, https://www.archiverjs.com/docs/archiver/#append
 */
export const outputMethods: ReadonlySet<string> = new Set(['append', 'end', 'enqueue', 'entry', 'file', 'send', 'write'])

/** Methods that end what `start` began: of spinners and of actions that a log shows. https://github.com/sindresorhus/ora#instance, https://oclif.io/docs/user_experience */
export const finishingMethods: ReadonlySet<string> = new Set(['done', 'fail', 'stop', 'succeed', 'success'])

/** First words of look-ups that may keep what they find in what they are given: `loadInputs(context, name)`. */
export const keepingVerbs: ReadonlySet<string> = new Set(['load', 'resolve'])

/** Of `pausingCalls`, methods that have another meaning without an amount of time: `receipt.wait(2)`, `job.pause(reason)`. */
export const amountMethods: ReadonlySet<string> = new Set(['pause', 'timeout', 'wait'])

/** Options that say that several calls are made within one thing. https://www.mongodb.com/docs/drivers/node/current/crud/transactions/, https://sequelize.org/docs/v6/other-topics/transactions/ */
export const sharingOptions: ReadonlySet<string> = new Set(['session', 'transaction'])
