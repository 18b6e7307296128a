/** Queues of libraries: those that run everything at once, and those in which everything may wait. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { mentions, mentionsString } from '../../ast/file-words.ts'
import { isFunction, isInfinity, memberName, propertyOf, unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { cacheFacts, queueFacts, type QueueFact, type QueueLimit } from '../../knowledge/queues.ts'
import { apiPath, callsOf, indexFacts } from '../calls/index.ts'
import { holderOf } from './containers.ts'
import { feedersOf, type Feeder, type FeederContext } from './feeders.ts'
import { livesOn } from './lifetime.ts'

export interface LibraryQueue {
  /**
   * - `concurrency`: nothing limits how many tasks run.
   * - `backlog`: nothing limits how many wait.
   * - `cache`: a cache of a library that keeps everything.
   * - `events`: `for await (… of on(emitter, …))`, which keeps every event until the loop comes round.
   * - `merge`: `mergeMap` without a number.
   * - `buffer`: a stream whose `highWaterMark` is `Infinity`.
   */
  readonly kind: 'concurrency' | 'backlog' | 'cache' | 'events' | 'merge' | 'buffer'
  readonly confidence: 'certain' | 'possible'
  /** The call or option to report. */
  readonly node: Node
  /** As the code or the library calls it. */
  readonly name: string
  readonly feeder: Feeder | null
  /** The limit that is missing or infinite, and the call whose argument it is. */
  readonly missing: { readonly call: TSESTree.CallExpression | TSESTree.NewExpression; readonly limit: QueueLimit } | null
}

const facts = indexFacts(queueFacts)
const caches = indexFacts(cacheFacts)

type Call = TSESTree.CallExpression | TSESTree.NewExpression

export function libraryQueuesOf(sourceCode: Readonly<TSESLint.SourceCode>, handler: FeederContext['handler']): LibraryQueue[] {
  const context: FeederContext = { sourceCode, calls: callsOf(sourceCode), handler }
  const found: LibraryQueue[] = []
  const isQueueing = facts.mayOccurIn(sourceCode) || caches.mayOccurIn(sourceCode) || mentionsString(sourceCode, 'rxjs') || mentionsString(sourceCode, 'rxjs/operators')
  const calls = isQueueing ? (['CallExpression', 'NewExpression'] as const) : []
  for (const node of nodesOf(sourceCode, ...calls, 'ForOfStatement', ...(mentions(sourceCode, 'highWaterMark') ? (['Property'] as const) : []))) {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const queue = queueAt(node, context) ?? cacheAt(node, context) ?? mergeAt(node, context)
      if (queue) found.push(queue)
    } else if (node.type === 'ForOfStatement' && node.await) {
      const events = eventsAt(node, context)
      if (events) found.push(events)
    } else if (node.type === 'Property' && memberName(node) === 'highWaterMark' && isInfinity(node.value)) {
      found.push({ kind: 'buffer', confidence: 'certain', node, name: 'highWaterMark', feeder: null, missing: null })
    }
  }
  return found
}

function queueAt(node: Call, context: FeederContext): LibraryQueue | null {
  const fact = facts.of(context.calls.originOf(node))
  if (!fact) return null
  const running = fact.concurrency && limitOf(node, fact.concurrency)
  const waiting = fact.capacity && limitOf(node, fact.capacity)
  const holder = holderOf(node, context)
  const name = holder?.name ?? context.sourceCode.getText(node.callee)
  if (running === 'none' && !isPaced(node)) {
    return { kind: 'concurrency', confidence: 'certain', node, name, feeder: null, missing: { call: node, limit: fact.concurrency as QueueLimit } }
  }
  if (!holder || waiting === 'given' || waiting === 'unknown') return null
  const fed = backlogFeeds(holder.mentions, fact, context)
  const [first] = fed ?? []
  if (!fed || !first) return null
  const { feeder } = first
  const missing = fact.capacity ? { call: node, limit: fact.capacity } : null
  // Where the library has no limit to set, the one place that adds is where to look at how many wait.
  const place = !missing && fed.length === 1 ? first.call : node
  // `Infinity` written out is a decision.
  const isMeant = fact.capacity !== undefined && isInfinityAt(node, fact.capacity)
  const isSeldom = isMeant || feeder.kind === 'unknown' || feeder.kind === 'timer' || !livesOn(holder, context)
  return { kind: 'backlog', confidence: isSeldom ? 'possible' : 'certain', node: place, name, feeder, missing }
}

