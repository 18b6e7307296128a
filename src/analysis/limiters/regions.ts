/** The code that runs while a slot is held that was taken by itself, and the branches that decide whether code is reached. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, memberName, unwrap, walk, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { releasingMethods } from '../../knowledge/slots.ts'
import { callsOf } from '../calls/index.ts'
import { referencesOf } from '../effects/accesses.ts'
import { isSame, placeAt, type Place } from '../races/places.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

/** What the function does between `await semaphore.acquire()` and the first place that releases it. */
export interface Region {
  readonly block: Node
  readonly start: number
  readonly end: number
}

/** Null where the function does not wait for the slot, or does not show where it gives it back. */
export function regionAfter(call: TSESTree.CallExpression, limiter: Place | null, sourceCode: SourceCode): Region | null {
  const owner = enclosingFunction(call)
  const block = blockAround(call)
  if (!owner || !block || wrapped(call).parent?.type !== 'AwaitExpression') return null
  const end = releaseAfter(call, limiter, owner, sourceCode)
  return end === null ? null : { block, start: call.range[1], end }
}

function blockAround(node: Node): Node | null {
  let current = node.parent
  while (current && current.type !== 'BlockStatement' && !isFunction(current)) current = current.parent
  return current?.type === 'BlockStatement' ? current : null
}

/** Where the slot is given back first, after it was taken; null where the function does not show it. */
function releaseAfter(call: TSESTree.CallExpression, limiter: Place | null, owner: FunctionNode, sourceCode: SourceCode): number | null {
  const target = targetOf(call)
  const given = target ? namesOfTarget(target, sourceCode) : []
  let end: number | null = null
  walk(owner.body, sourceCode.visitorKeys, (node) => {
    if (end !== null) return 'stop'
    if (node.range[0] < call.range[1]) return undefined
    const variable = node.type === 'Identifier' ? referencesOf(sourceCode).get(node)?.resolved : null
    const isGiven = variable !== null && variable !== undefined && given.includes(variable)
    const isReleased = node.type === 'CallExpression' && isRelease(node, limiter, sourceCode)
    if (isGiven || isReleased) end = finalizerAround(node, owner) ?? node.range[0]
    return undefined
  })
  return end
}

/** What the slot is kept in: `const release = await mutex.acquire()`, `release = await …`. */
function targetOf(call: TSESTree.CallExpression): Node | null {
  const awaited = wrapped(call).parent
  const holder = awaited && wrapped(awaited).parent
  if (holder?.type === 'VariableDeclarator') return holder.id
  return holder?.type === 'AssignmentExpression' ? holder.left : null
}

function namesOfTarget(target: Node, sourceCode: SourceCode): Variable[] {
  const found: Variable[] = []
  walk(target, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' ? callsOf(sourceCode).variableOf(node) : null
    if (variable) found.push(variable)
  })
  return found
}

function isRelease(call: TSESTree.CallExpression, limiter: Place | null, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression' || !releasingMethods.has(memberName(callee) ?? '')) return false
  const place = placeAt(callee.object, sourceCode)
  return place !== null && limiter !== null && isSame(place, limiter)
}

/** The start of the `finally` that a node stands in. */
function finalizerAround(node: Node, owner: FunctionNode): number | null {
  for (let child = node; child.parent && child !== owner; child = child.parent) {
    if (child.parent.type === 'TryStatement' && child.parent.finalizer === child) return child.range[0]
  }
  return null
}

/** The tests that decide whether a place is reached: of the branches around it, and of those above that leave. */
export function testsBefore(place: Node, around: Node): Node[] {
  const tests: Node[] = []
  for (let child = place; child !== around && child.parent; child = child.parent) {
    const { parent } = child
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && child !== parent.test) tests.push(parent.test)
    else if (parent.type === 'LogicalExpression' && child === parent.right) tests.push(parent.left)
    else if (parent.type === 'BlockStatement') {
      for (const statement of parent.body.slice(0, parent.body.indexOf(child as never))) {
        if (statement.type === 'IfStatement' && leaves(statement.consequent)) tests.push(statement.test)
      }
    }
    if (isFunction(parent)) break
  }
  return tests
}

function leaves(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement' || last?.type === 'ContinueStatement'
}
