/** Reads every import under `src` and `rules` and keeps the layers one-way, and names in the tables of `src/knowledge`. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseForESLint } from '@typescript-eslint/parser'
import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Which layers a layer may import from, besides itself. */
const allowed: Record<string, readonly string[]> = {
  'src/ast': [],
  'src/knowledge': [],
  'src/runtime': [],
  'src/explain.ts': [],
  'src/options': ['src/knowledge'],
  'src/analysis': ['src/ast', 'src/knowledge', 'src/options', 'src/explain.ts'],
  'src/fix': ['src/ast', 'src/knowledge', 'src/options', 'src/analysis'],
  'src/create-rule.ts': ['src/options'],
  'src/configs.ts': ['src/create-rule.ts'],
  rules: ['src/ast', 'src/options', 'src/analysis', 'src/fix', 'src/create-rule.ts', 'src/explain.ts'],
  'src/index.ts': ['rules', 'src/configs.ts'],
  'src/cli': ['src/index.ts', 'src/configs.ts', 'src/explain.ts', 'src/runtime'],
}

/** Packages that may be imported for their values. */
const packages: Record<string, readonly string[]> = {
  'src/options': ['valibot'],
  'src/analysis': ['picomatch/posix', 'node:fs', 'node:path', '@eslint-community/eslint-utils'],
  'src/fix': ['@eslint-community/eslint-utils'],
  'src/cli': [
    'commander', 'picocolors', 'tinyglobby', '@babel/code-frame', 'ignore', 'node:fs', 'node:path', 'node:url', 'node:module',
  ],
}

const layers = Object.keys(allowed)
const layerOf = (file: string): string | undefined => layers.find((layer) => file === layer || file.startsWith(`${layer}/`))

interface Import {
  readonly from: string
  readonly specifier: string
  readonly names: readonly string[]
  readonly typeOnly: boolean
}

function* imports(): Generator<Import> {
  for (const folder of ['src', 'rules']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      // The generators are not published and may use anything.
      if (!file.endsWith('.ts') || file.endsWith('.d.ts') || file.startsWith('dev/')) continue
      const from = join(folder, file).replaceAll('\\', '/')
      const text = readFileSync(join(root, from), 'utf8')
      for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm)) {
        yield { from, specifier: match[2] ?? match[3] ?? '', names: match[0].match(/\w+/g) ?? [], typeOnly: match[1] !== undefined }
      }
    }
  }
}

it('has a layer for every source file', () => {
  expect([...imports()].map(({ from }) => from).filter((file) => !layerOf(file))).toEqual([])
})

it('imports only from the layers below', () => {
  const wrong: string[] = []
  for (const { from, specifier } of imports()) {
    if (!specifier.startsWith('.')) continue
    const layer = layerOf(from) ?? ''
    const target = relative(root, resolve(root, dirname(from), specifier)).replaceAll('\\', '/')
    const other = layerOf(target)
    if (other !== layer && !allowed[layer]?.includes(other ?? '')) wrong.push(`${from} imports ${target}`)
  }
  expect(wrong).toEqual([])
})

it('loads only the packages that are bundled, and never TypeScript', () => {
  const wrong: string[] = []
  for (const { from, specifier, typeOnly } of imports()) {
    const layer = layerOf(from) ?? ''
    if (specifier.startsWith('.') || typeOnly) continue
    if (!packages[layer]?.includes(specifier)) wrong.push(`${from} imports ${specifier}`)
  }
  expect(wrong).toEqual([])
})

/** Tables that the user's settings add to, and where both are read: anything else would know the built-in entries only. */
const extended = {
  workFacts: 'src/analysis/work/',
  registrationFacts: 'src/analysis/handlers/',
  decoratorFacts: 'src/analysis/handlers/',
  conventionFacts: 'src/analysis/handlers/',
}

it.each(Object.entries(extended))('opens %s in %s alone', (table, folder) => {
  const readers = new Set([...imports()].filter(({ names }) => names.includes(table)).map(({ from }) => from))
  expect([...readers].filter((from) => !from.startsWith('src/knowledge/') && !from.startsWith(folder))).toEqual([])
  expect([...readers].some((from) => from.startsWith(folder))).toBe(true)
})

