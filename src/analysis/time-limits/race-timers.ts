/**
 * The timer among the promises of a race: `new Promise((_, reject) => setTimeout(reject, ms))`, `delay(ms)`, and
 * what leads to them through variables, `.then` chains and functions of the file.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isFunction, memberName, unwrap, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { endingMethods } from '../../knowledge/lifetimes.ts'
import { delayNames, timerMethods, waitFacts } from '../../knowledge/timers.ts'
import { apiPath, callsOf, indexFacts, returnedExpression } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface RaceTimer {
  /** The call that starts the timer: `setTimeout(…)` or `delay(…)`. */
  readonly call: TSESTree.CallExpression
  /**
   * - `dropped`: nobody holds the handle, so nobody can clear it.
   * - `kept`: the handle is held, and nothing clears it.
   * - `cleared`: something clears it, it does not hold the process (`unref`), or it is passed on.
   */
  readonly handle: 'dropped' | 'kept' | 'cleared'
  /** The delay, in terms of the place of the race; null where it is not written there. */
  readonly ms: Node | null
  /** The error that it rejects with, where it does and the race's place can see it. */
  readonly error: Node | null
  /** Whether it rejects; a timer that fulfils ends the race without an error. */
  readonly rejects: boolean
  /** Whether what it runs stops something: `controller.abort()`, `socket.destroy()`. */
  readonly cancels: boolean
  /** The variable that holds the timer's promise, where it does not stand in the race itself. */
  readonly variable: TSESLint.Scope.Variable | null
}

const waits = indexFacts(waitFacts)

const MAX_DEPTH = 6

export function raceTimerOf(element: Node, sourceCode: SourceCode): RaceTimer | null {
  return timerOf(element, sourceCode, 0)
}

function timerOf(element: Node, sourceCode: SourceCode, depth: number): RaceTimer | null {
  if (depth > MAX_DEPTH) return null
  const node = unwrap(element)
  if (node.type === 'NewExpression') return timerOfExecutor(node, sourceCode)
  if (node.type === 'Identifier') return timerOfVariable(node, sourceCode, depth)
  if (node.type !== 'CallExpression') return null
  const callee = unwrap(node.callee)
  if (callee.type === 'MemberExpression' && chainingMethods.has(memberName(callee) ?? '')) {
    const timer = timerOf(callee.object, sourceCode, depth + 1)
    return timer && { ...timer, ...afterwards(node, timer, sourceCode) }
  }
  return timerOfCall(node, sourceCode, depth)
}

/** What a `.then` makes of a timer: `.then(() => { throw error })`. */
function afterwards(call: TSESTree.CallExpression, timer: RaceTimer, sourceCode: SourceCode): Pick<RaceTimer, 'error' | 'rejects' | 'cancels'> {
  const [then] = call.arguments
  if (!isFunction(then)) return timer
  let error: Node | null = null
  let cancels = timer.cancels
  walkOwnCode(then.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'ThrowStatement') error ??= node.argument
    if (node.type === 'CallExpression' && globalApi(node.callee, sourceCode) === 'Promise.reject') error ??= node.arguments[0] ?? null
    if (stopsSomething(node)) cancels = true
  })
  return { error: error ?? timer.error, rejects: error !== null || timer.rejects, cancels }
}

function timerOfVariable(name: TSESTree.Identifier, sourceCode: SourceCode, depth: number): RaceTimer | null {
  const variable = callsOf(sourceCode).variableOf(name)
  const definition = variable?.defs[0]
  const declarator = definition?.node as Node | undefined
  if (definition?.type !== 'Variable' || declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null
  const writes = variable?.references.filter((reference) => reference.isWrite()) ?? []
  const [only] = writes
  const timer = writes.length === 1 && only?.writeExpr ? timerOf(only.writeExpr as Node, sourceCode, depth + 1) : null
  return timer && { ...timer, variable: variable ?? null }
}

/** `new Promise((resolve, reject) => { … setTimeout(…) … })`. */
function timerOfExecutor(node: TSESTree.NewExpression, sourceCode: SourceCode): RaceTimer | null {
  const [executor] = node.arguments
  if (globalApi(node.callee, sourceCode) !== 'Promise' || !isFunction(executor)) return null
  let call: TSESTree.CallExpression | null = null
  let others = 0
  walkOwnCode(executor.body, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression') return
    if (isSetTimeout(child, sourceCode)) call ??= child
    else if (!isOnTimer(child)) others += 1
  })
  const timer = call as TSESTree.CallExpression | null
  // A promise that also waits for something else is work, not only a timer.
  if (!timer || others > 0) return null
  const reject = executor.params[1]
  const rejectName = reject?.type === 'Identifier' ? reject.name : null
  const [callback, ms] = timer.arguments
  let error: Node | null = null
  let rejects = callback?.type === 'Identifier' && callback.name === rejectName
  let cancels = false
  if (rejects && timer.arguments[2]) error = timer.arguments[2]
  if (isFunction(callback)) {
    walkOwnCode(callback.body, sourceCode.visitorKeys, (child) => {
      if (child.type === 'CallExpression' && child.callee.type === 'Identifier' && child.callee.name === rejectName) {
        rejects = true
        error ??= child.arguments[0] ?? null
      }
      if (stopsSomething(child)) cancels = true
    })
  }
  return { call: timer, handle: handleOf(timer, sourceCode), ms: ms ?? null, error, rejects, cancels, variable: null }
}

