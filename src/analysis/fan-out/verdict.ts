/** What is to be said of a fan-out, by its list, its work and its limit. */
import type { Size } from '../cardinality/index.ts'
import type { FanOut } from './index.ts'

/** What starts it: a combinator, a library's map without a limit, a `forEach` that drops its promises. */
export type SiteKind = 'combinator' | 'unlimited-map' | 'dropped'

export type Message =
  | 'unboundedFanOut'
  | 'largeFanOut'
  | 'possibleFanOut'
  | 'unlimitedLimiter'
  | 'limiterPerElement'
  | 'droppedFanOut'
  | 'possibleDroppedFanOut'

/** Why a fan-out is left alone. */
export type Silence = 'limited' | 'small' | 'nothing-started' | 'unknown-length' | 'unknown-work'

export type Verdict = { readonly report: Message } | { readonly silence: Silence }

export interface VerdictOptions {
  readonly report: 'certain' | 'possible'
  readonly max: number
}

/** How many operations may start at once, where nobody says otherwise. */
export const DEFAULT_MAX = 10

/**
 * The order of the questions is part of the answer: a limit that is there ends all others, also on a list of any length; a
 * short list ends those about its work; and of several messages the first is the one whose remedy helps, a limiter that
 * limits nothing before a limiter that is missing (`tests/analysis/order-of-reasons.test.ts`).
 */
export function verdictOf(fanOut: FanOut, { report, max }: VerdictOptions, kind: SiteKind = 'combinator'): Verdict {
  const { size, work, unresolved, limit } = fanOut
  if (limit?.kind === 'limited') return { silence: 'limited' }
  if (isSmall(size, max)) return { silence: 'small' }
  if (!work && !unresolved) return { silence: 'nothing-started' }
  const silence = doubtOf(fanOut)
  if (silence && report === 'certain') return { silence }
  if (limit) return { report: limit.kind === 'per-element' ? 'limiterPerElement' : 'unlimitedLimiter' }
  if (kind === 'unlimited-map') return { report: 'unlimitedLimiter' }
  if (kind === 'dropped') return { report: silence ? 'possibleDroppedFanOut' : 'droppedFanOut' }
  if (size.kind === 'bounded') return { report: 'largeFanOut' }
  return { report: silence ? 'possibleFanOut' : 'unboundedFanOut' }
}

function isSmall(size: Size, max: number): boolean {
  return size.kind === 'bounded' && (size.max === null || size.max <= max)
}

/** What is missing for certainty: work that a table or a name shows, and a list that comes from outside or from a caller. */
function doubtOf({ size, work, unresolved }: FanOut): Silence | null {
  if (!work && !unresolved?.hasVerb) return 'unknown-work'
  // Rows that a query gave are read from where they lie; objects that a caller passes are anything.
  const isFromOutside = size.kind === 'dynamic' && size.strength === 'strong'
  if (!work && unresolved?.readsElement && !isFromOutside) return 'unknown-work'
  if (size.kind === 'unknown') return 'unknown-length'
  // A table of an object is one of connections and timers as often as one of data.
  if (size.kind === 'dynamic' && size.source === 'kept' && (!work || work.work === 'other')) return 'unknown-length'
  if (size.kind === 'dynamic') return null
  // Somebody wrote a long literal out by hand and knows how long it is.
  return size.by === 'literal' ? 'small' : work ? null : 'unknown-work'
}
