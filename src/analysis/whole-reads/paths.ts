/** What the path of a file says of how much is in it. */
import type { TSESTree } from '@typescript-eslint/utils'
import { unwrapAwait, type Node } from '../../ast/nodes.ts'
import { pathFacts, recordFiles, smallFiles } from '../../knowledge/whole-reads.ts'
import { indexFacts, type Calls } from '../calls/index.ts'

/**
 * - `records`: a log, or a file with a line for each of many things.
 * - `small`: the code names the file, or it is of a kind that people write.
 * - `open`: any file.
 */
export type FileKind = 'records' | 'small' | 'open'

const paths = indexFacts(pathFacts)

/** Names and calls that a path is followed through. */
const MAX_DEPTH = 5

export function fileKindOf(path: Node, calls: Calls): FileKind {
  const end = endOf(path, calls, 0)
  if (end === null) return 'open'
  if (recordFiles.test(end.text)) return 'records'
  return end.whole || smallFiles.test(end.text) ? 'small' : 'open'
}

/** The last piece of a path as far as it is written out, and whether the name of the file is; null where none of it is. */
function endOf(path: Node, calls: Calls, depth: number): { readonly text: string; readonly whole: boolean } | null {
  const value = unwrapAwait(path)
  if (depth > MAX_DEPTH) return null
  switch (value.type) {
    case 'Literal':
      return typeof value.value === 'string' ? { text: value.value, whole: true } : null
    case 'TemplateLiteral': {
      const text = value.quasis.at(-1)?.value.cooked ?? ''
      if (text !== '') return { text, whole: value.expressions.length === 0 || text.includes('/') }
      const last = value.expressions.at(-1)
      return last ? endOf(last, calls, depth + 1) : null
    }
    case 'BinaryExpression': {
      const end = value.operator === '+' ? endOf(value.right, calls, depth + 1) : null
      return end && { text: end.text, whole: end.text.includes('/') }
    }
    case 'CallExpression':
    case 'NewExpression':
      return endOfCall(value, calls, depth)
    case 'Identifier': {
      const init = initOf(value, calls)
      return init && endOf(init, calls, depth + 1)
    }
    default:
      return null
  }
}

/** `path.join(folder, 'index.html')`, `new URL('index.html', base)`. */
function endOfCall(call: TSESTree.CallExpression | TSESTree.NewExpression, calls: Calls, depth: number): ReturnType<typeof endOf> {
  const isUrl = call.type === 'NewExpression' && call.callee.type === 'Identifier' && call.callee.name === 'URL'
  const part = isUrl ? call.arguments[0] : paths.of(calls.originOf(call.callee)) ? call.arguments.at(-1) : null
  return part ? endOf(part, calls, depth + 1) : null
}

/** The value of a constant. */
export function initOf(name: TSESTree.Identifier, calls: Calls): Node | null {
  const variable = calls.variableOf(name)
  const declarator = variable?.defs[0]?.node as Node | undefined
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null
  return variable?.references.every((reference) => reference.init || !reference.isWrite()) ? declarator.init : null
}
