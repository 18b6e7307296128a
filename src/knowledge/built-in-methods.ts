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

/** Only read the receiver. */
export const readingMethods: ReadonlySet<string> = new Set([
  'at', 'concat', 'entries', 'every', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flat', 'flatMap', 'forEach',
  'get', 'has', 'hasOwnProperty', 'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'map', 'reduce', 'reduceRight',
  'slice', 'some', 'toReversed', 'toSorted', 'toSpliced', 'toString', 'values', 'with',
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
