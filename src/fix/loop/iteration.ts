/** What a loop goes over, as the input and the parameters of a call of the helper. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import { memberName, unwrap, walkOwnCode, type LoopNode, type Node } from '../../ast/nodes.ts'
import { wholeNumberCalls } from '../../knowledge/plain-results.ts'
import { isSharedVar, statementsOf } from './body.ts'
import { boundBy, isUsedIn, isWrittenIn, laterWrites, type Variable } from './names.ts'
import { isArray, isPossiblySparse, mayHoldPromises } from './sources.ts'
import { argumentText } from './text.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Iteration {
  /** Statements that have to run first, such as those that collect the keys of a `for…in`. */
  readonly before: readonly string[]
  /** The helper's first argument, and the nodes of which its text is made. */
  readonly input: string
  readonly inputNodes: readonly Node[]
  /** The input is read as an async iterable. */
  readonly asynchronous: boolean
  /** The parameter list of the function that is called with each item, with parentheses. */
  readonly parameters: string
  /** The variables that it declares. */
  readonly variables: readonly Variable[]
  /** The statement of the body that the parameter takes the place of. */
  readonly taken: Node | null
  /** What the loop empties besides: `queue` in `while (queue.length) { const x = queue.shift() … }`. */
  readonly emptied: Node | null
}

/** Null where the loop's way to its items cannot be handed to the helper unchanged. */
export function iterationOf(loop: LoopNode, sourceCode: SourceCode): Iteration | null {
  switch (loop.type) {
    case 'ForOfStatement':
      return overItems(loop, sourceCode)
    case 'ForInStatement':
      return overKeys(loop, sourceCode)
    case 'ForStatement':
      return overCounter(loop, sourceCode)
    case 'WhileStatement':
      return overDrained(loop, sourceCode)
    default:
      return null
  }
}

const plain = { before: [], asynchronous: false, taken: null, emptied: null }

function overItems(loop: TSESTree.ForOfStatement, sourceCode: SourceCode): Iteration | null {
  const item = itemOf(loop, sourceCode)
  if (!item || isPossiblySparse(sourceCode, loop.right)) return null
  if (loop.await && mayHoldPromises(sourceCode, loop.right)) return null
  return {
    ...plain,
    ...item,
    input: argumentText(sourceCode, loop.right),
    inputNodes: [loop.right],
    asynchronous: loop.await,
  }
}

/** `for (const key in object)` visits inherited keys too, and nothing of `null`; `Object.keys` only where neither can matter. */
function overKeys(loop: TSESTree.ForInStatement, sourceCode: SourceCode): Iteration | null {
  const item = itemOf(loop, sourceCode)
  if (!item || item.variables.length !== 1) return null
  const object = argumentText(sourceCode, loop.right)
  return isObjectLiteral(sourceCode, loop.right)
    ? { ...plain, ...item, input: `Object.keys(${object})`, inputNodes: [loop.right] }
    : null
}

function isObjectLiteral(sourceCode: SourceCode, node: Node): boolean {
  const value = unwrap(node)
  if (value.type === 'ObjectExpression') {
    return value.properties.every((property) => property.type === 'Property' && memberName(property) !== '__proto__')
  }
  if (value.type !== 'Identifier') return false
  const variable = callsOf(sourceCode).variableOf(value)
  const definition = variable?.defs[0]?.node as Node | undefined
  return (
    definition?.type === 'VariableDeclarator' &&
    definition.init != null &&
    definition.id.type === 'Identifier' &&
    laterWrites(variable as Variable).length === 0 &&
    unwrap(definition.init).type === 'ObjectExpression' &&
    isObjectLiteral(sourceCode, definition.init)
  )
}

type Item = Pick<Iteration, 'parameters' | 'variables'>

/** The names that each iteration binds. An existing variable or property as the target would keep the last item. */
function itemOf(loop: TSESTree.ForOfStatement | TSESTree.ForInStatement, sourceCode: SourceCode): Item | null {
  const { left } = loop
  if (left.type !== 'VariableDeclaration' || !/^(?:const|let|var)$/.test(left.kind)) return null
  const pattern = left.declarations[0]?.id
  if (!pattern || waits(sourceCode, pattern)) return null
  const variables = boundBy(sourceCode, [left])
  if (left.kind === 'var' && variables.some((variable) => isSharedVar(variable, loop))) return null
  return { parameters: `(${sourceCode.getText(pattern)})`, variables }
}

