/** Reports queues, buffers and caches that are fed again and again and that nothing holds to a size. */
import type { TSESLint } from '@typescript-eslint/utils'
import { createRule } from '../src/create-rule.ts'
import { isExplaining, remark } from '../src/explain.ts'
import { containersOf, growthsOf, keyOf, restraintOf, type Container, type Growth, type Use } from '../src/analysis/growth/index.ts'
import { collectedBodiesOf, type CollectedBody } from '../src/analysis/growth/bodies.ts'
import { libraryQueuesOf, type LibraryQueue } from '../src/analysis/growth/libraries.ts'
import { callsOf } from '../src/analysis/calls/index.ts'
import { isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf } from '../src/analysis/handlers/index.ts'
import { audienceOf } from '../src/analysis/handlers/run-once.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { ignoredWritesOf, type IgnoredWrite } from '../src/analysis/streams/index.ts'
import { functionName } from '../src/ast/function-name.ts'
import { enclosingFunction, type FunctionNode } from '../src/ast/nodes.ts'
import { onOneLine, placeOf } from '../src/ast/source-text.ts'
import { createQueueRewrites } from '../src/fix/create-queue.ts'
import { offer } from '../src/fix/offer.ts'
import { limitRewrites } from '../src/fix/queue-limit.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export default createRule({
  name: 'no-unbounded-queue',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow queues, buffers and caches in memory that nothing holds to a size',
      preset: 'recommended',
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      addLimit: 'Add the limit `{{limit}}`.',
      useCreateQueue: 'Use `createQueue` with room for {{capacity}} entries: producers wait, or get an error, while it is full.',
      backlog:
        '`{{name}}` is filled by {{feeder}} and emptied in {{drain}}, and nothing limits how many entries wait: when the consumer falls behind, memory grows{{end}}. Refuse or wait when it is full, or use `createQueue` with a `capacity`.',
      lateFlush:
        '`{{name}}` is filled by {{feeder}} and emptied only when a timer runs {{drain}}; nothing limits how much comes in between. Flush as well when `{{name}}.length` reaches a limit.',
      neverEmptied:
        '`{{name}}` gets an entry with {{feeder}}, and nothing in this file takes one out: it grows for as long as {{span}}. Remove entries when they are done with, or keep only the newest.',
      unboundedCache:
        '`{{name}}` keeps a value for every `{{key}}` that {{feeder}} brings, and nothing limits how many{{gone}}. Use a cache with a maximum size, or remove the oldest entry when `{{size}}` reaches a limit.',
      brokenEviction:
        '`{{name}}` gets an entry with {{feeder}} and only seems to be held to a size: an iterator has no index, so the `delete` on line {{line}} removes nothing. Take the oldest key with `{{name}}.keys().next().value`.',
      objectKeys:
        '`{{name}}` is keyed by the object `{{key}}` of {{feeder}} and keeps every one of them alive; nothing removes an entry. Use a `WeakMap`, or a cache with a maximum size.',
      waitingRoom:
        'Callers of {{caller}} wait in `{{name}}` until {{drain}} lets them go on, and nothing limits how many wait. Refuse callers when `{{name}}.length` reaches a limit.',
      unlimitedConcurrency:
        '`{{name}}` limits nothing: without a finite `{{option}}` every task that is added starts at once. Give it a number.',
      unboundedBacklog:
        '`{{name}}` takes a task with {{feeder}}; how many run is limited, how many wait is not, and nothing here looks at it. {{remedy}}',
      unlimitedStore:
        '`{{name}}` keeps every entry that is put in: `{{option}}` is missing, which says how many it may hold. Set it.',
      unboundedEvents:
        '`on()` keeps every event until the loop comes round, and its body awaits: when events come faster, they pile up without a limit. Pass `highWaterMark`, or take them from a queue with a capacity.',
      unboundedMerge:
        '`{{name}}` subscribes to every inner observable at once, however many the source emits. Pass the number that may run at once as its second argument.',
      unboundedBody:
        '`{{name}}` collects what `{{source}}` sends, and nothing limits how much: one client that goes on sending fills the memory. Count the bytes and cut the sender off above a limit, or use a body parser that has one.',
      unboundedBodyReader:
        '`{{name}}` keeps the whole body of {{source}} in memory, and nothing limits how long it is: one client that goes on sending fills the memory. {{remedy}}',
      unboundedSend:
        'Every `{{source}}` event is written to `{{stream}}`, which keeps what its other end has not taken: a slow reader makes it grow without a limit. Drop or merge what comes while `{{stream}}.write()` returns `false`, or close it above a limit.',
      infiniteBuffer:
        '`highWaterMark: Infinity` turns back-pressure off: the stream buffers whatever is written to it. Give it a size.',
    },
  },
  shared: ['report', 'fixes', 'concurrency'],
  own: {
    capacity: {
      type: 'integer',
      minimum: 1,
      description: 'How many entries may wait in a queue that a rewrite makes.',
      default: 1000,
    },
  },
  create(context, options) {
    if (isQuietFile(context, options.contexts)) return {}
    const { sourceCode } = context
    return {
      'Program:exit'() {
        const label = (node: FunctionNode) => {
          const handler = handlersOf(sourceCode, options, context.filename).ofFunction(node)
          return handler?.certain ? { runs: handler.runs, words: `each run of \`${handler.label}\`` } : null
        }
        const isWanted = ({ confidence }: { confidence: 'certain' | 'possible' }) => confidence === 'certain' || options.report === 'possible'
        const found = growthsOf(sourceCode, label).filter(isWanted)
        const queues = libraryQueuesOf(sourceCode, label).filter(isWanted)
        const bodies = collectedBodiesOf({ sourceCode, calls: callsOf(sourceCode), handler: label }).filter(isWanted)
        const writes = ignoredWritesOf(sourceCode).filter((write) => write.from === 'events' && isWanted(write))
        if (isExplaining()) explainOthers(found, sourceCode)
        if (found.length + queues.length + bodies.length + writes.length === 0) return
        if (audienceOf(sourceCode, callsOf(sourceCode), context.filename) !== 'users') return
        // Where a person sets the pace, little piles up; what a library's queue lets run still counts.
        const growths = found.length === 0 || interfaceOf(sourceCode, context) ? [] : found
        for (const growth of growths) {
          const rewrites = growth.kind === 'backlog' ? createQueueRewrites(growth.container, sourceCode, options) : []
          context.report({ ...describe(growth, onOneLine(keyOf(growth.feed) ?? growth.feed.operation, sourceCode)), ...offer(rewrites, options, sourceCode) })
        }
        for (const queue of queues) {
          context.report({ ...describeLibrary(queue), ...offer(limitRewrites(queue, sourceCode, options), options, sourceCode) })
        }
        for (const body of bodies) context.report(describeBody(body))
        for (const write of writes) context.report(describeWrite(write, onOneLine(write.receiver, sourceCode)))
      },
    }
  },
})

