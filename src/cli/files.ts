import { realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import type { ESLint } from 'eslint'
import { glob } from 'tinyglobby'
import { mapBounded } from '../runtime/index.ts'
import { UsageError } from './arguments.ts'
import { CODE_FILES } from './eslint-options.ts'
import { gitIgnoreOf } from './gitignore.ts'

const CODE_FILE = /\.[cm]?[jt]sx?$/

export interface Selection {
  /** Sorted, each once. */
  readonly files: readonly string[]
  /** Paths as they were given, all of whose code files are ignored. */
  readonly leftOut: readonly string[]
}

/** The code files under the paths that neither ESLint nor `.gitignore` ignores; throws a `UsageError` where there are none. */
export async function filesToLint(paths: readonly string[], cwd: string, base: string, eslint: ESLint): Promise<Selection> {
  const isGitIgnored = gitIgnoreOf(base)
  const groups = await mapBounded(
    paths,
    async (path) => {
      const found = await codeFilesAt(path, cwd)
      const ignored = await mapBounded(found, (file) => isGitIgnored(file) || eslint.isPathIgnored(file), { concurrency: 16 })
      return { path, found, files: found.filter((_, index) => !ignored[index]) }
    },
    { concurrency: 4 },
  )
  const files = [...new Set(groups.flatMap((group) => group.files))].sort()
  if (files.length > 0) {
    return { files, leftOut: groups.filter((group) => group.found.length > 0 && group.files.length === 0).map(({ path }) => path) }
  }
  throw new UsageError(
    groups.every(({ found }) => found.length === 0)
      ? `No JavaScript or TypeScript files in: ${paths.join(', ')}`
      : `All files are ignored (${IGNORED_BY}): ${paths.join(', ')}`,
  )
}

export const IGNORED_BY = "by ESLint's defaults or .gitignore"

function codeFilesAt(path: string, cwd: string): string[] | Promise<string[]> {
  const full = resolve(cwd, path)
  const kind = statSync(full, { throwIfNoEntry: false })
  if (!kind) throw new UsageError(`No such file or folder: ${path}`)
  return kind.isFile() ? [full].filter((file) => CODE_FILE.test(file)) : filesBelow(full)
}

async function filesBelow(folder: string): Promise<string[]> {
  const found = await glob(CODE_FILES, { cwd: folder, absolute: true, dot: false, ignore: ['**/node_modules/**', '**/*.d.{ts,cts,mts}', '**/*.min.js'] })
  const isLinked = throughLinks(folder)
  return found.filter((file) => !isLinked(file))
}

/** Links to folders are not followed, as ESLint does not: what they lead to would be checked twice, or lies elsewhere. */
function throughLinks(folder: string): (file: string) => boolean {
  const top = realpathSync(folder)
  const known = new Map<string, boolean>()
  return (file) => {
    const place = dirname(file)
    const linked = known.get(place) ?? realpathSync(place) !== resolve(top, relative(folder, place))
    known.set(place, linked)
    return linked
  }
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
