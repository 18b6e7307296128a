/** ESLint 10, 9 and 8.57 on Node 20, 22 and 24 with the packed package: reports, fixes and suggestions are the same, by the command line too. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { exampleProject } from '../support/example-findings.ts'
import type { Sandbox } from '../support/sandbox.ts'

/** Prints what ESLint's Node API says, with everything that a client could show or apply. */
const PROBE = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { version } = require('eslint/package.json')
const { ESLint } = version.startsWith('8.') ? { ESLint: require('eslint/use-at-your-own-risk').FlatESLint } : require('eslint')
const results = await new ESLint().lintFiles(['examples'])
// Folders are read at the same time: files come in the order in which the disk answers.
results.sort((a, b) => (a.filePath < b.filePath ? -1 : 1))
console.log(JSON.stringify(results.map(({ filePath, messages }) => [
  filePath.split('/examples/')[1],
  messages.map(({ ruleId, message, line, column, endLine, endColumn, fix, suggestions }) =>
    ({ ruleId, message, line, column, endLine, endColumn, fix, suggestions: (suggestions ?? []).map(({ desc, fix }) => ({ desc, fix })) })),
])))
`

/** An array for sure and a task that only reads: a fix, of which the example services have none. */
const FIXABLE = `import { readdir, stat } from 'node:fs/promises'

export async function sizes(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'))
  return Promise.all(names.map(async (name) => stat(name)))
}
`

interface Message {
  readonly ruleId: string
  readonly line: number
  readonly fix?: object
  readonly suggestions: readonly object[]
}
type File = readonly [path: string, messages: readonly Message[]]

/** The last are versions that stand in projects which have not moved to flat configuration yet. */
const projects = [
  { eslint: '10', parser: '8', typescript: '6', nodes: ['20', '22', '24'] },
  { eslint: '9', parser: '8', typescript: '6', nodes: ['20', '22', '24'] },
  { eslint: '8.57', parser: '8', typescript: '6', nodes: ['20', '22', '24'] },
  { eslint: '8.57', parser: '6', typescript: '5.3', nodes: ['20'] },
] as const
const boxes = new Map<(typeof projects)[number], Sandbox>()
let expected: readonly File[]

const findings = (box: Sandbox | undefined, node: string): readonly File[] => {
  if (!box) throw new Error('no project')
  return JSON.parse(box.must('npx', '-y', '-p', `node@${node}`, 'node', 'probe.mjs')) as File[]
}

beforeAll(() => {
  for (const project of projects) {
    const packages = [`eslint@${project.eslint}`, `@typescript-eslint/parser@${project.parser}`, `typescript@${project.typescript}`]
    const box = exampleProject(inject('tarball'), packages)
    box.write('probe.mjs', PROBE)
    box.write('examples/sizes.js', FIXABLE)
    boxes.set(project, box)
  }
  expected = findings(boxes.get(projects[0]), '20')
})
afterAll(() => boxes.forEach((box) => box.remove()))

it('has reports, fixes and suggestions to compare', () => {
  const messages = expected.flatMap(([, each]) => each)
  expect(messages.length).toBeGreaterThan(5)
  expect(messages.filter(({ fix }) => fix).length).toBeGreaterThan(0)
  expect(messages.filter(({ suggestions }) => suggestions.length > 0).length).toBeGreaterThan(3)
})

describe.each(projects)('ESLint $eslint, TypeScript parser $parser', (project) => {
  it.each(project.nodes)('on Node %s', (node) => expect(findings(boxes.get(project), node)).toEqual(expected))

  it('runs the command line', () => {
    const { stdout, stderr } = boxes.get(project)?.run('npx', 'eslint-plugin-bounded', 'check', 'examples', '--preset', 'strict', '--format', 'json') ?? {}
    if (!stdout) throw new Error(stderr)
    const found = (JSON.parse(stdout) as { filePath: string; messages: Message[] }[]).map(
      ({ filePath, messages }) => `${filePath.split('/examples/')[1]} ${messages.map(({ ruleId, line }) => `${ruleId}:${line}`).join()}`,
    )
    expect(found.sort()).toEqual(expected.map(([path, messages]) => `${path} ${messages.map(({ ruleId, line }) => `${ruleId}:${line}`).join()}`).sort())
  })
})

it('gives the same findings with a cache and with threads as without', () => {
  const box = boxes.get(projects[0])
  if (!box) throw new Error('no project')
  const plain = box.run('npx', 'eslint', 'examples', '-f', 'json').stdout
  const messages = (text: string): unknown =>
    Object.fromEntries((JSON.parse(text) as { filePath: string; messages: unknown }[]).map((result) => [result.filePath, result.messages]))
  for (const options of [['--cache'], ['--cache'], ['--concurrency', '2']]) {
    expect(messages(box.run('npx', 'eslint', 'examples', '-f', 'json', ...options).stdout), options.join(' ')).toEqual(messages(plain))
  }
})

it('works with bulk suppressions: suppressed, a new finding, pruned', () => {
  const box = boxes.get(projects[0])
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
