/**
 * Awaits in a row that need nothing of each other: `const user = await getUser(id); const posts = await getPosts(id)`, or
 * several in one literal: `{ user: await getUser(id), posts: await getPosts(id) }`.
 *
 * Only what brings a value that is kept is looked at. A read leaves nothing behind that another call could find, so the
 * names that a call mentions say all that it needs; what is done for its effect has an order that nothing shows.
 *
 * | between two waits stands | the row |
 * |---|---|
 * | nothing, or declarations that call nothing | goes on |
 * | anything that may leave, call, or write | ends |
 * | a mention of a name that an earlier wait of the row brought | ends, and a new one begins |
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { endsInWord, namesAlong, nameOf, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, walk, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { WorkFact } from '../../knowledge/facts.ts'
import { changingWords, codeObjects, identityWords, readingVerbs } from '../../knowledge/naming.ts'
import { askingVerbs, courseVerbs, modelHolders, orderedArguments, orderedThings } from '../../knowledge/order-names.ts'
import { callsOf } from '../calls/index.ts'
import { isWrite, referencesOf } from '../effects/accesses.ts'
import { effectsOf } from '../effects/summaries.ts'
import { isPacing } from '../loops/pacing.ts'
import { sightOf, type Sight } from '../loops/sight.ts'
import { isUsedAsPromise } from '../work/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

/**
 * How it is known that a call only looks: `known` by a table or by the body of a function of the file, `named` by the
 * callee's name alone, `unknown` where nothing says so.
 */
export type Reading = 'known' | 'named' | 'unknown'

/** One place that waits for one call and keeps what it brings. */
export interface Wait {
  /** The declaration, or the element or property of the literal. */
  readonly place: Node
  readonly pause: TSESTree.AwaitExpression
  readonly work: TSESTree.CallExpression | TSESTree.ImportExpression
  readonly reading: Reading
}

/** At least two waits, in source order, none of which needs another. */
export type Series = readonly [Wait, Wait, ...Wait[]]

/** What may hold a row: a list of statements, or a literal. */
export type Holder = TSESTree.BlockStatement | TSESTree.SwitchCase | TSESTree.ArrayExpression | TSESTree.ObjectExpression

export interface SeriesAnalysis {
  /** What holds the place at which an `await` brings its value; null where that is no part of a row. */
  holderOf(pause: TSESTree.AwaitExpression): Holder | null
  /** The rows among the own statements, elements or properties of a holder. */
  within(holder: Holder): Series[]
}

interface Options {
  /** The user's entries of `settings.bounded.apis`. */
  readonly apis: readonly unknown[]
  /** Under `certain`, a wait of an `unknown` call ends a row. */
  readonly report: 'certain' | 'possible'
}

/** A statement, element or property, and the expression in it whose value is kept. */
interface Place {
  readonly node: Node
  readonly value: Node | null
}

export function seriesOf(sourceCode: SourceCode, { apis, report }: Options): SeriesAnalysis {
  const rows = (places: readonly Place[]): Series[] => {
    const pauses = places.map(({ value }) => (value ? onlyPause(value, sourceCode) : null))
    const sight = sightOf(sourceCode, apis as readonly WorkFact[])
    const found: Series[] = []
    let row: Wait[] = []
    const brought = new Set<Variable>()
    const end = (): void => {
      if (isSeries(row)) found.push(row)
      row = []
      brought.clear()
    }
    for (const [at, { node }] of places.entries()) {
      const pause = pauses[at]
      const wait = pause ? waitAt(node, pause, sight) : null
      if (wait && (wait.reading !== 'unknown' || report === 'possible')) {
        if (mentions(node, brought, sourceCode)) end()
        row.push(wait)
        declare(node, brought, sourceCode)
      } else if (!isNeutral(node, sourceCode)) end()
      else if (mentions(node, brought, sourceCode)) declare(node, brought, sourceCode)
    }
    end()
    return found
  }
  return { holderOf, within: (holder) => rows(placesOf(holder)) }
}

function holderOf(pause: TSESTree.AwaitExpression): Holder | null {
  let value: Node = pause
  while (value.parent && goesThrough(value.parent, value)) value = value.parent
  const parent = value.parent as Node
  switch (parent.type) {
    case 'VariableDeclarator': {
      const holder = parent.parent.parent as Node
      return parent.init === value && (holder.type === 'BlockStatement' || holder.type === 'SwitchCase') ? holder : null
    }
    case 'Property':
      return parent.value === value && parent.parent.type === 'ObjectExpression' ? parent.parent : null
    case 'ArrayExpression':
      return parent
    default:
      return null
  }
}

