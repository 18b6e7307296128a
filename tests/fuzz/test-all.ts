/** One test over all programs of a kind; a failure shows the smallest program that fast-check comes to. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOf } from './faults.ts'
import { parses, type Program } from './parses.ts'

const asked = process.env['BOUNDED_FUZZ']

/** `usual` programs, unless `BOUNDED_FUZZ` asks for another number. */
export function testAll(what: string, programs: fc.Arbitrary<Program>, usual: number): void {
  const numRuns = Number(asked ?? usual)
  test(`every rule takes ${what}`, { timeout: 60_000 + numRuns * 5_000 }, () => {
    let tried = 0
    fc.assert(
      fc.property(programs, fc.nat(999), (each, turn) => {
        if (parses(each) !== true) return
        tried += 1
        const found = faultOf(each, turn)
        if (found !== null) throw new Error(found)
      }),
      { numRuns },
    )
    // Programs that do not parse test nothing.
    expect(tried).toBeGreaterThan(numRuns / 2)
  })
}
