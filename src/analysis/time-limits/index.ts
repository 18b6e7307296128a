/** Answers whether a call ends by itself: by its own options, its client's, a signal, what stands around it, or the client's default. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed, nodesOf } from '../../ast/file-nodes.ts'
import { endsInWord, hasWord, startsWithWord, wordsOf } from '../../ast/names.ts'
import { isFunction, isNothing, memberName, stringValue, unwrapAwait, type CallLike, type Node } from '../../ast/nodes.ts'
import { calledBackNames, listenerVerbs, outgoingNames } from '../../knowledge/parameter-names.ts'
import type { TimeLimitFact } from '../../knowledge/timeouts/index.ts'
import { addressEnds, addressWords, timeLimitText } from '../../knowledge/timeouts/index.ts'
import { apiPath, callsOf, typedServices } from '../calls/index.ts'
import type { LintedPath } from '../manifest/index.ts'
import { clientCallOf } from './facts-of.ts'
import { readOption } from './options.ts'
import { neverAborted } from './signals.ts'
import { isStreaming } from './streaming.ts'
import { assignsMember, limitAround, limitOnResult } from './surroundings.ts'

export { mayCallClients } from './facts-of.ts'
export { isRelativeUrl, isTestSupport, runsOnce } from './scripts.ts'
export type { Remedy, TimeLimitFact } from '../../knowledge/timeouts/index.ts'
export { raceTimerOf, type RaceTimer } from './race-timers.ts'
export { isRace, mayRace } from './surroundings.ts'
export { signalInOptions, signalInScope, type SignalInScope } from './signals.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type OrdinaryCall = TSESTree.CallExpression | TSESTree.NewExpression

/** What takes a limit away that seems to be there. */
export type SwitchedOff =
  | { readonly kind: 'value'; readonly option: string; readonly value: Node }
  | { readonly kind: 'neverAborted'; readonly controller: Node }

/**
 * - `limited`: something ends it, shown by `by`.
 * - `unlimited`: nothing in the file does, and what the client does by itself is in `fact.default`.
 * - `unknown`: a limit may come from where the file does not show (`because`).
 * - `streaming`: it is meant to stay open.
 */
export type TimeLimit =
  | { readonly kind: 'limited'; readonly fact: TimeLimitFact; readonly by: Node }
  | { readonly kind: 'unlimited'; readonly fact: TimeLimitFact; readonly off: SwitchedOff | null }
  | { readonly kind: 'unknown'; readonly fact: TimeLimitFact; readonly because: Node }
  | { readonly kind: 'streaming'; readonly fact: TimeLimitFact }

export interface TimeLimits {
  /** Null for calls of no known client, and for operations whose client is asked about where it is made. */
  of(call: OrdinaryCall): TimeLimit | null
}

const cache = new WeakMap<SourceCode, TimeLimits>()

export function timeLimitsOf(sourceCode: SourceCode, file: LintedPath): TimeLimits {
  const known = cache.get(sourceCode)
  if (known) return known
  const limits = new Analysis(sourceCode, file)
  cache.set(sourceCode, limits)
  return limits
}

class Analysis implements TimeLimits {
  readonly #sourceCode: SourceCode
  readonly #file: LintedPath
  /** Operations of the file by the call that made their client. */
  #operations: Map<CallLike, OrdinaryCall[]> | undefined
  /** Whether the file assigns the default of a module. */
  // eslint-disable-next-line bounded/no-unbounded-queue -- one entry for each fact of the table
  readonly #assigned = new Map<string, boolean>()

  constructor(sourceCode: SourceCode, { filename, cwd }: LintedPath) {
    this.#sourceCode = sourceCode
    this.#file = { filename, cwd }
  }

