/**
 * What an `async` function without `await` returns: a value that is there already, or what may itself be a promise.
 * Syntax and scope decide; where neither does, the type.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed } from '../../ast/file-nodes.ts'
import { endsInWord, hasWord, nameOf, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { thenableEnds, thenableWords } from '../../knowledge/async-conventions.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { bulkyObjects, computingVerbs, outsideObjects, promiseWords } from '../../knowledge/naming.ts'
import { listMethods, plainCalls, plainMethods } from '../../knowledge/plain-results.ts'
import { apiPath, callsOf, indexFacts, returnedExpressions } from '../calls/index.ts'
import { callbackResultOf, usesOf } from '../uses/index.ts'
import { isAnswer } from './continuations.ts'
import { isPluginHook } from './plugin-hooks.ts'
import { thenabilityOf } from './typed-promises.ts'
import { isCalledForValue, isMissedAloud, isTakenApart } from './value-uses.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `plain`: certainly not a promise.
 * - `settled`: `Promise.resolve(x)` of a plain `x`, which `async` makes superfluous.
 * - `read`: a member of something (`x.id`), which is seldom a promise, and never by name; and what the file treats as a
 *   value elsewhere (`if (!x) throw …`, `if (isOpen(y))`).
 * - `computed`: a value by the name of what gives it (`parseTags(x)`) or of what holds it (`this.users[id]`), and nothing
 *   else says so.
 * - `unknown`: it may be one.
 * - `promise`: certainly a promise.
 */
export type ReturnedKind = 'plain' | 'settled' | 'read' | 'computed' | 'unknown' | 'promise'

export interface Returned {
  readonly kind: ReturnedKind
  /** The expression that decides; null where nothing is returned. */
  readonly because: Node | null
}

const plainFacts = indexFacts(plainCalls)
const ORDER: readonly ReturnedKind[] = ['plain', 'settled', 'read', 'computed', 'unknown', 'promise']
const MAX_DEPTH = 6

/** The weakest of all that the function returns. */
export function returnedBy(node: FunctionNode, sourceCode: SourceCode, depth = 0): Returned {
  let answer: Returned = { kind: 'plain', because: null }
  for (const value of returnedExpressions(node, sourceCode)) {
    const kind = kindOf(value, sourceCode, depth)
    if (ORDER.indexOf(kind) > ORDER.indexOf(answer.kind)) answer = { kind, because: value }
  }
  return answer
}

/** The argument of `Promise.resolve(x)`; null for another expression, undefined for none. */
export function resolvedValue(node: Node, sourceCode: SourceCode): Node | null | undefined {
  const call = unwrap(node)
  if (call.type !== 'CallExpression' || call.arguments.length > 1) return null
  const path = apiPath(callsOf(sourceCode).originOf(call.callee))
  if (path?.module !== 'globalThis' || path.member !== 'Promise.resolve') return null
  const [argument] = call.arguments
  return argument?.type === 'SpreadElement' ? null : argument
}

function kindOf(node: Node, sourceCode: SourceCode, depth = 0): ReturnedKind {
  const kind = bySyntax(unwrap(node), sourceCode, depth)
  if (kind === 'plain' || kind === 'settled' || kind === 'promise') return kind
  return thenabilityOf(node, sourceCode) ?? kind
}

