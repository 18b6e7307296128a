/** The words of a report: what is waited for, and why no iteration needs another. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Independent, Ordered, OrderedReason, Unknown } from '../../src/analysis/loops/index.ts'
import { placeOf, shortText } from '../../src/ast/source-text.ts'
import { helperName } from '../../src/fix/loop/helper-call.ts'
import type { Settings } from '../../src/options/settings.ts'

/** Calls of up to this many characters are quoted with their arguments. */
const WHOLE = 60

export function describe(verdict: Independent | Unknown, sourceCode: Readonly<TSESLint.SourceCode>, settings: Pick<Settings, 'helper'>): Record<string, string> {
  const { evidence, firstAwait, results } = verdict
  const waited = evidence?.call ?? (firstAwait?.type === 'AwaitExpression' ? firstAwait.argument : firstAwait)
  const call = waited ? shortText(waited, sourceCode, WHOLE) : 'await'
  const uses = evidence?.uses ?? []
  const folded = new Set(evidence?.reductions.filter(({ kind }) => kind === 'fold').map(({ target }) => sourceCode.getText(target)))
  const parts = [evidence?.otherWrites.length || folded.size > 0 ? 'no awaited work reads what another iteration writes' : 'no iteration reads what another writes']
  if (uses.length > 0) parts.push(`the call uses only ${listed(uses)} of its own`)
  if (folded.size > 0) parts.push(`${listed([...folded])} can be put together after all of them, in order`)
  else if (results !== 'effects') parts.push('results keep their order')
  return { call, evidence: parts.join('; '), helper: helperName(settings, results === 'effects' ? 'forEach' : 'map') }
}

/** Why nothing is reported, for `explain`. */
export function reasonOf(verdict: Ordered | Unknown, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const at = placeOf(verdict.because, sourceCode)
  return verdict.kind === 'ordered' ? `ordered (${verdict.reason}): ${MEANINGS[verdict.reason]}, ${at}` : `unknown: nothing says that calls may overlap, ${at}`
}

/** The reasons in words; the rule's page has more of them. */
const MEANINGS: Readonly<Record<OrderedReason, string>> = {
  control: 'what an iteration finds decides whether there is a next one',
  'same-work': 'what is awaited does not depend on the element',
  carried: 'one iteration uses what another leaves',
  'found-or-made': 'one iteration finds what another has made, where both look for the same',
  pacing: 'it pauses on purpose',
  'ordered-sink': 'all iterations share something that takes one thing at a time',
  'ordered-call': 'the elements are steps, in an order',
  batched: 'each iteration starts several at once already',
  worker: 'several such loops run side by side already',
  started: 'the work of all iterations runs already',
  'unordered-anyway': 'three elements or fewer',
  context: 'nobody waits for a test or a script',
  stated: 'its author says so',
}

function listed(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`${name}\``)
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : (quoted[0] ?? '')
}
