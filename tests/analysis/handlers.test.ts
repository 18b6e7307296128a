import { expect, it, describe } from 'vitest'
import { handlersOf } from '../../src/analysis/handlers/index.ts'
import { functionName } from '../../src/ast/function-name.ts'
import { walk } from '../../src/ast/nodes.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

/** Handlers of a program as `kind label`, uncertain ones with a question mark. */
function handlersIn(code: string, filename: string | null = null, handlers: readonly object[] = []): string[] {
  return analyse(code, (sourceCode) =>
    handlersOf(sourceCode, settingsOf({ bounded: { handlers } }), filename).all.map(({ kind, label, certain }) => `${kind} ${label}${certain ? '' : '?'}`),
  )
}

/** The way to every call of `mark()`: `label → functions`, or `once`. */
function waysIn(code: string, filename: string | null = null): string[] {
  return analyse(code, (sourceCode) => {
    const ways: string[] = []
    const handlers = handlersOf(sourceCode, settingsOf({}), filename)
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'mark') return
      const reach = handlers.handlerOf(node)
      ways.push(reach ? [reach.handler.label, ...reach.via.map(functionName)].join(' → ') + (reach.handler.certain ? '' : '?') : 'once')
    })
    return ways
  })
}

describe('registrations', () => {
  it.each([
    ['Express app', "import express from 'express'; const app = express(); app.get('/a', (x) => {})", ['registered handler GET /a']],
    ['Express router', "const { Router } = require('express'); const r = Router(); r.post('/a', one, (x) => {}); function one() {}", ['registered handler POST /a', 'registered handler POST /a']],
    ['Express middleware', "import express from 'express'; const app = express(); app.use(function (q) {})", ['registered middleware']],
    ['Express route()', "import express from 'express'; const app = express(); app.route('/a').get((x) => {})", ['registered handler GET /a']],
    ['wrapped', "import express from 'express'; const app = express(); app.get('/a', wrap(async (x) => {}))", ['registered handler GET /a']],
    ['lists', "import express from 'express'; const app = express(); app.get('/a', [(x) => {}, (y) => {}])", ['registered handler GET /a', 'registered handler GET /a']],
    ['Koa', "import Koa from 'koa'; const app = new Koa(); app.use(async (x) => {})", ['registered middleware']],
    ['Koa router', "const Router = require('@koa/router'); const r = new Router(); r.get('/a', async (x) => {})", ['registered handler GET /a']],
    ['Fastify', "import Fastify from 'fastify'; const f = Fastify(); f.get('/a', async () => {}); f.addHook('onRequest', async () => {}); f.addHook('onReady', async () => {})", ['registered handler GET /a', 'registered listener of onRequest']],
    ['Fastify route', "import fastify from 'fastify'; const f = fastify(); f.route({ method: 'GET', url: '/a', handler: async () => {} })", ['registered handler /a']],
    ['Hapi', "const Hapi = require('@hapi/hapi'); const s = Hapi.server({}); s.route({ method: 'GET', path: '/a', handler: (q) => 1 }); s.route([{ path: '/b', options: { handler: (q) => 2 } }])", ['registered handler /a', 'registered handler']],
    ['Hono', "import { Hono } from 'hono'; const app = new Hono(); app.get('/a', (x) => 1).post('/b', (x) => 2)", ['registered handler POST /b', 'registered handler GET /a']],
    ['Elysia', "import { Elysia } from 'elysia'; new Elysia().get('/a', () => 1).post('/b', () => 2)", ['registered handler POST /b', 'registered handler GET /a']],
    ['h3', "import { defineEventHandler } from 'h3'; export default defineEventHandler(async (e) => {})", ['registered h3 handler']],
    ['Nuxt', 'export default defineEventHandler(async (e) => {})', ['registered Nuxt handler']],
    ['node:http', "import http from 'http'; http.createServer((a, b) => {})", ['registered node:http handler']],
    ['node:http events', "import { createServer } from 'node:http'; const s = createServer(); s.on('request', (a) => {}); s.on('listening', () => {})", ['registered listener of request']],
    ['Deno and Bun', 'Deno.serve((q) => 1); Bun.serve({ port: 1, fetch(q) {}, routes: { "/a": { GET: (q) => 1 } } })', ['registered Deno handler', 'registered Bun handler', 'registered Bun handler']],
    ['Apollo', "import { ApolloServer } from '@apollo/server'; new ApolloServer({ typeDefs, resolvers: { User: { name: (u) => u.name } } })", ['registered GraphQL handler']],
    ['GraphQL types', "import { GraphQLObjectType } from 'graphql'; new GraphQLObjectType({ fields: { a: { resolve(s) {} } } })", ['registered GraphQL handler']],
    ['tRPC', "import { initTRPC } from '@trpc/server'; const t = initTRPC.create(); const r = t.router({ a: t.procedure.input(z).query(({ input }) => 1) })", ['registered tRPC handler']],
    ['ws', "import { WebSocketServer } from 'ws'; const s = new WebSocketServer({}); s.on('connection', (c) => {})", ['registered listener of connection']],
    ['socket.io', "import { Server } from 'socket.io'; const io = new Server(h); io.on('connection', (s) => {}); io.of('/x').on('connection', (s) => {})", ['registered listener of connection', 'registered listener of connection']],
    ['middy', "import middy from '@middy/core'; export const h = middy().use(x()).handler(async (q) => {})", ['registered AWS Lambda handler']],
    ['Azure', "import { app } from '@azure/functions'; app.http('a', { handler: async (q) => {} })", ['registered Azure Functions handler a']],
    ['Google', "const ff = require('@google-cloud/functions-framework'); ff.http('a', (q) => {})", ['registered Google Cloud Functions handler a']],
    ['Firebase', "import * as functions from 'firebase-functions'; exports.a = functions.region('x').https.onRequest((q) => {})", ['registered Firebase functions handler']],
    ['BullMQ', "import { Worker } from 'bullmq'; new Worker('mail', async (j) => {})", ['registered BullMQ job mail']],
    ['Bull', "const Queue = require('bull'); const q = new Queue('a'); q.process(5, async (j) => {})", ['registered Bull job']],
    ['Agenda', "import { Agenda } from 'agenda'; const a = new Agenda(); a.define('x', async (j) => {})", ['registered Agenda job x']],
    ['pg-boss', "import PgBoss from 'pg-boss'; const b = new PgBoss(u); b.work('x', async (j) => {})", ['registered pg-boss job x']],
    ['Kafka', "import { Kafka } from 'kafkajs'; const c = new Kafka({}).consumer({}); c.run({ eachMessage: async (m) => {} })", ['registered Kafka handler']],
    ['AMQP', "import amqp from 'amqplib'; const c = await (await amqp.connect(u)).createChannel(); c.consume('q', (m) => {})", ['registered AMQP handler q']],
    ['SQS', "import { Consumer } from 'sqs-consumer'; Consumer.create({ handleMessage: async (m) => {} })", ['registered SQS handler']],
    ['node:http2', "import { createSecureServer } from 'node:http2'; createSecureServer(o, (a, b) => {})", ['registered node:http handler']],
    ['node:net', "import net from 'node:net'; net.createServer((s) => {}); net.connect(1, (s) => {})", ['registered node:net listener']],
    ['Connect', "import connect from 'connect'; connect().use((q, r) => {})", ['registered middleware']],
    ['restify', "import restify from 'restify'; const s = restify.createServer(); s.get('/a', (q, r, n) => {}); s.listen(1, () => {})", ['registered handler GET /a']],
    ['Fastify hooks in a route', "import fastify from 'fastify'; fastify().get('/a', { preHandler: async (q) => {} }, async () => {})", ['registered handler GET /a', 'registered handler GET /a']],
    ['Hapi extension points', "import Hapi from '@hapi/hapi'; Hapi.server().ext('onRequest', (q, h) => 1); Hapi.server().events(() => {})", ['registered listener of onRequest']],
    ['fetch handlers on Node', "import { serve } from '@hono/node-server'; serve({ fetch: (q) => 1, other: () => 1 })", ['registered Node server for Fetch handlers handler']],
    ['a service worker', "addEventListener('fetch', (e) => {})", ['registered listener of fetch']],
    ['Feathers', "import { feathers } from '@feathersjs/feathers'; import f from '@feathersjs/feathers'; f().hooks({ around: [] }, async (c) => {})", ['registered Feathers handler']],
    ['Yoga', "import { createSchema } from 'graphql-yoga'; createSchema({ typeDefs, resolvers: { Query: { me: (p) => 1 } } })", ['registered GraphQL handler']],
    ['gRPC', "import * as grpc from '@grpc/grpc-js'; new grpc.Server().addService(users, { find: (c, done) => {} })", ['registered gRPC handler']],
    ['SockJS', "import sockjs from 'sockjs'; sockjs.createServer().on('connection', (c) => {})", ['registered listener of connection']],
    ['Azure by method', "import { app } from '@azure/functions'; app.get('a', async (q) => {})", ['registered Azure Functions handler a']],
    ['Netlify', "import { builder } from '@netlify/functions'; builder(async (e) => {})", ['registered Netlify handler']],
    ['Graphile Worker', "import { run } from 'graphile-worker'; run({ taskList: { mail: async (p) => {} } })", ['registered Graphile Worker job']],
    ['MQTT', "import mqtt from 'mqtt'; mqtt.connect(u).on('message', (t, m) => {})", ['registered listener of message']],
    ['Redis', "import { createClient } from 'redis'; const c = createClient(); c.subscribe('a', (m) => {}); c.scan(0, (m) => {})", ['registered Redis handler a']],
    ['ioredis', "import Redis from 'ioredis'; new Redis().on('message', (c, m) => {})", ['registered listener of message']],
    ['PostgreSQL', "import { Client } from 'pg'; new Client().on('notification', (m) => {})", ['registered listener of notification']],
    ['NATS', "import { connect } from 'nats'; const n = await connect(); n.subscribe('a', { callback: (e, m) => {}, other: () => {} })", ['registered NATS handler a']],
    ['Cron', "import cron from 'node-cron'; cron.schedule('* * * * *', async () => {})", ['registered Cron task']],
    ['Discord', "import { Client } from 'discord.js'; new Client({}).on('messageCreate', (m) => {})", ['registered listener of messageCreate']],
    ['Telegram', "import { Telegraf } from 'telegraf'; new Telegraf(t).command('a', (c) => {})", ['registered Telegram handler a']],
    ['Slack', "import { App } from '@slack/bolt'; new App({}).command('/a', async (c) => {})", ['registered Slack handler /a']],
    ['events of the process', "import process from 'node:process'; process.on('message', (m) => {})", ['registered listener of message']],
    ['Electron', "import { ipcMain } from 'electron'; ipcMain.handle('a', async (e) => {})", ['registered listener of a']],
    ['EventEmitter', "import { EventEmitter } from 'node:events'; const e = new EventEmitter(); e.on('a', (x) => {})", ['registered listener of a']],
    ['setInterval', 'setInterval(() => {}, 1000)', ['registered setInterval callback']],
    ['a local setInterval', 'function setInterval() {} setInterval(() => {}, 1000)', []],
    ['process signals', "process.on('SIGTERM', () => {}); process.on('message', (m) => {})", ['registered listener of message']],
    ['worker threads are where blocking belongs', "import { parentPort } from 'worker_threads'; parentPort.on('message', (m) => {})", []],
    ['a Map is no router', "const m = new Map(); m.get('/a', (x) => {})", []],
    ['an HTTP client is no router', "import axios from 'axios'; axios.get('/a', (req, res) => {})", []],
  ])('%s', (_, code, expected) => {
    expect(handlersIn(code).filter((each) => !each.startsWith('shape'))).toEqual(expected)
  })
})

