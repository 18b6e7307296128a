/** Calls whose result is never a promise, those that do nothing but give one, and those that give an array. */
import type { ApiFact } from './facts.ts'

const mdn = 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects'

export const plainCalls: readonly ApiFact[] = [
  { module: 'globalThis', member: ['String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'Array', 'Date', 'RegExp', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'atob', 'btoa', 'structuredClone'], source: mdn },
  { module: 'globalThis', member: ['Math.*', 'JSON.*', 'Number.*', 'String.*', 'Date.*', 'Symbol.*', 'BigInt.*', 'Atomics.notify', 'console.*', 'performance.now', 'crypto.randomUUID', 'URL.createObjectURL', 'URL.canParse'], source: mdn },
  { module: 'globalThis', member: ['Object.keys', 'Object.values', 'Object.entries', 'Object.fromEntries', 'Object.getOwnPropertyNames', 'Object.groupBy', 'Object.is', 'Object.hasOwn', 'Array.from', 'Array.of', 'Array.isArray', 'Reflect.ownKeys', 'Reflect.has'], source: mdn },
  { module: 'node:buffer', member: ['from', 'alloc', 'allocUnsafe', 'concat', 'byteLength', 'isBuffer', 'Buffer.from', 'Buffer.alloc', 'Buffer.concat'], source: 'https://nodejs.org/api/buffer.html' },
  { module: 'node:path', member: '*', source: 'https://nodejs.org/api/path.html' },
  { module: ['node:os', 'node:querystring', 'node:url', 'node:assert', 'node:util/types'], member: '*', source: 'https://nodejs.org/api/os.html' },
  { module: 'node:util', member: ['format', 'inspect', 'isDeepStrictEqual', 'styleText', 'stripVTControlCharacters'], source: 'https://nodejs.org/api/util.html' },
  { module: 'node:child_process', member: ['execSync', 'execFileSync', 'spawnSync', 'spawn'], source: 'https://nodejs.org/api/child_process.html' },
  { module: 'node:crypto', member: ['randomUUID', 'createHash().update().digest', 'createHash().digest', 'createHmac().update().digest', 'createHmac().digest', 'timingSafeEqual', 'hash', 'pbkdf2Sync', 'scryptSync', 'getHashes', 'getCiphers'], source: 'https://nodejs.org/api/crypto.html' },
  { module: 'node:process', member: ['cwd', 'uptime', 'hrtime', 'memoryUsage', 'exit', 'hrtime.bigint'], source: 'https://nodejs.org/api/process.html' },
  { module: ['lodash', 'lodash-es', 'underscore', 'ramda', 'es-toolkit'], member: ['map', 'filter', 'pick', 'pickBy', 'omit', 'omitBy', 'uniq', 'uniqBy', 'groupBy', 'keyBy', 'mapValues', 'mapKeys', 'flatten', 'flatMap', 'cloneDeep', 'isEmpty', 'isEqual', 'sortBy', 'orderBy', 'keys', 'values', 'sum', 'sumBy', 'chunk', 'compact', 'difference', 'intersection', 'union', 'zip', 'range'], source: 'https://lodash.com/docs/' },
]

/** Calls that make a value of what they are given and change nothing, not even what they are given. */
export const pureCalls: readonly ApiFact[] = [
  { module: 'globalThis', member: ['Boolean', 'Number', 'String', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'parseFloat', 'parseInt'], source: mdn },
  { module: 'globalThis', member: ['JSON.parse', 'JSON.stringify', 'Math.*', 'Number.*', 'String.*'], source: mdn },
  { module: 'globalThis', member: ['Array.from', 'Array.isArray', 'Array.of', 'Object.entries', 'Object.fromEntries', 'Object.keys', 'Object.values'], source: mdn },
  { module: 'node:path', member: '**', source: 'https://nodejs.org/api/path.html' },
]

/** Calls that make a new array, from what is there when they are called. */
export const arrayMakers: readonly ApiFact[] = [
  { module: 'globalThis', member: ['Array.from', 'Array.of', 'Object.entries', 'Object.getOwnPropertyNames', 'Object.keys', 'Object.values'], source: mdn },
]

/**
 * Methods whose name belongs to built-in values that are not promises (strings, arrays, numbers, dates, regular
 * expressions, buffers). Names that libraries use for asynchronous work as well (`get`, `set`, `find`, `delete`,
 * `map` of a stream) are not here; a list's `map` gives a list. https://tc39.es/ecma262/#sec-text-processing
 */
export const plainMethods: ReadonlySet<string> = new Set([
  'charAt', 'charCodeAt', 'codePointAt', 'endsWith', 'indexOf', 'lastIndexOf', 'localeCompare', 'padEnd', 'padStart', 'repeat', 'replace',
  'replaceAll', 'split', 'startsWith', 'substr', 'substring', 'toLowerCase', 'toLocaleLowerCase', 'toUpperCase', 'toLocaleUpperCase', 'trim',
  'trimEnd', 'trimStart', 'normalize', 'toString', 'toFixed', 'toPrecision', 'toISOString', 'getTime', 'toLocaleString', 'toLocaleDateString',
  'includes', 'flat', 'join', 'slice', 'splice', 'sort', 'toSorted', 'toReversed', 'reverse', 'unshift', 'push', 'shift', 'concat', 'hasOwnProperty',
])

/** Methods whose result is plain where their object is an array or a string; streams and queries have some of these too. */
export const listMethods: ReadonlySet<string> = new Set([
  'map', 'filter', 'flatMap', 'some', 'every', 'findIndex', 'findLastIndex', 'keys', 'entries', 'forEach', 'fill', 'match', 'matchAll',
  'search',
])

/** Calls that give an object with the members of what they are given. */
export const mergingCalls: readonly ApiFact[] = [
  { module: 'globalThis', member: ['Object.assign', 'Object.freeze', 'Object.seal'], source: mdn },
]

/** Calls that give text. */
export const textCalls: readonly ApiFact[] = [
  { module: 'globalThis', member: ['String', 'encodeURI', 'encodeURIComponent'], source: mdn },
]

/** Calls that look at the list or map that they are given, or copy it, and keep nothing of it. */
export const lookingCalls: readonly ApiFact[] = [
  { module: 'globalThis', member: ['Array.from', 'Array.isArray', 'Boolean', 'JSON.stringify', 'Map', 'Math.*', 'Number', 'Object.assign', 'Object.entries', 'Object.freeze', 'Object.fromEntries', 'Object.keys', 'Object.values', 'Promise.*', 'Set', 'String', 'console.*', 'structuredClone'], source: mdn },
  { module: 'node:buffer', member: ['concat', 'Buffer.concat'], source: 'https://nodejs.org/api/buffer.html' },
  { module: ['node:assert', 'node:assert/strict', 'node:util'], member: '**', source: 'https://nodejs.org/api/assert.html' },
]

/** Calls that give a whole number. https://tc39.es/ecma262/#sec-math.ceil, https://tc39.es/ecma262/#sec-parseint-string-radix */
export const wholeNumberCalls: ReadonlySet<string> = new Set(['Math.ceil', 'Math.floor', 'Math.round', 'Math.trunc', 'Number.parseInt', 'parseInt'])
