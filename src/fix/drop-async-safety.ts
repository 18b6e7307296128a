/** Whether making an `async` function plain changes what anybody can observe, and if so, what. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isPromiseCallback, isPromiseType, isPure, isSuspension, type Facts } from '../analysis/async-contracts/index.ts'
import { enclosingFunction, isFunction, walk, type FunctionNode, type Node } from '../ast/nodes.ts'
import { isTypeScript } from './loop/narrowing.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `elsewhere`: code outside this file gets a value instead of a promise.
 * - `asReturned`: callers get what a call in it gives, which may be a promise.
 * - `exception`: an exception reaches the caller at once instead of becoming a rejection.
 * - `timing`: code after the call runs at once, where it waited for a tick.
 * - `condition`: a condition that was always true tests the value.
 */
export type Change = 'elsewhere' | 'asReturned' | 'exception' | 'timing' | 'condition'

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

/**
 * Whether a caller hands the promise on where a type may ask for one: `function all(): Promise<X> { return one() }`, or a
 * function of an object, which TypeScript compares with the object's type.
 */
export function isHandedOn({ uses }: Facts, sourceCode: SourceCode): boolean {
  return uses.some(({ use }) => {
    if (use.kind !== 'called') return false
    const owner = returnerOf(use.call)
    if (!owner || owner.async) return false
    if (owner.returnType) return isPromiseType(owner.returnType.typeAnnotation)
    return isTypeScript(sourceCode) && owner.parent.type === 'Property'
  })
}

/** The function that returns an expression as its own value. */
function returnerOf(value: Node): FunctionNode | null {
  let node = value
  for (let parent = node.parent; parent; node = parent, parent = parent.parent) {
    if (isFunction(parent)) return parent.body === node ? parent : null
    if (parent.type === 'ReturnStatement') return enclosingFunction(parent)
    const isValue = parent.type === 'LogicalExpression' || (parent.type === 'ConditionalExpression' && parent.test !== node) || /^TS\w+Expression$/.test(parent.type)
    if (!isValue) return null
  }
  return null
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
