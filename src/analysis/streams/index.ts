/** Writes to streams whose answer nobody looks at while more comes in, and pipes whose errors nobody hears. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed, nodesOf } from '../../ast/file-nodes.ts'
import { functionName } from '../../ast/function-name.ts'
import { mentions } from '../../ast/file-words.ts'
import { enclosingFunction, isFunction, memberName, stringValue, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { listeningMethods, onceListeningMethods } from '../../knowledge/built-in-methods.ts'
import { callbackNames } from '../../knowledge/parameter-names.ts'
import { singleEvents } from '../../knowledge/queues-events.ts'
import { acceptors, failingFacts, ownOutputs, pieceEvents, pieceMethods, pressureMembers, pullingMethods, writableEvents, writableFacts, writableMembers } from '../../knowledge/queues-streams.ts'
import { apiPath, callsOf, indexFacts, type Calls, type Origin } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface IgnoredWrite {
  readonly call: TSESTree.CallExpression
  /** The stream, as the code calls it. */
  readonly receiver: Node
  readonly method: 'write' | 'send'
  /**
   * - `loop`: a loop that waits for its next piece and not for the stream; there is no statement for one made of promises.
   * - `listener`: a listener of every piece of another stream.
   * - `events`: a listener of events that nothing can hold back, which writes to a peer or to something slow: what the
   *   stream keeps is a queue, and the question is its size.
   * - `transform`: a stream's own `_transform` or `_write`, which says that it is done at once.
   */
  readonly from: 'loop' | 'listener' | 'events' | 'transform'
  readonly loop: TSESTree.ForOfStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement | null
  /** The event or method that brings the pieces. */
  readonly source: string
  readonly confidence: 'certain' | 'possible'
}

export interface UnheardPipe {
  /** The first `pipe` call behind the stream that may fail. */
  readonly call: TSESTree.CallExpression
  readonly stream: Node
}

const writables = indexFacts(writableFacts)
const servers = indexFacts(acceptors)
const failing = indexFacts(failingFacts)
const outputs = indexFacts(ownOutputs)

export function ignoredWritesOf(sourceCode: SourceCode): IgnoredWrite[] {
  const calls = callsOf(sourceCode)
  const found: IgnoredWrite[] = []
  const seen = new Map<Node, Set<string>>()
  if (!mentions(sourceCode, 'write') && !mentions(sourceCode, 'send')) return found
  for (const node of nodesOf(sourceCode, 'CallExpression')) {
    const write = ignoredWrite(node, calls, sourceCode)
    if (!write) continue
    // One report for a stream in a loop or function, however many pieces of it are written there.
    const place = write.loop ?? enclosingFunction(node) ?? sourceCode.ast
    const streams = seen.get(place) ?? new Set()
    const stream = sourceCode.getText(write.receiver)
    if (streams.has(stream)) continue
    seen.set(place, streams.add(stream))
    found.push(write)
  }
  return found
}

function ignoredWrite(call: TSESTree.CallExpression, calls: Calls, sourceCode: SourceCode): IgnoredWrite | null {
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression') return null
  const method = memberName(callee)
  if (method !== 'write' && method !== 'send') return null
  // A callback tells when the piece is through; a piece that is written out in the source is a small one.
  if (call.arguments.length === 0 || isFunction(call.arguments.at(-1)) || stringValue(call.arguments[0]) !== null) return null
  const owner = enclosingFunction(call)
  if (owner && call.arguments.some((argument, i) => i > 0 && isParameter(argument, owner, calls) && callbackNames.has(sourceCode.getText(argument)))) return null
  const place = placeOf(call, method, owner, sourceCode)
  if (!place) return null
  const receiver = unwrap(callee.object)
  const kind = streamKind(receiver, method, place.from, calls, sourceCode)
  if (!kind || (place.from === 'events' && kind === 'stream')) return null
  if ((place.from === 'listener' || (place.from === 'events' && kind !== 'slow')) && owner && !isPassedOn(call, receiver, owner, calls, sourceCode)) return null
  const scope = place.loop ? enclosingFunction(place.loop) : outerFunction(owner)
  if (pressureMembers.test(scope ? sourceCode.getText(scope) : sourceCode.text)) return null
  // An answer that stays open gets small notices most of the time.
  return { call, receiver, method, ...place, ...(place.from === 'events' && kind === 'response' ? { confidence: 'possible' } : {}) }
}

function isParameter(node: Node, owner: FunctionNode, calls: Calls): boolean {
  if (node.type !== 'Identifier') return false
  const definition = calls.variableOf(node)?.defs[0]
  return definition?.type === 'Parameter' && definition.node === owner
}

