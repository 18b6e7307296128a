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

/** `map` gives results in input order, `forEach` gives nothing, `stream` gives an async iterable in input order. */
export type HelperKind = 'map' | 'forEach' | 'stream'

const own: Record<HelperKind, string> = { map: 'mapBounded', forEach: 'forEachBounded', stream: 'streamBounded' }
const pMap: Record<HelperKind, string> = { map: 'default', forEach: 'default', stream: 'pMapIterable' }

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
  const isPMap = helper === 'p-map'
  const imported = isPMap
    ? importName(sourceCode, helper, pMap[kind], pMap[kind] === 'default' ? 'pMap' : pMap[kind])
    : importName(sourceCode, helper, own[kind])
  return { text: `${imported.local}(${input}, ${fn}, { concurrency: ${concurrency} })`, import: imported }
}
