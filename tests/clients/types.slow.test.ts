/** A configuration in TypeScript against the packed package's types, under the versions of TypeScript that users have. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sandbox, type Sandbox } from '../support/sandbox.ts'

const CONFIG = `import bounded from 'eslint-plugin-bounded'
import { defineConfig } from 'eslint/config'

export default defineConfig([
  bounded.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { bounded },
    extends: ['bounded/strict', bounded.configs['recommended-type-checked']],
    rules: { 'bounded/no-await-in-loop': 'warn' },
  },
])
`

let box: Sandbox

beforeAll(() => {
  box = sandbox({
    'package.json': '{"private": true, "type": "module"}',
    'eslint.config.ts': CONFIG,
    'common.cts': CONFIG,
    'wrong.ts': "import bounded from 'eslint-plugin-bounded'\nexport default bounded.configs.recomended\n",
  })
  box.must('npm', 'install', inject('tarball'))
  box.must('npm', 'install', '--save-dev', 'eslint@10')
})
afterAll(() => box.remove())

const modules = [['nodenext', 'nodenext'], ['bundler', 'esnext']] as const

describe.each(['5.6', '5.9', '6', '7'])('TypeScript %s', (version) => {
  const check = (file: string, resolution: string, module: string): string => {
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--module', module, '--moduleResolution', resolution]
    const { status, stdout, stderr } = box.run('npx', '-y', '-p', `typescript@${version}`, 'tsc', ...options, file)
    if (status !== 0 && stdout === '') throw new Error(stderr)
    return stdout
  }

  it.each(modules)('takes the presets in `defineConfig`, libraries checked, by %s resolution', (resolution, module) => {
    expect(check('eslint.config.ts', resolution, module)).toBe('')
    expect(check('wrong.ts', resolution, module)).toContain('recomended')
  })

  // A CommonJS file may not import an ES module before TypeScript 5.8: such a configuration is written as `.mts`.
  it(version === '5.6' ? 'refuses it in a CommonJS configuration' : 'takes it in a CommonJS configuration', () => {
    const found = check('common.cts', 'nodenext', 'nodenext')
    if (version === '5.6') expect(found).toContain('TS1479')
    else expect(found).toBe('')
  })
})
