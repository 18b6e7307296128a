/**
 * Code that holds a slot of a limiter or lock and waits for another one of the same: once every slot is held by such code,
 * none of it ever goes on. A lock stands still with the first call.
 *
 * | what holds | until |
 * |---|---|
 * | `limit(task)`, `queue.add(task)`, `mutex.runExclusive(task)` | what the task returns has settled |
 * | `await semaphore.acquire()` | the first place below that releases it |
 *
 * What it waits for is followed through `await`, `return`, promises in variables of the holder, combinators and maps,
 * callbacks of promises and of other limiters, and functions and methods of the file. Promises that nobody waits for hold
 * nothing up. Silent: where a branch on the way asks whether the lock is held, by a flag of a parameter, of the object, by
 * the limiter itself or by a name that says so.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { namesAlong, wordsOf } from '../../ast/names.ts'
import { enclosingClass, enclosingFunction, isFunction, isInside, isNothing, memberName, unwrap, unwrapAwait, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { heldWords, releasingMethods } from '../../knowledge/slots.ts'
import { callsOf } from '../calls/index.ts'
import { referencesOf } from '../effects/accesses.ts'
import { fanOutsOf } from '../fan-out/index.ts'
import { isSame, outlives, placeAt } from '../races/places.ts'
import type { Settings } from '../../options/settings.ts'
import { callbackResultOf } from '../uses/index.ts'
import { limitersOf } from './index.ts'
import { regionAfter, testsBefore } from './regions.ts'
import { isOwnerMention, isSameOwner, slotOf, type Slot, type SlotOwner } from './slots.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

export interface SelfWait {
  /** What holds the slot. */
  readonly holder: Slot
  /** What waits for another one; the holder itself where a function comes back to itself. */
  readonly waiter: Slot
  /** Where the code of the holder goes there: the waiter, or the call that leads to it. */
  readonly at: Node
  /** The functions of the file on the way. */
  readonly via: readonly FunctionNode[]
  /** Whether a call on the way is only taken to wait for what it is given to run. */
  readonly assumed: boolean
}

/**
 * Every place of a file where a slot is waited for by code that holds one of the same limiter. `onAsked` hears of those
 * that a branch may keep from it.
 */
export function selfWaitsOf(sourceCode: SourceCode, options: Pick<Settings, 'apis'>, onAsked: (at: Node) => void): SelfWait[] {
  const found = new Map<Node, SelfWait>()
  for (const call of nodesOf(sourceCode, 'CallExpression')) {
    const holder = slotOf(call, sourceCode)
    if (!holder || holder.holds === 'drains') continue
    const wait = new Holding(holder, sourceCode, options, onAsked).wait()
    if (wait && !found.has(wait.at)) found.set(wait.at, { holder, ...wait })
  }
  return [...found.values()]
}

type Wait = Pick<SelfWait, 'waiter' | 'at' | 'via' | 'assumed'>

/** Under which names the slot that is held goes in a function. */
type Names = readonly SlotOwner[]

/** A function that code of the holder runs, and what it is given. */
interface Frame {
  readonly node: FunctionNode | null
  /** Null for a callback, which gets whatever its caller gives. */
  readonly args: readonly Node[] | null
  readonly names: Names
  /** Where it is called: its parameters that are functions belong there. */
  readonly caller: Frame | null
}

/** Functions are followed this far. */
const MAX_DEPTH = 5

class Holding {
  readonly #holder: Slot
  readonly #sourceCode: SourceCode
  readonly #options: Pick<Settings, 'apis'>
  readonly #entered = new Set<FunctionNode>()
  /** The code that runs while the slot is held. */
  #region: Node | null = null

  readonly #onAsked: (at: Node) => void

  constructor(holder: Slot, sourceCode: SourceCode, options: Pick<Settings, 'apis'>, onAsked: (at: Node) => void) {
    this.#holder = holder
    this.#onAsked = onAsked
    this.#sourceCode = sourceCode
    this.#options = options
  }

