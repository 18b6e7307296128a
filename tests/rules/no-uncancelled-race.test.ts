import noUncancelledRace from '../../rules/no-uncancelled-race.ts'
import { run } from '../support/rule-tester.ts'

const all = [{ fixes: 'all' }] as const
const HELPER = "import { withTimeout } from 'eslint-plugin-bounded/runtime'"

run('js', 'timers that nobody can clear', noUncancelledRace, {
  valid: [
    'export async function f(job) { let timer; try { return await Promise.race([job(), new Promise((_, reject) => { timer = setTimeout(reject, 5000) })]) } finally { clearTimeout(timer) } }',
    'export async function f(job) { let timer; const late = new Promise((_, reject) => { timer = setTimeout(reject, 5000) }); return Promise.race([job(), late]).finally(() => clearTimeout(timer)) }',
    'export const f = (job) => Promise.race([job(), new Promise((_, reject) => setTimeout(reject, 5000).unref())])',
    'export const f = (job) => Promise.race([job(), new Promise((_, reject) => setTimeout(reject, 50))])',
    'export const f = (job, other) => Promise.race([job(), other()])',
    "import { once } from 'node:events'; export const f = (e) => Promise.race([once(e, 'open'), once(e, 'error')])",
    'export const f = (job) => Promise.all([job(), new Promise((_, reject) => setTimeout(reject, 5000))])',
    'export const f = (job, Promise) => Promise.race([job(), new Promise((_, reject) => setTimeout(reject, 5000))])',
    'export const f = (job, socket) => Promise.race([job(), new Promise((_, reject) => { socket.on("end", reject); setTimeout(reject, 5000) })])',
    { code: 'export const f = (job) => Promise.race([job(), new Promise((_, reject) => setTimeout(reject, 5000))])', filename: 'src/f.test.js' },
    "import { createRoot } from 'react-dom/client'; export const f = (job) => Promise.race([job(), new Promise((_, reject) => setTimeout(reject, 5000))])",
  ],
  invalid: [
    {
      code: "export const f = (job) => Promise.race([job(), new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000))])",
      errors: [{
        messageId: 'timerDropped', line: 1, column: 27, endColumn: 39, data: { ms: '5 s', work: 'job(…)' },
        suggestions: [{
          messageId: 'useWithTimeout',
          data: { helper: 'withTimeout' },
          output: `${HELPER}\nexport const f = (job) => withTimeout(() => job(), 5000, { message: 'late' })`,
        }],
      }],
    },
    {
      code: 'export const f = (job, ms) => Promise.race([job(), new Promise((_, reject) => setTimeout(reject, ms))]);',
      options: all,
      output: `${HELPER};\nexport const f = (job, ms) => withTimeout(() => job(), ms);`,
      errors: [{ messageId: 'timerDropped', data: { ms: '`ms` ms', work: 'job(…)' } }],
    },
    {
      code: 'export async function f(job, ms) {\n  const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`after ${ms}`)), ms));\n  return Promise.race([job, late]);\n}',
      options: all,
      output: `${HELPER};\nexport async function f(job, ms) {\n  return withTimeout(() => job, ms, { message: \`after \${ms}\` });\n}`,
      errors: [{ messageId: 'timerDropped' }],
    },
    {
      code: 'export async function f(job, next) {\n  return Promise.race([job(await next), new Promise((_, reject) => setTimeout(reject, 5000))]);\n}',
      options: all,
      output: `${HELPER};\nexport async function f(job, next) {\n  return withTimeout(async () => job(await next), 5000);\n}`,
      errors: [{ messageId: 'timerDropped' }],
    },
    {
      code: 'export const f = (job) => Promise.race([job(), new Promise((resolve) => setTimeout(resolve, 5000))])',
      options: all,
      errors: [{ messageId: 'timerDropped' }],
    },
    {
      code: 'export const f = (job, socket) => Promise.race([job(), new Promise((_, reject) => setTimeout(() => { socket.destroy(); reject(new Error()) }, 5000))])',
      options: all,
      errors: [{ messageId: 'timerDropped' }],
    },
  ],
})

