/** What becomes of a content that was read whole, as far as all of it is only passed on. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, isNothing, memberName, propertyOf, stringValue, unwrap, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { answerFacts, measuringFacts, sameContentFacts, wholeWriteFacts } from '../../knowledge/whole-reads.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import type { Handlers } from '../handlers/index.ts'
import { isContextName, isResponseName } from '../handlers/shapes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Call = TSESTree.CallExpression | TSESTree.NewExpression

/**
 * - `sent`: it is the answer to a request, or a part of it; `to` is what it is given to.
 * - `saved`: it is written to a file, whose path is `to`.
 * - `uploaded`: it is the `Body` of an object that goes to S3.
 * - `lines`: it is split into lines.
 */
export interface End {
  readonly kind: 'sent' | 'saved' | 'uploaded' | 'lines'
  readonly node: Node
  readonly to: Node | null
}

const writes = indexFacts(wholeWriteFacts)
const same = indexFacts(sameContentFacts)
const measuring = indexFacts(measuringFacts)
const answers = indexFacts(answerFacts)

/** Names, calls and callbacks that a content is followed through. */
const MAX_DEPTH = 8

interface Walk {
  readonly ends: End[]
  readonly calls: Calls
  readonly handlers: () => Handlers
}

/**
 * Where a content goes; null where something needs all of it, asks how much there is, or where it gets out of sight.
 * `within` is the member of the start that is the content (`data` of what axios gives).
 */
export function endsOf(start: Node, within: string | undefined, sourceCode: SourceCode, handlers: () => Handlers): readonly End[] | null {
  const walk: Walk = { ends: [], calls: callsOf(sourceCode), handlers }
  const passedOn = within === undefined ? follow(start, walk, 0) : followMember(start, within, walk, 0)
  return passedOn && walk.ends.length > 0 ? walk.ends : null
}

/** The same for what a callback gets: `readFile(path, (error, content) => …)`. */
export function endsOfParameter(parameter: Node, sourceCode: SourceCode, handlers: () => Handlers): readonly End[] | null {
  const walk: Walk = { ends: [], calls: callsOf(sourceCode), handlers }
  return parameter.type === 'Identifier' && followName(parameter, walk, 0) && walk.ends.length > 0 ? walk.ends : null
}

/** Adds the ends of a value; false where it is needed whole. */
function follow(value: Node, walk: Walk, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  const { node, parent } = outward(value)
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && followName(parent.id, walk, depth)
    case 'AssignmentExpression':
      return parent.right === node && parent.operator === '=' && followAssignment(parent, walk, depth)
    case 'MemberExpression':
      return parent.object === node && followUse(parent, walk, depth)
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee !== node && followArgument(parent, node, walk, depth)
    case 'Property':
      return parent.value === node && isUpload(parent) && end(walk, 'uploaded', parent, null)
    case 'ConditionalExpression':
      return parent.test === node || follow(parent, walk, depth + 1)
    case 'LogicalExpression':
      return parent.left === node && parent.operator === '&&' ? true : follow(parent, walk, depth + 1)
    case 'ArrowFunctionExpression':
    case 'ReturnStatement':
      return followResult(parent, walk, depth)
    case 'BinaryExpression':
      return /^[!=]==?$/.test(parent.operator) && isNothing(parent.left === node ? parent.right : parent.left)
    case 'ExpressionStatement':
    case 'IfStatement':
    case 'UnaryExpression':
      return true
    default:
      return false
  }
}

function end({ ends }: Walk, kind: End['kind'], node: Node, to: Node | null): true {
  ends.push({ kind, node, to })
  return true
}

/** The expression with casts and `await` around it, and what it stands in. */
function outward(value: Node): { node: Node; parent: Node } {
  let node = wrapped(value)
  while (node.parent?.type === 'AwaitExpression') node = wrapped(node.parent)
  return { node, parent: node.parent as Node }
}