function bySyntax(node: Node, sourceCode: SourceCode, depth: number): ReturnedKind {
  if (depth > MAX_DEPTH) return 'unknown'
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'UpdateExpression':
    case 'ArrayExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'ClassExpression':
    case 'JSXElement':
    case 'JSXFragment':
      return 'plain'
    case 'ThisExpression':
      return 'plain'
    case 'ObjectExpression':
      return isThenableLiteral(node) ? 'unknown' : 'plain'
    case 'ConditionalExpression':
      return weakest(kindOf(node.consequent, sourceCode, depth + 1), kindOf(node.alternate, sourceCode, depth + 1))
    case 'LogicalExpression':
      return weakest(kindOf(node.left, sourceCode, depth + 1), kindOf(node.right, sourceCode, depth + 1))
    case 'SequenceExpression': {
      const last = node.expressions.at(-1)
      return last ? kindOf(last, sourceCode, depth + 1) : 'unknown'
    }
    case 'AssignmentExpression':
      return node.operator === '=' || /^(?:&&|\|\||\?\?)=$/.test(node.operator) ? kindOf(node.right, sourceCode, depth + 1) : 'plain'
    case 'Identifier':
      return ofIdentifier(node, sourceCode, depth)
    case 'NewExpression':
      return ofConstruction(node, sourceCode)
    case 'CallExpression':
      return ofCall(node, sourceCode, depth)
    case 'ImportExpression':
      return 'promise'
    case 'MemberExpression':
      return ofMember(node, sourceCode, depth)
    default:
      return 'unknown'
  }
}

/** Whether a name is one under which people keep promises: `ready`, `pendingWrites`, `loadP`. */
function mayNamePromise(name: string): boolean {
  return /(?:^|[a-z\d])P$|(?:^|_)p$/.test(name) || wordsOf(name).some((word) => promiseWords.has(word) || promiseWords.has(word.replace(/s$/, '')))
}

function ofMember(node: TSESTree.MemberExpression, sourceCode: SourceCode, depth: number): ReturnedKind {
  const name = memberName(node)
  if (name === 'length' || name === 'size') return 'plain'
  if (name === null) return node.computed ? ofElement(node, sourceCode, depth) : 'unknown'
  if (mayNamePromise(name)) return 'unknown'
  const assigned = usesOf(sourceCode).assignedTo(name).map((value) => kindOf(value, sourceCode, depth + 1))
  return assigned.some((kind) => kind === 'promise' || kind === 'settled') ? 'promise' : 'read'
}

/** `this.users[id]`, where the file puts something into `users` and nothing of it may be a promise. */
function ofElement({ object }: TSESTree.MemberExpression, sourceCode: SourceCode, depth: number): ReturnedKind {
  const holder = unwrap(object)
  const name = holder.type === 'MemberExpression' ? memberName(holder) : null
  if (name === null || mayNamePromise(name)) return 'unknown'
  const values = membersNamed(name, sourceCode).flatMap(({ parent }) =>
    parent.type === 'MemberExpression' && parent.computed && parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent ? [parent.parent.right] : [],
  )
  const kinds = values.map((value) => kindOf(value, sourceCode, depth + 1))
  return values.length > 0 && kinds.every((kind) => kind === 'plain' || kind === 'read') ? 'computed' : 'unknown'
}

function weakest(left: ReturnedKind, right: ReturnedKind): ReturnedKind {
  return ORDER.indexOf(left) >= ORDER.indexOf(right) ? left : right
}

function isThenableLiteral(node: TSESTree.ObjectExpression): boolean {
  return node.properties.some((property) => property.type === 'Property' && memberName(property) === 'then')
}

