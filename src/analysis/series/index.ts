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
 * | a function that can be called already and mentions such a name | ends |
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isInside, unwrap, walk, walkOwnCode, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { referencesOf } from '../effects/accesses.ts'
import { sightOf, type Sight } from '../loops/sight.ts'
import { readingOf, type Reading } from './reading.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

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

/** A statement, element or property, and the expression in it whose value is kept. */
interface Place {
  readonly node: Node
  readonly value: Node | null
}

/** Under `report: 'certain'`, a wait of an `unknown` call ends a row. */
export function seriesOf(sourceCode: SourceCode, { apis, report }: Pick<Settings, 'apis' | 'report'>): SeriesAnalysis {
  const rows = (places: readonly Place[]): Series[] => {
    const values = valuesOfPauses(sourceCode)
    const pauses = onlyOnce(places.map(({ value }) => (value && values.has(value) ? onlyPause(value, sourceCode) : null)), sourceCode)
    const near = neighbours(places, pauses, sourceCode)
    if (near.size === 0) return []
    const sight = sightOf(sourceCode, apis)
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
      const wait = pause && near.has(at) ? waitAt(node, pause, sight) : null
      if (wait && (wait.reading !== 'unknown' || report === 'possible')) {
        if (mentions(node, brought, sourceCode)) end()
        row.push(wait)
        if (declare(node, brought, sourceCode).some((variable) => isMentionedElsewhere(variable, node))) end()
      } else if (!isNeutral(node, sourceCode)) end()
      else if (mentions(node, brought, sourceCode)) declare(node, brought, sourceCode)
    }
    end()
    return found
  }
  return { holderOf, within: (holder) => rows(placesOf(holder, sourceCode)) }
}

/** The places that wait with another one beside them, with at most neutral ones between: the only ones that may be in a row. */
function neighbours(places: readonly Place[], pauses: readonly (Node | null)[], sourceCode: SourceCode): ReadonlySet<number> {
  const found = new Set<number>()
  let stretch: number[] = []
  const end = (): void => {
    if (stretch.length > 1) for (const at of stretch) found.add(at)
    stretch = []
  }
  for (const [at, { node }] of places.entries()) {
    if (pauses[at]) stretch.push(at)
    else if (!isNeutral(node, sourceCode)) end()
  }
  end()
  return found
}

/** Whoever asks the same twice expects another answer: `const before = await count()`, `const after = await count()`. */
function onlyOnce(pauses: readonly (TSESTree.AwaitExpression | null)[], sourceCode: SourceCode): (TSESTree.AwaitExpression | null)[] {
  const texts = pauses.map((pause) => pause && sourceCode.getText(pause))
  const once = new Set<string>()
  const twice = new Set<string>()
  for (const text of texts) if (text !== null) (once.has(text) ? twice : once).add(text)
  return pauses.map((pause, at) => (twice.has(texts[at] ?? '') ? null : pause))
}

const values = new WeakMap<SourceCode, ReadonlySet<Node>>()

/** The expressions that always go through an `await` of the file: few of all that are kept, so that only they are walked. */
function valuesOfPauses(sourceCode: SourceCode): ReadonlySet<Node> {
  let known = values.get(sourceCode)
  if (!known) values.set(sourceCode, (known = new Set(nodesOf(sourceCode, 'AwaitExpression').map(valueOf))))
  return known
}

/** All of the expression that goes through an `await`: `(await f(y)).data ?? []`. */
function valueOf(pause: TSESTree.AwaitExpression): Node {
  let value: Node = pause
  while (value.parent && goesThrough(value.parent, value)) value = value.parent
  return value
}

