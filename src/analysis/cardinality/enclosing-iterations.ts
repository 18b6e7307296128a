import type { TSESTree } from '@typescript-eslint/utils'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isLoop, memberName, type FunctionNode, type LoopNode, type Node } from '../../ast/nodes.ts'
import { elementMethods, visitingVerbs } from '../../knowledge/bounds.ts'

/** A loop, or a callback that runs once per element (`xs.forEach((x) => …)`). */
export type Iteration =
  | { readonly kind: 'loop'; readonly node: LoopNode }
  | { readonly kind: 'callback'; readonly node: FunctionNode; readonly call: TSESTree.CallExpression; readonly list: Node }
  /** `tree.traverse((node) => …)`, `visit(tree, 'image', (node) => …)` */
  | { readonly kind: 'visit'; readonly node: FunctionNode; readonly call: TSESTree.CallExpression; readonly list: Node }

/**
 * What repeats a node, from the inside out, up to `outer` (not included). `null` when a function that is no such callback
 * stands between: then nothing here says how often it runs.
 */
export function iterationsAround(node: Node, outer: Node | null): Iteration[] | null {
  const found: Iteration[] = []
  let child = node
  for (let current = node.parent; current && current !== outer; child = current, current = current.parent) {
    if (isLoop(current) && repeats(current, child)) found.push({ kind: 'loop', node: current })
    if (isFunction(current)) {
      const callback = callbackOf(current) ?? visitOf(current)
      if (callback) found.push(callback)
      else if (!runsOnce(current)) return null
    }
  }
  return found
}

/** The innermost iteration around a node, through callbacks that run at once. */
export function iterationOf(node: Node): Iteration | undefined {
  for (let outer = enclosingFunction(node); outer; outer = enclosingFunction(outer)) {
    const [innermost] = iterationsAround(node, outer) ?? []
    if (innermost) return innermost
  }
  return iterationsAround(node, null)?.[0]
}

/** The list that an iteration goes over; null for loops that count, wait or try again. */
export function listOf(iteration: Iteration): Node | null {
  if (iteration.kind === 'callback') return iteration.list
  return iteration.node.type === 'ForOfStatement' || iteration.node.type === 'ForInStatement' ? iteration.node.right : null
}

/** The list and call for a function that an array method calls per element; otherwise null. */
export function callbackOf(node: FunctionNode): Extract<Iteration, { kind: 'callback' }> | null {
  const call = node.parent
  if (call?.type !== 'CallExpression' || call.arguments[0] !== node || call.callee.type !== 'MemberExpression') return null
  return elementMethods.has(memberName(call.callee) ?? '') ? { kind: 'callback', node, call, list: call.callee.object } : null
}

/** The tree and call for a function that another calls for every node of it. */
function visitOf(node: FunctionNode): Extract<Iteration, { kind: 'visit' }> | null {
  const call = node.parent
  if (call?.type !== 'CallExpression' || call.callee === node || !visitingVerbs.has(wordsOf(nameOf(call.callee) ?? '')[0] ?? '')) return null
  const [first] = call.arguments
  const tree = first && first !== node ? first : call.callee.type === 'MemberExpression' ? call.callee.object : null
  return tree ? { kind: 'visit', node, call, list: tree } : null
}

/** A `for` runs its head's first part once, and `for…of` the expression after `of`. */
function repeats(loop: LoopNode, child: Node): boolean {
  if (loop.type === 'ForStatement') return child !== loop.init
  return loop.type === 'ForOfStatement' || loop.type === 'ForInStatement' ? child === loop.body : true
}

/** `(async () => { … })()`, `.then(() => …)`, `new Promise(() => …)`, `tracer.span('x', async () => …)`: taken to run once. */
function runsOnce(node: FunctionNode): boolean {
  const call = node.parent
  return call?.type === 'CallExpression' || call?.type === 'NewExpression'
}
