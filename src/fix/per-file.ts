import type { TSESLint } from '@typescript-eslint/utils'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `answer`, asked once per file: fixes ask the same of the whole file for every report, and a file may have thousands. */
export function perFile<Answer>(answer: (sourceCode: SourceCode) => Answer): (sourceCode: SourceCode) => Answer {
  const known = new WeakMap<SourceCode, { readonly answer: Answer }>()
  return (sourceCode) => {
    const kept = known.get(sourceCode)
    if (kept) return kept.answer
    const given = answer(sourceCode)
    known.set(sourceCode, { answer: given })
    return given
  }
}
