/** Threads and processes that are started per request, per message or per element, and whose number nothing limits. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { mentionsString } from '../../ast/file-words.ts'
import { enclosingFunction, isInside, memberName, stringValue, unwrap, walkOwnCode, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { keepingMethods } from '../../knowledge/lifetimes.ts'
import { threadFacts, threadListeningMethods, type ThreadFact } from '../../knowledge/threads.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import { iterationOf, listOf, type Iteration } from '../cardinality/enclosing-iterations.ts'
import { sizesOf } from '../cardinality/index.ts'
import type { Handlers, Reach } from '../handlers/index.ts'
import { limitersOf } from '../limiters/index.ts'
import { callersOf } from '../time-limits/callers.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Start = TSESTree.CallExpression | TSESTree.NewExpression

export interface UnlimitedStart {
  readonly call: Start
  readonly starts: ThreadFact['starts']
  readonly by:
    | { readonly kind: 'handler'; readonly reach: Reach }
    /** `certain`: the list is as long as data from outside the process. */
    | { readonly kind: 'elements'; readonly list: Node; readonly certain: boolean }
}

/**
 * Why a start is left alone:
 *
 * - `once`: it happens when the program starts, the first time, or for development.
 * - `kept`: somebody keeps it: a pool, a session, a process that is started again when it has ended.
 * - `limited`: a limiter or a count stands around it.
 * - `apart`: nothing in the file shows that it happens often, or several run one after another.
 */
export type Silence = 'once' | 'kept' | 'limited' | 'apart'

export interface LoneStart {
  readonly call: Start
  readonly silence: Silence
  /** Whether the file shows all that is done with a thread, and nobody listens to its errors there: an exception in it then ends the process. */
  readonly isUnheard: boolean
}

const facts = indexFacts(threadFacts)

export function mayStartThreads(sourceCode: SourceCode): boolean {
  return facts.mayOccurIn(sourceCode)
}

interface File {
  readonly sourceCode: SourceCode
  readonly calls: Calls
  readonly handlers: Handlers
  readonly apis: Settings['apis']
}

export function threadsOf(sourceCode: SourceCode, handlers: Handlers, { apis }: Pick<Settings, 'apis'>): (UnlimitedStart | LoneStart)[] {
  const calls = callsOf(sourceCode)
  const file: File = { sourceCode, calls, handlers, apis }
  return nodesOf(sourceCode, 'CallExpression', 'NewExpression').flatMap((call): readonly (UnlimitedStart | LoneStart)[] => {
    const fact = facts.of(calls.calleeOf(call, facts.mayTypeName))
    const start = fact && startOf(call, fact, file)
    if (!fact || !start) return []
    return typeof start === 'string' ? [{ call, silence: start, isUnheard: fact.starts === 'thread' && isUnheard(call, file) }] : [start]
  })
}

function startOf(call: Start, { starts }: ThreadFact, file: File): UnlimitedStart | Silence {
  const owner = enclosingFunction(call)
  if (!owner || file.handlers.isOnce(call)) return 'once'
  if (isKept(call, owner, file.calls)) return 'kept'
  const reach = file.handlers.handlerOf(call)
  if (reach && isFrequent(reach)) {
    const isLimited = [owner, ...reach.via, reach.handler.node].some((each) => isCounted(each, file)) || isUnderLimit(reach.handler.node, file)
    return isLimited ? 'limited' : { call, starts, by: { kind: 'handler', reach } }
  }
  return byElements(call, starts, file)
}

/** Requests and messages come as often as somebody sends them; an event of a worker is where the next one is started. */
function isFrequent({ handler }: Reach): boolean {
  return handler.certain && (handler.runs === 'request' || handler.runs === 'message')
}

function byElements(call: Start, starts: ThreadFact['starts'], file: File): UnlimitedStart | Silence {
  for (const site of sitesOf(call, file)) {
    const iteration = iterationOf(site)
    const list = iteration && startsAllAtOnce(iteration, file) ? listOf(iteration) : null
    if (!iteration || !list) continue
    if (isUnderLimit(iteration.node, file) || isCounted(iteration.node, file)) return 'limited'
    const size = sizesOf(file.sourceCode, file.apis).of(list)
    if (size.kind === 'dynamic') return { call, starts, by: { kind: 'elements', list, certain: size.strength === 'strong' } }
  }
  return 'apart'
}

