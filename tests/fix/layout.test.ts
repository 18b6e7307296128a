/** What rewrites leave as it is: line breaks, comments beside what they add, the kind of file. */
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import noAwaitInLoop from '../../rules/no-await-in-loop.ts'
import noIgnoredBackpressure from '../../rules/no-ignored-backpressure.ts'
import noSerialAwaits from '../../rules/no-serial-awaits.ts'
import noUnboundedPromiseAll from '../../rules/no-unbounded-promise-all.ts'
import noUnboundedQueue from '../../rules/no-unbounded-queue.ts'
import requireTimeout from '../../rules/require-timeout.ts'
import { fixed } from '../support/lint.ts'

const all = { settings: { fixes: 'all', report: 'possible' } }

describe('line breaks', () => {
  const queue = "const queue = []\nlet running = false\nexport async function add(job) {\n  queue.push(job)\n  drain()\n}\nasync function drain() {\n  if (running) return\n  running = true\n  while (queue.length > 0) {\n    const job = queue.shift()\n    const url = job.url\n    await fetch(url)\n  }\n  running = false\n}\n"
  const series = `import { readFile } from 'node:fs/promises'\nexport async function load(id) {\n  const user = await readFile(\`users/\${id}/with/a/long/way/profile.json\`, 'utf8')\n  // theirs\n  const posts = await readFile(\`posts/\${id}/with/a/long/way/posts.json\`, 'utf8')\n  return [user, posts]\n}\n`
  const pipe = "import { createReadStream } from 'node:fs'\nexport function send(path, res) {\n  createReadStream(path).pipe(res)\n}\n"
  const loop = 'export async function load(ids) {\n  const found = []\n  for (const id of ids) {\n    const one = await fetch(id)\n    if (one.ok) {\n      found.push(one)\n    }\n  }\n  return found\n}\n'
  it.each([
    ['an import', noUnboundedPromiseAll, "import x from 'x'\nexport const f = (ids) => Promise.all(ids.map((id) => fetch(id)))\n"],
    ['a row of awaits', noSerialAwaits, series],
    ['a pipe', noIgnoredBackpressure, pipe],
    ['a loop', noAwaitInLoop, loop],
    ['a queue', noUnboundedQueue, queue],
  ])('are those of the file: %s', (_, rule, code) => {
    const plain = fixed(rule, code, all)
    expect(plain).not.toBe(code)
    expect(fixed(rule, code.replaceAll('\n', '\r\n'), all)).toBe(plain.replaceAll('\n', '\r\n'))
  })

  it('keeps the lines of a queue at the margin', () => {
    expect(fixed(noUnboundedQueue, queue, all)).toContain('async (job) => {\n  const url = job.url\n  await fetch(url)\n}, {')
  })

  it('moves the lines of what stands deeper, in steps of the file, but not those of a template', () => {
    const code = "import { readFile } from 'node:fs/promises'\nexport async function f(x) {\n    const a = await readFile(\n        x,\n        'utf8',\n    )\n    const b = await readFile(`a\n    b`)\n    return [a, b]\n}\n"
    expect(fixed(noSerialAwaits, code, all)).toContain(
      "    const [a, b] = await Promise.all([\n        readFile(\n            x,\n            'utf8',\n        ),\n        readFile(`a\n    b`),\n    ])\n",
    )
  })

  it('leaves no line of blanks where a list of promises was', () => {
    const code = 'export async function f(ids) {\n  // all\n  const tasks = ids.map((id) => fetch(id))\n  // wait\n  await Promise.all(tasks)\n}\n'
    expect(fixed(noUnboundedPromiseAll, code, all)).toContain('{\n  // all\n  // wait\n  await mapBounded(')
  })

  it('leaves a semicolon at the head of the next line there', () => {
    const code = "import { stat } from 'node:fs/promises'\nexport async function f(x) {\n  const a = await stat(x)\n  const b = await stat(x + 1)\n  ;[a, b].map(String)\n}\n"
    expect(fixed(noSerialAwaits, code, all)).toContain('const [a, b] = await Promise.all([stat(x), stat(x + 1)])\n  ;[a, b]')
  })
})

describe('imports', () => {
  it('stand behind a comment that ends the line of the last one, which may be for a tool', () => {
    const code = "import x from 'x' // eslint-disable-line other/rule\nexport const f = (ids) => Promise.all(ids.map((id) => fetch(id)))\n"
    expect(fixed(noUnboundedPromiseAll, code, all)).toContain("import x from 'x' // eslint-disable-line other/rule\nimport { mapBounded }")
  })

  it('a second helper joins the `require` of the first', () => {
    const code = "const { mapBounded } = require('eslint-plugin-bounded/runtime')\nexports.f = async (ids) => {\n  for (const id of ids) await fetch(id)\n}\n"
    expect(fixed(noAwaitInLoop, code, all)).toContain("const { mapBounded, forEachBounded } = require('eslint-plugin-bounded/runtime')")
  })

  const rewritten = (sourceType: 'script' | 'module' | 'commonjs'): string =>
    new Linter({ configType: 'flat' }).verifyAndFix('async function f(ids) { await Promise.all(ids.map((id) => fetch(id))) }', {
      plugins: { bounded: { rules: { [noUnboundedPromiseAll.name]: noUnboundedPromiseAll as never } } },
      rules: { [`bounded/${noUnboundedPromiseAll.name}`]: 'error' },
      languageOptions: { sourceType },
      settings: { bounded: { fixes: 'all' } },
    }).output
  it('a classic script gets none; a module and CommonJS their own', () => {
    expect(rewritten('script')).toContain('await Promise.all(')
    expect(rewritten('module')).toContain('import { mapBounded }')
    expect(rewritten('commonjs')).toContain('const { mapBounded } = require(')
  })
})

describe('comments beside an option that is added', () => {
  it.each([
    ["fetch(u, {\n    method: 'POST', // a\n  })", "fetch(u, {\n    method: 'POST', // a\n    signal: AbortSignal.timeout(10000),\n  })"],
    ["fetch(u, {\n    method: 'POST' // a\n  })", "fetch(u, {\n    method: 'POST', // a\n    signal: AbortSignal.timeout(10000)\n  })"],
    ['fetch(u, { /* a */ })', 'fetch(u, { /* a */ signal: AbortSignal.timeout(10000) })'],
  ])('%s', (before, after) => {
    expect(fixed(requireTimeout, `export const f = (u) =>\n  ${before}\n`, all)).toBe(`export const f = (u) =>\n  ${after}\n`)
  })
})
