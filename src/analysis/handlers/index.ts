/**
 * Which code of a file runs once per request, message, event, job or tick. Two answers are kept apart: that something
 * calls a function as a handler (by registration or convention: a fact; by its shape: a guess), and that other code is
 * reached from one by calls. Code that runs once (module level, start-up, `listen` callbacks, values kept from the first
 * time) and code for development is not reached. Not seen: calls through containers and other files (see `program`).
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { enclosingFunction, isClass, isFunction, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { functionName } from '../../ast/function-name.ts'
import type { ApiFact } from '../../knowledge/facts.ts'
import {
  contractFacts,
  decoratorFacts,
  handlerTypes,
  registrationFacts,
  requestTypes,
  type DecoratorFact,
  type RegistrationFact,
} from '../../knowledge/handlers/index.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import { exportedHandlers, isServerAction, methodHandlers, resolverHandlers, typedHandlers } from './conventions.ts'
import type { Handler, HandlerEntry, HandlerPosition, Reach } from './handler.ts'
import { runsPerLogin } from './logins.ts'
import { reachedFrom } from './reach.ts'
import { functionsOf, registrationAt } from './registrations.ts'
import { audienceOf, isDevelopmentOnly, isKept } from './run-once.ts'
import { shapeOf } from './shapes.ts'

export type { Handler, Reach } from './handler.ts'
export { runnerOf, wayTo } from './reach.ts'

export interface Handlers {
  /** Every handler of the file, certain ones first. */
  readonly all: readonly Handler[]
  /** Expressions in handlers' places that are no functions of this file: imported handlers, members of unknown objects. */
  readonly positions: readonly HandlerPosition[]
  isHandler(node: FunctionNode): boolean
  /** How something calls this function as a handler, or null. */
  ofFunction(node: FunctionNode): Handler | null
  /** How the code at a node comes to run per request, or null where nothing of this file shows that it does. */
  handlerOf(node: Node): Reach | null
  /** Whether the code at a node runs once, for development or for one user, whatever calls the function around it. */
  isOnce(node: Node): boolean
  /** Whether work on a password runs per log-in, although no handler of the file reaches it. */
  isPerLogin(call: Node): boolean
}

const typeFacts = <F extends ApiFact>(facts: readonly F[]): F[] =>
  facts.map((fact) => ({ ...fact, member: [fact.member].flat().map((member) => `${member}()`) }))

const registrations = indexFacts(registrationFacts)
const decorators = indexFacts(decoratorFacts)
const contracts = indexFacts(contractFacts)
const functionTypes = indexFacts(typeFacts(handlerTypes))
const parameterTypes = indexFacts(requestTypes)

const cache = new WeakMap<object, Map<string, { own: unknown; handlers: Handlers }>>()

/**
 * `own` are the user's entries (`settings.bounded.handlers`), `filename` the linted file's path: without it, conventions
 * that go by files do not apply.
 */
export function handlersOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  options: Pick<Settings, 'handlers'>,
  filename: string | null = null,
): Handlers {
  let byFile = cache.get(sourceCode)
  if (!byFile) cache.set(sourceCode, (byFile = new Map()))
  const known = byFile.get(filename ?? '')
  if (known?.own === options.handlers) return known.handlers
  const handlers = analyse(sourceCode, options.handlers, filename)
  byFile.set(filename ?? '', { own: options.handlers, handlers })
  return handlers
}

