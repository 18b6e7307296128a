/** What requests say whose answer takes as long as there is something to say. */

/** Headers by which a request asks for such an answer, in lower case. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Accept */
export const askingHeaders: ReadonlySet<string> = new Set(['accept', 'upgrade'])

/** What it asks for in them. https://html.spec.whatwg.org/multipage/iana.html#text/event-stream, https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
export const streamTypes = /event-stream|x-ndjson|multipart\/x-mixed-replace|^websocket$/i

/** Paths of such answers. https://docs.couchdb.org/en/stable/api/database/changes.html, https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
export const streamPaths = /long-?poll|event-?stream|\/(?:sse|subscribe|watch|events)(?:[/?]|$)/i

/** Methods that pass an answer on. https://nodejs.org/api/stream.html#readablepipedestination-options, https://streams.spec.whatwg.org/#rs-pipe-to */
export const pipingMethods: ReadonlySet<string> = new Set(['pipe', 'pipeThrough', 'pipeTo'])

/** Methods that take an answer's body piece by piece. https://streams.spec.whatwg.org/#rs-get-reader */
export const bodyTakers: ReadonlySet<string> = new Set([...pipingMethods, 'getReader', 'tee'])

/** Functions and classes that pass on the body that they are given. https://nodejs.org/api/stream.html#streamreadablefromwebreadablestream-options, https://nextjs.org/docs/app/api-reference/functions/next-response */
export const bodyCarriers: ReadonlySet<string> = new Set(['NextResponse', 'Response', 'from', 'fromWeb', 'pipeline', 'pump'])
