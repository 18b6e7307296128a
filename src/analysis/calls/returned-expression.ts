import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isClass, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'

/** The expression that a function returns where it has one `return` with a value at the top of its body; otherwise null. */
export function returnedExpression(node: FunctionNode): Node | null {
  if (node.generator) return null
  if (node.body.type !== 'BlockStatement') return node.body
  const returns = node.body.body.filter((statement) => statement.type === 'ReturnStatement')
  return returns.length === 1 ? (returns[0]?.argument ?? null) : null
}

/** Every expression that a function may return, in the order of the source. */
export function returnedExpressions(node: FunctionNode, sourceCode: Readonly<TSESLint.SourceCode>): TSESTree.Expression[] {
  if (node.body.type !== 'BlockStatement') return [node.body]
  const found: TSESTree.Expression[] = []
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (isClass(child)) return 'skip'
    if (child.type === 'ReturnStatement' && child.argument) found.push(child.argument)
    return undefined
  })
  return found
}
