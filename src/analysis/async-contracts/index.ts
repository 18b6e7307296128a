/**
 * Who needs the promise of an `async` function that awaits nothing? Contracts come first, then the uses in the file:
 * silence has a reason, and so has a report.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { endsInWord, plainName, startsWithWord } from '../../ast/names.ts'
import { isFunction, memberName, walkOwnCode, type ClassNode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { askedVerbs, calledKinds, calledVerbs, conventionalExports, conventionalMembers, synchronousMembers, waitingHooks } from '../../knowledge/async-conventions.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { blockingOf, mayBlock } from '../blocking/index.ts'
import { callsOf, returnedExpressions } from '../calls/index.ts'
import { hasDirective } from '../exports/index.ts'
import { handlersOf } from '../handlers/index.ts'
import { attributeConsumption, consumptionOf, resultConsumption, usesOf, type Consumption, type Place, type Use } from '../uses/index.ts'
import { callbackCallOf, isAnswer, settlingCallOf } from './continuations.ts'
import { contractOfClass, contractOfMember, contractOfType, type Contract } from './declared-contracts.ts'
import { throwingOf, type Throwing } from './exceptions.ts'
import { handlerResultOf, type FileContext } from './handler-results.ts'
import {
  hasControlFlow,
  hasLogic,
  hasUnusedParameter,
  hasWaitingSibling,
  isConstant,
  isDispatchedWithPromises,
  isStatedInComment,
  promisesInComment,
  returnsElements,
} from './families.ts'
import { isPluginHook } from './plugin-hooks.ts'
import { returnedBy, type Returned } from './returned-values.ts'
import { suspends } from './suspensions.ts'
import { contextualContract, inheritedContract } from './typed-promises.ts'

export { hearsRejections, type FileContext } from './handler-results.ts'
export { catchesAll, isPure } from './exceptions.ts'
export { resolvedValue } from './returned-values.ts'
export { isSuspension } from './suspensions.ts'
export { isPromiseType } from './declared-contracts.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** A use, and what becomes of the promise there. */
export interface ConsumedUse {
  readonly use: Use
  readonly consumption: Consumption
}

/**
 * - `empty`: a stub or a function that does nothing by design.
 * - `rejection`: it throws, and somebody may rely on a rejection.
 * - `returns-promise`: what it returns is, or may be, a promise.
 * - `contract`: an interface, base class, annotation, framework or convention asks for a promise.
 * - `chained`: somebody calls `then`, `catch` or `finally` on the promise.
 * - `public`: code outside this file may use it.
 * - `out-of-sight`: the function or its promise goes where nothing is known of it.
 * - `unused`: nothing in the file uses it.
 * - `stated`: a comment says that it is meant to be so.
 * - `blocks`: it blocks where requests wait for it, and ought to await: what is wrong is not its `async`.
 */
export type Reason = 'stated' | 'blocks' | 'empty' | 'rejection' | 'returns-promise' | 'contract' | 'chained' | 'public' | 'out-of-sight' | 'unused'

export interface Facts {
  readonly place: Place
  readonly uses: readonly ConsumedUse[]
  readonly returned: Returned
  readonly throwing: Throwing
  /** The call by which it hands its outcome on, where that is why nobody needs its promise. */
  readonly answer: Node | null
}

export type Verdict =
  /** Nobody needs the promise. */
  | (Facts & { readonly kind: 'idle' })
  /** Somebody does. */
  | { readonly kind: 'needed'; readonly reason: Reason; readonly because: Node }
  /** Nothing here needs it, but something may. */
  | (Facts & { readonly kind: 'unknown'; readonly reason: Reason; readonly because: Node })

/**
 * Whether a function may be `idle`: false for most, by what it returns alone, which is cheap to tell. A callback that
 * nobody listens to may be, whatever it returns.
 */
