import { wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, memberName, type Node } from '../../ast/nodes.ts'
import { promiseMethods } from '../../knowledge/built-in-methods.ts'
import { combinatorMethods } from '../../knowledge/combinators.ts'

/**
 * Whether a call's value is used as a promise: awaited, returned from an asynchronous function or an inline callback,
 * chained with `then`, or an element of an array that a combinator gets or that is called `promises`. A function that is used so is asynchronous,
 * even where nothing says what it is.
 */
export function isUsedAsPromise(call: Node): boolean {
  let current = call
  for (let parent = current.parent; parent; current = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'AwaitExpression':
        return true
      case 'ChainExpression':
      case 'TSNonNullExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        continue
      case 'ConditionalExpression':
        if (parent.test === current) return false
        continue
      case 'LogicalExpression':
        continue
      case 'ArrowFunctionExpression':
        return parent.body === current && (parent.async || isCallback(parent))
      case 'ReturnStatement': {
        const owner = enclosingFunction(parent)
        return owner !== null && (owner.async || isCallback(owner))
      }
      case 'MemberExpression': {
        const name = parent.object === current ? memberName(parent) : null
        return name !== null && promiseMethods.has(name)
      }
      case 'ArrayExpression':
      case 'SpreadElement':
        continue
      // `const promises = [loadUser(id), loadTeam(id)]`
      case 'VariableDeclarator':
        return current.type === 'ArrayExpression' && parent.id.type === 'Identifier' && wordsOf(parent.id.name).at(-1) === 'promises'
      case 'CallExpression':
        return current !== parent.callee && isCombinator(parent.callee)
      default:
        return false
    }
  }
  return false
}

/** Syntax is enough here: a shadowed `Promise` has combinators of the same names. */
function isCombinator(callee: Node): boolean {
  return callee.type === 'MemberExpression' && combinatorMethods.has(memberName(callee) ?? '')
}

function isCallback(node: Node): boolean {
  return isFunction(node) && node.parent?.type === 'CallExpression' && node.parent.callee !== node
}
