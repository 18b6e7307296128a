/**
 * Values that one iteration leaves for another. A place (a variable, or a member of one) is harmless when the loop only
 * adds to it and never looks, when each iteration sets it before it looks, or when it is only touched before the first
 * pause, where iterations that are started in order still run one after the other.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, isInside, isLoop, memberName, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { arrayMakers } from '../../knowledge/plain-results.ts'
import { callsOf, indexFacts } from '../calls/index.ts'
import { accessAt, isWrite, originalOf, referencesOf } from '../effects/accesses.ts'
import type { Region, SharedAccess } from './region.ts'
import type { Pause, Reduction } from './verdict.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Carried {
  /** The access that shows a value going from one iteration to another; null where there is none. */
  readonly because: Node | null
  /** Writes that can be made after all iterations, from their results in input order. */
  readonly reductions: readonly Reduction[]
  /** The other writes: of state that stays within an iteration, or within its part before the first pause. */
  readonly otherWrites: readonly Node[]
}

const makers = indexFacts(arrayMakers)

const REDUCTIONS: ReadonlySet<SharedAccess['kind']> = new Set(['push', 'keyed', 'add', 'fold', 'assign'])

export function carriedOf(region: Region, sourceCode: SourceCode, isHarmless: (access: SharedAccess) => boolean): Carried {
  const reductions: Reduction[] = []
  const otherWrites: Node[] = []
  const changed = handedOverChanged(region)
  if (changed) return { because: changed, reductions: [], otherWrites: [] }
  for (const accesses of placesOf(region.accesses).values()) {
    const writes = accesses.filter(isWrite)
    if (writes.length === 0) continue
    const reads = accesses.filter((access) =>
      isWrite(access) ? isAnswer(access) : !isOperandOfFold(access, writes) && !isHarmless(access),
    )
    const because = carriedBy(writes, reads, region, sourceCode)
    if (because) return { because, reductions: [], otherWrites: [] }
    for (const write of writes) {
      const reduction = reads.length === 0 ? reductionOf(write) : null
      if (reduction) reductions.push(reduction)
      else otherWrites.push(write.via ?? write.node)
    }
  }
  return { because: null, reductions, otherWrites }
}

