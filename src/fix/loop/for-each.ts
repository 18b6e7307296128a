/**
 * A loop that leaves nothing behind but its effects:
 *
 *     for (const x of xs) { …; await save(x) }
 *     await forEachBounded(xs, async (x) => { …; await save(x) }, { concurrency: 10 })
 */
import { continuesOf, statementsOf } from './body.ts'
import { helperCall } from './helper-call.ts'
import type { NewText, Task } from './task.ts'
import { arrowOf, semicolonAfter, textWith } from './text.ts'

export function forEached(task: Task): NewText | null {
  const { loop, body, iteration, sourceCode, settings } = task
  const call = helperCall(sourceCode, settings, 'forEach', iteration.input, functionText(task))
  if (!call || iteration.before.length > 0) return null
  return { range: loop.range, text: `await ${call.text}${semicolonAfter(sourceCode, loop, body)}`, import: call.import }
}

function functionText({ body, iteration, sourceCode }: Task): string {
  const { parameters, taken } = iteration
  const [only, ...others] = statementsOf(body)
  const isBare = sourceCode.getCommentsInside(body as never).length === 0
  if (only?.type === 'ExpressionStatement' && others.length === 0 && isBare) {
    if (only.expression.type === 'AwaitExpression') return arrowOf(sourceCode, parameters, only.expression)
  }
  const returns = continuesOf(sourceCode, body).map(({ range }) => ({ range: [range[0], range[0] + 8] as const, text: 'return' }))
  const removed = taken ? [{ range: withLine(sourceCode.text, taken.range), text: '' }] : []
  const text = textWith(sourceCode, body.range, [...returns, ...removed])
  return `async ${parameters} => ${body.type === 'BlockStatement' ? text : `{ ${text} }`}`
}

/** A statement's range with the white space before it. */
export function withLine(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  let from = start
  while (from > 0 && /\s/.test(text[from - 1] as string)) from -= 1
  return [from, end]
}
