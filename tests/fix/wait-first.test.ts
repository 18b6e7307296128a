/** The rewritten sums, executed: one after another they give what they gave, all at once they give every part. */
import { expect, it } from 'vitest'
import rule from '../../rules/no-race-across-await.ts'
import { fixed } from '../support/lint.ts'

type Program = (items: readonly number[], load: (item: number) => Promise<number>) => Promise<unknown>

const program = (statement: string, inTurn: boolean): string =>
  inTurn
    ? `for (const item of items) await [item].map(async (item) => { ${statement} })[0]`
    : `await Promise.all(items.map(async (item) => { ${statement} }))`

function runnable(code: string): Program {
  return new Function('items', 'load', `return run(); ${code}`) as Program
}

const wrapped = (statement: string, start: string, inTurn: boolean): string =>
  `async function run() { let sum = ${start}; ${program(statement, inTurn)}; return sum }`

/** Later items are there first. */
const load = async (item: number): Promise<number> => {
  for (let turn = item; turn < 5; turn += 1) await Promise.resolve()
  return item
}

it.each([
  ['a number', 'sum += await load(item)', '10', 16],
  ['the old value named', 'sum = sum + (await load(item))', '10', 16],
  ['a sum with more in it', 'sum = sum + item * (await load(item))', '10', 24],
  ['a list', 'sum = [...sum, await load(item)]', '[]', [3, 2, 1]],
  ['a record', 'sum = { ...sum, [item]: await load(item) }', '{}', { 1: 1, 2: 2, 3: 3 }],
])('keeps every part of %s', async (_, statement, start, whole) => {
  const items = [1, 2, 3]
  const together = wrapped(statement, start, false)
  const rewritten = fixed(rule, together, { settings: { fixes: 'all' } })
  expect(rewritten).not.toBe(together)
  expect(await runnable(together)(items, load)).not.toEqual(whole)
  expect(await runnable(rewritten)(items, load)).toEqual(whole)

  const inTurn = wrapped(statement, start, true)
  expect(await runnable(fixed(rule, inTurn, { settings: { fixes: 'all' } }))(items, load)).toEqual(await runnable(inTurn)(items, load))
})
