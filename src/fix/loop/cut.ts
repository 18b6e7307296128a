/**
 * Where an iteration is cut in two: what works runs concurrently, what hands the results on is left for afterwards.
 * Only reductions are left (and what decides about them): anything else that can be noticed belongs to the work, so that
 * it happens for one item even when another one fails.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { isFunction, isInside, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { continuesOf, isUsing, pausesIn, statementsOf } from './body.ts'
import { hasLiteral } from './literals.ts'
import { boundBy, declaredIn, isCaptured, isUsedIn, laterWrites, namesUsedIn, type Variable } from './names.ts'
import { isTypeScript } from './narrowing.ts'
import type { Task } from './task.ts'

export interface Cut {
  readonly work: readonly Node[]
  readonly rest: readonly Rest[]
  /** The rest is the end of the body, in one piece. */
  readonly isTail: boolean
  /** `continue`s of the work: before anything of the rest (the iteration hands on nothing), or after all of it. */
  readonly skips: readonly TSESTree.ContinueStatement[]
  readonly ends: readonly TSESTree.ContinueStatement[]
  /** The variables of the iteration that the rest uses. */
  readonly passed: readonly Variable[]
}

export interface Rest {
  readonly node: Node
  /** The part that belongs to the work: its value is handed over. */
  readonly operand: Node | null
}

export function cutOf(task: Task): Cut | null {
  const { body, iteration, sourceCode } = task
  const statements = statementsOf(body).filter((statement) => statement !== iteration.taken)
  if (statements.some(isUsing)) return null
  const lastWait = statements.findLastIndex((statement) => pausesIn(sourceCode, statement).length > 0)
  const left = leftFor(task, statements, lastWait)
  if (!left) return null

  const indexes = new Set(left.map(({ node }) => statements.indexOf(node)))
  const first = Math.min(...indexes)
  const isTail = indexes.size === statements.length - first
  const work = statements.filter((_, i) => !indexes.has(i))
  const continues = continuesOf(sourceCode, body)
  const inRest = continues.filter((jump) => left.some(({ node }) => isInside(jump, node)))
  // A `continue` of the rest passes over nothing but the rest.
  const jumpsWork = (jump: Node) => !isTail || left.some(({ operand }) => operand && operand.range[0] > jump.range[0])
  if (inRest.some(jumpsWork)) return null
  const others = continues.filter((jump) => !inRest.includes(jump))
  const start = (statements[first] as Node).range[0]
  const end = Math.max(...left.map(({ node }) => node.range[1]))
  const skips = others.filter((jump) => jump.range[1] <= start)
  const ends = others.filter((jump) => jump.range[0] >= end)
  if (skips.length + ends.length < others.length) return null

  const passed = passedOn(task, work, left, isTail)
  return passed && { work, rest: left, isTail, skips, ends, passed }
}

/** The statements that have to wait, each with the part that does not; null where they cannot. */
function leftFor(task: Task, statements: readonly Node[], lastWait: number): Rest[] | null {
  const { reductions, sourceCode } = task
  const rest: Rest[] = []
  for (const [i, node] of statements.entries()) {
    if (!reductions.some((reduction) => isInside(reduction.node, node))) continue
    if (!isQuiet(task, node)) return null
    const hasPause = pausesIn(sourceCode, node).length > 0
    const isLast = statements.slice(i + 1).every((other) => reductions.some((reduction) => isInside(reduction.node, other)))
    if (!hasPause && isLast) {
      rest.push({ node, operand: null })
      continue
    }
    // Work comes after it, or is part of it: what it hands on is worked out at its place.
    const operand = operandOf(task, node, hasPause)
    if (operand === undefined) return null
    rest.push({ node, operand })
  }
  const first = rest[0] && statements.indexOf(rest[0].node)
  if (first === undefined) return null
  // `if (!user) continue` right before reads best as it stands.
  const isTail = rest.length === statements.length - first
  for (let i = first - 1; isTail && i > lastWait && isPlainSkip(task, statements[i] as Node); i -= 1) {
    rest.unshift({ node: statements[i] as Node, operand: null })
  }
  return rest
}

/** Nothing but reductions and decisions about them: no other call that could do something, nothing thrown. */
function isQuiet({ reductions, sourceCode }: Task, statement: Node): boolean {
  return walk(statement, sourceCode.visitorKeys, (node) => {
    if (reductions.some((reduction) => reduction.node === node)) return 'skip'
    if (isFunction(node)) return 'skip'
    const acts = /^(?:Call|New|Await|Yield|TaggedTemplate|Assignment|Update|Import)Expression$|^ThrowStatement$|^(?:For\w*|While|DoWhile|Try)Statement$/
    return acts.test(node.type) ? 'stop' : undefined
  })
}

