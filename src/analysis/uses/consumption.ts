/** What becomes of a promise where an expression makes one: does anyone need it to be a promise? */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, memberName, type Node } from '../../ast/nodes.ts'
import { apiPath, callsOf } from '../calls/index.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { elementEvents, waitingProperties, type CallbackResult } from '../../knowledge/callback-results.ts'
import { combinatorMethods } from '../../knowledge/combinators.ts'
import { callbackResultOf } from './callback-results.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `awaited`: `await f()`, and nothing else. A plain value in its place gives the same.
 * - `dropped`: nobody looks at it (`f()` as a statement, `void f()`, the result of a listener).
 * - `adopted`: handed to what takes plain values as well (`Promise.all`, `return` of an async function, `.then` callbacks).
 * - `tested`: asked whether it is truthy, which a promise always is.
 * - `chained`: its `then`, `catch` or `finally` is called.
 * - `kept`: anything else; who needs what is not seen.
 */
export type ConsumptionKind = 'awaited' | 'dropped' | 'adopted' | 'tested' | 'chained' | 'kept'

export interface Consumption {
  readonly kind: ConsumptionKind
  /** The node that consumes: the `await`, the statement, the combinator's call, … */
  readonly node: Node
}

const COMBINATORS: ReadonlySet<string> = new Set([...combinatorMethods].map((name) => `Promise.${name}`))

/** Ways longer than this are not followed. */
const MAX_DEPTH = 8

/** What becomes of the value of `expression`, or, with `isList`, of the elements of the array that it is. */
export function consumptionOf(
  expression: Node,
  sourceCode: SourceCode,
  isList = false,
  depth = 0,
): Consumption {
  const node = expression
  const parent = node.parent
  const kept: Consumption = { kind: 'kept', node: parent ?? node }
  if (!parent || depth > MAX_DEPTH) return kept
  const onwards = (next: Node, list = isList) => consumptionOf(next, sourceCode, list, depth + 1)
  switch (parent.type) {
    case 'AwaitExpression':
      return isList ? kept : { kind: 'awaited', node: parent }
    case 'ExpressionStatement':
      return { kind: 'dropped', node: parent }
    case 'UnaryExpression':
      if (parent.operator === 'void') return { kind: 'dropped', node: parent }
      return parent.operator === '!' && !isList ? { kind: 'tested', node: parent } : kept
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return parent.test === node && !isList ? { kind: 'tested', node: parent } : kept
    case 'ForOfStatement':
      return parent.right === node && parent.await && isList ? { kind: 'adopted', node: parent } : kept
    case 'ConditionalExpression':
      if (parent.test === node) return isList ? kept : { kind: 'tested', node: parent }
      return onwards(parent)
    case 'LogicalExpression':
      if (parent.right === node) return onwards(parent)
      return isList || parent.operator === '??' ? kept : { kind: 'tested', node: parent }
    case 'SequenceExpression':
      return parent.expressions.at(-1) === node ? onwards(parent) : { kind: 'dropped', node: parent }
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
      return onwards(parent)
    case 'ReturnStatement':
      return returned(parent, enclosingFunction(parent), sourceCode, isList, depth)
    case 'ArrowFunctionExpression':
      return parent.body === node ? returned(parent, parent, sourceCode, isList, depth) : kept
    case 'ArrayExpression':
      return isList ? kept : onwards(parent, true)
    case 'SpreadElement':
      return isList && parent.parent?.type === 'ArrayExpression' ? onwards(parent.parent, true) : kept
    case 'VariableDeclarator':
      return parent.init === node && parent.id.type === 'Identifier' ? ofVariable(parent.id, sourceCode, isList, depth) : kept
    case 'MemberExpression':
      return ofMember(parent, isList)
    case 'CallExpression':
      return parent.callee === node ? kept : ofArgument(parent, node, sourceCode, isList, depth)
    default:
      return kept
  }
}

/** What a function's caller does with what the function returns. */
function returned(
  node: Node,
  owner: Node | null,
  sourceCode: SourceCode,
  isList: boolean,
  depth: number,
): Consumption {
  const kept: Consumption = { kind: 'kept', node }
  if (!isFunction(owner) || owner.generator) return kept
  if (owner.async) return isList ? kept : { kind: 'adopted', node }
  const call = owner.parent
  if (call?.type === 'JSXExpressionContainer' && call.parent.type === 'JSXAttribute' && !isList) return attributeConsumption(call.parent)
  if (call?.type !== 'CallExpression' && call?.type !== 'NewExpression') return kept
  if (!call.arguments.includes(owner as never)) return kept
  return resultConsumption(call, call.arguments.indexOf(owner as never), sourceCode, isList, depth)
}

/** What becomes of the result of a function that is given as an attribute of an element. */
export function attributeConsumption(attribute: TSESTree.JSXAttribute): Consumption {
  return { kind: attributeResult(attribute), node: attribute }
}

/**
 * `onClick` of an element of the platform: React ignores what it returns. A component hands it on to such an element;
 * under names of its own (`onSave`) it ignores the result or waits for it.
 * https://react.dev/reference/react-dom/components/common
 */
