/** Where a call runs once for each element of a list. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isFunction, isLoop, unwrap, type FunctionNode, type LoopNode, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { passesOf, sizesOf, type Size } from '../cardinality/index.ts'
import { fanOutsOf, mayCombine, mayDrop, type Combinator, type FanOut } from '../fan-out/index.ts'
import type { SiteKind } from '../fan-out/verdict.ts'
import { limitersOf, mayMapBounded } from '../limiters/index.ts'
import { shapeOf } from '../loops/shape.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface StartedTogether {
  readonly fanOut: FanOut
  readonly kind: SiteKind
  /** The call that starts them. */
  readonly call: TSESTree.CallExpression
  readonly combinator: Combinator['kind'] | null
}

export interface Site {
  /** What is repeated: a loop, or a function that is called per element. */
  readonly node: LoopNode | FunctionNode
  /** The same, or the expression that a loop adds to a list of promises. */
  readonly task: Node
  readonly body: Node
  readonly list: Node
  readonly size: Size
  /** Null for a loop, and a map that starts a bounded number at a time. */
  readonly together: StartedTogether | null
  readonly loop: LoopNode | null
}

export type Sites = (call: Node) => Site | null

export function sitesOf(sourceCode: SourceCode, settings: Pick<Settings, 'apis'>): Sites {
  let started: ReadonlyMap<Node, StartedTogether> | undefined
  return (call) => {
    let child = call
    for (let node = call.parent; node; child = node, node = node.parent) {
      const isTask = isFunction(child) || child.parent?.type === 'CallExpression'
      const fanOut = isTask ? (started ??= startedIn(sourceCode, settings)).get(child) : undefined
      if (fanOut) return ofFanOut(child, fanOut)
      if (isFunction(child)) {
        const outer = child.parent
        if (outer.type !== 'CallExpression') return null
        const map = limitersOf(sourceCode).boundedMapOf(outer)
        if (map && unwrap(map.mapper) === child) return { node: child, task: child, body: child.body, list: map.list, size: sizesOf(sourceCode, settings.apis).of(map.list), together: null, loop: null }
        // `limit(() => save(user))`
        if (!limitersOf(sourceCode).around(outer)) return null
      }
      if (isLoop(node) && node.body === child) return ofLoop(node, sourceCode, settings)
    }
    return null
  }
}

function ofFanOut(task: Node, together: StartedTogether): Site | null {
  const { list, size } = together.fanOut
  const node = isFunction(task) ? task : loopAround(task)
  return node && { node, task, body: node.body, list, size, together, loop: null }
}

function loopAround(node: Node): LoopNode | null {
  for (let current = node.parent; current && !isFunction(current); current = current.parent) if (isLoop(current)) return current
  return null
}

function ofLoop(loop: LoopNode, sourceCode: SourceCode, { apis }: Pick<Settings, 'apis'>): Site | null {
  const list = shapeOf(loop, sourceCode)?.source
  if (!list) return null
  const size = loop.type === 'WhileStatement' || loop.type === 'DoWhileStatement' ? sizesOf(sourceCode, apis).of(list) : passesOf({ kind: 'loop', node: loop }, sizesOf(sourceCode, apis))
  return { node: loop, task: loop, body: loop.body, list, size, together: null, loop }
}

/** What runs per element of something that starts all of them, by the function or expression that does it. */
function startedIn(sourceCode: SourceCode, settings: Pick<Settings, 'apis'>): ReadonlyMap<Node, StartedTogether> {
  const started = new Map<Node, StartedTogether>()
  if (!mayCombine(sourceCode) && !mayDrop(sourceCode) && !mayMapBounded(sourceCode)) return started
  const fanOuts = fanOutsOf(sourceCode, settings)
  const limiters = limitersOf(sourceCode)
  const add = (fanOut: FanOut, kind: SiteKind, call: TSESTree.CallExpression, combinator: StartedTogether['combinator']): void => {
    const task = unwrap(fanOut.task)
    if (!started.has(task)) started.set(task, { fanOut, kind, call, combinator })
  }
  for (const call of nodesOf(sourceCode, 'CallExpression')) {
    const combinator = fanOuts.combinatorOf(call)
    if (combinator) {
      for (const fanOut of fanOuts.of(combinator)) add(fanOut, 'combinator', call, combinator.kind)
      continue
    }
    const map = limiters.boundedMapOf(call)
    if (map?.isUnlimited) add(fanOuts.ofMap(map.list, map.mapper, call), 'unlimited-map', call, null)
    const dropped = map ? null : fanOuts.droppedBy(call)
    if (dropped) add(fanOuts.ofDropped(dropped), 'dropped', call, null)
  }
  return started
}
