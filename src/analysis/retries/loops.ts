/** Loops that try again: `while (true) { try { return await load() } catch { await sleep(1000) } }`. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nameOf } from '../../ast/names.ts'
import { enclosingFunction, isInside, isKey, isLoop, unwrap, unwrapAwait, walk, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { givingUp } from '../../knowledge/retries.ts'
import { isPacing } from '../loops/pacing.ts'
import { failedAnswer } from './answers.ts'
import { asksPerson, attemptIn, type Attempt, type File } from './attempts.ts'
import { conditionsOf, errorOf, groundOfAll, type Scope } from './conditions.ts'
import { isNamedLasting, namesSignal, pauseIn, waitingFor } from './surroundings.ts'
import type { Retry } from './verdict.ts'

type Variable = TSESLint.Scope.Variable

export type OpenLoop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement

/** What a loop does about failures; null where it tries nothing again. */
export function retryOfLoop(loop: OpenLoop, file: File): Retry | null {
  const flags = flagsOf(loop.test, file)
  const owner = enclosingFunction(loop)
  if (!flags || !owner || owner.generator) return null
  const tried = triedIn(loop, file)
  if (!tried) return null
  const { attempt, handler, scope } = tried
  const node = handler
  if (attempt.by === 'person' || asksPerson(loop, file)) return { node, silence: 'person' }
  if (flags.some((flag) => !isSetOnlyIn(flag, tried.code, loop))) return { node, silence: 'ends' }
  const ways = waysOut(loop, file)
  const onFailure = ways.filter((way) => !isSuccess(way, tried, file))
  const grounds = onFailure.map((way) => (isInside(way, handler) ? groundOfAll(conditionsOf(way, handler, file), scope, file) : 'other'))
  if (grounds.some((ground) => ground !== 'error') || namesSignal(loop, file)) return { node, silence: 'ends' }
  if (ways.length === onFailure.length && flags.length === 0) return { node, silence: 'lasting' }
  if (isChangedByLoop(attempt, loop, file)) return { node, silence: 'changed' }
  const isSure = ways.some((way) => isAlways(way, tried, file)) || flags.some((flag) => isSetAlways(flag, tried, loop, file))
  return {
    node,
    attempt,
    pause: pauseIn([handler, ...besides(loop, tried)], null, file),
    after: grounds.length > 0 || tried.code.type !== 'BlockStatement' ? 'kind' : 'any',
    waiting: waitingFor(loop, true, file),
    lasting: !isSure || isNamedLasting(loop, attempt.call.callee),
  }
}

/** The variables that a loop's test looks at; none where it always goes on, null where it rests on something else. */
function flagsOf(test: Node | null, { calls, sourceCode }: File): Variable[] | null {
  if (!test) return []
  const value = unwrap(test)
  if (value.type === 'Literal') return value.value ? [] : null
  const flags: Variable[] = []
  const isPlain = walk(value, sourceCode.visitorKeys, (node) => {
    if (/^(?:Call|New|Await|Update|Assignment|This|Member|Yield)Expression$/.test(node.type) || /^(?:[<>]=?|[+*/%-])$/.test((node as { operator?: string }).operator ?? '')) return 'stop'
    if (node.type !== 'Identifier' || isKey(node) || node.name === 'undefined') return undefined
    const variable = calls.variableOf(node)
    if (!variable || variable.defs[0]?.type !== 'Variable') return 'stop'
    flags.push(variable)
    return undefined
  })
  return isPlain && flags.length > 0 ? flags : null
}

/** Whether a variable of the function is set in one block of the loop and nowhere else after it was declared. */
function isSetOnlyIn(flag: Variable, block: Node, loop: Node): boolean {
  if (enclosingFunction(flag.identifiers[0] as Node) !== enclosingFunction(loop)) return false
  const writes = flag.references.filter((reference) => reference.isWrite() && !reference.init)
  return writes.length > 0 && writes.every(({ identifier }) => isInside(identifier as Node, block))
}

interface Tried {
  readonly attempt: Attempt
  /** The `try`, or the `if` that looks at the answer. */
  readonly statement: TSESTree.TryStatement | TSESTree.IfStatement
  /** What is tried: the block, or the expression that was waited for. */
  readonly code: Node
  /** What runs after a failure. */
  readonly handler: TSESTree.CatchClause | TSESTree.BlockStatement
  readonly scope: Scope
}

/** The first code of a loop that waits for work outside, and after whose failure the loop goes round again. */
function triedIn(loop: OpenLoop, file: File): Tried | null {
  let found: Tried | null = null
  walkOwnCode(loop.body, file.sourceCode.visitorKeys, (node) => {
    if (isLoop(node)) return 'skip'
    found = node.type === 'TryStatement' ? triedBlock(node, loop, file) : node.type === 'IfStatement' ? triedAnswer(node, loop, file) : null
    return found ? 'stop' : undefined
  })
  return found
}

function triedBlock(statement: TSESTree.TryStatement, loop: OpenLoop, file: File): Tried | null {
  const { block, handler } = statement
  if (!handler || !waits(block, file) || alwaysLeaves(handler.body)) return null
  const attempt = attemptIn(block, file)
  return attempt && { attempt, statement, code: block, handler, scope: { again: loop, failure: handler, error: errorOf(handler, file) } }
}

