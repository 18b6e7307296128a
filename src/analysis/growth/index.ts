/** Which containers of a file can grow without end: fed again and again, and neither held to a size nor emptied in step. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { functionName } from '../../ast/function-name.ts'
import { endsInWord, startsWithWord } from '../../ast/names.ts'
import { enclosingFunction, isClass, isInside, memberName, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { entryMethods, visitingMethods } from '../../knowledge/built-in-methods.ts'
import { boundaryVerbs, waitingWords } from '../../knowledge/queues-words.ts'
import { callsOf } from '../calls/index.ts'
import { containersOf, type Container } from './containers.ts'
import { hasUniqueKey, isAwaitedEntry, isFiniteKey, isFunctionEntry, isOpenKey, isTimedRecord, keyOf, usesParameterOf } from './entries.ts'
import { feedersOf, isCalledBack, leadsTo, mentionsOf, timerOf, type Feeder, type FeederContext } from './feeders.ts'
import { isSetUpOnce, livesOn } from './lifetime.ts'
import { isAsynchronous, isEmptyingLoop, isGuarded } from './limits.ts'
import { memoOf, type Memo } from './memo.ts'
import { isInvalidation, limitsNothing } from './release.ts'
import type { Use } from './uses.ts'

export { containersOf, type Container } from './containers.ts'
export { keyOf } from './entries.ts'
export type { Use } from './uses.ts'

/**
 * - `backlog`: a queue; its entries wait for a consumer that takes them one by one, or some at a time.
 * - `late-flush`: a buffer that only a timer empties.
 * - `never-emptied`: a list or map to which every request, event or call adds for good.
 * - `waiting-room`: callers wait for their own entry, and nothing limits how many.
 * - `cache`: values are kept by a key that callers choose, and never let go.
 * - `broken-eviction`: the same, and the code that should let go deletes nothing.
 * - `object-keys`: the same, where the keys are objects that would be let go otherwise.
 */
export type GrowthKind = 'backlog' | 'late-flush' | 'never-emptied' | 'waiting-room' | 'cache' | 'broken-eviction' | 'object-keys'

export interface Growth {
  readonly kind: GrowthKind
  /** `certain` where the code shows all of it, `possible` where the number of entries may be small for reasons that the file does not show. */
  readonly confidence: 'certain' | 'possible'
  readonly container: Container
  /** The operation that puts in, and who runs it. */
  readonly feed: Use
  readonly feeder: Feeder
  /** Where entries leave; null where they never do. */
  readonly drain: Use | null
  /** Whether the container is known to stay until the program ends; an object may be there for one command, scan or session. */
  readonly isLasting: boolean
}

/** Containers that something outside feeds again and again and that nothing holds to a size. */
export function growthsOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  handler: FeederContext['handler'],
): Growth[] {
  const context: FeederContext = { sourceCode, calls: callsOf(sourceCode), handler }
  return containersOf(sourceCode).flatMap((container) => growthOf(container, context) ?? [])
}

/** What speaks for a container's end, where it is no growth: a limit, code that is out of sight, what takes entries out. */
export function restraintOf({ uses }: Container): Use | null {
  const ranked = ['limit', 'escape', 'prune', 'empty', 'take'] as const
  for (const kind of ranked) {
    const use = uses.find((each) => each.kind === kind)
    if (use) return use
  }
  return null
}

const RANK: readonly Feeder['kind'][] = ['request', 'event', 'call', 'timer', 'unknown']

interface Fed {
  readonly feed: Use
  readonly feeder: Feeder
}