export function mayBeIdle(node: FunctionNode, sourceCode: SourceCode): boolean {
  if (!node.async || node.generator || suspends(node, sourceCode.visitorKeys) || isEmpty(node)) return false
  const place = usesOf(sourceCode).placeOf(node)
  if (isInline(place)) return true
  const { kind } = returnedBy(node, sourceCode)
  return kind !== 'promise' && kind !== 'unknown' && (kind !== 'computed' || isOwn(place))
}

/** The verdict on a function; null for one that is not `async`, is a generator, or awaits something. */
export function asyncVerdictOf(node: FunctionNode, sourceCode: SourceCode, file: FileContext): Verdict | null {
  const verdict = verdictOf(node, sourceCode, file)
  const blocking = verdict && verdict.kind !== 'needed' ? blockingCall(node, sourceCode, file) : null
  return blocking ? { kind: 'needed', reason: 'blocks', because: blocking } : verdict
}

/** A call that holds up requests and has an asynchronous form: `async (req, res) => res.send(fs.readFileSync(path))`. */
function blockingCall(node: FunctionNode, sourceCode: SourceCode, file: FileContext): Node | null {
  if (!mayBlock(sourceCode).byCall) return null
  const handlers = handlersOf(sourceCode, file, file.filename)
  let found: Node | null = null
  walkOwnCode(node, sourceCode.visitorKeys, (each) => {
    if (each.type !== 'CallExpression') return
    const fact = blockingOf(sourceCode).factOf(each)
    if (!fact || fact.cheap || fact.replacement.kind === 'advice') return
    if (!handlers.handlerOf(each)?.handler.certain && !(fact.password && handlers.isPerLogin(each))) return
    found = each
    return 'stop'
  })
  return found
}

/**
 * The first reason that holds is the one that is given, so the order of the questions is part of the answer: what the
 * function itself says (empty, commented, only throws); what asks for its promise (contracts, `.then`); what it returns;
 * what may hear of its failure; who else may call it (`tests/analysis/order-of-reasons.test.ts`).
 */
function verdictOf(node: FunctionNode, sourceCode: SourceCode, file: FileContext): Verdict | null {
  if (!node.async || node.generator || suspends(node, sourceCode.visitorKeys)) return null
  if (isEmpty(node)) return { kind: 'needed', reason: 'empty', because: node.body }
  if (isStatedInComment(node, sourceCode)) return { kind: 'needed', reason: 'stated', because: node }
  if (onlyThrows(node)) return { kind: 'needed', reason: 'rejection', because: node.body }
  const uses = usesOf(sourceCode)
  const place = uses.placeOf(node)
  const handled = handlerResultOf(node, place, sourceCode, file)
  const contract = contractAt(node, place, sourceCode)
  if (contract.kind === 'required' || handled === 'required') return { kind: 'needed', reason: 'contract', because: contract.because ?? node }
  const settling = isInline(place) ? settlingCallOf(node, sourceCode) : null
  const consumed = uses.of(node).map((use) => ({ use, consumption: unneeded(handledOr(consumptionAt(use, sourceCode), handled, place), settling) }))
  const chained = consumed.find(({ consumption }) => consumption.kind === 'chained')
  if (chained) return { kind: 'needed', reason: 'chained', because: chained.consumption.node }

  const returned = returnedBy(node, sourceCode)
  const throwing = throwingOf(node, sourceCode)
  const facts: Facts = { uses: consumed, returned, throwing, place, answer: answerOf(contract, consumed, settling) }
  const unknown = (reason: Reason, because: Node): Verdict => ({ kind: 'unknown', reason, because, ...facts })

  const isDropped = isInline(place) && consumed.every(({ consumption }) => consumption.kind === 'dropped' || isPromiseCallback(place))
  const isDoubtful = returned.kind === 'unknown' || (returned.kind === 'computed' && !isAwaitedByAll(place, consumed))
  if ((returned.kind === 'promise' || isDoubtful) && !isDropped) {
    const because = returned.because ?? node
    return returned.kind === 'promise' ? { kind: 'needed', reason: 'returns-promise', because } : unknown('returns-promise', because)
  }
  if (contract.kind === 'hidden' || (handled !== null && !isInline(place)) || handled === 'unknown') return unknown('contract', contract.because ?? node)
  if (throwing !== 'never' && consumed.some(({ consumption }) => isSettledApart(consumption))) return unknown('rejection', node)
  // Whoever takes the function by its declared type cannot count on a promise.
  if (contract.kind === 'free') return { kind: 'idle', ...facts }
  const alternative = uses.alternativesOf(place).find((value) => value !== node && isFunction(value) && value.async && suspends(value, sourceCode.visitorKeys))
  if (alternative) return unknown('contract', alternative)
  const lost = consumed.find(({ use, consumption }) => consumption.kind === 'kept' && use.kind !== 'exported')
  if (lost) return unknown('out-of-sight', lost.use.node)
  if (isPublic(place) || consumed.some(({ use }) => use.kind === 'exported')) {
    return isInternal(node, facts, sourceCode) ? { kind: 'idle', ...facts } : unknown('public', node)
  }
  if (place.kind === 'member' && place.access === 'hidden' && isStandIn(node)) return unknown('empty', node)
  const dispatched = consumed.find(({ consumption }) => isDispatchedWithPromises(consumption, sourceCode))
  if (dispatched) return unknown('contract', dispatched.consumption.node)
  return consumed.length === 0 ? unknown('unused', node) : { kind: 'idle', ...facts }
}

