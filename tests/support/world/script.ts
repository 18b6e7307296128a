/** What the world decides: how long operations take and how they end. */
import fc from 'fast-check'

/** `throw` is a synchronous exception, before a promise exists. */
export type Answer = 'resolve' | 'reject' | 'throw'

export interface WorldScript {
  /** Which operation gets which of the delays and answers. */
  readonly salt: number
  /** Durations in ticks of the virtual clock; 0 is a promise that has settled already. At least one. */
  readonly delays: readonly number[]
  /** At least one. */
  readonly answers: readonly Answer[]
}

/** Worlds with mixed timings. `failures: false` draws worlds in which every operation resolves. */
export function scripts({ failures = true }: { failures?: boolean } = {}): fc.Arbitrary<WorldScript> {
  const answers = fc.array(fc.constantFrom<Answer>('resolve', 'resolve', 'resolve', 'reject', 'throw'), {
    minLength: 2,
    maxLength: 8,
  })
  return fc.record({
    salt: fc.nat(0xffff),
    delays: fc.array(fc.nat(6), { minLength: 1, maxLength: 8 }),
    // Half of the worlds are without failures: there results can be compared in full.
    answers: failures
      ? fc.oneof(fc.constant<readonly Answer[]>(['resolve']), answers)
      : fc.constant<readonly Answer[]>(['resolve']),
  })
}

/** A number that depends on the texts alone (FNV-1a with a final mix). */
export function hash(...parts: readonly (string | number)[]): number {
  let h = 0x811c9dc5
  for (const char of parts.join('\0')) h = Math.imul(h ^ char.codePointAt(0)!, 0x01000193)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}

export function pick<T>(list: readonly T[], ...parts: readonly (string | number)[]): T {
  return list[hash(...parts) % list.length] as T
}
