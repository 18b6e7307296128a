/**
 * Whenever the rule reports and rewrites a generated loop, original and rewrite agree; whenever the generator built a
 * dependence, the rule is silent.
 *
 *     npm run test:property                        200,000 programs (`BOUNDED_RUNS` says how many)
 *     BOUNDED_SEED=… npm run test:property         repeats a run
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import rule from '../../../rules/no-await-in-loop.ts'
import { scripts } from '../../support/world/index.ts'
import { checker } from './check.ts'
import { programs } from './programs.ts'

const runs = Number(process.env['BOUNDED_RUNS'] ?? 3_000)
/** Long runs draw new programs each time; the short one is the same on every machine. */
const seed = Number(process.env['BOUNDED_SEED'] ?? (process.env['BOUNDED_RUNS'] ? Date.now() % 0x7fffffff : 20_261_121))

it(
  `rewrites keep what ${runs} generated programs do (seed ${seed})`,
  async () => {
    console.info(`loops: ${runs} programs, seed ${seed}`)
    const check = checker(rule)
    const counts = { silent: 0, reported: 0, rewritten: 0 }
    await fc.assert(
      fc.asyncProperty(programs(), scripts(), async (program, script) => {
        const { outcome, wrong, output } = await check(program, script)
        counts[outcome] += 1
        if (wrong.length > 0) throw new Error([...wrong, program.code, '=>', output].join('\n'))
      }),
      { numRuns: runs, seed, endOnFailure: process.env['BOUNDED_NO_SHRINK'] !== undefined },
    )
    console.info(`loops: ${counts.rewritten} rewritten, ${counts.reported} reported only, ${counts.silent} silent`)
    // Without these the test would say nothing.
    expect(counts.rewritten).toBeGreaterThan(runs / 10)
    expect(counts.silent).toBeGreaterThan(runs / 10)
  },
  // Long runs share their machine; no time is too long for them.
  process.env['BOUNDED_RUNS'] ? 0 : 60_000 + runs * 500,
)