/**
 * Whether a function that other files may use can be taken for one that they merely await: its signature is its own,
 * it computes or decides, no sibling with the same parameters really waits, and its comment promises
 * nothing. A method must have a caller in this file besides that waits for it or starts it for its own object, or start
 * an `async` method of its object without waiting, and not say `throw`.
 */
function isInternal(node: FunctionNode, { uses, returned, throwing, place }: Facts, sourceCode: SourceCode): boolean {
  if (isDefaultExport(node.parent) && !isProcedure(node)) return false
  if (uses.some(({ use }) => use.kind === 'exported' && isDefaultExport(use.node))) return false
  if (returned.kind === 'settled' || hasUnusedParameter(node, sourceCode)) return false
  if (hasWaitingSibling(node, place, sourceCode) || promisesInComment(node, sourceCode)) return false
  if (place.kind === 'member') {
    if (throwing === 'does' || isStandIn(node)) return false
    const isWaitedFor = ({ consumption: { kind } }: ConsumedUse) => kind === 'awaited' || kind === 'adopted'
    return uses.some((used) => isWaitedFor(used) || (used.consumption.kind === 'dropped' && isOwnCall(used.use, place.owner, sourceCode))) || startsSibling(node, place.owner, sourceCode)
  }
  if (place.kind !== 'variable' && place.kind !== 'exported') return false
  if (returnsElements(node, sourceCode)) return false
  const values = returnedExpressions(node, sourceCode)
  if (values.length === 0 && isProcedureName(nameOfPlace(place))) return true
  const computes = values.some((value) => !isConstant(value)) || values.length > 1
  return computes ? hasLogic(node) : hasControlFlow(node)
}

/** `export default async function pinVersions(release, versions) { for (…) … }`: what is looked up by its file takes one thing, or is named for whoever does. */
function isProcedure(node: FunctionNode): boolean {
  return node.type === 'FunctionDeclaration' && node.params.length >= 2 && isProcedureName(node.id?.name ?? null) && hasControlFlow(node)
}

/**
 * A name of several words, none of which says that something else calls the function: `removeTeam`. Those who look
 * functions up by name do so by one word (`run`, `start`), and handlers are `handleLogout` or `onClose`.
 */
function isProcedureName(name: string | null): boolean {
  return name !== null && /^[a-z]+[\dA-Z]/.test(name) && !startsWithWord(name, calledVerbs) && !endsInWord(name, calledKinds)
}

function nameOfPlace(place: Place): string | null {
  if (place.kind === 'variable') return place.variable.name
  return place.kind === 'exported' ? exportedName(place.node) : null
}

