/** Code that looks like a handler's and runs once, or only on a developer's machine. */
import type { ApiFact } from '../facts.ts'

/**
 * Events that happen once in the life of an emitter, at its start or end.
 * https://nodejs.org/api/net.html#event-listening, https://nodejs.org/api/stream.html#event-finish,
 * https://nodejs.org/api/process.html#process-events, https://discord.js.org/docs/packages/discord.js/main/Events:Enum,
 * https://fastify.dev/docs/latest/Reference/Hooks/#application-hooks, https://www.electronjs.org/docs/latest/api/app#events
 */
export const onceEvents: ReadonlySet<string> = new Set([
  'listening', 'ready', 'clientReady', 'open', 'connect', 'start', 'started', 'init', 'load', 'boot', 'online', 'spawn',
  'close', 'end', 'finish', 'exit', 'beforeExit', 'disconnect', 'stop', 'shutdown', 'done', 'complete', 'quit', 'will-quit',
  'before-quit', 'window-all-closed', 'whenReady', 'error', 'warning', 'uncaughtException', 'uncaughtExceptionMonitor',
  'unhandledRejection', 'rejectionHandled', 'multipleResolves', 'install', 'activate',
  'onReady', 'onListen', 'onClose', 'preClose', 'onRoute', 'onRegister', 'onPreStart', 'onPostStart', 'onPreStop', 'onPostStop',
])

/** Signals come once as well. https://nodejs.org/api/process.html#signal-events */
export const signalPattern = /^SIG[A-Z]+\d*$/

/** Modules that serve files of a project while it is being developed; a file that starts one waits for one person. */
export const devServerApis: readonly { readonly module: string; readonly member: string; readonly source: string }[] = [
  { module: 'vite', member: 'createServer', source: 'https://vite.dev/guide/api-javascript.html#createserver' },
  { module: 'webpack-dev-server', member: '', source: 'https://webpack.js.org/api/webpack-dev-server/' },
  { module: 'webpack-dev-middleware', member: '', source: 'https://github.com/webpack/webpack-dev-middleware' },
  { module: 'webpack-hot-middleware', member: '', source: 'https://github.com/webpack-contrib/webpack-hot-middleware' },
  { module: 'browser-sync', member: 'create', source: 'https://browsersync.io/docs/api' },
  { module: 'livereload', member: 'createServer', source: 'https://github.com/napcs/node-livereload' },
  { module: '@rspack/dev-server', member: '', source: 'https://rspack.rs/api/javascript-api/' },
  { module: '@web/dev-server', member: 'startDevServer', source: 'https://modern-web.dev/docs/dev-server/overview/' },
]

/** Parsers of command lines: a file that uses one is a command's entry. */
export const commandLineModules: ReadonlySet<string> = new Set([
  // https://github.com/tj/commander.js, https://yargs.js.org, https://oclif.io, and their kin
  'commander', 'yargs', 'yargs/yargs', 'yargs-parser', '@oclif/core', '@oclif/command', 'cac', 'meow', 'sade', 'minimist',
  'mri', 'arg', 'citty', 'clipanion', 'caporal', 'vorpal', 'command-line-args', 'inquirer', '@inquirer/prompts', 'prompts',
  'enquirer', 'ink', 'gluegun', 'nopt', 'optimist', 'dashdash', 'listr', 'listr2', 'ora',
])

/** Calls that end the process. */
export const exitFacts: readonly ApiFact[] = [
  { module: 'node:process', member: ['abort', 'exit', 'kill'], source: 'https://nodejs.org/api/process.html#processexitcode' },
  { module: 'electron', member: ['app.exit', 'app.quit', 'app.relaunch'], source: 'https://www.electronjs.org/docs/latest/api/app#appquit' },
]

/** Names of wrappers that keep what a function returned the first time. https://lodash.com/docs#once, https://lodash.com/docs#memoize */
export const memoiserPattern = /^(?:once|onetime|memo\w*|p?-?memoi[sz]e\w*|lazy\w*|cache[dr]?|singleton\w*|reuse)$/i

/**
 * Words in the names of functions that prepare a system before anybody logs in, in every form that such a name takes.
 * https://www.prisma.io/docs/orm/prisma-migrate/workflows/seeding, https://knexjs.org/guide/migrations.html
 */
export const preparingWords: ReadonlySet<string> = new Set([
  'bootstrap', 'default', 'defaults', 'fixture', 'fixtures', 'initial', 'initialise', 'initialize', 'initialized', 'install',
  'installation', 'installed', 'installer', 'migrate', 'migrated', 'migration', 'migrations', 'migrator', 'postinstall', 'preinstall', 'seed', 'seeded', 'seeder', 'seeding', 'seeds', 'setup',
])

/** Whole names of the same, in lower case: commands of programs and of migrations. */
export const preparingNames: ReadonlySet<string> = new Set(['cli', 'down', 'init', 'main', 'run', 'start', 'up'])

/**
 * Names of what holds on a developer's machine or in a test run alone, and of what holds in production alone: a word of the first kind, a
 * question before it, a word for a place behind it. https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production
 */
export const developmentNames =
  /^_*(?:(?:(?:is|in|use|enable)_?)?(?:dev|development|debug|hmr)(?:_?(?:mode|env|environment|server|build|only))?|(?:is|in)_?(?:test|testing|e2e)(?:_?(?:mode|env|environment))?|(?:test|e2e)_?mode)_*$/i
export const productionNames = /^_*(?:is|in)?_?(?:prod|production|packaged)(?:_?(?:mode|env|environment|build))?_*$/i

/** Values that an environment has on a developer's machine or in a test run. https://jestjs.io/docs/environment-variables#node_env */
export const developmentValues: ReadonlySet<string> = new Set(['dev', 'development', 'local', 'test'])

/** First words of a question about where the program runs: `isDev()`, not a method that happens to be called `debug`. */
export const placeQuestions: ReadonlySet<string> = new Set(['in', 'is'])

/** Folders and files of servers that one developer talks to, and files of what installs a product. */
export const developerFolders = /\/(?:dev-?server|emulators?|simulators?|mock-?servers?|playground)\//i
export const developerFiles = /(?:^|[-_.])dev[-_.]?(?:server|middleware)$/i
export const installerFiles = /^(?:setup|install(?:er|ation)?|onboarding|wizard|first-?run)$/i
