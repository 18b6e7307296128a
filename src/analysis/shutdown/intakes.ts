/** What a file starts that takes in work until it is told to stop, and how the file speaks of it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { endsInWord, nameOf, wordsOf } from '../../ast/names.ts'
import { isFunction, isKey, isNothing, memberName, propertyOf, unwrap, wrapped, type Node } from '../../ast/nodes.ts'
import { chainedMethods, endingMethods, intakeFacts, serverNames, sideServerWords, type IntakeFact } from '../../knowledge/intakes.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, indexFacts, isOfProgram, type Calls, type Origin } from '../calls/index.ts'
import { isOpen } from '../handlers/registrations.ts'
import { isDevelopmentOnly } from '../handlers/run-once.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

export interface Intake {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression
  /** Whether the file starts it, or does no more than end what another file started. */
  readonly started: boolean
  readonly takes: IntakeFact['takes']
  /** The method that ends it and waits. */
  readonly end: string
  /** Whether that method tells a callback, or returns a promise; null where its maker stands in another file. */
  readonly tells: IntakeFact['tells'] | null
  /** The names by which it can be ended; none where what the call returns is dropped. */
  readonly handles: readonly Handle[]
  /** Whether it may be ended by a name that is none of these: it is returned, passed on, kept in an object. */
  readonly escapes: boolean
}

/** A variable, or a way of members as it is written (`this.server`). */
export type Handle = Variable | string

const facts = indexFacts(intakeFacts)

/** The same by their ends: `server.close` of a parameter `server: Server`. */
const ends = indexFacts(intakeFacts.map((fact) => ({ ...fact, member: [fact.member].flat().map((member) => `${fact.handle === 'result' ? `${member}()` : member.replace(/\.\w+$/, '')}.${fact.end}`) })))

/** `handlers`: the user's entries of `settings.bounded.handlers`, whose registrations take in work likewise. */
export function intakesOf(sourceCode: SourceCode, { handlers }: Pick<Settings, 'handlers'>): Intake[] {
  const calls = callsOf(sourceCode)
  const own = ownIntakes(handlers)
  return nodesOf(sourceCode, 'CallExpression', 'NewExpression').flatMap((call) => {
    const origin = calls.calleeOf(call, (method, modules) => facts.mayTypeName(method, modules) || ends.mayTypeName(method, modules))
    const ended = call.callee.type === 'MemberExpression' ? ends.of(origin) : null
    const fact = ended ?? own?.of(origin) ?? facts.of(origin)
    if (fact ? !hasNeeded(call, fact) && !ended : !isOpenServer(call, origin)) return []
    if (isAside(call, sourceCode) || isDevelopmentOnly(call)) return []
    return [intakeWith(call, fact, ended ? [placeOf(receiverOf(call) as Node, calls)] : placesOf(call, fact, calls), !ended)]
  })
}

function intakeWith(call: Intake['call'], fact: IntakeFact | null, places: readonly Place[], started: boolean): Intake {
  const { takes = 'requests', end = 'close', tells = null } = fact ?? {}
  return { call, started, takes, end, tells, handles: places.flatMap(({ handle }) => handle ?? []), escapes: places.some(({ escapes }) => escapes) }
}

function ownIntakes(entries: Settings['handlers']) {
  const own = entries.flatMap(({ module, member, runs }) =>
    module !== undefined && member !== undefined && (runs === 'job' || runs === 'message') ? [{ module, member, takes: runs === 'job' ? 'jobs' : 'messages', handle: 'result', end: 'close', tells: 'promise', source: '' } as IntakeFact] : [],
  )
  return own.length === 0 ? null : indexFacts(own)
}

function hasNeeded({ arguments: given }: Intake['call'], { needs }: IntakeFact): boolean {
  const argument = needs === undefined ? undefined : given[needs]
  return needs === undefined || (argument !== undefined && argument.type !== 'ObjectExpression' && !isNothing(argument))
}

/** `app.listen(port)`, where `app` comes from another file or a parameter: what listens on a port is a server. */
function isOpenServer(call: Intake['call'], origin: Origin): boolean {
  const server = receiverOf(call)
  return server !== null && nameOf(call.callee) === 'listen' && isOpen(origin) && endsInWord(nameOf(server), serverNames) && tellsPort(call.arguments[0])
}

function tellsPort(argument: Node | undefined): boolean {
  const value = argument && unwrap(argument)
  if (!value) return false
  if (value.type === 'Literal') return typeof value.value === 'number' ? value.value > 0 : /port$/i.test(String(value.value))
  if (value.type === 'ObjectExpression') return propertyOf(value, 'port') !== null
  if (value.type === 'LogicalExpression') return tellsPort(value.left) || tellsPort(value.right)
  if (value.type === 'CallExpression' || value.type === 'UnaryExpression') return tellsPort(value.type === 'CallExpression' ? value.arguments[0] : value.argument)
  return wordsOf(nameOf(value) ?? '').at(-1) === 'port'
}

