/** Original and rewritten programs agree in results, effects and errors; a broken rewrite is caught. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import rule from '../../../rules/no-serial-awaits.ts'
import { fixed } from '../../support/lint.ts'
import { disagreements, runInWorld, scripts, type WorldScript } from '../../support/world/index.ts'
import { programs, service } from './programs.ts'

// Generated programs take as long as the machine needs.
vi.setConfig({ testTimeout: 0 })

const rewrite = (code: string): string => fixed(rule, code, { settings: { fixes: 'all' } })

async function compare(code: string, rewritten: string, script: WorldScript): Promise<string[]> {
  const before = await runInWorld(code, script, { modules: service })
  const after = await runInWorld(rewritten, script, { modules: service })
  return disagreements(before, after)
}

describe('no-serial-awaits, by execution', () => {
  it('keeps what programs do', async () => {
    let rewrites = 0
    await fc.assert(
      fc.asyncProperty(programs(), scripts(), async (code, script) => {
        const rewritten = rewrite(code)
        if (rewritten === code) return
        rewrites += 1
        expect(await compare(code, rewritten, script)).toEqual([])
      }),
      { numRuns: Number(process.env['BOUNDED_RUNS'] ?? 400), seed: 13 },
    )
    expect(rewrites).toBeGreaterThan(100)
  })

  it('has nothing left to rewrite after its own rewrites', () => {
    fc.assert(
      fc.property(programs(), (code) => {
        const once = rewrite(code)
        expect(rewrite(once)).toBe(once)
      }),
      { numRuns: 100, seed: 14 },
    )
  })

  const body = (...lines: string[]): string =>
    ["import { getUser, findTag, saveTag } from 'service'", 'export async function main() {', ...lines, '}'].join('\n')
  it.each([
    ['a value that is not there yet', ['const a = await getUser(1)', 'const b = await getUser(a)', 'return [a, b]'], ['const [a, b] = await Promise.all([getUser(1), getUser(a)])', 'return [a, b]']],
    ['a read that must come after a write', ['const a = await saveTag(5)', 'const b = await findTag()', 'return [a, b]'], ['const [b, a] = await Promise.all([findTag(), saveTag(5)])', 'return [a, b]']],
    ['an exit that came between', ['const a = await getUser(1)', 'if (a >= 0) return a', 'return [a, await saveTag(1)]'], ['const [a, b] = await Promise.all([getUser(1), saveTag(1)])', 'if (a >= 0) return a', 'return [a, b]']],
    ['results in the wrong order', ['const a = await getUser(1)', 'const b = await getUser(5)', 'return [a, b]'], ['const [b, a] = await Promise.all([getUser(1), getUser(5)])', 'return [a, b]']],
  ])('tells %s', async (_, original, broken) => {
    const script = { salt: 3, delays: [2, 1], answers: ['resolve'] } as const
    expect(await compare(body(...original), body(...broken), script)).not.toEqual([])
  })
})
