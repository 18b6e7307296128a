/** Where the outcomes of a program and of its rewrite differ in what a caller or the outside can observe. */
import type { Outcome } from './world.ts'

export interface AgreementOptions {
  /** Operations in flight are at most this many times those of the original. Left out: not compared. */
  readonly limit?: number
  /**
   * - `concurrent` (default): effects as a multiset; after a failure the rewrite may have done more, and may report
   *   another of the failures.
   * - `exact`: effects in the same order, the same error, nothing more after a failure. What a helper at limit 1 owes.
   */
  readonly order?: 'concurrent' | 'exact'
}

/** Sentences, one for each difference; none when the programs agree. */
export function disagreements(before: Outcome, after: Outcome, options: AgreementOptions = {}): string[] {
  const { limit, order = 'concurrent' } = options
  const found: string[] = []
  const differ = (what: string, a: unknown, b: unknown) => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
    if (left !== right) found.push(`${what}: ${left} became ${right}`)
  }
  const failed = before.failures.length > 0

  if (order === 'exact' || before.result.kind !== 'threw' || before.failures.length < 2) {
    // With one failure or none there is only one error to report.
    if (order === 'exact' || after.failures.length < 2 || before.result.kind !== 'threw') {
      differ('result', before.result, after.result)
    }
  }
  if (before.result.kind === 'threw' && after.result.kind !== 'threw') differ('result', before.result, after.result)

  if (before.result.kind !== 'threw') {
    differ('state', before.state, after.state)
    if (!failed) differ('world', before.world, after.world)
  }
  differ('unhandled rejections', before.unhandled, after.unhandled)
  if (!failed) differ('operations by sink', before.sinks, after.sinks)

  if (order === 'exact') differ('effects', before.effects, after.effects)
  else if (failed) {
    const missing = without(before.effects, after.effects)
    if (missing.length > 0) found.push(`effects that the rewrite does not have: ${missing.join(', ')}`)
  } else differ('effects', before.effects.toSorted(), after.effects.toSorted())

  if (limit !== undefined && after.maxInFlight > limit * Math.max(1, before.maxInFlight)) {
    found.push(`in flight: ${before.maxInFlight} became ${after.maxInFlight}, with a limit of ${limit}`)
  }
  return found
}

/** Multiset difference. */
function without(left: readonly string[], right: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const item of right) counts.set(item, (counts.get(item) ?? 0) + 1)
  return left.filter((item) => {
    const count = counts.get(item) ?? 0
    counts.set(item, count - 1)
    return count <= 0
  })
}
