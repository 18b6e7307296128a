/** Where the limit of a library's queue is put, and where it is left to a person. */
import { expect, it } from 'vitest'
import rule from '../../rules/no-unbounded-queue.ts'
import { fixed } from '../support/lint.ts'

const rewritten = (code: string): string => fixed(rule, code, { settings: { fixes: 'all' } })
/** A queue whose tasks come from outside. */
const fed = (load: string, create: string, feed: string): string => `import ${load}\nconst queue = ${create}\nexport const add = (task) => queue.${feed}(task)\n`

it.each([
  ['a constructor without parentheses', "PQueue from 'p-queue'", 'new PQueue', 'add', 'new PQueue({ concurrency: 10 })'],
  ['options without the one', "Piscina from 'piscina'", "new Piscina({ filename: 'w.js' })", 'run', "new Piscina({ maxQueue: 1000, filename: 'w.js' })"],
  ['no argument at all', "Piscina from 'piscina'", 'new Piscina()', 'run', 'new Piscina({ maxQueue: 1000 })'],
  ['an argument before the options', "workerpool from 'workerpool'", "workerpool.pool('w.js')", 'exec', "workerpool.pool('w.js', { maxQueueSize: 1000 })"],
])('adds it to %s', (_, load, create, feed, expected) => {
  expect(rewritten(fed(load, create, feed))).toBe(fed(load, expected, feed))
})

it.each([
  ['an argument before it is missing', "workerpool from 'workerpool'", 'workerpool.pool()', 'exec'],
  ['what is dropped when it is full is a decision', "Bottleneck from 'bottleneck'", 'new Bottleneck({ maxConcurrent: 3 })', 'schedule'],
])('adds none where %s', (_, load, create, feed) => {
  const code = fed(load, create, feed)
  expect(rewritten(code)).toBe(code)
})
