/**
 * A loop that pushes into one list, as its last act in an iteration:
 *
 *     const out = []
 *     for (const x of xs) out.push(await f(x))
 *
 * - `merged`, where the list is declared right before: `const out = await mapBounded(xs, (x) => f(x), { concurrency: 10 })`
 * - `apart`: `for (const result of await mapBounded(…)) out.push(result)`. Not `out.push(...results)`: a call takes only so
 *   many arguments (some 65,000 to 120,000), and the list may be longer.
 *
 * Where an iteration pushes nothing or several things, it returns a list of them, and the lists are joined by `flat()`.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import { enclosingFunction, isInside, isLoop, memberName, type Node } from '../../ast/nodes.ts'
import { resizingMethods } from '../../knowledge/built-in-methods.ts'
import { localName } from '../free-name.ts'
import { continuesOf, statementsOf } from './body.ts'
import { withLine } from './for-each.ts'
import { helperCall } from './helper-call.ts'
import { hasLiteral } from './literals.ts'
import { isTypeScript } from './narrowing.ts'
import { isWrittenIn, laterWrites } from './names.ts'
import type { NewText, Task } from './task.ts'
import { arrowOf, hasSemicolons, semicolonAfter, stepOf, indentOf, textWith, type Replacement } from './text.ts'

export function collected(task: Task, how: 'merged' | 'apart'): NewText | null {
  const { loop, body, iteration, sourceCode, settings } = task
  const pushes = pushesOf(task)
  if (!pushes || iteration.before.length > 0) return null
  const list = how === 'merged' ? declarationOf(task, pushes) : null
  if (how === 'merged' && !list) return null

  const element = list?.type ?? null
  // Without a type to go by, TypeScript would widen `{ kind: 'a' }` on its way through the helper.
  const needsType = isTypeScript(sourceCode) && pushes.values.some((value) => hasLiteral(sourceCode, value))
  const returns = returnsOf(task, pushes)
  if (!returns || (needsType && !list)) return null

  const promised = needsType && element !== null && !returns.isDirect ? `: Promise<${element}[]>` : ''
  const fn = functionText(task, returns, promised)
  const call = helperCall(sourceCode, settings, 'map', iteration.input, fn)
  if (!call) return null
  const results = returns.isDirect ? `await ${call.text}` : `(await ${call.text}).flat()`
  if (!list) {
    const name = localName(sourceCode, 'result', loop)
    const push = `${sourceCode.getText(pushes.target)}.push(${name})${hasSemicolons(sourceCode, body) ? ';' : ''}`
    return { range: loop.range, text: `for (const ${name} of ${results}) ${push}`, import: call.import }
  }
  const between = sourceCode.text.slice(list.statement.range[1], loop.range[0])
  const declared = `${list.head} = ${results}${semicolonAfter(sourceCode, loop, body)}`
  const text = /^\s*$/.test(between) ? declared : `${between.trimStart()}${declared}`
  return { range: [list.statement.range[0], loop.range[1]], text, import: call.import }
}

interface Pushes {
  readonly target: TSESTree.Identifier | TSESTree.MemberExpression
  /** `out.push(a, b)` calls, each a statement of its own. */
  readonly statements: ReadonlyMap<Node, TSESTree.CallExpression>
  readonly values: readonly Node[]
}

/** The pushes of a loop whose only reductions they are, into one list; null for all other loops. */
function pushesOf({ reductions, sourceCode }: Task): Pushes | null {
  const statements = new Map<Node, TSESTree.CallExpression>()
  const [first] = reductions
  if (!first) return null
  const text = sourceCode.getText(first.target)
  for (const { kind, target, node } of reductions) {
    if (kind !== 'push' || node.type !== 'CallExpression' || sourceCode.getText(target) !== text) return null
    if (node.arguments.length === 0 || node.arguments.some(({ type }) => type === 'SpreadElement')) return null
    if (node.parent.type !== 'ExpressionStatement' || node.optional) return null
    statements.set(node.parent, node)
  }
  return { target: first.target, statements, values: [...statements.values()].flatMap((call) => call.arguments) }
}

interface Returns {
  /** Every iteration that ends normally gives exactly one value. */
  readonly isDirect: boolean
  readonly replacements: readonly Replacement[]
  /** The end of the body can be reached without a `return`. */
  readonly isOpen: boolean
}