/** `this.consume()` as a statement, of an `async` method of the class that waits: what there is to wait for is let go here. */
function startsSibling(node: FunctionNode, owner: ClassNode, sourceCode: SourceCode): boolean {
  let found = false
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' || child.parent.type !== 'ExpressionStatement' || child.callee.type !== 'MemberExpression') return undefined
    if (child.callee.object.type !== 'ThisExpression') return undefined
    const name = memberName(child.callee)
    found = owner.body.body.some((element) => element.type === 'MethodDefinition' && memberName(element) === name && isFunction(element.value) && element.value.async && suspends(element.value, sourceCode.visitorKeys))
    return found ? 'stop' : undefined
  })
  return found
}

/** `this.f()`: by the name of the method alone, what is called may be another class's. */
function isOwnCall({ node }: Use, owner: ClassNode, sourceCode: SourceCode): boolean {
  if (node.type !== 'MemberExpression') return false
  const { root } = callsOf(sourceCode).originOf(node.object)
  return node.object.type === 'ThisExpression' || (root.kind === 'class' && root.node === owner)
}

/** `export default f`, `module.exports = f`: whoever loads the file knows what it is to be. */
function isDefaultExport(node: Node): boolean {
  if (node.type === 'ExportDefaultDeclaration' || node.type === 'TSExportAssignment') return true
  if (node.type === 'ExportSpecifier') return node.exported.type === 'Identifier' && node.exported.name === 'default'
  return node.type === 'AssignmentExpression' && exportedName(node) === null
}

/** `return undefined`, `return []`, `return this.x`: a hook for subclasses, or one of several that may do nothing. */
function isStandIn(node: FunctionNode): boolean {
  const only = node.body.type !== 'BlockStatement' ? node.body : node.body.body.length === 1 ? node.body.body[0] : null
  const value = only?.type === 'ReturnStatement' ? only.argument : only
  if (value === undefined || only === null) return false
  return value === null || isConstant(value) || value.type === 'MemberExpression'
}

/** `.then(async (x) => f(x))`: a promise's callback may return a promise or not, throw or reject, all the same. */
export function isPromiseCallback(place: Place): boolean {
  if (place.kind !== 'argument' || place.call.callee.type !== 'MemberExpression') return false
  return chainingMethods.has(memberName(place.call.callee) ?? '')
}

/** A framework that calls an inline handler says more than the call it is passed to. */
function handledOr(consumption: Consumption, handled: 'dropped' | 'adopted' | 'unknown' | null, place: Place): Consumption {
  return (handled === 'dropped' || handled === 'adopted') && isInline(place) ? { kind: handled, node: consumption.node } : consumption
}

/** Whoever is handed a function that settles the promise around it goes by that promise. */
function unneeded(consumption: Consumption, settling: Node | null): Consumption {
  return settling && consumption.kind === 'kept' ? { kind: 'dropped', node: settling } : consumption
}

function answerOf(contract: Contract, consumed: readonly ConsumedUse[], settling: Node | null): Node | null {
  if (contract.kind === 'free' && contract.because?.type === 'CallExpression') return contract.because
  return consumed.some(({ consumption }) => consumption.node === settling) ? settling : null
}

/** Whether the file shows every caller, and each awaits what it gets: a promise or not, in a `try` or not, they get the same. */
function isAwaitedByAll(place: Place, uses: readonly ConsumedUse[]): boolean {
  return isOwn(place) && uses.length > 0 && uses.every(({ use, consumption }) => use.kind === 'called' && consumption.kind === 'awaited')
}

/** A local function, or a member that its name or its access keeps in the file. */
function isOwn(place: Place): boolean {
  if (place.kind === 'variable') return !place.exported
  return (place.kind === 'member' || place.kind === 'field') && place.access !== 'public'
}

function isInline({ kind }: Place): boolean {
  return kind === 'argument' || kind === 'attribute' || kind === 'listener'
}

/** A body without statements, or one that only returns a constant where another may do more. */
function isEmpty(node: FunctionNode): boolean {
  if (node.body.type !== 'BlockStatement') return node.body.type === 'Identifier' && node.body.name === 'undefined'
  return node.body.body.length === 0
}

