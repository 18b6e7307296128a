/**
 * Aborts that a `catch` takes for a failure like any other: a call that is given somebody's signal fails because of it,
 * the `catch` around it does not ask why, and the loop around that goes on.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { namesAlong, wordsOf } from '../../ast/names.ts'
import { isFunction, isLoop, memberName, unwrap, unwrapAwait, walk, walkOwnCode, type LoopNode, type Node } from '../../ast/nodes.ts'
import { endWords, notingWords, signalOptions } from '../../knowledge/aborts.ts'
import { callsOf } from '../calls/index.ts'
import { outerSignalOf } from './signals.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface SwallowedAbort {
  readonly handler: TSESTree.CatchClause
  /** The call that is given the signal, and the signal as it is written there. */
  readonly call: TSESTree.CallExpression
  readonly signal: Node
  readonly loop: LoopNode
}

/**
 * Why a `catch` in a loop around such a call is left alone:
 *
 * - `ends`: it ends the loop, whatever went wrong.
 * - `looked`: it looks at the error, or the loop looks at the signal or at something that says that it is to end.
 */
export type Silence = 'ends' | 'looked'

export interface LoneCatch {
  readonly handler: TSESTree.CatchClause
  readonly silence: Silence
}

/** Null where there is no loop, or no call that is given a signal from outside it. */
export function swallowedAbortOf({ block, handler }: TSESTree.TryStatement, sourceCode: SourceCode): SwallowedAbort | LoneCatch | null {
  const loop = handler && loopAround(block)
  const given = loop && signalIn(block, loop, sourceCode)
  if (!handler || !given) return null
  if (leaves(handler.body)) return { handler, silence: 'ends' }
  if (looksAtError(handler, sourceCode) || mindsEnd(loop, block, sourceCode)) return { handler, silence: 'looked' }
  return { handler, loop, ...given }
}

/** The nearest loop of the same function. What `for await` goes over ends by itself, if it is given the signal. */
function loopAround(node: Node): LoopNode | null {
  for (let current = node.parent; current && !isFunction(current); current = current.parent) {
    if (isLoop(current)) return current.type === 'ForOfStatement' && current.await ? null : current
  }
  return null
}

function signalIn(block: Node, loop: LoopNode, sourceCode: SourceCode): Pick<SwallowedAbort, 'call' | 'signal'> | null {
  let found: Pick<SwallowedAbort, 'call' | 'signal'> | null = null
  walkOwnCode(block, sourceCode.visitorKeys, (node) => {
    if (node.type === 'TryStatement' && node.handler) return 'skip'
    const call = node.type === 'AwaitExpression' ? unwrapAwait(node.argument) : null
    const signal = call?.type === 'CallExpression' ? givenSignal(call, loop, sourceCode) : null
    if (call?.type === 'CallExpression' && signal) found = { call, signal }
    return found ? 'stop' : undefined
  })
  return found
}

/** `fetch(url, { signal })`, `load(url, controller.signal)`. */
function givenSignal(call: TSESTree.CallExpression, loop: LoopNode, sourceCode: SourceCode): Node | null {
  for (const argument of call.arguments) {
    const properties = argument.type === 'ObjectExpression' ? argument.properties : []
    const option = properties.find((each) => each.type === 'Property' && signalOptions.has(memberName(each) ?? ''))
    const value = option?.type === 'Property' ? option.value : argument
    const signal = outerSignalOf(value, loop, callsOf(sourceCode), option !== undefined)
    if (signal) return signal
  }
  return null
}

/** Whether a block ends in a statement that leaves the loop. */
function leaves({ body }: TSESTree.BlockStatement): boolean {
  const last = body.at(-1)
  return last !== undefined && /^(?:Throw|Return|Break)Statement$/.test(last.type)
}

/** Whether the `catch` asks what went wrong, hands the error to somebody who may, or speaks of aborts at all. */
function looksAtError(handler: TSESTree.CatchClause, sourceCode: SourceCode): boolean {
  const error = handler.param?.type === 'Identifier' ? handler.param.name : null
  if (handler.param && error === null) return true
  return !walk(handler.body, sourceCode.visitorKeys, (node) => {
    const looks =
      (node.type === 'Identifier' && endWords.test(node.name)) ||
      (node.type === 'Literal' && typeof node.value === 'string' && /^\w*abort\w*$/i.test(node.value)) ||
      (error !== null && node.type === 'Identifier' && node.name === error && isAsked(node, handler))
    return looks ? 'stop' : undefined
  })
}

/** A mention of the error in a condition, or in a call that does more than to take it down. */
function isAsked(mention: TSESTree.Identifier, handler: TSESTree.CatchClause): boolean {
  for (let current: Node = mention; current.parent && current !== handler.body; current = current.parent) {
    const parent: Node = current.parent
    if ((parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') && parent.test === current && !tellsText(parent)) return true
    if (parent.type === 'SwitchStatement' && parent.discriminant === current) return true
    if (parent.type === 'CallExpression' && parent.callee !== current && !takesDown(parent)) return true
  }
  return false
}

/** `error instanceof Error ? error.message : String(error)`. */
function tellsText(condition: Node): boolean {
  return condition.type === 'ConditionalExpression' && unwrap(condition.consequent).type === 'MemberExpression'
}

function takesDown({ callee }: TSESTree.CallExpression): boolean {
  const node = unwrap(callee)
  const names = node.type === 'Identifier' ? [node.name] : namesAlong(node, { throughCalls: true })
  return names.flatMap(wordsOf).some((word) => notingWords.has(word))
}

/** Whether the loop looks, outside the block, at the signal or at anything that says that it is to end. */
function mindsEnd(loop: LoopNode, block: Node, sourceCode: SourceCode): boolean {
  return !walk(loop, sourceCode.visitorKeys, (node) => {
    if (node === block) return 'skip'
    return (node.type === 'Identifier' || node.type === 'PrivateIdentifier') && endWords.test(node.name) ? 'stop' : undefined
  })
}
