import rule from '../../rules/require-drain-on-shutdown.ts'
import { clientEndings, deadlineFacts, drainingWords, intakeFacts, serverNames, sideServerWords } from '../../src/knowledge/intakes.ts'
import { run } from '../support/rule-tester.ts'

const possible = [{ report: 'possible' }] as const
const express = "import express from 'express'; const app = express()"
const server = `${express}; const server = app.listen(3000)`
const top = (code: string, first = server) => `${first}; let stopping = false; ${code}`
/** A file that starts a server, and what it does on a signal. */
const on = (body: string, { first = server, signal = "'SIGTERM'", parameters = '' } = {}) => top(`process.on(${signal}, async (${parameters}) => { ${body} })`, first)

const lost = 'requests in flight are cut off at each deploy'
const inCallback = 'Exit in the callback of `server.close`, or at a deadline.'
const cut = (exit = 'process.exit(0)') => [{ messageId: 'cut', data: { exit, ending: '', intake: 'server', line: '1', lost, cure: inCallback } }]
const dropped = (ending = 'server.close()') => [{ messageId: 'dropped', data: { exit: 'process.exit(0)', ending, intake: 'server', line: '1', lost, cure: inCallback } }]
const settled = (ending = 'server.close()') => [{ messageId: 'settled', data: { exit: 'process.exit(0)', ending, intake: 'server', line: '1', lost, cure: inCallback } }]
const dangling = `${express}; app.listen(3000)`
const apart = (ending: string, intake = 'app.listen') => [{ messageId: 'apart', data: { exit: 'process.exit(0)', ending, intake, line: '1', lost, cure: 'Keep the server that `app.listen` makes, and exit when its `close` has ended, or at a deadline.' } }]

