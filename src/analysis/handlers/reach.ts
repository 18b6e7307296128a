/** Which functions of a file run because a handler runs. */
import type { TSESLint } from '@typescript-eslint/utils'
import { enclosingFunction, isFunction, isInside, unwrap, walk, walkOwnCode, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { functionName } from '../../ast/function-name.ts'
import { calleeNode, type Calls } from '../calls/index.ts'
import type { Handler, Reach } from './handler.ts'
import { isDevelopmentOnly, isKept, isPassedToRunOnce } from './run-once.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Breadth first, certain handlers first: each function gets its shortest way from the surest handler. */
export function reachedFrom(handlers: readonly Handler[], sourceCode: SourceCode, calls: Calls): Map<FunctionNode, Reach> {
  const reached = new Map<FunctionNode, Reach>()
  for (const certain of [true, false]) {
    const starts = handlers.filter((handler) => handler.certain === certain)
    for (const handler of starts) if (!reached.has(handler.node)) reached.set(handler.node, { handler, via: [] })
    let queue = starts.map(({ node }) => node)
    while (queue.length > 0) {
      const next: FunctionNode[] = []
      for (const from of queue) {
        const reach = reached.get(from) as Reach
        for (const to of runBy(from, sourceCode, calls)) {
          if (reached.has(to)) continue
          const isInline = isFunction(enclosingFunction(to)) && functionName(to) === null
          reached.set(to, isInline ? reach : { handler: reach.handler, via: [...reach.via, to] })
          next.push(to)
        }
      }
      queue = next
    }
  }
  return reached
}

/** The functions that a function's own code calls, or hands over to be called. */
function runBy(node: FunctionNode, sourceCode: SourceCode, calls: Calls): FunctionNode[] {
  const found = new Set<FunctionNode>()
  const visit = (child: Node): void => {
    if (child.type !== 'CallExpression' && child.type !== 'NewExpression' && child.type !== 'TaggedTemplateExpression') return
    for (const to of [...calledFunction(child, calls), ...handedOver(child, sourceCode, calls)]) {
      if (!found.has(to) && !isDevelopmentOnly(child) && !isKept(child, sourceCode, calls)) found.add(to)
    }
  }
  walkOwnCode(node.body, sourceCode.visitorKeys, visit)
  for (const parameter of node.params) walkOwnCode(parameter, sourceCode.visitorKeys, visit)
  return [...found]
}

function calledFunction(call: CallLike, calls: Calls): FunctionNode[] {
  const { root, steps } = calls.originOf(unwrap(calleeNode(call)))
  if (steps.length > 0) return []
  if (root.kind === 'function') return [root.node]
  if (root.kind !== 'class' || call.type !== 'NewExpression') return []
  const constructor = root.node.body.body.find((element) => element.type === 'MethodDefinition' && element.kind === 'constructor')
  return constructor?.type === 'MethodDefinition' && isFunction(constructor.value) ? [constructor.value] : []
}

/** Callbacks: inline functions, functions of the file by name, and those in object literals. */
function handedOver(call: CallLike, sourceCode: SourceCode, calls: Calls): FunctionNode[] {
  if (call.type === 'TaggedTemplateExpression') return []
  return call.arguments.flatMap((argument) => {
    const value = unwrap(argument)
    if (isFunction(value)) return isPassedToRunOnce(argument, calls) ? [] : [value]
    if (value.type === 'Identifier' || value.type === 'MemberExpression') {
      const { root, steps } = calls.originOf(value)
      return root.kind === 'function' && steps.length === 0 && !isPassedToRunOnce(argument, calls) ? [root.node] : []
    }
    return value.type === 'ObjectExpression' ? functionsIn(value, sourceCode) : []
  })
}

function functionsIn(object: Node, { visitorKeys }: SourceCode): FunctionNode[] {
  const found: FunctionNode[] = []
  walk(object, visitorKeys, (node) => {
    if (!isFunction(node)) return
    found.push(node)
    return 'skip'
  })
  return found
}

/** The function that runs a node each time: the handler, or the last of the named functions on the way from it. */
export function runnerOf({ handler, via }: Reach, node: Node): FunctionNode {
  return isInside(node, handler.node) ? handler.node : (via.at(-1) ?? (enclosingFunction(node) as FunctionNode))
}

/** `handler POST /hash → hashPassword → bcrypt.hashSync`. */
export function wayTo({ handler, via }: Reach, call: string | null = null): string {
  return [handler.label, ...via.map((each) => functionName(each) ?? 'a callback'), ...(call === null ? [] : [call])].join(' → ')
}
