/** Code that holds the event loop until it is done: blocking calls by table, long loops, parsing of what has no limit. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../../ast/file-words.ts'
import { endsInWord } from '../../ast/names.ts'
import { memberName, unwrap, unwrapAwait, walkOwnCode, type CallLike, type LoopNode, type Node } from '../../ast/nodes.ts'
import { blockingFacts, jsonFacts, type BlockingFact } from '../../knowledge/blocking.ts'
import { iteratingMethods, sizeMembers } from '../../knowledge/built-in-methods.ts'
import { bodyHolders, requestNames } from '../../knowledge/parameter-names.ts'
import { clockFacts } from '../../knowledge/timers.ts'
import { constantNumber } from '../calls/constant-number.ts'
import { apiPath, callsOf, indexFacts, type Calls, type Origin } from '../calls/index.ts'

export { costWords, type BlockingFact, type Replacement } from '../../knowledge/blocking.ts'

export interface Blocking {
  /**
   * The fact behind a blocking call, `f.call(…)` and `f.apply(…)` included; null for other calls. Where `isServed` says
   * that nothing in the file runs per request, types are asked about work on passwords alone.
   */
  factOf(call: CallLike, isServed?: () => boolean): BlockingFact | null
  /** The fact behind a blocking function that is passed on as a value: `files.map(fs.readFileSync)`. */
  factOfValue(node: Node): BlockingFact | null
}

const index = indexFacts(blockingFacts)
const clocks = indexFacts(clockFacts)
const json = indexFacts(jsonFacts)
const passwords = indexFacts(blockingFacts.filter(({ password }) => password))

const cache = new WeakMap<object, Blocking>()

/** Whether a file can have calls that block by what they call, and calls of `JSON`. */
export function mayBlock(sourceCode: Readonly<TSESLint.SourceCode>): { readonly byCall: boolean; readonly byJson: boolean } {
  const byJson = mentions(sourceCode, 'JSON') && (mentions(sourceCode, 'parse') || mentions(sourceCode, 'stringify'))
  return { byCall: index.mayOccurIn(sourceCode), byJson }
}

export function blockingOf(sourceCode: Readonly<TSESLint.SourceCode>): Blocking {
  const known = cache.get(sourceCode)
  if (known) return known
  const calls = callsOf(sourceCode)
  const blocking: Blocking = {
    factOf: (call, isServed = () => true) => {
      if (call.type === 'TaggedTemplateExpression') return null
      const fact = index.of(calledOrigin(call, calls, isServed))
      return fact && holds(fact, call) ? fact : null
    },
    factOfValue(node) {
      const value = unwrap(node)
      if (value.type !== 'Identifier' && value.type !== 'MemberExpression') return null
      const call = node.parent
      if (call?.type !== 'CallExpression' || !call.arguments.includes(node as never)) return null
      const callee = unwrap(call.callee)
      if (callee.type !== 'MemberExpression' || !iteratingMethods.has(memberName(callee) ?? '')) return null
      return index.of(calls.originOf(value))
    },
  }
  cache.set(sourceCode, blocking)
  return blocking
}

function calledOrigin(call: TSESTree.CallExpression | TSESTree.NewExpression, calls: Calls, isServed: () => boolean): Origin {
  const callee = unwrap(call.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null
  if (callee.type === 'MemberExpression' && (name === 'call' || name === 'apply')) return calls.originOf(callee.object)
  return calls.calleeOf(call, (method, modules) => index.mayTypeName(method, modules) && (passwords.mayTypeName(method, modules) || isServed()))
}

/** What the arguments say: a query with `LIMIT` or `WHERE` ends soon, `shelljs.exec(…, { async: true })` does not block. */
function holds(fact: BlockingFact, call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (fact.cost !== 'process' || fact.module !== 'shelljs') return true
  return !call.arguments.some(
    (argument) =>
      argument.type === 'ObjectExpression' &&
      argument.properties.some((property) => property.type === 'Property' && memberName(property) === 'async'),
  )
}

/** Rounds from which a counting loop is taken to be long: some ten milliseconds of work that does next to nothing. */
const LONG_LOOP = 1e7

export type LongLoop = { readonly kind: 'waits' } | { readonly kind: 'counts'; readonly rounds: number }

/** Whether a loop burns time: it spins until a moment has come, or counts to a number known to be large. Null for others. */
export function longLoop(loop: LoopNode, sourceCode: Readonly<TSESLint.SourceCode>): LongLoop | null {
  const calls = callsOf(sourceCode)
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement' || !loop.test) return null
  if (isIdle(loop.body) && readsClock(loop.test, calls)) return pauses(loop, sourceCode) ? null : { kind: 'waits' }
  if (loop.type !== 'ForStatement' || isLoopIn(loop)) return null
  const rounds = roundsOf(loop, calls)
  return rounds !== null && rounds >= LONG_LOOP && !pauses(loop, sourceCode) ? { kind: 'counts', rounds } : null
}

/** Counted with the outermost loop. */
function isLoopIn(loop: LoopNode): boolean {
  const outer = loop.parent?.type === 'BlockStatement' ? loop.parent.parent : loop.parent
  return outer?.type === 'ForStatement'
}

function pauses(loop: Node, { visitorKeys }: Readonly<TSESLint.SourceCode>): boolean {
  let found = false
  walkOwnCode(loop, visitorKeys, (node) => {
    if (node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await)) found = true
    if (node.type === 'BreakStatement' || node.type === 'ReturnStatement' || node.type === 'ThrowStatement') found = true
    return found ? 'stop' : undefined
  })
  return found
}

