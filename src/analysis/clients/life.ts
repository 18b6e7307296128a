/** Where a value goes within the call that makes it, as far as nothing keeps it beyond that call. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, memberName, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { keepingMethods } from '../../knowledge/lifetimes.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, type Calls } from '../calls/index.ts'
import { callbackOf } from '../cardinality/enclosing-iterations.ts'
import { workOf, type WorkAnalysis } from '../work/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** What is done with the value: member accesses (`client.get`), and the calls that it is passed to. */
export type Life = readonly Node[]

/** Names and calls that a value is followed through. */
const MAX_DEPTH = 4

interface Walk {
  /** The function whose call the value must not outlive. */
  readonly owner: FunctionNode
  readonly uses: Node[]
  readonly calls: Calls
  readonly work: WorkAnalysis
}

/** The uses of a value, with the user's entries of `settings.bounded.apis`; null where it is returned, stored, or used by a function that may run later. */
export function lifeOf(value: Node, sourceCode: SourceCode, apis: Settings['apis']): Life | null {
  const owner = enclosingFunction(value)
  const uses: Node[] = []
  return owner && follow(value, { owner, uses, calls: callsOf(sourceCode), work: workOf(sourceCode, apis) }, 0) ? uses : null
}

/** Adds the uses of a value; false where it gets out. */
function follow(value: Node, walk: Walk, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  const { node, parent } = outward(value)
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && followName(parent.id, walk, depth)
    case 'AssignmentExpression':
      return parent.operator === '=' && parent.right === node && parent.left.type === 'Identifier' && parent.parent.type === 'ExpressionStatement' && followName(parent.left, walk, depth)
    case 'MemberExpression':
      if (parent.object !== node) return false
      walk.uses.push(parent)
      return true
    case 'Property':
      return parent.value === node && parent.parent.type === 'ObjectExpression' && follow(parent.parent, walk, depth + 1)
    case 'ArrayExpression':
      return follow(parent, walk, depth + 1)
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee !== node && followCall(parent, node, walk, depth)
    case 'ExpressionStatement':
    case 'IfStatement':
    case 'UnaryExpression':
      return true
    default:
      return false
  }
}

/**
 * A value is used up by a call that is waited for, dropped, or known to do work (`fetch(url, { agent })`); what another
 * call returns may hold it.
 */
function followCall(call: TSESTree.CallExpression | TSESTree.NewExpression, value: Node, walk: Walk, depth: number): boolean {
  if (call.callee.type === 'MemberExpression' && keepingMethods.has(memberName(call.callee) ?? '')) return false
  walk.uses.push(value)
  if (call.type === 'CallExpression' && (/^(?:Await|Expression)/.test(call.parent.type) || walk.work.factOf(call))) return true
  return follow(call, walk, depth + 1)
}

/** The expression with casts and `await` around it, and what it stands in. */
function outward(value: Node): { node: Node; parent: Node } {
  let node = wrapped(value)
  while (node.parent?.type === 'AwaitExpression') node = wrapped(node.parent)
  return { node, parent: node.parent as Node }
}

function followName(id: TSESTree.Identifier, walk: Walk, depth: number): boolean {
  const variable = walk.calls.variableOf(id)
  const declared = variable?.identifiers[0] as Node | undefined
  if (!variable || !declared || !isInside(declared, walk.owner)) return false
  return variable.references.every((reference) => {
    const use = reference.identifier as Node
    return reference.isWrite() || (isNow(use, walk) && follow(use, walk, depth + 1))
  })
}

/** Whether code runs within the call: in the function itself, in callbacks of lists and promises, in functions that only it calls. */
function isNow(use: Node, { owner, calls }: Walk): boolean {
  for (let inner = enclosingFunction(use); inner && inner !== owner; inner = enclosingFunction(inner)) {
    if (!isCalledNow(inner) && !isOnlyCalled(inner, calls)) return false
  }
  return true
}

function isCalledNow(node: FunctionNode): boolean {
  if (callbackOf(node)) return true
  const { parent } = node
  if (parent.type === 'NewExpression') return parent.callee.type === 'Identifier' && parent.callee.name === 'Promise'
  if (parent.type !== 'CallExpression') return false
  // Not what a function hands out: `return once(() => client.get(key))`.
  return parent.callee === node || !/^(?:ArrowFunctionExpression|ReturnStatement|VariableDeclarator)$/.test(parent.parent.type)
}

/** `async function cleanUp() { await client.quit() }` that is called and never passed on. */
function isOnlyCalled(node: FunctionNode, calls: Calls): boolean {
  const id = node.id ?? (node.parent.type === 'VariableDeclarator' ? node.parent.id : null)
  const variable = id?.type === 'Identifier' ? calls.variableOf(id) : null
  return variable?.references.every(({ identifier, init }) => {
    const { parent } = identifier as Node
    return init === true || (parent?.type === 'CallExpression' && parent.callee === identifier)
  }) ?? false
}