run('js', 'nothing is waited for', rule, {
  valid: [
    { name: 'no exit', code: on('server.close()') },
    { name: 'another signal', code: on('process.exit(0)', { signal: "'SIGINT'" }) },
    { name: 'another event', code: on('process.exit(0)', { signal: "'message'" }) + "; export const signal = 'SIGTERM'" },
    { name: 'another emitter', code: `${server}; import { child } from './child.js'; child.on('SIGTERM', () => process.exit(0))` },
    { name: 'another exit', code: on('host.exit(0)', { first: `${server}; import { host } from './host.js'` }) },
    { name: 'nothing at work', code: on('process.exit(0)', { first: express }) },
    { name: 'at a deadline', code: on('setTimeout(() => process.exit(0), 5000)') },
    { name: 'on a second signal', code: on('if (stopping) process.exit(1); stopping = true; server.close()') },
    { name: 'on a second signal, by a listener of its own', code: on("server.close(); process.once('SIGTERM', () => process.exit(0))") },
    { name: 'after a failure', code: on('try { stop() } catch { process.exit(1) }', { first: `${server}; import { stop } from './stop.js'` }) },
    { name: 'where there is no server', code: on('if (server) server.close(); else process.exit(0)') },
    { name: 'under a condition that nobody knows', code: on('if (isIdle()) process.exit(0)', { first: `${server}; import { isIdle } from './state.js'` }) },
    { name: 'at Ctrl+C', code: on("if (signal === 'SIGINT') process.exit(0); server.close()", { parameters: 'signal' }) },
    { name: 'in one case', code: on("switch (signal) { case 'SIGTERM': process.exit(0) }", { parameters: 'signal' }) },
    { name: 'in development', code: `${server}; if (process.env.NODE_ENV === 'development') process.on('SIGTERM', () => process.exit(0))` },
    { name: 'a server for development', code: `${express}; if (process.env.NODE_ENV === 'development') app.listen(3000); process.on('SIGTERM', () => process.exit(0))` },
    { name: 'a command', code: `#!/usr/bin/env node\n${on('process.exit(0)')}` },
    { name: 'a development server', code: on('process.exit(0)', { first: `${server}; import { createServer } from 'vite'; await createServer()` }) },
    { name: 'processes that share the work', code: on('process.exit(0)', { first: `${server}; import cluster from 'node:cluster'` }) },
    { name: 'a test', code: on('process.exit(0)'), filename: 'src/server.test.js' },
    { name: 'what tests share', code: on('process.exit(0)', { first: `${server}; import { vi } from 'vitest'` }) },
    { name: 'a test among other code', code: `${server}; it('ends', () => { process.on('SIGTERM', () => process.exit(0)) })` },
    { name: 'a screen of a terminal', code: on('process.exit(0)', { first: `${server}; import blessed from 'blessed'` }) },
    { name: 'signals that the file does not name', code: `${server}; import { signals } from './signals.js'; for (const each of signals) process.on(each, () => process.exit(0)); export const last = 'SIGTERM'` },
    { name: 'a list of other signals', code: `${server}; const signals = ['SIGINT', 'SIGHUP']; for (const each of signals) process.on(each, () => process.exit(0)); export const last = 'SIGTERM'` },
    { name: 'a function of another file', code: `${server}; import { stop } from './stop.js'; process.on('SIGTERM', stop); process.on('exit', () => process.exit(0))` },
    { name: 'an exit that is not reached', code: on('const later = () => process.exit(0); keep(later)', { first: `${server}; import { keep } from './stop.js'` }).replace('keep(later)', 'void later') },
    ...deadlineFacts.flatMap(({ module, member }) => [module].flat().flatMap((from) => [member].flat().map((name) => ({
      name: `${from} ${name}`, code: on(`${from === 'globalThis' || from === 'node:process' ? '' : 'timers.'}${from === 'node:process' ? `process.${name}` : name}(() => process.exit(0))`, { first: `${server}; import timers from '${from.startsWith('node:') ? from : 'node:timers'}'` }),
    })))),
  ],
  invalid: [
    { name: 'at once', code: on('process.exit(0)'), errors: cut() },
    { name: 'what is waited for afterwards does not count', code: on('process.exit(0); await flush()', { first: `${server}; import { flush } from './log.js'` }), errors: cut() },
    { name: 'as the listener itself', code: `${server}; process.on('SIGTERM', process.exit)`, errors: cut('process.exit') },
    { name: 'a listener among others', code: `${server}; process.on('uncaughtException', console.error).once('SIGTERM', () => process.exit(0))`, errors: cut() },
    { name: 'an imported process', code: on('process.exit(0)', { first: `${server}; import process from 'node:process'` }), errors: cut() },
    { name: 'an imported exit', code: on('exit(0)', { first: `${server}; import { exit } from 'node:process'` }), errors: cut('exit(0)') },
    { name: 'a function of the file', code: `${server}; function stop() { process.exit(0) } process.on('SIGTERM', stop)`, errors: cut() },
    { name: 'a function that a function calls', code: `${server}; const end = () => { process.exit(0) }; const stop = async () => { await undefined; }; process.on('SIGTERM', () => { stop(); end() })`, errors: cut() },
    { name: 'a function that a function makes', code: `${server}; const stop = (signal) => () => { console.log(signal); process.exit(0) }; process.on('SIGTERM', stop('SIGTERM'))`, errors: cut() },
    { name: 'a bound function', code: `${server}; function stop() { process.exit(0) } process.on('SIGTERM', stop.bind(null))`, errors: cut() },
    { name: 'each of a list of signals', code: `${server}; for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))`, errors: cut() },
    { name: 'each of a list with a name', code: `${server}; const signals = ['SIGINT', 'SIGTERM']; signals.forEach((signal) => process.once(signal, () => process.exit(0)))`, errors: cut() },
    { name: 'both signals the same way: one report', code: `${server}; const stop = () => process.exit(0); process.on('SIGINT', stop); process.on('SIGTERM', stop)`, errors: cut() },
    { name: 'the first time', code: on('if (!stopping) { stopping = true; process.exit(0) }'), errors: cut() },
    { name: 'under a condition on what it gets', code: `${server}; const stop = (code) => { if (code !== undefined) process.exit(code) }; process.on('SIGTERM', () => stop(0))`, errors: cut('process.exit(code)') },
    { name: 'where there is a server', code: on('if (server) process.exit(0)'), errors: cut() },
    { name: 'after the elements of a list', code: on('[1, 2].forEach(() => process.exit(0))'), errors: cut() },
    { name: 'a server that is made in a function', code: `${express}; const start = () => { const server = app.listen(3000); process.on('SIGTERM', () => process.exit(0)) }; start()`, errors: cut() },
    { name: 'a server of a class', code: "import http from 'node:http'; export class Api { start() { this.server = http.createServer(); this.server.listen(80); process.on('SIGTERM', () => this.stop()) } stop() { process.exit(0) } }", errors: [{ messageId: 'cut', data: { exit: 'process.exit(0)', ending: '', intake: 'this.server', line: '1', lost, cure: 'Exit in the callback of `this.server.close`, or at a deadline.' } }] },
  ],
})