run('js', 'timers that nobody clears', noUncancelledRace, {
  valid: [
    'export class A { async f(job) { const late = new Promise((_, reject) => { this.timer = setTimeout(reject, 5000) }); await Promise.race([job(), late]); clearTimeout(this.timer) } }',
    'export async function f(job, timers) { const late = new Promise((_, reject) => { const timer = setTimeout(reject, 5000); timers.push(timer) }); await Promise.race([job(), late]) }',
  ],
  invalid: [
    {
      code: 'export class A { async f(job) { const late = new Promise((_, reject) => { this.timer = setTimeout(reject, 5000) }); await Promise.race([job(), late]) } }',
      errors: [{
        messageId: 'timerKept', data: { ms: '5 s', work: 'job(…)' },
      }],
    },
  ],
})

run('js', 'delays without a signal', noUncancelledRace, {
  valid: [
    "import { setTimeout } from 'node:timers/promises'; export const f = (job, signal) => Promise.race([job(), setTimeout(5000, null, { signal })])",
    "import { setTimeout } from 'node:timers/promises'; export const f = (job) => Promise.race([job(), setTimeout(1000)])",
    "import { sleep } from './sleep.js'; export const f = (job, signal) => Promise.race([job(), sleep(5000, signal)])",
    'function delay(ms) { return new Promise((resolve) => setTimeout(resolve, ms).unref()) } export const f = (job) => Promise.race([job(), delay(5000)])',
    'export const f = (queue, job) => Promise.race([job(), queue.wait()])',
  ],
  invalid: [
    {
      code: "import { setTimeout } from 'node:timers/promises'; export const f = (job) => Promise.race([job(), setTimeout(5000)])",
      errors: [{ messageId: 'delayNotCancelled', data: { timer: 'setTimeout(…)', ms: '5 s', work: 'job(…)' } }],
    },
    {
      code: "import { sleep } from './sleep.js'; export const f = (job) => Promise.race([job(), sleep(5000)])",
      errors: [{ messageId: 'delayNotCancelled' }],
    },
    {
      code: 'function delay(ms) { return new Promise((resolve) => setTimeout(resolve, ms)) } export const f = (job) => Promise.race([job(), delay(5000)])',
      errors: [{ messageId: 'timerDropped', data: { ms: '5 s', work: 'job(…)' } }],
    },
    {
      code: "const delay = require('./delay')\nexports.f = (job, ms) => Promise.race([job, delay(ms).then(() => Promise.reject(new Late('late')))])",
      options: all,
      output: "const delay = require('./delay')\nconst { withTimeout } = require('eslint-plugin-bounded/runtime')\nexports.f = (job, ms) => withTimeout(() => job, ms, { message: 'late' })",
      errors: [{ messageId: 'delayNotCancelled' }],
    },
  ],
})

run('js', 'possible: the work runs on', noUncancelledRace, {
  valid: [
    'export async function f(job) { let timer; try { return await Promise.race([job(), new Promise((_, reject) => { timer = setTimeout(reject, 5000) })]) } finally { clearTimeout(timer) } }',
    {
      code: 'export async function f(job) { let timer; const c = new AbortController(); try { return await Promise.race([job(c.signal), new Promise((_, reject) => { timer = setTimeout(() => { c.abort(); reject() }, 5000) })]) } finally { clearTimeout(timer) } }',
      options: [{ report: 'possible' }],
    },
  ],
  invalid: [
    {
      code: 'export async function f(job) { let timer; try { return await Promise.race([job(), new Promise((_, reject) => { timer = setTimeout(reject, 5000) })]) } finally { clearTimeout(timer) } }',
      options: [{ report: 'possible' }],
      errors: [{
        messageId: 'workNotCancelled', data: { work: 'job(…)' },
      }],
    },
  ],
})