/** `metricsServer.listen(port)`, `app.listen(HEALTH_PORT)`. */
function isAside(call: Intake['call'], sourceCode: SourceCode): boolean {
  const names = [nameOf(call.callee.type === 'MemberExpression' ? call.callee.object : call.callee), nameOf(targetOf(outermost(call)) ?? call)]
  const given = call.arguments[0] && !isFunction(call.arguments[0]) ? sourceCode.getText(call.arguments[0]).split(/\W+/) : []
  return [...names, ...given].some((name) => name !== null && wordsOf(name).some((word) => sideServerWords.has(word)))
}

function receiverOf({ callee }: Intake['call']): Node | null {
  return callee.type === 'MemberExpression' ? unwrap(callee.object) : null
}

interface Place {
  readonly handle: Handle | null
  readonly escapes: boolean
}

function placesOf(call: Intake['call'], fact: IntakeFact | null, calls: Calls): Place[] {
  const receiver = receiverOf(call)
  const isNamed = receiver?.type === 'Identifier' || receiver?.type === 'MemberExpression'
  const places: Place[] = []
  if (receiver && isNamed && fact?.handle !== 'result') places.push(placeOf(receiver, calls))
  if (!isNamed || fact?.handle !== 'receiver') places.push(placeOfResult(call, calls))
  return places
}

function placeOfResult(call: Intake['call'], calls: Calls): Place {
  const value = outermost(call)
  const target = targetOf(value)
  if (target) return placeOf(target, calls)
  return { handle: null, escapes: value.parent?.type !== 'ExpressionStatement' }
}

/** `app.listen(80).on('error', fail)`: an emitter returns itself. */
function outermost(call: Node): Node {
  let value = wrapped(call)
  for (;;) {
    const { parent } = value
    if (parent?.type === 'AwaitExpression') value = wrapped(parent)
    else if (parent?.type === 'MemberExpression' && parent.object === value && chainedMethods.has(memberName(parent) ?? '') && parent.parent.type === 'CallExpression') value = wrapped(parent.parent)
    else return value
  }
}

function targetOf(value: Node): Node | null {
  const { parent } = value
  if (parent?.type === 'VariableDeclarator' && parent.init === value) return parent.id
  return parent?.type === 'AssignmentExpression' && parent.right === value && parent.parent.type === 'ExpressionStatement' ? parent.left : null
}

function placeOf(target: Node, calls: Calls): Place {
  if (target.type === 'MemberExpression') return { handle: wayOf(target), escapes: true }
  const variable = target.type === 'Identifier' ? calls.variableOf(target) : null
  return { handle: variable, escapes: !variable || escapes(variable, calls) }
}

/** `this.server`, `deps.server`; null for other values. */
function wayOf(node: Node): string | null {
  if (node.type === 'ThisExpression') return 'this'
  if (node.type === 'Identifier') return node.name
  const object = node.type === 'MemberExpression' ? wayOf(unwrap(node.object)) : null
  return node.type === 'MemberExpression' && object !== null ? `${object}.${memberName(node)}` : null
}

/** Whether a variable comes from another file, is exported, or its value is used for anything but its members. */
function escapes(variable: Variable, calls: Calls): boolean {
  if (variable.defs.some(({ type, parent }) => type !== 'Variable' || parent?.parent?.type === 'ExportNamedDeclaration')) return true
  const { root } = calls.originOf(variable.identifiers[0] as Node)
  if (root.kind === 'module' && isOfProgram(root.name)) return true
  return variable.references.some((reference) => {
    if (reference.isWrite() && !reference.isRead()) return false
    const use = wrapped(reference.identifier as Node)
    const { parent } = use
    return !(parent?.type === 'MemberExpression' && parent.object === use) && !(parent?.type === 'IfStatement' || parent?.type === 'UnaryExpression' || parent?.type === 'LogicalExpression')
  })
}

/** Whether a node is a name of the intake. */
export function isHandleOf(node: Node, { handles }: Pick<Intake, 'handles'>, calls: Calls): boolean {
  if (node.type === 'MemberExpression') return handles.some((handle) => typeof handle === 'string' && handle === wayOf(node))
  if (node.type !== 'Identifier' || handles.length === 0 || isKey(node)) return false
  const variable = calls.variableOf(node)
  return variable !== null && handles.includes(variable)
}

/** The call that ends what a name stands for: `server.close()`, also as a step of a chain. */
export function endingOf(handle: Node): TSESTree.CallExpression | null {
  const member = wrapped(handle).parent
  if (member?.type !== 'MemberExpression' || unwrap(member.object) !== unwrap(handle) || !endingMethods.has(memberName(member) ?? '')) return null
  const call = wrapped(member).parent
  return call?.type === 'CallExpression' && unwrap(call.callee) === member ? call : null
}

