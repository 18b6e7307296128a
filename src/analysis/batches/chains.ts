/** The calls of one expression, each on what the one before gave: `db.insert(users).values(row).returning()`. */
import type { TSESTree } from '@typescript-eslint/utils'
import { memberName, unwrap, unwrapAwait, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'

export interface Link {
  /** Empty for what is called by itself: `knex('users')`. */
  readonly name: string
  readonly args: readonly Node[]
}

/** The links up to a call, innermost first. */
export function linksOf(call: TSESTree.CallExpression): Link[] {
  const links: Link[] = []
  let current: Node = call
  while (current.type === 'CallExpression') {
    const callee = unwrap(current.callee)
    links.unshift({ name: callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '', args: current.arguments })
    current = callee.type === 'MemberExpression' ? unwrapAwait(callee.object) : callee
    while (current.type === 'MemberExpression') current = unwrapAwait(current.object)
  }
  return links
}

/** The outermost call of the chain that a call is in; what follows a promise (`then`, `catch`) is no part of it. */
export function chainAround(call: TSESTree.CallExpression): TSESTree.CallExpression {
  let whole = call
  for (;;) {
    const member = whole.parent.type === 'TSNonNullExpression' || whole.parent.type === 'ChainExpression' ? whole.parent.parent : whole.parent
    const next = member?.type === 'MemberExpression' && unwrap(member.object) === whole ? member.parent : null
    if (next?.type !== 'CallExpression' || next.callee !== member || chainingMethods.has(memberName(member as TSESTree.MemberExpression) ?? '')) return whole
    whole = next
  }
}