function growthOf(container: Container, context: FeederContext): Growth | null {
  const { uses } = container
  const isExported = isGivenAway(container)
  if (isExported && container.kind === 'array') return null
  const eviction = uses.find(isBrokenEviction)
  if (eviction) return brokenGrowth(container, eviction, context)
  const drains = uses.filter(({ kind }) => kind === 'take' || kind === 'empty' || kind === 'prune')
  // `send(this.items); this.items = []` hands the old list over, not the one that is fed from then on.
  const isHandedOver = ({ within }: Use) =>
    within !== null && drains.some((drain) => drain.kind === 'empty' && drain.within !== null && isCalledIn(drain.within, within, context))
  if (uses.some((use) => use.kind === 'limit' || (use.kind === 'escape' && !isExport(use.operation) && !isHandedOver(use)))) return null
  const holding = container.kind === 'array' ? drains : drains.filter((drain) => !limitsNothing(drain, uses, context))
  const fed = fedBy(container, holding, context)
  if (!fed) return null
  const isLasting = livesOn(container, context) || (container.level === 'closure' && container.kind !== 'array' && container.owner !== null && isSetUpOnce(container.owner, fed.feeder, context))
  const make = (kind: GrowthKind, confidence: Growth['confidence'], drain: Use | null = null): Growth => ({
    kind,
    confidence,
    container,
    ...fed,
    drain,
    isLasting,
  })
  if (container.kind === 'array') return arrayGrowth(container, fed, drains, make, isLasting, context)
  if (holding.length > 0 || (container.level === 'closure' && !isLasting)) return null
  if (drains.length > 0 || isExported) return fetchedGrowth(container, drains, fed, make, isLasting, context)
  return keyedGrowth(container, fed, make, isLasting, context)
}

/** Whether code outside the file can reach a container of the module. */
function isGivenAway({ isPublic, level, uses }: Container): boolean {
  return level === 'module' && (isPublic || uses.some(({ kind, operation }) => kind === 'escape' && isExport(operation)))
}

/** `export { cache }`, `module.exports = { load, cache }`, `exports.cache = cache`. */
function isExport(operation: Node): boolean {
  if (operation.type === 'ExportSpecifier' || operation.type === 'ExportDefaultDeclaration') return true
  const holder = operation.type === 'Property' ? operation.parent.parent : operation
  if (holder?.type === 'ExportDefaultDeclaration') return true
  return holder?.type === 'AssignmentExpression' && holder.left.type === 'MemberExpression' && isExportsObject(holder.left)
}

/** `module.exports`, `module.exports.name`, `exports.name`. */
function isExportsObject(place: TSESTree.MemberExpression): boolean {
  const { object } = place
  if (object.type === 'Identifier') return object.name === 'exports' || (object.name === 'module' && memberName(place) === 'exports')
  return object.type === 'MemberExpression' && isExportsObject(object)
}

/** A map that other code may look after as well: what is fetched for any number of keys is hardly ever let go there in time. */
function fetchedGrowth(container: Container, drains: readonly Use[], { feed, feeder }: Fed, make: Make, isLasting: boolean, context: FeederContext): Growth | null {
  const memo = memoOf(feed, container, context)
  const key = keyOf(feed)
  const asking = memo?.isFetched ? askerOf(feeder, memo, context) : null
  if (!key || !asking || !isOpen(key, container, context)) return null
  const isLong = isLasting || (drains.length > 0 && drains.every((drain) => isInvalidation(drain, container.uses, context)))
  return { ...make('cache', isLong ? 'certain' : 'possible', drains[0] ?? null), feeder: asking }
}

/** Whether a function is this one, or is called in it. */
function isCalledIn(called: FunctionNode, caller: FunctionNode, context: FeederContext): boolean {
  return called === caller || mentionsOf(called, context).some((mention) => mention.parent?.type === 'CallExpression' && isInside(mention, caller))
}

/** `map.delete(map.keys()[0])`: an iterator has no `0`, so this deletes nothing. */
function isBrokenEviction({ by, operation }: Use): boolean {
  if (by !== 'delete' || operation.type !== 'CallExpression') return false
  const key = operation.arguments[0]
  if (key?.type !== 'MemberExpression' || !key.computed || key.property.type !== 'Literal') return false
  const { object } = key
  return object.type === 'CallExpression' && object.callee.type === 'MemberExpression' && entryMethods.has(memberName(object.callee) ?? '')
}

function brokenGrowth(container: Container, eviction: Use, context: FeederContext): Growth | null {
  const feed = container.uses.find(({ kind }) => kind === 'feed')
  const feeder = feed && feedersOf(feed.operation, context)[0]
  if (container.kind === 'array' || !feed || !feeder) return null
  return { kind: 'broken-eviction', confidence: 'certain', container, feed, feeder, drain: eviction, isLasting: livesOn(container, context) }
}

