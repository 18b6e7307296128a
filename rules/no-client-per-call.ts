/** Reports clients, pools and agents that are made where code runs again and again, although one would do. */
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { functionName } from '../src/ast/function-name.ts'
import { mayMakeClients, repeatedClientsOf, type RepeatedClient } from '../src/analysis/clients/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { isTestSupport, runsOnce } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'

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
        for (const client of repeatedClientsOf(sourceCode, handlersOf(sourceCode, options, context.filename))) {
          if (!isCertain(client) && options.report === 'certain') continue
          if (!runsOnce(client.call, sourceCode) && !isInTest(client.call, sourceCode)) report(client, context)
        }
      },
    }
  },
})

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
