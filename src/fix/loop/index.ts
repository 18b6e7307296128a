/**
 * Rewrites a loop whose iterations need nothing from each other, so that several of them run at once. See the modules
 * `for-each`, `collect` and `split` for the forms; where none of them keeps the program's meaning there is no rewrite.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Loop, Verdict } from '../../analysis/loops/verdict.ts'
import { isInside, isLoop, type Node } from '../../ast/nodes.ts'
import { isEditable } from '../editable.ts'
import type { Rewrite } from '../offer.ts'
import { clashes, isOwnOfStart, isStuck, outerWrites, writtenRoot } from './body.ts'
import { collected } from './collect.ts'
import { forEached } from './for-each.ts'
import type { HelperSettings } from './helper-call.ts'
import { iterationOf } from './iteration.ts'
import { losesNarrowing } from './narrowing.ts'
import { afterwards, isVisibleAfterFailure } from './reductions.ts'
import type { NewText, Task } from './task.ts'
import { keepsComments } from './text.ts'
import { split } from './split.ts'
import { sequentialReduce } from './reduce.ts'

export type LoopRewriteMessage = 'runConcurrently'

/** Labels of the suggestions, by message id; part of the rule's messages. */
export const loopRewriteMessages: Record<LoopRewriteMessage, string> = {
  runConcurrently:
    'Run up to {{concurrency}} iterations at once through `{{helper}}`. {{order}} of later items may precede those of earlier ones, and work in flight goes on after a failure.',
}

/**
 * The rewrite of a loop, or null where none is right. Always a suggestion: which effects come first and what still runs
 * after a failure change.
 */
export function rewriteLoop(
  loop: Loop,
  verdict: Verdict,
  sourceCode: Readonly<TSESLint.SourceCode>,
  settings: HelperSettings,
): Rewrite<LoopRewriteMessage> | null {
  if (verdict.kind !== 'independent' || !isEditable(sourceCode)) return null
  const text = isLoop(loop) ? loopText(loop, verdict, sourceCode, settings) : sequentialReduce(loop, verdict, sourceCode, settings)
  if (!text || !keepsComments(sourceCode, text.range, text.text)) return null
  return {
    class: 'suggestion',
    messageId: 'runConcurrently',
    data: {
      concurrency: String(settings.concurrency),
      helper: text.import.local,
      order: verdict.results === 'effects' ? 'Effects' : 'Results keep their order; effects',
    },
    edit: (fixer) => [...text.import.edit(fixer), fixer.replaceTextRange([...text.range], text.text)],
  }
}

function loopText(
  loop: Extract<Loop, { body: unknown }>,
  verdict: Extract<Verdict, { kind: 'independent' }>,
  sourceCode: Readonly<TSESLint.SourceCode>,
  settings: HelperSettings,
): NewText | null {
  if (isStuck(sourceCode, loop, loop.body)) return null
  const iteration = iterationOf(loop, sourceCode)
  if (!iteration) return null
  if (clashes(sourceCode, iteration.variables.map(({ name }) => name), loop.body) && !iteration.taken) return null
  const { reductions } = verdict.evidence
  // What is no reduction stays only where nothing can tell: before the first `await`, and looked at nowhere behind it.
  const isKnown = (at: Node) =>
    reductions.some(({ node }) => isInside(at, node)) || (iteration.taken !== null && isInside(at, iteration.taken))
  const others = [...verdict.evidence.otherWrites, ...outerWrites(sourceCode, loop)].filter((at) => !isKnown(at))
  if (!others.every((at) => isOwnOfStart(at, loop, sourceCode))) return null

  const task: Task = {
    loop,
    body: loop.body,
    iteration,
    sourceCode,
    settings,
    reductions: afterwards(reductions, loop, sourceCode),
  }
  const written = [...reductions.map(({ target }) => target), ...others.map(writtenRoot), ...(iteration.emptied ? [iteration.emptied] : [])]
  if (isVisibleAfterFailure(loop, written, sourceCode) || losesNarrowing(task)) return null
  if (task.reductions.length === 0) return forEached(task)
  return collected(task, 'merged') ?? split(task) ?? collected(task, 'apart')
}
