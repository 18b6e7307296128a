/**
 * Whether objects of a class live for as long as the process runs. A file seldom shows that one lives briefly (for one command,
 * scan or session), since others make it; so only what shows a long life counts, and everything else is unknown.
 */
import type { TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingFunction, isClass, isInside, memberName, propertyOf, unwrap, type ClassNode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { memoiserPattern } from '../../knowledge/handlers/index.ts'
import { keepingMethods, lastingBases, programEnds, servingNames, singletonDecorators } from '../../knowledge/lifetimes.ts'
import { indexFacts } from '../calls/index.ts'
import { instanceOwner, type Container } from './containers.ts'
import { feedersOf, mentionsOf, type Feeder, type FeederContext } from './feeders.ts'

const singletons = indexFacts(singletonDecorators)
const bases = indexFacts(lastingBases)

type Owner = ClassNode | FunctionNode

/** Whether a container or a holder is known to live on: one of the module, or one in an object that lives on. */
export function livesOn({ level, owner }: Pick<Container, 'level' | 'owner'>, context: FeederContext): boolean {
  return level === 'module' || (level === 'instance' && owner !== null && isLasting(owner, context, new Set()))
}

/**
 * Whether a function that holds a container runs when the program is set up, so that its inner functions keep it: they serve
 * (`(app) => { const users = new Map(); app.get('/', (req) => …) }`), or the module calls it for good (`export const users = makeUsers()`).
 */
export function isSetUpOnce(owner: Owner, feeder: Feeder, context: FeederContext): boolean {
  if (isClass(owner)) return false
  if (feedersOf(owner.body, context).some(({ kind }) => kind !== 'call')) return false
  if (feeder.kind === 'request') return true
  return mentionsOf(owner, context).some((mention) => {
    const { parent } = mention
    return parent?.type === 'CallExpression' && parent.callee === mention && isKept(parent, context, new Set())
  })
}

/**
 * An object is there to stay where
 * - a framework or container makes one and keeps it: `@Injectable() class Users`;
 * - it is itself what serves: it listens, or registers a handler of requests, messages or jobs, or itself, or is a part of a program that is started and stopped;
 * - its class is called what serves: `UserService`, `MailServer`;
 * - it does something again and again by a timer of its own;
 * - the file makes one and keeps it at module level, or in another object that stays.
 */
function isLasting(owner: Owner, context: FeederContext, seen: Set<Owner>): boolean {
  if (seen.has(owner)) return false
  seen.add(owner)
  if (isClass(owner) && (isManaged(owner, context) || isStartedAndStopped(owner) || servingNames.test(owner.id?.name ?? ''))) return true
  return serves(owner, context) || instancesOf(owner, context).some((made) => isKept(made, context, seen))
}

function isManaged(node: ClassNode, { calls }: FeederContext): boolean {
  const { superClass } = node
  // ESLint's own parser knows none.
  const decorators = (node.decorators as ClassNode['decorators'] | undefined) ?? []
  if (superClass && bases.of(calls.originOf(superClass))) return true
  return decorators.some(({ expression }) => {
    const call = unwrap(expression)
    if (!singletons.of(calls.originOf(call.type === 'CallExpression' ? call.callee : call))) return false
    const given = call.type === 'CallExpression' ? call.arguments : []
    return !given.some((argument) => argument.type === 'ObjectExpression' && (propertyOf(argument, 'scope') ?? propertyOf(argument, 'transient')))
  })
}

/** `class Dialer { start() { … } stop() { … } dial(peer) { … } }`: what it does between the two is up to others, and goes on; the same with `shutdown`. */
function isStartedAndStopped({ body }: ClassNode): boolean {
  const methods = new Set(body.body.map((element) => (element.type === 'MethodDefinition' && !element.static ? memberName(element) : null)))
  return (methods.has('start') && methods.has('stop')) || programEnds.some((name) => methods.has(name))
}

/** `this.server.listen(port)`, `app.post('/jobs', (req) => this.add(req.body))`, a method that a framework calls per request. */
function serves(owner: Owner, context: FeederContext): boolean {
  const own = codeOf(context.sourceCode).get(owner)
  if (!own) return false
  return own.listens || own.isRegistered || own.repeats || own.functions.some((node) => {
    const handled = context.handler(node)
    return handled !== null && handled.runs !== 'event'
  })
}

/** What the code of one class or prototype does to its own objects. */
interface OwnCode {
  listens: boolean
  /** `setInterval(() => this.report(), 60_000)`. */
  repeats: boolean
  /** `workspace.registerFileSystemProvider('git', this)`, and no `unregister`. */
  isRegistered: boolean
  readonly functions: FunctionNode[]
  /** `new this()`. */
  readonly made: TSESTree.NewExpression[]
}

const codes = new WeakMap<object, ReadonlyMap<Owner, OwnCode>>()

/** The same for all of a file, found in one pass: a file may have thousands of classes. */
function codeOf(sourceCode: FeederContext['sourceCode']): ReadonlyMap<Owner, OwnCode> {
  const known = codes.get(sourceCode)
  if (known) return known
  const code = new Map<Owner, OwnCode>()
  const at = (node: Node): OwnCode | null => {
    const owner = instanceOwner(node)
    if (!owner) return null
    let own = code.get(owner)
    if (!own) code.set(owner, (own = { listens: false, repeats: false, isRegistered: false, functions: [], made: [] }))
    return own
  }
  for (const call of nodesOf(sourceCode, 'CallExpression')) {
    const role = roleOf(call)
    const own = role && at(call)
    if (role && own) own[role] = true
  }
  for (const node of nodesOf(sourceCode, 'FunctionExpression', 'ArrowFunctionExpression')) at(node)?.functions.push(node)
  for (const node of nodesOf(sourceCode, 'NewExpression')) if (node.callee.type === 'ThisExpression') at(node.callee)?.made.push(node)
  codes.set(sourceCode, code)
  return code
}

/** What one call says of the object in whose code it stands. */
function roleOf({ arguments: given, callee, parent }: TSESTree.CallExpression): 'isRegistered' | 'listens' | 'repeats' | null {
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
  if (name === 'setInterval') return 'repeats'
  if (callee.type !== 'MemberExpression' || name === null) return null
  if (name === 'listen') return parent.type === 'ReturnStatement' ? null : 'listens'
  return /^register[A-Z]/.test(name) && given.some(({ type }) => type === 'ThisExpression') ? 'isRegistered' : null
}

/** Every `new Queue()` of the file; in a static method, `new this()` as well. */
function instancesOf(owner: Owner, { sourceCode }: FeederContext): Node[] {
  // A class has a name for others and one for itself.
  const declarations = owner.parent.type === 'VariableDeclarator' ? [owner, owner.parent] : [owner]
  const variables = new Set(declarations.flatMap((node) => sourceCode.scopeManager?.getDeclaredVariables(node) ?? []))
  const named = [...variables].flatMap(({ references }) => references.map(({ identifier }) => identifier.parent as Node | undefined))
  const made = named.filter((parent, at): parent is Node => parent?.type === 'NewExpression' && named.indexOf(parent) === at)
  if (owner.parent.type === 'NewExpression') made.push(owner.parent)
  return [...made, ...(codeOf(sourceCode).get(owner)?.made ?? [])]
}

/** Whether something that lives on holds a value: followed from where it is made through names, fields and containers. */
function isKept(value: Node, context: FeederContext, seen: Set<Owner>, depth = 0): boolean {
  const { node, parent } = outward(value)
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && (isOfModule(parent) || (depth < 3 && isNameKept(parent.id, node, context, seen, depth)))
    case 'AssignmentExpression':
      return parent.right === node && isPlaceKept(parent.left, node, context, seen, depth)
    case 'PropertyDefinition':
      return parent.static || isLasting(parent.parent.parent, context, seen)
    case 'Property':
      // `export const services = { queue: new Queue() }`
      return parent.value === node && isKept(parent.parent, context, seen, depth)
    case 'ArrayExpression':
      return isKept(parent, context, seen, depth)
    case 'ExportDefaultDeclaration':
      return true
    case 'CallExpression':
      return parent.callee !== node && isTakerLasting(parent, context, seen, depth)
    case 'ArrowFunctionExpression':
      return isMemoised(parent)
    case 'ReturnStatement':
      return isMemoised(enclosingFunction(parent))
    default:
      return false
  }
}

