/** What is known of the function that an iteration waits for: enough to say that calls of it may overlap, or not. */
import type { TSESLint } from '@typescript-eslint/utils'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, walkOwnCode, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainEnds, courseVerbs, itemVerbs } from '../../knowledge/order-names.ts'
import { callsOf } from '../calls/index.ts'
import { effectsOf } from '../effects/summaries.ts'
import { isUsedAsPromise, type WorkAnalysis } from '../work/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `known`: a table, or a function of the file (what it does to shared values is looked at elsewhere).
 * - `item`: its name says that it does one thing to what it is given.
 * - `course`: its name says that it is a step of a course of events.
 * - `open`: nothing is known: a function that someone passed in, `new Promise(…)`, a name that says nothing.
 */
export type CalleeKind = 'known' | 'item' | 'course' | 'open'

export function calleeKind(call: CallLike, work: WorkAnalysis, sourceCode: SourceCode, path: readonly FunctionNode[] = []): CalleeKind {
  const started = work.ofCall(call)
  if (started?.certainty === 'known') return 'known'
  if (call.type === 'TaggedTemplateExpression') return 'open'
  const callee = unwrap(call.callee)
  const origin = callsOf(sourceCode).calleeOf(call)
  const own = effectsOf(sourceCode).functionOf(call)
  if (!own && isOpaque(call, callee, origin.root.kind === 'parameter' && origin.steps.length === 0)) return 'open'
  const verbs = chainVerbs(callee)
  if (courseVerbs.has(verbs.find((verb) => !chainEnds.has(verb)) ?? verbs[0] ?? '')) return 'course'
  if (own) {
    const kind = functionKind(own, work, sourceCode, path)
    return kind === 'open' && own.async && verbs.some((verb) => itemVerbs.has(verb)) ? 'item' : kind
  }
  return started !== null || verbs.some((verb) => itemVerbs.has(verb)) ? 'item' : 'open'
}

/** What a function of the file waits for, by the calls in its body. One that waits for nothing gains nothing either. */
function functionKind(node: FunctionNode, work: WorkAnalysis, sourceCode: SourceCode, path: readonly FunctionNode[]): CalleeKind {
  if (path.includes(node) || path.length > MAX_DEPTH) return 'open'
  let kind: CalleeKind = 'open'
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' && child.type !== 'NewExpression') return
    if (!isUsedAsPromise(child) && child !== node.body) return
    const inner = calleeKind(child, work, sourceCode, [...path, node])
    if (inner === 'known' || inner === 'item') kind = 'known'
    else if (kind === 'open') kind = inner
    return kind === 'known' ? 'stop' : undefined
  })
  return kind
}

/** Functions that call functions are followed so far; a chain of more that says nothing stays open. */
const MAX_DEPTH = 5

/** First words of the calls along a chain, outermost first: `insert(x).into(t).execute()` → `execute`, `into`, `insert`. */
function chainVerbs(callee: Node): string[] {
  const verbs: string[] = []
  let current = callee
  for (;;) {
    const name = current.type === 'MemberExpression' ? memberName(current) : nameOf(current)
    verbs.push(wordsOf(name ?? '')[0] ?? '')
    const object = current.type === 'MemberExpression' ? unwrap(current.object) : current
    if (object === current || object.type !== 'CallExpression') return verbs
    current = unwrap(object.callee)
  }
}

/** A callback that someone passed in, `new Promise(…)`, `require(…)(…)`. */
function isOpaque(call: CallLike, callee: Node, isParameter: boolean): boolean {
  if (call.type === 'NewExpression') return callee.type === 'Identifier' && callee.name === 'Promise'
  if (isParameter) return true
  return callee.type !== 'Identifier' && callee.type !== 'MemberExpression' && callee.type !== 'SequenceExpression'
}
