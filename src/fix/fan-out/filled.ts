/**
 * A list of promises that a loop fills right before they are waited for:
 *
 *     const tasks = []
 *     for (const id of ids) tasks.push(load(id))
 *     await Promise.all(tasks)                    →     await mapBounded(ids, (id) => load(id), { concurrency: 10 })
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import type { Combinator } from '../../analysis/fan-out/index.ts'
import { isInside, memberName, unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { argumentText, bodyText, textWith } from '../loop/text.ts'
import { firstEvaluatedIn, isReplaceable, wholeLines, type Place } from './place.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Null where the loop does more than start one task per element. */
export function filledPlace({ call, argument }: Combinator, sourceCode: SourceCode): Extract<Place, { kind: 'filled' }> | null {
  if (argument.type !== 'Identifier' || !isReplaceable(call, sourceCode)) return null
  const declaration = emptyListOf(argument, sourceCode)
  const user = firstEvaluatedIn(call)
  const siblings = user && 'body' in user.parent! && Array.isArray(user.parent.body) ? (user.parent.body as Node[]) : []
  const at = siblings.indexOf(user as Node)
  const [loop, declared] = [siblings[at - 1], siblings.indexOf(declaration as Node)]
  const afterDeclared = siblings[declared + 1]
  if (!declaration || !user || loop?.type !== 'ForOfStatement' || declared < 0 || declared >= at - 1 || !afterDeclared) return null
  const mapper = mapperOf(loop, argument.name, sourceCode)
  if (!mapper) return null
  return {
    kind: 'filled',
    list: loop.right,
    mapper,
    replaced: [declaration.range, loop.range],
    removed: [wholeLines(declaration, afterDeclared, sourceCode), wholeLines(loop, user, sourceCode)],
  }
}

/** `const tasks = []` of a list that is used in two places: where it is filled, and where it is waited for. */
function emptyListOf(name: TSESTree.Identifier, sourceCode: SourceCode): TSESTree.VariableDeclaration | null {
  const variable = callsOf(sourceCode).variableOf(name)
  const declarator = variable?.defs.length === 1 ? (variable.defs[0]?.node as Node) : null
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || variable?.references.length !== 3) return null
  const init = declarator.init && unwrap(declarator.init)
  const { parent } = declarator
  return init?.type === 'ArrayExpression' && init.elements.length === 0 && parent.declarations.length === 1 ? parent : null
}

function mapperOf(loop: TSESTree.ForOfStatement, list: string, sourceCode: SourceCode): string | null {
  const { left, body } = loop
  if (loop.await || left.type !== 'VariableDeclaration' || left.kind === 'var' || !isPlainBody(loop, sourceCode)) return null
  const statements = body.type === 'BlockStatement' ? body.body : [body]
  const push = statements.at(-1)
  const value = push?.type === 'ExpressionStatement' ? pushedValue(push.expression, list) : null
  if (!push || push.type !== 'ExpressionStatement' || !value) return null
  const parameters = `(${sourceCode.getText(left.declarations[0]?.id)})`
  const text = argumentText(sourceCode, value)
  const isBare = statements.length === 1 && sourceCode.getCommentsInside(body as never).length === 0
  if (isBare || body.type !== 'BlockStatement') return `${parameters} => ${bodyText(text)}`
  return `${parameters} => ${textWith(sourceCode, body.range, [{ range: push.expression.range, text: `return ${text}` }])}`
}

function pushedValue(node: Node, list: string): TSESTree.Expression | null {
  const callee = node.type === 'CallExpression' ? node.callee : null
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || memberName(callee) !== 'push') return null
  const [value, ...others] = node.arguments
  const isList = callee.object.type === 'Identifier' && callee.object.name === list && !callee.optional && !node.optional
  return isList && value && value.type !== 'SpreadElement' && others.length === 0 ? value : null
}

const LEAVES = /^(?:AwaitExpression|BreakStatement|ContinueStatement|LabeledStatement|ReturnStatement|YieldExpression)$/

/** Every pass ends at its end, and changes no variable from outside the loop. */
function isPlainBody(loop: TSESTree.ForOfStatement, sourceCode: SourceCode): boolean {
  return walkOwnCode(loop.body, sourceCode.visitorKeys, (node) => {
    if (LEAVES.test(node.type) || (node.type === 'VariableDeclaration' && node.kind === 'var')) return 'stop'
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : null
    if (!target || target.type === 'MemberExpression') return undefined
    const declared = target.type === 'Identifier' ? callsOf(sourceCode).variableOf(target)?.identifiers[0] : undefined
    return declared && isInside(declared as Node, loop) ? undefined : 'stop'
  })
}