run('js', 'a server that is told to stop', rule, {
  valid: [
    { name: 'in the callback', code: on('server.close(() => process.exit(0))') },
    { name: 'in a callback with a name', code: on('server.close(end)', { first: `${server}; const end = () => process.exit(0)` }) },
    { name: 'as the callback', code: on('server.close(process.exit)') },
    { name: 'in the callback, or at a deadline', code: on('server.close(() => { process.exit(0) }); setTimeout(() => process.exit(1), 10000).unref()') },
    { name: 'a promise of the callback', code: on('await new Promise((resolve) => server.close(resolve)); process.exit(0)') },
    { name: 'a promise of the callback, with a body', code: on('await new Promise((resolve) => { server.close(() => resolve()) }); process.exit(0)') },
    { name: 'a promisified method', code: on('await promisify(server.close.bind(server))(); process.exit(0)', { first: `${server}; import { promisify } from 'node:util'` }) },
    { name: 'an event', code: on("server.close(); await once(server, 'close'); process.exit(0)", { first: `${server}; import { once } from 'node:events'` }) },
    { name: 'a promise with a name', code: on("const closed = once(server, 'close'); server.close(); await closed; process.exit(0)", { first: `${server}; import { once } from 'node:events'` }) },
    { name: 'a listener of the event', code: on("server.on('close', () => process.exit(0)); server.close()") },
    { name: 'a function of the file', code: on('await stop(); process.exit(0)', { first: `${server}; const stop = () => new Promise((resolve) => server.close(resolve))` }) },
    { name: 'a chain', code: on('stop().then(() => process.exit(0))', { first: `${server}; const stop = () => new Promise((resolve) => server.close(resolve))` }) },
    { name: 'some time', code: on('server.close(); await sleep(5000); process.exit(0)', { first: `${server}; import { setTimeout as sleep } from 'node:timers/promises'` }) },
    { name: 'some time, in a function', code: on('server.close(); await pause(); process.exit(0)', { first: `${server}; const pause = () => new Promise((resolve) => setTimeout(resolve, 5000))` }) },
    { name: 'a helper that gets the server', code: on('await end(server); process.exit(0)', { first: `${server}; import { end } from './end.js'` }) },
    { name: 'a server that `await` waits for', code: on('await app.close(); process.exit(0)', { first: "import Fastify from 'fastify'; const app = Fastify(); await app.listen({ port: 80 })" }) },
    { name: 'a server of another file, whose `close` may return a promise', code: on('await app.close(); process.exit(0)', { first: "import { app } from './app.js'; app.listen({ port: 80 })" }) },
    ...[...drainingWords].map((word) => ({ name: word, code: on(`server.close(); await ${word}All(); process.exit(0)`, { first: `${server}; import { ${word}All } from './work.js'` }) })),
  ],
  invalid: [
    { name: 'the call is dropped', code: on('server.close(); process.exit(0)'), errors: dropped() },
    { name: 'the call is dropped where there is a server', code: on('server?.close(); process.exit(0)'), errors: dropped('server?.close()') },
    { name: 'the call is dropped in a condition', code: on('server && server.close(); process.exit(0)'), errors: dropped() },
    { name: 'the callback only logs', code: on('server.close(() => console.log(1)); process.exit(0)'), errors: dropped('server.close(() => console.log(1))') },
    { name: 'in a function of the file', code: on('stop(); process.exit(0)', { first: `${server}; function stop() { server.close() }` }), errors: dropped() },
    { name: 'in a function that is waited for', code: on('await stop(); process.exit(0)', { first: `${server}; async function stop() { server.close() }` }), errors: dropped() },
    { name: 'other things are waited for', code: on('server.close(); await flush(); process.exit(0)', { first: `${server}; import { flush } from './log.js'` }), errors: dropped() },
    { name: 'the exit stands in another callback', code: on('server.close(); pool.end(() => process.exit(0))', { first: `${server}; import { pool } from './db.js'` }), errors: dropped() },
    { name: '`await` of what is no promise', code: on('await server.close(); process.exit(0)'), errors: settled() },
    { name: '`await` of what is no promise, with a callback', code: on('await server.close(log); process.exit(0)', { first: `${server}; import { log } from './log.js'` }), errors: settled('server.close(log)') },
    { name: 'in a combinator', code: on('await Promise.all([server.close(), flush()]); process.exit(0)', { first: `${server}; import { flush } from './log.js'` }), errors: settled() },
    { name: 'handed on by a function', code: on('await stop(); process.exit(0)', { first: `${server}; const stop = async () => server.close()` }), errors: settled() },
    { name: 'assigned', code: on('await server.close(); process.exit(0)', { first: `${express}; let server; server = app.listen(3000)` }), errors: settled() },
    { name: 'with a listener in between', code: on('await server.close(); process.exit(0)', { first: `${express}; const server = app.listen(3000).on('error', console.error)` }), errors: settled() },
    {
      name: 'a promise that is dropped',
      code: on('app.close(); process.exit(0)', { first: "import Fastify from 'fastify'; const app = Fastify(); await app.listen({ port: 80 })" }),
      errors: [{ messageId: 'dropped', data: { exit: 'process.exit(0)', ending: 'app.close()', intake: 'app', line: '1', lost, cure: 'Exit after `await app.close()`, or at a deadline.' } }],
    },
    {
      name: 'a server of another file',
      code: on('app.close(); process.exit(0)', { first: "import { app } from './app.js'; app.listen({ port: 80 })" }),
      errors: [{ messageId: 'dropped', data: { exit: 'process.exit(0)', ending: 'app.close()', intake: 'app', line: '1', lost, cure: 'Stop it first, and exit when it has ended, or at a deadline.' } }],
    },
  ],
})

