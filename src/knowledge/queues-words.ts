/**
 * Words in names that say how much stays in a list or map, and for how long. Names are compared by their words, so that `helpful` is not
 * full and `maximilian` no maximum. Each table is read towards silence: a word belongs to it if code that uses it has the length of a
 * list in mind, and in no form that such a name takes does it say anything else.
 */

/** In the name of a call that makes room or asks for it. https://en.wikipedia.org/wiki/Cache_replacement_policies, https://nodejs.org/api/stream.html#buffering */
export const guardWords: ReadonlySet<string> = new Set([
  'backpressure', 'budget', 'capacity', 'cleanup', 'debounce', 'debounced', 'evict', 'eviction', 'exceed', 'exceeded', 'exceeds', 'expire', 'expired', 'expires', 'full',
  'limit', 'limited', 'limiter', 'limits', 'lru', 'max', 'maximum', 'overflow', 'overflows', 'pressure', 'prune', 'purge', 'quota', 'quotas', 'rotate', 'shed', 'sweep',
  'throttle', 'throttled', 'trim', 'ttl', 'water', 'watermark',
])

/** Of those, the ones in the name of a question after the age of an entry, which goes on to stay: `isExpired(entry)`. https://www.rfc-editor.org/rfc/rfc9111#section-4.2 */
export const ageWords: ReadonlySet<string> = new Set(['expire', 'expired', 'expires'])

/** In what a comparison speaks of that measures a body: `received > maxBytes`. https://expressjs.com/en/5x/api.html#express.json */
export const measureWords: ReadonlySet<string> = new Set([
  'byte', 'bytes', 'count', 'counter', 'length', 'limit', 'limits', 'max', 'maximum', 'received', 'size', 'sizes', 'total',
])

/** In the name of a call that refuses what is too long: `tooLarge(response)`. https://www.rfc-editor.org/rfc/rfc9110#status.413 */
export const refusalWords: ReadonlySet<string> = new Set([
  'exceed', 'exceeded', 'exceeds', 'limit', 'limited', 'limiter', 'limits', 'oversize', 'oversized', 'payloadsize', 'toobig', 'toolarge', 'toolong',
])

/** Last words of lists of what waits for somebody to take it out. */
export const waitingWords: ReadonlySet<string> = new Set(['backlog', 'pending', 'queue'])

/** First words of methods by which an object is put out of use, or back to its beginning. */
const resettingVerbs = ['close', 'destroy', 'dispose', 'reset', 'shutdown', 'stop', 'teardown']

/** Those, and first words of the others with which the use of an object begins or ends: what they empty was not filled in between. */
export const boundaryVerbs: ReadonlySet<string> = new Set([
  ...resettingVerbs, 'abort', 'connect', 'constructor', 'disconnect', 'end', 'init', 'initialize', 'open', 'setup', 'start',
])

/** Those, and first words of methods by which whoever wants to lets go of all that is kept: `clear()`. */
export const releasingVerbs: ReadonlySet<string> = new Set([...resettingVerbs, 'clear', 'invalidate', 'purge'])

/** In the name of a function that is called later, if somebody put it into a list. https://nodejs.org/api/events.html */
export const callbackWords: ReadonlySet<string> = new Set(['callback', 'callbacks', 'handler', 'handlers', 'listener', 'listeners'])

/** The same, and words of what is registered once, of which a program has a handful. A webhook is none: it is an address. https://webpack.js.org/concepts/plugins/ */
export const registeredWords: ReadonlySet<string> = new Set([
  ...callbackWords, 'hook', 'hooks', 'middleware', 'middlewares', 'observer', 'observers', 'plugin', 'plugins', 'subscriber', 'subscribers',
])

/** Whole names of functions, in lower case. */
export const functionNames: ReadonlySet<string> = new Set(['cb', 'fn', 'func'])

/** Last words of keys of which a program has as many as somebody wrote: what it is made of, not what it handles. */
export const codeKeyWords: ReadonlySet<string> = new Set(['class', 'constructor', 'ctor', 'factory', 'fn', 'func', 'plugin', 'prototype', 'schema', 'subclass', 'type'])

/** Last words of the types of objects that each caller makes anew. https://nodejs.org/api/http.html#class-httpincomingmessage */
export const callTypeWords: ReadonlySet<string> = new Set(['config', 'context', 'options', 'params', 'request', 'settings', 'state'])

/** Properties of an object that its platform calls for every message: `socket.onmessage`. Others, such as `onopen`, come once. https://html.spec.whatwg.org/multipage/web-messaging.html#handler-messageport-onmessage */
export const feedingProperties: ReadonlySet<string> = new Set(['ondata', 'onevent', 'onmessage', 'onrequest'])
