import { unwrap, type Node } from '../../ast/nodes.ts'
import type { Calls } from './index.ts'

/** The number that an expression is by its literals, products and constants; null where it is not known. */
export function constantNumber(node: Node, calls: Calls, depth = 0): number | null {
  const value = unwrap(node)
  if (depth > 8) return null
  if (value.type === 'Literal') return typeof value.value === 'number' ? value.value : null
  if (value.type === 'BinaryExpression' && (value.operator === '*' || value.operator === '**')) {
    const left = constantNumber(value.left, calls, depth + 1)
    const right = constantNumber(value.right, calls, depth + 1)
    return left === null || right === null ? null : value.operator === '*' ? left * right : left ** right
  }
  if (value.type !== 'Identifier' && value.type !== 'MemberExpression') return null
  const { root, steps } = calls.originOf(value)
  return root.kind === 'value' && steps.length === 0 && root.node !== value ? constantNumber(root.node, calls, depth + 1) : null
}
