/**
 * What a piece of code does to values that it did not make: for every mention of a variable or of `this`, whether it
 * reads or writes, and which part (`state.count`, `this.items`). Parts are told apart by their first member only.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { addingMethods, appendingMethods, changingMethods, keyedMethods, readingMethods } from '../../knowledge/built-in-methods.ts'

type Variable = TSESLint.Scope.Variable
type Reference = TSESLint.Scope.Reference

/**
 * - `read`: only looks.
 * - `assign`: puts a value there, whatever was there.
 * - `fold`: puts a value there that is made of the old one and a new part: `n += a`, `n++`, `all = all.concat(a)`.
 * - `push`, `keyed`, `add`: adds to a collection. `keyed` under a computed key.
 * - `change`: any other change of what is there (`shift`, `sort`, `delete`).
 * - `call`: calls an unknown method of it, or hands it to someone.
 */
export type AccessKind = 'read' | 'assign' | 'fold' | 'push' | 'keyed' | 'add' | 'change' | 'call'

export interface Access {
  readonly kind: AccessKind
  /** The variable, or `this` of the enclosing class or method. */
  readonly root: Variable | 'this'
  /** The first member on the way, `[]` for a computed one, null for the variable itself. */
  readonly member: string | null
  /** The identifier or `this` that is mentioned. */
  readonly at: Node
  /** The expression that is read, written or called: `state.items` in `state.items.push(x)`. */
  readonly target: Node
  /** The whole of the operation: the assignment, the call; `target` itself for a plain read. */
  readonly node: Node
  /** The key of a keyed access: `k` in `map.set(k, v)`, `map.get(k)` and `record[k]`. */
  readonly key: Node | null
}

export const isWrite = ({ kind }: Access): boolean => kind !== 'read' && kind !== 'call'

/** A name for the part of a value that an access touches, unique per root. */
export const partOf = ({ member }: Pick<Access, 'member'>): string => member ?? ''

const referenceMaps = new WeakMap<object, Map<Node, Reference>>()

/** Every reference of the file by its identifier. */
export function referencesOf(sourceCode: Readonly<TSESLint.SourceCode>): ReadonlyMap<Node, Reference> {
  const known = referenceMaps.get(sourceCode)
  if (known) return known
  const map = new Map<Node, Reference>()
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const reference of scope.references) {
      const existing = map.get(reference.identifier as Node)
      // `n++` and `n += 1` are one reference; a default value and its name are two, of which the write counts.
      if (!existing || reference.isWrite()) map.set(reference.identifier as Node, reference)
    }
  }
  referenceMaps.set(sourceCode, map)
  return map
}

/**
 * The variable whose value a name has for good: `results` for `alias` after `const alias = results`, as long as neither
 * is ever written again. Any other variable is its own.
 */
export function originalOf(variable: Variable, sourceCode: Readonly<TSESLint.SourceCode>): Variable {
  let original = variable
  for (let depth = 0; depth < 5; depth += 1) {
    const definition = original.defs.length === 1 ? (original.defs[0]?.node as Node) : null
    if (definition?.type !== 'VariableDeclarator' || definition.id.type !== 'Identifier' || !definition.init) return original
    const value = unwrap(definition.init)
    const source = value.type === 'Identifier' ? referencesOf(sourceCode).get(value)?.resolved : null
    if (!source || isRewritten(original) || isRewritten(source)) return original
    original = source
  }
  return original
}

function isRewritten(variable: Variable): boolean {
  return variable.references.some((reference) => reference.isWrite() && !reference.init)
}

/** What the mention `at` of a variable or of `this` does. */
export function accessAt(at: Node, root: Variable | 'this', sourceCode: Readonly<TSESLint.SourceCode>): Access {
  const chain: TSESTree.MemberExpression[] = []
  let top: Node = at
  for (;;) {
    const parent: Node | undefined = top.parent
    if (parent?.type === 'MemberExpression' && parent.object === top) {
      chain.push(parent)
      top = parent
    } else if (parent && unwrap(parent) !== parent && unwrap(parent) === unwrap(top)) {
      top = parent
    } else break
  }
  const first = chain[0]
  const member = first ? (memberName(first) ?? '[]') : null
  const base = { root, member, at }
  const last = chain.at(-1)
  const holder = last ? (unwrap(last.object)) : null

  const written = writeOf(top, sourceCode)
  if (written) {
    const computed = last?.computed === true && memberName(last) === null
    const kind = computed && written.kind === 'assign' ? 'keyed' : written.kind
    const part = computed && chain.length === 1 ? { ...base, member: null } : base
    return { ...part, kind, target: computed && holder ? holder : top, node: written.node, key: computed ? (last?.property ?? null) : null }
  }
  const parent = top.parent
  if (last && parent?.type === 'CallExpression' && parent.callee === top) {
    const name = memberName(last)
    const called = { ...base, ...(chain.length === 1 && { member: null }), target: holder ?? top, node: parent, key: parent.arguments[0] ?? null }
    return { ...called, kind: methodKind(name, parent) }
  }
  const key = last?.computed === true && memberName(last) === null ? last.property : null
  const handed = isHandedOver(top)
  return {
    ...base,
    ...(key && chain.length === 1 && { member: null }),
    kind: handed ? 'call' : 'read',
    target: key && holder ? holder : top,
    node: handed ? (top.parent as Node) : top,
    key,
  }
}

