/** Whether code runs several times at once: for all elements of a list together, per request, or as often as callers like. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, memberName, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { reducingMethods } from '../../knowledge/built-in-methods.ts'
import { callbackOf } from '../cardinality/enclosing-iterations.ts'
import { isCalledFromOutside } from '../exports/index.ts'
import type { Handlers, Reach } from '../handlers/index.ts'
import { limitersOf } from '../limiters/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `owner`: the function of which several calls run at once. */
export type Overlap =
  /** `items.map(async (item) => …)`: every call starts before the first has ended. */
  | { readonly kind: 'elements'; readonly owner: FunctionNode; readonly list: Node }
  | { readonly kind: 'handler'; readonly owner: FunctionNode; readonly reach: Reach }
  /** An exported function or a method: nothing shows that its callers wait for each other. */
  | { readonly kind: 'callers'; readonly owner: FunctionNode }

/** How the function around a node comes to run several times at once, strongest evidence first; null where nothing shows it. */
export function overlapOf(node: Node, sourceCode: SourceCode, handlers: () => Handlers): Overlap | null {
  const owner = enclosingFunction(node)
  if (!owner || isUnderLock(owner, sourceCode)) return null
  const callback = callbackOf(owner)
  if (callback && !reducingMethods.has(memberName(callback.call.callee as TSESTree.MemberExpression) ?? '')) return { kind: 'elements', owner, list: callback.list }
  // Asked of the function: a place in it that fills a value which is kept does not count as code of the handler.
  const reach = handlers().handlerOf(owner.body)
  if (reach?.handler.certain && !reach.handler.rare) return { kind: 'handler', owner: isInside(owner, reach.handler.node) ? reach.handler.node : owner, reach }
  return isCalledFromOutside(owner, sourceCode) ? { kind: 'callers', owner } : null
}

/** A lock or limiter, around the code or taken in it: whoever thought of one knows about the others. */
function isUnderLock(owner: FunctionNode, sourceCode: SourceCode): boolean {
  let outermost: Node = owner
  for (let current: FunctionNode | null = owner; current?.parent.type === 'CallExpression'; current = enclosingFunction(current.parent)) outermost = current.parent
  return limitersOf(sourceCode).around(outermost) !== null
}
