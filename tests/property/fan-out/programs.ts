/** Programs with one fan-out over a list that callers pass, in every shape that the rewrite knows. */
import fc from 'fast-check'

export interface FanOutProgram {
  readonly code: string
  /** The mapper may throw before it gives a promise. */
  readonly mayThrow: boolean
  readonly settled: boolean
}

const lists = [
  'ids',
  'ids.slice(1)',
  "ids.filter((id) => id !== 'c')",
  '[...new Set(ids)]',
  "(await list('ids', ids.length))",
  'ids.concat(ids)',
]

/** Bodies of `async (id, i) => …` with the operations that they start; what they push, they push before they wait. */
const bodies = [
  '{ return fetch(id) }',
  '{ const answer = await fetch(`${id}/${i}`); return answer.json() }',
  '{ started.push(i); const text = await readFile(String(id), "utf8"); return text.length }',
  '{ started.push(id); await axios.post("/items", id); return load(i) }',
  '{ try { return await load(id) } catch { return -1 } }',
  '{ if (i === 1) return null; await store(id, i) }',
  '{ const [a, b] = [await load(id), await load(i)]; return a + b }',
  '{ const fetched = await load(id); throw new RangeError(`${id} ${fetched}`) }',
]

const asynchronous = fc.constantFrom(...bodies).chain((body) =>
  fc.constantFrom(`async (id, i) => ${body}`, `async function (id, i) ${body}`, 'work').map((mapper) => ({
    mapper,
    declared: mapper === 'work' ? `async function work(id, i) ${body}\n` : '',
    mayThrow: false,
  })),
)

const synchronous = fc
  .constantFrom('(id) => load(id)', '(id, i) => store(id, i)', '(id) => fetch(id).then((answer) => answer.text())', 'function (id) { return load(id) }')
  .map((mapper) => ({ mapper, declared: '', mayThrow: true }))

const places: readonly ((call: (promises: string) => string, promises: string) => string)[] = [
  (call, promises) => `return await ${call(promises)}`,
  (call, promises) => `return ${call(promises)}`,
  (call, promises) => `const all = await ${call(promises)}\n  return all.length + JSON.stringify(all[0])`,
  (call, promises) => `return ${call(promises)}.then((all) => all.slice().reverse())`,
  (call, promises) => `const tasks = ${promises}\n  const all = await ${call('tasks')}\n  return all`,
  (call, promises) => `const tasks = ${promises}\n  return ${call('tasks')}`,
  (call, promises) => `try {\n    return await ${call(promises)}\n  } catch (error) {\n    return String(error)\n  }`,
]

/** The same list filled by a loop right before it is used, with a statement before the push where the task takes a second argument. */
function filledBefore(list: string, mapper: string, use: string): string {
  const loop = mapper.includes(', i)')
    ? `for (const item of ${list}) {\n    const position = item.length\n    tasks.push(task(item, position))\n  }`
    : `for (const item of ${list}) tasks.push(task(item))`
  const before = `const task = ${mapper}\n  const tasks = []\n  ${loop}\n  `
  const used = use.replace('const tasks = tasks\n  ', '')
  return used.startsWith('try {\n') ? used.replace('try {\n    ', () => `try {\n  ${before}`) : before + used
}

export const fanOutPrograms: fc.Arbitrary<FanOutProgram> = fc
  .record({
    list: fc.constantFrom(...lists),
    task: fc.oneof({ weight: 3, arbitrary: asynchronous }, { weight: 1, arbitrary: synchronous }),
    combinator: fc.constantFrom('Promise.all', 'Promise.all', 'Promise.allSettled'),
    place: fc.constantFrom(...places),
    from: fc.constantFrom('map', 'from', 'loop'),
    size: fc.integer({ min: 0, max: 7 }),
  })
  .map(({ list, task, combinator, place, from, size }) => {
    const promises = from === 'from' ? `Array.from(${list}, ${task.mapper})` : `${list}.map(${task.mapper})`
    const body = from === 'loop' ? filledBefore(list, task.mapper, place((argument) => `${combinator}(${argument})`, 'tasks')) : place((argument) => `${combinator}(${argument})`, promises)
    const ids = JSON.stringify(['a', 'b', 'c', 'd', 'b', 'e', 'f'].slice(0, size))
    const code = `import { readFile } from 'node:fs/promises'
import axios from 'axios'
import { list, load, store } from 'world'
${task.declared}
const started = []
export async function all(ids) {
  ${body}
}
export async function main() {
  observe(() => ({ started }))
  return all(${ids})
}
`
    return { code, mayThrow: task.mayThrow, settled: combinator === 'Promise.allSettled' }
  })
