/** Maps that keep results: looked up by a key, filled where it is missing. */
import type { TSESTree } from '@typescript-eslint/utils'
import { endsInWord } from '../../ast/names.ts'
import { enclosingClass, enclosingFunction, isFunction, memberName, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { callTypeWords, codeKeyWords } from '../../knowledge/queues-words.ts'
import type { Container } from './containers.ts'
import { keyOf, usesParameterOf } from './entries.ts'
import type { Use, UseContext } from './uses.ts'

export interface Memo {
  /** The function that looks up and fills. */
  readonly owner: FunctionNode
  /** Whether what is kept was awaited: the answer of another system about something that the caller named. */
  readonly isFetched: boolean
  /** Whether the key is an object, which the map then keeps alive. */
  readonly isKeyedByObject: boolean
}

/** The function that asks a map for a key (`get`, `has`) and sets it; null where the feed is no such thing. */
export function memoOf(feed: Use, { creation, uses }: Pick<Container, 'creation' | 'uses'>, context: UseContext): Memo | null {
  const key = keyOf(feed)
  if (!key || feed.by !== 'set') return null
  const text = context.sourceCode.getText(key)
  for (let owner = feed.within; owner; owner = enclosingFunction(owner)) {
    const asks = uses.some(
      ({ by, operation }) =>
        (by === 'get' || by === 'has') &&
        enclosingFunction(operation) === owner &&
        // What is asked for afterwards is the value that was just set.
        operation.range[0] < feed.operation.range[0] &&
        askedKey(operation, context) === text,
    )
    const isMade = isMadeIn(owner, key, context)
    if (!asks || !(isMade || usesParameterOf(key, owner, context))) continue
    return { owner, isFetched: holdsPromises(creation, context) || isFetched(feed, owner, context), isKeyedByObject: feed.operation.type === 'CallExpression' && (isMade || isObject(key, owner, context)) }
  }
  return null
}

function askedKey(operation: Node, { sourceCode }: UseContext): string | null {
  const key = keyOf({ operation }) ?? (operation.parent ? keyOf({ operation: operation.parent }) : null)
  return key && sourceCode.getText(key)
}

/** `new Map<string, Promise<User>>()`, and the type before it. */
function holdsPromises(creation: Node, { sourceCode }: UseContext): boolean {
  const [head = ''] = sourceCode.getText(creation).split('(', 1)
  return /\bPromise(?:Like)?</.test(head)
}

/** The value comes from an `await` before it or is a promise, or the feed runs in a callback of `then` or of an answer: `(error, user) => …`. */
function isFetched(feed: Use, owner: FunctionNode, { calls, sourceCode }: UseContext): boolean {
  for (let inner = feed.within; inner && inner !== owner; inner = enclosingFunction(inner)) {
    const { parent, params } = inner
    const callee = parent.type === 'CallExpression' ? unwrap(parent.callee) : null
    if (callee?.type === 'MemberExpression' && memberName(callee) === 'then') return true
    const [first] = params
    if (callee && params.length > 1 && first?.type === 'Identifier' && /^_?err(?:or)?$/.test(first.name)) return true
  }
  const { operation } = feed
  const value = operation.type === 'CallExpression' ? operation.arguments[1] : operation.type === 'AssignmentExpression' ? operation.right : undefined
  return value !== undefined && comesFromAwait(value, 0)

  function comesFromAwait(node: Node, depth: number): boolean {
    let found = false
    walk(node, sourceCode.visitorKeys, (child) => {
      if (isFunction(child)) return 'skip'
      if (child.type === 'AwaitExpression' || (child.type === 'CallExpression' && isPromised(child))) found = true
      else if (child.type === 'Identifier' && depth < 3) {
        const writes = calls.variableOf(child)?.references.filter((reference) => reference.isWrite()) ?? []
        found = writes.length <= 4 && writes.some(({ writeExpr }) => writeExpr != null && comesFromAwait(writeExpr as Node, depth + 1))
      }
      return found ? 'stop' : undefined
    })
    return found
  }

  /** A call of an asynchronous function of the file, or of a method of the same class. */
  function isPromised({ callee }: TSESTree.CallExpression): boolean {
    const called = unwrap(callee)
    if (called.type !== 'MemberExpression' || called.object.type !== 'ThisExpression') {
      const { root, steps } = calls.originOf(called)
      return root.kind === 'function' && steps.length === 0 && root.node.async
    }
    const name = memberName(called)
    return enclosingClass(called)?.body.body.some((member) => member.type === 'MethodDefinition' && memberName(member) === name && member.value.async) ?? false
  }
}

/** Whether the key is a variable of the function to which it gives a new object: the map then never has it yet. */
function isMadeIn(owner: FunctionNode, key: Node, { calls }: UseContext): boolean {
  const variable = key.type === 'Identifier' ? calls.variableOf(key) : null
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined
  if (definition?.type !== 'Variable' || enclosingFunction(definition.node as Node) !== owner) return false
  return variable?.references.some(({ writeExpr }) => writeExpr != null && unwrap(writeExpr as Node).type === 'ObjectExpression') ?? false
}

const PRIMITIVE = /^TS(?:String|Number|Boolean|BigInt|Symbol|Literal|TemplateLiteral)/

/** A parameter that the function reads members of, or whose type is named and no alias of a primitive by its looks. */
function isObject(key: Node, owner: FunctionNode, { calls, sourceCode }: UseContext): boolean {
  if (key.type !== 'Identifier') return false
  const definition = calls.variableOf(key)?.defs[0]
  if (definition?.type !== 'Parameter' || definition.node !== owner) return false
  const type = (definition.name as TSESTree.Identifier).typeAnnotation?.typeAnnotation
  if (type && (PRIMITIVE.test(type.type) || type.type === 'TSFunctionType' || type.type === 'TSConstructorType')) return false
  if (endsInWord(key.name, codeKeyWords)) return false
  return isReadAsObject(key.name, owner, { calls, sourceCode }) || (type?.type === 'TSTypeReference' && endsInWord(sourceCode.getText(type.typeName), callTypeWords))
}

/** Whether a function reads members of a parameter that no string has, itself or in a function of the file that gets it. */
function isReadAsObject(name: string, owner: FunctionNode, context: UseContext, depth = 0): boolean {
  let read = false
  walk(owner.body, context.sourceCode.visitorKeys, (node) => {
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === name) {
      const member = memberName(node)
      read = member !== null && !STRING_MEMBERS.has(member) && !/^\d+$/.test(member)
    } else if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init?.type === 'Identifier') {
      read = node.init.name === name
    } else if (node.type === 'CallExpression' && depth === 0) read = isReadByCallee(node, name, context)
    return read ? 'stop' : undefined
  })
  return read
}

function isReadByCallee({ arguments: given, callee }: TSESTree.CallExpression, name: string, context: UseContext): boolean {
  const index = given.findIndex((argument) => argument.type === 'Identifier' && argument.name === name)
  if (index < 0) return false
  const { root, steps } = context.calls.originOf(callee)
  const parameter = root.kind === 'function' && steps.length === 0 ? root.node.params[index] : undefined
  return root.kind === 'function' && parameter?.type === 'Identifier' && isReadAsObject(parameter.name, root.node, context, 1)
}

/** Members of strings and numbers, and of functions. https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/String */
const STRING_MEMBERS = new Set([
  ...Object.getOwnPropertyNames(String.prototype), ...Object.getOwnPropertyNames(Number.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
])
