/** Where several reasons hold, the first question that is asked gives the answer: each case would be another verdict without it. */
import { describe, expect, it } from 'vitest'
import { asyncVerdictOf } from '../../src/analysis/async-contracts/index.ts'
import type { FanOut } from '../../src/analysis/fan-out/index.ts'
import { verdictOf, type SiteKind } from '../../src/analysis/fan-out/verdict.ts'
import { loopsOf, type Loop } from '../../src/analysis/loops/index.ts'
import { isFunction, isLoop, walk, type FunctionNode, type Node } from '../../src/ast/nodes.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

function first<Found extends Node>(ast: Node, keys: Parameters<typeof walk>[1], is: (node: Node) => node is Found): Found {
  let found: Found | undefined
  walk(ast, keys, (node) => {
    if (is(node)) found ??= node
  })
  return found as Found
}

describe('loops', () => {
  const reasonOf = (body: string, before = ''): string =>
    analyse(`async function f(xs, trx) { ${before} for (const x of xs) { ${body} } }`, (sourceCode) => {
      const verdict = loopsOf(sourceCode, settingsOf({})).verdictOf(first(sourceCode.ast, sourceCode.visitorKeys, isLoop) as Loop)
      return verdict.kind === 'ordered' ? verdict.reason : verdict.kind
    })
  const SINK = 'await trx.save(x);'
  const PACE = 'await new Promise((r) => setTimeout(r, 9));'
  const CARRIED = 'last = await fetch(x + last);'
  const EXIT = 'if (await fetch(x)) break;'
  const STATED = '// one after another, on purpose: the service takes one request at a time\n'

  it('have these reasons one by one', () => {
    expect([EXIT, PACE, SINK, CARRIED].map((body) => reasonOf(body, 'let last;'))).toEqual(['control', 'pacing', 'ordered-sink', 'carried'])
    expect(reasonOf('await fetch(x)', STATED)).toBe('stated')
    expect(reasonOf('await fetch(x)')).toBe('independent')
  })

  it.each([
    ['a way out before a comment', `${STATED}`, EXIT, 'control'],
    ['a comment before what is waited for', `${STATED}`, PACE, 'stated'],
    ['what is waited for first before what is waited for later', '', PACE + SINK, 'pacing'],
    ['what is waited for first, whatever it is', '', SINK + PACE, 'ordered-sink'],
    ['what is waited for before what is carried', 'let last;', CARRIED + PACE, 'pacing'],
  ])('give %s', (_, before, body, reason) => {
    expect(reasonOf(body, before)).toBe(reason)
  })
})

describe('fan-outs', () => {
  const node = {} as Node
  const work = { work: 'network', access: 'read', certainty: 'known', via: [] } as unknown as FanOut['work']
  const sizes = {
    short: { kind: 'bounded', max: 3, by: 'literal', because: node },
    long: { kind: 'bounded', max: 300, by: 'range', because: node },
    rows: { kind: 'dynamic', source: 'query', strength: 'strong', because: node },
    unknown: { kind: 'unknown', because: node },
  } as unknown as Record<'short' | 'long' | 'rows' | 'unknown', FanOut['size']>
  const limits = {
    none: null,
    limited: { kind: 'limited', by: node },
    'per-element': { kind: 'per-element', made: node },
    unlimited: { kind: 'unlimited', made: node },
  } as unknown as Record<'none' | 'limited' | 'per-element' | 'unlimited', FanOut['limit']>

  it.each<[keyof typeof limits, keyof typeof sizes, boolean, SiteKind, string]>([
    ['limited', 'short', false, 'combinator', 'limited'],
    ['per-element', 'short', false, 'combinator', 'small'],
    ['per-element', 'unknown', false, 'combinator', 'nothing-started'],
    ['per-element', 'unknown', true, 'combinator', 'unknown-length'],
    ['per-element', 'rows', true, 'dropped', 'limiterPerElement'],
    ['unlimited', 'rows', true, 'dropped', 'unlimitedLimiter'],
    ['none', 'rows', true, 'unlimited-map', 'unlimitedLimiter'],
    ['none', 'long', true, 'dropped', 'droppedFanOut'],
    ['none', 'long', true, 'combinator', 'largeFanOut'],
    ['none', 'rows', true, 'combinator', 'unboundedFanOut'],
  ])('limit %s, list %s, work %s, in a %s: %s', (limit, size, works, kind, expected) => {
    const fanOut = { list: node, task: node, map: null, size: sizes[size], work: works ? work : null, unresolved: null, limit: limits[limit] } as FanOut
    const verdict = verdictOf(fanOut, { report: 'certain', max: 10 }, kind)
    expect('report' in verdict ? verdict.report : verdict.silence).toBe(expected)
  })
})

describe('async functions', () => {
  const reasonOf = (code: string): string | undefined =>
    analyse(code, (sourceCode) => {
      const node = first(sourceCode.ast, sourceCode.visitorKeys, (each): each is FunctionNode => isFunction(each) && each.async)
      const verdict = asyncVerdictOf(node, sourceCode, { ...settingsOf({}), filename: '/a.ts', cwd: '/' })
      return verdict?.kind === 'idle' ? 'idle' : verdict?.reason
    })

  it.each([
    ['an empty body before a comment', '// eslint-disable-next-line require-await\nasync function f() {}', 'empty'],
    ['a comment before a body that only throws', '// eslint-disable-next-line require-await\nasync function f() { throw new Error() }', 'stated'],
    ['a body that only throws before a caller that chains', 'async function f() { throw new Error() }\nf().then(g)', 'rejection'],
    ['a caller that chains before what is returned', 'async function f() { return load() }\nf().then(g)', 'chained'],
    ['what is returned before who may call it', 'export async function f() { return fetch("/") }', 'returns-promise'],
  ])('give %s', (_, code, reason) => {
    expect(reasonOf(code)).toBe(reason)
  })
})
