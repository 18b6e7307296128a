/** What the rewrite of a loop makes of a program. Literal texts before and after; the result is silent and stays as it is. */
import { describe, expect, it } from 'vitest'
import rule from '../../../rules/no-await-in-loop.ts'
import { fixed, lint } from '../../support/lint.ts'

const all = { fixes: 'all' }
const importing = (...names: string[]) => `import { ${names.join(', ')} } from 'eslint-plugin-bounded/runtime'\n`

function becomes(before: string, after: string, settings: object = all): void {
  const output = fixed(rule, before, { settings })
  expect(output).toBe(after)
  expect(lint(rule, output, { settings })).toEqual([])
}

const body = (text: string) => `export async function run(ids, out) {\n${text.replace(/^(?=.)/gm, '  ')}\n}\n`
const rewrites = (before: string, after: string, ...names: string[]) =>
  becomes(body(before), importing(...(names.length > 0 ? names : ['mapBounded'])) + body(after))

describe('a list that an iteration pushes into', () => {
  it('is made by the call where it is declared right before', () => {
    rewrites(
      'const users = []\nfor (const id of ids) users.push(await fetch(id))\nreturn users',
      'const users = await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })\nreturn users',
    )
  })
  it('keeps its type, comments, early locals and semicolons', () => {
    becomes(
      `async function run(ids: string[]) {
  const names: string[] = [];
  // one request each
  for (const id of ids) {
    // the profile
    const response = await fetch(id); // slow
    names.push(await response.text());
  }
  return names;
}
`,
      `import { mapBounded } from 'eslint-plugin-bounded/runtime';
async function run(ids: string[]) {
  // one request each
  const names: string[] = await mapBounded(ids, async (id) => {
    // the profile
    const response = await fetch(id); // slow
    return await response.text();
  }, { concurrency: 10 });
  return names;
}
`,
    )
  })
  it('is joined from lists where an iteration may push nothing or more', () => {
    rewrites(
      'const users = []\nfor (const id of ids) {\n  if (!id) continue\n  const user = await fetch(id)\n  if (user.ok) users.push(user, id)\n}\nreturn users',
      'const users = (await mapBounded(ids, async (id) => {\n  if (!id) return []\n  const user = await fetch(id)\n  if (user.ok) return [user, id]\n  return []\n}, { concurrency: 10 })).flat()\nreturn users',
    )
  })
  it('takes what a `try` gives for each item', () => {
    rewrites(
      'const users = []\nfor (const id of ids) {\n  try {\n    users.push(await fetch(id))\n  } catch (error) {\n    console.error(error)\n  }\n}\nreturn users',
      'const users = (await mapBounded(ids, async (id) => {\n  try {\n    return [await fetch(id)]\n  } catch (error) {\n    console.error(error)\n  }\n  return []\n}, { concurrency: 10 })).flat()\nreturn users',
    )
  })
  it('is filled afterwards where others have it already, one by one: a call takes only so many arguments', () => {
    rewrites(
      'for (const id of ids) out.push(await fetch(id))',
      'for (const result of await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })) out.push(result)',
    )
  })
  it('may have its declaration elsewhere', () => {
    rewrites(
      'const users = []\nconst url = await fetch(ids)\nfor (const id of ids) users.push(await fetch(url + id))\nreturn users',
      'const users = []\nconst url = await fetch(ids)\nfor (const result of await mapBounded(ids, (id) => fetch(url + id), { concurrency: 10 })) users.push(result)\nreturn users',
    )
  })
  it('keeps a function that looks at it from running into a name that is not there yet', () => {
    rewrites(
      'const users = []\nfor (const id of ids) users.push(await fetch(id))\nreturn users\nfunction progress() { return users.length }',
      'const users = []\nfor (const result of await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })) users.push(result)\nreturn users\nfunction progress() { return users.length }',
    )
  })
})

