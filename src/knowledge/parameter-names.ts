/**
 * What people call the parameters of functions that others call. Criterion for admission: the documentation of a framework or of Node
 * gives the parameter this name, or most code that is written for it does. An underscore before it says that it goes unused.
 */

/** A request that a server got. https://nodejs.org/api/http.html#event-request, https://fastify.dev/docs/latest/Reference/Request/ */
export const requestNames: ReadonlySet<string> = new Set(['req', 'request'])

/** The same, where Node's documentation calls it by its class. https://nodejs.org/api/http.html#class-httpincomingmessage */
export const incomingNames: ReadonlySet<string> = new Set([...requestNames, 'incoming', 'incomingMessage'])

/** What an answer is given by. https://expressjs.com/en/5x/api.html#res, https://fastify.dev/docs/latest/Reference/Reply/ */
export const responseNames: ReadonlySet<string> = new Set(['reply', 'res', 'resp', 'response'])

/** A request and its answer in one. https://koajs.com/#context */
export const contextNames: ReadonlySet<string> = new Set(['context', 'ctx'])

/** Parameters of handlers that answer by what they return. https://fastify.dev/docs/latest/Reference/Reply/, https://koajs.com/#context, https://hapi.dev/api/#response-toolkit */
export const returningNames: ReadonlySet<string> = new Set([...contextNames, 'h', 'reply'])

/** What holds a request's body as `body` or `rawBody`. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload */
export const bodyHolders: ReadonlySet<string> = new Set([...requestNames, 'ctx', 'event'])

/** A request that a function is given to send. https://fetch.spec.whatwg.org/#fetch-method */
export const outgoingNames: ReadonlySet<string> = new Set([...requestNames, 'info', 'input'])

/** The error of a callback. https://nodejs.org/api/errors.html#error-first-callbacks */
export const errorNames: ReadonlySet<string> = new Set(['e', 'err', 'error', 'ex'])

/** A function that is called with the answer. https://nodejs.org/api/errors.html#error-first-callbacks, https://tc39.es/ecma262/#sec-promise-executor */
export const callbackNames: ReadonlySet<string> = new Set(['callback', 'cb', 'done', 'fn', 'next', 'resolve'])

/** The functions that settle a promise, and what holds them, in lower case. https://tc39.es/ecma262/#sec-promise-executor */
export const settlerNames: ReadonlySet<string> = new Set(['defer', 'deferred', 'reject', 'resolve'])

/** A signal that ends work. https://developer.mozilla.org/docs/Web/API/AbortSignal */
export const signalNames: ReadonlySet<string> = new Set(['abortSignal', 'signal'])

/** The same, and those that options are never called. */
export const calledBackNames: ReadonlySet<string> = new Set([...callbackNames, 'handler', 'reject'])

/** First words of the names of functions that hear of something: `onClose`, `handleExit`. https://react.dev/learn/responding-to-events#naming-event-handler-props */
export const listenerVerbs: ReadonlySet<string> = new Set(['handle', 'on'])
