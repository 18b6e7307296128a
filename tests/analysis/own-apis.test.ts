/** Every rule that judges by what a call does learns it from `settings.bounded.apis` too: one program each, without and with the entry. */
import { describe, expect, it } from 'vitest'
import background from '../../rules/no-unbounded-background-task.ts'
import client from '../../rules/no-client-per-call.ts'
import combinator from '../../rules/no-unbounded-promise-all.ts'
import holding from '../../rules/no-await-while-holding.ts'
import loop from '../../rules/no-await-in-loop.ts'
import series from '../../rules/no-serial-awaits.ts'
import { lint } from '../support/lint.ts'

const apis = [{ module: '#shop', member: 'shine', work: 'network', access: 'read' }]
const HEAD = "import { shine } from '#shop'\n"

describe.each([
  [loop, 'export async function f(ids) { for (const id of ids) await shine(id) }'],
  [combinator, 'export async function f(url) { const ids = await (await fetch(url)).json(); return Promise.all(ids.map((id) => shine(id))) }'],
  [series, 'export async function f() { const a = await shine(1); const b = await shine(2); return [a, b] }'],
  [background, "import express from 'express'\nconst note = async (x) => { await shine(x) }\nexpress().get('/', (req, res) => { note(req.body); res.end() })"],
  [holding, 'export const f = (prisma) => prisma.$transaction(async (tx) => { await tx.job.create(await shine(1)) })'],
  [client, "import Redis from 'ioredis'\nexport const all = (xs) => Promise.all(xs.map((x) => shine(x, { client: new Redis(process.env.URL) })))"],
] as const)('$name', (rule, code) => {
  it('is silent of a call that nothing is known of', () => {
    expect(lint(rule, HEAD + code)).toEqual([])
  })

  it('reports one that the user described', () => {
    expect(lint(rule, HEAD + code, { settings: { apis } })).toHaveLength(1)
  })

  it('is silent where the entry is for another module', () => {
    expect(lint(rule, HEAD.replace('#shop', '#other') + code, { settings: { apis } })).toEqual([])
  })
})
