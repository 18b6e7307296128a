/**
 * What code does with one array, map or set: who puts in, who takes out, who asks how full it is, who lets it out of
 * sight. Read from syntax around each mention; aliases (`const q = this.queue`) and functions of the file that get it
 * as an argument are followed.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingFunction, isInside, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { entryMethods, feedingMethods, removingMethods, searchingMethods, sizeKeepingMethods, writingMethods } from '../../knowledge/built-in-methods.ts'
import { lookingCalls } from '../../knowledge/plain-results.ts'
import { indexFacts, type Calls } from '../calls/index.ts'

export type UseKind =
  /** Puts an entry in. */
  | 'feed'
  /** Takes one entry, or some: `shift`, `pop`, `splice(0, n)`, `delete`. */
  | 'take'
  /** Takes all: `x = []`, `x.length = 0`, `clear()`, `splice(0)`. */
  | 'empty'
  /** Keeps some: `x = x.filter(…)`. */
  | 'prune'
  /** Holds it to a size: a comparison of `length`, a `slice(-n)`, an index by remainder. */
  | 'limit'
  /** Asks whether an entry is there: `includes`, `has`, `find`. */
  | 'lookup'
  /** Looks at it. */
  | 'read'
  /** Hands it to a caller. */
  | 'returned'
  /** Hands it to code that is not seen. */
  | 'escape'

export interface Use {
  readonly kind: UseKind
  /** The mention. */
  readonly node: Node
  /** The whole operation: the call, assignment or comparison. */
  readonly operation: Node
  /** The function in which the operation runs; null at module level. */
  readonly within: FunctionNode | null
  /** The method or operator, where there is one: `push`, `shift`. */
  readonly by: string | null
}

/** `object`: a literal `{}` that is used as a map. */
export type ContainerKind = 'array' | 'map' | 'set' | 'object'

const lookers = indexFacts(lookingCalls)

export interface UseContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly calls: Calls
}

const MAX_DEPTH = 3

/** The uses behind one mention; several where it goes through an alias or a function of the file. */
export function usesOf(mention: Node, kind: ContainerKind, context: UseContext, depth = 0): Use[] {
  const { node, parent } = outside(mention)
  const use = (useKind: UseKind, operation: Node, by: string | null = null): Use[] => [
    { kind: useKind, node: mention, operation, within: enclosingFunction(mention), by },
  ]
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node ? memberUse(parent, kind, use, context) : use('read', parent)
    case 'AssignmentExpression':
      if (parent.left === node) return use(assignedUse(parent, mention, context), parent, '=')
      return aliasUse(parent, parent.left, kind, context, depth) ?? use('escape', parent)
    case 'VariableDeclarator':
      if (parent.id === node) return []
      return aliasUse(parent, parent.id, kind, context, depth) ?? use('read', parent)
    case 'CallExpression':
    case 'NewExpression':
      return argumentUse(parent, node, kind, use, context, depth)
    case 'BinaryExpression':
      return use(parent.operator === 'in' && parent.right === node ? 'lookup' : 'read', parent, parent.operator === 'in' ? 'has' : null)
    case 'ReturnStatement':
      return use('returned', parent)
    case 'ArrowFunctionExpression':
      return use('returned', parent)
    case 'YieldExpression':
    case 'ArrayExpression':
    case 'ExportSpecifier':
    case 'ExportDefaultDeclaration':
      return use('escape', parent)
    case 'Property':
      return use('escape', parent)
    default:
      return use('read', parent)
  }
}

/** The expression with the casts and parentheses around it, and what it stands in. */
function outside(mention: Node): { node: Node; parent: Node } {
  let node = mention
  let parent = mention.parent as Node
  for (;;) {
    const isWrapper =
      parent.type === 'TSAsExpression' || parent.type === 'TSNonNullExpression' || parent.type === 'ChainExpression' ||
      parent.type === 'TSTypeAssertion' || parent.type === 'TSSatisfiesExpression' || parent.type === 'AwaitExpression'
    const isChoice = (parent.type === 'LogicalExpression' && parent.right === node) || parent.type === 'ConditionalExpression'
    if (!isWrapper && !isChoice) return { node, parent }
    node = parent
    parent = parent.parent as Node
  }
}

