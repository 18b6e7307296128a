import type { TSESLint } from '@typescript-eslint/utils'
import { apiPath, callsOf, indexFacts, lastCall } from '../../analysis/calls/index.ts'
import { effectsOf } from '../../analysis/effects/summaries.ts'
import { isWrite } from '../../analysis/effects/accesses.ts'
import type { FanOut } from '../../analysis/fan-out/index.ts'
import type { WorkAnalysis } from '../../analysis/work/index.ts'
import { isFunction, memberName, unwrap, unwrapAwait, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { bodyMethods, chainingMethods, readingMethods, textMethods, visitingMethods } from '../../knowledge/built-in-methods.ts'
import { pureCalls } from '../../knowledge/plain-results.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const pure = indexFacts(pureCalls)

/**
 * Whether a mapper does nothing but read: each call in it is a read by the tables, a method of what such a read gave, a
 * reading method of a collection or a pure function of the language; and it changes no variable from outside.
 */
export function onlyReads(mapper: FunctionNode, { work }: FanOut, sourceCode: SourceCode, facts: WorkAnalysis): boolean {
  if (work?.certainty !== 'known' || work.access !== 'read' || work.via.length > 0) return false
  const { accesses, changes } = effectsOf(sourceCode).ofFunction(mapper)
  if (changes.size > 0 || accesses.some(isWrite)) return false
  let reads = true
  walk(mapper.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression' || node.type === 'ImportExpression') reads = false
    if (node.type === 'AssignmentExpression' && node.left.type !== 'Identifier') reads = false
    if (node.type === 'UnaryExpression' && node.operator === 'delete') reads = false
    if (node.type === 'CallExpression' && !isReading(node, sourceCode, facts)) reads = false
    return reads ? undefined : 'stop'
  })
  return reads
}

function isReading(call: Extract<Node, { type: 'CallExpression' }>, sourceCode: SourceCode, facts: WorkAnalysis): boolean {
  const origin = callsOf(sourceCode).calleeOf(call)
  const fact = facts.factOf(call)
  // A `fetch` with options may be a POST.
  if (fact) return fact.access === 'read' && !(apiPath(origin)?.member === 'fetch' && call.arguments.length > 1)
  if (pure.of(origin)) return true
  if (apiPath(origin)?.module === 'globalThis' && lastCall(origin) === null) return false
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression') return false
  const method = memberName(callee) ?? ''
  // What is inline has been looked at.
  if (visitingMethods.has(method)) return call.arguments[0] !== undefined && isFunction(call.arguments[0])
  if (bodyMethods.has(method) || readingMethods.has(method) || textMethods.has(method)) return true
  const before = unwrapAwait(callee.object)
  return chainingMethods.has(method) && before.type === 'CallExpression' && isReading(before, sourceCode, facts) && call.arguments.every(isFunction)
}
