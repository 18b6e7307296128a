/** Work that has to come one after another because of what it goes through, or of what the elements are. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { endsInWord, nameOf, wordsOf } from '../../ast/names.ts'
import { isFunction, memberName, stringValue, unwrap, unwrapAwait, walkOwnCode, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { readingVerbs, startingMethods } from '../../knowledge/naming.ts'
import { combinatorFacts } from '../../knowledge/combinators.ts'
import { batchFacts } from '../../knowledge/limiters.ts'
import {
  askingVerbs,
  finishingMethods,
  keepingVerbs,
  modelHolders,
  orderedArguments,
  orderedOutputs,
  orderedThings,
  outputMethods,
  placingMethods,
  schemaStatement,
  schemaStatementVerb,
  schemaThings,
  schemaVerbs,
  sharedThings,
  statementThings,
  stepThings,
} from '../../knowledge/order-names.ts'
import { lockingCommands } from '../../knowledge/work/processes.ts'
import { callsOf, indexFacts } from '../calls/index.ts'
import { referencesOf } from '../effects/accesses.ts'
import { isDeclaredIn, rootOf } from '../effects/summaries.ts'
import { isUsedAsPromise } from '../work/index.ts'
import type { Region } from './region.ts'
import type { Body, Sight } from './sight.ts'
import type { LoopShape } from './verdict.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const batches = indexFacts(batchFacts)
const combinators = indexFacts(combinatorFacts)

/** The calls that an awaited expression waits for: `f(x)` of `f(x).catch(g)`, and each of a conditional's branches. */
export function awaitedCalls(awaited: Node): CallLike[] {
  const expression = unwrapAwait(awaited)
  switch (expression.type) {
    case 'CallExpression': {
      const callee = unwrap(expression.callee)
      if (callee.type === 'MemberExpression' && (chainingMethods.has(memberName(callee) ?? '') || startingMethods.has(memberName(callee) ?? ''))) {
        const inner = awaitedCalls(callee.object)
        if (inner.length > 0) return inner
      }
      const [list] = expression.arguments
      const isFixed = /^Promise\.all/.test(calleeText(callee)) && list?.type === 'ArrayExpression'
      return isFixed ? list.elements.flatMap((element) => (element ? awaitedCalls(element) : [])) : [expression]
    }
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return [expression]
    case 'ConditionalExpression':
      return [...awaitedCalls(expression.consequent), ...awaitedCalls(expression.alternate)]
    case 'LogicalExpression':
      return [...awaitedCalls(expression.left), ...awaitedCalls(expression.right)]
    default:
      return []
  }
}

/** What functions written in a call wait for: `fetch(x)` in `retry(() => fetch(x))`. */
export function callsWithin(call: CallLike, sourceCode: SourceCode): CallLike[] {
  if (call.type === 'TaggedTemplateExpression') return []
  const found: CallLike[] = []
  for (const argument of call.arguments) {
    if (!isFunction(argument)) continue
    walkOwnCode(argument.body, sourceCode.visitorKeys, (child) => {
      if ((child.type === 'CallExpression' || child.type === 'NewExpression') && isUsedAsPromise(child)) found.push(child)
    })
  }
  return found
}

const calleeText = (callee: Node): string =>
  callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? `${callee.object.name}.${memberName(callee) ?? ''}` : ''

/** `Promise.all(chunk.map(…))` and the libraries that bound a fan-out; a fixed list of promises is one operation. */
export function isBatch(call: CallLike, sourceCode: SourceCode): boolean {
  if (call.type !== 'CallExpression') return false
  const origin = callsOf(sourceCode).calleeOf(call)
  if (batches.of(origin)) return true
  const [list] = call.arguments
  const isFixed = list?.type === 'ArrayExpression' && list.elements.every((element) => element?.type !== 'SpreadElement')
  return !isFixed && combinators.of(origin) !== null
}

/** What of a piece of code is its own: made in it, or from what it was given. */
interface Own {
  /** Whether an expression mentions what the code was given: the element of a loop, the parameters of a function. */
  mentionsElement(node: Node): boolean
  isLocal(variable: TSESLint.Scope.Variable): boolean
}

/**
 * Whether a call goes through one thing that takes one operation at a time, itself or in a function that it runs. Not
 * where the iteration makes that thing itself.
 */
export function isOrderedSink(call: CallLike, region: Region, sight: Sight): boolean {
  if (goesThroughSink(call, region, sight)) return true
  const body = sight.bodyOf(call)
  return body !== null && sinkWithin(body, hasOwnReceiver(call, region, sight.sourceCode), []) !== null
}

/** `user.save()`: what the method calls `this` belongs to the iteration. */
function hasOwnReceiver(call: CallLike, own: Own, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.type === 'TaggedTemplateExpression' ? call.tag : call.callee)
  return callee.type === 'MemberExpression' && madeHere(callee.object, own, sourceCode)
}

