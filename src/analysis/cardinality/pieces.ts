/** Lists that are cut into pieces: as many pieces as the list is long, unless its length says how long a piece is. */
import { hasWord, nameOf, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { cuttingMethods } from '../../knowledge/built-in-methods.ts'
import { sharingWords } from '../../knowledge/limiters.ts'
import type { Calls } from '../calls/index.ts'

/** `chunkArray`, `splitIntoChunks`, `toBatches`: a function that cuts its first argument, by its name. */
export function isCuttingName(name: string): boolean {
  const words = wordsOf(name)
  return words.some((word) => /^chunks?$/.test(word)) || (words.length > 1 && words.at(-1) === 'batches')
}

interface Cut {
  readonly whole: Node
  /** Where the piece ends, or how much is taken. */
  readonly end: Node
}

/** `list` of `list.slice(i, i + size)` and `list.splice(0, size)`, also where a constant holds the piece. */
export function cutOf(piece: Node, calls: Calls): Cut | null {
  const value = unwrap(piece)
  if (value.type === 'Identifier') {
    const init = initOf(value, calls)
    return init?.type === 'CallExpression' ? cutOf(init, calls) : null
  }
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression' || !cuttingMethods.has(memberName(value.callee) ?? '')) return null
  const [, end] = value.arguments
  return end && end.type !== 'SpreadElement' ? { whole: value.callee.object, end } : null
}

/** `Math.ceil(list.length / workers)`, `concurrency`: so long that a set number of pieces comes of it. */
export function isShare(size: Node | undefined, calls: Calls, depth = 0): boolean {
  if (!size || depth > MAX_DEPTH) return false
  const value = unwrap(size)
  switch (value.type) {
    case 'BinaryExpression':
      return value.operator === '/' || isShare(value.left as Node, calls, depth + 1) || isShare(value.right, calls, depth + 1)
    case 'CallExpression':
      return value.arguments.some((argument) => isShare(argument, calls, depth + 1))
    case 'MemberExpression':
      return saysShare(nameOf(value) ?? '')
    case 'Identifier': {
      const init = initOf(value, calls)
      return saysShare(value.name) || (init !== null && isShare(init, calls, depth + 1))
    }
    default:
      return false
  }
}

const MAX_DEPTH = 5

function saysShare(name: string): boolean {
  return hasWord(name, sharingWords)
}

function initOf(identifier: Node, calls: Calls): Node | null {
  const definition = identifier.type === 'Identifier' ? calls.variableOf(identifier)?.defs[0] : undefined
  return definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init as Node) : null
}
