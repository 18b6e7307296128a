/**
 * The names and strings that a file is written with: the cheapest way to see that it has nothing to do with an API. One
 * walk over the file serves every rule.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { writtenIn } from './file-nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * Whether a word stands in a file as a name (`readFile`, `#queue`), as a whole string (`['readFile']`), or as one of the
 * keywords `async` and `await`; comments do not count.
 */
export function mentions(sourceCode: SourceCode, word: string): boolean {
  const { names, strings } = writtenIn(sourceCode)
  return names.has(word) || strings.has(word)
}

/** The same for whole strings alone: the specifier of a module. */
export function mentionsString(sourceCode: SourceCode, text: string): boolean {
  return stringsOf(sourceCode).has(text)
}

/** Every string that is no text: a module's specifier is among them. */
export function stringsOf(sourceCode: SourceCode): ReadonlySet<string> {
  return writtenIn(sourceCode).strings
}
