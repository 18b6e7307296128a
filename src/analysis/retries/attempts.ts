/** What a retry tries: work outside the process, or a function that the caller brings. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { hasWord, nameOf } from '../../ast/names.ts'
import { unwrap, walk, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { askingVerbs } from '../../knowledge/order-names.ts'
import type { Handlers } from '../handlers/index.ts'
import type { Calls } from '../calls/index.ts'
import type { Sight } from '../loops/sight.ts'
import { isUsedAsPromise } from '../work/index.ts'

export interface File {
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly calls: Calls
  readonly sight: Sight
  readonly handlers: () => Handlers
}

export interface Attempt {
  readonly call: TSESTree.CallExpression
  /** `ordered` where a person, a terminal or a page answers. */
  readonly by: 'machine' | 'person'
}

/** The call that code tries, if it tries one that can fail for a while; what is known wins over what a name says. */
export function attemptIn(code: Node, { sourceCode, calls, sight }: File): Attempt | null {
  let found: Attempt | null = null
  walkOwnCode(code, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'CallExpression') return undefined
    const started = sight.work.ofCall(node)
    if (started) {
      const by = started.access === 'ordered' && started.work === 'process' ? 'person' : 'machine'
      if (started.certainty === 'known' || !found) found = { call: node, by }
      return started.certainty === 'known' ? 'stop' : undefined
    }
    if (!found && isUsedAsPromise(node) && isGiven(node, calls)) found = { call: node, by: 'machine' }
    return undefined
  })
  return found
}

/** Whether code asks a person in between: `prompt('Password?', (error, password) => …)`. */
export function asksPerson(code: Node, { sourceCode }: File): boolean {
  return !walk(code, sourceCode.visitorKeys, (node) =>
    node.type === 'CallExpression' && hasWord(nameOf(node.callee), askingVerbs) ? 'stop' : undefined,
  )
}

/** `await task()`, where the function is a parameter: `retry(task)`. */
function isGiven(call: TSESTree.CallExpression, calls: Calls): boolean {
  const { root, steps } = calls.originOf(unwrap(call.callee))
  return root.kind === 'parameter' && steps.length === 0
}
