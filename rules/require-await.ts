import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { asyncVerdictOf, hearsRejections, isPromiseCallback, mayBeIdle, type Facts, type FileContext, type Reason, type Verdict } from '../src/analysis/async-contracts/index.ts'
import { isInTest, isQuietFile } from '../src/analysis/context/index.ts'
import { mentions } from '../src/ast/file-words.ts'
import { memberName, methodOf, type FunctionNode, type Node } from '../src/ast/nodes.ts'
import { onOneLine, placeOf } from '../src/ast/source-text.ts'
import { createRule } from '../src/create-rule.ts'
import { remark } from '../src/explain.ts'
import { asyncToken, dropAsync } from '../src/fix/drop-async.ts'
import { changeOf, isHandedOn, type Change } from '../src/fix/drop-async-safety.ts'
import { offer, type Rewrite } from '../src/fix/offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type MessageIds = 'awaitedForNothing' | 'awaitedAnyway' | 'ignoredPromise' | 'answersByCall' | 'plainValueDoes' | 'alwaysTruthy' | 'publicPromise' | 'perhapsNeeded' | 'dropAsync' | 'dropAsyncAndAwaits'

/** Reports `async` functions that await nothing and whose promise nobody needs. */
export default createRule<MessageIds>({
  name: 'require-await',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow `async` functions that await nothing and whose promise nobody needs',
      preset: 'recommended',
    },
    messages: {
      awaitedForNothing:
        '{{name}} is `async` but awaits nothing, and {{callers}}: {{cost}}. Drop `async`{{awaits}}.',
      awaitedAnyway:
        '{{name}} is `async` but awaits nothing, and {{callers}} what it returns: by its names {{value}} is there already, and `async` makes a promise of it; were it one, they would get the same. Drop `async`.',
      ignoredPromise:
        '{{name}} is `async` but awaits nothing, and {{receiver}} ignores what it returns: an exception in it becomes an unhandled rejection. Drop `async`.',
      answersByCall:
        '{{name}} is `async` but awaits nothing, and it hands its outcome on by {{call}}: whoever waits, waits for that call and not for its promise. Drop `async`.',
      plainValueDoes:
        '{{name}} is `async` but awaits nothing, and {{receiver}} takes plain values as well: each call makes one promise more than it needs. Drop `async`.',
      alwaysTruthy:
        '{{name}} is `async` but awaits nothing, so that {{condition}} tests a promise, which is always truthy. Drop `async`, and the condition tests the value.',
      publicPromise:
        '{{name}} is `async` but awaits nothing: it has its result at once, and nothing in this file needs a promise of it. Drop `async`; callers that await it may go on doing so.',
      perhapsNeeded: '{{name}} is `async` but awaits nothing. Drop `async`, unless {{doubt}}.',
      dropAsync: 'Drop `async`{{change}}.',
      dropAsyncAndAwaits: 'Drop `async` and the `await` of its calls{{change}}.',
    },
    fixable: 'code',
    hasSuggestions: true,
  },
  shared: ['report', 'fixes'],
  create(context, options) {
    const { sourceCode } = context
    if (isQuietFile(context, options.contexts) || !mentions(sourceCode, 'async')) return {}
    const file: FileContext = { handlers: options.handlers, filename: context.filename, cwd: context.cwd }
    const check = (node: FunctionNode): void => {
      if (!node.async || (options.report === 'certain' && !mayBeIdle(node, sourceCode))) return
      const verdict = asyncVerdictOf(node, sourceCode, file)
      if (!verdict) return
      const isUnsaid = verdict.kind === 'needed' || isInTest(node, sourceCode)
      if (isUnsaid || (verdict.kind === 'unknown' && options.report === 'certain')) {
        remark('require-await', node, () => reasonOf(verdict, sourceCode))
        return
      }
      context.report({
        node,
        loc: headOf(node, sourceCode),
        ...describe(node, verdict, sourceCode, file),
        ...offer(rewritesOf(node, verdict, sourceCode), options, sourceCode),
      })
    }
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check }
  },
})

type Described = { messageId: MessageIds; data: Record<string, string> }

function describe(node: FunctionNode, verdict: Exclude<Verdict, { kind: 'needed' }>, sourceCode: SourceCode, file: FileContext): Described {
  const name = nameOf(node, verdict.place)
  if (verdict.kind === 'unknown') return { messageId: 'perhapsNeeded', data: { name, doubt: DOUBTS[verdict.reason] } }
  const { uses, place } = verdict
  const tested = uses.find(({ consumption }) => consumption.kind === 'tested')
  if (tested) return { messageId: 'alwaysTruthy', data: { name, condition: quote(tested.use.kind === 'called' ? tested.use.call : tested.consumption.node, sourceCode) } }
  if (verdict.answer) return { messageId: 'answersByCall', data: { name, call: quote(verdict.answer, sourceCode) } }
  if (uses.length === 0 || uses.some(({ consumption }) => consumption.kind === 'kept') || isPublic(place)) return { messageId: 'publicPromise', data: { name } }
  const [first] = uses
  if (first && (place.kind === 'argument' || place.kind === 'attribute' || place.kind === 'listener')) {
    const receiver = receiverOf(first.consumption.node, sourceCode)
    const isUnheard = first.consumption.kind === 'dropped' && !hearsRejections(node, place, sourceCode, file)
    return { messageId: isUnheard ? 'ignoredPromise' : 'plainValueDoes', data: { name, receiver } }
  }
  if (verdict.returned.kind === 'computed' && verdict.returned.because) {
    const callers = uses.length === 1 ? 'its one caller awaits' : `all of its ${uses.length} callers await`
    return { messageId: 'awaitedAnyway', data: { name, callers, value: quote(verdict.returned.because, sourceCode) } }
  }
  const isAwaited = awaitsOf(verdict).length > 0
  return {
    messageId: 'awaitedForNothing',
    data: {
      name,
      callers: uses.length === 1 ? 'its one caller needs no promise' : `none of its ${uses.length} callers needs a promise`,
      cost: isAwaited ? 'each `await` of it waits a tick for a value that is there already' : 'each call makes one for nothing',
      awaits: isAwaited ? ', and `await` where it is called' : '',
    },
  }
}

