/** What a function's parameters say: a guess by their names, taken for granted where types or uses agree with the names. */
import type { TSESTree } from '@typescript-eslint/utils'
import { endsInWord, plainName } from '../../ast/names.ts'
import { memberName, stringValue, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { HandlerTypeFact } from '../../knowledge/handlers/index.ts'
import { contextWrites, requestMembers, requestTypeEnds, responseCalls, responseTypeEnds, shortRequestMembers } from '../../knowledge/handlers/index.ts'
import { contextNames, requestNames, responseNames } from '../../knowledge/parameter-names.ts'
import type { Calls, FactsIndex } from '../calls/index.ts'

export interface Shape {
  readonly certain: boolean
  readonly framework: string | null
  readonly runs: HandlerTypeFact['runs']
}

const isRequest = (name: string): boolean => requestNames.has(plainName(name))
const isResponse = (name: string): boolean => responseNames.has(plainName(name))
const isContext = (name: string): boolean => contextNames.has(plainName(name))
/** `(_, res)`: a request that goes unused. */
const unusedName = /^_+\d?$/

/** Whether a parameter is called like a response. */
export const isResponseName = (name: string): boolean => isResponse(name)

/** Whether a parameter is called like the context that brings a request and takes the answer; `c` is Hono's. https://hono.dev/docs/api/context */
export const isContextName = (name: string): boolean => isContext(name) || name === 'c'

/** Whether the parameters are named like a handler's: `(req, res)`, `(err, req, res, next)`, `(request, reply)`, `(ctx, next)`, `(c)`. */
export function looksLikeHandler(node: FunctionNode): boolean {
  const names = node.params.map(parameterName)
  const isPair = (name: string | null, at: number): boolean =>
    name !== null && (isRequest(name) || unusedName.test(name)) && isResponse(names[at + 1] ?? '')
  if (names.some(isPair)) return true
  return isContext(names[0] ?? '') && names[1] === 'next'
}

/** The shape of a function, or null where its parameters say nothing. */
export function shapeOf(node: FunctionNode, calls: Calls, types: FactsIndex<HandlerTypeFact>): Shape | null {
  if (node.params.length === 0 || node.params.length > 5) return null
  for (const parameter of node.params) {
    const name = nameNode(parameter)
    const annotation = name && 'typeAnnotation' in name ? name.typeAnnotation : patternAnnotation(parameter)
    const origin = annotation ? calls.instanceOf(annotation.typeAnnotation) : null
    const fact = origin && types.of(origin)
    if (fact) return { certain: true, framework: fact.framework, runs: fact.runs }
  }
  const parameters = node.params.map(nameNode)
  const names = parameters.map((each) => each?.name ?? '')
  const at = names.findIndex((name) => isRequest(name))
  if (at >= 0) {
    const request = parameters[at] as TSESTree.Identifier
    const response = isResponse(names[at + 1] ?? '') ? (parameters[at + 1] as TSESTree.Identifier) : null
    const certain = usesRequest(request, calls) || (response !== null && (usesResponse(response, calls) || areTyped(request, response)))
    return certain || response ? guessed(certain) : null
  }
  const first = parameters[0]
  if (first && isContext(first.name)) {
    const certain = usesContext(first, calls)
    return certain || names[1] === 'next' ? guessed(certain) : null
  }
  return null
}

const guessed = (certain: boolean): Shape => ({ certain, framework: null, runs: 'request' })

/** `(request: ShopRequest, response: ShopResponse)`: the types' names say what the parameters' names say. */
function areTyped(request: TSESTree.Identifier, response: TSESTree.Identifier): boolean {
  return endsInWord(typeName(request), requestTypeEnds) && endsInWord(typeName(response), responseTypeEnds)
}

function typeName(name: TSESTree.Identifier): string | null {
  const type = name.typeAnnotation?.typeAnnotation
  if (type?.type !== 'TSTypeReference') return null
  return type.typeName.type === 'Identifier' ? type.typeName.name : type.typeName.type === 'TSQualifiedName' ? type.typeName.right.name : null
}

/** Reads what only a server's request has: `req.params`, `request.headers.get('…')`, `new URL(request.url)`. */
function usesRequest(request: TSESTree.Identifier, calls: Calls): boolean {
  const known = request.name.endsWith('req') ? shortRequestMembers : requestMembers
  return references(request, calls).some((identifier) => {
    const member = memberRead(identifier)
    if (!member || isWritten(member)) return false
    const name = memberName(member)
    if (name !== null && known.has(name)) return true
    const parent = member.parent
    if (name === 'url') return parent?.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'URL'
    if (name === 'headers') return parent?.type === 'MemberExpression' && memberName(parent) === 'get'
    return name === 'getHeader' && parent?.type === 'CallExpression' && stringValue(parent.arguments[0]) !== null
  })
}

function usesResponse(response: TSESTree.Identifier, calls: Calls): boolean {
  return references(response, calls).some((identifier) => {
    const member = memberRead(identifier)
    if (!member) return false
    const name = memberName(member)
    if (name !== null && responseCalls.has(name) && member.parent?.type === 'CallExpression' && member.parent.callee === member) return true
    return name === 'statusCode' && isWritten(member)
  })
}

/** `ctx.body = …`, `ctx.request.query`. */
function usesContext(context: TSESTree.Identifier, calls: Calls): boolean {
  return references(context, calls).some((identifier) => {
    const member = memberRead(identifier)
    const name = member && memberName(member)
    if (!member || !name) return false
    if (contextWrites.has(name) && isWritten(member)) return true
    return name === 'request' && member.parent?.type === 'MemberExpression' && member.parent.object === member
  })
}

function references(name: TSESTree.Identifier, calls: Calls): Node[] {
  return (calls.variableOf(name)?.references ?? []).map(({ identifier }) => identifier as Node)
}

function memberRead(identifier: Node): TSESTree.MemberExpression | null {
  let current = identifier
  while (current.parent?.type === 'TSAsExpression' || current.parent?.type === 'TSNonNullExpression') current = current.parent
  const parent = current.parent
  if (parent?.type === 'MemberExpression' && unwrap(parent.object) === identifier) return parent
  return null
}

function isWritten(member: Node): boolean {
  return member.parent?.type === 'AssignmentExpression' && member.parent.left === member
}

function nameNode(parameter: TSESTree.Parameter): TSESTree.Identifier | null {
  const inner = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter
  const target = inner.type === 'AssignmentPattern' ? inner.left : inner
  return target.type === 'Identifier' ? target : null
}

function patternAnnotation(parameter: TSESTree.Parameter): TSESTree.TSTypeAnnotation | undefined {
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
  return target.type === 'ObjectPattern' ? target.typeAnnotation : undefined
}

export function parameterName(parameter: TSESTree.Parameter | undefined): string | null {
  if (!parameter) return null
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
  if (target.type === 'ObjectPattern') return '{}'
  return nameNode(parameter)?.name ?? null
}