const prisma = "import { prisma } from './db.js'"

run('js', 'other things are waited for', rule, {
  valid: [
    { name: 'it may be ended by what is waited for', code: on('await stop(); process.exit(0)', { first: `import { stop } from './stop.js'; ${express}; export const server = app.listen(3000)` }) },
    { name: 'it was passed on', code: on('await stop(); process.exit(0)', { first: `import { stop, watch } from './stop.js'; ${server}; watch(server)` }) },
    { name: 'it is ended elsewhere in the file', code: on('await stop(); process.exit(0)', { first: `import { stop } from './stop.js'; ${server}; export const end = () => server.close()` }) },
    { name: 'the server of another file', code: on('await stop(); process.exit(0)', { first: "import { stop } from './stop.js'; import { app } from './app.js'; app.listen(3000)" }) },
    { name: 'the server of another file, by `require`', code: on('await stop(); process.exit(0)', { first: "const { stop } = require('./stop'); const app = require('./app'); app.listen(3000)" }) },
    { name: 'a client that got the server', code: on('await io.close(); process.exit(0)', { first: `${express}; import http from 'node:http'; import { Server } from 'socket.io'; const server = http.createServer(app); const io = new Server(server); server.listen(80)` }) },
    { name: 'something else that takes in work', code: on('await worker.close(); process.exit(0)', { first: `${dangling}; import { Worker } from 'bullmq'; const worker = new Worker('mail', async (job) => job.send())` }), options: possible },
    { name: 'something else that takes in work, where the other is dropped', code: on('server.close(); await worker.close(); process.exit(0)', { first: `${server}; import { Worker } from 'bullmq'; const worker = new Worker('mail', async (job) => job.send())` }) },
  ],
  invalid: [
    { name: 'a client that ends', code: on('await prisma.$disconnect(); process.exit(0)', { first: `${prisma}; ${dangling}` }), errors: apart('await prisma.$disconnect()') },
    { name: 'in a callback', code: on('mongoose.connection.close(false, () => process.exit(0))', { first: `import mongoose from 'mongoose'; ${dangling}` }), errors: apart('mongoose.connection.close(…)') },
    { name: 'in a chain', code: on('prisma.$disconnect().then(() => process.exit(0))', { first: `${prisma}; ${dangling}` }), errors: [{ messageId: 'apart' }] },
    { name: 'in a chain, and finally', code: on('prisma.$disconnect().catch(console.error).finally(() => process.exit(0))', { first: `${prisma}; ${dangling}` }), errors: [{ messageId: 'apart' }] },
    { name: 'a function of another file: nobody has the server', code: on('await stop(); process.exit(0)', { first: `import { stop } from './stop.js'; ${dangling}` }), errors: apart('await stop()') },
    { name: 'a function of another file: nobody else has the server', code: on('await stop(); process.exit(0)', { first: `import { stop } from './stop.js'; ${server}; server.timeout = 1000` }), errors: [{ messageId: 'apart' }] },
    { name: 'a client, whoever has the server', code: on('await prisma.$disconnect(); process.exit(0)', { first: `${prisma}; import { app } from './app.js'; app.listen(3000)` }), errors: [{ messageId: 'apart' }] },
    { name: 'a client in a combinator', code: on('await Promise.all([prisma.$disconnect()]); process.exit(0)', { first: `${prisma}; import { app } from './app.js'; app.listen(3000)` }), errors: [{ messageId: 'apart' }] },
    { name: 'a client, and a log', code: on("await prisma.$disconnect().then(() => logger.info('closed')); process.exit(0)", { first: `${prisma}; import { logger } from './logger.js'; import { app } from './app.js'; app.listen(3000)` }), errors: [{ messageId: 'apart' }] },
    { name: 'a member of the same name', code: on('await prisma.server.$disconnect(); process.exit(0)', { first: `${prisma}; ${server}` }), errors: [{ messageId: 'apart' }] },
    { name: 'a stream', code: on('for await (const part of prisma.parts) part.end(); process.exit(0)', { first: `${prisma}; ${dangling}` }), errors: [{ messageId: 'apart' }] },
    { name: 'something else that takes in work, where the other is dropped and what is possible is asked for', code: on('server.close(); await worker.close(); process.exit(0)', { first: `${server}; import { Worker } from 'bullmq'; const worker = new Worker('mail', async (job) => job.send())` }), options: possible, errors: [{ messageId: 'dropped' }] },
    ...[...clientEndings].map((method) => ({
      name: method, code: on(`await bus.${method}(); process.exit(0)`, { first: "import bus from 'bus'; import { app } from './app.js'; app.listen(3000)" }), errors: [{ messageId: 'apart' as const }],
    })),
  ],
})

