/**
 * What held code waits for that has nothing to do with what is held: somebody else's answer, another process, the clock, or a
 * second connection of the same pool.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { endsInWord, nameOf, namesAlong, wordsOf } from '../../ast/names.ts'
import { isFunction, memberName, unwrap, walk, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { combinatorMethods } from '../../knowledge/combinators.ts'
import { clientWords, modelMethods } from '../../knowledge/naming.ts'
import { clientSuffixes, deferringVerbs, directionWords, messageWords, outsideServices, queryMethods, remoteKinds, sendingVerbs, sleepingCalls, transferVerbs } from '../../knowledge/transactions.ts'
import { waitFacts } from '../../knowledge/timers.ts'
import { callsOf, indexFacts } from '../calls/index.ts'
import { isPacing } from '../loops/pacing.ts'
import type { Sight } from '../loops/sight.ts'
import { addNames, mentionsAny, spread, type Variable } from './variables.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Outside {
  readonly kind: 'network' | 'process' | 'pause' | 'pool'
  /** `known` by a table; `likely` where only the name of the callee says so. */
  readonly certainty: 'known' | 'likely'
  /** The call that goes out, and the file in which it stands. */
  readonly call: Node
  readonly in: SourceCode
  /** The functions between the awaited call and that one, outermost first. */
  readonly via: readonly FunctionNode[]
}

const waits = indexFacts(waitFacts)

/** Chains of functions longer than this are not followed. */
const MAX_DEPTH = 4
/** A pause shorter than this, in milliseconds, is a turn of the event loop. */
const SHORT = 20

/**
 * The calls in a function's code that its promise waits for, those in functions that it calls at once included. What runs only
 * where something has failed, or when all is done, is left out.
 */
export function waitedFor(root: FunctionNode, sourceCode: SourceCode): Node[] {
  const found: Node[] = []
  walk(root.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'CatchClause' || (node.parent?.type === 'TryStatement' && node.parent.finalizer === node)) return 'skip'
    if (isFunction(node)) {
      const call = node.parent
      const isAtOnce = call.type === 'CallExpression' && (call.callee === node || !deferringVerbs.has(wordsOf(nameOf(call.callee) ?? '')[0] ?? '')) && waitOf(call, root) !== null
      return isAtOnce ? undefined : 'skip'
    }
    if (isCall(node) && waitOf(node, root)) found.push(node)
    return undefined
  })
  return found
}

/** Where the promise of `root` comes to wait for this call's: an `await`, or what gives it back; null where it does not. */
export function waitOf(call: Node, root: FunctionNode): Node | null {
  let current = call
  for (let parent = current.parent; parent; current = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'AwaitExpression':
        return parent
      case 'ChainExpression':
      case 'TSNonNullExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'LogicalExpression':
      case 'ArrayExpression':
      case 'SpreadElement':
        continue
      case 'ConditionalExpression':
        if (parent.test === current) return null
        continue
      case 'MemberExpression':
        if (parent.object !== current || !chainingMethods.has(memberName(parent) ?? '')) return null
        continue
      case 'CallExpression':
        if (parent.callee === current || isAdopting(parent)) continue
        return null
      case 'ReturnStatement':
      case 'ArrowFunctionExpression': {
        const owner = parent.type === 'ArrowFunctionExpression' ? parent : ownerOf(parent)
        if (owner === root) return parent
        // What an inline function gives back: `ids.map((id) => fetch(id))`.
        const outer = owner?.parent
        if (!owner || outer?.type !== 'CallExpression' || (parent === owner && owner.body !== current)) return null
        parent = outer
        continue
      }
      default:
        return null
    }
  }
  return null
}

function ownerOf(node: Node): FunctionNode | null {
  let current: Node | undefined = node
  while (current && !isFunction(current)) current = current.parent
  return current ?? null
}

/** `Promise.all([…])`; a race is there to wait no longer than it must. */
function isAdopting({ callee }: { readonly callee: Node }): boolean {
  const method = callee.type === 'MemberExpression' ? memberName(callee) : null
  return method !== null && method !== 'race' && combinatorMethods.has(method)
}

const isCall = (node: Node): node is CallLike => node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression'

/** What an awaited call waits for outside; null where it waits for nothing of the kind, or works with what is held. */
export function outsideOf(call: Node, handles: ReadonlySet<Variable>, sight: Sight, path: readonly FunctionNode[] = []): Outside | null {
  if (!isCall(call)) return null
  const fact = sight.work.factOf(call)
  if (fact) {
    const isOut = (fact.work === 'network' || fact.work === 'process') && fact.access !== 'ordered'
    return isOut && !hands(call, handles, sight.sourceCode) ? { kind: fact.work, certainty: 'known', call, in: sight.sourceCode, via: [] } : null
  }
  const body = sight.bodyOf(call)
  if (body) return path.includes(body.node) || path.length >= MAX_DEPTH ? null : inBody(call, body, handles, sight, path)
  if (isPause(call, sight)) return { kind: 'pause', certainty: 'known', call, in: sight.sourceCode, via: [] }
  return isOutsideByName(call, sight) && !mentionsAny(call, handles, sight.sourceCode) ? { kind: 'network', certainty: 'likely', call, in: sight.sourceCode, via: [] } : null
}

/**
 * A query on what the held thing was taken from: `prisma.user.update(…)` beside `tx`, `pool.query(…)` beside `client`. It is no part of
 * the transaction, and needs a connection while one is held.
 */
