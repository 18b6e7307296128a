/** What git leaves out: every `.gitignore` from the top of the repository down to the file. https://git-scm.com/docs/gitignore */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ignoreModule from 'ignore'

/** Answers for files below the folder; where no repository holds it, its own `.gitignore` is the uppermost one. */
export function gitIgnoreOf(base: string): (file: string) => boolean {
  const top = repositoryOf(base) ?? base
  const isIgnoredFolder = memoize((folder) => folder !== top && isIgnored(folder, '/'))
  const patternsOf = memoize((folder) => {
    const file = join(folder, '.gitignore')
    return existsSync(file) ? ignoreModule.default().add(readFileSync(file, 'utf8')) : null
  })

  // Nothing below an ignored folder can be taken back; of several files, the nearest that says something decides.
  function isIgnored(path: string, end: '' | '/'): boolean {
    if (isIgnoredFolder(dirname(path))) return true
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const verdict = patternsOf(folder)?.test(relative(folder, path).replaceAll('\\', '/') + end)
      if (verdict?.ignored || verdict?.unignored) return verdict.ignored
      if (folder === top) return false
    }
  }

  return (file) => isIgnored(file, '')
}

/** The nearest folder upwards that holds `.git`, which is a file in a worktree or submodule. */
function repositoryOf(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder
  return dirname(folder) === folder ? null : repositoryOf(dirname(folder))
}

function memoize<T>(compute: (folder: string) => T): (folder: string) => T {
  const known = new Map<string, T>()
  return (folder) => {
    if (!known.has(folder)) known.set(folder, compute(folder))
    return known.get(folder) as T
  }
}
