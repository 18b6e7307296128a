/**
 * Arrays, maps and sets that outlive the call in which they are made: at module level, in an instance, or in a
 * function whose inner functions keep them.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed, nodesOf } from '../../ast/file-nodes.ts'
import {
  enclosingClass,
  enclosingFunction,
  isClass,
  isFunction,
  memberName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'
import { usesOf, type ContainerKind, type Use, type UseContext } from './uses.ts'

export interface Container {
  readonly kind: ContainerKind
  /** As the code calls it: `queue`, `this.queue`. */
  readonly name: string
  readonly level: 'module' | 'instance' | 'closure'
  /** The declarator, field or assignment that makes it. */
  readonly creation: Node
  /** The class (or constructor function) whose instances have it, or the function in which it lives. */
  readonly owner: ClassNode | FunctionNode | null
  /** Whether code outside the file can reach it. */
  readonly isPublic: boolean
  readonly uses: readonly Use[]
}

const CONSTRUCTORS: Readonly<Record<string, ContainerKind>> = { Array: 'array', Map: 'map', Set: 'set' }

interface Collected {
  readonly creations: { readonly node: Node; readonly target: Node; readonly kind: ContainerKind }[]
  /** Names taken out of `this` by destructuring: `const { queue } = this`. */
  readonly taken: Map<string, TSESTree.Identifier[]>
}

export function containersOf(sourceCode: Readonly<TSESLint.SourceCode>): Container[] {
  const found = collected(sourceCode)
  if (found.creations.length === 0) return []
  const context: UseContext = { sourceCode, calls: callsOf(sourceCode) }
  const seen = new Set<string>()
  const containers: Container[] = []
  for (const creation of found.creations) {
    const { node, target, kind } = creation
    const container =
      target.type === 'Identifier' && node.type === 'VariableDeclarator'
        ? variableContainer(node, target, kind, context)
        : fieldContainer(creation, found, seen, context)
    if (container) containers.push(container)
  }
  return containers
}

const cache = new WeakMap<object, Collected>()

function collected(sourceCode: Readonly<TSESLint.SourceCode>): Collected {
  let known = cache.get(sourceCode)
  if (!known) cache.set(sourceCode, (known = collect(sourceCode)))
  return known
}

function collect(sourceCode: Readonly<TSESLint.SourceCode>): Collected {
  const found: Collected = { creations: [], taken: new Map() }
  const list = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    const known = map.get(key)
    if (known) known.push(value)
    else map.set(key, [value])
  }
  for (const node of nodesOf(sourceCode, 'VariableDeclarator', 'PropertyDefinition', 'AssignmentExpression')) {
    if (node.type === 'VariableDeclarator') {
      const kind = node.init ? emptyKind(node.init) : null
      if (kind) found.creations.push({ node, target: node.id, kind })
      if (node.id.type === 'ObjectPattern' && node.init?.type === 'ThisExpression') {
        for (const property of node.id.properties) {
          const name = property.type === 'Property' ? memberName(property) : null
          if (name !== null && property.type === 'Property' && property.value.type === 'Identifier') {
            list(found.taken, name, property.value)
          }
        }
      }
    } else if (node.type === 'PropertyDefinition' && node.value) {
      const kind = emptyKind(node.value)
      if (kind) found.creations.push({ node, target: node.key, kind })
    } else if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      const kind = node.left.object.type === 'ThisExpression' ? emptyKind(node.right) : null
      if (kind && isInConstructor(node)) found.creations.push({ node, target: node.left, kind })
    }
  }
  return found
}

/** `[]`, `new Array()`, `new Map()`, `new Set()`, `{}`, `Object.create(null)`: a container that starts empty. */
function emptyKind(expression: Node): ContainerKind | null {
  const value = unwrap(expression)
  // `const cache = module.exports.cache = new Map()`
  if (value.type === 'AssignmentExpression' && value.operator === '=') return emptyKind(value.right)
  if (value.type === 'ArrayExpression') return value.elements.length === 0 ? 'array' : null
  if (value.type === 'ObjectExpression') return value.properties.length === 0 ? 'object' : null
  if (value.type === 'CallExpression') return isBareObject(value) ? 'object' : null
  if (value.type !== 'NewExpression' || value.callee.type !== 'Identifier' || value.arguments.length > 0) return null
  return CONSTRUCTORS[value.callee.name] ?? null
}

function isBareObject({ callee, arguments: [prototype] }: TSESTree.CallExpression): boolean {
  const isCreate = callee.type === 'MemberExpression' && memberName(callee) === 'create' && callee.object.type === 'Identifier' && callee.object.name === 'Object'
  return isCreate && prototype?.type === 'Literal' && prototype.value === null
}

function isInConstructor(node: Node): boolean {
  const owner = enclosingFunction(node)
  if (!owner) return false
  const method = owner.parent
  if (method?.type === 'MethodDefinition') return method.kind === 'constructor'
  return constructorName(owner) !== null
}

