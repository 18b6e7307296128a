/** What is known of the function that an iteration waits for: enough to say that calls of it may overlap, or not. */
import { nameOf, wordsOf } from '../../ast/names.ts'
import { isFunction, memberName, unwrap, walkOwnCode, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { routeExports } from '../../knowledge/handlers/index.ts'
import { chainEnds, closingVerbs, courseVerbs, hookWords, itemVerbs, wrappingWords } from '../../knowledge/order-names.ts'
import { callsOf, type Origin } from '../calls/index.ts'
import { referencesOf } from '../effects/accesses.ts'
import { rootOf } from '../effects/summaries.ts'
import { isUsedAsPromise } from '../work/index.ts'
import type { Body, Sight } from './sight.ts'

/**
 * - `known`: a table, or a function of the file or, with types, of the program (what it does to shared values is looked at elsewhere).
 * - `item`: its name says that it does one thing to what it is given.
 * - `course`: its name says that it is a step of a course of events.
 * - `replay`: a handler of requests, which does whatever the request asks for, also where its answer is kept.
 * - `open`: nothing is known: a function that someone passed in, `new Promise(…)`, a name that says nothing.
 */
export type CalleeKind = 'known' | 'item' | 'course' | 'replay' | 'open'

export function calleeKind(call: CallLike, sight: Sight, path: readonly FunctionNode[] = []): CalleeKind {
  const started = sight.work.ofCall(call)
  if (started?.certainty === 'known') return 'known'
  if (call.type === 'TaggedTemplateExpression') return 'open'
  const callee = unwrap(call.callee)
  const origin = callsOf(sight.sourceCode).calleeOf(call)
  const body = sight.bodyOf(call)
  // What a function of another file waits for may show that its calls may overlap; where it does not, its name counts as ever.
  if (body && body.in !== sight && functionKind(body, path) === 'known') return 'known'
  const own = body?.in === sight ? body : null
  if (!own && isOpaque(call, callee, origin.root.kind === 'parameter' && origin.steps.length === 0)) return 'open'
  const verbs = chainVerbs(callee)
  if (isRouteHandler(origin)) return 'replay'
  if (started?.work === 'database' && isStatementWithValues(call, verbs)) return 'item'
  if (courseVerbs.has(verbs.find((verb) => !chainEnds.has(verb)) ?? verbs[0] ?? '')) return 'course'
  const isItem = verbs.some((verb) => itemVerbs.has(verb)) || endsInVerb(callee)
  if (own) {
    const kind = functionKind(own, path)
    return kind !== 'known' && own.node.async && isItem ? 'item' : kind
  }
  return started !== null || isItem ? 'item' : wrappedKind(call, sight, path)
}

/** `import { POST } from './users/route'`: a handler of the program, which does whatever its requests ask for. */
function isRouteHandler({ root, steps: [member, ...others] }: Origin): boolean {
  return root.kind === 'module' && member?.kind === 'member' && others.length === 0 && routeExports.has(member.name ?? '')
}

/** `db.execute('… where id = $1', [id])`: one and the same statement, with the values of the iteration. */
function isStatementWithValues(call: CallLike, [verb = '']: readonly string[]): boolean {
  if (call.type !== 'CallExpression' || !chainEnds.has(verb) || call.arguments.length < 2) return false
  const [statement] = call.arguments
  return statement !== undefined && (statement.type !== 'TemplateLiteral' || statement.expressions.length === 0)
}

/**
 * `retry(() => fetch(x))`: the work of a function that is written in the call, unless the call is about taking turns, or
 * the function works with what the call hands it: `edit(image, (files) => files.write(x))` may open one image for all.
 */
function wrappedKind(call: CallLike, sight: Sight, path: readonly FunctionNode[]): CalleeKind {
  if (call.type === 'TaggedTemplateExpression' || !wordsOf(nameOf(call.callee) ?? '').some((word) => wrappingWords.has(word))) return 'open'
  const wrapped = call.arguments.find((argument) => isFunction(argument))
  if (!wrapped || !isFunction(wrapped) || worksWithWhatItIsHanded(wrapped, sight)) return 'open'
  return functionKind({ node: wrapped, in: sight }, path)
}

function worksWithWhatItIsHanded(wrapped: FunctionNode, { sourceCode }: Sight): boolean {
  const receivers: boolean[] = []
  walkOwnCode(wrapped.body, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' || (!isUsedAsPromise(child) && child !== wrapped.body)) return
    const root = rootOf(child.callee)
    const variable = root?.type === 'Identifier' ? referencesOf(sourceCode).get(root)?.resolved : null
    receivers.push(variable?.defs.some(({ type, node }) => type === 'Parameter' && node === wrapped) ?? false)
  })
  return receivers.length > 0 && receivers.every(Boolean)
}

/** What a function waits for, by the calls in its body. One that waits for nothing gains nothing either. */
function functionKind({ node, in: sight }: Body, path: readonly FunctionNode[]): CalleeKind {
  if (path.includes(node) || path.length > MAX_DEPTH) return 'open'
  let kind: CalleeKind = 'open'
  walkOwnCode(node.body, sight.sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' && child.type !== 'NewExpression') return
    if (!isUsedAsPromise(child) && child !== node.body) return
    const inner = calleeKind(child, sight, [...path, node])
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

/** `db.sortedSetAdd(key, id)`: what comes before the verb says what it is done to. */
function endsInVerb(callee: Node): boolean {
  const words = wordsOf((callee.type === 'MemberExpression' ? memberName(callee) : nameOf(callee)) ?? '')
  return words.length > 1 && closingVerbs.has(words.at(-1) ?? '') && !hookWords.has(words[0] ?? '')
}

/** A callback that someone passed in, `new Promise(…)`, `require(…)(…)`. */
function isOpaque(call: CallLike, callee: Node, isParameter: boolean): boolean {
  if (call.type === 'NewExpression') return callee.type === 'Identifier' && callee.name === 'Promise'
  if (isParameter) return true
  return callee.type !== 'Identifier' && callee.type !== 'MemberExpression' && callee.type !== 'SequenceExpression'
}
