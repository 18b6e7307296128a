/** Who uses which variable where: the scope questions of the loop rewrites. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, type Node } from '../../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
export type Variable = TSESLint.Scope.Variable
type Reference = TSESLint.Scope.Reference

/** Variables that declarations anywhere inside the nodes bind. */
export function declaredIn(sourceCode: SourceCode, nodes: readonly Node[]): Variable[] {
  return [...new Set(nodes.flatMap((node) => within(definitionsOf(sourceCode), node)))]
}

/** Variables that statements of a list bind in the list's own block, `var` included. */
export function boundBy(sourceCode: SourceCode, statements: readonly Node[]): Variable[] {
  return statements.flatMap((statement) => [...(sourceCode.scopeManager?.getDeclaredVariables(statement as never) ?? [])])
}

/** References inside the nodes, with the variable each means (null for a global that nothing declares). */
export function referencesIn(sourceCode: SourceCode, nodes: readonly Node[]): Reference[] {
  return [...new Set(nodes.flatMap((node) => within(referencesOf(sourceCode), node)))]
}

/** Things at the place of a name, in source order. */
type Placed<T> = readonly { readonly at: number; readonly value: T }[]

const definitions = new WeakMap<SourceCode, Placed<Variable>>()
const references = new WeakMap<SourceCode, Placed<Reference>>()

/** Each computed once per file: a file with many loops asks for small parts of it many times. */
function definitionsOf(sourceCode: SourceCode): Placed<Variable> {
  return placed(definitions, sourceCode, (add) => {
    for (const { variables } of sourceCode.scopeManager?.scopes ?? []) {
      for (const variable of variables) for (const { name } of variable.defs) add(name as Node, variable)
    }
  })
}

function referencesOf(sourceCode: SourceCode): Placed<Reference> {
  return placed(references, sourceCode, (add) => {
    for (const scope of sourceCode.scopeManager?.scopes ?? []) for (const reference of scope.references) add(reference.identifier as Node, reference)
  })
}

function placed<T>(cache: WeakMap<SourceCode, Placed<T>>, sourceCode: SourceCode, each: (add: (node: Node, value: T) => void) => void): Placed<T> {
  const known = cache.get(sourceCode)
  if (known) return known
  const list: { at: number; value: T }[] = []
  each(({ range }, value) => list.push({ at: range[0], value }))
  list.sort((a, b) => a.at - b.at)
  cache.set(sourceCode, list)
  return list
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