it.each(['src', 'src/analysis', 'src/fix', 'tests'])('finds every folder of %s on the contributors\' page', (parent) => {
  const page = readFileSync(join(root, 'docs/contributing/README.md'), 'utf8')
  const folders = readdirSync(join(root, parent), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const mirrored = parent === 'tests' ? readdirSync(join(root, 'src')).concat('rules') : []
  expect(folders.filter((name) => !mirrored.includes(name) && !page.includes(`\`${name}\``) && !page.includes(`${parent}/${name}`))).toEqual([])
})

/**
 * The words of which names of node types are made (`TSAsExpression` → `TS`, `As`, `Expression`), the types of comments,
 * and the keywords that declare: alternatives of these are about syntax.
 */
const syntax: ReadonlySet<string> = new Set([
  ...Object.values(AST_NODE_TYPES).flatMap((type) => type.match(/TS|JSX|[A-Z][a-z]+/g) ?? []),
  'Line', 'Block', 'const', 'let', 'var', 'using', 'await',
])

/** Alternatives of a regular expression, of any of its groups, in which a word stands that is none of syntax. */
function namedAlternatives(pattern: string): string[] {
  const bare = pattern.replace(/\\u\{\w+\}|\\./g, ' ').replace(/\[[^\]]*\]/g, ' ')
  const isName = (word: string) => (word.match(/TS|JSX|[A-Z][a-z]+|[a-z]+|[A-Z]+/g) ?? []).some((part) => part.length > 1 && !syntax.has(part))
  return bare.split('|').filter((alternative) => (alternative.match(/[A-Za-z]+/g) ?? []).some(isName))
}

/** Regular expressions of a file, without those in text and comments. */
function regularExpressionsIn(text: string): { source: string; line: number }[] {
  return (parseForESLint(text, { loc: true, range: true, tokens: true }).ast.tokens ?? [])
    .filter((token) => token.type === 'RegularExpression')
    .map((token) => ({ source: token.value, line: token.loc.start.line }))
}

function* sourcesOf(...folders: string[]): Generator<readonly [path: string, text: string]> {
  for (const folder of folders) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.ts') && !file.endsWith('.d.ts')) yield [join(folder, file).replaceAll('\\', '/'), readFileSync(join(root, folder, file), 'utf8')]
    }
  }
}

it.each([
  ['names', /^(?:get|has)$/, ['^(?:get', 'has)$']],
  ['parts of names', /timeout|[dD]eadline$/i, ['timeout', ' eadline$']],
  ['types', /^Promise|Thenable/, ['^Promise', 'Thenable']],
  ['one name', /^all(?:Settled)?$/, ['^all(?:Settled)?$']],
  ['node types', /^(?:Call|New)Expression$|^TSAs/, []],
  ['declarations', /^(?:const|let|var)$/, []],
  ['operators and characters', /^[<>]=?$|&&=|[a-z]|\bs|\u{61}/u, []],
])('tells alternatives that are names from others: %s', (_, { source }, names) => {
  expect(namedAlternatives(source)).toEqual(names)
})

it('finds names of APIs and words of names in the tables of `src/knowledge` alone', () => {
  const found: string[] = []
  for (const [path, text] of sourcesOf('src/analysis', 'src/fix', 'rules')) {
    for (const { source, line } of regularExpressionsIn(text)) if (namedAlternatives(source).length > 1) found.push(`${path}:${line} ${source}`)
  }
  expect(found).toEqual([])
})

/** Sets of names that are written out, but for node types and for a kind that the code itself defines (`ReadonlySet<Kind>`). */
function writtenSetsIn(text: string): string[] {
  return [...text.matchAll(/(?:: ReadonlySet<([^=]*)> = )?new Set\(\[([^\]]*)\]/g)].flatMap(([, kind = 'string', members = '']) => {
    const names = [...members.matchAll(/'([^']*)'/g)].filter(([, name = '']) => namedAlternatives(name).length > 0)
    return kind === 'string' && names.length > 1 ? [`[${members.trim()}]`] : []
  })
}

it.each([
  ["const verbs = new Set(['get', 'has'])", 1],
  ["const verbs: ReadonlySet<string> = new Set(['get', 'has'])", 1],
  ["const verbs = new Set([...others, 'get', 'has'])", 1],
  ["const kinds: ReadonlySet<Kind> = new Set(['get', 'has'])", 0],
  ["const types = new Set(['CallExpression', 'TSAsExpression'])", 0],
  ['const names = new Set([name, other])', 0],
])('tells sets of names from others: %s', (text, sets) => {
  expect(writtenSetsIn(text)).toHaveLength(sets)
})

it('finds sets of names in `src/knowledge` alone', () => {
  const found: string[] = []
  for (const [path, text] of sourcesOf('src/analysis', 'src/fix', 'rules')) for (const set of writtenSetsIn(text)) found.push(`${path} ${set}`)
  expect(found).toEqual([])
})

it('sees imports at all', () => {
  expect([...imports()].length).toBeGreaterThan(50)
})
