/** Reports work that is tried again for as long as it fails, where nothing ends it. */
import type { TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../src/ast/file-words.ts'
import { shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { retriesOf, type Retry } from '../src/analysis/retries/index.ts'
import { isTestSupport } from '../src/analysis/time-limits/index.ts'
import { createRule } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import type { WorkFact } from '../src/knowledge/facts.ts'

export default createRule({
  name: 'no-unbounded-retry',
  meta: {
    type: 'problem',
    docs: { description: 'disallow trying again for as long as something fails', preset: 'recommended' },
    messages: { retry: '{{what}}' },
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts)) return {}
    const retries = retriesOf(sourceCode, options.apis as readonly WorkFact[], () => handlersOf(sourceCode, options, context.filename))
    const check = (retry: Retry | null): void => {
      if (!retry) return
      if ('silence' in retry) return remark('no-unbounded-retry', retry.node, () => retry.silence)
      if (isTestSupport(sourceCode) || isInTest(retry.node, sourceCode)) return
      const { attempt, waiting, ...rest } = retry
      context.report({ node: retry.node, messageId: 'retry', data: { what: `${shortText(attempt.call, sourceCode, 40)} ${JSON.stringify({ pause: rest.pause, after: rest.after, lasting: rest.lasting, ui: interfaceOf(sourceCode, context), waiting: waiting?.kind === 'handler' ? wayTo(waiting.reach) : waiting?.kind })}` } })
    }
    const loop = (node: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement): void => {
      if (mentions(sourceCode, 'await')) check(retries.ofLoop(node))
    }
    return {
      WhileStatement: loop,
      DoWhileStatement: loop,
      ForStatement: loop,
      CallExpression: (node) => check(retries.ofCall(node)),
    }
  },
})