describe('other results', () => {
  it('are handed on in input order', () => {
    rewrites(
      'const byId = new Map()\nfor (const id of ids) {\n  const user = await fetch(id)\n  byId.set(id, user)\n}\nreturn byId',
      'const byId = new Map()\nfor (const { id, user } of await mapBounded(ids, async (id) => ({ id, user: await fetch(id) }), { concurrency: 10 })) {\n  byId.set(id, user)\n}\nreturn byId',
    )
  })
  it('begin the second loop, without the empty line that parted them from the work', () => {
    rewrites(
      'const byId = new Map()\nfor (const id of ids) {\n  const user = await fetch(id)\n\n  byId.set(id, user)\n}\nreturn byId',
      'const byId = new Map()\nfor (const { id, user } of await mapBounded(ids, async (id) => ({ id, user: await fetch(id) }), { concurrency: 10 })) {\n  byId.set(id, user)\n}\nreturn byId',
    )
  })
  it('are worked out by the iteration, so that only they are kept', () => {
    rewrites(
      'let total = 0\nfor (const id of ids) total += (await fetch(id)).size\nreturn total',
      'let total = 0\nfor (const result of await mapBounded(ids, async (id) => (await fetch(id)).size, { concurrency: 10 })) total += result\nreturn total',
    )
  })
  it('are spread by the second loop', () => {
    rewrites(
      'for (const id of ids) out.push(...(await fetch(id)))',
      'for (const result of await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })) out.push(...result)',
    )
  })
  it('leave effects with the work, so that they happen for one item when another fails', () => {
    rewrites(
      'let last\nfor (const id of ids) {\n  const user = await fetch(id)\n  console.log(user)\n  last = user\n}\nreturn last',
      'let last\nconst results = await mapBounded(ids, async (id) => {\n  const user = await fetch(id)\n  console.log(user)\n  return user\n}, { concurrency: 10 })\nfor (const user of results) {\n  last = user\n}\nreturn last',
    )
  })
  it('may come before other work', () => {
    rewrites(
      'for (const id of ids) {\n  const user = await fetch(id)\n  out.push(user.name)\n  await fetch(user.friend)\n}',
      "const results = await mapBounded(ids, async (id) => {\n  const user = await fetch(id)\n  const result = user.name\n  await fetch(user.friend)\n  return result\n}, { concurrency: 10 })\nfor (const result of results) {\n  out.push(result)\n}",
    )
  })
  it('of an async iterable stream through', () => {
    becomes(
      'async function* pages() { yield 1 }\n' + body('for await (const page of pages()) {\n  const user = await fetch(page)\n  out.push(user)\n}'),
      importing('streamBounded') +
        'async function* pages() { yield 1 }\n' +
        body('for await (const user of streamBounded(pages(), (page) => fetch(page), { concurrency: 10 })) {\n  out.push(user)\n}'),
    )
  })
})

