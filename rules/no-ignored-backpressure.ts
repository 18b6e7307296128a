/** Reports writes to a stream whose answer nobody looks at while more comes in, and pipes whose errors nobody hears. */
import { createRule } from '../src/create-rule.ts'
import { callsOf } from '../src/analysis/calls/index.ts'
import { isQuietFile } from '../src/analysis/context/index.ts'
import { audienceOf } from '../src/analysis/handlers/run-once.ts'
import { ignoredWritesOf, unheardPipesOf, type IgnoredWrite } from '../src/analysis/streams/index.ts'
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { offer } from '../src/fix/offer.ts'
import { pipelineRewrites, drainRewrites } from '../src/fix/stream-writes.ts'

/** A stream of up to this many characters is quoted with its arguments. */
const WHOLE = 60

export default createRule({
  name: 'no-ignored-backpressure',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow writes to a stream that say nothing of how full it is, and pipes whose errors nobody hears',
      preset: 'recommended',
    },
    hasSuggestions: true,
    fixable: 'code',
    messages: {
      ignoredInLoop:
        'The loop takes the next piece without waiting for `{{stream}}`: when `{{stream}}` drains more slowly, every piece is kept in memory. Wait for `drain` when `{{method}}()` returns `false`, or use `pipeline`.',
      ignoredSend:
        'The loop takes the next piece without waiting for `{{stream}}`: for a peer that reads more slowly, every message is kept in memory. Wait for the callback of `send()`, or look at `bufferedAmount`.',
      ignoredInListener:
        'Every `{{source}}` event is written to `{{stream}}` and its answer is ignored: when `{{stream}}` drains more slowly, everything is kept in memory. Use `pipeline`, or pause the source until `drain`.',
      ignoredInTransform:
        '`{{source}}` passes each piece on to `{{stream}}` and ignores its answer, so that the pressure of `{{stream}}` never reaches the source. Call back after `drain` when `{{method}}()` returns `false`.',
      unheardPipe:
        '`pipe` does not pass errors on, and nothing listens to those of `{{stream}}`: the first one ends the process. Use `pipeline`, which reports every error and destroys both ends.',
      waitForDrain: 'Wait for `drain` when `{{stream}}` is full.',
      usePipeline: 'Use `pipeline`{{change}}.',
    },
  },
  shared: ['fixes'],
  create(context, options) {
    if (isQuietFile(context, options.contexts)) return {}
    const { sourceCode } = context
    return {
      'Program:exit'() {
        // What nothing can hold back is a question of size: `no-unbounded-queue` reports it.
        const writes = ignoredWritesOf(sourceCode).filter(({ from }) => from !== 'events')
        const pipes = unheardPipesOf(sourceCode)
        if (writes.length + pipes.length === 0 || audienceOf(sourceCode, callsOf(sourceCode), context.filename) !== 'users') return
        for (const write of writes) {
          const stream = onOneLine(write.receiver, sourceCode)
          context.report({
            node: write.call,
            messageId: messageOf(write),
            data: { stream, method: write.method, source: write.source },
            ...offer(drainRewrites(write, sourceCode), options, sourceCode),
          })
        }
        for (const pipe of pipes) {
          context.report({
            node: pipe.call.callee.type === 'MemberExpression' ? pipe.call.callee.property : pipe.call,
            messageId: 'unheardPipe',
            data: { stream: shortText(pipe.stream, sourceCode, WHOLE) },
            ...offer(pipelineRewrites(pipe, sourceCode), options, sourceCode),
          })
        }
      },
    }
  },
})

function messageOf({ from, method }: IgnoredWrite) {
  if (from === 'loop') return method === 'send' ? ('ignoredSend' as const) : ('ignoredInLoop' as const)
  if (from === 'listener') return 'ignoredInListener' as const
  return 'ignoredInTransform' as const
}
