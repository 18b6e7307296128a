/**
 * Who runs the code at a place: a request, an event, a timer, callers of the module; or nobody but the start of the
 * program. Followed through the functions of the file.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed } from '../../ast/file-nodes.ts'
import { enclosingFunction, isInside, memberName, stringValue, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Trigger } from '../../knowledge/handlers/facts.ts'
import { inlineCallers, listenerMethods, singleEvents } from '../../knowledge/queues-events.ts'
import { feedingProperties } from '../../knowledge/queues-words.ts'
import type { Calls } from '../calls/index.ts'

export interface Feeder {
  /**
   * - `request`: a registered handler.
   * - `event`: a listener of an event that may come again and again.
   * - `timer`: `setInterval`.
   * - `call`: callers outside the file, of an exported function or a method.
   * - `unknown`: a callback of code that is not seen.
   */
  readonly kind: 'request' | 'event' | 'timer' | 'call' | 'unknown'
  /** In words: "every `message` event", "each call of `enqueue`". */
  readonly words: string
  readonly node: FunctionNode
}

export interface FeederContext {
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly calls: Calls
  /** What runs a function that is registered as a handler, and the words for it ("each run of `POST /jobs`"); null for any other. */
  readonly handler: (node: FunctionNode) => { readonly runs: Trigger; readonly words: string } | null
}

/** Who runs each function that was looked at; nobody while that is being found out, so that circles end. */
interface Known {
  readonly runs: Map<FunctionNode, readonly Feeder[]>
  /** Names and members on the way here: `run = task; task = run` and `this._run = this._run.bind(this)` lead back to themselves. */
  readonly path: Set<Node | TSESLint.Scope.Variable>
}

/** Of functions on the ways to one place, no more than these are looked at. */
const MOST = 200

/** None where more of the file's functions lie on the way than anybody could look at: who feeds is not to be told then. */
export function feedersOf(node: Node, context: FeederContext): readonly Feeder[] {
  const known: Known = { runs: new Map(), path: new Set() }
  const runs = runsOf(enclosingFunction(node), context, known)
  return known.runs.size > MOST ? [] : runs
}

function runsOf(node: FunctionNode | null, context: FeederContext, known: Known): readonly Feeder[] {
  if (!node || known.runs.size > MOST) return []
  let runs = known.runs.get(node)
  if (!runs) {
    known.runs.set(node, [])
    known.runs.set(node, (runs = distinct(waysTo(node, context, known))))
  }
  return runs
}

/** Each feeder once, however many ways lead to it. */
function distinct(feeders: readonly Feeder[]): readonly Feeder[] {
  if (feeders.length < 2) return feeders
  const seen = new Map<FunctionNode, Set<string>>()
  return feeders.filter(({ kind, words, node }) => {
    const key = `${kind} ${words}`
    const keys = seen.get(node)
    if (keys?.has(key)) return false
    if (keys) keys.add(key)
    else seen.set(node, new Set([key]))
    return true
  })
}

/** What `follow` gives, unless the way leads through `step` already. */
function once(step: Node | TSESLint.Scope.Variable, { path }: Known, follow: () => readonly Feeder[]): readonly Feeder[] {
  if (path.has(step)) return []
  path.add(step)
  const found = follow()
  path.delete(step)
  return found
}

function waysTo(node: FunctionNode, context: FeederContext, known: Known): readonly Feeder[] {
  const handled = context.handler(node)
  if (handled) return [{ kind: 'request', words: handled.words, node }]
  const { parent } = node
  switch (parent?.type) {
    case 'MethodDefinition':
      return methodRuns(parent, node, context, known)
    case 'PropertyDefinition':
      return isHidden(parent) ? callersOf(memberName(parent), node, context, known) : [call(memberName(parent), node)]
    case 'Property':
      return propertyRuns(parent, node)
    case 'CallExpression':
    case 'NewExpression':
      return argumentRuns(parent, node, node, context, known)
    case 'AssignmentExpression':
      return assignedRuns(parent, node, context, known)
    case 'ReturnStatement':
      return [call(nameOf(enclosingFunction(node)), node)]
    case 'ArrowFunctionExpression':
      return [call(nameOf(parent), node)]
    case 'ExportDefaultDeclaration':
      return [call(nameOf(node), node)]
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? namedRuns(parent.id, parent.parent.parent, node, context, known) : []
    default:
      return node.type !== 'ArrowFunctionExpression' && node.id ? namedRuns(node.id, parent, node, context, known) : []
  }
}

const call = (name: string | null, node: FunctionNode): Feeder => ({
  kind: 'call',
  words: name === null ? 'each call of the function' : `each call of \`${name}\``,
  node,
})

function nameOf(node: FunctionNode | null): string | null {
  if (!node) return null
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name
  const { parent } = node
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name
  return parent?.type === 'MethodDefinition' || parent?.type === 'Property' ? memberName(parent) : null
}

