/** Functions that call themselves when they fail: `load().catch(() => setTimeout(again, 1000))`. */
import type { TSESTree } from '@typescript-eslint/utils'
import { functionName } from '../../ast/function-name.ts'
import { nameOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, memberName, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { callbackNames, errorNames } from '../../knowledge/parameter-names.ts'
import { repeatingCalls } from '../../knowledge/retries.ts'
import { againTimers } from '../../knowledge/timers.ts'
import { apiPath } from '../calls/index.ts'
import { failedAnswer } from './answers.ts'
import { asksPerson, attemptIn, type File } from './attempts.ts'
import { conditionsOf, errorOf, groundOfAll, type Scope } from './conditions.ts'
import { isHandedBack, isNamedLasting, isWithinExecutor, namesSignal, pauseIn, waitingFor } from './surroundings.ts'
import type { Retry } from './verdict.ts'

/** A call of a function within itself, by its name or by a timer. */
interface OwnCall {
  readonly call: TSESTree.CallExpression
  readonly owner: FunctionNode
  /** The arguments that it gets. */
  readonly given: readonly TSESTree.CallExpressionArgument[]
  readonly by: 'call' | 'timer'
}

/** The call, where it calls a function that it stands in. */
export function ownCallOf(call: TSESTree.CallExpression, { calls }: File): OwnCall | null {
  const owner = ownerNamed(call, nameOf(call.callee))
  if (owner && calls.functionOf(call) === owner) return { call, owner, given: call.arguments, by: 'call' }
  const [callback, , ...given] = call.arguments
  if (!callback || !againTimers.has(nameOf(call.callee) ?? '')) return null
  const named = ownerNamed(call, nameOf(unbound(callback)))
  if (!named || apiPath(calls.originOf(call.callee)) === null) return null
  const { root, steps } = calls.originOf(unbound(callback))
  return root.kind === 'function' && root.node === named && steps.length === 0 ? { call, owner: named, given: [...boundTo(callback), ...given], by: 'timer' } : null
}

/** `f` of `f.bind(this, x)`. */
function unbound(callback: Node): Node {
  const value = unwrap(callback)
  return value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && memberName(value.callee) === 'bind' ? unwrap(value.callee.object) : value
}

function boundTo(callback: Node): TSESTree.CallExpressionArgument[] {
  const value = unwrap(callback)
  return value.type === 'CallExpression' ? value.arguments.slice(1) : []
}

function ownerNamed(node: Node, name: string | null): FunctionNode | null {
  if (name === null) return null
  for (let current = node.parent; current; current = current.parent) if (isFunction(current) && functionName(current) === name) return current
  return null
}

interface Failure {
  /** The code that runs when something fails. */
  readonly body: Node
  readonly tried: Node
  readonly scope: Scope
  /** What says whether it failed, where a callback gets both answers. */
  readonly test: Node | null
}

/** What a function that calls itself does about failures; null where the call is no retry. */
export function retryOfCall(own: OwnCall, file: File): Retry | null {
  const { call: node, owner } = own
  const failure = failureAround(node, owner, file)
  if (!failure || owner.generator) return null
  const attempt = attemptIn(failure.tried, file)
  if (!attempt) return null
  if (attempt.by === 'person' || asksPerson(owner, file)) return { node, silence: 'person' }
  if (runsOtherwise(owner, failure, file)) return { node, silence: 'lasting' }
  if (!isSameAgain(own, file)) return { node, silence: 'changed' }
  const ground = groundOfAll(conditionsOf(node, failure.body, file).filter((test) => test !== failure.test), failure.scope, file)
  if (ground === 'other') return { node, silence: 'ends' }
  const before = groundOfAll(conditionsOf(failure.tried, owner, file), failure.scope, file)
  if (before !== 'same' || namesSignal(owner, file)) return { node, silence: 'ends' }
  if (isKept(node)) return { node, silence: 'stopped' }
  const awaited = isHandedBack(node, owner, file) || isWithinExecutor(owner) || callsBack(owner)
  return {
    node,
    attempt,
    pause: own.by === 'timer' && isLater(node) ? 'some' : pauseIn([failure.body], own.call, file),
    after: ground === 'error' || failure.scope.error?.defs[0]?.type === 'Variable' ? 'kind' : 'any',
    waiting: waitingFor(node, awaited, file),
    lasting: isNamedLasting(node, attempt.call.callee),
  }
}

function isLater(timer: TSESTree.CallExpression): boolean {
  const delay = timer.arguments[1]
  return nameOf(timer.callee) === 'setTimeout' && delay !== undefined && !(delay.type === 'Literal' && delay.value === 0)
}

/** The failure because of which code runs, within the function that it calls again. */
function failureAround(node: Node, owner: FunctionNode, file: File): Failure | null {
  for (let child = node, current = node.parent; current && child !== owner; child = current, current = current.parent) {
    if (current.type === 'CatchClause') return failure(current.body, current.parent.block, { again: owner, failure: current, error: errorOf(current, file) })
    if (current.type === 'IfStatement' && child === current.consequent) {
      const answer = failedAnswer(current.test, owner, file)
      if (answer) return failure(current.consequent, answer.tried, { again: owner, failure: current.consequent, error: answer.variable }, current.test)
    }
    if (!isFunction(current) || current === owner) continue
    const tried = rejectionOf(current)
    if (tried) return failure(current.body, tried, { again: owner, failure: current, error: errorOf(current, file) })
    const answered = errorFirst(current, node, file)
    if (answered) return answered && failure(answered.body, answered.tried, { again: owner, failure: current, error: errorOf(current, file) }, answered.test)
  }
  return null
}

const failure = (body: Node, tried: Node, scope: Scope, test: Node | null = null): Failure => ({ body, tried, scope, test })

/** What a callback hears the rejection of: `tried.catch(callback)`, `tried.then(done, callback)`. */
function rejectionOf(callback: FunctionNode): Node | null {
  const call = callback.parent
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return null
  const method = memberName(call.callee)
  const at = method === 'catch' ? 0 : method === 'then' ? 1 : null
  return at !== null && call.arguments[at] === callback ? call.callee.object : null
}

/** `read(path, (error, data) => { if (error) HERE })`. */
function errorFirst(callback: FunctionNode, node: Node, file: File): { body: Node; tried: Node; test: Node } | null {
  const call = callback.parent
  const [first] = callback.params
  if (call.type !== 'CallExpression' || call.arguments.at(-1) !== callback || first?.type !== 'Identifier' || !errorNames.has(first.name.toLowerCase())) return null
  for (let child = node, current = node.parent; current && child !== callback; child = current, current = current.parent) {
    if (current.type !== 'IfStatement' || current.consequent !== child || enclosingFunction(current) !== callback) continue
    if (mentionsName(current.test, first.name, file)) return { body: current.consequent, tried: call, test: current.test }
  }
  return null
}

function mentionsName(code: Node, name: string, { sourceCode }: File): boolean {
  return !walk(code, sourceCode.visitorKeys, (node) => (node.type === 'Identifier' && node.name === name ? 'stop' : undefined))
}

/** Whether the function calls itself after a success as well, or something else calls it in turn: it goes on anyway. */
function runsOtherwise(owner: FunctionNode, { scope }: Failure, file: File): boolean {
  const name = functionName(owner)
  let otherwise = false
  walk(owner.body, file.sourceCode.visitorKeys, (node) => {
    if (node === scope.failure) return 'skip'
    if (node.type !== 'CallExpression') return undefined
    const own = ownCallOf(node, file)
    if (own?.owner === owner && !failureAround(node, owner, file)) otherwise = true
    if (name !== null && repeatingCalls.test(nameOf(node.callee) ?? '')) otherwise = true
    return otherwise ? 'stop' : undefined
  })
  return otherwise
}

/** Whether the next call gets what this one got. */
function isSameAgain({ owner, given }: OwnCall, { calls }: File): boolean {
  return given.every((argument, i) => {
    const value = unwrap(argument)
    const parameter = parameterAt(owner, i)
    if (value.type === 'ThisExpression') return true
    if (value.type !== 'Identifier') return false
    if (parameter === null) return true
    const variable = calls.variableOf(value)
    return parameter === value.name && variable?.defs[0]?.node === owner && variable.references.every((reference) => !reference.isWrite() || reference.init === true)
  })
}

function parameterAt(owner: FunctionNode, i: number): string | null {
  const parameter = owner.params[i]
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter?.type === 'TSParameterProperty' ? parameter.parameter : parameter
  return name?.type === 'Identifier' ? name.name : name ? '' : null
}

/** `this.timer = setTimeout(again, 1000)`: somebody may clear it. */
function isKept(node: Node): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    const { parent } = current
    if (current.type === 'CallExpression' && nameOf(current.callee) === 'setTimeout' && (parent?.type === 'AssignmentExpression' || parent?.type === 'VariableDeclarator')) return true
    if (isFunction(current) && parent?.type !== 'CallExpression') return false
  }
  return false
}

/** A last parameter that is called with the result: whoever gave it waits for it. */
function callsBack(owner: FunctionNode): boolean {
  const last = owner.params.at(-1)
  return last?.type === 'Identifier' && callbackNames.has(last.name)
}
