/**
 * What the file's own declarations say of a function's result: annotations, interfaces, base classes and subclasses.
 * `free` means that a plain value does.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isClass, isFunction, memberName, type ClassNode, type Node } from '../../ast/nodes.ts'
import { promiseTypes } from '../../knowledge/async-conventions.ts'
import { platformClasses } from '../../knowledge/platform-classes.ts'
import { callsOf, indexFacts, type Origin } from '../calls/index.ts'
import { suspends } from './suspensions.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * - `required`: a promise is asked for.
 * - `free`: there is a contract, and a plain value fulfils it.
 * - `none`: nothing says anything.
 * - `hidden`: there is a contract that this file does not show.
 */
export interface Contract {
  readonly kind: 'required' | 'free' | 'none' | 'hidden'
  readonly because: Node | null
}

const NONE: Contract = { kind: 'none', because: null }
const platform = indexFacts(platformClasses)
const MAX_DEPTH = 6

/** What an annotated type of a function says of its result. */
export function contractOfType(type: TSESTree.TypeNode, sourceCode: SourceCode, depth = 0): Contract {
  if (type.type === 'TSFunctionType') return contractOfResult(type.returnType?.typeAnnotation, type)
  if (type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword') return NONE
  if (type.type === 'TSUnionType') {
    const functions = type.types.filter(({ type: kind }) => kind !== 'TSNullKeyword' && kind !== 'TSUndefinedKeyword')
    return functions.length === 1 && functions[0] ? contractOfType(functions[0], sourceCode, depth + 1) : { kind: 'hidden', because: type }
  }
  if (type.type !== 'TSTypeReference' || depth > MAX_DEPTH) return { kind: 'hidden', because: type }
  const declaration = typeDeclaration(type.typeName, sourceCode)
  if (declaration?.type === 'TSTypeAliasDeclaration') return contractOfType(declaration.typeAnnotation, sourceCode, depth + 1)
  if (declaration?.type === 'TSInterfaceDeclaration') {
    const signature = declaration.body.body.find((member) => member.type === 'TSCallSignatureDeclaration')
    if (signature) return contractOfResult(signature.returnType?.typeAnnotation, signature)
  }
  return { kind: 'hidden', because: type }
}

/** What a type says of the member `name` of a value of it. */
export function contractOfMember(type: TSESTree.TypeNode, name: string, sourceCode: SourceCode, depth = 0): Contract {
  if (depth > MAX_DEPTH) return { kind: 'hidden', because: type }
  if (type.type === 'TSTypeLiteral') return contractAmong(type.members, name, sourceCode)
  if (type.type === 'TSAnyKeyword' || type.type === 'TSUnknownKeyword') return NONE
  if (type.type !== 'TSTypeReference') return { kind: 'hidden', because: type }
  return contractOfNamed(type.typeName, name, sourceCode, depth)
}

function contractOfNamed(entity: Node, name: string, sourceCode: SourceCode, depth: number): Contract {
  const declaration = typeDeclaration(entity, sourceCode)
  if (declaration?.type === 'TSTypeAliasDeclaration') return contractOfMember(declaration.typeAnnotation, name, sourceCode, depth + 1)
  if (declaration?.type === 'TSInterfaceDeclaration') {
    const own = contractAmong(declaration.body.body, name, sourceCode)
    if (own.kind !== 'none') return own
    return strictest(declaration.extends.map(({ expression }) => contractOfNamed(expression, name, sourceCode, depth + 1)))
  }
  if (isClass(declaration)) return inheritedFrom(declaration, name, sourceCode, depth + 1)
  return platformContract(callsOf(sourceCode).originOf(entity), name, entity) ?? { kind: 'hidden', because: entity }
}

/** What a class or interface that the tables know says of a member; null for another. */
function platformContract(origin: Origin, name: string, because: Node): Contract | null {
  const known = platform.of(origin)
  if (!known) return null
  const result = Object.hasOwn(known.members, name) ? known.members[name] : undefined
  if (result === undefined) return NONE
  return { kind: result === 'hidden' ? 'hidden' : 'free', because }
}

function contractAmong(members: readonly TSESTree.TypeElement[], name: string, sourceCode: SourceCode): Contract {
  for (const member of members) {
    if ((member.type !== 'TSMethodSignature' && member.type !== 'TSPropertySignature') || memberName(member) !== name) continue
    if (member.type === 'TSMethodSignature') return contractOfResult(member.returnType?.typeAnnotation, member)
    return member.typeAnnotation ? contractOfType(member.typeAnnotation.typeAnnotation, sourceCode) : { kind: 'free', because: member }
  }
  return NONE
}

function contractOfResult(type: TSESTree.TypeNode | undefined, because: Node): Contract {
  if (!type) return { kind: 'free', because }
  const parts = type.type === 'TSUnionType' ? type.types : [type]
  if (parts.every(isPromiseType)) return { kind: 'required', because }
  // A name that stands for another type (`Awaitable<T>`, `T`) may hide a promise.
  const isNamed = parts.every(({ type: kind }) => kind === 'TSTypeReference')
  return { kind: isNamed ? 'hidden' : 'free', because }
}

export function isPromiseType(type: TSESTree.TypeNode): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && promiseTypes.has(type.typeName.name)
}

