/**
 * Whether a task runs under a limit: by a limiter from a library, resolved by binding; by a limiter from another file,
 * recognised by its name; and whether that limiter limits anything.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { hasWord, nameOf } from '../../ast/names.ts'
import { isFunction, isInfinity, isInside, memberName, propertyOf, unwrap, walk, type CallLike, type Node } from '../../ast/nodes.ts'
import { boundedMapFacts, limiterFacts, limiterMethods, limiterWords, type BoundedMapFact, type ConcurrencyArgument } from '../../knowledge/limiters.ts'
import { isListName } from '../cardinality/list-names.ts'
import { callsOf, indexFacts, type Calls, type Origin } from '../calls/index.ts'

export type Limit =
  /** `by`: the call that passes the task through the limiter. */
  | { readonly kind: 'limited'; readonly by: Node }
  /** A limiter without a limit, or a new one for every element: `made` is where it is created. */
  | { readonly kind: 'unlimited' | 'per-element'; readonly by: Node; readonly made: CallLike }

/** A library's map with a concurrency of its own, such as `pMap(list, f, options)`. */
export interface BoundedMap {
  readonly fact: BoundedMapFact
  readonly list: Node
  readonly mapper: Node
  readonly isUnlimited: boolean
}

export interface Limiters {
  /** The limit that what runs per element goes through; null when nothing limits it. */
  around(task: Node): Limit | null
  boundedMapOf(call: TSESTree.CallExpression): BoundedMap | null
}

const factories = indexFacts(limiterFacts)
const limiterModules = [...new Set(limiterFacts.flatMap(({ module }) => module))]
const maps = indexFacts(boundedMapFacts)
const cache = new WeakMap<object, Limiters>()

/** Whether a file can have a library's map with a concurrency of its own. */
export function mayMapBounded(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return maps.mayOccurIn(sourceCode)
}

export function limitersOf(sourceCode: Readonly<TSESLint.SourceCode>): Limiters {
  const known = cache.get(sourceCode)
  if (known) return known
  const calls = callsOf(sourceCode)
  const limiters: Limiters = {
    around: (task) => limitAround(task, task, calls, sourceCode, 0),
    boundedMapOf: (call) => boundedMapOf(call, calls),
  }
  cache.set(sourceCode, limiters)
  return limiters
}

/** Local functions are followed this far: a mapper, the function it calls, and the one that wraps the work. */
const MAX_DEPTH = 3

function limitAround(
  node: Node,
  task: Node,
  calls: Calls,
  sourceCode: Readonly<TSESLint.SourceCode>,
  depth: number,
): Limit | null {
  let found: Limit | null = null
  const local: Node[] = []
  const expression = unwrap(node)
  if (!isFunction(expression) && expression.type !== 'CallExpression') local.push(expression)
  walk(node, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' && child.type !== 'NewExpression') return
    const limit = limitOfCall(child, task, calls)
    if (limit && (!found || limit.kind === 'limited')) found = limit
    if (child.type === 'CallExpression') local.push(child.callee)
    return limit?.kind === 'limited' ? 'stop' : undefined
  })
  if (found || depth >= MAX_DEPTH) return found
  for (const callee of local) {
    const { root, steps } = calls.originOf(callee)
    if (root.kind !== 'function' || steps.length > 0 || isInside(node, root.node)) continue
    const limit = limitAround(root.node, task, calls, sourceCode, depth + 1)
    if (limit) return limit
  }
  return null
}

function limitOfCall(call: TSESTree.CallExpression | TSESTree.NewExpression, task: Node, calls: Calls): Limit | null {
  const origin = calls.calleeOf(call, (_, modules) => limiterModules.some(modules.has))
  const resolved = limiterBehind(origin)
  if (resolved) {
    const { made, concurrency, alsoLimitedBy } = resolved
    if (made && isInside(made, task)) return { kind: 'per-element', by: call, made }
    if (made && isUnlimited(made, concurrency, alsoLimitedBy)) return { kind: 'unlimited', by: call, made }
    return { kind: 'limited', by: call }
  }
  if (isMapOfOthers(call, origin)) return null
  // The option of a limiter's factory says how much it limits, and not that this call goes through it.
  return isNamedLimiter(call, origin) || isMadeWithLimit(call, calls) || (!factories.of(origin) && hasConcurrencyOption(call)) ? { kind: 'limited', by: call } : null
}

/** `const caller = new Caller({ maxConcurrency: 5 })` for `caller.call(…)`: whatever it is, it was told how much to do at once. */
function isMadeWithLimit(call: TSESTree.CallExpression | TSESTree.NewExpression, calls: Calls): boolean {
  const callee = unwrap(call.callee)
  const holder = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee
  const definition = call.type === 'CallExpression' && holder.type === 'Identifier' ? calls.variableOf(holder)?.defs[0] : undefined
  const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init as Node) : null
  return (init?.type === 'NewExpression' || init?.type === 'CallExpression') && hasConcurrencyOption(init)
}

