/** Requests that are meant to stay open, or as long as their bodies are: event streams, long polls, upgrades, bodies that are piped on or in. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, stringValue, walk, type CallLike, type Node } from '../../ast/nodes.ts'
import type { TimeLimitFact } from '../../knowledge/timeouts/index.ts'
import { askingHeaders, bodyCarriers, bodyTakers, pipingMethods, streamPaths, streamTypes } from '../../knowledge/timeouts/index.ts'
import { callsOf } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Whether a request takes as long as there is something to say: it asks for such an answer, passes the answer on, or sends a stream. */
export function isStreaming(call: CallLike, { isObservable }: TimeLimitFact, sourceCode: SourceCode): boolean {
  return asksForStream(call, sourceCode) || sendsStream(call, sourceCode) || (!isObservable && (pipesResult(call, sourceCode) || pipesInCallback(call, sourceCode)))
}

function asksForStream(call: CallLike, sourceCode: SourceCode): boolean {
  if (call.type === 'TaggedTemplateExpression') return false
  let found = false
  const [url] = call.arguments
  for (const argument of call.arguments as readonly Node[]) {
    walk(argument, sourceCode.visitorKeys, (node) => {
      if (found) return 'stop'
      if (node.type === 'Property' && isStreamProperty(node)) found = true
      else if (argument === url && node.type === 'TemplateElement' && streamPaths.test(node.value.raw)) found = true
      else if (argument === url && node.type === 'Literal' && streamPaths.test(String(node.value))) found = true
      return found ? 'stop' : undefined
    })
  }
  return found
}

function isStreamProperty(node: TSESTree.Property): boolean {
  const name = memberName(node)
  const text = stringValue(node.value)
  if (name === 'responseType') return text === 'stream'
  if (name === 'stream' || name === 'isStream' || name === 'streaming') {
    return !(node.value.type === 'Literal' && node.value.value === false)
  }
  // What a request sends has a content type as well; what it accepts says how the answer comes.
  return name !== null && askingHeaders.has(name.toLowerCase()) && text !== null && streamTypes.test(text)
}

/** `fetch(url, { body: createReadStream(path), duplex: 'half' })`, `const outgoing = http.request(…); incoming.pipe(outgoing)`. */
function sendsStream(call: CallLike, sourceCode: SourceCode): boolean {
  if (call.type === 'TaggedTemplateExpression') return false
  const opensStream = (node: Node): boolean =>
    (node.type === 'Property' && memberName(node) === 'duplex' && stringValue(node.value) === 'half') ||
    (node.type === 'CallExpression' && calledName(node) === 'createReadStream')
  if (call.arguments.some((argument) => !walk(argument as Node, sourceCode.visitorKeys, (node) => (opensStream(node) ? 'stop' : undefined)))) return true
  const { parent } = call
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false
  return usesOf(parent.id, sourceCode).some(({ parent: use }) => use?.type === 'CallExpression' && calledName(use) === 'pipe')
}

/** `http.get(url, (answer) => answer.pipe(out))`. */
function pipesInCallback(call: CallLike, sourceCode: SourceCode): boolean {
  if (call.type === 'TaggedTemplateExpression') return false
  return call.arguments.some((argument) => {
    const [answer] = isFunction(argument) ? argument.params : []
    return answer?.type === 'Identifier' && usesOf(answer, sourceCode).some(isPiped)
  })
}

function usesOf(name: TSESTree.Identifier, sourceCode: SourceCode): Node[] {
  return (callsOf(sourceCode).variableOf(name)?.references ?? []).map(({ identifier }) => identifier as Node)
}

function calledName({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): string | null {
  return callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
}

/** `const response = await fetch(…)` whose body is piped, read chunk by chunk, or handed to a new response. */
function pipesResult(call: CallLike, sourceCode: SourceCode): boolean {
  let current: Node = call
  while (current.parent && /^(?:AwaitExpression|TS\w+Expression|ChainExpression)$/.test(current.parent.type)) current = current.parent
  const parent = current.parent
  if (parent?.type === 'MemberExpression' && parent.object === current) return pipingMethods.has(memberName(parent) ?? '')
  const target =
    parent?.type === 'VariableDeclarator' ? parent.id
    : parent?.type === 'AssignmentExpression' && parent.operator === '=' ? parent.left
    : null
  if (target?.type !== 'Identifier') return false
  return usesOf(target, sourceCode).some(isPiped)
}

function isPiped(identifier: Node): boolean {
  const access = identifier.parent
  if (access?.type !== 'MemberExpression' || access.object !== identifier) return false
  const name = memberName(access)
  if (name === 'pipe') return true
  if (name !== 'body' && name !== 'data') return false
  let body: Node = access
  while (body.parent && /^(?:TS\w+Expression|ChainExpression)$/.test(body.parent.type)) body = body.parent
  const use = body.parent
  if (use?.type === 'MemberExpression' && use.object === body) {
    return bodyTakers.has(memberName(use) ?? '')
  }
  if (use?.type === 'ForOfStatement') return use.right === body && use.await
  if (name !== 'body' || (use?.type !== 'CallExpression' && use?.type !== 'NewExpression') || use.callee === body) return false
  const called = calledName(use)
  return called !== null && bodyCarriers.has(called)
}
