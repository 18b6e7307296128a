/**
 * What APIs do with what their callbacks return. It decides whether a callback has to return a promise.
 *
 * - `dropped`: the result is ignored; an `async` callback that throws becomes an unhandled rejection.
 * - `adopted`: awaited, or passed to `Promise.resolve`; a plain value does as well.
 * - `required`: it must be a promise: `then` is called on it, or the kind of function is asked.
 */
import type { ApiFact } from './facts.ts'

export type CallbackResult = 'dropped' | 'adopted' | 'required' | 'tested' | 'collected'

export interface CallbackFact extends ApiFact {
  readonly result: 'dropped' | 'adopted' | 'required'
}

const routes = ['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all', 'use', 'param', 'on']
/** Routes chain: `express().use(…).get(…)`. */
const chained = routes.map((name) => `**.${name}`)

export const callbackFacts: readonly CallbackFact[] = [
  // Timers and the event loop
  { module: 'globalThis', member: ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback'], result: 'dropped', source: 'https://developer.mozilla.org/docs/Web/API/Window/setTimeout' },
  { module: 'node:timers', member: ['setTimeout', 'setInterval', 'setImmediate'], result: 'dropped', source: 'https://nodejs.org/api/timers.html' },
  { module: 'node:process', member: ['nextTick', 'on', 'once'], result: 'dropped', source: 'https://nodejs.org/api/process.html#processnexttickcallback-args' },
  { module: 'globalThis', member: ['addEventListener', 'removeEventListener'], result: 'dropped', source: 'https://dom.spec.whatwg.org/#interface-eventtarget' },
  { module: 'globalThis', member: 'Promise', result: 'dropped', source: 'https://tc39.es/ecma262/#sec-promise-executor' },
  { module: 'globalThis', member: ['MutationObserver', 'IntersectionObserver', 'ResizeObserver', 'PerformanceObserver'], result: 'dropped', source: 'https://dom.spec.whatwg.org/#notify-mutation-observers' },
  // Node
  { module: ['node:http', 'node:https'], member: ['createServer', 'get', 'request'], result: 'dropped', source: 'https://nodejs.org/api/http.html#httpcreateserveroptions-requestlistener' },
  { module: 'node:http2', member: ['createServer', 'createSecureServer'], result: 'dropped', source: 'https://nodejs.org/api/http2.html' },
  { module: ['node:net', 'node:tls'], member: ['createServer', 'connect', 'createConnection'], result: 'dropped', source: 'https://nodejs.org/api/net.html#netcreateserveroptions-connectionlistener' },
  { module: 'node:fs', member: '*', result: 'dropped', source: 'https://nodejs.org/api/fs.html#callback-api' },
  { module: 'node:child_process', member: ['exec', 'execFile'], result: 'dropped', source: 'https://nodejs.org/api/child_process.html#child_processexeccommand-options-callback' },
  { module: 'node:util', member: 'callbackify', result: 'required', source: 'https://nodejs.org/api/util.html#utilcallbackifyoriginal' },
  // Web frameworks. Express 4 ignores the result; Express 5 calls `catch` on it only if it is a promise.
  { module: 'express', member: chained, result: 'dropped', source: 'https://expressjs.com/en/guide/error-handling.html' },
  { module: ['koa', '@koa/router', 'koa-router'], member: chained, result: 'adopted', source: 'https://github.com/koajs/compose/blob/master/index.js' },
  { module: 'hono', member: [...chained, '**.onError', '**.notFound'], result: 'adopted', source: 'https://hono.dev/docs/api/routing' },
  // A handler of Fastify that is not async must call `reply.send`; what it returns is sent only if it is a promise.
  { module: 'fastify', member: '**', result: 'required', source: 'https://fastify.dev/docs/latest/Reference/Routes/#async-await' },
  // Components
  { module: ['react', 'preact/hooks'], member: ['useEffect', 'useLayoutEffect', 'useInsertionEffect'], result: 'dropped', source: 'https://react.dev/reference/react/useEffect' },
  { module: 'vue', member: ['onMounted', 'onUnmounted', 'onBeforeMount', 'onBeforeUnmount', 'onUpdated', 'watch', 'watchEffect', 'nextTick'], result: 'dropped', source: 'https://vuejs.org/api/composition-api-lifecycle.html' },
  // Command lines
  { module: 'commander', member: '**.action', result: 'adopted', source: 'https://github.com/tj/commander.js#action-handler' },
  { module: 'yargs', member: ['**.command', '**.middleware', '**.check', '**.fail'], result: 'adopted', source: 'https://github.com/yargs/yargs/blob/main/docs/api.md#commandcmd-desc-builder-handler' },
  { module: 'electron', member: 'ipcMain.handle', result: 'adopted', source: 'https://www.electronjs.org/docs/latest/api/ipc-main#ipcmainhandlechannel-listener' },
  // Whoever executes the command gets a promise of what it returns, whatever that is.
  { module: 'vscode', member: 'commands.registerCommand', result: 'adopted', source: 'https://code.visualstudio.com/api/references/vscode-api#commands' },
  // Lists and limits: their callbacks may return plain values
  { module: ['p-map', 'p-filter', 'p-each-series', 'p-map-series', 'p-reduce', 'p-props', 'p-times', 'p-retry', 'p-all', 'p-series', 'p-waterfall', 'p-try'], member: '', result: 'adopted', source: 'https://github.com/sindresorhus/promise-fun' },
  { module: 'p-limit', member: '()()', result: 'adopted', source: 'https://github.com/sindresorhus/p-limit/blob/main/index.js' },
  { module: 'p-queue', member: ['().add', '().addAll'], result: 'adopted', source: 'https://github.com/sindresorhus/p-queue/blob/main/source/index.ts' },
  { module: ['lodash', 'lodash-es', 'underscore'], member: ['forEach', 'each', 'forOwn', 'forIn'], result: 'dropped', source: 'https://lodash.com/docs/#forEach' },
  { module: ['lodash/forEach', 'lodash/each'], member: '', result: 'dropped', source: 'https://lodash.com/docs/#forEach' },
  // `async` tells by the kind of the function whether it takes a callback.
  { module: 'async', member: '**', result: 'required', source: 'https://caolan.github.io/async/v3/global.html#AsyncFunction' },
  { module: 'bullmq', member: ['Worker', 'Worker()'], result: 'required', source: 'https://docs.bullmq.io/guide/workers' },
  { module: ['cron', 'node-cron', 'node-schedule'], member: ['CronJob', 'CronJob.from', 'schedule', 'scheduleJob'], result: 'dropped', source: 'https://github.com/kelektiv/node-cron#api' },
  { module: 'chokidar', member: '**.on', result: 'dropped', source: 'https://github.com/paulmillr/chokidar#methods--events' },
]

/**
 * Methods that mean the same wherever they stand: the protocol of promises, the methods of arrays and observables,
 * the ways to register a listener, and a name that only Commander has, whose programs are seldom where they are made
 * https://github.com/tj/commander.js#override-exit-and-output-handling. https://promisesaplus.com, https://rxjs.dev/api/index/class/Observable#subscribe,
 * https://nodejs.org/api/events.html, https://dom.spec.whatwg.org/#interface-eventtarget
 */
export const callbackMethods: ReadonlyMap<string, CallbackResult> = new Map([
  ['then', 'adopted'],
  ['catch', 'adopted'],
  ['finally', 'adopted'],
  ['forEach', 'dropped'],
  ['subscribe', 'dropped'],
  ['exitOverride', 'dropped'],
  ['map', 'collected'],
  ['flatMap', 'collected'],
  ['filter', 'tested'],
  ['some', 'tested'],
  ['every', 'tested'],
  ['find', 'tested'],
  ['findIndex', 'tested'],
  ['findLast', 'tested'],
  ['findLastIndex', 'tested'],
])

/** Methods that register a listener where their first argument is the event's name. */
export const listenerMethods: ReadonlySet<string> = new Set([
  'on', 'once', 'off', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener', 'removeListener', 'removeEventListener',
])

/**
 * Methods that must be called in the turn in which an event or request arrives. https://nodejs.org/api/stream.html#two-reading-modes,
 * https://developer.mozilla.org/docs/Web/API/Event/preventDefault, https://developer.mozilla.org/docs/Web/API/FetchEvent/respondWith
 */
export const turnMethods: ReadonlySet<string> = new Set(['addEventListener', 'addListener', 'on', 'once', 'pipe', 'preventDefault', 'respondWith', 'resume', 'waitUntil'])

/** Events of editors, called with their listener: `workspace.onDidSaveTextDocument(save)`. https://code.visualstudio.com/api/references/vscode-api#Event */
export const eventCall = /^onDid[A-Z]/

/**
 * What frameworks do with what their handlers return, by the names in `knowledge/handlers`. Those not listed are not
 * known to take plain values. https://expressjs.com/en/guide/error-handling.html, https://hapi.dev/api/#lifecycle-methods,
 * https://github.com/koajs/compose, https://hono.dev/docs/api/routing, https://elysiajs.com/essential/handler,
 * https://h3.dev/guide/basics/handler, https://trpc.io/docs/server/procedures, https://nodejs.org/api/events.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html, https://fastify.dev/docs/latest/Reference/Routes/#async-await,
 * http://restify.com/docs/home/ (a handler that is not async must call `next`), https://dom.spec.whatwg.org/#interface-eventtarget
 */
export const handlerResults: ReadonlyMap<string, 'dropped' | 'adopted' | 'required'> = new Map([
  ...['Express', 'Connect', 'node:http', 'node:net', 'WebSocket', 'socket.io', 'SockJS', 'EventEmitter', 'timer', 'Discord', 'Cron', 'Service worker'].map((name) => [name, 'dropped'] as const),
  ...['Koa', 'Hono', 'Hapi', 'Elysia', 'h3', 'Nuxt', 'Deno', 'Bun', 'tRPC', 'Electron'].map((name) => [name, 'adopted'] as const),
  ...['Fastify', 'AWS Lambda', 'restify'].map((name) => [name, 'required'] as const),
])

/** The version of Express from which it hands the rejections of handlers to `next`. https://expressjs.com/en/guide/error-handling.html */
export const expressHearsFrom: readonly [major: number, minor: number] = [5, 0]

/** Methods that take routes and middleware. https://expressjs.com/en/5x/api.html#app.METHOD */
export const routeMethods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'use'])

