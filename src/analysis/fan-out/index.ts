/**
 * What a combinator waits for: `Promise.all(ids.map(load))` starts `load` once for every element of `ids`. Followed:
 * `map`, `flatMap`, `Array.from(xs, f)` and lodash's `map`; arrays kept in a variable, spread, filtered, joined, returned
 * from a function of the file; arrays and sets that a loop fills, here or in another function; what a generator of the
 * file yields; promises in objects (`jobs.map((job) => job.done)`); pieces of a list of promises, which all run before the
 * first piece is waited for. Promises that come from elsewhere (a field, a parameter) run already and are no fan-out of
 * this place.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../../ast/file-words.ts'
import { enclosingFunction, isFunction, isInside, memberName, propertyOf, unwrap, unwrapAwait, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chunkFacts, copyMakers, mapFacts } from '../../knowledge/bounds.ts'
import { chainingMethods, cuttingMethods, passingMethods } from '../../knowledge/built-in-methods.ts'
import { combinatorFacts, combinatorMethods, type CombinatorFact } from '../../knowledge/combinators.ts'
import { openingFacts } from '../../knowledge/work/files.ts'
import type { Settings } from '../../options/settings.ts'
import { bounded, dynamic, fillings, iterationsAround, multiply, passesOf, sizeOfFilling, sizesOf, type Size, type Sizes } from '../cardinality/index.ts'
import { callsOf, indexFacts, returnedExpressions, type Calls, type Origin } from '../calls/index.ts'
import { limitersOf, type Limit, type Limiters } from '../limiters/index.ts'
import { workOf, type StartedWork, type WorkAnalysis } from '../work/index.ts'
import { awaitedWorkOf } from './awaited-work.ts'
import { droppedBy, type Dropped } from './dropped.ts'
import { isPartOfTree, isRecursive } from './recursion.ts'
import { roomCheck } from './room-check.ts'
import { unresolvedCallOf, type UnresolvedCall } from './unresolved-call.ts'

export type { Dropped } from './dropped.ts'

/** One way in which promises get into a combinator's list. */
export interface FanOut {
  /** The list, or what stands for it in a message (`{ length: pages }`). */
  readonly list: Node
  readonly size: Size
  /** What runs once per element: a function, the name of one, or the expression that is pushed. */
  readonly task: Node
  /** The call that maps, where the task is a mapper. */
  readonly map: TSESTree.CallExpression | null
  readonly work: StartedWork | null
  /** What the task waits for where no work is known or likely; null when it waits for nothing. */
  readonly unresolved: UnresolvedCall | null
  readonly limit: Limit | null
}

export interface Combinator {
  readonly call: TSESTree.CallExpression
  readonly kind: CombinatorFact['combinator']
  readonly argument: Node
}

export interface FanOuts {
  combinatorOf(call: TSESTree.CallExpression): Combinator | null
  of(combinator: Combinator): FanOut[]
  /** What a mapper over a list starts, for maps that have a limit of their own. */
  ofMap(list: Node, task: Node, map: TSESTree.CallExpression): FanOut
  /** A call that starts an asynchronous function per element and throws its promises away; null for other calls. */
  droppedBy(call: TSESTree.CallExpression): Dropped | null
  ofDropped(dropped: Dropped): FanOut
}

const combinators = indexFacts(combinatorFacts)
const maps = indexFacts(mapFacts)
const chunks = indexFacts(chunkFacts)
const openings = indexFacts(openingFacts)
const entriesWithOpenings = new WeakMap<Settings['apis'], Settings['apis']>()
const cache = new WeakMap<object, WeakMap<Settings['apis'], FanOuts>>()

/** Whether a file can have combinators at all. */
export function mayCombine(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return combinators.mayOccurIn(sourceCode)
}

/** Whether a file can have a call that starts an asynchronous function per element and drops its promises. */
export function mayDrop(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return mentions(sourceCode, 'async') && (mentions(sourceCode, 'map') || /[eE]ach\b/.test(sourceCode.text))
}

