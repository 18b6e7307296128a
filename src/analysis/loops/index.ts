/**
 * Whether the iterations of a loop are independent of one another. Reasons against it are looked for first, cheap ones
 * before dear ones; what is left needs a call whose work could overlap.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { endsInWord, nameOf } from '../../ast/names.ts'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingFunction, isFunction, isLoop, memberName, unwrap, unwrapAwait, walkOwnCode, type CallLike, type Node } from '../../ast/nodes.ts'
import { effectsOf } from '../effects/summaries.ts'
import { loggingThings } from '../../knowledge/order-names.ts'
import type { Settings } from '../../options/settings.ts'
import { isInTest } from '../context/index.ts'
import { programOf } from '../program/index.ts'
import { calleeKind, type CalleeKind } from './callee.ts'
import { carriedOf, type Carried } from './carried.ts'
import { awaitedCalls, callsWithin, isBatch, isOrderedCall, isOrderedOutput, isOrderedSink, isStarted, lastPlaceTest, switchedAround } from './order.ts'
import { isUnrelatedExit } from './exits.ts'
import { madeWhereMissing, writtenBack } from './stores.ts'
import { arrangedBy } from './arranged.ts'
import { isPacing } from './pacing.ts'
import { regionOf, type Region, type SharedAccess } from './region.ts'
import { isShort, shapeOf } from './shape.ts'
import { sightAcross, sightOf, type Sight } from './sight.ts'
import { statedAt } from './stated.ts'
import { workersOf } from './worker.ts'
import type { Evidence, Loop, LoopShape, OrderedReason, Pause, Reduction, Results, Unknown, Verdict } from './verdict.ts'

export type * from './verdict.ts'
export { sequentialReducer } from './shape.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Loops {
  /** The verdict for a loop statement or a sequential `reduce`; `unknown` without a pause where nothing in it waits. */
  verdictOf(loop: Loop): Verdict
}

/** `context`: the linted file as the rule got it; with type information, functions of other files are then followed. */
export function loopsOf(sourceCode: SourceCode, { apis }: Pick<Settings, 'apis'>, context?: LintedProgram): Loops {
  let byApis = cache.get(sourceCode)
  if (!byApis) cache.set(sourceCode, (byApis = new WeakMap()))
  let loops = byApis.get(apis)
  if (!loops) byApis.set(apis, (loops = analyse(sourceCode, apis, context)))
  return loops
}

type LintedProgram = Parameters<typeof programOf>[0]

const cache = new WeakMap<object, WeakMap<Settings['apis'], Loops>>()

function analyse(sourceCode: SourceCode, apis: Settings['apis'], context: LintedProgram | undefined): Loops {
  const verdicts = new WeakMap<Node, Verdict>()
  const near = sightOf(sourceCode, apis)
  let across: Sight | null | undefined
  /** Asked for where the file alone shows no reason for order, since it parses other files. */
  const far = (): Sight | null => {
    if (across !== undefined) return across
    const program = context ? programOf(context) : null
    return (across = program?.linted ? sightAcross(program.linted, sourceCode, program, apis) : null)
  }
  const verdictOf = (loop: Loop): Verdict => {
    const verdict = judge(loop, near)
    const sight = verdict.kind === 'ordered' || !verdict.firstAwait ? null : far()
    return sight ? judge(loop, sight) : verdict
  }
  return {
    verdictOf(loop) {
      let verdict = verdicts.get(loop)
      if (!verdict) verdicts.set(loop, (verdict = verdictOf(loop)))
      return verdict
    },
  }
}

const ordered = (reason: OrderedReason, because: Node): Verdict => ({ kind: 'ordered', reason, because })

/**
 * The first reason that holds is the one that is given, and `explain` shows it, so the order of the questions is part of the
 * answer: what the head and the ways out decide; what the author says; where the loop stands and what it goes over; what an
 * iteration waits for, or sends out; what it leaves for the next, in the program or in a store (`tests/analysis/order-of-reasons.test.ts`).
 */
