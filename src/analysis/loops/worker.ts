/** Loops of which several run at once already: more of their iterations at once would go past the bound that is set there. */
import type { TSESLint } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { boundingFacts } from '../../knowledge/limiters.ts'
import { callsOf, indexFacts } from '../calls/index.ts'
import { rootOf } from '../effects/summaries.ts'
import type { Loop, LoopShape } from './verdict.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const bounding = indexFacts(boundingFacts)

/**
 * The call or list that shows it: the call of a library that bounds a fan-out (`mapBounded(xs, async (x) => { for … })`),
 * or the list outside the loop's function that workers empty together; null where there is neither.
 */
export function workersOf(loop: Loop, shape: LoopShape, sourceCode: SourceCode): Node | null {
  const own = enclosingFunction(loop)
  if (!own) return null
  const { parent } = own
  const call = parent?.type === 'CallExpression' && (parent.arguments as readonly Node[]).includes(own) ? parent : null
  if (call && bounding.of(callsOf(sourceCode).calleeOf(call))) return call
  const list = shape.source && rootOf(shape.source)
  if (list?.type !== 'Identifier') return null
  const variable = callsOf(sourceCode).variableOf(list)
  const isForeign = variable !== null && variable.defs.every(({ name }) => !isInside(name as Node, own))
  if (shape.form === 'drain') return isForeign ? list : null
  // `Array.from({ length: 4 }, async () => { for (const x of items) … })`, `Array(4).fill(items).map(async (items) => …)`
  if (!call || !isStartedTogether(call)) return null
  const callee = unwrap(call.callee)
  const isFilled = callee.type === 'MemberExpression' && /\.fill\(/.test(sourceCode.getText(callee.object))
  const isMade = callee.type === 'MemberExpression' && memberName(callee) === 'from' && isForeign
  return isMade || (isFilled && !isForeign) ? list : null
}

/** `Promise.all(CALL)` and `Promise.allSettled(CALL)`. */
function isStartedTogether(call: Node): boolean {
  const { parent } = call
  const callee = parent?.type === 'CallExpression' && parent.arguments[0] === call ? unwrap(parent.callee) : null
  return callee?.type === 'MemberExpression' && /^all(?:Settled)?$/.test(memberName(callee) ?? '')
}
