/** How people write of aborts, and of what they do with an error without looking at it. */

/**
 * Names under which a call takes the signal that ends it.
 * https://developer.mozilla.org/docs/Web/API/RequestInit#signal, https://nodejs.org/api/child_process.html#child_processspawncommand-args-options,
 * https://github.com/sindresorhus/execa/blob/main/docs/termination.md#canceling
 */
export const signalOptions: ReadonlySet<string> = new Set(['abortSignal', 'cancelSignal', 'signal'])

/** Words in the names of what is looked at by code that minds whether it is to end: `signal.aborted`, `isCancel(error)`, `this.stopped`. */
export const endWords = /abort|cancel|signal|stop|clos(?:e|ing)|dispos|shut|destroy|terminat|running|alive|ended/i

/** Words in the names of calls that take an error down, and do not ask what it is. https://developer.mozilla.org/docs/Web/API/console, https://docs.sentry.io/platforms/javascript/usage/ */
export const notingWords: ReadonlySet<string> = new Set([
  'add', 'capture', 'console', 'debug', 'error', 'fail', 'failed', 'info', 'log', 'logger', 'message', 'notice', 'push', 'report', 'string', 'stringify', 'trace', 'verbose', 'warn', 'warning',
])
