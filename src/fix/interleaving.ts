/**
 * Whether a new `await` in an asynchronous function lets other code see or change what the function is in the middle of.
 * The smallest programs that go wrong:
 *
 *     if (busy) return; const page = readFileSync(path); busy = true      two requests pass the test
 *     const config = readFileSync(path); socket.on('message', onMessage)  a message that comes meanwhile is lost
 *     const list = readFileSync(path); writeFileSync(path, add(list))     the second writer forgets the first one's entry
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { turnMethods } from '../knowledge/callback-results.ts'
import { isInside, memberName, unwrap, walkOwnCode, type FunctionNode, type Node } from '../ast/nodes.ts'
import { blockingOf } from '../analysis/blocking/index.ts'
import { callsOf } from '../analysis/calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export function mayInterleave(call: Node, owner: FunctionNode, sourceCode: SourceCode): boolean {
  const before = new Set<string>()
  let found = false
  walkOwnCode(owner.body, sourceCode.visitorKeys, (node) => {
    const isLater = node.range[0] >= call.range[1]
    if (node.type === 'CallExpression' && node !== call) {
      if (blockingOf(sourceCode).factOf(node)?.writes) found = true
      const callee = unwrap(node.callee)
      if (isLater && callee.type === 'MemberExpression' && turnMethods.has(memberName(callee) ?? '')) found = true
    }
    const state = stateOf(node, owner, sourceCode)
    if (state !== null && !isLater && !isInside(node, call)) before.add(state)
    const written = writtenState(node, owner, sourceCode)
    if (written !== null && (before.has(written) || isInLoop(call, owner))) found = node.range[1] >= call.range[1] || found
    return found ? 'stop' : undefined
  })
  return found
}

/** A variable outside the function, or a member of `this`, by its text. */
function stateOf(node: Node, owner: FunctionNode, sourceCode: SourceCode): string | null {
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') return sourceCode.getText(node)
  if (node.type !== 'Identifier' || (node.parent.type === 'MemberExpression' && node.parent.property === node && !node.parent.computed)) return null
  const declared = callsOf(sourceCode).variableOf(node)?.identifiers[0] as Node | undefined
  return declared && !isInside(declared, owner) ? node.name : null
}

function writtenState(node: Node, owner: FunctionNode, sourceCode: SourceCode): string | null {
  if (node.type === 'AssignmentExpression') return stateOf(rootOf(node.left), owner, sourceCode)
  if (node.type === 'UpdateExpression') return stateOf(rootOf(node.argument), owner, sourceCode)
  return null
}

function rootOf(target: Node): Node {
  let current = unwrap(target)
  while (current.type === 'MemberExpression' && current.object.type !== 'ThisExpression') current = unwrap(current.object)
  return current
}

function isInLoop(call: Node, owner: FunctionNode): boolean {
  for (let current: Node | undefined = call; current && current !== owner; current = current.parent) {
    if (/^(?:For|While|DoWhile)\w*Statement$/.test(current.type)) return true
  }
  return false
}