/** The pushes as `return`s; null where something of the iteration comes after one. */
function returnsOf(task: Task, pushes: Pushes): Returns | null {
  const { body, sourceCode, iteration } = task
  const runs: { statements: Node[]; values: Node[] }[] = []
  const dropped: Node[] = []
  const own = new Set<Node>(continuesOf(sourceCode, body))
  let isOrderly = true
  let isOpen = false
  let handlers = 0

  /** Gives whether the end of the list can be reached without a push. `ends`: nothing of the iteration comes after it. */
  const visitList = (list: readonly Node[], ends: boolean): boolean => {
    for (let i = 0; i < list.length; i += 1) {
      const statement = list[i] as Node
      if (!pushes.statements.has(statement)) {
        const isLast = ends && list.slice(i + 1).every(({ type }) => type === 'EmptyStatement')
        if (!visit(statement, isLast)) return false
        continue
      }
      const run = [statement]
      while (pushes.statements.has(list[i + run.length] as Node)) run.push(list[i + run.length] as Node)
      // A value of the second push may throw into a handler of the iteration: then the first one stays in the list.
      if (run.length > 1 && handlers > 0) isOrderly = false
      const next = list[i + run.length]
      const jumps = next !== undefined && (own.has(next) || (ends && isBreakOfSwitch(next)))
      if (next !== undefined && !jumps) isOrderly = false
      if (next === undefined && !ends) isOrderly = false
      if (jumps) dropped.push(next)
      runs.push({ statements: run, values: run.flatMap((node) => pushes.statements.get(node)?.arguments ?? []) })
      return false
    }
    return true
  }
  /** Gives whether the statement can end normally (as far as it matters here: conservatively true). */
  const visit = (statement: Node, ends: boolean): boolean => {
    switch (statement.type) {
      case 'BlockStatement':
        return visitList(statement.body, ends)
      case 'IfStatement': {
        const then = visitList(blockList(statement.consequent), ends)
        const otherwise = statement.alternate ? visitList(blockList(statement.alternate), ends) : true
        return then || otherwise
      }
      case 'TryStatement': {
        if (statement.handler) handlers += 1
        const tried = visitList(statement.block.body, ends && !hasPush(statement.finalizer))
        if (statement.handler) handlers -= 1
        const caught = statement.handler ? visitList(statement.handler.body.body, ends && !hasPush(statement.finalizer)) : false
        if (hasPush(statement.finalizer)) isOrderly = false
        return tried || caught
      }
      case 'SwitchStatement': {
        for (const { consequent } of statement.cases) {
          // A case that does not end in a jump runs into the next one.
          visitList(consequent, false || (ends && endsInJump(consequent)) || (ends && consequent === statement.cases.at(-1)?.consequent))
        }
        return true
      }
      case 'ContinueStatement':
        return !own.has(statement)
      case 'ThrowStatement':
        return false
      default:
        if (hasPush(statement)) isOrderly = false
        return true
    }
  }
  const hasPush = (node: Node | null | undefined): boolean =>
    node != null && [...pushes.statements.keys()].some((statement) => isInside(statement, node))

  isOpen = visitList(statementsOf(body), true)
  const covered = new Set(runs.flatMap(({ statements }) => statements))
  if (!isOrderly || covered.size !== pushes.statements.size) return null
  const empty = [...own].filter((node) => !dropped.includes(node))
  const isDirect = !isOpen && empty.length === 0 && runs.every(({ values }) => values.length === 1)
  const replacements: Replacement[] = []
  for (const { statements, values } of runs) {
    const texts = values.map((value) => sourceCode.getText(value))
    const last = statements.at(-1) as Node
    const between = sourceCode.text.slice((statements[0] as Node).range[0], last.range[1])
    if (statements.length > 1 && /\/[/*]/.test(between)) return null
    const end = sourceCode.getLastToken(last)?.value === ';' ? ';' : ''
    const value = isDirect ? texts[0] : `[${texts.join(', ')}]`
    replacements.push({ range: [(statements[0] as Node).range[0], last.range[1]], text: `return ${value}${end}` })
  }
  for (const node of dropped) replacements.push({ range: withLine(sourceCode.text, node.range), text: '' })
  for (const node of empty) replacements.push({ range: [node.range[0], node.range[0] + 8], text: 'return []' })
  if (iteration.taken) replacements.push({ range: withLine(sourceCode.text, iteration.taken.range), text: '' })
  return { isDirect, replacements, isOpen }
}

function blockList(node: Node): readonly Node[] {
  return node.type === 'BlockStatement' ? node.body : [node]
}

function isBreakOfSwitch(node: Node): boolean {
  return node.type === 'BreakStatement' && !node.label && isCaseOf(node)
}

function isCaseOf(node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (isLoop(at)) return false
    if (at.type === 'SwitchCase') return true
  }
  return false
}

function endsInJump(statements: readonly Node[]): boolean {
  const last = statements.at(-1)
  if (last?.type === 'BlockStatement') return endsInJump(last.body)
  return last !== undefined && /^(?:Break|Continue|Throw|Return)Statement$/.test(last.type)
}

function functionText(task: Task, returns: Returns, promised: string): string {
  const { body, iteration, sourceCode } = task
  const { parameters } = iteration
  const statements = statementsOf(body)
  const only = statements.length === 1 ? (statements[0] as Node) : null
  const call = only?.type === 'ExpressionStatement' && only.expression.type === 'CallExpression' ? only.expression : null
  const isBare = sourceCode.getCommentsInside(body as never).length === (call ? sourceCode.getCommentsInside(call as never).length : -1)
  if (call && isBare && returns.isDirect) {
    const value = call.arguments[0] as Node
    return arrowOf(sourceCode, parameters, value)
  }
  const text = textWith(sourceCode, body.range, returns.replacements)
  const end = hasSemicolons(sourceCode, body) ? ';' : ''
  if (body.type !== 'BlockStatement') {
    return `async ${parameters}${promised} => { ${text}${returns.isOpen ? ` return []${end}` : ''} }`
  }
  if (!returns.isOpen) return `async ${parameters}${promised} => ${text}`
  const indent = indentOf(sourceCode, body)
  const lastLine = text.slice(0, -1).trimEnd()
  return `async ${parameters}${promised} => ${lastLine}\n${indent}${stepOf(sourceCode, body)}return []${end}\n${indent}}`
}

interface ListDeclaration {
  readonly statement: TSESTree.VariableDeclaration
  /** `const out: T[]` */
  readonly head: string
  /** `T`, where the declaration says it. */
  readonly type: string | null
}

/** The empty list's declaration, where it stands right before the loop and nobody looks at the list until the loop is done. */
function declarationOf({ loop, sourceCode }: Task, { target, statements }: Pushes): ListDeclaration | null {
  if (target.type !== 'Identifier') return null
  const variable = callsOf(sourceCode).variableOf(target)
  const definition = variable?.defs[0]
  const declarator = definition?.node as Node | undefined
  if (!variable || variable.defs.length !== 1 || declarator?.type !== 'VariableDeclarator') return null
  const statement = declarator.parent
  const block = loop.parent as Node
  const siblings = listOf(block)
  const at = siblings.indexOf(loop)
  if (at < 1 || siblings[at - 1] !== statement || statement.declarations.length !== 1 || declarator.id.type !== 'Identifier') return null
  if (/using/.test(statement.kind) || statement.declare) return null

  const home = enclosingFunction(loop)
  for (const { identifier, init } of variable.references) {
    const reference = identifier as Node
    if (init === true && isInside(reference, statement)) continue
    const pushed = [...statements.values()].some((call) => isInside(reference, call.callee))
    if (pushed) continue
    // Whoever may run before the loop is done would find the name not yet there.
    if (reference.range[0] < loop.range[1] || isHoisted(reference, home)) return null
  }
  const start = emptyList(sourceCode, declarator.init)
  if (!start) return null
  const annotation = declarator.id.typeAnnotation
  const list = annotation ? sourceCode.getText(annotation.typeAnnotation) : start.type && `${start.type}[]`
  // What TypeScript makes of a bare `[]` grows with every push; a list that is given at once does not.
  if (!list && isTypeScript(sourceCode) && isFilledLater(variable.references.map(({ identifier }) => identifier as Node), loop)) return null
  if (!list && isTypeScript(sourceCode) && isWrittenIn(variable, [block]) && laterWrites(variable).length > 0) return null
  return {
    statement,
    head: `${statement.kind} ${target.name}${list ? `: ${list}` : ''}`,
    type: annotation ? elementType(sourceCode, annotation.typeAnnotation) : start.type,
  }
}

function listOf(block: Node): readonly Node[] {
  if (block.type === 'BlockStatement' || block.type === 'Program' || block.type === 'StaticBlock') return block.body
  return block.type === 'SwitchCase' ? block.consequent : []
}

function isHoisted(reference: Node, home: Node | null): boolean {
  for (let node = enclosingFunction(reference) as Node | null; node && node !== home; node = enclosingFunction(node)) {
    if (node.type === 'FunctionDeclaration') return true
  }
  return false
}

/** `[]`, `new Array()`, `[] as T[]`, `new Array<T>()`. */
function emptyList(sourceCode: Task['sourceCode'], init: Node | null): { type: string | null } | null {
  if (!init) return null
  if (init.type === 'TSAsExpression' || init.type === 'TSTypeAssertion') {
    const type = elementType(sourceCode, init.typeAnnotation)
    return type !== null && emptyList(sourceCode, init.expression) ? { type } : null
  }
  if (init.type === 'ArrayExpression') return init.elements.length === 0 ? { type: null } : null
  if (init.type !== 'NewExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'Array') return null
  if (init.arguments.length > 0) return null
  const [argument] = init.typeArguments?.params ?? []
  return { type: argument ? elementText(sourceCode, argument) : null }
}

/** `T` of `T[]` or `Array<T>`, in a form that `[]` can follow. */
function elementType(sourceCode: Task['sourceCode'], type: Node): string | null {
  if (type.type === 'TSArrayType') return elementText(sourceCode, type.elementType)
  if (type.type !== 'TSTypeReference' || sourceCode.getText(type.typeName) !== 'Array') return null
  const [argument] = type.typeArguments?.params ?? []
  return argument ? elementText(sourceCode, argument) : null
}

function elementText(sourceCode: Task['sourceCode'], type: Node): string {
  const text = sourceCode.getText(type)
  return /^[\w.]+(?:<[^<>]*>)?(?:\[\])*$/.test(text) ? text : `(${text})`
}

function isFilledLater(references: readonly Node[], loop: Node): boolean {
  return references.some((node) => {
    if (node.range[0] < loop.range[1] || node.parent?.type !== 'MemberExpression' || node.parent.object !== node) return false
    const grandparent = node.parent.parent as Node
    return resizingMethods.has(memberName(node.parent) ?? '') || (grandparent.type === 'AssignmentExpression' && grandparent.left === node.parent)
  })
}
