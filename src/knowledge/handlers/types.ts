/** Types by which a function, or a function's parameter, is known to belong to a request. See `facts.ts` for the form. */
import type { HandlerTypeFact } from './facts.ts'

/** Types of whole functions: `const list: RequestHandler = …`. */
export const handlerTypes: readonly HandlerTypeFact[] = [
  { framework: 'Express', runs: 'request', module: ['express', 'express-serve-static-core'], member: ['RequestHandler', 'ErrorRequestHandler', 'RequestParamHandler'], source: 'https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/express' },
  { framework: 'Koa', runs: 'request', module: ['koa', '@koa/router', 'koa-router'], member: ['Middleware', 'Router.Middleware', 'RouterMiddleware'], source: 'https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/koa' },
  { framework: 'Fastify', runs: 'request', module: 'fastify', member: ['RouteHandler', 'RouteHandlerMethod', 'onRequestHookHandler', 'preHandlerHookHandler', 'preHandlerAsyncHookHandler', 'preValidationHookHandler', 'onSendHookHandler'], source: 'https://fastify.dev/docs/latest/Reference/TypeScript/' },
  { framework: 'Hono', runs: 'request', module: 'hono', member: ['Handler', 'MiddlewareHandler'], source: 'https://hono.dev/docs/helpers/factory' },
  { framework: 'Next.js', runs: 'request', module: 'next', member: ['NextApiHandler', 'GetServerSideProps'], source: 'https://nextjs.org/docs/pages/building-your-application/routing/api-routes' },
  { framework: 'Next.js', runs: 'request', module: 'next/server', member: ['NextMiddleware', 'NextProxy'], source: 'https://nextjs.org/docs/app/api-reference/file-conventions/proxy' },
  { framework: 'React Router', runs: 'request', module: ['@remix-run/node', '@remix-run/server-runtime', '@remix-run/cloudflare', 'react-router'], member: ['LoaderFunction', 'ActionFunction'], source: 'https://remix.run/docs/en/main/route/loader' },
  { framework: 'SvelteKit', runs: 'request', module: ['@sveltejs/kit', './$types', './$types.js'], member: ['RequestHandler', 'PageServerLoad', 'LayoutServerLoad', 'ServerLoad', 'Actions', 'Action', 'Handle', 'HandleFetch', 'HandleServerError'], source: 'https://svelte.dev/docs/kit/@sveltejs-kit' },
  { framework: 'Astro', runs: 'request', module: 'astro', member: ['APIRoute', 'MiddlewareHandler'], source: 'https://docs.astro.build/en/guides/endpoints/' },
  { framework: 'AWS Lambda', runs: 'request', module: 'aws-lambda', member: ['Handler', 'APIGatewayProxyHandler', 'APIGatewayProxyHandlerV2', 'APIGatewayTokenAuthorizerHandler', 'APIGatewayRequestAuthorizerHandler', 'SQSHandler', 'SNSHandler', 'S3Handler', 'DynamoDBStreamHandler', 'KinesisStreamHandler', 'ScheduledHandler', 'EventBridgeHandler', 'ALBHandler'], source: 'https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/aws-lambda' },
  { framework: 'Azure Functions', runs: 'request', module: '@azure/functions', member: ['AzureFunction', 'HttpHandler', 'TimerHandler', 'ServiceBusQueueHandler', 'StorageQueueHandler'], source: 'https://learn.microsoft.com/azure/azure-functions/functions-reference-node' },
  { framework: 'Google Cloud Functions', runs: 'request', module: '@google-cloud/functions-framework', member: ['HttpFunction', 'CloudEventFunction'], source: 'https://github.com/GoogleCloudPlatform/functions-framework-nodejs' },
  { framework: 'Netlify', runs: 'request', module: ['@netlify/functions', '@netlify/edge-functions'], member: ['Handler', 'HandlerWithContext', 'EdgeFunction'], source: 'https://docs.netlify.com/functions/' },
  { framework: 'Cloudflare', runs: 'request', module: ['@cloudflare/workers-types', 'globalThis'], member: ['ExportedHandler', 'PagesFunction', 'ExportedHandlerFetchHandler'], source: 'https://developers.cloudflare.com/workers/runtime-apis/handlers/' },
  { framework: 'node:http', runs: 'request', module: ['node:http', 'node:https'], member: ['RequestListener'], source: 'https://nodejs.org/api/http.html' },
  { framework: 'h3', runs: 'request', module: 'h3', member: ['EventHandler'], source: 'https://h3.dev/guide/basics/handler' },
  { framework: 'BullMQ', runs: 'job', module: 'bullmq', member: 'Processor', source: 'https://docs.bullmq.io/guide/workers' },
  { framework: 'Graphile Worker', runs: 'job', module: 'graphile-worker', member: ['Task', 'TaskList'], source: 'https://worker.graphile.org/docs/tasks' },
  { framework: 'GraphQL', runs: 'request', module: 'graphql', member: ['GraphQLFieldResolver'], source: 'https://graphql.org/graphql-js/type/' },
]

