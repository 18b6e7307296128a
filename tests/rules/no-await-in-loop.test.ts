import rule from '../../rules/no-await-in-loop.ts'
import { run } from '../support/rule-tester.ts'

/** Rewrites have tests of their own (tests/fix/loop); here it counts whether there is one. */
const independent = [{ messageId: 'independentIterations', suggestions: 1 as never }] as const

run('js', 'independent and carried', rule, {
  valid: [
    'async function f(ids) { let last; for (const id of ids) last = await fetch(id, last) }',
    'async function f(ids) { for (const id of ids) { if (await fetch(id)) return id } }',
  ],
  invalid: [
    { code: 'async function f(ids) { const out = []; for (const id of ids) out.push(await fetch(id)); return out }', errors: [...independent] },
  ],
})
