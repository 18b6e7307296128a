/** Whether running a function can end with an exception, which `async` turns into a rejection, and who hears of it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, unwrap, unwrapAwait, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { returnedExpressions } from '../calls/index.ts'
import { isSuspension } from './suspensions.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `never`: nothing in it can throw but odd operands (`x * 2` of a symbol).
 * - `may`: it calls or reads something that may.
 * - `does`: it says `throw` where nothing of its own catches.
 */
export type Throwing = 'never' | 'may' | 'does'

const QUIET = new Set([
  'Literal', 'TemplateLiteral', 'TemplateElement', 'Identifier', 'ArrayExpression', 'ObjectExpression', 'Property', 'BinaryExpression',
  'LogicalExpression', 'ConditionalExpression', 'UnaryExpression', 'UpdateExpression', 'AssignmentExpression', 'VariableDeclaration',
  'VariableDeclarator', 'BlockStatement', 'ReturnStatement', 'ExpressionStatement', 'IfStatement', 'EmptyStatement', 'ThisExpression',
  'ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration', 'BreakStatement', 'ContinueStatement', 'SequenceExpression',
  'ForStatement', 'WhileStatement', 'DoWhileStatement', 'SwitchStatement', 'SwitchCase', 'AssignmentPattern',
])

/** A doubtful node counts: destructuring, member reads of what may be null, `in`, `instanceof`, every call. */
export function throwingOf(node: FunctionNode, sourceCode: SourceCode): Throwing {
  let answer: Throwing = node.params.every(({ type }) => type === 'Identifier') ? 'never' : 'may'
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (child.type.startsWith('TS') && /Type|Keyword|Interface/.test(child.type)) return 'skip'
    if (child.type === 'ThrowStatement' && !isCaught(child, node)) {
      answer = 'does'
      return 'stop'
    }
    if (answer === 'never' && !isQuiet(child)) answer = 'may'
    return undefined
  })
  return answer
}

function isQuiet(node: Node): boolean {
  if (node.type === 'BinaryExpression') return node.operator !== 'in' && node.operator !== 'instanceof'
  if (node.type === 'MemberExpression') return node.object.type === 'ThisExpression' || node.optional
  if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier'
  if (node.type === 'AssignmentExpression') return node.left.type === 'Identifier' || node.left.type === 'MemberExpression'
  return QUIET.has(node.type) || node.type.startsWith('TS')
}

function isCaught(node: Node, owner: FunctionNode): boolean {
  return isInTry(node, owner, (outer, child) => outer.block === child)
}

/** Whether a node stands in such a `try` of its function, which has a `catch`. */
function isInTry(node: Node, owner: FunctionNode, isSuch: (outer: TSESTree.TryStatement, child: Node) => boolean): boolean {
  let child: Node = node
  for (let current = node.parent; current && child !== owner; child = current, current = current.parent) {
    if (current.type === 'TryStatement' && current.handler && isSuch(current, child)) return true
  }
  return false
}

/**
 * Whether a function hears of all failures that it waits for: whatever it awaits or returns stands in a `try` with a
 * `catch` that throws nothing itself, or has a `catch` of its own (`await send(x).catch(log)`). What else a `catch` does is taken
 * to be sound.
 */
export function catchesAll(node: Node, sourceCode: SourceCode): boolean {
  if (!isFunction(node)) return false
  const hears = (outer: Node): boolean => outer.type === 'TryStatement' && outer.handler !== null && !throws(outer.handler, sourceCode)
  if (node.body.type === 'BlockStatement' && node.body.body.length === 1 && hears(node.body.body[0] as Node)) return true
  const waits: Node[] = returnedExpressions(node, sourceCode).filter((value) => unwrap(value).type === 'CallExpression')
  walkOwnCode(node, sourceCode.visitorKeys, (child) => {
    if (isSuspension(child)) waits.push(child)
  })
  return waits.length > 0 && waits.every((wait) => hasCatch(wait) || isInTry(wait, node, hears))
}

function throws({ body }: TSESTree.CatchClause, { visitorKeys }: SourceCode): boolean {
  return !walkOwnCode(body, visitorKeys, (child) => (child.type === 'ThrowStatement' ? 'stop' : undefined))
}

/** `f().catch(g)`, `f().then(g, h)`, and those with a `finally`. */
function hasCatch(wait: Node): boolean {
  const call = unwrapAwait(wait)
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false
  const method = memberName(call.callee)
  if (method === 'finally') return hasCatch(call.callee.object)
  return (method === 'catch' && call.arguments.length > 0) || (method === 'then' && call.arguments.length > 1)
}

/** Whether running the function is seen by nobody: it reads and computes, and changes nothing but its own variables. */
export function isPure(node: FunctionNode, sourceCode: SourceCode): boolean {
  if (!node.params.every((parameter) => parameter.type === 'Identifier')) return false
  return walk(node.body, sourceCode.visitorKeys, (child) => {
    if (isFunction(child)) return 'stop'
    if (child.type === 'AssignmentExpression' || child.type === 'UpdateExpression') return isOwn(child, node, sourceCode) ? undefined : 'stop'
    if (child.type === 'UnaryExpression' && child.operator === 'delete') return 'stop'
    if (child.type === 'MemberExpression' || child.type === 'VariableDeclarator') return undefined
    return isQuiet(child) ? undefined : 'stop'
  })
}

function isOwn(
  write: TSESTree.AssignmentExpression | TSESTree.UpdateExpression,
  owner: FunctionNode,
  sourceCode: SourceCode,
): boolean {
  const target = write.type === 'AssignmentExpression' ? write.left : write.argument
  if (target.type !== 'Identifier') return false
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(target); scope; scope = scope.upper) {
    if (scope.set.has(target.name)) return isFunction(scope.block as Node) ? scope.block === owner : scope.variableScope.block === owner
  }
  return false
}
