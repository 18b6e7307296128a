/**
 * Words by which code says that something limits its time. Criterion for admission: in a name the word speaks of a length or end of time
 * that is given to work; words of a time as such (`time`, `date`, `until`) do not.
 */

/** In the name of a function that limits what it is given: `withTimeout`, `pTimeout`, `raceAgainstDeadline`. */
export const timeLimitWords: ReadonlySet<string> = new Set(['deadline', 'deadlines', 'timebox', 'timeboxed', 'timedout', 'timelimit', 'timeout', 'timeouts'])

/** First words of such names: `timedFetch`, `raceWithTimer`. */
export const timeLimitVerbs: ReadonlySet<string> = new Set(['race', 'timed'])

/** In the name of a package or function that sends requests in its own way, with limits of its own: `fetch-retry`. https://github.com/jonbern/fetch-retry */
export const retryWords: ReadonlySet<string> = new Set([...timeLimitWords, 'retries', 'retry', 'retryable', 'retrying'])

/** Options of calls that limit what they are given. https://github.com/sindresorhus/p-timeout#options, https://github.com/vercel/async-retry#api */
export const timeLimitOptions: readonly string[] = ['timeout', 'timeoutMs', 'deadline', 'maxRetryTime']

/** What the code of an interceptor, agent or link says where it limits requests in its own way. https://axios-http.com/docs/cancellation */
export const timeLimitText = /time-?out|deadline|signal|cancelToken/i

/** Words in the names of addresses. Whole words: `ghost` is no host, `curlOptions` no URL. https://url.spec.whatwg.org/#url-representation */
export const addressWords: ReadonlySet<string> = new Set([
  'address', 'addresses', 'baseurl', 'domain', 'domains', 'endpoint', 'endpoints', 'host', 'hostname', 'hosts', 'href', 'link', 'links', 'origin', 'uri', 'uris', 'url', 'urls',
])

/** Last words of the same. */
export const addressEnds: ReadonlySet<string> = new Set(['path', 'pathname'])