/** The feed that counts most, and who runs it; null where nothing outside feeds, or where a feed is held to a size. */
function fedBy(container: Container, drains: readonly Use[], context: FeederContext): Fed | null {
  let best: Fed | null = null
  const draining = new Set(drains.map(({ operation }) => ownFunction(operation)))
  const holds = container.kind === 'array' ? 'entries' : 'keys'
  const asking = new Set(container.uses.filter(({ kind }) => kind === 'lookup').map(({ operation }) => ownFunction(operation)))
  for (const feed of container.uses) {
    if (feed.kind !== 'feed') continue
    const feeding = ownFunction(feed.operation)
    const isInStep = draining.has(feeding)
    const isDeduplicated = container.kind === 'array' && asking.has(feeding)
    if (isInStep || isDeduplicated || (feeding && isGuarded(feeding, holds, context))) return null
    // What the function that holds the list adds by itself is its own work.
    if (container.level === 'closure' && feeding === container.owner) continue
    for (const feeder of feedersOf(feed.operation, context)) {
      if (feeder.node !== feeding && isGuarded(feeder.node, holds, context)) return null
      if (container.level === 'closure' && !(container.owner && isInside(feeder.node, container.owner) && feeder.node !== container.owner)) continue
      if (!best || RANK.indexOf(feeder.kind) < RANK.indexOf(best.feeder.kind)) best = { feed, feeder }
    }
  }
  return best
}

/** The function whose run contains a node: callbacks that array methods call at once belong to it. */
function ownFunction(node: Node): FunctionNode | null {
  let owner = enclosingFunction(node)
  while (owner) {
    const { parent } = owner
    if (parent.type !== 'CallExpression' || !parent.arguments.includes(owner as never)) return owner
    const name = parent.callee.type === 'MemberExpression' && parent.callee.property.type === 'Identifier' ? parent.callee.property.name : ''
    if (!visitingMethods.has(name)) return owner
    owner = enclosingFunction(parent)
  }
  return null
}

type Make = (kind: GrowthKind, confidence: Growth['confidence'], drain?: Use | null) => Growth

function arrayGrowth(
  container: Container,
  { feed, feeder }: Fed,
  drains: readonly Use[],
  make: Make,
  isLasting: boolean,
  context: FeederContext,
): Growth | null {
  const first = drains.find(({ by, operation, within, kind }) => {
    const isFromFront = by === 'shift' || (by === 'splice' && kind === 'take')
    if (!isFromFront || isEmptyingLoop(operation, within, context)) return false
    const owner = ownFunction(operation)
    return isAsynchronous(owner, context) || (owner !== null && isCalledBack(owner, context))
  })
  if (isFunctionEntry(feed, context) && !(first && first.by === 'shift')) return null
  const isKnown = feeder.kind !== 'unknown'
  if (first) {
    if (isAwaitedEntry(feed, context)) return make('waiting-room', 'possible', first)
    const isQueue = isLasting || container.level === 'closure' || runsByItself(first, feed, context)
    return make('backlog', isKnown && isQueue ? 'certain' : 'possible', first)
  }
  if (drains.length > 0) return container.level === 'closure' ? null : flushedGrowth(feed, isLasting, isKnown, drains, make, context)
  if (container.level === 'closure' || isAwaitedEntry(feed, context)) return null
  const isOfEvents = feeder.kind === 'request' || feeder.kind === 'event'
  // It waits for a consumer, by its name, and there is none: nobody else can reach it.
  const isForsaken = isOfEvents && !container.isPublic && endsInWord(container.name, waitingWords)
  if (isForsaken) return make('never-emptied', 'certain')
  const isRecord = feeder.kind === 'request' || isTimedRecord(feed, context)
  if (isRecord) return make('never-emptied', isKnown && isLasting ? 'certain' : 'possible')
  return isOfEvents ? make('never-emptied', 'possible') : null
}

/**
 * Whether entries leave without anybody who asks for them: putting one in starts the work, or a timer or an event does. The list of an object whose
 * callers both put in and take out is as long as they make it.
 */
function runsByItself(drain: Use, feed: Use, context: FeederContext): boolean {
  const [feeding, taking] = [ownFunction(feed.operation), ownFunction(drain.operation)]
  if (feeding && taking && leadsTo(feeding, taking, context)) return true
  return timerOf(drain.operation, context) !== null || feedersOf(drain.operation, context).some(({ kind }) => kind === 'event' || kind === 'request' || kind === 'timer')
}