/** The call in a function that goes through something ordered from outside the function; null where there is none. */
function sinkWithin({ node, in: sight }: Body, ownsThis: boolean, path: readonly FunctionNode[]): CallLike | null {
  if (path.includes(node) || path.length > MAX_DEPTH) return null
  const { sourceCode } = sight
  // What a function is given is taken to be the iteration's: the arguments are looked at where they are handed over.
  const own: Own = {
    isLocal: (variable) => isDeclaredIn(variable, node),
    mentionsElement: (expression) => {
      const root = rootOf(expression)
      if (root?.type === 'ThisExpression') return ownsThis
      const variable = root && referencesOf(sourceCode).get(root)?.resolved
      return variable != null && isDeclaredIn(variable, node)
    },
  }
  let found: CallLike | null = null
  walkOwnCode(node.body, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression' || !isUsedAsPromise(child)) return
    if (goesThroughSink(child, own, sight)) found = child
    else {
      const callee = sight.bodyOf(child)
      if (callee) found = sinkWithin(callee, hasOwnReceiver(child, own, sourceCode), [...path, node])
    }
    return found ? 'stop' : undefined
  })
  return found
}

/** Functions that call functions are followed so far. */
const MAX_DEPTH = 4

/** `stdout.write(text)`, `archive.append(file)`, `table.addRow(row)`: goes out in the order of the iterations, awaited or not. */
export function isOrderedOutput(call: CallLike, region: Region, { work, sourceCode }: Sight): boolean {
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null
  const method = callee?.type === 'MemberExpression' ? (memberName(callee) ?? '') : ''
  const isPlacing = placingMethods.test(method)
  if (callee?.type !== 'MemberExpression' || !(isPlacing || outputMethods.has(method))) return false
  if (madeHere(callee.object, region, sourceCode)) return false
  if (isPlacing) return !isDeclaredHere(callee.object, region, sourceCode)
  return endsInWord(nameOf(callee.object), orderedOutputs) || work.factOf(call)?.access === 'ordered'
}

/**
 * `spinner.start(name); await remove(name); spinner.stop()`: something outside the loop that is switched on before the wait
 * and off after it, which it can be for one iteration at a time.
 */
export function switchedAround(pauses: readonly Node[], region: Region, sourceCode: SourceCode): Node | null {
  const switched = region.calls.flatMap((call) => {
    const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null
    if (callee?.type !== 'MemberExpression' || madeHere(callee.object, region, sourceCode) || isDeclaredHere(callee.object, region, sourceCode)) return []
    return [{ call, method: memberName(callee) ?? '', receiver: sourceCode.getText(callee.object) }]
  })
  const offs = switched.filter(({ method }) => finishingMethods.has(method))
  const ons = offs.length > 0 ? switched.filter(({ method }) => method === 'start') : []
  const isAround = (pause: Node): boolean =>
    ons.some((on) => on.call.range[1] <= pause.range[0] && offs.some((off) => off.receiver === on.receiver && off.call.range[0] >= pause.range[1]))
  return ons.length > 0 ? (pauses.find(isAround) ?? null) : null
}

/**
 * `i === parts.length - 1` about the loop's own place in its list: the last iteration does something else than the ones
 * before it (the attachments of a split message), so it is meant to come after them.
 */
export function lastPlaceTest(shape: LoopShape, region: Region, sourceCode: SourceCode): Node | null {
  const list = shape.source && sourceCode.getText(shape.source)
  let found: Node | null = null
  walkOwnCode(shape.body, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'BinaryExpression' || !/^(?:[!=]==?|<)$/.test(node.operator)) return
    const [place, end] = [unwrap(node.left as Node), unwrap(node.right)]
    if (place.type !== 'Identifier' || !region.isElement(place)) return
    if (end.type !== 'BinaryExpression' || end.operator !== '-' || end.right.type !== 'Literal' || end.right.value !== 1) return
    const length = unwrap(end.left as Node)
    if (length.type !== 'MemberExpression' || memberName(length) !== 'length' || sourceCode.getText(length.object) !== list) return
    found = node
    return 'stop'
  })
  return found
}

function isDeclaredHere(receiver: Node, region: Region, sourceCode: SourceCode): boolean {
  const root = rootOf(receiver)
  const variable = root?.type === 'Identifier' ? referencesOf(sourceCode).get(root)?.resolved : null
  return variable != null && region.isLocal(variable)
}

