/**
 * Values that one iteration leaves for another. A place (a variable, or a member of one) is harmless when the loop only
 * adds to it and never looks, when each iteration sets it before it looks, or when it is only touched before the first
 * pause, where iterations that are started in order still run one after the other.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { isInside, unwrap, type Node } from '../../ast/nodes.ts'
import { isWrite } from '../effects/accesses.ts'
import type { Region, SharedAccess } from './region.ts'
import type { Reduction } from './verdict.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Carried {
  /** The access that shows a value going from one iteration to another; null where there is none. */
  readonly because: Node | null
  /** Writes that can be made after all iterations, from their results in input order. */
  readonly reductions: readonly Reduction[]
}

const REDUCTIONS = new Set(['push', 'keyed', 'add', 'fold', 'assign'])

export function carriedOf(region: Region, sourceCode: SourceCode, isHarmless: (access: SharedAccess) => boolean): Carried {
  const reductions: Reduction[] = []
  for (const accesses of placesOf(region.accesses).values()) {
    const writes = accesses.filter(isWrite)
    if (writes.length === 0) continue
    const reads = accesses.filter((access) => !isWrite(access) && !isOperandOfFold(access, writes) && !isHarmless(access))
    const because = carriedBy(writes, reads, region, sourceCode)
    if (because) return { because, reductions: [] }
    for (const write of writes) {
      const reduction = reads.length === 0 ? reductionOf(write) : null
      if (reduction) reductions.push(reduction)
    }
  }
  return { because: null, reductions }
}

function carriedBy(
  writes: readonly SharedAccess[],
  reads: readonly SharedAccess[],
  region: Region,
  sourceCode: SourceCode,
): Node | null {
  const [first] = writes
  if (!first) return null
  if ([...writes, ...reads].every((access) => isBeforeFirstPause(access, region))) return null
  const change = writes.find(({ kind }) => kind === 'change')
  if (change) return change.node
  if (reads.length === 0) return null
  // Each item under its own key, written and looked at in the same iteration: `out[id] = []; out[id].push(…)`.
  if (writes.every(({ kind }) => kind === 'keyed') && reads.every((read) => isOwnKey(read, writes, region, sourceCode))) return null
  // Functions of the file that keep what they have computed, each under its own key.
  if ([...writes, ...reads].every(({ via, kind, key }) => via !== null && (kind === 'add' || key !== null))) return null
  if (reads.every((read) => isSetBefore(read, writes, region))) return null
  return reads[0]?.node ?? first.node
}

/** Accesses by the place they touch. An access to the whole of a variable touches all its members. */
function placesOf(accesses: readonly SharedAccess[]): Map<string, SharedAccess[]> {
  const roots = new Map<unknown, SharedAccess[]>()
  for (const access of accesses) roots.set(access.root, [...(roots.get(access.root) ?? []), access])
  const places = new Map<string, SharedAccess[]>()
  let id = 0
  for (const [root, list] of roots) {
    id += 1
    const writes = list.filter(isWrite)
    if (writes.length === 0) continue
    const whole = writes.some(({ member }) => member === null)
    for (const access of list) {
      // Mentioning `this` or an object as a whole (to call its method, to hand it over) does not look at a member.
      if (!whole && access.member === null && (root === 'this' || access.kind === 'call')) continue
      const members = whole ? [''] : access.member === null ? [...new Set(writes.map(({ member }) => member))] : [access.member]
      for (const member of members) {
        const key = `${id} ${member}`
        places.set(key, [...(places.get(key) ?? []), access])
      }
    }
  }
  return places
}

/** The old value in `total = total + a`: part of the fold itself. */
function isOperandOfFold(access: SharedAccess, writes: readonly SharedAccess[]): boolean {
  const fold = writes.find(({ kind, node }) => kind === 'fold' && isInside(access.at, node))
  if (!fold || fold.node.type !== 'AssignmentExpression' || fold.node.operator !== '=') return false
  const { right } = fold.node
  const value = unwrap(right)
  const parents = [value, ...('elements' in value ? value.elements : 'properties' in value ? value.properties : [])]
  const expression = access.target.parent
  return expression !== undefined && (parents.includes(expression as never) || parents.includes(expression.parent as never))
}

function isBeforeFirstPause(access: SharedAccess, region: Region): boolean {
  const pause = region.pauses[0]
  const inner = region.innerPauses[0]
  const end = Math.min(pause?.range[0] ?? Infinity, inner?.range[0] ?? Infinity)
  const at = access.via ?? access.node
  return !access.nested && access.via === null && at.range[1] <= end
}

function isOwnKey(read: SharedAccess, writes: readonly SharedAccess[], region: Region, sourceCode: SourceCode): boolean {
  if (!read.key || read.via || !region.mentionsElement(read.key)) return false
  const text = sourceCode.getText(read.key)
  return writes.some(
    (write) => write.key && sourceCode.getText(write.key) === text && write.node.range[1] <= read.at.range[0] && isUnconditional(write.node, region),
  )
}

/** Whether each iteration writes the place before this read, so that it never sees what another one left. */
function isSetBefore(read: SharedAccess, writes: readonly SharedAccess[], region: Region): boolean {
  if (read.via) return false
  return writes.some(
    ({ kind, node, via, nested, key }) =>
      kind === 'assign' && !via && !nested && key === null && node.range[1] <= read.at.range[0] && isUnconditional(node, region),
  )
}

/** Whether a node runs in every iteration that comes past its line: a statement of the body's own block. */
function isUnconditional(node: Node, region: Region): boolean {
  let statement: Node = node
  while (statement.parent && !/Statement$|Declaration$/.test(statement.type)) {
    const { parent } = statement
    const isSkippable =
      (parent.type === 'LogicalExpression' && parent.right === statement) ||
      (parent.type === 'ConditionalExpression' && parent.test !== statement)
    if (isSkippable) return false
    statement = parent
  }
  return statement.parent === region.body || statement === region.body
}

function reductionOf(write: SharedAccess): Reduction | null {
  if (write.via || write.nested || !REDUCTIONS.has(write.kind)) return null
  const target = unwrap(write.target)
  if (target.type !== 'Identifier' && target.type !== 'MemberExpression') return null
  const { node } = write
  if (node.type !== 'CallExpression' && node.type !== 'AssignmentExpression' && node.type !== 'UpdateExpression') return null
  return { kind: write.kind as Reduction['kind'], target, node }
}
