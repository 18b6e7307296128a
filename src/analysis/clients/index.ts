/**
 * Clients that are made where code runs again and again, although one would do: what a client is made of must be the same
 * each time (or one per tenant is meant), and nothing may keep it (or it is shared after all).
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingFunction, isInside, isKey, memberName, propertyOf, stringValue, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { functionName } from '../../ast/function-name.ts'
import { hasWord } from '../../ast/names.ts'
import { listeningMethods } from '../../knowledge/built-in-methods.ts'
import { awsClientFact, clientFacts, closers, dedicatingEvents, dedicatingMethods, edgeModules, tryingWords, type ClientFact } from '../../knowledge/clients.ts'
import type { Settings } from '../../options/settings.ts'
import { isAwsClient } from '../calls/aws-clients.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import { iterationOf, listOf } from '../cardinality/enclosing-iterations.ts'
import { dependsOn } from '../effects/dependence.ts'
import { exportsOf, isCalledFromOutside } from '../exports/index.ts'
import { runnerOf, type Handlers, type Reach } from '../handlers/index.ts'
import { lifeOf, type Life } from './life.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable
type Making = TSESTree.CallExpression | TSESTree.NewExpression

export interface RepeatedClient {
  readonly call: Making
  readonly fact: ClientFact
  /** What makes it again: a handler, the elements of a list, or callers that each bring another value. */
  readonly by:
    | { readonly kind: 'handler'; readonly reach: Reach }
    | { readonly kind: 'elements'; readonly list: Node }
    | { readonly kind: 'callers'; readonly owner: FunctionNode; readonly parameter: string }
  /** How the same code ends it again (`client.quit()`), or null. */
  readonly ended: Node | null
}

const facts = indexFacts(clientFacts)

export function mayMakeClients(sourceCode: SourceCode): boolean {
  return facts.mayOccurIn(sourceCode) || sourceCode.text.includes('@aws-sdk/')
}

/** The client that a call makes, if it makes one of a kind that is shared. */
function factOf(call: Making, calls: Calls): ClientFact | null {
  const origin = calls.calleeOf(call, facts.mayTypeName)
  const fact = facts.of(origin) ?? (isAwsClient(origin, call) ? awsClientFact : null)
  if (!fact?.onlyWith) return fact
  const [options] = call.arguments
  const option = options?.type === 'ObjectExpression' ? propertyOf(options, fact.onlyWith) : null
  return option?.value.type === 'Literal' && option.value.value === true ? fact : null
}

/**
 * Why a client is left alone:
 *
 * - `once`: it is made when the program starts, the first time, or for development.
 * - `kept`: it is returned, stored, or used by code that runs later.
 * - `alone`: its connection listens, blocks or watches, and serves nothing else.
 * - `apart`: what it is made of differs, or nothing in the file makes it again.
 */
export type Silence = 'once' | 'kept' | 'alone' | 'apart'

export interface LoneClient {
  readonly call: Making
  readonly silence: Silence
}

/** Every client that a file makes and that could be shared. `apis`: the user's entries of `settings.bounded.apis`. */
export function clientsOf(sourceCode: SourceCode, handlers: Handlers, { apis }: Pick<Settings, 'apis'>): (RepeatedClient | LoneClient)[] {
  if (runsAtTheEdge(sourceCode)) return []
  const calls = callsOf(sourceCode)
  const file: File = { sourceCode, calls, handlers, apis }
  return nodesOf(sourceCode, 'CallExpression', 'NewExpression').flatMap((call) => {
    const fact = factOf(call, calls)
    return fact ? [clientOf(call, fact, file)] : []
  })
}

function clientOf(call: Making, fact: ClientFact, file: File): RepeatedClient | LoneClient {
  if (!enclosingFunction(call) || file.handlers.isOnce(call)) return { call, silence: 'once' }
  const life = lifeOf(call, file.sourceCode, file.apis)
  if (!life) return { call, silence: 'kept' }
  if (life.some(needsItsOwn)) return { call, silence: 'alone' }
  const by = repeatedBy(call, life, file)
  return by ? { call, fact, by, ended: life.find(isEnding) ?? null } : { call, silence: 'apart' }
}

