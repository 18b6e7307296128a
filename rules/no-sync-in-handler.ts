import type { TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, unwrap, type LoopNode, type Node } from '../src/ast/nodes.ts'
import { functionName } from '../src/ast/function-name.ts'
import { blockingOf, costWords, largeJson, longLoop, type BlockingFact, type Replacement } from '../src/analysis/blocking/index.ts'
import { isExistenceTestOfRead, isGuardedByExistenceTest } from '../src/analysis/blocking/existence.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { handlersOf, type Handlers, type Reach } from '../src/analysis/handlers/index.ts'
import { createRule, type Context } from '../src/create-rule.ts'

type MessageIds = 'blocksHandler' | 'mayBlockHandler' | 'blocksLogin' | 'testsExistence' | 'burnsTime' | 'parsesBody' | 'mayParseBody'

/** Reports a call that holds the event loop where code runs once per request, event, message, job or tick. */
export default createRule<MessageIds>({
  name: 'no-sync-in-handler',
  meta: {
    type: 'problem',
    docs: { description: 'disallow blocking calls in code that runs per request, event or message', preset: 'recommended' },
    messages: {
      blocksHandler: '`{{call}}` {{cost}}, and the process serves nobody else meanwhile (`{{way}}`). Use {{instead}}.',
      mayBlockHandler: '`{{call}}` {{cost}}, and may keep everybody else waiting meanwhile (`{{way}}`). Use {{instead}}.',
      blocksLogin: '`{{call}}` takes long by design, and the process serves nobody else while `{{owner}}` checks or stores a password. Use {{instead}}.',
      testsExistence: '`{{call}}` waits for the file system once more before the same path is used (`{{way}}`). Drop the test, use the asynchronous call and handle `ENOENT`.',
      burnsTime: 'This loop {{what}}, and the process serves nobody else meanwhile (`{{way}}`). {{instead}}.',
      parsesBody: '`{{call}}` works on a request body that nothing limits, and the process serves nobody else meanwhile (`{{way}}`). Refuse bodies above a size, or parse in a worker thread (a pool such as Piscina).',
      mayParseBody: '`{{call}}` works on {{what}} in one go, and may keep everybody else waiting meanwhile (`{{way}}`). Limit its size, or parse a stream or in a worker thread (a pool such as Piscina).',
    },
  },
  shared: ['report', 'fixes'],
  create(context, options) {
    if (isQuietFile(context, options.contexts)) return {}
    const { sourceCode } = context
    const handlers = () => handlersOf(sourceCode, options, context.filename)
    const possible = options.report === 'possible'
    const loop = (node: LoopNode) => reportLoop(node, context, handlers)
    return {
      CallExpression(node) {
        reportCall(node, context, handlers, possible)
        if (!possible && !mayBeUnlimited(node)) return
        reportJson(node, context, handlers, possible)
      },
      'CallExpression > :matches(Identifier, MemberExpression).arguments'(node: TSESTree.Identifier | TSESTree.MemberExpression) {
        const fact = blockingOf(sourceCode).factOfValue(node)
        if (fact) reportFact(node, fact, context, handlers, possible)
      },
      ForStatement: loop,
      WhileStatement: loop,
      DoWhileStatement: loop,
    }
  },
})

type Look = () => Handlers
type RuleContext = Readonly<Context<MessageIds>>

function reportCall(node: TSESTree.CallExpression, context: RuleContext, handlers: Look, possible: boolean): void {
  const fact = blockingOf(context.sourceCode).factOf(node)
  if (fact) reportFact(node, fact, context, handlers, possible)
}

