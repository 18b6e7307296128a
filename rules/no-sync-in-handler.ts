import type { TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, unwrap, type FunctionNode, type LoopNode, type Node } from '../src/ast/nodes.ts'
import { functionName } from '../src/ast/function-name.ts'
import { onOneLine } from '../src/ast/source-text.ts'
import { isExistenceTestOfRead, isGuardedByExistenceTest } from '../src/analysis/blocking/existence.ts'
import { blockingOf, costWords, largeJson, longLoop, mayBlock, type BlockingFact, type Replacement } from '../src/analysis/blocking/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { reachAcrossFiles } from '../src/analysis/handlers/across-files.ts'
import { handlersOf, wayTo, type Handlers, type Reach } from '../src/analysis/handlers/index.ts'
import { createRule, type Context, type Resolved } from '../src/create-rule.ts'
import { isExplaining, remark } from '../src/explain.ts'
import { awaitInstead } from '../src/fix/await-instead.ts'
import { offer, type Rewrite } from '../src/fix/offer.ts'

type MessageIds =
  | 'blocksHandler'
  | 'mayBlockHandler'
  | 'blocksLogin'
  | 'testsExistence'
  | 'burnsTime'
  | 'parsesBody'
  | 'mayParseBody'
  | 'awaitInstead'
  | 'awaitBetween'
  | 'becomeAsync'

type Own = { reach: 'file' | 'program' }

/** Reports code that holds the event loop where it runs once per request, event, message, job or tick. */
export default createRule<MessageIds, Own>({
  name: 'no-sync-in-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow blocking calls in code that runs per request, event or message',
      preset: 'recommended',
      presetOptions: { 'recommended-type-checked': { reach: 'program' } },
    },
    fixable: 'code',
    hasSuggestions: true,
    messages: {
      blocksHandler: '`{{call}}` {{cost}}, and the process serves nobody else meanwhile (`{{way}}`). Use {{instead}}.',
      mayBlockHandler: '`{{call}}` {{cost}}, and may keep everybody else waiting meanwhile (`{{way}}`). Use {{instead}}.',
      blocksLogin:
        '`{{call}}` takes long by design, and the process serves nobody else while `{{owner}}` checks or stores a password. Use {{instead}}.',
      testsExistence:
        '`{{call}}` waits for the file system once more before the same path is used (`{{way}}`). Drop the test, use the asynchronous call and handle `ENOENT`.',
      burnsTime: 'This loop {{what}}, and the process serves nobody else meanwhile (`{{way}}`). {{instead}}.',
      parsesBody:
        '`{{call}}` works on a request body that nothing limits, and the process serves nobody else meanwhile (`{{way}}`). Refuse bodies above a size, or parse in a worker thread (a pool such as Piscina).',
      mayParseBody:
        '`{{call}}` works on {{what}} in one go, and may keep everybody else waiting meanwhile (`{{way}}`). Limit its size, parse a stream, or parse in a worker thread (a pool such as Piscina).',
      awaitInstead: 'Use {{instead}}.',
      awaitBetween: 'Use {{instead}}: other requests may run between this call and what follows.',
      becomeAsync: 'Use {{instead}} and make {{owner}} asynchronous: what it throws becomes a rejection, which Express 4 and event emitters do not catch.',
    },
  },
  shared: ['report', 'fixes'],
  own: {
    reach: {
      enum: ['file', 'program'],
      default: 'file',
      description: 'Whether calls are followed from handlers in other files too, which needs type information.',
    },
  },
  create(context, options) {
    if (isQuietFile(context, options.contexts)) return {}
    const site: Site = { context, options, handlers: () => handlersOf(context.sourceCode, options, context.filename) }
    const blocking = blockingOf(context.sourceCode)
    const { byCall, byJson } = mayBlock(context.sourceCode)
    const isServed = (): boolean => isExplaining() || options.reach === 'program' || site.handlers().all.length > 0
    const checkLoop = (node: LoopNode): void => reportLoop(node, site)
    const checkCall = (node: TSESTree.CallExpression): void => {
      const fact = byCall ? blocking.factOf(node, isServed) : null
      if (fact) reportCall(node, fact, site)
      else if (byJson) reportJson(node, site)
      if (!byCall) return
      for (const argument of node.arguments) {
        const passed = argument.type === 'Identifier' || argument.type === 'MemberExpression' ? blocking.factOfValue(argument) : null
        if (passed) reportCall(argument, passed, site)
      }
    }
    return {
      ...((byCall || byJson) && { CallExpression: checkCall }),
      ForStatement: checkLoop,
      WhileStatement: checkLoop,
      DoWhileStatement: checkLoop,
    }
  },
})

interface Site {
  readonly context: Readonly<Context<MessageIds>>
  readonly options: Resolved<Own>
  readonly handlers: () => Handlers
}

