/** Tests whether a path exists, and what is done with the path beside the test. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, unwrap, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { existenceTests } from '../../knowledge/blocking.ts'
import { callsOf } from '../calls/index.ts'
import { blockingOf } from './index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Whether a call asks if a path exists that blocking calls of the same function use as well: `existsSync(p) && readFileSync(p)`. */
export function isExistenceTestOfRead(node: Node, sourceCode: SourceCode): boolean {
  const path = testedPath(node, sourceCode)
  const owner = enclosingFunction(node)
  if (path === null || !owner) return false
  return someCall(owner, sourceCode, (call) => {
    if (call === node || !call.arguments.some((argument) => sourceCode.getText(argument) === path)) return false
    // `if (!existsSync(dir)) mkdirSync(dir)` asks instead of doing: the test is all that runs from the second time on.
    if (isGuardedByExistenceTest(call, sourceCode)) return false
    if (isCostly(call, sourceCode)) return true
    const called = callsOf(sourceCode).functionOf(call)
    return called !== null && someCall(called, sourceCode, (inner) => isCostly(inner, sourceCode))
  })
}

/** Whether a write runs only where its path was missing: `if (!existsSync(p)) mkdirSync(p)`. It happens once per path. */
export function isGuardedByExistenceTest(node: Node, sourceCode: SourceCode): boolean {
  if (node.type !== 'CallExpression' || !blockingOf(sourceCode).factOf(node)?.writes) return false
  const [argument] = node.arguments
  const path = argument && sourceCode.getText(argument)
  for (let current: Node = node, parent: Node | undefined = node.parent; parent && path; current = parent, parent = parent.parent) {
    if (parent.type === 'IfStatement' && parent.consequent === current && isMissing(parent.test, path, sourceCode)) return true
    if (parent.type === 'LogicalExpression' && parent.right === current) {
      if (parent.operator === '&&' ? isMissing(parent.left, path, sourceCode) : testedPath(unwrap(parent.left), sourceCode) === path) return true
    }
    if (/Function/.test(parent.type)) return false
  }
  return false
}

function isMissing(test: Node, path: string, sourceCode: SourceCode): boolean {
  const value = unwrap(test)
  if (value.type === 'LogicalExpression') return isMissing(value.left, path, sourceCode) || isMissing(value.right, path, sourceCode)
  return value.type === 'UnaryExpression' && value.operator === '!' && testedPath(unwrap(value.argument), sourceCode) === path
}

function testedPath(node: Node, sourceCode: SourceCode): string | null {
  if (node.type !== 'CallExpression') return null
  const fact = blockingOf(sourceCode).factOf(node)
  const [argument] = node.arguments
  return fact && argument && existenceTests.has(fact.member as string) ? sourceCode.getText(argument) : null
}

function isCostly(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const fact = blockingOf(sourceCode).factOf(call)
  return fact !== null && fact.cost === 'file' && !fact.cheap
}

function someCall(owner: FunctionNode, { visitorKeys }: SourceCode, test: (call: TSESTree.CallExpression) => boolean): boolean {
  let found = false
  walkOwnCode(owner.body, visitorKeys, (node) => {
    if (node.type === 'CallExpression' && test(node)) found = true
    return found ? 'stop' : undefined
  })
  return found
}
