/** Functions that a framework calls because of an export's name, a type, a decorator, or the class they belong to. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import picomatch from 'picomatch/posix'
import { functionName } from '../../ast/function-name.ts'
import { isClass, isFunction, memberName, unwrap, type ClassNode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import {
  conventionFacts,
  exportedObjectKeys,
  resolverRoots,
  type ContractFact,
  type ConventionFact,
  type DecoratorFact,
  type HandlerTypeFact,
} from '../../knowledge/handlers/index.ts'
import type { Calls, FactsIndex } from '../calls/index.ts'
import { exportsOf, hasDirective } from '../exports/index.ts'
import type { Handler, HandlerEntry } from './handler.ts'
import { functionsOf } from './registrations.ts'
import { parameterName } from './shapes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const conventional = (
  node: FunctionNode,
  { framework, runs }: Pick<ConventionFact, 'framework' | 'runs'>,
  label: string,
): Handler => ({ node, kind: 'convention', certain: true, runs, framework, label })

/** Handlers by the names of exports and of the file. Without a file name only exports that say enough by themselves. */
export function exportedHandlers(sourceCode: SourceCode, calls: Calls, filename: string | null, own: readonly HandlerEntry[]): Handler[] {
  const { byName } = exportsOf(sourceCode)
  const path = filename?.replaceAll('\\', '/') ?? null
  const found: Handler[] = []
  for (const fact of [...ownConventions(own), ...conventionFacts]) {
    if (!fact.exports.some((wanted) => wanted === '*' || byName.has(exportOf(wanted))) || !appliesTo(fact, path, sourceCode)) continue
    for (const [name, node] of matching(fact.exports, byName, calls)) {
      if (!hasParameter(node, fact.parameter)) continue
      found.push(conventional(node, fact, name === 'default' ? `${fact.framework} handler` : `handler ${name}`))
    }
  }
  found.push(...exportedObject(byName, calls), ...serverActions(sourceCode, calls))
  return found
}

function ownConventions(own: readonly HandlerEntry[]): ConventionFact[] {
  return own.flatMap(({ files, exports, runs }) =>
    files || exports
      ? [{ framework: 'settings', runs: runs ?? 'request', exports: exports ?? ['*'], source: '', ...(files && { files }) } satisfies ConventionFact]
      : [],
  )
}

function appliesTo({ files, imports }: ConventionFact, path: string | null, { ast }: SourceCode): boolean {
  if (files && (path === null || !matcherOf(files)(path))) return false
  return !imports || ast.body.some((node) => node.type === 'ImportDeclaration' && imports.includes(node.source.value))
}

const matchers = new WeakMap<readonly string[], (path: string) => boolean>()

