/** Whether making an `async` function plain changes what anybody can observe, and if so, what. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isPromiseCallback, isPure, isSuspension, type Facts } from '../analysis/async-contracts/index.ts'
import { enclosingFunction, isFunction, walk, type FunctionNode, type Node } from '../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `elsewhere`: code outside this file gets a value instead of a promise.
 * - `exception`: an exception reaches the caller at once instead of becoming a rejection.
 * - `timing`: code after the call runs at once, where it waited for a tick.
 * - `condition`: a condition that was always true tests the value.
 */
export type Change = 'elsewhere' | 'exception' | 'timing' | 'condition'

/** What changes; null where nothing does. `awaits` are the awaits of calls of the function, which go with it. */
export function changeOf(node: FunctionNode, facts: Facts, awaits: readonly TSESTree.AwaitExpression[], sourceCode: SourceCode): Change | null {
  const { uses, place, throwing } = facts
  if (uses.some(({ consumption }) => consumption.kind === 'tested')) return 'condition'
  const isSeen = place.kind === 'argument' || place.kind === 'attribute' || place.kind === 'invoked' || isPrivate(facts)
  if (!isSeen || uses.some(({ consumption }) => consumption.kind === 'kept' || consumption.kind === 'chained')) return 'elsewhere'
  for (const { consumption } of uses) {
    if (consumption.kind === 'awaited') continue
    if (throwing === 'never' || isPromiseCallback(place)) continue
    const isAdopted = consumption.kind === 'adopted' && isPure(node, sourceCode) && isAwaitedAtOnce(consumption.node)
    if (!isAdopted) return 'exception'
  }
  return awaits.every((each) => hasSuspendedBefore(each, awaits, sourceCode)) ? null : 'timing'
}

function isPrivate({ place }: Facts): boolean {
  return (place.kind === 'variable' && !place.exported) || ((place.kind === 'member' || place.kind === 'field') && place.access === 'private')
}

/** `await Promise.all(…)` in an async function: an exception while the list is made ends in the same rejection. */
function isAwaitedAtOnce(node: Node): boolean {
  const { parent } = node
  if (parent?.type === 'AwaitExpression') return true
  const owner = enclosingFunction(node)
  return owner?.async === true && (parent?.type === 'ReturnStatement' || owner.body === node)
}

/**
 * Whether the function around an `await` has given up control before on every way, so that no caller of it runs
 * between the two. Conditions, loops and `try` that may be skipped do not count.
 */
function hasSuspendedBefore(node: Node, dropped: readonly Node[], sourceCode: SourceCode): boolean {
  let child: Node = node
  for (let current = node.parent; current; child = current, current = current.parent) {
    if (isFunction(current)) return false
    if (current.type === 'ForOfStatement' && current.await && current.body === child) return true
    if (current.type !== 'BlockStatement' && current.type !== 'Program' && current.type !== 'SwitchCase') continue
    const statements: readonly Node[] = current.type === 'SwitchCase' ? current.consequent : current.body
    const before = statements.slice(0, Math.max(statements.indexOf(child), 0))
    if (before.some((statement) => certainlySuspends(statement, dropped, sourceCode))) return true
  }
  return false
}

const SKIPPABLE = new Set([
  'IfStatement', 'ForStatement', 'ForInStatement', 'WhileStatement', 'SwitchStatement', 'TryStatement', 'LabeledStatement', 'ConditionalExpression',
  'LogicalExpression', 'ChainExpression', 'AssignmentPattern', 'ClassDeclaration', 'ClassExpression',
])

function certainlySuspends(statement: Node, dropped: readonly Node[], sourceCode: SourceCode): boolean {
  let found = false
  walk(statement, sourceCode.visitorKeys, (child) => {
    if (isFunction(child) || SKIPPABLE.has(child.type)) return 'skip'
    if (isSuspension(child) && !dropped.includes(child)) {
      found = true
      return 'stop'
    }
    return child.type === 'ForOfStatement' ? 'skip' : undefined
  })
  return found
}