  of(call: OrdinaryCall): TimeLimit | null {
    const client = clientCallOf(call, this.#sourceCode, this.#file)
    if (!client) return null
    const { fact, made } = client
    if (fact.role === 'client') return this.#ofClient(call, fact)
    const own = this.#ofOperation(call, fact)
    if (own.kind !== 'unlimited' || made === undefined) return own
    if (made === null) return { kind: 'unknown', fact, because: call }
    if (made.type === 'TaggedTemplateExpression') return own
    const maker = clientCallOf(made, this.#sourceCode, this.#file)
    if (maker) return this.#optionsOf(made, maker.fact).kind === 'unlimited' ? null : this.#optionsOf(made, maker.fact)
    const inherited = this.#optionsOf(made, { ...fact, options: [0, 1, 2] })
    if (inherited.kind !== 'unlimited') return inherited
    // A `fetch` of its own, a link, a middleware: whoever speaks of time there sets a limit in another way.
    return timeLimitText.test(this.#sourceCode.getText(made)) ? { kind: 'unknown', fact, because: made } : own
  }

  #ofClient(call: OrdinaryCall, fact: TimeLimitFact): TimeLimit {
    const own = this.#optionsOf(call, fact)
    if (own.kind !== 'unlimited') return own
    const setter = this.#processDefault(fact) ?? this.#interceptor(fact)
    if (setter) return setter
    const operations = this.#operationsOf(call)
    const by = operations[0]
    const isLimitedByEach = by && operations.every((each) => {
      const client = clientCallOf(each, this.#sourceCode, this.#file)
      return client && this.#ofOperation(each, client.fact).kind !== 'unlimited'
    })
    return isLimitedByEach ? { kind: 'limited', fact, by } : own
  }

  #ofOperation(call: OrdinaryCall, fact: TimeLimitFact): TimeLimit {
    const own = this.#optionsOf(call, fact)
    if (own.kind === 'limited') return own
    const around = limitAround(call, this.#sourceCode)
    if (around) return { kind: 'limited', fact, by: around }
    if (isStreaming(call, fact, this.#sourceCode) || isCompiled(call)) return { kind: 'streaming', fact }
    const setter = this.#processDefault(fact)
    if (setter) return setter
    const { localPeer } = fact
    const local = localPeer && this.#optionObjects(call, fact).find((object) => readOption(object, localPeer, this.#sourceCode).kind === 'set')
    if (local) return { kind: 'unknown', fact, because: local }
    if (fact.resultMethods) {
      const result = limitOnResult(call, fact.resultMethods, this.#sourceCode)
      if (result === 'limited') return { kind: 'limited', fact, by: call }
      if (result === 'passed') return { kind: 'unknown', fact, because: call }
    }
    return own
  }

  /** What the options of a call say, and nothing else. */
  #optionsOf(call: OrdinaryCall, fact: TimeLimitFact): TimeLimit {
    const spread = call.arguments.find(({ type }) => type === 'SpreadElement')
    if (spread) return { kind: 'unknown', fact, because: spread }
    let unknown: Node | null = null
    let off: SwitchedOff | null = null
    for (const object of this.#optionObjects(call, fact)) {
      for (const option of fact.limits) {
        const state = readOption(object, option, this.#sourceCode)
        if (state.kind === 'unknown') unknown = state.because
        if (state.kind !== 'set') continue
        const answer = this.#limitBy(option, state.value, fact)
        if (answer === 'limits') return { kind: 'limited', fact, by: state.value }
        if (answer === 'unknown') unknown = state.value
        else if (answer !== 'default') off = answer
      }
    }
    const text = fact.connectionString ? connectionText(call) : null
    if (text && /time-?out/i.test(text.value)) return { kind: 'limited', fact, by: text.node }
    if (unknown) return { kind: 'unknown', fact, because: unknown }
    return { kind: 'unlimited', fact, off }
  }

  /** The arguments that are options, or may be. */
  #optionObjects(call: OrdinaryCall, fact: TimeLimitFact): Node[] {
    const objects: Node[] = []
    for (const position of fact.options) {
      const argument = call.arguments[position]
      if (!argument) continue
      if (isFunction(argument) || isCallbackName(argument)) continue
      const isUrl = position === 0 && fact.role === 'operation' && (looksLikeUrl(argument) || hasLaterOptions(call, fact))
      if (!isUrl) objects.push(argument)
    }
    const [first] = call.arguments
    // `fetch(new Request(url, { signal }))`, and a request that comes from elsewhere.
    if (first && fact.limits.includes('signal') && !fact.options.includes(0) && fact.role === 'operation') {
      const request = requestOptions(first, this.#sourceCode)
      if (request) objects.push(request)
    }
    return objects
  }

  #limitBy(option: string, value: Node, fact: TimeLimitFact): 'limits' | 'unknown' | 'default' | SwitchedOff {
    const node = unwrapAwait(value)
    if (isNothing(node)) return 'default'
    if (option === 'dispatcher') return this.#limitByDispatcher(node, fact)
    const controller = option === 'signal' ? neverAborted(node, this.#sourceCode) : null
    if (controller) return { kind: 'neverAborted', controller }
    return this.#isNone(node, fact) ? { kind: 'value', option, value } : 'limits'
  }

  /** A dispatcher of this file that sets no limit of its own changes nothing. */
  #limitByDispatcher(node: Node, fact: TimeLimitFact): 'limits' | 'unknown' | 'default' {
    const origin = callsOf(this.#sourceCode).originOf(node)
    const made = origin.steps.at(-1)
    if (origin.root.kind !== 'module' || origin.root.name !== 'undici' || made?.kind !== 'call' || made.node?.type !== 'NewExpression') {
      // A dispatcher that is there for a proxy says nothing about time.
      return /proxy/i.test(this.#sourceCode.getText(node)) ? 'default' : 'unknown'
    }
    const state = this.#optionsOf(made.node, { ...fact, role: 'client', options: [0, 1], limits: ['headersTimeout', 'bodyTimeout'] })
    return state.kind === 'limited' ? 'limits' : state.kind === 'unknown' ? 'unknown' : 'default'
  }

  #isNone(node: Node, fact: TimeLimitFact): boolean {
    const { root, steps } = callsOf(this.#sourceCode).originOf(node)
    if (root.kind === 'global' && root.name === 'Infinity' && steps.length === 0) return fact.none.length > 0
    if (root.kind !== 'value' || steps.length > 0 || root.node.type !== 'Literal') return false
    const { value } = root.node
    return (value === 0 && fact.none.includes('zero')) || (value === false && fact.none.includes('false'))
  }

  #processDefault(fact: TimeLimitFact): TimeLimit | null {
    if (!fact.processDefault || typeof fact.module !== 'string') return null
    const program = this.#sourceCode.ast
    const path = `${fact.module} ${fact.processDefault}`
    const assigned = this.#assigned.get(path) ?? assignsMember(this.#sourceCode, fact.module, fact.processDefault)
    this.#assigned.set(path, assigned)
    if (assigned) return { kind: 'limited', fact, by: program }
    return isAssignedInProgram(this.#sourceCode, `${fact.client}.${fact.processDefault}`) ? { kind: 'limited', fact, by: program } : null
  }

  /** `api.interceptors.request.use(…)` that speaks of a time limit. */
  #interceptor(fact: TimeLimitFact): TimeLimit | null {
    if (!fact.processDefault) return null
    let found: Node | null = null
    for (const member of membersNamed('use', this.#sourceCode)) {
      const { parent: node, object } = member
      if (node.type !== 'CallExpression' || node.callee !== member || !/interceptors\.request$/.test(this.#sourceCode.getText(object))) continue
      if (timeLimitText.test(this.#sourceCode.getText(node))) found = node
    }
    return found && { kind: 'unknown', fact, because: found }
  }

  #operationsOf(maker: CallLike): OrdinaryCall[] {
    if (!this.#operations) {
      const operations = new Map<CallLike, OrdinaryCall[]>()
      for (const node of nodesOf(this.#sourceCode, 'CallExpression')) {
        const made = clientCallOf(node, this.#sourceCode, this.#file)?.made
        if (!made) continue
        const known = operations.get(made)
        if (known) known.push(node)
        else operations.set(made, [node])
      }
      this.#operations = operations
    }
    return this.#operations.get(maker) ?? []
  }
}

/** `WebAssembly.compileStreaming(fetch(url))` reads a program's own files. */
function isCompiled({ parent }: Node): boolean {
  return parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression' && /Streaming$/.test(memberName(parent.callee) ?? '')
}

/** The object that a request was made with; the request itself where it comes from elsewhere. */
function requestOptions(node: Node, sourceCode: SourceCode): Node | null {
  const origin = callsOf(sourceCode).originOf(node)
  const path = apiPath(origin)
  if (path?.member.endsWith('Request()')) {
    const made = origin.steps.at(-1)
    return made?.kind === 'call' && made.node?.type === 'NewExpression' ? (made.node.arguments[1] ?? null) : null
  }
  const target = unwrapAwait(node)
  const name = target.type === 'Identifier' ? target.name : target.type === 'MemberExpression' ? memberName(target) : null
  return name !== null && outgoingNames.has(name.toLowerCase()) ? target : null
}

/** A later argument at a position of options that is one: then the first is the URL. */
function hasLaterOptions(call: OrdinaryCall, fact: TimeLimitFact): boolean {
  return fact.options.some((position) => {
    const argument = call.arguments[position]
    return position > 0 && argument !== undefined && !isFunction(argument) && !isCallbackName(argument)
  })
}

/** A name that people give to callbacks; options have other names. */
export function isCallbackName(node: Node): boolean {
  return node.type === 'Identifier' && (calledBackNames.has(node.name) || (wordsOf(node.name).length > 1 && startsWithWord(node.name, listenerVerbs)))
}

function looksLikeUrl(node: Node): boolean {
  const target = unwrapAwait(node)
  const named = target.type === 'CallExpression' ? target.callee : target
  const name = named.type === 'Identifier' ? named.name : named.type === 'MemberExpression' ? memberName(named) : null
  return hasWord(name, addressWords) || endsInWord(name, addressEnds)
}

function connectionText(call: OrdinaryCall): { node: Node; value: string } | null {
  for (const argument of call.arguments) {
    const candidates =
      argument.type === 'ObjectExpression'
        ? argument.properties.flatMap((each) => (each.type === 'Property' ? [each.value as Node] : []))
        : [argument as Node]
    for (const node of candidates) {
      const value = stringValue(node) ?? (node.type === 'TemplateLiteral' ? node.quasis.map(({ value: { raw } }) => raw).join('') : null)
      if (value !== null && value.includes('://')) return { node, value }
    }
  }
  return null
}

const programs = new WeakMap<object, Map<string, boolean>>()

/** Whether any file of the TypeScript program assigns a path such as `axios.defaults.timeout`. */
function isAssignedInProgram(sourceCode: SourceCode, path: string): boolean {
  const program = typedServices(sourceCode)?.program as
    | { getSourceFiles?(): readonly { text: string; isDeclarationFile: boolean }[] }
    | undefined
  if (!program?.getSourceFiles) return false
  let known = programs.get(program)
  if (!known) programs.set(program, (known = new Map()))
  let answer = known.get(path)
  if (answer === undefined) {
    const pattern = new RegExp(`\\b${path.replaceAll('.', String.raw`\.`)}\\s*=[^=]`)
    answer = program.getSourceFiles().some(({ text, isDeclarationFile }) => !isDeclarationFile && pattern.test(text))
    known.set(path, answer)
  }
  return answer
}
