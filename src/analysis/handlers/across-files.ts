/** How code comes to run per request because of other files: its function's uses are followed until a handler is found. */
import { enclosingFunction, isFunction, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf } from '../calls/index.ts'
import { isInTest, isQuietFile } from '../context/index.ts'
import { nameNode, programOf, type LintedFile, type Program, type ProgramFile, type ProgramFunction, type Use } from '../program/index.ts'
import type { Handler, HandlerPosition, Reach } from './handler.ts'
import { handlersOf } from './index.ts'
import { isPassedToRunOnce } from './run-once.ts'

type Options = Pick<Settings, 'contexts' | 'handlers'>

type Context = LintedFile & { readonly filename: string; readonly cwd: string }

/** Calls between a handler and the code. Longer ways tell nobody anything. */
const MAX_DEPTH = 6
/** Functions looked at for one question. */
const MAX_FUNCTIONS = 40

const cache = new WeakMap<FunctionNode, { own: unknown; reach: Reach | null }>()

/**
 * How a node of the linted file runs per request through functions of other files, or null. Asked only where
 * `handlerOf` has no answer.
 */
export function reachAcrossFiles(node: Node, context: Context, options: Options): Reach | null {
  const owner = namedOwner(node, context.sourceCode)
  const program = owner && programOf(context)
  const name = owner && nameNode(owner)
  const start = name && program?.linted?.functions.get(name.range[0])
  if (!owner || !program?.linted || !start) return null
  if (handlersOf(context.sourceCode, options, context.filename).isOnce(node)) return null
  const known = cache.get(start)
  if (known?.own === options.handlers) return known.reach
  const reach = search({ file: program.linted, node: start }, program, context, options)
  cache.set(start, { own: options.handlers, reach })
  return reach
}

/** The nearest function around a node that has a name; inline callbacks belong to what they stand in. */
function namedOwner(node: Node, sourceCode: ProgramFile['sourceCode']): FunctionNode | null {
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) {
    if (nameNode(owner) || owner.parent?.type === 'ExportDefaultDeclaration') return owner
    if (owner.parent?.type !== 'CallExpression' && owner.parent?.type !== 'NewExpression') return null
    if (isPassedToRunOnce(owner, callsOf(sourceCode))) return null
  }
  return null
}

/** Breadth first, so that the shortest way is told. */
function search(target: ProgramFunction, program: Program, context: Context, options: Options): Reach | null {
  const seen = new Set<FunctionNode>([target.node])
  let level: { at: ProgramFunction; via: readonly FunctionNode[] }[] = [{ at: target, via: [target.node] }]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const next: typeof level = []
    for (const { at, via } of level) {
      for (const use of program.usesOf(at) ?? []) {
        const found = handlerAt(use, context, options)
        if (found === 'never') continue
        if (found) return { handler: found.handler, via: [...found.via, ...via] }
        const caller = callerOf(use)
        if (!caller || seen.has(caller.node) || seen.size >= MAX_FUNCTIONS) continue
        seen.add(caller.node)
        next.push({ at: caller, via: [caller.node, ...via] })
      }
    }
    level = next
  }
  return null
}

/** The handler that runs a use, `never` where it runs once or for nobody, null where its own file does not say. */
function handlerAt({ file, node }: Use, context: Context, options: Options): Reach | 'never' | null {
  if (isQuietFile({ filename: file.fileName, cwd: context.cwd }, options.contexts) || isInTest(node, file.sourceCode)) return 'never'
  const handlers = handlersOf(file.sourceCode, options, file.fileName)
  const position = handlers.positions.find((each) => isWithin(node, each.node))
  if (position?.certain) return { handler: handlerOfPosition(position, node), via: [] }
  if (!isRun(node)) return 'never'
  const reach = handlers.handlerOf(node)
  if (reach?.handler.certain) return reach
  return handlers.isOnce(node) ? 'never' : null
}

/** A position is not a function of its file: the node of the handler is the use itself. */
function handlerOfPosition(position: HandlerPosition, node: Node): Handler {
  return { ...position, node: node as FunctionNode }
}

function isWithin(node: Node, outer: Node): boolean {
  return node.range[0] >= outer.range[0] && node.range[1] <= outer.range[1]
}

/** Called, or handed to a call: `hash(x)`, `list.map(hash)`. */
function isRun(node: Node): boolean {
  const { parent } = node
  if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') return true
  return parent?.type === 'ChainExpression' || parent?.type === 'TSNonNullExpression' ? isRun(parent) : false
}

function callerOf({ file, node }: Use): { file: ProgramFile; node: FunctionNode } | null {
  const owner = namedOwner(node, file.sourceCode)
  return owner && isFunction(owner) ? { file, node: owner } : null
}

