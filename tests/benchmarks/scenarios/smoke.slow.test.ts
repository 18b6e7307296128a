/** Two scenarios from end to end: finding, rewrite, the same results before and after, measured against a real service. */
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

it('rewrites the programs of rows 1 and 12, and both give the same results before and after', async () => {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'run.ts'), '--smoke'], { cwd: root })
  const { stdout } = await run
  expect(run.child.exitCode).toBe(0)
  expect(stdout).toMatch(/^row 1: /m)
  expect(stdout).toMatch(/^row 12: /m)
  expect(stdout).toContain('2 scenarios: both programs of each gave the same results.')
})
