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
  getAwaitedType?(type: TypeLike): TypeLike | undefined
}
export interface TypedServices {
  readonly program: { getTypeChecker(): CheckerLike; getSourceFile(name: string): SourceFileLike | undefined }
  readonly esTreeNodeToTSNodeMap: { get(node: Node): unknown }
}

/** The type services of a file, or null where it was parsed without types. */
export function typedServices(sourceCode: TSESLint.SourceCode): TypedServices | null {
  const services = sourceCode.parserServices as Partial<TypedServices> | undefined
  return services?.program && services.esTreeNodeToTSNodeMap ? (services as TypedServices) : null
}

/** The API whose instance an expression is by its type: an expression of type `Pool` from `pg` is `pg`'s `Pool()`. */
export function typedOrigin(node: TSESTree.Expression, services: TypedServices): Origin | null {
  const checker = services.program.getTypeChecker()
  const tsNode = services.esTreeNodeToTSNodeMap.get(node)
  if (!tsNode) return null
  let type = checker.getTypeAtLocation(tsNode)
  type = checker.getAwaitedType?.(type) ?? type
  if (type.isUnion()) {
    const named = type.types?.filter((part) => part.getSymbol()) ?? []
    if (named.length !== 1 || !named[0]) return null
    type = named[0]
  }
  const symbol = type.aliasSymbol ?? type.getSymbol()
  const declaration = symbol?.declarations?.[0]
  if (!symbol || !declaration) return null
  const module = declaringModule(declaration)
  if (!module) return null
  const instance = instanceTypes.get(`${module} ${symbol.name}`)
  if (instance) return { root: { kind: 'module', name: instance[0] }, steps: stepsOf(instance[1]) }
  return {
    root: { kind: 'module', name: module },
    steps: [
      { kind: 'member', name: symbol.name },
      { kind: 'call', node: null },
    ],
  }
}

/** The specifier of the module that declares a symbol: a package by its folder, an ambient module by its name. */
export function declaringModule(declaration: DeclarationLike): string | null {
  for (let current = declaration.parent; current; current = current.parent) {
    const text = current.body ? current.name?.getText?.() : undefined
    if (text && /^['"]/.test(text)) return normalise(text.slice(1, -1))
  }
  const path = declaration.getSourceFile().fileName.replaceAll('\\', '/')
  const inPackage = path.split('/node_modules/').at(-1)
  if (!inPackage || inPackage === path) return null
  const [scope, name] = inPackage.split('/')
  if (!scope) return null
  if (scope === '@types') return normalise((name ?? '').replace('__', '/').replace(/^(?=[^/]+\/)/, '@'))
  if (scope === 'typescript') return 'globalThis'
  return scope.startsWith('@') ? `${scope}/${name ?? ''}` : scope
}

const normalise = (name: string): string => (nodeModules.has(name) ? `node:${name}` : name)
