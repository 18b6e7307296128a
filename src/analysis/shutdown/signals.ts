/** What runs when a signal comes: `process.on('SIGTERM', shutdown)`, also for each of a list of signals. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingFunction, isFunction, stringValue, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { signalPattern } from '../../knowledge/handlers/index.ts'
import { signalFact } from '../../knowledge/intakes.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import { callbackOf } from '../cardinality/enclosing-iterations.ts'

export interface Listener {
  readonly call: TSESTree.CallExpression
  readonly signals: readonly string[]
  /** The argument that is called. */
  readonly listener: Node
  /** The function of the file that it is; null for others (`process.exit` itself). */
  readonly node: FunctionNode | null
}

const registrations = indexFacts([signalFact])

export function listenersOf(sourceCode: Readonly<TSESLint.SourceCode>): Listener[] {
  const calls = callsOf(sourceCode)
  return nodesOf(sourceCode, 'CallExpression').flatMap((call) => {
    const [event, listener] = call.arguments
    if (!event || !listener || !isListening(call, calls)) return []
    const signals = signalsOf(event, calls)
    return signals.length > 0 ? [{ call, signals, listener, node: functionAt(listener, calls) }] : []
  })
}

/** `process.on(…)`, `process.on(…).once(…)`. */
export function isListening({ callee }: TSESTree.CallExpression, calls: Calls): boolean {
  return callee.type === 'MemberExpression' && registrations.of(calls.originOf(callee)) !== null
}

/** The function of the file that a value is, also one that a maker returns: `onSignal('SIGTERM')`. */
export function functionAt(value: Node, calls: Calls): FunctionNode | null {
  const expression = unwrap(value)
  if (isFunction(expression)) return expression
  const { root, steps } = calls.originOf(expression)
  return root.kind === 'function' && steps.length === 0 ? root.node : null
}

function signalsOf(event: Node, calls: Calls): string[] {
  const text = stringValue(unwrap(event))
  if (text !== null) return signalPattern.test(text) ? [text] : []
  if (event.type !== 'Identifier') return []
  const { root } = calls.originOf(event)
  if (root.kind === 'element') return namesIn(root.of, calls)
  const owner = root.kind === 'parameter' ? enclosingFunction(event) : null
  const list = owner && root.kind === 'parameter' && root.of === owner && owner.params[0] === root.node ? callbackOf(owner)?.list : null
  return list ? namesIn(list, calls) : []
}

/** The signals that a list names: an array, also by the name of a constant. */
function namesIn(list: Node, calls: Calls): string[] {
  const value = unwrap(list)
  const { root, steps } = value.type === 'Identifier' ? calls.originOf(value) : { root: { kind: 'value', node: value } as const, steps: [] }
  const array = root.kind === 'value' && steps.length === 0 ? unwrap(root.node) : null
  if (array?.type !== 'ArrayExpression') return []
  return array.elements.flatMap((element) => {
    const name = element && stringValue(unwrap(element))
    return name && signalPattern.test(name) ? [name] : []
  })
}
