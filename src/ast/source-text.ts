/** Code as messages quote it. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Node } from './nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** The code of a node on one line, as if it had been written there: `db⏎  .users⏎  .find` is `db.users.find`. */
export function onOneLine(node: Node, sourceCode: SourceCode): string {
  const lines = sourceCode.getText(node).split('\n').map((line) => line.trim()).filter((line) => line !== '')
  return lines.reduce(joined).replace(/\s+/g, ' ')
}

function joined(text: string, line: string): string {
  if (/^\??\.(?!\.)/.test(line) || /[([]$/.test(text)) return text + line
  return /^[)\]]/.test(line) ? text.replace(/,$/, '') + line : `${text} ${line}`
}

/** The same; of a call that is longer than `whole` characters only what is called, without its arguments. */
export function shortText(node: Node, sourceCode: SourceCode, whole: number): string {
  const text = onOneLine(node, sourceCode)
  if (text.length <= whole) return text
  const callee = node.type === 'CallExpression' ? onOneLine(node.callee, sourceCode) : null
  if (callee !== null && callee.length <= LONGEST) return `${callee}(…)`
  return cut(callee ?? text, LONGEST)
}

/** Where a reason stands: `` `await gate` in line 7 ``. */
export function placeOf(node: Node, sourceCode: SourceCode): string {
  return `\`${shortText(node, sourceCode, LONGEST)}\` in line ${node.loc.start.line}`
}

/** A text with at most so many characters. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

const LONGEST = 60
