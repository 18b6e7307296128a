/** The nodes of a file by their type, for analyses that look at a whole file: it is walked once for all of them. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, walk, type Node } from './nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** What ESLint 9 and later keep of their own walk over the file. */
interface Traversed {
  traverse?(): Iterable<{ readonly kind: number; readonly phase?: number; readonly target: unknown }>
}

const VISIT = 1
const ENTER = 1

type OfType<N extends Node, T extends string> = N extends Node ? (`${N['type']}` extends T ? N : never) : never

/** The nodes of one type, and the place of each in the order of the walk. */
interface Group {
  readonly nodes: Node[]
  readonly places: number[]
}

const cache = new WeakMap<SourceCode, ReadonlyMap<string, Group>>()

/** Every node of a file that has one of the types, in the order of `walk`. Names and literals are half of all nodes and are left out. */
export function nodesOf<T extends Exclude<`${Node['type']}`, 'Identifier' | 'Literal'>>(sourceCode: SourceCode, ...types: readonly T[]): readonly OfType<Node, T>[] {
  let groups = cache.get(sourceCode)
  if (!groups) cache.set(sourceCode, (groups = collect(sourceCode)))
  let merged: Group = EMPTY
  for (const type of types) {
    const group = groups.get(type)
    if (group) merged = merged === EMPTY ? group : merge(merged, group)
  }
  return merged.nodes as unknown as readonly OfType<Node, T>[]
}

const EMPTY: Group = { nodes: [], places: [] }

function merge(left: Group, right: Group): Group {
  const merged: Group = { nodes: [], places: [] }
  for (let l = 0, r = 0; l < left.nodes.length || r < right.nodes.length; ) {
    const isLeft = r === right.nodes.length || (l < left.nodes.length && (left.places[l] as number) < (right.places[r] as number))
    const from = isLeft ? left : right
    const at = isLeft ? l++ : r++
    merged.nodes.push(from.nodes[at] as Node)
    merged.places.push(from.places[at] as number)
  }
  return merged
}

function collect(sourceCode: SourceCode): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>()
  let place = 0
  const add = (node: Node): void => {
    const { type } = node
    if (type === 'Identifier' || type === 'Literal') return
    let group = groups.get(type)
    if (!group) groups.set(type, (group = { nodes: [], places: [] }))
    group.nodes.push(node)
    group.places.push(place)
    place += 1
  }
  const steps = (sourceCode as Traversed).traverse?.()
  if (steps) for (const { kind, phase, target } of steps) kind === VISIT && phase === ENTER && add(target as Node)
  else walk(sourceCode.ast, sourceCode.visitorKeys, add)
  return groups
}

const membersByName = new WeakMap<SourceCode, ReadonlyMap<string, readonly TSESTree.MemberExpression[]>>()

/** Every member access of a file that ends with a name: `x.name`, `this.name`, `x['name']`. */
export function membersNamed(name: string, sourceCode: SourceCode): readonly TSESTree.MemberExpression[] {
  let members = membersByName.get(sourceCode)
  if (!members) membersByName.set(sourceCode, (members = collectMembers(sourceCode)))
  return members.get(name) ?? []
}

function collectMembers(sourceCode: SourceCode): ReadonlyMap<string, readonly TSESTree.MemberExpression[]> {
  const members = new Map<string, TSESTree.MemberExpression[]>()
  for (const node of nodesOf(sourceCode, 'MemberExpression')) {
    const name = memberName(node)
    if (name === null) continue
    const known = members.get(name)
    if (known) known.push(node)
    else members.set(name, [node])
  }
  return members
}