/** Says of the containers that are fed why nothing is reported. */
function explainOthers(found: readonly Growth[], sourceCode: SourceCode): void {
  const reported = new Set<Container>(found.map(({ container }) => container))
  for (const container of containersOf(sourceCode)) {
    if (reported.has(container) || !container.uses.some(({ kind }) => kind === 'feed')) continue
    const use = restraintOf(container)
    const reason = use
      ? `${RESTRAINTS[use.kind] ?? use.kind}: ${placeOf(use.operation, sourceCode)}`
      : 'brief or small: nothing in this file shows that it is fed again and again, or how long it lives'
    remark('no-unbounded-queue', container.creation, () => `\`${container.name}\` is ${reason}`)
  }
}

const RESTRAINTS: Partial<Record<Use['kind'], string>> = { limit: 'limited', escape: 'out of sight', prune: 'pruned', empty: 'emptied', take: 'taken from' }

const MESSAGES = {
  backlog: 'backlog',
  'late-flush': 'lateFlush',
  'never-emptied': 'neverEmptied',
  cache: 'unboundedCache',
  'broken-eviction': 'brokenEviction',
  'object-keys': 'objectKeys',
  'waiting-room': 'waitingRoom',
} as const satisfies Record<Growth['kind'], string>

/** A queue is reported where it is made, since that is what changes, and so is a cache that a field declares; what only grows, where it grows. */
function describe(growth: Growth, key: string) {
  const { kind, container, feed, feeder, drain, isLasting } = growth
  const isAtFeed = kind === 'never-emptied' || kind === 'late-flush' || (kind === 'cache' && container.creation.type !== 'PropertyDefinition')
  return {
    node: isAtFeed ? feed.operation : container.creation,
    messageId: MESSAGES[kind],
    data: {
      name: container.name,
      size: container.kind === 'object' ? `Object.keys(${container.name}).length` : `${container.name}.size`,
      feeder: feeder.words,
      drain: drainWords(drain),
      gone: kind === 'cache' ? goneWords(drain) : '',
      line: drain?.operation.loc.start.line ?? '',
      key,
      caller: nameOf(feed.within),
      end: isLasting ? ' until the process dies' : '',
      span: isLasting ? 'the process runs' : 'its object lives, and nothing here shows how long that is',
    },
  }
}

function drainWords(drain: Growth['drain']): string {
  return drain ? `${nameOf(drain.within)} (line ${drain.operation.loc.start.line})` : ''
}

/** What a cache lets go of, which limits nothing. */
function goneWords(drain: Growth['drain']): string {
  if (!drain) return ' or lets one go'
  return drain.kind === 'empty' ? `: ${drainWords(drain)} empties it only where somebody calls it` : `: ${drainWords(drain)} lets go of single ones only, what is asked for, old or failed`
}

function nameOf(node: FunctionNode | null): string {
  for (let current = node; current; current = enclosingFunction(current)) {
    const name = functionName(current)
    if (name !== null) return `\`${name}\``
  }
  return 'a function'
}

function describeLibrary({ kind, node, name, feeder, missing }: LibraryQueue) {
  const option = missing?.limit.option ?? 'concurrency'
  switch (kind) {
    case 'concurrency':
      return { node, messageId: 'unlimitedConcurrency' as const, data: { name, option } }
    case 'backlog':
      return {
        node,
        messageId: 'unboundedBacklog' as const,
        data: {
          name,
          feeder: feeder?.words ?? '',
          remedy: missing ? `Set \`${option}\`.` : 'Refuse tasks, or make the caller wait, when too many do.',
        },
      }
    case 'cache':
      return { node, messageId: 'unlimitedStore' as const, data: { name, option } }
    case 'events':
      return { node, messageId: 'unboundedEvents' as const }
    case 'merge':
      return { node, messageId: 'unboundedMerge' as const, data: { name } }
    default:
      return { node, messageId: 'infiniteBuffer' as const }
  }
}

function describeBody({ kind, node, name, source, option }: CollectedBody) {
  if (kind === 'pieces') return { node, messageId: 'unboundedBody' as const, data: { name, source } }
  const remedy = option ? `Set \`${option}\`.` : 'Use a body parser that has a limit.'
  return { node, messageId: 'unboundedBodyReader' as const, data: { name, source, remedy } }
}

function describeWrite({ call, source }: IgnoredWrite, stream: string) {
  return { node: call, messageId: 'unboundedSend' as const, data: { source, stream } }
}
