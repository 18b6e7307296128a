/** Calls of the helper that the user's settings name, with the import that they need. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Settings } from '../../options/settings.ts'
import { importName, type ImportedName } from '../import-name.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export type HelperSettings = Pick<Settings, 'concurrency' | 'helper'>

export interface HelperCall {
  readonly text: string
  readonly import: ImportedName
}

/** `map` gives results in input order, `settled` outcomes, `forEach` nothing, `stream` an async iterable in input order. */
export type HelperKind = 'map' | 'settled' | 'forEach' | 'stream'

const own: Record<HelperKind, string> = { map: 'mapBounded', settled: 'mapBoundedSettled', forEach: 'forEachBounded', stream: 'streamBounded' }
const pMap: Record<HelperKind, string | null> = { map: 'default', settled: null, forEach: 'default', stream: 'pMapIterable' }

/** How messages call the helper that the settings name; another module has this package's names. */
export function helperName({ helper }: Pick<Settings, 'helper'>, kind: 'map' | 'forEach'): string {
  return helper === 'p-map' ? 'pMap' : helper === 'p-limit' ? 'pLimit' : own[kind]
}

/**
 * `mapBounded(input, fn, { concurrency: 10 })`; for `p-map` its own names. Null for helpers that have no such call:
 * `p-limit` maps arrays only, and starts nothing at once that is thrown synchronously.
 */
export function helperCall(
  sourceCode: SourceCode,
  settings: HelperSettings,
  kind: HelperKind,
  input: string,
  fn: string,
): HelperCall | null {
  const { helper, concurrency } = settings
  if (helper === 'p-limit') return null
  const name = helper === 'p-map' ? pMap[kind] : own[kind]
  if (name === null) return null
  const imported = importName(sourceCode, helper, name, name === 'default' ? 'pMap' : name)
  return { text: `${imported.local}(${input}, ${fn}, { concurrency: ${concurrency} })`, import: imported }
}
