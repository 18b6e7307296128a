/** The built plugin against the sources: it says the same of each rule, and loads the code of the rules when a file is linted. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { rules } from '../../rules/index.ts'

const root = resolve(import.meta.dirname, '../..')

/** What a program that imports the built plugin prints, as JSON. */
function evaluate(expression: string): unknown {
  const code = `import plugin from ${JSON.stringify(pathToFileURL(join(root, 'dist/index.js')).href)}
import { createRequire } from 'node:module'
import { Linter } from 'eslint'
const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((path) => path.endsWith('rules.cjs')).length
console.log(JSON.stringify(${expression}))`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

it('says of each rule what its source says', () => {
  const built = evaluate('Object.entries(plugin.rules).map(([name, { meta, defaultOptions }]) => ({ name, meta, defaultOptions }))')
  expect(built).toEqual(Object.entries(rules).map(([name, { meta, defaultOptions }]) => ({ name, meta, defaultOptions })))
})

it('loads the code of the rules when the first file is linted, and not before', () => {
  const lint = "new Linter().verify('async () => { for (const x of xs) await fetch(x) }', [{ plugins: { bounded: plugin }, rules: { 'bounded/no-await-in-loop': 'error' } }]).map(({ message }) => message.split(' before')[0])"
  expect(evaluate(`[loaded(), ${lint}, loaded()]`)).toEqual([0, ['Each iteration waits for `fetch(x)`'], 1])
})