/** `if (response.status === 429) { await sleep(1000); continue }`. */
function triedAnswer(statement: TSESTree.IfStatement, loop: OpenLoop, file: File): Tried | null {
  const handler = statement.consequent
  if (handler.type !== 'BlockStatement' || handler.body.at(-1)?.type !== 'ContinueStatement' || statement.parent !== loop.body) return null
  const answer = failedAnswer(statement.test, loop, file)
  const attempt = answer && attemptIn(answer.tried, file)
  return attempt && { attempt, statement, code: answer.tried, handler, scope: { again: loop, failure: handler, error: answer.variable } }
}

function waits(code: Node, { sourceCode }: File): boolean {
  return !walkOwnCode(code, sourceCode.visitorKeys, (node) => (node.type === 'AwaitExpression' ? 'stop' : undefined))
}

/** Whether code leaves the loop on every way through it. */
function alwaysLeaves(node: Node): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
      return true
    case 'BlockStatement':
      return node.body.some(alwaysLeaves)
    case 'IfStatement':
      return node.alternate !== null && alwaysLeaves(node.consequent) && alwaysLeaves(node.alternate)
    default:
      return false
  }
}

/** Statements that leave the loop, and calls that end all of it. */
function waysOut(loop: OpenLoop, { sourceCode }: File): Node[] {
  const ways: Node[] = []
  walkOwnCode(loop.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'ReturnStatement' || (node.type === 'BreakStatement' && leaves(node, loop)) || (node.type === 'ThrowStatement' && !isCaught(node, loop))) ways.push(node)
    if (node.type === 'CallExpression' && givingUp.has(nameOf(node.callee) ?? '')) ways.push(node)
    return undefined
  })
  return ways
}

function leaves(node: TSESTree.BreakStatement, loop: Node): boolean {
  for (let current: Node | undefined = node.parent; current; current = current.parent) {
    if (current === loop) return node.label === null || current.parent?.type === 'LabeledStatement'
    if (node.label === null && (isLoop(current) || current.type === 'SwitchStatement')) return false
  }
  return true
}

function isCaught(node: Node, loop: Node): boolean {
  for (let child = node, current = node.parent; current && child !== loop; child = current, current = current.parent) {
    if (current.type === 'TryStatement' && current.handler && child === current.block) return true
  }
  return false
}

/** Whether a way out is only taken after the attempt has succeeded. */
function isSuccess(way: Node, { attempt, statement, code, handler }: Tried, file: File): boolean {
  if (isInside(way, code)) return way.range[1] > attempt.call.range[0]
  if (way.range[0] < statement.range[1]) return false
  const last = (handler.type === 'CatchClause' ? handler.body : handler).body.at(-1)
  if (last?.type === 'ContinueStatement') return true
  return conditionsOf(way, statement.parent, file).some((test) => looksAtResult(test, code, file))
}

/** `if (result) return result`: a variable that only the `try` sets. */
function looksAtResult(test: Node, code: Node, { calls, sourceCode }: File): boolean {
  return !walk(test, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' && !isKey(node) ? calls.variableOf(node) : null
    const writes = variable?.references.filter((reference) => reference.isWrite() && !reference.init) ?? []
    return writes.length > 0 && writes.every(({ identifier }) => isInside(identifier as Node, code)) ? 'stop' : undefined
  })
}

/** Whether nothing but the success of the attempt decides about a way out. */
function isAlways(way: Node, { statement, code }: Tried, file: File): boolean {
  return !isInside(way, statement) || conditionsOf(way, code, file).length === 0
}

/**
 * `done = true` behind the attempt, whatever it gave; `result = await attempt()` where time passes after failures alone:
 * an answer that leaves the loop going would be asked for again at once.
 */
function isSetAlways(flag: Variable, { code, handler, attempt }: Tried, loop: OpenLoop, file: File): boolean {
  return flag.references.some(({ identifier, writeExpr }) => {
    const value = writeExpr as Node | null | undefined
    if (!value || (identifier as Node).parent?.parent?.parent !== code) return false
    return value.type === 'Literal' || (unwrapAwait(value) === attempt.call && !pausesOutside(handler, loop, file))
  })
}

function pausesOutside(handler: Node, loop: OpenLoop, file: File): boolean {
  return !walkOwnCode(loop.body, file.sourceCode.visitorKeys, (node) => {
    if (node === handler) return 'skip'
    return node.type === 'AwaitExpression' && isPacing(node.argument, file.sight) ? 'stop' : undefined
  })
}

/** Whether an attempt is made of what an iteration changes for the next, or finds anew: another port, another candidate, the next page. */
function isChangedByLoop({ call }: Attempt, loop: OpenLoop, { calls, sourceCode }: File): boolean {
  return !walk(call, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' && !isKey(node) ? calls.variableOf(node) : null
    if (!variable) return undefined
    return variable.references.some((reference) => {
      if (!reference.isWrite() || !isInside(reference.identifier as Node, loop)) return false
      const isOwn = isInside((variable.identifiers[0] ?? loop) as Node, loop.body)
      return isOwn ? isCalled(reference.writeExpr as Node | null | undefined) : reference.init !== true || loop.type === 'ForStatement'
    }) ? 'stop' : undefined
  })
}

/** `await freePort()`, `queue.shift()`. */
function isCalled(value: Node | null | undefined): boolean {
  return value != null && unwrapAwait(value).type === 'CallExpression'
}

/** The statements of the loop that stand beside the one that tries. */
function besides(loop: OpenLoop, { statement, code }: Tried): Node[] {
  const body = loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body]
  const others = statement.type === 'TryStatement' ? body.filter((each) => !isInside(statement, each) && !isInside(code, each)) : []
  return statement.type === 'TryStatement' && statement.finalizer ? [...others, statement.finalizer] : others
}
