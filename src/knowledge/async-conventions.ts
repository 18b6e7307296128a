/** Names under which frameworks look functions up, and then wait for what they return. */

/**
 * Exports. Next.js https://nextjs.org/docs/app/api-reference/file-conventions/route and data fetching of pages,
 * React Router https://reactrouter.com/start/framework/route-module, SvelteKit https://svelte.dev/docs/kit/load,
 * Astro https://docs.astro.build/en/guides/endpoints/, AWS Lambda https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html,
 * migrations of Knex, Sequelize, Umzug https://knexjs.org/guide/migrations.html, loader hooks of Node
 * https://nodejs.org/api/module.html#customization-hooks, editor extensions https://code.visualstudio.com/api/references/activation-events
 */
export const conventionalExports: ReadonlySet<string> = new Set([
  'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ALL',
  'getServerSideProps', 'getStaticProps', 'getStaticPaths', 'getInitialProps', 'generateStaticParams', 'generateMetadata', 'generateViewport',
  'generateImageMetadata', 'generateSitemaps', 'middleware', 'proxy', 'register', 'onRequestError', 'revalidate',
  'loader', 'action', 'clientLoader', 'clientAction', 'headers', 'meta', 'links', 'handleRequest', 'handleDataRequest', 'handleError',
  'load', 'entries', 'handle', 'handleFetch', 'init', 'reroute', 'onRequest', 'fetch', 'scheduled', 'queue', 'tail', 'email',
  'handler', 'main', 'up', 'down', 'seed', 'resolve', 'initialize', 'activate', 'deactivate', 'setup', 'teardown', 'default',
])

/** Members that the language or libraries of classes look up. https://tc39.es/proposal-explicit-resource-management/ */
export const conventionalMembers: ReadonlySet<string> = new Set(['then', 'next', 'return', 'throw'])

/** Members whose result the language uses at once. https://tc39.es/ecma262/#sec-serializejsonproperty, https://tc39.es/ecma262/#sec-ordinarytoprimitive */
export const synchronousMembers: ReadonlySet<string> = new Set(['toJSON', 'toString', 'valueOf'])

/** Hooks that must be asynchronous or call back. https://fastify.dev/docs/latest/Reference/Hooks/ */
export const waitingHooks: ReadonlySet<string> = new Set([
  'onRequest', 'onSend', 'onResponse', 'onError', 'onTimeout', 'onRequestAbort', 'onReady', 'onListen', 'onClose', 'onRoute', 'onRegister',
])
