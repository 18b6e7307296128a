/** Which calls hold a slot of a limiter or lock, which of them wait for one, and how many slots there are. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../../ast/file-words.ts'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { enclosingClass, isFunction, isInfinity, isInside, isNothing, memberName, propertyOf, stringValue, unwrap, type CallLike, type ClassNode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { limiterFacts, type ConcurrencyArgument } from '../../knowledge/limiters.ts'
import { exclusiveMethod, exclusiveWords, lockClasses, slotFacts, wayOutOptions, type SlotFact } from '../../knowledge/slots.ts'
import { constantNumber } from '../calls/constant-number.ts'
import { callsOf, indexFacts, lastCall, type Origin } from '../calls/index.ts'
import { isNamedLimiter } from './index.ts'
import { placeAt, type Place } from '../races/places.ts'
import { wrappersOf } from './wrappers.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** One limiter, or one key of a lock that has keys. */
export interface SlotOwner {
  /** Null for what the platform has one of. */
  readonly place: Place | null
  /** The class whose `this` the place starts from. */
  readonly owner: ClassNode | null
  readonly key: TSESLint.Scope.Variable | string | null
}

export interface Slot {
  readonly call: TSESTree.CallExpression
  readonly holds: SlotFact['holds']
  readonly of: SlotOwner
  /** Null where the number is not written in the file; `Infinity` where nobody waits. */
  readonly count: number | null
  /** Whether only the name says that it is a limiter. */
  readonly isNamed: boolean
  /** The argument that runs in the slot. */
  readonly given: Node | null
  /** The same, where it is a function of the file; and the arguments that it gets. */
  readonly task: Node | null
  readonly taskArguments: readonly Node[] | null
}

const slots = indexFacts(slotFacts)
const factories = indexFacts(limiterFacts)
const cache = new WeakMap<SourceCode, WeakMap<TSESTree.CallExpression, Slot | null>>()

/** Whether a file can have a call that holds a slot of a limiter. */
export function mayHoldSlots(sourceCode: SourceCode): boolean {
  return slots.mayOccurIn(sourceCode) || mentions(sourceCode, exclusiveMethod) || [...lockClasses].some((name) => mentions(sourceCode, name))
}

/** The slot that a call holds or waits for; null for other calls, and where a wait for it ends by itself. */
export function slotOf(call: TSESTree.CallExpression, sourceCode: SourceCode): Slot | null {
  let known = cache.get(sourceCode)
  if (!known) cache.set(sourceCode, (known = new WeakMap()))
  let slot = known.get(call)
  if (slot === undefined) known.set(call, (slot = find(call, sourceCode)))
  return slot
}

function find(call: TSESTree.CallExpression, sourceCode: SourceCode): Slot | null {
  return direct(call, sourceCode) ?? byWrapper(call, sourceCode)
}

function direct(call: TSESTree.CallExpression, sourceCode: SourceCode): Slot | null {
  const calls = callsOf(sourceCode)
  const origin = calls.calleeOf(call, slots.mayTypeName)
  const known = slots.of(origin)
  const fact = known ?? byName(call, origin)
  if (!fact || call.arguments.some(hasWayOut)) return null
  const of = ownerOf(call, fact, origin, sourceCode, known !== null)
  const { made, concurrency } = factoryOf(origin)
  const maker = lastCall(origin)
  if (!of || (maker && 'arguments' in maker && maker.arguments.some(hasWayOut))) return null
  const count = fact.exclusive ? 1 : made && concurrency ? countOf(made, concurrency, sourceCode) : null
  const places = fact.holds === 'runs' ? (fact.task ?? [0]) : []
  const at = places.find((index) => isRunnable(call.arguments[index], sourceCode))
  const task = at === undefined ? null : (call.arguments[at] ?? null)
  const taskArguments = at !== undefined && !fact.task && call.arguments.length > at + 1 ? call.arguments.slice(at + 1) : null
  return { call, holds: fact.holds, of, count, isNamed: !known && memberNameOf(call) !== exclusiveMethod && !lockClasses.has(classOf(origin) ?? ''), given: task ?? call.arguments[places[0] ?? -1] ?? null, task, taskArguments }
}

