/** How all slots of a limiter come to be held at once by code at one place. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, isLoop, memberName, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { reducingMethods } from '../../knowledge/built-in-methods.ts'
import type { Settings } from '../../options/settings.ts'
import { callbackOf } from '../cardinality/enclosing-iterations.ts'
import { passesOf, sizesOf, type Size } from '../cardinality/index.ts'
import { isCalledFromOutside } from '../exports/index.ts'
import type { Handlers, Reach } from '../handlers/index.ts'
import { callersOf } from '../time-limits/callers.ts'
import { limitersOf } from './index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export type Filling =
  /** One element of a list each, all at once. */
  | { readonly kind: 'elements'; readonly list: Node }
  | { readonly kind: 'handler'; readonly reach: Reach }
  /** Callers from other files, of whom nothing shows that they wait for each other. */
  | { readonly kind: 'callers'; readonly owner: FunctionNode }

/** Callers within the file are followed this far. */
const MAX_DEPTH = 3

/** What makes a call run `count` times at once; null where nothing shows it. */
export function fillingOf(call: TSESTree.CallExpression, count: number | null, sourceCode: SourceCode, handlers: () => Handlers, options: Pick<Settings, 'apis'>): Filling | null {
  const sizes = sizesOf(sourceCode, options.apis)
  const isEnough = (size: Size): boolean => size.kind !== 'bounded' || (size.max !== null && size.max >= (count ?? 1))
  const climb = (start: TSESTree.CallExpression, depth: number): Filling | null => {
    let isFew = false
    let child: Node = start
    for (let current: Node | undefined = start.parent; current; child = current, current = current.parent) {
      if (isLoop(current) && 'body' in current && current.body === child && !isAwaitedIn(start, current)) {
        if (isEnough(passesOf({ kind: 'loop', node: current }, sizes))) return { kind: 'elements', list: 'right' in current ? current.right : start }
      }
      if (!isFunction(current)) continue
      const list = listOf(current, sourceCode)
      if (list) {
        if (isEnough(sizes.of(list))) return { kind: 'elements', list }
        isFew = true
        continue
      }
      const reach = handlers().handlerOf(current.body)
      if (reach?.handler.certain && !reach.handler.rare) return { kind: 'handler', reach }
      // A callback that is taken to run once.
      if (current.parent.type === 'CallExpression') continue
      return ofFunction(current, depth, isFew)
    }
    return null
  }
  const ofFunction = (owner: FunctionNode, depth: number, isFew: boolean): Filling | null => {
    if (isFew) return null
    if (isCalledFromOutside(owner, sourceCode)) return { kind: 'callers', owner }
    if (depth >= MAX_DEPTH) return null
    for (const caller of callersOf(owner, sourceCode) ?? []) {
      const filling = caller.type === 'CallExpression' ? climb(caller, depth + 1) : null
      if (filling) return filling
    }
    return null
  }
  return climb(call, 0)
}

/** `for (…) await limit(…)`: the next pass begins when this one has ended. */
function isAwaitedIn(call: Node, loop: Node): boolean {
  return wrapped(call).parent?.type === 'AwaitExpression' && enclosingFunction(call) === enclosingFunction(loop)
}

function listOf(node: FunctionNode, sourceCode: SourceCode): Node | null {
  const callback = callbackOf(node)
  if (callback) return reducingMethods.has(memberName(callback.call.callee as TSESTree.MemberExpression) ?? '') ? null : callback.list
  const call = node.parent
  return call.type === 'CallExpression' ? (limitersOf(sourceCode).boundedMapOf(call)?.list ?? null) : null
}
