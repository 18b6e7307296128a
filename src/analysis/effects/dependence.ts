/** What a value is made of: whether what a function or an iteration gets goes into it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInside, isKey, walk, type Node } from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'

type Variable = TSESLint.Scope.Variable

/** Whether a value rests on a parameter or an element that `repeated` gets, or on a variable in it that changes. */
export function dependsOn(value: Node, repeated: Node, sourceCode: Readonly<TSESLint.SourceCode>, seen = new Set<Variable>()): boolean {
  const calls = callsOf(sourceCode)
  let depends = false
  walk(value, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' && !isKey(node) ? calls.variableOf(node) : null
    const definition = variable?.defs[0]
    if (variable && definition && !seen.has(variable) && isInside(definition.name as Node, repeated)) {
      seen.add(variable)
      const init = definition.type === 'Variable' ? (definition.node as TSESTree.VariableDeclarator).init : null
      const changes = variable.references.some((reference) => reference.isWrite() && !reference.init)
      depends = !init || changes || dependsOn(init, repeated, sourceCode, seen)
    }
    return depends ? 'stop' : undefined
  })
  return depends
}