function carriedBy(
  writes: readonly SharedAccess[],
  reads: readonly SharedAccess[],
  region: Region,
  sourceCode: SourceCode,
): Node | null {
  const [first] = writes
  if (!first) return null
  const handed = reads.find((read) => isRunningValue(read, writes, region, sourceCode))
  if (handed) return handed.node
  if ([...writes, ...reads].every((access) => isBeforeFirstPause(access, region))) return null
  if (isFoldedAtEnd(writes, reads, region) && !isInHead(first, region, sourceCode)) return null
  if (reads.length === 0 && writes.every((write) => isRemoval(write) && !isStillVisited(write, region, sourceCode))) return null
  const change = writes.find((write) => write.kind === 'change' && !isKept(write))
  if (change) return change.via ?? change.node
  if (reads.length === 0) return null
  // Each item under its own key, written and looked at in the same iteration: `out[id] = []; out[id].push(…)`.
  if (writes.every(({ kind }) => kind === 'keyed') && reads.every((read) => isOwnKey(read, writes, region, sourceCode))) return null
  // Functions of the file that keep what they have computed: once for all, or each under its own key.
  if (writes.every(isKept)) return null
  if (reads.every((read) => isSetBefore(read, writes, region))) return null
  const [read = first] = reads
  return read.via ?? read.node
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

/**
 * What a function of the file remembers for later calls of it, in whatever order they come: a value that it makes when it
 * is missing, or one under a key.
 */
function isKept({ via, kind, key, node, target }: SharedAccess): boolean {
  if (!via) return false
  if (kind === 'add' || kind === 'keyed') return true
  if (kind === 'change') return key !== null && node.type === 'CallExpression' && node.arguments.length === 1
  return kind === 'assign' && isGuardedBy(node, target)
}

/** `pending.delete(x.id)`, `delete failed[x.id]`: what is gone in the end does not depend on the order in which it went. */
function isRemoval({ kind, key, node, via, nested }: SharedAccess): boolean {
  if (kind !== 'change' || key === null || via || nested || isUsed(node)) return false
  if (node.type === 'UnaryExpression') return true
  const callee = node.type === 'CallExpression' && node.arguments.length === 1 ? unwrap(node.callee) : null
  return callee?.type === 'MemberExpression' && memberName(callee) === 'delete'
}

/**
 * Whether the loop goes over what is removed, so that an iteration may take another one away. Not where the head has
 * listed it before the first iteration (`Object.keys(all)`), nor where an iteration only removes its own element.
 */
function isStillVisited(write: SharedAccess, region: Region, sourceCode: SourceCode): boolean {
  if (!isInHead(write, region, sourceCode)) return false
  const { loop } = region
  if (loop.type !== 'ForOfStatement' && loop.type !== 'ForInStatement') return true
  return !isListing(loop.right, sourceCode) && !isOwnElement(write, loop, sourceCode)
}

/** `Object.keys(all)`, `Object.entries(all)`, `Array.from(all)`, `[...all]`: made once, as it was then. */
function isListing(source: Node, sourceCode: SourceCode): boolean {
  const list = unwrap(source)
  if (list.type === 'ArrayExpression') return true
  return list.type === 'CallExpression' && makers.of(callsOf(sourceCode).calleeOf(list)) !== null
}

/** `for (const id of open) open.delete(id)`, `for (const [id] of open) …`, `for (const id in open) delete open[id]`. */
function isOwnElement({ key, target }: SharedAccess, loop: TSESTree.ForOfStatement | TSESTree.ForInStatement, sourceCode: SourceCode): boolean {
  const pattern = loop.left.type === 'VariableDeclaration' ? loop.left.declarations[0]?.id : null
  const list = unwrap(loop.right)
  const callee = list.type === 'CallExpression' ? unwrap(list.callee) : null
  const method = callee?.type === 'MemberExpression' ? memberName(callee) : null
  const place = callee?.type === 'MemberExpression' ? callee.object : list
  if (sourceCode.getText(unwrap(place)) !== sourceCode.getText(unwrap(target))) return false
  const isPairs = pattern?.type === 'ArrayPattern' && (method === null || method === 'entries')
  const own = isPairs ? pattern.elements[0] : pattern?.type === 'Identifier' && (method === null || method === 'keys') ? pattern : null
  return own?.type === 'Identifier' && key?.type === 'Identifier' && key.name === own.name
}

/** `if (!this.client) this.client = …`, `this.client ??= …`, `this.client = this.client ?? …`. */
function isGuardedBy(assignment: Node, target: Node): boolean {
  if (assignment.type === 'AssignmentExpression' && /^(?:\|\||\?\?)=$/.test(assignment.operator)) return true
  const name = memberChain(target)
  for (let node: Node = assignment; node.parent && !isFunction(node); node = node.parent) {
    const { parent }: Node = node
    const test = parent.type === 'IfStatement' || parent.type === 'ConditionalExpression' ? parent.test : parent.type === 'LogicalExpression' ? parent.left : null
    if (test && test !== node && mentions(test, name)) return true
  }
  return isReturnedEarly(assignment, name)
}

/** `if (this.client) return this.client` further up in the same function. */
function isReturnedEarly(assignment: Node, name: string): boolean {
  let statement = assignment
  while (statement.parent && statement.parent.type !== 'BlockStatement') statement = statement.parent
  const block = statement.parent
  if (block?.type !== 'BlockStatement') return false
  return block.body.some(
    (other) => other.range[1] <= statement.range[0] && other.type === 'IfStatement' && mentions(other.test, name) && leavesFunction(other.consequent),
  )
}

function leavesFunction(node: Node): boolean {
  if (node.type === 'BlockStatement') return node.body.some(leavesFunction)
  return node.type === 'ReturnStatement' || node.type === 'ThrowStatement'
}

/** The written form of a member chain, without spaces and marks: `this.client`. */
function memberChain(node: Node): string {
  const expression = unwrap(node)
  if (expression.type === 'MemberExpression') return `${memberChain(expression.object)}.${memberName(expression) ?? '[]'}`
  return expression.type === 'Identifier' ? expression.name : expression.type === 'ThisExpression' ? 'this' : '?'
}

function mentions(test: Node, name: string): boolean {
  const expression = unwrap(test)
  switch (expression.type) {
    case 'UnaryExpression':
      return mentions(expression.argument, name)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return mentions(expression.left, name) || mentions(expression.right, name)
    case 'CallExpression':
      return mentions(expression.callee, name) || expression.arguments.some((argument) => mentions(argument, name))
    case 'MemberExpression':
      return memberChain(expression) === name || mentions(expression.object, name)
    default:
      return memberChain(expression) === name
  }
}

/** `const i = n++`, `const length = out.push(x)`: the write also tells what was there. */
function isAnswer({ kind, node, via }: SharedAccess): boolean {
  if (via || kind === 'assign' || kind === 'change') return false
  // `(text) => out.push(text)` is a function for its effect.
  if (kind !== 'fold' && node.parent?.type === 'ArrowFunctionExpression') return false
  return isUsed(node)
}

function isUsed(node: Node): boolean {
  const { parent } = node
  return parent !== undefined && parent.type !== 'ExpressionStatement' && unwrap(parent) !== unwrap(node) && !isDiscarded(parent, node)
}

/** Places whose value nobody takes: `condition && n++`, `void n++`. */
function isDiscarded(parent: Node, node: Node): boolean {
  if (parent.type === 'LogicalExpression' && parent.right === node) return !isUsed(parent)
  if (parent.type === 'ConditionalExpression' && parent.test !== node) return !isUsed(parent)
  return parent.type === 'UnaryExpression' && parent.operator === 'void'
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

/** Whether an access is over before the iteration waits for the first time; what an `await` waits for is worked out before it waits. */
function isBeforeFirstPause(access: SharedAccess, region: Region): boolean {
  if (access.nested || access.via) return false
  const pauses = [...region.pauses, ...region.innerPauses]
  const first = pauses.reduce((one, other) => (endOf(other) < endOf(one) ? other : one))
  if (first.type === 'AwaitExpression' && isInside(access.node, first.argument)) return true
  return access.node.range[1] <= first.range[0]
}

/**
 * Whether a place is looked at only when the iteration has nothing more to wait for, so that all that is done with it can
 * be done after all of the work, in the order of the items: `const n = await size(x); if (n > best) best = n`.
 */
function isFoldedAtEnd(writes: readonly SharedAccess[], reads: readonly SharedAccess[], region: Region): boolean {
  return (
    // What is handed to someone is not only looked at: `show(all)` after each item.
    reads.every((read) => read.kind !== 'call' && isAfterLastPause(read, region)) &&
    writes.every((write) => isAfterLastPause(write, region) || reductionOf(write) !== null)
  )
}

/** Whether an access comes after all that the iteration waits for. */
function isAfterLastPause(access: SharedAccess, region: Region): boolean {
  if (access.nested) return false
  const [start, end] = (access.via ?? access.node).range
  if (access.via && enclosingFunction(access.node)?.async) return false
  const isLate = !access.via && LATE_WRITES.has(access.kind)
  return [...region.pauses, ...region.innerPauses].every((pause) => (isLate ? end : start) >= endOfWork(pause, region))
}

/** Writes that are made when all that stands in them has been worked out: `out.push(await f(x))`. */
const LATE_WRITES: ReadonlySet<SharedAccess['kind']> = new Set(['assign', 'push', 'keyed', 'add'])

/** Where the last that a pause may wait for ends: behind the loop in the body that it stands in. */
function endOfWork(pause: Pause, region: Region): number {
  let end = pause.range[1]
  for (let node: Node | undefined = pause; node && node !== region.body; node = node.parent) if (isLoop(node)) end = node.range[1]
  return end
}

/** Whether the head of the loop looks at what an access touches: `for (const x of work)` takes in what the body adds. */
function isInHead({ root, member }: SharedAccess, { loop, body }: Region, sourceCode: SourceCode): boolean {
  return !walk(loop, sourceCode.visitorKeys, (node) => {
    if (node === body) return 'skip'
    const variable = node.type === 'Identifier' ? referencesOf(sourceCode).get(node)?.resolved : null
    const thing = node.type === 'ThisExpression' ? 'this' : variable && originalOf(variable, sourceCode)
    if (!thing || thing !== root) return
    const read = accessAt(node, thing, sourceCode)
    return member === null || read.member === null || read.member === member ? 'stop' : undefined
  })
}

/** Where a pause comes: `f(await a(), await b())` waits for `a` first, `await f(await a())` for `a` as well. */
const endOf = (pause: Pause): number => pause.range[pause.type === 'AwaitExpression' ? 1 : 0]

/**
 * Whether a call that the iteration waits for gets what the iterations so far have made of a value: after
 * `total += x.size; await report(x.id, total)` the last report to arrive counts. A number that only goes up tells
 * iterations apart.
 */
function isRunningValue(read: SharedAccess, writes: readonly SharedAccess[], region: Region, sourceCode: SourceCode): boolean {
  if (read.via || read.nested || !isHandedOn(read.at, region) || isOwnKey(read, writes, region, sourceCode) || isSetBefore(read, writes, region)) return false
  return writes.some((write) => !write.via && !write.nested && !isCount(write) && write.node.range[1] <= read.at.range[0])
}

/**
 * `params.id = x.id; await load(params)`, `await check(x, request); request.checked = x.id`, `this.at = await next(this, x)`:
 * an object that each iteration changes in part and gives to the call that it waits for. Together they would change it under one another's hands.
 */
function handedOverChanged(region: Region): Node | null {
  const handed = region.accesses.filter(
    ({ kind, member, root, via, nested, at }) =>
      kind === 'call' && member === null && !(root === 'this' && isReceiver(at)) && !via && !nested && isHandedOn(at, region),
  )
  const isChanged = ({ root }: SharedAccess): boolean =>
    region.accesses.some((write) => isReplacement(write) && write.root === root && write.member !== null && !write.via && !write.nested)
  return handed.find(isChanged)?.node ?? null
}

/** `this` in `this.load(x)`, not in `load(this, x)`. */
const isReceiver = (at: Node): boolean => at.parent?.type === 'MemberExpression' && at.parent.object === at

/** `ctx.id = x.id`, `ctx.env = { ...ctx.env, ...found }`; `ctx.total += n` only adds. */
function isReplacement({ kind, node }: SharedAccess): boolean {
  return kind === 'assign' || (kind === 'fold' && node.type === 'AssignmentExpression' && node.operator === '=')
}

/** Whether a mention stands in what a pause waits for, or in the value of a local that does. */
function isHandedOn(at: Node, region: Region): boolean {
  return region.pauses.some((pause) => pause.type === 'AwaitExpression' && region.mentionsElement(pause) && reaches(at, pause.argument, region))
}

function reaches(at: Node, awaited: Node, region: Region): boolean {
  if (isInside(at, awaited)) return true
  let declaration: Node | undefined = at
  while (declaration && declaration !== region.body && !isFunction(declaration) && declaration.type !== 'VariableDeclarator') declaration = declaration.parent
  if (declaration?.type !== 'VariableDeclarator' || declaration.id.type !== 'Identifier' || declaration.range[1] > awaited.range[0]) return false
  const { name } = declaration.id
  return region.elementNames(awaited).includes(name)
}

/** `n++`, `n += 1`. */
function isCount({ kind, node }: SharedAccess): boolean {
  if (kind !== 'fold') return false
  if (node.type === 'UpdateExpression') return true
  return node.type === 'AssignmentExpression' && unwrap(node.right).type === 'Literal'
}

function isOwnKey(read: SharedAccess, writes: readonly SharedAccess[], region: Region, sourceCode: SourceCode): boolean {
  if (!read.key || read.via || !region.mentionsElement(read.key)) return false
  const text = sourceCode.getText(read.key)
  return writes.some(
    (write) => write.key && sourceCode.getText(write.key) === text && write.node.range[1] <= read.at.range[0] && dominates(write.node, read.at, region),
  )
}

/** Whether each iteration writes the place, and all of it, before this read, so that it never sees what another one left. */
function isSetBefore(read: SharedAccess, writes: readonly SharedAccess[], region: Region): boolean {
  if (read.via) return false
  return writes.some(
    ({ kind, node, target, via, nested, key }) =>
      kind === 'assign' && !via && !nested && key === null && node.range[1] <= read.at.range[0] && depthOf(target) <= depthOf(read.target) && dominates(node, read.at, region),
  )
}

/** How many members a chain has: one that is read has been set as a whole by an assignment to it or to what it is part of. */
function depthOf(node: Node): number {
  const expression = unwrap(node)
  return expression.type === 'MemberExpression' ? 1 + depthOf(expression.object) : 0
}

/**
 * Whether `earlier` has run in the same iteration whenever `later` runs: it stands, with nothing that may skip it, in a
 * block that holds `later` further down.
 */
function dominates(earlier: Node, later: Node, region: Region): boolean {
  let current: Node = earlier
  while (current !== region.body && current.parent) {
    const parent: Node = current.parent
    if (parent.type === 'BlockStatement') return isInside(later, parent)
    const isSkippable =
      (parent.type === 'LogicalExpression' && parent.right === current) ||
      (parent.type === 'ConditionalExpression' && parent.test !== current) ||
      (parent.type === 'IfStatement' && parent.test !== current) ||
      /Function|^SwitchCase$|^(?:For|While|DoWhile)/.test(parent.type)
    if (isSkippable) return false
    current = parent
  }
  return true
}

function reductionOf(write: SharedAccess): Reduction | null {
  if (write.via || write.nested || !REDUCTIONS.has(write.kind) || isUsed(write.node)) return null
  const target = unwrap(write.target)
  if (target.type !== 'Identifier' && target.type !== 'MemberExpression') return null
  const { node } = write
  if (node.type !== 'CallExpression' && node.type !== 'AssignmentExpression' && node.type !== 'UpdateExpression') return null
  return { kind: write.kind as Reduction['kind'], target, node }
}
