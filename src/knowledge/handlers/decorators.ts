/** Decorators, interfaces and base classes that make a method a handler. See `facts.ts` for the form. */
import type { ContractFact, DecoratorFact } from './facts.ts'

const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All']

export const decoratorFacts: readonly DecoratorFact[] = [
  { framework: 'Nest', runs: 'request', module: '@nestjs/common', member: [...verbs, 'Sse', 'Search'], source: 'https://docs.nestjs.com/controllers' },
  { framework: 'Nest', runs: 'request', module: '@nestjs/graphql', member: ['Query', 'Mutation', 'Subscription', 'ResolveField', 'ResolveProperty', 'ResolveReference'], source: 'https://docs.nestjs.com/graphql/resolvers' },
  { framework: 'Nest', runs: 'message', module: '@nestjs/microservices', member: ['MessagePattern', 'EventPattern', 'GrpcMethod', 'GrpcStreamMethod', 'GrpcStreamCall'], source: 'https://docs.nestjs.com/microservices/basics' },
  { framework: 'Nest', runs: 'message', module: '@nestjs/websockets', member: 'SubscribeMessage', source: 'https://docs.nestjs.com/websockets/gateways' },
  { framework: 'Nest', runs: 'timer', module: '@nestjs/schedule', member: ['Cron', 'Interval'], source: 'https://docs.nestjs.com/techniques/task-scheduling' },
  { framework: 'Nest', runs: 'event', module: '@nestjs/event-emitter', member: 'OnEvent', source: 'https://docs.nestjs.com/techniques/events' },
  { framework: 'Nest', runs: 'job', module: '@nestjs/bull', member: 'Process', source: 'https://docs.nestjs.com/techniques/queues' },
  { framework: 'type-graphql', runs: 'request', module: 'type-graphql', member: ['Query', 'Mutation', 'Subscription', 'FieldResolver'], source: 'https://typegraphql.com/docs/resolvers.html' },
  { framework: 'routing-controllers', runs: 'request', module: 'routing-controllers', member: verbs, source: 'https://github.com/typestack/routing-controllers#usage' },
  { framework: 'tsoa', runs: 'request', module: ['tsoa', '@tsoa/runtime'], member: verbs, source: 'https://tsoa-community.github.io/docs/getting-started.html' },
  { framework: 'Ts.ED', runs: 'request', module: ['@tsed/common', '@tsed/schema'], member: verbs, source: 'https://tsed.dev/docs/controllers.html' },
  { framework: 'Inversify', runs: 'request', module: 'inversify-express-utils', member: ['httpGet', 'httpPost', 'httpPut', 'httpPatch', 'httpDelete', 'httpHead', 'all'], source: 'https://github.com/inversify/inversify-express-utils' },
  { framework: 'LoopBack', runs: 'request', module: '@loopback/rest', member: ['get', 'post', 'put', 'patch', 'del', 'operation'], source: 'https://loopback.io/doc/en/lb4/Decorators_openapi.html' },
  { framework: 'Midway', runs: 'request', module: ['@midwayjs/core', '@midwayjs/decorator'], member: verbs, source: 'https://midwayjs.org/docs/controller' },
  { framework: 'n8n', runs: 'request', module: '@n8n/decorators', member: verbs, source: 'https://github.com/n8n-io/n8n/tree/master/packages/%40n8n/decorators' },
]

export const contractFacts: readonly ContractFact[] = [
  { framework: 'Nest', runs: 'request', module: '@nestjs/common', member: ['CanActivate', 'CanActivate()'], methods: ['canActivate'], source: 'https://docs.nestjs.com/guards' },
  { framework: 'Nest', runs: 'request', module: '@nestjs/common', member: 'NestMiddleware', methods: ['use'], source: 'https://docs.nestjs.com/middleware' },
  { framework: 'Nest', runs: 'request', module: '@nestjs/common', member: 'NestInterceptor', methods: ['intercept'], source: 'https://docs.nestjs.com/interceptors' },
  { framework: 'Nest', runs: 'request', module: '@nestjs/common', member: 'PipeTransform', methods: ['transform'], source: 'https://docs.nestjs.com/pipes' },
  { framework: 'Nest', runs: 'request', module: '@nestjs/common', member: 'ExceptionFilter', methods: ['catch'], source: 'https://docs.nestjs.com/exception-filters' },
  { framework: 'Nest', runs: 'job', module: '@nestjs/bullmq', member: 'WorkerHost', methods: ['process'], source: 'https://docs.nestjs.com/techniques/queues' },
  { framework: 'Cloudflare', runs: 'request', module: 'cloudflare:workers', member: ['DurableObject', 'WorkerEntrypoint'], methods: ['fetch', 'alarm', 'webSocketMessage', 'queue', 'scheduled'], source: 'https://developers.cloudflare.com/durable-objects/' },
]
