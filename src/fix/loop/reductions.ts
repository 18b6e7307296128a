/** Which reductions may stay where they are in the moved body, and which of them others can see too early or too late. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import type { Reduction } from '../../analysis/loops/verdict.ts'
import { isFunction, isInside, unwrap, walk, type LoopNode, type Node } from '../../ast/nodes.ts'
import { isBeforeFirstAwait, isInNestedFunction, rootOf } from './body.ts'
import { boundBy } from './names.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * The reductions that have to be done after the work, in input order. The others stay in the moved body: their place in
 * the order cannot be told, or the helper keeps it. What writes to one thing stays together.
 */
export function afterwards(reductions: readonly Reduction[], loop: LoopNode, sourceCode: SourceCode): Reduction[] {
  const textOf = ({ target }: Reduction) => sourceCode.getText(target)
  const late = reductions.filter((reduction) => !mayStay(reduction, loop, sourceCode))
  const lateTargets = new Set(late.map(textOf))
  const mixed = new Set(reductions.filter(({ node }) => !isCounting(node)).map(textOf))
  return reductions.filter((reduction) => {
    const target = textOf(reduction)
    if (lateTargets.has(target)) return true
    // `n++` here and `n = n * 2` there: only counting alone does not care for the order.
    return isCounting(reduction.node) && mixed.has(target) && !isBeforeFirstAwait(reduction.node, loop, sourceCode)
  })
}

function mayStay({ kind, node, target }: Reduction, loop: LoopNode, sourceCode: SourceCode): boolean {
  if (isInNestedFunction(node, loop.body)) return false
  // TypeScript does not see assignments inside the function: it would take `last` for what it was before the loop.
  if (kind === 'assign' || (node.type === 'AssignmentExpression' && /^(?:=|&&=|\|\|=|\?\?=)$/.test(node.operator) && kind === 'fold')) {
    return false
  }
  return isCounting(node) || isIndexedWrite(node, target, loop, sourceCode) || isBeforeFirstAwait(node, loop, sourceCode)
}

/** `n++`, `n += 1`: the sum does not depend on who comes first. */
function isCounting(node: Node): boolean {
  if (node.type === 'UpdateExpression') return true
  if (node.type !== 'AssignmentExpression' || !/^[+-]=$/.test(node.operator)) return false
  return node.right.type === 'Literal' && Number.isSafeInteger(node.right.value)
}

/** `out[i] = …` with the loop's counter: every iteration has a place of its own. */
function isIndexedWrite(node: Node, target: Node, loop: LoopNode, sourceCode: SourceCode): boolean {
  if (loop.type !== 'ForStatement' || node.type !== 'AssignmentExpression' || node.operator !== '=') return false
  if (target.type !== 'Identifier' && target.type !== 'MemberExpression') return false
  const left = unwrap(node.left)
  if (left.type !== 'MemberExpression' || !left.computed || left.property.type !== 'Identifier') return false
  const counters = loop.init ? boundBy(sourceCode, [loop.init]) : []
  const { property } = left
  return counters.some((variable) => variable.references.some(({ identifier }) => identifier === property))
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
