/**
 * What the rules cost where there are types: the project's own sources, over a parser that makes the program but answers
 * no question about it. Each configuration starts with a program of its own, so that the types that its rules ask for
 * are worked out, and counted, in its turn.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tsParser from '@typescript-eslint/parser'
import { ESLint, type Linter } from 'eslint'
import type { BoundedPlugin } from '../../src/index.ts'

/** Calls are followed from handlers of their own file alone: what the types themselves cost. */
const inFile: Linter.Config = { rules: { 'bounded/no-sync-in-handler': ['error', { reach: 'file' }] } }

export interface TypedCosts {
  readonly files: number
  readonly lines: number
  /** CPU microseconds of all passes, by configuration; `floor` has no rules. */
  readonly times: ReadonlyMap<string, number>
}

export async function typedCosts(plugin: BoundedPlugin, root: string, passes: number): Promise<TypedCosts> {
  const { stdout } = spawnSync('git', ['ls-files', 'src/*.ts', 'rules/*.ts'], { cwd: root, encoding: 'utf8' })
  const files = stdout.split('\n').filter(Boolean).map((path) => ({ path: join(root, path), text: readFileSync(join(root, path), 'utf8') }))
  const configs: Record<string, Linter.Config[]> = {
    floor: [],
    'bounded recommended': [plugin.configs.recommended as Linter.Config],
    'bounded recommended-type-checked, handlers of the file': [plugin.configs['recommended-type-checked'] as Linter.Config, inFile],
    'bounded recommended-type-checked': [plugin.configs['recommended-type-checked'] as Linter.Config],
  }
  const names = Object.keys(configs)
  const times = new Map(names.map((name) => [name, 0]))
  for (let pass = 0; pass <= passes; pass += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + pass) % names.length] as string
      tsParser.clearCaches()
      const time = await lintTime(files, configs[name] ?? [], root)
      // The first pass warms up.
      if (pass > 0) times.set(name, (times.get(name) ?? 0) + time)
    }
  }
  return { files: files.length, lines: files.reduce((sum, { text }) => sum + text.split('\n').length, 0), times }
}

async function lintTime(files: readonly { path: string; text: string }[], configs: Linter.Config[], root: string): Promise<number> {
  const base: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tsParser as Linter.Parser, parserOptions: { projectService: true, tsconfigRootDir: root } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  }
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, ignore: false, overrideConfig: [base, ...configs] })
  const started = process.cpuUsage()
  for (const { path, text } of files) {
    const [result] = await eslint.lintText(text, { filePath: path })
    const fatal = result?.messages.find((message) => message.fatal)
    if (fatal) throw new Error(`${path}: ${fatal.message}`)
  }
  const { user, system } = process.cpuUsage(started)
  return user + system
}
