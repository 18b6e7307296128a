/**
 * Makes an `async` function that awaits nothing a plain one:
 *
 *     async function double(x): Promise<number> { return Promise.resolve(x * 2) }     await double(1)
 *     function double(x): number { return x * 2 }                                     double(1)
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isPromiseType, resolvedValue } from '../analysis/async-contracts/index.ts'
import { callsOf, returnedExpressions } from '../analysis/calls/index.ts'
import { methodOf, unwrap, type FunctionNode, type Node } from '../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix

/** `awaits` are the `await f(…)` that lose their `await`. Null where the text does not allow the rewrite. */
export function dropAsync(
  node: FunctionNode,
  awaits: readonly TSESTree.AwaitExpression[],
  sourceCode: SourceCode,
): ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]) | null {
  const keyword = asyncToken(node, sourceCode)
  const annotation = plainAnnotation(node, sourceCode)
  const returns = returnedExpressions(node, sourceCode).flatMap((value) => settledCalls(value, sourceCode))
  if (!keyword || annotation === null || isDescribedElsewhere(node, sourceCode)) return null
  const edits: (Edit | null)[] = [
    withoutKeyword(keyword, sourceCode),
    ...annotation,
    ...returns.map((call) => withoutResolve(call, node, sourceCode)),
    ...awaits.map((each) => withoutAwait(each, sourceCode)),
  ]
  const complete = edits.filter((edit) => edit !== null)
  if (complete.length < edits.length) return null
  // The empty edit claims the body: no other rewrite of the same pass may put an `await` into it.
  return (fixer) => [...complete.map((edit) => edit(fixer)), fixer.insertTextAfter(node, '')]
}

/** Whether overloads, or types made of it, say that the function gives a promise: `ReturnType<typeof load>`. */
function isDescribedElsewhere(node: FunctionNode, sourceCode: SourceCode): boolean {
  const method = methodOf(node)
  if (method?.parent.type === 'ClassBody') return method.parent.body.some((other) => isOverloadOf(other, method as TSESTree.MethodDefinition, sourceCode))
  const { parent } = node
  const name = node.type === 'FunctionDeclaration' ? node.id : parent.type === 'VariableDeclarator' ? parent.id : null
  const variable = name?.type === 'Identifier' ? callsOf(sourceCode).variableOf(name) : null
  if (!variable) return false
  return variable.defs.some((definition) => (definition.node as Node).type === 'TSDeclareFunction') ||
    variable.references.some(({ identifier }) => isAskedFor(identifier as Node))
}

function isOverloadOf(other: Node, method: TSESTree.MethodDefinition, sourceCode: SourceCode): boolean {
  return other.type === 'MethodDefinition' && (other.value.type as string) === 'TSEmptyBodyFunctionExpression' && other.static === method.static &&
    sourceCode.getText(other.key) === sourceCode.getText(method.key)
}

/** `typeof load` in a type, unless only what the promise holds is taken of it: `Awaited<ReturnType<typeof load>>`. */
function isAskedFor(identifier: Node): boolean {
  if (identifier.parent?.type !== 'TSTypeQuery') return false
  for (let node: Node | undefined = identifier.parent; node && node.type.startsWith('TS'); node = node.parent) {
    if (node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'Awaited') return false
  }
  return true
}

/** The `async` of a function, also where it stands before a method's name. */
export function asyncToken(node: FunctionNode, sourceCode: SourceCode): TSESTree.Token | null {
  const method = methodOf(node)
  if (!method) {
    const first = sourceCode.getFirstToken(node)
    return first?.value === 'async' ? first : null
  }
  const before = sourceCode.getTokensBetween(firstTokenAfterDecorators(method, sourceCode), method.key, { includeComments: false })
  const candidates = [firstTokenAfterDecorators(method, sourceCode), ...before]
  return candidates.findLast((token) => token.value === 'async' && token.range[1] <= method.key.range[0]) ?? null
}

function firstTokenAfterDecorators(element: TSESTree.MethodDefinition | TSESTree.Property, sourceCode: SourceCode): TSESTree.Token {
  const decorator = element.type === 'MethodDefinition' ? element.decorators?.at(-1) : undefined
  const token = decorator ? sourceCode.getTokenAfter(decorator) : sourceCode.getFirstToken(element)
  return token as TSESTree.Token
}

/** Removes a keyword and the space behind it; a comment behind it stays. */
function withoutKeyword(keyword: TSESTree.Token, sourceCode: SourceCode): Edit | null {
  const next = sourceCode.getTokenAfter(keyword, { includeComments: true })
  if (!next) return null
  const separator = needsSemicolon(keyword, sourceCode) ? ';' : ''
  return (fixer) => fixer.replaceTextRange([keyword.range[0], next.range[0]], separator)
}