  wait(): Wait | null {
    const holder = this.#holder
    const names = [holder.of]
    if (holder.holds === 'takes') return this.#afterTaking(names)
    if (!holder.task) return null
    const { root } = callsOf(this.#sourceCode).originOf(holder.task)
    this.#region = root.kind === 'function' ? root.node : holder.task
    return this.#ofCallback(holder.task, { node: null, args: null, names, caller: null }, 0, holder.taskArguments)
  }

  /** `await semaphore.acquire()`: what the function waits for from there to the first place that releases it. */
  #afterTaking(names: Names): Wait | null {
    const { call, of } = this.#holder
    const owner = enclosingFunction(call)
    const region = regionAfter(call, of.place, this.#sourceCode)
    if (!owner || !region) return null
    this.#region = region.block
    this.#entered.add(owner)
    const frame: Frame = { node: owner, args: null, names, caller: null }
    let found: Wait | null = null
    walkOwnCode(region.block, this.#sourceCode.visitorKeys, (node) => {
      if (found) return 'stop'
      if (node.range[0] >= region.end || isInside(node, call)) return 'skip'
      // `return again()` gives the slot back before anybody waits.
      if (node.type === 'AwaitExpression' && node.range[0] > region.start) found = this.#ofValue(node.argument, frame, 0)
      return undefined
    })
    return found
  }

