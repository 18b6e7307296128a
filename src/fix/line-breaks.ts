/** New text with the line breaks of its file. */
import type { TSESLint } from '@typescript-eslint/utils'
import { perFile } from './per-file.ts'
import type { Rewrite } from './offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Edit = Rewrite<string>['edit']

/** Builders write `\n`; a file that has only `\r\n` gets these. */
export function withLineBreaksOf(sourceCode: SourceCode, edit: Edit): Edit {
  if (!endsLinesInPairs(sourceCode)) return edit
  return (fixer) => {
    const fixes = edit(fixer)
    return fixes && [fixes].flat().map((fix) => ({ ...fix, text: fix.text.replace(/(?<!\r)\n/g, '\r\n') }))
  }
}

const endsLinesInPairs = perFile(({ text }) => text.includes('\r\n') && !/(?<!\r)\n/.test(text))