/**
 * `pMap(files, load, { concurrency: 5 })`, `eachLimit(files, 5, load)` in a task: so many at once for every element that
 * has a task, however many those are.
 */
function isMapOfOthers(call: TSESTree.CallExpression | TSESTree.NewExpression, origin: Origin): boolean {
  if (call.type === 'NewExpression') return false
  if (call.arguments.length > 1 && maps.of(origin)) return true
  const list = call.arguments.findIndex((argument) => isListOfData(unwrap(argument)))
  return list >= 0 && call.arguments.some((argument, i) => i > list && takesElement(argument))
}

function isListOfData(argument: Node): boolean {
  if (argument.type === 'AwaitExpression') return isListOfData(unwrap(argument.argument))
  return isListName(nameOf(argument.type === 'CallExpression' ? unwrap(argument.callee) : argument) ?? '')
}

function takesElement(argument: Node): boolean {
  const mapper = unwrap(argument)
  return isFunction(mapper) ? mapper.params.length > 0 : mapper.type === 'Identifier' || (mapper.type === 'MemberExpression' && mapper.object.type === 'ThisExpression')
}

/** The factory whose product a callee is or belongs to: `p-limit ()` of `limit`, `p-queue ()` of `queue.add`. */
function limiterBehind(origin: Origin) {
  if (origin.root.kind !== 'module') return null
  for (const [i, step] of origin.steps.entries()) {
    if (step.kind !== 'call') continue
    const fact = factories.of({ root: origin.root, steps: origin.steps.slice(0, i) })
    if (fact) return { made: step.node, concurrency: fact.concurrency, alsoLimitedBy: fact.alsoLimitedBy ?? [] }
  }
  // `xs.map(throat(5, f))`: the factory that takes the task itself.
  const fact = factories.of(origin)
  return fact && origin.root.name === 'throat' ? { made: null, concurrency: fact.concurrency, alsoLimitedBy: [] } : null
}

/** `limit(() => …)`, `this.queue.run(async () => …)`, `await semaphore.acquire()`, for a limiter that another file makes. */
export function isNamedLimiter(call: TSESTree.CallExpression | TSESTree.NewExpression, { root }: Origin): boolean {
  if (call.type === 'NewExpression' || root.kind === 'global') return false
  const callee = unwrap(call.callee)
  const takesTask = call.arguments.some((argument) => isFunction(argument))
  if (callee.type === 'Identifier') return takesTask && saysLimiter(callee.name)
  if (callee.type !== 'MemberExpression') return false
  const method = memberName(callee) ?? ''
  const object = unwrap(callee.object)
  const receiver = object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? (memberName(object) ?? '') : ''
  if (!saysLimiter(receiver)) return takesTask && saysLimiter(method)
  return method === 'acquire' || method === 'wait' || method === 'removeTokens' || (takesTask && (limiterMethods.has(method) || saysLimiter(method)))
}

function saysLimiter(name: string): boolean {
  return hasWord(name, limiterWords)
}

/** `download(url, { concurrency: 5 })`: the author limits what the call does inside. */
function hasConcurrencyOption(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return call.arguments.some((argument) => {
    if (argument.type !== 'ObjectExpression') return false
    const option = propertyOf(argument, 'concurrency') ?? propertyOf(argument, 'maxConcurrency')
    return option !== null && !isInfinity(option.value)
  })
}

function boundedMapOf(call: TSESTree.CallExpression, calls: Calls): BoundedMap | null {
  // A list's own `map` takes one argument.
  const fact = call.arguments.length > 1 ? maps.of(calls.calleeOf(call, maps.mayTypeName)) : null
  const list = fact && call.arguments[fact.list]
  const mapper = fact && call.arguments[fact.mapper]
  if (!fact || !list || !mapper || list.type === 'SpreadElement' || mapper.type === 'SpreadElement') return null
  return { fact, list, mapper, isUnlimited: isUnlimited(call, fact.concurrency, []) }
}

function isUnlimited(call: CallLike, concurrency: ConcurrencyArgument, alsoLimitedBy: readonly string[]): boolean {
  if (call.type === 'TaggedTemplateExpression') return false
  const isDefaultUnlimited = concurrency.default === null
  if (call.arguments.slice(0, concurrency.argument + 1).some(({ type }) => type === 'SpreadElement')) return false
  const argument = call.arguments[concurrency.argument]
  if (!argument) return isDefaultUnlimited
  if (isInfinity(argument)) return true
  if (argument.type !== 'ObjectExpression' || concurrency.option === undefined) return false
  if (argument.properties.some(({ type }) => type === 'SpreadElement')) return false
  const names = typeof concurrency.option === 'string' ? [concurrency.option] : concurrency.option
  const set = names.map((name) => propertyOf(argument, name)).find((property) => property !== null)
  if (set) return isInfinity(set.value)
  return isDefaultUnlimited && !alsoLimitedBy.some((name) => propertyOf(argument, name))
}
