/**
 * Waits for what nothing waited for, a bounded number at a time:
 *
 *     ids.forEach(async (id) => { await load(id) })
 *     await forEachBounded(ids, async (id) => { await load(id) }, { concurrency: 10 })
 *
 * Only where the function around it is asynchronous: any other would have to become so, with everyone who calls it.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import type { Dropped, FanOut } from '../../analysis/fan-out/index.ts'
import { availabilityOf, packageOf } from '../../analysis/manifest/index.ts'
import { enclosingFunction, memberName, type Node } from '../../ast/nodes.ts'
import { arraysOwnMethods } from '../../knowledge/built-in-methods.ts'
import type { Settings } from '../../options/settings.ts'
import { isEditable } from '../editable.ts'
import { isCommonJs } from '../import-name.ts'
import { helperCall } from '../loop/helper-call.ts'
import { isArray } from '../loop/sources.ts'
import { argumentText, keepsComments } from '../loop/text.ts'
import type { Rewrite } from '../offer.ts'
import type { FanOutFile } from './index.ts'
import { mapperText } from './mapper.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export type DroppedRewriteMessage = 'forEachBounded' | 'forEachBoundedUninstalled'

/** Labels of the suggestions, by message id; part of the rule's messages. */
export const droppedRewriteMessages: Record<DroppedRewriteMessage, string> = {
  forEachBounded:
    'Wait for all of them, at most {{concurrency}} at once, through `{{helper}}`. What follows runs after them; a failure rejects here, and no more are started.',
  forEachBoundedUninstalled:
    'Wait for all of them, at most {{concurrency}} at once, through `{{helper}}`, after `npm install {{package}}` (it is not among the `dependencies` of this package). What follows runs after them; a failure rejects here, and no more are started.',
}

/** Always a suggestion: when what follows runs, and what becomes of a failure, change. Null where no rewrite is right. */
export function rewriteDropped(
  { call, list }: Dropped,
  fanOut: FanOut,
  file: FanOutFile,
  settings: Pick<Settings, 'concurrency' | 'helper'>,
): Rewrite<DroppedRewriteMessage> | null {
  const { sourceCode } = file
  if (fanOut.limit || !isEditable(sourceCode) || !isPlainStatement(call) || !isArrayByUse(list, call, sourceCode)) return null
  const mapper = mapperText(fanOut, sourceCode)
  const text = mapper && helperCall(sourceCode, settings, 'forEach', argumentText(sourceCode, list), mapper)
  if (!text || !keepsComments(sourceCode, call.range, text.text)) return null
  const isAwaited = call.parent.type === 'AwaitExpression'
  if (!isAwaited && !mayAwait(call, sourceCode)) return null
  const availability = availabilityOf(settings.helper, file)
  return {
    class: 'suggestion',
    messageId: availability === 'production' || availability === 'unknown' ? 'forEachBounded' : 'forEachBoundedUninstalled',
    data: { concurrency: String(settings.concurrency), helper: text.import.local, package: packageOf(settings.helper) },
    edit: (fixer) => [...text.import.edit(fixer), fixer.replaceText(call, isAwaited ? text.text : `await ${text.text}`)],
  }
}

/** `xs.forEach(f)` with nothing optional, as a statement or awaited in one. */
function isPlainStatement(call: Dropped['call']): boolean {
  if (call.callee.type !== 'MemberExpression' || call.callee.computed || call.callee.optional || call.optional || call.typeArguments) return false
  const { parent } = call
  return parent.type === 'ExpressionStatement' || (parent.type === 'AwaitExpression' && parent.parent.type === 'ExpressionStatement')
}

/** Whether `await` may stand here. At the top of a file only where it is a module for sure. */
function mayAwait(call: Node, sourceCode: SourceCode): boolean {
  const owner = enclosingFunction(call)
  if (owner) return owner.async && !isInParameters(call, owner.body)
  let current: Node | undefined = call
  while (current && current.type !== 'PropertyDefinition' && current.type !== 'StaticBlock') current = current.parent
  const { body, sourceType } = sourceCode.ast
  return !current && sourceType === 'module' && !isCommonJs(sourceCode) && body.some(({ type }) => /^(?:Import|Export)/.test(type))
}

function isInParameters(call: Node, body: Node): boolean {
  return call.range[0] < body.range[0]
}

/** `Map` and `Set` have a `forEach` too, whose callback gets something else: an array by what makes it, or by a method that only arrays have. */
function isArrayByUse(list: Node, call: Dropped['call'], sourceCode: SourceCode): boolean {
  if (call.callee.type === 'MemberExpression' && memberName(call.callee) === 'map') return true
  if (isArray(sourceCode, list)) return true
  if (list.type !== 'Identifier') return false
  const references = callsOf(sourceCode).variableOf(list)?.references ?? []
  return references.some(({ identifier }) => {
    const member = (identifier as Node).parent
    return member?.type === 'MemberExpression' && member.object === identifier && arraysOwnMethods.has(memberName(member) ?? '')
  })
}
