import type { TSESLint } from '@typescript-eslint/utils'
import { isFunction, unwrap, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Calls } from '../calls/index.ts'
import type { StartedWork, WorkAnalysis } from '../work/index.ts'

/**
 * The work that an asynchronous function waits for or gives back; null where it waits for none that is known. What goes
 * through one thing in turn (a line of a log) is no fan-out.
 */
export function awaitedWorkOf(
  task: Node,
  facts: WorkAnalysis,
  calls: Calls,
  sourceCode: Readonly<TSESLint.SourceCode>,
): StartedWork | null {
  if (isFunction(task)) return ofFunction(task, facts, sourceCode)
  const { root } = calls.originOf(task)
  const inner = root.kind === 'function' ? ofFunction(root.node, facts, sourceCode) : null
  return inner && root.kind === 'function' ? { ...inner, via: [root.node, ...inner.via] } : null
}

function ofFunction({ body }: FunctionNode, facts: WorkAnalysis, sourceCode: Readonly<TSESLint.SourceCode>): StartedWork | null {
  const workIn = (node: Node): StartedWork | null => {
    const started = facts.ofExpression(node)
    return started?.access === 'ordered' ? null : started
  }
  if (body.type !== 'BlockStatement') return workIn(unwrap(body))
  let found: StartedWork | null = null
  walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    const awaited = node.type === 'AwaitExpression' ? node.argument : node.type === 'ForOfStatement' && node.await ? node.right : null
    const started = awaited && workIn(awaited)
    if (started && (!found || (found.certainty === 'likely' && started.certainty === 'known'))) found = started
  })
  return found
}
