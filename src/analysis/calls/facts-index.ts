import type { ApiFact } from '../../knowledge/facts.ts'
import { apiPath, type Origin } from './origin.ts'

/** Looks facts up by origin. The last entry for an API wins, so that entries of users can replace built-in ones. */
export interface FactsIndex<F extends ApiFact> {
  readonly of: (origin: Origin) => F | null
}

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

export function indexFacts<F extends ApiFact>(facts: readonly F[]): FactsIndex<F> {
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
  return {
    of(origin) {
      const path = apiPath(origin)
      if (!path) return null
      const found = exact.get(`${path.module} ${path.member}`)
      if (found) return found
      return patterns.get(path.module)?.find(({ pattern }) => pattern.test(path.member))?.fact ?? null
    },
  }
}

/** `*` is one member without calls, `**` is anything. */
function patternOf(member: string): RegExp {
  const source = member
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^.()]+' : part.replace(/[.()[\]$]/g, String.raw`\$&`)))
    .join('')
  return new RegExp(`^${source}$`)
}