/** A buffer that nothing but a timer empties, besides the beginning and the end of what it is for. */
function flushedGrowth(feed: Use, isLasting: boolean, isKnown: boolean, drains: readonly Use[], make: Make, context: FeederContext): Growth | null {
  let timed: { flush: Use; timer: TSESTree.CallExpression } | null = null
  for (const flush of drains) {
    const timer = flush.kind === 'empty' ? timerOf(flush.operation, context) : null
    if (timer) timed ??= { flush, timer }
    else if (flush.kind !== 'empty' || !isBeginningOrEnd(flush.within)) return null
  }
  if (!timed) return null
  const isSure = isKnown && (isLasting || isRepeated(timed.timer, timed.flush, feed, context))
  return make('late-flush', isSure ? 'certain' : 'possible', timed.flush)
}

function isBeginningOrEnd(within: FunctionNode | null): boolean {
  for (let owner = within; owner; owner = enclosingFunction(owner)) {
    if (startsWithWord(functionName(owner), boundaryVerbs)) return true
  }
  return false
}

/** `setInterval`, or a `setTimeout` that the first entry sets, or the flush itself: it comes again for as long as entries do. */
function isRepeated(timer: TSESTree.CallExpression, flush: Use, feed: Use, context: FeederContext): boolean {
  const callee = unwrap(timer.callee)
  if ((callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null) === 'setInterval') return true
  const setting = enclosingFunction(timer)
  return [feed, flush].some(({ within }) => setting !== null && within !== null && leadsTo(within, setting, context))
}

function keyedGrowth(container: Container, { feed, feeder }: Fed, make: Make, isLasting: boolean, context: FeederContext): Growth | null {
  const key = keyOf(feed)
  if (!key) return null
  // Objects hold what the program itself defines more often than maps do.
  const isSure = isLasting && feeder.kind !== 'unknown' && container.kind !== 'object'
  if (hasUniqueKey(feed, context)) return make('never-emptied', isSure ? 'certain' : 'possible')
  if (feeder.kind === 'request' && usesParameterOf(key, feeder.node, context)) {
    return make('cache', !isSure || isFiniteKey(key, context) || isChosen(key, feeder.node, context) ? 'possible' : 'certain')
  }
  const memo = memoOf(feed, container, context)
  if (!memo) return null
  if (memo.isKeyedByObject) return make('object-keys', isLasting && container.kind !== 'object' ? 'certain' : 'possible')
  const asking = memo.isFetched && isOpen(key, container, context) ? askerOf(feeder, memo, context) : null
  return asking ? { ...make('cache', isLasting ? 'certain' : 'possible'), feeder: asking } : make('cache', 'possible')
}

/** Whether there may be any number of keys: by what they are, or because the class is a cache of whatever its callers ask for. */
function isOpen(key: Node, { owner }: Container, context: FeederContext): boolean {
  const isCache = owner !== null && isClass(owner) && /[a-z]Cache$/.test(owner.id?.name ?? '') && !isFiniteKey(key, context)
  return isCache || isOpenKey(key, context)
}

/** Who asks for the value. The answer may come by a callback of code that is not seen; whoever asked is known all the same. */
function askerOf(feeder: Feeder, { owner }: Memo, context: FeederContext): Feeder | null {
  if (feeder.kind !== 'unknown') return feeder
  return feedersOf(owner.body, context).find(({ kind }) => kind !== 'unknown') ?? null
}

/** `const period = PERIODS.includes(wanted) ? wanted : 'day'`, `if (!PERIODS.includes(period)) return`: one of a list. */
function isChosen(key: Node, owner: FunctionNode, { calls, sourceCode }: FeederContext): boolean {
  const words = sourceCode.getText(key)
  const declared = key.type === 'Identifier' ? (calls.variableOf(key)?.defs[0]?.node as Node | undefined) : undefined
  return !walk(owner.body, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'includes') return
    const isOfKey = node.arguments.some((argument) => sourceCode.getText(argument) === words)
    return isOfKey || (declared?.type === 'VariableDeclarator' && isInside(node, declared)) ? 'stop' : undefined
  })
}
