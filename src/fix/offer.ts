/** Turns a rewrite and the user's policy into what ESLint reports: a fix, a suggestion, or neither. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Settings } from '../options/settings.ts'
import { withLineBreaksOf } from './line-breaks.ts'

export interface Rewrite<MessageIds extends string> {
  /** `fix` keeps everything that a caller can observe but how many run at once; `suggestion` changes what its message names. */
  readonly class: 'fix' | 'suggestion'
  /** Label of the suggestion. */
  readonly messageId: MessageIds
  readonly data?: Readonly<Record<string, unknown>>
  readonly edit: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix | readonly TSESLint.RuleFix[] | null
}

type Offer<MessageIds extends string> = Pick<TSESLint.ReportDescriptor<MessageIds>, 'fix' | 'suggest'>

/** The first rewrite is the safest; ESLint's `--fix` applies it alone, editors show all of them. */
export function offer<MessageIds extends string>(
  rewrites: readonly Rewrite<MessageIds>[],
  { fixes }: Pick<Settings, 'fixes'>,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Offer<MessageIds> {
  const [first, ...others] = rewrites.map((rewrite) => ({ ...rewrite, edit: withLineBreaksOf(sourceCode, rewrite.edit) }))
  if (!first) return {}
  const applied = fixes === 'all' || (fixes === 'safe' && first.class === 'fix')
  return {
    ...(applied && { fix: first.edit }),
    suggest: (applied ? others : [first, ...others]).map(({ messageId, data, edit }) => ({ messageId, ...(data && { data }), fix: edit })),
  } as Offer<MessageIds>
}
