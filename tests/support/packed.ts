/**
 * Packs the package once for a run of the slow tests and says where the tarball lies.
 * `BOUNDED_TARBALL` names one that was packed before, so that several runs test the same file.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

const root = resolve(import.meta.dirname, '../..')

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the tarball that `npm pack` made of the working tree. */
    tarball: string
  }
}

export default function setup(project: TestProject): (() => void) | undefined {
  if (process.env.BOUNDED_TARBALL) {
    project.provide('tarball', resolve(process.env.BOUNDED_TARBALL))
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'bounded-pack-'))
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  })
  const name = stdout.trim().split('\n').at(-1)
  if (status !== 0 || !name) throw new Error(`npm pack ended with ${status}: ${stderr}`)
  project.provide('tarball', join(folder, name))
  return () => rmSync(folder, { recursive: true, force: true })
}
