/** What makes one object of a class that serves for as long as the process runs. */
import type { ApiFact } from './facts.ts'

/**
 * Decorators of classes of which a container makes one object and keeps it, unless an option says otherwise (`scope`, `transient`).
 * Left out are those whose default is a new object each time: `injectable` of Inversify, tsyringe and LoopBack.
 */
export const singletonDecorators: readonly ApiFact[] = [
  { module: '@nestjs/common', member: ['Controller', 'Injectable'], source: 'https://docs.nestjs.com/fundamentals/injection-scopes' },
  { module: '@nestjs/graphql', member: 'Resolver', source: 'https://docs.nestjs.com/graphql/resolvers' },
  { module: '@nestjs/websockets', member: 'WebSocketGateway', source: 'https://docs.nestjs.com/websockets/gateways' },
  { module: ['@nestjs/bull', '@nestjs/bullmq'], member: 'Processor', source: 'https://docs.nestjs.com/techniques/queues' },
  { module: ['typedi', '@n8n/di'], member: 'Service', source: 'https://github.com/typestack/typedi' },
  { module: 'tsyringe', member: 'singleton', source: 'https://github.com/microsoft/tsyringe#singleton' },
  { module: ['@midwayjs/core', '@midwayjs/decorator'], member: 'Singleton', source: 'https://midwayjs.org/docs/container' },
  { module: ['@tsed/common', '@tsed/di'], member: ['Controller', 'Injectable', 'Service'], source: 'https://tsed.dev/docs/providers.html' },
]

/** Base classes of which a framework keeps each object until the program ends. */
export const lastingBases: readonly ApiFact[] = [
  { module: 'moleculer', member: 'Service', source: 'https://moleculer.services/docs/0.14/services.html' },
  { module: ['node:http', 'node:https', 'node:net'], member: 'Server', source: 'https://nodejs.org/api/net.html#class-netserver' },
]

/** Methods by which an object is put into a list, set or map, or handed to a container that keeps it. */
export const keepingMethods: ReadonlySet<string> = new Set(['add', 'push', 'set', 'unshift'])

/**
 * Methods that are called when the program goes down: by Nest, by OpenTelemetry, by convention.
 * https://docs.nestjs.com/fundamentals/lifecycle-events, https://opentelemetry.io/docs/specs/otel/trace/sdk/#shutdown
 */
export const programEnds: readonly string[] = ['beforeApplicationShutdown', 'gracefulShutdown', 'onApplicationShutdown', 'onModuleDestroy', 'shutdown']

/** Names of classes of which a program has one object, or one for each thing that it is configured with; a cache that lived for one call would hold nothing twice. */
export const servingNames = /[a-z](?:Broker|Cache|Controller|Daemon|Gateway|Repository|Server|Service)(?:Base|Impl)?$/

/** Methods that end what they are called on. https://developer.mozilla.org/docs/Web/API/AbortController/abort, https://nodejs.org/api/child_process.html#subprocesskillsignal, https://nodejs.org/api/net.html#socketdestroyerror */
export const endingMethods: ReadonlySet<string> = new Set([
  'abort', 'cancel', 'close', 'destroy', 'disconnect', 'end', 'kill', 'quit', 'shutdown', 'stop', 'terminate', 'unsubscribe',
])
