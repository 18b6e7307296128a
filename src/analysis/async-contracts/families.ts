/** Signs that a function is one of several with a common, asynchronous interface. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, memberName, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { awaitDirectives } from '../../knowledge/comments.ts'
import { callsOf, returnedExpressions } from '../calls/index.ts'
import type { Consumption, Place } from '../uses/index.ts'
import { suspends } from './suspensions.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `null`, `0`, `'x'`, `{}`, `[]`: what a stand-in returns where another would do work. */
export function isConstant(node: Node): boolean {
  const value = unwrap(node)
  switch (value.type) {
    case 'Literal':
      return true
    case 'Identifier':
      return value.name === 'undefined'
    case 'UnaryExpression':
      return isConstant(value.argument)
    case 'TemplateLiteral':
      return value.expressions.length === 0
    case 'ArrayExpression':
      return value.elements.every((element) => element === null || isConstant(element))
    case 'ObjectExpression':
      return value.properties.every((property) => property.type === 'Property' && isConstant(property.value))
    default:
      return false
  }
}

/** Whether a neighbour with the same parameters really waits: both are called in one way. */
export function hasWaitingSibling(node: FunctionNode, place: Place, sourceCode: SourceCode): boolean {
  // One parameter, such as `key`, is too little to tell kin from chance.
  if (node.params.length < 2) return false
  const signature = signatureOf(node, sourceCode)
  return siblingsOf(node, place, sourceCode).some(
    (sibling) => sibling !== node && sibling.async && signatureOf(sibling, sourceCode) === signature && suspends(sibling, sourceCode.visitorKeys),
  )
}

/** A parameter that goes unused: somebody else has laid the signature down. */
export function hasUnusedParameter(node: FunctionNode, sourceCode: SourceCode): boolean {
  return (sourceCode.getDeclaredVariables?.(node) ?? []).some(
    (variable) => variable.defs[0]?.type === 'Parameter' && !variable.references.some((reference) => reference.isRead()),
  )
}

/**
 * Whether the function is one branch of a dispatcher whose other branches hand over promises that are really waited
 * for: `case 'a': return this.a()` beside `case 'b': return this.b()`. An `async` dispatcher makes a promise of either.
 */
export function isDispatchedWithPromises(consumption: Consumption, sourceCode: SourceCode): boolean {
  if (consumption.kind !== 'adopted' || consumption.node.type !== 'ReturnStatement') return false
  const dispatcher = enclosingFunction(consumption.node)
  if (!dispatcher || dispatcher.async) return false
  return returnedExpressions(dispatcher, sourceCode).some((value) => {
    const call = unwrap(value)
    if (call.type !== 'CallExpression') return false
    const called = callsOf(sourceCode).functionOf(call)
    return called !== null && called.async && suspends(called, sourceCode.visitorKeys)
  })
}

/** Code that computes: declarations, loops, conditions, and not one `return` alone. */
export function hasLogic(node: FunctionNode): boolean {
  if (node.body.type !== 'BlockStatement') return false
  return node.body.body.some(({ type }) => type !== 'ReturnStatement' && type !== 'ExpressionStatement')
}

/** Code that decides or repeats: `if`, `switch`, a loop, `try`. */
export function hasControlFlow(node: FunctionNode): boolean {
  return node.body.type === 'BlockStatement' && node.body.body.some(({ type }) => /^(?:If|Switch|Try|For\w*|While|DoWhile)Statement$/.test(type))
}

/**
 * A directive for ESLint's, oxlint's or Biome's rule on the function, or a comment that says that it is asynchronous for
 * the sake of something else.
 */
export function isStatedInComment(node: FunctionNode, sourceCode: SourceCode): boolean {
  const line = node.loc.start.line
  return commentsOf(node, sourceCode).some(({ value, loc }) => loc.end.line >= line - 1 && awaitDirectives.test(value))
}

function commentsOf(node: FunctionNode, sourceCode: SourceCode): TSESTree.Comment[] {
  const outer = statementOf(node)
  const last = node.body.type === 'BlockStatement' ? sourceCode.getFirstToken(node.body) : null
  return [
    ...sourceCode.getCommentsBefore(outer),
    ...(outer === node ? [] : sourceCode.getCommentsBefore(node)),
    ...(last ? sourceCode.getCommentsAfter(last).filter(({ loc }) => loc.start.line === last.loc.end.line) : []),
  ]
}

/** The statement, member or property that a function is written in. */
function statementOf(node: FunctionNode): Node {
  let outer: Node = node
  while (outer.parent && !/Statement$|Declaration$|Definition$|^Property$/.test(outer.type)) outer = outer.parent
  return outer.parent && /^Export/.test(outer.parent.type) ? outer.parent : outer
}

/** A component: what it returns is rendered, and a server component may be asynchronous. */
export function returnsElements(node: FunctionNode, sourceCode: SourceCode): boolean {
  return returnedExpressions(node, sourceCode).some((value) => /^JSX/.test(unwrap(value).type))
}

function siblingsOf(node: FunctionNode, place: Place, sourceCode: SourceCode): FunctionNode[] {
  if (place.kind === 'member') {
    return place.owner.body.body.flatMap((element) => ('value' in element && isFunction(element.value) ? [element.value] : []))
  }
  const found: FunctionNode[] = []
  walk(sourceCode.ast, sourceCode.visitorKeys, (child) => {
    if (!isFunction(child)) return undefined
    if (child !== node) found.push(child)
    return 'skip'
  })
  return found
}

function signatureOf(node: FunctionNode, sourceCode: SourceCode): string {
  return node.params.map((parameter) => nameOf(parameter, sourceCode)).join(',')
}

function nameOf(parameter: TSESTree.Parameter, sourceCode: SourceCode): string {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
  if (target.type === 'Identifier') return target.name.replace(/^_/, '')
  if (target.type === 'ObjectPattern') {
    return `{${target.properties.map((property) => (property.type === 'Property' ? (memberName(property) ?? '?') : '...')).sort().join(' ')}}`
  }
  return sourceCode.getText(target)
}

/** `@returns {Promise<…>}`: the documentation promises a promise. */
export function promisesInComment(node: FunctionNode, sourceCode: SourceCode): boolean {
  return sourceCode.getCommentsBefore(statementOf(node)).some(({ value }) => /@returns?\s*\{\s*Promise\b/.test(value))
}
