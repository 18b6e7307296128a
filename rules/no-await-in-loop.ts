/** Reports a loop whose iterations wait for one another although none needs anything of another. */
import type { TSESTree } from '@typescript-eslint/utils'
import { createRule } from '../src/create-rule.ts'
import { mentions } from '../src/ast/file-words.ts'
import { isQuietFile } from '../src/analysis/context/index.ts'
import { loopsOf, sequentialReducer, type Loop } from '../src/analysis/loops/index.ts'
import { loopRewriteMessages, rewriteLoop } from '../src/fix/loop/index.ts'
import { offer } from '../src/fix/offer.ts'
import { remark } from '../src/explain.ts'
import { describe, reasonOf } from './no-await-in-loop/message.ts'
import { adviceAt } from './prefer-batch/advice.ts'

export default createRule({
  name: 'no-await-in-loop',
  meta: {
    type: 'suggestion',
    docs: { description: 'disallow waiting in a loop for work that the next iteration does not need', preset: 'recommended' },
    messages: {
      independentIterations:
        'Each iteration waits for `{{call}}` before the next one starts, but none needs another: {{evidence}}. Start them together, a bounded number at a time, with `{{helper}}`.{{batch}}',
      perhapsIndependent:
        'Each iteration waits for `{{call}}` before the next one starts, and no reason for that order shows: {{evidence}}. If none needs another, start them together, a bounded number at a time, with `{{helper}}`.{{batch}}',
      ...loopRewriteMessages,
    },
    hasSuggestions: true,
    fixable: 'code',
  },
  shared: ['concurrency', 'report', 'fixes'],
  create(context, options) {
    if (isQuietFile(context, options.contexts) || !mentions(context.sourceCode, 'await')) return {}
    const loops = loopsOf(context.sourceCode, options, context as unknown as Parameters<typeof loopsOf>[2])
    const check = (loop: Loop): void => {
      const verdict = loops.verdictOf(loop)
      if (verdict.kind === 'ordered' || (verdict.kind === 'unknown' && verdict.firstAwait && options.report === 'certain')) {
        remark('no-await-in-loop', loop, () => reasonOf(verdict, context.sourceCode))
        return
      }
      if (!verdict.firstAwait || !verdict.evidence) return
      const rewrite = rewriteLoop(loop, verdict, context.sourceCode, options)
      context.report({
        node: verdict.firstAwait,
        messageId: verdict.kind === 'independent' ? 'independentIterations' : 'perhapsIndependent',
        data: { ...describe(verdict, context.sourceCode, options), batch: adviceAt(loop, context, options) },
        ...offer(rewrite ? [rewrite] : [], options, context.sourceCode),
      })
    }
    return {
      ForOfStatement: check,
      ForInStatement: check,
      ForStatement: check,
      WhileStatement: check,
      DoWhileStatement: check,
      ...(mentions(context.sourceCode, 'reduce') && {
        CallExpression(node: TSESTree.CallExpression) {
          if (sequentialReducer(node, context.sourceCode)) check(node)
        },
      }),
    }
  },
})
