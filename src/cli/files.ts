import { statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import type { ESLint } from 'eslint'
import { glob } from 'tinyglobby'
import { mapBounded } from '../runtime/index.ts'
import { UsageError } from './arguments.ts'
import { CODE_FILES } from './eslint-options.ts'

const CODE_FILE = /\.[cm]?[jt]sx?$/

/** The code files under the paths that ESLint does not ignore, sorted; throws a `UsageError` where there are none. */
export async function filesToLint(paths: readonly string[], cwd: string, eslint: ESLint): Promise<string[]> {
  const groups = await mapBounded(
    paths,
    (path) => {
      const full = resolve(cwd, path)
      const kind = statSync(full, { throwIfNoEntry: false })
      if (!kind) throw new UsageError(`No such file or folder: ${path}`)
      return kind.isFile() ? [full].filter((file) => CODE_FILE.test(file)) : filesBelow(full)
    },
    { concurrency: 4 },
  )
  const found = new Set(groups.flat().sort())
  const ignored = await mapBounded(found, (file) => eslint.isPathIgnored(file), { concurrency: 16 })
  const files = [...found].filter((_, index) => !ignored[index])
  if (files.length === 0) {
    throw new UsageError(
      found.size === 0
        ? `No JavaScript or TypeScript files in: ${paths.join(', ')}`
        : `All files are ignored (by ESLint's defaults or .gitignore): ${paths.join(', ')}`,
    )
  }
  return files
}

function filesBelow(folder: string): Promise<string[]> {
  return glob(CODE_FILES, { cwd: folder, absolute: true, dot: false, ignore: ['**/node_modules/**', '**/*.d.{ts,cts,mts}', '**/*.min.js'] })
}

/** The working directory, or the nearest folder above all paths where one lies outside it: ESLint lints nothing outside its base. */
export function baseFolder(paths: readonly string[], cwd: string): string {
  const isBelow = (path: string, folder: string): boolean => {
    const way = relative(folder, path)
    return !way.startsWith('..') && !isAbsolute(way)
  }
  const full = paths.map((path) => resolve(cwd, path))
  if (full.every((path) => isBelow(path, cwd))) return cwd
  let base = full[0] ?? cwd
  if (!statSync(base, { throwIfNoEntry: false })?.isDirectory()) base = dirname(base)
  while (!full.every((path) => isBelow(path, base)) && dirname(base) !== base) base = dirname(base)
  return base
}
