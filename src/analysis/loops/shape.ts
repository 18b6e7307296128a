/** How often a loop runs and what each iteration gets; null for loops whose number of runs only shows while they run. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { popMethods } from '../../knowledge/built-in-methods.ts'
import type { Loop, LoopShape } from './verdict.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export function shapeOf(loop: Loop, sourceCode: SourceCode): LoopShape | null {
  switch (loop.type) {
    case 'ForOfStatement':
    case 'ForInStatement':
      return {
        form: loop.type === 'ForInStatement' ? 'for-in' : loop.await ? 'for-await' : 'for-of',
        source: loop.right,
        names: namesIn(loop.left, sourceCode),
        body: loop.body,
      }
    case 'ForStatement':
      return countedShape(loop) ?? drainShape(loop, loop.test, sourceCode)
    case 'WhileStatement':
      return drainShape(loop, loop.test, sourceCode)
    case 'DoWhileStatement':
      return null
    default:
      return reduceShape(loop, sourceCode)
  }
}

/** Names that a declaration or an assignment target binds. */
function namesIn(pattern: Node, sourceCode: SourceCode): TSESTree.Identifier[] {
  const names: TSESTree.Identifier[] = []
  walk(pattern, sourceCode.visitorKeys, (node) => {
    if (node.type === 'TSTypeAnnotation') return 'skip'
    if (node.type === 'Property' && !node.computed) {
      names.push(...namesIn(node.value, sourceCode))
      return 'skip'
    }
    if (node.type === 'AssignmentPattern') {
      names.push(...namesIn(node.left, sourceCode))
      return 'skip'
    }
    if (node.type === 'VariableDeclarator') {
      names.push(...namesIn(node.id, sourceCode))
      return 'skip'
    }
    if (node.type === 'Identifier') names.push(node)
    return
  })
  return names
}

/** `for (let i = a; i < b; i += c)`, where `i` counts up or down by itself. */
function countedShape(loop: TSESTree.ForStatement): LoopShape | null {
  const { init, test, update } = loop
  if (init?.type !== 'VariableDeclaration' || !test || !update) return null
  const counter = counterOf(update)
  if (!counter || !init.declarations.some(({ id }) => id.type === 'Identifier' && id.name === counter)) return null
  const bound = boundOf(test, counter)
  if (!bound) return null
  const name = init.declarations.find(({ id }) => id.type === 'Identifier' && id.name === counter)?.id as TSESTree.Identifier
  const length = unwrap(bound)
  const source = length.type === 'MemberExpression' && memberName(length) === 'length' ? length.object : null
  return { form: 'counted', source, names: [name], body: loop.body }
}

function counterOf(update: Node): string | null {
  if (update.type === 'UpdateExpression') return update.argument.type === 'Identifier' ? update.argument.name : null
  if (update.type === 'SequenceExpression') return update.expressions.map(counterOf).find((name) => name !== null) ?? null
  if (update.type !== 'AssignmentExpression' || update.left.type !== 'Identifier') return null
  if (update.operator === '+=' || update.operator === '-=') return update.left.name
  const { right } = update
  const isStep =
    update.operator === '=' && right.type === 'BinaryExpression' && right.left.type === 'Identifier' && right.left.name === update.left.name
  return isStep ? update.left.name : null
}

/** The side of `i < bound` (also within `a && b`) that is not the counter. */
function boundOf(test: Node, counter: string): Node | null {
  const node = unwrap(test)
  if (node.type === 'LogicalExpression' && node.operator === '&&') return boundOf(node.left, counter) ?? boundOf(node.right, counter)
  if (node.type !== 'BinaryExpression' || !/^(?:[<>]=?|!==?)$/.test(node.operator)) return null
  const isCounter = (side: Node): boolean => {
    const inner = unwrap(side)
    if (inner.type === 'BinaryExpression') return isCounter(inner.left)
    return inner.type === 'Identifier' && inner.name === counter
  }
  if (isCounter(node.left)) return node.right
  return isCounter(node.right) ? node.left : null
}