describe('a loop for its effects', () => {
  it('becomes a call of the same body', () => {
    rewrites(
      'for (const { id, n = 1 } of ids) {\n  if (!n) continue\n  await fetch(id) // send\n}',
      'await forEachBounded(ids, async ({ id, n = 1 }) => {\n  if (!n) return\n  await fetch(id) // send\n}, { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('may count', () => {
    rewrites(
      'let sent = 0\nfor (const id of ids) {\n  await fetch(id)\n  sent++\n}\nreturn sent',
      'let sent = 0\nawait forEachBounded(ids, async (id) => {\n  await fetch(id)\n  sent++\n}, { concurrency: 10 })\nreturn sent',
      'forEachBounded',
    )
  })
  it('over numbers', () => {
    rewrites(
      'for (let page = 1; page <= 20; page++) await fetch(`?page=${page}`)',
      'await forEachBounded(Array.from({ length: 20 }, (_, page) => page + 1), (page) => fetch(`?page=${page}`), { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('over a bound that may be a fraction', () => {
    rewrites(
      'for (let page = 0; page < out; page++) await fetch(`?page=${page}`)',
      'await forEachBounded(Array.from({ length: Math.ceil(out) }, (_, page) => page), (page) => fetch(`?page=${page}`), { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('over the items of an indexed array', () => {
    rewrites(
      'const list = ids.map(String)\nfor (let i = 0; i < list.length; i++) {\n  const id = list[i]\n  await fetch(id)\n}',
      'const list = ids.map(String)\nawait forEachBounded(list, async (id) => {\n  await fetch(id)\n}, { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('over an index, with results in their places', () => {
    rewrites(
      'for (let i = 0; i < ids.length; i++) {\n  out[i] = await fetch(ids[i])\n}',
      'await forEachBounded(Array.from({ length: ids.length }, (_, i) => i), async (i) => {\n  out[i] = await fetch(ids[i])\n}, { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('over a list that it empties', () => {
    rewrites(
      'const queue = [...ids]\nwhile (queue.length > 0) {\n  const id = queue.shift()\n  await fetch(id)\n}',
      'const queue = [...ids]\nawait forEachBounded(queue.splice(0), async (id) => {\n  await fetch(id)\n}, { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('over the keys of an object literal', () => {
    rewrites(
      'const urls = { a: 1, b: 2, c: 3, d: 4 }\nfor (const key in urls) await fetch(urls[key])',
      'const urls = { a: 1, b: 2, c: 3, d: 4 }\nawait forEachBounded(Object.keys(urls), (key) => fetch(urls[key]), { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('as a chain of promises', () => {
    rewrites(
      'await ids.reduce(async (previous, id) => {\n  await previous\n  await fetch(id)\n}, Promise.resolve())',
      'await forEachBounded(ids, async (id) => {\n  await fetch(id)\n}, { concurrency: 10 })',
      'forEachBounded',
    )
  })
  it('goes on before a line that starts with a parenthesis', () => {
    rewrites('for (const id of ids) { await fetch(id) }\n(out ?? ids).sort()', 'await forEachBounded(ids, (id) => fetch(id), { concurrency: 10 });\n(out ?? ids).sort()', 'forEachBounded')
  })
})

describe('settings', () => {
  const before = body('for (const id of ids) await fetch(id)')
  it('say how many run at once', () => {
    becomes(before, importing('forEachBounded') + body('await forEachBounded(ids, (id) => fetch(id), { concurrency: 4 })'), { ...all, concurrency: 4 })
  })
  it('say which helper', () => {
    becomes(before, "import pMap from 'p-map'\n" + body('await pMap(ids, (id) => fetch(id), { concurrency: 10 })'), { ...all, helper: 'p-map' })
  })
  it('leave it to a person by default', () => {
    expect(fixed(rule, before)).toBe(before)
    expect(lint(rule, before)[0]?.suggestions).toHaveLength(1)
  })
})

describe('types', () => {
  it('follow a list whose elements are written out', () => {
    becomes(
      "type Row = { kind: 'a' | 'b'; id: string }\nasync function run(ids: string[]) {\n  const rows: Row[] = []\n  for (const id of ids) {\n    const r = await fetch(id)\n    if (r.ok) rows.push({ kind: 'a', id })\n  }\n  return rows\n}\n",
      importing('mapBounded') +
        "type Row = { kind: 'a' | 'b'; id: string }\nasync function run(ids: string[]) {\n  const rows: Row[] = (await mapBounded(ids, async (id): Promise<Row[]> => {\n    const r = await fetch(id)\n    if (r.ok) return [{ kind: 'a', id }]\n    return []\n  }, { concurrency: 10 })).flat()\n  return rows\n}\n",
    )
  })
  it('stay with the place of a literal', () => {
    becomes(
      "type Row = { kind: 'a'; n: Response }\nasync function run(ids: string[], rows: Row[]) {\n  for (const id of ids) rows.push({ kind: 'a', n: await fetch(id) })\n}\n",
      importing('mapBounded') +
        "type Row = { kind: 'a'; n: Response }\nasync function run(ids: string[], rows: Row[]) {\n  for (const result of await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })) rows.push({ kind: 'a', n: result })\n}\n",
    )
  })
})

describe('names that a rewrite declares', () => {
  const listed = (url: string) => `fetch(\`${url}/\${id}\`, {\n    signal,\n  })`
  const loop = (list: string, url: string, into: string) => `for (const id of ${list}) {\n  const x = await ${listed(url)}\n  ${into}.set(id, x)\n}`
  const split = (list: string, url: string, into: string, name: string) =>
    `const ${name} = await mapBounded(${list}, async (id) => ({ id, x: await ${listed(url)} }), { concurrency: 10 })\nfor (const { id, x } of ${name}) {\n  ${into}.set(id, x)\n}`

  it('differ where the loops of one function are rewritten together', () => {
    const head = 'const a = new Map()\nconst b = new Map()\n'
    const before = importing('mapBounded') + body(`${head}${loop('ids', 'a', 'a')}\n${loop('out', 'b', 'b')}\nreturn [a, b]`)
    const after = importing('mapBounded') + body(`${head}${split('ids', 'a', 'a', 'results')}\n${split('out', 'b', 'b', 'results2')}\nreturn [a, b]`)
    becomes(before, after)
  })

  it.each([
    ['elsewhere', 'result'],
    ['run', 'result2'],
  ])('give way to those of the same function: %s uses `result`', (user, name) => {
    const use = 'const result = 1\n'
    const other = `export function elsewhere() {\n  ${user === 'elsewhere' ? use : ''}}\n`
    const own = user === 'run' ? use : ''
    becomes(
      other + body(`${own}let last\nfor (const id of ids) {\n  last = await fetch(id)\n}\nreturn last`),
      importing('mapBounded') + other + body(`${own}let last\nfor (const ${name} of await mapBounded(ids, (id) => fetch(id), { concurrency: 10 })) {\n  last = ${name}\n}\nreturn last`),
    )
  })

  it.each([
    [6, 'rewritten'],
    [7, 'left as it is'],
  ])('%i in one pattern: %s', (count) => {
    const names = Array.from({ length: count }, (_, index) => `n${index}`)
    const before = body(`for (const id of ids) {\n  const user = await fetch(id)\n${names.map((name) => `  const ${name} = user.${name}\n`).join('')}  out.push({ ${names.join(', ')} })\n  out.last = { ${names.join(', ')} }\n}`)
    expect(fixed(rule, before, { settings: all }) === before).toBe(count > 6)
  })
})
