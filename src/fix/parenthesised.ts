import type { Node } from '../ast/nodes.ts'

/** Whether `await` in front of an expression would take in more than the expression where it stands: `f().x` → `(await f()).x`. */
export function needsParentheses(node: Node): boolean {
  const { parent } = node
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === node
    case 'TaggedTemplateExpression':
    case 'TSNonNullExpression':
      return true
    case 'BinaryExpression':
      return parent.operator === '**' && parent.left === node
    default:
      return false
  }
}