function placesOf(holder: Holder): Place[] {
  switch (holder.type) {
    case 'BlockStatement':
      return holder.body.map((node) => ({ node, value: keptValue(node) }))
    case 'SwitchCase':
      return holder.consequent.map((node) => ({ node, value: keptValue(node) }))
    case 'ArrayExpression':
      return holder.elements.flatMap((node) => (node ? [{ node, value: node.type === 'SpreadElement' ? null : node }] : []))
    default:
      return holder.properties.map((node) => ({ node, value: node.type === 'Property' ? node.value : null }))
  }
}

function isSeries(row: readonly Wait[]): row is Series {
  return row.length > 1
}

/** `f(y)` of `const x = f(y)`. */
function keptValue(statement: TSESTree.Statement): Node | null {
  if (statement.type !== 'VariableDeclaration' || statement.kind.endsWith('using') || statement.declarations.length !== 1) return null
  return statement.declarations[0]?.init ?? null
}

/** The one `await` that an expression always goes through, with at most plain operators around it: `(await f(y)).data ?? []`. */
function onlyPause(value: Node, sourceCode: SourceCode): TSESTree.AwaitExpression | null {
  let pause: TSESTree.AwaitExpression | null = null
  let isPlain = true
  walkOwnCode(value, sourceCode.visitorKeys, (node) => {
    if (node.type === 'AwaitExpression') {
      isPlain &&= pause === null
      pause = node
    } else if (/^(?:AssignmentExpression|UpdateExpression|YieldExpression)$/.test(node.type)) isPlain = false
    return isPlain ? undefined : 'stop'
  })
  return isPlain && pause && isReached(pause, value) ? pause : null
}

function isReached(pause: Node, value: Node): boolean {
  for (let node = pause; node !== value; node = node.parent as Node) if (!goesThrough(node.parent as Node, node)) return false
  return true
}

/** Whether evaluating `parent` always evaluates `node`, and does nothing with it but look. */
function goesThrough(parent: Node, node: Node): boolean {
  if (parent.type === 'MemberExpression') return parent.object === node
  if (parent.type === 'LogicalExpression') return parent.left === node
  return TRANSPARENT.test(parent.type)
}

const TRANSPARENT = /^(?:TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|ChainExpression|UnaryExpression|BinaryExpression|ParenthesizedExpression)$/

function waitAt(place: Node, pause: TSESTree.AwaitExpression, sight: Sight): Wait | null {
  const work = unwrap(pause.argument)
  if (work.type === 'ImportExpression') return { place, pause, work, reading: 'known' }
  if (work.type !== 'CallExpression') return null
  const reading = readingOf(work, sight)
  return reading && { place, pause, work, reading }
}

/** What is known of a call; null where something says that it does more than look, or that it keeps an order. */
function readingOf(call: TSESTree.CallExpression, sight: Sight, path: readonly FunctionNode[] = []): Reading | null {
  const { sourceCode, work } = sight
  if (goesThroughOneThing(call) || isPacing(call, sight)) return null
  const started = work.ofCall(call)
  // A process may do anything, and takes a core.
  if (started && (started.access !== 'read' || started.work === 'process')) return null
  const words = wordsOf(nameOf(call.callee) ?? '')
  const [verb = ''] = words
  if (started?.certainty !== 'known' && (courseVerbs.has(verb) || askingVerbs.has(verb) || words.some((word) => changingWords.has(word)))) return null
  const own = effectsOf(sourceCode).functionOf(call)
  if (own) return readingOfFunction(own, isReadByName(call, words), sight, path)
  if (started?.certainty === 'known') return 'known'
  const { root, steps } = callsOf(sourceCode).calleeOf(call)
  // A callback that someone passed in may do anything.
  if (root.kind === 'parameter' && steps.length === 0) return 'unknown'
  return isReadByName(call, words) ? 'named' : 'unknown'
}

/**
 * A function of the file looks only if it leaves nothing behind and all that it waits for does; `isNamed` stands in for
 * what nothing is known of. One that waits for nothing gains nothing either.
 */
