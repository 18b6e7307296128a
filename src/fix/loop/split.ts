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
import { walkOwnCode, type Node } from '../../ast/nodes.ts'
import { declaredName, localName } from '../free-name.ts'
import { cutOf, type Cut, type Rest } from './cut.ts'
import { withLine } from './for-each.ts'
import { helperCall } from './helper-call.ts'
import { boundBy, isWrittenIn, namesUsedIn } from './names.ts'
import type { NewText, Task } from './task.ts'
import { argumentText, arrowOf, hasSemicolons, indentOf, stepOf, textWith, type Replacement } from './text.ts'

export function split(task: Task): NewText | null {
  const { loop, body, iteration, sourceCode, settings } = task
  const cut = cutOf(task)
  if (!cut || iteration.before.length > 0) return null
  if (cut.skips.length > 0 && iteration.asynchronous) return null

  const results = resultNames(task, cut)
  const fn = workText(task, cut, results)
  const head = headOf(task, cut, results)
  if (!fn || !head) return null
  // `for (const user of …)`: the name is not to be read by what stands behind `of`.
  const used = new Set(iteration.inputNodes.flatMap((node) => [...namesUsedIn(sourceCode, node)]))
  if (head.names.some((name) => used.has(name))) return null

  const call = helperCall(sourceCode, settings, iteration.asynchronous ? 'stream' : 'map', iteration.input, fn)
  if (!call || head.names.includes(call.import.local)) return null
  const rest = restText(task, cut, results)
  if (iteration.asynchronous) {
    return { range: loop.range, text: `for await (${head.text} of ${call.text}) ${rest}`, import: call.import }
  }
  const found = cut.skips.length > 0 ? `(await ${call.text}).flat()` : `await ${call.text}`
  if (!found.includes('\n') || !isListed(loop)) {
    return { range: loop.range, text: `for (${head.text} of ${found}) ${rest}`, import: call.import }
  }
  // A long call reads better as a statement of its own.
  const name = declaredName(sourceCode, 'results', loop)
  const end = hasSemicolons(sourceCode, body) ? ';' : ''
  const text = `const ${name} = ${found}${end}\n${indentOf(sourceCode, loop)}for (${head.text} of ${name}) ${rest}`
  return { range: loop.range, text, import: call.import }
}

function isListed({ parent }: Node): boolean {
  return parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'StaticBlock'
}

type Results = ReadonlyMap<Rest, string>

/** Names for the values that are handed over without one. */
function resultNames({ sourceCode }: Task, { rest }: Cut): Results {
  const names = new Map<Rest, string>()
  for (const part of rest) {
    if (!part.operand) continue
    names.set(part, localName(sourceCode, 'result', part.node, [...names.values()]))
  }
  return names
}

/** A pattern of more names than this, written twice, reads worse than the loop did. */
const MOST_NAMES = 6

interface Head {
  readonly text: string
  readonly names: readonly string[]
}

/** `const user`, `const { id, user }`: what the second loop binds. */
function headOf({ sourceCode }: Task, cut: Cut, results: Results): Head | null {
  const nodes = cut.rest.map(({ node }) => node)
  const kind = cut.passed.some((variable) => isWrittenIn(variable, nodes)) ? 'let' : 'const'
  const single = singleDeclaration(cut, sourceCode)
  if (single) {
    return { text: `${kind} ${sourceCode.getText(single.id)}`, names: boundBy(sourceCode, [single]).map(({ name }) => name) }
  }
  const names = [...cut.passed.map(({ name }) => name), ...results.values()]
  if (names.length === 0 || names.length > MOST_NAMES) return null
  return { text: names.length === 1 ? `${kind} ${names[0]}` : `${kind} { ${names.join(', ')} }`, names }
}

/** The declaration that is the whole of the work, in a cut that can do without braces. */
function onlyDeclaration(cut: Cut): TSESTree.VariableDeclarator | null {
  const [statement, ...others] = cut.work
  if (!cut.isTail || cut.skips.length > 0 || cut.rest.some(({ operand }) => operand) || others.length > 0) return null
  if (statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1 || statement.kind === 'var') return null
  const [declarator] = statement.declarations
  return declarator?.init && !declarator.id.typeAnnotation ? declarator : null
}

