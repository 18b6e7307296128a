/**
 * What the name of a key says about how many there can be. Names are all that is left where values come from outside;
 * found by reading the maps of public services: those with a name of the first kind grew with users, peers and messages.
 */
export const openKeys =
  /(?:id|uuid|guid|ip|address|addr|email|mail|phone|token|user|username|login|peer|nick|nickname|session|channel|room|query|search|term|hash|cid|txid|did|jid|ref|commit|sha|url|uri|href|domain|host|hostname|selector|sql)['"`)}\]]*$/i

/**
 * Names of what comes and goes with use: parts of a key that make it one of any number. Other ids (`projectId`, `databaseId`) count for
 * less beside each other than alone, since a key of several parts names what somebody set up more often than what came in.
 */
export const busyKeys =
  /(?:account|author|chat|client|comment|connection|contact|conversation|customer|doc|document|entity|event|job|member|message|msg|order|peer|person|player|post|request|room|session|socket|subscription|thread|token|transaction|tx|user|wallet)[._]?(?:id|hash|address|key)['"`)}\]]*$|(?:^|[._]|[a-z](?=[A-Z]))(?:cid|email|hash|ip|jid|login|nick|nickname|query|search|sha|sql|token|username)['"`)}\]]*$/i

/** Names of small sets that the program itself defines. */
export const finiteKeys =
  /(?:name|type|kind|env|environment|mode|locale|lang|language|version|method|path|route|model|table|file|schema|plugin|provider|level|region|country|currency|shard|index|stage|format|encoding)['"`)}\]]*$/i

/** Identifiers of which a program meets few, although they are called ids or hashes: of what it is configured with or built from. */
export const fewIds = /(?:chain|cluster|country|currency|env|environment|lang|language|locale|network|plugin|project|provider|region|schema|service|shard|zone)_?(?:ids?|hash)['"`)}\]]*$/i

/** What code calls a time and the end of one. A comparison of that says how long an entry is good for, not how many there are. */
export const clockWords = /\bnow\b|\.now\(|\bDate\b|getTime\(|expir|stale|\bttl\b|TTL|[mM]axAge|\bage\b|[tT]imestamp|\bts\b|\b(?:created|fetched|updated|cached|valid|loaded)(?:At|Until)\b|\buntil\b/i

/**
 * Calls that give something else each time. https://nodejs.org/api/crypto.html#cryptorandomuuidoptions, https://github.com/uuidjs/uuid#api-summary,
 * https://github.com/ai/nanoid#api, https://github.com/paralleldrive/cuid2#usage, https://github.com/ulid/javascript#usage, https://lodash.com/docs#uniqueId,
 * https://www.mongodb.com/docs/manual/reference/method/ObjectId/
 */
export const uniqueMakers: ReadonlySet<string> = new Set([
  'ObjectId', 'createId', 'cuid', 'cuid2', 'generateId', 'nanoid', 'randomBytes', 'randomUUID', 'ulid', 'uniqueId', 'uuid', 'uuid1', 'uuid4', 'uuid7', 'uuidv1', 'uuidv4', 'uuidv7', 'v1', 'v4', 'v7',
])
