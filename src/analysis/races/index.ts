/**
 * Values that are looked at before an `await` and written after it, by code that runs several times at once. What another
 * call wrote in between is lost, or done twice.
 *
 * | shape | kind |
 * |---|---|
 * | `total += await f(x)`, `all = [...all, await f(x)]` | `sum`: the old value is read first |
 * | `const old = n; await f(); n = old + 1` | `copy` |
 * | `if (!client) client = await connect()`, `client ??= await connect()` | `start`: made once per call that comes meanwhile |
 * | `if (!cache.has(k)) cache.set(k, await load(k))` | `fill`: the same for one entry of many |
 *
 * Silent: under a lock; where something shared is written between the look and the `await` (a flag, the promise itself);
 * where the place is looked at again after it.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { functionName } from '../../ast/function-name.ts'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isInside, memberName, unwrap, walkOwnCode, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { keyedMethods } from '../../knowledge/built-in-methods.ts'
import { lifecycleVerbs, openingVerbs } from '../../knowledge/races.ts'
import type { Handlers } from '../handlers/index.ts'
import { referencesOf } from '../effects/accesses.ts'
import { entryText, isClaimed, lookBefore, type Write } from './looks.ts'
import { overlapOf, type Overlap } from './overlap.ts'
import { isSame, outlives, placeAt, type Place } from './places.ts'

export type { Overlap } from './overlap.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Race {
  readonly kind: 'sum' | 'copy' | 'start' | 'fill'
  readonly place: Place
  /** Where the place is looked at. */
  readonly look: Node
  readonly pause: TSESTree.AwaitExpression
  /** The assignment, or the call that puts an entry in. */
  readonly write: TSESTree.AssignmentExpression | TSESTree.CallExpression
  /** Null where nothing shows that several calls run at once. */
  readonly overlap: Overlap | null
}

/** What would be a race if the code ran several times at once, and what shows that it does. */
export function racesOf(sourceCode: SourceCode, handlers: () => Handlers): Race[] {
  const pausing = new Set<FunctionNode>()
  for (const pause of nodesOf(sourceCode, 'AwaitExpression')) {
    const owner = enclosingFunction(pause)
    if (owner) pausing.add(owner)
  }
  const found: Race[] = []
  for (const node of [...nodesOf(sourceCode, 'AssignmentExpression'), ...nodesOf(sourceCode, 'CallExpression').filter(isPutting)]) {
    const owner = enclosingFunction(node)
    const write = owner && pausing.has(owner) ? writeAt(node, owner, sourceCode) : null
    const race = write && raceOf(write, sourceCode)
    if (!race) continue
    const overlap = overlapOf(node, sourceCode, handlers)
    // What belongs to one call of the function that runs several times is nobody else's.
    found.push({ ...race, overlap: overlap && outlives(race.place, overlap.owner) ? overlap : null })
  }
  return found
}

/** `cache.set(key, value)` */
function isPutting({ callee, arguments: given }: TSESTree.CallExpression): boolean {
  return given.length === 2 && callee.type === 'MemberExpression' && keyedMethods.has(memberName(callee) ?? '')
}

function writeAt(node: TSESTree.AssignmentExpression | TSESTree.CallExpression, owner: FunctionNode, sourceCode: SourceCode): Write | null {
  if (node.type === 'AssignmentExpression') {
    const place = placeAt(node.left, sourceCode)
    return place && outlives(place, owner) ? { node, place, value: unwrap(node.right), owner } : null
  }
  const [key, value] = node.arguments
  const place = node.callee.type === 'MemberExpression' ? placeAt(node.callee.object, sourceCode) : null
  if (!key || !value || !place || !outlives(place, owner)) return null
  return { node, place: { ...place, text: entryText(place.text, key, sourceCode), keyed: true }, value: unwrap(value), owner }
}

type Finding = Omit<Race, 'overlap'>

function raceOf(write: Write, sourceCode: SourceCode): Finding | null {
  return sumOf(write, sourceCode) ?? copyOf(write, sourceCode) ?? startOf(write, sourceCode)
}

/** `total += await f(x)`, `total = total + (await f(x))`: JavaScript reads `total` before it waits. */
function sumOf({ node, place, value }: Write, sourceCode: SourceCode): Finding | null {
  if (node.type !== 'AssignmentExpression' || /^(?:&&|\|\||\?\?)=$/.test(node.operator)) return null
  const pause = firstPause(value, sourceCode)
  if (!pause) return null
  const look = node.operator === '=' ? mentionBefore(pause, value, place, sourceCode) : node.left
  return look && { kind: 'sum', place, look, pause, write: node }
}

function firstPause(root: Node, sourceCode: SourceCode): TSESTree.AwaitExpression | null {
  let found: TSESTree.AwaitExpression | null = null
  walkOwnCode(root, sourceCode.visitorKeys, (node) => {
    if (isFunction(node)) return 'skip'
    if (node.type !== 'AwaitExpression') return undefined
    found = node
    return 'stop'
  })
  return found
}

/** A read of the whole place that is part of the new value and stands before the wait. */
function mentionBefore(pause: Node, value: Node, place: Place, sourceCode: SourceCode): Node | null {
  let found: Node | null = null
  walkOwnCode(value, sourceCode.visitorKeys, (node) => {
    if (isFunction(node) || node.range[0] >= pause.range[0]) return 'skip'
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined
    const mentioned = placeAt(node, sourceCode)
    if (!mentioned || !isSame(mentioned, place)) return undefined
    found = isPartOfNew(node) ? node : null
    return 'stop'
  })
  return found
}

