/** Which work outside the process a call starts: by the tables, through functions of the file, and by what names say. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, unwrap, walkOwnCode, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Access, Work, WorkFact } from '../../knowledge/facts.ts'
import { workFacts } from '../../knowledge/work.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, indexFacts, returnedExpressions, type Calls, type FactsIndex, type Origin, type ProgramModules } from '../calls/index.ts'
import { likelyWorkOf, likelyWorkOfName } from './likely.ts'
import { isUsedAsPromise } from './promise-use.ts'

export { isHandOver } from './likely.ts'
export { isUsedAsPromise } from './promise-use.ts'

export interface StartedWork {
  /** `other`: a name says that the work leaves the process, and not where to. */
  readonly work: Work | 'other'
  readonly access: Access
  /** `known` by a table; `likely` where only the name of the callee says so (a message must quote it). */
  readonly certainty: 'known' | 'likely'
  /** The call that does it, in the function where it stands. */
  readonly call: CallLike
  /** The functions of the file between the asked call and that one, outermost first. */
  readonly via: readonly FunctionNode[]
}

export interface WorkAnalysis {
  /** What a call starts, itself or through functions of the file that it runs; null where nothing is known. */
  ofCall(call: CallLike): StartedWork | null
  /** What running a function starts; known before likely, then writes before reads, since they are the stronger claim. */
  ofFunction(node: FunctionNode): StartedWork | null
  /** What evaluating an expression starts (`Promise.resolve(fetch(x))`), not what functions in it would start later. */
  ofExpression(node: Node): StartedWork | null
  /** The same for an expression whose value is a promise by its place (`tasks.push(db.remove(id))` before a `Promise.all`). */
  ofPromise(node: Node): StartedWork | null
  /** What a function passed by name starts when it is called (`ids.map(fetchUser)`); `call` is the call that passes it. */
  ofCallback(node: Node, call: CallLike): StartedWork | null
  /** The fact behind a call, without following functions. */
  factOf(call: CallLike): WorkFact | null
}

/** Chains of functions longer than this are not followed. */
const MAX_DEPTH = 50

type Entries = Settings['apis']

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
  let depth = 0

  const mayTypeName = (method: string, modules: ProgramModules): boolean =>
    ownIndex.mayTypeName(method, modules) || builtIn.mayTypeName(method, modules) || (method.endsWith(TWIN) && builtIn.mayTypeName(withoutEnd(method), modules))

  const factOf = (call: CallLike): WorkFact | null => factAt(calls.calleeOf(call, mayTypeName))

  const factAt = (origin: Origin): WorkFact | null => ownIndex.of(origin) ?? builtIn.of(origin) ?? builtIn.of(withoutTwin(origin))

  const ofCall = (call: CallLike): StartedWork | null => {
    const fact = factOf(call)
    if (fact) return { work: fact.work, access: fact.access, certainty: 'known', call, via: [] }
    const called = calls.functionOf(call)
    if (!called) {
      const likely = likelyWorkOf(call, calls)
      return likely && { ...likely, certainty: 'likely', call, via: [] }
    }
    const inner = ofFunction(called) ?? (isUsedAsPromise(call) ? ofReturned(called) : null)
    return inner && { ...inner, via: [called, ...inner.via] }
  }

  /** What a function without `async` returns to somebody who takes it as a promise: `const load = (id) => users.find(id)`. */
  const ofReturned = (node: FunctionNode): StartedWork | null => {
    if (node.async || node.generator || depth === MAX_DEPTH) return null
    depth += 1
    const found = returnedExpressions(node, sourceCode).map(ofPromise).find((started) => started !== null)
    depth -= 1
    return found ?? null
  }

  const ofFunction = (node: FunctionNode): StartedWork | null => {
    const known = functions.get(node)
    if (known !== undefined) return known
    if (depth === MAX_DEPTH) return null
    functions.set(node, null) // a recursive call adds nothing to what the rest of the body starts
    depth += 1
    const found = ofExpression(node.body)
    depth -= 1
    functions.set(node, found)
    return found
  }

  const ofExpression = (node: Node): StartedWork | null => {
    let found: StartedWork | null = null
    walkOwnCode(node, sourceCode.visitorKeys, (child) => {
      if (!isCall(child)) return
      const started = ofCall(child) ?? ofCallbacks(child)
      if (started && (!found || strength(started) > strength(found))) found = started
      return found && strength(found) === STRONGEST ? 'stop' : undefined
    })
    return found
  }

  const ofPromise = (node: Node): StartedWork | null => {
    const call = unwrap(node)
    const found = ofExpression(call)
    if (found || call.type !== 'CallExpression') return found
    const likely = likelyWorkOfName(call.callee, () => calls.calleeOf(call))
    return likely && { ...likely, certainty: 'likely', call, via: [] }
  }

  const ofCallback = (node: Node, call: CallLike): StartedWork | null => {
    const expression = unwrap(node)
    if (isFunction(expression)) return ofFunction(expression)
    const origin = calls.originOf(expression)
    const fact = factAt(origin)
    if (fact) return { work: fact.work, access: fact.access, certainty: 'known', call, via: [] }
    if (origin.root.kind === 'function' && origin.steps.length === 0) {
      const inner = ofFunction(origin.root.node) ?? ofReturned(origin.root.node)
      return inner && { ...inner, via: [origin.root.node, ...inner.via] }
    }
    const likely = likelyWorkOfName(expression, () => origin)
    return likely && { ...likely, certainty: 'likely', call, via: [] }
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

  return { ofCall, ofFunction, ofExpression, ofPromise, ofCallback, factOf }
}

/** Bluebird's `promisifyAll` adds `statAsync` beside `stat`. http://bluebirdjs.com/docs/api/promise.promisifyall.html */
function withoutTwin(origin: Origin): Origin {
  const last = origin.steps.at(-1)
  if (origin.root.kind !== 'module' || last?.kind !== 'member' || !last.name?.endsWith(TWIN)) return origin
  return { root: origin.root, steps: [...origin.steps.slice(0, -1), { kind: 'member', name: withoutEnd(last.name) }] }
}

const TWIN = 'Async'
const withoutEnd = (name: string): string => name.slice(0, -TWIN.length)

const STRONGEST = 3

function strength({ certainty, access }: StartedWork): number {
  return (certainty === 'known' ? 2 : 0) + (access === 'read' ? 0 : 1)
}

function isCall(node: Node): node is CallLike {
  return node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'TaggedTemplateExpression'
}
