import type { TSESLint } from '@typescript-eslint/utils'
import { isLoop, memberName, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { sizeMembers } from '../../knowledge/built-in-methods.ts'

/**
 * The test by which a loop waits while a collection of running promises is full; null where there is none:
 *
 *     for (const id of ids) {
 *       if (running.size >= 10) await Promise.race(running)
 *       running.add(load(id))
 *     }
 */
export function roomCheck(variable: TSESLint.Scope.Variable, sourceCode: Readonly<TSESLint.SourceCode>): Node | null {
  for (const { identifier } of variable.references) {
    const member = (identifier as Node).parent
    if (member?.type !== 'MemberExpression' || member.object !== identifier || !sizeMembers.has(memberName(member) ?? '')) continue
    const test = member.parent
    if (test.type !== 'BinaryExpression' || !/^(?:[<>]=?|===?)$/.test(test.operator)) continue
    const branch = ifOrLoopOf(test)
    if (branch && waits(branch, sourceCode) && isInLoop(branch)) return test
  }
  return null
}

/** The statement that a test decides about, through `&&` and `||`. */
function ifOrLoopOf(test: Node): Node | null {
  let current = test
  while (current.parent?.type === 'LogicalExpression') current = current.parent
  const { parent } = current
  if (parent?.type === 'IfStatement' && parent.test === current) return parent.consequent
  return (parent?.type === 'WhileStatement' || parent?.type === 'DoWhileStatement') && parent.test === current ? parent.body : null
}

function waits(branch: Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return !walkOwnCode(branch, sourceCode.visitorKeys, ({ type }) => (type === 'AwaitExpression' ? 'stop' : undefined))
}

function isInLoop(node: Node): boolean {
  let current = node.parent
  while (current && !isLoop(current) && !/Function/.test(current.type)) current = current.parent
  return isLoop(current)
}
