/**
 * Limits that multiply: a limited fan-out in the task of another one, or in a function that calls itself. What is limited is
 * the calls of one place; what is in flight is their product.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nameOf } from '../../ast/names.ts'
import { enclosingFunction, isInside, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { sizesOf, type Size } from '../cardinality/index.ts'
import { isPiecesName } from '../cardinality/list-names.ts'
import { callsOf } from '../calls/index.ts'
import { limitersOf } from '../limiters/index.ts'
import { countOf, slotOf } from '../limiters/slots.ts'
import { usesOf } from '../uses/index.ts'
import { fanOutsOf, type FanOut } from './index.ts'
import { isPartOfTree, isRecursive } from './recursion.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** A fan-out with a limit that each call of the code around it has anew. */
export interface LimitedFanOut {
  readonly call: TSESTree.CallExpression
  readonly list: Node
  readonly task: Node
  /** How many run at once: the limit, or the elements of the list if they are fewer. Null where neither is written. */
  readonly count: number | null
  /** The function that makes the limiter; null where the call itself has the limit. */
  readonly maker: FunctionNode | null
  readonly fanOut: FanOut
}

export type Nesting =
  /** In the task of another: `outer.count` × `inner.count`. */
  | { readonly kind: 'nested'; readonly inner: LimitedFanOut; readonly outer: LimitedFanOut; readonly product: number | null }
  /** In a function that its task calls: each level multiplies. */
  | { readonly kind: 'recursive'; readonly inner: LimitedFanOut; readonly owner: FunctionNode }

/** Callers within the file are followed this far. */
const MAX_DEPTH = 3

export function nestingOf(call: TSESTree.CallExpression, sourceCode: SourceCode, options: Pick<Settings, 'apis'>): Nesting | null {
  const inner = limitedFanOutOf(call, sourceCode, options)
  if (!inner || inner.count === 1 || !(inner.fanOut.work || inner.fanOut.unresolved?.hasVerb)) return null
  const owner = callableAround(call)
  const isOwn = owner !== null && !isPieces(inner.list) && (inner.maker === null || isInside(inner.maker, owner))
  if (isOwn && isPartOfTree(inner.list) && isRecursive(inner.task, inner.list, callsOf(sourceCode), sourceCode)) return { kind: 'recursive', inner, owner }
  const outer = outerOf(call, inner, sourceCode, options, 0)
  // A function that calls itself comes to its own place again.
  if (!outer || outer.count === 1 || outer.call === call) return null
  return { kind: 'nested', inner, outer, product: inner.count === null || outer.count === null ? null : inner.count * outer.count }
}

function limitedFanOutOf(call: TSESTree.CallExpression, sourceCode: SourceCode, options: Pick<Settings, 'apis'>): LimitedFanOut | null {
  const fanOuts = fanOutsOf(sourceCode, options)
  const map = limitersOf(sourceCode).boundedMapOf(call)
  if (map) {
    if (map.isUnlimited) return null
    const count = least(countOf(call, map.fact.concurrency, sourceCode), sizesOf(sourceCode, options.apis).of(map.list))
    return { call, list: map.list, task: map.mapper, count, maker: null, fanOut: fanOuts.ofMap(map.list, map.mapper, call) }
  }
  const combinator = fanOuts.combinatorOf(call)
  if (!combinator) return null
  for (const fanOut of fanOuts.of(combinator)) {
    const by = fanOut.limit?.kind === 'limited' && fanOut.limit.by.type === 'CallExpression' ? slotOf(fanOut.limit.by, sourceCode) : null
    const root = by?.of.place?.root
    const name = root && root !== 'this' ? (root.defs[0]?.name as Node | undefined) : undefined
    const maker = name ? enclosingFunction(name) : null
    // A limiter that is there for all calls limits all of them together.
    if (!by || !maker || by.isNamed || maker.params.some((parameter) => name && isInside(name, parameter))) continue
    return { call, list: fanOut.list, task: fanOut.task, count: least(by.count, fanOut.size), maker, fanOut }
  }
  return null
}

function least(limit: number | null, size: Size): number | null {
  const length = size.kind === 'bounded' ? size.max : null
  return limit === null ? length : length === null ? limit : Math.min(limit, length)
}

function callableAround(node: Node): FunctionNode | null {
  let owner = enclosingFunction(node)
  while (owner && owner.parent.type === 'CallExpression') owner = enclosingFunction(owner)
  return owner
}

/** The limited fan-out whose task runs a call, and whose every element so has the inner limit anew. */
function outerOf(start: Node, inner: LimitedFanOut, sourceCode: SourceCode, options: Pick<Settings, 'apis'>, depth: number): LimitedFanOut | null {
  for (let owner = enclosingFunction(start); owner; owner = enclosingFunction(owner)) {
    const call = owner.parent
    // Made outside of the task: one limit for all of them.
    if (inner.maker && isInside(owner, inner.maker) && owner !== inner.maker) continue
    const outer = call.type === 'CallExpression' ? limitedFanOutOf(call, sourceCode, options) : null
    if (outer && unwrap(outer.task) === owner) return outer
    if (call.type === 'CallExpression') continue
    if (depth >= MAX_DEPTH) return null
    const uses = usesOf(sourceCode)
    // Members go by their names, whatever their object: `operation.store()` calls a method of another class.
    if (uses.placeOf(owner).kind !== 'variable') return null
    for (const use of uses.of(owner)) {
      if (use.kind === 'passed' && use.call.type === 'CallExpression') {
        const limited = limitedFanOutOf(use.call, sourceCode, options)
        if (limited && unwrap(limited.task) === unwrap(use.node)) return limited
      }
      const found = use.kind === 'called' ? outerOf(use.call, inner, sourceCode, options, depth + 1) : null
      if (found) return found
    }
    return null
  }
  return null
}

/** `chunks`: what is cut into pieces is not cut again and again, so that there are two levels and no tree. */
function isPieces(list: Node): boolean {
  return isPiecesName(nameOf(unwrap(list)) ?? '')
}
