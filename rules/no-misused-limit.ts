/** Reports code that holds a slot of a limiter or lock and waits for another one of the same. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { functionName } from '../src/ast/function-name.ts'
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { fillingOf, type Filling } from '../src/analysis/limiters/filling.ts'
import { selfWaitsOf, type SelfWait } from '../src/analysis/limiters/self-waits.ts'
import { mayHoldSlots, nameOfOwner } from '../src/analysis/limiters/slots.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const messages = {
  lock: '`{{wait}}` waits for `{{limiter}}`, which is held here since line {{line}}{{way}}: it is given to nobody before this code has ended, and this code waits for it. Neither ever goes on, nor does anything that waits for `{{limiter}}` later. Do this part before or after, or call a function that expects the lock to be held.',
  slot: '`{{wait}}` waits for a slot of `{{limiter}}` while it holds one since line {{line}}{{way}}: once all {{count}} slots are held by such code ({{filled}}), each waits for the others and none ever goes on. Take the slot only around the innermost work, or give that a limiter of its own.',
  maybeSlot: '`{{wait}}` waits for a slot of `{{limiter}}` while it holds one since line {{line}}{{way}}. If such code ever holds all {{count}} slots, each waits for the others and none ever goes on. Take the slot only around the innermost work, or give that a limiter of its own.',
  tree: '`{{wait}}` comes to line {{line}} again and waits for a slot of `{{limiter}}` there, while the slot that this call took is held until it has ended: once all {{count}} slots are held by calls that wait for those below them, none ever goes on. Take the slot only around the work itself, and wait for the calls below without one.',
  drain: '`{{wait}}` waits until everything in `{{limiter}}` has ended{{way}}, and this code, which runs in it since line {{line}}, is part of that: it never goes on. Wait outside of what `{{limiter}}` runs.',
}

export default createRule<keyof typeof messages>({
  name: 'no-misused-limit',
  meta: {
    type: 'problem',
    docs: { description: 'disallow waiting for a limiter or lock in code that holds it', preset: 'recommended' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !(mayHoldSlots(sourceCode) || options.report === 'possible')) return {}
    return {
      'Program:exit'() {
        const handlers = () => handlersOf(sourceCode, options, context.filename)
        const onAsked = (at: TSESTree.Node): void => remark('no-misused-limit', at, () => 'asks: a branch on the way there may be taken only where the slot is not held')
        for (const wait of selfWaitsOf(sourceCode, options, onAsked)) {
          const { holder, at } = wait
          const filling = isFull(wait) ? null : fillingOf(holder.call, holder.count, sourceCode, handlers, options)
          if (isInTest(at, sourceCode)) remark('no-misused-limit', at, () => 'in a test')
          else if (isCertain(wait, filling) || options.report === 'possible') report(wait, filling, context)
          else remark('no-misused-limit', at, () => 'few: nothing shows that all slots are held at once by code that waits for another')
        }
      },
    }
  },
})

/** Whether the first call, or the first large tree, stands still. */
function isFull({ holder, waiter }: SelfWait): boolean {
  return holder.count === 1 || waiter.holds === 'drains' || waiter.call === holder.call
}

function isCertain(wait: SelfWait, filling: Filling | null): boolean {
  return !wait.assumed && !wait.holder.isNamed && (isFull(wait) || filling !== null)
}

function report(wait: SelfWait, filling: Filling | null, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  const { holder, waiter, at, via } = wait
  const names = via.map(functionName).filter((name) => name !== null)
  const line = waiter.call.loc.start.line
  context.report({
    node: at,
    messageId: idOf(wait, filling),
    data: {
      wait: shortText(at, sourceCode, 40),
      limiter: nameOfOwner(holder.of),
      line: String(holder.call.loc.start.line),
      way: at === waiter.call ? '' : ` (${names.length > 0 ? `\`${names.join(' → ')}\` asks for it` : 'asked for'} in line ${line})`,
      count: holder.count === null ? 'its' : String(holder.count),
      filled: filling ? textOf(filling, sourceCode) : '',
    },
  })
}

function idOf({ holder, waiter }: SelfWait, filling: Filling | null): keyof typeof messages {
  if (waiter.holds === 'drains') return 'drain'
  if (holder.count === 1) return 'lock'
  if (waiter.call === holder.call) return 'tree'
  return filling ? 'slot' : 'maybeSlot'
}

function textOf(filling: Filling, sourceCode: SourceCode): string {
  switch (filling.kind) {
    case 'elements':
      return `one for each of \`${shortText(filling.list, sourceCode, 40)}\``
    case 'handler':
      return `\`${wayTo(filling.reach)}\``
    case 'callers':
      return `calls of \`${functionName(filling.owner) ?? onOneLine(filling.owner, sourceCode)}\``
  }
}