/** `if (x) {}` and nothing besides: a place for a subclass. */
function isIdle(node: FunctionNode): boolean {
  if (node.body.type !== 'BlockStatement') return false
  return node.body.body.every((statement) => statement.type === 'IfStatement' && !statement.alternate && statement.consequent.type === 'BlockStatement' && statement.consequent.body.length === 0)
}

function onlyThrows(node: FunctionNode): boolean {
  if (node.body.type !== 'BlockStatement') return false
  const last = node.body.body.at(-1)
  return last?.type === 'ThrowStatement' && node.body.body.every(({ type }) => type === 'ThrowStatement' || type === 'VariableDeclaration')
}

function isPublic(place: Place): boolean {
  if (place.kind === 'exported' || place.kind === 'property') return true
  if (place.kind === 'variable') return place.exported
  return (place.kind === 'member' || place.kind === 'field') && place.access === 'public'
}

function consumptionAt(use: Use, sourceCode: SourceCode): Consumption {
  switch (use.kind) {
    case 'called':
      return consumptionOf(use.call, sourceCode)
    case 'passed':
      return resultConsumption(use.call, use.index, sourceCode)
    case 'attribute':
      return attributeConsumption(use.attribute)
    case 'listening':
      return { kind: 'dropped', node: use.assignment }
    default:
      return { kind: 'kept', node: use.node }
  }
}

/** `Promise.allSettled` tells a rejection from an exception. */
function isSettledApart({ node }: Consumption): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && memberName(node.callee) === 'allSettled'
}

/** What contracts say, by declarations of the file first and by types where they leave it open. */
function contractAt(node: FunctionNode, place: Place, sourceCode: SourceCode): Contract {
  const declared = declaredContract(node, place, sourceCode)
  if (declared.kind === 'required' || declared.kind === 'free') return declared
  // No component of a client's file may be asynchronous: https://react.dev/reference/rsc/server-components#async-components-with-server-components
  if (hasDirective(sourceCode.ast, 'use client') && returnsElements(node, sourceCode)) return { kind: 'free', because: node }
  // A wrapper may chain on what a function gives that it is handed, whatever that does besides.
  const answer = place.kind === 'argument' ? null : callbackCallOf(node, sourceCode)
  if (answer) return { kind: 'free', because: answer }
  const typed =
    place.kind === 'member' && place.name !== null && place.access !== 'private'
      ? inheritedContract(place.owner, place.name, sourceCode)
      : node.type === 'FunctionDeclaration'
        ? null
        : contextualContract(node, sourceCode)
  if (typed === null) return declared
  return { kind: typed, because: node }
}

function declaredContract(node: FunctionNode, place: Place, sourceCode: SourceCode): Contract {
  switch (place.kind) {
    case 'variable':
    case 'exported': {
      const annotation = place.kind === 'variable' ? place.declarator?.id.typeAnnotation : undefined
      if (annotation) return contractOfType(annotation.typeAnnotation, sourceCode)
      const name = place.kind === 'variable' ? place.variable.name : exportedName(place.node)
      const isExported = place.kind === 'exported' || place.exported || usesOf(sourceCode).of(node).some(({ kind }) => kind === 'exported')
      // Every export of a file of server functions must be asynchronous: https://react.dev/reference/rsc/use-server
      if (isExported && (name === null || conventionalExports.has(name) || hasDirective(sourceCode.ast, 'use server'))) return { kind: 'hidden', because: place.kind === 'exported' ? place.node : node }
      return { kind: 'none', because: null }
    }
    case 'member': {
      const { element, owner, name, access } = place
      if (name !== null && synchronousMembers.has(name)) return { kind: 'free', because: element }
      if (element.override) return { kind: 'required', because: element }
      if (name === null) return { kind: 'hidden', because: element }
      // A decorator may hand the method to a framework; one that the class itself uses is wrapped for its own sake.
      const isDecorated = (element.decorators?.length ?? 0) > 0
      if (isDecorated && (access !== 'private' || usesOf(sourceCode).of(node).length === 0)) return { kind: 'hidden', because: element }
      if (access === 'private') return { kind: 'none', because: null }
      if (conventionalMembers.has(name)) return { kind: 'hidden', because: element }
      const contract = contractOfClass(owner, name, sourceCode)
      return contract.kind === 'hidden' && isHelper(node, place, sourceCode) ? { kind: 'none', because: null } : contract
    }
    case 'field':
      return place.access === 'private' ? { kind: 'none', because: null } : contractOfClass(place.owner, place.name, sourceCode)
    case 'property': {
      const name = memberName(place.property)
      const type = annotatedTypeOf(place.object)
      if (!type && (isEventOption(node, place, sourceCode) || isPluginHook(place))) return { kind: 'free', because: place.property }
      if (!type) return { kind: 'hidden', because: place.property }
      return name === null ? { kind: 'hidden', because: place.property } : contractOfMember(type, name, sourceCode)
    }
    case 'argument':
      return contractOfParameter(place.call, place.index, sourceCode)
    default:
      return { kind: 'none', because: null }
  }
}

