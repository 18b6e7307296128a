import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disagreements, runInWorld, scripts, snapshot, type WorldScript } from './index.ts'

const calm: WorldScript = { salt: 1, delays: [3, 1, 0, 2], answers: ['resolve'] }
const body = (text: string) => `
  import { load, next, send } from 'world'
  import { readFile, writeFile } from 'node:fs/promises'
  export async function main() { ${text} }`

async function compare(before: string, after: string, script = calm, options = {}) {
  return disagreements(await runInWorld(body(before), script), await runInWorld(body(after), script), options)
}

describe('a world', () => {
  it('gives the same outcome for the same program and script', async () => {
    const program = body('return Promise.all([1, 2, 3].map((x) => load(x)))')
    await fc.assert(
      fc.asyncProperty(scripts(), async (script) => {
        expect(await runInWorld(program, script)).toEqual(await runInWorld(program, script))
      }),
      { numRuns: 30 },
    )
  })

  it('ends operations in the order of their delays and counts those in flight', async () => {
    const outcome = await runInWorld(
      body(`const ends = []; observe(() => ends)
        await Promise.all([1, 2, 3, 4, 5, 6].map(async (x) => { await load(x); ends.push(x) }))`),
      { salt: 4, delays: [5, 1, 3], answers: ['resolve'] },
    )
    expect(outcome.maxInFlight).toBe(6)
    expect(outcome.state[0]).not.toBe('[1, 2, 3, 4, 5, 6]')
    expect(outcome.effects).toEqual(['load(1)', 'load(2)', 'load(3)', 'load(4)', 'load(5)', 'load(6)'])
  })

  it('reads the final state when nothing is left to happen, also behind a failure', async () => {
    const outcome = await runInWorld(
      body(`let late = 0; observe(() => late)
        setTimeout(() => { late += 1 }, 50)
        await load(1)`),
      { salt: 1, delays: [1], answers: ['reject'] },
    )
    expect(outcome.result).toEqual({ kind: 'threw', value: '[Error: load(1) failed]' })
    expect(outcome.state).toEqual(['1'])
  })

  it('tells programs that never settle from programs that never end', async () => {
    expect((await runInWorld(body('await new Promise(() => {})'), calm)).result.kind).toBe('hung')
    expect((await runInWorld(body('for (;;) await load(1)'), { ...calm, delays: [1] })).result.kind).toBe('endless')
  })

  it('sees rejections that nobody handles', async () => {
    const outcome = await runInWorld(body('void Promise.reject(new Error("lost"))'), calm)
    expect(outcome.unhandled).toEqual(['[Error: lost]'])
  })

  it('runs TypeScript and keeps what files are given', async () => {
    const outcome = await runInWorld(
      body('const path: string = "a"; await writeFile(path, "new"); return readFile(path, "utf8")'),
      calm,
    )
    expect(outcome.result).toEqual({ kind: 'returned', value: '"new"' })
    expect(outcome.world).toEqual(['file a: "new"'])
  })
})

describe('disagreements', () => {
  const serial = 'const out = []; observe(() => out); for (const x of [1, 2, 3]) out.push(await load(x)); return out'

  it('has none for the same work done at once', async () => {
    const together = 'let out = []; observe(() => out); out = await Promise.all([1, 2, 3].map((x) => load(x))); return out'
    expect(await compare(serial, together)).toEqual([])
  })

  it.each([
    ['order of results', serial, serial.replace('[1, 2, 3]', '[3, 2, 1]'), 'result'],
    ['state', serial, serial.replace('return out', 'const all = [...out]; out.pop(); return all'), 'state'],
    ['effects', serial, serial.replace('return', 'void load(1); return'), 'effects'],
    [
      'order at a sink',
      'for (const x of [1, 2]) await send(x)',
      'await Promise.all([2, 1].map((x) => send(x)))',
      'operations by sink',
    ],
    [
      'order through the world’s state',
      'const out = []; for (const x of [1, 2, 3]) { await load(x); out.push(await next()) } return out',
      'return Promise.all([1, 2, 3].map(async (x) => { await load(x); return next() }))',
      'result',
    ],
    ['files', 'for (const x of [1, 2]) await writeFile("a", x)', 'for (const x of [2, 1]) await writeFile("a", x)', 'world'],
    ['unhandled rejections', 'await load(1)', 'await load(1); void Promise.reject(new Error("x"))', 'unhandled'],
  ])('names a difference of %s', async (_, before, after, what) => {
    const found = await compare(before, after, { ...calm, delays: [4, 1, 2] })
    expect(found.join('\n')).toContain(what)
  })

  it('names what exceeds the limit', async () => {
    const together = 'return Promise.all([1, 2, 3].map((x) => load(x)))'
    const before = 'const out = []; for (const x of [1, 2, 3]) out.push(await load(x)); return out'
    const slow = { ...calm, delays: [2] }
    expect(await compare(before, together, slow, { limit: 3 })).toEqual([])
    expect(await compare(before, together, slow, { limit: 2 })).toEqual(['in flight: 1 became 3, with a limit of 2'])
  })

  it('accepts more effects after a failure, but not in the exact order', async () => {
    const script: WorldScript = { salt: 2, delays: [2], answers: ['reject'] }
    const before = 'for (const x of [1, 2]) await load(x)'
    const after = 'await Promise.all([load(1), load(2)])'
    expect(await compare(before, after, script)).toEqual([])
    expect((await compare(before, after, script, { order: 'exact' })).join()).toContain('effects')
  })

  it('accepts another of several errors, but not success', async () => {
    const script: WorldScript = { salt: 2, delays: [2], answers: ['reject'] }
    const before = 'for (const x of [1, 2]) await load(x)'
    expect(await compare(before, 'await load(2).catch(() => {}); await load(1)', script)).toEqual([])
    expect((await compare(before, 'for (const x of [1, 2]) await load(x).catch(() => {})', script)).join()).toContain('result')
  })
})

describe('snapshot', () => {
  it.each([
    [[1, , 2], [1, undefined, 2]],
    [0, -0],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }],
    [new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]])],
    [new Set([1, 2]), new Set([2, 1])],
    [new Error('a'), new Error('b')],
    ['1', 1],
    [Object.assign([1], { x: 1 }), [1]],
    [Object.create(null), {}],
  ])('tells %o from %o', (left, right) => {
    expect(snapshot(left)).not.toBe(snapshot(right))
  })

  it('ends on cycles', () => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    expect(snapshot(loop)).toBe('{"self": [circular 1]}')
  })
})