type Make = (kind: UseKind, operation: Node, by?: string | null) => Use[]

function memberUse(member: TSESTree.MemberExpression, kind: ContainerKind, use: Make, context: UseContext): Use[] {
  const name = memberName(member)
  const { node, parent } = outside(member)
  if (kind === 'object') return entryUse(member, node, parent, use)
  if (name === 'length' || name === 'size') return sizeUse(node, parent, use, context)
  if (parent.type === 'CallExpression' && parent.callee === node && name !== null && !isIndex(member)) {
    return callUse(parent, name, kind, use)
  }
  if (member.computed && isWritten(node, parent)) {
    const isEnd = member.property.type === 'MemberExpression' && memberName(member.property) === 'length'
    return use(isEnd ? 'feed' : 'limit', parent, '[]')
  }
  if (parent.type === 'UnaryExpression' && parent.operator === 'delete') return use('take', parent, 'delete')
  return use('read', parent, name)
}

/** `cache[key] = value`, `cache[key]`, `delete cache[key]`, `cache.hasOwnProperty(key)`; a key that is written out is a member like any other. */
function entryUse(member: TSESTree.MemberExpression, node: Node, parent: Node, use: Make): Use[] {
  if (parent.type === 'UnaryExpression' && parent.operator === 'delete') return use('take', parent, 'delete')
  if (!member.computed || memberName(member) !== null) {
    const isAsked = memberName(member) === 'hasOwnProperty' && parent.type === 'CallExpression' && parent.callee === node
    return isAsked ? use('lookup', parent, 'has') : use('read', parent)
  }
  if (parent.type === 'AssignmentExpression' && parent.left === node) return use('feed', parent, 'set')
  return use('read', member, 'get')
}

function isIndex(member: TSESTree.MemberExpression): boolean {
  return member.computed && member.property.type !== 'Literal'
}

function isWritten(node: Node, parent: Node): boolean {
  return (parent.type === 'AssignmentExpression' && parent.left === node) || parent.type === 'UpdateExpression'
}

function callUse(call: TSESTree.CallExpression, name: string, kind: ContainerKind, use: Make): Use[] {
  if (feedingMethods[kind].has(name)) return use('feed', call, name)
  if (removingMethods.has(name)) return use('take', call, name)
  if (name === 'clear') return use('empty', call, name)
  if (searchingMethods.has(name)) return use('lookup', call, name)
  if (name === 'splice') return use(spliceKind(call), call, name)
  if (sizeKeepingMethods.has(name)) return use(isBoundingSlice(call, name) ? 'limit' : 'read', call, name)
  // A listener on a container's own class, a method that no array, map or set has: not a container that we know.
  return use('escape', call, name)
}

/** `splice(0)` takes all, `splice(0, n)` some, `splice(i, 0, x)` puts in, `splice(max)` and `splice(0, length - max)` cut to size. */
function spliceKind(call: TSESTree.CallExpression): UseKind {
  const [start, count] = call.arguments
  if (call.arguments.length > 2) return isZero(count) ? 'feed' : 'read'
  const isFromStart = isZero(start)
  if (!count) return isFromStart ? 'empty' : 'limit'
  const counted = unwrap(count)
  if (counted.type === 'BinaryExpression' && counted.operator === '-') return 'limit'
  if (counted.type === 'MemberExpression' && memberName(counted) === 'length') return isFromStart ? 'empty' : 'limit'
  // One that was looked for is taken out of the middle: no queue's end.
  return isFromStart ? 'take' : 'prune'
}

