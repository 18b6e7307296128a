/**
 * A hand-written queue of a module becomes one with a capacity:
 *
 *     const queue = []                                      const queue = createQueue(async (job) => {
 *     let running = false                                     await deliver(job)
 *     export async function add(job) {                      }, { concurrency: 1, capacity: 1000 })
 *       queue.push(job)                                     export async function add(job) {
 *       drain()                                        →      await queue.push(job)
 *     }                                                     }
 *     async function drain() {
 *       if (running) return
 *       running = true
 *       while (queue.length > 0) await deliver(queue.shift())
 *       running = false
 *     }
 *
 * Only where every use is one of these: an asynchronous caller then waits while the queue is full, any other gets an
 * error. What else changes: an item that fails no longer ends the loop.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { foreignHelpers } from '../knowledge/limiters.ts'
import { callsOf, type Calls } from '../analysis/calls/index.ts'
import type { Container } from '../analysis/growth/index.ts'
import { enclosingFunction, isInside, memberName, unwrap, walk, type FunctionNode, type Node } from '../ast/nodes.ts'
import { isEditable } from './editable.ts'
import { freeName } from './free-name.ts'
import { importName } from './import-name.ts'
import { atMargin, indentOf } from './loop/text.ts'
import type { Rewrite } from './offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

interface Worker {
  readonly drain: TSESTree.FunctionDeclaration
  /** The declaration of the flag that keeps a second loop out. */
  readonly flag: TSESTree.VariableDeclaration
  /** The name of the item, and what is done with it. */
  readonly item: string
  readonly body: string
}

export function createQueueRewrites(
  container: Container,
  sourceCode: SourceCode,
  { helper, capacity }: { helper: string; capacity: number },
): Rewrite<'useCreateQueue'>[] {
  const declarator = container.creation
  if (container.level !== 'module' || declarator.type !== 'VariableDeclarator' || !isEditable(sourceCode)) return []
  if (foreignHelpers.has(helper) || declarator.id.type !== 'Identifier' || declarator.parent.declarations.length > 1) return []
  const calls = callsOf(sourceCode)
  const worker = workerOf(container, declarator.id, calls, sourceCode)
  const feeds = worker && feedsOf(container, worker.drain, calls)
  if (!worker || !feeds || sourceCode.getCommentsInside(worker.drain).length > 0) return []
  const { id } = declarator
  const create = importName(sourceCode, helper, 'createQueue')
  const type = itemType(id, sourceCode)
  const text = `${create.local}(async (${worker.item}${type}) => ${worker.body}, { concurrency: 1, capacity: ${capacity} })`
  return [
    {
      class: 'suggestion',
      messageId: 'useCreateQueue',
      data: { capacity },
      edit: (fixer) => [
        ...create.edit(fixer),
        fixer.replaceTextRange([id.range[0] + id.name.length, declarator.range[1]], ` = ${text}`),
        removeStatement(worker.flag, sourceCode, fixer),
        removeStatement(worker.drain, sourceCode, fixer),
        ...feeds.flatMap(({ push, start }) => [
          fixer.replaceText(push, pushText(push, id.name, sourceCode)),
          removeStatement(start, sourceCode, fixer),
        ]),
      ],
    },
  ]
}

/** `queue.push(job)` as the capacity asks: an asynchronous function waits, any other refuses. */
function pushText(push: TSESTree.CallExpression, name: string, sourceCode: SourceCode): string {
  const item = sourceCode.getText(push.arguments[0])
  if (enclosingFunction(push)?.async) return `await ${name}.push(${item})`
  return `if (!${name}.tryPush(${item})) throw new Error('The queue is full.')`
}

/** `: Job` of `const queue: Job[] = []`. */
function itemType(id: TSESTree.Identifier, sourceCode: SourceCode): string {
  const type = id.typeAnnotation?.typeAnnotation
  if (type?.type === 'TSArrayType') return `: ${sourceCode.getText(type.elementType)}`
  const first = type?.type === 'TSTypeReference' ? type.typeArguments?.params[0] : undefined
  return first ? `: ${sourceCode.getText(first)}` : ''
}

/** The function that empties the queue in the form above (with `try … finally` or without), and nothing besides. */
function workerOf(container: Container, id: TSESTree.Identifier, calls: Calls, sourceCode: SourceCode): Worker | null {
  const shift = container.uses.filter(({ kind }) => kind === 'take')
  const [only] = shift
  const drain = only?.within
  if (shift.length !== 1 || only?.by !== 'shift' || drain?.type !== 'FunctionDeclaration' || !drain.async || drain.params.length > 0) return null
  if (drain.parent.type !== 'Program') return null
  const [guard, raise, ...rest] = drain.body.body
  const flag = guard?.type === 'IfStatement' && guard.test.type === 'Identifier' && isReturn(guard.consequent) ? guard.test : null
  if (!flag || !raise || !isSet(raise, flag.name, true)) return null
  const [first, second, third] = rest
  const loop = first?.type === 'TryStatement' ? first.block.body[0] : first
  const lower = first?.type === 'TryStatement' ? first.finalizer?.body[0] : second
  if (loop?.type !== 'WhileStatement' || !lower || !isSet(lower, flag.name, false)) return null
  if (first?.type === 'TryStatement' ? first.block.body.length > 1 || first.handler || second : third) return null
  if (!isLengthTest(loop.test, id.name)) return null
  const variable = calls.variableOf(flag)
  const declaration = variable?.defs[0]?.parent as TSESTree.Node | null | undefined
  const isPrivate = variable?.references.every(({ identifier, init }) => init || isInside(identifier as Node, drain))
  if (!isPrivate || declaration?.type !== 'VariableDeclaration' || declaration.declarations.length > 1 || declaration.parent.type !== 'Program') return null
  const work = workIn(loop, only.operation, sourceCode)
  return work && { drain, flag: declaration, ...work }
}