function isHidden(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition): boolean {
  return (
    member.key.type === 'PrivateIdentifier' ||
    member.accessibility === 'private' ||
    (memberName(member)?.startsWith('_') ?? false)
  )
}

function methodRuns(
  method: TSESTree.MethodDefinition,
  node: FunctionNode,
  context: FeederContext,
  known: Known,
): readonly Feeder[] {
  if (method.kind === 'constructor') return []
  const name = memberName(method)
  const inner = callersOf(name, node, context, known)
  if (isHidden(method)) return inner
  return inner.some(({ kind }) => kind === 'request' || kind === 'event') ? inner : [call(name, node)]
}

/** Callers through `this.name(…)` and `x.name(…)`, and places where `this.name` or `this.name.bind(this)` is passed on. */
function callersOf(name: string | null, node: FunctionNode, context: FeederContext, known: Known): readonly Feeder[] {
  if (name === null) return []
  const found: Feeder[] = []
  for (const member of membersNamed(name, context.sourceCode)) {
    const object = unwrap(member.object)
    if (object.type !== 'ThisExpression' && !(object.type === 'Identifier' && isThisAlias(object, context))) continue
    found.push(...once(member, known, () => mentionRuns(member, node, context, known)))
  }
  return found
}

function isThisAlias(identifier: TSESTree.Identifier, { calls }: FeederContext): boolean {
  const definition = calls.variableOf(identifier)?.defs[0]?.node as Node | undefined
  return definition?.type === 'VariableDeclarator' && definition.init?.type === 'ThisExpression'
}

/** What runs a function that is mentioned here: called, bound, or passed to something. */
function mentionRuns(mention: Node, node: FunctionNode, context: FeederContext, known: Known): readonly Feeder[] {
  const parent = mention.parent as Node
  if (parent.type === 'MemberExpression' && parent.object === mention && memberName(parent) === 'bind') {
    return parent.parent.type === 'CallExpression' ? mentionRuns(parent.parent, node, context, known) : []
  }
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    if (parent.callee === mention) return runsOf(enclosingFunction(parent), context, known)
    return argumentRuns(parent, mention, node, context, known)
  }
  if (parent.type === 'Property' && parent.value === mention) return propertyRuns(parent, node)
  if (parent.type === 'ExportSpecifier' || parent.type === 'ExportDefaultDeclaration') return [call(nameOf(node), node)]
  if (parent.type === 'AssignmentExpression' && parent.right === mention) return assignedRuns(parent, node, context, known)
  if (parent.type === 'ReturnStatement') return [call(nameOf(node), node)]
  return []
}

