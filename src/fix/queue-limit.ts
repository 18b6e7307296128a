/**
 * The limit that a library's queue lacks:
 *
 *     new PQueue()                            →  new PQueue({ concurrency: 10 })
 *     new PromiseQueue(2, Infinity)           →  new PromiseQueue(2, 1000)
 *     mergeMap((job) => run(job))             →  mergeMap((job) => run(job), 10)
 */
import type { TSESLint } from '@typescript-eslint/utils'
import type { LibraryQueue } from '../analysis/growth/libraries.ts'
import { propertyOf, unwrap } from '../ast/nodes.ts'
import type { Rewrite } from './offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** One suggestion, or none where the call's arguments leave no place for the limit. */
export function limitRewrites({ kind, missing }: LibraryQueue, sourceCode: SourceCode, limits: { concurrency: number; capacity: number }): Rewrite<'addLimit'>[] {
  // What a full bottleneck drops is a decision of its own (`strategy`).
  if (!missing || kind === 'cache' || missing.limit.option === 'highWater') return []
  const { call, limit } = missing
  const value = String(kind === 'backlog' ? limits.capacity : limits.concurrency)
  const edit = editOf()
  return edit ? [{ class: 'suggestion', messageId: 'addLimit', data: { limit: limit.option ? `${limit.option}: ${value}` : value }, edit }] : []

  function editOf(): Rewrite<'addLimit'>['edit'] | null {
    const argument = call.arguments[limit.argument]
    const text = limit.option === undefined ? value : `{ ${limit.option}: ${value} }`
    if (!argument) {
      if (call.arguments.length !== limit.argument) return null
      const last = call.arguments.at(-1)
      if (last) return (fixer) => fixer.insertTextAfter(last, `, ${text}`)
      const close = sourceCode.getLastToken(call)
      // `new PQueue` without parentheses has none to put it into.
      return close?.value === ')' ? (fixer) => fixer.insertTextBefore(close, text) : (fixer) => fixer.insertTextAfter(call, `(${text})`)
    }
    if (limit.option === undefined) return (fixer) => fixer.replaceText(argument, value)
    const object = unwrap(argument)
    if (object.type !== 'ObjectExpression') return null
    const property = propertyOf(object, limit.option)
    if (property) return (fixer) => fixer.replaceText(property, `${limit.option}: ${value}`)
    const [first] = object.properties
    return first ? (fixer) => fixer.insertTextBefore(first, `${limit.option}: ${value}, `) : (fixer) => fixer.replaceText(object, text)
  }
}
