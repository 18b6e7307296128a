/**
 * Methods of the language's own collections, by what they do to their receiver. The names are looked up where the
 * receiver's kind is not known; they are the ones that no common library uses for anything else.
 * https://tc39.es/ecma262/#sec-indexed-collections, https://tc39.es/ecma262/#sec-keyed-collections
 */

/** Add at the end, whatever is there. */
export const appendingMethods: ReadonlySet<string> = new Set(['push'])

/** Set the value under a key. */
export const keyedMethods: ReadonlySet<string> = new Set(['set'])

/** Put into a set; the order shows only when the set is walked. */
export const addingMethods: ReadonlySet<string> = new Set(['add'])

/** Change the receiver in a way that depends on what is in it or on order. */
export const changingMethods: ReadonlySet<string> = new Set([
  'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin', 'delete', 'clear',
])

/** Read the receiver and call what they are given for its elements. */
export const visitingMethods: ReadonlySet<string> = new Set([
  'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'forEach', 'map', 'reduce', 'reduceRight', 'some',
])

/** Only read the receiver. */
export const readingMethods: ReadonlySet<string> = new Set([
  ...visitingMethods,
  'at', 'concat', 'entries', 'flat', 'get', 'has', 'hasOwnProperty', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'slice',
  'toReversed', 'toSorted', 'toSpliced', 'toString', 'values', 'with',
])

/** Give an array; texts, which have `concat` and `slice` as well, are no lists of work. */
export const listingMethods: ReadonlySet<string> = new Set([
  'concat', 'filter', 'flat', 'flatMap', 'map', 'reverse', 'slice', 'sort', 'splice', 'split', 'toReversed', 'toSorted', 'toSpliced',
])

/** Methods that arrays have and `Map` and `Set`, which have a `forEach` too, have not. */
export const arraysOwnMethods: ReadonlySet<string> = new Set([
  'concat', 'every', 'filter', 'find', 'findIndex', 'flatMap', 'map', 'pop', 'push', 'reduce', 'reverse', 'slice', 'some', 'sort', 'splice', 'unshift',
])

/** Give a new text or list of texts and have names that only texts use. https://tc39.es/ecma262/#sec-properties-of-the-string-prototype-object */
export const textMethods: ReadonlySet<string> = new Set([
  'endsWith', 'padStart', 'replace', 'replaceAll', 'split', 'startsWith', 'substring', 'toLowerCase', 'toUpperCase', 'trim',
])

/** What reads the body of an answer that is there already. https://fetch.spec.whatwg.org/#body-mixin */
export const bodyMethods: ReadonlySet<string> = new Set(['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'])

/** What the standard's promises are chained by. https://tc39.es/ecma262/#sec-properties-of-the-promise-prototype-object */
export const chainingMethods: ReadonlySet<string> = new Set(['catch', 'finally', 'then'])

/**
 * Methods that only promises have: the standard's, and those of bluebird that no collection shares.
 * https://tc39.es/ecma262/#sec-promise-objects, http://bluebirdjs.com/docs/api/tap.html, http://bluebirdjs.com/docs/api/spread.html
 */
export const promiseMethods: ReadonlySet<string> = new Set([...chainingMethods, 'spread', 'tap', 'tapCatch'])
