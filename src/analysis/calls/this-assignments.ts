/** What methods of a class put into `this`. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isClass, type ClassNode, type Node } from '../../ast/nodes.ts'

/** The assignments `this.x = …` in the methods of each class, functions in them included. */
export function assignmentsToThis(sourceCode: TSESLint.SourceCode): ReadonlyMap<ClassNode, readonly TSESTree.AssignmentExpression[]> {
  const assignments = new Map<ClassNode, TSESTree.AssignmentExpression[]>()
  for (const node of nodesOf(sourceCode, 'AssignmentExpression')) {
    if (node.operator === '+=' || node.left.type !== 'MemberExpression' || node.left.object.type !== 'ThisExpression') continue
    const owner = methodOwner(node)
    if (!owner) continue
    const known = assignments.get(owner)
    if (known) known.push(node)
    else assignments.set(owner, [node])
  }
  return assignments
}

/** The nearest class around a node, where a method of it holds the node. */
function methodOwner(node: Node): ClassNode | null {
  let element = node
  for (let current = node.parent; current && !isClass(current); current = current.parent) {
    if (current.type === 'MethodDefinition' && current.value === element) return current.parent.parent
    element = current
  }
  return null
}
