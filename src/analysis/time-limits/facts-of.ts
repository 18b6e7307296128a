/** Which client a call belongs to. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../../ast/file-words.ts'
import { hasWord } from '../../ast/names.ts'
import { isFunction, memberName, stringValue, unwrapAwait, type CallLike, type Node } from '../../ast/nodes.ts'
import { awsClients, packagedFetch, retryWords, timeLimits, type TimeLimitFact } from '../../knowledge/timeouts/index.ts'
import { isAwsClient } from '../calls/aws-clients.ts'
import { callsOf, indexFacts, type Origin } from '../calls/index.ts'
import { isBelow, leastVersion, listedPackages, packageOf, rangeOf, type LintedPath } from '../manifest/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const newest = indexFacts(timeLimits.filter(({ range }) => !range))

/** Entries for some versions only, each with its own index: they share their APIs with the entry of the newest. */
const ranged = timeLimits.filter(({ range }) => range).map((fact) => ({ fact, modules: new Set([fact.module].flat()), index: indexFacts([fact]) }))

/** The fact for an API, in the version that the project's manifest asks for. */
function factOf(origin: Origin, file: LintedPath): TimeLimitFact | null {
  const fact = newest.of(origin)
  const { root } = origin
  if (!fact || root.kind !== 'module') return fact
  const others = ranged.filter(({ modules, index }) => modules.has(root.name) && index.of(origin))
  if (others.length === 0) return fact
  const range = rangeOf(root.name, file)
  const version = range === null ? null : leastVersion(range)
  return (version && others.find((other) => covers(other.fact, version))?.fact) ?? fact
}

function covers({ range }: TimeLimitFact, version: readonly [number, number]): boolean {
  return !(range?.from && isBelow(version, range.from)) && !(range?.below && !isBelow(version, range.below))
}

export interface ClientCall {
  readonly fact: TimeLimitFact
  /** The call that made the client (`axios.create(…)`); undefined where there is none, null where the file does not show it. */
  readonly made: CallLike | null | undefined
}

/** Whether a file can have calls of clients at all. */
export function mayCallClients(sourceCode: SourceCode): boolean {
  return newest.mayOccurIn(sourceCode) || mentions(sourceCode, 'fetch') || sourceCode.text.includes('@aws-sdk/')
}

export function clientCallOf(call: CallLike, sourceCode: SourceCode, file: LintedPath): ClientCall | null {
  const origin = chosenOrigin(callsOf(sourceCode).calleeOf(call, newest.mayTypeName), sourceCode)
  const fact = factOf(origin, file) ?? (isAwsClient(origin, call) ? awsClients.fact : null) ?? lazyFact(origin, file) ?? importedFetch(origin, call, file)
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
  return first && second && newest.of(first) && newest.of(second) ? first : origin
}

/**
 * A function that a file imports from a package and calls `fetch`. It goes by the standard's contract (URL, options
 * with a signal); what limits it sets by itself is its package's affair. Modules of the project are not judged so.
 */
function importedFetch({ root, steps }: Origin, call: CallLike, file: LintedPath): TimeLimitFact | null {
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'fetch') return null
  if (root.kind !== 'module' || steps.length > 1 || steps.some(({ kind }) => kind === 'call')) return null
  if (!isPackage(root.name, file) || hasWord(root.name, retryWords)) return null
  const name = steps[0]?.kind === 'member' ? (steps[0].name ?? '') : 'fetch'
  return /fetch$/i.test(name) && !hasWord(name, retryWords) ? packagedFetch(root.name) : null
}

/** `@server/utils/fetch` has the form of a package; in a project that lists none by that name it is a path of its own. */
function isPackage(specifier: string, file: LintedPath): boolean {
  if (!/^@[\w.-]+\/|^[a-z][\w.-]*(?:\/|$)/.test(specifier) || specifier.startsWith('@/')) return false
  return specifier === packageOf(specifier) || listedPackages(file) === null || rangeOf(specifier, file) !== null
}

/** `const fetch = (...args) => import('node-fetch').then(({ default: fetch }) => fetch(...args))`: how CommonJS loads a module of the other kind. */
function lazyFact({ root, steps }: Origin, file: LintedPath): TimeLimitFact | null {
  if (root.kind !== 'function' || steps.length > 0) return null
  const body: Node = root.node.body
  const chain = unwrapAwait(body.type === 'BlockStatement' ? body : body)
  if (chain.type !== 'CallExpression' || chain.callee.type !== 'MemberExpression' || memberName(chain.callee) !== 'then') return null
  const loaded = chain.callee.object
  const [use] = chain.arguments
  const module = loaded.type === 'ImportExpression' ? stringValue(loaded.source) : null
  if (module === null || !isFunction(use) || !passesArguments(root.node.params, use.body)) return null
  return factOf({ root: { kind: 'module', name: module }, steps: [] }, file)
}

function passesArguments(params: readonly TSESTree.Parameter[], body: Node): boolean {
  const [rest] = params
  return rest?.type === 'RestElement' && body.type === 'CallExpression' && body.arguments[0]?.type === 'SpreadElement'
}
