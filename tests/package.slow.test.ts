/** The packed package as users get it: its contents, its size, and a project that installs it. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sandbox, type Sandbox } from './support/sandbox.ts'

const root = resolve(import.meta.dirname, '..')
const tarball = inject('tarball')

describe('production install', () => {
  let box: Sandbox
  beforeAll(() => {
    box = sandbox({ 'package.json': '{"private": true}' })
    box.must('npm', 'install', '--omit=dev', tarball)
  })
  afterAll(() => box.remove())

  it('is one package', () => {
    expect(readdirSync(join(box.folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['eslint-plugin-bounded'])
  })

  // The aim was 400 KB. On 26 November 2026 the files took 963 KB (rules.cjs 676 with 21 rules, 567 with 13, of which the
  // analysis is half and the tables a fifth; cli.js 91, both runtime builds 85 and their types 26, index.js 41, globs.cjs
  // 24). The gate holds that state and keeps the growth in sight; it does not say that the aim is met.
  it('holds the built files, the licence and nothing else, in less than 980 KB (missing the aim of 400 KB)', () => {
    const folder = join(box.folder, 'node_modules/eslint-plugin-bounded')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile())
    expect(files.sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/cli.js',
      'dist/eslint-options.js',
      'dist/globs.cjs',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/rules.cjs',
      'dist/runtime/index.cjs',
      'dist/runtime/index.d.cts',
      'dist/runtime/index.d.mts',
      'dist/runtime/index.mjs',
      'package.json',
      'runtime/package.json',
    ])
    const bytes = files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)
    expect(bytes).toBeLessThan(980_000)
  })

  it('passes publint', async () => {
    const { messages } = await publint({ pkgDir: join(box.folder, 'node_modules/eslint-plugin-bounded'), pack: false, strict: true })
    expect(messages).toEqual([])
  })

  it('declares globals with the types of the helper only', () => {
    const declarations = (file: string): string => readFileSync(join(box.folder, 'node_modules/eslint-plugin-bounded/dist', file), 'utf8')
    expect(declarations('index.d.ts')).not.toContain('declare global')
    expect(declarations('runtime/index.d.cts')).toContain('declare global')
  })

  it('gives its helper to ESM and CommonJS', () => {
    box.write('a.mjs', "import { mapBounded } from 'eslint-plugin-bounded/runtime'\nconsole.log(await mapBounded([1, 2], async (x) => x * 2, { concurrency: 1 }))\n")
    box.write('b.cjs', "const { mapBounded } = require('eslint-plugin-bounded/runtime')\nmapBounded([1, 2], async (x) => x * 2, { concurrency: 1 }).then((all) => console.log(all))\n")
    expect(box.must('node', 'a.mjs')).toBe('[ 2, 4 ]\n')
    expect(box.must('node', 'b.cjs')).toBe('[ 2, 4 ]\n')
  })
})

describe('a project with ESLint', () => {
  let box: Sandbox
  beforeAll(() => {
    box = sandbox({
      'package.json': '{"private": true, "type": "module"}',
      'eslint.config.js': `import bounded from 'eslint-plugin-bounded'
import parser from '@typescript-eslint/parser'
import { defineConfig } from 'eslint/config'

export default defineConfig([
  { files: ['**/*.ts'], languageOptions: { parser } },
  { files: ['**/*.{js,ts}'], plugins: { bounded }, extends: ['bounded/recommended'], settings: { bounded: { fixes: 'all' } } },
])
`,
      'sizes.js': `import { readdir, stat } from 'node:fs/promises'

export async function sizes(folder) {
  const files = await readdir(folder)
  return Promise.all(files.map(async (file) => (await stat(\`\${folder}/\${file}\`)).size))
}

if ((await sizes('data')).join() !== '1,2,3') throw new Error('wrong sizes')
console.log('sizes are right')
`,
      'data/a': '1',
      'data/b': '22',
      'data/c': '333',
    })
    box.must('npm', 'install', tarball)
    box.must('npm', 'install', '--save-dev', 'eslint@10', '@typescript-eslint/parser@8', 'typescript@6')
  })
  afterAll(() => box.remove())

  it('reports, fixes and runs', () => {
    const before = box.run('npx', 'eslint', 'sizes.js')
    expect(before.stdout).toContain('bounded/no-unbounded-promise-all')
    expect(before.status).toBe(1)
    box.must('npx', 'eslint', '--fix', 'sizes.js')
    expect(box.read('sizes.js')).toContain("import { mapBounded } from 'eslint-plugin-bounded/runtime'")
    expect(box.must('node', 'sizes.js')).toBe('sizes are right\n')
  })

  it('has a command line that checks without configuration', () => {
    const { status, stdout } = box.run('npx', 'eslint-plugin-bounded', 'sizes.js')
    expect(stdout).toMatch(/^No findings in 1 file/)
    expect(status).toBe(0)
  })
})

it('attw: the helper resolves everywhere; the plugin is ESM by design', () => {
  const box = sandbox()
  const attw = join(root, 'node_modules/.bin/attw')
  expect(box.run(attw, tarball, '--entrypoints', 'runtime')).toMatchObject({ status: 0 })
  expect(box.run(attw, tarball, '--ignore-rules', 'cjs-resolves-to-esm', 'no-resolution')).toMatchObject({ status: 0 })
  box.remove()
})
