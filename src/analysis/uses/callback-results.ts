/** What a call does with what a callback of it returns: by the tables, and by methods whose names are a protocol. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { callbackFacts, callbackMethods, eventCall, listenerMethods, type CallbackResult } from '../../knowledge/callback-results.ts'
import { callsOf, indexFacts } from '../calls/index.ts'

const facts = indexFacts(callbackFacts)

/** The result of the callback at `index` of the call's arguments; null where nothing is known. */
export function callbackResultOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  sourceCode: Readonly<TSESLint.SourceCode>,
): CallbackResult | null {
  if (call.arguments.some(({ type }, i) => type === 'SpreadElement' && i < index)) return null
  const calls = callsOf(sourceCode)
  const origin = calls.calleeOf(call)
  const fact = facts.of(origin)
  if (fact) return fact.result
  if (call.type !== 'CallExpression') return null
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression') return null
  const name = memberName(callee)
  if (name === null) return null
  if (listenerMethods.has(name)) return index === 1 && isEventName(call.arguments[0]) ? 'dropped' : null
  if (eventCall.test(name)) return index === 0 ? 'dropped' : null
  const result = callbackMethods.get(name) ?? null
  // `_.map(xs, f)` and the like are another thing: an array's method takes its callback first.
  return result !== null && (index === 0 || name === 'then') ? result : null
}

/** A string, what is put together as one (`prefix + 'leave'`), or a constant that stands for one (`EVENT_NAME`, `Events.Close`). */
function isEventName(node: Node | undefined): boolean {
  if (!node) return false
  const value = unwrap(node)
  if (value.type === 'Literal') return typeof value.value === 'string'
  if (value.type === 'TemplateLiteral') return true
  if (value.type === 'BinaryExpression') return value.operator === '+' && (isEventName(value.left) || isEventName(value.right))
  return value.type === 'Identifier' || value.type === 'MemberExpression'
}
