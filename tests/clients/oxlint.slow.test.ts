/**
 * oxlint with `jsPlugins`: the reports and fixes that ESLint gives without types, on the example services and on files of
 * published packages; suggestions and settings. What differs is how often `--fix` has to run: oxlint applies one pass per
 * run, ESLint up to ten. Its language server is in `editors.slow.test.ts`.
 */
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { corpusSample } from '../corpus/sample.ts'
import { exampleProject } from '../support/example-findings.ts'
import type { Sandbox } from '../support/sandbox.ts'

let box: Sandbox

interface OxlintOutput {
  readonly diagnostics: readonly {
    readonly code: string
    readonly message: string
    readonly filename: string
    readonly labels: readonly { readonly span: { readonly offset: number; readonly length: number; readonly line: number } }[]
  }[]
}

/** Only this plugin's rules: oxlint's own are off. */
const oxlintConfig = (rules: unknown, settings = {}): string =>
  JSON.stringify({ jsPlugins: ['eslint-plugin-bounded'], categories: { correctness: 'off' }, plugins: [], rules, settings })

beforeAll(() => {
  box = exampleProject(inject('tarball'), ['eslint@10', '@typescript-eslint/parser@8', 'typescript@6', 'oxlint@1'])
  box.write('rules.mjs', "import bounded from 'eslint-plugin-bounded'\nconsole.log(JSON.stringify(bounded.configs.strict.rules))\n")
  box.write('.oxlintrc.json', oxlintConfig(JSON.parse(box.must('node', 'rules.mjs'))))
})
afterAll(() => box.remove())

const line = (file: string, row: number, rule: string, message: string): string => `${file}:${row} ${rule} ${message}`

function fromOxlint(folder: string, config = '.oxlintrc.json'): string[] {
  const { stdout } = box.run('npx', 'oxlint', '-c', config, '-f', 'json', folder)
  return (JSON.parse(stdout) as OxlintOutput).diagnostics
    .map(({ code, message, filename, labels }) =>
      line(filename, labels[0]?.span.line ?? 0, code.replace(/^(.*)\((.*)\)$/, '$1/$2'), message),
    )
    .sort()
}

function fromEslint(folder: string, config = 'eslint.config.js'): string[] {
  const { stdout } = box.run('npx', 'eslint', '-c', config, folder, '-f', 'json')
  const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string; message: string; line: number }[] }[]
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map((each) => line(filePath.slice(box.folder.length + 1), each.line, each.ruleId, each.message)),
    )
    .sort()
}

it('reports what ESLint reports', () => {
  const found = fromOxlint('examples')
  expect(found).toEqual(fromEslint('examples'))
  expect(found.length).toBeGreaterThan(5)
})

describe('on 50 files of published packages', () => {
  /** Every rule, also what is only possible, and every rewrite. */
  const eslintConfig = `import bounded from 'eslint-plugin-bounded'

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  { ...bounded.configs.all, settings: { bounded: { fixes: 'all' } } },
]
`
  beforeAll(() => {
    const files = corpusSample()
    expect(files.size).toBe(50)
    for (const [path, text] of files) box.write(`sample/${path}`, text)
    box.write('sample.config.js', eslintConfig)
    box.write('all.mjs', "import bounded from 'eslint-plugin-bounded'\nconsole.log(JSON.stringify(bounded.configs.all.rules))\n")
    box.write('sample.json', oxlintConfig(JSON.parse(box.must('node', 'all.mjs')), { bounded: { fixes: 'all' } }))
  })

  it('reports what ESLint reports', () => {
    const found = fromOxlint('sample', 'sample.json')
    // Directives in these files name rules of plugins that are not here.
    expect(found).toEqual(fromEslint('sample', 'sample.config.js').filter((each) => !each.includes('Definition for rule')))
    expect(found.length).toBeGreaterThan(50)
    expect(new Set(found.map((each) => each.split(' ')[1])).size).toBeGreaterThan(4)
  })

  it('fixes as ESLint does, once `--fix` has come to rest', () => {
    for (const copy of ['by-eslint', 'by-oxlint']) cpSync(join(box.folder, 'sample'), join(box.folder, copy), { recursive: true })
    box.run('npx', 'eslint', '-c', 'sample.config.js', '--fix', 'by-eslint')
    let before: readonly string[] = []
    for (let after = textsIn('by-oxlint'); after.join() !== before.join(); after = textsIn('by-oxlint')) {
      before = after
      box.run('npx', 'oxlint', '-c', 'sample.json', '--fix', 'by-oxlint')
    }
    expect(before).toEqual(textsIn('by-eslint'))
    expect(before.filter((text) => text.includes('eslint-plugin-bounded/runtime')).length).toBeGreaterThan(5)
  })
})

/** What the files of a folder hold, in the order of their paths. */
function textsIn(folder: string): string[] {
  return readdirSync(join(box.folder, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?js$/.test(path))
    .sort()
    .map((path) => box.read(join(folder, path)))
}

it('reads settings.bounded', () => {
  box.write('one.js', "import { stat } from 'node:fs/promises'\nexport const all = (files) => Promise.all(files.map((file) => stat(file)))\n")
  const rules = { 'bounded/no-unbounded-promise-all': 'error' }
  box.write('limit.json', oxlintConfig(rules, { bounded: { concurrency: 3, fixes: 'all', report: 'possible' } }))
  box.must('npx', 'oxlint', '-c', 'limit.json', '--fix', 'one.js')
  expect(box.read('one.js')).toContain('{ concurrency: 3 }')
})

it('refuses a wrong setting with a message that names the key', () => {
  box.write('wrong.json', oxlintConfig({ 'bounded/no-unbounded-promise-all': 'error' }, { bounded: { concurrency: 0 } }))
  const { status, stdout } = box.run('npx', 'oxlint', '-c', 'wrong.json', 'one.js')
  expect(stdout).toContain('settings.bounded.concurrency')
  expect(status).not.toBe(0)
})

it('applies suggestions with --fix-suggestions', () => {
  const code = "import { writeFile } from 'node:fs/promises'\nexport const all = (files) => Promise.all(files.map((file) => writeFile(file, '')))\n"
  box.write('two.js', code)
  box.write('plain.json', oxlintConfig({ 'bounded/no-unbounded-promise-all': ['error', { report: 'possible' }] }))
  box.run('npx', 'oxlint', '-c', 'plain.json', '--fix', 'two.js')
  expect(box.read('two.js')).toBe(code)
  box.run('npx', 'oxlint', '-c', 'plain.json', '--fix-suggestions', 'two.js')
  expect(box.read('two.js')).toContain('mapBounded(files')
})
