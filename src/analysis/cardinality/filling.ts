/** How much a list, set, map or object gets by `push`, `add`, `set` and `x[key] = …` after it was made. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { identityMembers } from '../../knowledge/bounds.ts'
import { collectionClasses, fillingMethods, lookUpMethods } from '../../knowledge/built-in-methods.ts'
import { cutOf, isShare } from './pieces.ts'
import { iterationsAround, type Iteration } from './enclosing-iterations.ts'
import { add, bounded, dynamic, multiply, unknown, type Size } from './size.ts'
import type { Sizes } from './sizes.ts'

type Variable = TSESLint.Scope.Variable

export interface Filling {
  /** The call or assignment that adds. */
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression
  /** What it adds; for `set` and `x[key] =` the value. */
  readonly values: readonly Node[]
}

/** The places that add to a variable's collection. */
export function fillings(variable: Variable): Filling[] {
  const found: Filling[] = []
  for (const { identifier } of variable.references) {
    const member = (identifier as Node).parent
    if (member?.type !== 'MemberExpression' || member.object !== identifier) continue
    const use = member.parent
    if (use.type === 'CallExpression' && use.callee === member && fillingMethods.has(memberName(member) ?? '')) {
      found.push({ node: use, values: memberName(member) === 'set' ? use.arguments.slice(1) : use.arguments })
    } else if (use.type === 'AssignmentExpression' && use.left === member && member.computed) {
      found.push({ node: use, values: [use.right] })
    }
  }
  return found
}

/** How much all of them add; null when there are none. */
export function fillingOf(variable: Variable, sizes: Sizes): Size | null {
  let total: Size | null = null
  for (const filling of fillings(variable)) {
    const size = sizeOfFilling(filling, variable, sizes)
    total = total ? add(total, size) : size
  }
  return total
}

export function sizeOfFilling({ node, values }: Filling, variable: Variable, sizes: Sizes): Size {
  const scope = variable.scope.block as Node
  const iterations = iterationsAround(node, scope)
  if (!iterations) return unknown(node)
  let size: Size = bounded(1, 'literal', node)
  for (const value of values) if (value.type === 'SpreadElement') size = multiply(size, sizes.of(value.argument))
  // A collection that lives longer than the function which fills it grows with every call.
  if (enclosingFunction(node) !== scope && iterations.length === 0 && outlives(variable, node)) return unknown(node)
  const resets = resetsOf(variable)
  const filling = iterations.filter((iteration) => !resets.some((reset) => isInside(reset, iteration.node)))
  if (filling.length === 0 && iterations.length > 0) return bounded(null, 'piece', node)
  const pieces = filling.length > 0 ? sizeOfPieces(values, sizes) : null
  if (pieces) return pieces
  // As many as there are different keys, which may be few.
  if (isGroup(node, values, variable, iterations, sizes)) return unknown(node)
  return filling.reduce((product, iteration) => multiply(product, passesOf(iteration, sizes)), size)
}

/** `pieces.push(list.slice(i, i + size))` for all of a list that is as long as its data; null for what is no piece. */
function sizeOfPieces(values: readonly Node[], sizes: Sizes): Size | null {
  const [value] = values
  const cut = value && value.type !== 'SpreadElement' ? cutOf(value, sizes.calls) : null
  return cut && !isShare(cut.end, sizes.calls) && sizes.of(cut.whole).kind === 'dynamic' ? dynamic('pieces', cut.whole) : null
}

/**
 * Whether a place keeps a group under a key that the items only share, and not each item under its own:
 *
 *     const group = groups.get(item.kind) ?? []
 *     groups.set(item.kind, [...group, item])
 */
function isGroup(node: Filling['node'], values: readonly Node[], variable: Variable, iterations: readonly Iteration[], sizes: Sizes): boolean {
  const [target, key] =
    node.type === 'AssignmentExpression' ? [node.left, (node.left as TSESTree.MemberExpression).property] : [node.callee, node.arguments.length > 1 ? node.arguments[0] : null]
  if (!key || isOwnKey(key, iterations) || !values.some((value) => isCollection(value, sizes))) return false
  return variable.references.some(({ identifier }) => {
    const read = (identifier as Node).parent
    return read?.type === 'MemberExpression' && read !== target && isLookUp(read) && enclosingFunction(read) === enclosingFunction(node)
  })
}

/** `groups[key]`, `groups.get(key)`, `groups.has(key)`. */
function isLookUp(read: TSESTree.MemberExpression): boolean {
  return read.computed || lookUpMethods.has(memberName(read) ?? '')
}

