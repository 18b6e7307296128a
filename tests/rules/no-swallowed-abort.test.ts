import rule from '../../rules/no-swallowed-abort.ts'
import { run } from '../support/rule-tester.ts'

/** A retry whose call is given `signal`; `caught` is what the `catch` does. */
const retry = (caught: string, { given = '{ signal }', parameter = 'signal', loop = 'for (let i = 0; i < 5; i++)', before = '', after = '' } = {}) =>
  `export async function load(url, ${parameter}) { ${before}; ${loop} { try { return await fetch(url, ${given}) } catch (error) { ${caught} } ${after} } }`
const again = (signal = 'signal', given = '{ signal }', optional = '') => [{ messageId: 'nextAttempt' as const, data: { call: given.length > 26 ? 'fetch(…)' : `fetch(url, ${given})`, signal, optional } }]

run('js', 'what the catch does', rule, {
  valid: [
    { name: 'it looks at the signal', code: retry('if (signal.aborted) throw error') },
    { name: 'it throws what the signal has', code: retry('signal.throwIfAborted(); console.warn(error)') },
    { name: 'it asks for the name of the error', code: retry("if (error.name === 'AbortError') throw error") },
    { name: 'it asks for the class of the error', code: retry('if (!(error instanceof NetworkError)) throw error') },
    { name: 'it asks for the code of the error', code: retry("switch (error.code) { case 'ECONNRESET': continue; default: throw error }") },
    { name: 'it asks somebody', code: retry('if (!isRetryable(error)) return null') },
    { name: 'it hands the error over', code: retry('await onFailure(error)') },
    { name: 'it throws', code: retry('console.warn(error); throw error') },
    { name: 'it returns', code: retry('return null') },
    { name: 'it leaves the loop', code: retry('break') },
    { name: 'it takes the error apart', code: retry('').replace('catch (error)', 'catch ({ name })') },
    { name: 'it waits with the signal', code: retry('await sleep(100, null, { signal })') },
    { name: 'no loop', code: 'export async function load(url, signal) { try { return await fetch(url, { signal }) } catch { return null } }' },
    { name: 'the loop is around the function', code: 'export function load(urls, signal) { for (const url of urls) { run(async () => { try { return await fetch(url, { signal }) } catch {} }) } }' },
    { name: 'no catch', code: retry('').replace('catch (error) {  }', 'finally { done() }') },
  ],
  invalid: [
    { code: retry('console.warn(error)'), errors: again() },
    { name: 'it says nothing', code: retry(''), errors: again() },
    { name: 'it keeps the error', code: retry('failures.push(error)'), errors: again() },
    { name: 'it tells the text of the error', code: retry('last = error instanceof Error ? error.message : String(error)'), errors: again() },
    { name: 'it counts', code: retry('if (i === 4) throw error'), errors: again() },
    { name: 'it waits without the signal', code: retry('await sleep(100 * i)'), errors: again() },
    { name: 'without a name for the error', code: retry('').replace('catch (error)', 'catch'), errors: again() },
  ],
})

run('js', 'what the loop looks at', rule, {
  valid: [
    { name: 'the signal', code: retry('', { loop: 'while (!signal.aborted)' }) },
    { name: 'the signal, before the next', code: retry('', { loop: 'for (const url of urls)', after: 'if (signal.aborted) return' }) },
    { name: 'a flag', code: retry('', { loop: 'while (!stopped)' }) },
    { name: 'a private flag', code: 'class Loader { async load(url, signal) { while (!this.#closed) { try { await fetch(url, { signal }) } catch {} } } #closed = false }' },
    { name: 'what it goes over is given the signal', code: 'export async function load(find, signal) { for await (const url of find({ signal })) { try { await fetch(url, { signal }) } catch {} } }' },
  ],
  invalid: [
    { name: 'a count', code: retry('', { loop: 'while (n < 5)' }), errors: again() },
    {
      name: 'a list',
      code: 'export async function load(urls, signal) { for (const url of urls) { try { await fetch(url, { signal }) } catch {} } }',
      errors: [{ messageId: 'nextElement', data: { call: 'fetch(url, { signal })', signal: 'signal', optional: '', list: 'urls' } }],
    },
    { name: 'the signal inside of what is caught', code: retry('').replace('return await', 'signal.throwIfAborted(); return await'), errors: again() },
  ],
})

