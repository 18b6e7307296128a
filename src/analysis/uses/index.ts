/**
 * Every use of a function of the file, where the file shows them all: of declarations, of functions in variables
 * (other functions in the same variable are its alternatives), and of private members of classes.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed } from '../../ast/file-nodes.ts'
import { enclosingFunction, isClass, memberName, wrapped, type ClassNode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { handlerProperty } from '../../knowledge/async-conventions.ts'
import { identities } from '../../knowledge/callback-results.ts'
import { callsOf, indexFacts } from '../calls/index.ts'

export { callbackResultOf } from './callback-results.ts'
export { attributeConsumption, consumptionOf, resultConsumption, type Consumption } from './consumption.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

export type Use =
  /** `f(…)` */
  | { readonly kind: 'called'; readonly node: Node; readonly call: TSESTree.CallExpression }
  /** `g(f)`: whoever gets it calls it. */
  | { readonly kind: 'passed'; readonly node: Node; readonly call: TSESTree.CallExpression | TSESTree.NewExpression; readonly index: number }
  /** `export { f }`, `module.exports.f = f` */
  | { readonly kind: 'exported'; readonly node: Node }
  /** `<button onClick={f}>` */
  | { readonly kind: 'attribute'; readonly node: Node; readonly attribute: TSESTree.JSXAttribute }
  /** `socket.onmessage = f`: the platform calls it with each event. */
  | { readonly kind: 'listening'; readonly node: Node; readonly assignment: TSESTree.AssignmentExpression }
  /** Anything else: the function gets out of sight. */
  | { readonly kind: 'escaped'; readonly node: Node }

/** Where a function stands, as far as it tells who may use it. */
export type Place =
  | { readonly kind: 'variable'; readonly variable: Variable; readonly exported: boolean; readonly declarator: TSESTree.VariableDeclarator | null }
  | {
      readonly kind: 'member'
      readonly owner: ClassNode
      readonly element: TSESTree.MethodDefinition | TSESTree.PropertyDefinition
      readonly name: string | null
      readonly access: 'private' | 'hidden' | 'public'
    }
  | { readonly kind: 'field'; readonly owner: ClassNode; readonly name: string; readonly access: 'private' | 'hidden' | 'public' }
  | { readonly kind: 'property'; readonly property: TSESTree.Property; readonly object: TSESTree.ObjectExpression }
  | { readonly kind: 'argument'; readonly call: TSESTree.CallExpression | TSESTree.NewExpression; readonly index: number }
  /** `(async () => {…})()` */
  | { readonly kind: 'invoked'; readonly call: TSESTree.CallExpression }
  | { readonly kind: 'attribute'; readonly attribute: TSESTree.JSXAttribute }
  | { readonly kind: 'listener'; readonly assignment: TSESTree.AssignmentExpression }
  /** `return async () => {…}`: whoever calls the maker has it. */
  | { readonly kind: 'made'; readonly maker: FunctionNode }
  | { readonly kind: 'exported'; readonly node: Node }
  | { readonly kind: 'other'; readonly node: Node }

export interface Uses {
  placeOf(node: FunctionNode): Place
  /** All uses in this file. For members these are the accesses by that name, whatever their object. */
  of(node: FunctionNode): readonly Use[]
  /** The other values that the variable or field of a function may hold, so that a user of one uses them all. */
  alternativesOf(place: Place): readonly Node[]
  /** What the file assigns to members of a name: `x.name = value`, of any object. */
  assignedTo(name: string): readonly Node[]
}

const cache = new WeakMap<SourceCode, Uses>()
const identity = indexFacts(identities)

export function usesOf(sourceCode: SourceCode): Uses {
  const known = cache.get(sourceCode)
  if (known) return known
  const accesses = (name: string) => membersNamed(name, sourceCode)
  const uses: Uses = {
    placeOf: (node) => placeOf(node, sourceCode),
    alternativesOf(place) {
      if (place.kind === 'variable') {
        return place.variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr as Node] : []))
      }
      if (place.kind !== 'member' && place.kind !== 'field') return []
      return place.name === null ? [] : uses.assignedTo(place.name)
    },
    assignedTo: (name) =>
      accesses(name).flatMap((access) => (isAssigned(access) && access.parent.type === 'AssignmentExpression' ? [access.parent.right] : [])),
    of(node) {
      const place = placeOf(node, sourceCode)
      switch (place.kind) {
        case 'listener':
          return [{ kind: 'listening', node, assignment: place.assignment }]
        case 'made':
          return uses.of(place.maker).map((use) => (use.kind === 'called' ? useAt(use.call, sourceCode) : { kind: 'escaped', node: use.node }))
        case 'variable':
          return place.variable.references
            .filter((reference) => reference.isRead() && (reference.isValueReference ?? true) && !isDependency(reference.identifier as Node))
            .map(({ identifier }) => useAt(identifier as Node, sourceCode))
        case 'member':
        case 'field': {
          const name = place.name
          if (name === null) return []
          return accesses(name)
            .filter((access) => !isAssigned(access) && !isElsewhere(access, place.owner, sourceCode))
            .map((access) => useAt(access, sourceCode))
        }
        case 'argument':
          return [{ kind: 'passed', node, call: place.call, index: place.index }]
        case 'invoked':
          return [{ kind: 'called', node, call: place.call }]
        case 'attribute':
          return [{ kind: 'attribute', node, attribute: place.attribute }]
        case 'exported':
          return [{ kind: 'exported', node: place.node }]
        default:
          return [{ kind: 'escaped', node }]
      }
    },
  }
  cache.set(sourceCode, uses)
  return uses
}

