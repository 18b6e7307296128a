/**
 * Calls by which a program takes in work until it is told to stop: servers, workers of job queues, consumers. Left out are
 * those that end by themselves on a signal (Temporal's workers, graphile-worker, Moleculer, Apollo's own server), those
 * whose connections outlive any request (WebSocket, raw TCP), and queues that scripts use as well (p-queue).
 */
import type { ApiFact } from './facts.ts'
import { timerFacts } from './timers.ts'

export interface IntakeFact extends ApiFact {
  /** What is at work when the program ends. */
  readonly takes: 'requests' | 'jobs' | 'messages' | 'items'
  /** What is told to stop: what the call returns, or the object whose method is called. */
  readonly handle: 'result' | 'receiver'
  /** The method that stops the intake and waits for what is at work. */
  readonly end: string
  /** Whether that method tells a callback, and returns no promise. */
  readonly tells: 'callback' | 'promise'
  /** Takes in nothing unless it gets a function as this argument: BullMQ's worker that is asked for jobs by hand. */
  readonly needs?: number
  readonly source: string
}

type Kind = Pick<IntakeFact, 'takes' | 'handle' | 'end' | 'tells'>

/** What ends with a promise. */
const ended = (takes: Kind['takes'], handle: Kind['handle'], end = 'close'): Kind => ({ takes, handle, end, tells: 'promise' })
/** What ends with a callback, as the servers of Node do. */
const told = (handle: Kind['handle'], end = 'close', takes: Kind['takes'] = 'requests'): Kind => ({ takes, handle, end, tells: 'callback' })

export const intakeFacts: readonly IntakeFact[] = [
  { ...told('receiver'), module: ['node:http', 'node:https', 'node:http2'], member: ['createServer().listen', 'Server().listen', 'createSecureServer().listen'], source: 'https://nodejs.org/api/http.html#serverclosecallback' },
  { ...told('result'), module: ['express', '@feathersjs/express', 'connect'], member: '().listen', source: 'https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html' },
  { ...told('result'), module: 'koa', member: '().listen', source: 'https://github.com/koajs/koa/blob/master/docs/api/index.md#applisten' },
  { ...told('receiver'), module: 'restify', member: 'createServer().listen', source: 'https://restify.com/docs/server-api/#close' },
  { ...told('result'), module: '@hono/node-server', member: 'serve', source: 'https://hono.dev/docs/getting-started/nodejs#_4-graceful-shutdown' },
  { ...told('receiver', 'tryShutdown'), module: ['@grpc/grpc-js', 'grpc'], member: ['Server().start', 'Server().bindAsync'], source: 'https://grpc.github.io/grpc/node/grpc.Server.html#tryShutdown' },
  { ...told('receiver', 'stop', 'messages'), module: 'sqs-consumer', member: ['Consumer.create().start', 'Consumer().start'], source: 'https://bbc.github.io/sqs-consumer/interfaces/ConsumerOptions.html#pollingcompletewaittimems' },
  { ...ended('requests', 'receiver'), module: 'fastify', member: ['().listen', 'fastify().listen', 'Fastify().listen'], source: 'https://fastify.dev/docs/latest/Reference/Server/#close' },
  { ...ended('requests', 'receiver', 'stop'), module: ['@hapi/hapi', 'hapi'], member: ['server().start', 'Server().start'], source: 'https://hapi.dev/api/#-await-serverstopoptions' },
  { ...ended('requests', 'receiver'), module: '@nestjs/core', member: 'NestFactory.create().listen', source: 'https://docs.nestjs.com/fundamentals/lifecycle-events#application-shutdown' },
  { ...ended('messages', 'receiver'), module: '@nestjs/core', member: 'NestFactory.createMicroservice().listen', source: 'https://docs.nestjs.com/fundamentals/lifecycle-events#application-shutdown' },
  { ...ended('requests', 'result', 'stop'), module: 'globalThis', member: 'Bun.serve', source: 'https://bun.com/docs/api/http#server-stop' },
  { ...ended('jobs', 'result'), needs: 1, module: ['bullmq', '@taskforcesh/bullmq-pro'], member: ['Worker', 'WorkerPro'], source: 'https://docs.bullmq.io/guide/workers/graceful-shutdown' },
  { ...ended('jobs', 'receiver'), module: ['bull', 'bee-queue'], member: '().process', source: 'https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#queueclose' },
  { ...ended('jobs', 'receiver', 'drain'), module: ['agenda', '@hokify/agenda'], member: ['().start', 'Agenda().start'], source: 'https://github.com/agenda/agenda#drain' },
  { ...ended('jobs', 'receiver', 'stop'), module: 'pg-boss', member: ['().work', 'PgBoss().work'], source: 'https://github.com/timgit/pg-boss/blob/master/docs/api/ops.md' },
  { ...ended('messages', 'receiver', 'disconnect'), module: ['kafkajs', '@confluentinc/kafka-javascript'], member: ['Kafka().consumer().run', 'KafkaJS.Kafka().consumer().run'], source: 'https://kafka.js.org/docs/consuming#graceful-shutdown' },
  { ...ended('items', 'result'), module: 'eslint-plugin-bounded/runtime', member: 'createQueue', source: 'https://github.com/eslint-plugin-bounded/eslint-plugin-bounded/blob/main/docs/runtime.md' },
]

