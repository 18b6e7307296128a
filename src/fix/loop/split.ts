/**
 * A loop whose iterations work first and then hand on what they found: the work runs concurrently, the rest one after
 * another, in input order.
 *
 *     for (const id of ids) {
 *       const user = await load(id)
 *       byId.set(id, user)
 *     }
 *
 *     for (const { id, user } of await mapBounded(ids, async (id) => ({ id, user: await load(id) }), { concurrency: 10 })) {
 *       byId.set(id, user)
 *     }
 *
 * Over an async iterable it is `for await (… of streamBounded(…))`, so that no more than a few items are held at a time.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { isFunction, isInside, unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { freeName } from '../import-name.ts'
import { continuesOf, isUsing, pausesIn, statementsOf } from './body.ts'
import { hasLiteral } from './collect.ts'
import { withLine } from './for-each.ts'
import { helperCall } from './helper-call.ts'
import { boundBy, isCaptured, isWrittenIn, laterWrites, namesUsedIn, type Variable } from './names.ts'
import { isTypeScript } from './narrowing.ts'
import type { NewText, Task } from './task.ts'
import { argumentText, arrowOf, hasSemicolons, indentOf, stepOf, textWith, type Replacement } from './text.ts'

/** Where an iteration is cut in two. */
interface Cut {
  /** Statements that run concurrently. */
  readonly work: readonly Node[]
  /** Statements that run afterwards, in order; the first may have lost its `await` to the work. */
  readonly rest: readonly Node[]
  /** The part of the first statement of the rest that belongs to the work. */
  readonly taken: Node | null
}

export function split(task: Task): NewText | null {
  const { loop, body, iteration, sourceCode, settings } = task
  const cut = cutOf(task)
  if (!cut || iteration.before.length > 0) return null
  const passed = passedOn(task, cut)
  if (!passed) return null
  const skips = continuesOf(sourceCode, body).filter((node) => cut.work.some((statement) => isInside(node, statement)))
  if (skips.length > 0 && iteration.asynchronous) return null

  const result = cut.taken ? freeName(sourceCode, 'result') : null
  const fn = workText(task, cut, passed, result, skips)
  const head = headOf(task, cut, passed, result, skips.length > 0)
  if (!fn || !head) return null
  // `for (const user of …)`: the name is not to be read by what stands behind `of`.
  const used = new Set(iteration.inputNodes.flatMap((node) => [...namesUsedIn(sourceCode, node)]))
  if (head.names.some((name) => used.has(name))) return null

  const call = helperCall(sourceCode, settings, iteration.asynchronous ? 'stream' : 'map', iteration.input, fn)
  if (!call || head.names.includes(call.import.local)) return null
  const rest = restText(task, cut, result)
  if (iteration.asynchronous) {
    return { range: loop.range, text: `for await (${head.text} of ${call.text}) ${rest}`, import: call.import }
  }
  const results = skips.length > 0 ? `(await ${call.text}).flat()` : `await ${call.text}`
  if (!results.includes('\n') || !isListed(loop)) {
    return { range: loop.range, text: `for (${head.text} of ${results}) ${rest}`, import: call.import }
  }
  // A long call reads better as a statement of its own.
  const name = freeName(sourceCode, 'results')
  const end = hasSemicolons(sourceCode, body) ? ';' : ''
  const text = `const ${name} = ${results}${end}\n${indentOf(sourceCode, loop)}for (${head.text} of ${name}) ${rest}`
  return { range: loop.range, text, import: call.import }
}

function isListed({ parent }: Node): boolean {
  return parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'StaticBlock'
}

function cutOf(task: Task): Cut | null {
  const { body, iteration, sourceCode, reductions } = task
  const statements = statementsOf(body).filter((statement) => statement !== iteration.taken)
  const waits = (node: Node) => pausesIn(sourceCode, node).length > 0
  const reduces = (node: Node) => reductions.some((reduction) => isInside(reduction.node, node))
  const lastWait = statements.findLastIndex(waits)
  const firstReduction = statements.findIndex(reduces)
  if (lastWait < 0 || firstReduction < 0 || firstReduction < lastWait) return null
  if (statements.some(isUsing)) return null
  if (firstReduction === lastWait) {
    const taken = operandOf(task, statements[lastWait] as Node)
    return taken && { work: statements.slice(0, lastWait), rest: statements.slice(lastWait), taken }
  }
  // Values are worked out at once, so that no more than them is kept; what has effects keeps its order.
  let from = lastWait + 1
  while (from < firstReduction && isComputation(statements[from] as Node)) from += 1
  return { work: statements.slice(0, from), rest: statements.slice(from), taken: null }
}

function isComputation(statement: Node): boolean {
  return statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => init !== null)
}