function analyse(sourceCode: Readonly<TSESLint.SourceCode>, own: readonly HandlerEntry[], filename: string | null): Handlers {
  const calls = callsOf(sourceCode)
  const { handlers, positions } = collect(sourceCode, calls, own, filename)
  const audience = audienceOf(sourceCode, calls, filename)
  const found = new Map<FunctionNode, Handler>()
  for (const handler of handlers) {
    if (audience === 'developer' || isDevelopmentOnly(handler.node)) continue
    const certain = handler.certain && audience === 'users'
    const known = found.get(handler.node)
    if (!known || (certain && !known.certain)) found.set(handler.node, { ...handler, certain })
  }
  const all = [...found.values()].sort((a, b) => Number(b.certain) - Number(a.certain))
  let reached: ReadonlyMap<FunctionNode, Reach> | undefined
  return {
    all,
    positions: positions.filter(({ node }) => audience !== 'developer' && !isDevelopmentOnly(node)),
    isHandler: (node) => found.has(node),
    isOnce: (node) => audience !== 'users' || isDevelopmentOnly(node) || isKept(node, sourceCode, calls),
    isPerLogin: (call) => runsPerLogin(call, audience, sourceCode),
    ofFunction: (node) => found.get(node) ?? null,
    handlerOf(node) {
      const owner = enclosingFunction(node)
      if (!owner || all.length === 0) return null
      reached ??= reachedFrom(all, sourceCode, calls)
      const reach = reached.get(owner)
      return reach && !isDevelopmentOnly(node) && !isKept(node, sourceCode, calls) ? reach : null
    },
  }
}

const LOOKED_AT = [
  'FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassDeclaration', 'ClassExpression', 'CallExpression', 'NewExpression',
  'VariableDeclarator', 'TSSatisfiesExpression', 'TSAsExpression', 'ObjectExpression',
] as const

/** What messages call a framework of the user's own: the module, as the entry names it. */
function moduleOf({ module }: HandlerEntry): string {
  return (typeof module === 'string' ? module : module?.[0]) ?? 'settings'
}

function collect(sourceCode: Readonly<TSESLint.SourceCode>, calls: Calls, own: readonly HandlerEntry[], filename: string | null) {
  const ownCalls = own.filter(hasApi)
  const ownRegistrations = ownCalls.length === 0 ? null : indexFacts(ownCalls.map((entry): RegistrationFact => ({ framework: moduleOf(entry), runs: entry.runs ?? 'request', takes: entry.takes ?? 'all', label: 'name', ...entry }) as RegistrationFact))
  const decorating = ownCalls.length === 0 ? decorators : indexFacts([...decoratorFacts, ...ownCalls.map((entry) => ({ framework: moduleOf(entry), runs: entry.runs ?? 'request', ...entry }) as DecoratorFact)])
  const handlers: Handler[] = exportedHandlers(sourceCode, calls, filename, own)
  const positions: HandlerPosition[] = []

  const register = (call: CallLike): void => {
    const registration = registrationAt(call, calls, registrations, ownRegistrations)
    if (!registration) return
    for (const node of registration.nodes) {
      const functions = functionsOf(node, calls)
      for (const each of functions) handlers.push({ ...registration, node: each })
      if (functions.length === 0) positions.push({ ...registration, node })
    }
  }

  for (const node of nodesOf(sourceCode, ...LOOKED_AT)) {
    if (isFunction(node)) {
      const shape = shapeOf(node, calls, parameterTypes)
      if (shape) handlers.push({ node, kind: 'shape', label: `handler ${functionName(node) ?? makerName(node) ?? ''}`.trim(), ...shape })
      if (isServerAction(node)) {
        handlers.push({ node, kind: 'convention', certain: true, runs: 'request', framework: 'React', label: 'server action' })
      }
    } else if (isClass(node)) {
      handlers.push(...methodHandlers(node, calls, decorating, contracts))
    } else if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      register(node)
    } else if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.typeAnnotation && node.init) {
      handlers.push(...typedHandlers(node.id.typeAnnotation.typeAnnotation, node.init, calls, functionTypes))
    } else if (node.type === 'TSSatisfiesExpression' || node.type === 'TSAsExpression') {
      handlers.push(...typedHandlers(node.typeAnnotation, node.expression, calls, functionTypes))
    } else if (node.type === 'ObjectExpression') {
      handlers.push(...resolverHandlers(node as TSESTree.ObjectExpression, calls))
    }
  }
  return { handlers, positions }
}

/** For a handler that a function makes (`const show = () => (req, res) => …`): the name of that function. */
function makerName(node: FunctionNode): string | null {
  const maker = node.parent.type === 'ReturnStatement' || isFunction(node.parent) ? enclosingFunction(node) : null
  return maker && functionName(maker)
}

function hasApi(entry: HandlerEntry): entry is HandlerEntry & ApiFact {
  return entry.module !== undefined && entry.member !== undefined
}