function waits(sourceCode: SourceCode, node: Node): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, ({ type }) =>
    type === 'AwaitExpression' || type === 'YieldExpression' ? 'stop' : undefined,
  )
}

/** `for (let i = 0; i < n; i += 1)`: the items are the numbers, or the list's own items where only they are used. */
function overCounter(loop: TSESTree.ForStatement, sourceCode: SourceCode): Iteration | null {
  const counter = counterOf(loop, sourceCode)
  if (!counter) return null
  return overIndexed(loop, counter, sourceCode) ?? overNumbers(counter, sourceCode)
}

interface Counter {
  readonly name: string
  readonly variable: Variable
  /** Text and value of the first number. */
  readonly start: number
  readonly end: Node
  readonly inclusive: boolean
  readonly step: number
}

function counterOf({ init, test, update, body }: TSESTree.ForStatement, sourceCode: SourceCode): Counter | null {
  if (init?.type !== 'VariableDeclaration' || init.kind !== 'let' || init.declarations.length > 2) return null
  const [first, second] = init.declarations
  if (first?.id.type !== 'Identifier' || !first.init || test?.type !== 'BinaryExpression' || !update) return null
  const { name } = first.id
  const variable = boundBy(sourceCode, [init]).find((other) => other.name === name)
  const start = wholeNumber(first.init)
  const step = stepOf(update, name)
  if (!variable || start === null || step === null || isWrittenIn(variable, [body])) return null
  if (test.left.type !== 'Identifier' || test.left.name !== name || !/^<=?$/.test(test.operator)) return null
  let end: Node = test.right
  if (second) {
    // `for (let i = 0, n = xs.length; i < n; i++)`: `n` has no other use.
    const bound = boundBy(sourceCode, [init]).find((other) => other !== variable)
    const isBound = second.id.type === 'Identifier' && end.type === 'Identifier' && end.name === second.id.name
    if (!isBound || !second.init || !bound || isUsedIn(bound, [body, update])) return null
    end = second.init
  }
  if (!isFixed(sourceCode, end, body)) return null
  return { name, variable, start, end, inclusive: test.operator === '<=', step }
}

function wholeNumber(node: Node): number | null {
  return node.type === 'Literal' && typeof node.value === 'number' && Number.isInteger(node.value) ? node.value : null
}

function stepOf(update: Node, name: string): number | null {
  if (update.type === 'UpdateExpression') {
    return update.operator === '++' && isNamed(update.argument, name) ? 1 : null
  }
  if (update.type !== 'AssignmentExpression' || update.operator !== '+=' || !isNamed(update.left, name)) return null
  const step = wholeNumber(update.right)
  return step !== null && step > 0 ? step : null
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}

/** Whether the bound means the same in every iteration: a number, a variable that the body does not write, a list's length. */
function isFixed(sourceCode: SourceCode, node: Node, body: Node): boolean {
  const value = unwrap(node)
  if (wholeNumber(value) !== null) return true
  if (value.type === 'Identifier') {
    const variable = callsOf(sourceCode).variableOf(value)
    return variable !== null && !isWrittenIn(variable, [body])
  }
  return value.type === 'MemberExpression' && memberName(value) === 'length' && isFixed(sourceCode, value.object, body)
}

/** `const x = xs[i]` at the top of the body and no other use of `i`: `(x) => …` over `xs`. */
function overIndexed(loop: TSESTree.ForStatement, counter: Counter, sourceCode: SourceCode): Iteration | null {
  const bound = unwrap(counter.end)
  const [taken] = statementsOf(loop.body)
  if (counter.start !== 0 || counter.step !== 1 || counter.inclusive || bound.type !== 'MemberExpression') return null
  if (taken?.type !== 'VariableDeclaration' || taken.declarations.length !== 1 || taken.kind === 'var') return null
  const { id, init } = taken.declarations[0] as TSESTree.VariableDeclarator
  const element = init && unwrap(init)
  const list = unwrap(bound.object)
  if (element?.type !== 'MemberExpression' || !element.computed || !isNamed(element.property, counter.name)) return null
  if (sourceCode.getText(element.object) !== sourceCode.getText(list) || id.typeAnnotation || waits(sourceCode, id)) return null
  if (!isArray(sourceCode, list) || isPossiblySparse(sourceCode, list)) return null
  const rest = statementsOf(loop.body).slice(1)
  const index = isUsedIn(counter.variable, rest) ? `, ${counter.name}` : ''
  return {
    ...plain,
    input: sourceCode.getText(list),
    inputNodes: [list],
    parameters: `(${sourceCode.getText(id)}${index})`,
    variables: [...boundBy(sourceCode, [taken]), ...(index ? [counter.variable] : [])],
    taken,
  }
}

