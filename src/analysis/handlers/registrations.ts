/** Calls that hand functions over to something that runs them per request: by table, and by the shape of the call. */
import type { TSESTree } from '@typescript-eslint/utils'
import { endsInWord } from '../../ast/names.ts'
import { isFunction, memberName, stringValue, unwrap, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { listeningMethods } from '../../knowledge/built-in-methods.ts'
import { appNames, appWords, onceEvents, procedureWords, routeVerbs, signalPattern, socketNames, verblessMethods, type RegistrationFact, type Takes } from '../../knowledge/handlers/index.ts'
import { calleeNode, isOfProgram, type Calls, type FactsIndex, type Origin, type ProgramModules } from '../calls/index.ts'
import { constantNumber } from '../calls/constant-number.ts'
import type { HandlerPosition } from './handler.ts'
import { looksLikeHandler } from './shapes.ts'

type Registered = Omit<HandlerPosition, 'node'> & { readonly nodes: readonly Node[] }

/** The handlers' expressions among the arguments of a call, or null where the call registers none. */
export function registrationAt(
  call: CallLike,
  calls: Calls,
  index: FactsIndex<RegistrationFact>,
  own: FactsIndex<RegistrationFact> | null,
): Registered | null {
  if (call.type === 'TaggedTemplateExpression' || call.arguments.every(isText)) return null
  const callee = unwrap(call.callee)
  const method = callee.type === 'MemberExpression' ? memberName(callee) : null
  // Most calls are of methods that register nothing, whosever they are. (`default` is how compiled code calls a module.)
  if (method !== null && method !== 'default' && !index.mayName(method) && !own?.mayName(method) && !isShaped(method)) return procedureByShape(call)
  const byShape = (): Registered | null => routeByShape(call, calls) ?? listenerByShape(call)
  // A type is asked last: where a shape says what a call does, and the type may say that it does something else.
  const isAsked = (name: string, modules: ProgramModules): boolean =>
    index.mayTypeName(name, modules) || own?.mayTypeName(name, modules) === true || (isShaped(name) && byShape() !== null)
  const origin = calls.calleeOf(call, isAsked)
  const fact = own?.of(origin) ?? index.of(origin)
  if (fact) {
    const label = labelOf(call, fact)
    if (label === null) return null
    const { runs, framework } = fact
    const rare = runs === 'timer' && isRare(call, framework, calls)
    return { kind: 'registered', certain: true, runs, framework, label, ...(rare && { rare }), nodes: taken(call, fact.takes) }
  }
  return (isOpen(origin) ? byShape() : null) ?? procedureByShape(call)
}

/** Schedules in cron's notation are by the minute at most. */
function isRare(call: TSESTree.CallExpression | TSESTree.NewExpression, framework: string, calls: Calls): boolean {
  if (framework !== 'timer') return true
  const delay = call.arguments[1]
  const value = delay && delay.type !== 'SpreadElement' ? constantNumber(delay, calls) : null
  return value !== null && value >= 60_000
}

/** Null for an event that comes once. */
function labelOf(call: TSESTree.CallExpression | TSESTree.NewExpression, fact: RegistrationFact): string | null {
  const first = call.arguments[0]
  const name = stringValue(first)
  const member = calleeNode(call)
  const method = member.type === 'MemberExpression' ? memberName(member) : null
  if (fact.label === 'event') {
    if (name !== null && (onceEvents.has(name) || signalPattern.test(name))) return null
    return name === null ? `${fact.framework} listener` : `listener of ${name}`
  }
  if (fact.label === 'route') return routeLabel(call, method)
  if (fact.framework === 'timer') return 'setInterval callback'
  const what = { request: 'handler', message: 'handler', event: 'listener', job: 'job', timer: 'task' }[fact.runs]
  return fact.label === 'name' && name !== null ? `${fact.framework} ${what} ${name}` : `${fact.framework} ${what}`
}

function routeLabel(call: TSESTree.CallExpression | TSESTree.NewExpression, method: string | null): string {
  const path = routePath(call)
  const verb = method === null || verblessMethods.has(method) ? '' : `${method.toUpperCase()} `
  const what = method === 'use' ? 'middleware' : 'handler'
  return `${what} ${verb}${path ?? ''}`.trim()
}

/** The path of a route: the first argument, the one of `.route('/x')` before it, or `path`/`url` of an options object. */
function routePath(call: TSESTree.CallExpression | TSESTree.NewExpression): string | null {
  const first = call.arguments[0]
  const written = stringValue(first) ?? (first?.type === 'Literal' && 'regex' in first ? first.raw : null)
  if (written !== null) return written
  if (first?.type === 'ObjectExpression') {
    for (const property of first.properties) {
      const key = property.type === 'Property' ? memberName(property) : null
      if (key === 'path' || key === 'url') return stringValue((property as TSESTree.Property).value)
    }
  }
  let receiver: Node = unwrap(call.callee)
  while (receiver.type === 'MemberExpression' || receiver.type === 'CallExpression') {
    if (receiver.type === 'CallExpression' && receiver.callee.type === 'MemberExpression' && memberName(receiver.callee) === 'route') {
      return stringValue(receiver.arguments[0])
    }
    receiver = unwrap(receiver.type === 'MemberExpression' ? receiver.object : receiver.callee)
  }
  return null
}

function taken(call: TSESTree.CallExpression | TSESTree.NewExpression, takes: Takes): Node[] {
  const values = call.arguments.filter((argument) => argument.type !== 'SpreadElement')
  if (takes === 'all') return values.filter((value) => stringValue(value) === null)
  if (takes === 'last') return values.slice(-1)
  if (typeof takes === 'number') return values.slice(takes, takes + 1)
  const object = takes.at === 'last' ? values.at(-1) : values[takes.at]
  if (!object) return []
  const value = unwrap(object)
  // In place of the object: the function alone (`defineEventHandler(fn)`), or a name for either.
  return value.type === 'ObjectExpression' || value.type === 'ArrayExpression' ? underKeys(value, takes.keys, 4) : [value]
}

function underKeys(value: Node, keys: readonly string[] | '*', depth: number): Node[] {
  if (value.type === 'ArrayExpression') return value.elements.flatMap((element) => (element ? underKeys(unwrap(element), keys, depth) : []))
  if (value.type !== 'ObjectExpression' || depth === 0) return depth > 0 ? [value] : []
  return value.properties.flatMap((property) => {
    if (property.type !== 'Property') return []
    const inner = unwrap(property.value)
    if (inner.type === 'ObjectExpression' || inner.type === 'ArrayExpression') return underKeys(inner, keys, depth - 1)
    const key = memberName(property)
    return keys === '*' || (key !== null && keys.includes(key)) ? [inner] : []
  })
}

/** The functions of this file that an expression in a handler's place stands for, wrappers and lists looked into. */
export function functionsOf(expression: Node, calls: Calls, depth = 0): FunctionNode[] {
  const value = unwrap(expression)
  if (isFunction(value)) return [value]
  if (depth > 3) return []
  switch (value.type) {
    case 'ArrayExpression':
      return value.elements.flatMap((element) => (element && element.type !== 'SpreadElement' ? functionsOf(element, calls, depth + 1) : []))
    case 'ConditionalExpression':
      return [value.consequent, value.alternate].flatMap((each) => functionsOf(each, calls, depth + 1))
    case 'LogicalExpression':
      return [value.left, value.right].flatMap((each) => functionsOf(each, calls, depth + 1))
    case 'ObjectExpression':
      return value.properties.flatMap((property) => (property.type === 'Property' ? functionsOf(property.value, calls, depth + 1) : []))
    default:
  }
  const { root, steps } = calls.originOf(value)
  if (root.kind === 'function' && steps.length === 0) return [root.node]
  if (root.kind === 'value' && steps.length === 0 && root.node !== value && /Object|Array/.test(root.node.type)) {
    return functionsOf(root.node, calls, depth + 1)
  }
  // `asyncHandler(async (req, res) => …)`: the wrapper runs what it is given.
  if (value.type === 'CallExpression') {
    return value.arguments.flatMap((argument) => {
      if (argument.type === 'ObjectExpression' || argument.type === 'SpreadElement') return []
      return functionsOf(argument, calls, depth + 1)
    })
  }
  return []
}

/** Whether calls of a method are told by their shape, where nothing shows whose they are. */
const isShaped = (method: string): boolean => routeVerbs.has(method) || listeningMethods.has(method)

/** `app.get('/x', (req, res) => …)`, for where nothing shows what `app` is: the call and its function must agree. */
function routeByShape(call: TSESTree.CallExpression | TSESTree.NewExpression, calls: Calls): Registered | null {
  const callee = unwrap(call.callee)
  if (call.type === 'NewExpression' || callee.type !== 'MemberExpression') return null
  const method = memberName(callee)
  if (method === null || !routeVerbs.has(method)) return null
  const nodes = call.arguments.filter((argument) => argument.type !== 'SpreadElement' && !isText(argument))
  if (nodes.length === 0) return null
  const functions = nodes.flatMap((node) => functionsOf(node, calls))
  const path = stringValue(call.arguments[0])
  const routed = path !== null && /^[/*]/.test(path)
  const named = receiverName(callee.object)
  const agrees = functions.some(looksLikeHandler) || (routed && method !== 'use' && named !== null && (appNames.has(named) || endsInWord(named, appWords)))
  if (!agrees) return null
  return { kind: 'shape', certain: true, runs: 'request', framework: null, label: routeLabel(call, method), nodes }
}

/** `socket.on('message', …)`, for where nothing shows what `socket` is. */
function listenerByShape(call: TSESTree.CallExpression | TSESTree.NewExpression): Registered | null {
  const callee = unwrap(call.callee)
  if (call.type === 'NewExpression' || callee.type !== 'MemberExpression') return null
  const method = memberName(callee)
  const event = stringValue(call.arguments[0])
  const handler = call.arguments[1]
  if (!listeningMethods.has(method ?? '') || event === null || !handler || onceEvents.has(event)) return null
  if (signalPattern.test(event)) return null
  const certain = socketNames.has((receiverName(callee.object) ?? '').toLowerCase())
  return { kind: 'shape', certain, runs: 'event', framework: null, label: `listener of ${event}`, nodes: [handler] }
}

/** `publicProcedure.input(…).query(({ input }) => …)`, the way tRPC's routers are written. https://trpc.io/docs/server/procedures */
function procedureByShape(call: TSESTree.CallExpression | TSESTree.NewExpression): Registered | null {
  const callee = unwrap(call.callee)
  if (call.type === 'NewExpression' || callee.type !== 'MemberExpression') return null
  const method = memberName(callee)
  if (method !== 'query' && method !== 'mutation' && method !== 'subscription') return null
  let base: Node = unwrap(callee.object)
  let name: string | null = null
  while (base.type === 'CallExpression' || base.type === 'MemberExpression') {
    if (base.type === 'MemberExpression') name ??= endsInWord(memberName(base), procedureWords) ? memberName(base) : null
    base = unwrap(base.type === 'CallExpression' ? base.callee : base.object)
  }
  if (base.type === 'Identifier' && endsInWord(base.name, procedureWords)) name = base.name
  if (name === null) return null
  const property = call.parent.type === 'Property' ? memberName(call.parent) : null
  const label = `procedure ${property ?? name}`
  return { kind: 'shape', certain: true, runs: 'request', framework: 'tRPC', label, nodes: call.arguments.slice(0, 1) }
}

/** Whether nothing is known of where a receiver comes from, so that its shape may speak; other files' exports included. */
export function isOpen({ root }: Origin): boolean {
  if (root.kind === 'module') return isOfProgram(root.name)
  return root.kind !== 'value' && root.kind !== 'class' && root.kind !== 'function' && root.kind !== 'global'
}

function receiverName(object: Node): string | null {
  const value = unwrap(object)
  if (value.type === 'Identifier') return value.name
  if (value.type === 'MemberExpression') return memberName(value)
  return value.type === 'CallExpression' ? receiverName(value.callee.type === 'MemberExpression' ? value.callee.object : value.callee) : null
}

function isText(node: Node): boolean {
  return node.type === 'Literal' || node.type === 'TemplateLiteral' || node.type === 'BinaryExpression'
}