/** What the ancestors of a class, in this file, say of its member `name`; its own members left out. */
export function contractOfClass(owner: ClassNode, name: string, sourceCode: SourceCode): Contract {
  const implemented = (owner.implements ?? []).map(({ expression }) => contractOfNamed(expression, name, sourceCode, 0))
  const base = owner.superClass ? [contractOfBase(owner.superClass, name, sourceCode, 0)] : []
  return strictest([...implemented, ...base, contractOfSubclasses(owner, name, sourceCode)])
}

function contractOfBase(superClass: Node, name: string, sourceCode: SourceCode, depth: number): Contract {
  const origin = callsOf(sourceCode).originOf(superClass)
  const { root, steps } = origin
  if (root.kind === 'global' && root.name === 'Object') return NONE
  const known = platformContract(origin, name, superClass)
  if (known) return known
  if (root.kind !== 'class' || steps.length > 0 || depth > MAX_DEPTH) return { kind: 'hidden', because: superClass }
  return inheritedFrom(root.node, name, sourceCode, depth + 1)
}

function inheritedFrom(owner: ClassNode, name: string, sourceCode: SourceCode, depth: number): Contract {
  for (const element of owner.body.body) {
    if (!('key' in element) || memberName(element) !== name) continue
    const value = 'value' in element ? element.value : null
    if (isFunction(value) && value.async) return { kind: 'required', because: element }
    const type = value && 'returnType' in value ? value.returnType?.typeAnnotation : undefined
    return contractOfResult(type, element)
  }
  return owner.superClass ? contractOfBase(owner.superClass, name, sourceCode, depth) : NONE
}

/** A subclass in the file whose member really waits makes the base's member asynchronous by contract. */
function contractOfSubclasses(owner: ClassNode, name: string, sourceCode: SourceCode): Contract {
  for (const each of classesOf(sourceCode)) {
    if (each === owner || !each.superClass) continue
    const { root, steps } = callsOf(sourceCode).originOf(each.superClass)
    if (root.kind !== 'class' || root.node !== owner || steps.length > 0) continue
    for (const element of each.body.body) {
      if (element.type !== 'MethodDefinition' || memberName(element) !== name) continue
      if (isFunction(element.value) && element.value.async && suspends(element.value, sourceCode.visitorKeys)) {
        return { kind: 'required', because: element }
      }
    }
  }
  return NONE
}

const classes = new WeakMap<SourceCode, readonly ClassNode[]>()

function classesOf(sourceCode: SourceCode): readonly ClassNode[] {
  const known = classes.get(sourceCode)
  if (known) return known
  const found = nodesOf(sourceCode, 'ClassDeclaration', 'ClassExpression')
  classes.set(sourceCode, found)
  return found
}

const ORDER = ['none', 'free', 'hidden', 'required'] as const

function strictest(contracts: readonly Contract[]): Contract {
  return contracts.reduce((left, right) => (ORDER.indexOf(right.kind) > ORDER.indexOf(left.kind) ? right : left), NONE)
}

/** The declaration of a type's name in this file, or null. */
function typeDeclaration(entity: Node, sourceCode: SourceCode): Node | null {
  if (entity.type !== 'Identifier') return null
  const variable = callsOf(sourceCode).variableOf(entity)
  const definition = variable?.defs.at(-1)
  return definition && (definition.type === 'Type' || definition.type === 'ClassName') ? (definition.node as Node) : null
}
