/** Real packages: the check ends, findings are the recorded ones, and `--fix` leaves whole files that stay as they are. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { check, linesOf, type FileResult } from './findings.ts'
import { sourcesOf, specs } from './packages.ts'

describe.each(specs)('%s', (spec) => {
  it('has the recorded findings, and --fix touches only files with findings', { timeout: 600_000 }, () => {
    const sources = sourcesOf(spec)
    const found = check(sources)
    const recorded = readFileSync(join(import.meta.dirname, 'findings', `${spec.replaceAll('/', '+')}.txt`), 'utf8')
    expect(`${linesOf(found, sources).join('\n')}\n`.trimStart(), 'review with `npm run corpus`').toBe(recorded)

    const copy = mkdtempSync(join(tmpdir(), 'bounded-corpus-'))
    try {
      cpSync(sources, copy, { recursive: true })
      const unparsed = paths(found, sources, ({ messages }) => messages.some(({ fatal }) => fatal))
      const reported = paths(found, sources, ({ messages }) => messages.length > 0)
      const fixed = check(copy, '--fix', '--fixes', 'all')
      expect(paths(fixed, copy, ({ messages }) => messages.some(({ fatal }) => fatal))).toEqual(unparsed)
      const once = changed(sources, copy)
      expect(once.filter((path) => !reported.includes(path))).toEqual([])

      const before = new Map(once.map((path) => [path, readFileSync(join(copy, path), 'utf8')]))
      check(copy, '--fix', '--fixes', 'all')
      expect(changed(sources, copy)).toEqual(once)
      for (const [path, text] of before) expect(readFileSync(join(copy, path), 'utf8'), path).toBe(text)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })
})

function paths(results: readonly FileResult[], folder: string, fits: (result: FileResult) => boolean): string[] {
  return results.filter(fits).map(({ filePath }) => relative(folder, filePath)).sort()
}

/** Files of the copy that differ from the original. */
function changed(original: string, copy: string): string[] {
  return readdirSync(copy, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(copy, path)).isFile())
    .filter((path) => !readFileSync(join(copy, path)).equals(readFileSync(join(original, path))))
    .sort()
}
