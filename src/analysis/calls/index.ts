import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, unwrap, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { isUnknown, type Origin } from './origin.ts'
import { programModulesOf, type ProgramModules } from './program-modules.ts'
import { Resolver } from './resolver.ts'
import { typedMember, typedServices } from './typed-origin.ts'

export { indexFacts, type FactsIndex } from './facts-index.ts'
export { apiPath, lastCall, type Origin } from './origin.ts'
export { isOfProgram } from './outside.ts'
export { returnedExpression, returnedExpressions } from './returned-expression.ts'
export type { ProgramModules } from './program-modules.ts'
export * from './typed-origin.ts'

type Variable = TSESLint.Scope.Variable

/** What the names and calls of one file refer to. */
export interface Calls {
  /** Where the value of an expression comes from, by scope and annotation. Never null; unknown is a root of its own. */
  originOf(node: Node): Origin
  /**
   * Where the function that a call runs comes from. Where scope and annotations do not tell and type information is
   * there, the receiver's type is asked: where `isAsked` is given, only about methods whose names it is true for, given
   * the modules that the types of the program can come from.
   */
  calleeOf(call: CallLike, isAsked?: (method: string, modules: ProgramModules) => boolean): Origin
  /** The function of this file that a call runs; null for any other. Types have no say in it, and are not asked. */
  functionOf(call: CallLike): FunctionNode | null
  /** What a value of this type is an instance of, as far as the names in it are imported or global; null otherwise. */
  instanceOf(type: TSESTree.TypeNode): Origin | null
  /** The variable that an identifier refers to; null for a global that nothing declares. */
  variableOf(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | null
}

const cache = new WeakMap<TSESLint.SourceCode, Calls>()

export function callsOf(sourceCode: Readonly<TSESLint.SourceCode>): Calls {
  const known = cache.get(sourceCode)
  if (known) return known
  const resolver = new Resolver(sourceCode)
  const services = typedServices(sourceCode)
  const typed = new WeakMap<Node, Origin | null>()
  const typedCallee = (callee: TSESTree.MemberExpression): Origin | null => {
    let origin = typed.get(callee)
    if (origin === undefined) typed.set(callee, (origin = services && typedMember(callee, services)))
    return origin
  }
  const calls: Calls = {
    originOf: (node) => resolver.originOf(node),
    instanceOf: (type) => resolver.instanceOfType(type),
    variableOf: (identifier) => resolver.variableOf(identifier),
    functionOf(call) {
      const { root, steps } = resolver.originOf(unwrap(calleeNode(call)))
      return root.kind === 'function' && steps.length === 0 ? root.node : null
    },
    calleeOf(call, isAsked) {
      const callee = unwrap(calleeNode(call))
      const origin = resolver.originOf(callee)
      if (!services || callee.type !== 'MemberExpression' || !isLeftToTypes(origin)) return origin
      const method = isAsked ? memberName(callee) : null
      if (isAsked && (method === null || !isAsked(method, programModulesOf(services)))) return origin
      return typedCallee(callee) ?? origin
    },
  }
  cache.set(sourceCode, calls)
  return calls
}

/** Ways that the scopes do not follow to their start: into other files, fields that nothing in the file sets, results of functions. */
function isLeftToTypes(origin: Origin): boolean {
  const { root, steps } = origin
  if (isUnknown(origin) || root.kind === 'parameter') return true
  if (root.kind === 'module') return root.name.startsWith('.')
  return (root.kind === 'class' || root.kind === 'function') && steps.some(({ kind }) => kind === 'member')
}

/** The expression that a call calls. */
export function calleeNode(call: CallLike): Node {
  return call.type === 'TaggedTemplateExpression' ? call.tag : call.callee
}
