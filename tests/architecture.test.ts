/** Reads every import under `src` and `rules` and keeps the layers one-way. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
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

it('sees imports at all', () => {
  expect([...imports()].length).toBeGreaterThan(50)
})