/** `mutex.runExclusive(task)`, `limiter.schedule(task)`, `await semaphore.acquire()`, of a limiter that another file makes. */
function byName(call: TSESTree.CallExpression, origin: Origin): Pick<SlotFact, 'holds' | 'task' | 'exclusive' | 'key'> | null {
  const callee = unwrap(call.callee)
  const { kind } = origin.root
  if (kind === 'class' || kind === 'function' || kind === 'value') return null
  const method = memberNameOf(call)
  if (method !== exclusiveMethod && !isNamedLimiter(call, origin)) return null
  const isExclusive = wordsOf(nameOf(callee.type === 'MemberExpression' ? unwrap(callee.object) : callee) ?? '').some((word) => exclusiveWords.has(word))
  const task = call.arguments.findIndex((argument) => isFunction(argument))
  if (task < 0 && method !== 'acquire' && method !== exclusiveMethod) return null
  return { holds: method === 'acquire' && task < 0 ? 'takes' : 'runs', task: [Math.max(task, 0)], ...(isExclusive && { exclusive: true }), ...(task > 0 && { key: 0 }) }
}

/** `this.#withLock(async () => …)`, where a function of the file runs what it is given in a slot. */
function byWrapper(call: TSESTree.CallExpression, sourceCode: SourceCode): Slot | null {
  const wrapper = call.arguments.length > 0 ? callsOf(sourceCode).functionOf(call) : null
  const inner = wrapper && wrappersOf(sourceCode).of(wrapper)
  const given = inner && call.arguments[inner.parameter]
  const of = inner && given ? ownerForCaller(inner.slot.of, wrapper, call, sourceCode) : null
  if (!inner || !given || !of) return null
  return { ...inner.slot, call, of, holds: 'runs', given, task: isRunnable(given, sourceCode) ? given : null, taskArguments: null }
}

/** A limiter that a function knows, by the name that it has where the function is called. */
function ownerForCaller(inner: SlotOwner, wrapper: FunctionNode, call: TSESTree.CallExpression, sourceCode: SourceCode): SlotOwner | null {
  const { place } = inner
  if (!place || (typeof inner.key === 'object' && inner.key !== null)) return place ? null : inner
  if (place.root === 'this') {
    const callee = unwrap(call.callee)
    const isOwn = callee.type === 'MemberExpression' && callee.object.type === 'ThisExpression' && enclosingClass(call) === inner.owner
    return isOwn ? inner : null
  }
  const name = place.root.defs[0]?.name as Node | undefined
  const index = wrapper.params.findIndex((parameter) => parameter === name)
  if (index < 0) return name && isInside(name, wrapper) ? null : inner
  const given = call.arguments[index]
  const outer = given && place.text === (name as TSESTree.Identifier).name ? placeAt(given, sourceCode) : null
  if (!outer || outer.keyed) return null
  const owner = outer.root === 'this' ? enclosingClass(call) : null
  return outer.root === 'this' && !owner ? null : { place: outer, owner, key: inner.key }
}

/** `{ timeout: 1000 }`: whoever waits does not wait for ever. */
function hasWayOut(argument: Node): boolean {
  return argument.type === 'ObjectExpression' && wayOutOptions.some((name) => propertyOf(argument, name) !== null)
}

function isRunnable(argument: Node | undefined, sourceCode: SourceCode): boolean {
  if (!argument || argument.type === 'SpreadElement') return false
  if (isFunction(unwrap(argument))) return true
  const { root, steps } = callsOf(sourceCode).originOf(argument)
  return root.kind === 'function' && steps.length === 0
}

