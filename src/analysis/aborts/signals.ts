/** Signals by which somebody else ends the work: not the time limit of one call, nor a controller of one attempt. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInside, memberName, unwrap, type LoopNode, type Node } from '../../ast/nodes.ts'
import { signalOptions } from '../../knowledge/aborts.ts'
import { apiPath, type Calls } from '../calls/index.ts'
import { isSignalType } from '../time-limits/signals.ts'

type Variable = TSESLint.Scope.Variable

/** Names that a signal is followed through. */
const MAX_DEPTH = 4

/**
 * The part of a value that is a signal from outside the loop; null for anything else. `named`: the value stands under the
 * name of a signal, so that it is one; otherwise its own name or type must say so, since processes get signals too.
 */
export function outerSignalOf(value: Node, loop: LoopNode, calls: Calls, named: boolean, depth = 0): Node | null {
  const node = unwrap(value)
  if (depth > MAX_DEPTH) return null
  switch (node.type) {
    case 'Identifier':
      return ofName(node, loop, calls, named, depth)
    case 'MemberExpression':
      return ofMember(node, loop, calls, named)
    case 'CallExpression': {
      const [list] = node.arguments
      if (!isApi(node.callee, 'AbortSignal.any', calls) || list?.type !== 'ArrayExpression') return null
      return firstOf(list.elements, (each) => each && outerSignalOf(each, loop, calls, true, depth + 1))
    }
    default:
      return null
  }
}

function firstOf<T>(list: readonly T[], find: (each: T) => Node | null): Node | null {
  for (const each of list) {
    const found = find(each)
    if (found) return found
  }
  return null
}

function ofName(node: TSESTree.Identifier, loop: LoopNode, calls: Calls, named: boolean, depth: number): Node | null {
  const variable = calls.variableOf(node)
  const definition = variable?.defs[0]
  if (!variable || !definition) return null
  if (definition.type === 'Parameter') return !isInside(definition.name as Node, loop) && isSignal(variable, named) ? node : null
  const declarator = definition.node as Node
  if (declarator.type !== 'VariableDeclarator' || !declarator.init) return null
  if (declarator.id.type === 'Identifier') return outerSignalOf(declarator.init, loop, calls, named, depth + 1) && node
  // `const { signal } = options`, and not one of a controller that nobody else has.
  return !isInside(declarator, loop) && unwrap(declarator.init).type !== 'NewExpression' && isSignal(variable, named) ? node : null
}

/** `options.signal`, `this.controller.signal`, `controller.signal` of a controller that more than a timer aborts. */
function ofMember(node: TSESTree.MemberExpression, loop: LoopNode, calls: Calls, named: boolean): Node | null {
  if (!signalOptions.has(memberName(node) ?? '')) return null
  let root: Node = unwrap(node.object)
  while (root.type === 'MemberExpression') root = unwrap(root.object)
  if (root.type === 'ThisExpression') return node
  const variable = root.type === 'Identifier' ? calls.variableOf(root) : null
  const definition = variable?.defs[0]
  if (!variable || !definition || isInside(definition.name as Node, loop)) return null
  if (definition.type === 'Parameter') return named ? node : null
  return isAbortedByOthers(variable, calls) ? node : null
}

/** `controller.abort()` outside of timers, which make it a time limit. */
function isAbortedByOthers(controller: Variable, calls: Calls): boolean {
  return controller.references.some(({ identifier }) => {
    const member = (identifier as Node).parent
    if (member?.type !== 'MemberExpression' || member.object !== identifier || memberName(member) !== 'abort') return false
    for (let current: Node | undefined = member; current; current = current.parent) {
      const call: Node | undefined = current.parent
      if (call?.type === 'CallExpression' && call.callee !== current && isApi(call.callee, 'setTimeout', calls)) return false
    }
    return true
  })
}

/** Whether a name is one of an abort signal: by its type, or, where it has none, by standing under such a name or having one. */
function isSignal({ name, defs: [definition] }: Variable, named: boolean): boolean {
  const annotation = annotationOf(definition?.name as Node | undefined)
  return annotation ? isSignalType(annotation) : /signal$/i.test(name) && (named || /abort/i.test(name))
}

function annotationOf(name: Node | undefined): TSESTree.TypeNode | null {
  return name?.type === 'Identifier' ? (name.typeAnnotation?.typeAnnotation ?? null) : null
}

function isApi(callee: Node, member: string, calls: Calls): boolean {
  const api = apiPath(calls.originOf(callee))
  return api?.module === 'globalThis' && api.member === member
}

