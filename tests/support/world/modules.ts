/** What programs can import. The names are those of real packages, so that rules recognise the work. */
import { hash } from './script.ts'
import { snapshot } from './snapshot.ts'
import type { World } from './world.ts'

type Modules = Record<string, Record<string, unknown>>

export function modulesOf(world: World): Modules {
  const files = filesOf(world)
  const axios = axiosOf(world)
  return {
    'node:fs/promises': { ...files, default: files },
    'node:fs': { promises: files, default: { promises: files } },
    axios: { default: axios, ...axios },
    pg: pgOf(world),
    world: plainOf(world),
  }
}

/** `fetch` of the world: the answer's body is read by a second operation. */
export function fetchOf(world: World) {
  return (input: unknown, init: { method?: string } = {}) => {
    const url = String(input)
    const name = init.method ? `fetch ${init.method}` : 'fetch'
    return world.operation(name, [url], {
      answer: () => ({
        url,
        ok: hash(url) % 4 !== 0,
        status: hash(url) % 4 === 0 ? 404 : 200,
        json: () => world.operation('json', [url], { answer: () => ({ url, n: hash(url) % 10 }) }),
        text: () => world.operation('text', [url], { answer: () => `text of ${url}` }),
      }),
    })
  }
}

/** Files that keep what is written into them; what was never written has a content of its own. */
function filesOf(world: World) {
  const content = (path: unknown) => world.read(`file ${String(path)}`) ?? `content of ${String(path)}`
  return {
    readFile: (path: unknown, ..._: unknown[]) => world.operation('readFile', [path], { answer: () => content(path) }),
    stat: (path: unknown) =>
      world.operation('stat', [path], { answer: () => ({ size: String(content(path)).length }) }),
    writeFile: (path: unknown, data: unknown) =>
      world.operation('writeFile', [path, data], { answer: () => world.write(`file ${String(path)}`, data) }),
    appendFile: (path: unknown, data: unknown) =>
      world.operation('appendFile', [path, data], {
        answer: () => world.write(`file ${String(path)}`, `${String(content(path))}${String(data)}`),
      }),
    unlink: (path: unknown) =>
      world.operation('unlink', [path], { answer: () => world.write(`file ${String(path)}`, undefined) }),
    mkdir: (path: unknown) => world.operation('mkdir', [path], { answer: () => undefined }),
  }
}

function axiosOf(world: World) {
  const get = (url: unknown) =>
    world.operation('axios.get', [url], {
      answer: () => ({ status: 200, data: { url: String(url), n: hash(String(url)) % 10 } }),
    })
  const post = (url: unknown, body: unknown) =>
    world.operation('axios.post', [url, body], { answer: () => ({ status: 200, data: snapshot(body) }) })
  return { get, post, create: () => ({ get, post }) }
}

function pgOf(world: World) {
  const query = (sink?: string) => (text: unknown, values: unknown) =>
    world.operation('query', [text, values], {
      ...(sink && { sink }),
      answer: () => ({ rows: [{ n: hash(snapshot([text, values])) % 10 }], rowCount: 1 }),
    })
  let clients = 0
  return {
    /** A pool takes many at once. */
    Pool: class {
      readonly query = query()
      readonly connect = () => Promise.resolve({ query: query(`client ${(clients += 1)}`), release() {} })
    },
    /** One connection: the order of its queries is observable. */
    Client: class {
      readonly query = query(`client ${(clients += 1)}`)
      readonly connect = () => Promise.resolve()
    },
  }
}

/** Operations without a story: `load` reads, `store` writes, `tick` only takes time. */
function plainOf(world: World) {
  const numbers = (name: string) => (...args: unknown[]) =>
    world.operation(name, args, { answer: () => hash(name, snapshot(args)) % 10 })
  return {
    load: numbers('load'),
    loadMore: numbers('loadMore'),
    store: numbers('store'),
    list: (...args: unknown[]) =>
      world.operation('list', args, {
        answer: () => Array.from({ length: hash(snapshot(args)) % 4 }, (_, i) => hash(snapshot(args), i) % 10),
      }),
    check: (...args: unknown[]) => world.operation('check', args, { answer: () => hash('check', snapshot(args)) % 3 !== 0 }),
    /** A number that depends on how often it was asked before: its order is observable through its answers. */
    next: () =>
      world.operation('next', [], {
        answer: () => {
          const count = Number(world.read('next') ?? 0) + 1
          world.write('next', count)
          return count
        },
      }),
    /** Changes the context that it is given, by what the context was before. */
    visit: (item: unknown, context: { n: number }) =>
      world.operation('visit', [item], { answer: () => (context.n = hash('visit', context.n, snapshot(item)) % 1000) }),
    /** A store: what was created can be found. */
    tags: {
      find: (name: unknown) => world.operation('tags.find', [name], { answer: () => world.read(`tag ${snapshot(name)}`) ?? null }),
      create: (name: unknown) =>
        world.operation('tags.create', [name], { answer: () => world.write(`tag ${snapshot(name)}`, Number(world.read(`tag ${snapshot(name)}`) ?? 0) + 1) }),
    },
    send: (...args: unknown[]) => world.operation('send', args, { sink: 'socket', answer: () => undefined }),
  }
}
