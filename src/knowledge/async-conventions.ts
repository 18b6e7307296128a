/** Names under which frameworks look functions up, and then wait for what they return. */
import { listenerVerbs } from './parameter-names.ts'

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

/**
 * Last parameters through which a function answers, and how many parameters it then has at least: Node's callbacks
 * https://nodejs.org/en/learn/asynchronous-work/javascript-asynchronous-programming-and-callbacks and the middleware of
 * Connect https://github.com/senchalabs/connect#use-middleware. Koa's `(ctx, next)` waits for `next`, and has two.
 */
export const continuationParameters: ReadonlyMap<string, number> = new Map([
  ['callback', 1],
  ['cb', 1],
  ['done', 1],
  ['end', 3],
  ['next', 3],
])

/** `socket.onmessage = …`: event handlers of the platform. What `onbeforeunload` and `onerror` return is looked at. https://html.spec.whatwg.org/multipage/webappapis.html#event-handlers */
export const handlerProperty = /^on(?!beforeunload$|error$)[a-z]+$/

/**
 * Hooks of Rollup's, Vite's and unplugin's plugins, which may all return a plain value or a promise.
 * https://rollupjs.org/plugin-development/#build-hooks, https://vite.dev/guide/api-plugin#vite-specific-hooks
 */
export const pluginHooks: ReadonlySet<string> = new Set([
  'options', 'buildStart', 'resolveId', 'load', 'transform', 'moduleParsed', 'resolveDynamicImport', 'shouldTransformCachedModule', 'buildEnd',
  'closeBundle', 'closeWatcher', 'watchChange', 'renderStart', 'renderChunk', 'renderError', 'augmentChunkHash', 'generateBundle', 'writeBundle',
  'config', 'configResolved', 'configureServer', 'configurePreviewServer', 'transformIndexHtml', 'handleHotUpdate', 'hotUpdate',
])

/** Of those, the names that members of other objects have too. */
export const commonHooks: ReadonlySet<string> = new Set(['options', 'load', 'transform', 'config'])

/** What a plugin's `transform(code, id)` calls the text of a module. https://rollupjs.org/plugin-development/#transform */
export const moduleTexts: ReadonlySet<string> = new Set(['code', 'src', 'source'])

/** Last words of what it calls the module's name, which is a path as a rule. */
export const moduleNameWords: ReadonlySet<string> = new Set(['file', 'filename', 'filepath', 'id', 'path', 'pathname'])

/** Types that somebody waits for. https://promisesaplus.com, http://bluebirdjs.com/docs/api-reference.html */
export const promiseTypes: ReadonlySet<string> = new Set(['Bluebird', 'Promise', 'PromiseLike', 'Thenable'])

/**
 * Words in the names of classes whose objects somebody waits for, and last words of such names: a query or a request is sent when it is awaited.
 * https://knexjs.org/guide/interfaces.html#then, https://mongoosejs.com/docs/api/query.html#Query.prototype.then(), https://github.com/ladjs/superagent
 */
export const thenableWords: ReadonlySet<string> = new Set(['bluebird', 'deferred', 'promise', 'promised', 'query', 'thenable'])
export const thenableEnds: ReadonlySet<string> = new Set(['request'])

/** First and last words of the names of functions of several words that something else calls: `handleLogout`, `useCart`, `beforeSave`; `authMiddleware`. https://react.dev/reference/rules/rules-of-hooks */
export const calledVerbs: ReadonlySet<string> = new Set([...listenerVerbs, 'after', 'before', 'use'])
export const calledKinds: ReadonlySet<string> = new Set(['command', 'handler', 'hook', 'middleware', 'plugin', 'setup', 'teardown'])

/** First words of members that a base class asks its subclasses for: `getId`, `isReady`. https://refactoring.guru/design-patterns/template-method */
export const askedVerbs: ReadonlySet<string> = new Set(['get', 'has', 'is', 'set'])