function ofIdentifier(node: TSESTree.Identifier, sourceCode: SourceCode, depth: number): ReturnedKind {
  const variable = callsOf(sourceCode).variableOf(node)
  if (!variable || variable.defs.length === 0) {
    return node.name === 'undefined' || node.name === 'NaN' || node.name === 'Infinity' ? 'plain' : 'unknown'
  }
  if (variable.references.some(({ identifier }) => isTakenApart(identifier as Node))) return 'plain'
  const [definition] = variable.defs
  if (definition?.type === 'FunctionName' || definition?.type === 'ClassName') return 'plain'
  if (definition?.type === 'Parameter') return ofParameter(definition.name as TSESTree.Identifier, definition.node as FunctionNode, sourceCode)
  if (definition?.type !== 'Variable' || variable.defs.length > 1) return 'unknown'
  const declarator = definition.node as TSESTree.VariableDeclarator
  const annotated = declarator.id.type === 'Identifier' ? byAnnotation(declarator.id) : 'unknown'
  if (annotated !== 'unknown') return annotated
  const loop = declarator.parent.parent
  if ((loop?.type === 'ForInStatement' || loop?.type === 'ForOfStatement') && loop.left === declarator.parent) {
    return loop.type === 'ForInStatement' ? 'plain' : 'unknown'
  }
  const values = variable.references.filter((reference) => reference.isWrite()).map((reference) => reference.writeExpr as Node | null)
  const isPromiseName = mayNamePromise(node.name)
  // `const { id } = user`: a member of something, as `user.id` is.
  if (declarator.id.type !== 'Identifier') return isPromiseName ? 'unknown' : 'read'
  if (values.length === 0 || values.length > 12) return values.length === 0 && !declarator.init ? 'plain' : 'unknown'
  const kind = variable.references
    .filter((reference) => reference.isWrite())
    .reduce<ReturnedKind>((known, { writeExpr, identifier }) => weakest(known, ofWrite(writeExpr as Node | null, identifier as Node, sourceCode, depth)), 'plain')
  const isExpected = (kind === 'unknown' || kind === 'computed') && !isPromiseName && variable.references.some(({ identifier }) => isMissedAloud(identifier as Node))
  return isExpected ? 'read' : kind
}

/** What a promise's callback, or a library that awaits for it, is given is never a promise. */
function ofParameter(name: TSESTree.Identifier, owner: FunctionNode, sourceCode: SourceCode): ReturnedKind {
  const annotated = byAnnotation(name)
  if (annotated !== 'unknown') return annotated
  const place = usesOf(sourceCode).placeOf(owner)
  if (isPluginHook(place)) return 'plain'
  if (place.kind !== 'argument' || name.parent !== owner) return 'unknown'
  return callbackResultOf(place.call, place.index, sourceCode) === 'adopted' ? 'plain' : 'unknown'
}

/** What one write leaves in a variable: `x = f()` what `f` returns, `x += 1` a primitive. */
function ofWrite(value: Node | null, target: Node, sourceCode: SourceCode, depth: number): ReturnedKind {
  const parent = target.parent
  if (parent?.type === 'UpdateExpression') return 'plain'
  if (parent?.type === 'AssignmentExpression' && !['=', '&&=', '||=', '??='].includes(parent.operator)) return 'plain'
  if (parent?.type !== 'AssignmentExpression' && parent?.type !== 'VariableDeclarator') return 'unknown'
  return value ? kindOf(value, sourceCode, depth + 1) : 'unknown'
}

const PRIMITIVES = new Set([
  'TSStringKeyword', 'TSNumberKeyword', 'TSBooleanKeyword', 'TSBigIntKeyword', 'TSNullKeyword', 'TSUndefinedKeyword', 'TSVoidKeyword',
  'TSSymbolKeyword', 'TSLiteralType', 'TSArrayType', 'TSTupleType', 'TSTemplateLiteralType', 'TSFunctionType',
])

function byAnnotation(name: TSESTree.Identifier): ReturnedKind {
  const type = name.typeAnnotation?.typeAnnotation
  if (!type) return 'unknown'
  const types = type.type === 'TSUnionType' ? type.types : [type]
  return types.every((each) => PRIMITIVES.has(each.type)) ? 'plain' : 'unknown'
}

/** `new X()` is an `X`; only a promise, a subclass of one and a proxy of one can be waited for. */
function ofConstruction(node: TSESTree.NewExpression, sourceCode: SourceCode): ReturnedKind {
  const { root, steps } = callsOf(sourceCode).originOf(node.callee)
  if (root.kind === 'global' && steps.length === 0) {
    if (root.name === 'Promise') return 'promise'
    return root.name === 'Proxy' || hasWord(root.name, thenableWords) ? 'unknown' : 'plain'
  }
  if (root.kind === 'class' && steps.length === 0) {
    const hasThen = root.node.body.body.some((element) => 'key' in element && memberName(element) === 'then')
    return hasThen || (root.node.superClass && /Promise/.test(sourceCode.getText(root.node.superClass))) ? 'unknown' : 'plain'
  }
  const name = nameOf(node.callee)
  return hasWord(name, thenableWords) || endsInWord(name, thenableEnds) ? 'unknown' : 'plain'
}

