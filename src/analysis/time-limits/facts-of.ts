/** Which client a call belongs to. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, stringValue, unwrapAwait, type CallLike, type Node } from '../../ast/nodes.ts'
import { awsClients, packagedFetch, timeLimits, type TimeLimitFact } from '../../knowledge/timeouts/index.ts'
import { callsOf, indexFacts, type Origin } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const index = indexFacts(timeLimits)

export interface ClientCall {
  readonly fact: TimeLimitFact
  /** The call that made the client (`axios.create(…)`); undefined where there is none, null where the file does not show it. */
  readonly made: CallLike | null | undefined
}

export function clientCallOf(call: CallLike, sourceCode: SourceCode): ClientCall | null {
  const origin = chosenOrigin(callsOf(sourceCode).calleeOf(call), sourceCode)
  const fact = index.of(origin) ?? awsFact(origin, call) ?? lazyFact(origin) ?? importedFetch(origin, call)
  if (!fact) return null
  if (fact.role === 'client') return { fact, made: undefined }
  const step = origin.steps.findLast(({ kind }) => kind === 'call')
  return { fact, made: step?.kind === 'call' ? step.node : undefined }
}

/** `cond ? h1() : h2()`: of two clients that are both known, the first stands for both. */
function chosenOrigin(origin: Origin, sourceCode: SourceCode): Origin {
  const { root, steps } = origin
  if (root.kind !== 'unknown' || root.node.type !== 'ConditionalExpression') return origin
  const [first, second] = [root.node.consequent, root.node.alternate].map((branch) => {
    const chosen = callsOf(sourceCode).originOf(branch)
    return { root: chosen.root, steps: [...chosen.steps, ...steps] }
  })
  return first && second && index.of(first) && index.of(second) ? first : origin
}

/**
 * A function that a file imports from a package and calls `fetch`. It goes by the standard's contract (URL, options
 * with a signal); what limits it sets by itself is its package's affair. Modules of the project are not judged so.
 */
function importedFetch({ root, steps }: Origin, call: CallLike): TimeLimitFact | null {
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'fetch') return null
  if (root.kind !== 'module' || steps.length > 1 || steps.some(({ kind }) => kind === 'call')) return null
  if (!isPackage(root.name) || /time-?out|retry/i.test(root.name)) return null
  const name = steps[0]?.kind === 'member' ? (steps[0].name ?? '') : 'fetch'
  return /fetch$/i.test(name) && !/time-?out|retry/i.test(name) ? packagedFetch(root.name) : null
}

const isPackage = (specifier: string): boolean => /^@[\w.-]+\/|^[a-z][\w.-]*(?:\/|$)/.test(specifier) && !specifier.startsWith('@/')

function awsFact({ root, steps }: Origin, call: CallLike): TimeLimitFact | null {
  if (call.type !== 'NewExpression' || root.kind !== 'module' || steps.length !== 1 || steps[0]?.kind !== 'member') return null
  const name = steps[0].name ?? ''
  if (!awsClients.module.test(root.name) || !awsClients.member.test(name) || awsClients.notClients.test(name)) return null
  return awsClients.fact
}

/** `const fetch = (...args) => import('node-fetch').then(({ default: fetch }) => fetch(...args))`: how CommonJS loads a module of the other kind. */
function lazyFact({ root, steps }: Origin): TimeLimitFact | null {
  if (root.kind !== 'function' || steps.length > 0) return null
  const body: Node = root.node.body
  const chain = unwrapAwait(body.type === 'BlockStatement' ? body : body)
  if (chain.type !== 'CallExpression' || chain.callee.type !== 'MemberExpression' || memberName(chain.callee) !== 'then') return null
  const loaded = chain.callee.object
  const [use] = chain.arguments
  const module = loaded.type === 'ImportExpression' ? stringValue(loaded.source) : null
  if (module === null || !isFunction(use) || !passesArguments(root.node.params, use.body)) return null
  return index.of({ root: { kind: 'module', name: module }, steps: [] })
}

function passesArguments(params: readonly TSESTree.Parameter[], body: Node): boolean {
  const [rest] = params
  return rest?.type === 'RestElement' && body.type === 'CallExpression' && body.arguments[0]?.type === 'SpreadElement'
}