function goesThroughSink(call: CallLike, region: Own, { work, sourceCode }: Sight): boolean {
  const started = work.ofCall(call)
  const fact = started?.certainty === 'known' ? started : null
  const callee = unwrap(call.type === 'TaggedTemplateExpression' ? call.tag : call.callee)
  if (statesSchemaChange(call)) return true
  if (fact?.access === 'ordered') return callee.type !== 'MemberExpression' || !madeHere(callee.object, region, sourceCode)
  if (fact?.work === 'process' && (usesOneTerminal(fact.call) || usesOneTerminal(call))) return true
  if (fact && fact.via.length === 0) return setsOnePlace(call, region)
  if (asks(nameOf(callee)) || changesSchema(nameOf(callee))) return true
  if (chainArguments(call).some((argument) => isOrderedArgument(argument, region)) || setsOnePlace(call, region)) return true
  if (callee.type !== 'MemberExpression' || madeHere(callee.object, region, sourceCode)) return false
  if (memberName(callee) === 'next' || (memberName(callee) === 'read' && call.type === 'CallExpression' && call.arguments.length === 0)) return true
  const names = chainNames(callee.object)
  if (names.some((name) => name !== null && modelHolders.has(name.toLowerCase()))) return false
  return names.some((name) => name !== null && !/^[A-Z][a-z]/.test(name) && endsInWord(name, orderedThings))
}

/** `addColumn(…)`, `dropForeignKey(…)`. */
function changesSchema(name: string | null): boolean {
  const words = name === null ? [] : wordsOf(name)
  const [last = '', before = ''] = [...words].reverse()
  return words.length > 1 && schemaVerbs.has(words[0] ?? '') && (schemaThings.has(last) || schemaThings.has(before + last))
}

/** `` query(`DROP TABLE ${name}`) ``, `` db.sql`ALTER TABLE t …` ``. */
function statesSchemaChange(call: CallLike): boolean {
  const [first]: readonly Node[] = call.type === 'TaggedTemplateExpression' ? [call.quasi] : call.arguments
  const text = first && (first.type === 'TaggedTemplateExpression' ? first.quasi : unwrap(first))
  const start = (text?.type === 'TemplateLiteral' ? text.quasis[0]?.value.cooked : stringValue(text)) ?? ''
  return schemaStatement.test(start) || schemaStatementVerb.test(start)
}

/** `prompt(…)`, `promptUser(…)`; `confirmOrder(…)` may be anything. */
function asks(name: string | null): boolean {
  const [first = '', ...others] = name === null ? [] : wordsOf(name)
  return askingVerbs.has(first) && (others.length === 0 || first === 'prompt' || first === 'ask')
}

/** `exec('git add …')`, `spawn('npm', …)`, `{ stdio: 'inherit', ...options }`: a lock, or one terminal for what all of them print. */
function usesOneTerminal(call: CallLike): boolean {
  const [first, ...others]: readonly Node[] = call.type === 'TaggedTemplateExpression' ? [call.quasi] : call.arguments
  if (!first) return false
  const text = first.type === 'TemplateLiteral' ? first.quasis[0]?.value.cooked : stringValue(first)
  if (lockingCommands.has((text ?? '').trim().split(/\s/)[0] ?? '')) return true
  return others.some((argument) => {
    const options = argument.type === 'ObjectExpression' ? argument.properties : []
    return options.some((option) => option.type === 'Property' && memberName(option) === 'stdio' && stringValue(option.value) === 'inherit')
  })
}

/** The arguments of a call and of the calls before it in a chain: `query(trx).insert(row)`. */
function chainArguments(call: CallLike): readonly Node[] {
  const all: Node[] = []
  let current: Node = call
  while (current.type === 'CallExpression' || current.type === 'NewExpression') {
    all.push(...current.arguments)
    const callee = unwrap(current.callee)
    current = callee.type === 'MemberExpression' ? unwrapAwait(callee.object) : callee
  }
  return all
}

/** `setSetting('version', x)`, `writeFile(path, x)` with one and the same place for all iterations: the last one has to win. */
function setsOnePlace(call: CallLike, region: Own): boolean {
  if (call.type !== 'CallExpression' || call.arguments.length < 2) return false
  const [verb, ...rest] = wordsOf(nameOf(call.callee) ?? '')
  const [place, value] = call.arguments
  if (!place || !value || place.type === 'SpreadElement') return false
  const isSetter = verb === 'set' && stringValue(place) !== null
  const isFile = (verb === 'write' || verb === 'append') && rest[0] === 'file' && !region.mentionsElement(place)
  const callee = unwrap(call.callee)
  if (callee.type === 'MemberExpression' && region.mentionsElement(callee.object)) return false
  return isSetter || isFile
}

/** `save(row, trx)`, `save(row, { transaction })`, `append(zip, file)`: one thing that every call gets. */
function isOrderedArgument(argument: Node, region: Own): boolean {
  const value = unwrap(argument)
  if (value.type === 'ObjectExpression') {
    return value.properties.some((property) => property.type === 'Property' && isOrderedArgument(property.value, region))
  }
  if (value.type !== 'Identifier' && value.type !== 'MemberExpression') return false
  return endsInWord(nameOf(value), orderedArguments) && !region.mentionsElement(value)
}

