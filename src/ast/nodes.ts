/** Predicates and small walks over syntax. No scope, no types, no tables. */
import type { TSESTree } from '@typescript-eslint/utils'

export type Node = TSESTree.Node

export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression

export type LoopNode =
  | TSESTree.ForOfStatement
  | TSESTree.ForInStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement
  | TSESTree.DoWhileStatement

export type CallLike = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression

const LOOPS = new Set([
  'ForOfStatement',
  'ForInStatement',
  'ForStatement',
  'WhileStatement',
  'DoWhileStatement',
])

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  )
}

export function isClass(node: Node | null | undefined): node is ClassNode {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression'
}

export function isLoop(node: Node | null | undefined): node is LoopNode {
  return node != null && LOOPS.has(node.type)
}

/** The expression inside wrappers that change nothing at run time: `(x)`, `x!`, `x as T`, `<T>x`, `x satisfies T`, `a?.b` chains. */
export function unwrap(node: Node): Node {
  let current = node
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSSatisfiesExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        current = current.expression
        break
      default: {
        // Babel with `createParenthesizedExpressions` keeps parentheses as nodes.
        const odd = current as { type: string; expression?: Node }
        if (odd.type !== 'ParenthesizedExpression' || !odd.expression) return current
        current = odd.expression
      }
    }
  }
}

/** The same, and through `await` as well: `await (x as T)` → `x`. */
export function unwrapAwait(node: Node): Node {
  let current = unwrap(node)
  while (current.type === 'AwaitExpression') current = unwrap(current.argument)
  return current
}

/** The outermost of the casts and chains around a node, which change nothing at run time: `x` → `x as T`, `x?.y` with its chain. */
export function wrapped(node: Node): Node {
  let current = node
  while (/^(?:TS(?:As|NonNull|Satisfies)Expression|TSTypeAssertion|ChainExpression)$/.test(current.parent?.type ?? '')) current = current.parent as Node
  return current
}

/** The name that a member access or property uses, where it is written in the source; null for a computed one. */
export function memberName(node: {
  computed?: boolean
  property?: Node
  key?: Node
}): string | null {
  const key = node.property ?? node.key
  if (!key) return null
  if (!node.computed && (key.type === 'Identifier' || key.type === 'PrivateIdentifier')) {
    return key.type === 'PrivateIdentifier' ? `#${key.name}` : key.name
  }
  if (key.type === 'Literal') return String(key.value)
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? null
  return null
}

/** Whether an identifier only names a member: `region` of `{ region: 'eu' }` and of `config.region`. */
export function isKey(node: TSESTree.Identifier): boolean {
  const { parent } = node
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed
  return parent.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand
}

/** The nearest function around a node, or null at module level. A parameter's default belongs to its function. */
export function enclosingFunction(node: Node): FunctionNode | null {
  let current: Node | null | undefined = node.parent
  while (current && !isFunction(current)) current = current.parent
  return current ?? null
}

/** The method that a function is; null for any other function, also for one in a method's computed name: `{ [f(() => {})]() {} }`. */
export function methodOf(node: FunctionNode): TSESTree.MethodDefinition | TSESTree.Property | null {
  const { parent } = node
  const isMethod = parent.type === 'MethodDefinition' || (parent.type === 'Property' && parent.method)
  return isMethod && parent.value === node ? parent : null
}

/** The nearest class whose `this` is in force at a node, or null. */
export function enclosingClass(node: Node): ClassNode | null {
  let current: Node | null | undefined = node.parent
  while (current) {
    if (isClass(current)) return current
    // An own `this`: a function that is not an arrow and not a method's value.
    if (
      (current.type === 'FunctionDeclaration' || current.type === 'FunctionExpression') &&
      current.parent?.type !== 'MethodDefinition'
    ) {
      return null
    }
    current = current.parent
  }
  return null
}

/** The object literal whose method's `this` is in force at a node (`{ load() { this.name } }`), or null. */
export function enclosingObject(node: Node): TSESTree.ObjectExpression | null {
  let owner = enclosingFunction(node)
  while (owner?.type === 'ArrowFunctionExpression') owner = enclosingFunction(owner)
  const property = owner?.parent
  return property?.type === 'Property' && property.value === owner && property.parent.type === 'ObjectExpression' ? property.parent : null
}

export function isInside(node: Node, ancestor: Node): boolean {
  return node.range[0] >= ancestor.range[0] && node.range[1] <= ancestor.range[1]
}

/**
 * Calls `visit` for every node below `root` (and `root`), in source order. `visit` returns `'skip'` to leave a
 * subtree out and `'stop'` to end the walk.
 */
export function walk(
  root: Node,
  visitorKeys: Readonly<Record<string, readonly string[] | undefined>>,
  visit: (node: Node) => 'skip' | 'stop' | void,
): boolean {
  const answer = visit(root)
  if (answer === 'stop') return false
  const keys = answer === 'skip' ? undefined : visitorKeys[root.type]
  if (!keys) return true
  const record = root as unknown as Record<string, unknown>
  for (const key of keys) {
    const child = record[key]
    if (typeof child !== 'object' || child === null) continue
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item) && !walk(item, visitorKeys, visit)) return false
    } else if (isNode(child) && !walk(child, visitorKeys, visit)) {
      return false
    }
  }
  return true
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** Walks the code that runs when `body` runs: not into nested functions (class bodies' field initialisers neither). */
export function walkOwnCode(
  body: Node,
  visitorKeys: Readonly<Record<string, readonly string[] | undefined>>,
  visit: (node: Node) => 'skip' | 'stop' | void,
): boolean {
  return walk(body, visitorKeys, (node) => {
    if (node !== body && isFunction(node)) return 'skip'
    if (node.type === 'PropertyDefinition' && !node.static) return 'skip'
    return visit(node)
  })
}

/** The string that an expression is, where it is written out; otherwise null. */
export function stringValue(node: Node | null | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null
  return null
}

/** `null`, `undefined` and `void 0`: no value, as people write it. */
export function isNothing(node: Node): boolean {
  const value = unwrap(node)
  return (
    (value.type === 'Literal' && value.value === null && !('regex' in value) && !('bigint' in value)) ||
    (value.type === 'Identifier' && value.name === 'undefined') ||
    (value.type === 'UnaryExpression' && value.operator === 'void' && value.argument.type === 'Literal')
  )
}

/** `Infinity`, `Number.POSITIVE_INFINITY`, and the largest numbers there are: how people write that there is no limit. */
export function isInfinity(node: Node): boolean {
  const value = unwrap(node)
  if (value.type === 'Identifier') return value.name === 'Infinity'
  return value.type === 'MemberExpression' && /^(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE)$/.test(memberName(value) ?? '')
}

/** The property of an object literal with this name, or null; null as well when a spread after it may replace it. */
export function propertyOf(object: TSESTree.ObjectExpression, name: string): TSESTree.Property | null {
  for (let i = object.properties.length - 1; i >= 0; i -= 1) {
    const property = object.properties[i]
    if (property?.type === 'SpreadElement') return null
    if (property?.type === 'Property' && memberName(property) === name) return property
  }
  return null
}
