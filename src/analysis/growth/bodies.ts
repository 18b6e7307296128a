/** Bodies of incoming requests, and what peers send to a server's socket, collected in memory however long they are. */
import type { TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { hasWord, wordsIn } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isInside, memberName, propertyOf, stringValue, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { listeningMethods, sizeMembers, takingMethods } from '../../knowledge/built-in-methods.ts'
import { incomingNames } from '../../knowledge/parameter-names.ts'
import { bodyReaders, incomingTypes, loopbackHosts, requestFacts } from '../../knowledge/queues-bodies.ts'
import { measureWords, refusalWords } from '../../knowledge/queues-words.ts'
import { apiPath, indexFacts } from '../calls/index.ts'
import { isAccepted } from '../streams/index.ts'
import type { FeederContext } from './feeders.ts'

export interface CollectedBody {
  /** `pieces`: the code adds them up itself. `reader`: a call reads it all. */
  readonly kind: 'pieces' | 'reader'
  /** The operation that adds a piece, or the call that reads all. */
  readonly node: Node
  /** What the pieces are kept in; the function that reads them. */
  readonly name: string
  /** The request or socket, as the code calls it. */
  readonly source: string
  /** The option that would limit it, where a library reads. */
  readonly option: string | null
  /** `possible` where the code takes pieces out in between: then only one line or message can be too long. */
  readonly confidence: 'certain' | 'possible'
}

const readers = indexFacts(bodyReaders)
const requests = indexFacts(requestFacts)

export function collectedBodiesOf(context: FeederContext): CollectedBody[] {
  const { sourceCode } = context
  const found: CollectedBody[] = []
  const isRead = readers.mayOccurIn(sourceCode)
  for (const node of nodesOf(sourceCode, 'CallExpression', 'ForOfStatement')) {
    const body =
      node.type === 'CallExpression' ? (listenedBody(node, context) ?? (isRead ? readBody(node, context) : null))
      : node.await ? loopedBody(node, context)
      : null
    if (body) found.push(body)
  }
  return found.length > 0 && !listensToItselfOnly(context) ? found : []
}

/** `req.on('data', (chunk) => { body += chunk })`, and the same with a function that has a name. */
function listenedBody(call: TSESTree.CallExpression, context: FeederContext): CollectedBody | null {
  const { callee } = call
  if (callee.type !== 'MemberExpression' || !listeningMethods.has(memberName(callee) ?? '')) return null
  const [event, given] = call.arguments
  const listener = stringValue(event) === 'data' && given ? functionOf(given, context) : null
  const [chunk] = listener?.params ?? []
  if (!listener) return null
  return chunk?.type === 'Identifier' ? collectedIn(listener.body, chunk, unwrap(callee.object), call, listener, context) : null
}

function functionOf(value: Node, { calls }: FeederContext): FunctionNode | null {
  if (isFunction(value)) return value
  if (value.type !== 'Identifier') return null
  const { root, steps } = calls.originOf(value)
  return root.kind === 'function' && steps.length === 0 ? root.node : null
}

/** `for await (const chunk of req) body += chunk`. */
function loopedBody(loop: TSESTree.ForOfStatement, context: FeederContext): CollectedBody | null {
  const chunk = loop.left.type === 'VariableDeclaration' ? loop.left.declarations[0]?.id : null
  if (chunk?.type !== 'Identifier') return null
  return collectedIn(loop.body, chunk, unwrap(loop.right), loop, enclosingFunction(loop), context)
}

/** `at` is the registration or the loop: what is kept was made before it. */
function collectedIn(
  pieces: Node,
  chunk: TSESTree.Identifier,
  source: Node,
  at: Node,
  reading: FunctionNode | null,
  context: FeederContext,
): CollectedBody | null {
  if (!isIncoming(source, context)) return null
  let kept: { node: Node; target: Node } | null = null
  walkOwnCode(pieces, context.sourceCode.visitorKeys, (node) => {
    kept ??= keptPiece(node, chunk, context)
    return kept ? 'stop' : undefined
  })
  if (!kept) return null
  const { node, target } = kept as { node: Node; target: Node }
  const name = context.sourceCode.getText(target)
  if (isCounted(name, reading ?? at, source, context)) return null
  if (isMadeInside(target, pieces, context)) return null
  const isTakenOut = takesOut(pieces, name, node, context)
  return { kind: 'pieces', node, name, source: context.sourceCode.getText(source), option: null, confidence: isTakenOut ? 'possible' : 'certain' }
}

/** `body += chunk`, `body = Buffer.concat([body, chunk])`, `chunks.push(chunk)`. */
function keptPiece(node: Node, chunk: TSESTree.Identifier, context: FeederContext): { node: Node; target: Node } | null {
  if (node.type === 'AssignmentExpression') {
    if (!mentions(node.right, chunk, context)) return null
    const text = context.sourceCode.getText(node.left)
    const isAdded = node.operator === '+=' || (node.operator === '=' && joins(node.right, text, context))
    return isAdded ? { node, target: node.left } : null
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'push') return null
  const [entry] = node.arguments
  return entry && mentions(entry, chunk, context) ? { node, target: node.callee.object } : null
}

/** `body + chunk`, `body.concat(chunk)`, `Buffer.concat([body, chunk])`: the old value with more behind it. */
function joins(value: Node, text: string, { sourceCode }: FeederContext): boolean {
  const node = unwrap(value)
  if (node.type === 'BinaryExpression') return node.operator === '+' && sourceCode.getText(node.left) === text
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'concat') return false
  const [list] = node.arguments
  const parts = list?.type === 'ArrayExpression' ? list.elements : [node.callee.object]
  return parts.some((part) => part && sourceCode.getText(part) === text)
}