export function secondOf(call: Node, source: Node, handles: ReadonlySet<Variable>, sight: Sight): Outside | null {
  const { sourceCode } = sight
  if (!isCall(call) || mentionsAny(call, handles, sourceCode)) return null
  const isQuery = sight.work.factOf(call)?.work === 'database' || methodsOn(source, call, sourceCode).some((name) => queryMethods.has(name) || modelMethods.has(name))
  return isQuery && methodsOn(source, call, sourceCode).length > 0 ? { kind: 'pool', certainty: 'known', call, in: sourceCode, via: [] } : null
}

/** The members of a chain that starts at `source`: `user`, `update` of `prisma.user.update(…)`; `''` where it is called itself. */
function methodsOn(source: Node, call: CallLike, sourceCode: SourceCode): string[] {
  const text = sourceCode.getText(source)
  const names: string[] = []
  for (let current: Node = call; ; ) {
    current = unwrap(current)
    if (names.length > 0 && sourceCode.getText(current) === text) return names
    if (current.type === 'MemberExpression') {
      names.push(memberName(current) ?? '')
      current = current.object
    } else if (isCall(current)) {
      if (current.type === 'NewExpression') return []
      current = current.type === 'CallExpression' ? current.callee : current.tag
      if (sourceCode.getText(unwrap(current)) === text) return [...names, '']
    } else return []
  }
}

/** The strongest of what a function waits for; its parameters that get what is held stand for it. */
function inBody(call: CallLike, body: NonNullable<ReturnType<Sight['bodyOf']>>, handles: ReadonlySet<Variable>, sight: Sight, path: readonly FunctionNode[]): Outside | null {
  const inner = new Set(body.in === sight ? handles : [])
  if (call.type !== 'TaggedTemplateExpression') {
    for (const [i, parameter] of body.node.params.entries()) {
      const argument = call.arguments[i]
      if (argument && mentionsAny(argument, handles, sight.sourceCode)) addNames(parameter, inner, body.in.sourceCode)
    }
  }
  const made = spread(inner, 'made', body.node.body, body.in.sourceCode)
  let found: Outside | null = null
  for (const waited of waitedFor(body.node, body.in.sourceCode)) {
    const outside = outsideOf(waited, made, body.in, [...path, body.node])
    if (outside && (!found || strength(outside) > strength(found))) found = { ...outside, via: [body.node, ...outside.via] }
  }
  return found
}

const strength = ({ kind, certainty }: Outside): number => (certainty === 'known' ? 2 : 0) + (kind === 'pause' ? 0 : 1)

/** Whether a call hands the held thing itself over: `record(tx, order)`, `record(order, { transaction: t })`. */
function hands(call: CallLike, handles: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  if (call.type === 'TaggedTemplateExpression') return false
  const isHeld = (node: Node): boolean => {
    const value = unwrap(node)
    if (value.type === 'Identifier') return handles.has(callsOf(sourceCode).variableOf(value) as Variable)
    if (value.type === 'SpreadElement') return isHeld(value.argument)
    return value.type === 'ObjectExpression' && value.properties.some((property) => isHeld(property.type === 'Property' ? property.value : property.argument))
  }
  return call.arguments.some((argument) => isHeld(argument))
}

/** A pause of some length: by a table, by what it does, or by a name that says nothing else. */
function isPause(call: CallLike, sight: Sight): boolean {
  if (call.type === 'TaggedTemplateExpression' || !isPacing(call, sight)) return false
  const length = lengthOf(call)
  if (length !== null && length < SHORT) return false
  if (call.type === 'NewExpression') return length !== 0
  const fact = waits.of(callsOf(sight.sourceCode).calleeOf(call))
  return fact ? fact.ms !== null : endsInWord(nameOf(call.callee), sleepingCalls)
}

/** The milliseconds that are written where a pause is asked for; null where none are. */
function lengthOf(call: CallLike): number | null {
  if (call.type === 'TaggedTemplateExpression') return null
  const [first] = call.arguments
  if (first && isFunction(first)) {
    const timer = first.body.type === 'BlockStatement' ? null : unwrap(first.body)
    return timer?.type === 'CallExpression' ? (timer.arguments[1] ? numberOf(timer.arguments[1]) : 0) : null
  }
  return first ? numberOf(first) : null
}

const numberOf = (node: Node): number | null => (node.type === 'Literal' && typeof node.value === 'number' ? node.value : null)

/** Whether the name of a callee says that it waits for somebody else: `sendEmail`, `stripe.refunds.create`, `uploadToBucket`. */
function isOutsideByName(call: CallLike, { sourceCode }: Sight): boolean {
  if (call.type !== 'CallExpression') return false
  const { root } = callsOf(sourceCode).calleeOf(call)
  if (root.kind === 'function' || root.kind === 'class' || root.kind === 'global' || (root.kind === 'module' && root.name.startsWith('node:'))) return false
  const [name = '', ...receivers] = namesAlong(unwrap(call.callee), { throughCalls: true })
  if (receivers.some((each) => clientWords.get(wordsOf(each).at(-1) ?? '') === 'database')) return false
  if (receivers.some(isRemote)) return true
  const words = wordsOf(name)
  const [verb = ''] = words
  if (transferVerbs.has(verb)) return words.length > 1 || receivers.length > 0
  if (sendingVerbs.has(verb)) return [...words, ...wordsOf(receivers[0] ?? '')].some((word) => messageWords.has(word))
  return words.length > 2 && directionWords.has(words.at(-2) ?? '') && outsideServices.has(words.at(-1) ?? '')
}

/** `stripe`, `this.s3Client`: the service and at most that it is a client of it; `apiClient`: a client of something of that kind. */
function isRemote(name: string): boolean {
  const words = wordsOf(name)
  if (words.at(-1) === 'client' && remoteKinds.has(words.at(-2) ?? '')) return true
  const [service = '', ...others] = words.filter((word) => !clientSuffixes.has(word))
  return others.length === 0 && outsideServices.has(service)
}
