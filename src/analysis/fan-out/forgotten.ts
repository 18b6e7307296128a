/** Asynchronous work that a function starts and does not wait for, although it says when it is done. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { catchesAll } from '../async-contracts/exceptions.ts'
import { suspends } from '../async-contracts/suspensions.ts'
import { callsOf } from '../calls/index.ts'
import { callbackOf } from '../cardinality/enclosing-iterations.ts'
import type { Handlers, Reach } from '../handlers/index.ts'
import { workOf, type StartedWork } from '../work/index.ts'
import type { Dropped } from './dropped.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `async function save(xs) { xs.forEach(async (x) => { await write(x) }) }`: the function that is done before its tasks; null where none is. */
export function forgetterOf({ call, task }: Dropped, sourceCode: SourceCode): FunctionNode | null {
  const inner = unwrap(task)
  if (!isFunction(inner) || !suspends(inner, sourceCode.visitorKeys)) return null
  const statement = call.parent.type === 'AwaitExpression' ? call.parent.parent : call.parent
  if (statement.type !== 'ExpressionStatement') return null
  const owner = ownerOf(call)
  return owner?.async ? owner : null
}

/** The function around a node, through callbacks that array methods run at once. */
function ownerOf(node: Node): FunctionNode | null {
  let owner = enclosingFunction(node)
  while (owner && !owner.async && callbackOf(owner)) owner = enclosingFunction(owner)
  return owner
}

interface File {
  readonly sourceCode: SourceCode
  /** The user's entries of `settings.bounded.apis`. */
  readonly apis: Settings['apis']
  /** Asked where there is a call to judge. */
  handlers(): Handlers
}

export interface ForgottenCall {
  readonly call: TSESTree.CallExpression
  readonly reach: Reach
  readonly work: StartedWork
}

/**
 * `notify(user)` as a statement in a handler: an asynchronous function of the file that does known work, may fail, and
 * that nobody waits for.
 */
export function forgottenCall(statement: TSESTree.ExpressionStatement, { sourceCode, apis, handlers }: File): ForgottenCall | null {
  const call = unwrap(statement.expression)
  if (call.type !== 'CallExpression') return null
  // A function of the file is found without types.
  const { root, steps } = callsOf(sourceCode).originOf(call.callee)
  if (root.kind !== 'function' || steps.length > 0 || !root.node.async || root.node.generator || catchesAll(root.node, sourceCode)) return null
  const work = workOf(sourceCode, apis).ofFunction(root.node)
  if (work?.certainty !== 'known') return null
  const reach = handlers().handlerOf(call)
  return reach?.handler.certain && reach.handler.runs !== 'timer' ? { call, reach, work } : null
}