/** `new MemoryStore({ persistentMap: new Map() })`: kept beyond the call, and no option says how much. */
function cacheAt(node: Call, context: FeederContext): LibraryQueue | null {
  const fact = caches.of(context.calls.originOf(node))
  const holder = fact && holderOf(node, context)
  if (!fact || !holder) return null
  const options = node.arguments.find((argument) => argument.type === 'ObjectExpression')
  const isOpen = options ? !propertyOf(options, fact.option) && options.properties.every(({ type }) => type === 'Property') : node.arguments.length <= 1
  if (!isOpen) return null
  return { kind: 'cache', confidence: 'certain', node, name: holder.name, feeder: null, missing: { call: node, limit: { argument: 0, option: fact.option, default: null } } }
}

/** Where code outside adds to a queue, and who runs it; null where the file looks at how many wait. */
function backlogFeeds(mentions: readonly Node[], fact: QueueFact, context: FeederContext): { call: Node; feeder: Feeder }[] | null {
  const found: { call: Node; feeder: Feeder }[] = []
  for (const mention of mentions) {
    const member = mention.parent
    if (member?.type !== 'MemberExpression' || member.object !== mention) {
      if (member?.type === 'CallExpression' && member.callee !== mention) return null
      continue
    }
    const name = memberName(member)
    if (name === null || fact.gauges.includes(name)) return null
    const [feeder] = fact.feeds.includes(name) ? feedersOf(member, context) : []
    if (feeder) found.push({ call: member.property, feeder })
  }
  return found
}

/** A limit by time instead: `interval` of p-queue, `reservoir` and `minTime` of bottleneck. */
function isPaced(node: Call): boolean {
  return node.arguments.some((argument) => argument.type === 'ObjectExpression' && ['intervalCap', 'minTime', 'reservoir'].some((key) => propertyOf(argument, key)))
}

/** Whether a call gives a limit: `none` where it is left out or infinite, `unknown` where it cannot be read. */
function limitOf({ arguments: args }: Call, { argument, option, default: standard }: QueueLimit): 'given' | 'none' | 'unknown' {
  const whenMissing = standard === null ? 'none' : 'given'
  if (args.some(({ type }) => type === 'SpreadElement')) return 'unknown'
  const value = args[argument] && unwrap(args[argument])
  if (!value) return whenMissing
  if (option === undefined) return isInfinity(value) ? 'none' : 'given'
  if (value.type !== 'ObjectExpression') return 'unknown'
  if (value.properties.some(({ type }) => type === 'SpreadElement')) return 'unknown'
  const property = propertyOf(value, option)
  if (!property) return whenMissing
  return isInfinity(property.value) ? 'none' : 'given'
}

function isInfinityAt({ arguments: args }: Call, { argument, option }: QueueLimit): boolean {
  const value = args[argument] && unwrap(args[argument])
  const given = option === undefined ? value : value?.type === 'ObjectExpression' ? propertyOf(value, option)?.value : undefined
  return given !== undefined && isInfinity(given)
}

/** `mergeMap(fn)`: every value of the source starts an inner one at once. https://rxjs.dev/api/operators/mergeMap */
function mergeAt(node: Call, { calls }: FeederContext): LibraryQueue | null {
  const path = apiPath(calls.originOf(node.callee))
  if (!path || !/^rxjs(?:\/operators)?$/.test(path.module) || (path.member !== 'mergeMap' && path.member !== 'flatMap')) return null
  const [project, limit] = node.arguments
  if (!project || (limit && !isInfinity(limit))) return null
  return {
    kind: 'merge', confidence: limit ? 'certain' : 'possible', node, name: path.member, feeder: null,
    missing: { call: node, limit: { argument: 1, default: null } },
  }
}

/** `for await (const [x] of on(emitter, 'x')) await work(x)`. https://nodejs.org/api/events.html#eventsonemitter-eventname-options */
function eventsAt(loop: TSESTree.ForOfStatement, { calls, sourceCode }: FeederContext): LibraryQueue | null {
  const call = unwrap(loop.right)
  if (call.type !== 'CallExpression') return null
  const path = apiPath(calls.originOf(call.callee))
  if (path?.module !== 'node:events' || path.member !== 'on') return null
  const options = call.arguments[2]
  if (options && (options.type !== 'ObjectExpression' || propertyOf(options, 'highWaterMark') || propertyOf(options, 'highWatermark'))) return null
  let waits = false
  walkOwnCode(loop.body, sourceCode.visitorKeys, (node) => {
    if (isFunction(node)) return 'skip'
    if (node.type === 'AwaitExpression') waits = true
    return waits ? 'stop' : undefined
  })
  return waits ? { kind: 'events', confidence: 'certain', node: call, name: 'on', feeder: null, missing: null } : null
}
