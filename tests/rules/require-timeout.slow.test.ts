/**
 * Runs programs that the rule rewrote against peers that never answer: an HTTP server that is silent, one that sends a
 * byte now and then, and PostgreSQL that sleeps. They end with the client's own error and leave no connection open.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import requireTimeout from '../../rules/require-timeout.ts'
import { startDatabase } from '../benchmarks/scenarios/parts/database.ts'
import { clientPackages } from '../support/client-packages.ts'
import { fixed, lint } from '../support/lint.ts'
import { bundleRuntime } from '../support/runtime-bundle.ts'

/** Each asks for the whole answer. What an error is known by: its name, code or message. */
const programs: readonly (readonly [name: string, code: string, error: RegExp])[] = [
  ['fetch', 'export const ask = async (url) => (await fetch(url)).text()', /TimeoutError/],
  ['fetch with a signal', 'export const ask = async (url, signal = new AbortController().signal) => (await fetch(url)).text()', /TimeoutError/],
  ['undici', "import { request } from 'undici'; export const ask = async (url) => (await request(url)).body.text()", /TimeoutError/],
  ['node-fetch', "import fetch from 'node-fetch'; export const ask = async (url) => (await fetch(url)).text()", /AbortError|TimeoutError/],
  ['axios', "import axios from 'axios'; export const ask = async (url) => (await axios.get(url)).data", /ECONNABORTED|ETIMEDOUT|CanceledError/],
  ['axios instance', "import axios from 'axios'; const api = axios.create(); export const ask = async (url) => (await api.get(url)).data", /ECONNABORTED|ETIMEDOUT|CanceledError/],
  ['got', "import got from 'got'; export const ask = async (url) => (await got(url)).body", /TimeoutError/],
  ['phin', "import phin from 'phin'; export const ask = async (url) => (await phin({ url })).body.toString()", /Timeout reached|ECONNRESET|aborted/],
  ['gaxios', "import { request } from 'gaxios'; export const ask = async (url) => (await request({ url })).data", /operation was aborted/],
  ['Apollo Client', "const { ApolloClient, HttpLink, InMemoryCache, gql } = require('@apollo/client/core'); exports.ask = async (url) => { const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: url, fetch }) }); return await client.query({ query: gql('{ x }') }) }", /TimeoutError|AbortError|timeout/i],
  ['superagent', "import superagent from 'superagent'; export const ask = async (url) => { const { text } = await superagent.get(url); return text }", /ETIME|ECONNABORTED/],
  ['node:http', "import http from 'node:http'; export const ask = (url) => new Promise((resolve, reject) => { http.get(url, (r) => { r.on('error', reject); r.on('end', resolve); r.resume() }).on('error', reject) })", /AbortError|ABORT_ERR|ECONNRESET/],
]

let folder = ''
let server: Server
let url = ''
const sockets = new Set<Socket>()
const dripping = new Set<NodeJS.Timeout>()

function drip(response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write('.'), 20)
  dripping.add(timer)
  response.on('close', () => clearInterval(timer))
}

beforeAll(async () => {
  folder = join(clientPackages(), 'programs')
  mkdirSync(folder, { recursive: true })
  server = createServer((request, response) => {
    if (request.url === '/drip') drip(response)
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    // The client closes without a word; that is what is looked for.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

// A program that fails leaves its connection to nobody else.
afterEach(() => server.closeAllConnections())

afterAll(() => {
  for (const timer of dripping) clearInterval(timer)
  server.closeAllConnections()
  server.close()
})

/** Rewrites a program, checks that the result is quiet, and loads it from where the clients are installed. */
async function rewritten(name: string, code: string, suffix = code.includes('require(') ? 'cjs' : 'mjs', helper = ''): Promise<Record<string, (...args: unknown[]) => Promise<unknown>>> {
  const output = fixed(requireTimeout, code, { options: { fixes: 'all', timeoutMs: 300 } })
  expect(output).not.toBe(code)
  expect(lint(requireTimeout, output)).toEqual([])
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.${suffix}`)
  writeFileSync(file, output.replace('eslint-plugin-bounded/runtime', helper))
  return import(pathToFileURL(file).href)
}

const outcome = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: Error & { code?: string }) => [error.name, error.code, error.message].join(' '),
  )

/** Resolves when the server has no connection left. */
async function noSocketLeft(): Promise<void> {
  while (sockets.size > 0) await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
}

/** Clients whose option counts silences only: they end a silent peer, and a signal is needed for one that drips. */
const SILENCE_ONLY = new Set(['axios instance', 'phin'])

describe.each(['/silent', '/drip'])('a server that is %s', (path) => {
  it.each(programs.filter(([name]) => path === '/silent' || !SILENCE_ONLY.has(name)))('%s', async (name, code, error) => {
    const { ask } = await rewritten(name, code)
    expect(await outcome(ask!(url + path))).toMatch(error)
    await noSocketLeft()
    expect(sockets.size).toBe(0)
  })
})

it.each(['/silent', '/drip'])('bent, which has neither option nor signal, stops waiting for a server that is %s', async (path) => {
  const code = "import bent from 'bent'; const get = bent('string'); export const ask = async (url) => await get(url)"
  const { ask } = await rewritten('bent', code, 'mjs', bundleRuntime('esm').file)
  expect(await outcome(ask!(url + path))).toMatch(/^TimeoutError/)
})

describe('PostgreSQL that sleeps', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>
  beforeAll(async () => {
    database = await startDatabase()
  })
  afterAll(() => database.stop())

  it('pg ends a query within the limit and gives its connection back', async () => {
    const { ask, left } = await rewritten(
      'pg',
      `import pg from 'pg'
const pool = new pg.Pool({ connectionString: process.env.SLEEPING_DATABASE, max: 1 })
export const ask = () => pool.query('select pg_sleep(600)')
export const left = async () => { await pool.end(); return pool.totalCount }`.replace('process.env.SLEEPING_DATABASE', JSON.stringify(database.url)),
    )
    expect(await outcome(ask!())).toMatch(/Query read timeout/)
    expect(await left!()).toBe(0)
  })
})