const isAssigned = (node: Node): boolean => node.parent?.type === 'AssignmentExpression' && node.parent.left === node

/** Whether the object of an access is known to be something else than an instance of the class, or the class. */
function isElsewhere({ object }: TSESTree.MemberExpression, owner: ClassNode, sourceCode: SourceCode): boolean {
  const { root } = callsOf(sourceCode).originOf(object)
  if (root.kind === 'class') return root.node !== owner && !root.node.superClass && !owner.superClass
  return root.kind === 'module' || root.kind === 'global' || root.kind === 'value'
}

function useAt(node: Node, sourceCode: SourceCode): Use {
  const outer = wrapped(node)
  const parent = outer.parent
  switch (parent?.type) {
    case 'CallExpression':
    case 'NewExpression': {
      if (parent.callee === outer) return parent.type === 'CallExpression' ? { kind: 'called', node, call: parent } : { kind: 'escaped', node }
      const index = parent.arguments.indexOf(outer as never)
      return index < 0 ? { kind: 'escaped', node } : { kind: 'passed', node, call: parent, index }
    }
    case 'MemberExpression':
      return parent.object === outer ? boundUse(parent, node, sourceCode) : { kind: 'escaped', node }
    case 'ExportSpecifier':
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return { kind: 'exported', node: parent }
    case 'JSXExpressionContainer':
      return parent.parent.type === 'JSXAttribute' ? { kind: 'attribute', node, attribute: parent.parent } : { kind: 'escaped', node }
    case 'AssignmentExpression':
      if (parent.right !== outer) return { kind: 'escaped', node }
      if (isHandlerProperty(parent)) return { kind: 'listening', node, assignment: parent }
      return isExportsTarget(parent.left) ? { kind: 'exported', node: parent } : { kind: 'escaped', node }
    case 'Property':
      return isExportedObject(parent.parent) ? { kind: 'exported', node: parent } : { kind: 'escaped', node }
    default:
      return { kind: 'escaped', node }
  }
}

/** `f.call(…)`, `f.apply(…)`, and `this.f = this.f.bind(this)` or `g(f.bind(x))`. */
function boundUse(member: TSESTree.MemberExpression, node: Node, sourceCode: SourceCode): Use {
  const call = member.parent
  const name = memberName(member)
  if (call?.type !== 'CallExpression' || call.callee !== member) return { kind: 'escaped', node }
  if (name === 'call' || name === 'apply') return { kind: 'called', node, call }
  return name === 'bind' ? useAt(call, sourceCode) : { kind: 'escaped', node }
}

function isExportsTarget(target: Node): boolean {
  if (target.type === 'Identifier') return target.name === 'exports'
  if (target.type !== 'MemberExpression') return false
  const { object } = target
  if (object.type === 'Identifier') return object.name === 'exports' || (object.name === 'module' && memberName(target) === 'exports')
  return isExportsTarget(object)
}

/** `socket.onmessage = …`, of anything but an instance that the file's own class may call it on. */
function isHandlerProperty({ left, operator }: TSESTree.AssignmentExpression): boolean {
  if (left.type !== 'MemberExpression' || operator !== '=' || left.object.type === 'ThisExpression') return false
  return handlerProperty.test(memberName(left) ?? '')
}

function isExportedObject(object: Node | undefined): boolean {
  const outer = object && wrapped(object)
  const parent = outer?.parent
  if (parent?.type === 'ExportDefaultDeclaration' || parent?.type === 'TSExportAssignment') return true
  return parent?.type === 'AssignmentExpression' && isExportsTarget(parent.left)
}

/** `[save]` of `useEffect(…, [save])`: compared, and never called. */
function isDependency(identifier: Node): boolean {
  const list = identifier.parent
  const call = list?.type === 'ArrayExpression' ? list.parent : null
  if (call?.type !== 'CallExpression' || call.arguments.length < 2 || call.arguments.at(-1) !== list) return false
  const name = call.callee.type === 'MemberExpression' ? memberName(call.callee) : call.callee.type === 'Identifier' ? call.callee.name : null
  return name !== null && /^use[A-Z]/.test(name)
}

