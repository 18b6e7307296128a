/**
 * Waits in a row, as one:
 *
 *     const user = await getUser(id)                const [user, posts] = await Promise.all([getUser(id), getPosts(id)])
 *     const posts = await getPosts(id)
 *
 *     [await getUser(id), await getPosts(id)]       await Promise.all([getUser(id), getPosts(id)])
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { Series } from '../analysis/series/index.ts'
import type { Node } from '../ast/nodes.ts'
import { isEditable } from './editable.ts'
import type { Rewrite } from './offer.ts'
import { atMargin, indentOf, stepOf } from './loop/text.ts'
import { needsParentheses } from './parenthesised.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Edit = Rewrite<string>['edit']

/** Declarations of up to this many characters stay on one line. */
const LINE = 100

/**
 * None where something stands between the waits or around an `await`, where a name has a type of its own, for objects, and
 * for `[…] as const`, which only a literal can be.
 */
export function togetherRewrites(series: Series, sourceCode: SourceCode): Rewrite<'startTogether'>[] {
  if (!isEditable(sourceCode) || isPromiseDeclared(series[0].pause, sourceCode)) return []
  const { place } = series[0]
  const edit =
    place.type === 'VariableDeclaration'
      ? declarations(series, sourceCode)
      : place.parent?.type === 'ArrayExpression'
        ? elements(series, place.parent, sourceCode)
        : null
  return edit ? [{ class: 'suggestion', messageId: 'startTogether', edit }] : []
}

function declarations(series: Series, sourceCode: SourceCode): Edit | null {
  const statements = series.map(({ place }) => place as TSESTree.VariableDeclaration)
  const [first] = statements as [TSESTree.VariableDeclaration]
  const last = statements.at(-1) as TSESTree.VariableDeclaration
  const margin = /^[\t ]*/.exec(sourceCode.lines[first.loc.start.line - 1] ?? '')?.[0] ?? ''
  const inner = `${margin}${stepOf(sourceCode, first.parent)}`
  const names: string[] = []
  const parts: string[] = []
  for (const [at, { pause }] of series.entries()) {
    const statement = statements[at] as TSESTree.VariableDeclaration
    const [declarator] = statement.declarations
    const comments = at === 0 ? [] : commentsBetween(statements[at - 1] as Node, statement, sourceCode)
    if (!declarator || !comments || statement.kind !== first.kind || declarator.init !== pause || declarator.id.typeAnnotation) return null
    if (hasCommentsBeside(statement, pause.argument, sourceCode)) return null
    names.push(sourceCode.getText(declarator.id))
    parts.push([...comments, atMargin(sourceCode, pause.argument.range, indentOf(sourceCode, statement), inner)].join(`\n${inner}`))
  }
  const closing = sourceCode.getLastToken(last)
  const before = closing && sourceCode.getTokenBefore(closing)
  // A semicolon at the head of the next line belongs to that line.
  const isApart = closing?.value === ';' && before?.loc.end.line !== closing.loc.start.line
  const end = closing?.value === ';' && !isApart ? ';' : ''
  const head = `${first.kind} [${names.join(', ')}] = await Promise.all([`
  const line = `${head}${parts.join(', ')}])${end}`
  const isShort = margin.length + line.length <= LINE && !line.includes('\n')
  const text = isShort ? line : `${head}\n${parts.map((part) => `${inner}${part},`).join('\n')}\n${margin}])${end}`
  return (fixer) => fixer.replaceTextRange([first.range[0], (isApart && before ? before : last).range[1]], text)
}

/** The comments between two neighbouring statements, each on lines of its own; null where another statement or a trailing comment is there. */
function commentsBetween(before: Node, after: Node, sourceCode: SourceCode): string[] | null {
  if (sourceCode.getTokenBefore(after)?.range[1] !== before.range[1]) return null
  const comments = sourceCode.getCommentsBefore(after)
  if (comments.some(({ loc }) => loc.start.line === before.loc.end.line || loc.end.line === after.loc.start.line)) return null
  return comments.map((comment) => sourceCode.getText(comment as unknown as Node))
}

/** Comments in `whole` that are not in `kept`. */
function hasCommentsBeside(whole: Node, kept: Node, sourceCode: SourceCode): boolean {
  return sourceCode.getCommentsInside(whole).some(({ range }) => range[0] < kept.range[0] || range[1] > kept.range[1])
}

function elements(series: Series, array: TSESTree.ArrayExpression, sourceCode: SourceCode): Edit | null {
  const isWhole = array.elements.length === series.length && series.every(({ place, pause }) => place === pause)
  if (!isWhole || isConstant(array.parent) || series.some(({ pause }) => hasCommentsBeside(pause, pause.argument, sourceCode))) return null
  // Among the arguments of `Promise.all`, the `await`s alone are in the way.
  const isAwaited = isPromiseAll(array.parent)
  const [open, close] = needsParentheses(array) ? ['(await Promise.all(', '))'] : ['await Promise.all(', ')']
  return (fixer) => [
    ...(isAwaited ? [] : [fixer.insertTextBefore(array, open)]),
    // Up to the next token, which may be a parenthesis: `await (f(y))`.
    ...series.map(({ pause }) => fixer.removeRange([pause.range[0], sourceCode.getFirstToken(pause, 1)?.range[0] ?? pause.argument.range[0]])),
    ...(isAwaited ? [] : [fixer.insertTextAfter(array, close)]),
  ]
}

function isConstant(node: Node): boolean {
  if (node.type !== 'TSAsExpression' && node.type !== 'TSTypeAssertion') return false
  const { typeAnnotation: type } = node
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const'
}

function isPromiseAll(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.object.type === 'Identifier' &&
    node.callee.object.name === 'Promise' && node.callee.property.type === 'Identifier' && node.callee.property.name === 'all'
}

function isPromiseDeclared(node: Node, sourceCode: SourceCode): boolean {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope; scope = scope.upper) {
    if ((scope.set.get('Promise')?.defs.length ?? 0) > 0) return true
  }
  return false
}
