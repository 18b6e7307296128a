/** A scaffolded rule type-checks, passes its own test and its page's examples before a line of it is changed. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scaffold, write } from '../../src/dev/scaffold.ts'

const root = resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounded-scaffold-'))
  for (const part of ['src', 'rules', 'tests/support', 'tests/vitest.config.ts', 'tests/docs.test.ts', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('writes a rule whose test and page pass', () => {
  write(scaffold('no-eval-of-text'), folder)
  const run = (...command: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
    })
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stdout}${stderr}`)
    return stdout
  }
  run('node_modules/tsx/dist/cli.mjs', 'src/dev/rule-index.ts')
  expect(readFileSync(join(folder, 'rules/index.ts'), 'utf8')).toContain("'no-eval-of-text': noEvalOfText")
  expect(run('node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', 'tests/rules', 'tests/docs.test.ts')).toMatch(/Tests .*\b8 passed/)
})

it('overwrites nothing', () => {
  expect(() => write(scaffold('no-eval-of-text'), folder)).toThrow('rules/no-eval-of-text.ts is there already.')
})

it.each(['', 'eval', 'no-Eval', '../no-eval'])('refuses the name %j', (name) => {
  expect(() => scaffold(name)).toThrow('is no rule name')
})
