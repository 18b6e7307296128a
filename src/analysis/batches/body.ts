/** What else an element's turn does, and what it has to do with the call. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, isInside, isKey, memberName, unwrap, unwrapAwait, walk, walkOwnCode, wrapped, type Node } from '../../ast/nodes.ts'
import { appendingMethods, chainingMethods, fillingMethods, keyedMethods, removingMethods, takingMethods } from '../../knowledge/built-in-methods.ts'
import type { Calls } from '../calls/index.ts'
import type { Site } from './sites.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const CHANGING: ReadonlySet<string> = new Set([...fillingMethods, ...removingMethods, ...takingMethods])
const KEEPING: ReadonlySet<string> = new Set([...appendingMethods, ...keyedMethods])
type Variable = TSESLint.Scope.Variable

interface File {
  readonly sourceCode: SourceCode
  readonly calls: Calls
}

/** Whether an expression mentions what the site declares: its element, and what it makes of it. */
export function mentionsOwn(node: Node, site: Node, { sourceCode, calls }: File): boolean {
  return !walk(node, sourceCode.visitorKeys, (child) => (child.type === 'Identifier' && !isKey(child) && isDeclaredIn(calls.variableOf(child), site) ? 'stop' : undefined))
}

function isDeclaredIn(variable: Variable | null, site: Node): boolean {
  const name = variable?.identifiers[0] as Node | undefined
  return name !== undefined && isInside(name, site)
}

/** What a value rests on, through the variables of the site. */
export interface Roots {
  /** Something that the site waits for. */
  readonly awaited: Node | null
  /** Something from outside the site that it changes: what one turn leaves for the next. */
  readonly carried: Node | null
}

export function rootsOf(values: readonly Node[], site: Node, file: File): Roots {
  const seen = new Set<Variable>()
  let awaited: Node | null = null
  let carried: Node | null = null
  const look = (value: Node): void => {
    walk(value, file.sourceCode.visitorKeys, (node) => {
      if (node.type === 'AwaitExpression') awaited ??= node
      const variable = node.type === 'Identifier' && !isKey(node) ? file.calls.variableOf(node) : null
      if (!variable || seen.has(variable)) return
      seen.add(variable)
      if (!isDeclaredIn(variable, site)) {
        carried ??= changeOf(variable, site)
        return
      }
      for (const { writeExpr, init } of variable.references) if (writeExpr && (init || isInside(writeExpr as Node, site))) look(writeExpr as Node)
    })
  }
  values.forEach(look)
  return { awaited, carried }
}

/** Where a site assigns a variable from outside, or puts something into it. */
function changeOf(variable: Variable, site: Node): Node | null {
  for (const reference of variable.references) {
    const name = reference.identifier as Node
    if (!isInside(name, site)) continue
    if (reference.isWrite() && !reference.init) return name
    const member = name.parent
    if (member?.type !== 'MemberExpression' || member.object !== name) continue
    const use = member.parent
    if (use.type === 'AssignmentExpression' && use.left === member) return use
    if (use.type === 'CallExpression' && use.callee === member && CHANGING.has(memberName(member) ?? '')) return use
  }
  return null
}

/** What becomes of what a call gives: nothing takes it, it is only kept (pushed, returned by the site), or the same turn uses it. */
export type Use = 'none' | 'kept' | 'used'

export function useOf(call: Node, site: Site): Use {
  const value = wrapped(call)
  const parent = value.parent
  if (value === site.task || value === site.body || (parent?.type === 'ReturnStatement' && isFunction(site.node))) return isDropped(site) ? 'none' : 'kept'
  if (parent?.type === 'AwaitExpression') return useOf(parent, site)
  if (parent?.type === 'ExpressionStatement') return 'none'
  // `limit(() => save(user))`
  if (parent?.type === 'ArrowFunctionExpression' && parent.parent.type === 'CallExpression') return useOf(parent.parent, site)
  if (parent?.type === 'ArrayExpression' || parent?.type === 'SpreadElement') return 'kept'
  if (parent?.type === 'AssignmentExpression') return parent.left.type === 'MemberExpression' ? 'kept' : 'used'
  if (parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && parent.callee.object !== value) return KEEPING.has(memberName(parent.callee) ?? '') ? 'kept' : 'used'
  return parent?.type === 'ConditionalExpression' || parent?.type === 'LogicalExpression' || parent?.type === 'CallExpression' ? useOf(parent, site) : 'used'
}

/** Whether nothing takes what the calls of a site give: `await Promise.all(users.map(save))` as a statement. */
function isDropped({ task, together }: Site): boolean {
  const call = together?.call ?? task.parent
  if (!call) return false
  const value = wrapped(call)
  const statement = value.parent?.type === 'AwaitExpression' ? wrapped(value.parent).parent : value.parent
  return statement?.type === 'ExpressionStatement'
}

/** A `catch` between a call and its site: what fails for one element is dealt with for that one. */
export function catcherOf(call: Node, site: Site): Node | null {
  if (site.together?.combinator === 'settled') return site.together.call
  let child = call
  for (let node = call.parent; node && child !== site.node; child = node, node = node.parent) {
    if (node.type === 'TryStatement' && node.block === child && node.handler && !endsInThrow(node.handler.body)) return node.handler
    if (node.type === 'MemberExpression' && node.object === child && chainingMethods.has(memberName(node) ?? '')) {
      const then = node.parent
      if (then.type === 'CallExpression' && then.callee === node && (memberName(node) === 'catch' || then.arguments.length > 1)) return then
    }
  }
  return null
}

const endsInThrow = ({ body }: TSESTree.BlockStatement): boolean => body.at(-1)?.type === 'ThrowStatement'

/** Everything else that a site waits for. */
export function otherWaits(call: Node, { body }: Site, { sourceCode }: File): TSESTree.AwaitExpression[] {
  const found: TSESTree.AwaitExpression[] = []
  walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'AwaitExpression' && !isInside(call, node)) found.push(node)
  })
  return found
}

/** The calls that an `await` waits for. */
export function callsIn(wait: TSESTree.AwaitExpression, { sourceCode }: File): TSESTree.CallExpression[] {
  const found: TSESTree.CallExpression[] = []
  walk(unwrapAwait(wait.argument), sourceCode.visitorKeys, (node) => {
    if (node.type === 'CallExpression') found.push(node)
  })
  return found
}

/** What a call is a method of; null for others. */
export function receiverOf(call: TSESTree.CallExpression): Node | null {
  const callee = unwrap(call.callee)
  return callee.type === 'MemberExpression' ? callee.object : null
}
