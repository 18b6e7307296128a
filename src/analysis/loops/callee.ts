/** What is known of the function that an iteration waits for: enough to say that calls of it may overlap, or not. */
import type { TSESLint } from '@typescript-eslint/utils'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, type CallLike, type Node } from '../../ast/nodes.ts'
import { chainEnds, courseVerbs, itemVerbs } from '../../knowledge/order-names.ts'
import { callsOf } from '../calls/index.ts'
import { effectsOf } from '../effects/summaries.ts'
import type { WorkAnalysis } from '../work/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `known`: a table, or a function of the file (what it does to shared values is looked at elsewhere).
 * - `item`: its name says that it does one thing to what it is given.
 * - `course`: its name says that it is a step of a course of events.
 * - `open`: nothing is known: a function that someone passed in, `new Promise(…)`, a name that says nothing.
 */
export type CalleeKind = 'known' | 'item' | 'course' | 'open'

export function calleeKind(call: CallLike, work: WorkAnalysis, sourceCode: SourceCode): CalleeKind {
  const started = work.ofCall(call)
  if (started?.certainty === 'known') return 'known'
  if (call.type === 'TaggedTemplateExpression') return 'open'
  const callee = unwrap(call.callee)
  const origin = callsOf(sourceCode).calleeOf(call)
  const isOwn = effectsOf(sourceCode).functionOf(call) !== null
  if (!isOwn && isOpaque(call, callee, origin.root.kind === 'parameter' && origin.steps.length === 0)) return 'open'
  const verbs = chainVerbs(callee)
  if (courseVerbs.has(verbs.find((verb) => !chainEnds.has(verb)) ?? verbs[0] ?? '')) return 'course'
  if (isOwn) return 'known'
  return started !== null || verbs.some((verb) => itemVerbs.has(verb)) ? 'item' : 'open'
}

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
  return callee.type !== 'Identifier' && callee.type !== 'MemberExpression'
}
