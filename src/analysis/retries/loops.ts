/** Loops that try again: `while (true) { try { return await load() } catch { await sleep(1000) } }`. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nameOf } from '../../ast/names.ts'
import { enclosingFunction, isInside, isKey, isLoop, unwrap, walk, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { attemptIn, type Attempt, type File } from './attempts.ts'
import { conditionsOf, errorOf, groundOf, type Scope } from './conditions.ts'
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
  const { attempt, statement, handler } = tried
  const node = handler
  if (attempt.by === 'person') return { node, silence: 'person' }
  if (flags.some((flag) => !isSetOnlyIn(flag, statement.block, loop))) return { node, silence: 'ends' }
  const scope: Scope = { again: loop, failure: handler, error: errorOf(handler, file) }
  const ways = waysOut(loop, file)
  const onFailure = ways.filter((way) => !isSuccess(way, tried, file))
  const kinds = onFailure.filter((way) => isInside(way, handler) && conditionsOf(way, handler, file).some((test) => groundOf(test, scope, file) === 'error'))
  if (kinds.length < onFailure.length || onFailure.some((way) => conditionsOf(way, handler, file).some((test) => groundOf(test, scope, file) === 'other'))) return { node, silence: 'ends' }
  if (ways.length === onFailure.length && flags.length === 0) return { node, silence: 'lasting' }
  if (isChangedByLoop(attempt, loop, file)) return { node, silence: 'changed' }
  if (namesSignal(loop, file)) return { node, silence: 'ends' }
  return {
    node,
    attempt,
    pause: pauseIn([handler.body, ...afterFailure(loop, statement)], null, file),
    after: kinds.length > 0 ? 'kind' : 'any',
    waiting: waitingFor(loop, true, file),
    lasting: isNamedLasting(loop, attempt.call.callee) || !ways.some((way) => isAlways(way, statement, file)),
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
  readonly statement: TSESTree.TryStatement
  readonly handler: TSESTree.CatchClause
}

/** The first `try` of a loop that waits for work outside, and whose `catch` goes round again. */
function triedIn(loop: OpenLoop, file: File): Tried | null {
  let found: Tried | null = null
  walkOwnCode(loop.body, file.sourceCode.visitorKeys, (node) => {
    if (isLoop(node)) return 'skip'
    if (node.type !== 'TryStatement' || !node.handler || !waits(node.block, file)) return undefined
    const attempt = goesRound(node.handler.body) ? attemptIn(node.block, file) : null
    if (!attempt) return undefined
    found = { attempt, statement: node, handler: node.handler }
    return 'stop'
  })
  return found
}

function waits(code: Node, { sourceCode }: File): boolean {
  return !walkOwnCode(code, sourceCode.visitorKeys, (node) => (node.type === 'AwaitExpression' ? 'stop' : undefined))
}

/** Whether a block does not always leave the loop. */
function goesRound(block: TSESTree.BlockStatement): boolean {
  return !alwaysLeaves(block)
}

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
    if (node.type === 'CallExpression' && /^(?:reject|exit|abort|throwIfAborted|fail|assert|invariant)$/.test(nameOf(node.callee) ?? '')) ways.push(node)
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
function isSuccess(way: Node, { attempt, statement, handler }: Tried, file: File): boolean {
  if (isInside(way, statement.block)) return way.range[1] > attempt.call.range[0]
  if (way.range[0] < statement.range[1]) return false
  const last = handler.body.body.at(-1)
  if (last?.type === 'ContinueStatement') return true
  return conditionsOf(way, statement.parent, file).some((test) => looksAtResult(test, statement, file))
}

/** `if (result) return result`: a variable that only the `try` sets. */
function looksAtResult(test: Node, statement: TSESTree.TryStatement, { calls, sourceCode }: File): boolean {
  return !walk(test, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' && !isKey(node) ? calls.variableOf(node) : null
    const writes = variable?.references.filter((reference) => reference.isWrite() && !reference.init) ?? []
    return writes.length > 0 && writes.every(({ identifier }) => isInside(identifier as Node, statement.block)) ? 'stop' : undefined
  })
}

/** Whether nothing but the success of the attempt decides about a way out. */
function isAlways(way: Node, statement: TSESTree.TryStatement, file: File): boolean {
  return !isInside(way, statement) || conditionsOf(way, statement.block, file).length === 0
}

/** Whether an attempt is made of what an iteration changes for the next, or finds anew: another port, another candidate, the next page. */
function isChangedByLoop({ call }: Attempt, loop: OpenLoop, { calls, sourceCode }: File): boolean {
  return !walk(call, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' && !isKey(node) ? calls.variableOf(node) : null
    if (!variable) return undefined
    return variable.references.some((reference) => {
      if (!reference.isWrite() || !isInside(reference.identifier as Node, loop)) return false
      const isOwn = isInside((variable.identifiers[0] ?? loop) as Node, loop.body)
      return isOwn ? /^(?:Await|Call)Expression$/.test((reference.writeExpr as Node | undefined)?.type ?? '') : reference.init !== true || loop.type === 'ForStatement'
    }) ? 'stop' : undefined
  })
}

/** The statements of the loop that stand beside the `try`, and before the attempt in it. */
function afterFailure(loop: OpenLoop, statement: TSESTree.TryStatement): Node[] {
  const body = loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body]
  return [...body.filter((each) => !isInside(statement, each)), ...(statement.finalizer ? [statement.finalizer] : [])]
}