function argumentRuns(
  parent: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: Node,
  node: FunctionNode,
  context: FeederContext,
  known: Known,
): readonly Feeder[] {
  const outer = () => runsOf(enclosingFunction(parent), context, known)
  // `(() => { … })()`
  if (parent.callee === argument) return outer()
  const callee = unwrap(parent.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
  if (parent.type === 'NewExpression') return name === 'Promise' ? outer() : [unknown(node)]
  if (name === 'setInterval') return [{ kind: 'timer', words: 'every tick of a timer', node }]
  if (name === null) return [unknown(node)]
  if (listenerMethods.has(name) && callee.type === 'MemberExpression') {
    const event = stringValue(parent.arguments[0] as Node | undefined)
    if (event !== null && singleEvents.has(event)) return []
    return [{ kind: 'event', words: event === null ? 'every event' : `every \`${event}\` event`, node }]
  }
  return inlineCallers.has(name) ? outer() : [unknown(node)]
}

const unknown = (node: FunctionNode): Feeder => ({ kind: 'unknown', words: 'a callback', node })

/** A function in an object: a method of something that is handed out, or an option such as `onMessage`. */
function propertyRuns(property: TSESTree.Property, node: FunctionNode): readonly Feeder[] {
  const name = memberName(property)
  const object = property.parent as Node
  const holder = object.parent
  if (holder?.type === 'CallExpression' || holder?.type === 'NewExpression') {
    const isOption = name !== null && /^on[A-Z]/.test(name)
    return [isOption ? { kind: 'event', words: `every call of \`${name}\``, node } : unknown(node)]
  }
  return [call(name, node)]
}

function assignedRuns(
  assignment: TSESTree.AssignmentExpression,
  node: FunctionNode,
  context: FeederContext,
  known: Known,
): readonly Feeder[] {
  const { left } = assignment
  if (left.type === 'Identifier') return namedRuns(left, null, node, context, known)
  const name = left.type === 'MemberExpression' ? memberName(left) : null
  if (name === null) return []
  if (feedingProperties.has(name)) return [{ kind: 'event', words: `every \`${name.slice(2)}\` event`, node }]
  if (/^on[a-z]/.test(name)) return []
  if (!name.startsWith('_')) return [call(name, node)]
  const inner = callersOf(name, node, context, known)
  return inner
}

function namedRuns(
  name: TSESTree.Identifier,
  declaredIn: Node | null | undefined,
  node: FunctionNode,
  context: FeederContext,
  known: Known,
): readonly Feeder[] {
  if (declaredIn?.type === 'ExportNamedDeclaration' || declaredIn?.type === 'ExportDefaultDeclaration') {
    return [call(name.name, node)]
  }
  const variable = context.calls.variableOf(name)
  if (!variable) return []
  const mentions = variable.references.filter(({ identifier, init }) => identifier !== name && !init)
  return once(variable, known, () => mentions.flatMap(({ identifier }) => mentionRuns(identifier as Node, node, context, known)))
}

/** The timer (100 ms or more) by which code runs: `setInterval(() => this.flush(), 5000)`, through functions of the file; null where none does. */
export function timerOf(node: Node, context: FeederContext, depth = 0): TSESTree.CallExpression | null {
  const owner = enclosingFunction(node)
  if (!owner || depth > 4) return null
  const mentions = isNamed(owner) ? mentionsOf(owner, context) : [owner]
  for (const mention of mentions) {
    const { parent } = bound(mention)
    if (parent.type !== 'CallExpression') continue
    if (parent.callee !== mention && isTimer(parent)) return parent
    const timer = parent.callee === mention ? timerOf(parent, context, depth + 1) : null
    if (timer) return timer
  }
  return null
}

/** Whether running one function of the file leads to a run of another: it calls it, passes it on, or calls one that does. */
export function leadsTo(from: FunctionNode, to: FunctionNode, context: FeederContext, seen = new Set<FunctionNode>()): boolean {
  if (from === to) return true
  if (seen.has(to)) return false
  seen.add(to)
  const mentions = isNamed(to) ? mentionsOf(to, context) : [to]
  return mentions.some((mention) => {
    if (isInside(mention, from)) return true
    const owner = enclosingFunction(mention)
    return owner !== null && leadsTo(from, owner, context, seen)
  })
}

/** `this.flush.bind(this)` for `this.flush`. */
function bound(mention: Node): { parent: Node } {
  const parent = mention.parent as Node
  const isBind = parent.type === 'MemberExpression' && parent.object === mention && memberName(parent) === 'bind'
  return { parent: isBind ? ((parent.parent as Node).parent as Node) : parent }
}

function isNamed({ parent, type }: FunctionNode): boolean {
  return (
    type === 'FunctionDeclaration' ||
    parent.type === 'MethodDefinition' ||
    parent.type === 'PropertyDefinition' ||
    parent.type === 'VariableDeclarator' ||
    parent.type === 'AssignmentExpression'
  )
}

/** Mentions of one member's name. */
const MANY = 20

/**
 * Where a function of the file is mentioned: by its name, or as `this.name`. A member's name that stands in so many places (the
 * `next` of a thousand generated classes) does not say whose it is: none.
 */
export function mentionsOf(node: FunctionNode, { sourceCode, calls }: FeederContext): Node[] {
  const { parent } = node
  const place = parent.type === 'AssignmentExpression' ? parent.left : parent
  if (place.type === 'MemberExpression' || place.type === 'MethodDefinition' || place.type === 'PropertyDefinition') {
    const name = memberName(place)
    const members = name === null ? [] : membersNamed(name, sourceCode)
    return members.length > MANY ? [] : members.filter((member) => member !== place)
  }
  const id = parent.type === 'VariableDeclarator' ? parent.id : node.type === 'ArrowFunctionExpression' ? null : node.id
  if (id?.type !== 'Identifier') return []
  const references = calls.variableOf(id)?.references ?? []
  return references.filter(({ identifier }) => identifier !== id).map(({ identifier }) => identifier as Node)
}

/** Whether the file itself calls one of its functions. */
export function isCalledInFile(node: FunctionNode, context: FeederContext): boolean {
  return mentionsOf(node, context).some((mention) => mention.parent?.type === 'CallExpression')
}

function isTimer(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee)
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
  if (name !== 'setTimeout' && name !== 'setInterval') return false
  const delay = call.arguments[1]
  return delay !== undefined && !(delay.type === 'Literal' && typeof delay.value === 'number' && delay.value < 100)
}

/** Whether a function runs later than the code that arranges it: `process.nextTick(() => this.pulse())`, `stream.on('drain', pulse)`. */
export function isCalledBack(node: FunctionNode, context: FeederContext): boolean {
  return mentionsOf(node, context).some((mention) => {
    const { parent } = bound(mention)
    if (parent.type !== 'CallExpression') return false
    if (parent.callee !== mention) return true
    const caller = enclosingFunction(parent)
    return caller?.parent.type === 'CallExpression' && caller.parent.callee !== caller
  })
}
