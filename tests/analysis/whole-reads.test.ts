/** What becomes of contents that are read whole: every entry of the tables decides a case. */
import { describe, expect, it } from 'vitest'
import { nodesOf } from '../../src/ast/file-nodes.ts'
import { callsOf } from '../../src/analysis/calls/index.ts'
import { handlersOf } from '../../src/analysis/handlers/index.ts'
import { fileKindOf } from '../../src/analysis/whole-reads/paths.ts'
import { wholeReadsOf } from '../../src/analysis/whole-reads/index.ts'
import type { ApiFact } from '../../src/knowledge/facts.ts'
import { answerFacts, listingMethods, measuringFacts, narrowingNames, pathFacts, sameContentFacts, wholeReadFacts, wholeWriteFacts } from '../../src/knowledge/whole-reads.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

const settings = settingsOf({})
const found = (code: string): string[] =>
  analyse(code, (sourceCode) => wholeReadsOf(sourceCode, () => handlersOf(sourceCode, settings)).map((read) => ('silence' in read ? read.silence : read.end.kind)))

/** An import, and the expression that an entry names; calls on the way are made, the last is left to the test. */
function ways({ module, member }: ApiFact): { readonly head: string; readonly way: string }[] {
  return [module].flat().flatMap((from) =>
    [member].flat().map((name) => {
      if (from === 'globalThis') return { head: '', way: madeOf(name.replaceAll('Response()', 'new Response()').replaceAll('Request()', "new Request('a')")) }
      const isDefault = name === '' || name.startsWith('()') || /^(?:axios|got|papaparse)$/.test(from)
      const way = isDefault ? `api${name === '' || name.startsWith('()') ? name : `.${name}`}` : `api.${name}`
      return { head: `import ${isDefault ? 'api' : '* as api'} from '${from}'`, way: madeOf(way.replace(/api\.(Parser|S3Client|S3)\(\)/, 'new api.$1()')) }
    }),
  )
}

const madeOf = (way: string): string => way.replaceAll('().', '(x).')

const withResult = (content: string, { within }: { within?: string }): string => (within === undefined ? content : `(${content}).${within}`)

describe('every whole read of the table', () => {
  const cases = wholeReadFacts.flatMap((fact) => ways(fact).map((each) => ({ ...each, fact })))
  const call = ({ way, fact }: (typeof cases)[number]): string => {
    const { onlyWith } = fact
    const argument = fact.of === 'rows' ? 'await User.findAll()' : 'x'
    return withResult(`await ${way}(${argument}${onlyWith ? `, { ${onlyWith.option}: '${onlyWith.value}' }` : ''})`, fact)
  }

  it.each(cases)('$head $way', (each) => {
    expect(found(`${each.head}\nexport async function show(x, res) { res.end(${call(each)}) }`)).toEqual(['sent'])
    expect(found(`${each.head}\nexport async function show(x, res) { res.end(render(${call(each)})) }`)).toEqual(['needed'])
  })

  it.each(cases.filter(({ fact }) => fact.onlyWith))('only with its option: $way', (each) => {
    expect(found(`${each.head}\nexport async function show(x, res) { res.end(${call(each).replace(/, \{.*?\}/, '')}) }`)).toEqual([])
    expect(found(`${each.head}\nexport async function show(x, res) { res.end(${call(each).replace(').data', ')')}) }`)).toEqual(['needed'])
  })
})

const read = (rest: string, head = '') => found(`import { readFile } from 'node:fs/promises'\n${head}\nexport async function show(path, to, res) { const content = await readFile(path); ${rest} }`)

describe('where it goes', () => {
  it.each(wholeWriteFacts.flatMap(ways))('written to a file: $head $way', ({ head, way }) => {
    expect(read(`${way}(to, content)`, head)).toEqual(['saved'])
    expect(read(`${way}(content, to)`, head)).toEqual(['needed'])
  })

  it.each(sameContentFacts.flatMap(ways))('the same in another form: $head $way', ({ head, way }) => {
    expect(read(`res.end(${way}(content))`, head)).toEqual(['sent'])
    expect(read(`res.end(${way}(0, content))`, head)).toEqual(['needed'])
  })

  it.each(measuringFacts.flatMap(ways))('a question: $head $way', ({ head, way }) => {
    expect(read(`res.set('a', ${way}(content)); res.end(content)`, head)).toEqual(['sent'])
    expect(read(`if (${way}(content) > 10) return; res.end(content)`, head)).toEqual(['needed'])
  })

  it.each(answerFacts.flatMap(ways))('an answer that is made of it: $head $way', ({ head, way }) => {
    expect(read(`return new ${way}(content)`, head)).toEqual(['sent'])
    expect(read(`return new ${way}(to, content)`, head)).toEqual(['needed'])
  })

  it.each([
    ['res.send(content); res.end(content)', 'sent'],
    ['await other(content); res.end(content)', 'needed'],
    ['if (to) await import("node:fs").then(() => 1); later(() => content); res.end(content)', 'needed'],
    ['res.end(to, content)', 'needed'],
    ['out.end(content)', 'needed'],
    ['to.end(content)', 'needed'],
    ["import('node:fs').then((fs) => fs.writeFileSync(to, content)); res.end(content)", 'needed'],
    ['ctx.body = content', 'needed'],
    ['this.res.end(content)', 'sent'],
    ['if (content !== null) res.end(content)', 'sent'],
    ['if (content !== other) res.end(content)', 'needed'],
    ['res.end(content ?? "none")', 'sent'],
    ['return content', 'needed'],
    ["res.end(content.toString('utf-8'))", 'sent'],
    ["res.end(content.toString('hex'))", 'needed'],
    ['res.end(content.subarray(1))', 'needed'],
    ['use(content.byteLength); res.end(content)', 'sent'],
    ['if (content.byteLength >= 9) return; res.end(content)', 'needed'],
    ['const [first] = content; res.end(content)', 'needed'],
    ['return content.toString().split("\\n")', 'lines'],
    ['return content.toString().split(/\\r?\\n/)', 'lines'],
    ['return content.toString().split(",")', 'needed'],
    ['return content.toString().split(/\\n(?=a)/)', 'needed'],
  ])('%s: %s', (rest, end) => {
    expect(read(rest)).toEqual([end])
  })
})

