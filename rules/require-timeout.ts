/** Reports a request, query or connection that nothing ends when the other side does not answer. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../src/analysis/calls/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import type { LintedPath } from '../src/analysis/manifest/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import {
  isRelativeUrl,
  isTestSupport,
  mayCallClients,
  runsOnce,
  isCallbackName,
  signalInOptions,
  signalInScope,
  type SignalInScope,
  timeLimitsOf,
  type Remedy,
  type SwitchedOff,
  type TimeLimit,
  type TimeLimitFact,
} from '../src/analysis/time-limits/index.ts'
import { onOneLine, placeOf } from '../src/ast/source-text.ts'
import { createRule } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import { offer } from '../src/fix/offer.ts'
import { timeLimitRewrites } from '../src/fix/time-limit.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Call = TSESTree.CallExpression | TSESTree.NewExpression

const messages = {
  noLimit: '`{{call}}` has no time limit: {{client}} waits for {{waits}} for ever when the other side does not answer. {{remedy}}',
  noLimitOnClient: '`{{call}}` sets no time limit: {{client}} waits for {{waits}} for ever when the other side does not answer. {{remedy}}',
  onlyPauseLimited: '`{{call}}` has no time limit: only a silence of {{default}} ends {{waits}}, and a peer that sends a byte now and then holds it for as long as it likes. {{remedy}}',
  limitOff: '`{{off}}` means no time limit to {{client}}, so `{{call}}` may wait for ever. {{remedy}}',
  neverAborted: '`{{call}}` has no time limit: nothing aborts `{{off}}`, so its signal never fires. {{remedy}}',
  longDefault: '`{{call}}` may take up to {{default}}{{each}}, the default of {{client}}, which is more than {{max}}. {{remedy}}',
  onlyConnectLimited: '`{{call}}` limits connecting ({{default}}) and nothing after it: {{waits}} may take for ever. {{remedy}}',
  guarded: '`{{call}}` sets no time limit: {{client}} waits for {{waits}} until something else ends it ({{guard}}). {{remedy}}',
  limitNotSeen: 'Nothing in this file shows a time limit for `{{call}}`; its options come from elsewhere. {{remedy}}',
  addOption: 'Set `{{text}}`.',
  addSignal: 'Pass `{{text}}`.',
  combineSignal: 'Pass `{{text}}`, so that the caller\'s signal and the time limit both end it.',
  addMethod: 'Append `{{text}}`.',
  wrapWithTimeout: 'Wrap it: `{{text}}`.',
}

type MessageId = keyof typeof messages

export default createRule<MessageId, { maxMs: number }>({
  name: 'require-timeout',
  meta: {
    type: 'problem',
    docs: { description: 'require a time limit on requests, queries and connections', preset: 'recommended' },
    messages,
    fixable: 'code',
    hasSuggestions: true,
  },
  shared: ['report', 'fixes', 'timeoutMs'],
  own: {
    maxMs: {
      type: 'integer',
      minimum: 1,
      default: 60_000,
      description: 'The longest default of a client, in milliseconds, that is accepted as a time limit.',
    },
  },
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mayCallClients(sourceCode)) return {}
    const limits = timeLimitsOf(sourceCode, context)
    const check = (call: Call): void => {
      const limit = limits.of(call)
      if (!limit) return
      const finding = findingOf(limit, options.maxMs)
      if (!finding || (finding.possible && options.report === 'certain') || isElsewhere(call, limit.fact, context, sourceCode)) {
        remark('require-timeout', call, () => reasonOf(limit, finding !== null, sourceCode))
        return
      }
      const signal = signalInScope(call, sourceCode) ?? givenSignal(call, limit)
      const remedies = remediesFor(limit)
      const rewrites = timeLimitRewrites(call, { ...limit.fact, remedies }, { ms: options.timeoutMs, signal, helper: options.helper, sourceCode })
      context.report({
        node: call.callee,
        messageId: finding.messageId,
        data: describe(call, limit, options, sourceCode),
        ...offer<MessageId>(rewrites, options, sourceCode),
      })
    }
    return { CallExpression: check, NewExpression: check }
  },
})

/** The signal that the call's options may hold already, where the file does not show them. */
function givenSignal(call: Call, { kind, fact }: TimeLimit): SignalInScope | null {
  const options = kind === 'unknown' ? fact.options.map((position) => call.arguments[position]).find((argument) => argument && !isCallbackName(argument)) : null
  return options ? signalInOptions(options) : null
}