function followName(id: TSESTree.Identifier, walk: Walk, depth: number): boolean {
  const references = walk.calls.variableOf(id)?.references
  return references?.every((reference) => {
    const use = reference.identifier as Node
    if (reference.init === true || use === id) return true
    // Something else may be in it.
    if (reference.isWrite()) return isNothing(valueAt(use))
    return follow(use, walk, depth + 1)
  }) ?? false
}

/** What an assignment puts into a name. */
function valueAt(name: Node): Node {
  return name.parent?.type === 'AssignmentExpression' ? name.parent.right : name
}

/** `ctx.body = content`, `content = await readFile(path)`. */
function followAssignment({ left }: TSESTree.AssignmentExpression, walk: Walk, depth: number): boolean {
  if (left.type === 'Identifier') return followName(left, walk, depth)
  if (left.type !== 'MemberExpression' || memberName(left) !== 'body') return false
  return isContext(left.object, walk.calls) && end(walk, 'sent', left.parent, left)
}

/** `content.length`, `content.toString()`, `content.split('\n')`, `reading.then(…)`. */
function followUse(member: TSESTree.MemberExpression, walk: Walk, depth: number): boolean {
  const name = memberName(member)
  const call = wrapped(member).parent
  const isCalled = call?.type === 'CallExpression' && unwrap(call.callee) === member
  if (!isCalled) return name === 'buffer' ? follow(member, walk, depth + 1) : isLength(name) && !isCompared(member)
  const [first] = call.arguments
  switch (name) {
    case 'toString':
      return (!first || /^utf-?8$/i.test(stringValue(first) ?? '')) && follow(call, walk, depth + 1)
    case 'trim':
    case 'trimEnd':
    case 'catch':
    case 'finally':
      return follow(call, walk, depth + 1)
    case 'then':
      return isFunction(first) && followParameter(first, walk, depth)
    case 'split':
      return isLineBreak(first) && end(walk, 'lines', call, null)
    default:
      return false
  }
}

function isLength(name: string | null): boolean {
  return name === 'length' || name === 'byteLength' || name === 'size'
}

/** `content.length > LIMIT`: somebody minds how much there is. */
function isCompared(member: Node): boolean {
  return member.parent?.type === 'BinaryExpression' && /^[<>]/.test(member.parent.operator)
}

function isLineBreak(separator: Node | undefined): boolean {
  if (separator?.type === 'Literal' && 'regex' in separator) return /^(?:\\r\?)?\\n\+?$|^\\r\?\\n\|\\r$/.test(separator.regex.pattern)
  const text = stringValue(separator)
  return text === '\n' || text === '\r\n'
}

function followParameter(callback: FunctionNode, walk: Walk, depth: number): boolean {
  const [parameter] = callback.params
  return parameter?.type === 'Identifier' && followName(parameter, walk, depth + 1)
}

/** What a callback of `then` returns is what the promise gives; what other functions return gets out of sight. */
function followResult(place: TSESTree.ReturnStatement | TSESTree.ArrowFunctionExpression, walk: Walk, depth: number): boolean {
  let callback: Node = place
  while (callback.parent && !isFunction(callback)) callback = callback.parent
  const call = callback.parent
  const isThen = call?.type === 'CallExpression' && call.arguments[0] === callback && call.callee.type === 'MemberExpression' && memberName(call.callee) === 'then'
  return isThen && follow(call, walk, depth + 1)
}

function followArgument(call: Call, value: Node, walk: Walk, depth: number): boolean {
  const at = call.arguments.indexOf(value as never)
  const origin = walk.calls.originOf(call.callee)
  if (measuring.of(origin)) return !isCompared(call)
  if (at === 0 && same.of(origin)) return follow(call, walk, depth + 1)
  if (at === 1 && writes.of(origin)) return !appends(call) && end(walk, 'saved', call, call.arguments[0] as Node)
  if (at === 0 && answers.of(origin)) return isReturned(call) && end(walk, 'sent', call, call)
  const receiver = at === 0 && call.callee.type === 'MemberExpression' ? senderOf(call.callee, walk) : null
  return receiver !== null && end(walk, 'sent', call, receiver)
}