function reportFact(node: Node, fact: BlockingFact, context: RuleContext, handlers: Look, possible: boolean): void {
  const { sourceCode } = context
  const owner = enclosingFunction(node)
  if (!owner || isInTest(node, sourceCode)) return
  const subject = node.type === 'CallExpression' ? node.callee : node
  const call = shortText(subject, sourceCode)
  const instead = insteadOf(fact.replacement, call)
  const reach = handlers().handlerOf(node)
  if (!reach) {
    if (fact.password && handlers().isPerLogin(node)) {
      context.report({ node: subject, messageId: 'blocksLogin', data: { call, instead, owner: functionName(owner) ?? 'this function' } })
    }
    return
  }
  const way = wayTo(reach, call)
  const cheap = fact.cheap === true || isGuardedByExistenceTest(node, sourceCode)
  if (reach.handler.certain && !cheap) {
    context.report({ node: subject, messageId: 'blocksHandler', data: { call, cost: costWords[fact.cost], way, instead } })
  } else if (reach.handler.certain && isExistenceTestOfRead(node, sourceCode)) {
    context.report({ node: subject, messageId: 'testsExistence', data: { call, way } })
  } else if (possible) {
    context.report({ node: subject, messageId: 'mayBlockHandler', data: { call, cost: costWords[fact.cost], way, instead } })
  }
}

function reportLoop(node: LoopNode, context: RuleContext, handlers: Look): void {
  const found = longLoop(node, context.sourceCode)
  if (!found || isInTest(node, context.sourceCode)) return
  const reach = handlers().handlerOf(node)
  if (!reach?.handler.certain) return
  const what = found.kind === 'waits' ? 'spins until a moment has come' : `counts ${found.rounds.toLocaleString('en')} rounds`
  const instead = found.kind === 'waits' ? 'Wait with `setTimeout` of `node:timers/promises`' : 'Move it to a worker thread (a pool such as Piscina)'
  context.report({ loc: headOf(node, context), messageId: 'burnsTime', data: { what, way: wayTo(reach, null), instead } })
}

/** The keyword and head of a loop, not its body. */
function headOf(node: LoopNode, { sourceCode }: RuleContext): TSESTree.SourceLocation {
  const first = sourceCode.getFirstToken(node)
  return first?.loc ?? node.loc
}

const mayBeUnlimited = ({ callee }: TSESTree.CallExpression): boolean =>
  callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'JSON'

function reportJson(node: TSESTree.CallExpression, context: RuleContext, handlers: Look, possible: boolean): void {
  const { sourceCode } = context
  const found = largeJson(node, sourceCode)
  if (!found || (found !== 'unlimited-body' && !possible) || isInTest(node, sourceCode)) return
  const reach = handlers().handlerOf(node)
  if (!reach || (!possible && !reach.handler.certain)) return
  const call = shortText(node.callee, sourceCode)
  const way = wayTo(reach, call)
  if (found === 'unlimited-body' && reach.handler.certain) context.report({ node: node.callee, messageId: 'parsesBody', data: { call, way } })
  else context.report({ node: node.callee, messageId: 'mayParseBody', data: { call, way, what: found === 'file' ? 'the contents of a file' : 'a request body' } })
}

/** `handler POST /hash → hashPassword → bcrypt.hashSync`. */
function wayTo({ handler, via }: Reach, call: string | null): string {
  return [handler.label, ...via.map((each) => functionName(each) ?? 'a callback'), ...(call === null ? [] : [call])].join(' → ')
}

function insteadOf(replacement: Replacement, call: string): string {
  const receiver = /^(.+[.?])\w+$/.exec(call)?.[1] ?? ''
  switch (replacement.kind) {
    case 'promise':
      return `\`${replacement.member}\` of \`${replacement.module}\` with \`await\``
    case 'sibling':
      return `\`${receiver}${replacement.member}\` with \`await\``
    case 'callback':
    case 'output':
      return `\`${receiver}${replacement.member}\` through \`promisify\` with \`await\``
    case 'advice':
      return replacement.text
  }
}

/** A callee as the source has it, on one line. */
function shortText(node: Node, sourceCode: RuleContext['sourceCode']): string {
  return sourceCode.getText(unwrap(node)).replace(/\s+/g, '')
}