/**
 * `while (list.length) { const x = list.shift(); … }` and `while ((x = list.pop()))`: takes one item per run from a
 * list that the loop does not fill.
 */
function drainShape(
  loop: TSESTree.WhileStatement | TSESTree.ForStatement,
  test: Node | null,
  sourceCode: SourceCode,
): LoopShape | null {
  if (!test) return null
  const inTest = takenIn(test)
  const taken = inTest ?? firstTaken(loop.body)
  if (!taken) return null
  const list = sourceCode.getText(taken.list)
  if (!inTest && !asksFor(test, list, sourceCode)) return null
  let others = 0
  walkOwnCode(loop.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'MemberExpression' && sourceCode.getText(unwrap(node.object)) === list && node !== taken.callee) {
      if (memberName(node) !== 'length') others += 1
    }
  })
  return others === 0 ? { form: 'drain', source: taken.list, names: namesIn(taken.into, sourceCode), body: loop.body } : null
}

interface Taken {
  readonly list: Node
  readonly into: Node
  readonly callee: Node
}

function takenIn(test: Node): Taken | null {
  let node = unwrap(test)
  if (node.type === 'BinaryExpression') node = unwrap(node.left)
  return node.type === 'AssignmentExpression' && node.operator === '=' ? takeOf(node.right, node.left) : null
}

function firstTaken(body: Node): Taken | null {
  const [first] = body.type === 'BlockStatement' ? body.body : []
  const declarator = first?.type === 'VariableDeclaration' ? first.declarations[0] : null
  return declarator?.init ? takeOf(declarator.init, declarator.id) : null
}

function takeOf(value: Node, into: Node): Taken | null {
  const call = unwrap(value)
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null
  if (callee?.type !== 'MemberExpression' || !popMethods.has(memberName(callee) ?? '')) return null
  return { list: unwrap(callee.object), into, callee }
}

function asksFor(test: Node, list: string, sourceCode: SourceCode): boolean {
  let node = unwrap(test)
  if (node.type === 'BinaryExpression') node = unwrap(node.left)
  return node.type === 'MemberExpression' && memberName(node) === 'length' && sourceCode.getText(unwrap(node.object)) === list
}

/** `xs.reduce(async (previous, x) => { await previous; … }, Promise.resolve())`. */
function reduceShape(call: TSESTree.CallExpression, sourceCode: SourceCode): LoopShape | null {
  const reducer = sequentialReducer(call, sourceCode)
  const callee = unwrap(call.callee)
  if (!reducer || callee.type !== 'MemberExpression') return null
  const names = reducer.params.slice(1).flatMap((parameter) => namesIn(parameter, sourceCode))
  return { form: 'reduce', source: callee.object, names, body: reducer.body }
}

/** The callback of a `reduce` that waits for the previous run before it does anything else that waits. */
export function sequentialReducer(call: TSESTree.CallExpression, sourceCode: SourceCode): FunctionNode | null {
  const callee = unwrap(call.callee)
  const [callback] = call.arguments
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'reduce' || call.arguments.length !== 2) return null
  if (!callback || !isFunction(callback) || !callback.async) return null
  const [previous] = callback.params
  if (previous?.type !== 'Identifier') return null
  let first: Node | null = null
  walkOwnCode(callback.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'AwaitExpression') first ??= node
  })
  const awaited = first as TSESTree.AwaitExpression | null
  return awaited?.argument.type === 'Identifier' && awaited.argument.name === previous.name ? callback : null
}

/** Lists that are written out and no longer than this are not worth a rewrite: three operations of 50 ms take 150 ms. */
const FEW = 3

/** A list that is written out with a few elements. */
export function isShort(source: Node): boolean {
  const list = unwrap(source)
  return list.type === 'ArrayExpression' && list.elements.length <= FEW && list.elements.every((element) => element?.type !== 'SpreadElement')
}
