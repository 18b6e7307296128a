import type { FunctionNode, Node } from '../../ast/nodes.ts'

/** The expression that a function returns where it has one `return` with a value at the top of its body; otherwise null. */
export function returnedExpression(node: FunctionNode): Node | null {
  if (node.generator) return null
  if (node.body.type !== 'BlockStatement') return node.body
  const returns = node.body.body.filter((statement) => statement.type === 'ReturnStatement')
  return returns.length === 1 ? (returns[0]?.argument ?? null) : null
}