function isReturn(statement: TSESTree.Statement): boolean {
  const inner = statement.type === 'BlockStatement' && statement.body.length === 1 ? statement.body[0] : statement
  return inner?.type === 'ReturnStatement' && !inner.argument
}

function isSet(statement: Node, name: string, value: boolean): boolean {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return false
  const { left, right, operator } = statement.expression
  return operator === '=' && left.type === 'Identifier' && left.name === name && right.type === 'Literal' && right.value === value
}

/** `queue.length`, `queue.length > 0`. */
function isLengthTest(test: Node, name: string): boolean {
  const size = test.type === 'BinaryExpression' && /^(?:>|!==?)$/.test(test.operator) && test.right.type === 'Literal' && test.right.value === 0 ? test.left : test
  return size.type === 'MemberExpression' && size.object.type === 'Identifier' && size.object.name === name && memberName(size) === 'length'
}

/** The loop's body as a function of the item: `const job = queue.shift()` first, or `queue.shift()` once in its one statement. */
function workIn(loop: TSESTree.WhileStatement, shift: Node, sourceCode: SourceCode): { item: string; body: string } | null {
  let jumps = false
  walk(loop.body, sourceCode.visitorKeys, (node) => {
    jumps ||= /^(?:Break|Continue|Return|Throw)Statement$|^Yield/.test(node.type)
    return jumps ? 'stop' : undefined
  })
  if (jumps) return null
  const statements = loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body]
  const [first, ...rest] = statements
  if (!first) return null
  const declared = first.type === 'VariableDeclaration' && first.declarations.length === 1 ? first.declarations[0] : undefined
  if (declared?.init && unwrap(declared.init) === shift && declared.id.type === 'Identifier' && rest.length > 0) {
    const [start, end] = [rest[0] as Node, rest.at(-1) as Node]
    return { item: declared.id.name, body: `{\n  ${atMargin(sourceCode, [start.range[0], end.range[1]], indentOf(sourceCode, start), '  ')}\n}` }
  }
  if (rest.length > 0 || !isInside(shift, first)) return null
  const item = freeName(sourceCode, 'item')
  // `queue.shift()!` and casts around it say that there is one; here there always is.
  let taken = shift
  while (taken.parent?.type === 'TSNonNullExpression' || taken.parent?.type === 'TSAsExpression') taken = taken.parent
  const text = `${sourceCode.text.slice(first.range[0], taken.range[0])}${item}${sourceCode.text.slice(taken.range[1], first.range[1])}`
  return { item, body: `{\n  ${text}\n}` }
}

interface FeedPlace {
  readonly push: TSESTree.CallExpression
  /** `drain()`, `void drain()`: the statement after it. */
  readonly start: TSESTree.ExpressionStatement
}

/** The places that push, each followed by the call that starts the loop; null where one is different, or anything else uses either. */
function feedsOf(container: Container, drain: TSESTree.FunctionDeclaration, calls: Calls): FeedPlace[] | null {
  const places: FeedPlace[] = []
  for (const { kind, operation, within } of container.uses) {
    if (kind !== 'feed') {
      if (within !== (drain as FunctionNode)) return null
      continue
    }
    const statement = operation.parent
    if (operation.type !== 'CallExpression' || operation.arguments.length !== 1 || operation.arguments[0]?.type === 'SpreadElement') return null
    if (statement?.type !== 'ExpressionStatement' || statement.parent.type !== 'BlockStatement' || !operation.callee || memberName(operation.callee as TSESTree.MemberExpression) !== 'push') return null
    const { body } = statement.parent
    const start = body[body.indexOf(statement) + 1]
    if (start?.type !== 'ExpressionStatement' || !isCallOf(start.expression, drain)) return null
    places.push({ push: operation, start })
  }
  const id = drain.id as TSESTree.Identifier
  const mentions = calls.variableOf(id)?.references.filter(({ identifier }) => identifier !== id) ?? []
  return mentions.length === places.length && places.length > 0 ? places : null
}

function isCallOf(expression: Node, drain: TSESTree.FunctionDeclaration): boolean {
  const call = expression.type === 'UnaryExpression' && expression.operator === 'void' ? expression.argument : expression
  return call.type === 'CallExpression' && call.arguments.length === 0 && call.callee.type === 'Identifier' && call.callee.name === drain.id?.name
}

/** A statement with the line break before it. */
function removeStatement(statement: Node, sourceCode: SourceCode, fixer: TSESLint.RuleFixer): TSESLint.RuleFix {
  const before = sourceCode.text.slice(0, statement.range[0])
  const blank = /(?:\r?\n)?(?<![ \t])[ \t]*$/.exec(before)?.[0].length ?? 0
  return fixer.removeRange([statement.range[0] - blank, statement.range[1]])
}
