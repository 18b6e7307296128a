/**
 * Types that name the product of a factory: an annotation with the type on the left is the instance on the right
 * (module, then the way to it in the form of `facts.ts`). Classes need no entry: `x: Pool` is `Pool()` by itself.
 */
export const instanceTypes: ReadonlyMap<string, readonly [module: string, member: string]> = new Map([
  // https://axios-http.com/docs/instance
  ['axios AxiosInstance', ['axios', 'create()']],
  ['axios AxiosStatic', ['axios', '']],
  // https://fastify.dev/docs/latest/Reference/TypeScript/
  ['fastify FastifyInstance', ['fastify', '()']],
  // https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/express
  ['express Express', ['express', '()']],
  ['express Application', ['express', '()']],
  ['express IRouter', ['express', 'Router()']],
  ['express Router', ['express', 'Router()']],
  // https://github.com/brianc/node-postgres/tree/master/packages/pg (a checked-out client is one connection)
  ['pg PoolClient', ['pg', 'Pool().connect()']],
  ['pg ClientBase', ['pg', 'Client()']],
  // https://knexjs.org/guide/#typescript
  ['knex Knex', ['knex', '()']],
  // https://github.com/sindresorhus/got/blob/main/documentation/1-promise.md
  ['got Got', ['got', 'extend()']],
  // https://github.com/sindresorhus/ky#kycreatedefaultoptions
  ['ky KyInstance', ['ky', 'create()']],
  // https://mongoosejs.com/docs/typescript.html
  ['mongoose Model', ['mongoose', 'model()']],
  ['mongoose ClientSession', ['mongoose', 'startSession()']],
  // https://sidorares.github.io/node-mysql2/docs
  ['mysql2/promise Pool', ['mysql2/promise', 'createPool()']],
  ['mysql2/promise PoolConnection', ['mysql2/promise', 'createPool().getConnection()']],
  ['mysql2/promise Connection', ['mysql2/promise', 'createConnection()']],
  // https://github.com/redis/node-redis
  ['redis RedisClientType', ['redis', 'createClient()']],
  // https://nodejs.org/api/fs.html#class-fswritestream, https://nodejs.org/api/fs.html#class-filehandle
  ['node:fs WriteStream', ['node:fs', 'createWriteStream()']],
  ['node:fs/promises FileHandle', ['node:fs/promises', 'open()']],
  // https://github.com/sindresorhus/p-limit
  ['p-limit LimitFunction', ['p-limit', '()']],
])

/** Types that have the members of their argument, or of what comes of it when it is awaited. https://www.typescriptlang.org/docs/handbook/utility-types.html */
export const transparentTypes: ReadonlySet<string> = new Set(['Awaited', 'Promise', 'PromiseLike', 'Readonly'])