describe('conventions', () => {
  it.each<[string, string, string | null, string[]]>([
    ['route handlers', 'export async function GET(q) {} export const POST = async (q) => {}; export function get() {}', null, ['convention handler GET', 'convention handler POST']],
    ['pages API', 'export default function handler(a, b) {}', '/p/src/pages/api/user.ts', ['convention Next.js handler']],
    ['pages API by file only', 'export default function handler(a, b) {}', '/p/src/user.ts', []],
    ['getServerSideProps', 'export const getServerSideProps = async (c) => ({})', null, ['convention handler getServerSideProps']],
    ['Next middleware', "import { NextResponse } from 'next/server'; export function middleware(q) {}", '/p/src/middleware.ts', ['convention handler middleware']],
    ['server actions', "'use server'\nexport async function save(f) {}", null, ['convention server action save']],
    ['inline server action', "export default function Page() { async function save(f) { 'use server' } }", null, ['convention server action']],
    ['Remix', "import { json } from '@remix-run/node'; export async function loader({ params }) {}", null, ['convention handler loader']],
    ['React Router', 'export async function loader({ params }) {}', '/p/app/routes/user.tsx', ['convention handler loader']],
    ['SvelteKit', 'export const load = async (e) => {}; export const actions = { save: async (e) => {} }', '/p/src/routes/+page.server.ts', ['convention handler load', 'convention handler save']],
    ['SvelteKit type', "import type { RequestHandler } from './$types'; export const fallback: RequestHandler = async (e) => {}", null, ['convention handler fallback']],
    ['Lambda', 'exports.handler = async (event) => {}', null, ['convention handler handler']],
    ['Lambda type', "import type { SQSHandler } from 'aws-lambda'; export const run: SQSHandler = async (e) => {}", null, ['convention handler run']],
    ['Cloudflare', 'export default { async fetch(q, env) {}, other() {} }', null, ['convention handler fetch']],
    ['Cloudflare satisfies', "const worker = { async fetch(q, env) {} } satisfies ExportedHandler<Env>; export default worker", null, ['convention handler fetch']],
    ['Nest controller', "import { Controller, Get } from '@nestjs/common'; @Controller() class A { @Get('/x') list() {} other() {} }", null, ['convention handler A.list']],
    ['Nest guard', "import { CanActivate } from '@nestjs/common'; class A implements CanActivate { canActivate(c) {} }", null, ['convention handler A.canActivate']],
    ['Nest worker', "import { WorkerHost } from '@nestjs/bullmq'; class A extends WorkerHost { async process(j) {} }", null, ['convention handler A.process']],
    ['decorator of another module', "import { Get } from './mine'; class A { @Get('/x') list() {} }", null, []],
    ['resolver map', 'export const resolvers = { Query: { me: (p) => 1 }, User: { name: (u) => 1 } }', null, ['convention resolver Query.me']],
    ['Express type', "import type { RequestHandler } from 'express'; const h: RequestHandler = (a, b) => {}", null, ['convention handler h']],
    ['a type of another module', "import type { RequestHandler } from './mine'; const h: RequestHandler = (a, b) => {}", null, []],
  ])('%s', (_, code, filename, expected) => {
    expect(handlersIn(code, filename)).toEqual(expected)
  })
})