/** Types of parameters that exist once per request: a function that takes one runs per request, handler or not. */
export const requestTypes: readonly HandlerTypeFact[] = [
  { framework: 'Express', runs: 'request', module: ['express', 'express-serve-static-core'], member: ['Request()', 'Response()', 'default.Request()', 'default.Response()'], source: 'https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/express' },
  { framework: 'Koa', runs: 'request', module: ['koa', '@koa/router', 'koa-router'], member: ['Context()', 'ParameterizedContext()', 'RouterContext()', 'ExtendableContext()', 'Koa.Context()'], source: 'https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/koa' },
  { framework: 'Fastify', runs: 'request', module: 'fastify', member: ['FastifyRequest()', 'FastifyReply()'], source: 'https://fastify.dev/docs/latest/Reference/TypeScript/' },
  { framework: 'Hono', runs: 'request', module: 'hono', member: 'Context()', source: 'https://hono.dev/docs/api/context' },
  { framework: 'Hapi', runs: 'request', module: ['@hapi/hapi', 'hapi'], member: ['Request()', 'ResponseToolkit()'], source: 'https://hapi.dev/api/#request' },
  { framework: 'Next.js', runs: 'request', module: ['next', 'next/server'], member: ['NextApiRequest()', 'NextApiResponse()', 'NextRequest()', 'GetServerSidePropsContext()'], source: 'https://nextjs.org/docs/app/api-reference/functions/next-request' },
  { framework: 'node:http', runs: 'request', module: ['node:http', 'node:https', 'node:http2'], member: ['ServerResponse()', 'Http2ServerRequest()', 'Http2ServerResponse()'], source: 'https://nodejs.org/api/http.html#class-httpserverresponse' },
  { framework: 'React Router', runs: 'request', module: ['@remix-run/node', '@remix-run/server-runtime', '@remix-run/cloudflare', 'react-router'], member: ['LoaderFunctionArgs()', 'ActionFunctionArgs()', 'LoaderArgs()', 'ActionArgs()', 'DataFunctionArgs()'], source: 'https://remix.run/docs/en/main/route/loader' },
  { framework: 'SvelteKit', runs: 'request', module: '@sveltejs/kit', member: ['RequestEvent()', 'ServerLoadEvent()'], source: 'https://svelte.dev/docs/kit/@sveltejs-kit' },
  { framework: 'h3', runs: 'request', module: 'h3', member: 'H3Event()', source: 'https://h3.dev/guide/api/h3event' },
  { framework: 'AWS Lambda', runs: 'request', module: 'aws-lambda', member: ['APIGatewayProxyEvent()', 'APIGatewayProxyEventV2()', 'APIGatewayEvent()', 'SQSEvent()', 'SNSEvent()', 'S3Event()', 'DynamoDBStreamEvent()', 'KinesisStreamEvent()', 'ScheduledEvent()', 'CloudFrontRequestEvent()', 'ALBEvent()'], source: 'https://github.com/DefinitelyTyped/DefinitelyTyped/tree/master/types/aws-lambda' },
  { framework: 'Azure Functions', runs: 'request', module: '@azure/functions', member: ['HttpRequest()', 'InvocationContext()'], source: 'https://learn.microsoft.com/azure/azure-functions/functions-reference-node' },
  { framework: 'BullMQ', runs: 'job', module: ['bullmq', 'bull'], member: 'Job()', source: 'https://docs.bullmq.io/guide/workers' },
  { framework: 'Kafka', runs: 'message', module: 'kafkajs', member: ['EachMessagePayload()', 'EachBatchPayload()', 'KafkaMessage()'], source: 'https://kafka.js.org/docs/consuming' },
  { framework: 'AMQP', runs: 'message', module: ['amqplib'], member: ['ConsumeMessage()'], source: 'https://amqp-node.github.io/amqplib/channel_api.html#channel_consume' },
  { framework: 'GraphQL', runs: 'request', module: 'graphql', member: 'GraphQLResolveInfo()', source: 'https://graphql.org/graphql-js/type/' },
]
