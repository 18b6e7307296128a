import rule from '../../rules/require-await.ts'
import { run } from '../support/rule-tester.ts'

run('js', 'who needs the promise', rule, {
  valid: [
    {
      name: 'the same function, but it waits',
      code: 'async function double(x) { return (await read(x)) * 2 }\nexport async function g() { return (await double(2)) + 1 }',
    },
    {
      name: 'somebody chains on the promise',
      code: 'async function double(x) { return x * 2 }\nexport function g() { return double(2).then(show) }',
    },
  ],
  invalid: [
    {
      name: 'one caller, and it awaits',
      code: 'async function double(x) { return x * 2 }\nexport async function g() { await io(); return (await double(2)) + 1 }',
      output: 'function double(x) { return x * 2 }\nexport async function g() { await io(); return (double(2)) + 1 }',
      errors: [{ messageId: 'awaitedForNothing', line: 1, column: 1, endColumn: 22 }],
    },
  ],
})