/** What to say of a call, if anything: `possible` where a default or something outside the code ends it, or options are not seen. */
function findingOf(limit: TimeLimit, maxMs: number): { messageId: MessageId; possible: boolean } | null {
  if (limit.kind === 'limited' || limit.kind === 'streaming') return null
  if (limit.kind === 'unknown') return isAcceptable(limit.fact, maxMs) ? null : { messageId: 'limitNotSeen', possible: true }
  const { fact, off } = limit
  if (off?.kind === 'neverAborted' && !isAcceptable(fact, maxMs)) return { messageId: 'neverAborted', possible: false }
  // Who takes a default away has a reason; who writes a default out has not.
  if (off?.kind === 'value') return { messageId: 'limitOff', possible: fact.default !== null }
  if (isAcceptable(fact, maxMs)) return null
  if (fact.default === null) {
    if (fact.guard !== undefined) return { messageId: 'guarded', possible: true }
    return { messageId: fact.role === 'client' ? 'noLimitOnClient' : 'noLimit', possible: false }
  }
  switch (fact.default.covers) {
    case 'pause':
      return { messageId: 'onlyPauseLimited', possible: false }
    case 'connect':
      return { messageId: 'onlyConnectLimited', possible: true }
    default:
      return { messageId: 'longDefault', possible: true }
  }
}

/** Why nothing is reported, for `explain`. */
function reasonOf(limit: TimeLimit, isElsewhere: boolean, sourceCode: SourceCode): string {
  if (isElsewhere) return 'elsewhere: in a page, a script or a test a person waits, and can leave'
  switch (limit.kind) {
    case 'limited':
      return `limited: by ${placeOf(limit.by, sourceCode)}`
    case 'streaming':
      return 'streaming: what is sent or answered is passed on piece by piece, and takes as long as there is more of it'
    default:
      return `limited: ${limit.fact.client} gives up by itself${limit.fact.default ? ` after ${duration(limit.fact.default.ms)}` : ''}`
  }
}

/** Who wrote an option to switch the limit off sets the option; otherwise the order of the table. */
function remediesFor(limit: TimeLimit): readonly Remedy[] {
  const { remedies } = limit.fact
  const isOption = limit.kind === 'unlimited' && limit.off?.kind === 'value'
  return isOption ? [...remedies].sort((a, b) => Number(b.kind === 'options') - Number(a.kind === 'options')) : remedies
}

function isAcceptable(fact: TimeLimitFact, maxMs: number): boolean {
  return fact.default !== null && fact.default.covers !== 'connect' && fact.default.ms <= maxMs
}

/** Browser code, tests, and scripts that run once: there a person waits and can leave. */
function isElsewhere(call: Call, fact: TimeLimitFact, file: LintedPath, sourceCode: SourceCode): boolean {
  const completesUrl = fact.client === '`fetch`' || (fact.client === 'axios' && fact.role === 'operation')
  if (completesUrl && isRelativeUrl(call.arguments[0], callsOf(sourceCode))) return true
  return interfaceOf(sourceCode, file) === 'browser' || isTestSupport(sourceCode) || runsOnce(call, sourceCode) || isInTest(call, sourceCode)
}

function describe(
  call: Call,
  { fact, ...limit }: TimeLimit,
  { maxMs, timeoutMs }: { maxMs: number; timeoutMs: number },
  sourceCode: SourceCode,
): Record<string, string> {
  const off = 'off' in limit ? limit.off : null
  return {
    call: `${call.type === 'NewExpression' ? 'new ' : ''}${calleeText(call, sourceCode)}`,
    client: fact.client,
    waits: fact.waits,
    default: fact.default ? duration(fact.default.ms) : '',
    each: fact.default?.covers === 'step' ? ' for each step' : '',
    max: duration(maxMs),
    guard: fact.guard ?? '',
    off: off ? offText(off, sourceCode) : '',
    remedy: remedyText(remediesFor({ fact, ...limit } as TimeLimit)[0], timeoutMs),
  }
}

function calleeText(call: Call, sourceCode: SourceCode): string {
  const text = onOneLine(call.callee, sourceCode)
  return text.length <= 48 ? text : `…${text.slice(text.lastIndexOf('.', text.length - 2))}`.slice(0, 48)
}

function offText(off: SwitchedOff, sourceCode: SourceCode): string {
  if (off.kind === 'neverAborted') return sourceCode.getText(off.controller)
  return `${off.option}: ${sourceCode.getText(off.value)}`
}

const duration = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`)

function remedyText(remedy: Remedy | undefined, ms: number): string {
  switch (remedy?.kind) {
    case 'options':
      return `Set ${remedy.options.map((name) => `\`${name}\``).join(' and ')}.`
    case 'signal':
      return `Pass \`${remedy.option}: AbortSignal.timeout(${ms})\`.`
    case 'method':
      return `Append \`.${remedy.method}(${ms})\`.`
    case 'wrap':
      return 'Wrap it with `withTimeout`.'
    default:
      return 'Set a limit where it is asked, or on the server.'
  }
}
