/** Calls that register handlers. See `facts.ts` for the form; entries stand in the order of their frameworks' kinds. */
import type { RegistrationFact } from './facts.ts'

const verbs = ['get', 'head', 'post', 'put', 'patch', 'delete', 'del', 'options', 'all'] as const
const routed = (receiver: string, methods: readonly string[] = verbs): string[] => methods.map((verb) => `${receiver}.${verb}`)

/** What apps and routers of Express and its kin are made of: https://expressjs.com/en/5x/api.html */
const expressReceivers = ['()', 'Router()', '().route()', 'Router().route()']

export const registrationFacts: readonly RegistrationFact[] = [
  // HTTP
  { framework: 'Express', runs: 'request', takes: 'all', label: 'route', module: ['express', 'express-promise-router', 'router', 'polka', '@feathersjs/express', 'ultimate-express', 'hyper-express'], member: expressReceivers.flatMap((receiver) => routed(receiver, [...verbs, 'use', 'param'])), source: 'https://expressjs.com/en/5x/api.html#app.METHOD' },
  { framework: 'Connect', runs: 'request', takes: 'all', label: 'route', module: 'connect', member: '().use', source: 'https://github.com/senchalabs/connect#use-middleware' },
  { framework: 'restify', runs: 'request', takes: 'all', label: 'route', module: 'restify', member: routed('createServer()', [...verbs, 'opts', 'use', 'pre']), source: 'http://restify.com/docs/server-api/' },
  { framework: 'Koa', runs: 'request', takes: 'all', label: 'route', module: 'koa', member: '().use', source: 'https://github.com/koajs/koa/blob/master/docs/api/index.md#appusefunction' },
  { framework: 'Koa', runs: 'request', takes: 'all', label: 'route', module: ['@koa/router', 'koa-router'], member: ['()', 'Router()'].flatMap((receiver) => routed(receiver, [...verbs, 'use', 'param', 'register'])), source: 'https://github.com/koajs/router/blob/master/API.md' },
  { framework: 'Fastify', runs: 'request', takes: 'all', label: 'route', module: 'fastify', member: ['()', 'fastify()', 'Fastify()'].flatMap((receiver) => routed(receiver)), source: 'https://fastify.dev/docs/latest/Reference/Routes/' },
  { framework: 'Fastify', runs: 'request', takes: { at: 'last', keys: ['handler', 'preHandler', 'onRequest', 'preValidation', 'preParsing', 'preSerialization', 'onSend', 'onResponse', 'errorHandler'] }, label: 'route', module: 'fastify', member: ['().route', 'fastify().route', 'Fastify().route'], source: 'https://fastify.dev/docs/latest/Reference/Routes/#options' },
  { framework: 'Fastify', runs: 'request', takes: 'last', label: 'event', module: 'fastify', member: ['addHook', 'setErrorHandler', 'setNotFoundHandler', 'addContentTypeParser'].flatMap((name) => [`().${name}`, `fastify().${name}`]), source: 'https://fastify.dev/docs/latest/Reference/Hooks/' },
  { framework: 'Hapi', runs: 'request', takes: { at: 0, keys: ['handler', 'method', 'assign'] }, label: 'route', module: ['@hapi/hapi', 'hapi'], member: ['server().route', 'Server().route'], source: 'https://hapi.dev/api/#-serverrouteroute' },
  { framework: 'Hapi', runs: 'request', takes: 1, label: 'event', module: ['@hapi/hapi', 'hapi'], member: ['server().ext', 'Server().ext', 'server().method', 'Server().method'], source: 'https://hapi.dev/api/#-serverextevents' },
  { framework: 'Hono', runs: 'request', takes: 'all', label: 'route', module: ['hono', 'hono/quick', 'hono/tiny', '@hono/zod-openapi'], member: [...verbs, 'use', 'on', 'openapi', 'notFound', 'onError'].flatMap((name) => [`Hono()**.${name}`, `OpenAPIHono()**.${name}`]), source: 'https://hono.dev/docs/api/routing' },
  { framework: 'Elysia', runs: 'request', takes: 'all', label: 'route', module: 'elysia', member: routed('Elysia()**', [...verbs, 'onRequest', 'onBeforeHandle', 'onAfterHandle', 'onParse', 'onTransform', 'derive', 'resolve', 'ws']), source: 'https://elysiajs.com/essential/route.html' },
  { framework: 'h3', runs: 'request', takes: { at: 0, keys: ['handler', 'onRequest', 'onBeforeResponse', 'message', 'open', 'upgrade'] }, module: ['h3', 'nitropack/runtime', 'nitro', '#imports', 'vinxi/http'], member: ['defineEventHandler', 'eventHandler', 'defineWebSocketHandler', 'lazyEventHandler'], source: 'https://h3.dev/guide/basics/handler' },
  { framework: 'Nuxt', runs: 'request', takes: { at: 0, keys: ['handler', 'onRequest', 'onBeforeResponse'] }, module: 'globalThis', member: ['defineEventHandler', 'eventHandler'], source: 'https://nuxt.com/docs/guide/directory-structure/server' },
  { framework: 'node:http', runs: 'request', takes: 'last', module: ['node:http', 'node:https', 'node:http2'], member: ['createServer', 'createSecureServer', 'Server'], source: 'https://nodejs.org/api/http.html#httpcreateserveroptions-requestlistener' },
  { framework: 'node:http', runs: 'request', takes: 'last', label: 'event', module: ['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls'], member: ['createServer().on', 'createSecureServer().on', 'Server().on', 'createServer().addListener', 'Server().addListener'], source: 'https://nodejs.org/api/http.html#class-httpserver' },
  { framework: 'node:net', runs: 'event', takes: 'last', module: ['node:net', 'node:tls'], member: ['createServer', 'Server'], source: 'https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener' },
  { framework: 'Deno', runs: 'request', takes: 'all', module: 'globalThis', member: ['Deno.serve'], source: 'https://docs.deno.com/api/deno/~/Deno.serve' },
  { framework: 'Bun', runs: 'request', takes: { at: 0, keys: '*' }, module: ['globalThis', 'bun'], member: ['Bun.serve', 'serve'], source: 'https://bun.com/docs/api/http' },
  { framework: 'Node server for Fetch handlers', runs: 'request', takes: { at: 0, keys: ['fetch'] }, module: ['@hono/node-server', 'srvx'], member: 'serve', source: 'https://github.com/honojs/node-server#usage' },
  { framework: 'Service worker', runs: 'request', takes: 1, label: 'event', module: 'globalThis', member: 'addEventListener', source: 'https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/' },
  { framework: 'Feathers', runs: 'request', takes: 'all', module: '@feathersjs/feathers', member: '().hooks', source: 'https://feathersjs.com/api/hooks.html' },

  // GraphQL and RPC
  { framework: 'GraphQL', runs: 'request', takes: { at: 0, keys: '*' }, module: ['@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-koa', 'apollo-server-fastify', 'apollo-server-lambda'], member: 'ApolloServer', source: 'https://www.apollographql.com/docs/apollo-server/data/resolvers' },
  { framework: 'GraphQL', runs: 'request', takes: { at: 0, keys: '*' }, module: ['graphql-yoga', '@graphql-tools/schema', 'graphql-tools', 'mercurius'], member: ['createSchema', 'createYoga', 'makeExecutableSchema'], source: 'https://the-guild.dev/graphql/yoga-server/docs/features/schema' },
  { framework: 'GraphQL', runs: 'request', takes: { at: 0, keys: '*' }, module: 'graphql', member: ['GraphQLObjectType', 'GraphQLInterfaceType', 'GraphQLScalarType'], source: 'https://graphql.org/graphql-js/type/#graphqlobjecttype' },
  { framework: 'gRPC', runs: 'request', takes: { at: 1, keys: '*' }, module: '@grpc/grpc-js', member: 'Server().addService', source: 'https://grpc.io/docs/languages/node/basics/#server' },
  { framework: 'tRPC', runs: 'request', takes: 'all', label: 'name', module: '@trpc/server', member: ['initTRPC**.query', 'initTRPC**.mutation', 'initTRPC**.subscription', 'initTRPC**.middleware', 'initTRPC**.use'], source: 'https://trpc.io/docs/server/procedures' },

  // Sockets
  { framework: 'WebSocket', runs: 'message', takes: 'last', label: 'event', module: ['ws', 'isomorphic-ws'], member: ['', 'WebSocket', 'Server', 'WebSocketServer'].flatMap((name) => [`${name}().on`, `${name}().addEventListener`, `${name}().addListener`]), source: 'https://github.com/websockets/ws/blob/master/doc/ws.md' },
  { framework: 'socket.io', runs: 'message', takes: 'last', label: 'event', module: 'socket.io', member: ['()', 'Server()', 'Server().of()', '().of()', '().sockets', 'Server().sockets'].flatMap((receiver) => [`${receiver}.on`, `${receiver}.use`]), source: 'https://socket.io/docs/v4/server-api/' },
  { framework: 'SockJS', runs: 'message', takes: 'last', label: 'event', module: 'sockjs', member: 'createServer().on', source: 'https://github.com/sockjs/sockjs-node#server-class' },

  // Serverless
  { framework: 'AWS Lambda', runs: 'request', takes: 'all', module: ['@middy/core', 'middy'], member: ['', 'middy', '()**.handler', 'middy()**.handler'], source: 'https://middy.js.org/docs/intro/getting-started' },
  { framework: 'Azure Functions', runs: 'request', takes: { at: 1, keys: ['handler'] }, label: 'name', module: '@azure/functions', member: ['http', 'timer', 'storageBlob', 'storageQueue', 'serviceBusQueue', 'serviceBusTopic', 'eventHub', 'eventGrid', 'cosmosDB', 'generic'].map((name) => `app.${name}`), source: 'https://learn.microsoft.com/azure/azure-functions/functions-reference-node' },
  { framework: 'Azure Functions', runs: 'request', takes: 1, label: 'name', module: '@azure/functions', member: ['get', 'post', 'put', 'patch', 'deleteRequest'].map((name) => `app.${name}`), source: 'https://learn.microsoft.com/azure/azure-functions/functions-reference-node' },
  { framework: 'Google Cloud Functions', runs: 'request', takes: 1, label: 'name', module: '@google-cloud/functions-framework', member: ['http', 'cloudEvent'], source: 'https://github.com/GoogleCloudPlatform/functions-framework-nodejs#quickstart' },
  { framework: 'Firebase functions', runs: 'request', takes: 'last', module: ['firebase-functions', 'firebase-functions/v1', 'firebase-functions/v2', 'firebase-functions/v2/https', 'firebase-functions/https', 'firebase-functions/v2/firestore', 'firebase-functions/firestore', 'firebase-functions/v2/pubsub', 'firebase-functions/pubsub', 'firebase-functions/v2/storage', 'firebase-functions/storage', 'firebase-functions/v2/scheduler', 'firebase-functions/scheduler', 'firebase-functions/v2/tasks', 'firebase-functions/tasks', 'firebase-functions/v2/identity', 'firebase-functions/v2/database'], member: ['onRequest', 'onCall', 'onRun', 'onPublish', 'onMessagePublished', 'onSchedule', 'onDispatch', 'onTaskDispatched', 'onCreate', 'onUpdate', 'onDelete', 'onWrite', 'onFinalize', 'onObjectFinalized', 'onDocumentCreated', 'onDocumentUpdated', 'onDocumentDeleted', 'onDocumentWritten', 'beforeUserCreated', 'beforeUserSignedIn'].flatMap((name) => [name, `**.${name}`]), source: 'https://firebase.google.com/docs/functions' },
  { framework: 'Netlify', runs: 'request', takes: 'all', module: '@netlify/functions', member: ['builder', 'schedule', 'stream'], source: 'https://docs.netlify.com/functions/' },

  // Messages and jobs
  { framework: 'BullMQ', runs: 'job', takes: 1, label: 'name', module: ['bullmq', '@taskforcesh/bullmq-pro'], member: ['Worker', 'WorkerPro'], source: 'https://docs.bullmq.io/guide/workers' },
  { framework: 'Bull', runs: 'job', takes: 'last', module: ['bull', 'bee-queue', 'kue'], member: ['().process', 'createQueue().process'], source: 'https://github.com/OptimalBits/bull/blob/develop/REFERENCE.md#queueprocess' },
  { framework: 'Agenda', runs: 'job', takes: 'all', label: 'name', module: ['agenda', '@hokify/agenda', '@sealos/agenda'], member: ['().define', 'Agenda().define'], source: 'https://github.com/agenda/agenda#defining-job-processors' },
  { framework: 'pg-boss', runs: 'job', takes: 'last', label: 'name', module: 'pg-boss', member: ['().work', 'PgBoss().work', '().subscribe', 'PgBoss().subscribe'], source: 'https://github.com/timgit/pg-boss/blob/master/docs/api/workers.md' },
  { framework: 'Graphile Worker', runs: 'job', takes: { at: 0, keys: '*' }, module: 'graphile-worker', member: ['run', 'runOnce'], source: 'https://worker.graphile.org/docs/library/run' },
  { framework: 'Kafka', runs: 'message', takes: { at: 0, keys: ['eachMessage', 'eachBatch'] }, module: ['kafkajs', '@confluentinc/kafka-javascript'], member: ['Kafka().consumer().run', 'KafkaJS.Kafka().consumer().run'], source: 'https://kafka.js.org/docs/consuming' },
  { framework: 'AMQP', runs: 'message', takes: 1, label: 'name', module: ['amqplib', 'amqp-connection-manager'], member: ['connect().createChannel().consume', 'connect().createConfirmChannel().consume'], source: 'https://amqp-node.github.io/amqplib/channel_api.html#channel_consume' },
  { framework: 'SQS', runs: 'message', takes: { at: 0, keys: ['handleMessage', 'handleMessageBatch'] }, module: 'sqs-consumer', member: ['Consumer.create', 'Consumer'], source: 'https://github.com/bbc/sqs-consumer#usage' },
  { framework: 'MQTT', runs: 'message', takes: 'last', label: 'event', module: ['mqtt', 'async-mqtt'], member: ['connect().on', 'connectAsync().on'], source: 'https://github.com/mqttjs/MQTT.js#event-message' },
  { framework: 'Redis', runs: 'message', takes: 'last', label: 'name', module: 'redis', member: ['subscribe', 'pSubscribe', 'sSubscribe'].flatMap((name) => [`createClient().${name}`, `createClient().duplicate().${name}`]), source: 'https://github.com/redis/node-redis/blob/master/docs/pub-sub.md' },
  { framework: 'Redis', runs: 'message', takes: 'last', label: 'event', module: 'ioredis', member: ['().on', 'Redis().on', 'Cluster().on'], source: 'https://github.com/redis/ioredis#pubsub' },
  { framework: 'PostgreSQL', runs: 'message', takes: 'last', label: 'event', module: 'pg', member: ['Client().on', 'Pool().connect().on'], source: 'https://node-postgres.com/apis/client#notification' },
  { framework: 'NATS', runs: 'message', takes: { at: 1, keys: ['callback'] }, label: 'name', module: ['nats', '@nats-io/transport-node'], member: 'connect().subscribe', source: 'https://github.com/nats-io/nats.js' },
  { framework: 'Cron', runs: 'timer', takes: 'all', module: ['node-cron', 'cron', 'croner', 'node-schedule'], member: ['schedule', 'scheduleJob', 'CronJob', 'CronJob.from', 'Cron'], source: 'https://github.com/node-cron/node-cron#usage' },

  // Bots
  { framework: 'Discord', runs: 'event', takes: 'last', label: 'event', module: ['discord.js', 'eris', 'discord.js-light'], member: ['Client().on', '().on', 'Client().ws.on'], source: 'https://discord.js.org/docs/packages/discord.js/main/Client:Class' },
  { framework: 'Telegram', runs: 'message', takes: 'all', label: 'name', module: ['telegraf', 'grammy', 'node-telegram-bot-api'], member: ['Telegraf()', 'Bot()', '()', 'Composer()'].flatMap((receiver) => ['command', 'on', 'hears', 'action', 'use', 'onText', 'callbackQuery'].map((name) => `${receiver}.${name}`)), source: 'https://telegraf.js.org/' },
  { framework: 'Slack', runs: 'message', takes: 'all', label: 'name', module: '@slack/bolt', member: ['message', 'event', 'command', 'action', 'shortcut', 'view', 'options', 'use'].flatMap((name) => [`App().${name}`, `default.App().${name}`]), source: 'https://docs.slack.dev/tools/bolt-js/concepts/event-listening' },

  // Events and timers
  { framework: 'Electron', runs: 'event', takes: 'last', label: 'event', module: ['electron', 'electron/main'], member: ['ipcMain.on', 'ipcMain.handle', 'ipcMain.addListener', 'protocol.handle'], source: 'https://www.electronjs.org/docs/latest/api/ipc-main' },
  { framework: 'EventEmitter', runs: 'event', takes: 'last', label: 'event', module: ['node:events', 'eventemitter3', 'events', 'emittery', 'mitt', 'eventemitter2'], member: ['()', 'EventEmitter()', 'EventEmitter2()'].flatMap((receiver) => ['on', 'addListener', 'prependListener'].map((name) => `${receiver}.${name}`)), source: 'https://nodejs.org/api/events.html#emitteroneventname-listener' },
  { framework: 'EventEmitter', runs: 'event', takes: 'last', label: 'event', module: 'node:process', member: ['on', 'addListener'], source: 'https://nodejs.org/api/process.html#event-message' },
  { framework: 'timer', runs: 'timer', takes: 0, module: ['globalThis', 'node:timers'], member: 'setInterval', source: 'https://nodejs.org/api/timers.html#setintervalcallback-delay-args' },
]
