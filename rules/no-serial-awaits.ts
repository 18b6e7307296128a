/** Reports reads that wait for one another in a row although none needs what another brings. */
import type { TSESLint } from '@typescript-eslint/utils'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { seriesOf, type Holder, type Series } from '../src/analysis/series/index.ts'
import { mentions } from '../src/ast/file-words.ts'
import { memberName, type Node } from '../src/ast/nodes.ts'
import { shortText } from '../src/ast/source-text.ts'
import { createRule } from '../src/create-rule.ts'
import { offer } from '../src/fix/offer.ts'
import { togetherRewrites } from '../src/fix/together.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Calls of up to this many characters are quoted with their arguments. */
const WHOLE = 40

export default createRule({
  name: 'no-serial-awaits',
  meta: {
    type: 'suggestion',
    docs: { description: 'disallow waiting for reads one after another that need nothing of each other', preset: 'recommended' },
    messages: {
      serialReads: '{{later}} for `{{first}}`, but {{none}} that it brings, and {{reads}}. Start them together with `Promise.all`.',
      perhapsSerial: '{{later}} for `{{first}}`, but {{none}} that it brings. If the order of their effects does not matter, start them together with `Promise.all`.',
      startTogether: 'Start them together with `Promise.all`. None waits for another then; where several fail, the first to fail is what is thrown.',
    },
    hasSuggestions: true,
    fixable: 'code',
  },
  shared: ['report', 'fixes'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mentions(sourceCode, 'await')) return {}
    const analysis = seriesOf(sourceCode, options)
    /** How many awaits bring a value to the same list of statements or literal; nearly always one. */
    const waits = new Map<Holder, number>()
    return {
      AwaitExpression(node) {
        const holder = analysis.holderOf(node)
        if (holder) waits.set(holder, (waits.get(holder) ?? 0) + 1)
      },
      'Program:exit'() {
        for (const [holder, count] of waits) {
          if (count < 2 || isInTest(holder, sourceCode)) continue
          for (const series of analysis.within(holder)) {
            context.report({
              node: series[0].pause,
              messageId: series.some(({ reading }) => reading === 'unknown') ? 'perhapsSerial' : 'serialReads',
              data: describe(series, sourceCode),
              ...offer(togetherRewrites(series, sourceCode), options, sourceCode),
            })
          }
        }
      },
    }
  },
})

function describe(series: Series, sourceCode: SourceCode): Record<string, string> {
  const [first, ...others] = textsOf(series, sourceCode)
  const names = others.slice(0, 3).map((text) => `\`${text}\``)
  const more = others.length - names.length
  if (more > 0) names.push(`${more} more`)
  const isOne = others.length === 1
  const list = isOne ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const named = series.filter(({ reading }) => reading === 'named').length
  const all = isOne ? 'both' : 'all'
  return {
    later: `${list} ${isOne ? 'waits' : 'wait'}`,
    first: first ?? '',
    none: isOne ? 'uses nothing' : 'use nothing',
    reads: named === 0 ? `${all} only read` : `${all} only read, by what their names say`,
  }
}

/** What is awaited; where two read the same, such as `db.users.count(…)`, the names under which the results are kept. */
function textsOf(series: Series, sourceCode: SourceCode): string[] {
  const texts = series.map(({ work }) => shortText(work, sourceCode, WHOLE))
  if (new Set(texts).size === texts.length) return texts
  return series.map(({ pause }, i) => keptName(pause) ?? texts[i] ?? '')
}

function keptName({ parent }: Node): string | null {
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name
  return parent?.type === 'Property' ? memberName(parent) : null
}