/** `.unref()` on the timer itself. */
function isOnTimer({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && timerMethods.has(memberName(callee) ?? '')
}

/** `delay(ms)`: by its module, by its body where the file has it, by its name otherwise. */
function timerOfCall(call: TSESTree.CallExpression, sourceCode: SourceCode, depth: number): RaceTimer | null {
  const origin = callsOf(sourceCode).originOf(call.callee)
  if (origin.root.kind === 'function' && origin.steps.length === 0) return timerOfFunction(call, origin.root.node, sourceCode, depth)
  const api = apiPath(origin)
  const callee = unwrap(call.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
  const wait = waits.of(origin)
  const isNamed = name !== null && delayNames.has(name.toLowerCase()) && (api === null || isOwnModule(api.module)) && call.arguments.length >= 1
  if (wait ? wait.ms === null : !(isNamed && isDuration(call.arguments[0]))) return null
  if (call.arguments.some((argument) => mentionsSignal(argument, sourceCode))) return null
  return { call, handle: 'dropped', ms: call.arguments[wait?.ms ?? 0] ?? null, error: null, rejects: false, cancels: false, variable: null }
}

const isOwnModule = (name: string): boolean => /^[.~#@]/.test(name)

/** Whether an argument can be a number of milliseconds. */
function isDuration(node: Node | undefined): boolean {
  if (!node || isFunction(node)) return false
  return !/^(?:ObjectExpression|ArrayExpression|TemplateLiteral|ClassExpression)$/.test(node.type) && !(node.type === 'Literal' && typeof node.value !== 'number')
}

function timerOfFunction(call: TSESTree.CallExpression, node: FunctionNode, sourceCode: SourceCode, depth: number): RaceTimer | null {
  if (call.arguments.some((argument) => mentionsSignal(argument, sourceCode))) return null
  const returned = node.async ? null : returnedExpression(node)
  const timer = returned ? timerOf(returned, sourceCode, depth + 1) : timerOfAsync(node, sourceCode, depth)
  if (!timer) return null
  // What the timer does in there is written in names that the race's place does not have.
  const index = timer.ms?.type === 'Identifier' ? node.params.findIndex((each) => each.type === 'Identifier' && each.name === (timer.ms as TSESTree.Identifier).name) : -1
  const ms = timer.ms?.type === 'Literal' ? timer.ms : index >= 0 ? (call.arguments[index] ?? null) : null
  return { ...timer, ms, error: null, variable: null }
}

/** `async () => { await delay(ms); throw error }`. */
function timerOfAsync(node: FunctionNode, sourceCode: SourceCode, depth: number): RaceTimer | null {
  if (!node.async || node.generator) return null
  let timer: RaceTimer | null = null
  let awaits = 0
  let rejects = false
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (child.type === 'ThrowStatement') rejects = true
    if (child.type !== 'AwaitExpression') return
    awaits += 1
    timer = timerOf(child.argument, sourceCode, depth + 1)
  })
  return timer && awaits === 1 ? { ...(timer as RaceTimer), rejects } : null
}

/** What becomes of the handle that `setTimeout` gives. */
function handleOf(call: TSESTree.CallExpression, sourceCode: SourceCode): RaceTimer['handle'] {
  const { parent } = call
  switch (parent.type) {
    case 'ExpressionStatement':
    case 'ArrowFunctionExpression':
    case 'UnaryExpression':
      return 'dropped'
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? handleInVariable(parent.id, sourceCode) : 'cleared'
    case 'AssignmentExpression':
      if (parent.left.type === 'Identifier') return handleInVariable(parent.left, sourceCode)
      return isClearedByText(sourceCode.getText(parent.left), sourceCode) ? 'cleared' : 'kept'
    case 'ReturnStatement':
      // An executor's result goes nowhere.
      return 'dropped'
    default:
      return 'cleared'
  }
}

function handleInVariable(name: TSESTree.Identifier, sourceCode: SourceCode): RaceTimer['handle'] {
  const variable = callsOf(sourceCode).variableOf(name)
  if (!variable) return 'cleared'
  const isHandled = variable.references.some((reference) => {
    if (reference.isWrite() && !reference.isRead()) return false
    const parent = (reference.identifier as Node).parent
    // A mere test (`if (timer)`) clears nothing; whatever else reads the handle may.
    return parent?.type !== 'IfStatement' && parent?.type !== 'LogicalExpression'
  })
  return isHandled ? 'cleared' : 'kept'
}

function isClearedByText(handle: string, sourceCode: SourceCode): boolean {
  return nodesOf(sourceCode, 'CallExpression').some((node) => node.arguments.some((argument) => sourceCode.getText(argument) === handle))
}

function mentionsSignal(node: Node, sourceCode: SourceCode): boolean {
  return /signal/i.test(sourceCode.getText(node))
}

function stopsSomething(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && endingMethods.has(memberName(node.callee) ?? '')
}

function isSetTimeout(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const api = apiPath(callsOf(sourceCode).originOf(call.callee))
  return api?.member === 'setTimeout' && (api.module === 'globalThis' || api.module === 'node:timers')
}

function globalApi(callee: Node, sourceCode: SourceCode): string | null {
  const api = apiPath(callsOf(sourceCode).originOf(callee))
  return api?.module === 'globalThis' ? api.member : null
}
