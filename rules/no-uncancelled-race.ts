/** Reports `Promise.race([work, timer])` whose timer runs on after the work, or whose work runs on after the timer. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { isRace, isTestSupport, mayRace, raceTimerOf, type RaceTimer } from '../src/analysis/time-limits/index.ts'
import { stringValue, unwrap, type Node } from '../src/ast/nodes.ts'
import { onOneLine } from '../src/ast/source-text.ts'
import { createRule } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import { offer } from '../src/fix/offer.ts'
import { raceRewrites } from '../src/fix/race.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** A timer that ends within this many milliseconds holds nothing for long. */
const SHORT_MS = 1000

const messages = {
  timerDropped: 'The timer of this race runs on for {{ms}} after `{{work}}` has settled, keeps the process alive, and nothing can clear it; when it wins, `{{work}}` runs on. Use `withTimeout`, or keep the handle and clear it in a `finally`.',
  timerKept: 'The timer of this race is never cleared: it runs on for {{ms}} after `{{work}}` has settled and keeps the process alive. Clear it in a `finally`, or use `withTimeout`.',
  delayNotCancelled: '`{{timer}}` runs on for {{ms}} after `{{work}}` has settled and keeps the process alive; when it wins, `{{work}}` runs on. Use `withTimeout`, or a delay that takes a signal.',
  workNotCancelled: 'When the timer wins this race, nothing stops `{{work}}`: it runs on and keeps what it holds. Use `withTimeout` and pass its signal on.',
  useWithTimeout: 'Use `{{helper}}`, which clears its timer and aborts the signal that it gives to the work; it rejects with a `TimeoutError`.',
}

type MessageId = keyof typeof messages

export default createRule<MessageId>({
  name: 'no-uncancelled-race',
  meta: {
    type: 'problem',
    docs: { description: 'disallow races against a timer that leave the timer or the work running', preset: 'recommended' },
    messages,
    fixable: 'code',
    hasSuggestions: true,
  },
  shared: ['report', 'fixes'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mayRace(sourceCode)) return {}
    return {
      CallExpression(node) {
        if (!isRace(node, sourceCode)) return
        const silent = (reason: string): void => remark('no-uncancelled-race', node, () => reason)
        const race = partsOf(node, sourceCode)
        if (!race) return silent('no timer: none of the promises in the list is seen to be one')
        const messageId = findingOf(race)
        if (!messageId || (messageId === 'workNotCancelled' && options.report === 'certain')) return silent('cleared: the timer is cleared or short')
        if (interfaceOf(sourceCode, context) === 'browser' || isTestSupport(sourceCode) || isInTest(node, sourceCode)) return silent('elsewhere: in a page or a test')
        context.report({
          node: node.callee,
          messageId,
          data: describe(race, sourceCode),
          ...offer<MessageId>(raceRewrites(node, race, options.helper, sourceCode), options, sourceCode),
        })
      },
    }
  },
})

interface Race {
  readonly timer: RaceTimer
  /** The promises that are not the timer. */
  readonly work: readonly Node[]
}

function partsOf(call: TSESTree.CallExpression, sourceCode: SourceCode): Race | null {
  const [list] = call.arguments
  if (list?.type !== 'ArrayExpression' || list.elements.length < 2) return null
  const work: Node[] = []
  let timer: RaceTimer | null = null
  for (const element of list.elements) {
    if (!element) continue
    const found: RaceTimer | null = timer ? null : raceTimerOf(element, sourceCode)
    if (found) timer = found
    else work.push(element)
  }
  return timer && work.length > 0 ? { timer, work } : null
}

function findingOf({ timer, work }: Race): MessageId | null {
  if (timer.ms?.type === 'Literal' && typeof timer.ms.value === 'number' && timer.ms.value <= SHORT_MS) return null
  if (timer.handle === 'kept') return 'timerKept'
  if (timer.handle === 'dropped') {
    const callee = unwrap(timer.call.callee)
    const isGlobalTimer = callee.type === 'Identifier' ? callee.name === 'setTimeout' : false
    return isGlobalTimer && timer.call.arguments.length > 1 ? 'timerDropped' : 'delayNotCancelled'
  }
  const isStarted = work.some((each) => unwrap(each).type === 'CallExpression')
  return isStarted && timer.rejects && !timer.cancels ? 'workNotCancelled' : null
}

function describe({ timer, work }: Race, sourceCode: SourceCode): Record<string, string> {
  const [first] = work
  return {
    ms: timer.ms ? durationText(timer.ms, sourceCode) : 'its whole delay',
    work: first ? nameText(first, sourceCode) : '',
    timer: nameText(timer.call, sourceCode),
    helper: 'withTimeout',
  }
}

function durationText(ms: Node, sourceCode: SourceCode): string {
  if (ms.type === 'Literal' && typeof ms.value === 'number') return ms.value % 1000 === 0 ? `${ms.value / 1000} s` : `${ms.value} ms`
  const text = onOneLine(ms, sourceCode)
  return text.length <= 40 && stringValue(ms) === null ? `\`${text}\` ms` : 'its whole delay'
}

/** A promise or timer; of a call what is called. */
function nameText(node: Node, sourceCode: SourceCode): string {
  const inner = unwrap(node)
  const text = onOneLine(inner.type === 'CallExpression' ? inner.callee : inner, sourceCode)
  const call = inner.type === 'CallExpression' ? '(…)' : ''
  return text.length <= 40 ? `${text}${call}` : `${text.slice(0, 37)}…${call}`
}