describe('shapes', () => {
  it.each([
    ['names alone are a guess', 'function h(req, res) {}', ['shape handler h?']],
    ['names and uses agree', 'function h(req, res) { res.send(1) }', ['shape handler h']],
    ['names and types agree', "import type { Request, Response } from 'express'; function h(a: Request, b: Response) {}", ['shape handler h']],
    ['type names agree', 'function h(request: ShopRequest, response: ShopResponse) {}', ['shape handler h']],
    ['a request only a server has', 'function h(req) { return req.params.id }', ['shape handler h']],
    ['a URL of the request', 'const o = { serve: async (request) => new URL(request.url) }', ['shape handler serve']],
    ['a request to be sent', 'function h(request) { request.headers.a = 1; return request.body }', []],
    ['Koa', 'const h = async (ctx, next) => { ctx.body = 1 }', ['shape handler h']],
    ['any context', 'const h = async (ctx) => { ctx.list = 1 }', []],
    ['an unknown app', "export default (app) => { app.get('/a', async (req, res) => {}) }", ['shape handler GET /a']],
    ['an app of another file', "import app from './app'; app.get('/a', async () => {})", ['shape handler GET /a']],
    ['an unknown client', "export default (client) => { client.get('/a', async () => {}) }", []],
    ['a socket', "export default (socket) => { socket.on('a', () => {}); socket.on('disconnect', () => {}) }", ['shape listener of a']],
    ['some emitter', "export default (thing) => { thing.on('a', () => {}) }", ['shape listener of a?']],
    ['a procedure', "import { publicProcedure } from './trpc'; export const r = { user: publicProcedure.query(() => 1) }", ['shape procedure user']],
  ])('%s', (_, code, expected) => {
    expect(handlersIn(code)).toEqual(expected)
  })
})