/** Whether the receiver comes from this iteration: an element or something made of one. */
function madeHere(receiver: Node, region: Own, sourceCode: SourceCode): boolean {
  const root = rootOf(receiver)
  if (root?.type === 'Identifier') {
    const variable = referencesOf(sourceCode).get(root)?.resolved
    return variable != null && region.isLocal(variable) && region.mentionsElement(root)
  }
  return region.mentionsElement(receiver)
}

/** The names along a receiver: `this.db.session` → `session`, `db`. */
function chainNames(receiver: Node): (string | null)[] {
  const names: (string | null)[] = []
  let current = unwrapAwait(receiver)
  for (;;) {
    if (current.type === 'MemberExpression') {
      names.push(memberName(current))
      current = unwrapAwait(current.object)
    } else if (current.type === 'CallExpression' && unwrap(current.callee).type === 'MemberExpression') {
      current = unwrapAwait((unwrap(current.callee) as TSESTree.MemberExpression).object)
    } else {
      names.push(nameOf(current))
      return names
    }
  }
}

/** Whether the element is a step that is called in turn, or something shared is handed to each call. */
export function isOrderedCall(call: CallLike, region: Region): boolean {
  const callee = unwrap(call.type === 'TaggedTemplateExpression' ? call.tag : call.callee)
  const root = rootOf(callee)
  if (root && callee === root && region.mentionsElement(root)) return !isLookedUp(root, call, region)
  if (root && region.mentionsElement(root) && endsInWord(nameOf(root), stepThings)) return true
  if (endsInWord(indexedElement(callee, region), stepThings)) return true
  if (call.type === 'TaggedTemplateExpression') return false
  // `search(query)` carries out no statement, and `getUser(context, id)` leaves the context as it is.
  const [verb = ''] = wordsOf(nameOf(callee) ?? '')
  if (readingVerbs.has(verb) && !keepingVerbs.has(verb)) return false
  return call.arguments.some((argument) => isStatement(argument, region) || handsOverShared(argument, region))
}

/** `const load = loaderOf(x.type); await load(x.path)`: a function that is chosen for the element and is given what it holds. */
function isLookedUp(callee: TSESTree.Identifier | TSESTree.ThisExpression, call: CallLike, region: Region): boolean {
  if (callee.type !== 'Identifier' || call.type === 'TaggedTemplateExpression' || region.isElement(callee)) return false
  return call.arguments.some((argument) => region.mentionsElement(argument))
}

/** What one element of the list is called that a callee takes it from by its place: `step` for `steps[i].run`. */
function indexedElement(callee: Node, region: Region): string | null {
  for (let node = callee; node.type === 'MemberExpression'; node = unwrap(node.object)) {
    const isPlace = node.computed && region.mentionsElement(node.property) && !region.mentionsElement(node.object)
    if (isPlace) return nameOf(node.object)?.replace(/s$/, '') ?? null
  }
  return null
}

/** `client.query(sql)`, `` client.query(`${sql};`) `` for each `sql`: the elements are what is done, one after another. */
function isStatement(argument: Node, region: Region): boolean {
  const value = bareSubstitution(unwrap(argument))
  return value.type === 'Identifier' && endsInWord(value.name, statementThings) && region.isElement(value)
}

/** `sql` of `` `${sql};` ``. */
function bareSubstitution(value: Node): Node {
  if (value.type !== 'TemplateLiteral' || value.expressions.length !== 1) return value
  return value.quasis.every(({ value: { raw } }) => /^[\s;]*$/.test(raw)) ? unwrap(value.expressions[0] as Node) : value
}

function handsOverShared(argument: Node, region: Region): boolean {
  const value = unwrap(argument)
  if (value.type === 'ObjectExpression') {
    return value.properties.some((property) => property.type === 'Property' && handsOverShared(property.value, region))
  }
  // `create(context.getStore(), row)`
  if (value.type === 'CallExpression' && value.arguments.length === 0 && value.callee.type === 'MemberExpression') {
    return handsOverShared(value.callee.object, region)
  }
  if (value.type !== 'Identifier') return false
  return sharedThings.has(value.name.toLowerCase().replace(/^_/, '')) && !region.mentionsElement(value)
}

/** Whether awaiting this only waits for something that already runs: the element itself, or a promise it holds. */
export function isStarted(awaited: Node, region: Region): boolean {
  const expression = unwrap(awaited)
  if (expression.type !== 'Identifier' && expression.type !== 'MemberExpression') return false
  return region.mentionsElement(expression)
}

