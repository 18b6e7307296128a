/**
 * Code that takes entries out of a map and yet limits nothing: it lets go of one where somebody asks for exactly that, of
 * what failed, of what turns out to be old on the day when it is asked for again, or of all when somebody outside says so.
 */
import { functionName } from '../../ast/function-name.ts'
import { startsWithWord } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isInside, memberName, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { clockWords } from '../../knowledge/queues-keys.ts'
import { releasingVerbs } from '../../knowledge/queues-words.ts'
import { keyOf, usesParameterOf } from './entries.ts'
import { isCalledInFile, type FeederContext } from './feeders.ts'
import type { Use } from './uses.ts'

/** Whether entries that stay are as many as before, for all that an operation takes out. */
export function limitsNothing(drain: Use, uses: readonly Use[], context: FeederContext): boolean {
  if (drain.by === 'delete') return isInvalidation(drain, uses, context) || isOfFailure(drain.operation) || isOfStale(drain, uses, context)
  return drain.kind === 'empty' && isReset(drain.within, context)
}

/** `forget(userId) { users.delete(userId) }`: one entry goes when somebody outside says so; not what the same function has put in. */
export function isInvalidation({ by, operation, within }: Use, uses: readonly Use[], context: FeederContext): boolean {
  const key = keyOf({ operation })
  if (by !== 'delete' || !key || !within || !usesParameterOf(key, within, context)) return false
  if (uses.some((use) => use.kind === 'feed' && isInside(use.operation, within))) return false
  return within.parent.type === 'MethodDefinition' && !isCalledInFile(within, context)
}

/** `clear() { this.users.clear() }` for whoever calls it, `stop() { … }` at the end. */
function isReset(within: FunctionNode | null, context: FeederContext): boolean {
  if (!within || !startsWithWord(functionName(within), releasingVerbs)) return false
  return !isCalledInFile(within, context)
}

/** `promise.catch(() => cache.delete(key))`, `catch { cache.delete(key) }`: what is there stays. */
function isOfFailure(operation: Node): boolean {
  for (let node: Node | undefined = operation; node; node = node.parent) {
    if (node.type === 'CatchClause') return true
    if (!isFunction(node)) continue
    const { parent }: FunctionNode = node
    if (parent.type !== 'CallExpression' || parent.callee.type !== 'MemberExpression') return false
    const name = memberName(parent.callee)
    return name === 'catch' || (name === 'then' && parent.arguments[1] === node)
  }
  return false
}

/** `if (found.until < Date.now()) cache.delete(key)` where `key` was looked up just before: nobody asks for most of them again. */
function isOfStale({ operation, within }: Use, uses: readonly Use[], context: FeederContext): boolean {
  const key = keyOf({ operation })
  if (!key || !within) return false
  const text = context.sourceCode.getText(key)
  const isAsked = uses.some((use) => {
    if ((use.by !== 'get' && use.by !== 'has') || use.operation.range[0] > operation.range[0]) return false
    const asked = keyOf(use)
    return asked !== null && enclosingFunction(use.operation) === within && context.sourceCode.getText(asked) === text
  })
  return isAsked && isByClock(operation, within, context)
}

function isByClock(operation: Node, within: FunctionNode, { sourceCode }: FeederContext): boolean {
  for (let node = operation.parent; node && node !== within; node = node.parent) {
    if (node.type === 'IfStatement' && !isInside(operation, node.test) && clockWords.test(sourceCode.getText(node.test))) return true
  }
  return false
}
