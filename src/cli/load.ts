/** Finds ESLint and the parser: those of the checked project first, then those installed beside this package. */
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ESLint, Linter } from 'eslint'
import { UsageError } from './arguments.ts'

/** The URL from which a package loads; throws a `UsageError` that says what to install. */
export function locate(name: 'eslint' | '@typescript-eslint/parser', cwd: string): URL {
  for (const from of [join(cwd, 'package.json'), import.meta.url]) {
    try {
      return pathToFileURL(createRequire(from).resolve(name))
    } catch {
      // Not there: the next place.
    }
  }
  throw new UsageError(
    existsSync(join(cwd, 'package.json'))
      ? `\`${name}\` is not installed: run \`npm install --save-dev eslint @typescript-eslint/parser typescript@6\`.`
      : `\`${name}\` is not installed: run \`npx -p eslint -p @typescript-eslint/parser -p typescript@6 -p eslint-plugin-bounded eslint-plugin-bounded check …\`.`,
  )
}

export interface EslintModule {
  readonly ESLint: typeof ESLint & { fromOptionsModule?(url: URL): Promise<ESLint> }
  readonly Linter: typeof Linter
}

/** Loads a package and gives its exports, whichever module form it has. */
export async function load<T>(url: URL): Promise<T> {
  const module = (await import(url.href)) as { default?: T } & T
  return module.default ?? module
}
