/** Work on passwords: it runs per log-in or registration wherever it stands, unless it prepares the first user. */
import type { TSESLint } from '@typescript-eslint/utils'
import { functionName } from '../../ast/function-name.ts'
import { enclosingFunction, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'
import { isPassedToRunOnce, isDevelopmentOnly, isKept } from './run-once.ts'

/** Functions that prepare a system before anybody logs in. */
const prepares = /seed|setup|install|bootstrap|migrat|default|initial|fixture|^(?:init|main|start|run|up|down|cli)$/i

/** Whether a call on a password, in a function that no handler of the file reaches, runs per log-in all the same. */
export function runsPerLogin(call: Node, audience: 'users' | 'developer' | 'one-user', sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  if (audience !== 'users' || call.type !== 'CallExpression' || isFixed(call.arguments[0])) return false
  const calls = callsOf(sourceCode)
  if (isDevelopmentOnly(call) || isKept(call, sourceCode, calls)) return false
  for (let owner = enclosingFunction(call); owner; owner = enclosingFunction(owner)) {
    if (prepares.test(functionName(owner) ?? '') || isPassedToRunOnce(owner, calls) || isStarted(owner, sourceCode)) return false
  }
  return true
}

/** A password that stands in the source or comes from the environment is the system's own. */
function isFixed(argument: Node | undefined): boolean {
  if (!argument) return true
  const value = unwrap(argument)
  if (value.type === 'Literal' || (value.type === 'TemplateLiteral' && value.expressions.length === 0)) return true
  return value.type === 'MemberExpression' && value.object.type === 'MemberExpression' && memberName(value.object) === 'env'
}

/** Whether module level calls the function, itself or at once where it stands. */
function isStarted(node: FunctionNode, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  if (node.parent?.type === 'CallExpression' && node.parent.callee === (node as Node)) return enclosingFunction(node) === null
  const calls = callsOf(sourceCode)
  const declarator = node.parent?.type === 'VariableDeclarator' ? node.parent.id : node.id
  if (declarator?.type !== 'Identifier') return false
  const references = calls.variableOf(declarator)?.references ?? []
  return references.some(({ identifier }) => {
    const use = identifier as Node
    return use.parent?.type === 'CallExpression' && use.parent.callee === use && enclosingFunction(use) === null
  })
}
