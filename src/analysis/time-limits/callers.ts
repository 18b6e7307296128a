/** Who calls a function of the file, where the file shows all of it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingClass, isFunction, memberName, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * The calls of a function: of a function that is not exported and only ever called by its name, of a private method.
 * Null where it may be called from elsewhere, or is passed on as a value.
 */
export function callersOf(node: FunctionNode, sourceCode: SourceCode): TSESTree.CallExpression[] | null {
  const { parent } = node
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') return methodCallers(parent, sourceCode)
  const name = node.type === 'FunctionDeclaration' ? node.id : parent.type === 'VariableDeclarator' ? parent.id : null
  if (name?.type !== 'Identifier') return null
  const declaration = node.type === 'FunctionDeclaration' ? parent : parent.parent?.parent
  if (declaration?.type.startsWith('Export')) return null
  const variable = callsOf(sourceCode).variableOf(name)
  if (!variable || isGlobalScript(variable, sourceCode)) return null
  const callers: TSESTree.CallExpression[] = []
  for (const reference of variable.references) {
    const identifier = reference.identifier as Node
    if (identifier === name || reference.init) continue
    const call = identifier.parent
    if (call?.type !== 'CallExpression' || call.callee !== identifier) return null
    callers.push(call)
  }
  return callers.length > 0 ? callers : null
}

/** In a script without modules, top-level functions are globals that other scripts may call. */
function isGlobalScript(variable: TSESLint.Scope.Variable, sourceCode: SourceCode): boolean {
  return variable.scope.type === 'global' && (sourceCode.ast.sourceType as string) === 'script'
}

function methodCallers(
  member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition,
  sourceCode: SourceCode,
): TSESTree.CallExpression[] | null {
  const name = memberName(member)
  if (name === null || (member.accessibility !== 'private' && !name.startsWith('#'))) return null
  const owner = enclosingClass(member) ?? (member.parent.parent as Node)
  const callers: TSESTree.CallExpression[] = []
  let escapes = false
  walk(owner, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'MemberExpression' || memberName(node) !== name) return
    const call = node.parent
    if (call.type === 'CallExpression' && call.callee === node) callers.push(call)
    else escapes = true
  })
  return escapes || callers.length === 0 ? null : callers
}

/** The position of a parameter and the keys that lead to a name in it: `({ a: { b } })` → `[0, ['a', 'b']]`. */
export function parameterPath(name: Node, owner: FunctionNode): [index: number, keys: string[]] | null {
  const keys: string[] = []
  let current = name
  for (let parent = current.parent; parent && current !== owner; current = parent, parent = parent.parent) {
    if (isFunction(parent)) {
      const index = parent.params.indexOf(current as never)
      return index < 0 ? null : [index, keys]
    }
    if (parent.type === 'Property' && parent.value === current) {
      const key = memberName(parent)
      if (key === null) return null
      keys.unshift(key)
    } else if (!(parent.type === 'AssignmentPattern' && parent.left === current) && parent.type !== 'ObjectPattern') {
      return null
    }
  }
  return null
}