/** The operand of a reduction that has the statement's only `await`s in it. */
function operandOf({ reductions, sourceCode }: Task, statement: Node): Node | null {
  if (statement.type !== 'ExpressionStatement') return null
  const expression = unwrap(statement.expression)
  const reduction = reductions.find(({ node }) => node === expression)
  if (!reduction) return null
  const pauses = pausesIn(sourceCode, statement)
  const candidates: Node[] =
    expression.type === 'AssignmentExpression'
      ? [expression.right]
      : expression.type === 'CallExpression'
        ? expression.arguments.map((argument) => (argument.type === 'SpreadElement' ? argument.argument : argument))
        : []
  const waiting = candidates.filter((candidate) => pauses.some((pause) => isInside(pause, candidate)))
  const [operand] = waiting
  if (waiting.length !== 1 || !operand || !pauses.every((pause) => isInside(pause, operand))) return null
  if (mentionsTarget(expression, operand, sourceCode)) return null
  if (!isTypeScript(sourceCode) || !hasLiteral(sourceCode, operand)) return operand
  // A literal keeps the type that its place gives it; only the `await` goes.
  const [pause, ...others] = pauses
  return pause && others.length === 0 && isAlwaysReached(pause, operand) ? pause : null
}

/** `total = total + (await f(x))`: the accumulator is read by the operand. */
function mentionsTarget(expression: Node, operand: Node, sourceCode: Task['sourceCode']): boolean {
  if (expression.type !== 'AssignmentExpression') return false
  const names = namesUsedIn(sourceCode, operand)
  const left = unwrap(expression.left)
  return left.type === 'Identifier' && names.has(left.name)
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
function passedOn({ iteration, sourceCode }: Task, { work, rest, taken }: Cut): Variable[] | null {
  const own = [...new Set([...iteration.variables, ...boundBy(sourceCode, work)])]
  const used = own.filter((variable) => {
    const uses = variable.references.filter(({ identifier }) => rest.some((node) => isInside(identifier as Node, node)))
    return uses.some(({ identifier }) => !taken || !isInside(identifier as Node, taken))
  })
  for (const variable of used) {
    const isPlain = variable.defs.every(({ node, type }) => (type as string) === 'Parameter' || (node as Node).type === 'VariableDeclarator')
    if (!isPlain) return null
    // A closure of the work would keep the work's own copy.
    if (laterWrites(variable).length > 0 && isCaptured(variable)) return null
    if (taken && isWrittenIn(variable, [taken])) return null
  }
  return used
}

interface Head {
  readonly text: string
  readonly names: readonly string[]
}

/** `const user`, `const { id, user }`: what the second loop binds. */
function headOf({ sourceCode }: Task, cut: Cut, passed: readonly Variable[], result: string | null, flat: boolean): Head | null {
  const kind = passed.some((variable) => isWrittenIn(variable, cut.rest)) ? 'let' : 'const'
  const names = [...passed.map(({ name }) => name), ...(result ? [result] : [])]
  const single = flat ? null : singleDeclaration(cut, passed, sourceCode)
  if (single) return { text: `${kind} ${sourceCode.getText(single.id)}`, names: boundBy(sourceCode, [single]).map(({ name }) => name) }
  if (names.length === 0) return null
  return { text: names.length === 1 ? `${kind} ${names[0]}` : `${kind} { ${names.join(', ')} }`, names }
}

/** `const user = await load(id)` as the whole of the work, where nothing but its names goes on to the rest. */
function singleDeclaration(cut: Cut, passed: readonly Variable[], sourceCode: Task['sourceCode']): TSESTree.VariableDeclarator | null {
  const [statement] = cut.work
  if (cut.taken || cut.work.length !== 1 || statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return null
  const declarator = statement.declarations[0] as TSESTree.VariableDeclarator
  if (declarator.id.typeAnnotation || !declarator.init || statement.kind === 'var') return null
  const bound = boundBy(sourceCode, [statement])
  if (!passed.every((variable) => bound.includes(variable))) return null
  return bound.length === 0 || waitsInside(declarator.id, sourceCode) ? null : declarator
}

/** `const user = await load(id)` as the whole of the work, where other names of the iteration go on to the rest too. */
function lastValue(cut: Cut, passed: readonly Variable[]): { name: string; value: Node } | null {
  const [statement] = cut.work
  if (cut.taken || cut.work.length !== 1 || statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return null
  const { id, init } = statement.declarations[0] as TSESTree.VariableDeclarator
  if (id.type !== 'Identifier' || id.typeAnnotation || !init || statement.kind === 'var') return null
  return passed.some(({ name }) => name === id.name) ? { name: id.name, value: init } : null
}

function waitsInside(node: Node, sourceCode: Task['sourceCode']): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, ({ type }) => (type === 'AwaitExpression' ? 'stop' : undefined))
}

/** The function of the first half. */
function workText(task: Task, cut: Cut, passed: readonly Variable[], result: string | null, skips: readonly Node[]): string | null {
  const { body, iteration, sourceCode } = task
  const { parameters } = iteration
  const isBare = !cut.work.some((statement) => sourceCode.getCommentsInside(statement as never).length > 0)
  const single = skips.length > 0 ? null : singleDeclaration(cut, passed, sourceCode)
  if (single?.init && isBare && !hasCommentsBefore(task, cut)) return arrowOf(sourceCode, parameters, single.init)

  const values = passed.map(({ name }) => name)
  const last = skips.length > 0 || !isBare || hasCommentsBefore(task, cut) ? null : lastValue(cut, passed)
  if (last) {
    const others = values.filter((name) => name !== last.name)
    return `async ${parameters} => ({ ${[...others, `${last.name}: ${argumentText(sourceCode, last.value)}`].join(', ')} })`
  }
  if (cut.taken && result) {
    const value = argumentText(sourceCode, cut.taken)
    if (cut.work.length === 0 && skips.length === 0 && !hasCommentsBefore(task, cut)) {
      if (values.length === 0) return arrowOf(sourceCode, parameters, cut.taken)
      return `async ${parameters} => ({ ${[...values, `${result}: ${value}`].join(', ')} })`
    }
    values.push(values.length === 0 ? value : `${result}: ${value}`)
  }
  if (values.length === 0) return null
  const returned = values.length === 1 ? (values[0] as string) : `{ ${values.join(', ')} }`
  const indent = indentOf(sourceCode, body)
  const step = stepOf(sourceCode, body)
  const end = hasSemicolons(sourceCode, body) ? ';' : ''
  const replacements: Replacement[] = skips.map(({ range }) => ({ range: [range[0], range[0] + 8], text: 'return []' }))
  if (iteration.taken) replacements.push({ range: withLine(sourceCode.text, iteration.taken.range), text: '' })
  const lastWork = cut.work.at(-1)
  if (body.type !== 'BlockStatement') return null
  const text = lastWork ? textWith(sourceCode, [body.range[0], endOf(sourceCode, lastWork)], replacements) : '{'
  return `async ${parameters} => ${text}\n${indent}${step}return ${skips.length > 0 ? `[${returned}]` : returned}${end}\n${indent}}`
}

/** A statement's end together with a comment behind it on the same line. */
function endOf(sourceCode: Task['sourceCode'], statement: Node): number {
  const after = sourceCode.getCommentsAfter(statement as never) as TSESTree.Comment[]
  const same = after.filter(({ loc }) => loc.start.line === statement.loc.end.line)
  return same.at(-1)?.range[1] ?? statement.range[1]
}

function hasCommentsBefore({ body, sourceCode }: Task, cut: Cut): boolean {
  const first = cut.work[0] ?? cut.rest[0]
  if (!first || body.type !== 'BlockStatement') return false
  const last = cut.work.at(-1)
  const end = last ? endOf(sourceCode, last) : first.range[0]
  return /\/[/*]/.test(sourceCode.text.slice(body.range[0], first.range[0]) + (last ? sourceCode.text.slice(last.range[1], end) : ''))
}

/** The body of the second loop. */
function restText({ body, iteration, sourceCode }: Task, cut: Cut, result: string | null): string {
  const replacements: Replacement[] = []
  if (cut.taken && result) replacements.push({ range: withParentheses(sourceCode, cut.taken), text: result })
  const first = cut.rest[0] as Node
  if (body.type !== 'BlockStatement') return textWith(sourceCode, body.range, replacements)
  const before = cut.work.at(-1) ?? iteration.taken
  const start = cut.work.length > 0 && before ? endOf(sourceCode, before) : iteration.taken && cut.work.length === 0 ? endOf(sourceCode, iteration.taken) : body.range[0] + 1
  const from = cut.work.length === 0 && hasCommentsBefore({ body, iteration, sourceCode } as Task, cut) ? first.range[0] : start
  const text = textWith(sourceCode, [from, body.range[1]], replacements)
  return from === first.range[0] ? `{ ${text}` : `{${text}`
}

/** An expression's range with parentheses around it, which a plain name does not need. */
function withParentheses(sourceCode: Task['sourceCode'], node: Node): readonly [number, number] {
  let [start, end] = node.range
  for (;;) {
    const before = sourceCode.getTokenBefore({ range: [start, end] } as never)
    const after = sourceCode.getTokenAfter({ range: [start, end] } as never)
    const isCall = node.parent?.type === 'CallExpression' || node.parent?.type === 'NewExpression'
    if (isCall || before?.value !== '(' || after?.value !== ')') return [start, end]
    start = before.range[0]
    end = after.range[1]
  }
}
