/**
 * The nodes of a file by their type, and the words in it, for analyses that look at a whole file: it is walked once for
 * all of them.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, walk, type Node } from './nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** What ESLint 9 and later keep of their own walk over the file. */
interface Traversed {
  traverse?(): Iterable<{ readonly kind: number; readonly phase?: number; readonly target: unknown }>
}

const VISIT = 1
const ENTER = 1

/** The types that analyses ask for. Other nodes, most of a file, are not listed. */
const LISTED = [
  'ArrowFunctionExpression', 'AssignmentExpression', 'AwaitExpression', 'BinaryExpression', 'CallExpression', 'ClassDeclaration', 'ClassExpression',
  'ForOfStatement', 'FunctionDeclaration', 'FunctionExpression', 'ImportDeclaration', 'JSXElement', 'JSXFragment', 'MemberExpression', 'NewExpression',
  'ObjectExpression', 'Property', 'PropertyDefinition', 'TSAsExpression', 'TSSatisfiesExpression', 'VariableDeclaration', 'VariableDeclarator',
] as const

type Listed = (typeof LISTED)[number]

type OfType<N extends Node, T extends string> = N extends Node ? (`${N['type']}` extends T ? N : never) : never

/** The nodes of one type, and the place of each in the order of the walk. */
interface Group {
  readonly nodes: Node[]
  readonly places: number[]
}

interface Contents {
  readonly groups: ReadonlyMap<string, Group>
  /** Identifiers, private names (`#queue`), and the keywords `async` and `await`. */
  readonly names: ReadonlySet<string>
  /** Strings and templates without parts. */
  readonly strings: ReadonlySet<string>
}

const cache = new WeakMap<SourceCode, Contents>()

function contentsOf(sourceCode: SourceCode): Contents {
  let contents = cache.get(sourceCode)
  if (!contents) cache.set(sourceCode, (contents = collect(sourceCode)))
  return contents
}

/** Every node of a file that has one of the types, in the order of `walk`. */
export function nodesOf<T extends Listed>(sourceCode: SourceCode, ...types: readonly T[]): readonly OfType<Node, T>[] {
  const groups: Group[] = []
  for (const type of types) {
    const group = contentsOf(sourceCode).groups.get(type)
    if (group && group.nodes.length > 0) groups.push(group)
  }
  return (groups.length === 1 ? groups[0]?.nodes : merge(groups)) as unknown as readonly OfType<Node, T>[]
}

/** The names and strings that a file is written with; see `file-words`. */
export function writtenIn(sourceCode: SourceCode): Pick<Contents, 'names' | 'strings'> {
  return contentsOf(sourceCode)
}

function merge(groups: readonly Group[]): Node[] {
  const merged: Node[] = []
  const open = groups.map(({ nodes, places }) => ({ nodes, places, at: 0 }))
  while (open.length > 0) {
    let first = 0
    for (let i = 1; i < open.length; i += 1) if (placeOf(open[i]) < placeOf(open[first])) first = i
    const from = open[first] as (typeof open)[number]
    merged.push(from.nodes[from.at] as Node)
    from.at += 1
    if (from.at === from.nodes.length) open.splice(first, 1)
  }
  return merged
}

function placeOf(group: { readonly places: readonly number[]; readonly at: number } | undefined): number {
  return group?.places[group.at] ?? Number.POSITIVE_INFINITY
}

function collect(sourceCode: SourceCode): Contents {
  const groups = new Map<string, Group>(LISTED.map((type) => [type, { nodes: [], places: [] }]))
  const names = new Set<string>()
  const strings = new Set<string>()
  let place = 0
  const add = (node: Node): void => {
    switch (node.type) {
      case 'Identifier':
      case 'JSXIdentifier':
        names.add(node.name)
        return
      case 'PrivateIdentifier':
        names.add(`#${node.name}`)
        return
      case 'Literal':
        if (typeof node.value === 'string' && node.value.length < LONGEST) strings.add(node.value)
        return
      case 'TemplateLiteral':
        if (node.quasis.length === 1 && node.quasis[0]) strings.add(node.quasis[0].value.cooked ?? '')
        return
      default: {
        const group = groups.get(node.type)
        if (!group) return
        group.nodes.push(node)
        group.places.push(place)
        place += 1
      }
    }
  }
  const steps = (sourceCode as Traversed).traverse?.()
  if (steps) for (const { kind, phase, target } of steps) kind === VISIT && phase === ENTER && add(target as Node)
  else walk(sourceCode.ast, sourceCode.visitorKeys, add)
  const has = (type: Listed, isSuch: (node: Node) => boolean): boolean => groups.get(type)?.nodes.some(isSuch) ?? false
  if (has('FunctionDeclaration', isAsync) || has('FunctionExpression', isAsync) || has('ArrowFunctionExpression', isAsync)) names.add('async')
  if (has('AwaitExpression', () => true) || has('ForOfStatement', waits) || has('VariableDeclaration', waits)) names.add('await')
  return { groups, names, strings }
}

/** Longer strings are texts and no names of modules or keys. */
const LONGEST = 100

function isAsync(node: Node): boolean {
  return 'async' in node && node.async
}

/** `for await (…)`, `await using x = …`. */
function waits(node: Node): boolean {
  return node.type === 'ForOfStatement' ? node.await : node.type === 'VariableDeclaration' && node.kind === 'await using'
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