function matcherOf(files: readonly string[]): (path: string) => boolean {
  let matches = matchers.get(files)
  if (!matches) {
    // The path is the whole one, the glob its end: `src/jobs/**` is meant in every package.
    const whole = picomatch(files.map((glob) => (glob.startsWith('**/') ? glob : `**/${glob.replace(/^\.?\//, '')}`)), { dot: true })
    matches = (path) => whole(path.replace(/^(?:[A-Za-z]:)?\//, ''))
    matchers.set(files, matches)
  }
  return matches
}

function matching(exports: readonly string[], byName: ReadonlyMap<string, Node>, calls: Calls): [string, FunctionNode][] {
  return exports.flatMap((wanted): [string, FunctionNode][] => {
    if (wanted === '*') return [...byName].flatMap(([name, node]) => functionsBehind(node, calls).map((each): [string, FunctionNode] => [name, each]))
    const name = exportOf(wanted)
    const node = byName.get(name)
    if (!node) return []
    const value = valueOf(node, calls)
    if (wanted !== name) return value.type === 'ObjectExpression' ? functionsOf(value, calls).map((each) => [functionName(each) ?? name, each]) : []
    if (value.type === 'ObjectExpression') return []
    return functionsBehind(node, calls).map((each) => [name, each])
  })
}

/** `actions` of `actions.*`. */
function exportOf(wanted: string): string {
  return wanted.endsWith('.*') ? wanted.slice(0, -'.*'.length) : wanted
}

/** The literal, class or function declaration behind an exported expression. */
function valueOf(node: Node, calls: Calls): Node {
  const value = unwrap(node)
  if (value.type !== 'Identifier') return value
  const { root, steps } = calls.originOf(value)
  return steps.length === 0 && root.kind === 'value' ? unwrap(root.node) : value
}

function functionsBehind(node: Node, calls: Calls): FunctionNode[] {
  return isFunction(node) ? [node] : isClass(node) ? [] : functionsOf(node, calls)
}

function hasParameter(node: FunctionNode, names: readonly string[] | undefined): boolean {
  return !names || names.includes(parameterName(node.params[0]) ?? '')
}

/** `export default { async fetch(request, env) {…} }`. */
function exportedObject(byName: ReadonlyMap<string, Node>, calls: Calls): Handler[] {
  const exported = byName.get('default')
  const object = exported && valueOf(exported, calls)
  if (object?.type !== 'ObjectExpression' || !object.properties.some((each) => each.type === 'Property' && memberName(each) === 'fetch')) return []
  return object.properties.flatMap((property) => {
    const key = property.type === 'Property' ? memberName(property) : null
    if (property.type !== 'Property' || key === null || !exportedObjectKeys.has(key)) return []
    return functionsOf(property.value, calls).map((node) => conventional(node, { framework: 'Fetch', runs: 'request' }, `handler ${key}`))
  })
}

/** `'use server'` on top of a file or of a function. https://react.dev/reference/rsc/use-server */
function serverActions(sourceCode: SourceCode, calls: Calls): Handler[] {
  if (!hasDirective(sourceCode.ast as Node, 'use server')) return []
  return [...exportsOf(sourceCode).byName].flatMap(([name, node]) =>
    functionsBehind(node, calls).map((each) => conventional(each, { framework: 'React', runs: 'request' }, `server action ${name}`)),
  )
}

export function isServerAction(node: FunctionNode): boolean {
  return hasDirective(node, 'use server')
}

/** Methods by their decorators, and by the interfaces and base classes of their class. */
export function methodHandlers(node: ClassNode, calls: Calls, decorators: FactsIndex<DecoratorFact>, contracts: FactsIndex<ContractFact>): Handler[] {
  const contract = [node.superClass, ...(node.implements ?? []).map(({ expression }) => expression)]
    .map((each) => (each ? contracts.of(calls.originOf(each)) : null))
    .filter((fact) => fact !== null)
  return node.body.body.flatMap((element) => {
    if (element.type !== 'MethodDefinition' || element.kind !== 'method' || !isFunction(element.value)) return []
    const name = memberName(element) ?? ''
    const label = `${node.id ? `${node.id.name}.` : ''}${name}`
    for (const { expression } of element.decorators ?? []) {
      const fact = decorators.of(calls.originOf(expression.type === 'CallExpression' ? expression.callee : expression))
      if (fact) return [conventional(element.value, fact, `handler ${label}`)]
    }
    const fact = contract.find(({ methods }) => methods.includes(name))
    return fact ? [conventional(element.value, fact, `handler ${label}`)] : []
  })
}

/** Functions by the type of the variable or expression they are the value of: `const list: RequestHandler = …`. */
export function typedHandlers(type: TSESTree.TypeNode, value: Node, calls: Calls, types: FactsIndex<HandlerTypeFact>): Handler[] {
  const origin = calls.instanceOf(type)
  const fact = origin && types.of(origin)
  if (!fact) return []
  return functionsOf(value, calls).map((node) => conventional(node, fact, `handler ${functionName(node) ?? ''}`.trim()))
}

/** `{ Query: { user(parent, args) {…} } }`: a resolver map of GraphQL. */
export function resolverHandlers(object: TSESTree.ObjectExpression, calls: Calls): Handler[] {
  return object.properties.flatMap((property) => {
    const type = property.type === 'Property' ? memberName(property) : null
    if (property.type !== 'Property' || type === null || !resolverRoots.has(type)) return []
    const fields = valueOf(property.value, calls)
    if (fields.type !== 'ObjectExpression') return []
    return fields.properties.flatMap((field) => {
      const name = field.type === 'Property' ? memberName(field) : null
      if (field.type !== 'Property' || name === null) return []
      return functionsOf(field.value, calls).map((node) => conventional(node, { framework: 'GraphQL', runs: 'request' }, `resolver ${type}.${name}`))
    })
  })
}
