import { expect, it } from 'vitest'
import { workOf } from '../../src/analysis/work/index.ts'
import { walk, type CallLike, type FunctionNode } from '../../src/ast/nodes.ts'
import { settingsOf } from '../../src/options/settings.ts'
import { analyse } from '../support/lint.ts'

function workIn(code: string): string {
  return analyse(code, (sourceCode) => {
    let first: FunctionNode | undefined
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (node.type === 'FunctionDeclaration') first ??= node
    })
    const started = workOf(sourceCode, settingsOf({}).apis).ofFunction(first as FunctionNode)
    return started ? `${started.work} ${started.access} via ${started.via.length}` : 'nothing'
  })
}

it.each([
  ['function f(x) { return fetch(x) }', 'network read via 0'],
  ['function f(x) { return x * 2 }', 'nothing'],
  ['async function f(x) { await g(x) } async function g(x) { await fetch(x); await f(x) }', 'network read via 1'],
  ["import { readFile, writeFile } from 'fs/promises'; function f(x) { readFile(x); writeFile(x) }", 'file write via 0'],
  ['function f(x) { return new Promise((resolve) => fetch(x).then(resolve)) }', 'network read via 0'],
  ['function f(x) { return () => fetch(x) }', 'nothing'],
])('%s: %s', (code, expected) => {
  expect(workIn(code)).toBe(expected)
})

/** What the last call of a program is likely to start, by names alone. */
function likelyIn(code: string): string {
  return analyse(code, (sourceCode) => {
    let last: CallLike | undefined
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (node.type === 'CallExpression') last = node
    })
    const started = workOf(sourceCode, settingsOf({}).apis).ofCall(last as CallLike)
    return started ? `${started.certainty} ${started.work} ${started.access}` : 'nothing'
  })
}

it.each([
  ['async (userRepository) => { await userRepository.findOne(1) }', 'likely database read'],
  ['async (userRepository) => { userRepository.findOne(1) }', 'nothing'],
  ['async (numbers) => { await numbers.findOne(1) }', 'nothing'],
  ["import { prisma } from './db'; export const f = async () => prisma.user.update({})", 'likely database write'],
  ["import { db } from './db'; export const f = async () => { await db.label() }", 'nothing'],
  ["import { User } from './models'; export const f = async () => { await User.create({}) }", 'likely database write'],
  ["import { User } from './models'; export const f = async () => { await User.connect({}) }", 'nothing'],
  ["import { fetchUser } from './users'; export const f = async (id) => { await fetchUser(id) }", 'likely network read'],
  ["import { formatUser } from './users'; export const f = async (id) => { await formatUser(id) }", 'nothing'],
  ["const fetchUser = (id) => users[id]; export const f = async (id) => { await fetchUser(id) }", 'nothing'],
  ["import { removeDirectory } from './io'; export const f = async (id) => { await removeDirectory(id) }", 'likely file write'],
  ["import { removeListener } from './io'; export const f = async (id) => { await removeListener(id) }", 'nothing'],
  ['class A { f(id) { return this.authorManager.getAuthor(id).then(print) } }', 'likely other read'],
  ['class A { f(id) { return this.authorManager.label(id).then(print) } }', 'nothing'],
  ["import path from 'path'; export const f = async (client) => { await path.get(client) }", 'nothing'],
  ['async (client) => { await Object.create(client) }', 'nothing'],
  ['async (client) => { await Promise.all([client.send(1)]) }', 'likely network write'],
])('%s: %s', (code, expected) => {
  expect(likelyIn(code)).toBe(expected)
})

it('prefers what a table knows over what a name says', () => {
  expect(workIn('async function f(api, x) { await api.send(x); await fetch(x) }')).toBe('network read via 0')
})
