/** Original and rewritten programs agree in results, effects and errors; a broken rewrite is caught. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import rule from '../../../rules/require-await.ts'
import { fixed } from '../../support/lint.ts'
import { disagreements, runInWorld, scripts, type WorldScript } from '../../support/world/index.ts'
import { programs, type Program } from './programs.ts'

// Generated programs take as long as the machine needs.
vi.setConfig({ testTimeout: 0 })

/**
 * Tasks that run at once may each end a few microtasks earlier than before: where two of them fail in one turn of the
 * event loop, which failure comes first is open. A single task must do the same things in the same order.
 */
async function settle({ code, isConcurrent }: Program, rewritten: string, script: WorldScript): Promise<string[]> {
  const before = await runInWorld(code, script)
  const after = await runInWorld(rewritten, script)
  const found = disagreements(before, after, { order: isConcurrent ? 'concurrent' : 'exact' })
  const bothFailed = isConcurrent && before.result.kind === 'threw' && after.result.kind === 'threw'
  return bothFailed ? found.filter((each) => !each.startsWith('result:')) : found
}

describe('require-await, by execution', () => {
  it('keeps what programs do', async () => {
    let rewrites = 0
    await fc.assert(
      fc.asyncProperty(programs(), scripts(), async (program, script) => {
        const rewritten = fixed(rule, program.code)
        if (rewritten === program.code) return
        rewrites += 1
        expect(await settle(program, rewritten, script)).toEqual([])
      }),
      { numRuns: 300, seed: 5 },
    )
    expect(rewrites).toBeGreaterThan(100)
  })

  it('is silent or offers a suggestion after its own fixes, never another round', async () => {
    await fc.assert(
      fc.asyncProperty(programs(), async ({ code }) => {
        const once = fixed(rule, code)
        expect(fixed(rule, once)).toBe(once)
      }),
      { numRuns: 60, seed: 6 },
    )
  })

  // `fixes: 'all'` applies suggestions as well: those change what their text says, and the comparison must see it.
  it('tells a rewrite that changes when code runs or where an exception goes', async () => {
    const result = await fc.check(
      fc.asyncProperty(programs(), scripts(), async (program, script) => {
        const rewritten = fixed(rule, program.code, { settings: { fixes: 'all' } })
        expect(await settle(program, rewritten, script)).toEqual([])
      }),
      { numRuns: 300, seed: 5 },
    )
    expect(result.failed).toBe(true)
  })

  it('tells a dropped `await` before the first suspension', async () => {
    const program = {
      code: "import { load } from 'world'\nfunction f(x: number) { return x + 1 }\nasync function g() { const y = await f(1); console.log('g', y) }\nexport async function main() { const p = g(); console.log('started'); await p; await load(1) }",
      isConcurrent: false,
    }
    const script = { salt: 1, delays: [1], answers: ['resolve'] } as const
    expect(await settle(program, program.code.replace('await f(1)', 'f(1)'), script)).not.toEqual([])
  })
})