  #ofFunction(frame: Frame & { node: FunctionNode }, depth: number): Wait | null {
    const { body, generator } = frame.node
    if (generator) return null
    if (body.type !== 'BlockStatement') {
      return this.#ofValue(body, frame, depth) ?? this.#ofAwaits(body, frame, depth)
    }
    return this.#ofAwaits(body, frame, depth)
  }

  #ofAwaits(body: Node, frame: Frame, depth: number): Wait | null {
    let found: Wait | null = null
    walkOwnCode(body, this.#sourceCode.visitorKeys, (node) => {
      const waited = waitedFor(node)
      if (waited) found = this.#ofValue(waited, frame, depth)
      return found ? 'stop' : undefined
    })
    return found
  }

  /** What waits for a value waits for. */
  #ofValue(node: Node, frame: Frame, depth: number): Wait | null {
    const value = unwrapAwait(node)
    if (depth > MAX_DEPTH) return null
    switch (value.type) {
      case 'CallExpression':
        return this.#ofCall(value, frame, depth)
      case 'ConditionalExpression':
        return this.#ofValue(value.consequent, frame, depth) ?? this.#ofValue(value.alternate, frame, depth)
      case 'LogicalExpression':
        return this.#ofValue(value.left, frame, depth) ?? this.#ofValue(value.right, frame, depth)
      case 'Identifier': {
        const started = this.#startedIn(value, frame)
        return started && this.#ofValue(started, frame, depth + 1)
      }
      default:
        return null
    }
  }

  /** The promise in a variable that the function itself set, once. */
  #startedIn(name: TSESTree.Identifier, { node }: Frame): Node | null {
    const variable = callsOf(this.#sourceCode).variableOf(name)
    const definition = variable?.defs[0]
    if (definition?.type !== 'Variable' || variable?.references.some((reference) => reference.isWrite() && !reference.init)) return null
    const init = definition.node.init as Node | null
    if (!init || !node || !isInside(init, node) || definition.node.id.type !== 'Identifier') return null
    // What was started before the slot was taken is in the line before it.
    const isBefore = this.#holder.holds === 'takes' && init.range[0] < this.#holder.call.range[0] && isInside(this.#holder.call, node)
    return isBefore ? null : init
  }

  #ofCall(call: TSESTree.CallExpression, frame: Frame, depth: number): Wait | null {
    const slot = slotOf(call, this.#sourceCode)
    if (slot && frame.names.some((name) => isSameOwner(name, slot.of))) {
      const isFree = slot.count === Infinity && slot.holds !== 'drains'
      return isFree || this.#asksWhetherHeld(call, frame) ? null : { waiter: slot, at: call, via: [], assumed: false }
    }
    const wait = this.#through(call, slot, frame, depth)
    if (!wait || this.#asksWhetherHeld(call, frame)) return null
    // The last place on the way that stands in the holder's own code.
    const isOut = !this.#region || !isInside(wait.at, this.#region)
    return isOut ? { ...wait, at: call } : wait
  }

  #through(call: TSESTree.CallExpression, slot: Slot | null, frame: Frame, depth: number): Wait | null {
    const calls = callsOf(this.#sourceCode)
    if (slot?.task) return this.#ofCallback(slot.task, frame, depth, slot.taskArguments)
    const callee = unwrap(call.callee)
    if (callee.type === 'MemberExpression' && chainingMethods.has(memberName(callee) ?? '')) {
      return this.#ofValue(callee.object, frame, depth + 1) ?? this.#ofCallbacks(call, frame, depth)
    }
    const fanOuts = fanOutsOf(this.#sourceCode, this.#options)
    const combinator = fanOuts.combinatorOf(call)
    if (combinator) {
      if (combinator.kind !== 'all' && combinator.kind !== 'settled') return null
      const list = unwrap(combinator.argument)
      const elements = list.type === 'ArrayExpression' ? list.elements : []
      for (const element of elements) {
        const wait = element && element.type !== 'SpreadElement' ? this.#ofValue(element, frame, depth + 1) : null
        if (wait) return wait
      }
      for (const { task } of fanOuts.of(combinator)) {
        const wait = this.#ofTask(task, frame, depth)
        if (wait) return wait
      }
      return null
    }
    const map = limitersOf(this.#sourceCode).boundedMapOf(call)
    if (map) return this.#ofCallback(map.mapper, frame, depth)
    const given = callee.type === 'Identifier' ? argumentFor(callee, frame, this.#sourceCode) : null
    if (given && frame.caller) return this.#ofCallback(given, frame.caller, depth, call.arguments)
    const called = calls.functionOf(call)
    if (called) return this.#enter(called, call.arguments, frame, depth, callee.type === 'MemberExpression' && callee.object.type !== 'ThisExpression')
    return this.#ofCallbacks(call, frame, depth)
  }

  /** A mapper, the name of one, or the expression that is pushed. */
  #ofTask(task: Node, frame: Frame, depth: number): Wait | null {
    return unwrap(task).type === 'CallExpression' ? this.#ofValue(task, frame, depth + 1) : this.#ofCallback(task, frame, depth)
  }

  /** What a call is given to run, where it is known to wait for it, or taken to: a transaction, a retry, a span. */
  #ofCallbacks(call: TSESTree.CallExpression, frame: Frame, depth: number): Wait | null {
    for (const [i, argument] of call.arguments.entries()) {
      if (!isFunction(argument)) continue
      const result = callbackResultOf(call, i, this.#sourceCode)
      if (result !== null && result !== 'adopted') continue
      const wait = this.#ofCallback(argument, frame, depth)
      if (wait) return result === 'adopted' ? wait : { ...wait, assumed: true }
    }
    return null
  }

  #ofCallback(node: Node, frame: Frame, depth: number, args: readonly Node[] | null = null): Wait | null {
    const expression = unwrap(node)
    if (isFunction(expression)) return this.#enter(expression, args, frame, depth, false)
    if (expression.type !== 'Identifier' && expression.type !== 'MemberExpression') return null
    const { root, steps } = callsOf(this.#sourceCode).originOf(expression)
    if (root.kind !== 'function' || steps.length > 0) return null
    const isOfOther = expression.type === 'MemberExpression' && expression.object.type !== 'ThisExpression'
    const wait = this.#enter(root.node, args, frame, depth, isOfOther)
    const isOut = wait && (!this.#region || !isInside(wait.at, this.#region))
    return isOut && this.#region && isInside(expression, this.#region) ? { ...wait, at: expression } : wait
  }

  #enter(node: FunctionNode, args: readonly Node[] | null, frame: Frame, depth: number, isOfOther: boolean): Wait | null {
    if (this.#entered.has(node)) return null
    this.#entered.add(node)
    const names = namesIn(node, args, frame.names, isOfOther, this.#sourceCode)
    if (names.length === 0) return null
    const wait = this.#ofFunction({ node, args, names, caller: frame }, depth + 1)
    const isNamed = this.#region !== null && !isInside(node, this.#region)
    return wait && { ...wait, via: isNamed ? [node, ...wait.via] : wait.via }
  }

  /** Whether a branch around a place, or one above it that leaves, may be taken only where the slot is not held. */
  #asksWhetherHeld(place: Node, frame: Frame): boolean {
    const around = frame.node ?? this.#region
    const asks = around !== null && testsBefore(place, around).some((test) => this.#isAboutHolding(test, frame))
    if (asks) this.#onAsked(place)
    return asks
  }

  #isAboutHolding(test: Node, frame: Frame): boolean {
    const { visitorKeys } = this.#sourceCode
    return !walk(test, visitorKeys, (node) => {
      if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined
      if (frame.names.some((name) => isOwnerMention(node, name, this.#sourceCode))) return 'stop'
      const name = node.type === 'Identifier' ? node.name : (memberName(node) ?? '')
      if (wordsOf(name).some((word) => heldWords.has(word))) return 'stop'
      return isFlagGiven(node, frame, this.#sourceCode) || this.#isSetByHolder(node) ? 'stop' : undefined
    })
  }

  /** `this.busy = true` in the code that holds the slot, or just before it takes it. */
  #isSetByHolder(node: Node): boolean {
    const place = placeAt(node, this.#sourceCode)
    const owner = enclosingFunction(this.#holder.call)
    if (!place || !owner || !outlives(place, owner)) return false
    return nodesOf(this.#sourceCode, 'AssignmentExpression').some(({ left, range }) => {
      if (range[0] < owner.range[0] || range[1] > owner.range[1]) return false
      const written = placeAt(left, this.#sourceCode)
      return written !== null && written.root === place.root && written.text === place.text
    })
  }
}

function waitedFor(node: Node): Node | null {
  switch (node.type) {
    case 'AwaitExpression':
      return node.argument
    case 'ReturnStatement':
      return node.argument
    case 'ForOfStatement':
      return node.await ? node.right : null
    default:
      return null
  }
}

/** What the caller gives for a parameter of the function: `callback` of `await callback()`. */
function argumentFor(name: TSESTree.Identifier, { node, args }: Frame, sourceCode: SourceCode): Node | null {
  const variable = node && callsOf(sourceCode).variableOf(name)
  const index = variable ? node.params.findIndex((parameter) => parameter === (variable.defs[0]?.name as Node | undefined)) : -1
  const given = index < 0 ? undefined : args?.[index]
  return given && given.type !== 'SpreadElement' ? given : null
}

/** By what names a function that is called has what goes by `names` where it is called. */
function namesIn(node: FunctionNode, args: readonly Node[] | null, names: Names, isOfOther: boolean, sourceCode: SourceCode): SlotOwner[] {
  const found: SlotOwner[] = names.filter(({ place, owner, key }) => {
    if (typeof key === 'object' && key !== null && isDeclaredIn(key, node)) return false
    if (place === null) return true
    // Another object of the class has a limiter of its own.
    if (place.root === 'this') return !isOfOther && enclosingClass(node.body) === owner
    return !isDeclaredIn(place.root, node)
  })
  for (const [i, parameter] of node.params.entries()) {
    const given = args?.[i]
    if (parameter.type !== 'Identifier' || !given || given.type === 'SpreadElement') continue
    const place = placeAt(given, sourceCode)
    const root = callsOf(sourceCode).variableOf(parameter)
    const name = place && names.find((each) => each.place && isSame(each.place, place))
    if (name && root) found.push({ place: { node: parameter, root, text: parameter.name, keyed: false }, owner: null, key: name.key })
  }
  return found
}

/** Whether each call of a function has a variable of its own. */
function isDeclaredIn({ defs }: Variable, node: FunctionNode): boolean {
  const name = defs[0]?.name as Node | undefined
  return name !== undefined && isInside(name, node)
}

/** Whether a test looks at a parameter by which the caller may say that it holds the slot: `save(user, { locked: true })`. */
function isFlagGiven(node: Node, { node: owner, args }: Frame, sourceCode: SourceCode): boolean {
  if (!owner || !args || node.type !== 'Identifier') return false
  const variable = referencesOf(sourceCode).get(node)?.resolved
  const index = variable ? owner.params.findIndex((parameter) => variable.defs.some(({ name }) => isInside(name as Node, parameter))) : -1
  if (index < 0) return false
  const given = args[index]
  if (!given || given.type === 'SpreadElement' || isNothing(given)) return true
  const value = unwrap(given)
  if (value.type === 'Identifier') return namesAlong(value, { throughCalls: false }).some((name) => wordsOf(name).some((word) => heldWords.has(word) || releasingMethods.has(word)))
  return value.type === 'Literal' || value.type === 'ObjectExpression' || value.type === 'UnaryExpression' || isFunction(value)
}