function readsClock(test: Node, calls: Calls): boolean {
  const value = unwrap(test)
  if (value.type === 'BinaryExpression') return readsClock(value.left, calls) || readsClock(value.right, calls)
  if (value.type === 'CallExpression' || value.type === 'NewExpression') {
    return clocks.of(calls.originOf(value.callee)) !== null
  }
  return value.type === 'UnaryExpression' || value.type === 'MemberExpression'
    ? readsClock(value.type === 'UnaryExpression' ? value.argument : value.object, calls)
    : false
}

/** A body that does nothing but count: `{}`, `;`, `i++`. */
function isIdle(body: Node): boolean {
  if (body.type === 'EmptyStatement') return true
  if (body.type === 'BlockStatement') return body.body.every(isIdle)
  return body.type === 'ExpressionStatement' && body.expression.type === 'UpdateExpression'
}

function roundsOf(loop: TSESTree.ForStatement, calls: Calls): number | null {
  const test = loop.test && unwrap(loop.test)
  if (test?.type !== 'BinaryExpression' || loop.update?.type !== 'UpdateExpression') return null
  const bound = constantNumber(test.operator.startsWith('<') ? test.right : test.operator.startsWith('>') ? test.left : test, calls)
  if (bound === null) return null
  const [inner] = loop.body.type === 'BlockStatement' ? loop.body.body.filter((each) => each.type === 'ForStatement') : [loop.body]
  return inner?.type === 'ForStatement' ? bound * (roundsOf(inner, calls) ?? 1) : bound
}

/** What `JSON.parse` or `JSON.stringify` works on, where its size is up to others. Null for everything else. */
export type LargeJson = 'unlimited-body' | 'body' | 'file'

export function largeJson(call: TSESTree.CallExpression, sourceCode: Readonly<TSESLint.SourceCode>): LargeJson | null {
  const callee = unwrap(call.callee)
  const [argument] = call.arguments
  if (callee.type !== 'MemberExpression' || !argument || argument.type === 'SpreadElement' || !json.mayName(memberName(callee) ?? '')) return null
  const calls = callsOf(sourceCode)
  return json.of(calls.originOf(callee)) && sourceOfText(argument, calls, sourceCode, 0)
}

function sourceOfText(node: Node, calls: Calls, sourceCode: Readonly<TSESLint.SourceCode>, depth: number): LargeJson | null {
  const value = unwrapAwait(node)
  if (depth > 4) return null
  if (value.type === 'CallExpression') {
    const path = apiPath(calls.originOf(value.callee))
    if (path && /^node:fs(?:\/promises)?$/.test(path.module) && /^readFile(?:Sync)?$/.test(path.member)) return 'file'
    const callee = unwrap(value.callee)
    if (callee.type !== 'MemberExpression') return null
    const name = memberName(callee)
    if (name === 'text' && requestNames.has(nameOf(callee.object))) return 'body'
    if (path?.member === 'concat' && path.module === 'node:buffer') return sourceOfText(value.arguments[0] as Node, calls, sourceCode, depth + 1)
    if (name === 'concat') {
      const [list] = value.arguments
      return list ? sourceOfText(list, calls, sourceCode, depth + 1) : null
    }
    return name === 'toString' || name === 'join' ? sourceOfText(callee.object, calls, sourceCode, depth + 1) : null
  }
  if (value.type === 'MemberExpression') {
    const name = memberName(value)
    return (name === 'body' || name === 'rawBody') && bodyHolders.has(nameOf(value.object)) ? 'body' : null
  }
  if (value.type !== 'Identifier') return null
  const variable = calls.variableOf(value)
  if (variable && collectsData(variable)) return isMeasured(variable) ? 'body' : 'unlimited-body'
  const definition = variable?.defs[0]?.node as Node | undefined
  return definition?.type === 'VariableDeclarator' && definition.init && definition.id.type === 'Identifier'
    ? sourceOfText(definition.init, calls, sourceCode, depth + 1)
    : null
}

function nameOf(node: Node): string {
  const value = unwrap(node)
  return value.type === 'Identifier' ? value.name : value.type === 'MemberExpression' ? (memberName(value) ?? '') : ''
}

/** `req.on('data', (chunk) => { body += chunk })`, `for await (const chunk of req) chunks.push(chunk)`. */
function collectsData(variable: TSESLint.Scope.Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const parent = (identifier as Node).parent
    const appended = parent?.type === 'AssignmentExpression' && parent.left === identifier && parent.operator === '+='
    const pushed = parent?.type === 'MemberExpression' && parent.object === identifier && memberName(parent) === 'push' && parent.parent?.type === 'CallExpression'
    return (appended || pushed) && isInDataListener(identifier as Node)
  })
}

function isInDataListener(node: Node): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current.type === 'ForOfStatement' && current.await) return requestNames.has(nameOf(current.right))
    const call: Node | undefined = current.parent
    if (call?.type !== 'CallExpression' || call.arguments[1] !== current || call.callee.type !== 'MemberExpression') continue
    const [event] = call.arguments
    return memberName(call.callee) === 'on' && event?.type === 'Literal' && event.value === 'data' && endsInWord(nameOf(call.callee.object), requestNames)
  }
  return false
}

/** Whether something asks for its length: `if (body.length > limit)`. */
function isMeasured(variable: TSESLint.Scope.Variable): boolean {
  return variable.references.some(({ identifier }) => {
    const parent = (identifier as Node).parent
    return parent?.type === 'MemberExpression' && parent.object === identifier && sizeMembers.has(memberName(parent) ?? '')
  })
}