const listening = (made: string, way = 'server.listen(80)') => on('process.exit(0)', { first: `import { ${made} as server } from './server.js'; ${way}` })
const alike = [...serverNames].map((name) => on('process.exit(0)', { first: `import { ${name} } from './${name}.js'; ${name}.listen(process.env.PORT ?? 3000)` }))

run('js', 'servers of other files', rule, {
  valid: [
    { name: 'no port', code: listening('server', "server.listen('/tmp/socket')") },
    { name: 'a port that the system chooses', code: listening('server', 'server.listen(0)') },
    { name: 'a name that is no server', code: on('process.exit(0)', { first: "import { keyboard } from './keyboard.js'; keyboard.listen(3000)" }) },
    { name: 'another method', code: listening('server', 'server.bind(80)') },
    { name: 'a known module that is no server', code: on('process.exit(0)', { first: "import net from 'node:net'; const server = net.createServer(); server.listen(80)" }) },
    ...[...sideServerWords].map((word) => ({ name: word, code: on('process.exit(0)', { first: `import { ${word}Server } from './server.js'; ${word}Server.listen(80)` }) })),
    { name: 'a port for machines', code: listening('server', 'server.listen(METRICS_PORT)') },
  ],
  invalid: [
    ...['80', "app.get('port')", 'Number(process.env.PORT)', '+port', '{ port }', 'config.port'].map((port) => ({ name: port, code: listening('server', `server.listen(${port})`), errors: [{ messageId: 'cut' as const }] })),
    ...alike.map((code) => ({ code, errors: [{ messageId: 'cut' as const }] })),
    { name: 'a parameter', code: "export function start(app, port) { app.listen(port); process.on('SIGTERM', () => process.exit(0)) }", errors: [{ messageId: 'cut' }] },
  ],
})

