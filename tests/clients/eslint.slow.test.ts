/** ESLint 10, 9 and 8.57 on Node 20, 22 and 24 with the packed package: reports, fixes and suggestions are the same. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { exampleProject } from '../support/example-findings.ts'
import type { Sandbox } from '../support/sandbox.ts'

/** Prints what ESLint's Node API says, with everything that a client could show or apply. */
const PROBE = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { version } = require('eslint/package.json')
const { ESLint } = version.startsWith('8.') ? { ESLint: require('eslint/use-at-your-own-risk').FlatESLint } : require('eslint')
const results = await new ESLint().lintFiles(['examples'])
console.log(JSON.stringify(results.map(({ filePath, messages }) => [
  filePath.split('/examples/')[1],
  messages.map(({ ruleId, message, line, column, endLine, endColumn, fix, suggestions }) =>
    ({ ruleId, message, line, column, endLine, endColumn, fix, suggestions: (suggestions ?? []).map(({ desc, fix }) => ({ desc, fix })) })),
])))
`

const versions = ['10', '9', '8.57']
const nodes = ['20', '22', '24']
const boxes = new Map<string, Sandbox>()
let expected: unknown[]

const findings = (box: Sandbox | undefined, node: string): unknown[] => {
  if (!box) throw new Error('no project')
  return JSON.parse(box.must('npx', '-y', '-p', `node@${node}`, 'node', 'probe.mjs')) as unknown[]
}

beforeAll(() => {
  for (const version of versions) {
    const box = exampleProject(inject('tarball'), [`eslint@${version}`, '@typescript-eslint/parser@8', 'typescript@6'])
    box.write('probe.mjs', PROBE)
    boxes.set(version, box)
  }
  expected = findings(boxes.get('10'), '20')
})
afterAll(() => boxes.forEach((box) => box.remove()))

describe.each(versions)('ESLint %s', (version) => {
  it.each(nodes)('on Node %s', (node) => {
    const found = findings(boxes.get(version), node)
    expect(found).toEqual(expected)
    expect(found.flatMap((file) => (file as [string, unknown[]])[1]).length).toBeGreaterThan(5)
  })
})

it('gives the same findings with a cache and with threads as without', () => {
  const box = boxes.get('10')
  if (!box) throw new Error('no project')
  const plain = box.run('npx', 'eslint', 'examples', '-f', 'json').stdout
  const messages = (text: string): unknown => (JSON.parse(text) as { messages: unknown }[]).map((result) => result.messages)
  for (const options of [['--cache'], ['--cache'], ['--concurrency', '2']]) {
    expect(messages(box.run('npx', 'eslint', 'examples', '-f', 'json', ...options).stdout), options.join(' ')).toEqual(messages(plain))
  }
})

it('works with bulk suppressions: suppressed, a new finding, pruned', () => {
  const box = boxes.get('10')
  if (!box) throw new Error('no project')
  const file = 'examples/thumbnailer/index.js'
  const original = box.read(file)
  box.must('npx', 'eslint', 'examples', '--suppress-all')
  expect(box.run('npx', 'eslint', 'examples').status).toBe(0)
  box.write(file, original.replace('module.exports', 'async function more(files) {\n  await Promise.all(files.map((file) => fs.promises.stat(file)))\n}\n\nmodule.exports'))
  expect(box.run('npx', 'eslint', 'examples').status).toBe(1)
  box.write(file, "'use strict'\n")
  expect(box.run('npx', 'eslint', 'examples').status).toBe(2)
  box.must('npx', 'eslint', 'examples', '--prune-suppressions')
  box.must('npx', 'eslint', 'examples')
  box.write(file, original)
})
