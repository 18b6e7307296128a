/**
 * What a combinator waits for: `Promise.all(ids.map(load))` starts `load` once for every element of `ids`. Followed:
 * `map`, `flatMap`, `Array.from(xs, f)` and lodash's `map`; arrays kept in a variable, spread, filtered, joined, returned
 * from a function of the file; arrays and sets that a loop fills. Promises that come from elsewhere (a field, a parameter)
 * run already and are no fan-out of this place.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInside, memberName, unwrap, unwrapAwait, type Node } from '../../ast/nodes.ts'
import { mapFacts } from '../../knowledge/bounds.ts'
import { combinatorFacts, type CombinatorFact } from '../../knowledge/combinators.ts'
import type { WorkFact } from '../../knowledge/facts.ts'
import { fillings, iterationsAround, passesOf, sizeOfFilling, sizesOf, type Size, type Sizes } from '../cardinality/index.ts'
import { callsOf, indexFacts, returnedExpression, type Calls } from '../calls/index.ts'
import { limitersOf, type Limit, type Limiters } from '../limiters/index.ts'
import { workOf, type StartedWork, type WorkAnalysis } from '../work/index.ts'
import { unresolvedCallOf, type UnresolvedCall } from './unresolved-call.ts'

export type { UnresolvedCall } from './unresolved-call.ts'

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
}

const combinators = indexFacts(combinatorFacts)
const maps = indexFacts(mapFacts)
const cache = new WeakMap<object, WeakMap<readonly WorkFact[], FanOuts>>()

/** Whether a file can have combinators at all. */
export function mayCombine(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return combinators.mayOccurIn(sourceCode)
}

/** `apis`: the user's entries of `settings.bounded.apis`. */
export function fanOutsOf(sourceCode: Readonly<TSESLint.SourceCode>, { apis }: { readonly apis: readonly unknown[] }): FanOuts {
  const own = apis as readonly WorkFact[]
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

  constructor(sourceCode: Readonly<TSESLint.SourceCode>, own: readonly WorkFact[]) {
    this.#sourceCode = sourceCode
    this.#calls = callsOf(sourceCode)
    this.#sizes = sizesOf(sourceCode, own)
    this.#work = workOf(sourceCode, own)
    this.#limiters = limitersOf(sourceCode)
  }

  combinatorOf(call: TSESTree.CallExpression): Combinator | null {
    const callee = unwrap(call.callee)
    if (callee.type === 'MemberExpression' && !/^(?:all|allSettled|any|race)$/.test(memberName(callee) ?? '')) return null
    const argument = call.arguments[0]
    const fact = argument && argument.type !== 'SpreadElement' ? combinators.of(this.#calls.calleeOf(call)) : null
    return fact && argument ? { call, kind: fact.combinator, argument } : null
  }

  of({ argument }: Combinator): FanOut[] {
    return this.#in(argument, 0)
  }

  ofMap(list: Node, task: Node, map: TSESTree.CallExpression): FanOut {
    return this.#fanOut(list, this.#sizes.of(list), task, map)
  }

  #in(node: Node, depth: number): FanOut[] {
    const expression = unwrapAwait(node)
    if (depth > MAX_DEPTH) return []
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
    if (second && first && first.type !== 'SpreadElement' && maps.of(this.#calls.calleeOf(call))) {
      return [this.#fanOut(first, this.#lengthOf(call, first), second, call)]
    }
    if (callee.type === 'MemberExpression') {
      const method = memberName(callee) ?? ''
      if ((method === 'map' || method === 'flatMap') && first) return this.#mapped(callee.object, first, call, depth)
      if (PASSING.test(method)) return this.#in(callee.object, depth + 1)
      if (method === 'concat') return [callee.object, ...call.arguments].flatMap((part) => this.#in(part, depth + 1))
    }
    const { root, steps } = this.#calls.calleeOf(call)
    if (root.kind === 'function' && steps.length === 0) {
      const returned = returnedExpression(root.node)
      return returned ? this.#in(returned, depth + 1) : []
    }
    return first && first.type !== 'SpreadElement' && /^(?:from|Set)$/.test(nameOf(callee)) ? this.#in(first, depth + 1) : []
  }

  /** `Array.from({ length }, f)` is as long as its number says; everything else as its list. */
  #lengthOf(call: TSESTree.CallExpression, list: Node): Size {
    return unwrap(list).type === 'ObjectExpression' ? this.#sizes.of(call) : this.#sizes.of(list)
  }

  /** `promises.map((p) => p.catch(log))` starts nothing: what it goes over does. */
  #mapped(list: Node, task: Node, call: TSESTree.CallExpression, depth: number): FanOut[] {
    const own = this.#fanOut(list, this.#sizes.of(list), task, call)
    if (own.work || own.limit) return [own]
    const earlier = this.#in(list, depth + 1)
    return earlier.length > 0 ? earlier : [own]
  }

  #variable(identifier: TSESTree.Identifier, depth: number): FanOut[] {
    const variable = this.#calls.variableOf(identifier)
    if (!variable || variable.defs[0]?.type !== 'Variable') return []
    const assigned = variable.references.flatMap(({ writeExpr, identifier: target }) => {
      const isPlain = (target as Node).parent?.type === 'VariableDeclarator' || (target as Node).parent?.type === 'AssignmentExpression'
      return writeExpr && isPlain ? this.#in(writeExpr as Node, depth + 1) : []
    })
    const filled = fillings(variable).flatMap((filling) => {
      const iterations = iterationsAround(filling.node, variable.scope.block as Node) ?? []
      const size = sizeOfFilling(filling, variable, this.#sizes)
      return filling.values.flatMap((value) => {
        if (value.type === 'SpreadElement') return this.#in(value.argument, depth + 1)
        const list = iterations.length > 0 ? this.#listOf(iterations) : null
        return list ? [this.#fanOut(list, size, this.#startedValue(value, filling.node), null)] : []
      })
    })
    return [...assigned, ...filled]
  }

  /** The list of the iteration that makes the number of passes large; the innermost one where none does. */
  #listOf(iterations: readonly Parameters<typeof passesOf>[0][]): Node | null {
    const rank = (size: Size) => (size.kind === 'bounded' ? 0 : size.kind === 'unknown' ? 1 : 2)
    const widest = iterations
      .map((iteration) => ({ iteration, rank: rank(passesOf(iteration, this.#sizes)) }))
      .reduce((best, next) => (next.rank > best.rank ? next : best)).iteration
    if (widest.kind === 'callback') return widest.list
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

  #fanOut(list: Node, size: Size, task: Node, map: TSESTree.CallExpression | null): FanOut {
    const expression = unwrap(task)
    const limit = this.#limiters.around(expression)
    const work = map ? this.#work.ofCallback(expression, map) : this.#work.ofPromise(expression)
    return { list, size, task: expression, map, work, unresolved: work ? null : unresolvedCallOf(expression, this.#calls, this.#sourceCode), limit }
  }
}

/** Methods of arrays (and of cheerio's lists) that give the same promises again, or some of them. */
const PASSING = /^(?:catch|fill|filter|finally|flat|reverse|slice|sort|toArray|toSorted|values|get)$/

function nameOf(callee: Node): string {
  return callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : ''
}
