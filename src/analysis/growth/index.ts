/** Which containers of a file can grow without end: fed again and again, and neither held to a size nor emptied in step. */
import type { TSESLint } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, memberName, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { finiteKeys, openKeys } from '../../knowledge/queues-keys.ts'
import { callsOf } from '../calls/index.ts'
import { containersOf, type Container } from './containers.ts'
import { hasUniqueKey, isAwaitedEntry, isFunctionEntry, isTimedRecord, keyOf, usesParameterOf } from './entries.ts'
import { feedersOf, isCalledBack, isRunByTimer, mentionsOf, type Feeder, type FeederContext } from './feeders.ts'
import { isAsynchronous, isEmptyingLoop, isGuarded } from './limits.ts'
import { memoOf } from './memo.ts'
import type { Use } from './uses.ts'

export type { Container } from './containers.ts'
export { keyOf } from './entries.ts'
export { feedersOf, type Feeder, type FeederContext } from './feeders.ts'
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
}

/** Containers that something outside feeds again and again and that nothing holds to a size. */
export function growthsOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  handler: FeederContext['handler'],
): Growth[] {
  const context: FeederContext = { sourceCode, calls: callsOf(sourceCode), handler }
  return containersOf(sourceCode).flatMap((container) => growthOf(container, context) ?? [])
}

const RANK: readonly Feeder['kind'][] = ['request', 'event', 'call', 'timer', 'unknown']

interface Fed {
  readonly feed: Use
  readonly feeder: Feeder
}

function growthOf(container: Container, context: FeederContext): Growth | null {
  const { uses } = container
  if (container.isPublic && container.level === 'module') return null
  const eviction = uses.find(isBrokenEviction)
  if (eviction) return brokenGrowth(container, eviction, context)
  const drains = uses.filter(({ kind }) => kind === 'take' || kind === 'empty' || kind === 'prune')
  // `send(this.items); this.items = []` hands the old list over, not the one that is fed from then on.
  const isHandedOver = ({ within }: Use) =>
    within !== null && drains.some((drain) => drain.kind === 'empty' && drain.within !== null && isCalledIn(drain.within, within, context))
  if (uses.some((use) => use.kind === 'limit' || (use.kind === 'escape' && !isHandedOver(use)))) return null
  const fed = fedBy(container, drains, context)
  if (!fed) return null
  const make = (kind: GrowthKind, confidence: Growth['confidence'], drain: Use | null = null): Growth => ({
    kind,
    // Objects hold what the program itself defines more often than maps do.
    confidence: container.kind === 'object' ? 'possible' : confidence,
    container,
    ...fed,
    drain,
  })
  if (container.kind === 'array') return arrayGrowth(container, fed, drains, make, context)
  if (drains.length > 0) return drains.every((drain) => isInvalidation(drain, context)) ? invalidatedGrowth(container, fed, make, context) : null
  return keyedGrowth(container, fed, make, context)
}

/** `forget(userId) { users.delete(userId) }`: one entry goes when somebody outside says so, which limits nothing. */
function isInvalidation({ by, operation, within }: Use, context: FeederContext): boolean {
  const key = keyOf({ operation })
  if (by !== 'delete' || !key || !within || !usesParameterOf(key, within, context)) return false
  return within.parent.type === 'MethodDefinition' && !mentionsOf(within, context).some((mention) => mention.parent?.type === 'CallExpression')
}

function invalidatedGrowth(container: Container, { feed, feeder }: Fed, make: Make, context: FeederContext): Growth | null {
  const memo = memoOf(feed, container.uses, context)
  const key = keyOf(feed)
  const isOpen = memo?.isFetched && key && feeder.kind !== 'unknown' && openKeys.test(context.sourceCode.getText(key))
  return isOpen ? make('cache', 'certain') : null
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
  return object.type === 'CallExpression' && object.callee.type === 'MemberExpression' && /^(?:keys|values|entries)$/.test(memberName(object.callee) ?? '')
}

function brokenGrowth(container: Container, eviction: Use, context: FeederContext): Growth | null {
  const feed = container.uses.find(({ kind }) => kind === 'feed')
  const feeder = feed && feedersOf(feed.operation, context)[0]
  if (container.kind === 'array' || !feed || !feeder) return null
  return { kind: 'broken-eviction', confidence: 'certain', container, feed, feeder, drain: eviction }
}

