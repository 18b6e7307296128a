/** Variables through which code gets at a value. */
import type { TSESLint } from '@typescript-eslint/utils'
import { isFunction, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
export type Variable = TSESLint.Scope.Variable

/** Whether code names one of the variables. */
export function mentionsAny(code: Node, variables: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  return variables.size > 0 && !eachVariable(code, sourceCode, (variable) => variables.has(variable))
}

/** Adds the variables that a pattern declares or assigns. */
export function addNames(pattern: Node, variables: Set<Variable>, sourceCode: SourceCode): void {
  eachVariable(pattern, sourceCode, (variable) => {
    variables.add(variable)
    return false
  })
}

function eachVariable(code: Node, sourceCode: SourceCode, isLast: (variable: Variable) => boolean): boolean {
  const calls = callsOf(sourceCode)
  return walk(code, sourceCode.visitorKeys, (node) => {
    const variable = node.type === 'Identifier' ? calls.variableOf(node) : null
    return variable && isLast(variable) ? 'stop' : undefined
  })
}

/**
 * The variables and those that come of them.
 *
 * - `made`: without waiting: `const users = manager.getRepository(User)`, `const ctx = { ...req, tx }`.
 * - `learnt`: their results as well: `const user = await tx.user.findFirst()`, and `item` of `items`.
 */
export function spread(from: ReadonlySet<Variable>, through: 'made' | 'learnt', code: Node, sourceCode: SourceCode): Set<Variable> {
  const all = new Set(from)
  const pass = (value: Node, target: Node): void => {
    if (mentionsAny(value, all, sourceCode)) addNames(target, all, sourceCode)
  }
  for (let before = -1; before < all.size; ) {
    before = all.size
    walk(code, sourceCode.visitorKeys, (node) => {
      if (node.type === 'VariableDeclarator' && node.init) {
        const value = unwrap(node.init)
        if (through === 'learnt' || (value.type !== 'AwaitExpression' && !isFunction(value))) pass(value, node.id)
      } else if (through === 'made') return
      else if (node.type === 'AssignmentExpression') pass(node.right, node.left)
      else if (node.type === 'ForOfStatement') pass(node.right, node.left)
      else if (isFunction(node) && node.parent.type === 'CallExpression') for (const parameter of node.params) pass(node.parent.callee, parameter)
    })
  }
  return all
}
