/** Programs of `grammar.ts`, in one of five dialects, as a fast-check arbitrary that shrinks towards the simplest. */
import fc from 'fast-check'
import { Choices } from '../property/loops/choices.ts'
import { grammar } from './grammar.ts'
import { parses, type Program } from './parses.ts'

/** What holds in a file of each kind. */
const dialects: readonly { readonly filename: string; readonly flags: string }[] = [
  { filename: 'src/fuzz.js', flags: 'module strict' },
  { filename: 'src/fuzz.cjs', flags: 'script sloppy' },
  { filename: 'src/fuzz.ts', flags: 'module strict ts' },
  { filename: 'src/fuzz.tsx', flags: 'module strict ts jsx' },
  { filename: 'src/fuzz.jsx', flags: 'module strict jsx' },
]

/** From this depth on, and from this length of an item, every choice is the first, which is the simplest. */
const MAX_DEPTH = 22
const MAX_LENGTH = 1_500

const CONDITION = /^\[([\w !]+)\] /
const REFERENCE = /<([a-z][a-z ]*[a-z])((?: [+-][a-z]+)*)>/g

class Writer {
  readonly #choices: Choices
  #length = 0

  constructor(choices: Choices) {
    this.#choices = choices
  }

  write(symbol: string, flags: ReadonlySet<string>, depth = 0): string {
    const open = openProductions(symbol, flags)
    const production = depth > MAX_DEPTH || this.#length > MAX_LENGTH ? open[0] : this.#choices.of(open)
    const text = (production ?? '').replace(CONDITION, '')
    this.#length += text.length
    return text.replace(REFERENCE, (whole, inner: string, changes: string) => (inner in grammar ? this.write(inner, changed(flags, changes), depth + 1) : whole))
  }
}

function openProductions(symbol: string, flags: ReadonlySet<string>): readonly string[] {
  return (grammar[symbol] ?? []).filter((production) => {
    const conditions = CONDITION.exec(production)?.[1]?.split(' ') ?? []
    return conditions.every((condition) => (condition.startsWith('!') ? !flags.has(condition.slice(1)) : flags.has(condition)))
  })
}

function changed(flags: ReadonlySet<string>, changes: string): ReadonlySet<string> {
  if (changes === '') return flags
  const next = new Set(flags)
  for (const change of changes.trim().split(' ')) {
    if (change.startsWith('+')) next.add(change.slice(1))
    else next.delete(change.slice(1))
  }
  return next
}

/** Things that stand side by side in a file. */
const MAX_ITEMS = 10

/** A header and a few items, each kept only where the file with it still parses. */
function write(numbers: readonly number[]): Program {
  const choices = new Choices(numbers)
  const { filename, flags } = choices.of(dialects)
  const holds = new Set(flags.split(' '))
  let text = ''
  for (let items = 4 + choices.below(MAX_ITEMS); items > 0; items--) {
    const longer = text + new Writer(choices).write(text === '' ? 'header' : 'module item', holds) + '\n'
    if (parses({ text: longer, filename }) === true) text = longer
  }
  return { text, filename }
}

export const program: fc.Arbitrary<Program> = fc.array(fc.nat(0xffff), { minLength: 100, maxLength: 1_200, size: 'max' }).map(write)