/** What a listener gets goes to another stream; an answer to the one that sent it is no copy of it. */
function isPassedOn(call: TSESTree.CallExpression, receiver: Node, owner: FunctionNode, calls: Calls, sourceCode: SourceCode): boolean {
  const registration = owner.parent
  const callee = registration.type === 'CallExpression' ? registration.callee : null
  if (callee?.type === 'MemberExpression' && sourceCode.getText(callee.object) === sourceCode.getText(receiver)) return false
  let passed = false
  for (const argument of call.arguments) {
    walk(argument, sourceCode.visitorKeys, (node) => {
      passed ||= isParameter(node, owner, calls)
      return passed ? 'stop' : undefined
    })
  }
  return passed
}

type Place = Pick<IgnoredWrite, 'from' | 'loop' | 'source' | 'confidence'>

/** Where pieces keep coming while nobody looks at the answer. */
function placeOf(call: TSESTree.CallExpression, method: string, owner: FunctionNode | null, sourceCode: SourceCode): Place | null {
  const statement = call.parent
  const isBare = statement.type === 'ExpressionStatement'
  const isReturned = statement.type === 'ReturnStatement' || (statement.type === 'ArrowFunctionExpression' && statement.body === call)
  if (!isBare && !isReturned) return null
  if (isBare) {
    const loop = waitingLoop(call, owner, sourceCode)
    if (loop || (owner && isPump(owner, sourceCode))) return { from: 'loop', loop, source: 'the loop', confidence: 'certain' }
  }
  if (!owner) return null
  const event = listenedEvent(owner)
  if (event !== null && pieceEvents.has(event.name) && method === 'write') {
    return { from: 'listener', loop: null, source: event.name, confidence: 'certain' }
  }
  if (event !== null && method === 'write') return { from: 'events', loop: null, source: event.name, confidence: 'certain' }
  const name = transformName(owner)
  if (name !== null && method === 'write') return { from: 'transform', loop: null, source: name, confidence: 'certain' }
  return null
}

/** The nearest loop in the same function that waits for its next piece: `for await`, or a loop whose body awaits. */
function waitingLoop(call: Node, owner: FunctionNode | null, sourceCode: SourceCode): IgnoredWrite['loop'] {
  for (let current = call.parent; current && current !== owner; current = current.parent) {
    if (current.type === 'ForOfStatement' && current.await) return current
    if (current.type !== 'WhileStatement' && current.type !== 'DoWhileStatement' && current.type !== 'ForStatement') continue
    let reads = false
    walkOwnCode(current, sourceCode.visitorKeys, (node) => {
      const inner = node.type === 'AwaitExpression' ? unwrap(node.argument) : null
      reads = inner?.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && pullingMethods.has(memberName(inner.callee) ?? '')
      return reads ? 'stop' : undefined
    })
    if (reads) return current
  }
  return null
}

/** `reader.read().then(({ value }) => { res.write(value); return pump() })`: a loop without a keyword, by the name of the function around it or by its own. */
function isPump(owner: FunctionNode, sourceCode: SourceCode): boolean {
  const own = functionName(owner)
  if (!isGivenToRead(owner) && !(own !== null && membersNamed('then', sourceCode).some(({ parent }) => parent.type === 'CallExpression' && isAnswered(parent, own)))) return false
  const around = enclosingFunction(owner)
  const outer = around && functionName(around)
  return !walk(owner.body, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'CallExpression') return
    const isAgain = node.callee.type === 'Identifier' ? node.callee.name === outer : isReadCall(node)
    return isAgain ? 'stop' : undefined
  })
}

function isGivenToRead({ parent }: FunctionNode): boolean {
  return parent.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && memberName(parent.callee) === 'then' && isReadCall(unwrap(parent.callee.object))
}

/** `reader.read().then(onRead, onError)`. */
function isAnswered({ arguments: [given], callee }: TSESTree.CallExpression, name: string): boolean {
  return given?.type === 'Identifier' && given.name === name && callee.type === 'MemberExpression' && isReadCall(unwrap(callee.object))
}

function isReadCall(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && memberName(node.callee) === 'read'
}

/** `on(event, f)`, and `subscribe(…, f)` of whatever sends messages. */
function listenedEvent(owner: FunctionNode): { name: string } | null {
  const { parent } = owner
  if (parent.type !== 'CallExpression' || parent.callee === owner || parent.callee.type !== 'MemberExpression') return null
  const method = memberName(parent.callee)
  if (method === 'subscribe') return parent.arguments.at(-1) === owner && owner.params.length > 0 ? { name: 'message' } : null
  if (!listeningMethods.has(method ?? '')) return null
  const event = stringValue(parent.arguments[0])
  return event !== null && singleEvents.has(event) ? null : { name: event ?? 'event' }
}

/** `_transform(chunk, encoding, done)` of a class, a prototype or an options object. */
function transformName(owner: FunctionNode): string | null {
  if (owner.params.length < 3) return null
  const { parent } = owner
  const name =
    parent.type === 'MethodDefinition' || parent.type === 'Property' ? memberName(parent)
    : parent.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression' ? memberName(parent.left)
    : null
  return name !== null && pieceMethods.has(name) ? name : null
}