function overNumbers(counter: Counter, sourceCode: SourceCode): Iteration | null {
  const { name, start, end, inclusive, step } = counter
  const first = start - (inclusive ? 1 : 0)
  const text = sourceCode.getText(end)
  const count = first === 0 ? text : `${text} ${first < 0 ? `+ ${-first}` : `- ${first}`}`
  const ratio = step === 1 ? count : `${first === 0 ? count : `(${count})`} / ${step}`
  const length = step === 1 && isWhole(sourceCode, end) ? ratio : `Math.${inclusive && step === 1 ? 'floor' : 'ceil'}(${ratio})`
  if (inclusive && step > 1) return null
  const scaled = step === 1 ? name : `${name} * ${step}`
  const value = start === 0 ? scaled : start < 0 ? `${scaled} - ${-start}` : `${scaled} + ${start}`
  return {
    ...plain,
    input: `Array.from({ length: ${length} }, (_, ${name}) => ${value})`,
    inputNodes: [end],
    parameters: `(${name})`,
    variables: [counter.variable],
  }
}

/** Whether a bound is a whole number for sure, so that it may be a length as it is. */
function isWhole(sourceCode: SourceCode, node: Node): boolean {
  const value = unwrap(node)
  if (wholeNumber(value) !== null) return true
  if (value.type === 'MemberExpression') return memberName(value) === 'length'
  if (value.type === 'CallExpression') {
    return wholeNumberCalls.has(sourceCode.getText(value.callee))
  }
  if (value.type !== 'Identifier') return false
  const definition = callsOf(sourceCode).variableOf(value)?.defs[0]?.node as Node | undefined
  return (
    definition?.type === 'VariableDeclarator' &&
    definition.init != null &&
    definition.id.type === 'Identifier' &&
    definition.parent.kind === 'const' &&
    isWhole(sourceCode, definition.init)
  )
}

/** `while (queue.length > 0) { const x = queue.shift() … }` over a list of the file: `queue.splice(0)`. */
function overDrained(loop: TSESTree.WhileStatement, sourceCode: SourceCode): Iteration | null {
  const [taken] = statementsOf(loop.body)
  if (taken?.type !== 'VariableDeclaration' || taken.declarations.length !== 1 || taken.kind === 'var') return null
  const { id, init } = taken.declarations[0] as TSESTree.VariableDeclarator
  const call = init && unwrap(init)
  if (call?.type !== 'CallExpression' || call.arguments.length > 0 || call.callee.type !== 'MemberExpression') return null
  const method = memberName(call.callee)
  const list = call.callee.object
  if ((method !== 'shift' && method !== 'pop') || list.type !== 'Identifier' || id.typeAnnotation) return null
  if (!asksForMore(loop.test, list.name) || waits(sourceCode, id)) return null
  const variable = callsOf(sourceCode).variableOf(list)
  if (!variable || isUsedIn(variable, statementsOf(loop.body).slice(1))) return null
  return {
    ...plain,
    input: method === 'shift' ? `${list.name}.splice(0)` : `${list.name}.splice(0).reverse()`,
    inputNodes: [list],
    parameters: `(${sourceCode.getText(id)})`,
    variables: boundBy(sourceCode, [taken]),
    taken,
    emptied: list,
  }
}

/** `list.length`, `list.length > 0`, `list.length !== 0`. */
function asksForMore(test: Node, list: string): boolean {
  if (test.type === 'BinaryExpression') {
    return /^(?:>|!==?)$/.test(test.operator) && wholeNumber(test.right) === 0 && asksForMore(test.left, list)
  }
  return test.type === 'MemberExpression' && memberName(test) === 'length' && isNamed(test.object, list)
}
