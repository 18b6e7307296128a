/** The source files of this repository: at hand on every machine, and full of what the rules are about. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export const ownFiles = ['docs/examples', 'src', 'rules', 'tests/benchmarks/scenarios'].flatMap((folder) => sourceFilesIn(join(root, folder)))

/** Absolute paths, sorted; declarations and installed packages left out. */
export function sourceFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$|(?:^|\/)node_modules\//.test(path))
    .sort()
    .map((path) => join(folder, path))
}