/** The name of a function that makes instances: `function Queue() { this.items = [] }`. */
function constructorName(node: FunctionNode): string | null {
  const name = node.type === 'ArrowFunctionExpression' ? null : (node.id?.name ?? assignedName(node))
  return name !== null && /^[A-Z]/.test(name) ? name : null
}

function assignedName(node: FunctionNode): string | null {
  const { parent } = node
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression') return memberName(parent.left)
  return null
}

function variableContainer(
  declarator: TSESTree.VariableDeclarator,
  id: TSESTree.Identifier,
  kind: ContainerKind,
  context: UseContext,
): Container | null {
  const variable = context.calls.variableOf(id)
  if (!variable || variable.defs.length !== 1) return null
  const owner = enclosingFunction(declarator)
  if (owner && isPlainlyLocal(variable)) return null
  const uses = variable.references
    .filter(({ identifier }) => identifier !== id)
    .flatMap(({ identifier }) => usesOf(identifier as Node, kind, context))
  // What only its own function touches ends with the call.
  if (owner && uses.every(({ within }) => within === owner)) return null
  const isExported = declarator.parent.parent?.type === 'ExportNamedDeclaration' || (declarator.init !== null && unwrap(declarator.init).type === 'AssignmentExpression')
  return {
    kind,
    name: id.name,
    level: owner ? 'closure' : 'module',
    creation: declarator,
    owner,
    isPublic: isExported,
    uses,
  }
}

/**
 * Whether a variable is only ever read or called upon in the function that declares it. That says all for most lists, and
 * nothing where the value gets another name or goes to a function.
 */
function isPlainlyLocal({ scope, references }: TSESLint.Scope.Variable): boolean {
  return references.every(({ identifier, from }) => {
    if (from.variableScope !== scope.variableScope) return false
    const { parent } = identifier as Node
    switch (parent?.type) {
      case 'MemberExpression':
        return parent.object === identifier
      case 'VariableDeclarator':
        return parent.id === identifier
      case 'ReturnStatement':
      case 'ForOfStatement':
      case 'SpreadElement':
        return true
      default:
        return false
    }
  })
}

function fieldContainer(
  { node, target, kind }: Collected['creations'][number],
  { taken }: Collected,
  seen: Set<string>,
  context: UseContext,
): Container | null {
  const name = memberName(target.type === 'MemberExpression' ? target : (node as TSESTree.PropertyDefinition))
  const owner = node.type === 'PropertyDefinition' ? (node.parent.parent as ClassNode) : instanceOwner(node)
  if (name === null || !owner) return null
  const isStatic = node.type === 'PropertyDefinition' && node.static
  const key = `${owner.range[0]} ${isStatic} ${name}`
  if (seen.has(key)) return null
  seen.add(key)
  const mentions = fieldMentions(name, owner, { taken }, context).filter((mention) => mention !== target)
  const isPrivate = name.startsWith('#') || name.startsWith('_') || (node.type === 'PropertyDefinition' && isMarkedPrivate(node)) || isDeclaredPrivate(owner, name)
  return {
    kind,
    name: `${isStatic && isClass(owner) && owner.id ? owner.id.name : 'this'}.${name}`,
    level: isStatic ? 'module' : 'instance',
    creation: node,
    owner,
    isPublic: !isPrivate,
    uses: mentions.flatMap((mention) => usesOf(mention, kind, context)),
  }
}

function fieldMentions(
  name: string,
  owner: ClassNode | FunctionNode,
  { taken }: Pick<Collected, 'taken'>,
  context: UseContext,
): Node[] {
  const { owned, open } = claimsOf(name, context)
  const mentions: Node[] = merged(owned.get(owner) ?? [], open)
  for (const identifier of taken.get(name) ?? []) {
    if (instanceOwner(identifier) !== owner) continue
    const variable = context.calls.variableOf(identifier)
    for (const reference of variable?.references ?? []) if (!reference.isWrite()) mentions.push(reference.identifier as Node)
  }
  return mentions
}

/** What holds the value that an expression makes: a module's variable or a field; null for a local or anything else. */
export interface Holder {
  readonly name: string
  readonly level: 'module' | 'instance'
  /** The class (or constructor function) whose instances have it. */
  readonly owner: ClassNode | FunctionNode | null
  /** Everywhere it is mentioned besides. */
  readonly mentions: readonly Node[]
}

