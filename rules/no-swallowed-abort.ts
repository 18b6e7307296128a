/** Reports a `catch` in a loop that takes an abort for a failure like any other, and goes on. */
import { mentions } from '../src/ast/file-words.ts'
import { shortText } from '../src/ast/source-text.ts'
import { swallowedAbortOf, type Silence, type SwallowedAbort } from '../src/analysis/aborts/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { isTestSupport } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const messages = {
  nextAttempt: '`{{call}}` fails when `{{signal}}` is aborted, and this `catch` tries again all the same: whoever aborted it keeps waiting. Call `{{signal}}{{optional}}.throwIfAborted()` first in the `catch`.',
  nextElement: '`{{call}}` fails when `{{signal}}` is aborted, and this `catch` goes on with the next of `{{list}}` all the same: the rest of them fails too, or is done for nobody. Call `{{signal}}{{optional}}.throwIfAborted()` first in the `catch`.',
}

export default createRule<keyof typeof messages>({
  name: 'no-swallowed-abort',
  meta: {
    type: 'problem',
    docs: { description: 'disallow going on with a loop after its signal was aborted', preset: 'strict' },
    messages,
  },
  shared: [],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !WORDS.some((word) => mentions(sourceCode, word))) return {}
    return {
      TryStatement(node) {
        const swallowed = swallowedAbortOf(node, sourceCode)
        if (!swallowed) return
        if ('silence' in swallowed) remark('no-swallowed-abort', swallowed.handler, () => REASONS[swallowed.silence])
        else if (!isTestSupport(sourceCode) && !isInTest(node, sourceCode)) report(swallowed, context)
      },
    }
  },
})

/** One of them is needed to give a call a signal. */
const WORDS = ['signal', 'abortSignal', 'cancelSignal', 'AbortSignal']

const REASONS: Record<Silence, string> = {
  ends: 'ends: it leaves the loop, whatever went wrong',
  looked: 'looked: the error is asked what it is, or the loop looks at something that says that it is to end',
}

function report({ handler, call, signal, loop }: SwallowedAbort, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  const data = {
    call: shortText(call, sourceCode, 40),
    signal: shortText(signal, sourceCode, 40),
    optional: signal.type === 'MemberExpression' ? '?' : '',
  }
  const list = loop.type === 'ForOfStatement' || loop.type === 'ForInStatement' ? loop.right : null
  if (list) context.report({ node: handler, messageId: 'nextElement', data: { ...data, list: shortText(list, sourceCode, 40) } })
  else context.report({ node: handler, messageId: 'nextAttempt', data })
}