describe('several places', () => {
  const both = (second: string) => found(`import { readFile, writeFile } from 'node:fs/promises'\nexport async function show(path, to, res) { const content = await readFile(path); res.end(content); ${second} }`)

  it.each([['res.write(content)', 'sent'], ['await writeFile(to, content)', 'needed']])('%s: %s', (second, end) => {
    expect(both(second)).toEqual([end])
  })
})

describe('an answer that holds the content', () => {
  const axios = (rest: string) => found(`import axios from 'axios'\nexport async function show(url, res, ctx) { const response = await axios.get(url, { responseType: 'arraybuffer' }); ${rest} }`)

  it.each([
    ['res.end(response.data)', 'sent'],
    ['res.set(response.headers); res.end(response.data)', 'sent'],
    ['use(response.request); res.end(response.data)', 'needed'],
    ['use(response); res.end(response.data)', 'needed'],
    ['ctx.body = response.data', 'sent'],
    ['ctx.response.body = response.data', 'sent'],
    ['ctx.text = response.data', 'needed'],
    ['this.body = response.data', 'needed'],
  ])('%s: %s', (rest, end) => {
    expect(axios(rest)).toEqual([end])
  })
})

describe('what the path says', () => {
  const kind = (path: string, head = '') =>
    analyse(`${head}\nexport function show(folder, name) { const page = 'page.html'; const made = folder + '/' + name; let other = 'a.html'; other = name; use(${path}) }`, (sourceCode) => {
      const use = nodesOf(sourceCode, 'CallExpression').find(({ callee }) => callee.type === 'Identifier' && callee.name === 'use')
      return fileKindOf(use?.arguments[0] as never, callsOf(sourceCode))
    })

  it.each([
    ['name', 'open'], ['made', 'open'], ['other', 'open'], ['page', 'small'], ["'a/photo.png'", 'small'], ["'access.log'", 'records'],
    ["folder + '/photo.png'", 'small'], ["name + '.png'", 'open'], ["name + '.json'", 'small'], ["name + '.csv'", 'records'],
    ['`${folder}/photo.png`', 'small'], ['`${name}.png`', 'open'], ['`${name}.yml`', 'small'], ['`${folder}/${name}`', 'open'], ['`${folder}/${page}`', 'small'],
    ['`photo.png`', 'small'], ["new URL('page.html', name)", 'small'], ['new URL(name, folder)', 'open'], ['find(name)', 'open'],
  ])('%s: %s', (path, expected) => {
    expect(kind(path)).toBe(expected)
  })

  it.each(pathFacts.flatMap(ways))('$head $way', ({ head, way }) => {
    expect(kind(`${way}(folder, page)`, head)).toBe('small')
    expect(kind(`${way}(page, name)`, head)).toBe('open')
  })
})

describe('rows of a table', () => {
  const table = (query: string) => found(`import { parse } from 'json2csv'\nexport async function show(x, res) { res.end(parse(await ${query})) }`)

  it.each([...listingMethods])('%s', (method) => {
    expect(table(`User.${method}()`)).toEqual(['sent'])
    expect(table(`${method}()`)).toEqual(['limited'])
  })

  it.each([...narrowingNames])('not with %s', (name) => {
    expect(table(`User.findAll({ ${name}: 1 })`)).toEqual(['limited'])
    expect(table(`User.${name}(1).findAll()`)).toEqual(['limited'])
    expect(table(`User.findAll({ order: '${name}d' })`)).toEqual(['sent'])
  })

  it.each(['limit 5', 'WHERE a', 'FETCH FIRST 5 ROWS ONLY'])('not with `%s`', (end) => {
    expect(table(`db.query('SELECT * FROM users ${end}')`)).toEqual(['limited'])
    expect(table("db.query('SELECT * FROM users')")).toEqual(['sent'])
  })
})