function judge(loop: Loop, sight: Sight): Verdict {
  const { sourceCode } = sight
  if (loop.type !== 'CallExpression' && !loopsThatWait(sourceCode).has(loop)) return withoutPause(loop, null)
  const shape = shapeOf(loop, sourceCode)
  const region = regionOf(loop, shape, sight)
  const pauses = loop.type === 'CallExpression' ? region.pauses.slice(1) : region.pauses
  const head = 'test' in loop ? [loop.test, 'update' in loop ? loop.update : null].find((part) => part && waits(part, sourceCode)) : null
  if (head) return ordered('control', head)
  if (pauses.length === 0) return withoutPause(loop, shape)

  if (!shape) return ordered('control', 'test' in loop && loop.test ? loop.test : loop)
  const exit = region.exits.find((each) => !isUnrelatedExit(each, region, sourceCode))
  if (exit) return ordered('control', exit)
  const stated = statedAt(loop, pauses, sourceCode)
  if (stated) return ordered('stated', stated as unknown as Node)
  if (isInTest(loop, sourceCode)) return ordered('context', loop)
  if (shape.source && isShort(shape.source)) return ordered('unordered-anyway', shape.source)
  const arranged = shape.source && arrangedBy(shape.source, sourceCode)
  if (arranged) return ordered('ordered-call', arranged)
  const workers = workersOf(loop, shape, sourceCode)
  if (workers) return ordered('worker', workers)

  const all = [...pauses, ...region.innerPauses]
  for (const pause of all) {
    const reason = reasonOf(pause, region, sight)
    if (reason) return ordered(reason, pause)
  }
  const output = region.calls.find((call) => isOrderedOutput(call, region, sight))
  if (output) return ordered('ordered-sink', output)
  const last = lastPlaceTest(shape, region, sourceCode)
  if (last) return ordered('ordered-call', last)
  const switched = switchedAround(pauses, region, sourceCode)
  if (switched) return ordered('ordered-sink', switched)
  const carried = carriedOf(region, sourceCode, (access) => isLogged(access))
  if (carried.because) return ordered('carried', carried.because)
  return independence(pauses, region, shape, carried, sight)
}

const withoutPause = (loop: Loop, shape: LoopShape | null): Unknown => ({
  kind: 'unknown',
  because: loop,
  firstAwait: null,
  shape,
  evidence: null,
  results: 'effects',
})

const waiting = new WeakMap<SourceCode, ReadonlySet<Node>>()

/** The loops that wait in their own head or body, and not only in a loop or function inside it: by far the fewest. */
function loopsThatWait(sourceCode: SourceCode): ReadonlySet<Node> {
  const known = waiting.get(sourceCode)
  if (known) return known
  const loops = new Set<Node>()
  for (const node of nodesOf(sourceCode, 'AwaitExpression', 'ForOfStatement', 'VariableDeclaration')) {
    const isPause =
      node.type === 'AwaitExpression' ||
      (node.type === 'ForOfStatement' && node.await) ||
      (node.type === 'VariableDeclaration' && (node.kind as string) === 'await using')
    const loop = isPause ? loopAround(node) : null
    if (loop) loops.add(loop)
  }
  waiting.set(sourceCode, loops)
  return loops
}

/** The loop whose iterations run a node; what a loop evaluates once, before it starts, belongs to the loop around it. */
function loopAround(node: Node): Node | null {
  for (let current = node, parent = node.parent; parent && !isFunction(parent); current = parent, parent = parent.parent) {
    if (!isLoop(parent)) continue
    const isOnce = ('right' in parent && parent.right === current) || ('init' in parent && parent.init === current)
    if (!isOnce) return parent
  }
  return null
}

function waits(part: Node, sourceCode: SourceCode): boolean {
  return !walkOwnCode(part, sourceCode.visitorKeys, (node) => (node.type === 'AwaitExpression' ? 'stop' : undefined))
}

function reasonOf(pause: Pause, region: Region, sight: Sight): OrderedReason | null {
  if (pause.type !== 'AwaitExpression') return null
  const awaited = pause.argument
  if (isPacing(awaited, sight)) return 'pacing'
  if (isStarted(awaited, region)) return 'started'
  for (const call of awaitedCalls(awaited).flatMap((each) => [each, ...callsWithin(each, sight.sourceCode)])) {
    if (isBatch(call, sight.sourceCode)) return 'batched'
    if (isOrderedSink(call, region, sight)) return 'ordered-sink'
    if (isOrderedCall(call, region)) return 'ordered-call'
  }
  return null
}

