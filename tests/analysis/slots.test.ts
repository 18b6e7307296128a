/** Every entry of the table of slots decides a case, and so does every option with which a wait ends. */
import { expect, it } from 'vitest'
import rule from '../../rules/no-misused-limit.ts'
import { slotFacts, wayOutOptions, type SlotFact } from '../../src/knowledge/slots.ts'
import { lint } from '../support/lint.ts'

/** What makes `limiter` of a module, and the call of an entry: `()` is what the product is called by itself. */
function programs(fact: SlotFact): readonly (readonly [name: string, code: string, other: string])[] {
  return [fact.module].flat().flatMap((module) =>
    [fact.member].flat().map((member) => {
      const [, factory = '', method] = /^(.*?)(?:\(\)(?:\.(\w+))?)?$/.exec(member) ?? []
      if (module === 'globalThis') return [member, task(fact, member), task(fact, member.replace('locks', 'keys'))] as const
      const isType = /^(?:LimitFunction|Limit)$/.test(factory)
      const make = (name: string) => (isType ? `declare const limiter: ${name}` : `const limiter = new ${name}(2)`)
      const imported = (from: string, name: string) => `import ${name ? `{ ${name} }` : 'limiting'} from '${from}'\n${make(name || 'limiting')}\n`
      const body = task(fact, method ? `limiter.${method}` : 'limiter')
      return [`${module} ${member}`, imported(module, factory) + body, imported('./other', factory && 'Plain') + body] as const
    }),
  )
}

/** Code that holds a slot and waits for another, for every call of a function that other files call. */
function task({ holds, task: [at = 0] = [], key }: SlotFact, call: string): string {
  const first = key === undefined ? 'list' : "'key'"
  const run = (inner: string) => `${call}(${'x, '.repeat(at).replace('x', first)}async () => { ${inner} })`
  switch (holds) {
    case 'runs':
      return `export const f = (list) => ${run(`await ${run('')}`)}`
    case 'takes':
      return `export async function f() { const release = await ${call}(); try { await ${call}() } finally { release() } }`
    case 'drains':
      return `export const f = () => ${call.replace(/\.\w+$/, call.includes('wait') ? '.runExclusive' : call.includes('onIdle') ? '.add' : '.run')}(async () => { await ${call}() })`
  }
}

it.each(slotFacts.flatMap(programs))('waits for itself: %s', (_, code, other) => {
  expect(lint(rule, code)).toHaveLength(1)
  const isByName = other.includes('runExclusive') && !other.includes('waitForUnlock')
  expect(lint(rule, other)).toHaveLength(isByName ? 1 : 0)
})

it.each(wayOutOptions)('a wait that ends: %s', (option) => {
  const code = (name: string) => `import PQueue from 'p-queue'\nconst queue = new PQueue({ concurrency: 2, ${name}: 1000 })\nexport const f = () => queue.add(async () => { await queue.add(() => 1) })`
  expect(lint(rule, code('other'))).toHaveLength(1)
  expect(lint(rule, code(option))).toHaveLength(0)
})