function isPlainSkip(task: Task, statement: Node): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate || !isQuiet(task, statement)) return false
  const { consequent } = statement
  const only = consequent.type === 'BlockStatement' && consequent.body.length === 1 ? consequent.body[0] : consequent
  return only?.type === 'ContinueStatement' && !only.label
}

/**
 * The operand of a reduction whose value is worked out at its place: the one with the `await`s, or the only one that is
 * more than a name. Null where all are names; undefined where there is none to choose.
 */
function operandOf({ reductions, sourceCode }: Task, statement: Node, hasPause: boolean): Node | null | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined
  const expression = unwrap(statement.expression)
  if (!reductions.some(({ node }) => node === expression)) return undefined
  const candidates = operandsOf(expression)
  const pauses = pausesIn(sourceCode, statement)
  const dear = candidates.filter((candidate) => !isStable(candidate))
  const [operand, ...others] = dear
  if (!operand) return hasPause ? undefined : null
  if (others.length > 0 && !(hasPause && others.every((other) => !pauses.some((pause) => isInside(pause, other))))) {
    const waiting = dear.filter((candidate) => pauses.some((pause) => isInside(pause, candidate)))
    return waiting.length === 1 && waiting[0] && hasAll(waiting[0], pauses) ? refined(waiting[0]) : undefined
  }
  if (!hasAll(operand, pauses)) {
    const waiting = dear.find((candidate) => pauses.length > 0 && hasAll(candidate, pauses))
    return waiting && refined(waiting)
  }
  if (expression.type === 'AssignmentExpression' && mentionsTarget(expression, operand)) return undefined
  return refined(operand)

  function mentionsTarget({ left }: TSESTree.AssignmentExpression, value: Node): boolean {
    const target = unwrap(left)
    return target.type === 'Identifier' && namesUsedIn(sourceCode, value).has(target.name)
  }
  /** A literal keeps the type that its place gives it; only the `await` goes. */
  function refined(value: Node): Node | undefined {
    if (!isTypeScript(sourceCode) || !hasLiteral(sourceCode, value)) return value
    const [pause, ...more] = pauses
    return pause && more.length === 0 && isAlwaysReached(pause, value) ? pause : undefined
  }
}

function operandsOf(expression: Node): Node[] {
  if (expression.type === 'AssignmentExpression') return [expression.right]
  if (expression.type !== 'CallExpression') return []
  return expression.arguments.map((argument) => (argument.type === 'SpreadElement' ? argument.argument : argument))
}

function isStable(node: Node): boolean {
  const value = unwrap(node)
  return value.type === 'Identifier' || value.type === 'Literal'
}

function hasAll(whole: Node, parts: readonly Node[]): boolean {
  return parts.every((part) => isInside(part, whole))
}

/** Whether evaluating `whole` always evaluates `part`. */
function isAlwaysReached(part: Node, whole: Node): boolean {
  for (let node: Node = part; node !== whole; node = node.parent as Node) {
    const { parent } = node
    if (!parent) return false
    if (parent.type === 'ConditionalExpression' && parent.test !== node) return false
    if (parent.type === 'LogicalExpression' && parent.right === node) return false
    if (parent.type === 'ChainExpression' || parent.type === 'AssignmentPattern' || isFunction(parent)) return false
  }
  return true
}

/** The variables of the iteration that the rest uses; null where they cannot be handed over. */
function passedOn({ iteration, sourceCode }: Task, work: readonly Node[], rest: readonly Rest[], isTail: boolean): Variable[] | null {
  const own = new Set([...iteration.variables, ...boundBy(sourceCode, work)])
  const nodes = rest.map(({ node }) => node)
  const isInRest = (at: Node) => rest.some(({ node, operand }) => isInside(at, node) && !(operand && isInside(at, operand)))
  const usedInRest = (variable: Variable) => variable.references.some(({ identifier }) => isInRest(identifier as Node))
  // `var`s and functions deeper in the work, and functions of the rest that the work calls.
  if (declaredIn(sourceCode, work).some((variable) => !own.has(variable) && usedInRest(variable))) return null
  if (boundBy(sourceCode, nodes).some((variable) => isUsedIn(variable, work))) return null

  const start = Math.min(...nodes.map(({ range }) => range[0]))
  const used = [...own].filter(usedInRest)
  for (const variable of used) {
    if (!variable.defs.every(({ node, type }) => (type as string) === 'Parameter' || (node as Node).type === 'VariableDeclarator')) return null
    const writes = laterWrites(variable)
    // A closure would keep the copy of its own half.
    if (writes.length > 0 && isCaptured(variable)) return null
    if (!isTail && writes.some(({ identifier }) => identifier.range[0] >= start)) return null
    if (rest.some(({ operand }) => operand && writes.some(({ identifier }) => isInside(identifier as Node, operand)))) return null
  }
  return used
}