/**
 * Whether a method of a class with a base in another file is likely its own: it has a name of several words
 * (`resolveConfigFiles`, not `start`) that says what it does (`getId` is what bases ask their subclasses for), and the class
 * itself calls it.
 */
function isHelper(node: FunctionNode, { owner, name }: Place & { kind: 'member' }, sourceCode: SourceCode): boolean {
  const verb = plainName(name ?? '')
  if (!owner.superClass || (owner.implements ?? []).length > 0 || !isProcedureName(verb) || startsWithWord(verb, askedVerbs)) return false
  if (isStandIn(node) || isIdle(node)) return false
  const uses = usesOf(sourceCode).of(node)
  return uses.length > 0 && uses.every((use) => use.kind === 'called' && isOwnCall(use, owner, sourceCode))
}

/** The annotation on the parameter of a function of this file that takes a callback. */
function contractOfParameter(call: TSESTree.CallExpression | TSESTree.NewExpression, index: number, sourceCode: SourceCode): Contract {
  const called = callsOf(sourceCode).functionOf(call)
  if (!called) return { kind: 'none', because: null }
  const parameter = called.params[index]
  const target = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter
  const annotation = target?.type === 'Identifier' ? target.typeAnnotation : undefined
  const contract = annotation ? contractOfType(annotation.typeAnnotation, sourceCode) : null
  return contract && contract.kind !== 'hidden' ? contract : { kind: 'none', because: null }
}

/** The type that an object literal is written against: `const x: T = {…}`, `{…} satisfies T`. */
function annotatedTypeOf(object: TSESTree.ObjectExpression): TSESTree.TypeNode | null {
  const { parent } = object
  switch (parent.type) {
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
      return parent.typeAnnotation
    case 'VariableDeclarator':
      return parent.id.typeAnnotation?.typeAnnotation ?? null
    case 'PropertyDefinition':
      return parent.typeAnnotation?.typeAnnotation ?? null
    default:
      return null
  }
}

/**
 * `mutate(data, { onSuccess: async () => { close() } })`, `alert([{ onPress: async () => resolve(false) }])`: a listener
 * by its name that returns nothing. Fastify's hooks, which call back where they are not asynchronous, have names of
 * their own.
 */
function isEventOption(node: FunctionNode, { property, object }: Place & { kind: 'property' }, sourceCode: SourceCode): boolean {
  const name = memberName(property)
  if (name === null || !/^on[A-Z]/.test(name) || waitingHooks.has(name)) return false
  const { parent } = object.parent.type === 'ArrayExpression' ? object.parent : object
  if (parent.type !== 'CallExpression') return false
  return returnedExpressions(node, sourceCode).every((value) => value.type === 'CallExpression' && isAnswer(value, sourceCode))
}

function exportedName(node: Node): string | null {
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
    const name = memberName(node.left)
    return name === 'exports' || name === 'default' ? null : name
  }
  return null
}