/** The expression with casts, `await` and choices (`old ?? new Queue()`) around it, and what it stands in. */
function outward(value: Node): { node: Node; parent: Node } {
  let node = value
  let parent = value.parent as Node
  while (/^(?:TS(?:As|NonNull|Satisfies)Expression|TSTypeAssertion|AwaitExpression|LogicalExpression|ConditionalExpression)$/.test(parent.type)) {
    node = parent
    parent = parent.parent as Node
  }
  return { node, parent }
}

function isOfModule(node: Node): boolean {
  return enclosingFunction(node) === null
}

/** A local name: something that stays gets its value, or a handler that is registered beside it uses it. */
function isNameKept(id: TSESTree.Identifier, made: Node, context: FeederContext, seen: Set<Owner>, depth: number): boolean {
  const references = context.calls.variableOf(id)?.references ?? []
  return references.some(({ identifier, init }) => {
    const mention = identifier as Node
    return !init && (isUsedInHandler(mention, made, context) || isKept(mention, context, seen, depth + 1))
  })
}

/** `const users = new Users(); app.get('/', (req) => users.load(req.query.id))`: the handler keeps it. */
function isUsedInHandler(mention: Node, made: Node, { handler }: FeederContext): boolean {
  for (let owner = enclosingFunction(mention); owner && !isInside(made, owner); owner = enclosingFunction(owner)) {
    const handled = handler(owner)
    if (handled && handled.runs !== 'event') return true
  }
  return false
}