/** The function, or the call that gives it back as it is: `useCallback(async () => {…}, [])`. */
function held(node: FunctionNode, sourceCode: SourceCode): Node {
  const outer = wrapped(node)
  const call = outer.parent
  if (call?.type !== 'CallExpression' || call.arguments[0] !== outer) return outer
  return identity.of(callsOf(sourceCode).calleeOf(call)) ? wrapped(call) : outer
}

function placeOf(node: FunctionNode, sourceCode: SourceCode): Place {
  if (node.type === 'FunctionDeclaration') {
    const variable = sourceCode.getDeclaredVariables?.(node)[0]
    if (!variable) return { kind: 'exported', node: node.parent }
    return { kind: 'variable', variable, exported: /^Export/.test(node.parent.type), declarator: null }
  }
  const outer = held(node, sourceCode)
  const parent = outer.parent
  switch (parent?.type) {
    case 'VariableDeclarator': {
      if (parent.init !== outer || parent.id.type !== 'Identifier') break
      const variable = callsOf(sourceCode).variableOf(parent.id)
      if (!variable || variable.defs.length !== 1) break
      return { kind: 'variable', variable, exported: /^Export/.test(parent.parent.parent?.type ?? ''), declarator: parent }
    }
    case 'MethodDefinition':
    case 'PropertyDefinition': {
      const owner = parent.parent.parent
      if (parent.value !== outer || !isClass(owner)) break
      const name = memberName(parent)
      return { kind: 'member', owner, element: parent, name, access: accessOf(name, parent.accessibility) }
    }
    case 'Property':
      if (parent.value !== outer || parent.parent.type !== 'ObjectExpression') break
      return { kind: 'property', property: parent, object: parent.parent }
    case 'CallExpression':
    case 'NewExpression': {
      if (parent.callee === outer) return parent.type === 'CallExpression' ? { kind: 'invoked', call: parent } : { kind: 'other', node: parent }
      const index = parent.arguments.indexOf(outer as never)
      return index < 0 ? { kind: 'other', node: parent } : { kind: 'argument', call: parent, index }
    }
    case 'JSXExpressionContainer':
      if (parent.parent.type === 'JSXAttribute') return { kind: 'attribute', attribute: parent.parent }
      break
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return { kind: 'exported', node: parent }
    case 'AssignmentExpression':
      if (parent.right === outer) return assigned(parent, sourceCode)
      break
    case 'ReturnStatement':
    case 'ArrowFunctionExpression': {
      const maker = parent.type === 'ReturnStatement' ? enclosingFunction(parent) : parent
      if (maker && !maker.async && !maker.generator && (parent.type === 'ReturnStatement' || parent.body === outer)) return { kind: 'made', maker }
      break
    }
    default:
  }
  return { kind: 'other', node: parent ?? node }
}

/** `exports.f = async () => …`, `this.f = async () => …` in a class. */
function assigned(assignment: TSESTree.AssignmentExpression, sourceCode: SourceCode): Place {
  const { left } = assignment
  if (isExportsTarget(left)) return { kind: 'exported', node: assignment }
  if (isHandlerProperty(assignment)) return { kind: 'listener', assignment }
  if (left.type === 'Identifier' && assignment.operator === '=') {
    const variable = callsOf(sourceCode).variableOf(left)
    if (variable?.defs.length === 1 && variable.defs[0]?.type === 'Variable') {
      return { kind: 'variable', variable, exported: false, declarator: variable.defs[0].node as TSESTree.VariableDeclarator }
    }
  }
  if (left.type === 'MemberExpression' && left.object.type === 'ThisExpression') {
    const name = memberName(left)
    const owner = classAround(assignment)
    if (name !== null && owner) return { kind: 'field', owner, name, access: accessOf(name, declaredAccess(owner, name)) }
  }
  return { kind: 'other', node: assignment }
}

function classAround(node: Node): ClassNode | null {
  let current: Node | undefined = node.parent
  while (current && !isClass(current)) current = current.parent
  return current ?? null
}

function declaredAccess(owner: ClassNode, name: string): string | undefined {
  for (const element of owner.body.body) {
    if (element.type === 'PropertyDefinition' && memberName(element) === name) return element.accessibility
  }
  return undefined
}

function accessOf(name: string | null, accessibility: string | undefined): 'private' | 'hidden' | 'public' {
  if (accessibility === 'private' || name?.startsWith('#')) return 'private'
  return name?.startsWith('_') && accessibility !== 'protected' ? 'hidden' : 'public'
}
