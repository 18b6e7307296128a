/** Where code that runs on a signal ends the process, and what it waits for before. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, isInside, isKey, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { deadlineFacts, exitFact } from '../../knowledge/intakes.ts'
import { indexFacts, type Calls } from '../calls/index.ts'
import { callbackOf } from '../cardinality/enclosing-iterations.ts'
import { functionAt, isListening } from './signals.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** An `await` that stands before the end, or a call in whose callback the end stands. */
export interface Wait {
  readonly node: TSESTree.AwaitExpression | TSESTree.ForOfStatement | TSESTree.CallExpression
  /** The callback in which the process ends. */
  readonly callback: Node | null
}

export interface Exit {
  /** `process.exit(0)`, or `process.exit` where it is passed on. */
  readonly node: Node
  readonly waits: readonly Wait[]
}

export interface Course {
  readonly exits: readonly Exit[]
  /** The functions whose code runs, callbacks among them; what timers run is left out, since it is a deadline. */
  readonly runs: readonly FunctionNode[]
}

export interface Surroundings {
  readonly sourceCode: SourceCode
  readonly calls: Calls
  /** Whether a name or member stands for something that takes in work: `if (server) { … }`. */
  readonly isHandle: (node: Node) => boolean
}

const exits = indexFacts([exitFact])
const deadlines = indexFacts(deadlineFacts)

/** Calls that a course is followed through. */
const MAX_DEPTH = 5

export function isExit(callee: Node, calls: Calls): boolean {
  const value = unwrap(callee)
  return (value.type === 'MemberExpression' || value.type === 'Identifier') && exits.of(calls.originOf(value)) !== null
}

/** What happens from the first line of a function on. */
export function courseOf(start: FunctionNode, surroundings: Surroundings): Course {
  const found: Exit[] = []
  const runs = new Set<FunctionNode>()
  follow(start, [], { ...surroundings, found, runs })
  return { exits: found, runs: [...runs] }
}

interface Walk extends Surroundings {
  readonly found: Exit[]
  readonly runs: Set<FunctionNode>
}

function follow(node: FunctionNode, waits: readonly Wait[], course: Walk, depth = 0): void {
  if (course.runs.has(node) || depth > MAX_DEPTH) return
  course.runs.add(node)
  const own: Wait[] = []
  const calls: TSESTree.CallExpression[] = []
  walkOwnCode(node.body, course.sourceCode.visitorKeys, (child) => {
    if (child.type === 'AwaitExpression' || (child.type === 'ForOfStatement' && child.await)) own.push({ node: child, callback: null })
    if (child.type === 'CallExpression') calls.push(child)
  })
  for (const call of calls) {
    if (!isOnTheWay(call, node, course)) continue
    const before = [...waits, ...own.filter((wait) => wait.node.range[1] <= call.range[0])]
    if (isExit(call.callee, course.calls)) course.found.push({ node: call, waits: before })
    else followCall(call, before, course, depth)
  }
}

/** The function that a call runs, and its callbacks: those of lists at once, others when the call is done. */
function followCall(call: TSESTree.CallExpression, waits: readonly Wait[], course: Walk, depth: number): void {
  const called = course.calls.functionOf(call)
  if (called) follow(called, waits, course, depth + 1)
  if (deadlines.of(course.calls.originOf(call.callee)) || isListening(call, course.calls)) return
  for (const argument of call.arguments) {
    const then = isFunction(argument) && callbackOf(argument) ? waits : [...waits, { node: call, callback: argument }]
    if (isExit(argument, course.calls)) course.found.push({ node: argument, waits: then })
    const callback = isFunction(argument) || argument.type === 'Identifier' || argument.type === 'MemberExpression' ? functionAt(argument, course.calls) : null
    if (callback) follow(callback, then, course, depth + 1)
  }
}

/**
 * Whether a call is what the signal leads to: not where something failed, not at a second signal (`if (stopping) exit()`),
 * and not under a test that nobody here can judge.
 */
function isOnTheWay(call: Node, owner: FunctionNode, course: Walk): boolean {
  for (let child = call, current = call.parent; current && child !== owner.body; child = current, current = current.parent) {
    if (current.type === 'CatchClause' || current.type === 'SwitchCase') return false
    if ((current.type === 'IfStatement' || current.type === 'ConditionalExpression') && child !== current.test && !isPassed(current.test, current.consequent === child ? child : null, owner, course)) return false
    if (current.type === 'LogicalExpression' && child === current.right && !isPassed(current.left, current.operator === '&&' ? child : null, owner, course)) return false
  }
  return true
}

/** Whether a test lets the first SIGTERM through. `then`: the code that runs where it holds, null for what runs where it does not. */
function isPassed(test: Node, then: Node | null, owner: FunctionNode, { calls, sourceCode, isHandle }: Walk): boolean {
  const value = unwrap(test)
  if (then && isHandle(value)) return true
  if (then && value.type === 'UnaryExpression' && value.operator === '!' && isSet(value.argument, then, sourceCode)) return true
  return speaksOfParameters(value, owner, calls, sourceCode)
}

/** `if (!stopping) { stopping = true; … }`: the first time. */
function isSet(flag: Node, within: Node, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(flag)
  return !walk(within, sourceCode.visitorKeys, (node) => (node.type === 'AssignmentExpression' && sourceCode.getText(node.left) === text ? 'stop' : undefined))
}

/** `if (code !== undefined)`, `if (signal === 'SIGTERM')`: about what the function gets, and not about Ctrl+C. */
function speaksOfParameters(test: Node, owner: FunctionNode, calls: Calls, sourceCode: SourceCode): boolean {
  let parameters = 0
  const others = !walk(test, sourceCode.visitorKeys, (node) => {
    if (node.type === 'Literal' && node.value === 'SIGINT') return 'stop'
    if (node.type !== 'Identifier' || isKey(node) || node.name === 'undefined') return undefined
    const definition = calls.variableOf(node)?.defs[0]
    if (definition?.type !== 'Parameter' || !isInside(definition.name as Node, owner) || enclosingFunction(definition.name as Node) !== owner) return 'stop'
    parameters += 1
    return undefined
  })
  return parameters > 0 && !others
}
