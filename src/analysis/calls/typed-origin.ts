/**
 * What the types say of a value whose way the scopes do not show. Only checker methods are used, so that `typescript`
 * itself is never loaded from here.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { Node } from '../../ast/nodes.ts'
import { instanceTypes } from '../../knowledge/instance-types.ts'
import { nodeModules } from '../../knowledge/node-modules.ts'
import { stepsOf, type Origin } from './origin.ts'

/** The parts of TypeScript's API that the plugin reads, by shape. */
export interface TypeLike {
  readonly flags: number
  readonly aliasSymbol?: SymbolLike | undefined
  readonly types?: readonly TypeLike[]
  getSymbol(): SymbolLike | undefined
  isUnion(): boolean
}
export interface SymbolLike {
  readonly name: string
  readonly flags: number
  readonly declarations?: readonly DeclarationLike[] | undefined
}
export interface DeclarationLike {
  readonly pos: number
  readonly end: number
  readonly parent?: DeclarationLike | undefined
  readonly name?: { readonly text?: string; getText?(): string }
  readonly body?: unknown
  getStart?(): number
  getSourceFile(): SourceFileLike
}
export interface SourceFileLike {
  readonly fileName: string
  readonly text: string
  readonly isDeclarationFile: boolean
}
export interface CheckerLike {
  getTypeAtLocation(node: unknown): TypeLike
  getApparentType(type: TypeLike): TypeLike
  getPropertyOfType(type: TypeLike, name: string): SymbolLike | undefined
  getSymbolAtLocation(node: unknown): SymbolLike | undefined
  getAliasedSymbol(symbol: SymbolLike): SymbolLike
  getExportsOfModule(symbol: SymbolLike): readonly SymbolLike[]
  getAmbientModules?(): readonly SymbolLike[]
  getAwaitedType?(type: TypeLike): TypeLike | undefined
}
export interface TypedServices {
  readonly program: {
    getTypeChecker(): CheckerLike
    getSourceFile(name: string): SourceFileLike | undefined
    getSourceFiles?(): readonly SourceFileLike[]
  }
  readonly esTreeNodeToTSNodeMap: { get(node: Node): unknown }
}

/** The type services of a file, or null where it was parsed without types. */
export function typedServices(sourceCode: TSESLint.SourceCode): TypedServices | null {
  const services = sourceCode.parserServices as Partial<TypedServices> | undefined
  return services?.program && services.esTreeNodeToTSNodeMap ? (services as TypedServices) : null
}

/** A member of a value by the value's type: `query` of an expression of type `Pool` from `pg` is `pg`'s `Pool().query`. */
export function typedMember({ object, property, computed }: TSESTree.MemberExpression, services: TypedServices): Origin | null {
  const type = typeOf(object, services)
  const name = property.type === 'Identifier' && !computed ? property.name : null
  const receiver = type && (instanceOf(type.aliasSymbol) ?? instanceOf(type.getSymbol()) ?? (name === null ? null : inheritedFrom(type, name, services)))
  return receiver && { root: receiver.root, steps: [...receiver.steps, { kind: 'member', name }] }
}

/** The type of an expression's value, what it is when awaited, and without `null` and `undefined`. */
function typeOf(node: TSESTree.Expression, services: TypedServices): TypeLike | null {
  const checker = services.program.getTypeChecker()
  const tsNode = services.esTreeNodeToTSNodeMap.get(node)
  if (!tsNode) return null
  let type = checker.getTypeAtLocation(tsNode)
  type = checker.getAwaitedType?.(type) ?? type
  if (!type.isUnion()) return type
  const named = type.types?.filter((part) => part.getSymbol()) ?? []
  return named.length === 1 && named[0] ? named[0] : null
}

/** The API whose instance a type is. */
function instanceOf(symbol: SymbolLike | undefined): Origin | null {
  const declaration = symbol?.declarations?.[0]
  const module = declaration && declaringModule(declaration)
  return symbol && module ? instance(module, symbol.name) : null
}

/** `class Sink extends Writable` in the program: what it does not declare itself is `Writable`'s. */
function inheritedFrom(type: TypeLike, name: string, { program }: TypedServices): Origin | null {
  const checker = program.getTypeChecker()
  const declaration = checker.getPropertyOfType(checker.getApparentType(type), name)?.declarations?.[0]
  const module = declaration && declaringModule(declaration)
  const owner = declaration?.parent?.name?.text
  return module && owner ? instance(module, owner) : null
}

function instance(module: string, name: string): Origin {
  const known = instanceTypes.get(`${module} ${name}`)
  if (known) return { root: { kind: 'module', name: known[0] }, steps: stepsOf(known[1]) }
  return {
    root: { kind: 'module', name: module },
    steps: [
      { kind: 'member', name },
      { kind: 'call', node: null },
    ],
  }
}

/** The specifier of the module that declares a symbol: a package by its folder, an ambient module by its name. */
function declaringModule(declaration: DeclarationLike): string | null {
  for (let current = declaration.parent; current; current = current.parent) {
    const text = current.body ? current.name?.getText?.() : undefined
    if (text && /^['"]/.test(text)) return normaliseModule(text.slice(1, -1))
  }
  return packageOf(declaration.getSourceFile().fileName)
}

/** The package in whose folder a file is, by its specifier; `globalThis` for TypeScript's own libraries, null outside packages. */
export function packageOf(fileName: string): string | null {
  const path = fileName.replaceAll('\\', '/')
  const inPackage = path.split('/node_modules/').at(-1)
  if (!inPackage || inPackage === path) return null
  const [scope, name] = inPackage.split('/')
  if (!scope) return null
  if (scope === '@types') return normaliseModule((name ?? '').replace('__', '/').replace(/^(?=[^/]+\/)/, '@'))
  if (scope === 'typescript') return 'globalThis'
  return scope.startsWith('@') ? `${scope}/${name ?? ''}` : scope
}

export const normaliseModule = (name: string): string => (nodeModules.has(name) ? `node:${name}` : name)
