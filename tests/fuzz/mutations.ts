/**
 * Files with nodes and tokens deleted, doubled, swapped, replaced by others of the same file, or wrapped: what people's
 * code looks like while it is being written, and shapes that no grammar thinks of. A step that does not parse is undone.
 */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { AST } from 'eslint'
import fc from 'fast-check'
import { Choices } from '../property/loops/choices.ts'
import { base, linter, parses, type Program } from './parses.ts'

type Range = readonly [number, number]

interface Part {
  /** Parts of one kind can stand for one another. */
  readonly kind: string
  readonly range: Range
}

/** Characters; each edit is parsed, so longer files cost more than they show. */
const MAX_LENGTH = 16_000
const MAX_STEPS = 5

/** Programs made of the files at these paths. */
export function mutationsOf(paths: readonly string[]): fc.Arbitrary<Program> {
  return fc
    .tuple(fc.constantFrom(...paths), fc.array(fc.nat(0xffff), { minLength: 6, maxLength: 40, size: 'max' }))
    .map(([path, numbers]) => mutated(read(path), new Choices(numbers)))
}

const kept: Record<string, string> = { '.mjs': '.js', '.mts': '.ts', '.cts': '.ts' }

/** A long file ends after the last of its statements that is not too far down. Published `.js` files are modules or scripts. */
function read(path: string): Program {
  const extension = extname(path)
  const filename = `src/mutated${kept[extension] ?? extension}`
  const text = readFileSync(path, 'utf8')
  const whole = parses({ text, filename }) === true ? { text, filename } : { text, filename: filename.replace(/\.js$/, '.cjs') }
  if (text.length <= MAX_LENGTH) return whole
  const ends = (treeOf(whole)?.body ?? []).map(({ range }) => range?.[1] ?? 0).filter((end) => end <= MAX_LENGTH)
  return { ...whole, text: text.slice(0, ends.at(-1) ?? 0) }
}

function mutated(program: Program, choices: Choices): Program {
  let current = program
  for (let steps = 1 + choices.below(MAX_STEPS); steps > 0; steps--) {
    const next = { ...current, text: step(current, choices) }
    if (parses(next) === true) current = next
  }
  return current
}

const wrappers: Readonly<Record<string, readonly string[]>> = {
  statement: ['for (const each of everything) { $ }', 'try { $ } finally { after() }', 'if (a) { $ } else { $ }', '{ $ }', 'while (a) { $ break }', 'label: { $ }', 'async function again() { $ }', 'switch (a) { case 1: $ }'],
  expression: ['($)', 'await $', '[$]', '(await ($))', '(async () => $)()', '$?.a', '($ ?? $)', '(0, $)', 'Promise.all([$])', '(() => { return $ })', '{ ...$ }', '`${$}`', '($ ? $ : null)', 'new Promise((done) => done($))'],
}

function step({ text, filename }: Program, choices: Choices): string {
  const parts = partsOf({ text, filename })
  if (parts.length === 0) return text
  const one = choices.of(parts)
  const like = parts.filter(({ kind }) => kind === one.kind)
  const other = choices.of(like)
  const of = ({ range: [start, end] }: Part): string => text.slice(start, end)
  const replaced = ({ range: [start, end] }: Part, by: string): string => text.slice(0, start) + by + text.slice(end)
  switch (choices.below(5)) {
    case 0:
      return replaced(one, one.kind === 'statement' ? ';' : '')
    case 1:
      return replaced(one, `${of(one)}${one.kind === 'token' ? ' ' : '\n'}${of(one)}`)
    case 2:
      return replaced(one, of(other))
    case 3:
      return swapped(text, one, other)
    default: {
      const wrapper = choices.of(wrappers[one.kind] ?? ['$ $', '/* a */ $', '$ // b\n'])
      return replaced(one, wrapper.replaceAll('$', () => of(one)))
    }
  }
}

function swapped(text: string, one: Part, other: Part): string {
  const [first, second] = one.range[0] <= other.range[0] ? [one.range, other.range] : [other.range, one.range]
  if (first[1] > second[0]) return text
  return text.slice(0, first[0]) + text.slice(...second) + text.slice(first[1], second[0]) + text.slice(...first) + text.slice(second[1])
}

/** Every token, and every node of which it is known what else may stand in its place. */
function partsOf(program: Program): Part[] {
  const tree = treeOf(program)
  const parts: Part[] = (tree?.tokens ?? []).map(({ range }) => ({ kind: 'token', range }))
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!value || typeof value !== 'object' || !('type' in value)) return
    const { type, range } = value as { type: string; range: Range }
    const kind = kindOf(type)
    if (kind) parts.push({ kind, range })
    for (const [key, child] of Object.entries(value)) if (key !== 'parent' && key !== 'tokens' && key !== 'comments') visit(child)
  }
  visit(tree?.body)
  return parts
}

function kindOf(type: string): string | null {
  if (/Statement$|Declaration$/.test(type)) return 'statement'
  if (/Expression$|^Literal$|^TemplateLiteral$|^Identifier$/.test(type)) return 'expression'
  if (/Pattern$/.test(type)) return 'pattern'
  if (/^TS.*(?:Type|Keyword|Reference)$/.test(type)) return 'type'
  if (/^(?:Property|SpreadElement|MethodDefinition|PropertyDefinition|SwitchCase|CatchClause|Decorator|TemplateElement)$/.test(type)) return type
  return null
}

function treeOf({ text, filename }: Program): AST.Program | null {
  const messages = linter.verify(text, [...base], { filename })
  return messages.some(({ fatal }) => fatal) ? null : linter.getSourceCode().ast
}
