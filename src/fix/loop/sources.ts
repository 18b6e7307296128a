/** What is known of the thing that a loop goes over: an array, one with holes, promises among its items. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf, indexFacts, typedServices } from '../../analysis/calls/index.ts'
import { isFunction, memberName, unwrapAwait, type Node } from '../../ast/nodes.ts'
import { arrayTypes, collectionClasses, listingMethods, synchronousTypes } from '../../knowledge/built-in-methods.ts'
import { arrayMakers } from '../../knowledge/plain-results.ts'
import { laterWrites } from './names.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

const makers = indexFacts(arrayMakers)

/** Whether an expression is an array for sure: by what makes it, by annotation, or by type. */
export function isArray(sourceCode: SourceCode, node: Node): boolean {
  const services = typedServices(sourceCode)
  if (services) {
    const name = services.program.getTypeChecker().getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(node))?.getSymbol()?.name
    if (name !== undefined && arrayTypes.has(name)) return true
  }
  const value = valueOf(sourceCode, node)
  if (value === null) return false
  if (value.type.startsWith('TS')) return isTypeNamed(value, arrayTypes)
  if (value.type === 'ArrayExpression') return true
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return false
  return listingMethods.has(memberName(value.callee) ?? '') || makers.of(callsOf(sourceCode).calleeOf(value)) !== null
}

/** Whether an array may have holes, which a loop visits and the helper does not: `[a, , b]`, `new Array(3)`. */
export function isPossiblySparse(sourceCode: SourceCode, node: Node): boolean {
  const value = valueOf(sourceCode, node)
  if (value?.type === 'ArrayExpression') return value.elements.includes(null)
  if (value?.type !== 'NewExpression' && value?.type !== 'CallExpression') return false
  return value.callee.type === 'Identifier' && value.callee.name === 'Array'
}

/** Whether `for await` may find a promise where the helper would hand it on: everything but async iterables. */
export function mayHoldPromises(sourceCode: SourceCode, node: Node): boolean {
  const services = typedServices(sourceCode)
  if (services) {
    const name = services.program.getTypeChecker().getTypeAtLocation(services.esTreeNodeToTSNodeMap.get(node))?.getSymbol()?.name
    if (name !== undefined) return synchronousTypes.has(name)
  }
  const value = valueOf(sourceCode, node)
  if (value === null) return true
  if (value.type.startsWith('TS')) return !isTypeNamed(value, null) || isTypeNamed(value, synchronousTypes)
  if (value.type === 'NewExpression') return collectionClasses.has(sourceCode.getText(value.callee))
  if (value.type !== 'CallExpression') return true
  if (isArray(sourceCode, value)) return true
  const { root } = callsOf(sourceCode).originOf(value.callee)
  return root.kind === 'function' && !(root.node.async && root.node.generator)
}

/**
 * The expression that gives a value, through names that are written once, or the annotation of the name. Null where
 * neither is known.
 */
function valueOf(sourceCode: SourceCode, node: Node): Node | null {
  const value = unwrapAwait(node)
  if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') return node.typeAnnotation
  if (value.type !== 'Identifier') return value
  const variable = callsOf(sourceCode).variableOf(value)
  const definition = variable?.defs[0]
  if (!variable || !definition || variable.defs.length > 1) return null
  const annotation = (definition.name as TSESTree.Identifier).typeAnnotation?.typeAnnotation
  if (annotation) return annotation
  const declarator = definition.node as Node
  if (isFunction(declarator) || declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null
  if (!declarator.init || laterWrites(variable).length > 0) return null
  return declarator.init.range[0] < value.range[0] ? valueOf(sourceCode, declarator.init) : null
}

/** `names: null` asks whether the type has a name at all. */
function isTypeNamed(type: Node, names: ReadonlySet<string> | null): boolean {
  if (type.type === 'TSArrayType' || type.type === 'TSTupleType') return names?.has('Array') ?? true
  if (type.type === 'TSTypeOperator') return type.typeAnnotation ? isTypeNamed(type.typeAnnotation, names) : false
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return names?.has(type.typeName.name) ?? true
}
