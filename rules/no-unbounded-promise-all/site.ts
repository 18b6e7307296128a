/** The calls that may start a fan-out: a combinator, a library's map without a limit, a `forEach` that drops its promises. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { Combinator, Dropped, FanOut, FanOuts } from '../../src/analysis/fan-out/index.ts'
import type { BoundedMap, Limiters } from '../../src/analysis/limiters/index.ts'
import { isArray } from '../../src/fix/loop/sources.ts'

export type Site =
  | { readonly kind: 'combinator'; readonly combinator: Combinator; readonly fanOuts: readonly FanOut[] }
  | { readonly kind: 'unlimited-map'; readonly map: BoundedMap; readonly fanOuts: readonly FanOut[] }
  | { readonly kind: 'dropped'; readonly dropped: Dropped; readonly fanOuts: readonly FanOut[] }

export function siteOf(
  call: TSESTree.CallExpression,
  fanOuts: FanOuts,
  /** Null where the file has no library's map. */
  limiters: Limiters | null,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Site | null {
  const combinator = fanOuts.combinatorOf(call)
  if (combinator) return { kind: 'combinator', combinator, fanOuts: fanOuts.of(combinator) }
  const map = limiters?.boundedMapOf(call)
  if (map) return map.isUnlimited ? { kind: 'unlimited-map', map, fanOuts: [fanOuts.ofMap(map.list, map.mapper, call)] } : null
  const dropped = fanOuts.droppedBy(call)
  // What is no array may have a `forEach` that gives a promise, and somebody takes it here.
  if (!dropped || (dropped.isTaken && !isArray(sourceCode, dropped.list))) return null
  return { kind: 'dropped', dropped, fanOuts: [fanOuts.ofDropped(dropped)] }
}
