import { unwrap, walk, type Node } from '../../ast/nodes.ts'
import type { Task } from './task.ts'

/** Whether the type of a value depends on what it is given to: `{ kind: 'a' }`, `['a', 1]`, `(x) => x`. */
export function hasLiteral(sourceCode: Task['sourceCode'], value: Node): boolean {
  if (value.type === 'TSAsExpression') return false
  return !walk(unwrap(value), sourceCode.visitorKeys, (node) => {
    switch (node.type) {
      case 'AwaitExpression':
      case 'CallExpression':
      case 'NewExpression':
      case 'MemberExpression':
      case 'TSAsExpression':
      case 'TemplateLiteral':
        return 'skip'
      case 'Literal':
        return node.value === null ? undefined : 'stop'
      case 'ArrayExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return 'stop'
      case 'Property':
        // The key of a property is a literal that says nothing.
        return hasLiteral(sourceCode, node.value) ? 'stop' : 'skip'
      default:
        return undefined
    }
  })
}
