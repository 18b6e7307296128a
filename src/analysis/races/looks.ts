/** Where code looks whether a place is empty before it fills it, and whether others can see that the work is under way. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInside, isNothing, memberName, unwrap, walkOwnCode, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { addingMethods, keyedMethods, lookUpMethods } from '../../knowledge/built-in-methods.ts'
import { isSame, outlives, placeAt, textOf, type Place } from './places.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** A write that stands after an `await` of its function. */
export interface Write {
  readonly node: TSESTree.AssignmentExpression | TSESTree.CallExpression
  readonly place: Place
  readonly value: Node
  readonly owner: FunctionNode
}

/** An entry goes by one text, however it is asked for: `cache[id]`, `cache.get(id)`, `cache.has(id)`, `id in cache`. */
export function entryText(collection: string, key: Node, sourceCode: SourceCode): string {
  return `${collection}[${textOf(key, sourceCode)}]`
}

/** The test nearest to a write that lets it run only where the place is empty. */
export function lookBefore({ node, place, owner }: Write, sourceCode: SourceCode): Node | null {
  const tests = (test: Node, present: boolean): Node | null => testOf(test, place, present, owner, sourceCode)
  for (let child: Node = node; child !== owner && child.parent; child = child.parent) {
    const parent: Node = child.parent
    if (parent.type === 'IfStatement' && child !== parent.test) {
      const look = tests(parent.test, child === parent.alternate)
      if (look) return look
    } else if (parent.type === 'LogicalExpression' && child === parent.right && parent.operator !== '&&') {
      const look = tests(parent.left, true)
      if (look) return look
    } else if (parent.type === 'BlockStatement') {
      // `if (client) return client` above.
      for (const statement of parent.body.slice(0, parent.body.indexOf(child as never)).reverse()) {
        const look = statement.type === 'IfStatement' && !statement.alternate && leaves(statement.consequent) ? tests(statement.test, true) : null
        if (look) return look
      }
    }
  }
  return null
}

function leaves(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement
  return last?.type === 'ReturnStatement'
}

/** The part of a test that says that a place is empty (or, with `present`, that it is not). */
function testOf(test: Node, place: Place, present: boolean, owner: FunctionNode, sourceCode: SourceCode): Node | null {
  const expression = unwrap(test)
  switch (expression.type) {
    case 'UnaryExpression':
      return expression.operator === '!' ? testOf(expression.argument, place, !present, owner, sourceCode) : null
    case 'LogicalExpression': {
      // `!client || expired`: empty is one of the reasons. `client && !expired`: it is there, and more.
      if (expression.operator !== (present ? '&&' : '||')) return null
      return testOf(expression.left, place, present, owner, sourceCode) ?? testOf(expression.right, place, present, owner, sourceCode)
    }
    case 'BinaryExpression': {
      if (expression.operator === 'in') return present && isEntry(expression.right as Node, expression.left, place, sourceCode) ? expression : null
      if (!/^[!=]==?$/.test(expression.operator) || !isEmptyValue(expression.right)) return null
      return (expression.operator[0] === '!') === present && names(expression.left as Node, place, owner, sourceCode) ? expression.left : null
    }
    case 'CallExpression': {
      const { callee } = expression
      const [key] = expression.arguments
      if (!present || callee.type !== 'MemberExpression' || !key || !lookUpMethods.has(memberName(callee) ?? '')) return null
      return isEntry(callee.object, key, place, sourceCode) ? expression : null
    }
    default:
      return present && names(expression, place, owner, sourceCode) ? expression : null
  }
}

function isEmptyValue(node: Node): boolean {
  return isNothing(node) || (node.type === 'Literal' && node.value === false)
}

/** Whether an expression is the place, or a name for what is there: `const cached = cache.get(id)`. */
function names(node: Node, place: Place, owner: FunctionNode, sourceCode: SourceCode): boolean {
  const expression = unwrap(node)
  const own = placeAt(expression, sourceCode)
  if (own && isSame(own, place)) return true
  if (expression.type !== 'Identifier') return false
  const definition = own && own.root !== 'this' ? own.root.defs[0] : undefined
  if (definition?.type !== 'Variable' || !isInside(definition.node as Node, owner)) return false
  const { init, id } = definition.node as TSESTree.VariableDeclarator
  if (!init || id.type !== 'Identifier') return false
  const value = unwrap(init)
  if (value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && memberName(value.callee) === 'get' && value.arguments[0]) {
    return isEntry(value.callee.object, value.arguments[0], place, sourceCode)
  }
  const original = placeAt(value, sourceCode)
  return original !== null && isSame(original, place)
}

function isEntry(collection: Node, key: Node, place: Place, sourceCode: SourceCode): boolean {
  const own = placeAt(collection, sourceCode)
  return own !== null && own.root === place.root && entryText(own.text, key, sourceCode) === place.text
}

/**
 * Whether something shared is written between the look and the wait (a flag, the promise itself), so that others can see
 * that the work is under way; or the place is looked at again between the wait and the write.
 */
export function isClaimed(look: Node, pause: Node, write: Node, owner: FunctionNode, sourceCode: SourceCode): boolean {
  let claimed = false
  walkOwnCode(owner.body, sourceCode.visitorKeys, (node) => {
    if (node.range[1] <= look.range[0] || node.range[0] >= write.range[0]) return 'skip'
    const isBefore = node.range[0] >= look.range[1] && node.range[0] < pause.range[1]
    if (node.type === 'AssignmentExpression' && node !== write && isBefore) claimed ||= isShared(node.left, owner, sourceCode)
    if (node.type === 'CallExpression' && isBefore && node.callee.type === 'MemberExpression') {
      const method = memberName(node.callee) ?? ''
      claimed ||= (keyedMethods.has(method) || addingMethods.has(method)) && isShared(node.callee.object, owner, sourceCode)
    }
    if (node.type === 'IfStatement' && node.range[0] >= pause.range[1]) claimed = true
    return claimed ? 'stop' : undefined
  })
  return claimed
}

function isShared(node: Node, owner: FunctionNode, sourceCode: SourceCode): boolean {
  const place = placeAt(node, sourceCode)
  return place !== null && outlives(place, owner)
}
