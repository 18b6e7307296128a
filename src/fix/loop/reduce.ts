/**
 * A loop written as a chain of promises:
 *
 *     await ids.reduce(async (previous, id) => { await previous; await save(id) }, Promise.resolve())
 *     await forEachBounded(ids, async (id) => { await save(id) }, { concurrency: 10 })
 *
 * Only for chains that hand nothing on: a first statement that waits for the one before, and no value at the end.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import type { Verdict } from '../../analysis/loops/verdict.ts'
import { isFunction, unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { withLine } from './for-each.ts'
import { helperCall, type HelperSettings } from './helper-call.ts'
import { isPossiblySparse } from './sources.ts'
import type { NewText } from './task.ts'
import { textWith } from './text.ts'

export function sequentialReduce(
  call: TSESTree.CallExpression,
  { evidence }: Extract<Verdict, { kind: 'independent' }>,
  sourceCode: Readonly<TSESLint.SourceCode>,
  settings: HelperSettings,
): NewText | null {
  const callee = unwrap(call.callee)
  const [callback, start] = call.arguments
  if (callee.type !== 'MemberExpression' || callee.optional || !callback || !start) return null
  if (callback.type !== 'ArrowFunctionExpression' || callback.body.type !== 'BlockStatement') return null
  if (evidence.reductions.length > 0 || evidence.otherWrites.length > 0) return null
  // The value of the whole is not looked at.
  const isAwaited = call.parent.type === 'AwaitExpression' && call.parent.parent.type === 'ExpressionStatement'
  if (!isAwaited || !/^Promise\.resolve\(\)$/.test(sourceCode.getText(start))) return null
  if (isPossiblySparse(sourceCode, callee.object)) return null

  const [previous, item, ...others] = callback.params
  const [first] = callback.body.body
  if (previous?.type !== 'Identifier' || !item || others.length > 1 || first?.type !== 'ExpressionStatement') return null
  const awaited = first.expression.type === 'AwaitExpression' ? first.expression.argument : null
  if (awaited?.type !== 'Identifier' || awaited.name !== previous.name) return null
  const variable = callsOf(sourceCode).variableOf(awaited)
  if (!variable || variable.references.length !== 1 || returnsValue(callback.body, sourceCode)) return null

  const parameters = [item, ...others].map((parameter) => sourceCode.getText(parameter)).join(', ')
  const body = textWith(sourceCode, callback.body.range, [{ range: withLine(sourceCode.text, first.range), text: '' }])
  const text = helperCall(sourceCode, settings, 'forEach', sourceCode.getText(callee.object), `async (${parameters}) => ${body}`)
  return text && { range: call.range, text: text.text, import: text.import }
}

function returnsValue(body: Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return !walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    if (isFunction(node)) return 'skip'
    return node.type === 'ReturnStatement' && node.argument ? 'stop' : undefined
  })
}
