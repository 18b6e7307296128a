/** The examples of docs/runtime.md that need a newer Node than the one that runs the tests. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { examplesOf } from '../support/doc-examples.ts'
import { bundleRuntime } from '../support/runtime-bundle.ts'

const page = readFileSync(new URL('../../docs/runtime.md', import.meta.url), 'utf8')

it.each(examplesOf(page, 'js node24'))('$title', ({ code, prints }) => {
  const { folder, file } = bundleRuntime('esm')
  const program = path.join(folder, 'example.mjs')
  writeFileSync(program, code.replace('eslint-plugin-bounded/runtime', file))
  const stdout = execFileSync('npx', ['-y', '-p', 'node@24', 'node', program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  expect(stdout.trimEnd().split('\n')).toEqual(prints)
})