/** The call, and the calls of the function that makes it: `const run = (file) => new Promise(() => { new Worker(file) })`. */
function sitesOf(call: Start, { sourceCode }: File): Node[] {
  const sites: Node[] = [call]
  for (let owner = enclosingFunction(call); owner; owner = enclosingFunction(owner)) sites.push(...(callersOf(owner, sourceCode) ?? []))
  return sites
}

/** `xs.map(run)`, and a loop that does not wait for one before it starts the next. */
function startsAllAtOnce({ kind, node }: Iteration, { sourceCode }: File): boolean {
  if (kind !== 'loop') return true
  return walkOwnCode(node.body, sourceCode.visitorKeys, (child) => (child.type === 'AwaitExpression' ? 'stop' : undefined))
}

function isUnderLimit(task: Node, { sourceCode }: File): boolean {
  return limitersOf(sourceCode).around(task)?.kind === 'limited'
}

/** `if (running >= 4) return res.sendStatus(503)`, `while (workers.size > 8) await …`: a number outside the function is looked at. */
function isCounted({ body }: { body: Node }, { sourceCode, calls }: File): boolean {
  return !walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'BinaryExpression' || !/^[<>]=?$/.test(node.operator)) return undefined
    return [node.left, node.right].some((side) => isOutside(side, body, calls)) ? 'stop' : undefined
  })
}

function isOutside(value: Node, body: Node, calls: Calls): boolean {
  let root = unwrap(value)
  while (root.type === 'MemberExpression') root = unwrap(root.object)
  const declared = root.type === 'Identifier' ? calls.variableOf(root)?.identifiers[0] : undefined
  return root.type === 'ThisExpression' || (declared !== undefined && !isInside(declared as Node, body) && calls.variableOf(root as TSESTree.Identifier)?.defs[0]?.type === 'Variable')
}

/** Whether what is started is returned, or put where others find it. */
function isKept(value: Node, owner: FunctionNode, calls: Calls): boolean {
  const node = wrapped(value)
  const { parent } = node
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && isNameKept(parent.id, owner, calls)
    case 'AssignmentExpression':
      return parent.right === node && !(parent.left.type === 'Identifier' && isLocal(parent.left, owner, calls) && !isNameKept(parent.left, owner, calls))
    case 'CallExpression':
      return parent.arguments.includes(node as never) && parent.callee.type === 'MemberExpression' && keepingMethods.has(memberName(parent.callee) ?? '')
    case 'Property':
    case 'ArrayExpression':
    case 'ReturnStatement':
      return true
    case 'ArrowFunctionExpression':
      return parent.body === node
    default:
      return false
  }
}

function isNameKept(name: TSESTree.Identifier, owner: FunctionNode, calls: Calls): boolean {
  return calls.variableOf(name)?.references.some(({ identifier, resolved }) => resolved !== null && identifier !== name && isKept(identifier as Node, owner, calls)) ?? true
}

function isLocal(name: TSESTree.Identifier, owner: FunctionNode, calls: Calls): boolean {
  const declared = calls.variableOf(name)?.identifiers[0] as Node | undefined
  return declared !== undefined && isInside(declared, owner)
}

/** Whether all uses of a thread are visible, and none listens to its `error` event; `exit` comes too late to stop the exception. */
function isUnheard(call: Start, { sourceCode, calls }: File): boolean {
  if (mentionsString(sourceCode, 'uncaughtException')) return false
  const value = wrapped(call)
  const { parent } = value
  if (parent?.type === 'ExpressionStatement') return true
  if (parent?.type === 'MemberExpression' && parent.object === value) return isDeaf(value)
  const variable = parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && parent.parent.parent.type !== 'ExportNamedDeclaration' ? calls.variableOf(parent.id) : null
  return variable !== null && variable.references.every(({ identifier, init }) => init === true || isDeaf(wrapped(identifier as Node)))
}

/** `worker.postMessage(x)`, `worker.on('message', f).on('exit', g)`: members, none of which listens to errors or is unknown. */
function isDeaf(value: Node): boolean {
  const { parent: member } = value
  if (member?.type !== 'MemberExpression' || member.object !== value) return false
  const name = memberName(member)
  const call = wrapped(member).parent
  if (name === null || call?.type !== 'CallExpression' || unwrap(call.callee) !== member) return false
  if (!threadListeningMethods.has(name)) return true
  const event = stringValue(call.arguments[0])
  if (event === null || event === 'error') return false
  const next = wrapped(call)
  return next.parent?.type === 'MemberExpression' ? isDeaf(next) : next.parent?.type === 'ExpressionStatement'
}
