import type { TSESLint } from '@typescript-eslint/utils'
import { mentions, stringsOf } from '../../ast/file-words.ts'
import type { ApiFact } from '../../knowledge/facts.ts'
import { globalModules, moduleAliases } from '../../knowledge/node-modules.ts'
import { instanceTypes } from '../../knowledge/instance-types.ts'
import { apiPath, type Origin } from './origin.ts'
import type { ProgramModules } from './program-modules.ts'
import { typedServices } from './typed-origin.ts'

/** Looks facts up by origin. The last entry for an API wins, so that entries of users can replace built-in ones. */
export interface FactsIndex<F extends ApiFact> {
  readonly of: (origin: Origin) => F | null
  /** Whether one of the facts can be about a function or method of this name. */
  readonly mayName: (name: string) => boolean
  /**
   * Whether one of the facts can be about a method of this name of something whose type one of the modules declares: a
   * look at a type costs far more than one at a scope.
   */
  readonly mayTypeName: (method: string, modules: ProgramModules) => boolean
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
  let occurrences: Occurrences | undefined
  let names: ReadonlySet<string> | undefined
  let methods: ReadonlyMap<string, ReadonlySet<string>> | undefined
  const answers = new WeakMap<object, boolean>()
  return {
    mayOccurIn(sourceCode) {
      let answer = answers.get(sourceCode)
      if (answer === undefined) answers.set(sourceCode, (answer = occurs((occurrences ??= occurrencesOf(facts)), sourceCode)))
      return answer
    },
    mayName(name) {
      names ??= namesOf(facts)
      return names.has(name) || names.has(ANY)
    },
    mayTypeName(method, { has }) {
      methods ??= methodsOf(facts)
      return some(methods.get(method) ?? NONE, has) || some(methods.get(ANY) ?? NONE, has)
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

function namesOf(facts: readonly ApiFact[]): ReadonlySet<string> {
  return new Set(facts.flatMap(({ member }) => listOf(member).map(lastName)))
}

/** The last names of the members of instances, and the modules that have such a one. */
function methodsOf(facts: readonly ApiFact[]): ReadonlyMap<string, ReadonlySet<string>> {
  const methods = new Map<string, Set<string>>()
  for (const fact of facts) {
    for (const module of listOf(fact.module)) {
      for (const member of listOf(fact.member)) {
        // A function of the module itself is no method of an instance, unless a type stands for the module.
        if (!member.includes('.') && !member.includes('*') && !typedModules.has(module)) continue
        const name = lastName(member)
        const modules = methods.get(name)
        if (modules) modules.add(module)
        else methods.set(name, new Set([module]))
      }
    }
  }
  return methods
}

const typedModules = new Set([...instanceTypes.values()].filter(([, member]) => member === '').map(([module]) => module))

function lastName(member: string): string {
  const name = member.split('.').at(-1) ?? member
  return name.includes('*') ? ANY : name
}

/** Stands for members that may have any name. */
const ANY = '*'
const NONE: ReadonlySet<string> = new Set()

/** `*` is one member without calls, `**` is anything. */
function patternOf(member: string): RegExp {
  const source = member
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.()]+' : part.replace(/[.()[\]$]/g, String.raw`\$&`)))
    .join('')
  return new RegExp(`^${source}$`)
}

/** What a file must mention for a fact about a module to apply in it, besides a way to the module. */
interface Needs {
  /** Last names of its members, of which one must be there. */
  readonly names: Set<string>
  /** Whether a fact is about the module itself, what a call returns, or a pattern of names, so that no name need be there. */
  nameless: boolean
}

/** A way to get hold of a module: its specifier, names, or both; the empty way is always there. */
interface Way {
  readonly specifier?: string
  readonly names: readonly string[]
}

/** The ways of a table's modules by the specifier with which they begin, and those that begin with none. */
interface Occurrences {
  readonly bySpecifier: ReadonlyMap<string, readonly Occurrence[]>
  readonly byName: readonly Occurrence[]
  /** The names of all members: types lead to any module. */
  readonly names: ReadonlySet<string>
}

interface Occurrence {
  readonly way: readonly string[]
  readonly needs: Needs
}

function occurrencesOf(facts: readonly ApiFact[]): Occurrences {
  const bySpecifier = new Map<string, Occurrence[]>()
  const byName: Occurrence[] = []
  for (const [key, needs] of needsOf(facts)) {
    // A global goes by its own name, which is its way.
    const global = key.startsWith(GLOBAL) ? key.slice(GLOBAL.length) : null
    for (const { specifier, names } of global === null ? waysTo(key) : [{ names: global.includes('*') ? [] : [global] } as Way]) {
      if (specifier === undefined) byName.push({ way: names, needs })
      else {
        const known = bySpecifier.get(specifier)
        if (known) known.push({ way: names, needs })
        else bySpecifier.set(specifier, [{ way: names, needs }])
        specifiers.add(specifier)
      }
    }
  }
  return { bySpecifier, byName, names: new Set(byName.concat(...bySpecifier.values()).flatMap(({ needs }) => [...needs.names])) }
}

const GLOBAL = 'globalThis '

function needsOf(facts: readonly ApiFact[]): ReadonlyMap<string, Needs> {
  const needs = new Map<string, Needs>()
  for (const fact of facts) {
    for (const module of listOf(fact.module)) {
      for (const member of listOf(fact.member)) {
        const key = module === 'globalThis' ? `${GLOBAL}${member.split(/[.(]/, 1)[0] ?? ''}` : module
        let entry = needs.get(key)
        if (!entry) needs.set(key, (entry = { names: new Set(), nameless: false }))
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

function occurs({ bySpecifier, byName, names }: Occurrences, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const isMentioned = (name: string): boolean => mentions(sourceCode, name)
  const isThere = ({ way, needs }: Occurrence): boolean => way.every(isMentioned) && (needs.nameless || some(needs.names, isMentioned))
  if (specifiersIn(sourceCode).some((specifier) => bySpecifier.get(specifier)?.some(isThere)) || byName.some(isThere)) return true
  // Types lead to any module, but only to the object of a call; the name of the method is there all the same.
  return typedServices(sourceCode as TSESLint.SourceCode) !== null && some(names, isMentioned)
}

function some(names: ReadonlySet<string>, test: (name: string) => boolean): boolean {
  for (const name of names) if (test(name)) return true
  return false
}

/** The specifiers in the tables that were asked for so far, and those of them that a file mentions. */
const specifiers = new Set<string>()
const inFile = new WeakMap<object, { readonly outOf: number; readonly found: readonly string[] }>()

/** All strings of a file are looked up once, and not every specifier of every table. */
function specifiersIn(sourceCode: Readonly<TSESLint.SourceCode>): readonly string[] {
  const known = inFile.get(sourceCode)
  if (known?.outOf === specifiers.size) return known.found
  const found = [...stringsOf(sourceCode)].filter((text) => specifiers.has(text))
  inFile.set(sourceCode, { outOf: specifiers.size, found })
  return found
}
