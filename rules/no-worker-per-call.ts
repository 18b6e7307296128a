/** Reports threads and processes that are started per request, message or element, without a limit. */
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { mayStartThreads, threadsOf, type Silence, type UnlimitedStart } from '../src/analysis/threads/index.ts'
import { isTestSupport, runsOnce } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const cure = 'Hand the work to one pool of workers, sized to the cores (Piscina, `workerpool`).'

const messages = {
  perCall: `\`{{worker}}\` starts a {{what}} for each {{unit}} (\`{{way}}\`), and nothing limits how many run at once: {{cost}}. ${cure}`,
  unheard: 'Nobody listens to the `error` event of `{{worker}}`: an exception in the thread ends the whole process, since `exit` comes after it. Listen to it, fail what waits for an answer, and start another.',
  perElement: `\`{{worker}}\` starts a {{what}} for each of \`{{list}}\`, all of them at once: {{cost}}. ${cure}`,
}

export default createRule<keyof typeof messages>({
  name: 'no-worker-per-call',
  meta: {
    type: 'problem',
    docs: { description: 'disallow threads and processes without a limit, and threads whose errors nobody hears', preset: 'strict' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mayStartThreads(sourceCode)) return {}
    return {
      'Program:exit'() {
        if (isTestSupport(sourceCode) || interfaceOf(sourceCode, context) === 'browser') return
        for (const start of threadsOf(sourceCode, handlersOf(sourceCode, options, context.filename), options)) {
          const { call } = start
          const isScript = runsOnce('by' in start && start.by.kind === 'elements' ? start.by.list : call, sourceCode) || isInTest(call, sourceCode)
          if ('silence' in start && start.isUnheard && !isScript) context.report({ node: call.callee, messageId: 'unheard', data: { worker: workerText(call, context) } })
          else if (isScript || 'silence' in start) remark('no-worker-per-call', call, () => REASONS['silence' in start ? start.silence : 'once'])
          else if (start.by.kind === 'handler' || start.by.certain || options.report === 'possible') report(start, context)
        }
      },
    }
  },
})

const REASONS: Record<Silence, string> = {
  once: 'once: it happens at the start, the first time, for development or in a test',
  kept: 'kept: a pool, a session or a caller keeps it',
  limited: 'limited: a limiter or a count stands around it',
  apart: 'apart: nothing in this file shows that many run at once',
}

const COSTS: Record<UnlimitedStart['starts'], string> = {
  thread: 'each loads its code anew, and more of them than cores only slow each other down',
  process: 'each is a Node.js of its own, and more of them than cores only slow each other down',
}

function report({ call, starts, by }: UnlimitedStart, context: Readonly<Context<keyof typeof messages>>): void {
  const data = { worker: workerText(call, context), what: starts, cost: COSTS[starts] }
  if (by.kind === 'handler') context.report({ node: call.callee, messageId: 'perCall', data: { ...data, unit: by.reach.handler.runs, way: wayTo(by.reach) } })
  else context.report({ node: call.callee, messageId: 'perElement', data: { ...data, list: shortText(by.list, context.sourceCode, 40) } })
}

function workerText({ type, callee }: UnlimitedStart['call'], { sourceCode }: Readonly<Context<keyof typeof messages>>): string {
  return `${type === 'NewExpression' ? 'new ' : ''}${onOneLine(callee, sourceCode)}`
}