function attributeResult({ name, parent }: TSESTree.JSXAttribute): 'dropped' | 'adopted' | 'kept' {
  if (name.type !== 'JSXIdentifier' || !/^on[A-Z]/.test(name.name)) return 'kept'
  const isElement = parent.name.type === 'JSXIdentifier' && /^[a-z]/.test(parent.name.name)
  if (isElement || elementEvents.has(name.name)) return 'dropped'
  return waitingProperties.has(name.name) ? 'kept' : 'adopted'
}

/** What becomes of the results of a callback at this place of a call. */
export function resultConsumption(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  sourceCode: SourceCode,
  isList = false,
  depth = 0,
): Consumption {
  switch (callbackResultOf(call, index, sourceCode) ?? parameterResultOf(call, index, sourceCode, depth)) {
    case 'dropped':
      return { kind: 'dropped', node: call }
    case 'adopted':
      return { kind: isList ? 'kept' : 'adopted', node: call }
    case 'tested':
      return { kind: 'tested', node: call }
    case 'collected':
      return isList ? { kind: 'kept', node: call } : consumptionOf(call, sourceCode, true, depth + 1)
    case 'required':
      return { kind: 'chained', node: call }
    default:
      return { kind: 'kept', node: call }
  }
}

/** What a function of the file does with what the callback in one of its parameters returns; null where it is not seen. */
function parameterResultOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  sourceCode: SourceCode,
  depth: number,
): CallbackResult | null {
  const called = callsOf(sourceCode).functionOf(call)
  if (!called || depth > MAX_DEPTH) return null
  const parameter = called.params[index]
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter
  const variable = name?.type === 'Identifier' ? callsOf(sourceCode).variableOf(name) : null
  if (!variable || variable.references.some((reference) => reference.isWrite() && !reference.init)) return null
  const kinds = variable.references.map(({ identifier }) => {
    const { parent } = identifier as Node
    const isCall = parent?.type === 'CallExpression' && parent.callee === identifier
    return isCall ? consumptionOf(parent, sourceCode, false, depth + 1).kind : 'kept'
  })
  if (kinds.length === 0 || kinds.some((kind) => kind === 'kept' || kind === 'tested')) return null
  if (kinds.includes('chained')) return 'required'
  return kinds.every((kind) => kind === 'dropped') ? 'dropped' : 'adopted'
}

function ofMember(member: TSESTree.MemberExpression, isList: boolean): Consumption {
  const name = memberName(member)
  const call = member.parent
  if (!isList && name !== null && chainingMethods.has(name)) return { kind: 'chained', node: member }
  // `promises.push(…)` and `promises.length` leave the list where it is.
  if (isList && (name === 'length' || (name === 'push' && call?.type === 'CallExpression' && call.callee === member))) {
    return { kind: 'dropped', node: member }
  }
  return { kind: 'kept', node: member }
}

function ofArgument(
  call: TSESTree.CallExpression,
  argument: Node,
  sourceCode: SourceCode,
  isList: boolean,
  depth: number,
): Consumption {
  const path = apiPath(callsOf(sourceCode).calleeOf(call))
  const name = path?.module === 'globalThis' ? path.member : null
  if (isList && name !== null && COMBINATORS.has(name)) return { kind: 'adopted', node: call }
  if (!isList && name === 'Promise.resolve') return { kind: 'adopted', node: call }
  const { callee } = call
  if (!isList && callee.type === 'MemberExpression' && memberName(callee) === 'push' && callee.object.type === 'Identifier') {
    const variable = callsOf(sourceCode).variableOf(callee.object)
    const name = variable?.defs[0]?.name as Node | undefined
    if (variable?.defs.length === 1 && name?.type === 'Identifier' && variable.defs[0]?.type === 'Variable') {
      return ofVariable(name, sourceCode, true, depth)
    }
  }
  return { kind: 'kept', node: argument }
}

/** The weakest of what all readers of a variable do with it. */
function ofVariable(name: TSESTree.Identifier, sourceCode: SourceCode, isList: boolean, depth: number): Consumption {
  const variable = callsOf(sourceCode).variableOf(name)
  const kept: Consumption = { kind: 'kept', node: name }
  if (!variable || variable.defs.length !== 1) return kept
  const declared = variable.references.filter((reference) => reference.isWrite())
  if (declared.length > 1) return kept
  let answer: Consumption = { kind: 'dropped', node: name }
  for (const reference of variable.references) {
    if (reference.isWrite()) continue
    const each = consumptionOf(reference.identifier as Node, sourceCode, isList, depth + 1)
    // Read later: the `await` waits for a value that has been there since.
    const kind = each.kind === 'awaited' ? 'adopted' : each.kind
    if (rank(kind) > rank(answer.kind)) answer = { kind, node: each.node }
  }
  return answer
}

const ORDER: readonly ConsumptionKind[] = ['dropped', 'awaited', 'adopted', 'tested', 'chained', 'kept']

function rank(kind: ConsumptionKind): number {
  return ORDER.indexOf(kind)
}
