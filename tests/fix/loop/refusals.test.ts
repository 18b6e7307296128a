/** Loops that are reported and left alone, each with a twin that is rewritten and differs in the one fact. */
import { expect, it } from 'vitest'
import rule from '../../../rules/no-await-in-loop.ts'
import { lint } from '../../support/lint.ts'

const rewritable = (body: string): boolean => {
  const messages = lint(rule, `export async function run(ids, out, client) {\n${body}\n}`)
  expect(messages.map(({ messageId }) => messageId)).toEqual(['independentIterations'])
  return messages[0]?.suggestions !== undefined
}

it.each([
  ['holes', 'for (const id of [1, , 3, 4, 5]) await fetch(id)', 'for (const id of [1, 2, 3, 4, 5]) await fetch(id)'],
  [
    'inherited keys',
    'for (const key in client) await fetch(key)',
    'const urls = { a: 1, b: 2, c: 3, d: 4 }; for (const key in urls) await fetch(key)',
  ],
  ['promises that `for await` unwraps', 'for await (const id of ids.map(String)) await fetch(id)', 'for (const id of ids.map(String)) await fetch(id)'],
  ['an input that may be promises', 'for await (const id of ids) await fetch(id)', 'for await (const id of client.stream(ids)) await fetch(id)'],
  ['a label', 'again: for (const id of ids) await fetch(id)', 'for (const id of ids) await fetch(id)'],
  [
    'a variable of all iterations',
    'let url; for (const id of ids) { url = id + 1; await fetch(url); out.push(await fetch(url)) }',
    'for (const id of ids) { const url = id + 1; await fetch(url); out.push(await fetch(url)) }',
  ],
  [
    'a list that keeps its first value where the second one fails',
    'const got = []; for (const id of ids) { try { got.push(id); got.push(await fetch(id)) } catch { console.log(id) } } return got',
    'const got = []; for (const id of ids) { try { got.push(id, await fetch(id)) } catch { console.log(id) } } return got',
  ],
  [
    'places of two kinds in one object, of which a later write comes too early',
    'for (let i = 0; i < ids.length; i++) { out[ids[i]] = 1; if (ids[i] > 2) { await fetch(ids[i]); out[i] = await fetch(i) } else await fetch(i, 2) }',
    'for (let i = 0; i < ids.length; i++) { client[ids[i]] = 1; if (ids[i] > 2) { await fetch(ids[i]); out[i] = await fetch(i) } else await fetch(i, 2) }',
  ],
  [
    'what is looked at after the work of an iteration',
    'let best = null; for (const id of ids) { const r = await fetch(id); if (best === null || r.size > best.size) best = r } return best',
    'let best = null; for (const id of ids) { const r = await fetch(id); if (id > 2) best = r } return best',
  ],
  [
    'a way out of the loop',
    'for (const id of ids) { if (client.aborted) return; await fetch(id) }',
    'for (const id of ids) { if (client.aborted) continue; await fetch(id) }',
  ],
  [
    'results that a handler looks at',
    'try { for (const id of ids) out.push(await fetch(id)) } catch { console.log(out) }',
    'try { for (const id of ids) out.push(await fetch(id)) } catch { return null }',
  ],
])('%s', (_, refused, rewritten) => {
  expect(rewritable(refused)).toBe(false)
  expect(rewritable(rewritten)).toBe(true)
})

it('refuses what a check has narrowed, and keeps what is narrowed inside', () => {
  const code = (loop: string) => `class Store {
  client?: { get(id: string): Promise<string> }
  async run(ids: string[], out: string[]) {
    if (!this.client) return
    ${loop}
  }
}`
  const suggestions = (loop: string) => lint(rule, code(loop)).map((message) => message.suggestions?.length ?? 0)
  expect(suggestions('for (const id of ids) { const r = await fetch(this.client.url + id); out.push(r.url) }')).toEqual([0])
  expect(suggestions('const { client } = this; for (const id of ids) { const r = await fetch(client.url + id); out.push(r.url) }')).toEqual([1])
})