function mentions(expression: Node, name: TSESTree.Identifier, { calls, sourceCode }: FeederContext): boolean {
  const variable = calls.variableOf(name)
  return !walk(expression, sourceCode.visitorKeys, (node) =>
    node.type === 'Identifier' && node.name === name.name && calls.variableOf(node) === variable && !isLengthOf(node) ? 'stop' : undefined)
}

/** `bytes += chunk.length` keeps a number. */
function isLengthOf({ parent }: Node): boolean {
  return parent?.type === 'MemberExpression' && sizeMembers.has(memberName(parent) ?? '')
}

/** Whether something compares how much there is, in the function that reads or in one around it, up to the one that gets the request. */
function isCounted(name: string | null, reading: Node, source: Node, context: FeederContext): boolean {
  const { calls, sourceCode } = context
  const root = source.type === 'MemberExpression' ? unwrap(source.object) : source
  const last = root.type === 'Identifier' ? (calls.variableOf(root)?.defs[0]?.node as Node | undefined) : undefined
  for (let owner: Node | null = reading; owner; owner = owner === last ? null : enclosingFunction(owner)) {
    const isOpen = walk(owner, sourceCode.visitorKeys, (node) => {
      if (node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator)) {
        const sides = sourceCode.getText(node)
        return wordsIn(sides).some((word) => measureWords.has(word)) || (name !== null && sides.includes(name)) ? 'stop' : undefined
      }
      const callee = node.type === 'CallExpression' ? unwrap(node.callee) : null
      const called = callee?.type === 'Identifier' ? callee.name : callee?.type === 'MemberExpression' ? memberName(callee) : null
      return hasWord(called, refusalWords) ? 'stop' : undefined
    })
    if (!isOpen) return true
  }
  return false
}

function isMadeInside(target: Node, pieces: Node, { calls }: FeederContext): boolean {
  const declared = target.type === 'Identifier' ? calls.variableOf(target)?.defs[0]?.node : undefined
  return declared !== undefined && isInside(declared as Node, pieces)
}

/** `buffer = lines.pop()`, `buffer = ''`, `chunks.length = 0`, `chunks.shift()` among the pieces: they leave before the end. */
function takesOut(pieces: Node, name: string, feed: Node, context: FeederContext): boolean {
  const { sourceCode } = context
  return !walk(pieces, sourceCode.visitorKeys, (node) => {
    if (node === feed) return
    if (node.type === 'AssignmentExpression') {
      const target = sourceCode.getText(node.left)
      if (target === name && joins(node.right, name, context)) return
      return target === name || target === `${name}.length` ? 'stop' : undefined
    }
    const callee = node.type === 'CallExpression' && node.callee.type === 'MemberExpression' ? node.callee : null
    const isTake = callee && sourceCode.getText(callee.object) === name && takingMethods.has(memberName(callee) ?? '')
    return isTake ? 'stop' : undefined
  })
}