/** The feed that counts most, and who runs it; null where nothing outside feeds, or where a feed is held to a size. */
function fedBy(container: Container, drains: readonly Use[], context: FeederContext): Fed | null {
  let best: Fed | null = null
  const draining = new Set(drains.map(({ operation }) => ownFunction(operation)))
  const asking = new Set(container.uses.filter(({ kind }) => kind === 'lookup').map(({ operation }) => ownFunction(operation)))
  for (const feed of container.uses) {
    if (feed.kind !== 'feed') continue
    const feeding = ownFunction(feed.operation)
    const isInStep = draining.has(feeding)
    const isDeduplicated = container.kind === 'array' && asking.has(feeding)
    if (isInStep || isDeduplicated || (feeding && isGuarded(feeding, context))) return null
    // What the function that holds the list adds by itself is its own work.
    if (container.level === 'closure' && feeding === container.owner) continue
    for (const feeder of feedersOf(feed.operation, context)) {
      if (feeder.node !== feeding && isGuarded(feeder.node, context)) return null
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
    if (!/^(?:forEach|map|flatMap|filter|some|every|find|reduce)$/.test(name)) return owner
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
  context: FeederContext,
): Growth | null {
  const first = drains.find(({ by, operation, within, kind }) => {
    const isFromFront = by === 'shift' || (by === 'splice' && kind === 'take')
    if (!isFromFront || isEmptyingLoop(operation, within, context)) return false
    const owner = ownFunction(operation)
    return isAsynchronous(owner, context) || (owner !== null && isCalledBack(owner, context))
  })
  if (isFunctionEntry(feed, context) && !(first && first.by === 'shift')) return null
  if (first) {
    if (isAwaitedEntry(feed, context)) return make('waiting-room', 'possible', first)
    return make('backlog', feeder.kind === 'unknown' ? 'possible' : 'certain', first)
  }
  const emptied = drains.filter(({ kind }) => kind === 'empty')
  if (drains.length > 0) {
    if (emptied.length !== drains.length || container.level === 'closure') return null
    const timed = emptied.find(({ operation }) => isRunByTimer(operation, context))
    return timed ? make('late-flush', feeder.kind === 'unknown' ? 'possible' : 'certain', timed) : null
  }
  if (container.level === 'closure' || isAwaitedEntry(feed, context)) return null
  if (feeder.kind === 'request') return make('never-emptied', 'certain')
  if (isTimedRecord(feed, context)) return make('never-emptied', feeder.kind === 'unknown' || mayBeBrief(container, feeder, context) ? 'possible' : 'certain')
  return feeder.kind === 'event' ? make('never-emptied', 'possible') : null
}

function keyedGrowth(container: Container, { feed, feeder }: Fed, make: Make, context: FeederContext): Growth | null {
  if (container.level === 'closure') return null
  const key = keyOf(feed)
  if (!key) return null
  if (hasUniqueKey(feed, context)) {
    // An instance may live as briefly as its keys, unless somebody else comes back to ask for them.
    const isAsked = container.uses.some(({ by }) => by === 'get')
    const isKnown = feeder.kind !== 'unknown' && (container.level === 'module' || feeder.kind !== 'call' || isAsked)
    return make('never-emptied', isKnown ? 'certain' : 'possible')
  }
  const words = context.sourceCode.getText(key)
  if (feeder.kind === 'request' && usesParameterOf(key, feeder.node, context)) {
    return make('cache', finiteKeys.test(words) || isChosen(key, feeder.node, context) ? 'possible' : 'certain')
  }
  const memo = memoOf(feed, container.uses, context)
  if (!memo) return null
  if (memo.isKeyedByObject) return make('object-keys', container.level === 'module' ? 'certain' : 'possible')
  const isOpen = memo.isFetched && feeder.kind !== 'unknown' && !mayBeBrief(container, feeder, context) && openKeys.test(words)
  return make('cache', isOpen ? 'certain' : 'possible')
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

/**
 * Whether a list may go with its owner before it is long: an object that lives for one scan, one command or one session.
 * Where the file makes no such object, it does not show how long one lives.
 */
function mayBeBrief({ level, owner }: Container, { kind }: Feeder, { sourceCode }: FeederContext): boolean {
  if (level !== 'instance' || kind !== 'call') return false
  // A class has a name for others and one for itself.
  const references = (owner && sourceCode.scopeManager?.getDeclaredVariables(owner))?.flatMap((variable) => variable.references) ?? []
  return !references.some(({ identifier }) => (identifier as Node).parent?.type === 'NewExpression')
}
