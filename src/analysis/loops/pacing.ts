/** Awaits that let time pass on purpose: the author spaces the work out. */
import type { TSESTree } from '@typescript-eslint/utils'
import { endsInWord, nameOf, wordsOf } from '../../ast/names.ts'
import { isFunction, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { amountMethods, limitingWords, pausingCalls, pausingVerbs } from '../../knowledge/order-names.ts'
import { durationWords, timerFacts, waitFacts } from '../../knowledge/timers.ts'
import { callsOf, indexFacts, returnedExpression, type Calls } from '../calls/index.ts'
import type { Body, Sight } from './sight.ts'


const timers = indexFacts(timerFacts)
const waits = indexFacts(waitFacts)

/** Whether awaiting this expression waits for time to pass. */
export function isPacing(awaited: Node, sight: Sight): boolean {
  const expression = unwrap(awaited)
  const calls = callsOf(sight.sourceCode)
  if (expression.type === 'NewExpression') return isTimerPromise(expression, calls)
  if (expression.type === 'LogicalExpression') return isPacing(expression.right, sight)
  if (expression.type === 'ConditionalExpression') {
    return isPacing(expression.consequent, sight) || isPacing(expression.alternate, sight)
  }
  if (expression.type !== 'CallExpression') return false
  const callee = unwrap(expression.callee)
  if (callee.type === 'MemberExpression' && chainingMethods.has(memberName(callee) ?? '')) {
    return isPacing(callee.object, sight)
  }
  const origin = calls.calleeOf(expression)
  // A timer that is awaited is one that `promisify` has made a wait of.
  if (timers.of(origin) || waits.of(origin)) return true
  const body = sight.bodyOf(expression)
  if (body && pausesItself(body)) return true
  return body?.in !== sight && namesPause(callee, expression)
}

/**
 * `sleep(ms)`, `utils.delay(5)`, `rateLimitDelay()`, `waitForRetry(response)`. A method without an argument is an
 * operation of its object: `job.pause()`, `receipt.wait()`.
 */
function namesPause(callee: Node, call: TSESTree.CallExpression): boolean {
  const name = nameOf(callee)
  if (name === null || (callee.type === 'MemberExpression' && call.arguments.length === 0 && callee.object.type !== 'ThisExpression')) return false
  if (callee.type === 'MemberExpression' && amountMethods.has(name) && !isAmount(call.arguments[0])) return false
  const words = wordsOf(name)
  const isLimited = words.length > 2 && words.at(-2) === 'with' && limitingWords.has(words.at(-1) ?? '')
  return (!isLimited && endsInWord(name, pausingCalls)) || pausingVerbs.has(words[0] ?? '')
}

/** A number, or a name that says that it is a time. */
function isAmount(argument: Node | undefined): boolean {
  if (!argument) return false
  return (argument.type === 'Literal' && typeof argument.value === 'number') || endsInWord(nameOf(argument), durationWords)
}

/** A function that is nothing but a pause, or that pauses in the course of every run. */
function pausesItself({ node, in: sight }: Body, depth = 0): boolean {
  if (depth > 4) return false
  const calls = callsOf(sight.sourceCode)
  const isPause = (expression: Node): boolean => {
    const value = unwrap(expression)
    if (value.type === 'NewExpression') return isTimerPromise(value, calls)
    if (value.type !== 'CallExpression') return false
    const body = sight.bodyOf(value)
    return body?.in === sight ? pausesItself(body, depth + 1) : isPacing(value, sight)
  }
  const returned = returnedExpression(node)
  if (returned && isPause(returned.type === 'AwaitExpression' ? returned.argument : returned)) return true
  if (node.body.type !== 'BlockStatement') return false
  let found = false
  for (const statement of node.body.body) {
    if (statement.type !== 'ExpressionStatement') continue
    const expression = unwrap(statement.expression)
    if (expression.type === 'AwaitExpression' && isPause(expression.argument)) found = true
  }
  return found
}

/** `new Promise((resolve) => setTimeout(resolve, ms))`: settles when a timer fires and does nothing else. */
function isTimerPromise(node: TSESTree.NewExpression, calls: Calls): boolean {
  const origin = calls.originOf(node.callee)
  const [executor] = node.arguments
  if (origin.root.kind !== 'global' || origin.root.name !== 'Promise' || !executor || !isFunction(executor)) return false
  const [resolve] = executor.params
  const body = executor.body.type === 'BlockStatement' ? executor.body.body : [executor.body]
  if (resolve?.type !== 'Identifier') return false
  return body.some((statement) => {
    const expression = unwrap(
      statement.type === 'ExpressionStatement' ? statement.expression
        : statement.type === 'ReturnStatement' && statement.argument ? statement.argument
          : statement.type === 'VariableDeclaration' && statement.declarations[0]?.init ? statement.declarations[0].init
            : statement,
    )
    if (expression.type !== 'CallExpression') return false
    if (!timers.of(calls.originOf(expression.callee))) return false
    const [callback] = expression.arguments
    if (callback?.type === 'Identifier') return callback.name === resolve.name
    if (!callback || !isFunction(callback)) return false
    return callsOnly(callback, resolve.name)
  })
}

function callsOnly(callback: FunctionNode, name: string): boolean {
  const statements = callback.body.type === 'BlockStatement' ? callback.body.body : [callback.body]
  const last = statements.at(-1)
  if (!last) return false
  const expression = unwrap(last.type === 'ExpressionStatement' ? last.expression : last.type === 'ReturnStatement' && last.argument ? last.argument : last)
  return expression.type === 'CallExpression' && expression.callee.type === 'Identifier' && expression.callee.name === name
}

