/** Whether a call only looks: by the tables, by the function of the file that it runs, or by its name. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { endsInWord, namesAlong, nameOf, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { bodyMethods } from '../../knowledge/built-in-methods.ts'
import { changingWords, codeObjects, identityWords, readingVerbs, streamUnits } from '../../knowledge/naming.ts'
import { askingVerbs, courseVerbs, modelHolders, orderedArguments, orderedThings, sharingOptions } from '../../knowledge/order-names.ts'
import { callsOf } from '../calls/index.ts'
import { isWrite, referencesOf } from '../effects/accesses.ts'
import { effectsOf } from '../effects/summaries.ts'
import { isPacing } from '../loops/pacing.ts'
import type { Sight } from '../loops/sight.ts'
import { isUsedAsPromise } from '../work/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * How it is known that a call only looks: `known` by a table or by the body of a function of the file, `named` by the
 * callee's name alone, `unknown` where nothing says so.
 */
export type Reading = 'known' | 'named' | 'unknown'

/** What is known of a call; null where something says that it does more than look, or that it keeps an order. */
export function readingOf(call: TSESTree.CallExpression, sight: Sight, path: readonly FunctionNode[] = []): Reading | null {
  const { sourceCode, work } = sight
  if (goesThroughOneThing(call, sourceCode) || isPacing(call, sight)) return null
  const started = work.ofCall(call)
  // A process may do anything, and takes a core.
  if (started && (started.access !== 'read' || started.work === 'process')) return null
  const words = wordsOf(nameOf(call.callee) ?? '')
  const [verb = ''] = words
  if (started?.certainty !== 'known' && (courseVerbs.has(verb) || askingVerbs.has(verb) || words.some((word) => changingWords.has(word)) || isPieceByPiece(words))) return null
  const own = effectsOf(sourceCode).functionOf(call)
  if (own) return readingOfFunction(own, isReadByName(call, words), sight, path)
  if (started?.certainty === 'known') return 'known'
  const { root, steps } = callsOf(sourceCode).originOf(unwrap(call.callee))
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

/** `await response.json()`: the rest of an answer whose request is looked at on its own. */
function isBodyOfAnswer(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee)
  return callee.type === 'MemberExpression' && call.arguments.length === 0 && bodyMethods.has(memberName(callee) ?? '')
}

/** `input.readLine()`, `this.readUInt32LE()`: the next piece of something, which it moves on. */
function isPieceByPiece([verb, unit = '']: readonly string[]): boolean {
  return verb === 'read' && streamUnits.has(unit.replace(/(?<!\d)\d+$/, ''))
}

/** `getUser(id)`, `orders.findByUser(id)`; not `get(x)`, not `file.read(10)`, and not `loadConfig()` or `getSession(request)`, which others may rest on. */
function isReadByName(call: TSESTree.CallExpression, words: readonly string[]): boolean {
  if (!readingVerbs.has(words[0] ?? '')) return false
  if (words.length === 1 && (words[0] === 'read' || unwrap(call.callee).type === 'Identifier')) return false
  if (words.some((word) => identityWords.has(word))) return false
  return call.arguments.length > 0 || !codeObjects.has(words.at(-1) ?? '')
}

/** `tx.find(…)`, `page.getTitle()`, `findUser(id, { transaction })`: one thing that takes one operation at a time. */
function goesThroughOneThing(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.callee)
  if ([callee, ...call.arguments].some((node) => isOfTransaction(node, sourceCode))) return true
  if (callee.type === 'MemberExpression') {
    const names = namesAlong(callee.object, { throughCalls: true })
    const isModel = names.some((name) => modelHolders.has(name.toLowerCase()))
    if (!isModel && names.some((name) => endsInWord(name, orderedThings))) return true
  }
  return call.arguments.some(isOneThing)
}

/** `db` and `db.users.find` in the callback of `prisma.$transaction(async (db) => …)`, whatever it is called. */
function isOfTransaction(node: Node, sourceCode: SourceCode): boolean {
  let root = unwrap(node)
  while (root.type === 'MemberExpression' || root.type === 'CallExpression') root = unwrap(root.type === 'MemberExpression' ? root.object : root.callee)
  const definition = root.type === 'Identifier' ? referencesOf(sourceCode).get(root)?.resolved?.defs[0] : null
  if (definition?.type !== 'Parameter') return false
  const { parent } = definition.node
  return parent.type === 'CallExpression' && wordsOf(nameOf(parent.callee) ?? '').includes('transaction')
}

function isOneThing(argument: Node): boolean {
  const value = unwrap(argument)
  if (value.type === 'ObjectExpression') {
    return value.properties.some((property) => property.type === 'Property' && (isOneThing(property.value) || sharingOptions.has(memberName(property) ?? '')))
  }
  return (value.type === 'Identifier' || value.type === 'MemberExpression') && endsInWord(nameOf(value), orderedArguments)
}
