/** What a file exports, as ES module or CommonJS: the expressions behind the names. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { functionName } from '../../ast/function-name.ts'
import { enclosingFunction, isFunction, isInside, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'

export interface Exports {
  /**
   * Name → what it stands for: a function or class declaration, or an expression (for `export { a as b }` the
   * identifier `a`). `default` is the default export, and for CommonJS `module.exports` itself.
   */
  readonly byName: ReadonlyMap<string, Node>
}

const cache = new WeakMap<object, Exports>()

export function exportsOf(sourceCode: Readonly<TSESLint.SourceCode>): Exports {
  const known = cache.get(sourceCode)
  if (known) return known
  const byName = new Map<string, Node>()
  for (const statement of sourceCode.ast.body) addStatement(statement, byName)
  const found: Exports = { byName }
  cache.set(sourceCode, found)
  return found
}

function addStatement(statement: TSESTree.ProgramStatement, byName: Map<string, Node>): void {
  switch (statement.type) {
    case 'ExportDefaultDeclaration':
      byName.set('default', statement.declaration)
      break
    case 'TSExportAssignment':
      byName.set('default', statement.expression)
      break
    case 'ExportNamedDeclaration':
      addNamed(statement, byName)
      break
    case 'ExpressionStatement':
      addAssigned(statement.expression, byName)
      break
    default:
  }
}

function addNamed(statement: TSESTree.ExportNamedDeclaration, byName: Map<string, Node>): void {
  const { declaration } = statement
  if (declaration?.type === 'VariableDeclaration') {
    for (const { id, init } of declaration.declarations) if (id.type === 'Identifier' && init) byName.set(id.name, init)
  } else if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier') {
    byName.set(declaration.id.name, declaration)
  }
  if (statement.source) return
  for (const { local, exported } of statement.specifiers) {
    byName.set(exported.type === 'Identifier' ? exported.name : exported.value, local)
  }
}

/** `module.exports = …`, `module.exports.a = exports.b = …`. */
function addAssigned(expression: Node, byName: Map<string, Node>): void {
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return
  let value: Node = unwrap(expression.right)
  if (value.type === 'AssignmentExpression') {
    addAssigned(value, byName)
    while (value.type === 'AssignmentExpression') value = unwrap(value.right)
  }
  const name = exportedName(expression.left)
  if (name === null) return
  byName.set(name, value)
  if (name !== 'default' || value.type !== 'ObjectExpression') return
  for (const property of value.properties) {
    const key = property.type === 'Property' ? memberName(property) : null
    if (key !== null && property.type === 'Property') byName.set(key, property.value)
  }
}

/** The name that `exports.name`, `module.exports.name` or `module.exports` (`default`) stands for; null for others. */
function exportedName(target: Node): string | null {
  if (target.type !== 'MemberExpression') return null
  const name = memberName(target)
  const object = target.object
  if (object.type === 'Identifier') {
    if (object.name === 'module' && name === 'exports') return 'default'
    return object.name === 'exports' ? name : null
  }
  return object.type === 'MemberExpression' && exportedName(object) === 'default' ? name : null
}

/** The directive prologue of a program or function: `'use server'`. */
export function hasDirective(node: Node, directive: string): boolean {
  const body = node.type === 'Program' ? node.body : isFunction(node) && node.body.type === 'BlockStatement' ? node.body.body : []
  for (const statement of body) {
    if (!('directive' in statement) || !statement.directive) return false
    if (statement.directive === directive) return true
  }
  return false
}

/** Whether other files can call a function: an exported one, or a method of a class that stands in no function. */
export function isCalledFromOutside(owner: FunctionNode, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const { parent } = owner
  if (parent.type === 'MethodDefinition') return parent.kind === 'method' && enclosingFunction(parent) === null
  const place = parent.type === 'VariableDeclarator' ? parent.id : owner
  const name = place.type === 'Identifier' ? place.name : functionName(owner)
  return [...exportsOf(sourceCode).byName].some(([exported, node]) => node === owner || (node.type === 'Identifier' ? node.name === name : exported === name && isInside(owner, node)))
}