export function fanOutsOf(sourceCode: Readonly<TSESLint.SourceCode>, { apis: own }: Pick<Settings, 'apis'>): FanOuts {
  let byEntries = cache.get(sourceCode)
  if (!byEntries) cache.set(sourceCode, (byEntries = new WeakMap()))
  let found = byEntries.get(own)
  if (!found) byEntries.set(own, (found = new Finder(sourceCode, own)))
  return found
}

/** Ways from a combinator to its promises that are longer are not followed. */
const MAX_DEPTH = 6

class Finder implements FanOuts {
  readonly #sourceCode: Readonly<TSESLint.SourceCode>
  readonly #calls: Calls
  readonly #sizes: Sizes
  readonly #work: WorkAnalysis
  readonly #limiters: Limiters
  readonly #known = new WeakMap<Node, FanOut[]>()
  readonly #own: Settings['apis']

  constructor(sourceCode: Readonly<TSESLint.SourceCode>, own: Settings['apis']) {
    this.#sourceCode = sourceCode
    this.#own = own
    this.#calls = callsOf(sourceCode)
    this.#sizes = sizesOf(sourceCode, own)
    this.#work = workOf(sourceCode, own)
    this.#limiters = limitersOf(sourceCode)
  }

  combinatorOf(call: TSESTree.CallExpression): Combinator | null {
    const callee = unwrap(call.callee)
    if (callee.type === 'MemberExpression' && !combinatorMethods.has(memberName(callee) ?? '')) return null
    const argument = call.arguments[0]
    const fact = argument && argument.type !== 'SpreadElement' ? combinators.of(this.#calls.calleeOf(call, combinators.mayTypeName)) : null
    return fact && argument ? { call, kind: fact.combinator, argument } : null
  }

  of({ argument }: Combinator): FanOut[] {
    return this.#in(argument, 0)
  }

  ofMap(list: Node, task: Node, map: TSESTree.CallExpression): FanOut {
    return this.#fanOut(list, this.#sizes.of(list), task, map)
  }

  droppedBy(call: TSESTree.CallExpression): Dropped | null {
    return droppedBy(call, this.#calls)
  }

  /** What the function waits for is what it does; work in callbacks that it only registers (`on('click', …)`) is not. */
  ofDropped({ call, list, task }: Dropped): FanOut {
    const fanOut = this.#fanOut(list, this.#sizes.of(list), task, call)
    const work = awaitedWorkOf(fanOut.task, this.#work, this.#calls, this.#sourceCode)
    const unresolved = work ? null : unresolvedCallOf(fanOut.task, this.#calls, this.#sourceCode)
    return { ...fanOut, work, unresolved }
  }

  #in(node: Node, depth: number): FanOut[] {
    const expression = unwrapAwait(node)
    const known = this.#known.get(expression)
    if (known || depth > MAX_DEPTH) return known ?? []
    // Met again on its own way: nothing new to add.
    this.#known.set(expression, [])
    const found = this.#inExpression(expression, depth)
    this.#known.set(expression, found)
    return found
  }

  #inExpression(expression: Node, depth: number): FanOut[] {
    switch (expression.type) {
      case 'ArrayExpression':
        return expression.elements.flatMap((element) =>
          element?.type === 'SpreadElement' ? this.#in(element.argument, depth + 1) : [],
        )
      case 'Identifier':
        return this.#variable(expression, depth)
      case 'CallExpression':
        return this.#call(expression, depth)
      case 'LogicalExpression':
        return [...this.#in(expression.left, depth + 1), ...this.#in(expression.right, depth + 1)]
      case 'ConditionalExpression':
        return [...this.#in(expression.consequent, depth + 1), ...this.#in(expression.alternate, depth + 1)]
      default:
        return []
    }
  }

  #call(call: TSESTree.CallExpression, depth: number): FanOut[] {
    const callee = unwrap(call.callee)
    const [first, second] = call.arguments
    if (second && first && first.type !== 'SpreadElement' && maps.of(this.#calls.calleeOf(call, maps.mayTypeName))) {
      return [this.#fanOut(first, this.#lengthOf(call, first), second, call)]
    }
    if (callee.type === 'MemberExpression') {
      const method = memberName(callee) ?? ''
      if ((method === 'map' || method === 'flatMap') && first) return this.#mapped(callee.object, first, call, depth)
      if (passingMethods.has(method)) return this.#in(callee.object, depth + 1)
      if (method === 'concat') return [callee.object, ...call.arguments].flatMap((part) => this.#in(part, depth + 1))
    }
    const origin = this.#calls.calleeOf(call)
    const { root, steps } = origin
    if (root.kind === 'function' && (steps.length === 0 || isCalledWithThis(origin))) {
      if (root.node.generator) return this.#yielded(root.node, depth)
      return returnedExpressions(root.node, this.#sourceCode).flatMap((returned) => this.#in(returned, depth + 1))
    }
    if (first && chunks.of(origin)) return this.#in(first, depth + 1)
    return first && first.type !== 'SpreadElement' && copyMakers.has(nameOf(callee)) ? this.#in(first, depth + 1) : []
  }

  /** `Array.from({ length }, f)` is as long as its number says; everything else as its list. */
  #lengthOf(call: TSESTree.CallExpression, list: Node): Size {
    return unwrap(list).type === 'ObjectExpression' ? this.#sizes.of(call) : this.#sizes.of(list)
  }

  /** `promises.map((p) => p.catch(log))` starts nothing: what it goes over does. */
  #mapped(list: Node, task: Node, call: TSESTree.CallExpression, depth: number): FanOut[] {
    const own = this.#fanOut(list, this.#sizes.of(list), task, call)
    // Who asks another to read or change something per element has elements, and no promises of such.
    if (own.work || own.limit || own.unresolved?.hasVerb || !takesPromises(task)) return [own]
    const key = memberTaken(task)
    const earlier = key === null ? this.#in(list, depth + 1) : this.#heldIn(list, key, depth + 1)
    return earlier.some(({ work, unresolved }) => work || unresolved) ? earlier : [own]
  }

  /** Promises that stand under a key in the objects of a list: `jobs = ids.map((id) => ({ id, done: load(id) }))`. */
  #heldIn(node: Node, key: string, depth: number): FanOut[] {
    const list = unwrapAwait(node)
    if (depth > MAX_DEPTH) return []
    if (list.type === 'Identifier') {
      const variable = this.#calls.variableOf(list)
      if (variable?.defs[0]?.type !== 'Variable') return []
      const made = assignedTo(variable).flatMap((value) => this.#heldIn(value, key, depth + 1))
      return [...made, ...this.#filled(variable, depth, (value) => valueUnder(value, key))]
    }
    if (list.type !== 'CallExpression' || list.callee.type !== 'MemberExpression') return []
    const method = memberName(list.callee) ?? ''
    if (passingMethods.has(method)) return this.#heldIn(list.callee.object, key, depth + 1)
    const [mapper] = list.arguments
    if ((method !== 'map' && method !== 'flatMap') || !isFunction(mapper)) return []
    const { object } = list.callee
    return returnedExpressions(mapper, this.#sourceCode).flatMap((returned) => {
      const promise = valueUnder(returned, key)
      if (promise) return [this.#fanOut(object, this.#sizes.of(object), promise, null)]
      return this.#heldIn(returned, key, depth + 1).map((inner) => ({ ...inner, size: multiply(this.#sizes.of(object), inner.size) }))
    })
  }

  /** `yield load(id)` in a loop, `yield* ids.map(load)`: a combinator takes all of them at once. */
  #yielded(generator: FunctionNode, depth: number): FanOut[] {
    const found: FanOut[] = []
    walkOwnCode(generator.body, this.#sourceCode.visitorKeys, (node) => {
      if (node.type !== 'YieldExpression' || !node.argument) return
      if (node.delegate) return void found.push(...this.#in(node.argument, depth + 1))
      const iterations = iterationsAround(node, generator)
      const list = iterations?.length ? this.#listOf(iterations) : null
      if (!iterations || !list) return
      const size = iterations.map((iteration) => passesOf(iteration, this.#sizes)).reduce(multiply)
      found.push(this.#fanOut(list, size, unwrap(node.argument), null))
    })
    return found
  }

  #variable(identifier: TSESTree.Identifier, depth: number): FanOut[] {
    const variable = this.#calls.variableOf(identifier)
    const definition = variable?.defs[0]
    if (!variable || definition?.type !== 'Variable') return []
    const loop = definition.parent?.parent as Node | undefined
    // A piece of a list of promises: all of the list run when the first piece is waited for.
    if (loop?.type === 'ForOfStatement' && loop.left === (definition.parent as Node)) return this.#in(loop.right, depth + 1)
    const assigned = assignedTo(variable).flatMap((value) => this.#in(value, depth + 1))
    return [...assigned, ...this.#filled(variable, depth, (value) => value)]
  }

  /** What loops add to a collection; `promiseIn` finds the promise in what they add. */
  #filled(variable: TSESLint.Scope.Variable, depth: number, promiseIn: (value: Node) => Node | null): FanOut[] {
    const room = roomCheck(variable, this.#sourceCode)
    const limit: Limit | null = room && { kind: 'limited', by: room }
    const found = this.#fillings(variable, depth, promiseIn)
    return limit ? found.map((fanOut) => ({ ...fanOut, limit })) : found
  }

  #fillings(variable: TSESLint.Scope.Variable, depth: number, promiseIn: (value: Node) => Node | null): FanOut[] {
    return fillings(variable).flatMap((filling) => {
      const inScope = iterationsAround(filling.node, variable.scope.block as Node)
      // Filled by another function, which may be called any number of times: its own loops tell how much at least.
      const iterations = inScope ?? iterationsAround(filling.node, enclosingFunction(filling.node)) ?? []
      const size = inScope ? sizeOfFilling(filling, variable, this.#sizes) : iterations.map((iteration) => passesOf(iteration, this.#sizes)).reduce(multiply, bounded(1, 'literal', filling.node))
      return filling.values.flatMap((added) => {
        if (added.type === 'SpreadElement') return this.#in(added.argument, depth + 1)
        const pieces = isCut(added) ? this.#in(added, depth + 1) : []
        if (pieces.length > 0) return pieces
        const value = promiseIn(added)
        // `done.push(await load(id))` has one after the other.
        if (value && unwrap(value).type === 'AwaitExpression') return []
        // `tasks.push(() => load(id))` starts nothing yet.
        if (value && isFunction(unwrap(value))) return []
        const list = iterations.length > 0 ? this.#listOf(iterations) : null
        return value && list ? [this.#fanOut(list, size, this.#startedValue(value, filling.node), null)] : []
      })
    })
  }

  /** The list of the iteration that makes the number of passes large; the innermost one where none does. */
  #listOf(iterations: readonly Parameters<typeof passesOf>[0][]): Node | null {
    const rank = (size: Size) => (size.kind === 'bounded' ? 0 : size.kind === 'unknown' ? 1 : 2)
    const widest = iterations
      .map((iteration) => ({ iteration, rank: rank(passesOf(iteration, this.#sizes)) }))
      .reduce((best, next) => (next.rank > best.rank ? next : best)).iteration
    if (widest.kind !== 'loop') return widest.list
    const loop = widest.node
    if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') return loop.right
    // `i < ids.length` goes over `ids`.
    const end = loop.test?.type === 'BinaryExpression' ? unwrap(loop.test.right) : null
    return end?.type === 'MemberExpression' && memberName(end) === 'length' ? end.object : (loop.test ?? null)
  }

  /** `const p = load(id); promises.push(p)` pushes what `load(id)` started. */
  #startedValue(value: Node, filling: Node): Node {
    const expression = unwrap(value)
    if (expression.type !== 'Identifier') return expression
    const definition = this.#calls.variableOf(expression)?.defs[0]
    const init = definition?.type === 'Variable' ? (definition.node.init as Node | null) : null
    const owner = filling.parent?.parent
    return init && owner && isInside(init, owner) ? init : expression
  }

  #startedBy(run: Node, map: TSESTree.CallExpression | null, work: WorkAnalysis): StartedWork | null {
    return map ? work.ofCallback(run, map) : work.ofPromise(run)
  }

  /** The work analysis that counts opening a file as work; made only where nothing else is found. */
  get #opening(): WorkAnalysis {
    return workOf(this.#sourceCode, withOpenings(this.#own))
  }

  #fanOut(list: Node, size: Size, task: Node, map: TSESTree.CallExpression | null): FanOut {
    const expression = unwrap(task)
    const run = boundFunction(expression)
    const limit = this.#limiters.around(run)
    const work = this.#startedBy(run, map, this.#work) ?? (openings.mayOccurIn(this.#sourceCode) ? this.#startedBy(run, map, this.#opening) : null)
    const length = size.kind === 'unknown' && isPartOfTree(list) && isRecursive(run, list, this.#calls, this.#sourceCode) ? dynamic('tree', list) : size
    return { list, size: length, task: expression, map, work, unresolved: work ? null : unresolvedCallOf(run, this.#calls, this.#sourceCode), limit }
  }
}

/** The user's entries, and what opens a file. */
function withOpenings(own: Settings['apis']): Settings['apis'] {
  let all = entriesWithOpenings.get(own)
  if (!all) entriesWithOpenings.set(own, (all = [...own, ...openingFacts] as unknown as Settings['apis']))
  return all
}

/** `load` of `load.bind(this)`. */
function boundFunction(task: Node): Node {
  const callee = task.type === 'CallExpression' ? unwrap(task.callee) : null
  return callee?.type === 'MemberExpression' && memberName(callee) === 'bind' ? unwrap(callee.object) : task
}

/** The values that a variable is given as a whole. */
function assignedTo(variable: TSESLint.Scope.Variable): Node[] {
  return variable.references.flatMap(({ writeExpr, identifier }) => {
    const target = (identifier as Node).parent
    const isPlain = target?.type === 'VariableDeclarator' || target?.type === 'AssignmentExpression'
    return writeExpr && isPlain ? [writeExpr as Node] : []
  })
}

/** Whether a mapper may get promises: what it calls other methods of (`(worker) => worker.stop().catch(log)`) is none. */
function takesPromises(task: Node): boolean {
  const mapper = unwrap(task)
  const [parameter] = isFunction(mapper) ? mapper.params : []
  if (parameter?.type !== 'Identifier' || mapper.type !== 'ArrowFunctionExpression') return true
  const called = calleeOfChain(mapper.body)
  if (called?.type !== 'MemberExpression' || called.object.type !== 'Identifier' || called.object.name !== parameter.name) return true
  return chainingMethods.has(memberName(called) ?? '')
}

/** `worker.stop` of `worker.stop().catch(log)`; null for what is no call. */
function calleeOfChain(node: Node): Node | null {
  const call = unwrapAwait(node)
  if (call.type !== 'CallExpression') return null
  const callee = unwrap(call.callee)
  const isChain = callee.type === 'MemberExpression' && chainingMethods.has(memberName(callee) ?? '')
  return (isChain && calleeOfChain(callee.object)) || callee
}

/** `done` for `(job) => job.done`; null for other mappers. */
function memberTaken(task: Node): string | null {
  const mapper = unwrap(task)
  if (mapper.type !== 'ArrowFunctionExpression' || mapper.body.type !== 'MemberExpression' || mapper.body.computed) return null
  const [parameter] = mapper.params
  const { object } = mapper.body
  return parameter?.type === 'Identifier' && object.type === 'Identifier' && object.name === parameter.name ? memberName(mapper.body) : null
}

/** The value that an object literal has under a key, where it is a call. */
function valueUnder(node: Node, key: string): Node | null {
  const object = unwrap(node)
  const value = object.type === 'ObjectExpression' ? propertyOf(object, key)?.value : null
  return value && unwrap(value).type === 'CallExpression' ? value : null
}

/** `promises.slice(i, i + 10)`. */
function isCut(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && cuttingMethods.has(memberName(node.callee) ?? '')
}

/** `f.call(this)`, `f.apply(this)`. */
function isCalledWithThis({ steps }: Origin): boolean {
  const [only, ...others] = steps
  return others.length === 0 && only?.kind === 'member' && (only.name === 'call' || only.name === 'apply')
}

function nameOf(callee: Node): string {
  return callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : ''
}
