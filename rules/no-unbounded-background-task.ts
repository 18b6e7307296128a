/** Reports asynchronous work that is started and left to itself, where nothing waits for its end or hears of its failure. */
import type { TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../src/ast/file-words.ts'
import { catchesAll } from '../src/analysis/async-contracts/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { forgetterOf, forgottenCall } from '../src/analysis/fan-out/forgotten.ts'
import { fanOutsOf, mayDrop, type Dropped } from '../src/analysis/fan-out/index.ts'
import { DEFAULT_MAX, verdictOf } from '../src/analysis/fan-out/verdict.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { functionName } from '../src/ast/function-name.ts'
import { shortText } from '../src/ast/source-text.ts'
import { createRule } from '../src/create-rule.ts'
import { isArray } from '../src/fix/loop/sources.ts'
import { offer } from '../src/fix/offer.ts'
import { droppedRewriteMessages, rewriteDropped } from '../src/fix/fan-out/dropped.ts'

export default createRule({
  name: 'no-unbounded-background-task',
  meta: {
    type: 'problem',
    docs: { description: 'disallow asynchronous work that is started and that nothing waits for', preset: 'recommended' },
    messages: {
      forgottenEach:
        '`{{each}}` waits for none of the functions that it starts: {{owner}} is done before they are, and {{failure}}. Await a helper such as `forEachBounded`, or use a `for…of` loop.',
      forgottenCall:
        'Nothing waits for `{{call}}` (`{{way}}`): nothing limits how many run at once, and when it fails the process ends (`unhandledRejection`). Await it, or hand it to a limiter or queue that owns it, such as `createLimiter`.',
      ...droppedRewriteMessages,
    },
    hasSuggestions: true,
    fixable: 'code',
  },
  shared: ['concurrency', 'fixes'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mentions(sourceCode, 'async')) return {}
    // Asked where there is something to report.
    const isElsewhere = (node: TSESTree.Node): boolean => interfaceOf(sourceCode, context) === 'browser' || isInTest(node, sourceCode)
    const fanOuts = fanOutsOf(sourceCode, options)
    const file = { sourceCode, apis: options.apis, handlers: () => handlersOf(sourceCode, options, context.filename) }

    const checkEach = (dropped: Dropped): void => {
      const owner = forgetterOf(dropped, sourceCode)
      // What is no array may have a `forEach` that gives a promise, and somebody takes it here.
      if (!owner || (dropped.isTaken && !isArray(sourceCode, dropped.list)) || isElsewhere(dropped.call)) return
      const fanOut = fanOuts.ofDropped(dropped)
      // `no-unbounded-promise-all` says more of a list whose length nothing limits.
      if ('report' in verdictOf(fanOut, { report: 'certain', max: DEFAULT_MAX }, 'dropped')) return
      const rewrite = rewriteDropped(dropped, fanOut, context, options)
      const name = functionName(owner)
      context.report({
        node: dropped.call.callee,
        messageId: 'forgottenEach',
        data: {
          each: shortText(dropped.call.callee, sourceCode, 40),
          owner: name === null ? 'the function around it' : `\`${name}\``,
          failure: catchesAll(dropped.task, sourceCode) ? 'what they fill is empty until then' : 'nobody hears when one fails',
        },
        ...offer(rewrite ? [rewrite] : [], options, sourceCode),
      })
    }
    return {
      ...(mayDrop(sourceCode) && {
        CallExpression(node: TSESTree.CallExpression) {
          const dropped = fanOuts.droppedBy(node)
          if (dropped) checkEach(dropped)
        },
      }),
      ExpressionStatement(node) {
        const found = forgottenCall(node, file)
        if (!found || isElsewhere(node)) return
        context.report({
          node: found.call.callee,
          messageId: 'forgottenCall',
          data: { call: shortText(found.call, sourceCode, 40), way: wayTo(found.reach) },
        })
      },
    }
  },
})
