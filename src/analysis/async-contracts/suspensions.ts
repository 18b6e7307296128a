import type { TSESLint } from '@typescript-eslint/utils'
import { walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'

type VisitorKeys = TSESLint.SourceCode['visitorKeys']

/** Whether a function gives up control: `await`, `for await`, `await using` in its own code, its parameters included. */
export function suspends(node: FunctionNode, visitorKeys: VisitorKeys): boolean {
  return firstSuspension(node, visitorKeys) !== null
}

function firstSuspension(node: FunctionNode, visitorKeys: VisitorKeys): Node | null {
  let found: Node | null = null
  for (const part of [...node.params, node.body]) {
    walkOwnCode(part, visitorKeys, (child) => {
      if (found) return 'stop'
      if (isSuspension(child)) {
        found = child
        return 'stop'
      }
      return undefined
    })
  }
  return found
}

/** `await x`, `for await (…)`, `await using x = …`. */
export function isSuspension(node: Node): boolean {
  return (
    node.type === 'AwaitExpression' ||
    (node.type === 'ForOfStatement' && node.await) ||
    (node.type === 'VariableDeclaration' && node.kind === 'await using')
  )
}
