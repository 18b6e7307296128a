/** Rows that are all of a table. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { memberName, unwrap, walk, type Node } from '../../ast/nodes.ts'
import { listingMethods, narrowingNames, narrowingSql } from '../../knowledge/whole-reads.ts'
import type { Calls } from '../calls/index.ts'
import { initOf } from './paths.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Names and calls that rows are followed through. */
const MAX_DEPTH = 5

/** The query behind `rows`, `result.rows`, `rows.map(…)`, where it asks for everything; null where it does not, or is not seen. */
export function tableOf(rows: Node, calls: Calls, sourceCode: SourceCode, depth = 0): TSESTree.CallExpression | null {
  const value = unwrap(rows)
  if (depth > MAX_DEPTH) return null
  switch (value.type) {
    case 'Identifier': {
      const init = initOf(value, calls)
      return init && tableOf(init, calls, sourceCode, depth + 1)
    }
    case 'MemberExpression':
      return tableOf(value.object, calls, sourceCode, depth + 1)
    case 'CallExpression':
      return value.callee.type === 'MemberExpression' && memberName(value.callee) === 'map' ? tableOf(value.callee.object, calls, sourceCode, depth + 1) : null
    case 'AwaitExpression': {
      const query = unwrap(value.argument)
      return query.type === 'CallExpression' && isListing(query) && !narrows(query, sourceCode) ? query : null
    }
    default:
      return null
  }
}

/** One of the calls along the way: `User.findAll()`, `User.find().lean()`. */
function isListing(query: TSESTree.CallExpression): boolean {
  for (let current: Node = query; ; ) {
    const callee: Node | null = current.type === 'CallExpression' ? unwrap(current.callee) : current
    if (callee.type !== 'MemberExpression') return false
    if (current.type === 'CallExpression' && listingMethods.has(memberName(callee) ?? '')) return true
    current = unwrap(callee.object)
  }
}

/** Whether a query says how many rows it wants, or which; one that is written elsewhere may. */
function narrows(query: TSESTree.CallExpression, { visitorKeys }: SourceCode): boolean {
  if (query.arguments.some(({ type }) => type !== 'ObjectExpression' && type !== 'Literal' && type !== 'TemplateLiteral')) return true
  return !walk(query, visitorKeys, (node) => {
    const narrow =
      node.type === 'MemberExpression' || node.type === 'Property' ? narrowingNames.has(memberName(node) ?? '')
      : node.type === 'Literal' ? narrowingSql.test(String(node.value))
      : node.type === 'TemplateElement' ? narrowingSql.test(node.value.raw)
      : node.type === 'SpreadElement'
    return narrow ? 'stop' : undefined
  })
}
