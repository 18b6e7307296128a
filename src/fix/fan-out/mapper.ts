/** The mapper as an argument of the helper, which calls it with item, index and a context instead of the array. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf, returnedExpressions } from '../../analysis/calls/index.ts'
import type { FanOut } from '../../analysis/fan-out/index.ts'
import { isFunction, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { localName } from '../free-name.ts'
import { isTypeScript } from '../loop/narrowing.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Null where the mapper would not be called as before. */
export function mapperText({ task, map, list }: FanOut, sourceCode: SourceCode): string | null {
  if (!map || map.arguments.length !== (map.arguments[0] && unwrap(map.arguments[0]) === task ? 1 : 2)) return null
  const argument = map.arguments.find((candidate) => unwrap(candidate) === task)
  if (!argument) return null
  if (isFunction(task)) return takesTwo(task, sourceCode) ? `${givesEither(task, sourceCode) ? 'async ' : ''}${sourceCode.getText(argument)}` : null
  return namedMapper(task, list, sourceCode)
}

/**
 * Whether a mapper gives a promise of one thing or another thing as it is: `(x) => (x.isFolder ? walk(x) : x.path)`. Of these
 * TypeScript makes a list of both for `Promise.all`, but not for a function that says what it resolves to.
 */
function givesEither(mapper: FunctionNode, sourceCode: SourceCode): boolean {
  if (mapper.async || mapper.generator || mapper.returnType || !isTypeScript(sourceCode)) return false
  const values = returnedExpressions(mapper, sourceCode).flatMap(branchesOf)
  const calls = values.filter(({ type }) => type === 'CallExpression')
  return calls.length > 0 && calls.length < values.length
}

function branchesOf(node: Node): Node[] {
  const value = unwrap(node)
  return value.type === 'ConditionalExpression' ? [...branchesOf(value.consequent), ...branchesOf(value.alternate)] : [value]
}

/** At most item and index, and nothing that depends on how it is called. */
export function takesTwo(mapper: FunctionNode, sourceCode: SourceCode): boolean {
  if (mapper.params.length > 2 || mapper.generator || mapper.params.some(({ type }) => type === 'RestElement')) return false
  if (mapper.type === 'ArrowFunctionExpression') return true
  return !usesCall(mapper, sourceCode)
}

/** Whether a function reads its own `this`, `arguments` or `new.target`. Arrow functions have those of their surroundings. */
function usesCall(mapper: FunctionNode, sourceCode: SourceCode): boolean {
  let uses = false
  walk(mapper, sourceCode.visitorKeys, (node) => {
    if (node !== mapper && (node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration')) return 'skip'
    uses ||= node.type === 'ThisExpression' || node.type === 'MetaProperty' || (node.type === 'Identifier' && node.name === 'arguments')
    return uses ? 'stop' : undefined
  })
  return uses
}

/**
 * A function of the file by what it takes; one from elsewhere gets what `map` gave it. Under TypeScript only the first is
 * possible: a call with an argument too many does not compile.
 */
function namedMapper(task: Node, list: Node, sourceCode: SourceCode): string | null {
  if (task.type !== 'Identifier') return null
  const { root, steps } = callsOf(sourceCode).originOf(task)
  if (root.kind === 'function' && steps.length === 0) return takesTwo(root.node, sourceCode) ? task.name : null
  if (isTypeScript(sourceCode) || !isConstant(list, sourceCode)) return null
  const [item, index] = [localName(sourceCode, 'item', task), localName(sourceCode, 'index', task)]
  return `(${item}, ${index}) => ${task.name}(${item}, ${index}, ${sourceCode.getText(list)})`
}

function isConstant(list: Node, sourceCode: SourceCode): list is TSESTree.Identifier {
  if (list.type !== 'Identifier') return false
  const variable = callsOf(sourceCode).variableOf(list)
  return variable !== null && variable.defs.length === 1 && variable.references.every((reference) => !reference.isWrite() || reference.init === true)
}