function independence(
  pauses: readonly Pause[],
  region: Region,
  shape: LoopShape,
  { reductions, otherWrites }: Carried,
  sight: Sight,
): Verdict {
  const own = pauses.filter((pause) => region.mentionsElement(pause))
  const first = own[0]
  if (!first) return ordered('same-work', pauses[0] as Node)
  const results = resultsOf(reductions)
  const awaited = own.flatMap((pause) => workIn(pause, region, shape, sight))
  const best = awaited.find(({ kind }) => kind === 'known' || kind === 'item') ?? awaited[0]
  const evidence: Evidence = {
    call: best?.call ?? null,
    certainty: best?.call && sight.work.ofCall(best.call)?.certainty === 'known' ? 'certain' : 'likely',
    uses: region.elementNames(best?.call ?? first),
    reductions,
    otherWrites,
  }
  const unknown = (because: Node): Unknown => ({ kind: 'unknown', because, firstAwait: best?.pause ?? first, shape, evidence, results })
  if (!best) return unknown(first)
  // One step of a course of events among them, or something done for its effect alone that nothing is known of.
  const isKept = reductions.some((reduction) => !isMark(reduction)) || region.accesses.some(isCollected)
  const isBacked = best.kind === 'known' || best.kind === 'item' || isKept
  const doubtful = awaited.find(({ pause, kind }) => {
    if (kind === 'replay') return true
    if (kind === 'course') return !isKept || isForEffect(pause)
    return kind === 'open' && (!isBacked || isForEffect(pause))
  })
  if (doubtful) return unknown(doubtful.call ?? doubtful.pause)
  if (!effectsOf(sight.sourceCode).isComplete()) return unknown(best.call ?? best.pause)
  const made = madeWhereMissing(region, sight)
  if (made) return ordered('found-or-made', made)
  const back = writtenBack(region, sight)
  if (back) return ordered('carried', back)
  return { kind: 'independent', shape, evidence, firstAwait: best.pause, results }
}

interface AwaitedWork {
  readonly pause: Pause
  /** Null for `import(x)`. */
  readonly call: CallLike | null
  readonly kind: CalleeKind
}

/** The work that a pause waits for, as far as it has to do with the element. */
function workIn(pause: Pause, region: Region, shape: LoopShape, sight: Sight): AwaitedWork[] {
  if (pause.type !== 'AwaitExpression') return []
  const expression = unwrapAwait(pause.argument)
  // A module that is loaded for its exports; for its effects alone the order of evaluation may be what counts.
  if (expression.type === 'ImportExpression' && !isForEffect(pause) && isFound(shape, sight)) return [{ pause, call: null, kind: 'item' }]
  const calls = awaitedCalls(expression).filter((call) => region.mentionsElement(call))
  return calls.map((call) => ({ pause, call, kind: calleeKind(call, sight) }))
}

/**
 * Whether the elements are what a folder happens to hold. Modules that somebody has listed (plugins, set-up files) run in
 * the order in which they are listed, and there are few of them.
 */
function isFound({ form, source }: LoopShape, sight: Sight): boolean {
  if (form === 'for-await') return true
  const size = source && sight.sizeOf(source)
  if (size?.kind === 'dynamic') return size.source === 'listing'
  // Its own folder of modules, which is as long as the program has them.
  return size?.kind === 'bounded' && size.by === 'constant' && size.because.type === 'CallExpression'
}

/** `changed = true`: says that an iteration came this far, and nothing of what it waited for. */
function isMark({ kind, node }: Reduction): boolean {
  return kind === 'assign' && node.type === 'AssignmentExpression' && unwrap(node.right).type === 'Literal'
}

/** `found.forEach((each) => all.add(each))`: adds, one by one, what the iteration has got to what is outside the loop. */
function isCollected({ kind, via, nested, at }: SharedAccess): boolean {
  if (!nested || via || (kind !== 'push' && kind !== 'add' && kind !== 'keyed')) return false
  const callback = enclosingFunction(at)
  const callee = callback?.parent?.type === 'CallExpression' ? unwrap(callback.parent.callee) : null
  return callback !== null && !callback.async && callee?.type === 'MemberExpression' && memberName(callee) === 'forEach'
}

/** Whether nothing takes what a pause brings. */
const isForEffect = (pause: Pause): boolean => pause.parent.type === 'ExpressionStatement'

function resultsOf(reductions: readonly Reduction[]): Results {
  const [first] = reductions
  if (!first) return 'effects'
  return reductions.every(({ kind }) => kind === first.kind) ? first.kind : 'mixed'
}

/** Reads that only end up in a log decide nothing. */
function isLogged({ at, via }: SharedAccess): boolean {
  if (via) return false
  for (let node: Node = at; node.parent; node = node.parent) {
    const parent: Node = node.parent
    if (parent.type === 'CallExpression' && (parent.arguments as readonly Node[]).includes(node)) {
      const callee = unwrapAwait(parent.callee)
      const named = callee.type === 'MemberExpression' ? nameOf(callee.object) : nameOf(callee)
      return endsInWord(named, loggingThings) && parent.parent?.type === 'ExpressionStatement'
    }
    if (/Statement$|Declaration$/.test(parent.type)) return false
  }
  return false
}

