/** Whether an abort signal can ever fire, and which signals a place could use. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, unwrapAwait, type Node } from '../../ast/nodes.ts'
import { signalNames } from '../../knowledge/parameter-names.ts'
import { apiPath, callsOf } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** The controller whose signal an expression is, where the file shows that nobody aborts it; otherwise null. */
export function neverAborted(value: Node, sourceCode: SourceCode): Node | null {
  const calls = callsOf(sourceCode)
  const node = unwrapAwait(value)
  if (node.type === 'CallExpression' && apiOf(node.callee, sourceCode) === 'AbortSignal.any') {
    const [list] = node.arguments
    if (list?.type !== 'ArrayExpression' || list.elements.length === 0) return null
    const dead = list.elements.map((each) => each && neverAborted(each, sourceCode))
    return dead.every(Boolean) ? (dead[0] ?? null) : null
  }
  if (node.type === 'MemberExpression' && memberName(node) === 'signal') {
    const controller = unwrapAwait(node.object)
    if (isController(controller, sourceCode)) return controller
    if (controller.type !== 'Identifier') return null
    const variable = calls.variableOf(controller)
    return variable && isIdleController(variable, sourceCode) ? controller : null
  }
  if (node.type === 'Identifier') {
    const declarator = calls.variableOf(node)?.defs[0]?.node as Node | undefined
    if (declarator?.type !== 'VariableDeclarator' || !declarator.init) return null
    // `const { signal } = new AbortController()`: the controller itself is gone.
    if (declarator.id.type === 'ObjectPattern') {
      const names = declarator.id.properties.map((each) => (each.type === 'Property' ? memberName(each) : null))
      return names.every((name) => name === 'signal') && isController(declarator.init, sourceCode) ? declarator.init : null
    }
    return declarator.parent.kind === 'const' && declarator.init !== node ? neverAborted(declarator.init, sourceCode) : null
  }
  return null
}

function isController(node: Node, sourceCode: SourceCode): boolean {
  return node.type === 'NewExpression' && apiOf(node.callee, sourceCode) === 'AbortController'
}

/** A variable that holds a new controller and is used for nothing but its signal. */
function isIdleController(variable: TSESLint.Scope.Variable, sourceCode: SourceCode): boolean {
  const declarator = variable.defs[0]?.node as Node | undefined
  if (declarator?.type !== 'VariableDeclarator' || !declarator.init || !isController(declarator.init, sourceCode)) return false
  if (declarator.parent.parent.type === 'ExportNamedDeclaration') return false
  return variable.references.every((reference) => {
    if (reference.init) return true
    const parent = (reference.identifier as Node).parent
    return parent?.type === 'MemberExpression' && parent.object === reference.identifier && memberName(parent) === 'signal'
  })
}

function apiOf(node: Node, sourceCode: SourceCode): string | null {
  const api = apiPath(callsOf(sourceCode).originOf(node))
  return api?.module === 'globalThis' ? api.member : null
}

export interface SignalInScope {
  /** How the signal is written at the place. */
  readonly text: string
  /** Whether it may be `undefined` or `null` there. */
  readonly optional: boolean
}

/** The signal that options from elsewhere may bring: one of our own in its place would undo the caller's. */
export function signalInOptions(options: Node): SignalInScope | null {
  const spread = options.type === 'ObjectExpression' ? options.properties.find((each) => each.type === 'SpreadElement') : null
  const name = spread ? spread.argument : options
  return name.type === 'Identifier' ? { text: `${name.name}?.signal`, optional: true } : null
}

/** A parameter that is an abort signal by its name or annotation, in a function around the node. */
export function signalInScope(node: Node, sourceCode: SourceCode): SignalInScope | null {
  for (let current: Node | undefined = node.parent; current; current = current.parent) {
    if (!isFunction(current)) continue
    for (const parameter of current.params) {
      const found = signalOf(parameter)
      if (found && isVisible(found.name, node, sourceCode)) return { text: found.name.name, optional: found.optional }
    }
  }
  return null
}

function signalOf(parameter: Node): { name: TSESTree.Identifier; optional: boolean } | null {
  if (parameter.type === 'AssignmentPattern') {
    const inner = signalOf(parameter.left)
    return inner && { ...inner, optional: true }
  }
  if (parameter.type === 'Identifier') {
    const type = parameter.typeAnnotation?.typeAnnotation
    const isSignal = type ? isSignalType(type) : signalNames.has(parameter.name)
    return isSignal ? { name: parameter, optional: parameter.optional || type?.type !== 'TSTypeReference' } : null
  }
  if (parameter.type === 'ObjectPattern') {
    for (const property of parameter.properties) {
      if (property.type !== 'Property') continue
      const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value
      if (target.type === 'Identifier' && signalNames.has(memberName(property) ?? '')) {
        return { name: target, optional: true }
      }
    }
  }
  return null
}

/** `AbortSignal`, `AbortSignal | undefined`. */
export function isSignalType(type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSUnionType') return type.types.some(isSignalType)
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'AbortSignal'
}

/** Whether the name still means that parameter at the node. */
function isVisible(name: TSESTree.Identifier, node: Node, sourceCode: SourceCode): boolean {
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node)
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(name.name)
    if (variable) return variable.defs.some((definition) => definition.name === name)
  }
  return false
}
