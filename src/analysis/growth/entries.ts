/** What one feed puts in: the waiting caller itself, a record of something that happened, a key that never comes again. */
import type { TSESTree } from '@typescript-eslint/utils'
import { hasWord } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isKey, memberName, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { settlerNames } from '../../knowledge/parameter-names.ts'
import { busyKeys, fewIds, finiteKeys, openKeys, uniqueMakers } from '../../knowledge/queues-keys.ts'
import { callbackWords, functionNames, registeredWords } from '../../knowledge/queues-words.ts'
import type { Calls } from '../calls/index.ts'
import type { Use, UseContext } from './uses.ts'

/** The value that a feed adds: the last argument of `push`, `add`, `set`. */
function entryOf({ operation }: Use): Node | null {
  if (operation.type === 'AssignmentExpression' && operation.left.type === 'MemberExpression') return unwrap(operation.right)
  if (operation.type !== 'CallExpression') return null
  const last = operation.arguments.at(-1)
  return last ? unwrap(last.type === 'SpreadElement' ? last.argument : last) : null
}

/**
 * Whether the caller waits for its own entry: the feed runs inside `new Promise((resolve) => …)`, or the entry carries
 * the functions that settle one.
 */
export function isAwaitedEntry(feed: Use, context: UseContext): boolean {
  for (let owner: FunctionNode | null = enclosingFunction(feed.operation); owner; owner = enclosingFunction(owner)) {
    const { parent } = owner
    if (parent.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Promise') return true
    if (parent.type !== 'CallExpression') break
  }
  const entry = entryOf(feed)
  return entry !== null && (carriesSettlers(entry) || isHandedBack(entry, feed.within, context))
}

function carriesSettlers(entry: Node): boolean {
  const parts: readonly (Node | null)[] =
    entry.type === 'ArrayExpression'
      ? entry.elements
      : entry.type === 'ObjectExpression'
        ? entry.properties.map((property) => (property.type === 'Property' ? property.value : property.argument))
        : [entry]
  const names = entry.type === 'ObjectExpression' ? entry.properties.map((property) => (property.type === 'Property' ? memberName(property) : null)) : []
  const isSettler = (name: string | null | undefined) => settlerNames.has((name ?? '').toLowerCase())
  return names.some(isSettler) || parts.some((part) => part?.type === 'Identifier' && isSettler(part.name))
}

/** `const waiting = deferred(); queue.push(waiting); return waiting.promise`: the caller gets what it waits for. */
function isHandedBack(entry: Node, owner: FunctionNode | null, { calls }: UseContext): boolean {
  if (entry.type !== 'Identifier' || !owner) return false
  const variable = calls.variableOf(entry)
  if (!variable || variable.defs[0]?.type !== 'Variable') return false
  return variable.references.some(({ identifier }) => {
    let value = identifier.parent as Node
    if (value.type === 'MemberExpression' && value.object === identifier) value = value.parent as Node
    return value.type === 'ReturnStatement' || value.type === 'AwaitExpression'
  })
}

/** Whether the entry is a function: a listener, a hook, a plug-in that is registered. */
export function isFunctionEntry(feed: Use, { calls }: UseContext): boolean {
  const entry = entryOf(feed)
  if (!entry) return false
  if (isFunction(entry)) return true
  if (entry.type === 'Identifier' && isFunctionName(entry.name, registeredWords)) return true
  if (calls.originOf(entry).root.kind === 'class' || calls.originOf(entry).root.kind === 'function') return calls.originOf(entry).steps.length === 0
  return entry.type === 'ObjectExpression' && entry.properties.some((property) => property.type === 'Property' && (isFunction(property.value) || isFunctionName(memberName(property), callbackWords)))
}

function isFunctionName(name: string | null, words: ReadonlySet<string>): boolean {
  return hasWord(name, words) || functionNames.has(name?.toLowerCase() ?? '')
}

/** `{ level, message, at: Date.now() }`: a record of something that happened at its own time. */
export function isTimedRecord(feed: Use, context: UseContext): boolean {
  const entry = entryOf(feed)
  const object = entry && resolved(entry, context.calls)
  return (
    object?.type === 'ObjectExpression' &&
    object.properties.some((property) => property.type === 'Property' && isClock(property.value))
  )
}

function isClock(value: Node): boolean {
  const node = unwrap(value)
  if (node.type === 'NewExpression') {
    return node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false
  const object = unwrap(node.callee.object)
  const name = memberName(node.callee)
  if (object.type === 'Identifier' && (object.name === 'Date' || object.name === 'performance') && name === 'now') return true
  return isClock(object)
}

/** The value behind a `const` name, and behind names that get it on the way: `const id = stream.id = this.next++`. */
function resolved(node: Node, calls: Calls): Node {
  if (node.type === 'AssignmentExpression' && node.operator === '=') return resolved(unwrap(node.right), calls)
  if (node.type !== 'Identifier') return node
  const definition = calls.variableOf(node)?.defs[0]?.node as Node | undefined
  if (definition?.type !== 'VariableDeclarator' || !definition.init) return node
  const value = unwrap(definition.init)
  return value.type === 'AssignmentExpression' ? resolved(value, calls) : value
}

/** Whether every call of the feed brings a key that was not there before: a UUID, a counter, a time. */
export function hasUniqueKey(feed: Use, { calls, sourceCode }: UseContext): boolean {
  const key = keyOf(feed)
  if (!key) return false
  const value = resolved(key, calls)
  if (value.type === 'UpdateExpression' && value.operator === '++') return true
  let unique = false
  walk(value, sourceCode.visitorKeys, (node) => {
    if (isFunction(node)) return 'skip'
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const callee = unwrap(node.callee)
      const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
      if (name !== null && uniqueMakers.has(name)) unique = true
    }
    return unique ? 'stop' : undefined
  })
  return unique
}

/** The key of an operation: the first argument of `set`, the index of `cache[key]`, written, read or deleted. */
export function keyOf({ operation }: Pick<Use, 'operation'>): Node | null {
  const target = operation.type === 'AssignmentExpression' ? operation.left : operation.type === 'UnaryExpression' ? operation.argument : operation
  if (target.type === 'MemberExpression') return target.computed ? unwrap(target.property) : null
  if (operation.type === 'BinaryExpression') return unwrap(operation.left)
  const first = operation.type === 'CallExpression' ? operation.arguments[0] : null
  return first && first.type !== 'SpreadElement' ? unwrap(first as TSESTree.Expression) : null
}

/**
 * Whether a key may have any number of values: by its name (`userId`, not `chainId`), by the name of what it is another spelling of
 * (`url.toLowerCase()`), or by a name of what it is made of (`` `${userId}:${page}` ``), through `const` names.
 */
export function isOpenKey(key: Node, { calls, sourceCode }: UseContext): boolean {
  const words = (node: Node): string => sourceCode.getText(node)
  const isOpen = (node: Node): boolean => openKeys.test(words(node)) && !fewIds.test(words(node))
  const isBusy = (part: Node): boolean => {
    const value = resolved(unwrap(part), calls)
    return busyKeys.test(words(part)) || busyKeys.test(words(value)) || partsOf(value).some(isBusy)
  }
  const value = key.type === 'MemberExpression' ? key : resolved(key, calls)
  const spelled = value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && value.arguments.length === 0 ? value.callee.object : null
  return isOpen(key) || (spelled !== null && isOpen(spelled)) || partsOf(value).some(isBusy)
}

/** The expressions in `` `${userId}:${page}` `` and `userId + page`, what goes into `cacheKey(userId, page)` and `[userId, page].join()`. */
function partsOf(value: Node): readonly Node[] {
  switch (value.type) {
    case 'TemplateLiteral':
      return value.expressions
    case 'BinaryExpression':
      return value.operator === '+' ? [value.left, value.right] : []
    case 'ArrayExpression':
      return value.elements.filter((element) => element !== null)
    case 'CallExpression':
      return value.callee.type === 'MemberExpression' ? [value.callee.object, ...value.arguments] : value.arguments
    default:
      return []
  }
}

/** Whether a key, by its name, has few values: `locale`, `chainId`. */
export function isFiniteKey(key: Node, { sourceCode }: UseContext): boolean {
  const words = sourceCode.getText(key)
  return finiteKeys.test(words) || fewIds.test(words)
}

/** Whether an expression uses a parameter of a function, itself or through a `const` of its body. */
export function usesParameterOf(expression: Node, owner: FunctionNode, { calls, sourceCode }: UseContext, depth = 0): boolean {
  let found = false
  walk(expression, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'Identifier' || found) return found ? 'stop' : undefined
    if (isKey(node)) return undefined
    const definition = calls.variableOf(node)?.defs[0]
    if (definition?.type === 'Parameter') found = definition.node === owner
    else if (definition?.type === 'Variable' && depth < 3) {
      const { init } = definition.node as TSESTree.VariableDeclarator
      found = init !== null && usesParameterOf(init, owner, { calls, sourceCode }, depth + 1)
    }
    return found ? 'stop' : undefined
  })
  return found
}