/** Whether what follows a removed keyword would continue the line before: `a = 0⏎async [b]() {}`. */
function needsSemicolon(keyword: TSESTree.Token, sourceCode: SourceCode): boolean {
  const next = sourceCode.getTokenAfter(keyword)
  const previous = sourceCode.getTokenBefore(keyword)
  if (!next || !previous || !/^[([`/+\-*]/.test(next.value) || previous.loc.end.line === keyword.loc.start.line) return false
  if (/^(?:[;{}(,[]|=>|[=?:&|])$/.test(previous.value)) return isBodyOfValue(previous, sourceCode)
  return startsStatement(keyword, sourceCode)
}

/** A `}` that ends an expression: `a = {}⏎async [b]() {}`. */
function isBodyOfValue(previous: TSESTree.Token, sourceCode: SourceCode): boolean {
  if (previous.value !== '}') return false
  let node: Node | undefined = sourceCode.getNodeByRangeIndex(previous.range[0]) ?? undefined
  while (node && node.range[1] === previous.range[1]) {
    if (node.type === 'PropertyDefinition' || node.type === 'ExpressionStatement' || node.type === 'VariableDeclaration') return true
    node = node.parent
  }
  return false
}

function startsStatement(keyword: TSESTree.Token, sourceCode: SourceCode): boolean {
  let node: Node | undefined = sourceCode.getNodeByRangeIndex(keyword.range[0]) ?? undefined
  while (node && node.range[0] === keyword.range[0]) {
    if (node.type === 'ExpressionStatement' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') return true
    node = node.parent
  }
  return false
}

/** Edits that turn `Promise<T>` into `T`; none where nothing is annotated, null where the annotation is another type. */
function plainAnnotation(node: FunctionNode, sourceCode: SourceCode): Edit[] | null {
  const type = (node.returnType as { typeAnnotation?: TSESTree.TypeNode } | undefined)?.typeAnnotation
  if (!node.returnType) return []
  if (!type || !isPromiseType(type) || type.type !== 'TSTypeReference') return null
  const [value, ...others] = type.typeArguments?.params ?? []
  if (!value || others.length > 0) return null
  const text = sourceCode.getText(value)
  const isOpen = /^TS(?:Function|Constructor|Conditional|Infer)Type$/.test(value.type) && node.type === 'ArrowFunctionExpression'
  return [(fixer) => fixer.replaceText(type, isOpen ? `(${text})` : text)]
}

/** The `Promise.resolve(x)` among the values that an expression may give. */
function settledCalls(node: Node, sourceCode: SourceCode): TSESTree.CallExpression[] {
  const value = unwrap(node)
  if (value.type === 'ConditionalExpression') return [...settledCalls(value.consequent, sourceCode), ...settledCalls(value.alternate, sourceCode)]
  if (value.type === 'LogicalExpression') return [...settledCalls(value.left, sourceCode), ...settledCalls(value.right, sourceCode)]
  return value.type === 'CallExpression' && resolvedValue(value, sourceCode) !== null ? [value] : []
}

function withoutResolve(call: TSESTree.CallExpression, owner: FunctionNode, sourceCode: SourceCode): Edit | null {
  const [argument] = call.arguments
  const comments = sourceCode.getCommentsInside(call).length
  if (comments !== (argument ? sourceCode.getCommentsInside(argument).length : 0)) return null
  const text = argument ? sourceCode.getText(argument) : 'undefined'
  const isBody = owner.body === call
  const isSole = call.parent.type === 'ReturnStatement' || isBody
  const isLoose = argument && !/^(?:Identifier|Literal|TemplateLiteral|CallExpression|MemberExpression|ArrayExpression|ThisExpression|NewExpression)$/.test(argument.type)
  const needsParentheses = isLoose && (isSole ? isBody && argument.type === 'ObjectExpression' : argument.type !== 'ObjectExpression')
  if (!argument && call.parent.type === 'ReturnStatement') {
    const statement = call.parent
    const keyword = sourceCode.getFirstToken(statement)
    if (keyword && sourceCode.getTokenAfter(keyword)?.range[0] === call.range[0]) {
      return (fixer) => fixer.removeRange([keyword.range[1], call.range[1]])
    }
  }
  return (fixer) => fixer.replaceText(call, needsParentheses ? `(${text})` : text)
}

function withoutAwait(node: TSESTree.AwaitExpression, sourceCode: SourceCode): Edit | null {
  const keyword = sourceCode.getFirstToken(node)
  return keyword?.value === 'await' ? withoutKeyword(keyword, sourceCode) : null
}