/** What is at the other end: `slow` by its nature, a `peer` or the client of a `response` that may read slowly, or anything. */
type StreamKind = 'slow' | 'peer' | 'response' | 'stream'

/** Whether an expression is a stream: by where it comes from, by what accepted it, or by what else is done with it. */
function streamKind(
  receiver: Node,
  method: 'write' | 'send',
  from: IgnoredWrite['from'],
  calls: Calls,
  sourceCode: SourceCode,
): StreamKind | null {
  const origin = assignedOrigin(receiver, calls, sourceCode)
  const path = apiPath(origin)
  if (outputs.of(origin)) return null
  const fact = writables.of(origin)
  if (fact) return fact.writes === method ? (fact.to ?? 'stream') : null
  if (path && path.module !== 'globalThis') return null
  if (isAccepted(receiver, method, calls)) return 'peer'
  return method === 'write' && isUsedAsStream(receiver, from, sourceCode) ? 'stream' : null
}

/** Where a value comes from; for `that.serial`, from the one `….serial = new SerialPort(…)` of the file. */
function assignedOrigin(receiver: Node, calls: Calls, sourceCode: SourceCode): Origin {
  const origin = calls.originOf(receiver)
  if (apiPath(origin) || receiver.type !== 'MemberExpression') return origin
  const name = memberName(receiver)
  const values: Node[] = []
  for (const node of nodesOf(sourceCode, 'AssignmentExpression')) {
    if (node.left.type !== 'MemberExpression' || memberName(node.left) !== name) continue
    if (node.right.type === 'NewExpression' || node.right.type === 'CallExpression') values.push(node.right)
  }
  return values.length === 1 && values[0] ? calls.originOf(values[0]) : origin
}

/** The parameter of a server's `connection` listener. */
export function isAccepted(receiver: Node, method: string, calls: Calls): boolean {
  if (receiver.type !== 'Identifier') return false
  const definition = calls.variableOf(receiver)?.defs[0]
  if (definition?.type !== 'Parameter' || (definition.node as FunctionNode).params[0] !== definition.name) return false
  const call = (definition.node as FunctionNode).parent
  if (call.type !== 'CallExpression') return false
  const server = servers.of(calls.originOf(call))
  if (server) return server.writes === method
  if (call.callee.type !== 'MemberExpression' || stringValue(call.arguments[0]) !== 'connection') return false
  return servers.of(calls.originOf(call.callee.object))?.writes === method
}

/** The same name gets `end()` and something that only responses and streams have; within a stream, to be piped is enough. */
function isUsedAsStream(receiver: Node, from: IgnoredWrite['from'], sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(receiver)
  const seen = new Set<string>()
  for (const node of nodesOf(sourceCode, 'MemberExpression')) {
    const name = memberName(node)
    const isListening = onceListeningMethods.has(name ?? '')
    if (name === null || !(isListening || name === 'end' || writableMembers.has(name)) || sourceCode.getText(node.object) !== text) continue
    const call = node.parent
    if (isListening) {
      if (call.type === 'CallExpression' && writableEvents.has(stringValue(call.arguments[0]) ?? '')) seen.add('stream')
    } else seen.add(name === 'end' ? 'end' : 'stream')
    if (from === 'transform' && name === 'pipe') seen.add('end')
  }
  return seen.has('stream') && seen.has('end')
}

function outerFunction(owner: FunctionNode | null): FunctionNode | null {
  return owner && (enclosingFunction(owner) ?? owner)
}

/** Pipes from (or through) a stream that may fail, where nothing can hear it: `createReadStream(path).pipe(res)`. */
export function unheardPipesOf(sourceCode: SourceCode): UnheardPipe[] {
  const calls = callsOf(sourceCode)
  const found: UnheardPipe[] = []
  if (!mentions(sourceCode, 'pipe')) return found
  for (const member of membersNamed('pipe', sourceCode)) {
    const node = member.parent
    if (node.type !== 'CallExpression' || node.callee !== member) continue
    const source = unwrap(member.object)
    if (isUnheard(source, node, calls)) found.push({ call: node, stream: source })
  }
  return found
}

function isUnheard(source: Node, call: TSESTree.CallExpression, calls: Calls): boolean {
  if (!failing.of(calls.originOf(source))) return false
  // Made where it is piped: nobody has a name for it.
  if (source.type === 'CallExpression') return true
  if (source.type !== 'Identifier') return false
  const variable = calls.variableOf(source)
  const definition = variable?.defs[0]
  if (!variable || definition?.type !== 'Variable') return false
  return variable.references.every(({ identifier, init }) => {
    if (init) return true
    const member = identifier.parent as Node
    if (member.type !== 'MemberExpression' || member.object !== identifier) return false
    const name = memberName(member)
    if (name === 'pipe') return member.parent === call
    const event = member.parent?.type === 'CallExpression' ? stringValue(member.parent.arguments[0]) : null
    return onceListeningMethods.has(name ?? '') && event !== null && event !== 'error'
  })
}