/** Why nothing is reported, for `explain`. */
function reasonOf(verdict: Verdict, sourceCode: SourceCode): string {
  if (verdict.kind === 'idle') return 'in a test'
  return `${verdict.kind} (${verdict.reason}): ${DOUBTS[verdict.reason]}, ${placeOf(verdict.because, sourceCode)}`
}

const DOUBTS: Record<Reason, string> = {
  empty: 'it stands in for one that waits',
  rejection: 'somebody relies on a rejection where it throws',
  'returns-promise': 'what it returns is a promise and the keyword is there to say so',
  contract: 'an interface, a base class, a framework or its siblings ask for a promise',
  chained: 'somebody chains on its promise',
  public: 'code outside this file needs the promise',
  'out-of-sight': 'whoever it is handed to needs the promise',
  stated: 'a comment says why',
  blocks: 'it is to await what blocks in it',
  unused: 'something that this file does not show calls it',
}

const CHANGES: Record<Change, string> = {
  elsewhere: ' (code that chains on its promise must change)',
  asReturned: ' (callers then get what it returns as it is, a promise or not, and an exception at once)',
  exception: ' (an exception then reaches the caller at once instead of becoming a rejection)',
  timing: ' (the code after a call then no longer waits a tick)',
  condition: ' (the condition then tests the value)',
}

function rewritesOf(node: FunctionNode, verdict: Exclude<Verdict, { kind: 'needed' }>, sourceCode: SourceCode): Rewrite<MessageIds>[] {
  if (verdict.kind === 'unknown' && verdict.reason === 'contract') return []
  const isPlain = verdict.returned.kind === 'plain' || verdict.returned.kind === 'settled'
  const awaits = isPlain ? awaitsOf(verdict) : []
  if ((!isPlain && node.returnType) || (isPlain && isHandedOn(verdict, sourceCode))) return []
  const edit = dropAsync(node, awaits, sourceCode)
  if (!edit) return []
  const isSame = isPlain || isPromiseCallback(verdict.place)
  const change = !isSame ? 'asReturned' : verdict.kind === 'unknown' ? 'elsewhere' : changeOf(node, verdict, awaits, sourceCode)
  return [
    {
      class: change === null ? 'fix' : 'suggestion',
      messageId: awaits.length > 0 ? 'dropAsyncAndAwaits' : 'dropAsync',
      data: { change: change === null ? '' : CHANGES[change] },
      edit,
    },
  ]
}

function awaitsOf({ uses }: Facts): TSESTree.AwaitExpression[] {
  return uses.flatMap(({ consumption: { kind, node } }) => (kind === 'awaited' && node.type === 'AwaitExpression' ? [node] : []))
}

function isPublic(place: Facts['place']): boolean {
  if (place.kind === 'variable') return place.exported
  return place.kind === 'exported' || (place.kind === 'member' && place.access === 'public')
}

/** From `async` to the name, or `async` alone. */
function headOf(node: FunctionNode, sourceCode: SourceCode): TSESTree.SourceLocation {
  const keyword = asyncToken(node, sourceCode)
  if (!keyword) return node.loc
  const name = methodOf(node)?.key ?? ('id' in node ? node.id : null)
  return { start: keyword.loc.start, end: (name ?? keyword).loc.end }
}

function nameOf(node: FunctionNode, place: Facts['place']): string {
  if (place.kind === 'variable') return `\`${place.variable.name}\``
  if (place.kind === 'property') return described(memberName(place.property), 'This function')
  if (place.kind === 'member' || place.kind === 'field') return described(place.name, 'This method')
  if ('id' in node && node.id) return `\`${node.id.name}\``
  return place.kind === 'argument' || place.kind === 'attribute' || place.kind === 'listener' ? 'This callback' : 'This function'
}

function described(name: string | null, otherwise: string): string {
  return name ? `\`${name}\`` : otherwise
}

/** The callee of the call that takes the function: `socket.on`, `Promise.all`. */
function receiverOf(node: Node, sourceCode: SourceCode): string {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return quote(node.callee, sourceCode)
  if (node.type === 'JSXAttribute') return quote(node.name, sourceCode)
  if (node.type === 'AssignmentExpression') return quote(node.left, sourceCode)
  return 'its receiver'
}

/** Source text on one line; of a chain the last link. */
function quote(node: Node, sourceCode: SourceCode): string {
  const text = onOneLine(node, sourceCode)
  if (text.length <= 40) return `\`${text}\``
  const name = node.type === 'MemberExpression' ? memberName(node) : null
  return name ? `\`.${name}\`` : `\`${text.slice(0, 37)}…\``
}
