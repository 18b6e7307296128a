/**
 * How code that handles requests looks where nothing shows what it is registered with. Criterion for admission: the documentation of a
 * framework writes it so, and code of other kinds hardly does.
 */

const verbs = ['all', 'del', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put']

/** Methods that register a function for a route. https://expressjs.com/en/5x/api.html#app.METHOD */
export const routeVerbs: ReadonlySet<string> = new Set([...verbs, 'use'])

/** Methods that register a function for a route and whose name is no method of HTTP. https://github.com/hapijs/hapi/blob/master/API.md#-serverrouteroute, http://restify.com/docs/server-api/#pre, https://hono.dev/examples/zod-openapi */
export const verblessMethods: ReadonlySet<string> = new Set(['all', 'on', 'openapi', 'pre', 'register', 'route', 'use'])

/** Whole names of what serves, and last words of others: `adminRouter`. https://expressjs.com/en/guide/routing.html, https://fastify.dev/docs/latest/Reference/Plugins/ */
export const appNames: ReadonlySet<string> = new Set(['api', 'application', 'express', 'fastify', 'hono', 'instance', 'koa', 'route'])
export const appWords: ReadonlySet<string> = new Set(['app', 'router', 'routes', 'server'])

/** Whole names of connections, in lower case. https://socket.io/docs/v4/server-api/, https://github.com/websockets/ws#simple-server */
export const socketNames: ReadonlySet<string> = new Set(['conn', 'connection', 'io', 'namespace', 'nsp', 'sock', 'socket', 'ws', 'wss'])

/** Last words of builders of procedures. https://trpc.io/docs/server/procedures */
export const procedureWords: ReadonlySet<string> = new Set(['procedure'])

/** Last words of the types of a request and of what answers it. https://fastify.dev/docs/latest/Reference/TypeScript/ */
export const requestTypeEnds: ReadonlySet<string> = new Set(['request'])
export const responseTypeEnds: ReadonlySet<string> = new Set(['reply', 'response'])

/** Names that frameworks export to have called per request, by the method of HTTP. https://nextjs.org/docs/app/api-reference/file-conventions/route */
export const routeExports: ReadonlySet<string> = new Set(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])

/** What only the server's side of a request has. https://expressjs.com/en/5x/api.html#req, https://hapi.dev/api/#request-properties */
export const requestMembers: ReadonlySet<string> = new Set([
  'cookies', 'files', 'ip', 'isAuthenticated', 'originalUrl', 'params', 'payload', 'query', 'session', 'signedCookies',
])

/** The same where the request is called `req`, which the client's side seldom is. */
export const shortRequestMembers: ReadonlySet<string> = new Set([
  ...requestMembers, 'body', 'file', 'get', 'header', 'headers', 'hostname', 'path', 'url', 'user',
])

/** Methods that answer. https://expressjs.com/en/5x/api.html#res, https://fastify.dev/docs/latest/Reference/Reply/, https://nodejs.org/api/http.html#class-httpserverresponse */
export const responseCalls: ReadonlySet<string> = new Set([
  'code', 'cookie', 'download', 'end', 'flushHeaders', 'format', 'getHeader', 'header', 'json', 'redirect', 'removeHeader', 'render', 'send', 'sendFile', 'sendStatus', 'set',
  'setHeader', 'status', 'type', 'view', 'write', 'writeHead',
])

/** Members by which a context answers. https://koajs.com/#response-aliases */
export const contextWrites: ReadonlySet<string> = new Set(['body', 'response', 'status', 'type'])
