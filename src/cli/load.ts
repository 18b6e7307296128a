/** Finds ESLint and the parser: those of the checked project first, then those installed beside this package. */
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ESLint, Linter } from 'eslint'
import { UsageError } from './arguments.ts'

/** The URL from which a package loads; throws a `UsageError` that says what to install. */
export function locate(name: 'eslint' | '@typescript-eslint/parser', cwd: string): URL {
  const file = resolved(name, manifestOf(cwd)) ?? resolved(name, import.meta.url)
  if (file !== null) return pathToFileURL(file)
  throw new UsageError(
    existsSync(manifestOf(cwd))
      ? `\`${name}\` is not installed: run \`npm install --save-dev ${missing(cwd).join(' ')}\`.`
      : `\`${name}\` is not installed: run \`npx ${needed.map(([, spec]) => `-p ${spec}`).join(' ')} -p eslint-plugin-bounded eslint-plugin-bounded check …\`.`,
  )
}

/** What has to be there, and as what it is installed: the parser takes TypeScript up to 6. */
const needed = [['eslint', 'eslint'], ['@typescript-eslint/parser', '@typescript-eslint/parser'], ['typescript', 'typescript@6']] as const

/** A project's own TypeScript stays at its version. */
function missing(cwd: string): string[] {
  return needed.filter(([name]) => resolved(name, manifestOf(cwd)) === null).map(([, spec]) => spec)
}

const manifestOf = (cwd: string): string => join(cwd, 'package.json')

function resolved(name: string, from: string): string | null {
  try {
    return createRequire(from).resolve(name)
  } catch {
    return null
  }
}

export interface EslintModule {
  readonly ESLint: typeof ESLint & { fromOptionsModule?(url: URL): Promise<ESLint> }
  readonly loadESLint?: (options: { readonly useFlatConfig: true }) => Promise<EslintModule['ESLint']>
  readonly Linter: typeof Linter
}

/** The class that takes flat configuration, which in ESLint 8.57 is not the exported one. */
export async function loadEslint(cwd: string): Promise<EslintModule['ESLint']> {
  const { ESLint, loadESLint } = await load<EslintModule>(locate('eslint', cwd))
  if (!loadESLint) throw new UsageError(`ESLint ${ESLint.version} is too old: run \`npm install --save-dev eslint@8.57\` or newer.`)
  return loadESLint({ useFlatConfig: true })
}

/** Loads a package and gives its exports, whichever module form it has. */
export async function load<T>(url: URL): Promise<T> {
  const module = (await import(url.href)) as { default?: T } & T
  return module.default ?? module
}
