/** Rewrites that give a call a time limit: the client's own option, a signal, a method on the request, or `withTimeout`. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { foreignHelpers } from '../knowledge/limiters.ts'
import { isCallbackName, type SignalInScope } from '../analysis/time-limits/index.ts'
import { enclosingFunction, walkOwnCode, type Node } from '../ast/nodes.ts'
import type { Remedy, TimeLimitFact } from '../knowledge/timeouts/index.ts'
import { isEditable } from './editable.ts'
import { importName } from './import-name.ts'
import type { Rewrite } from './offer.ts'
import { setOptions, type OptionToSet } from './set-option.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Call = TSESTree.CallExpression | TSESTree.NewExpression

export type TimeLimitRewriteId = 'addOption' | 'addSignal' | 'combineSignal' | 'addMethod' | 'wrapWithTimeout'

/** A signal that fires after `ms`, joined with one that is in scope: `AbortSignal.any([signal, AbortSignal.timeout(ms)])`. */
function limitedSignal(ms: number, inScope: SignalInScope | null): string {
  const timeout = `AbortSignal.timeout(${ms})`
  if (!inScope) return timeout
  const both = `AbortSignal.any([${inScope.text}, ${timeout}])`
  return inScope.optional ? `${inScope.text} ? ${both} : ${timeout}` : both
}

/** The rewrites for a call of a client, the preferred one first. */
export function timeLimitRewrites(
  call: Call,
  fact: TimeLimitFact,
  { ms, signal, helper, sourceCode }: { ms: number; signal: SignalInScope | null; helper: string; sourceCode: SourceCode },
): Rewrite<TimeLimitRewriteId>[] {
  // A signal as the second way is worth offering where one is there to be passed on.
  const remedies = fact.remedies.filter((remedy, index) => index === 0 || remedy.kind !== 'signal' || signal !== null)
  return remedies.flatMap((remedy) => {
    switch (remedy.kind) {
      case 'options':
        return optionRewrite(call, fact, remedy, ms, sourceCode)
      case 'signal': {
        const text = limitedSignal(ms, signal)
        const edit = editOf(call, fact, [{ name: remedy.option, text }], sourceCode)
        return edit ? [{ class: 'suggestion', messageId: signal ? 'combineSignal' : 'addSignal', data: { text: `${remedy.option}: ${text}` }, edit }] : []
      }
      case 'method': {
        const text = `.${remedy.method}(${ms})`
        return [{ class: 'suggestion', messageId: 'addMethod', data: { text }, edit: (fixer) => fixer.insertTextAfter(call, text) }]
      }
      case 'wrap':
        return wrapRewrite(call, ms, helper, sourceCode)
    }
  })
}

function optionRewrite(
  call: Call,
  fact: TimeLimitFact,
  remedy: Extract<Remedy, { kind: 'options' }>,
  ms: number,
  sourceCode: SourceCode,
): Rewrite<TimeLimitRewriteId>[] {
  const text = String(remedy.unit === 's' ? Math.ceil(ms / 1000) : ms)
  const options = remedy.options.map((name) => ({ name, text }))
  const edit = editOf(call, fact, options, sourceCode)
  const shown = options.map(({ name }) => `${name}: ${text}`).join(', ')
  return edit ? [{ class: 'suggestion', messageId: 'addOption', data: { text: shown }, edit }] : []
}

function editOf(call: Call, fact: TimeLimitFact, options: readonly OptionToSet[], sourceCode: SourceCode): ReturnType<typeof setOptions> {
  const position = optionsPosition(call, fact)
  const argument = call.arguments[position]
  return setOptions(call, position, options, sourceCode, argument !== undefined && isCallbackName(argument))
}

/** The first position where an options object stands, else where one may be added after the arguments that are there. */
function optionsPosition(call: Call, fact: TimeLimitFact): number {
  const object = fact.options.find((position) => call.arguments[position]?.type === 'ObjectExpression')
  if (object !== undefined) return object
  const last = fact.options.at(-1) ?? 0
  const [only] = fact.options
  return fact.options.length === 1 && only !== undefined ? only : (fact.options.find((position) => position >= call.arguments.length) ?? last)
}

/** `db.query(sql)` → `withTimeout(() => db.query(sql), 10000)`. */
function wrapRewrite(call: Call, ms: number, helper: string, sourceCode: SourceCode): Rewrite<TimeLimitRewriteId>[] {
  // Another module's helper has another way of calling; a body with `yield` cannot move into a function.
  if (foreignHelpers.has(helper) || !isEditable(sourceCode) || hasYield(call, sourceCode)) return []
  const name = importName(sourceCode, helper, 'withTimeout')
  const isAsync = enclosingFunction(call)?.async === true && hasAwait(call, sourceCode) ? 'async ' : ''
  return [{
    class: 'suggestion',
    messageId: 'wrapWithTimeout',
    data: { text: `${name.local}(() => …, ${ms})` },
    edit: (fixer) => [
      ...name.edit(fixer),
      fixer.insertTextBefore(call, `${name.local}(${isAsync}() => `),
      fixer.insertTextAfter(call, `, ${ms})`),
    ],
  }]
}

function hasYield(node: Node, sourceCode: SourceCode): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, (child) => (child.type === 'YieldExpression' ? 'stop' : undefined))
}

function hasAwait(node: Node, sourceCode: SourceCode): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, (child) => (child.type === 'AwaitExpression' ? 'stop' : undefined))
}

