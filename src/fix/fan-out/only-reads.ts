import type { TSESLint } from '@typescript-eslint/utils'
import { apiPath, callsOf, lastCall } from '../../analysis/calls/index.ts'
import { effectsOf } from '../../analysis/effects/summaries.ts'
import { isWrite } from '../../analysis/effects/accesses.ts'
import type { FanOut } from '../../analysis/fan-out/index.ts'
import type { WorkAnalysis } from '../../analysis/work/index.ts'
import { isFunction, memberName, unwrap, unwrapAwait, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { readingMethods } from '../../knowledge/built-in-methods.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

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
  const path = apiPath(origin)
  if (path?.module === 'globalThis' && lastCall(origin) === null) return PURE.test(path.member)
  if (path?.module === 'node:path') return true
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression') return false
  const method = memberName(callee) ?? ''
  if (CALLING.has(method)) return call.arguments[0] !== undefined && isFunction(call.arguments[0])
  if (BODY_READERS.has(method) || readingMethods.has(method) || TEXT_METHODS.has(method)) return true
  const before = unwrapAwait(callee.object)
  return PROMISE_METHODS.has(method) && before.type === 'CallExpression' && isReading(before, sourceCode, facts) && call.arguments.every(isFunction)
}

/** Methods that call what they are given; what is inline has been looked at. */
const CALLING = new Set(['every', 'filter', 'find', 'findIndex', 'findLast', 'flatMap', 'forEach', 'map', 'reduce', 'reduceRight', 'some'])

const PROMISE_METHODS = new Set(['then', 'catch', 'finally'])

/** https://developer.mozilla.org/docs/Web/API/Response */
const BODY_READERS = new Set(['arrayBuffer', 'blob', 'json', 'text'])

const TEXT_METHODS = new Set(['endsWith', 'padStart', 'replace', 'replaceAll', 'split', 'startsWith', 'substring', 'toLowerCase', 'toUpperCase', 'trim'])

const PURE = /^(?:JSON\.(?:parse|stringify)|Math\.\w+|Number(?:\.\w+)?|String(?:\.\w+)?|Boolean|Object\.(?:entries|fromEntries|keys|values)|Array\.(?:from|isArray|of)|encodeURIComponent|decodeURIComponent|encodeURI|parseInt|parseFloat)$/
