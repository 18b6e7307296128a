/** What in the code around a feed holds a container to a size, where the container's own uses do not say so. */
import type { TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { hasWord, startsWithWord } from '../../ast/names.ts'
import { isFunction, memberName, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { sortingMethods, visitingMethods } from '../../knowledge/built-in-methods.ts'
import { questionWords } from '../../knowledge/naming.ts'
import { clockWords } from '../../knowledge/queues-keys.ts'
import { ageWords, guardWords } from '../../knowledge/queues-words.ts'
import { laterCalls } from '../../knowledge/timers.ts'
import type { UseContext } from './uses.ts'

const RELATION = /^[<>]=?$/

/**
 * Whether the function that feeds compares something (bytes, a counter, a time), calls a guard or a pruner, or keeps a
 * counter that the file compares elsewhere. What has a `key` may be compared with a clock besides: that says when an entry
 * is too old to be used, and it stays all the same.
 */
export function isGuarded(feeding: FunctionNode, holds: 'entries' | 'keys', context: UseContext): boolean {
  const known = guards[holds]
  let guarded = known.get(feeding)
  if (guarded === undefined) known.set(feeding, (guarded = hasGuard(feeding, holds, context)))
  return guarded
}

const guards = { entries: new WeakMap<FunctionNode, boolean>(), keys: new WeakMap<FunctionNode, boolean>() }

function hasGuard(feeding: FunctionNode, holds: 'entries' | 'keys', context: UseContext): boolean {
  const { sourceCode } = context
  let guarded = false
  const counters = new Set<string>()
  walk(feeding.body, sourceCode.visitorKeys, (node) => {
    if (guarded) return 'stop'
    if (node.type === 'BinaryExpression' && RELATION.test(node.operator) && !isCount(node)) guarded = !(holds === 'keys' && clockWords.test(sourceCode.getText(node)))
    else if (node.type === 'CallExpression') guarded = isGuardCall(node, context) && !(holds === 'keys' && isAgeTest(node))
    else if (node.type === 'UpdateExpression') addName(counters, node.argument)
    else if (node.type === 'AssignmentExpression' && (node.operator === '+=' || node.operator === '-=')) addName(counters, node.left)
    return guarded ? 'stop' : undefined
  })
  return guarded || (counters.size > 0 && hasAny(comparedNames(context), counters))
}

function isGuardCall(call: TSESTree.CallExpression, { calls }: UseContext): boolean {
  const callee = unwrap(call.callee)
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
  if (name === 'max' || !hasWord(name, guardWords)) return false
  // A function of the file is read for what it does, not for its name: its comparison of this container is a use of it.
  const { root, steps } = calls.originOf(callee)
  return !(root.kind === 'function' && steps.length === 0)
}

/** `isExpired(entry)`. */
function isAgeTest({ callee }: TSESTree.CallExpression): boolean {
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
  return startsWithWord(name, questionWords) && hasWord(name, ageWords)
}

/** A comparison with 0 or 1, and the test of a counting loop. */
function isCount(node: TSESTree.BinaryExpression): boolean {
  if (node.parent.type === 'ForStatement' || node.parent.type === 'WhileStatement') return true
  return [node.left, node.right].some((side) => side.type === 'Literal' && (side.value === 0 || side.value === 1))
}

function addName(names: Set<string>, target: Node): void {
  if (target.type === 'Identifier') names.add(target.name)
  else if (target.type === 'MemberExpression') {
    const name = memberName(target)
    if (name !== null) names.add(name)
  }
}

function hasAny(names: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const name of wanted) if (names.has(name)) return true
  return false
}

const compared = new WeakMap<object, ReadonlySet<string>>()

/** What a file compares with something: names, and members by their last name. */
function comparedNames({ sourceCode }: UseContext): ReadonlySet<string> {
  let names = compared.get(sourceCode)
  if (!names) compared.set(sourceCode, (names = collectCompared(sourceCode)))
  return names
}

function collectCompared(sourceCode: UseContext['sourceCode']): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (side: Node): void => {
    const value = unwrap(side)
    if (value.type === 'BinaryExpression') {
      add(value.left)
      add(value.right)
    } else addName(names, value)
  }
  for (const node of nodesOf(sourceCode, 'BinaryExpression')) {
    if (!RELATION.test(node.operator) || isCount(node)) continue
    add(node.left)
    add(node.right)
  }
  return names
}

/** Whether the work of a function goes on after it returns: it awaits, chains, sets a timer, or passes callbacks on. */
export function isAsynchronous(node: FunctionNode | null, { sourceCode }: UseContext): boolean {
  if (!node) return false
  if (node.async) return true
  let found = false
  walk(node.body, sourceCode.visitorKeys, (child) => {
    if (found) return 'stop'
    if (child.type === 'AwaitExpression') found = true
    else if (child.type === 'CallExpression') {
      const callee = unwrap(child.callee)
      const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
      found =
        (name !== null && laterCalls.has(name)) ||
        (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Promise') ||
        (child.arguments.some((argument) => isFunction(argument)) && !(name !== null && (visitingMethods.has(name) || sortingMethods.has(name))))
    } else if (child.type === 'NewExpression') {
      found = child.callee.type === 'Identifier' && child.callee.name === 'Promise'
    }
    return found ? 'stop' : undefined
  })
  return found
}

/** `while (queue.length) … queue.shift()` with nothing awaited in between: empties it at once. */
export function isEmptyingLoop(operation: Node, within: FunctionNode | null, context: UseContext): boolean {
  for (let current = operation.parent; current && current !== within; current = current.parent) {
    if (current.type !== 'WhileStatement' && current.type !== 'ForStatement' && current.type !== 'DoWhileStatement') continue
    const { test } = current
    const isOnlyLength = test?.type !== 'LogicalExpression'
    let waits = false
    walkOwnCode(current.body, context.sourceCode.visitorKeys, (node) => {
      if (node.type === 'AwaitExpression' || node.type === 'BreakStatement' || node.type === 'ReturnStatement' || node.type === 'YieldExpression') waits = true
      return waits ? 'stop' : undefined
    })
    return isOnlyLength && !waits
  }
  return false
}
