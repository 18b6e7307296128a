/** Names for what rewrites bring in. */
import type { TSESLint } from '@typescript-eslint/utils'
import { enclosingFunction, isInside, type FunctionNode, type Node } from '../ast/nodes.ts'
import { perFile } from './per-file.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `wanted`, or `wanted2`, `wanted3`… where any scope of the file already uses it: for the file's own scope. */
export function freeName(sourceCode: SourceCode, wanted: string): string {
  const taken = takenNames(sourceCode)
  return firstFree(wanted, (name) => taken.has(name))
}

/** For a parameter, or the head of a loop: free in the outermost function around the place, and not among `others`. */
export function localName(sourceCode: SourceCode, wanted: string, place: Node, others: readonly string[] = []): string {
  const taken = namesAround(sourceCode, place)
  return firstFree(wanted, (name) => taken.has(name) || others.includes(name))
}

/**
 * For a statement of its own, `const results = …`: ESLint may apply the rewrites of several loops of one function together,
 * so each place gets a name of its own there, and always the same one.
 */
export function declaredName(sourceCode: SourceCode, wanted: string, place: Node): string {
  const taken = namesAround(sourceCode, place)
  const given = givenNames(sourceCode)
  const owner = outermostFunction(place)
  const names = given.get(owner) ?? new Map<string, Node>()
  given.set(owner, names)
  const name = firstFree(wanted, (candidate) => taken.has(candidate) || (names.get(candidate) ?? place) !== place)
  names.set(name, place)
  return name
}

const givenNames = perFile(() => new Map<FunctionNode | null, Map<string, Node>>())

function firstFree(wanted: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(wanted)) return wanted
  for (let i = 2; ; i += 1) if (!isTaken(`${wanted}${i}`)) return `${wanted}${i}`
}

function namesAround(sourceCode: SourceCode, place: Node): ReadonlySet<string> {
  const owner = outermostFunction(place)
  if (!owner) return takenNames(sourceCode)
  const known = namesOfFunctions(sourceCode)
  const names = known.get(owner) ?? namesIn(sourceCode, owner)
  known.set(owner, names)
  return names
}

/** Every name that some scope of the file declares or uses. */
const takenNames = perFile((sourceCode): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const { name } of scope.variables) if (name !== 'arguments') names.add(name)
    for (const { identifier } of scope.through) names.add(identifier.name as string)
  }
  return names
})

const namesOfFunctions = perFile(() => new Map<FunctionNode, ReadonlySet<string>>())

/** Every name that a scope inside the function declares or uses. */
function namesIn(sourceCode: SourceCode, owner: FunctionNode): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { block, variables, references } of sourceCode.scopeManager?.scopes ?? []) {
    if (!isInside(block as Node, owner)) continue
    for (const { name } of variables) names.add(name)
    for (const { identifier } of references) names.add(identifier.name as string)
  }
  return names
}

function outermostFunction(place: Node): FunctionNode | null {
  let owner: FunctionNode | null = null
  for (let around = enclosingFunction(place); around; around = enclosingFunction(around)) owner = around
  return owner
}
