/** Ways out of a loop that decide nothing: the same iterations would run if they overlapped, but for those after an error. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, isInside, isLoop, memberName, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { cancellationFlags } from '../../knowledge/order-names.ts'
import { referencesOf } from '../effects/accesses.ts'
import type { Region } from './region.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * Whether an exit only says that nobody wants the rest any more (`if (signal.aborted) return`), or depends on nothing but
 * the elements and constants, before anything is waited for (`if (x.id > last) break`).
 */
export function isUnrelatedExit(exit: Node, region: Region, sourceCode: SourceCode): boolean {
  if (exit.type !== 'BreakStatement' && exit.type !== 'ReturnStatement') return false
  if (isErrorHandedOn(exit, region, sourceCode)) return true
  const guard = guardOf(exit, region.body)
  if (guard?.type !== 'IfStatement' || guard.alternate) return false
  // Work in the branch that ends the loop is done once.
  if (region.pauses.some((pause) => isInside(pause, guard))) return false
  return isCancellation(guard.test) || isKnownBefore(guard.test, region, sourceCode)
}

/**
 * `try { await f(x) } catch (error) { return respond(error) }`: what was waited for has failed, which ends the loop here as
 * a `throw` would. Where the `catch` does not look at the error, or gives back what the iteration has (`return x`), the
 * failure may be what the loop looks for.
 */
function isErrorHandedOn(exit: TSESTree.BreakStatement | TSESTree.ReturnStatement, region: Region, sourceCode: SourceCode): boolean {
  const handler = catchAround(exit, region)
  if (handler?.param?.type !== 'Identifier' || !isUnconditional(exit, handler)) return false
  const { block } = handler.parent
  if (![...region.pauses, ...region.innerPauses].some((pause) => isInside(pause, block))) return false
  const value = exit.type === 'ReturnStatement' && exit.argument ? unwrap(exit.argument) : null
  if (value && value.type !== 'Literal' && value.type !== 'CallExpression' && value.type !== 'Identifier' && value.type !== 'NewExpression') return false
  if (value?.type === 'Identifier' && value.name !== handler.param.name) return false
  const { name } = handler.param
  return !walk(handler.body, sourceCode.visitorKeys, (node) =>
    node.type === 'Identifier' && node.name === name && referencesOf(sourceCode).has(node) ? 'stop' : undefined,
  )
}

/** The `catch` of this iteration that a way out stands in; null within a loop or function of its own. */
function catchAround(exit: Node, region: Region): TSESTree.CatchClause | null {
  for (let node = exit.parent; node && node !== region.body && !isFunction(node) && !isLoop(node); node = node.parent) {
    if (node.type === 'CatchClause') return node
  }
  return null
}

/** Whether a `catch` always ends in this way out: which error it was makes no difference. */
const isUnconditional = (exit: Node, handler: TSESTree.CatchClause): boolean => handler.body.body.at(-1) === exit

/** The `if` that an exit alone is the end of, directly in the body of the loop. */
function guardOf(exit: Node, body: Node): Node | null {
  const block = exit.parent?.type === 'BlockStatement' ? exit.parent : null
  if (block && block.body.at(-1) !== exit) return null
  const guard = block ? block.parent : exit.parent
  return guard?.parent === body ? guard : null
}

/** `signal.aborted`, `token?.isCancellationRequested`, `this.stopped && …` is none: something else decides as well. */
function isCancellation(test: Node): boolean {
  const flag = unwrap(test)
  return flag.type === 'MemberExpression' && cancellationFlags.has(memberName(flag) ?? '')
}

function isKnownBefore(test: Node, region: Region, sourceCode: SourceCode): boolean {
  const pauses = [...region.pauses, ...region.innerPauses]
  if (!region.mentionsElement(test) || !pauses.every((pause) => test.range[1] <= pause.range[0])) return false
  // Members of what is outside, and what functions answer, may change with what the iterations do.
  const looked = region.accesses.filter(({ at, via }) => isInside(via ?? at, test))
  if (!looked.every((access) => access.kind === 'read' && access.member === null && isConstant(access.root))) return false
  return walk(test, sourceCode.visitorKeys, (node) => (node.type === 'CallExpression' || node.type === 'NewExpression' ? 'stop' : undefined))
}

function isConstant(root: Region['accesses'][number]['root']): boolean {
  return root !== 'this' && root.references.every((reference) => !reference.isWrite() || reference.init === true)
}