function ofCall(node: TSESTree.CallExpression, sourceCode: SourceCode, depth: number): ReturnedKind {
  const resolved = resolvedValue(node, sourceCode)
  if (resolved === undefined) return 'settled'
  if (resolved !== null) {
    const kind = kindOf(resolved, sourceCode, depth + 1)
    return kind === 'plain' ? 'settled' : kind === 'settled' ? 'settled' : 'promise'
  }
  if (isAnswer(node, sourceCode)) return 'plain'
  const calls = callsOf(sourceCode)
  const origin = calls.calleeOf(node)
  const path = apiPath(origin)
  if (path?.module === 'globalThis' && path.member.startsWith('Promise.')) return 'promise'
  if (plainFacts.of(origin)) return 'plain'
  if (path && /^node:fs$/.test(path.module) && /Sync$/.test(path.member)) return 'plain'
  if (origin.root.kind === 'function' && origin.steps.length === 0) {
    const callee = origin.root.node
    if (callee.generator) return 'plain'
    if (callee.async) return 'promise'
    return returnedBy(callee, sourceCode, depth + 1).kind
  }
  const callee = unwrap(node.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null
  if (name !== null && chainingMethods.has(name)) return 'promise'
  if (name !== null && plainMethods.has(name)) return 'plain'
  if (callee.type === 'MemberExpression' && name !== null && listMethods.has(name) && isListOrText(callee.object, sourceCode)) return 'plain'
  if (isCalledForValue(node, sourceCode)) return 'read'
  return takesOneValue(node) && isComputing(nameOf(callee)) ? 'computed' : 'unknown'
}

/** What makes one value of another gets that one; `parsePrompt({ context, model })` and `parseSelector(url, connect, text)` ask somebody. */
function takesOneValue({ arguments: [first, ...others] }: TSESTree.CallExpression): boolean {
  return first !== undefined && others.length === 0 && first.type !== 'SpreadElement' && first.type !== 'ObjectExpression'
}

/** `parseTags`, `uint8ArrayConcat`, `encode`: what makes a value of another; not `parseFile`, `buildAsync`, `format`. */
function isComputing(name: string | null): boolean {
  if (name === null || mayNamePromise(name)) return false
  const words = wordsOf(name)
  if (words.some((word) => word === 'async' || bulkyObjects.has(word) || outsideObjects.has(word))) return false
  const [first = '', last = ''] = [words[0], words.at(-1)]
  return computingVerbs.has(first) || computingVerbs.has(last)
}

/** Whether an expression is certainly an array or a string. */
function isListOrText(node: Node, sourceCode: SourceCode, depth = 0): boolean {
  const value = unwrap(node)
  if (depth > MAX_DEPTH) return false
  if (value.type === 'ArrayExpression' || value.type === 'TemplateLiteral') return true
  if (value.type === 'Identifier') {
    const definition = callsOf(sourceCode).variableOf(value)?.defs
    const declarator = definition?.length === 1 && definition[0]?.type === 'Variable' ? (definition[0].node as TSESTree.VariableDeclarator) : null
    return declarator?.id.type === 'Identifier' && declarator.init != null && declarator.parent.kind === 'const'
      ? isListOrText(declarator.init, sourceCode, depth + 1)
      : false
  }
  if (value.type !== 'CallExpression') return false
  if (plainFacts.of(callsOf(sourceCode).calleeOf(value))) return true
  const callee = unwrap(value.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null
  if (callee.type !== 'MemberExpression' || name === null) return false
  return plainMethods.has(name) || (listMethods.has(name) && isListOrText(callee.object, sourceCode, depth + 1))
}