/** `n + 1`, `[...all, x]`, `{ ...state, x }`, `all.concat(x)`: a value made of the old one. */
function isPartOfNew(node: Node): boolean {
  const { parent } = node
  switch (parent?.type) {
    case 'BinaryExpression':
      return /^(?:[+\-*/%&|^]|\*\*)$/.test(parent.operator)
    case 'SpreadElement':
      return true
    case 'MemberExpression':
      return parent.object === node && memberName(parent) === 'concat' && parent.parent.type === 'CallExpression'
    default:
      return false
  }
}

/** `const old = n; await f(); n = old + 1`. */
function copyOf({ node, place, value, owner }: Write, sourceCode: SourceCode): Finding | null {
  if (node.type !== 'AssignmentExpression' || node.operator !== '=') return null
  let found: Finding | null = null
  walkOwnCode(value, sourceCode.visitorKeys, (part) => {
    if (part.type !== 'Identifier' || !isPartOfNew(part)) return undefined
    const look = copied(part, place, owner, sourceCode)
    const pause = look && pauseBetween(look, node, owner, sourceCode)
    if (pause) found = { kind: 'copy', place, look, pause, write: node }
    return found ? 'stop' : undefined
  })
  return found
}

/** The place in the declaration `const old = n` of a name. */
function copied(name: TSESTree.Identifier, place: Place, owner: FunctionNode, sourceCode: SourceCode): Node | null {
  const variable = referencesOf(sourceCode).get(name)?.resolved
  const definition = variable?.defs[0]
  if (!variable || definition?.type !== 'Variable' || variable.references.some((reference) => reference.isWrite() && !reference.init)) return null
  const { init, id } = definition.node as TSESTree.VariableDeclarator
  if (!init || id.type !== 'Identifier' || !isInside(init, owner)) return null
  const original = placeAt(init, sourceCode)
  return original && isSame(original, place) ? init : null
}

/** The last `await` between two places that is always waited for on the way from one to the other. */
function pauseBetween(from: Node, to: Node, owner: FunctionNode, sourceCode: SourceCode): TSESTree.AwaitExpression | null {
  let found: TSESTree.AwaitExpression | null = null
  walkOwnCode(owner.body, sourceCode.visitorKeys, (node) => {
    if (node.range[0] >= to.range[1]) return 'skip'
    if (node.type === 'AwaitExpression' && node.range[0] >= from.range[1] && isInside(to, blockAround(node))) found = node
    return undefined
  })
  return found
}

function blockAround(node: Node): Node {
  let block = node
  while (block.parent && block.type !== 'BlockStatement' && block.type !== 'IfStatement' && !isFunction(block)) block = block.parent
  return block
}

/** `if (!client) client = await connect()` and its like. */
function startOf(write: Write, sourceCode: SourceCode): Finding | null {
  const { node, place, owner } = write
  const kind = place.keyed ? 'fill' : 'start'
  const direct = write.value.type === 'AwaitExpression' ? write.value : null
  if (node.type === 'AssignmentExpression' && node.operator !== '=') {
    const isGuarded = node.operator === '??=' || node.operator === '||='
    return isGuarded && direct ? { kind, place, look: node.left, pause: direct, write: node } : null
  }
  const look = lookBefore(write, sourceCode)
  const pause = look && (direct ?? pauseBetween(look, node, owner, sourceCode))
  if (!pause || pause.range[0] < look.range[1] || isClaimed(look, pause, node, owner, sourceCode)) return null
  return { kind, place, look, pause, write: node }
}

/**
 * Whether it harms that the work is done twice. A sum or a copy loses what another wrote; what stays open when it is made
 * (by the verb of the call) is lost when it is made again, and a flag stands for something that was done. A value that is
 * only worked out twice is the same, and so is an entry, unless all entries are asked for together, as a cache is meant for.
 */
export function isHarmful({ kind, pause, write, overlap }: Race): boolean {
  if (kind === 'fill') return overlap?.kind === 'elements'
  return kind !== 'start' || isFlag(write) || opens(pause, write)
}

/** `started = true` says that something was done, and is not what was made. */
export function isFlag(write: Node): boolean {
  return write.type === 'AssignmentExpression' && write.right.type === 'Literal'
}

/** `await launchBrowser()`, `client = createClient(await readUrl())`: by the verb of what is called. */
function opens(pause: TSESTree.AwaitExpression, write: Node): boolean {
  const value = write.type === 'AssignmentExpression' ? unwrap(write.right) : null
  const calls = [unwrap(pause.argument), ...(value && isInside(pause, value) ? [value] : [])]
  return calls.some((call) => call.type === 'CallExpression' && openingVerbs.has(verbOf(nameOf(call.callee))))
}

/**
 * Whether nobody has to show that callers call at once: the function gives what it makes to whoever asks, or works with it,
 * and is not one that the program calls at its start.
 */
export function isAskedForAtAnyTime({ kind, place, write }: Race, sourceCode: SourceCode): boolean {
  const owner = enclosingFunction(write)
  if (kind !== 'start' || !owner || isFlag(write)) return false
  const isLifecycle = owner.params.length === 0 && lifecycleVerbs.has(verbOf(functionName(owner)))
  let found = false
  walkOwnCode(owner.body, sourceCode.visitorKeys, (node) => {
    if (node.range[1] <= write.range[1] && !isInside(write, node)) return 'skip'
    if (node.range[0] < write.range[1] || (node.type !== 'Identifier' && node.type !== 'MemberExpression')) return undefined
    const mentioned = placeAt(node, sourceCode)
    found = mentioned !== null && isSame(mentioned, place) && (!isLifecycle || wrapped(node).parent?.type === 'ReturnStatement')
    return found ? 'stop' : undefined
  })
  return found
}

function verbOf(name: string | null): string {
  return wordsOf(name ?? '')[0] ?? ''
}