describe('reach', () => {
  const app = "import express from 'express'; const app = express();"
  it.each([
    ['directly', `${app} app.get('/a', (x) => { mark() })`, ['handler GET /a']],
    ['module level', 'mark()', ['once']],
    ['through functions', `${app} app.get('/a', (x) => one()); function one() { two() } const two = () => mark()`, ['handler GET /a → one → two']],
    ['not called', 'function one() { mark() }', ['once']],
    ['callbacks', `${app} app.get('/a', (x) => { list.forEach((y) => mark()); new Promise((r) => mark()) })`, ['handler GET /a', 'handler GET /a']],
    ['functions as values', `${app} app.get('/a', (x) => list.map(one)); function one() { mark() }`, ['handler GET /a → one']],
    ['methods', `${app} class S { get() { return this.read() } read() { mark() } } const s = new S(); app.get('/a', (x) => s.get())`, ['handler GET /a → get → read']],
    ['constructors', `${app} class S { constructor() { mark() } } app.get('/a', (x) => new S())`, ['handler GET /a → new S']],
    ['listen', `${app} app.listen(1, () => { mark() })`, ['once']],
    ['a function made but not called', `${app} app.get('/a', (x) => { const f = () => mark() })`, ['once']],
    ['memoised', `${app} let c; app.get('/a', (x) => { c ??= mark(); if (!c) c = mark(); if (!c) { c = mark() } c = c || mark() })`, ['once', 'once', 'once', 'once']],
    ['early return', `${app} let c; function load() { if (c) return c; c = mark(); return c } app.get('/a', (x) => load())`, ['once']],
    ['a keyed cache', `${app} const c = new Map(); function load(k) { const hit = c.get(k); if (hit) return hit; const v = mark(); c.set(k, v); return v } app.get('/a', (x) => load(x))`, ['once']],
    ['a flag that is set once', `${app} let done = false; app.get('/a', (x) => { if (done) return; mark(); done = true })`, ['once']],
    ['a flag that is taken back', `${app} let busy = false; app.get('/a', (x) => { if (busy) return; busy = true; mark(); busy = false })`, ['handler GET /a']],
    ['a local cache is none', `${app} app.get('/a', (x) => { let c; if (!c) c = mark() })`, ['handler GET /a']],
    ['a guard that fills nothing', `${app} let c; app.get('/a', (x) => { if (!c) mark() })`, ['handler GET /a']],
    ['once()', `${app} import once from 'once'; const load = once(() => mark()); app.get('/a', (x) => load())`, ['once']],
    ['development only', `${app} if (isDev) app.get('/a', (x) => mark()); app.get('/b', (x) => { if (process.env.NODE_ENV !== 'production') mark(); else mark() })`, ['once', 'once', 'handler GET /b']],
    ['a method that is called like a mode', `${app} app.get('/a', (x) => { if (/a/.test(x)) mark() })`, ['handler GET /a']],
    ['a development server', `import { createServer } from 'vite'; export default async (app) => { await createServer(); app.get('/', (req, res) => mark()) }`, ['once']],
    ['a command', `#!/usr/bin/env node\n${app} app.get('/a', (x) => mark())`, ['handler GET /a?']],
    ['signals', "process.on('SIGTERM', () => mark())", ['once']],
    ['before the end of the process', `${app} app.post('/stop', (x) => { mark(); process.exit() })`, ['once']],
    ['recursion', `${app} app.get('/a', (x) => one()); function one() { two(); mark() } function two() { one() }`, ['handler GET /a → one']],
  ])('%s', (_, code, expected) => {
    expect(waysIn(code)).toEqual(expected)
  })
})

