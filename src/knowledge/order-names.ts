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
 */
export const itemVerbs: ReadonlySet<string> = new Set([
  'access', 'activate', 'add', 'analyze', 'approve', 'archive', 'assign', 'associate', 'attach', 'audit', 'backfill', 'backup', 'ban',
  'block', 'calculate', 'cancel', 'check', 'chmod', 'chown', 'classify', 'clean', 'cleanup', 'clear', 'clone', 'close', 'collect',
  'compress', 'compute', 'convert', 'copy', 'count', 'create', 'deactivate', 'decode', 'decrypt', 'dedupe', 'del', 'delete',
  'describe', 'deserialize', 'destroy', 'detach', 'detect', 'disable', 'disconnect', 'discover', 'dismiss', 'dispose', 'download',
  'duplicate', 'email', 'embed', 'enable', 'encode', 'encrypt', 'ensure', 'estimate', 'evaluate', 'evict', 'examine',
  'exists', 'expire', 'export', 'extract', 'fetch', 'find', 'follow', 'format', 'generate', 'get', 'glob', 'grant', 'graphql',
  'gunzip', 'gzip', 'hardlink', 'has', 'hash', 'hide', 'identify', 'import', 'index', 'infer', 'insert', 'inspect',
  'invalidate', 'invite', 'is', 'kick', 'kill', 'label', 'link', 'lint', 'list', 'load', 'locate', 'lookup', 'mail', 'make', 'mark',
  'match', 'minify', 'mirror', 'mkdir', 'mkdirp', 'move', 'mute', 'normalize', 'notify', 'optimize', 'pack', 'parse', 'patch',
  'persist', 'pin', 'ping', 'post', 'precompute', 'prefetch', 'preload', 'probe', 'prune', 'publish', 'purge', 'put',
  'query', 'read', 'recalculate', 'recompute', 'recreate', 'refetch', 'refresh', 'refund', 'regenerate', 'reindex', 'reject',
  'release', 'reload', 'remove', 'rename', 'replace', 'replicate', 'request', 'reschedule', 'resend', 'reset', 'resize', 'resolve',
  'retrieve', 'revalidate', 'revoke', 'rm', 'sanitize', 'save', 'scan', 'schedule', 'scrape', 'search', 'select', 'send', 'serialize',
  'set', 'share', 'shutdown', 'snapshot', 'star', 'stat', 'stop', 'store', 'stringify', 'submit', 'subscribe', 'summarize', 'symlink',
  'sync', 'tag', 'teardown', 'terminate', 'tokenize', 'touch', 'transcode', 'translate', 'transpile', 'trash', 'unarchive', 'unassign',
  'unban', 'unblock', 'unfollow', 'unlink', 'unmute', 'unpack', 'unpin', 'unpublish', 'unregister', 'unsubscribe', 'untag', 'unzip',
  'update', 'upgrade', 'upload', 'upsert', 'validate', 'verify', 'warm', 'wipe', 'write', 'zip',
])

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
