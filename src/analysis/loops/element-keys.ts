/** By what an iteration looks for something: by a key that no other element has, or by one that elements may share. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { isFunction, isKey, memberName, unwrap, unwrapAwait, walkOwnCode, type CallLike, type Node } from '../../ast/nodes.ts'
import { distinctConstructors, distinctMethods, distinctWords, keepingMethods, ownKeyWords } from '../../knowledge/stores.ts'
import { callsOf, type Calls } from '../calls/index.ts'
import { referencesOf } from '../effects/accesses.ts'
import type { Region } from './region.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `order.accountId`, `{ accountId }`: the key of something else, which several elements may have. */
export function holdsSharedKey(look: CallLike, region: Region, sourceCode: SourceCode): boolean {
  let found = false
  walkOwnCode(look, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'Identifier' || isKey(node)) return
    if (region.isElement(node) && node.parent.type === 'MemberExpression' && node.parent.object === node) found ||= keyIn(node.parent, node) === 'shared'
    else found ||= isPart(node, region, sourceCode) && keyNamed(node.name) === 'shared'
    return found ? 'stop' : undefined
  })
  return found
}

/** Whether a name stands for a part of an element that was taken out of it: `for (const { id } of xs)`, `const { id } = x`. */
function isPart(identifier: TSESTree.Identifier, region: Region, sourceCode: SourceCode): boolean {
  const variable = referencesOf(sourceCode).get(identifier)?.resolved
  const name = variable?.defs[0]?.name as Node | undefined
  if (!variable || !name || !(region.isElement(identifier) || (region.isLocal(variable) && region.mentionsElement(identifier)))) return false
  return name.parent?.type !== 'VariableDeclarator' && !isFunction(name.parent)
}

/** By its name alone, a part of an element is its own key or that of something else; null where it is no key. */
function keyNamed(name: string): 'own' | 'shared' | null {
  const words = wordsOf(name)
  if (!ownKeyWords.has(words.at(-1) ?? '')) return null
  return words.length === 1 ? 'own' : 'shared'
}

/** Whether a member of an element is its own key, or that of something else; null where it is no key. */
function keyIn(member: TSESTree.MemberExpression, { name }: TSESTree.Identifier): 'own' | 'shared' | null {
  const property = memberName(member) ?? ''
  return keyNamed(property) === 'shared' && wordsOf(property).slice(0, -1).join('') === wordsOf(name).join('') ? 'own' : keyNamed(property)
}

/**
 * Whether an element is looked for by what no other has: its own `id`, or itself where the list holds nothing twice.
 * `order.userId` is what several orders share, and so may be anything that is worked out: `id % 2`, `slug(id)`.
 */
export function holdsIdentity(whole: Node, region: Region, sourceCode: SourceCode, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false
  let found = false
  walkOwnCode(whole, sourceCode.visitorKeys, (child) => {
    if (child.type === 'Identifier') found ||= isIdentity(child, whole, region, sourceCode, depth)
    return found ? 'stop' : undefined
  })
  return found
}

function isIdentity(identifier: TSESTree.Identifier, whole: Node, region: Region, sourceCode: SourceCode, depth: number): boolean {
  const variable = referencesOf(sourceCode).get(identifier)?.resolved
  if (!variable) return false
  if (isPart(identifier, region, sourceCode)) return keyNamed(identifier.name) === 'own' && goesInWhole(identifier, whole, depth)
  if (region.isElement(identifier)) {
    const { parent } = identifier
    if (parent.type === 'MemberExpression' && parent.object === identifier) {
      return keyIn(parent, identifier) === 'own' && goesInWhole(parent, whole, depth)
    }
    return (keyNamed(identifier.name) !== null || holdsNothingTwice(region, sourceCode)) && goesInWhole(identifier, whole, depth)
  }
  // `const key = `${user.id}:${kind}``: a key that is made of it.
  const definition = region.isLocal(variable) ? (variable.defs[0]?.node as Node | undefined) : undefined
  if (definition?.type !== 'VariableDeclarator' || !definition.init || isFunction(definition.init)) return false
  return goesInWhole(identifier, whole, depth) && holdsIdentity(definition.init, region, sourceCode, depth + 1)
}

/** Whether a value goes into the look-up, or into the value that it is given, as it is: as an argument of the first, a property, a part of a text. */
function goesInWhole(value: Node, whole: Node, depth: number): boolean {
  for (let node = value; node !== whole; node = node.parent as Node) {
    const parent = node.parent as Node
    const isArgument = depth === 0 && parent.type === 'CallExpression' && parent.callee !== node && isInChain(parent, whole)
    const isOfChain = parent.type === 'MemberExpression' && parent.object === node && node.type === 'CallExpression'
    const isText = parent.type === 'BinaryExpression' && parent.operator === '+'
    if (!isArgument && !isOfChain && !isText && !HOLDING.has(parent.type) && !(parent.type === 'CallExpression' && parent.callee === node)) return false
  }
  return true
}

/** `db('tags').where({ id: x.id })` of `db('tags').where({ id: x.id }).first()`. */
function isInChain(call: Node, whole: Node): boolean {
  let node = whole
  while (node !== call) {
    if (node.type === 'CallExpression') node = unwrapAwait(node.callee)
    else if (node.type === 'MemberExpression') node = unwrapAwait(node.object)
    else return false
  }
  return true
}

const HOLDING: ReadonlySet<string> = new Set(['ArrayExpression', 'ObjectExpression', 'Property', 'TemplateLiteral', 'TSAsExpression', 'TSNonNullExpression'])

function holdsNothingTwice({ loop }: Region, sourceCode: SourceCode): boolean {
  if (loop.type === 'ForInStatement') return true
  return loop.type === 'ForOfStatement' && isDistinct(loop.right, callsOf(sourceCode))
}

function isDistinct(list: Node, calls: Calls, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false
  const value = unwrap(list)
  switch (value.type) {
    case 'NewExpression':
      return distinctConstructors.has(nameOf(value) ?? '')
    case 'ArrayExpression': {
      const [only, ...others] = value.elements
      return only?.type === 'SpreadElement' && others.length === 0 && isDistinct(only.argument, calls, depth + 1)
    }
    case 'CallExpression': {
      const callee = unwrap(value.callee)
      const name = nameOf(callee) ?? ''
      if (callee.type === 'MemberExpression' && keepingMethods.has(name)) return isDistinct(callee.object, calls, depth + 1)
      if (callee.type === 'MemberExpression' && distinctMethods.has(name)) return true
      const [first] = value.arguments
      if (name === 'from' && first && value.arguments.length === 1) return isDistinct(first, calls, depth + 1)
      return wordsOf(name).some((word) => distinctWords.has(word))
    }
    default: {
      const { root, steps } = calls.originOf(value)
      return root.kind === 'value' && steps.length === 0 && root.node !== value && isDistinct(root.node, calls, depth + 1)
    }
  }
}

/** Lists and keys are followed so far through what they are made of. */
const MAX_DEPTH = 8
