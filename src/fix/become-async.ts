/** A synchronous function becomes asynchronous, together with the calls of it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, isClass, type FunctionNode, type Node } from '../ast/nodes.ts'
import { callsOf } from '../analysis/calls/index.ts'
import { needsParentheses } from './parenthesised.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Edit {
  readonly node: Node
  readonly edit: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]
}

/** How far calls of calls are followed. */
const MAX_DEPTH = 3

/**
 * The edits that make a function asynchronous: its own, where its caller takes a promise for an answer (`isHandler`);
 * with those of its calls, where the file has them all and each stands where `await` may stand. Null otherwise.
 */
export function becomeAsync(node: FunctionNode, sourceCode: SourceCode, isHandler: (node: FunctionNode) => boolean, depth = 0): Edit[] | null {
  if (node.async) return []
  if (node.generator || depth > MAX_DEPTH) return null
  const own = asyncEdit(node, sourceCode)
  if (!own) return null
  const uses = usesOf(node, sourceCode)
  if (isHandler(node)) return uses?.every((use) => !isCalled(use)) === false ? null : [own]
  if (!uses || uses.length === 0) return null
  const edits = new Map<Node, Edit>([[node, own]])
  for (const use of uses) {
    const call = use.parent
    if (call?.type !== 'CallExpression' || call.callee !== use) return null
    const caller = enclosingFunction(call)
    if (!caller || caller === node || !mayAwaitAt(call, caller, sourceCode)) return null
    const outer = becomeAsync(caller, sourceCode, isHandler, depth + 1)
    if (!outer) return null
    for (const edit of outer) edits.set(edit.node, edit)
    if (call.parent.type !== 'AwaitExpression') edits.set(call, { node: call, edit: (fixer) => awaited(call, fixer) })
  }
  return [...edits.values()]
}

/** `await` is no expression in parameters and class bodies, and parentheses at the head of a statement may join the line above. */
export function mayAwaitAt(call: TSESTree.CallExpression, owner: FunctionNode, sourceCode: SourceCode): boolean {
  if (owner.generator && !owner.async) return false
  for (let current: Node = call; current !== owner; current = current.parent as Node) {
    if (isClass(current)) return false
    if (current.parent === owner && current !== owner.body) return false
  }
  return call.parent.type !== 'ChainExpression' && !call.optional && !mayJoin(call, sourceCode)
}

function mayJoin(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const before = sourceCode.getTokenBefore(call)?.value
  if (before === ';' || before === '{') return false
  for (let current: Node = call, parent: Node | undefined = call.parent; parent; current = parent, parent = parent.parent) {
    if (parent.type === 'ExpressionStatement') return current !== call && current.range[0] === call.range[0] && needsParentheses(call)
    if (parent.range[0] !== call.range[0]) return false
  }
  return false
}

function awaited(call: Node, fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] {
  return needsParentheses(call)
    ? [fixer.insertTextBefore(call, '(await '), fixer.insertTextAfter(call, ')')]
    : [fixer.insertTextBefore(call, 'await ')]
}

function isCalled(use: Node): boolean {
  return use.parent?.type === 'CallExpression' && use.parent.callee === use
}

/** Every use of a function's name; an empty list where it has none (inline), null where the file does not show them all. */
function usesOf(node: FunctionNode, sourceCode: SourceCode): Node[] | null {
  const calls = callsOf(sourceCode)
  const { parent } = node
  const name = node.type === 'FunctionDeclaration' ? node.id : parent?.type === 'VariableDeclarator' ? parent.id : null
  if (!name) return parent?.type === 'CallExpression' || parent?.type === 'Property' ? [] : null
  // A type of its own, or overloads, would have to say that it gives a promise.
  if (name.type !== 'Identifier' || name.typeAnnotation || isExported(node)) return null
  const variable = calls.variableOf(name)
  if (!variable || variable.defs.length > 1 || variable.references.filter((reference) => reference.isWrite()).length > 1) return null
  return variable.references.filter((reference) => reference.isRead()).map(({ identifier }) => identifier as Node)
}

function isExported(node: FunctionNode): boolean {
  const declaration = node.type === 'FunctionDeclaration' ? node : node.parent?.parent
  return declaration?.parent?.type === 'ExportNamedDeclaration' || declaration?.parent?.type === 'ExportDefaultDeclaration'
}

/** Constructors and accessors stay as they are. */
function asyncEdit(node: FunctionNode, sourceCode: SourceCode): Edit | null {
  const { parent } = node
  const method = parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && (parent.method || parent.kind !== 'init')) ? parent : null
  if (method && (method.computed || (method.type === 'MethodDefinition' ? method.kind !== 'method' : method.kind !== 'init'))) return null
  const start = method ? method.key : node
  const type = node.returnType?.typeAnnotation
  const wrapped = type && !isPromise(type) ? type : null
  if (type?.type === 'TSTypePredicate') return null
  return {
    node,
    edit: (fixer) => [
      fixer.insertTextBefore(start, 'async '),
      ...(wrapped ? [fixer.replaceText(wrapped, `Promise<${sourceCode.getText(wrapped)}>`)] : []),
    ],
  }
}

function isPromise(type: TSESTree.TypeNode): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && /^Promise(?:Like)?$/.test(type.typeName.name)
}
