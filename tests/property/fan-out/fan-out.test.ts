/** Runs generated fan-outs and their rewrites against the same scripted worlds. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import rule from '../../../rules/no-unbounded-promise-all.ts'
import { fixed, lint } from '../../support/lint.ts'
import { disagreements, runInWorld, scripts } from '../../support/world/index.ts'
import { fanOutPrograms } from './programs.ts'

// Generated programs take as long as the machine needs.
vi.setConfig({ testTimeout: 0 })

const options = { report: 'possible', fixes: 'all' }

const rewrite = (code: string): string => fixed(rule, code, { options, filename: 'src/file.js' })

const RUNS = { numRuns: Number(process.env['FAN_OUT_RUNS'] ?? 60) }

describe('rewritten fan-outs', () => {
  it('are rewritten, all of them, and are not reported again', () => {
    fc.assert(
      fc.property(fanOutPrograms, ({ code }) => {
        const after = rewrite(code)
        expect(after).not.toBe(code)
        expect(after).toContain('eslint-plugin-bounded/runtime')
        expect(lint(rule, after, { options, filename: 'src/file.js' })).toEqual([])
      }),
      RUNS,
    )
  })

  it('do exactly what the original did when the limit is never reached', async () => {
    await fc.assert(
      fc.asyncProperty(fanOutPrograms, scripts(), async ({ code, mayThrow }, script) => {
        fc.pre(!mayThrow || !script.answers.includes('throw'))
        const before = await runInWorld(code, script)
        const after = await runInWorld(rewrite(code), script, { limit: 1000 })
        expect(disagreements(before, after, { order: 'exact' })).toEqual([])
      }),
      RUNS,
    )
  })

  it('give the same results and effects with at most two tasks in flight', async () => {
    await fc.assert(
      fc.asyncProperty(fanOutPrograms, scripts({ failures: false }), async ({ code }, script) => {
        const before = await runInWorld(code, script)
        const after = await runInWorld(rewrite(code), script, { limit: 2 })
        fc.pre(before.failures.length === 0)
        if (before.result.kind === 'returned' && !code.includes('RangeError')) expect(disagreements(before, after)).toEqual([])
        expect(after.maxInFlight).toBeLessThanOrEqual(2)
      }),
      RUNS,
    )
  })

  it('fail where the original fails, start nothing that it did not start, and leave no rejection unhandled', async () => {
    await fc.assert(
      fc.asyncProperty(fanOutPrograms, scripts(), async ({ code, mayThrow, settled }, script) => {
        const before = await runInWorld(code, script)
        const after = await runInWorld(rewrite(code), script, { limit: 2 })
        const [throwsAtOnce] = [mayThrow && script.answers.includes('throw')]
        if (!(settled && throwsAtOnce)) expect(after.result.kind).toBe(before.result.kind)
        if (before.failures.length === 1 && !throwsAtOnce) expect(after.result).toEqual(before.result)
        if (!throwsAtOnce) {
          const rest = [...before.effects]
          for (const effect of after.effects) {
            const at = rest.indexOf(effect)
            expect(at, `${effect} is new`).toBeGreaterThanOrEqual(0)
            rest.splice(at, 1)
          }
        }
        expect(after.unhandled).toEqual([])
      }),
      RUNS,
    )
  })
})