/** `x = x.slice(-100)`: what is kept has a size. */
function isBoundingSlice(call: TSESTree.CallExpression, name: string): boolean {
  if (name !== 'slice' || call.arguments.length === 0) return false
  const { node, parent } = outside(call)
  return parent.type === 'AssignmentExpression' && parent.right === node
}

function sizeUse(size: Node, parent: Node, use: Make, context: UseContext): Use[] {
  if (parent.type === 'AssignmentExpression' && parent.left === size) {
    return use(parent.operator === '=' && isZero(parent.right) ? 'empty' : 'limit', parent, 'length')
  }
  if (parent.type === 'UpdateExpression') return use('take', parent, 'length')
  if (parent.type === 'BinaryExpression' && /^(?:[<>]=?|[!=]==?)$/.test(parent.operator)) {
    const other = unwrap(parent.left === size ? parent.right : parent.left)
    return use(isEmptiness(other) || isLoopCounter(other, parent) ? 'read' : 'limit', parent, 'length')
  }
  if (parent.type === 'BinaryExpression' && isComparedLater(parent, context)) return use('limit', parent, 'length')
  if (parent.type === 'VariableDeclarator' && parent.init === size) {
    return use(isComparedVariable(parent, context) ? 'limit' : 'read', parent, 'length')
  }
  return use('read', parent, 'length')
}

/** `queue.length > 0` and `queue.length === 1` ask whether there is something, not how much. */
function isEmptiness(other: Node): boolean {
  return other.type === 'Literal' && (other.value === 0 || other.value === 1)
}

/** `i < queue.length` of a loop that counts `i`. */
function isLoopCounter(other: Node, comparison: Node): boolean {
  if (other.type !== 'Identifier') return false
  const { parent } = comparison
  const loop = parent?.type === 'LogicalExpression' ? parent.parent : parent
  return (loop?.type === 'ForStatement' && isInit(loop, other.name)) || loop?.type === 'WhileStatement'
}

function isInit(loop: TSESTree.ForStatement, name: string): boolean {
  return (
    loop.init?.type === 'VariableDeclaration' &&
    loop.init.declarations.some(({ id }) => id.type === 'Identifier' && id.name === name)
  )
}

/** `queue.length + pending > max`, `queue.length - 1`: arithmetic that ends in a comparison with something. */
function isComparedLater(sum: Node, context: UseContext): boolean {
  let current = sum
  while (current.parent?.type === 'BinaryExpression') {
    current = current.parent
    if (/^[<>]=?$/.test((current as TSESTree.BinaryExpression).operator)) return true
  }
  return current.parent?.type === 'VariableDeclarator' && isComparedVariable(current.parent, context)
}

/** `const waiting = queue.length; if (waiting >= max) …` */
function isComparedVariable(declarator: TSESTree.VariableDeclarator, { sourceCode }: UseContext): boolean {
  if (declarator.id.type !== 'Identifier') return true
  const owner = enclosingFunction(declarator)
  return !owner || (comparisonsIn(sourceCode).get(owner)?.has(declarator.id.name) ?? false)
}

type Comparisons = ReadonlyMap<FunctionNode, ReadonlySet<string>>

const comparisons = new WeakMap<object, Comparisons>()

/** The names that each function, and those in it, compare with something. */
function comparisonsIn(sourceCode: UseContext['sourceCode']): Comparisons {
  let known = comparisons.get(sourceCode)
  if (!known) comparisons.set(sourceCode, (known = collectComparisons(sourceCode)))
  return known
}

function collectComparisons(sourceCode: UseContext['sourceCode']): Comparisons {
  const found = new Map<FunctionNode, Set<string>>()
  for (const node of nodesOf(sourceCode, 'BinaryExpression')) {
    if (!/^[<>]=?$/.test(node.operator)) continue
    const names = [comparedName(node.left, node.right, node), comparedName(node.right, node.left, node)].filter((name) => name !== null)
    if (names.length === 0) continue
    for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) {
      if (!isInside(node, owner.body)) continue
      let known = found.get(owner)
      if (!known) found.set(owner, (known = new Set()))
      for (const name of names) known.add(name)
    }
  }
  return found
}