function holderOf(pause: TSESTree.AwaitExpression): Holder | null {
  const value = valueOf(pause)
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

function placesOf(holder: Holder, sourceCode: SourceCode): Place[] {
  switch (holder.type) {
    case 'BlockStatement':
      return holder.body.map((node) => ({ node, value: keptValue(node, sourceCode) }))
    case 'SwitchCase':
      return holder.consequent.map((node) => ({ node, value: keptValue(node, sourceCode) }))
    case 'ArrayExpression':
      return holder.elements.flatMap((node) => (node ? [{ node, value: node.type === 'SpreadElement' ? null : node }] : []))
    default:
      return holder.properties.map((node) => ({ node, value: node.type === 'Property' ? node.value : null }))
  }
}

function isSeries(row: readonly Wait[]): row is Series {
  return row.length > 1
}

/** `f(y)` of `const x = f(y)`; none where taking it apart calls something: `const { x = fail() } = f(y)`. */
function keptValue(statement: TSESTree.Statement, sourceCode: SourceCode): Node | null {
  if (statement.type !== 'VariableDeclaration' || statement.kind.endsWith('using') || statement.declarations.length !== 1) return null
  const [declarator] = statement.declarations
  return declarator && doesNoMore(declarator.id, sourceCode) ? declarator.init : null
}

/**
 * The one `await` that an expression always goes through, with at most plain operators around it: `(await f(y)).data ?? []`.
 * A call beside it may leave: `(await f(y)) ?? notFound()`.
 */
function onlyPause(value: Node, sourceCode: SourceCode): TSESTree.AwaitExpression | null {
  let pause: TSESTree.AwaitExpression | null = null
  let isPlain = true
  walkOwnCode(value, sourceCode.visitorKeys, (node) => {
    if (node.type === 'AwaitExpression') {
      isPlain &&= pause === null
      pause = node
    } else if (/^(?:AssignmentExpression|UpdateExpression|YieldExpression)$/.test(node.type)) isPlain = false
    else if (MAY_DO_MORE.test(node.type)) isPlain = pause !== null && isInside(node, pause)
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

/** Declarations that neither call nor wait, functions, types and plain values: what runs there can neither leave nor change anything. */
function isNeutral(node: Node, sourceCode: SourceCode): boolean {
  if (/^(?:FunctionDeclaration|EmptyStatement|TSTypeAliasDeclaration|TSInterfaceDeclaration)$/.test(node.type)) return true
  if (node.type === 'SpreadElement' || (/Statement$|Declaration$/.test(node.type) && node.type !== 'VariableDeclaration')) return false
  if (node.type === 'VariableDeclaration' && node.kind.endsWith('using')) return false
  return doesNoMore(node, sourceCode)
}

function doesNoMore(node: Node, sourceCode: SourceCode): boolean {
  return walkOwnCode(node, sourceCode.visitorKeys, (child) => (MAY_DO_MORE.test(child.type) ? 'stop' : undefined))
}

const MAY_DO_MORE = /^(?:CallExpression|NewExpression|TaggedTemplateExpression|ImportExpression|AwaitExpression|YieldExpression|AssignmentExpression|UpdateExpression)$/

function mentions(node: Node, variables: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  if (variables.size === 0) return false
  const references = referencesOf(sourceCode)
  return !walk(node, sourceCode.visitorKeys, (child) => {
    // Not every parser tells what `<User />` refers to.
    if (child.type === 'JSXIdentifier') return [...variables].some(({ name }) => name === child.name) ? 'stop' : undefined
    const variable = child.type === 'Identifier' ? references.get(child)?.resolved : null
    return variable && variables.has(variable) ? 'stop' : undefined
  })
}

/** Whether a function that can be called already mentions a name that is declared here: one from above, or one that is hoisted. */
function isMentionedElsewhere({ references, scope }: Variable, place: Node): boolean {
  return references.some(({ identifier, init }) => {
    if (init) return false
    if (identifier.range[0] < place.range[0]) return true
    for (let node: Node | undefined = identifier.parent; node && node !== scope.block; node = node.parent) if (node.type === 'FunctionDeclaration') return true
    return false
  })
}

/** Tells the names that a statement declares apart from then on; gives them. */
function declare(node: Node, into: Set<Variable>, sourceCode: SourceCode): readonly Variable[] {
  const declared = sourceCode.getDeclaredVariables?.(node) ?? []
  for (const variable of declared) into.add(variable)
  return declared
}
