import type { Node } from '../../ast/nodes.ts'

/** What makes a list as long as its data. */
export type DynamicSource =
  /** The result of a database or network call, known or likely. */
  | 'query'
  /** Entries of a folder, matches of a glob. */
  | 'listing'
  /** What a user or client sent. */
  | 'request'
  /** A number computed while the program runs. */
  | 'count'
  /** The result of an asynchronous function that is not known. */
  | 'awaited'
  /** The result of a function of another file whose name says that it is a list. */
  | 'returned'
  /** A parameter that is a list. */
  | 'parameter'
  /** Numbers from one that callers pass to another. */
  | 'range'
  /** What an asynchronous iterable gives. */
  | 'iterated'
  /** What a user picked in an interface, by its name. */
  | 'selection'
  /** Children of a node, all the way down. */
  | 'tree'
  /** What is to be done, by its name. */
  | 'todo'
  /** Pieces of a list, all of them. */
  | 'pieces'
  /** Nodes of a tree that something else walks. */
  | 'visited'
  /** What an object's methods put into a field, one by one. */
  | 'kept'

/** How long a list may be, or how often a loop may run, and the node that shows it. */
export type Size =
  /** At most `max`; `null` where something bounds it whose number is not written in the file. */
  | { readonly kind: 'bounded'; readonly max: number | null; readonly by: Proof; readonly because: Node }
  /** As long as the data. `strong`: the data comes from outside the process; `weak`: from a caller or a function that nobody knows. */
  | { readonly kind: 'dynamic'; readonly source: DynamicSource; readonly strength: 'strong' | 'weak'; readonly because: Node }
  /** `own-part`: its name says that it is a part of the program or its configuration. */
  | { readonly kind: 'unknown'; readonly hint: 'own-part' | 'field' | null; readonly because: Node }

export type Proof = 'literal' | 'constant' | 'slice' | 'piece' | 'count' | 'limit' | 'guard' | 'type'

export const bounded = (max: number | null, by: Proof, because: Node): Size => ({ kind: 'bounded', max, by, because })

export const unknown = (because: Node, hint: 'own-part' | 'field' | null = null): Size => ({ kind: 'unknown', hint, because })

const WEAK: ReadonlySet<DynamicSource> = new Set(['awaited', 'returned', 'parameter', 'range', 'selection', 'tree', 'todo', 'pieces', 'visited', 'kept'])

export function dynamic(source: DynamicSource, because: Node): Size {
  const strength = WEAK.has(source) ? 'weak' : 'strong'
  return { kind: 'dynamic', source, strength, because }
}

/** Either of them: as long as the longer one may be. */
export function join(left: Size, right: Size): Size {
  if (left.kind === 'bounded' && right.kind === 'bounded') {
    if (left.max === null || right.max === null) return left.max === null ? left : right
    return left.max >= right.max ? left : right
  }
  return stronger(left, right)
}

/** One after the other. */
export function add(left: Size, right: Size): Size {
  return combine(left, right, (a, b) => a + b)
}

/** One for each of the other. */
export function multiply(left: Size, right: Size): Size {
  return combine(left, right, (a, b) => a * b)
}

function combine(left: Size, right: Size, operate: (a: number, b: number) => number): Size {
  if (left.kind !== 'bounded' || right.kind !== 'bounded') return stronger(left, right)
  const max = left.max === null || right.max === null ? null : operate(left.max, right.max)
  const larger = (right.max ?? Infinity) >= (left.max ?? Infinity) ? right : left
  return { ...larger, max }
}

function stronger(left: Size, right: Size): Size {
  const rank = (size: Size) => (size.kind === 'bounded' ? 0 : size.kind === 'unknown' ? 1 : size.strength === 'weak' ? 2 : 3)
  return rank(right) > rank(left) ? right : left
}
