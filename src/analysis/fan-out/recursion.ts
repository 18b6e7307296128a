import type { TSESLint } from '@typescript-eslint/utils'
import { namesAlong, wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isInside, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { configurationWords } from '../../knowledge/bounds.ts'
import type { Calls } from '../calls/index.ts'

/** Functions of the file between a task and the one around it are followed this far. */
const MAX_DEPTH = 2

/**
 * Whether a task does to an element what is done to the whole: `walk = (node) => Promise.all(node.children.map((child) =>
 * walk(child)))`. Every level starts all of the next, so what runs at once is the whole tree. `list` is what the function
 * around it was given, or lies in it.
 */
export function isRecursive(task: Node, list: Node, calls: Calls, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  let owner = enclosingFunction(list)
  // `then` and other callbacks on the way belong to the function that somebody can call.
  while (owner && !isCallable(owner)) owner = enclosingFunction(owner)
  return owner !== null && reaches(task, owner, calls, sourceCode, 0)
}

/** Children of a node, and neither the fields of a record (`Object.keys(fields)`) nor what somebody configured. */
export function isPartOfTree(list: Node): boolean {
  const expression = unwrap(list)
  if (expression.type === 'CallExpression') {
    const callee = unwrap(expression.callee)
    if (callee.type !== 'MemberExpression') return false
    const isOfRecord = callee.object.type === 'Identifier' && callee.object.name === 'Object'
    return !isOfRecord && isPartOfTree(callee.object)
  }
  // `options2` is a copy of `options`.
  const names = namesAlong(expression, { throughCalls: false }).map((name) => name.replace(/\d$/, ''))
  return !names.some((name) => configurationWords.has(wordsOf(name).at(-1) ?? ''))
}

function isCallable(node: FunctionNode): boolean {
  return node.parent.type !== 'CallExpression'
}

function reaches(node: Node, target: FunctionNode, calls: Calls, sourceCode: Readonly<TSESLint.SourceCode>, depth: number): boolean {
  const leadsThere = (callee: Node): boolean => {
    const { root, steps } = calls.originOf(callee)
    if (root.kind !== 'function' || steps.length > 0) return false
    if (root.node === target) return true
    return depth < MAX_DEPTH && !isInside(node, root.node) && reaches(root.node, target, calls, sourceCode, depth + 1)
  }
  const task = unwrap(node)
  if (!isFunction(task) && task.type !== 'CallExpression') return leadsThere(task)
  let found = false
  walk(task, sourceCode.visitorKeys, (child) => {
    if (child.type === 'CallExpression' && leadsThere(unwrap(child.callee))) found = true
    return found ? 'stop' : undefined
  })
  return found
}
