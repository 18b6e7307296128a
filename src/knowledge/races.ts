/** Words by which functions say whether it hurts that they run twice at once. */

/**
 * Verbs of functions that make something which stays open and must be closed: a connection, a process, a browser, a queue.
 * Made twice, one of the two is lost and stays open; a value that was only worked out twice is the same.
 * https://nodejs.org/api/net.html#netconnect, https://pptr.dev/api/puppeteer.puppeteernode.launch,
 * https://nodejs.org/api/child_process.html#child_processspawncommand-args-options, https://nodejs.org/api/fs.html#fspromisesopenpath-flags-mode
 */
export const openingVerbs: ReadonlySet<string> = new Set([
  'acquire', 'boot', 'connect', 'create', 'dial', 'establish', 'fork', 'launch', 'listen', 'open', 'register', 'reserve', 'serve', 'spawn', 'start', 'subscribe', 'watch',
])

/**
 * Verbs of methods that a program calls once, at its start. https://docs.nestjs.com/fundamentals/lifecycle-events,
 * https://fastify.dev/docs/latest/Reference/Hooks/#application-hooks
 */
export const lifecycleVerbs: ReadonlySet<string> = new Set([
  'activate', 'boot', 'bootstrap', 'configure', 'init', 'initialise', 'initialize', 'install', 'launch', 'listen', 'main', 'mount', 'on', 'open', 'prepare', 'run', 'serve',
  'set', 'setup', 'start', 'up',
])
