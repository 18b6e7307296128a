import type { TSESLint } from '@typescript-eslint/utils'
import { mentions, mentionsString } from '../../ast/file-words.ts'
import type { ApiFact } from '../../knowledge/facts.ts'
import { globalModules, moduleAliases } from '../../knowledge/node-modules.ts'
import { instanceTypes } from '../../knowledge/instance-types.ts'
import { apiPath, type Origin } from './origin.ts'
import { typedServices } from './typed-origin.ts'

/** Looks facts up by origin. The last entry for an API wins, so that entries of users can replace built-in ones. */
export interface FactsIndex<F extends ApiFact> {
  readonly of: (origin: Origin) => F | null
  /** Whether one of the facts can be about a method of this name: a look at a type costs far more than one at a scope. */
  readonly mayName: (method: string) => boolean
  /**
   * Whether a file can have an origin of one of the facts at all, by the names and strings in it. False ends the look at
   * most files before anything in them is resolved.
   */
  readonly mayOccurIn: (sourceCode: Readonly<TSESLint.SourceCode>) => boolean
}

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

interface Entries<F> {
  readonly exact: ReadonlyMap<string, F>
  readonly patterns: ReadonlyMap<string, readonly { readonly pattern: RegExp; readonly fact: F }[]>
}

function entriesOf<F extends ApiFact>(facts: readonly F[]): Entries<F> {
  const exact = new Map<string, F>()
  const patterns = new Map<string, { pattern: RegExp; fact: F }[]>()
  for (const fact of facts) {
    for (const module of listOf(fact.module)) {
      for (const member of listOf(fact.member)) {
        if (!member.includes('*')) {
          exact.set(`${module} ${member}`, fact)
          continue
        }
        const entries = patterns.get(module) ?? []
        entries.unshift({ pattern: patternOf(member), fact })
        patterns.set(module, entries)
      }
    }
  }
  return { exact, patterns }
}

/** Tables are put into maps when somebody asks, so that importing the plugin costs little. */
export function indexFacts<F extends ApiFact>(facts: readonly F[]): FactsIndex<F> {
  let entries: Entries<F> | undefined
  let needs: ReadonlyMap<string, Needs> | undefined
  let methods: ReadonlySet<string> | null | undefined
  const answers = new WeakMap<object, boolean>()
  return {
    mayOccurIn(sourceCode) {
      let answer = answers.get(sourceCode)
      if (answer === undefined) answers.set(sourceCode, (answer = occurs((needs ??= needsOf(facts)), sourceCode)))
      return answer
    },
    mayName(method) {
      if (methods === undefined) methods = methodsOf(facts)
      return methods === null || methods.has(method)
    },
    of(origin) {
      const path = apiPath(origin)
      if (!path) return null
      const { exact, patterns } = (entries ??= entriesOf(facts))
      const found = exact.get(`${path.module} ${path.member}`)
      if (found) return found
      return patterns.get(path.module)?.find(({ pattern }) => pattern.test(path.member))?.fact ?? null
    },
  }
}

/** The last names of all members; null where one may be any name. */
function methodsOf(facts: readonly ApiFact[]): ReadonlySet<string> | null {
  const names = facts.flatMap(({ member }) => listOf(member).map((each) => each.split('.').at(-1) ?? each))
  return names.some((name) => name.includes('*')) ? null : new Set(names)
}

/** `*` is one member without calls, `**` is anything. */
function patternOf(member: string): RegExp {
  const source = member
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.()]+' : part.replace(/[.()[\]$]/g, String.raw`\$&`)))
    .join('')
  return new RegExp(`^${source}$`)
}

/** What a file must mention for a fact about a module to apply in it. */
interface Needs {
  /** The ways to get hold of the module, of which one must be there. */
  readonly ways: readonly Way[]
  /** Last names of its members, of which one must be there. */
  readonly names: Set<string>
  /** Whether a fact is about the module itself, what a call returns, or a pattern of names, so that no name need be there. */
  nameless: boolean
}

/** A module's specifier, names, or both; the empty way is always there. */
interface Way {
  readonly specifier?: string
  readonly names: readonly string[]
}

function needsOf(facts: readonly ApiFact[]): ReadonlyMap<string, Needs> {
  const needs = new Map<string, Needs>()
  for (const fact of facts) {
    for (const module of listOf(fact.module)) {
      for (const member of listOf(fact.member)) {
        // A global goes by its own name, which is the first of its way.
        const [global = ''] = member.split(/[.(]/, 1)
        const key = module === 'globalThis' ? `${module} ${global}` : module
        let entry = needs.get(key)
        if (!entry) needs.set(key, (entry = { ways: module !== 'globalThis' ? waysTo(module) : [{ names: global.includes('*') ? [] : [global] }], names: new Set(), nameless: false }))
        const [, name] = /(?:^|\.)([\w$#]+)$/.exec(member) ?? []
        if (name === undefined) entry.nameless = true
        else entry.names.add(name)
      }
    }
  }
  return needs
}

/** By its specifier, with and without `node:`, as a global, as a member of another module, or through a type of one. */
function waysTo(module: string, depth = 0): Way[] {
  const ways: Way[] = [{ specifier: module, names: [] }]
  if (module.startsWith('node:')) ways.push({ specifier: module.slice('node:'.length), names: [] })
  for (const [global, target] of globalModules) if (target === module) ways.push({ names: [global] })
  for (const [alias, target] of moduleAliases) {
    const [from = '', member = ''] = alias.split(' ')
    if (target === module && depth === 0) ways.push(...waysTo(from, depth + 1).map((way) => ({ ...way, names: [...way.names, member] })))
  }
  for (const [type, [target]] of instanceTypes) {
    const [from = '', name = ''] = type.split(' ')
    if (target === module && from !== module) ways.push({ specifier: from, names: [name] })
  }
  return ways
}

/** Types lead to any module, but only to the object of a call; the name of the method is there all the same. */
function occurs(entries: ReadonlyMap<string, Needs>, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const typed = typedServices(sourceCode as TSESLint.SourceCode) !== null
  for (const { ways, names, nameless } of entries.values()) {
    const isReachable = ways.some(
      (way) => (way.specifier === undefined || mentionsString(sourceCode, way.specifier)) && way.names.every((name) => mentions(sourceCode, name)),
    )
    if (isReachable && nameless) return true
    if ((isReachable || typed) && [...names].some((name) => mentions(sourceCode, name))) return true
  }
  return false
}
