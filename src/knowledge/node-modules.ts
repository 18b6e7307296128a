/** Names of Node's own modules that may be imported without `node:`. https://nodejs.org/api/modules.html#built-in-modules */
export const nodeModules: ReadonlySet<string> = new Set([
  'assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram',
  'diagnostics_channel', 'dns', 'dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http', 'http2', 'https', 'inspector',
  'inspector/promises', 'module', 'net', 'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'process', 'punycode',
  'querystring', 'readline', 'readline/promises', 'repl', 'stream', 'stream/consumers', 'stream/promises', 'stream/web',
  'string_decoder', 'sys', 'timers', 'timers/promises', 'tls', 'trace_events', 'tty', 'url', 'util', 'util/types', 'v8', 'vm',
  'wasi', 'worker_threads', 'zlib',
])

/** A namespace of one module that is another module. https://nodejs.org/api/fs.html#promises-api and the like. */
export const moduleAliases: ReadonlyMap<string, string> = new Map([
  ['node:fs promises', 'node:fs/promises'],
  ['node:dns promises', 'node:dns/promises'],
  ['node:stream promises', 'node:stream/promises'],
  ['node:timers promises', 'node:timers/promises'],
  ['node:readline promises', 'node:readline/promises'],
  ['node:assert strict', 'node:assert/strict'],
  ['node:util types', 'node:util/types'],
  ['node:path posix', 'node:path'],
  ['node:path win32', 'node:path'],
])

/** Names under which the global object goes. https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/globalThis */
export const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'window', 'self', 'global'])

/** Globals that are modules as well. https://nodejs.org/api/globals.html */
export const globalModules: ReadonlyMap<string, string> = new Map([
  ['process', 'node:process'],
  ['Buffer', 'node:buffer'],
])