/** A blocking call, or a blocking function that is passed on. */
function reportCall(node: Node, fact: BlockingFact, site: Site): void {
  const { sourceCode } = site.context
  const silent = (reason: string): void => remark('no-sync-in-handler', node, () => reason)
  if (!enclosingFunction(node)) return silent('at start-up: it runs once, when the file is loaded')
  if (isInTest(node, sourceCode)) return silent('in a test')
  const subject = node.type === 'CallExpression' ? node.callee : node
  const call = calleeText(subject, site)
  const seldom = fact.cheap === true || isGuardedByExistenceTest(node, sourceCode)
  const reach = reachOf(node, site, !seldom)
  const cheap = seldom || (reach?.handler.rare === true && fact.cost === 'file')
  const instead = insteadOf(fact.replacement, call)
  const rewrites = offer(node.type === 'CallExpression' ? rewritesOf(node, fact, instead, site) : [], site.options, sourceCode)
  if (!reach) {
    if (!fact.password || !site.handlers().isPerLogin(node)) return silent('not served: nothing in this file shows that a request, event, message or timer makes it run')
    site.context.report({ node: subject, messageId: 'blocksLogin', data: { call, instead, owner: ownerName(node) ?? 'this function' }, ...rewrites })
    return
  }
  const way = wayTo(reach, call)
  const data = { call, cost: costWords[fact.cost], way, instead }
  if (reach.handler.certain && !cheap) {
    site.context.report({ node: subject, messageId: 'blocksHandler', data, ...rewrites })
  } else if (reach.handler.certain && isExistenceTestOfRead(node, sourceCode)) {
    site.context.report({ node: subject, messageId: 'testsExistence', data: { call, way } })
  } else if (site.options.report === 'possible') {
    site.context.report({ node: subject, messageId: 'mayBlockHandler', data, ...rewrites })
  } else silent('short, or not sure to run per request')
}

/** The handler of this file that runs a node, or where the options ask for it, of another. */
function reachOf(node: Node, { context, options, handlers }: Site, costly = true): Reach | null {
  const reach = handlers().handlerOf(node)
  if (reach?.handler.certain || options.reach === 'file' || !costly) return reach
  return reachAcrossFiles(node, context as unknown as Parameters<typeof reachAcrossFiles>[1], options) ?? reach
}

function rewritesOf(node: TSESTree.CallExpression, fact: BlockingFact, instead: string, site: Site): Rewrite<MessageIds>[] {
  const found = awaitInstead(node, fact, site.context, (each) => takesPromise(each, site))
  if (!found) return []
  const { change, edit } = found
  if (change === 'same') return [{ class: 'fix', messageId: 'awaitInstead', data: { instead }, edit }]
  if (change === 'interleaves') return [{ class: 'suggestion', messageId: 'awaitBetween', data: { instead }, edit }]
  return [{ class: 'suggestion', messageId: 'becomeAsync', data: { instead, owner: ownerOf(node) }, edit }]
}

/** How the label names the function that becomes asynchronous. */
function ownerOf(node: Node): string {
  const owner = enclosingFunction(node)
  const name = owner && functionName(owner)
  return name ? `\`${name}\`` : 'the handler'
}

/** A handler that a framework calls: it awaits or ignores what the handler returns. */
function takesPromise(node: FunctionNode, { handlers }: Site): boolean {
  const handler = handlers().ofFunction(node)
  return handler !== null && handler.certain && (handler.kind !== 'shape' || node.parent.type === 'CallExpression')
}

function reportLoop(node: LoopNode, site: Site): void {
  const { sourceCode } = site.context
  const found = longLoop(node, sourceCode)
  if (!found || isInTest(node, sourceCode)) return
  const reach = reachOf(node, site)
  if (!reach?.handler.certain) return
  const what = found.kind === 'waits' ? 'spins until a moment has come' : `counts ${found.rounds.toLocaleString('en')} rounds`
  const instead = found.kind === 'waits' ? 'Wait with `setTimeout` of `node:timers/promises`' : 'Move it to a worker thread (a pool such as Piscina)'
  const loc = sourceCode.getFirstToken(node)?.loc ?? node.loc
  site.context.report({ loc, messageId: 'burnsTime', data: { what, way: wayTo(reach), instead } })
}

function reportJson(node: TSESTree.CallExpression, site: Site): void {
  const { sourceCode } = site.context
  const possible = site.options.report === 'possible'
  const found = largeJson(node, sourceCode)
  if (!found || (found !== 'unlimited-body' && !possible) || isInTest(node, sourceCode)) return
  const reach = site.handlers().handlerOf(node)
  if (!reach || (!possible && !reach.handler.certain)) return
  const call = calleeText(node.callee, site)
  const way = wayTo(reach, call)
  if (found === 'unlimited-body' && reach.handler.certain) {
    site.context.report({ node: node.callee, messageId: 'parsesBody', data: { call, way } })
  } else {
    const what = found === 'file' ? 'the contents of a file' : 'a request body'
    site.context.report({ node: node.callee, messageId: 'mayParseBody', data: { call, way, what } })
  }
}

/** The name of the nearest function around a node that has one. */
function ownerName(node: Node): string | null {
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) {
    const name = functionName(owner)
    if (name !== null) return name
  }
  return null
}

/** Completes "Use …". */
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
function calleeText(node: Node, { context }: Site): string {
  return onOneLine(unwrap(node), context.sourceCode)
}
