/** `@babel/eslint-parser` on TypeScript files, under Node 24 (it does not run on 20): the reports of TypeScript's own parser. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { exampleProject } from '../support/example-findings.ts'
import type { Sandbox } from '../support/sandbox.ts'

let box: Sandbox

beforeAll(() => {
  const packages = ['eslint@10', '@typescript-eslint/parser@8', 'typescript@6', '@babel/core@8', '@babel/eslint-parser@8']
  box = exampleProject(inject('tarball'), packages)
  box.write(
    'babel.config.mjs',
    `import bounded from 'eslint-plugin-bounded'
import parser from '@babel/eslint-parser'

const parserOptions = { requireConfigFile: false, babelOptions: { babelrc: false, configFile: false, parserOpts: { plugins: ['typescript'] } } }
export default [
  { files: ['examples/**/*.{js,ts}'], languageOptions: { parser, parserOptions } },
  { files: ['examples/**/*.{js,ts}'], ...bounded.configs.strict },
]
`,
  )
})
afterAll(() => box.remove())

/** Messages with their places, fixes and suggestions, by file: ESLint reads folders at the same time, in no certain order. */
function findings(config: string): Record<string, unknown[]> {
  const eslint = 'node_modules/eslint/bin/eslint.js'
  const { stdout, stderr } = box.run('npx', '-y', '-p', 'node@24', 'node', eslint, '--config', config, '-f', 'json', 'examples')
  if (stdout === '') throw new Error(stderr)
  return Object.fromEntries((JSON.parse(stdout) as { filePath: string; messages: unknown[] }[]).map(({ filePath, messages }) => [filePath, messages]))
}

it('reports what TypeScript’s parser leads to', () => {
  const found = findings('babel.config.mjs')
  expect(found).toEqual(findings('eslint.config.js'))
  expect(Object.values(found).flat().length).toBeGreaterThan(5)
})
