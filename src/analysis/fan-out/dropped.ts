/**
 * Calls that start one asynchronous function per element and throw the promises away:
 *
 *     ids.forEach(async (id) => { await load(id) })
 *     ids.map(async (id) => { await load(id) })      // as a statement of its own
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { endsInWord } from '../../ast/names.ts'
import { isFunction, memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { eachFacts, eachWords } from '../../knowledge/bounds.ts'
import { indexFacts, type Calls } from '../calls/index.ts'

export interface Dropped {
  readonly call: TSESTree.CallExpression
  readonly list: Node
  readonly task: Node
  /**
   * Whether something takes what the call gives: `await source.forEach(f)`, `() => source.forEach(f)`. An array gives
   * nothing; a stream, an asynchronous iterator or a helper of the same name may give a promise that waits for all.
   */
  readonly isTaken: boolean
}

const eaches = indexFacts(eachFacts)

export function droppedBy(call: TSESTree.CallExpression, calls: Calls): Dropped | null {
  const [first, second] = call.arguments
  const callee = unwrap(call.callee)
  if (!first || first.type === 'SpreadElement' || callee.type === 'Super') return null
  const method = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
  if (method === null || (method !== 'map' && !endsInWord(method, eachWords))) return null
  const use = useOf(call)
  if (use === 'promises' || (use === 'taken' && method === 'map')) return null
  const isTaken = use === 'taken'
  if (second && eaches.of(calls.calleeOf(call, eaches.mayTypeName))) return isAsync(second, calls) ? { call, list: first, task: second, isTaken } : null
  if (callee.type !== 'MemberExpression' || (method !== 'forEach' && method !== 'map')) return null
  // `async.forEach(list, f)`, `Promise.map(list, f)`: functions of a module, and not methods of a list.
  if (isNamespace(calls, callee.object)) return null
  return isAsync(first, calls) ? { call, list: callee.object, task: first, isTaken } : null
}

/** A module, a global, or a member of one; not what a call of theirs gives, such as `Object.keys(users)`. */
function isNamespace(calls: Calls, node: Node): boolean {
  const { root, steps } = calls.originOf(node)
  return (root.kind === 'module' || root.kind === 'global') && steps.every(({ kind }) => kind === 'member')
}

/** What becomes of the value of a call. */
function useOf(call: Node): 'nothing' | 'taken' | 'promises' {
  const parent = call.parent
  switch (parent?.type) {
    case 'ExpressionStatement':
      return 'nothing'
    case 'ChainExpression':
    case 'TSNonNullExpression':
      return useOf(parent)
    case 'UnaryExpression':
      return parent.operator === 'void' ? 'nothing' : 'promises'
    case 'AwaitExpression':
      return parent.parent.type === 'ExpressionStatement' ? 'taken' : 'promises'
    case 'ArrowFunctionExpression':
    case 'ReturnStatement':
      return 'taken'
    default:
      return 'promises'
  }
}

/** An asynchronous function, written in place or one of the file. */
function isAsync(task: Node, calls: Calls): boolean {
  const expression = unwrap(task)
  if (isFunction(expression)) return expression.async && !expression.generator
  if (expression.type !== 'Identifier' && expression.type !== 'MemberExpression') return false
  const { root, steps } = calls.originOf(expression)
  return root.kind === 'function' && steps.length === 0 && root.node.async && !root.node.generator
}
