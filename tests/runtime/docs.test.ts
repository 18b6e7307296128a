/** Runs every example of docs/runtime.md and compares what it prints with what the page says. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { examplesOf } from '../support/doc-examples.ts'
import { bundleRuntime } from '../support/runtime-bundle.ts'

const page = readFileSync(new URL('../../docs/runtime.md', import.meta.url), 'utf8')
const { folder, file } = bundleRuntime('esm')

describe('docs/runtime.md', () => {
  it.each(examplesOf(page, 'js'))('$title', async ({ code, line, prints }) => {
    const program = path.join(folder, `example-${line}.mjs`)
    writeFileSync(program, code.replace('eslint-plugin-bounded/runtime', file))
    const { stdout } = await promisify(execFile)(process.execPath, [program])
    expect(stdout.trimEnd().split('\n')).toEqual(prints)
  })

  it('names every function that the helper exports', async () => {
    for (const name of Object.keys((await import('../../src/runtime/index.ts')) as object)) {
      if (!name.endsWith('Error')) expect(page).toContain(`\`${name}`)
    }
  })
})
