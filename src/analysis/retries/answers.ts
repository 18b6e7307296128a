/** Answers that say that something failed: `if (response.status === 429) …`, `if (!response.ok) …`. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInside, memberName, unwrap, walk, type Node } from '../../ast/nodes.ts'
import type { File } from './attempts.ts'

export interface Answer {
  readonly variable: TSESLint.Scope.Variable
  /** The expression that was waited for. */
  readonly tried: Node
}

/** The answer to something within `code` whose failure a test asks about; null where it asks about anything else. */
export function failedAnswer(test: Node, code: Node, { sourceCode, calls }: File): Answer | null {
  if (!saysFailure(test)) return null
  let found: Answer | null = null
  walk(test, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' ? calls.variableOf(node) : null
    const definition = variable?.defs.length === 1 ? variable.defs[0] : null
    if (!variable || definition?.type !== 'Variable') return undefined
    const { init } = definition.node as TSESTree.VariableDeclarator
    if (init?.type !== 'AwaitExpression' || !isInside(init, code)) return undefined
    found = { variable, tried: init }
    return 'stop'
  })
  return found
}

/** `status === 429`, `status >= 500`, `status !== 200`, `!response.ok`; alternatives count where one of them says so. */
function saysFailure(test: Node): boolean {
  const value = unwrap(test)
  switch (value.type) {
    case 'LogicalExpression':
      return saysFailure(value.left) || saysFailure(value.right)
    case 'UnaryExpression':
      return value.operator === '!' && unwrap(value.argument).type === 'MemberExpression' && memberName(unwrap(value.argument) as TSESTree.MemberExpression) === 'ok'
    case 'BinaryExpression': {
      const [side, number] = value.right.type === 'Literal' ? [value.left, value.right.value] : [value.right, value.left.type === 'Literal' ? value.left.value : null]
      if (typeof number !== 'number' || !/status/i.test(nameAt(side))) return false
      return /^!==?$/.test(value.operator) ? number >= 200 && number < 300 : /^(?:===?|>=?)$/.test(value.operator) && number >= 399 && number < 600
    }
    default:
      return false
  }
}

function nameAt(node: Node): string {
  const value = unwrap(node)
  return value.type === 'Identifier' ? value.name : value.type === 'MemberExpression' ? (memberName(value) ?? '') : ''
}
