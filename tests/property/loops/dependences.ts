/** Real dependences between iterations, by the reason that the analysis has to give for them. */
import type { OrderedReason } from '../../../src/analysis/loops/verdict.ts'
import type { Choices } from './choices.ts'
import type { Source } from './programs.ts'

export interface Dependence {
  readonly reason: OrderedReason
  /** The loop's head, where the dependence lies there. */
  readonly source?: (choices: Choices) => Source
  /** Statements of the body. `values` are numbers of the iteration. */
  readonly body?: (values: readonly string[], choices: Choices) => string[]
  readonly top?: string
  readonly before?: readonly string[]
  /** What `observe` and the result have besides the accumulators. */
  readonly state?: readonly string[]
  /** Where the program stands. */
  readonly filename?: string
  /** No other work is to be added. */
  readonly isOwnWork?: boolean
}

const first = (values: readonly string[]) => values[0] as string

export const dependences: readonly Dependence[] = [
  // carried: a value goes from one iteration to the next
  {
    reason: 'carried',
    before: ['let previous = 1'],
    state: ['previous'],
    body: (values) => [`previous = await load(previous, ${first(values)})`],
  },
  {
    reason: 'carried',
    before: ['let cursor = 1'],
    state: ['cursor'],
    body: (values) => [`const page = await load(cursor, ${first(values)})`, 'cursor = page + 1'],
  },
  {
    reason: 'carried',
    before: ['const state = { n: 1 }'],
    state: ['state'],
    body: (values) => [`state.n = await load(state.n, ${first(values)})`],
  },
  {
    reason: 'carried',
    before: ['const results = []', 'const alias = results'],
    state: ['results'],
    body: (values) => [`results.push(await load(alias.length, ${first(values)}))`],
  },
  {
    reason: 'carried',
    before: ['let current = 1', 'const advance = async (by) => { current = await load(current, by) }'],
    state: ['current'],
    body: (values) => [`await advance(${first(values)})`],
  },
  {
    reason: 'carried',
    top: 'let shared = 1\nasync function step(by) { const n = await load(shared, by); shared = n; return n }',
    state: ['shared'],
    body: (values) => [`await step(${first(values)})`],
  },
  {
    reason: 'carried',
    before: ['const done = new Set()'],
    state: ['done'],
    body: (values) => [`const more = await load(${first(values)})`, 'if (!done.has(more)) await store(more)', 'done.add(more)'],
  },
  {
    reason: 'carried',
    source: () => ({ before: ['const work = [1, 2, 3]'], head: 'for (const x of work)', values: ['x'] }),
    state: ['work'],
    body: (values) => [`const more = await load(${first(values)})`, 'if (work.length < 7) work.push(more)'],
  },
  {
    reason: 'carried',
    before: ['let open = true'],
    state: ['open'],
    body: (values) => [`if (open) open = await check(${first(values)})`],
  },
  {
    reason: 'carried',
    source: () => ({ before: ['const open = new Set([1, 2, 3, 4])'], head: 'for (const x of open)', values: ['x'] }),
    state: ['open'],
    body: (values) => [`const other = await load(${first(values)})`, 'open.delete(1 + (other % 4))'],
  },
  {
    reason: 'carried',
    before: ['const marks = new Set()'],
    state: ['marks'],
    body: (values) => [`const mark = await load(${first(values)})`, 'marks.add(mark % 3)', `marks.delete(${first(values)} % 3)`, `await store(${first(values)})`],
  },
  // control: whether there is a next iteration depends on this one
  { reason: 'control', body: (values) => [`if (await check(${first(values)})) break`] },
  { reason: 'control', body: (values) => [`const found = await load(${first(values)})`, "if (found > 4) return 'found'"] },
  {
    reason: 'control',
    source: () => ({ before: ['let page = 1'], head: 'while (page < 9)', values: ['page'] }),
    body: () => ['page += 1 + (await load(page))'],
    state: ['page'],
  },
  {
    reason: 'control',
    source: () => ({ before: ['let page = 1'], head: 'do', end: ' while (page < 9)', values: ['page'] }),
    body: () => ['page += 1 + (await load(page))'],
    state: ['page'],
  },
  { reason: 'control', body: (values) => [`try {\n  await check(${first(values)})\n} catch {\n  return ${first(values)}\n}`] },
  { reason: 'control', body: (values) => [`try {\n  await check(${first(values)})\n} catch (error) {\n  if (error.message.length > 9) return 'long'\n}`] },
  // same-work: the element has nothing to do with it
  { reason: 'same-work', isOwnWork: true, source: () => ({ head: 'for (let i = 0; i < 3; i++)', values: ['7'] }), before: ['const got = []'], body: () => ['got.push(await next())'], state: ['got'] },
  // ordered-sink: one connection
  {
    reason: 'ordered-sink',
    before: ['const client = new Client()'],
    body: (values) => [`await client.query('select $1', [${first(values)}])`],
  },
  // ordered-call: the elements are steps of something
  {
    reason: 'ordered-call',
    isOwnWork: true,
    source: () => ({
      before: ['const context = { n: 1 }', 'const steps = [1, 2, 3].map((by) => async (c) => { c.n = await load(c.n, by) })'],
      head: 'for (const step of steps)',
      values: ['1'],
    }),
    body: () => ['await step(context)'],
    state: ['context'],
  },
  {
    reason: 'ordered-call',
    before: ['const context = { n: 1 }'],
    body: (values) => [`await visit(${first(values)}, context)`],
    state: ['context'],
  },
  // found-or-made: what one iteration makes, another finds
  {
    reason: 'found-or-made',
    body: (values) => [`const tag = await tags.find(${first(values)} % 2)`, `if (!tag) await tags.create(${first(values)} % 2)`],
  },
  {
    reason: 'found-or-made',
    top: 'async function tagFor(name) {\n  const found = await tags.find(name)\n  return found ?? tags.create(name)\n}',
    body: (values) => [`await tagFor(${first(values)} % 2)`],
  },
  // pacing: the author spaces the work
  { reason: 'pacing', body: () => ['await new Promise((resolve) => setTimeout(resolve, 5))'] },
  { reason: 'pacing', top: 'const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))', body: () => ['await sleep(5)'] },
  // batched: bounded already
  {
    reason: 'batched',
    isOwnWork: true,
    source: () => ({ before: ['const chunks = [[1, 2], [3, 4], [5]]', 'const got = []'], head: 'for (const chunk of chunks)', values: ['1'] }),
    body: () => ['got.push(...(await Promise.all(chunk.map((x) => load(x)))))'],
    state: ['got'],
  },
  // started: the work runs already
  {
    reason: 'started',
    source: () => ({ before: ['const promises = [1, 2, 3].map((x) => load(x))', 'const got = []'], head: 'for (const [i, promise] of promises.entries())', values: ['i'] }),
    body: () => ['got.push(await promise)'],
    state: ['got'],
  },
  // worker: several of these loops run at once and share their list
  {
    reason: 'worker',
    isOwnWork: true,
    source: () => ({
      before: ['const queue = [1, 2, 3, 4, 5]', 'const pool = () => Promise.all([0, 1].map(work))', 'async function work(offset) { while (queue.length > 0) { const item = queue.shift(); await load(item, offset) } }'],
      head: 'for (const round of [1, 2])',
      values: ['1'],
    }),
    body: () => ['await pool()'],
    state: ['queue'],
  },
  // unordered-anyway: there is no second iteration
  { reason: 'unordered-anyway', source: () => ({ head: 'for (const x of [4])', values: ['x'] }) },
  // stated: the author says so
  { reason: 'stated', body: (values) => ['// one at a time, the server cannot take more', `await load(${first(values)})`] },
  // context: nobody waits for a test
  { reason: 'context', filename: 'load.test.js' },
]