function comparedName(side: Node, other: Node, comparison: Node): string | null {
  return side.type === 'Identifier' && !isEmptiness(unwrap(other)) && !isLoopCounter(other, comparison) ? side.name : null
}

function isZero(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === 0
}

/** `x = []` empties, `x = x.filter(…)` prunes, `x = [...x, y]` feeds, `x = x.slice(-n)` limits; anything else starts anew. */
function assignedUse(assignment: TSESTree.AssignmentExpression, mention: Node, { sourceCode }: UseContext): UseKind {
  const text = sourceCode.getText(mention)
  const right = unwrap(assignment.right)
  if (right.type === 'ArrayExpression' && isSpreadOf(right.elements[0], text, sourceCode)) return 'feed'
  if (right.type === 'ArrayExpression' && isSpreadOf(right.elements.at(-1), text, sourceCode)) return 'feed'
  if (right.type === 'CallExpression' && right.callee.type === 'MemberExpression') {
    const name = memberName(right.callee)
    if (name === 'slice' || name === 'splice' || name === 'takeRight' || name === 'take') return 'limit'
    const isOwn = sourceCode.getText(right.callee.object) === text
    if (isOwn && name === 'concat') return 'feed'
    if (isOwn && name === 'filter') return 'prune'
    if (isOwn) return 'read'
  }
  return 'empty'
}

function isSpreadOf(element: Node | null | undefined, text: string, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return element?.type === 'SpreadElement' && sourceCode.getText(element.argument) === text
}

/** `const q = this.queue`: the uses of `q`. Null where the target is not one name that stands for it alone. */
function aliasUse(at: Node, target: Node, kind: ContainerKind, context: UseContext, depth: number): Use[] | null {
  if (target.type === 'ArrayPattern') return null
  if (target.type !== 'Identifier' || depth >= MAX_DEPTH) return null
  const variable = context.calls.variableOf(target)
  return variable && variableUses(variable, kind, context, depth + 1, at)
}

function variableUses(
  variable: TSESLint.Scope.Variable,
  kind: ContainerKind,
  context: UseContext,
  depth: number,
  at: Node,
): Use[] {
  return variable.references
    .filter((reference) => reference.identifier !== at && !reference.isWrite())
    .flatMap((reference) => usesOf(reference.identifier as Node, kind, context, depth))
}

/** `Object.keys(cache).length > max`. */
function listedUse(call: Node, use: Make, context: UseContext): Use[] {
  const member = call.parent
  if (member?.type !== 'MemberExpression' || memberName(member) !== 'length') return use('read', call)
  const { node, parent } = outside(member)
  return sizeUse(node, parent, use, context)
}

function argumentUse(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: Node,
  kind: ContainerKind,
  use: Make,
  context: UseContext,
  depth: number,
): Use[] {
  if (call.callee === argument) return use('escape', call)
  const callee = context.sourceCode.getText(call.callee)
  const called = unwrap(call.callee)
  const method = called.type === 'MemberExpression' ? memberName(called) : null
  if (method === 'concat') return use('read', call, method) // copies
  if (method !== null && writingMethods.has(method)) return use('read', call, callee)
  const origin = context.calls.originOf(called)
  if (lookers.of(origin)) return method !== null && entryMethods.has(method) ? listedUse(call, use, context) : use('read', call, callee)
  const { root, steps } = origin
  if (root.kind !== 'function' || steps.length > 0 || depth >= MAX_DEPTH) return use('escape', call, callee)
  const parameter = root.node.params[call.arguments.indexOf(argument as TSESTree.Expression)]
  if (parameter?.type !== 'Identifier') return use('escape', call, callee)
  const variable = context.calls.variableOf(parameter)
  return variable ? variableUses(variable, kind, context, depth + 1, parameter) : use('escape', call, callee)
}
