import type { TSESTree } from '@typescript-eslint/utils'
import { wordsOf } from '../../ast/names.ts'
import { requestTypeWords } from '../../knowledge/bounds.ts'
import { listTypes } from '../../knowledge/built-in-methods.ts'

/** What a type annotation says about a list. */
export type ListType =
  | { readonly kind: 'tuple'; readonly length: number }
  /** A list of unknown length; `promises` when its elements are promises that somebody started. */
  | { readonly kind: 'list'; readonly promises: boolean }
  | { readonly kind: 'other' }

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
      if (!listTypes.has(name)) return { kind: 'other' }
      const element = type.typeArguments?.params.at(-1)
      return { kind: 'list', promises: element !== undefined && isPromise(element) }
    }
    default:
      return { kind: 'other' }
  }
}

/** `Record<string, X>`, `{ [id: string]: X }`: as many keys as the data has. */
export function isTableType(annotation: TSESTree.TSTypeAnnotation | null | undefined): boolean {
  const type = annotation?.typeAnnotation
  if (type?.type === 'TSTypeLiteral') return type.members.length === 1 && type.members[0]?.type === 'TSIndexSignature'
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return type.typeName.name === 'Record' && /^TS(?:String|Number)Keyword$/.test(type.typeArguments?.params[0]?.type ?? '')
}

/** `input: DeleteItemsInput`, `data: SignUpFormData`. */
export function isRequestType(annotation: TSESTree.TSTypeAnnotation | null | undefined): boolean {
  const type = annotation?.typeAnnotation
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  const words = wordsOf(type.typeName.name)
  return requestTypeWords.has(words.at(-1) ?? '') || words.slice(-2).join('') === 'formdata'
}

function isPromise(type: TSESTree.TypeNode): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && /^Promise(?:Like)?$/.test(type.typeName.name)
}
