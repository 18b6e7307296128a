/** Reports a call per element of a list where the same client has a call that takes the whole list. */
import { unwrap } from '../src/ast/nodes.ts'
import { shortText } from '../src/ast/source-text.ts'
import { batchesOf, mayBatch, type Silence, type Single } from '../src/analysis/batches/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { loopsOf } from '../src/analysis/loops/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { isTestSupport } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import { batchData } from './prefer-batch/advice.ts'
import { isReportedElsewhere } from './prefer-batch/overlap.ts'

const messages = {
  perElement: '`{{call}}` {{does}} for each of `{{list}}`, one round trip per element. `{{batch}}` takes them all: {{unit}} at a time.',
  perhapsPerElement: '`{{call}}` {{does}} for each of `{{list}}`. If they are many and none needs another, `{{batch}}` takes them all: {{unit}} at a time.',
}

export default createRule<keyof typeof messages, { readonly alsoReported: boolean }>({
  name: 'prefer-batch',
  meta: {
    type: 'suggestion',
    docs: { description: 'prefer one call for a whole list over a call for each of its elements', preset: 'all', presetOptions: { all: { alsoReported: false } } },
    messages,
  },
  shared: ['report'],
  own: {
    alsoReported: {
      type: 'boolean',
      default: true,
      description: 'Whether places that `no-await-in-loop` or `no-unbounded-promise-all` reports are reported too.',
    },
  },
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mayBatch(sourceCode)) return {}
    return {
      'Program:exit'() {
        if (isTestSupport(sourceCode) || interfaceOf(sourceCode, context) === 'browser') return
        const loops = loopsOf(sourceCode, options, context as unknown as Parameters<typeof loopsOf>[2])
        const done = new Set<unknown>()
        for (const single of batchesOf(sourceCode, options, loops).all) {
          const { call, silence, site } = single
          const isSilent = silence !== null && !(silence === 'unsure' && options.report === 'possible')
          if (isSilent || isInTest(call, sourceCode)) remark('prefer-batch', call, () => REASONS[silence ?? 'unsure'])
          else if (!done.has(site.node) && (options.alsoReported || !isReportedElsewhere(site, loops, options))) {
            done.add(site.node)
            report(single, context)
          }
        }
      },
    }
  },
})

const REASONS: Record<Silence, string> = {
  small: 'small: the list is short, or a part of the program',
  together: 'together: what is started together goes out together',
  apart: 'apart: each element has a client or table of its own',
  ordered: 'ordered: one turn needs what another leaves, or the loop ends early or pauses',
  caught: 'caught: what fails is dealt with for that element',
  dependent: 'dependent: the turn needs what it gives, or makes what it asks for',
  unsure: 'unsure: nothing says that the list is long, or the turn does more',
}

function report(single: Single, context: Readonly<Context<keyof typeof messages>>): void {
  const { call, form, site, silence } = single
  const { sourceCode } = context
  context.report({
    node: call.callee,
    messageId: silence === null ? 'perElement' : 'perhapsPerElement',
    data: {
      call: shortText(call.callee, sourceCode, 50),
      does: form.access === 'read' ? 'asks' : 'writes',
      list: shortText(unwrap(site.list), sourceCode, 40),
      ...batchData(single),
    },
  })
}
