/**
 * Functions of a file that run what they are given in a slot:
 *
 *     async function withLock(mutex, callback) {
 *       const release = await mutex.acquire()
 *       try { return await callback() } finally { release() }
 *     }
 *
 * None that asks something before it takes the slot: it may know that the lock is held.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, unwrap, unwrapAwait, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'
import { regionAfter, testsBefore } from './regions.ts'
import { slotOf, type Slot } from './slots.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Wrapper {
  readonly slot: Slot
  /** The place of the parameter that runs in the slot. */
  readonly parameter: number
}

export interface Wrappers {
  of(node: FunctionNode): Wrapper | null
}

const cache = new WeakMap<SourceCode, Wrappers>()

export function wrappersOf(sourceCode: SourceCode): Wrappers {
  let wrappers = cache.get(sourceCode)
  if (!wrappers) {
    const known = new Map<FunctionNode, Wrapper | null>()
    let depth = 0
    wrappers = {
      of(node) {
        let wrapper = known.get(node)
        if (wrapper !== undefined) return wrapper
        // Asked again on its own way: nothing to add.
        known.set(node, null)
        depth += 1
        known.set(node, (wrapper = node.params.length > 0 && depth <= MAX_DEPTH ? wrapperIn(node, sourceCode) : null))
        depth -= 1
        return wrapper
      },
    }
    cache.set(sourceCode, wrappers)
  }
  return wrappers
}

/** Wrappers of wrappers are followed so far. */
const MAX_DEPTH = 8

function wrapperIn(node: FunctionNode, sourceCode: SourceCode): Wrapper | null {
  let found: Wrapper | null = null
  walkOwnCode(node.body, sourceCode.visitorKeys, (call) => {
    if (call.type !== 'CallExpression') return undefined
    const slot = slotOf(call, sourceCode)
    const parameter = slot ? ranBy(slot, node, sourceCode) : -1
    if (slot && parameter >= 0 && testsBefore(call, node).length === 0) found = { slot, parameter }
    return found ? 'stop' : undefined
  })
  return found
}

/** The parameter that is run in the slot: passed on as the task, or waited for by it; -1 where there is none. */
function ranBy({ call, holds, given, of }: Slot, node: FunctionNode, sourceCode: SourceCode): number {
  const task = given && unwrap(given)
  if (task?.type === 'Identifier') return parameterOf(task, node, sourceCode)
  if (isFunction(task)) {
    if (task.body.type !== 'BlockStatement') return calledParameter(task.body, node, sourceCode)
    return firstIn(task.body, (inner) => (inner.type === 'AwaitExpression' || inner.type === 'ReturnStatement' ? inner.argument : null), node, sourceCode)
  }
  const region = holds === 'takes' && enclosingFunction(call) === node ? regionAfter(call, of.place, sourceCode) : null
  if (!region) return -1
  const isWithin = ({ range }: Node): boolean => range[0] > region.start && range[0] < region.end
  return firstIn(region.block, (inner) => (inner.type === 'AwaitExpression' && isWithin(inner) ? inner.argument : null), node, sourceCode)
}

function firstIn(body: Node, waitedFor: (inner: Node) => Node | null, node: FunctionNode, sourceCode: SourceCode): number {
  let found = -1
  walkOwnCode(body, sourceCode.visitorKeys, (inner) => {
    const waited = waitedFor(inner)
    if (waited) found = calledParameter(waited, node, sourceCode)
    return found >= 0 ? 'stop' : undefined
  })
  return found
}

/** `callback` of `await callback({ releaseLock })`. */
function calledParameter(value: Node, node: FunctionNode, sourceCode: SourceCode): number {
  const call = unwrapAwait(value)
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null
  return callee?.type === 'Identifier' ? parameterOf(callee, node, sourceCode) : -1
}

function parameterOf(name: TSESTree.Identifier, node: FunctionNode, sourceCode: SourceCode): number {
  const declared = callsOf(sourceCode).variableOf(name)?.defs[0]?.name as Node | undefined
  return declared ? node.params.findIndex((parameter) => parameter === declared) : -1
}
