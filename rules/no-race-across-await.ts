/** Reports values that are looked at before an `await` and written after it, by code that runs several times at once. */
import type { TSESLint } from '@typescript-eslint/utils'
import { functionName } from '../src/ast/function-name.ts'
import { mentions } from '../src/ast/file-words.ts'
import { enclosingFunction, type Node } from '../src/ast/nodes.ts'
import { shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo, type Handler } from '../src/analysis/handlers/index.ts'
import { isAskedForAtAnyTime, isFlag, isHarmful, racesOf, type Overlap, type Race } from '../src/analysis/races/index.ts'
import { runsOnce } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import { offer } from '../src/fix/offer.ts'
import { waitFirst } from '../src/fix/wait-first.ts'
import type { Settings } from '../src/options/settings.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const messages = {
  sum: '`{{place}}` is read before `{{work}}` and written after it, and {{others}}: each writes its own sum over the others\'. Wait first, then change `{{place}}` in one step.',
  copy: '`{{place}}` is read in line {{line}}, before `{{work}}`, and written after it, and {{others}}: what another wrote meanwhile is lost. Read it again after the wait.',
  start: '`{{place}}` is looked at in line {{line}} and set only after `{{work}}`, and {{others}}: each finds it empty and does the work again. Keep the promise in `{{place}}` instead, at once, and await that.',
  flag: '`{{place}}` is looked at in line {{line}} and set only after `{{work}}`, and {{others}}: each finds it unset and does the work again. Keep the promise of the work instead of a flag, at once, and await that.',
  fill: '`{{place}}` is looked for in line {{line}} and put in only after `{{work}}`, and {{others}}: each misses it and does the work again. Put the promise in at once, and await that.',
  waitFirst: 'Wait first and keep the result in `{{name}}`; then `{{place}}` is read and written in one step.',
}

export default createRule<keyof typeof messages>({
  name: 'no-race-across-await',
  meta: {
    type: 'problem',
    docs: { description: 'disallow writing a shared value after an await on the strength of what it was before', preset: 'recommended' },
    messages,
    hasSuggestions: true,
    fixable: 'code',
  },
  shared: ['report', 'fixes'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mentions(sourceCode, 'await')) return {}
    return {
      'Program:exit'() {

        const handlers = () => handlersOf(sourceCode, options, context.filename)
        for (const race of racesOf(sourceCode, handlers)) {
          const { write, overlap } = race
          if (!overlap || runsOnce(write, sourceCode) || isInTest(write, sourceCode) || handlers().isOnce(overlap.owner.body)) {
            remark('no-race-across-await', write, () => 'alone: nothing shows that several calls of this code run at once, or a lock keeps them apart')
          } else if (options.report === 'possible' || isCertain(race, overlap, sourceCode)) report(race, overlap, context, options)
        }
      },
    }
  },
})

/** Ticks of a timer overlap only where one takes longer than the pause, and callers may wait for each other. */
function isCertain(race: Race, overlap: Overlap, sourceCode: SourceCode): boolean {
  if (!isHarmful(race)) return false
  return overlap.kind === 'callers' ? isAskedForAtAnyTime(race, sourceCode) : overlap.kind === 'elements' || overlap.reach.handler.runs !== 'timer'
}

function report(race: Race, overlap: Overlap, context: Readonly<Context<keyof typeof messages>>, options: Pick<Settings, 'fixes'>): void {
  const { kind, place, look, pause, write } = race
  const { sourceCode } = context
  const rewrites = kind === 'sum' && write.type === 'AssignmentExpression' ? waitFirst(write, pause, sourceCode) : []
  context.report({
    node: write,
    messageId: kind === 'start' && isFlag(write) ? 'flag' : kind,
    data: { place: place.text, work: shortText(pause, sourceCode, 50), line: String(look.loc.start.line), others: othersOf(overlap, write, sourceCode) },
    ...offer(rewrites.map((rewrite) => ({ ...rewrite, data: { ...rewrite.data, place: place.text } })), options, sourceCode),
  })
}

const TRIGGERS: Record<Handler['runs'], string> = { request: 'requests', message: 'messages', event: 'events', job: 'jobs', timer: 'ticks that take long' }

function othersOf(overlap: Overlap, write: Node, sourceCode: SourceCode): string {
  switch (overlap.kind) {
    case 'elements':
      return `all elements of \`${shortText(overlap.list, sourceCode, 40)}\` are worked on at once`
    case 'handler':
      return `${TRIGGERS[overlap.reach.handler.runs]} run at once (\`${wayTo(overlap.reach)}\`)`
    case 'callers': {
      const owner = enclosingFunction(write)
      return `calls of \`${(owner && functionName(owner)) ?? 'this function'}\` may run at once`
    }
  }
}
