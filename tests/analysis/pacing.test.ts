/** Every entry of the tables of timers and waits decides a case, under a name that says nothing. */
import { expect, it } from 'vitest'
import rule from '../../rules/no-await-in-loop.ts'
import race from '../../rules/no-uncancelled-race.ts'
import { timerFacts, waitFacts } from '../../src/knowledge/timers.ts'
import type { ApiFact } from '../../src/knowledge/facts.ts'
import { lint } from '../support/lint.ts'

/** `import { setTimeout as rest } from 'node:timers'`, or what else makes `rest` the function that an entry names. */
function bindings({ module, member }: ApiFact): string[] {
  return [module].flat().flatMap((from) =>
    [member].flat().map((name) => {
      const [first, ...others] = name.split('.')
      if (from === 'globalThis') return `const rest = ${name}`
      if (name === '') return `import rest from '${from}'`
      return others.length === 0 ? `import { ${name} as rest } from '${from}'` : `import { ${first} } from '${from}'\nconst rest = ${name}`
    }),
  )
}

const inLoop = (head: string, wait: string) => lint(rule, `${head}\nexport async function f(ids) { for (const id of ids) { await fetch(id); await ${wait} } }`).length

it.each(waitFacts.flatMap(bindings))('a loop that waits is spaced out: %s', (head) => {
  expect(inLoop(head, 'rest(5)')).toBe(0)
  expect(inLoop(head, 'fetch(id, rest)')).toBe(1)
})

it.each(timerFacts.flatMap(bindings))('a loop that waits for a timer is spaced out: %s', (head) => {
  expect(inLoop(head, 'new Promise((resolve) => rest(resolve))')).toBe(0)
  expect(inLoop(head, 'new Promise((resolve) => fetch(resolve))')).toBe(1)
})

it.each(waitFacts.flatMap((fact) => bindings(fact).map((head) => [head, fact.ms] as const)))('a race against a wait of some milliseconds leaves a timer behind: %s, %s', (head, ms) => {
  const messages = lint(race, `${head}\nexport const f = (job) => Promise.race([job(), rest(5000)])`)
  expect(messages).toHaveLength(ms === null ? 0 : 1)
})
