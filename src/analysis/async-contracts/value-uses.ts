/** Code that makes sense only where an expression is not a promise: it takes the value apart, computes with it, or tests it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingClass, isNothing, memberName, unwrap, wrapped, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { callsOf } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const COMPUTES = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|[<>]=?)$/

/**
 * Whether what stands around an expression takes it apart or computes with it: `x.name`, `x[i]`, `x + 1`, `[...x]`,
 * `` `${x}` ``, `for (… of x)`, `const { a } = x`, `x === 'open'`. A promise has none of that.
 */
export function isTakenApart(expression: Node): boolean {
  const node = wrapped(expression)
  const { parent } = node
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node && !chainingMethods.has(memberName(parent) ?? '')
    case 'BinaryExpression':
      return COMPUTES.test(parent.operator) || (/^[!=]==?$/.test(parent.operator) && isText(parent.left === node ? parent.right : parent.left))
    case 'UnaryExpression':
      return parent.operator === '-' || parent.operator === '+' || parent.operator === '~'
    case 'SpreadElement':
      return true
    case 'TemplateLiteral':
      return parent.parent.type !== 'TaggedTemplateExpression'
    case 'ForOfStatement':
      return parent.right === node && !parent.await
    case 'ForInStatement':
      return parent.right === node
    case 'VariableDeclarator':
      return parent.init === node && parent.id.type !== 'Identifier'
    default:
      return false
  }
}

/** A number or a text; what is `null`, `undefined` or `false` may be a promise at other times. */
function isText(node: Node): boolean {
  const value = unwrap(node)
  return value.type === 'TemplateLiteral' || (value.type === 'Literal' && (typeof value.value === 'string' || typeof value.value === 'number'))
}

/** `if (!x) throw …`, `if (x == null) throw …`: who may hold a promise does not call a missing one an error. */
export function isMissedAloud(identifier: Node): boolean {
  const node = wrapped(identifier)
  const { parent } = node
  const isNegated = parent?.type === 'UnaryExpression' && parent.operator === '!'
  const isCompared = parent?.type === 'BinaryExpression' && /^===?$/.test(parent.operator) && isNothing(parent.left === node ? parent.right : parent.left)
  if ((!isNegated && !isCompared) || parent.parent.type !== 'IfStatement' || parent.parent.test !== parent) return false
  const { consequent } = parent.parent
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent
  return last?.type === 'ThrowStatement'
}

const cache = new WeakMap<SourceCode, ReadonlyMap<string, readonly TSESTree.CallExpression[]>>()

/**
 * Whether other calls of the same function in this file use what it returns as the value that it is (`if (isOpen(x))`,
 * `find(x).name`), and none awaits it.
 */
export function isCalledForValue(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const others = (callsByCallee(sourceCode).get(sourceCode.getText(call.callee)) ?? []).filter((other) => other !== call && isSameCallee(other, call, sourceCode))
  return others.some((other) => isValueOf(other, sourceCode)) && !others.some((other) => isWaitedFor(other))
}

function callsByCallee(sourceCode: SourceCode): ReadonlyMap<string, readonly TSESTree.CallExpression[]> {
  const known = cache.get(sourceCode)
  if (known) return known
  const index = new Map<string, TSESTree.CallExpression[]>()
  for (const node of nodesOf(sourceCode, 'CallExpression')) {
    // `(() => {…})()` has a long text and no other call.
    if (!isPath(node.callee)) continue
    const text = sourceCode.getText(node.callee)
    const same = index.get(text)
    if (same) same.push(node)
    else index.set(text, [node])
  }
  cache.set(sourceCode, index)
  return index
}

/** `f`, `this.f`, `a.b.f`. */
function isPath(node: Node): boolean {
  let current = node
  while (current.type === 'MemberExpression' && !current.computed) current = current.object
  return current.type === 'Identifier' || current.type === 'ThisExpression'
}

function isSameCallee(left: TSESTree.CallExpression, right: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const [a, b] = [rootOf(left.callee), rootOf(right.callee)]
  if (a.type === 'ThisExpression' || b.type === 'ThisExpression') return a.type === b.type && enclosingClass(left) === enclosingClass(right)
  if (a.type !== 'Identifier' || b.type !== 'Identifier') return false
  return callsOf(sourceCode).variableOf(a) === callsOf(sourceCode).variableOf(b)
}

function rootOf(node: Node): Node {
  let current = node
  while (current.type === 'MemberExpression') current = current.object
  return current
}

function isValueOf(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  if (isTakenApart(call) || isTested(call)) return true
  const { parent } = wrapped(call)
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier' || parent.parent.kind !== 'const') return false
  const variable = callsOf(sourceCode).variableOf(parent.id)
  return variable?.references.some(({ identifier }) => isTakenApart(identifier as Node)) ?? false
}

/** `if (f(x))`, `f(x) ? a : b`, `!f(x)`: a promise would always be true. */
function isTested(call: Node): boolean {
  const node = wrapped(call)
  const { parent } = node
  if (parent?.type === 'UnaryExpression') return parent.operator === '!'
  return (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression' || parent?.type === 'WhileStatement') && parent.test === node
}

/** `await f(x)`, `f(x).then(…)`. */
function isWaitedFor(call: Node): boolean {
  const { parent } = wrapped(call)
  if (parent?.type === 'AwaitExpression') return true
  return parent?.type === 'MemberExpression' && chainingMethods.has(memberName(parent) ?? '')
}
