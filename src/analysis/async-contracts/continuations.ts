/**
 * Functions that hand their outcome on by a call: of the `resolve` or `reject` of the promise around them, or of a
 * callback that they are given. Whoever waits, waits for that call, and not for what the function returns.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInside, unwrap, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { continuationParameters } from '../../knowledge/async-conventions.ts'
import { apiPath, callsOf, returnedExpressions } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `resolve(x)` of the executor of a promise, `callback(null, x)`: such a call gives nothing back. */
export function isAnswer(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  return executorOf(call, sourceCode) !== null || answererOf(call, sourceCode) !== null
}

/** The call by which a function settles the promise in whose executor it is written, where it gives nothing back; or null. */
export function settlingCallOf(node: FunctionNode, sourceCode: SourceCode): TSESTree.CallExpression | null {
  return answerOf(node, sourceCode, (call) => {
    const executor = executorOf(call, sourceCode)
    return executor !== null && executor !== node && isInside(node, executor)
  })
}

/**
 * The call by which a function answers through a callback that it is given, where it gives nothing back; or null:
 * `(request, response, next) => { next() }`, `(id, callback) => { callback(null, find(id)) }`.
 */
export function callbackCallOf(node: FunctionNode, sourceCode: SourceCode): TSESTree.CallExpression | null {
  return answerOf(node, sourceCode, (call) => answererOf(call, sourceCode) === node)
}

/** The function whose callback a call calls: a parameter with the name of one, among as many as functions of the kind have. */
function answererOf({ callee }: TSESTree.CallExpression, sourceCode: SourceCode): FunctionNode | null {
  const least = callee.type === 'Identifier' ? continuationParameters.get(callee.name) : undefined
  const owner = callee.type === 'Identifier' && least !== undefined ? parameterOwner(callee, sourceCode) : null
  return owner !== null && least !== undefined && owner.params.length >= least ? owner : null
}

/** The first call of a kind, in a function that gives back what such calls give, which is nothing, if anything at all. */
function answerOf(node: FunctionNode, sourceCode: SourceCode, isAsked: (call: TSESTree.CallExpression) => boolean): TSESTree.CallExpression | null {
  const givesNothing = returnedExpressions(node, sourceCode).every((value) => {
    const result = unwrap(value)
    return result.type === 'CallExpression' && isAsked(result)
  })
  let found: TSESTree.CallExpression | null = null
  if (!givesNothing) return found
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (found || child.type !== 'CallExpression' || !isAsked(child)) return undefined
    found = child
    return 'stop'
  })
  return found
}

/** The executor whose `resolve` or `reject` the call calls. */
function executorOf({ callee }: TSESTree.CallExpression, sourceCode: SourceCode): FunctionNode | null {
  if (callee.type !== 'Identifier') return null
  const owner = parameterOwner(callee, sourceCode)
  const construction = owner?.parent
  if (!owner || construction?.type !== 'NewExpression' || construction.arguments[0] !== owner) return null
  const path = apiPath(callsOf(sourceCode).originOf(construction.callee))
  return path?.module === 'globalThis' && path.member === 'Promise' ? owner : null
}

/** The function that has the name as a parameter of its own, which nothing sets to something else. */
function parameterOwner(name: TSESTree.Identifier, sourceCode: SourceCode): FunctionNode | null {
  const variable = callsOf(sourceCode).variableOf(name)
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined
  if (definition?.type !== 'Parameter' || variable?.references.some((reference) => reference.isWrite())) return null
  const owner = definition.node as FunctionNode
  return owner.params.includes(definition.name as Node as TSESTree.Parameter) ? owner : null
}
