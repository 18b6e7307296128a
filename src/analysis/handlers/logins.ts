/** Work on passwords: it runs per log-in or registration wherever it stands, unless it prepares the first user. */
import type { TSESLint } from '@typescript-eslint/utils'
import { functionName } from '../../ast/function-name.ts'
import { hasWord } from '../../ast/names.ts'
import { enclosingFunction, unwrapAwait, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { preparingNames, preparingWords } from '../../knowledge/handlers/index.ts'
import { callsOf, type Calls } from '../calls/index.ts'
import { isPassedToRunOnce, isDevelopmentOnly, isKept } from './run-once.ts'

/** Whether a call on a password, in a function that no handler of the file reaches, runs per log-in all the same. */
export function runsPerLogin(call: Node, audience: 'users' | 'developer' | 'one-user', sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  if (audience !== 'users' || call.type !== 'CallExpression' || !call.arguments[0]) return false
  const calls = callsOf(sourceCode)
  if (!isGiven(call.arguments[0], calls)) return false
  if (isDevelopmentOnly(call) || isKept(call, sourceCode, calls)) return false
  for (let owner = enclosingFunction(call); owner; owner = enclosingFunction(owner)) {
    if (prepares(functionName(owner)) || isPassedToRunOnce(owner, calls) || isStarted(owner, sourceCode)) return false
  }
  return true
}

function prepares(name: string | null): boolean {
  return hasWord(name, preparingWords) || preparingNames.has(name?.toLowerCase() ?? '')
}

/**
 * Whether a password comes from outside the function that uses it, or is made anew: a parameter, a member of `this`, what a
 * function returns. One that stands in
 * the source, in a variable of the module or in the environment is the system's own.
 */
function isGiven(password: Node, calls: Calls, depth = 0): boolean {
  const value = unwrapAwait(password)
  if (depth > 6) return false
  const any = (nodes: readonly (Node | null)[]): boolean => nodes.some((node) => node !== null && isGiven(node, calls, depth + 1))
  switch (value.type) {
    case 'ThisExpression':
      return true
    case 'MemberExpression':
      return any([value.object])
    // What a function makes (a random password, a decoded one) is new with each call, unless it is called on something fixed.
    case 'CallExpression':
      return value.callee.type !== 'MemberExpression' || any([value.callee.object, ...value.arguments]) || isImported(value.callee.object, calls)
    case 'TemplateLiteral':
      return any(value.expressions)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return any([value.left, value.right])
    case 'Identifier': {
      const definition = calls.variableOf(value)?.defs[0]
      if (definition?.type === 'Parameter') return true
      const declarator = definition?.node as Node | undefined
      return declarator?.type === 'VariableDeclarator' && enclosingFunction(declarator) !== null && any([declarator.init])
    }
    default:
      return false
  }
}

function isImported(object: Node, calls: Calls): boolean {
  const { root } = calls.originOf(object)
  return root.kind === 'module' && root.name !== 'node:process'
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
