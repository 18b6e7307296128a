/** Who uses which variable where: the scope questions of the loop rewrites. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, type Node } from '../../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
export type Variable = TSESLint.Scope.Variable
type Reference = TSESLint.Scope.Reference

/** Variables that declarations anywhere inside the nodes bind. */
export function declaredIn(sourceCode: SourceCode, nodes: readonly Node[]): Variable[] {
  return [...new Set(nodes.flatMap((node) => within(positionsOf(sourceCode).definitions, node)))]
}

/** Variables that statements of a list bind in the list's own block, `var` included. */
export function boundBy(sourceCode: SourceCode, statements: readonly Node[]): Variable[] {
  return statements.flatMap((statement) => [...(sourceCode.scopeManager?.getDeclaredVariables(statement as never) ?? [])])
}

/** References inside the nodes, with the variable each means (null for a global that nothing declares). */
export function referencesIn(sourceCode: SourceCode, nodes: readonly Node[]): Reference[] {
  return [...new Set(nodes.flatMap((node) => within(positionsOf(sourceCode).references, node)))]
}

/** Things at the place of a name, in source order. */
type Placed<T> = readonly { readonly at: number; readonly value: T }[]

interface Positions {
  readonly definitions: Placed<Variable>
  readonly references: Placed<Reference>
}

const positions = new WeakMap<SourceCode, Positions>()

/** Computed once per file: a file with many loops asks for small parts of it many times. */
function positionsOf(sourceCode: SourceCode): Positions {
  const known = positions.get(sourceCode)
  if (known) return known
  const scopes = sourceCode.scopeManager?.scopes ?? []
  const inOrder = <T>(list: { at: number; value: T }[]): Placed<T> => list.sort((a, b) => a.at - b.at)
  const made = {
    definitions: inOrder(
      scopes.flatMap(({ variables }) =>
        variables.flatMap((value) => value.defs.map(({ name }) => ({ at: (name as Node).range[0], value }))),
      ),
    ),
    references: inOrder(
      scopes.flatMap(({ references }) => references.map((value) => ({ at: (value.identifier as Node).range[0], value }))),
    ),
  }
  positions.set(sourceCode, made)
  return made
}

function within<T>(placed: Placed<T>, { range }: Node): T[] {
  let low = 0
  for (let high = placed.length; low < high; ) {
    const middle = (low + high) >>> 1
    if ((placed[middle]?.at ?? 0) < range[0]) low = middle + 1
    else high = middle
  }
  const found: T[] = []
  for (let i = low; i < placed.length; i += 1) {
    const entry = placed[i]
    if (!entry || entry.at >= range[1]) break
    found.push(entry.value)
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
