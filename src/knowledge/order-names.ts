/**
 * Words in names that tell of order where nothing else does: a value whose binding, annotation and type say nothing,
 * but which people call `trx`. They only ever silence a report. A name is split into words (`pgTransaction` →
 * `pg`, `transaction`); the last word counts, since it says what the thing is.
 */

/** Things that take one operation at a time, or keep what they get in the order in which they get it. */
export const orderedThings: ReadonlySet<string> = new Set([
  'archive', 'browser', 'connection', 'conn', 'contract', 'cursor', 'driver', 'frame', 'gen', 'generator', 'git', 'iter',
  'iterator', 'lock', 'mutex', 'page', 'prompt', 'prompter', 'prompts', 'readable', 'reader', 'readline', 'reply', 'res',
  'response', 'rl', 'runner', 'semaphore', 'session', 'signer', 'socket', 'stderr', 'stdin', 'stdout', 'stream', 'terminal',
  'trx', 'transaction', 'tx', 'txn', 'wallet', 'writable', 'writer', 'ws', 'zip',
])

/** Things that a call gets along with the element and may change: what one iteration does to them, the next one sees. */
export const sharedThings: ReadonlySet<string> = new Set([
  'acc', 'accumulator', 'context', 'ctx', 'memo', 'session', 'state', 'transaction', 'trx', 'tx', 'txn', 'queryrunner',
])

/** Elements that are steps of something, called in turn. */
export const stepThings: ReadonlySet<string> = new Set([
  'callback', 'command', 'fn', 'func', 'generator', 'handler', 'hook', 'interceptor', 'keyword', 'middleware', 'migration', 'mw',
  'phase', 'plugin', 'resolver', 'rule', 'runtime', 'stage', 'step', 'task', 'transform', 'transformer', 'visitor',
])

/** Calls that let time pass. */
export const pausingCalls: ReadonlySet<string> = new Set([
  'backoff', 'delay', 'pause', 'ratelimit', 'sleep', 'snooze', 'throttle', 'tick', 'timeout', 'wait', 'waitfor',
])

/** Calls that ask a person. */
export const askingCalls: ReadonlySet<string> = new Set([
  'ask', 'confirm', 'prompt', 'question',
])

/** Calls that only tell a person something; what they read decides nothing. */
export const loggingThings: ReadonlySet<string> = new Set([
  'console', 'debug', 'debuglog', 'info', 'log', 'logger', 'print', 'reporter', 'spinner', 'trace', 'verbose', 'warn', 'winston', 'bar', 'progress',
])

