/** Reports limits that multiply: a limited fan-out in the task of another, or in a function that calls itself. */
import { functionName } from '../src/ast/function-name.ts'
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { nestingOf, type LimitedFanOut, type Nesting } from '../src/analysis/fan-out/nested.ts'
import { mayCombine } from '../src/analysis/fan-out/index.ts'
import { mayMapBounded } from '../src/analysis/limiters/index.ts'
import { mayHoldSlots } from '../src/analysis/limiters/slots.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const messages = {
  nested: '`{{inner}}` runs {{innerCount}} of `{{innerList}}` at once in each of the {{outerCount}} tasks that `{{outer}}` in line {{line}} runs at once: up to {{product}} together. Pass both through one limiter that they share, with the slot only around the innermost work.',
  maybeNested: '`{{inner}}` has a limit of its own in each task that `{{outer}}` in line {{line}} runs at once, so that the two multiply. Pass both through one limiter that they share, with the slot only around the innermost work.',
  recursive: '`{{inner}}` limits what one call of `{{owner}}` runs at once{{limit}}, and `{{owner}}` calls itself for each of `{{innerList}}`: every level of the tree multiplies it. Share one limiter over the whole tree, with the slot only around the work and not around the wait for the levels below.',
}

/** Five times what one limit allows where nobody says otherwise (`settings.bounded.concurrency`): more than anybody meant by two of them. */
const MAX = 50

export default createRule<keyof typeof messages, { readonly max: number }>({
  name: 'no-nested-fan-out',
  meta: {
    type: 'problem',
    docs: { description: 'disallow limits that multiply, in tasks of other limits and in functions that call themselves', preset: 'strict' },
    messages,
  },
  shared: ['report'],
  own: {
    max: {
      type: 'integer',
      minimum: 0,
      default: MAX,
      description: 'How many operations two limits, one in the task of the other, may allow at once.',
    },
  },
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !(mayMapBounded(sourceCode) || (mayCombine(sourceCode) && mayHoldSlots(sourceCode)))) return {}
    return {
      CallExpression(node) {
        const nesting = nestingOf(node, sourceCode, options)
        if (!nesting) return
        if (isInTest(node, sourceCode)) remark('no-nested-fan-out', node, () => 'in a test')
        else if (isCertain(nesting, options.max) || (options.report === 'possible' && !isFew(nesting, options.max))) report(nesting, context)
        else remark('no-nested-fan-out', node, () => 'few: the limits multiply to no more than `max`, or to a number that is not written here')
      },
    }
  },
})

function isFew(nesting: Nesting, max: number): boolean {
  return nesting.kind === 'nested' && nesting.product !== null && nesting.product <= max
}

function isCertain(nesting: Nesting, max: number): boolean {
  return nesting.kind === 'recursive' || (nesting.product !== null && nesting.product > max)
}

function report(nesting: Nesting, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  const { inner } = nesting
  const data = { inner: onOneLine(inner.call.callee, sourceCode), innerList: shortText(inner.list, sourceCode, 40) }
  if (nesting.kind === 'recursive') {
    const limit = inner.count === null ? '' : `, to ${inner.count}`
    context.report({ node: inner.call.callee, messageId: 'recursive', data: { ...data, owner: functionName(nesting.owner) ?? 'this function', limit } })
    return
  }
  const { outer, product } = nesting
  const more = { outer: onOneLine(outer.call.callee, sourceCode), line: String(outer.call.loc.start.line) }
  context.report({
    node: inner.call.callee,
    messageId: product === null ? 'maybeNested' : 'nested',
    data: { ...data, ...more, innerCount: countText(inner), outerCount: countText(outer), product: String(product) },
  })
}

function countText({ count }: LimitedFanOut): string {
  return count === null ? 'many' : String(count)
}
