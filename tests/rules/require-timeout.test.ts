import requireTimeout from '../../rules/require-timeout.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }] as const
/** What `--fix` leaves when a team applies suggestions by it. */
const all = [{ fixes: 'all' }] as const

run('js', 'requests that only a silence of the peer ends', requireTimeout, {
  valid: [
    'export const f = (u) => fetch(u, { signal: AbortSignal.timeout(5000) })',
    "export const f = (u, signal) => fetch(u, { method: 'POST', signal })",
    'export const f = (u) => { const options = { signal: AbortSignal.timeout(1) }; return fetch(u, options) }',
    'export const f = (u) => { const options = {}; options.signal = AbortSignal.timeout(1); return fetch(u, options) }',
    'const limited = { signal: AbortSignal.timeout(1) }; export const f = (u) => fetch(u, { ...limited })',
    'function options() { return { signal: AbortSignal.timeout(1) } } export const f = (u) => fetch(u, options())',
    'export const f = (u, limit) => fetch(u, { ...(limit && { signal: AbortSignal.timeout(limit) }) })',
    'export const f = (u) => fetch(new Request(u, { signal: AbortSignal.timeout(1) }))',
    'export const f = (request) => fetch(request)',
    "import { request } from 'undici'; export const f = (u) => request(u, { headersTimeout: 1000, bodyTimeout: 1000 })",
    "import { Agent } from 'undici'; const dispatcher = new Agent({ headersTimeout: 1000 }); export const f = (u) => fetch(u, { dispatcher })",
    'function fetch(u) { return u } export const f = (u) => fetch(u)',
    'export const f = (cache, u) => cache.fetch(u)',
  ],
  invalid: [
    {
      code: 'export const f = (u) => fetch(u)',
      errors: [{
        messageId: 'onlyPauseLimited', line: 1, column: 25, endColumn: 30,
        data: { call: 'fetch', default: '300 s', waits: 'a request', remedy: 'Pass `signal: AbortSignal.timeout(10000)`.' },
        suggestions: [{ messageId: 'addSignal', data: { text: 'signal: AbortSignal.timeout(10000)' }, output: 'export const f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })' }],
      }],
    },
    {
      code: "export const f = (u) => fetch(u, { method: 'POST' })",
      options: all,
      output: "export const f = (u) => fetch(u, { method: 'POST', signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "export const f = (u) => fetch(u, {\n  method: 'POST',\n  body,\n})",
      options: [{ fixes: 'all', timeoutMs: 500 }],
      output: "export const f = (u) => fetch(u, {\n  method: 'POST',\n  body,\n  signal: AbortSignal.timeout(500),\n})",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export const f = (u, signal) => fetch(u)',
      options: all,
      output: 'export const f = (u, signal) => fetch(u, { signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(10000)]) : AbortSignal.timeout(10000) })',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export const f = (u) => { const options = { method: "GET" }; return fetch(u, options) }',
      options: all,
      output: 'export const f = (u) => { const options = { method: "GET" }; return fetch(u, { ...options, signal: AbortSignal.timeout(10000) }) }',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'const open = { method: "GET" }; export const f = (u) => fetch(u, { ...open })',
      options: all,
      output: 'const open = { method: "GET" }; export const f = (u) => fetch(u, { ...open, signal: AbortSignal.timeout(10000) })',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'function options() { return { method: "GET" } } export const f = (u) => fetch(u, options())',
      options: all,
      output: 'function options() { return { method: "GET" } } export const f = (u) => fetch(u, { ...options(), signal: AbortSignal.timeout(10000) })',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export const f = (u) => fetch(new Request(u, { method: "POST" }))',
      options: all,
      output: 'export const f = (u) => fetch(new Request(u, { method: "POST" }), { signal: AbortSignal.timeout(10000) })',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "import { request } from 'undici'; export const f = (u) => request(u)",
      options: all,
      output: "import { request } from 'undici'; export const f = (u) => request(u, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "import { Agent } from 'undici'; const dispatcher = new Agent({ connections: 5 }); export const f = (u) => fetch(u, { dispatcher })",
      options: all,
      output: "import { Agent } from 'undici'; const dispatcher = new Agent({ connections: 5 }); export const f = (u) => fetch(u, { dispatcher, signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
  ],
})

run('js', 'requests that nothing ends', requireTimeout, {
  valid: [
    "import axios from 'axios'; export const f = (u) => axios.get(u, { timeout: 1000 })",
    "import axios from 'axios'; export const f = (u, body) => axios.post(u, body, { timeout: 1000 })",
    "import axios from 'axios'; export const f = (url) => axios({ url, timeout: 1000 })",
    "import axios from 'axios'; axios.defaults.timeout = 1000; export const f = (u) => axios.get(u)",
    "import axios from 'axios'; const api = axios.create({ timeout: 1000 }); export const f = (u) => api.get(u)",
    "import axios from 'axios'; const api = axios.create(); export const f = (u) => api.get(u, { timeout: 1000 })",
    "import axios from 'axios'; const api = axios.create(); api.interceptors.request.use((config) => ({ ...config, timeout: 1000 })); export const f = (u) => api.get(u)",
    "import got from 'got'; export const f = (u) => got(u, { timeout: { request: 1000 } })",
    "import got from 'got'; const api = got.extend({ timeout: { request: 1000 } }); export const f = (u) => api.get(u)",
    "const fetch = require('node-fetch'); exports.f = (u) => fetch(u, { timeout: 1000 })",
    "import request from 'superagent'; export const f = (u) => request.get(u).timeout(1000)",
    "import ky from 'ky'; export const f = (u) => ky.get(u)",
    "const request = require('request').defaults({ timeout: 1000 }); exports.f = (u, cb) => request(u, cb)",
    "import http from 'node:http'; export const f = (u) => { const request = http.get(u); request.setTimeout(1000, () => request.destroy()) }",
    "import http from 'node:http'; export const f = (u) => { http.get(u, { signal: AbortSignal.timeout(1) }) }",
    "import { fetch } from '@acme/http'; export const f = (u) => fetch(u, { signal: AbortSignal.timeout(1) })",
    "import { Pool } from 'pg'; export const pool = new Pool({ max: 5, query_timeout: 1000 })",
    "import { Pool } from 'pg'; export const pool = new Pool({ connectionString: 'postgres://db/x?query_timeout=1000' })",
  ],
  invalid: [
    {
      code: "import axios from 'axios'; export const f = (u) => axios.get(u)",
      errors: [{
        messageId: 'noLimit',
        data: { call: 'axios.get', client: 'axios', waits: 'a request', remedy: 'Pass `signal: AbortSignal.timeout(10000)`.' },
        suggestions: [
          { messageId: 'addSignal', data: { text: 'signal: AbortSignal.timeout(10000)' }, output: "import axios from 'axios'; export const f = (u) => axios.get(u, { signal: AbortSignal.timeout(10000) })" },
          { messageId: 'addOption', data: { text: 'timeout: 10000' }, output: "import axios from 'axios'; export const f = (u) => axios.get(u, { timeout: 10000 })" },
        ],
      }],
    },
    {
      code: "import axios from 'axios'; export const f = (u, { signal }) => axios.get(u)",
      errors: [{
        messageId: 'noLimit',
        suggestions: [
          {
            messageId: 'combineSignal',
            data: { text: 'signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(10000)]) : AbortSignal.timeout(10000)' },
            output: "import axios from 'axios'; export const f = (u, { signal }) => axios.get(u, { signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(10000)]) : AbortSignal.timeout(10000) })",
          },
          { messageId: 'addOption', data: { text: 'timeout: 10000' }, output: "import axios from 'axios'; export const f = (u, { signal }) => axios.get(u, { timeout: 10000 })" },
        ],
      }],
    },
    {
      code: "import axios from 'axios'; export const f = (u) => axios.post(u)",
      options: all,
      output: "import axios from 'axios'; export const f = (u) => axios.post(u, undefined, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'noLimit', suggestions: [{ messageId: 'addOption', output: "import axios from 'axios'; export const f = (u) => axios.post(u, undefined, { timeout: 10000 })" }] }],
    },
    {
      code: "import axios from 'axios'; export const f = (url) => axios({ url })",
      options: all,
      output: "import axios from 'axios'; export const f = (url) => axios({ url, signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'noLimit', suggestions: [{ messageId: 'addOption', output: "import axios from 'axios'; export const f = (url) => axios({ url, timeout: 10000 })" }] }],
    },
    {
      code: "import axios from 'axios'; const api = axios.create(); export const f = (u) => api.get(u)",
      options: all,
      output: "import axios from 'axios'; const api = axios.create({ timeout: 10000 }); export const f = (u) => api.get(u)",
      errors: [{ messageId: 'noLimitOnClient', data: { call: 'axios.create', client: 'axios', waits: 'a request', remedy: 'Set `timeout`.' } }],
    },
    {
      code: "import axios from 'axios'; export const f = (u) => axios.get(u, { timeout: 0 })",
      options: all,
      output: "import axios from 'axios'; export const f = (u) => axios.get(u, { timeout: 10000 })",
      errors: [{ messageId: 'limitOff', data: { off: 'timeout: 0', client: 'axios', call: 'axios.get', remedy: 'Set `timeout`.' } }],
    },
    {
      code: "import got from 'got'; export const f = (url) => got(url)",
      options: all,
      output: "import got from 'got'; export const f = (url) => got(url, { timeout: { request: 10000 } })",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "import got from 'got'; const api = got.extend({ prefixUrl }); export const f = (url) => api.get(url)",
      options: all,
      output: "import got from 'got'; const api = got.extend({ prefixUrl, timeout: { request: 10000 } }); export const f = (url) => api.get(url)",
      errors: [{ messageId: 'noLimitOnClient' }],
    },
    {
      code: "const fetch = require('node-fetch'); exports.f = (u) => fetch(u)",
      options: all,
      output: "const fetch = require('node-fetch'); exports.f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "const fetch = (...args) => import('node-fetch').then(({ default: fetch }) => fetch(...args)); exports.f = (u) => fetch(u)",
      options: all,
      output: "const fetch = (...args) => import('node-fetch').then(({ default: fetch }) => fetch(...args)); exports.f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "import request from 'superagent'; export const f = async (u) => { const { body } = await request.get(u); return body }",
      options: all,
      output: "import request from 'superagent'; export const f = async (u) => { const { body } = await request.get(u).timeout(10000); return body }",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "const request = require('request'); exports.f = (url, cb) => request(url, cb)",
      options: all,
      output: "const request = require('request'); exports.f = (url, cb) => request(url, { timeout: 10000 }, cb)",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "import http from 'node:http'; export const f = (url, done) => { http.get(url, done) }",
      options: all,
      output: "import http from 'node:http'; export const f = (url, done) => { http.get(url, { signal: AbortSignal.timeout(10000) }, done) }",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "import { tracingFetch as fetch } from '@acme/http'; export const f = (u) => fetch(u)",
      options: all,
      output: "import { tracingFetch as fetch } from '@acme/http'; export const f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "import { Pool } from 'pg'; export const pool = new Pool({ max: 5 })",
      options: all,
      output: "import { Pool } from 'pg'; export const pool = new Pool({ max: 5, connectionTimeoutMillis: 10000, query_timeout: 10000 })",
      errors: [{ messageId: 'noLimitOnClient', data: { call: 'new Pool', client: 'pg', waits: 'a query', remedy: 'Set `connectionTimeoutMillis` and `query_timeout`.' } }],
    },
  ],
})

run('js', 'signals that never fire', requireTimeout, {
  valid: [
    'export const f = (u) => { const c = new AbortController(); setTimeout(() => c.abort(), 1000); return fetch(u, { signal: c.signal }) }',
    'export const f = (u, keep) => { const c = new AbortController(); keep(c); return fetch(u, { signal: c.signal }) }',
    'export const f = (u, signal) => { const c = new AbortController(); return fetch(u, { signal: AbortSignal.any([signal, c.signal]) }) }',
  ],
  invalid: [
    {
      code: 'export const f = (u) => { const c = new AbortController(); return fetch(u, { signal: c.signal }) }',
      options: all,
      output: 'export const f = (u) => { const c = new AbortController(); return fetch(u, { signal: AbortSignal.timeout(10000) }) }',
      errors: [{ messageId: 'neverAborted', data: { call: 'fetch', off: 'c', remedy: 'Pass `signal: AbortSignal.timeout(10000)`.' } }],
    },
    {
      code: 'export const f = (u) => { const { signal } = new AbortController(); return fetch(u, { signal }) }',
      options: all,
      output: 'export const f = (u) => { const { signal } = new AbortController(); return fetch(u, { signal: AbortSignal.timeout(10000) }) }',
      errors: [{ messageId: 'neverAborted' }],
    },
  ],
})

run('js', 'limits around the call', requireTimeout, {
  valid: [
    "import { withTimeout } from './time.js'; export const f = (u) => withTimeout(fetch(u), 1000)",
    'export const f = (u, late) => Promise.race([fetch(u), late])',
    'export const f = (u, late) => { const answer = fetch(u); return Promise.race([answer, late]) }',
    "import pTimeout from 'p-timeout'; export const f = (u) => pTimeout(fetch(u).then((r) => r.json()), { milliseconds: 1000 })",
    "import { timed } from './time.js'; export const f = (u) => timed(1000, async () => { const r = await fetch(u); return r.json() })",
    "import { withTimeout } from './time.js'; async function load(u) { return (await fetch(u)).json() } export const f = (u) => withTimeout(load(u), 1000)",
  ],
  invalid: [
    {
      code: "import { traced } from './trace.js'; export const f = (u) => traced(fetch(u), 1000)",
      options: all,
      output: "import { traced } from './trace.js'; export const f = (u) => traced(fetch(u, { signal: AbortSignal.timeout(10000) }), 1000)",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export const f = (u, late) => Promise.all([fetch(u), late])',
      options: all,
      output: 'export const f = (u, late) => Promise.all([fetch(u, { signal: AbortSignal.timeout(10000) }), late])',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "import { withTimeout } from './time.js'; async function load(u) { return (await fetch(u)).json() } export const f = (u) => withTimeout(load(u), 1000); export const g = (u) => load(u)",
      options: all,
      output: "import { withTimeout } from './time.js'; async function load(u) { return (await fetch(u, { signal: AbortSignal.timeout(10000) })).json() } export const f = (u) => withTimeout(load(u), 1000); export const g = (u) => load(u)",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export const f = (u, done) => { setTimeout(() => fetch(u).then(done), 1000) }',
      options: all,
      output: 'export const f = (u, done) => { setTimeout(() => fetch(u, { signal: AbortSignal.timeout(10000) }).then(done), 1000) }',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
  ],
})

run('js', 'requests that are meant to stay open', requireTimeout, {
  valid: [
    "export const f = (u) => fetch(u, { headers: { Accept: 'text/event-stream' } })",
    'export const f = (u) => fetch(u, { method: "POST", body: JSON.stringify({ stream: true }) })',
    "import axios from 'axios'; export const f = (u) => axios.get(u, { responseType: 'stream' })",
    'export const f = async (u, out) => { const r = await fetch(u); await r.body.pipeTo(out) }',
    'export const f = async (u, out) => { const r = await fetch(u); for await (const part of r.body) out.write(part) }',
    'export const f = async (u) => { const r = await fetch(u); return new Response(r.body, r) }',
    "export const f = (u, body) => fetch(u, { method: 'PUT', body, duplex: 'half' })",
    "import fs from 'node:fs'; export const f = (u, path) => fetch(u, { method: 'PUT', body: fs.createReadStream(path) })",
    "import http from 'node:http'; export const f = (out) => { http.get('http://a.b', {}, (answer) => answer.pipe(out)) }",
    "import http from 'node:http'; export const f = (u, body) => { const outgoing = http.request('http://a.b', {}, done); body.pipe(outgoing) }",
  ],
  invalid: [
    {
      code: "import fs from 'node:fs'; export const f = (u, path) => fetch(u, { method: 'PUT', body: fs.readFileSync(path) })",
      options: all,
      output: "import fs from 'node:fs'; export const f = (u, path) => fetch(u, { method: 'PUT', body: fs.readFileSync(path), signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "import http from 'node:http'; export const f = (out) => { http.get('http://a.b', {}, (answer) => answer.resume()) }",
      options: all,
      output: "import http from 'node:http'; export const f = (out) => { http.get('http://a.b', { signal: AbortSignal.timeout(10000) }, (answer) => answer.resume()) }",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: "import http from 'node:http'; export const f = (u, body) => { const outgoing = http.request('http://a.b', {}, done); outgoing.end(body) }",
      options: all,
      output: "import http from 'node:http'; export const f = (u, body) => { const outgoing = http.request('http://a.b', { signal: AbortSignal.timeout(10000) }, done); outgoing.end(body) }",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      code: 'export const f = async (u, out) => { const r = await fetch(u); out.write(await r.text()) }',
      options: all,
      output: 'export const f = async (u, out) => { const r = await fetch(u, { signal: AbortSignal.timeout(10000) }); out.write(await r.text()) }',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
  ],
})

run('js', 'browsers, tests and scripts', requireTimeout, {
  valid: [
    "'use client'; export const f = (u) => fetch(u)",
    "import { useState } from 'react'; export const f = (u) => fetch(u)",
    'export const f = (u) => fetch(u).then((r) => { document.title = r.status })',
    "export const f = () => fetch('/api/items')",
    "const url = '/api/items'; export const f = () => fetch(url)",
    "const BASE = '/api'; export const f = (id) => fetch(`${BASE}/items/${id}`)",
    "export const f = (u) => fetch(u, { credentials: 'include' })",
    'export const f = () => fetch(`${import.meta.env.VITE_API}/items`)',
    { code: 'export const f = (u) => fetch(u)', filename: 'src/fetch.test.js' },
    { code: 'export const f = (u) => fetch(u)', filename: 'frontend/src/api.js' },
    "import { expect } from '@playwright/test'; export const f = (u) => fetch(u)",
    "self.addEventListener('install', () => {}); export const f = (u) => fetch(u)",
    'export const f = (u) => WebAssembly.compileStreaming(fetch(u))',
    'const answer = await fetch(u); console.log(answer.status)',
    'async function main() { console.log(await fetch(u)) } main()',
  ],
  invalid: [
    {
      code: 'export const f = (u) => fetch(u).then((r) => { if (typeof document !== "undefined") document.title = r.status })',
      options: all,
      output: 'export const f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) }).then((r) => { if (typeof document !== "undefined") document.title = r.status })',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "const url = 'https://a.example/api/items'; export const f = () => fetch(url)",
      options: all,
      output: "const url = 'https://a.example/api/items'; export const f = () => fetch(url, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'const a = b + 1, b = a + 1; export const f = () => fetch(a)',
      options: all,
      output: 'const a = b + 1, b = a + 1; export const f = () => fetch(a, { signal: AbortSignal.timeout(10000) })',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: "self.addEventListener('unhandledrejection', () => {}); export const f = (u) => fetch(u)",
      options: all,
      output: "self.addEventListener('unhandledrejection', () => {}); export const f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export const f = (page, u) => fetch(u).then(() => page.evaluate(() => document.title))',
      options: all,
      output: 'export const f = (page, u) => fetch(u, { signal: AbortSignal.timeout(10000) }).then(() => page.evaluate(() => document.title))',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'async function main() { console.log(await fetch(u)) } setInterval(main, 1000)',
      options: all,
      output: 'async function main() { console.log(await fetch(u, { signal: AbortSignal.timeout(10000) })) } setInterval(main, 1000)',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
  ],
})

run('js', 'possible: defaults above the maximum, limits outside the code, options from elsewhere', requireTimeout, {
  valid: [
    "import OpenAI from 'openai'; export const ai = new OpenAI({ apiKey })",
    { code: "import OpenAI from 'openai'; export const ai = new OpenAI({ apiKey, timeout: 20_000 })", options: possible },
    { code: "import OpenAI from 'openai'; export const ai = new OpenAI({ apiKey })", options: [{ report: 'possible', maxMs: 600_000 }] },
    { code: "import { S3Client } from '@aws-sdk/client-s3'; export const s3 = new S3Client({ requestHandler })", options: possible },
    { code: "import Redis from 'ioredis'; export const redis = new Redis({ commandTimeout: 1000 })", options: possible },
    'export const f = (u, options) => fetch(u, options)',
    "import ky from 'ky'; export const f = (u) => ky.get(u, { timeout: false })",
  ],
  invalid: [
    {
      code: "import OpenAI from 'openai'; export const ai = new OpenAI({ apiKey })",
      options: [{ report: 'possible', fixes: 'all' }],
      output: "import OpenAI from 'openai'; export const ai = new OpenAI({ apiKey, timeout: 10000 })",
      errors: [{ messageId: 'longDefault', data: { call: 'new OpenAI', default: '600 s', each: '', client: 'the SDK', max: '60 s', remedy: 'Set `timeout`.' } }],
    },
    {
      code: "import { S3Client } from '@aws-sdk/client-s3'; export const s3 = new S3Client({ region })",
      options: [{ report: 'possible', fixes: 'all' }],
      output: "import { S3Client } from '@aws-sdk/client-s3'; export const s3 = new S3Client({ region, requestHandler: { connectionTimeout: 10000, socketTimeout: 10000 } })",
      errors: [{ messageId: 'guarded' }],
    },
    {
      code: "import Redis from 'ioredis'; export const redis = new Redis({ host })",
      options: [{ report: 'possible', fixes: 'all' }],
      output: "import Redis from 'ioredis'; export const redis = new Redis({ host, commandTimeout: 10000 })",
      errors: [{ messageId: 'onlyConnectLimited', data: { call: 'new Redis', default: '10 s', waits: 'a command', remedy: 'Set `commandTimeout`.' } }],
    },
    {
      code: 'export const f = (u, options) => fetch(u, options)',
      options: [{ report: 'possible', fixes: 'all' }],
      output: 'export const f = (u, options) => fetch(u, { ...options, signal: options?.signal ? AbortSignal.any([options?.signal, AbortSignal.timeout(10000)]) : AbortSignal.timeout(10000) })',
      errors: [{ messageId: 'limitNotSeen' }],
    },
    {
      code: "import ky from 'ky'; export const f = (u) => ky.get(u, { timeout: false })",
      options: [{ report: 'possible', fixes: 'all' }],
      output: "import ky from 'ky'; export const f = (u) => ky.get(u, { timeout: 10000 })",
      errors: [{ messageId: 'limitOff' }],
    },
  ],
})

run('annotated', 'clients by their types, and private methods', requireTimeout, {
  valid: [
    "import type { AxiosInstance } from 'axios'; export class A { constructor(private http: AxiosInstance) {} get(u: string) { return this.http.get(u) } }",
    'export class A { private ask(u: string, o?: RequestInit) { return fetch(u, { ...o }) } get(u: string) { return this.ask(u, { signal: AbortSignal.timeout(1) }) } }',
    'export class A { ask(u: string, o?: RequestInit) { return fetch(u, { ...o }) } }',
    'export function f(el: HTMLElement, u: string) { return fetch(u) }',
  ],
  invalid: [
    {
      code: "import type { AxiosInstance } from 'axios'; export class A { constructor(private http: AxiosInstance) {} get(u: string) { return this.http.get(u) } }",
      options: [{ report: 'possible', fixes: 'all' }],
      output: "import type { AxiosInstance } from 'axios'; export class A { constructor(private http: AxiosInstance) {} get(u: string) { return this.http.get(u, { signal: AbortSignal.timeout(10000) }) } }",
      errors: [{ messageId: 'limitNotSeen', suggestions: [{ messageId: 'addOption', output: "import type { AxiosInstance } from 'axios'; export class A { constructor(private http: AxiosInstance) {} get(u: string) { return this.http.get(u, { timeout: 10000 }) } }" }] }],
    },
    {
      code: 'export class A { private ask(u: string, o?: RequestInit) { return fetch(u, { ...o }) } get(u: string) { return this.ask(u, { method: "POST" }) } }',
      options: all,
      output: 'export class A { private ask(u: string, o?: RequestInit) { return fetch(u, { ...o, signal: AbortSignal.timeout(10000) }) } get(u: string) { return this.ask(u, { method: "POST" }) } }',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export function f(u: string, o: { method: string }) { return fetch(u, o) }',
      options: all,
      output: 'export function f(u: string, o: { method: string }) { return fetch(u, { ...o, signal: AbortSignal.timeout(10000) }) }',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      code: 'export function f(u: string, signal: AbortSignal) { return fetch(u) }',
      options: all,
      output: 'export function f(u: string, signal: AbortSignal) { return fetch(u, { signal: AbortSignal.any([signal, AbortSignal.timeout(10000)]) }) }',
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
  ],
})

run('js', 'clients that have neither an option nor a signal', requireTimeout, {
  valid: [
    "import bent from 'bent'; import { withTimeout } from 'eslint-plugin-bounded/runtime'; const get = bent('json'); export const f = (u) => withTimeout(() => get(u), 5000)",
    // The function that it makes waits for nothing.
    "import bent from 'bent'; export const get = bent('json')",
  ],
  invalid: [
    {
      code: "import bent from 'bent'\nconst get = bent('json')\nexport const f = async (u) => { const data = await get(u); return data }",
      options: all,
      output: "import bent from 'bent'\nimport { withTimeout } from 'eslint-plugin-bounded/runtime'\nconst get = bent('json')\nexport const f = async (u) => { const data = await withTimeout(() => get(u), 10000); return data }",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      name: 'an argument that is awaited',
      code: "import bent from 'bent'\nconst get = bent('json')\nexport const f = async (u) => await get(await u)",
      options: all,
      output: "import bent from 'bent'\nimport { withTimeout } from 'eslint-plugin-bounded/runtime'\nconst get = bent('json')\nexport const f = async (u) => await withTimeout(async () => get(await u), 10000)",
      errors: [{ messageId: 'noLimit' }],
    },
    {
      name: 'not where a body with yield would move',
      code: "import bent from 'bent'\nconst get = bent('json')\nexport function* f() { yield get(yield 1) }",
      errors: [{ messageId: 'noLimit', suggestions: [] }],
    },
  ],
})

run('annotated', 'clients of frameworks', requireTimeout, {
  valid: [
    {
      name: 'a limit of the observable',
      code: "import { HttpService } from '@nestjs/axios'; export class A { constructor(private http: HttpService) {} f(u: string) { return firstValueFrom(this.http.get(u).pipe(map(read), timeout(5000))) } }",
      options: possible,
    },
    {
      name: 'the module may set one for the service',
      code: "import { HttpService } from '@nestjs/axios'; export class A { constructor(private http: HttpService) {} f(u: string) { return firstValueFrom(this.http.get(u)) } }",
    },
    {
      name: 'a link that speaks of time',
      code: "import { ApolloClient, HttpLink } from '@apollo/client/core'; export class A { private client: ApolloClient<unknown>; constructor(u: string) { this.client = new ApolloClient({ link: new HttpLink({ uri: u, fetch: fetchWithTimeout }) }) } f() { return this.client.query({ query }) } }",
    },
  ],
  invalid: [
    {
      code: "import { ApolloClient, HttpLink } from '@apollo/client/core'; export class A { private client: ApolloClient<unknown>; constructor(u: string) { this.client = new ApolloClient({ link: new HttpLink({ uri: u, fetch }) }) } f() { return this.client.query({ query }) } }",
      options: all,
      output: "import { ApolloClient, HttpLink } from '@apollo/client/core'; export class A { private client: ApolloClient<unknown>; constructor(u: string) { this.client = new ApolloClient({ link: new HttpLink({ uri: u, fetch }) }) } f() { return this.client.query({ query, context: { fetchOptions: { signal: AbortSignal.timeout(10000) } } }) } }",
      errors: [{ messageId: 'onlyPauseLimited' }],
    },
    {
      name: 'the same observable without one',
      code: "import { HttpService } from '@nestjs/axios'; export class A { constructor(private http: HttpService) {} f(u: string) { return firstValueFrom(this.http.get(u).pipe(map(read))) } }",
      options: [{ report: 'possible', fixes: 'all' }],
      output: "import { HttpService } from '@nestjs/axios'; export class A { constructor(private http: HttpService) {} f(u: string) { return firstValueFrom(this.http.get(u, { signal: AbortSignal.timeout(10000) }).pipe(map(read))) } }",
      errors: [{ messageId: 'limitNotSeen', suggestions: [{ messageId: 'addOption', output: "import { HttpService } from '@nestjs/axios'; export class A { constructor(private http: HttpService) {} f(u: string) { return firstValueFrom(this.http.get(u, { timeout: 10000 }).pipe(map(read))) } }" }] }],
    },
  ],
})

run('js', 'peers on the same machine, and code of pages', requireTimeout, {
  valid: [
    "import http from 'node:http'; export const f = (body) => { http.request({ socketPath, method: 'POST' }).end(body) }",
    "import { EditorView } from 'prosemirror-view'; export const f = (u) => fetch(u)",
    { code: 'export const f = (u) => fetch(u)', filename: 'packages/integration-tests/start.js' },
    { code: 'export const f = (u) => fetch(u)', filename: 'spec/helpers/start.js' },
    { code: 'export const f = (u) => fetch(u)', filename: 'vitest.global-setup.js' },
  ],
  invalid: [
    { code: "import http from 'node:http'; export const f = (body) => { http.request({ host, method: 'POST' }).end(body) }", options: all, output: "import http from 'node:http'; export const f = (body) => { http.request({ host, method: 'POST', signal: AbortSignal.timeout(10000) }).end(body) }", errors: [{ messageId: 'noLimit' }] },
    { code: "import { Schema } from 'prosemirror-model'; export const f = (u) => fetch(u)", options: all, output: "import { Schema } from 'prosemirror-model'; export const f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })", errors: [{ messageId: 'onlyPauseLimited' }] },
    { code: 'export const f = (u) => fetch(u)', filename: 'packages/integration/specs.js', options: all, output: 'export const f = (u) => fetch(u, { signal: AbortSignal.timeout(10000) })', errors: [{ messageId: 'onlyPauseLimited' }] },
  ],
})