run('js', 'whose signal it is', rule, {
  valid: [
    { name: 'a time limit of each call', code: retry('', { given: '{ signal: AbortSignal.timeout(1000) }' }) },
    { name: 'a time limit, by its name', code: retry('', { parameter: 'ms', before: 'const signal = AbortSignal.timeout(ms)' }) },
    { name: 'only time limits', code: retry('', { given: '{ signal: AbortSignal.any([AbortSignal.timeout(1)]) }' }) },
    { name: 'a controller of each attempt', code: 'export async function load(url) { for (let i = 0; i < 5; i++) { const controller = new AbortController(); try { return await fetch(url, { signal: controller.signal }) } catch {} } }' },
    { name: 'a controller that a timer aborts', code: retry('', { parameter: 'ms', before: 'const controller = new AbortController(); setTimeout(() => controller.abort(), ms)', given: '{ signal: controller.signal }' }) },
    { name: 'a controller that nobody else has', code: retry('', { parameter: 'ms', before: 'const { signal } = new AbortController()' }) },
    { name: 'no signal', code: retry('', { given: '{ method }' }) },
    { name: 'a parameter of a callback in the loop', code: 'export async function load(urls) { for (const url of urls) await withLimit(async (signal) => { try { await fetch(url, { signal }) } catch {} }) }' },
    { name: 'a signal of processes', code: 'process.on("SIGTERM", async (signal) => { for (const stop of handlers) { try { await stop(signal) } catch {} } })' },
    { name: 'not waited for', code: retry('').replace('return await fetch', 'return fetch') },
    { name: 'in a test', code: retry(''), filename: 'src/load.test.js' },
  ],
  invalid: [
    { name: 'with a time limit as well', code: retry('', { given: '{ signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]) }' }), errors: [{ messageId: 'nextAttempt' }] },
    { name: 'with a time limit as well, by its name', code: retry('', { before: 'const both = AbortSignal.any([signal, AbortSignal.timeout(1000)])', given: '{ signal: both }' }), errors: [{ messageId: 'nextAttempt' }] },
    { name: 'of options', code: retry('', { parameter: 'options', given: '{ signal: options.signal }' }), errors: again('options.signal', '{ signal: options.signal }', '?') },
    { name: 'taken out of options', code: retry('', { parameter: '{ signal }' }), errors: again() },
    { name: 'taken out of options in the function', code: retry('', { parameter: 'options', before: 'const { signal } = options' }), errors: again() },
    { name: 'of a field', code: retry('', { given: '{ signal: this.closing.signal }' }), errors: again('this.closing.signal', '{ signal: this.closing.signal }', '?') },
    { name: 'of a controller that somebody aborts', code: retry('', { parameter: 'bus', before: 'const controller = new AbortController(); bus.on("bye", () => controller.abort())', given: '{ signal: controller.signal }' }), errors: again('controller.signal', '{ signal: controller.signal }', '?') },
    { name: 'by its name', code: retry('', { parameter: 'abortSignal', given: 'abortSignal' }), errors: again('abortSignal', 'abortSignal') },
    { name: 'for a child process', code: retry('', { given: '{ cancelSignal: signal }' }), errors: again('signal', '{ cancelSignal: signal }') },
  ],
})

run('annotated', 'by annotation', rule, {
  valid: [
    'export async function stopAll(stops: Stop[], signal: NodeJS.Signals) { for (const stop of stops) { try { await stop(signal) } catch {} } }',
    'export async function run(tasks: Task[], signal: AbortController) { for (const task of tasks) { try { await task({ signal }) } catch {} } }',
  ],
  invalid: [
    { code: 'export async function run(tasks: Task[], signal: AbortSignal) { for (const task of tasks) { try { await task(signal) } catch {} } }', errors: [{ messageId: 'nextElement' }] },
    { code: 'export async function run(tasks: Task[], signal?: AbortSignal) { for (const task of tasks) { try { await task({ signal }) } catch {} } }', errors: [{ messageId: 'nextElement' }] },
  ],
})
