/**
 * Contents that are read whole although they are only passed on, piece by piece if one wanted: files that are sent,
 * copied, uploaded or split into lines, bodies that are sent on or written to a file, tables that are made one text. What is needed whole (parsed,
 * hashed, changed, kept, measured) and what is known to be small is none of them.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { functionName } from '../../ast/function-name.ts'
import { enclosingFunction, isFunction, memberName, propertyOf, stringValue, unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { sizeOptions, sizeWords, wholeReadFacts, type WholeReadFact } from '../../knowledge/whole-reads.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import { dependsOn } from '../effects/dependence.ts'
import { runnerOf, type Handlers, type Reach } from '../handlers/index.ts'
import { endsOf, endsOfParameter, type End } from './ends.ts'
import { fileKindOf, type FileKind } from './paths.ts'
import { tableOf } from './tables.ts'

export type { End } from './ends.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface WholeRead {
  readonly call: TSESTree.CallExpression
  readonly fact: WholeReadFact
  /** Where all of it goes; the first place, where it goes to several of one kind. */
  readonly end: End
  /** How it comes to run per request; null where nothing of this file shows that it does. */
  readonly reach: Reach | null
  /** Whether what is read differs from request to request; false without a handler. */
  readonly differs: boolean
  /** What the path of a file says; `open` for anything else. */
  readonly file: FileKind
  /** The query that gives all rows of a table; null where there are no rows. */
  readonly table: Node | null
}

/**
 * Why a whole read is left alone:
 *
 * - `needed`: the content is parsed, changed, kept or measured, or where it goes cannot be seen.
 * - `small`: the code names the file, or it is of a kind that people write.
 * - `limited`: a size is looked at in the same function, or nothing shows that the rows are all of a table.
 * - `once`: it runs once, for development or for one user.
 */
export type Silence = 'needed' | 'small' | 'limited' | 'once'

export interface LoneRead {
  readonly call: TSESTree.CallExpression
  readonly silence: Silence
}

const reads = indexFacts(wholeReadFacts)

export function mayReadWhole(sourceCode: SourceCode): boolean {
  return reads.mayOccurIn(sourceCode)
}

/** Every whole read of a file. `handlers` is asked for only where something is passed on. */
export function wholeReadsOf(sourceCode: SourceCode, handlers: () => Handlers): (WholeRead | LoneRead)[] {
  const calls = callsOf(sourceCode)
  return nodesOf(sourceCode, 'CallExpression').flatMap((call) => {
    const fact = factOf(call, calls)
    return fact ? [wholeReadOf(call, fact, sourceCode, handlers)] : []
  })
}

function factOf(call: TSESTree.CallExpression, calls: Calls): WholeReadFact | null {
  const fact = reads.of(calls.calleeOf(call, reads.mayTypeName))
  if (!fact?.onlyWith) return fact
  const { option, value } = fact.onlyWith
  return call.arguments.some((argument) => argument.type === 'ObjectExpression' && stringValue(propertyOf(argument, option)?.value) === value) ? fact : null
}

function wholeReadOf(call: TSESTree.CallExpression, fact: WholeReadFact, sourceCode: SourceCode, handlers: () => Handlers): WholeRead | LoneRead {
  const path = fact.of === 'file' ? call.arguments[0] : undefined
  const file = path ? fileKindOf(path, callsOf(sourceCode)) : 'open'
  if (file === 'small') return { call, silence: 'small' }
  const rows = fact.of === 'rows' ? call.arguments[0] : undefined
  const table = rows ? tableOf(rows, callsOf(sourceCode), sourceCode) : null
  if (fact.of === 'rows' && !table) return { call, silence: 'limited' }
  const [end, ...others] = placesOf(call, fact, sourceCode, handlers) ?? []
  if (!end || others.some(({ kind }) => kind !== end.kind) || isCopying(call)) return { call, silence: 'needed' }
  if (isMeasured(call, sourceCode)) return { call, silence: 'limited' }
  if (handlers().isOnce(call)) return { call, silence: 'once' }
  const reach = handlers().handlerOf(call)
  const differs = reach !== null && dependsOn(path ?? call, runnerOf(reach, call), sourceCode)
  return { call, fact, end, reach, file, differs, table }
}

function placesOf(call: TSESTree.CallExpression, fact: WholeReadFact, sourceCode: SourceCode, handlers: () => Handlers): readonly End[] | null {
  const callback = fact.of === 'file' ? call.arguments.at(-1) : undefined
  if (!isFunction(callback)) return endsOf(call, fact.within, sourceCode, handlers)
  const content = callback.params[1]
  return content ? endsOfParameter(content, sourceCode, handlers) : null
}

/** Whether code is a `copyFile` of its own, for systems whose own does not do. */
function isCopying(node: Node): boolean {
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) if (functionName(owner) === 'copyFile') return true
  return false
}

/** `if (stats.size > LIMIT)`, `maxContentLength: 1000` somewhere in the same function. */
function isMeasured(call: Node, sourceCode: SourceCode): boolean {
  const owner = enclosingFunction(call)
  return !walkOwnCode(owner ? owner.body : sourceCode.ast, sourceCode.visitorKeys, (node) => {
    const limits =
      node.type === 'BinaryExpression' ? /^[<>]/.test(node.operator) && (isSize(node.left) || isSize(node.right))
      : node.type === 'Property' && sizeOptions.test(memberName(node) ?? '')
    return limits ? 'stop' : undefined
  })
}

/** `size`, `stats.size`, `MAX_BYTES`, `Number(headers['content-length'])`. */
function isSize(node: Node): boolean {
  const value = unwrap(node)
  if (value.type === 'Identifier') return sizeWords.test(value.name)
  if (value.type === 'MemberExpression') return sizeWords.test(memberName(value) ?? '')
  return value.type === 'CallExpression' && value.arguments.some(isSize)
}
