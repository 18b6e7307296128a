/**
 * Events that come once in the life of what emits them, or when it goes away: a listener for them feeds nothing for long.
 * https://nodejs.org/api/process.html#process-events, https://nodejs.org/api/stream.html, https://nodejs.org/api/net.html
 */
export const singleEvents: ReadonlySet<string> = new Set([
  'DOMContentLoaded', 'SIGHUP', 'SIGINT', 'SIGTERM', 'abort', 'beforeExit', 'close', 'connect', 'connected', 'destroy',
  'disconnect', 'done', 'end', 'exit', 'finish', 'init', 'initialized', 'listening', 'load', 'loaded', 'online', 'open',
  'ready', 'shutdown', 'spawn', 'start', 'started', 'stop', 'uncaughtException', 'unhandledRejection',
])

/** Methods that register a function to be called for every event; the function may be any argument. */
export const listenerMethods: ReadonlySet<string> = new Set([
  'addEventListener', 'addListener', 'on', 'prependListener', 'subscribe',
])

/** Methods and functions that call what they get while they run, or once afterwards: part of their caller's own work. */
export const inlineCallers: ReadonlySet<string> = new Set([
  'catch', 'each', 'every', 'filter', 'finally', 'find', 'findIndex', 'flatMap', 'forEach', 'map', 'nextTick', 'once',
  'queueMicrotask', 'reduce', 'reduceRight', 'replace', 'setImmediate', 'setTimeout', 'some', 'sort', 'then',
])
