/** Every word of the tables of what holds, and of what goes out, decides a case. */
import { describe, expect, it } from 'vitest'
import rule from '../../rules/no-await-while-holding.ts'
import {
  beginningMethods, checkOutMethods, committingMethods, databaseWords, deferringVerbs, directionWords, gatingVerbs, implicitWords, lockingNames, messageWords, outsideServices,
  queryMethods, remoteKinds, rollingBackMethods, sendingVerbs, sleepingCalls, statementMethods, transactionNames, transferVerbs,
} from '../../src/knowledge/transactions.ts'
import { lint } from '../support/lint.ts'

const held = (body: string) => `import { it, other } from './it.js'; export const f = (x, prisma) => prisma.$transaction(async (tx) => { ${body} })`
const found = (code: string) => lint(rule, code).map(({ messageId }) => messageId)
const Big = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

describe('what goes out', () => {
  it.each([...outsideServices])('%s', (word) => {
    expect(found(held(`await x.${word}.create(1)`))).toEqual(['after'])
    expect(found(held(`await x.${word}Row.create(1)`))).toEqual([])
  })

  it.each([...remoteKinds])('%sClient', (word) => {
    expect(found(held(`await x.${word}Client.create(1)`))).toEqual(['after'])
  })

  it.each([...sendingVerbs].flatMap((verb) => [...messageWords].map((word) => `${verb}Big${Big(word)}`)))('%s', (name) => {
    expect(found(held(`await x.${name}(1)`))).toEqual(['after'])
  })

  it.each([...transferVerbs])('%s', (verb) => {
    expect(found(held(`await x.${verb}Avatar(1)`))).toEqual(['after'])
  })

  it.each([...directionWords])('remove%sS3', (word) => {
    expect(found(held(`await x.remove${Big(word)}S3(1)`))).toEqual(['after'])
    expect(found(held(`await x.removeMyS3(1)`))).toEqual([])
  })

  it.each([...sleepingCalls])('%s', (name) => {
    expect(found(held(`await x.${name}(500)`))).toEqual(['pause'])
  })

  it.each([...gatingVerbs])('%s', (verb) => {
    expect(found(held(`await x.stripe.${verb}Account(1)`))).toEqual(['before'])
  })

  it.each([...deferringVerbs])('%s keeps its callback for later', (verb) => {
    expect(found(held(`await x.${verb}Commit(async () => { await fetch('https://a.b') })`))).toEqual([])
    expect(found(held(`await x.runCommit(async () => { await fetch('https://a.b') })`))).toEqual(['after'])
  })

  it.each([...queryMethods])('prisma.%s()', (name) => {
    expect(found(held(name === '' ? 'await prisma(1)' : `await prisma.${name}(1)`))).toEqual(['second'])
  })
})

describe('what holds', () => {
  it.each([...transactionNames.keys()])('%s', (name) => {
    expect(found(`export const f = (db) => db.${name}(async (tx) => { await fetch('https://a.b') })`)).toEqual(['after'])
  })

  it.each([...databaseWords])('%s.transaction', (word) => {
    expect(found(`export const f = (my) => my.${word}.transaction(async (handed) => { await fetch('https://a.b') })`)).toEqual(['after'])
    expect(found(`export const f = (my) => my.${word}Row.transaction(async (handed) => { await fetch('https://a.b') })`)).toEqual([])
  })

  it.each([...implicitWords])('%s.withTransaction, where the callback gets nothing', (word) => {
    expect(found(`export const f = (my) => my.${word}.withTransaction(async () => { await fetch('https://a.b') })`)).toEqual(['after'])
  })

  const span = (begin: string, end: string) => found(`export async function f(c, pool) { ${begin}; await fetch('https://a.b'); ${end} }`)

  it.each([...beginningMethods].flatMap((begin) => [...committingMethods].map((end) => [begin, end] as const)))('%s to %s', (begin, end) => {
    expect(span(`await c.${begin}()`, `await c.${end}()`)).toEqual(['after'])
  })

  it.each([...rollingBackMethods])('not after %s', (end) => {
    expect(span(`await c.startTransaction(); await c.${end}()`, 'await c.commit()')).toEqual([])
  })

  it.each([...statementMethods])('%s', (name) => {
    expect(span(`await c.${name}('BEGIN')`, `await c.${name}('COMMIT')`)).toEqual(['after'])
  })

  it.each([...checkOutMethods])('%s', (name) => {
    expect(span(`const one = await pool.${name}()`, 'one.release()')).toEqual(['connection'])
  })

  it.each([...lockingNames])('a lock by %s', (name) => {
    expect(found(held(`const row = await tx.a.find({ ${name}: 1 }); const next = await fetch(row.url); await tx.a.update(next)`))).toEqual([])
    expect(found(held('const row = await tx.a.find({ other: 1 }); const next = await fetch(row.url); await tx.a.update(next)'))).toEqual(['between'])
  })
})