export function holderOf(expression: Node, context: UseContext): Holder | null {
  let value = expression
  while (value.parent?.type === 'TSAsExpression' || value.parent?.type === 'AwaitExpression') value = value.parent
  const { parent } = value
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && !enclosingFunction(parent)) {
    const { id } = parent
    const references = context.calls.variableOf(id)?.references ?? []
    return { name: id.name, level: 'module', owner: null, mentions: references.map(({ identifier }) => identifier as Node).filter((node) => node !== id) }
  }
  if (parent?.type !== 'PropertyDefinition' && parent?.type !== 'AssignmentExpression') return null
  const target = parent.type === 'PropertyDefinition' ? parent : parent.left
  if (target.type !== 'PropertyDefinition' && (target.type !== 'MemberExpression' || target.object.type !== 'ThisExpression')) return null
  const name = memberName(target)
  const owner = parent.type === 'PropertyDefinition' ? (parent.parent.parent as ClassNode) : instanceOwner(parent)
  if (name === null || !owner) return null
  const mentions = fieldMentions(name, owner, collected(context.sourceCode), context).filter((mention) => mention !== target)
  const isStatic = target.type === 'PropertyDefinition' && target.static
  return { name: `this.${name}`, level: isStatic ? 'module' : 'instance', owner, mentions }
}

function isMarkedPrivate(node: TSESTree.PropertyDefinition): boolean {
  return node.accessibility === 'private' || node.accessibility === 'protected'
}

function isDeclaredPrivate(owner: ClassNode | FunctionNode, name: string): boolean {
  return (
    isClass(owner) &&
    owner.body.body.some(
      (element) => element.type === 'PropertyDefinition' && memberName(element) === name && isMarkedPrivate(element),
    )
  )
}

/** The class or constructor function whose instance `this` is at a node. */
export function instanceOwner(node: Node): ClassNode | FunctionNode | null {
  const owner = enclosingClass(node)
  if (owner) return owner
  let current = enclosingFunction(node)
  while (current?.type === 'ArrowFunctionExpression') current = enclosingFunction(current)
  if (!current) return null
  return constructorName(current) === null ? prototypeOwner(current) : current
}

/** The constructor function behind `Queue.prototype.add = function () { … }`. */
function prototypeOwner(method: FunctionNode): FunctionNode | null {
  const { parent } = method
  const target = parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression' ? parent.left.object : null
  if (target?.type !== 'MemberExpression' || memberName(target) !== 'prototype' || target.object.type !== 'Identifier') return null
  return functionsOf(programOf(method)).get(target.object.name) ?? null
}

const declared = new WeakMap<TSESTree.Program, ReadonlyMap<string, FunctionNode>>()

/** The functions that a file declares at its top, the first of each name. */
function functionsOf(program: TSESTree.Program): ReadonlyMap<string, FunctionNode> {
  let known = declared.get(program)
  if (!known) declared.set(program, (known = collectFunctions(program)))
  return known
}

function collectFunctions(program: TSESTree.Program): ReadonlyMap<string, FunctionNode> {
  const functions = new Map<string, FunctionNode>()
  const add = (name: string, node: FunctionNode): void => {
    if (!functions.has(name)) functions.set(name, node)
  }
  for (const statement of program.body) {
    if (statement.type === 'FunctionDeclaration' && statement.id) add(statement.id.name, statement)
    if (statement.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declarations) {
      if (id.type !== 'Identifier' || !init) continue
      const value = init.type === 'AssignmentExpression' ? init.right : init
      if (isFunction(value)) add(id.name, value)
    }
  }
  return functions
}

function programOf(node: Node): TSESTree.Program {
  let current = node
  while (current.parent) current = current.parent
  return current as TSESTree.Program
}

/** The members of a name: those of `this`, by what `this` is there, and those of any other object, which may be anybody's. */
interface Claims {
  readonly owned: ReadonlyMap<ClassNode | FunctionNode, readonly TSESTree.MemberExpression[]>
  readonly open: readonly TSESTree.MemberExpression[]
}

const claims = new WeakMap<object, Map<string, Claims>>()

function claimsOf(name: string, context: UseContext): Claims {
  let byName = claims.get(context.sourceCode)
  if (!byName) claims.set(context.sourceCode, (byName = new Map()))
  let known = byName.get(name)
  if (!known) byName.set(name, (known = collectClaims(name, context)))
  return known
}

function collectClaims(name: string, context: UseContext): Claims {
  const owned = new Map<ClassNode | FunctionNode, TSESTree.MemberExpression[]>()
  const open: TSESTree.MemberExpression[] = []
  for (const member of membersNamed(name, context.sourceCode)) {
    const owner = ownerOf(member, context)
    const known = owner && owned.get(owner)
    if (!owner) open.push(member)
    else if (known) known.push(member)
    else owned.set(owner, [member])
  }
  return { owned, open }
}

/** Whose field `a.name` is; null for any other object than `this`, or a name for it. */
function ownerOf(member: TSESTree.MemberExpression, { calls }: UseContext): ClassNode | FunctionNode | null {
  const object = unwrap(member.object)
  if (object.type === 'ThisExpression') return instanceOwner(object)
  if (object.type !== 'Identifier') return null
  const definition = calls.variableOf(object)?.defs[0]?.node as Node | undefined
  return definition?.type === 'VariableDeclarator' && definition.init?.type === 'ThisExpression' ? instanceOwner(definition.init) : null
}

/** In source order. */
function merged(left: readonly Node[], right: readonly Node[]): Node[] {
  if (right.length === 0) return [...left]
  return [...left, ...right].sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1])
}
