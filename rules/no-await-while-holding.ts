/** Reports waits for something else while a transaction or a connection is held that they do not use. */
import { mentions } from '../src/ast/file-words.ts'
import { functionName } from '../src/ast/function-name.ts'
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf } from '../src/analysis/handlers/index.ts'
import { heldWaitsOf, mayHold, type Held, type HeldWait, type Outside } from '../src/analysis/holding/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { isTestSupport, runsOnce } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const harm = '`{{call}}` {{waits}} while {{held}}: at 300 ms each, 67 of them per second empty a pool of 20.'

const messages = {
  before: `${harm} It needs nothing that the transaction reads: do it before.`,
  after: `${harm} Do it after the commit; where it must not get lost, write a row into an outbox inside and send from there.`,
  between: `${harm} Read before it, and write in a transaction that begins after it.`,
  locked: `${harm} Unless the rows are locked for the very sake of it: read before it, and write in a transaction that begins after it.`,
  pause: `${harm} Let it pass before or after.`,
  connection: `${harm} Give it back before, or take it after.`,
  second: '`{{call}}` takes a second connection of the pool while {{held}}{{apart}}: as many at once as the pool has connections wait for each other. Use {{handle}}.',
}

export default createRule<keyof typeof messages>({
  name: 'no-await-while-holding',
  meta: {
    type: 'problem',
    docs: { description: 'disallow waiting for something else while a transaction or connection is held', preset: 'recommended' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mentions(sourceCode, 'await') || !mayHold(sourceCode)) return {}
    return {
      'Program:exit'() {
        if (isTestSupport(sourceCode) || interfaceOf(sourceCode, context) === 'browser') return
        for (const wait of heldWaitsOf(sourceCode, options, context as unknown as Parameters<typeof heldWaitsOf>[2])) {
          const { call, locked, held } = wait
          if (runsOnce(held.opener, sourceCode) || isInTest(call, sourceCode) || handlersOf(sourceCode, options, context.filename).isOnce(call)) {
            remark('no-await-while-holding', call, () => 'once: it runs at the start, in a script or in a test')
          } else if (!locked || options.report === 'possible') report(wait, context)
        }
      },
    }
  },
})

function report({ held, call, outside, place, locked }: HeldWait, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  context.report({
    node: call,
    messageId: outside.kind === 'pool' ? 'second' : outside.kind === 'pause' ? 'pause' : held.kind === 'connection' ? 'connection' : locked ? 'locked' : place,
    data: { call: shortText(call, sourceCode, 50), waits: waitsText(outside), held: heldText(held, sourceCode), handle: handleText(held), apart: held.kind === 'connection' ? '' : ', and is no part of the transaction' },
  })
}

type SourceCode = Outside['in']

function handleText({ handles, kind }: Held): string {
  const [handle] = handles
  return handle ? `\`${handle.name}\`` : `what ${kind === 'callback' ? 'the callback is handed' : 'is held'}`
}

const WAITS: Record<Outside['kind'], string> = { pool: '', network: 'waits for an answer over the network', process: 'waits for another process', pause: 'lets time pass' }

function waitsText({ kind, certainty, call, via, in: file }: Outside): string {
  const byName = certainty === 'likely'
  if (via.length === 0) return byName ? `by its name ${WAITS[kind]}` : WAITS[kind]
  const name = via.map((node) => functionName(node)).findLast((each) => each !== null)
  return `${WAITS[kind]} (\`${shortText(call, file, 40)}\`${name == null ? '' : ` in \`${name}\``}${byName ? ', by its name' : ''})`
}

function heldText({ kind, opener, handles }: Held, sourceCode: SourceCode): string {
  const callee = onOneLine(opener.type === 'TaggedTemplateExpression' ? opener.tag : opener.callee, sourceCode)
  if (kind === 'callback') return `\`${callee}\` holds a connection`
  const [handle] = handles
  const { line } = opener.loc.start
  return kind === 'span' ? `the transaction of line ${line} (\`${shortText(opener, sourceCode, 40)}\`) holds a connection` : `\`${handle?.name ?? ''}\` is out of its pool (\`${callee}\` in line ${line})`
}
