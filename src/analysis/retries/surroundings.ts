/** What stands around a retry: who waits for it, how long it pauses, and what its names say of its life. */
import type { TSESTree } from '@typescript-eslint/utils'
import { functionName } from '../../ast/function-name.ts'
import { hasWord, nameOf, wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isInside, memberName, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { cancelWords, harmlessMethods, lastingWords } from '../../knowledge/retries.ts'
import { loggingThings } from '../../knowledge/order-names.ts'
import { timeoutMembers } from '../../knowledge/timers.ts'
import { apiPath } from '../calls/index.ts'
import { isPacing } from '../loops/pacing.ts'
import type { File } from './attempts.ts'
import type { EndlessRetry } from './verdict.ts'

/** How much time passes in the code between a failure and the next attempt. */
export function pauseIn(codes: readonly Node[], again: Node | null, file: File): EndlessRetry['pause'] {
  let pause: EndlessRetry['pause'] = 'none'
  for (const code of codes) {
    walk(code, file.sourceCode.visitorKeys, (node) => {
      if (node.type === 'AwaitExpression' && isPacing(node.argument, file.sight)) pause = 'some'
      else if (node.type === 'CallExpression' && isTimer(node, file)) pause = 'some'
      else if (pause === 'none' && node.type === 'CallExpression' && node !== again && !isHarmless(node, file)) pause = 'unknown'
      return pause === 'some' ? 'stop' : undefined
    })
  }
  return pause
}

/** `setTimeout(…, 500)`; one of zero only makes room for other work. */
function isTimer(call: TSESTree.CallExpression, file: File): boolean {
  const path = apiPath(file.calls.calleeOf(call))
  if (!path || !timeoutMembers.has(path.member)) return isPacing(call, file.sight)
  const delay = call.arguments[path.module === 'globalThis' || path.module === 'node:timers' ? 1 : 0]
  return delay !== undefined && !(delay.type === 'Literal' && (delay.value === 0 || delay.value === 1))
}

/** Calls that neither wait, throw nor decide: logging, the standard library, timers. */
function isHarmless(call: TSESTree.CallExpression, file: File): boolean {
  const callee = unwrap(call.callee)
  const { root } = file.calls.originOf(callee)
  if (root.kind === 'global') return true
  const words = callee.type === 'MemberExpression' ? [...wordsOf(nameOf(callee.object) ?? ''), ...wordsOf(memberName(callee) ?? '')] : wordsOf(nameOf(callee) ?? '')
  return harmlessMethods.has(nameOf(callee) ?? '') || words.some((word) => loggingThings.has(word))
}

/** Whether the name of a function around the retry, or of what it tries, says that it keeps something up. */
export function isNamedLasting(node: Node, tried: Node | null): boolean {
  const names = [tried && nameOf(tried)]
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) names.push(functionName(owner))
  return names.some((name) => hasWord(name, lastingWords))
}

/** Who waits for a function that does not end before it has succeeded. */
export function waitingFor(node: Node, isAwaited: boolean, file: File): EndlessRetry['waiting'] {
  const reach = file.handlers().handlerOf(node)
  if (reach?.handler.certain && !['timer', 'job'].includes(reach.handler.runs)) return { kind: 'handler', reach }
  return isAwaited ? { kind: 'callers' } : null
}

/** The function whose callers wait for a call: it is returned, awaited, or settles the promise that is returned. */
export function isHandedBack(call: Node, owner: FunctionNode, file: File): boolean {
  for (let child = call, current = call.parent; current; child = current, current = current.parent) {
    switch (current.type) {
      case 'AwaitExpression':
        return enclosingFunction(current) === owner || isHandedBack(current, owner, file)
      case 'ReturnStatement': {
        const inner = enclosingFunction(current)
        return inner === owner || (inner !== null && isChained(inner, owner, file))
      }
      case 'ArrowFunctionExpression':
        return current.body === child && (current === owner || isChained(current, owner, file))
      case 'CallExpression':
        if (current.callee === child) break
        // `resolve(again())`, `again().then(resolve, reject)`
        if (settles(current, file)) return true
        if (!isInside(child, current)) return false
        break
      case 'ExpressionStatement':
      case 'VariableDeclarator':
        return false
      default:
        if (isFunction(current)) return false
    }
  }
  return false
}

/** Whether what a callback gives becomes part of a promise that the owner hands back: `.then(() => again())`. */
function isChained(callback: FunctionNode, owner: FunctionNode, file: File): boolean {
  const call = callback.parent
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false
  return chainingMethods.has(memberName(call.callee) ?? '') && isHandedBack(call, owner, file)
}

/** `resolve(…)` of a promise around it. */
function settles(call: TSESTree.CallExpression, { calls }: File): boolean {
  const { root, steps } = calls.originOf(call.callee)
  return root.kind === 'parameter' && steps.length === 0 && isExecutor(root.of)
}

/** Whether a function is the executor of a promise: `new Promise((resolve) => …)`. */
export function isExecutor(node: FunctionNode): boolean {
  const { parent } = node
  return parent.type === 'NewExpression' && parent.arguments[0] === node && /Promise$/.test(nameOf(parent.callee) ?? '')
}

/** Whether a function runs within the executor of a promise which only its success settles. */
export function isWithinExecutor(node: FunctionNode): boolean {
  for (let outer = enclosingFunction(node); outer; outer = enclosingFunction(outer)) if (isExecutor(outer)) return true
  return false
}

/** Whether code names a signal that may end it. */
export function namesSignal(code: Node, { sourceCode }: File): boolean {
  return !walkOwnCode(code, sourceCode.visitorKeys, (node) =>
    node.type === 'Identifier' && hasWord(node.name, cancelWords) ? 'stop' : undefined,
  )
}