/**
 * Properties of components under which the element inside gets a listener of that name, whose result nobody looks at.
 * https://react.dev/reference/react-dom/components/common#common-props, https://reactnative.dev/docs/pressable
 */
export const elementEvents: ReadonlySet<string> = new Set([
  'onClick', 'onDoubleClick', 'onContextMenu', 'onKeyDown', 'onKeyUp', 'onKeyPress', 'onFocus', 'onBlur', 'onScroll', 'onWheel',
  ...['Down', 'Up', 'Enter', 'Leave', 'Move', 'Over', 'Out'].flatMap((phase) => [`onMouse${phase}`, `onPointer${phase}`]),
  ...['Start', 'End', 'Move'].map((phase) => `onTouch${phase}`),
  ...['', 'Enter', 'Leave', 'Over', 'Start', 'End'].map((phase) => `onDrag${phase}`),
  'onDrop', 'onPress', 'onLongPress', 'onPressIn', 'onPressOut',
])

/** Properties of components that ask whether they are given a promise. https://formik.org/docs/api/formik#onsubmit */
export const waitingProperties: ReadonlySet<string> = new Set(['onSubmit'])

/** Calls that give back the function that they are given, or one that does the same. */
export const identities: readonly ApiFact[] = [
  { module: ['react', 'preact/hooks'], member: 'useCallback', source: 'https://react.dev/reference/react/useCallback' },
  { module: 'react', member: 'useEffectEvent', source: 'https://react.dev/reference/react/useEffectEvent' },
  { module: 'ahooks', member: 'useMemoizedFn', source: 'https://ahooks.js.org/hooks/use-memoized-fn' },
  { module: 'usehooks-ts', member: 'useEventCallback', source: 'https://usehooks-ts.com/react-hook/use-event-callback' },
]

/** Modules that make of a function with a callback one that gives a promise, by their specifier or their last part: `es6-promisify`, `../utils/promisify`. https://github.com/sindresorhus/pify */
export const promisifiers = /^pify$|(?:^|[/.-])promisify(?:\.[cm]?[jt]s)?$/
