import type { TSESTree } from '@typescript-eslint/utils'

/** What a type annotation says about a list. */
export type ListType =
  | { readonly kind: 'tuple'; readonly length: number }
  /** A list of unknown length; `promises` when its elements are promises that somebody started. */
  | { readonly kind: 'list'; readonly promises: boolean }
  | { readonly kind: 'other' }

const LISTS = /^(?:Array|ReadonlyArray|Set|ReadonlySet|Iterable|IterableIterator|AsyncIterable|Map|ReadonlyMap)$/

export function listType(annotation: TSESTree.TSTypeAnnotation | null | undefined): ListType | null {
  return annotation ? ofType(annotation.typeAnnotation) : null
}

function ofType(type: TSESTree.TypeNode): ListType {
  switch (type.type) {
    case 'TSTupleType':
      return type.elementTypes.some(({ type: kind }) => kind === 'TSRestType')
        ? { kind: 'list', promises: false }
        : { kind: 'tuple', length: type.elementTypes.length }
    case 'TSTypeOperator':
      return type.typeAnnotation ? ofType(type.typeAnnotation) : { kind: 'other' }
    case 'TSArrayType':
      return { kind: 'list', promises: isPromise(type.elementType) }
    case 'TSUnionType': {
      const lists = type.types.map(ofType).filter(({ kind }) => kind !== 'other')
      return lists[0] ?? { kind: 'other' }
    }
    case 'TSTypeReference': {
      const name = type.typeName.type === 'Identifier' ? type.typeName.name : ''
      if (!LISTS.test(name)) return { kind: 'other' }
      const element = type.typeArguments?.params.at(-1)
      return { kind: 'list', promises: element !== undefined && isPromise(element) }
    }
    default:
      return { kind: 'other' }
  }
}

function isPromise(type: TSESTree.TypeNode): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && /^Promise(?:Like)?$/.test(type.typeName.name)
}
