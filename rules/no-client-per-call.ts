/** Reports clients, pools and agents that are made where code runs again and again, although one would do. */
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { functionName } from '../src/ast/function-name.ts'
import { clientsOf, mayMakeClients, type RepeatedClient, type Silence } from '../src/analysis/clients/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { isTestSupport, runsOnce } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const messages = {
  perRequest: '`{{client}}` opens {{opens}} each time (`{{way}}`){{ended}}. Make it once, outside, and share it.',
  perElement: '`{{client}}` opens {{opens}} for each of `{{list}}`{{ended}}. Make it once, before, and share it.',
  perCall: '`{{client}}` opens {{opens}} in each call of `{{owner}}`, whatever its `{{parameter}}`{{ended}}. Make it once, outside, and share it.',
}

export default createRule<keyof typeof messages>({
  name: 'no-client-per-call',
  meta: {
    type: 'problem',
    docs: { description: 'disallow a client, pool or agent per request, element or call where one would do', preset: 'recommended' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mayMakeClients(sourceCode)) return {}
    return {
      'Program:exit'() {
        if (isTestSupport(sourceCode) || interfaceOf(sourceCode, context) === 'browser') return
        for (const client of clientsOf(sourceCode, handlersOf(sourceCode, options, context.filename), options)) {
          const { call } = client
          if ('silence' in client) remark('no-client-per-call', call, () => REASONS[client.silence])
          else if (runsOnce(call, sourceCode) || isInTest(call, sourceCode)) remark('no-client-per-call', call, () => REASONS.once)
          else if (isCertain(client) || options.report === 'possible') report(client, context)
        }
      },
    }
  },
})

const REASONS: Record<Silence, string> = {
  once: 'once: it is made at the start, the first time, for development or in a test',
  kept: 'kept: it is returned, stored, or used by code that runs later',
  alone: 'alone: its connection listens, blocks or watches, and can serve nothing else',
  apart: 'apart: what it is made of differs from time to time, or nothing in this file shows that it is made again',
}

/** What callers call may be called once, unless the client is ended there: then every call has one of its own on purpose. */
function isCertain({ by, ended }: RepeatedClient): boolean {
  return by.kind !== 'callers' || ended !== null
}

function report({ call, fact, by, ended }: RepeatedClient, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  const name = onOneLine(call.callee, sourceCode)
  const data = {
    client: call.type === 'NewExpression' ? `new ${name}` : name,
    opens: fact.opens,
    ended: ended ? `, and \`${onOneLine(ended, sourceCode)}()\` gives it up again` : '',
  }
  switch (by.kind) {
    case 'handler':
      return context.report({ node: call.callee, messageId: 'perRequest', data: { ...data, way: wayTo(by.reach) } })
    case 'elements':
      return context.report({ node: call.callee, messageId: 'perElement', data: { ...data, list: shortText(by.list, sourceCode, 40) } })
    case 'callers':
      return context.report({ node: call.callee, messageId: 'perCall', data: { ...data, owner: functionName(by.owner) ?? '', parameter: by.parameter } })
  }
}