/** Every entry of the table: started, and ended as it says. */
const starts = intakeFacts.flatMap(({ module, member, handle, end, tells, needs, takes }) =>
  [module].flat().flatMap((specifier) =>
    [member].flat().map((path) => {
      const [maker = '', ...rest] = path.split('().')
      const method = rest.pop()
      const name = maker.split('.')[0] as string
      const binding = specifier === 'globalThis' ? '' : maker === '' ? `import api from '${specifier}';` : `import { ${name} as api } from '${specifier}';`
      const made = specifier === 'globalThis' ? maker : ['api', ...maker.split('.').slice(1)].join('.')
      const make = `${/(?:^|\.)[A-Z]\w*$/.test(maker) ? 'new ' : ''}${made}`
      const object = method === undefined ? '' : rest.reduce((inner, step) => `${inner}.${step}()`, `${make}()`)
      const given = needs === undefined ? '' : "'x', work"
      const start = method === undefined ? `const it = ${make}(${given})` : handle === 'receiver' ? `const of = ${object}; of.${method}()` : `const it = ${object}.${method}()`
      const ended = `${handle === 'receiver' ? 'of' : 'it'}.${end}`
      const code = (body: string) => `${binding} ${start}; process.on('SIGTERM', async () => { ${body} })`
      const waits = tells === 'promise' ? `await ${ended}(); process.exit(0)` : `${ended}(() => process.exit(0))`
      return { name: `${specifier} ${path}`, valid: code(waits), cut: code('process.exit(0)'), dropped: code(`${ended}(); process.exit(0)`), awaited: tells === 'callback' ? code(`await ${ended}(); process.exit(0)`) : null, takes }
    }),
  ),
)

run('js', 'every entry of the table', rule, {
  valid: starts.map(({ name, valid }) => ({ name, code: valid })),
  invalid: [
    ...starts.map(({ name, cut: code }) => ({ name: `${name}: cut`, code, errors: [{ messageId: 'cut' as const }] })),
    ...starts.map(({ name, dropped: code }) => ({ name: `${name}: dropped`, code, errors: [{ messageId: 'dropped' as const }] })),
    ...starts.flatMap(({ name, awaited }) => (awaited ? [{ name: `${name}: settled`, code: awaited, errors: [{ messageId: 'settled' as const }] }] : [])),
  ],
})

