import { expect, it } from 'vitest'
import { workOf } from '../../src/analysis/work/index.ts'
import { walk, type FunctionNode } from '../../src/ast/nodes.ts'
import { analyse } from '../support/lint.ts'

function workIn(code: string): string {
  return analyse(code, (sourceCode) => {
    let first: FunctionNode | undefined
    walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
      if (node.type === 'FunctionDeclaration') first ??= node
    })
    const started = workOf(sourceCode, []).ofFunction(first as FunctionNode)
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
