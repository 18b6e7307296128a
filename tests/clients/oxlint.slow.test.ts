/** oxlint with `jsPlugins`: the reports that ESLint gives without types, its fixes and suggestions, and settings. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
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

function fromOxlint(): string[] {
  const { stdout } = box.run('npx', 'oxlint', '-f', 'json', 'examples')
  return (JSON.parse(stdout) as OxlintOutput).diagnostics
    .map(({ code, message, filename, labels }) =>
      line(filename, labels[0]?.span.line ?? 0, code.replace(/^(.*)\((.*)\)$/, '$1/$2'), message),
    )
    .sort()
}

function fromEslint(): string[] {
  const { stdout } = box.run('npx', 'eslint', 'examples', '-f', 'json')
  const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string; message: string; line: number }[] }[]
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map((each) => line(filePath.slice(box.folder.length + 1), each.line, each.ruleId, each.message)),
    )
    .sort()
}

it('reports what ESLint reports', () => {
  const found = fromOxlint()
  expect(found).toEqual(fromEslint())
  expect(found.length).toBeGreaterThan(5)
})

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
