/** Reports work that is tried again for as long as it fails, where nothing ends it. */
import type { TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../src/ast/file-words.ts'
import { functionName } from '../src/ast/function-name.ts'
import { enclosingFunction } from '../src/ast/nodes.ts'
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { mayTryAgain, retriesOf, type EndlessOption, type EndlessRetry, type Retry, type Silence } from '../src/analysis/retries/index.ts'
import { isTestSupport } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const cure = 'Give up after a few attempts, with growing, jittered pauses between them (`p-retry`, or `backoff` of the helper).'

const messages = {
  forever: `\`{{attempt}}\` is tried again for as long as it fails{{kind}}: nothing counts the attempts or looks at the time, and {{who}} waits all the while. ${cure}`,
  atOnce: `\`{{attempt}}\` is tried again at once for as long as it fails{{kind}}: nothing counts the attempts, and nothing lets time pass, so that whatever is down gets a flood of them. ${cure}`,
  maybeForever: `\`{{attempt}}\` may be tried again for ever{{kind}}: nothing here counts the attempts or looks at the time. Unless it is meant to go on until it succeeds: ${cure.replace('Give', 'give')}`,
  option: '`{{written}}` lets `{{call}}` try for ever, and {{who}} waits all the while. Set a number of attempts, or a time limit.',
  noOption: '`{{call}}` tries for ever where no `{{option}}` is set. Set it, or a time limit around it.',
}

export default createRule<keyof typeof messages>({
  name: 'no-unbounded-retry',
  meta: {
    type: 'problem',
    docs: { description: 'disallow trying again without end what fails', preset: 'recommended' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    const hasLibrary = mayTryAgain(sourceCode)
    if (isQuietFile(context, options.contexts) || !(hasLibrary || OUTWARD.some((word) => mentions(sourceCode, word)))) return {}
    const retries = retriesOf(sourceCode, options, () => handlersOf(sourceCode, options, context.filename))
    const isElsewhere = (node: TSESTree.Node): boolean => isTestSupport(sourceCode) || isInTest(node, sourceCode) || interfaceOf(sourceCode, context) === 'browser'

    const check = (retry: Retry | null): void => {
      if (!retry) return
      if ('silence' in retry) remark('no-unbounded-retry', retry.node, () => REASONS[retry.silence])
      else if ((isCertain(retry) || options.report === 'possible') && !isElsewhere(retry.node)) report(retry, context)
    }
    const checkOption = (call: TSESTree.CallExpression | TSESTree.NewExpression): void => {
      const found = hasLibrary ? retries.optionOf(call) : null
      if (found && (found.certain || options.report === 'possible') && !isElsewhere(call)) reportOption(found, context)
    }
    return {
      WhileStatement: (node) => check(retries.ofLoop(node)),
      DoWhileStatement: (node) => check(retries.ofLoop(node)),
      ForStatement: (node) => check(retries.ofLoop(node)),
      CallExpression(node) {
        check(retries.ofCall(node))
        checkOption(node)
      },
      NewExpression: checkOption,
    }
  },
})

/** One of them is needed to try again: a loop that waits, or something that runs when a promise or a call fails. */
const OUTWARD = ['await', 'catch', 'then', 'setTimeout', 'setImmediate', 'nextTick']

const REASONS: Record<Silence, string> = {
  ends: 'ends: a count, a time, a signal or a way out is looked at between two attempts',
  lasting: 'lasting: it goes on after a success as well',
  changed: 'changed: the next attempt is another one',
  person: 'person: somebody is asked again, and can stop',
  stopped: 'stopped: the timer is kept, and can be cleared',
}

/** Whoever waits is never answered; what nobody waits for, or keeps something up, may be meant to go on. */
function isCertain({ pause, after, waiting, lasting }: EndlessRetry): boolean {
  if (pause === 'unknown') return false
  if (pause === 'none') return after === 'any'
  return waiting !== null && (waiting.kind === 'handler' || !lasting)
}

function report(retry: EndlessRetry, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  const { attempt, pause, after, waiting, node } = retry
  const messageId = !isCertain(retry) ? 'maybeForever' : pause === 'none' ? 'atOnce' : 'forever'
  context.report({
    node,
    messageId,
    data: {
      attempt: shortText(attempt.call, sourceCode, 40),
      kind: after === 'kind' ? ' in the same way' : '',
      who: waiting?.kind === 'handler' ? `\`${wayTo(waiting.reach)}\`` : callerOf(node),
    },
  })
}

function callerOf(node: TSESTree.Node): string {
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) {
    const name = functionName(owner)
    if (name !== null) return `whoever calls \`${name}\``
  }
  return 'the caller'
}

function reportOption({ call, node, written, option }: EndlessOption, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  const data = { call: onOneLine(call.callee, sourceCode), option, who: callerOf(call) }
  if (written) context.report({ node, messageId: 'option', data: { ...data, written: onOneLine(written, sourceCode) } })
  else context.report({ node, messageId: 'noOption', data })
}
