/** Which reductions may stay where they are in the moved body, and which of them others can see too early or too late. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import type { Reduction } from '../../analysis/loops/verdict.ts'
import { isFunction, isInside, unwrap, walk, type LoopNode, type Node } from '../../ast/nodes.ts'
import { isBeforeFirstAwait, isInNestedFunction, rootOf } from './body.ts'
import { boundBy, type Variable } from './names.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * The reductions that have to be done after the work, in input order. The others stay in the moved body: their place in
 * the order cannot be told, or the helper keeps it. What writes to one thing stays together.
 */
export function afterwards(reductions: readonly Reduction[], loop: LoopNode, sourceCode: SourceCode): Reduction[] {
  const textOf = ({ target }: Reduction) => sourceCode.getText(target)
  return reductions.filter((reduction) => {
    const together = reductions.filter((other) => textOf(other) === textOf(reduction))
    return together.some((other) => mustMove(other, loop)) || !mayStay(together, loop, sourceCode)
  })
}

function mustMove({ kind, node }: Reduction, loop: LoopNode): boolean {
  if (isInNestedFunction(node, loop.body)) return true
  // TypeScript does not see assignments inside the function: it would take `last` for what it was before the loop.
  return kind === 'assign' || (node.type === 'AssignmentExpression' && /^(?:=|&&=|\|\|=|\?\?=)$/.test(node.operator) && kind === 'fold')
}

/** One reason has to hold for all writes to one thing: `record[key] = 1` before the first `await` comes before any `record[i] = await …`. */
function mayStay(together: readonly Reduction[], loop: LoopNode, sourceCode: SourceCode): boolean {
  const counters = new Set(together.map(({ node, target }) => indexOf(node, target, loop, sourceCode)))
  return (
    together.every(({ node }) => isCounting(node)) ||
    together.every(({ node }) => isBeforeFirstAwait(node, loop, sourceCode)) ||
    (counters.size === 1 && !counters.has(null))
  )
}

/** `n++`, `n += 1`: the sum does not depend on who comes first. */
function isCounting(node: Node): boolean {
  if (node.type === 'UpdateExpression') return true
  if (node.type !== 'AssignmentExpression' || !/^[+-]=$/.test(node.operator)) return false
  return node.right.type === 'Literal' && Number.isSafeInteger(node.right.value)
}

/** The counter in `out[i] = …`, which gives every iteration a place of its own. */
function indexOf(node: Node, target: Node, loop: LoopNode, sourceCode: SourceCode): Variable | null {
  if (loop.type !== 'ForStatement' || node.type !== 'AssignmentExpression' || node.operator !== '=') return null
  if (target.type !== 'Identifier' && target.type !== 'MemberExpression') return null
  const left = unwrap(node.left)
  if (left.type !== 'MemberExpression' || !left.computed || left.property.type !== 'Identifier') return null
  const counters = loop.init ? boundBy(sourceCode, [loop.init]) : []
  const { property } = left
  return counters.find((variable) => variable.references.some(({ identifier }) => identifier === property)) ?? null
}

/**
 * Whether what the iterations write can be looked at after a failure by the function itself: the loop stands in a `try`
 * whose handler, finalizer or the code behind it may see it. The original left what came before the failure there.
 */
export function isVisibleAfterFailure(
  loop: LoopNode,
  written: readonly Node[],
  sourceCode: SourceCode,
): boolean {
  const targets = written.map(rootOf)
  for (const statement of triesAround(loop)) {
    for (const target of targets) {
      if (isDeclaredIn(target, statement.block, sourceCode)) continue
      if (!leaves(statement.handler?.body) || isMentioned(target, [statement.handler, statement.finalizer], sourceCode)) return true
    }
  }
  return false
}

/** The `try` statements of the same function in whose block the loop stands and that go on after a failure. */
function triesAround(loop: Node): TSESTree.TryStatement[] {
  const found: TSESTree.TryStatement[] = []
  for (let node: Node | undefined = loop; node?.parent && !isFunction(node); node = node.parent) {
    const { parent }: Node = node
    if (parent?.type === 'TryStatement' && parent.block === node && parent.handler) found.push(parent)
    else if (parent?.type === 'TryStatement' && parent.block === node) found.push(parent)
  }
  return found
}

/** No handler lets the failure pass; a handler that ends in `throw` or `return` does not go on with the function's code. */
function leaves(handler: TSESTree.BlockStatement | undefined): boolean {
  if (!handler) return true
  const last = handler.body.at(-1)
  return last?.type === 'ThrowStatement' || last?.type === 'ReturnStatement'
}

function isDeclaredIn(target: Node, block: Node, sourceCode: SourceCode): boolean {
  if (target.type !== 'Identifier') return false
  return callsOf(sourceCode).variableOf(target)?.defs.every(({ name }) => isInside(name as Node, block)) ?? false
}

function isMentioned(target: Node, nodes: readonly (Node | null | undefined)[], sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(target)
  return nodes.some(
    (node) =>
      node != null &&
      !walk(node, sourceCode.visitorKeys, (child) =>
        child.type === target.type && sourceCode.getText(child) === text ? 'stop' : undefined,
      ),
  )
}