describe('settings', () => {
  it('adds calls', () => {
    const entry = { module: './server', member: 'route', takes: 1 }
    expect(handlersIn("import { route } from './server'; route('/a', () => {})", null, [entry])).toEqual(['registered ./server handler /a'])
  })
  it('adds decorators', () => {
    const entry = { module: './web', member: 'Endpoint' }
    expect(handlersIn("import { Endpoint } from './web'; class A { @Endpoint() run() {} }", null, [entry])).toEqual(['convention handler A.run'])
  })
  it('adds files', () => {
    const entry = { files: ['**/jobs/*.ts'], exports: ['run'] }
    expect(handlersIn('export function run() {} export function other() {}', '/p/jobs/mail.ts', [entry])).toEqual(['convention handler run'])
    expect(handlersIn('export function run() {}', '/p/src/mail.ts', [entry])).toEqual([])
  })
  it('adds files by the end of their path', () => {
    const run = 'export function run() {}'
    for (const glob of ['src/jobs/**', './src/jobs/**']) {
      expect(handlersIn(run, '/home/me/shop/src/jobs/mail.ts', [{ files: [glob], exports: ['run'] }])).toEqual(['convention handler run'])
      expect(handlersIn(run, '/home/me/shop/src/mail.ts', [{ files: [glob], exports: ['run'] }])).toEqual([])
    }
  })
})
