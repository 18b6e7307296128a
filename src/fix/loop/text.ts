/** New text made of the source's own, so that comments, types, parentheses and layout stay. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Range = readonly [number, number]

export interface Replacement {
  readonly range: Range
  readonly text: string
}

/** The source between two offsets with some parts replaced. Replacements outside the range are left out. */
export function textWith(sourceCode: SourceCode, [start, end]: Range, replacements: readonly Replacement[]): string {
  const inside = replacements
    .filter(({ range }) => range[0] >= start && range[1] <= end)
    .sort((a, b) => a.range[0] - b.range[0])
  let text = ''
  let at = start
  for (const { range, text: replacement } of inside) {
    text += sourceCode.text.slice(at, range[0]) + replacement
    at = range[1]
  }
  return text + sourceCode.text.slice(at, end)
}

/** An expression as an argument or an initialiser: what has parentheses of its own (`for (const x of (a, b))`) keeps them. */
export function argumentText(sourceCode: SourceCode, node: Node): string {
  const text = sourceCode.getText(node)
  return unwrap(node).type === 'SequenceExpression' ? `(${text})` : text
}

/** `(x) => f(x)` for `await f(x)`; `async (x) => …` for everything else, also for `await f(x, await y)`. */
export function arrowOf(sourceCode: SourceCode, parameters: string, value: Node): string {
  return value.type === 'AwaitExpression' && walkOwnCode(value.argument, sourceCode.visitorKeys, ({ type }) => (type === 'AwaitExpression' ? 'stop' : undefined))
    ? `${parameters} => ${bodyText(argumentText(sourceCode, value.argument))}`
    : `async ${parameters} => ${bodyText(argumentText(sourceCode, value))}`
}

/** An expression as the body of an arrow function. */
export function bodyText(text: string): string {
  return text.startsWith('{') ? `(${text})` : text
}

/** The indentation of the line on which a node starts. */
export function indentOf(sourceCode: SourceCode, node: Node): string {
  return /^\s*/.exec(sourceCode.lines[node.loc.start.line - 1] ?? '')![0]
}

/** One step of indentation, as the block has it. */
export function stepOf(sourceCode: SourceCode, block: Node): string {
  const first = block.type === 'BlockStatement' ? block.body[0] : null
  if (first && first.loc.start.line > block.loc.start.line) {
    const [outer, inner] = [indentOf(sourceCode, block), indentOf(sourceCode, first)]
    if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length)
  }
  return indentOf(sourceCode, block).startsWith('\t') ? '\t' : '  '
}

/** The source between two offsets with the lines after the first moved from one margin to another; those of a template stay. */
export function atMargin(sourceCode: SourceCode, [start, end]: Range, from: string, to: string): string {
  const { tokens } = sourceCode.ast
  const isInTemplate = (at: number) => tokens.some(({ type, range }) => (type as string) === 'Template' && range[0] < at && at < range[1])
  return sourceCode.text.slice(start, end).replace(/\n([ \t]*)(?=\S)/g, (line, indent: string, at: number) =>
    indent.startsWith(from) && !isInTemplate(start + at) ? `\n${to}${indent.slice(from.length)}` : line,
  )
}

/** Whether the statements in a node end with semicolons. */
export function hasSemicolons(sourceCode: SourceCode, near: Node): boolean {
  const tokens = sourceCode.getTokens(near as never)
  return tokens.some((token, i) => {
    const next = tokens[i + 1]
    return token.value === ';' && (!next || next.value === '}' || next.loc.start.line > token.loc.end.line)
  })
}

/** A semicolon for a statement that takes the place of `loop`, where style or the next token (`(`, `[`, a template) asks for one. */
export function semicolonAfter(sourceCode: SourceCode, loop: Node, body: Node): string {
  if (hasSemicolons(sourceCode, body)) return ';'
  const next = sourceCode.getTokenAfter(loop)
  return next && /^[([`/+-]/.test(next.value) ? ';' : ''
}

/** Whether every comment of the replaced part is in the new text as well. */
export function keepsComments(sourceCode: SourceCode, [start, end]: Range, text: string): boolean {
  let rest = text
  const comments = sourceCode.getAllComments() as TSESTree.Comment[]
  for (let i = firstFrom(comments, start); i < comments.length; i += 1) {
    const comment = comments[i] as TSESTree.Comment
    if (comment.range[1] > end) break
    const own = sourceCode.text.slice(...comment.range)
    const at = rest.indexOf(own)
    if (at < 0) return false
    rest = rest.slice(0, at) + rest.slice(at + own.length)
  }
  return true
}

/** The index of the first comment at or after a position; they are in the order of the source. */
function firstFrom(comments: readonly TSESTree.Comment[], start: number): number {
  let low = 0
  let high = comments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((comments[middle] as TSESTree.Comment).range[0] < start) low = middle + 1
    else high = middle
  }
  return low
}
