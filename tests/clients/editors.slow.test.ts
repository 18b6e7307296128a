/** Editors: the VS Code ESLint server and oxlint's, with the packed package. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openInEditor, type Editor } from '../support/language-server.ts'
import { sandbox, type Sandbox } from '../support/sandbox.ts'

/** An array for sure, a task that only reads and cannot throw before its promise: `--fix` rewrites it. */
const READS = `import { readdir, stat } from 'node:fs/promises'

export async function sizes(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.log'))
  return Promise.all(files.map(async (file) => stat(file)))
}
`
/** Writes: a suggestion. */
const WRITES = `import { writeFile } from 'node:fs/promises'

export async function clear(files) {
  await Promise.all(files.map((file) => writeFile(file, '')))
}
`
/** Both programs after their rewrite, but for the first lines. */
const BOUNDED_READS = 'mapBounded(files, async (file) => stat(file), { concurrency: 10 })'
const BOUNDED_WRITES = "mapBounded(files, (file) => writeFile(file, ''), { concurrency: 10 })"
const IMPORT = "import { mapBounded } from 'eslint-plugin-bounded/runtime'"

let box: Sandbox

beforeAll(() => {
  box = sandbox({
    'package.json': '{"private": true, "type": "module"}',
    'eslint.config.js': "import bounded from 'eslint-plugin-bounded'\nexport default [bounded.configs.recommended]\n",
    '.oxlintrc.json': JSON.stringify({
      jsPlugins: ['eslint-plugin-bounded'],
      categories: { correctness: 'off' },
      plugins: [],
      rules: { 'bounded/no-unbounded-promise-all': 'error' },
    }),
    'reads.js': READS,
    'writes.js': WRITES,
  })
  box.must('npm', 'install', inject('tarball'))
  box.must('npm', 'install', '--save-dev', 'eslint@10', 'oxlint@1', 'vscode-langservers-extracted@4.10.0')
})
afterAll(() => box.remove())

describe.each(['eslint', 'oxlint'] as const)('%s', (server) => {
  const open = async (path: string, use: (editor: Editor) => Promise<void>): Promise<void> => {
    const editor = await openInEditor(server, box.folder, path)
    try {
      await use(editor)
    } finally {
      await editor.close()
    }
  }

  it('underlines the combinator and says what is wrong', () =>
    open('reads.js', async ({ diagnostics }) => {
      expect(diagnostics).toHaveLength(1)
      const [diagnostic] = diagnostics
      expect(diagnostic?.message).toContain('`files`')
      expect(diagnostic?.range.start).toEqual({ line: 4, character: 9 })
      expect(diagnostic?.range.end).toEqual({ line: 4, character: 20 })
    }))

  it.each([
    ['reads.js', BOUNDED_READS],
    ['writes.js', BOUNDED_WRITES],
  ])('rewrites %s by a quick fix', (path, expected) =>
    open(path, async (editor) => {
      const [diagnostic] = editor.diagnostics
      if (!diagnostic) throw new Error('no diagnostic')
      const actions = (await editor.actionsOf(diagnostic)).filter(({ title }) => !/[Dd]isable|documentation/.test(title))
      expect(actions.length).toBeGreaterThan(0)
      const text = await editor.apply(actions[0] as (typeof actions)[number])
      expect(text).toContain(expected)
      expect(text).toContain(IMPORT)
    }))

  it('fixes on save what keeps behaviour, and leaves suggestions to a person', async () => {
    await open('reads.js', async (editor) => expect(await editor.fixAll()).toContain(BOUNDED_READS))
    await open('writes.js', async (editor) => expect(await editor.fixAll()).toBe(WRITES))
  })
})

it('links the rule to its page in VS Code', async () => {
  const editor = await openInEditor('eslint', box.folder, 'reads.js')
  const [diagnostic] = editor.diagnostics
  expect(diagnostic?.code).toBe('bounded/no-unbounded-promise-all')
  expect(diagnostic?.codeDescription?.href).toMatch(/docs\/rules\/no-unbounded-promise-all\.md$/)
  const titles = diagnostic ? (await editor.actionsOf(diagnostic)).map(({ title }) => title) : []
  expect(titles).toContain('Show documentation for bounded/no-unbounded-promise-all')
  await editor.close()
})