/** `const user = await load(id)` as the whole of the work, where nothing but its names goes on to the rest. */
function singleDeclaration(cut: Cut, sourceCode: Task['sourceCode']): TSESTree.VariableDeclarator | null {
  const declarator = onlyDeclaration(cut)
  if (!declarator) return null
  const bound = boundBy(sourceCode, cut.work)
  if (bound.length === 0 || !cut.passed.every((variable) => bound.includes(variable))) return null
  return waitsInside(declarator.id, sourceCode) ? null : declarator
}

function waitsInside(node: Node, sourceCode: Task['sourceCode']): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, ({ type }) => (type === 'AwaitExpression' ? 'stop' : undefined))
}

/** The function of the first half. */
function workText(task: Task, cut: Cut, results: Results): string | null {
  return shortWork(task, cut, results) ?? longWork(task, cut, results)
}

/** `(id) => load(id)`, `async (id) => ({ id, user: await load(id) })`. */
function shortWork(task: Task, cut: Cut, results: Results): string | null {
  const { iteration, sourceCode } = task
  const { parameters } = iteration
  if (!cut.isTail || cut.skips.length > 0 || cut.work.length > 1 || hasCommentsBeforeRest(task, cut)) return null
  const single = singleDeclaration(cut, sourceCode)
  if (single?.init) return arrowOf(sourceCode, parameters, single.init)

  const names = cut.passed.map(({ name }) => name)
  const declarator = onlyDeclaration(cut)
  if (declarator?.init && declarator.id.type === 'Identifier' && names.includes(declarator.id.name)) {
    const { name } = declarator.id
    const value = `${name}: ${argumentText(sourceCode, declarator.init)}`
    return `async ${parameters} => ({ ${[...names.filter((other) => other !== name), value].join(', ')} })`
  }
  const [part, ...others] = [...results.keys()]
  if (cut.work.length > 0 || !part?.operand || others.length > 0) return null
  if (names.length === 0) return arrowOf(sourceCode, parameters, part.operand)
  return `async ${parameters} => ({ ${[...names, `${results.get(part)}: ${argumentText(sourceCode, part.operand)}`].join(', ')} })`
}

function longWork(task: Task, cut: Cut, results: Results): string | null {
  const { body, iteration, sourceCode } = task
  const last = cut.work.at(-1)
  if (body.type !== 'BlockStatement' || (!last && !cut.isTail)) return null
  const names = cut.passed.map(({ name }) => name)
  // In one piece with the rest an operand is worked out by the `return`; otherwise it has got a name at its place.
  const values = [
    ...names,
    ...[...results].map(([{ operand }, name]) => {
      if (!cut.isTail || !operand) return name
      const text = argumentText(sourceCode, operand)
      return names.length + results.size === 1 ? text : `${name}: ${text}`
    }),
  ]
  if (values.length === 0) return null
  const value = values.length === 1 ? (values[0] as string) : `{ ${values.join(', ')} }`
  const returned = `return ${cut.skips.length > 0 ? `[${value}]` : value}`
  const end = hasSemicolons(sourceCode, body) ? ';' : ''
  const replacements: Replacement[] = [
    ...cut.skips.map(({ range }) => ({ range: [range[0], range[0] + 8] as const, text: 'return []' })),
    ...cut.ends.map(({ range }) => ({ range: [range[0], range[0] + 8] as const, text: returned })),
    ...(iteration.taken ? [{ range: withLine(sourceCode.text, iteration.taken.range), text: '' }] : []),
    ...(cut.isTail ? [] : cut.rest.map((part) => inWork(task, part, results, end))),
  ]
  const to = last ? endOf(sourceCode, last) : body.range[0] + 1
  const text = textWith(sourceCode, [body.range[0], Math.max(to, cut.isTail ? 0 : lastEnd(cut, sourceCode))], replacements)
  const indent = indentOf(sourceCode, body)
  return `async ${iteration.parameters} => ${text}\n${indent}${stepOf(sourceCode, body)}${returned}${end}\n${indent}}`
}

