/**
 * The names and strings that a file is written with: the cheapest way to see that it has nothing to do with an API. One
 * look at the tokens serves every rule.
 */
import type { TSESLint } from '@typescript-eslint/utils'

type SourceCode = Readonly<TSESLint.SourceCode>

const cache = new WeakMap<SourceCode, ReadonlySet<string> | null>()

/**
 * Whether a word stands in a file as a name (`readFile`, `#queue`) or as a whole string (`'node:fs'`); comments do not
 * count. True as well where the parser gives no tokens to look at. Not seen: strings with escapes in them.
 */
export function mentions(sourceCode: SourceCode, word: string): boolean {
  let words = cache.get(sourceCode)
  if (words === undefined) cache.set(sourceCode, (words = collect(sourceCode)))
  return words === null || words.has(word)
}

function collect({ ast }: SourceCode): ReadonlySet<string> | null {
  const tokens = ast.tokens as readonly { readonly type: string; readonly value: string }[] | undefined
  if (!tokens || (tokens.length === 0 && ast.body.length > 0)) return null
  const words = new Set<string>()
  for (const { type, value } of tokens) {
    switch (type) {
      case 'Punctuator':
      case 'Numeric':
      case 'JSXText':
      case 'RegularExpression':
        break
      case 'String':
      case 'Template':
        if (value.length < LONGEST) words.add(value.slice(1, -1))
        break
      default:
        words.add(value)
    }
  }
  return words
}

/** Longer strings are texts and no names of modules or keys. */
const LONGEST = 100