function ownerOf(call: TSESTree.CallExpression, { key: keyArgument }: Pick<SlotFact, 'key'>, { root, steps }: Origin, sourceCode: SourceCode, isCallable: boolean): SlotOwner | null {
  const callee = unwrap(call.callee)
  const key = keyArgument === undefined ? null : keyOf(call.arguments[keyArgument], sourceCode)
  if (keyArgument !== undefined && key === null) return null
  if (root.kind === 'global') return { place: null, owner: null, key }
  const isMethod = steps.at(-1)?.kind === 'member' || (callee.type === 'MemberExpression' && !isCallable)
  const limiter = isMethod ? (callee.type === 'MemberExpression' ? callee.object : null) : callee
  const place = limiter && placeAt(limiter, sourceCode)
  // One of many under keys: which of them is not told by its code.
  if (!place || place.keyed) return null
  const owner = place.root === 'this' ? enclosingClass(call) : null
  return place.root === 'this' && !owner ? null : { place, owner, key }
}

function keyOf(node: Node | undefined, sourceCode: SourceCode): SlotOwner['key'] {
  if (!node) return null
  const text = stringValue(unwrap(node))
  if (text !== null) return text
  const name = unwrap(node)
  return name.type === 'Identifier' ? callsOf(sourceCode).variableOf(name) : null
}

function factoryOf({ root, steps }: Origin): { made: CallLike | null; concurrency: ConcurrencyArgument | null } {
  for (const [i, step] of steps.entries()) {
    if (step.kind !== 'call') continue
    const fact = factories.of({ root, steps: steps.slice(0, i) })
    if (fact) return { made: step.node, concurrency: fact.concurrency }
  }
  return { made: null, concurrency: null }
}

/** `Infinity` where nobody ever waits. */
export function countOf(made: CallLike, { argument, option, default: standard }: ConcurrencyArgument, sourceCode: SourceCode): number | null {
  if (made.type === 'TaggedTemplateExpression' || made.arguments.slice(0, argument + 1).some(({ type }) => type === 'SpreadElement')) return null
  const given = made.arguments[argument]
  let value: Node | null | undefined = given
  if (given?.type === 'ObjectExpression' && option !== undefined) {
    if (given.properties.some(({ type }) => type === 'SpreadElement')) return null
    value = [option].flat().map((name) => propertyOf(given, name)?.value).find((found) => found !== undefined)
  }
  if (!value || isNothing(value)) return standard ?? Infinity
  return isInfinity(value) ? Infinity : constantNumber(value, callsOf(sourceCode))
}

/** Whether two are the same limiter, where their code is run for the same object and the same call of the functions around it. */
export function isSameOwner(one: SlotOwner, other: SlotOwner): boolean {
  if (one.key !== other.key || one.owner !== other.owner) return false
  return one.place === null || other.place === null ? one.place === other.place : one.place.root === other.place.root && one.place.text === other.place.text
}

/** The name by which messages call a limiter: `mutex`, `lock ('users')`. */
export function nameOfOwner({ place, key }: SlotOwner): string {
  const name = place?.text ?? 'navigator.locks'
  return typeof key === 'string' ? `${name} ('${key}')` : name
}

/** Whether an expression is the limiter: `mutex` of `mutex.isLocked()`. */
export function isOwnerMention(node: Node, { place }: SlotOwner, sourceCode: SourceCode): boolean {
  if (!place || (node.type !== 'Identifier' && node.type !== 'MemberExpression')) return false
  const mentioned = placeAt(node, sourceCode)
  return mentioned !== null && mentioned.root === place.root && mentioned.text === place.text
}

function memberNameOf({ callee }: TSESTree.CallExpression): string | null {
  const member = unwrap(callee)
  return member.type === 'MemberExpression' ? memberName(member) : null
}

/** `Lock` of `new Lock()`. */
function classOf(origin: Origin): string | null {
  const made = lastCall(origin)
  return made?.type === 'NewExpression' && made.callee.type === 'Identifier' ? made.callee.name : null
}
