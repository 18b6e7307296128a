/** Files that are not plain scripts, all in one run: right or silent, never a crash, never a misplaced import. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { sandbox, type Sandbox } from '../support/sandbox.ts'

/** An array for sure and a task that only reads: `--fix` rewrites it. */
const FAN_OUT = `import { readdir, stat } from 'node:fs/promises'
const names = (await readdir('logs')).filter((name) => name.endsWith('.log'))
export const sizes = await Promise.all(names.map(async (name) => stat(name)))
`

let box: Sandbox

beforeAll(() => {
  box = sandbox({
    'package.json': '{"private": true, "type": "module"}',
    'eslint.config.js': `import bounded from 'eslint-plugin-bounded'
import json from '@eslint/json'
import markdown from '@eslint/markdown'
import astro from 'astro-eslint-parser'
import svelte from 'svelte-eslint-parser'
import vue from 'vue-eslint-parser'

export default [
  { ignores: ['node_modules', 'eslint.config.js'] },
  { files: ['**/*.vue'], languageOptions: { parser: vue } },
  { files: ['**/*.svelte'], languageOptions: { parser: svelte } },
  { files: ['**/*.astro'], languageOptions: { parser: astro } },
  { files: ['**/*.json'], ignores: ['package*.json'], plugins: { json }, language: 'json/json' },
  { files: ['**/*.md'], plugins: { markdown }, processor: 'markdown/markdown' },
  { ...bounded.configs.all, files: ['**/*.{js,vue,svelte,astro,json}', '**/*.md/*.js'] },
]
`,
    'a.js': FAN_OUT,
    'b.vue': `<template><p>{{ 1 }}</p></template>\n<script setup>\n${FAN_OUT.replace('export ', '')}</script>\n`,
    'c.svelte': `<script>\n${FAN_OUT.replace('export ', '')}</script>\n<p>text</p>\n`,
    'd.astro': `---\n${FAN_OUT.replace('export ', '')}---\n<p>text</p>\n`,
    'e.md': `# Title\n\n\`\`\`js\n${FAN_OUT}\`\`\`\n`,
    'f.json': '{"a": [1, 2]}\n',
  })
  box.must('npm', 'install', inject('tarball'))
  box.must(
    'npm', 'install', '--save-dev', 'eslint@10', '@eslint/json', '@eslint/markdown', 'astro-eslint-parser@1', 'svelte', 'svelte-eslint-parser',
    'vue-eslint-parser',
  )
})
afterAll(() => box.remove())

const files = ['a.js', 'b.vue', 'c.svelte', 'd.astro', 'e.md', 'f.json']

it('lints them all without a crash', () => {
  const { status, stdout, stderr } = box.run('npx', 'eslint', '-f', 'json', '--no-warn-ignored', ...files)
  // npm has warnings of its own; a crash or a warning of ESLint starts with its name, a stack with `at`.
  expect(stderr).not.toMatch(/eslint|^\s+at /im)
  expect(status).toBe(1)
  const results = JSON.parse(stdout) as { filePath: string; fatalErrorCount: number; messages: { ruleId: string; line: number }[] }[]
  expect(results.map(({ fatalErrorCount }) => fatalErrorCount)).toEqual(files.map(() => 0))
  const lineOf = (name: string): number | undefined => results.find(({ filePath }) => filePath.endsWith(name))?.messages[0]?.line
  expect(lineOf('a.js')).toBe(3)
  expect(lineOf('b.vue')).toBe(5)
  expect(lineOf('e.md')).toBe(6)
  expect(lineOf('f.json')).toBeUndefined()
})

it('puts the import where it belongs, or leaves the file alone', () => {
  const before = new Map(files.map((file) => [file, box.read(file)]))
  box.run('npx', 'eslint', '--fix', '--no-warn-ignored', ...files)
  const IMPORT = "import { mapBounded } from 'eslint-plugin-bounded/runtime'"
  expect(box.read('a.js')).toContain(`promises'\n${IMPORT}`)
  expect(box.read('b.vue')).toMatch(/<script setup>[\s\S]*import \{ mapBounded \}[\s\S]*<\/script>/)
  expect(box.read('e.md')).toMatch(/```js\n[\s\S]*import \{ mapBounded \}[\s\S]*```/)
  for (const file of ['c.svelte', 'd.astro', 'f.json']) expect(box.read(file), file).toBe(before.get(file))
})
