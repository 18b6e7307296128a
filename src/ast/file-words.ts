/**
 * The names and strings that a file is written with: the cheapest way to see that it has nothing to do with an API. One
 * look at the tokens serves every rule.
 */
import type { TSESLint } from '@typescript-eslint/utils'

type SourceCode = Readonly<TSESLint.SourceCode>

interface Words {
  /** Identifiers, private names and keywords. */
  readonly names: ReadonlySet<string>
  /** Strings and templates without parts, by what is between their quotes. */
  readonly strings: ReadonlySet<string>
}

const cache = new WeakMap<SourceCode, Words | null>()

/**
 * Whether a word stands in a file as a name (`readFile`, `#queue`) or as a whole string (`['readFile']`); comments do not
 * count. True as well where the parser gives no tokens to look at. Not seen: strings with escapes in them.
 */
export function mentions(sourceCode: SourceCode, word: string): boolean {
  const words = wordsIn(sourceCode)
  return words === null || words.names.has(word) || words.strings.has(word)
}

/** The same for whole strings alone: the specifier of a module. */
export function mentionsString(sourceCode: SourceCode, text: string): boolean {
  return wordsIn(sourceCode)?.strings.has(text) ?? true
}

function wordsIn(sourceCode: SourceCode): Words | null {
  let words = cache.get(sourceCode)
  if (words === undefined) cache.set(sourceCode, (words = collect(sourceCode)))
  return words
}

function collect({ ast }: SourceCode): Words | null {
  const tokens = ast.tokens as readonly { readonly type: string; readonly value: string }[] | undefined
  if (!tokens || (tokens.length === 0 && ast.body.length > 0)) return null
  const names = new Set<string>()
  const strings = new Set<string>()
  for (const { type, value } of tokens) {
    switch (type) {
      case 'Punctuator':
      case 'Numeric':
      case 'JSXText':
      case 'RegularExpression':
        break
      case 'String':
      case 'Template':
        if (value.length < LONGEST) strings.add(value.slice(1, -1))
        break
      default:
        names.add(value)
    }
  }
  return { names, strings }
}

/** Longer strings are texts and no names of modules or keys. */
const LONGEST = 100