/** `{ flag: 'a' }`: the file has more in it than this. */
function appends({ arguments: [, , options] }: Call): boolean {
  return options?.type === 'ObjectExpression' && /^a/.test(stringValue(propertyOf(options, 'flag')?.value) ?? '')
}

function isReturned(call: Call): boolean {
  return /^(?:ReturnStatement|ArrowFunctionExpression)$/.test(call.parent.type)
}

/** The response on which `send`, `end` or `write` is called (`res` in `res.status(200).send(content)`), or a context whose `body` is. */
function senderOf(callee: TSESTree.MemberExpression, { calls, handlers }: Walk): Node | null {
  const name = memberName(callee)
  if (name === 'body') return isContext(callee.object, calls) ? callee.object : null
  if (name !== 'send' && name !== 'end' && name !== 'write') return null
  for (let current = unwrap(callee.object); ; ) {
    if (current.type === 'Identifier') return isResponse(current, calls, handlers) ? current : null
    if (current.type === 'MemberExpression' && isResponseName(memberName(current) ?? '')) return current
    // What was called on the response before: `res.status(200)`.
    const before = current.type === 'CallExpression' ? unwrap(current.callee) : null
    if (before?.type !== 'MemberExpression') return null
    current = unwrap(before.object)
  }
}

/** A parameter that is called like a response, or stands where a handler has it. */
function isResponse(name: TSESTree.Identifier, calls: Calls, handlers: () => Handlers): boolean {
  const definition = calls.variableOf(name)?.defs[0]
  if (definition?.type !== 'Parameter') return false
  const owner = definition.node as FunctionNode
  return isResponseName(name.name) || (owner.params[1] === definition.name && handlers().ofFunction(owner)?.certain === true)
}

/** `ctx`, `ctx.response`. */
function isContext(node: Node, calls: Calls): boolean {
  const value = unwrap(node)
  if (value.type === 'MemberExpression') return memberName(value) === 'response' && isContext(value.object, calls)
  return value.type === 'Identifier' && isContextName(value.name) && calls.variableOf(value)?.defs[0]?.type === 'Parameter'
}

/** `{ Bucket, Key, Body: content }`: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
function isUpload(property: TSESTree.Property): boolean {
  const object = property.parent
  return memberName(property) === 'Body' && object.type === 'ObjectExpression' && propertyOf(object, 'Bucket') !== null && propertyOf(object, 'Key') !== null
}

/** The same for a value that holds the content in a member: `response.data`, `const { data } = response`, `.then(({ data }) => …)`. */
function followMember(value: Node, within: string, walk: Walk, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  const { node, parent } = outward(value)
  if (parent.type === 'VariableDeclarator' && parent.init === node) return followPattern(parent.id, within, walk, depth)
  if (parent.type !== 'MemberExpression' || parent.object !== node) return false
  const name = memberName(parent)
  if (name === within) return follow(parent, walk, depth + 1)
  const call = parent.parent
  if (name !== 'then' || call.type !== 'CallExpression') return name === 'headers' || name === 'status' || name === 'statusText'
  const [callback] = call.arguments
  const parameter = isFunction(callback) ? callback.params[0] : undefined
  return parameter !== undefined && followPattern(parameter, within, walk, depth)
}

function followPattern(pattern: Node, within: string, walk: Walk, depth: number): boolean {
  if (pattern.type === 'ObjectPattern') {
    return pattern.properties.every((property) => {
      if (property.type !== 'Property') return false
      return memberName(property) !== within || (property.value.type === 'Identifier' && followName(property.value, walk, depth + 1))
    })
  }
  if (pattern.type !== 'Identifier') return false
  const references = walk.calls.variableOf(pattern)?.references ?? []
  return references.every(({ identifier, init }) => init === true || followMember(identifier as Node, within, walk, depth + 1))
}
