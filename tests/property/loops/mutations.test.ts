/** The property test is worth something only if it notices: each reason of the analysis and each care of the fixer is taken away once. */
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BoundedRule } from '../../../src/create-rule.ts'
import { scripts } from '../../support/world/index.ts'
import { checker } from './check.ts'
import type { Dependence } from './dependences.ts'
import { programs } from './programs.ts'

// Generated programs take as long as the machine needs.
vi.setConfig({ testTimeout: 0 })

type Exports = Record<string, unknown>
interface Mutation {
  readonly module: string
  readonly change: (original: Exports) => Exports
}
const mutation = (module: string, change: Mutation['change']): Mutation => ({ module: `../../../src/${module}.ts`, change })
const answers = (module: string, name: string, answer: unknown): Mutation => mutation(module, () => ({ [name]: () => answer }))
const wraps = (module: string, name: string, wrap: (answer: never, ...args: never[]) => unknown): Mutation =>
  mutation(module, (original) => ({
    [name]: (...args: never[]) => wrap((original[name] as (...args: never[]) => never)(...args), ...args),
  }))

/** A rule made of modules of which one is changed. */
async function brokenRule({ module, change }: Mutation): Promise<BoundedRule> {
  vi.resetModules()
  vi.doMock(module, async (load) => {
    const original = (await load()) as Exports
    return { ...original, ...change(original) }
  })
  const { default: rule } = await import('../../../rules/no-await-in-loop.ts')
  vi.doUnmock(module)
  return rule
}

/** Whether one of `runs` drawn programs shows each kind of disagreement; ends with the first that completes them. */
async function shows(rule: BoundedRule, runs: number, kinds: readonly RegExp[], only?: Dependence['reason']): Promise<RegExp[]> {
  const check = checker(rule)
  const left = new Set(kinds)
  for (const [program, script] of fc.sample(fc.tuple(programs(only), scripts()), { numRuns: runs, seed: 7 })) {
    const { wrong } = await check(program, script)
    for (const kind of left) if (wrong.some((text) => kind.test(text))) left.delete(kind)
    if (left.size === 0) break
  }
  return kinds.filter((kind) => !left.has(kind))
}

afterEach(() => vi.resetModules())

const REPORTED = /^reports a loop whose iterations depend/
const DIFFERENT = /^(?!reports a loop)/

describe('an analysis without one of its reasons', () => {
  const withoutReason: [Dependence['reason'], Mutation, 'runs differently' | 'is reported'][] = [
    ['control', wraps('analysis/loops/region', 'regionOf', (region: object) => ({ ...region, exits: [] })), 'is reported'],
    ['same-work', wraps('analysis/loops/region', 'regionOf', (region: object) => ({ ...region, mentionsElement: ({ type }: { type: string }) => type !== 'Identifier' })), 'runs differently'],
    ['carried', wraps('analysis/loops/carried', 'carriedOf', (carried: object) => ({ ...carried, because: null })), 'runs differently'],
    ['found-or-made', answers('analysis/loops/stores', 'madeWhereMissing', null), 'runs differently'],
    ['pacing', answers('analysis/loops/pacing', 'isPacing', false), 'is reported'],
    ['ordered-sink', answers('analysis/loops/order', 'isOrderedSink', false), 'runs differently'],
    ['ordered-call', answers('analysis/loops/order', 'isOrderedCall', false), 'runs differently'],
    ['batched', answers('analysis/loops/order', 'isBatch', false), 'is reported'],
    ['worker', answers('analysis/loops/worker', 'workersOf', null), 'is reported'],
    ['started', answers('analysis/loops/order', 'isStarted', false), 'is reported'],
    ['unordered-anyway', answers('analysis/loops/shape', 'isShort', false), 'is reported'],
    ['stated', answers('analysis/loops/stated', 'statedAt', null), 'is reported'],
    ['context', answers('analysis/context/index', 'isQuietFile', false), 'is reported'],
  ]

  it.each(withoutReason)('is caught: %s', async (reason, change, how) => {
    const kinds = how === 'runs differently' ? [REPORTED, DIFFERENT] : [REPORTED]
    expect(await shows(await brokenRule(change), 300, kinds, reason)).toEqual(kinds)
  })
})

describe('a fixer without one of its cares', () => {
  it.each<[string, Mutation, RegExp]>([
    ['results in input order', answers('fix/loop/reductions', 'afterwards', []), /^(?:result|state)/],
    ['what can be seen after a failure', answers('fix/loop/reductions', 'isVisibleAfterFailure', false), /^(?:result|state)/],
    ['writes that the verdict does not know', answers('fix/loop/body', 'isOwnOfStart', true), /^(?:result|state|effects)/],
    ['`continue`', answers('fix/loop/body', 'continuesOf', []), /does not parse/],
    ['holes', answers('fix/loop/sources', 'isPossiblySparse', false), /^(?:result|state|effects)/],
    ['promises among the items', answers('fix/loop/sources', 'mayHoldPromises', false), /^(?:result|state|effects)/],
    [
      'the limit',
      wraps('fix/loop/helper-call', 'helperCall', (call: { text: string } | null) =>
        call && { ...call, text: call.text.replace(/concurrency: \d+/, 'concurrency: Infinity') },
      ),
      /^in flight/,
    ],
    [
      'the end of the list',
      wraps('fix/loop/helper-call', 'helperCall', (call: { text: string } | null) => call && { ...call, text: call.text.replace(/\((.*?), /, '([...$1].slice(1), ') }),
      /^(?:result|state|effects)/,
    ],
  ])('is caught: %s', async (_, change, what) => {
    expect(await shows(await brokenRule(change), 3_000, [what])).toEqual([what])
  })
})
