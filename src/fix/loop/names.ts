/** Who uses which variable where: the scope questions of the loop rewrites. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, type Node } from '../../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
export type Variable = TSESLint.Scope.Variable
type Reference = TSESLint.Scope.Reference

/** Variables that declarations anywhere inside the nodes bind. */
export function declaredIn(sourceCode: SourceCode, nodes: readonly Node[]): Variable[] {
  const found: Variable[] = []
  for (const { variables } of sourceCode.scopeManager?.scopes ?? []) {
    for (const variable of variables) {
      if (variable.defs.some(({ name }) => nodes.some((node) => isInside(name as Node, node)))) found.push(variable)
    }
  }
  return found
}

/** Variables that statements of a list bind in the list's own block, `var` included. */
export function boundBy(sourceCode: SourceCode, statements: readonly Node[]): Variable[] {
  return statements.flatMap((statement) => [...(sourceCode.scopeManager?.getDeclaredVariables(statement as never) ?? [])])
}

/** References inside the nodes, with the variable each means (null for a global that nothing declares). */
export function referencesIn(sourceCode: SourceCode, nodes: readonly Node[]): Reference[] {
  const found: Reference[] = []
  for (const { references } of sourceCode.scopeManager?.scopes ?? []) {
    for (const reference of references) {
      if (nodes.some((node) => isInside(reference.identifier as Node, node))) found.push(reference)
    }
  }
  return found
}

/** Writes other than the variable's initialisation. */
export function laterWrites(variable: Variable): Reference[] {
  return variable.references.filter((reference) => reference.isWrite() && !reference.init)
}

/** Whether a function inside the variable's own function uses it: it may run at another time. */
export function isCaptured(variable: Variable): boolean {
  const home = variable.scope.variableScope.block as Node
  return variable.references.some(({ identifier }) => (enclosingFunction(identifier as Node) ?? null) !== functionOf(home))
}

function functionOf(block: Node): Node | null {
  return block.type === 'Program' || block.type === 'StaticBlock' || block.type.startsWith('TS') ? null : block
}

export function isUsedIn(variable: Variable, nodes: readonly Node[]): boolean {
  return variable.references.some(({ identifier }) => nodes.some((node) => isInside(identifier as Node, node)))
}

export function isWrittenIn(variable: Variable, nodes: readonly Node[]): boolean {
  return variable.references.some(
    (reference) => reference.isWrite() && nodes.some((node) => isInside(reference.identifier as Node, node)),
  )
}

/** Names of identifiers used as values inside a node, whatever they mean. */
export function namesUsedIn(sourceCode: SourceCode, node: Node): Set<string> {
  return new Set(referencesIn(sourceCode, [node]).map(({ identifier }) => (identifier as TSESTree.Identifier).name))
}