/** `queue = …` of the module, `Queue.shared = …`, `this.queue = …` of an object that stays, `queues[name] = …`. */
function isPlaceKept(target: Node, made: Node, context: FeederContext, seen: Set<Owner>, depth: number): boolean {
  const place = unwrap(target)
  if (place.type === 'Identifier') return isModuleName(place, context) || (depth < 3 && isNameKept(place, made, context, seen, depth))
  return place.type === 'MemberExpression' && isHolderLasting(place.object, context, seen)
}

/** Whether the object that gets a member or an entry stays: the module's, a class, a global, or a field of an object that does. */
function isHolderLasting(object: Node, context: FeederContext, seen: Set<Owner>): boolean {
  const holder = unwrap(object)
  if (holder.type === 'Identifier') return isModuleName(holder, context)
  if (holder.type === 'MemberExpression') return isHolderLasting(holder.object, context, seen)
  if (holder.type !== 'ThisExpression') return false
  const method = enclosingFunction(holder)?.parent
  if (method?.type === 'MethodDefinition' && method.static) return true
  const owner = instanceOwner(holder)
  return owner !== null && isLasting(owner, context, seen)
}

/** A name of the module, an import, or a global such as `module` and `globalThis`. */
function isModuleName(id: TSESTree.Identifier, { calls }: FeederContext): boolean {
  const definition = calls.variableOf(id)?.defs[0]
  if (!definition) return true
  return definition.type !== 'Parameter' && isOfModule(definition.node as Node)
}

/** `queues.set(name, queue)` of a map that stays. */
function isTakerLasting({ callee }: TSESTree.CallExpression, context: FeederContext, seen: Set<Owner>, depth: number): boolean {
  const called = unwrap(callee)
  if (called.type !== 'MemberExpression' || depth > 3) return false
  return keepingMethods.has(memberName(called) ?? '') && isHolderLasting(called.object, context, seen)
}

/** `export const queue = once(() => new Queue())`. */
function isMemoised(factory: FunctionNode | null): boolean {
  const call = factory?.parent
  if (call?.type !== 'CallExpression' || !isOfModule(call)) return false
  const callee = unwrap(call.callee)
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
  return name !== null && memoiserPattern.test(name)
}