interface File {
  readonly sourceCode: SourceCode
  readonly calls: Calls
  readonly handlers: Handlers
  readonly apis: Settings['apis']
}

/** Edge functions may not share a connection between requests. */
function runsAtTheEdge(sourceCode: SourceCode): boolean {
  const runtime = exportsOf(sourceCode).byName.get('runtime')
  if (runtime && /^(?:experimental-)?edge$/.test(stringValue(runtime) ?? '')) return true
  return nodesOf(sourceCode, 'ImportDeclaration').some(({ source }) => edgeModules.test(source.value))
}

/** `client.subscribe(…)`, `client.on('notification', …)`. */
function needsItsOwn(use: Node): boolean {
  const call = use.parent
  if (use.type !== 'MemberExpression' || call?.type !== 'CallExpression' || call.callee !== use) return false
  const method = memberName(use) ?? ''
  return dedicatingMethods.test(method) || (listeningMethods.has(method) && dedicatingEvents.has(stringValue(call.arguments[0]) ?? ''))
}

function isEnding(use: Node): boolean {
  return use.type === 'MemberExpression' && closers.has(memberName(use) ?? '')
}

function repeatedBy(call: Making, life: Life, file: File): RepeatedClient['by'] | null {
  const reach = file.handlers.handlerOf(call)
  if (reach?.handler.certain && !reach.handler.rare && isAlike(call, runnerOf(reach, call), file)) return { kind: 'handler', reach }
  const iteration = iterationOf(call)
  const list = iteration && listOf(iteration)
  if (list && isAlike(call, iteration.node, file)) return { kind: 'elements', list }
  return byCallers(call, life, file)
}

/**
 * An exported function or a method whose callers bring each another value, and that gives it to the client: what differs
 * between two calls is the work and not the client.
 */
function byCallers(call: Making, life: Life, file: File): RepeatedClient['by'] | null {
  const owner = enclosingFunction(call) as FunctionNode
  const name = functionName(owner)
  if (name === null || hasWord(name, tryingWords) || !isCalledFromOutside(owner, file.sourceCode)) return null
  if (!isAlike(call, owner, file)) return null
  const parameter = parameterGivenTo(life, owner, file)
  return parameter === null ? null : { kind: 'callers', owner, parameter }
}

/** A parameter that goes into the arguments of the client's methods: `client.get(key)`, ``client.get(`user:${key}`)``. */
function parameterGivenTo(life: Life, owner: FunctionNode, file: File): string | null {
  for (const use of life) {
    const used = use.parent
    if (use.type !== 'MemberExpression' || used?.type !== 'CallExpression' || used.callee !== use) continue
    for (const argument of used.arguments) {
      const parameter = parameterIn(argument, owner, file, new Set())
      if (parameter !== null) return parameter
    }
  }
  return null
}

/** A parameter of `owner` that a value is made of. */
function parameterIn(value: Node, owner: FunctionNode, file: File, seen: Set<Variable>): string | null {
  let found: string | null = null
  walk(value, file.sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' && !isKey(node) ? file.calls.variableOf(node) : null
    const definition = variable?.defs[0]
    if (variable && definition && !seen.has(variable)) {
      seen.add(variable)
      if (definition.type === 'Parameter' && definition.node === owner) found = variable.name
      const init = definition.type === 'Variable' && isInside(definition.name as Node, owner) ? (definition.node as TSESTree.VariableDeclarator).init : null
      found ??= init && parameterIn(init, owner, file, seen)
    }
    return found === null ? undefined : 'stop'
  })
  return found
}

/** Whether what a client is made of is the same each time that `repeated` runs: nothing that it gets goes into it. */
function isAlike(call: Making, repeated: Node, file: File): boolean {
  return call.arguments.every((argument) => !dependsOn(argument, repeated, file.sourceCode))
}
