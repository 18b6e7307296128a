/** Names and statements by which something is looked for in a store, made where there is none, and written back. */

/** First words of calls that look for one thing in a store: `findTag(name)`, `tags.first()`. */
export const lookingVerbs: ReadonlySet<string> = new Set([
  'check', 'count', 'exists', 'fetch', 'find', 'first', 'get', 'has', 'list', 'lookup', 'query', 'retrieve', 'search', 'select', 'where',
])

/** First words of calls that put something new there: `tags.insert(tag)`, `createTag(name)`. Not those that leave alone what is there: `upsert`, `ensure`. */
export const makingVerbs: ReadonlySet<string> = new Set(['add', 'create', 'insert', 'persist', 'post', 'put', 'save', 'set', 'store'])

/** First words of calls that write back what was read: `account.save()`, `accounts.update(account)`. Not those that a store does in one step: `increment`. */
export const changingVerbs: ReadonlySet<string> = new Set(['patch', 'persist', 'put', 'replace', 'save', 'set', 'store', 'update'])

/** Words of a method's name that say how many and not what: `findUnique`, `insertOne`. */
export const manyWords: ReadonlySet<string> = new Set(['all', 'and', 'async', 'batch', 'bulk', 'documents', 'entry', 'exists', 'existing', 'first', 'item', 'last', 'many', 'new', 'one', 'or', 'throw', 'unique'])

/** Last words of what no two elements of a list have in common, and of names of such keys. */
export const ownKeyWords: ReadonlySet<string> = new Set(['guid', 'id', 'ids', 'uid', 'uuid'])

/** What gives a list that holds nothing twice, by its constructor and by methods of objects, maps and sets. https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Set, https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object/keys */
export const distinctConstructors: ReadonlySet<string> = new Set(['Map', 'Set'])
export const distinctMethods: ReadonlySet<string> = new Set(['entries', 'keys'])

/** Words of functions that take out what is there twice: `uniq(xs)`, `dedupe(xs)`. */
export const distinctWords: ReadonlySet<string> = new Set(['dedupe', 'deduplicate', 'distinct', 'uniq', 'unique'])

/** Methods of lists that leave each element as it is. https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Array */
export const keepingMethods: ReadonlySet<string> = new Set(['filter', 'reverse', 'slice', 'sort', 'toReversed', 'toSorted'])

/** Statements that look, make and change, with their table. https://www.postgresql.org/docs/current/sql-select.html, https://www.postgresql.org/docs/current/sql-insert.html */
export const selectStatement = /^\s*select\b[^]*?\bfrom\s+["`[]?([\w.]+)/i
export const insertStatement = /^\s*insert\b[^]*?\binto\s+["`[]?([\w.]+)/i
export const updateStatement = /^\s*update\s+["`[]?([\w.]+)/i

/** Statements that leave alone what is there. https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT, https://dev.mysql.com/doc/refman/8.4/en/insert.html, https://www.sqlite.org/lang_conflict.html */
export const protectedStatement = /\b(?:on\s+conflict|on\s+duplicate\s+key|insert\s+(?:or\s+)?ignore|insert\s+or\s+replace)\b/i
