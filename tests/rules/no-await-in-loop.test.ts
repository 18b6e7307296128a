import rule from '../../rules/no-await-in-loop.ts'
import { run } from '../support/rule-tester.ts'

const independent = [{ messageId: 'independentIterations' }] as const

run('js', 'independent and carried', rule, {
  valid: [
    'async function f(ids) { let last; for (const id of ids) last = await fetch(id, last) }',
    'async function f(ids) { for (const id of ids) { if (await fetch(id)) return id } }',
  ],
  invalid: [
    { code: 'async function f(ids) { const out = []; for (const id of ids) out.push(await fetch(id)); return out }', errors: [...independent] },
  ],
})
