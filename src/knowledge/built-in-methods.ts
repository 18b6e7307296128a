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

/** Look a key up. https://tc39.es/ecma262/#sec-map.prototype.get */
export const lookUpMethods: ReadonlySet<string> = new Set(['get', 'has'])

/** Give a piece of a list. https://tc39.es/ecma262/#sec-array.prototype.slice */
export const cuttingMethods: ReadonlySet<string> = new Set(['slice', 'splice'])

/** Put a list in order. https://tc39.es/ecma262/#sec-array.prototype.sort */
export const sortingMethods: ReadonlySet<string> = new Set(['sort', 'toSorted'])

/** Take one element out of a list and give it, or several. https://tc39.es/ecma262/#sec-array.prototype.shift */
export const popMethods: ReadonlySet<string> = new Set(['pop', 'shift'])
export const takingMethods: ReadonlySet<string> = new Set([...popMethods, 'splice'])

/** Take one entry out of a list, map or set. */
export const removingMethods: ReadonlySet<string> = new Set([...popMethods, 'delete'])

/** Put one entry in, by the kind of the collection; an object has no methods of its own. */
export const feedingMethods: Readonly<Record<'array' | 'map' | 'object' | 'set', ReadonlySet<string>>> = {
  array: new Set([...appendingMethods, 'unshift']),
  map: keyedMethods,
  object: new Set(),
  set: addingMethods,
}

/** The same of any collection. */
export const fillingMethods: ReadonlySet<string> = new Set([...feedingMethods.array, ...addingMethods, ...keyedMethods])

/** Change how many elements a list has, or may. */
export const resizingMethods: ReadonlySet<string> = new Set([...feedingMethods.array, 'fill', 'splice'])

/** Ask whether an entry is there. */
export const searchingMethods: ReadonlySet<string> = new Set(['find', 'findIndex', 'findLast', 'findLastIndex', 'has', 'includes', 'indexOf', 'lastIndexOf', 'some'])

/** Leave a collection as it is, or in the same size. https://tc39.es/ecma262/#sec-set.prototype.union */
export const sizeKeepingMethods: ReadonlySet<string> = new Set([
  'at', 'concat', 'copyWithin', 'difference', 'entries', 'every', 'fill', 'filter', 'flat', 'flatMap', 'forEach', 'get',
  'intersection', 'isDisjointFrom', 'isSubsetOf', 'isSupersetOf', 'join', 'keys', 'map', 'reduce', 'reduceRight',
  'reverse', 'slice', 'sort', 'symmetricDifference', 'toLocaleString', 'toReversed', 'toSorted', 'toSpliced',
  'toString', 'union', 'values', 'with',
])

/** Hand on what the call for one element gave to the call for the next. */
export const reducingMethods: ReadonlySet<string> = new Set(['reduce', 'reduceRight'])

/** Call what they are given at once, per element or with what a promise brings. */
export const iteratingMethods: ReadonlySet<string> = new Set([...visitingMethods, 'from', 'then'])

/** Walk over what a collection holds, as members of it or of `Object`. https://tc39.es/ecma262/#sec-map.prototype.entries, https://tc39.es/ecma262/#sec-object.entries */
export const entryMethods: ReadonlySet<string> = new Set(['entries', 'keys', 'values'])

/** Call the function that they belong to with another `this`. https://tc39.es/ecma262/#sec-properties-of-the-function-prototype-object */
export const invokingMethods: ReadonlySet<string> = new Set(['apply', 'call'])

/** Give the promises of a list again, or some of them: methods of arrays, of promises of arrays, and of cheerio's lists. https://cheerio.js.org/docs/api/classes/Cheerio#toarray */
export const passingMethods: ReadonlySet<string> = new Set([
  'catch', 'fill', 'filter', 'finally', 'flat', 'get', 'reverse', 'slice', 'sort', 'splice', 'toArray', 'toSorted', 'values',
])

/** Members that tell how much a list, collection, text or buffer holds. https://nodejs.org/api/buffer.html#buflength, https://developer.mozilla.org/docs/Web/API/Blob/size */
export const sizeMembers: ReadonlySet<string> = new Set(['byteLength', 'length', 'size'])

/** Classes of collections. https://tc39.es/ecma262/#sec-keyed-collections */
export const collectionClasses: ReadonlySet<string> = new Set(['Array', 'Map', 'Set'])

/** Types of arrays, and of what can be walked over without waiting. */
export const arrayTypes: ReadonlySet<string> = new Set(['Array', 'ReadonlyArray'])
export const synchronousTypes: ReadonlySet<string> = new Set([...arrayTypes, 'Generator', 'Iterable', 'IterableIterator', 'Map', 'ReadonlySet', 'Set'])

/** Types of what can be walked over. https://www.typescriptlang.org/docs/handbook/iterators-and-generators.html */
export const listTypes: ReadonlySet<string> = new Set([
  'Array', 'AsyncIterable', 'Iterable', 'IterableIterator', 'Map', 'ReadonlyArray', 'ReadonlyMap', 'ReadonlySet', 'Set',
])

/** Register a listener for every time that an event comes, and for the next time. https://nodejs.org/api/events.html#emitteroneventname-listener */
export const listeningMethods: ReadonlySet<string> = new Set(['addListener', 'on'])
export const onceListeningMethods: ReadonlySet<string> = new Set([...listeningMethods, 'once'])

/** Tell a person or a log. https://developer.mozilla.org/docs/Web/API/console#instance_methods, https://github.com/winstonjs/winston#logging-levels */
export const loggingMethods: ReadonlySet<string> = new Set(['debug', 'error', 'info', 'log', 'trace', 'verbose', 'warn'])

/** Write out what they are given, which is over with that: methods of responses, streams and templates, and of `JSON`. https://expressjs.com/en/5x/api.html#res */
export const writingMethods: ReadonlySet<string> = new Set([...loggingMethods, 'end', 'json', 'render', 'send', 'stringify', 'write'])

/** Give text, or what is no object of options. https://tc39.es/ecma262/#sec-array.prototype.join */
export const textMakingMethods: ReadonlySet<string> = new Set([...textMethods, 'concat', 'join', 'slice', 'toString'])

/** Functions that look at an object and leave it as it is. https://nodejs.org/api/util.html#utilinspectobject-options */
export const lookingFunctions: ReadonlySet<string> = new Set([...loggingMethods, ...entryMethods, 'freeze', 'inspect', 'isArray', 'stringify'])
