/** Reports programs that end on SIGTERM while what they took in is still at work. */
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { mayEndOnSignal, shutdownsOf, type CutOff, type Intake, type Silence } from '../src/analysis/shutdown/index.ts'
import { isTestSupport } from '../src/analysis/time-limits/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const messages = {
  cut: '`{{exit}}` on SIGTERM waits for nothing, although `{{intake}}` (line {{line}}) may be at work: {{lost}}. {{cure}}',
  dropped: '`{{ending}}` only stops the intake, and `{{exit}}` on SIGTERM does not wait for the rest: {{lost}}. {{cure}}',
  settled: '`{{ending}}` tells a callback when the last request has ended and returns no promise: nothing waits for it, `{{exit}}` on SIGTERM comes too early, and {{lost}}. {{cure}}',
  apart: '`{{exit}}` on SIGTERM waits for `{{ending}}`, and not for `{{intake}}` (line {{line}}), which nothing here stops: {{lost}}. {{cure}}',
}

export default createRule<keyof typeof messages>({
  name: 'require-drain-on-shutdown',
  meta: {
    type: 'problem',
    docs: { description: 'require that a program waits for what it has in flight before it exits on SIGTERM', preset: 'recommended' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (!mayEndOnSignal(sourceCode) || isQuietFile(context, options.contexts)) return {}
    return {
      'Program:exit'() {
        if (isTestSupport(sourceCode) || interfaceOf(sourceCode, context) !== null) return
        for (const shutdown of shutdownsOf(sourceCode, options, context.filename)) {
          if (isInTest(shutdown.exit, sourceCode)) continue
          if ('silence' in shutdown) remark('require-drain-on-shutdown', shutdown.exit, () => REASONS[shutdown.silence])
          else if (!shutdown.isSecond || options.report === 'possible') report(shutdown, context)
        }
      },
    }
  },
})

const REASONS: Record<Silence, string> = {
  waited: 'waited: what is in flight is waited for before the process ends, or some time passes for it',
  unseen: 'unseen: what is waited for may stop the intake, out of sight of this file',
  guarded: 'guarded: the process ends by itself, at a deadline, on a second signal or after a failure',
}

const LOST: Record<Intake['takes'], string> = {
  requests: 'requests in flight are cut off at each deploy',
  jobs: 'jobs at work are cut off half-way at each deploy, and begin anew elsewhere',
  messages: 'messages at work are cut off half-way at each deploy, and come again',
  items: 'items at work and items that wait are lost at each deploy',
}

function report({ exit, kind, ending, intake }: CutOff, context: Readonly<Context<keyof typeof messages>>): void {
  const { sourceCode } = context
  context.report({
    node: exit,
    messageId: kind,
    data: {
      exit: shortText(exit, sourceCode, 30),
      ending: ending ? shortText(ending, sourceCode, 50) : '',
      intake: intakeText(intake, context),
      line: String(intake.call.loc.start.line),
      lost: LOST[intake.takes],
      cure: cureText(intake, context),
    },
  })
}

/** `server`, or `app.listen` where nobody keeps what it returns. */
function intakeText({ call, handles: [handle] }: Intake, { sourceCode }: Readonly<Context<keyof typeof messages>>): string {
  if (handle) return typeof handle === 'string' ? handle : handle.name
  const name = onOneLine(call.callee, sourceCode)
  return call.type === 'NewExpression' ? `new ${name}` : name
}

/** What stops the intake and waits for the rest. */
function cureText(intake: Intake, context: Readonly<Context<keyof typeof messages>>): string {
  const { call, handles, end, tells } = intake
  const name = intakeText(intake, context)
  if (handles.length === 0) return `Keep the ${call.type === 'NewExpression' ? 'object' : 'server'} that \`${name}\` makes, and exit when its \`${end}\` has ended, or at a deadline.`
  if (tells === 'callback') return `Exit in the callback of \`${name}.${end}\`, or at a deadline.`
  return tells === 'promise' ? `Exit after \`await ${name}.${end}()\`, or at a deadline.` : `Stop it first, and exit when it has ended, or at a deadline.`
}
