import { expect, it } from 'vitest'
import rule from '../../rules/no-await-in-loop.ts'
import { batchFacts, boundingFacts } from '../../src/knowledge/limiters.ts'
import { lint } from '../support/lint.ts'

const count = (code: string) => lint(rule, `import { mapBounded } from 'eslint-plugin-bounded/runtime'\nimport pMap from 'p-map'\n${code}`).length

it.each([
  ['the mapper of the helper', 'await mapBounded(groups, async (group) => { for (const id of group.ids) await fetch(id) }, { concurrency: 4 })'],
  ['the mapper of p-map', 'await pMap(groups, async (group) => { for (const id of group.ids) await fetch(id) }, { concurrency: 4 })'],
  [
    'workers that empty one list',
    'const queue = [...ids]; const worker = async () => { while (queue.length > 0) { const id = queue.shift(); await fetch(id) } }; await Promise.all([worker(), worker()])',
  ],
  [
    'workers that share an iterator',
    'const all = ids.values(); await Promise.all(Array.from({ length: 4 }, async () => { for (const id of all) await fetch(id) }))',
  ],
  [
    'workers that are given one iterator',
    'await Promise.all(Array(4).fill(ids.values()).map(async (all) => { for (const id of all) await fetch(id) }))',
  ],
])('is silent in %s', (_, body) => {
  expect(count(`export async function run(groups, ids) { ${body} }`)).toBe(0)
})

it.each([
  ['a function that is no mapper', 'const load = async (group) => { for (const id of group.ids) await fetch(id) }; return load'],
  ['a list of its own', 'const queue = [...ids]; while (queue.length > 0) { const id = queue.shift(); await fetch(id) }'],
  ['groups that run together, each over its own items', 'await Promise.all(groups.map(async (group) => { for (const id of group.ids) await fetch(id) }))'],
])('reports in %s', (_, body) => {
  expect(count(`export async function run(groups, ids) { ${body} }`)).toBe(1)
})

it.each(boundingFacts.flatMap(({ module }) => module))('is silent in what %s is given to run, and not in what another is', (module) => {
  const code = (from: string) => `import * as pool from '${from}'\nexport const run = (groups) => pool.start(groups, async (group) => { for (const id of group.ids) await fetch(id) })`
  expect(lint(rule, code(module))).toHaveLength(0)
  expect(lint(rule, code('./other'))).toHaveLength(1)
})

it.each(batchFacts.flatMap(({ module }) => module))('is silent where an iteration waits for a batch of %s', (module) => {
  const code = (call: string) => `import * as pool from '${module}'\nexport async function run(ids) { for (const id of ids) await ${call} }`
  expect(lint(rule, code('pool.start([fetch(id)])'))).toHaveLength(0)
  expect(lint(rule, code('fetch(id, pool)'))).toHaveLength(1)
})