function readingOfFunction(node: FunctionNode, isNamed: boolean, sight: Sight, path: readonly FunctionNode[]): Reading | null {
  if (path.includes(node) || path.length > MAX_DEPTH) return null
  const { sourceCode } = sight
  const effects = effectsOf(sourceCode)
  const { accesses, changes } = effects.ofFunction(node)
  if (accesses.some(isWrite) || changes.size > 0 || !effects.isComplete()) return null
  const readings: (Reading | null)[] = []
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' || !isUsedAsPromise(child) || isBodyOfAnswer(child)) return
    readings.push(readingOf(child, sight, [...path, node]))
  })
  if (readings.length === 0 || readings.includes(null)) return null
  if (readings.includes('unknown')) return isNamed ? 'named' : 'unknown'
  return readings.every((reading) => reading === 'known') ? 'known' : 'named'
}

/** Functions that call functions are followed so far. */
const MAX_DEPTH = 5

/** `await response.json()`: the rest of an answer whose request is looked at on its own. https://fetch.spec.whatwg.org/#body-mixin */
function isBodyOfAnswer(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee)
  return callee.type === 'MemberExpression' && call.arguments.length === 0 && /^(?:arrayBuffer|blob|bytes|formData|json|text)$/.test(memberName(callee) ?? '')
}

/** `getUser(id)`, `orders.findByUser(id)`; not `get(x)`, and not `loadConfig()` or `getSession(request)`, which others may rest on. */
function isReadByName(call: TSESTree.CallExpression, words: readonly string[]): boolean {
  if (!readingVerbs.has(words[0] ?? '')) return false
  if (words.length === 1 && unwrap(call.callee).type === 'Identifier') return false
  if (words.some((word) => identityWords.has(word))) return false
  return call.arguments.length > 0 || !codeObjects.has(words.at(-1) ?? '')
}

/** `tx.find(…)`, `page.getTitle()`, `findUser(id, { transaction })`: one thing that takes one operation at a time. */
function goesThroughOneThing(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee)
  if (callee.type === 'MemberExpression') {
    const names = namesAlong(callee.object, { throughCalls: true })
    const isModel = names.some((name) => modelHolders.has(name.toLowerCase()))
    if (!isModel && names.some((name) => endsInWord(name, orderedThings))) return true
  }
  return call.arguments.some(isOneThing)
}

function isOneThing(argument: Node): boolean {
  const value = unwrap(argument)
  if (value.type === 'ObjectExpression') {
    return value.properties.some((property) => property.type === 'Property' && (isOneThing(property.value) || /^(?:session|transaction)$/.test(memberName(property) ?? '')))
  }
  return (value.type === 'Identifier' || value.type === 'MemberExpression') && endsInWord(nameOf(value), orderedArguments)
}

/** Declarations that neither call nor wait, functions, types and plain values: what runs there can neither leave nor change anything. */
function isNeutral(node: Node, sourceCode: SourceCode): boolean {
  if (/^(?:FunctionDeclaration|EmptyStatement|TSTypeAliasDeclaration|TSInterfaceDeclaration)$/.test(node.type)) return true
  if (node.type === 'SpreadElement' || (/Statement$|Declaration$/.test(node.type) && node.type !== 'VariableDeclaration')) return false
  if (node.type === 'VariableDeclaration' && node.kind.endsWith('using')) return false
  return walkOwnCode(node, sourceCode.visitorKeys, (child) => (MAY_DO_MORE.test(child.type) ? 'stop' : undefined))
}

const MAY_DO_MORE = /^(?:CallExpression|NewExpression|TaggedTemplateExpression|ImportExpression|AwaitExpression|YieldExpression|AssignmentExpression|UpdateExpression)$/

function mentions(node: Node, variables: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  if (variables.size === 0) return false
  const references = referencesOf(sourceCode)
  return !walk(node, sourceCode.visitorKeys, (child) => {
    const variable = child.type === 'Identifier' ? references.get(child)?.resolved : null
    return variable && variables.has(variable) ? 'stop' : undefined
  })
}

/** The names that a statement declares are told apart from then on. */
function declare(node: Node, into: Set<Variable>, sourceCode: SourceCode): void {
  for (const variable of sourceCode.getDeclaredVariables?.(node) ?? []) into.add(variable)
}
