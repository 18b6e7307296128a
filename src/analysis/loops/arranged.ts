/** Lists whose order somebody made on purpose, because of what is done with the elements. */
import type { TSESLint } from '@typescript-eslint/utils'
import { endsInWord, hasWord, nameOf } from '../../ast/names.ts'
import { isFunction, memberName, unwrap, unwrapAwait, walk, type Node } from '../../ast/nodes.ts'
import { sortingMethods } from '../../knowledge/built-in-methods.ts'
import { dependencyOrder, orderedLists, rankingMembers } from '../../knowledge/order-names.ts'
import { referencesOf } from '../effects/accesses.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * What shows that a list has its order from what depends on what (`topoSort(models)`), from a rank that its elements were
 * given (`xs.toSorted((a, b) => a.priority - b.priority)`), or by its name (`importSequence`); null where nothing does.
 * A list that is sorted by anything else may be sorted for people to read.
 */
export function arrangedBy(list: Node, sourceCode: SourceCode, depth = 0): Node | null {
  const value = unwrapAwait(list)
  if (value.type === 'LogicalExpression') return arrangedBy(value.left, sourceCode, depth) ?? arrangedBy(value.right, sourceCode, depth)
  if (value.type === 'CallExpression') {
    const callee = unwrap(value.callee)
    if (saysDependencies(nameOf(callee)) || isRanking(value.arguments[0], callee, sourceCode)) return value
    const [first] = value.arguments
    const isCopy = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && /^(?:Array|Object)$/.test(callee.object.name)
    if (isCopy) return first ? arrangedBy(first, sourceCode, depth) : null
    return callee.type === 'MemberExpression' ? arrangedBy(callee.object, sourceCode, depth) : null
  }
  const name = nameOf(value)
  if (saysDependencies(name) || endsInWord(name, orderedLists)) return value
  if (value.type !== 'Identifier' || depth > MAX_DEPTH) return null
  const definition = referencesOf(sourceCode).get(value)?.resolved?.defs[0]
  const made = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? definition.node.init : null
  return made ? arrangedBy(made as Node, sourceCode, depth + 1) : null
}

/** Names of names are followed so far. */
const MAX_DEPTH = 3

const saysDependencies = (name: string | null): boolean => hasWord(name, dependencyOrder)

/** `.sort((a, b) => a.order - b.order)`. */
function isRanking(comparator: Node | undefined, callee: Node, sourceCode: SourceCode): boolean {
  if (callee.type !== 'MemberExpression' || !sortingMethods.has(memberName(callee) ?? '')) return false
  if (!comparator || !isFunction(comparator)) return false
  return !walk(comparator.body, sourceCode.visitorKeys, (node) =>
    node.type === 'MemberExpression' && endsInWord(memberName(node), rankingMembers) ? 'stop' : undefined,
  )
}
