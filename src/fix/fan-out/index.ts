/**
 * Rewrites a fan-out so that a bounded number of its operations runs at once:
 *
 *     await Promise.all(ids.map((id) => load(id)))     →     await mapBounded(ids, (id) => load(id), { concurrency: 10 })
 *     await Promise.allSettled(ids.map(…))              →     await mapBoundedSettled(ids, …, { concurrency: 10 })
 *
 * for `p-map` in its own names, for `p-limit` by a limiter around the mapper. A list of promises that is made in the
 * statement before, or filled by the loop before, and used nowhere else moves into the call. `race` and `any` mean concurrency and are never rewritten.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Combinator, FanOut } from '../../analysis/fan-out/index.ts'
import { isRecursive } from '../../analysis/fan-out/recursion.ts'
import { callsOf } from '../../analysis/calls/index.ts'
import { availabilityOf, packageOf } from '../../analysis/manifest/index.ts'
import { workOf, type WorkAnalysis } from '../../analysis/work/index.ts'
import { unwrap } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { isEditable } from '../editable.ts'
import { helperCall } from '../loop/helper-call.ts'
import { argumentText, keepsComments } from '../loop/text.ts'
import { isArray } from '../loop/sources.ts'
import type { Rewrite } from '../offer.ts'
import { filledPlace } from './filled.ts'
import { mapperText } from './mapper.ts'
import { limiterEdits } from './limiter.ts'
import { onlyReads } from './only-reads.ts'
import { placeOf, type Place } from './place.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export type FanOutRewriteMessage = 'mapBounded' | 'mapBoundedUninstalled'

/** Labels of the suggestions, by message id; part of the rule's messages. */
export const fanOutRewriteMessages: Record<FanOutRewriteMessage, string> = {
  mapBounded:
    'Run at most {{concurrency}} at once{{each}} through `{{helper}}`. Results keep their order{{failure}}.',
  mapBoundedUninstalled:
    'Run at most {{concurrency}} at once{{each}} through `{{helper}}`, after `npm install {{package}}` (it is not among the `dependencies` of this package). Results keep their order{{failure}}.',
}

export interface FanOutFile {
  readonly sourceCode: SourceCode
  readonly filename: string
  readonly cwd: string
}

/** The rewrite of a combinator over one fan-out; null where none is right. */
export function rewriteFanOut(
  combinator: Combinator,
  fanOut: FanOut,
  file: FanOutFile,
  settings: Pick<Settings, 'apis' | 'concurrency' | 'helper'>,
): Rewrite<FanOutRewriteMessage> | null {
  const { sourceCode } = file
  if (!isEditable(sourceCode)) return null
  const place = fanOut.map ? placeOf(combinator, fanOut.map, sourceCode) : filledPlace(combinator, sourceCode)
  if (!place || combinator.kind === 'race' || combinator.kind === 'any') return null
  const edits =
    settings.helper === 'p-limit'
      ? place.kind !== 'filled' && limiterEdits(place, fanOut, sourceCode, settings)
      : mapEdits(place, combinator, fanOut, sourceCode, settings)
  if (!edits) return null
  const availability = availabilityOf(settings.helper, file)
  const isThere = availability === 'production' || availability === 'unknown'
  // Every call has a limit of its own, so that a tree runs as many at once as its levels multiply to.
  const isOfTree = isRecursive(fanOut.task, fanOut.list, callsOf(sourceCode), sourceCode)
  const isSafe = availability === 'production' && place.kind === 'direct' && !isOfTree && keepsMeaning(combinator, fanOut, sourceCode, workOf(sourceCode, settings.apis))
  return {
    class: isSafe ? 'fix' : 'suggestion',
    messageId: isThere ? 'mapBounded' : 'mapBoundedUninstalled',
    data: {
      concurrency: String(settings.concurrency),
      each: isOfTree ? ' in each call of the function, which calls itself,' : '',
      helper: edits.name,
      package: packageOf(settings.helper),
      // Where all outcomes are wanted, and behind a limiter, which knows nothing of the others, the rest still runs.
      failure: combinator.kind === 'settled' || settings.helper === 'p-limit' ? '' : '; after a failure no more are started',
    },
    edit: edits.edit,
  }
}

interface Edits {
  readonly name: string
  readonly edit: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]
}

function mapEdits(
  place: Place,
  { kind, call }: Combinator,
  fanOut: FanOut,
  sourceCode: SourceCode,
  settings: Pick<Settings, 'concurrency' | 'helper'>,
): Edits | null {
  const isFilled = place.kind === 'filled'
  const list = isFilled ? argumentText(sourceCode, place.list) : listText(fanOut, sourceCode)
  const mapper = isFilled ? place.mapper : list === null ? null : mapperText(fanOut, sourceCode)
  if (list === null || mapper === null) return null
  const text = helperCall(sourceCode, settings, kind === 'settled' ? 'settled' : 'map', list, mapper)
  if (!text) return null
  // Comments between the parts that move have no place in the new text.
  const moved: readonly (readonly [number, number])[] = isFilled ? place.replaced : place.kind === 'stored' ? [place.statement.range] : []
  if (![call.range, ...moved].every((range) => keepsComments(sourceCode, range, text.text))) return null
  return {
    name: text.import.local,
    edit: (fixer) => [
      ...text.import.edit(fixer),
      ...(isFilled ? place.removed : place.kind === 'stored' ? [place.removed] : []).map((range) => fixer.removeRange(range)),
      fixer.replaceText(call, text.text),
    ],
  }
}

/** The list as an argument; null where it is not known to be one that the helper goes over in the same way. */
function listText({ list, map }: FanOut, sourceCode: SourceCode): string | null {
  const expression = unwrap(list)
  if (!map || expression.type === 'Super') return null
  // `Array.from({ length: n }, f)` goes over a list that only `Array.from` makes.
  if (expression.type === 'ObjectExpression') return `Array.from(${sourceCode.getText(list)})`
  return argumentText(sourceCode, list)
}

/**
 * Whether a caller cannot tell the difference but by the number in flight: the tasks only read, the list is an array for
 * sure, and the mapper never throws before it returns its promise.
 */
function keepsMeaning({ kind }: Combinator, fanOut: FanOut, sourceCode: SourceCode, facts: WorkAnalysis): boolean {
  const mapper = fanOut.task
  if (mapper.type !== 'ArrowFunctionExpression' && mapper.type !== 'FunctionExpression') return false
  if (fanOut.list.type === 'ObjectExpression' || !isArray(sourceCode, fanOut.list)) return false
  return (kind === 'all' || kind === 'settled') && mapper.async && onlyReads(mapper, fanOut, sourceCode, facts)
}

