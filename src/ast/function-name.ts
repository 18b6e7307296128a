import type { TSESTree } from '@typescript-eslint/utils'
import { isClass, memberName, type FunctionNode, type Node } from './nodes.ts'

/** The name by which the source speaks of a function: its own, its variable's, its property's or method's; otherwise null. */
export function functionName(node: FunctionNode): string | null {
  if (node.id) return node.id.name
  let current: Node = node
  for (let parent: Node | undefined = node.parent; parent; current = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
        continue
      case 'VariableDeclarator':
        return parent.init === current && parent.id.type === 'Identifier' ? parent.id.name : null
      case 'AssignmentExpression':
        if (parent.right !== current) return null
        if (parent.left.type === 'Identifier') return parent.left.name
        return parent.left.type === 'MemberExpression' ? memberName(parent.left) : null
      case 'Property':
      case 'PropertyDefinition':
        return parent.value === current ? memberName(parent) : null
      case 'MethodDefinition':
        return parent.value === current ? methodName(parent) : null
      default:
        return null
    }
  }
  return null
}

function methodName(method: TSESTree.MethodDefinition): string | null {
  if (method.kind !== 'constructor') return memberName(method)
  const owner = method.parent?.parent
  return isClass(owner) && owner.id ? `new ${owner.id.name}` : 'constructor'
}