/**
 * Whether an expression is what this program serves: a socket that its server accepted, or a request, which is the first parameter of a handler, or a parameter of
 * that name or type; `ctx.req` and `request.raw` of one. What a client's own request gets is a response.
 */
function isIncoming(expression: Node, context: FeederContext): boolean {
  const { calls, handler, sourceCode } = context
  const node = unwrap(expression)
  if (node.type === 'MemberExpression') {
    const name = memberName(node)
    if (name === 'raw' || name === 'body') return isIncoming(node.object, context)
    return (name === 'req' || name === 'request') && unwrap(node.object).type !== 'ThisExpression' && isParameter(unwrap(node.object), context)
  }
  if (node.type !== 'Identifier') return false
  const definition = calls.variableOf(node)?.defs[0]
  if (definition?.type !== 'Parameter') return false
  if (isAccepted(node, 'write', calls)) return true
  const owner = definition.node as FunctionNode
  const parameter = definition.name as TSESTree.Identifier
  if (isOwnRequest(owner, context)) return false
  if (incomingNames.has(node.name)) return true
  const type = parameter.typeAnnotation?.typeAnnotation
  if (type && !/^res/.test(node.name)) return incomingTypes.has(/^(?:http\d?\.)?(\w+)/.exec(sourceCode.getText(type))?.[1] ?? '')
  return owner.params[0] === parameter && owner.params.length > 1 && handler(owner) !== null && /^re?q/i.test(node.name)
}

function isParameter(node: Node, { calls }: FeederContext): boolean {
  return node.type === 'Identifier' && calls.variableOf(node)?.defs[0]?.type === 'Parameter'
}

/** `http.request(options, (req) => …)`: by whatever name, that is a response. */
function isOwnRequest(owner: FunctionNode, { calls }: FeederContext): boolean {
  const call = owner.parent
  if (call.type !== 'CallExpression') return false
  return requests.of(calls.originOf(call.callee)) !== null
}

/** `getRawBody(req)`, `text(req)`, `multer({ storage: multer.memoryStorage() })`. */
function readBody(call: TSESTree.CallExpression, context: FeederContext): CollectedBody | null {
  const { calls, sourceCode } = context
  const fact = readers.of(calls.originOf(call.callee))
  if (!fact) return null
  const [first] = call.arguments
  if (fact.reads === 'request' && !(first && isIncoming(first, context))) return null
  const options = call.arguments[fact.options]
  if (options && options.type !== 'ObjectExpression') return null
  const given = (name: string): boolean => options !== undefined && isGiven(options, name)
  if (fact.limits.some(given) || (fact.memory && !(options && isInMemory(options, fact.memory, context)))) return null
  const around = enclosingFunction(call)
  if (fact.reads === 'request' && first && around && isCounted(null, around, unwrap(first), context)) return null
  const name = sourceCode.getText(call.callee)
  const source = first && fact.reads === 'request' ? `\`${sourceCode.getText(first)}\`` : 'a request'
  return { kind: 'reader', node: call, name, source, option: fact.limits[0] ?? null, confidence: 'certain' }
}

/** A spread may hold any option. */
function isGiven(options: TSESTree.ObjectExpression, path: string): boolean {
  if (options.properties.some(({ type }) => type === 'SpreadElement')) return true
  const [name = '', ...rest] = path.split('.')
  const value = propertyOf(options, name)?.value
  if (!value) return false
  return rest.length === 0 || value.type !== 'ObjectExpression' || isGiven(value, rest.join('.'))
}

/** `{ storage: multer.memoryStorage() }`. */
function isInMemory(options: TSESTree.ObjectExpression, { option, member }: { option: string; member: string }, { calls }: FeederContext): boolean {
  const value = propertyOf(options, option)?.value
  return value !== undefined && apiPath(calls.originOf(value))?.member === `${member}()`
}

/** A server that listens on the loopback address only: nobody else can send to it. */
function listensToItselfOnly({ sourceCode }: FeederContext): boolean {
  return !walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'listen') return
    const isLocal = node.arguments.some((argument) => {
      const value = argument.type === 'ObjectExpression' ? propertyOf(argument, 'host')?.value : argument
      return loopbackHosts.has(stringValue(value) ?? '')
    })
    return isLocal ? 'stop' : undefined
  })
}