/** `[]`, `new Set()`, `groups.get(key) ?? []`, `{ items: [] }`, and a variable that is given one of them. */
function isCollection(node: Node, { calls }: Sizes): boolean {
  const value = unwrap(node)
  if (value.type !== 'Identifier') return makesCollection(value)
  const { references = [] } = calls.variableOf(value) ?? {}
  return references.some(({ writeExpr }) => writeExpr && makesCollection(unwrap(writeExpr as Node)))
}

function makesCollection(value: Node): boolean {
  switch (value.type) {
    case 'ArrayExpression':
      return true
    case 'NewExpression':
      return value.callee.type === 'Identifier' && collectionClasses.has(value.callee.name)
    case 'ObjectExpression':
      return value.properties.some((property) => property.type === 'Property' && makesCollection(unwrap(property.value)))
    case 'LogicalExpression':
      return makesCollection(unwrap(value.right))
    default:
      return false
  }
}

/** The element of a loop itself, or its identity: one entry per element. */
function isOwnKey(key: Node, iterations: readonly Iteration[]): boolean {
  const value = unwrap(key)
  if (value.type === 'MemberExpression') return identityMembers.has(memberName(value) ?? '')
  return value.type === 'Identifier' && iterations.some((iteration) => {
    const element = elementOf(iteration)
    return element?.type === 'Identifier' && element.name === value.name
  })
}

/** The name or pattern for the element that a loop is at. */
function elementOf(iteration: Iteration): Node | null {
  if (iteration.kind !== 'loop') return iteration.node.params[0] ?? null
  const { node } = iteration
  if (node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') return null
  return node.left.type === 'VariableDeclaration' ? node.left.declarations[0].id : node.left
}

/** Where a collection is emptied again: `batch = []`, `batch.length = 0`. A loop that does so fills a batch at a time. */
function resetsOf(variable: Variable): Node[] {
  return variable.references.flatMap((reference) => {
    const at = reference.identifier as Node
    const value = reference.writeExpr as Node | undefined
    if (value && !reference.init) return value.type === 'ArrayExpression' && value.elements.length === 0 ? [at] : []
    const member = at.parent
    const assignment = member?.type === 'MemberExpression' && member.object === at && memberName(member) === 'length' ? member.parent : null
    return assignment?.type === 'AssignmentExpression' && assignment.right.type === 'Literal' && assignment.right.value === 0 ? [at] : []
  })
}

function outlives(variable: Variable, node: Node): boolean {
  const owner = enclosingFunction(node)
  const declared = variable.identifiers[0] as Node | undefined
  return owner !== null && declared !== undefined && enclosingFunction(declared) !== owner
}

/** How often a loop runs, or how long the list is whose elements a callback gets. */
export function passesOf(iteration: Iteration, sizes: Sizes): Size {
  if (iteration.kind === 'callback') return sizes.of(iteration.list)
  if (iteration.kind === 'visit') return dynamic('visited', iteration.call)
  const loop = iteration.node
  if (loop.type === 'ForOfStatement') return loop.await ? iterated(loop.right, sizes) : sizes.of(loop.right)
  if (loop.type === 'ForInStatement') return sizes.keysOf(loop.right, loop.right)
  const test = loop.test
  if (loop.type !== 'ForStatement' || test?.type !== 'BinaryExpression' || !/^<=?$/.test(test.operator)) return unknown(loop)
  const count = sizes.counts.of(test.right)
  if (count.kind === 'dynamic' && goesInSteps(loop)) return unknown(loop)
  return count.kind === 'unknown' && isPassed(test.right, sizes) && startsAtPassed(loop, sizes) ? dynamic('range', test) : count
}

/** `i += batchSize`: as many passes as there are batches. */
function goesInSteps({ update }: TSESTree.ForStatement): boolean {
  return update?.type === 'AssignmentExpression' && !(update.right.type === 'Literal' && update.right.value === 1)
}

/** Streams and asynchronous generators give as many as come. */
function iterated(source: Node, sizes: Sizes): Size {
  const size = sizes.of(source)
  return size.kind === 'unknown' && size.hint === null ? dynamic('iterated', source) : size
}

/** `for (let i = from; i < to; i++)`, with both ends from a caller. */
function startsAtPassed({ init }: TSESTree.ForStatement, sizes: Sizes): boolean {
  const start = init?.type === 'VariableDeclaration' ? init.declarations[0]?.init : null
  const base = start?.type === 'BinaryExpression' ? start.left : start
  return base ? isPassed(base, sizes) : false
}

function isPassed(node: Node, { calls }: Sizes): boolean {
  return node.type === 'Identifier' && calls.variableOf(node)?.defs[0]?.type === 'Parameter'
}