run('js', 'what else takes in work', rule, {
  valid: [
    { name: 'a worker that is asked by hand', code: on('process.exit(0)', { first: "import { Worker } from 'bullmq'; const worker = new Worker('mail')" }) },
    { name: 'a worker without a function', code: on('process.exit(0)', { first: "import { Worker } from 'bullmq'; const worker = new Worker('mail', undefined, {})" }) },
    { name: 'a worker of the user that is unknown', code: on('process.exit(0)', { first: "import { consume } from '@acme/jobs'; consume(async () => {})" }) },
    { name: 'a handler that takes no work from outside', code: on('process.exit(0)', { first: "import { consume } from '@acme/jobs'; consume(async () => {})" }), settings: { bounded: { handlers: [{ module: '@acme/jobs', member: 'consume', runs: 'timer' }] } } },
  ],
  invalid: [
    {
      name: 'jobs',
      code: on('process.exit(0)', { first: "import { Worker } from 'bullmq'; new Worker('mail', async (job) => job.send())" }),
      errors: [{ messageId: 'cut', data: { exit: 'process.exit(0)', ending: '', intake: 'new Worker', line: '1', lost: 'jobs at work are cut off half-way at each deploy, and begin anew elsewhere', cure: 'Keep the object that `new Worker` makes, and exit when its `close` has ended, or at a deadline.' } }],
    },
    {
      name: 'messages',
      code: on('process.exit(0)', { first: "import { Kafka } from 'kafkajs'; const consumer = new Kafka({}).consumer({}); await consumer.run({})" }),
      errors: [{ messageId: 'cut', data: { exit: 'process.exit(0)', ending: '', intake: 'consumer', line: '1', lost: 'messages at work are cut off half-way at each deploy, and come again', cure: 'Exit after `await consumer.disconnect()`, or at a deadline.' } }],
    },
    {
      name: 'items',
      code: on('process.exit(0)', { first: "import { createQueue } from 'eslint-plugin-bounded/runtime'; const queue = createQueue(send, { concurrency: 4 }); import { send } from './send.js'" }),
      errors: [{ messageId: 'cut', data: { exit: 'process.exit(0)', ending: '', intake: 'queue', line: '1', lost: 'items at work and items that wait are lost at each deploy', cure: 'Exit after `await queue.close()`, or at a deadline.' } }],
    },
    {
      name: 'a worker of the user',
      code: on('process.exit(0)', { first: "import { consume } from '@acme/jobs'; consume(async () => {})" }),
      settings: { bounded: { handlers: [{ module: '@acme/jobs', member: 'consume', runs: 'job' }] } },
      errors: [{ messageId: 'cut' }],
    },
  ],
})

const setUp = (body: string, type = "import type { Server } from 'node:http'") =>
  `${type}; import { pool } from './db.ts'; export function setUp(server: Server) { process.on('SIGTERM', async () => { ${body} }) }`

run('annotated', 'a server that another file starts', rule, {
  valid: [
    setUp('server.close(() => process.exit(0))'),
    setUp('server.close(async () => { await pool.end(); process.exit(0) })'),
    setUp('await new Promise<void>((resolve) => { server.close(() => resolve()) }); process.exit(0)'),
    { name: 'it may be ended elsewhere', code: setUp('await pool.end(); process.exit(0)') },
    { name: 'at once: it may not run here', code: setUp('process.exit(0)') },
    { name: 'at once, where it is ended elsewhere', code: "import type { Server } from 'node:http'; export const stop = (server: Server) => server.close(); process.on('SIGTERM', () => process.exit(0))" },
    { name: 'another server', code: setUp('await server.close(); process.exit(0)', "import type { Server } from './server.ts'") },
  ],
  invalid: [
    { code: setUp('server.close(() => console.log(1)); await pool.end(); process.exit(0)'), errors: [{ messageId: 'dropped' }] },
    { code: setUp('await server.close(); process.exit(0)'), errors: [{ messageId: 'settled' }] },
    { name: 'a signal whose name is typed', code: `${server}; for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0))`, errors: [{ messageId: 'cut' }] },
  ],
})

const typed = { filename: new URL('../fixtures/typed/async.ts', import.meta.url).pathname, settings: { bounded: { contexts: [] } } }

/** The server comes out of an object whose type alone says what it is. */
const held = (type: string, body: string) => `declare const held: { it: ${type} }; process.on('SIGTERM', async () => { ${body} })`

run('typed', 'what only types tell', rule, {
  valid: [
    { ...typed, name: 'a server whose `close` returns a promise', code: held('{ close(): Promise<void> }', 'await held.it.close(); process.exit(0)') },
    { ...typed, name: 'in the callback', code: held("import('node:http').Server", 'held.it.close(() => process.exit(0))') },
  ],
  invalid: [
    { ...typed, name: "Node's", code: held("import('node:http').Server", 'await held.it.close(); process.exit(0)'), errors: [{ messageId: 'settled', data: { exit: 'process.exit(0)', ending: 'held.it.close()', intake: 'held.it', line: '1', lost, cure: 'Exit in the callback of `held.it.close`, or at a deadline.' } }] },
    { ...typed, name: "Node's, dropped", code: held("import('node:http').Server", 'held.it.close(); process.exit(0)'), errors: [{ messageId: 'dropped' }] },
  ],
})
