/** Reports files and bodies that are read whole although they are only passed on. */
import { onOneLine, shortText } from '../src/ast/source-text.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, wayTo } from '../src/analysis/handlers/index.ts'
import { interfaceOf } from '../src/analysis/platform/index.ts'
import { isTestSupport, runsOnce } from '../src/analysis/time-limits/index.ts'
import { mayReadWhole, wholeReadsOf, type Silence, type WholeRead } from '../src/analysis/whole-reads/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'

const messages = {
  sent: '`{{read}}` holds a whole {{what}} in memory before its first byte goes out{{way}}. Pass it on as it comes: {{cure}}.',
  saved: '`{{read}}` holds a whole body in memory only to write it to a file{{way}}. Write it as it comes: {{cure}}.',
  copied: '`{{read}}` holds a whole file in memory only to write it to another one{{way}}. Use {{cure}}, which leaves the copying to the system.',
  uploaded: '`{{read}}` holds a whole {{what}} in memory only to upload it{{way}}. Upload it in parts: {{cure}}, through `Upload` of `@aws-sdk/lib-storage`.',
  table: '`{{read}}` makes one text of all rows of `{{table}}` before its first byte goes out{{way}}: rows and text are in memory together. Read the rows with a cursor, or a page at a time, and write each as it comes ({{cure}}).',
  lines: '`{{read}}` holds a whole file, and then all of its lines, in memory{{way}}. Take one line at a time: {{cure}}.',
}

type MessageId = keyof typeof messages

export default createRule<MessageId>({
  name: 'prefer-streaming',
  meta: {
    type: 'problem',
    docs: { description: 'disallow reading whole what is only passed on', preset: 'recommended' },
    messages,
  },
  shared: ['report'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mayReadWhole(sourceCode)) return {}
    return {
      'Program:exit'() {
        if (isTestSupport(sourceCode) || interfaceOf(sourceCode, context) === 'browser') return
        for (const read of wholeReadsOf(sourceCode, () => handlersOf(sourceCode, options, context.filename))) {
          const { call } = read
          if ('silence' in read) remark('prefer-streaming', call, () => REASONS[read.silence])
          else if (runsOnce(call, sourceCode) || isInTest(call, sourceCode)) remark('prefer-streaming', call, () => REASONS.once)
          else if (isWorthSaying(confidenceOf(read), options.report)) report(read, context)
        }
      },
    }
  },
})

const REASONS: Record<Silence, string> = {
  needed: 'needed: the content is parsed, changed, kept or measured, or where it goes cannot be seen',
  small: 'small: the code names the file, or it is of a kind that people write',
  limited: 'limited: a size is looked at in the same function',
  once: 'once: it runs at the start, for development, for one user or in a test',
}

type Confidence = 'certain' | 'possible' | 'none'

function isWorthSaying(confidence: Confidence, wanted: 'certain' | 'possible'): boolean {
  return confidence === 'certain' || confidence === wanted
}

/** None where nothing shows that much is read: what is read once, or the same each time, is most often small. */
function confidenceOf(read: WholeRead): Confidence {
  const { fact, reach, differs, file } = read
  const served = reach?.handler.certain === true
  // A call that blocks is no better as a stream that blocks; `no-sync-in-handler` says what to use per request.
  const asynchronous = fact.sync !== true
  switch (messageOf(read)) {
    case 'sent':
      return !reach || !asynchronous ? 'none' : served && differs ? 'certain' : 'possible'
    case 'lines':
      return file !== 'records' || !asynchronous ? 'none' : served ? 'certain' : 'possible'
    case 'saved':
      return served && differs ? 'certain' : 'possible'
    case 'copied':
      return asynchronous ? 'certain' : 'possible'
    case 'uploaded':
      return 'certain'
    case 'table':
      return served ? 'certain' : 'possible'
  }
}

function messageOf({ end, fact }: WholeRead): MessageId {
  if (fact.of === 'rows') return 'table'
  return end.kind === 'saved' && fact.of === 'file' ? 'copied' : end.kind
}

function report(read: WholeRead, context: Readonly<Context<MessageId>>): void {
  const { sourceCode } = context
  const { call, fact, reach, table } = read
  context.report({
    node: call.callee,
    messageId: messageOf(read),
    data: {
      read: shortText(call, sourceCode, 40),
      what: fact.of,
      way: reach ? ` (\`${wayTo(reach)}\`)` : '',
      table: table ? shortText(table, sourceCode, 40) : '',
      cure: cureOf(read, context),
    },
  })
}

/** The code that passes the same on as a stream. */
function cureOf(read: WholeRead, { sourceCode }: Readonly<Context<MessageId>>): string {
  const { call, end, fact } = read
  const stream = streamOf(read, sourceCode)
  const path = call.arguments[0] ? shortText(call.arguments[0], sourceCode, 40) : '…'
  const to = end.to ? shortText(end.to, sourceCode, 40) : ''
  switch (messageOf(read)) {
    case 'sent':
      if (end.node.type === 'AssignmentExpression') return `\`${to} = ${stream}\``
      if (end.node.type === 'NewExpression') return `\`new ${onOneLine(end.node.callee, sourceCode)}(${fact.of === 'file' ? `Readable.toWeb(${stream})` : stream})\``
      // Fastify takes streams itself; Express knows files, their types and ranges.
      if (/reply$/i.test(to)) return `\`${to}.send(${stream})\``
      return `\`pipeline(${stream}, ${to})\`${fact.of === 'file' && isExpress(read) ? `, or \`${to}.sendFile(${path})\`` : ''}`
    case 'saved':
      return `\`pipeline(${stream}, createWriteStream(${to}))\``
    case 'copied':
      return `\`copyFile(${path}, ${to})\``
    case 'uploaded':
      return `\`Body: ${stream}\``
    case 'table':
      return `\`${stream}\``
    case 'lines':
      return `\`for await (const line of createInterface({ input: ${stream} }))\``
  }
}

function isExpress({ reach }: WholeRead): boolean {
  return reach?.handler.framework === 'Express'
}

/** `createReadStream(path)`, `response.body`. */
function streamOf({ call, fact }: WholeRead, sourceCode: Readonly<Context<MessageId>>['sourceCode']): string {
  const [argument] = call.arguments
  const object = call.callee.type === 'MemberExpression' ? shortText(call.callee.object, sourceCode, 30) : 'response'
  return fact.stream.replace('{{of}}', object).replace('{{argument}}', argument ? shortText(argument, sourceCode, 40) : '…')
}
