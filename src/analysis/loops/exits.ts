/** Ways out of a loop that no work of an iteration decides: the same iterations would run if they overlapped. */
import type { TSESLint } from '@typescript-eslint/utils'
import { isInside, memberName, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { cancellationFlags } from '../../knowledge/order-names.ts'
import type { Region } from './region.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * Whether an exit only says that nobody wants the rest any more (`if (signal.aborted) return`), or depends on nothing but
 * the elements and constants, before anything is waited for (`if (x.id > last) break`).
 */
export function isUnrelatedExit(exit: Node, region: Region, sourceCode: SourceCode): boolean {
  if (exit.type !== 'BreakStatement' && exit.type !== 'ReturnStatement') return false
  const guard = guardOf(exit, region.body)
  if (guard?.type !== 'IfStatement' || guard.alternate) return false
  // Work in the branch that ends the loop is done once.
  if (region.pauses.some((pause) => isInside(pause, guard))) return false
  return isCancellation(guard.test) || isKnownBefore(guard.test, region, sourceCode)
}

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