/** Methods that stop an intake in one library or another, whether they wait or not. */
export const endingMethods: ReadonlySet<string> = new Set([
  'close', 'stop', 'drain', 'disconnect', 'shutdown', 'tryShutdown', 'destroy',
])

/** Methods of a server that return the server. https://nodejs.org/api/http.html#serversettimeoutmsecs-callback, https://nodejs.org/api/events.html#emitteroneventname-listener */
export const chainedMethods: ReadonlySet<string> = new Set(['listen', 'on', 'once', 'setTimeout'])

/** The last word of what has a method `listen` that takes a port, where its maker stands in another file. */
export const serverNames: ReadonlySet<string> = new Set(['app', 'application', 'server', 'http', 'https', 'api', 'express', 'fastify', 'koa', 'hono', 'srv'])

/** Words of servers that answer machines about the program itself, or one person once: nobody misses their last answer. */
export const sideServerWords: ReadonlySet<string> = new Set([
  'metric', 'metrics', 'prometheus', 'prom', 'health', 'healthz', 'healthcheck', 'liveness', 'readiness', 'probe', 'status', 'debug', 'inspector',
  'mock', 'stub', 'fake', 'oauth', 'callback', 'redirect', 'login', 'devtools',
])

/** Ends the process at once. */
export const exitFact: ApiFact = { module: 'node:process', member: ['exit', 'abort'], source: 'https://nodejs.org/api/process.html#processexitcode' }

/** Calls whose callbacks run when some time has passed: an end in one of them is a deadline. */
export const deadlineFacts: readonly ApiFact[] = [
  ...timerFacts,
  { module: ['globalThis', 'node:timers'], member: 'setInterval', source: 'https://nodejs.org/api/timers.html#setintervalcallback-delay-args' },
]

/** Methods that end the connection of a client, and that no server has: one that is waited for ends no server. https://mongoosejs.com/docs/api/mongoose.html#Mongoose.prototype.disconnect(), https://redis.io/docs/latest/commands/quit/ */
export const clientEndings: ReadonlySet<string> = new Set(['$disconnect', 'disconnect', 'end', 'quit'])

/** Words in the names of what waits for the work itself: `await drainConnections()`, `await Promise.all(inFlight)`. */
export const drainingWords: ReadonlySet<string> = new Set([
  'drain', 'draining', 'drained', 'idle', 'flight', 'inflight', 'pending', 'connections', 'requests', 'jobs', 'terminator', 'terminate', 'grace', 'graceful', 'gracefully', 'quiesce',
])

/** Registers a listener of a signal. */
export const signalFact: ApiFact = {
  module: 'node:process', member: ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'].flatMap((name) => [name, `**.${name}`]),
  source: 'https://nodejs.org/api/process.html#signal-events',
}

/** The signal by which supervisors end a program, at each deploy: SIGINT is a person at a terminal. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination */
export const deploySignal = 'SIGTERM'