/** What stays in the work of a statement that is left for afterwards: nothing, or the operand under a name. */
function inWork({ sourceCode }: Task, part: Rest, results: Results, end: string): Replacement {
  const name = results.get(part)
  if (!part.operand || !name) return { range: withLine(sourceCode.text, part.node.range), text: '' }
  return { range: part.node.range, text: `const ${name} = ${argumentText(sourceCode, part.operand)}${end}` }
}

function lastEnd(cut: Cut, sourceCode: Task['sourceCode']): number {
  return Math.max(...[...cut.work, ...cut.rest.map(({ node }) => node)].map((node) => endOf(sourceCode, node)))
}

/** A statement's end together with a comment behind it on the same line. */
function endOf(sourceCode: Task['sourceCode'], statement: Node): number {
  const after = sourceCode.getCommentsAfter(statement as never) as TSESTree.Comment[]
  const same = after.filter(({ loc }) => loc.start.line === statement.loc.end.line)
  return same.at(-1)?.range[1] ?? statement.range[1]
}

/** Comments in front of the work, in it or behind it on its line: they need a body with braces. */
function hasCommentsBeforeRest({ body, sourceCode }: Task, cut: Cut): boolean {
  if (body.type !== 'BlockStatement') return false
  const first = (cut.rest[0] as Rest).node
  const last = cut.work.at(-1)
  const end = last ? endOf(sourceCode, last) : first.range[0]
  return sourceCode.getCommentsInside(body as never).some(({ range }) => (range as [number, number])[1] <= end)
}

/** The body of the second loop. */
function restText(task: Task, cut: Cut, results: Results): string {
  const { body, iteration, sourceCode } = task
  const replacements: Replacement[] = [...results].flatMap(([{ operand }, name]) =>
    operand ? [{ range: withParentheses(sourceCode, operand), text: name }] : [],
  )
  if (body.type !== 'BlockStatement') return textWith(sourceCode, body.range, replacements)
  if (!cut.isTail) {
    const step = indentOf(sourceCode, body) + stepOf(sourceCode, body)
    const lines = cut.rest.map(({ node }) => `\n${step}${textWith(sourceCode, node.range, replacements)}`)
    return `{${lines.join('')}\n${indentOf(sourceCode, body)}}`
  }
  const before = cut.work.at(-1) ?? iteration.taken
  const first = (cut.rest[0] as Rest).node
  // Comments in front of the first statement stay with the work, where there is one to hold them.
  const isMoved = cut.work.length === 0 && hasCommentsBeforeRest(task, cut)
  const from = before ? endOf(sourceCode, before) : isMoved ? first.range[0] : body.range[0] + 1
  return `{${isMoved && !before ? ' ' : ''}${withoutBlankLines(textWith(sourceCode, [from, body.range[1]], replacements))}`
}

/** Empty lines that parted the rest from the work have nothing to part any more. */
function withoutBlankLines(text: string): string {
  const [head = '', ...lines] = text.split('\n')
  const first = lines.findIndex((line) => line.trim() !== '')
  return head.trim() === '' && first > 0 ? [head, ...lines.slice(first)].join('\n') : text
}

/** An expression's range with parentheses around it, which a plain name does not need. */
function withParentheses(sourceCode: Task['sourceCode'], node: Node): readonly [number, number] {
  let [start, end] = node.range
  if (node.parent?.type === 'CallExpression' || node.parent?.type === 'NewExpression') return [start, end]
  for (;;) {
    const before = sourceCode.getTokenBefore({ range: [start, end] } as never)
    const after = sourceCode.getTokenAfter({ range: [start, end] } as never)
    if (before?.value !== '(' || after?.value !== ')') return [start, end]
    start = before.range[0]
    end = after.range[1]
  }
}
