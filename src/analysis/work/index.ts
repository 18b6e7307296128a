/** Which work outside the process a call starts: by the tables, and through functions of the file. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { walkOwnCode, isFunction, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Access, Work, WorkFact } from '../../knowledge/facts.ts'
import { workFacts } from '../../knowledge/work.ts'
import { callsOf, indexFacts, type Calls, type FactsIndex } from '../calls/index.ts'

export interface StartedWork {
  readonly work: Work
  readonly access: Access
  /** The call that does it, in the function where it stands. */
  readonly call: CallLike
  /** The functions of the file between the asked call and that one, outermost first. */
  readonly via: readonly FunctionNode[]
}

export interface WorkAnalysis {
  /** What a call starts, itself or through functions of the file that it runs; null where nothing is known. */
  ofCall(call: CallLike): StartedWork | null
  /** What running a function starts; writes before reads, since they are the stronger claim. */
  ofFunction(node: FunctionNode): StartedWork | null
  /** The fact behind a call, without following functions. */
  factOf(call: CallLike): WorkFact | null
}

type Entries = readonly WorkFact[]

const builtIn = indexFacts(workFacts)
const indexes = new WeakMap<Entries, FactsIndex<WorkFact>>()
const cache = new WeakMap<object, WeakMap<Entries, WorkAnalysis>>()

/** `own` are the user's entries (`settings.bounded.apis`); an entry for the same API wins over the built-in one. */
export function workOf(sourceCode: Readonly<TSESLint.SourceCode>, own: Entries): WorkAnalysis {
  let byEntries = cache.get(sourceCode)
  if (!byEntries) cache.set(sourceCode, (byEntries = new WeakMap()))
  let analysis = byEntries.get(own)
  if (!analysis) byEntries.set(own, (analysis = analyse(sourceCode, own)))
  return analysis
}

function analyse(sourceCode: Readonly<TSESLint.SourceCode>, own: Entries): WorkAnalysis {
  const calls: Calls = callsOf(sourceCode)
  let ownIndex = indexes.get(own)
  if (!ownIndex) indexes.set(own, (ownIndex = indexFacts(own)))
  const functions = new Map<FunctionNode, StartedWork | null>()

  const factOf = (call: CallLike): WorkFact | null => {
    const callee = calls.calleeOf(call)
    return ownIndex.of(callee) ?? builtIn.of(callee)
  }

  const ofCall = (call: CallLike): StartedWork | null => {
    const fact = factOf(call)
    if (fact) return { work: fact.work, access: fact.access, call, via: [] }
    const { root, steps } = calls.calleeOf(call)
    if (root.kind !== 'function' || steps.length > 0) return null
    const inner = ofFunction(root.node)
    return inner && { ...inner, via: [root.node, ...inner.via] }
  }

  const ofFunction = (node: FunctionNode): StartedWork | null => {
    const known = functions.get(node)
    if (known !== undefined) return known
    functions.set(node, null) // a recursive call adds nothing to what the rest of the body starts
    let found: StartedWork | null = null
    walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
      if (!isCall(child)) return
      const started = ofCall(child) ?? ofCallbacks(child)
      if (started && (!found || (found.access === 'read' && started.access !== 'read'))) found = started
      return found && (found as StartedWork).access !== 'read' ? 'stop' : undefined
    })
    functions.set(node, found)
    return found
  }

  /** Inline callbacks are taken to run: `xs.map((x) => fetch(x))`, `new Promise((resolve) => …)`. */
  const ofCallbacks = (call: CallLike): StartedWork | null => {
    if (call.type === 'TaggedTemplateExpression') return null
    for (const argument of call.arguments as readonly TSESTree.Node[]) {
      if (!isFunction(argument)) continue
      const started = ofFunction(argument)
      if (started) return started
    }
    return null
  }

  return { ofCall, ofFunction, factOf }
}

function isCall(node: Node): node is CallLike {
  return node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression'
}