function methodKind(name: string | null, call: TSESTree.CallExpression): AccessKind {
  if (name === null) return 'call'
  if (appendingMethods.has(name)) return 'push'
  if (keyedMethods.has(name) && call.arguments.length === 2 && !isAwaited(call)) return 'keyed'
  if (addingMethods.has(name) && call.arguments.length === 1 && !isAwaited(call)) return 'add'
  if (changingMethods.has(name) && !isAwaited(call)) return 'change'
  if (readingMethods.has(name) && !isAwaited(call)) return 'read'
  return 'call'
}

const isAwaited = (call: Node): boolean => {
  let parent = call.parent
  while (parent && unwrap(parent) !== parent) parent = parent.parent
  return parent?.type === 'AwaitExpression'
}

/** The write that an expression is the target of. */
function writeOf(top: Node, sourceCode: Readonly<TSESLint.SourceCode>): { kind: AccessKind; node: Node } | null {
  const parent = top.parent
  if (!parent) return null
  switch (parent.type) {
    case 'AssignmentExpression':
      if (parent.left !== top) return null
      if (/^(?:&&|\|\||\?\?)=$/.test(parent.operator)) return { kind: 'assign', node: parent }
      if (parent.operator !== '=') return { kind: 'fold', node: parent }
      return { kind: isFoldOf(parent.right, top, sourceCode) ? 'fold' : 'assign', node: parent }
    case 'UpdateExpression':
      return { kind: 'fold', node: parent }
    case 'UnaryExpression':
      return parent.operator === 'delete' ? { kind: 'change', node: parent } : null
    case 'ForOfStatement':
    case 'ForInStatement':
      return parent.left === top ? { kind: 'assign', node: parent } : null
    case 'VariableDeclarator':
      return parent.id === top && parent.init ? { kind: 'assign', node: parent } : null
    case 'ArrayPattern':
    case 'RestElement':
      return { kind: 'assign', node: parent }
    case 'AssignmentPattern':
      return parent.left === top ? { kind: 'assign', node: parent } : null
    case 'Property':
      return parent.value === top && parent.parent.type === 'ObjectPattern' ? { kind: 'assign', node: parent } : null
    default:
      return null
  }
}

/** `x = x + a`, `x = x.concat(a)`, `x = [...x, a]`, `x = { ...x, a }`, `x = f && x`: the old value and something new, once. */
function isFoldOf(value: Node, target: Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const text = sourceCode.getText(target)
  const is = (node: Node | null | undefined): boolean => node != null && sourceCode.getText(unwrap(node)) === text
  const expression = unwrap(value)
  switch (expression.type) {
    case 'BinaryExpression':
      return is(expression.left) || is(expression.right)
    case 'LogicalExpression':
      // `ok = ok && (await f(x))` asks the old value whether to do the work.
      return is(expression.right) || (is(expression.left) && !/\bawait\b/.test(sourceCode.getText(expression.right)))
    case 'CallExpression':
      return (
        (expression.callee.type === 'MemberExpression' && is(expression.callee.object)) ||
        (expression.arguments.length === 2 && is(expression.arguments[0]) && !expression.arguments.slice(1).some(is))
      )
    case 'ArrayExpression':
      return expression.elements.some((element) => element?.type === 'SpreadElement' && is(element.argument))
    case 'ObjectExpression':
      return expression.properties.some((property) => property.type === 'SpreadElement' && is(property.argument))
    default:
      return false
  }
}

function isHandedOver(top: Node): boolean {
  const parent = top.parent
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && (parent.arguments as readonly Node[]).includes(top)
}
