/** The published declarations under every TypeScript that is supported, with and without the disposal library. */
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname

it.each([
  ['5.0', 'ES2022,DOM'],
  ['5.4', 'ES2022,DOM'],
  ['5.9', 'ES2022,DOM,ESNext.Disposable'],
  ['6', 'ES2022,DOM,ESNext.Disposable'],
  ['7', 'ES2022,DOM,ESNext.Disposable'],
])('TypeScript %s with %s', async (version, lib) => {
  expect(existsSync(path.join(root, 'dist/runtime')), 'run `npm run build` first').toBe(true)
  const folder = mkdtempSync(path.join(tmpdir(), 'bounded-types-'))
  mkdirSync(path.join(folder, 'helper'))
  for (const name of ['index.d.mts', 'index.d.cts']) copyFileSync(path.join(root, 'dist/runtime', name), path.join(folder, 'helper', name))
  copyFileSync(path.join(root, 'tests/runtime/fixtures/types.ts'), path.join(folder, 'types.mts'))
  const compilerOptions = {
    target: 'ES2022', lib: lib.split(','), module: 'nodenext', moduleResolution: 'nodenext', strict: true, noEmit: true, types: [],
    exactOptionalPropertyTypes: true, skipLibCheck: false,
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.mts'] }))
  const { stdout } = await run('npx', ['-y', '-p', `typescript@${version}`, 'tsc', '-p', folder], { cwd: folder }).catch((error: unknown) => error as { stdout: string })
  expect(stdout).toBe('')
})
