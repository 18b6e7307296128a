/** Reports a combinator that starts one operation per element of a list whose length nothing limits. */
import { fanOutsOf, mayCombine, mayDrop, type FanOut } from '../src/analysis/fan-out/index.ts'
import { DEFAULT_MAX, verdictOf } from '../src/analysis/fan-out/verdict.ts'
import { limitersOf, mayMapBounded } from '../src/analysis/limiters/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { createRule } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import { droppedRewriteMessages, rewriteDropped } from '../src/fix/fan-out/dropped.ts'
import { fanOutRewriteMessages, rewriteFanOut, type FanOutFile } from '../src/fix/fan-out/index.ts'
import type { Settings } from '../src/options/settings.ts'
import { offer } from '../src/fix/offer.ts'
import { adviceAt } from './prefer-batch/advice.ts'
import { siteOf, type Site } from './no-unbounded-promise-all/site.ts'
import { dataOf, reasonOf } from './no-unbounded-promise-all/wording.ts'

export default createRule({
  name: 'no-unbounded-promise-all',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow starting an operation for every element of a list whose length nothing limits',
      preset: 'recommended',
    },
    messages: {
      unboundedFanOut:
        '`{{combinator}}` starts {{work}} for every element of `{{list}}` at once, and nothing limits how many there are: {{size}}. Pass the list through a helper with a `concurrency`, such as `{{helper}}`.{{batch}}',
      largeFanOut:
        '`{{combinator}}` starts {{work}} for up to {{max}} elements of `{{list}}` at once; more than {{allowed}} count as many. Pass the list through a helper with a `concurrency`, such as `{{helper}}`.{{batch}}',
      possibleFanOut:
        '`{{combinator}}` may start {{work}} for every element of `{{list}}` at once: {{size}}. If the list can be long, pass it through a helper with a `concurrency`, such as `{{helper}}`.{{batch}}',
      unlimitedLimiter:
        '`{{limiter}}` has no limit here, so `{{combinator}}` starts {{work}} for every element of `{{list}}` at once: {{size}}. Give it a concurrency.',
      limiterPerElement:
        '`{{limiter}}` makes a new limiter for every element of `{{list}}`, so `{{combinator}}` starts {{work}} for all of them at once. Create the limiter once, outside the mapper.',
      droppedFanOut:
        '`{{combinator}}` starts {{work}} for every element of `{{list}}` at once and nothing waits for it: nothing limits how many there are ({{size}}), what follows runs before they end, and {{failure}}. Await a helper with a `concurrency`, such as `{{forEach}}`.{{batch}}',
      possibleDroppedFanOut:
        '`{{combinator}}` may start {{work}} for every element of `{{list}}` at once and nothing waits for it: {{size}}. If the list can be long, await a helper with a `concurrency`, such as `{{forEach}}`.{{batch}}',
      ...fanOutRewriteMessages,
      ...droppedRewriteMessages,
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  shared: ['report', 'concurrency', 'fixes'],
  own: {
    max: {
      type: 'integer',
      minimum: 0,
      default: DEFAULT_MAX,
      description: 'How many elements a list may have at most for its operations to be started at once.',
    },
  },
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts)) return {}
    const isBounding = mayMapBounded(sourceCode)
    if (!isBounding && !mayCombine(sourceCode) && !mayDrop(sourceCode)) return {}
    const fanOuts = fanOutsOf(sourceCode, options)
    const limiters = limitersOf(sourceCode)
    return {
      CallExpression(node) {
        const site = siteOf(node, fanOuts, isBounding ? limiters : null, sourceCode)
        if (!site) return
        for (const fanOut of site.fanOuts) {
          const verdict = verdictOf(fanOut, options, site.kind)
          if ('silence' in verdict || isInTest(node, sourceCode)) {
            remark('no-unbounded-promise-all', node, () => reasonOf(verdict, fanOut, sourceCode))
            continue
          }
          const rewrite = rewriteOf(site, fanOut, context, options)
          context.report({
            node: node.callee,
            messageId: verdict.report,
            data: { ...dataOf(node, fanOut, options, sourceCode), batch: adviceAt(fanOut.task, context, options) },
            ...offer(rewrite ? [rewrite] : [], options, sourceCode),
          })
          return
        }
      },
    }
  },
})

function rewriteOf(site: Site, fanOut: FanOut, file: FanOutFile, settings: Settings) {
  if (site.kind === 'dropped') return rewriteDropped(site.dropped, fanOut, file, settings)
  if (site.kind === 'unlimited-map' || fanOut.limit || site.fanOuts.length > 1) return null
  return rewriteFanOut(site.combinator, fanOut, file, settings)
}
