/** What the types say of promises. Only checker methods are used; every answer is null where there are no types. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { FunctionNode, Node } from '../../ast/nodes.ts'
import { memberName, type ClassNode } from '../../ast/nodes.ts'
import { typedServices, type CheckerLike, type SymbolLike, type TypeLike } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

interface SignatureLike {
  getReturnType(): TypeLike
}
interface PromiseChecker extends CheckerLike {
  getContextualType(node: unknown): TypeLike | undefined
  getSignaturesOfType(type: TypeLike, kind: number): readonly SignatureLike[]
  getTypeOfSymbolAtLocation(symbol: SymbolLike, node: unknown): TypeLike
  getNonNullableType(type: TypeLike): TypeLike
}

const CALL_SIGNATURE = 0
/** `ts.TypeFlags`: the first two have kept their numbers; the others have others in each major version. https://github.com/microsoft/TypeScript/blob/main/src/compiler/types.ts */
const ANY = 1
const UNKNOWN = 2

/** What TypeScript's types have besides: of indexed accesses (`T[K]`) and conditional types. */
interface OpenType extends TypeLike {
  isTypeParameter?(): boolean
  isIntersection?(): boolean
  readonly objectType?: TypeLike
  readonly checkType?: TypeLike
}

/** Whether the type stands for others that are not known here, a promise among them: `T`, `T[K]`, `T extends U ? A : B`. */
function isOpen(type: OpenType): boolean {
  if (type.isIntersection?.()) return type.types?.some(isOpen) ?? false
  return type.isTypeParameter?.() === true || type.objectType !== undefined || type.checkType !== undefined
}

function checkerOf(sourceCode: SourceCode): { checker: PromiseChecker; tsNode: (node: Node) => unknown } | null {
  const services = typedServices(sourceCode as TSESLint.SourceCode)
  if (!services) return null
  return {
    checker: services.program.getTypeChecker() as PromiseChecker,
    tsNode: (node) => services.esTreeNodeToTSNodeMap.get(node),
  }
}

/** Whether a value of the type is a promise: always, never, or perhaps (null). */
function isPromise(type: TypeLike, checker: PromiseChecker): boolean | null {
  if (type.flags & (ANY | UNKNOWN) || isOpen(type)) return null
  if (type.isUnion()) {
    const parts = (type.types ?? []).map((part) => isPromise(part, checker))
    return parts.every((part) => part === parts[0]) ? (parts[0] ?? null) : null
  }
  return checker.getPropertyOfType(checker.getApparentType(type), 'then') !== undefined
}

/** `promise` or `plain` by the type of an expression; null where the type does not tell. */
export function thenabilityOf(node: Node, sourceCode: SourceCode): 'promise' | 'plain' | null {
  const typed = checkerOf(sourceCode)
  const tsNode = typed?.tsNode(node)
  if (!typed || !tsNode) return null
  const answer = isPromise(typed.checker.getTypeAtLocation(tsNode), typed.checker)
  return answer === null ? null : answer ? 'promise' : 'plain'
}

/**
 * What the place of a function says of its result: `required` (a promise), `free` (a plain value does, or it is
 * ignored), null where there are no types or the type does not say.
 */
export function contextualContract(node: FunctionNode, sourceCode: SourceCode): 'required' | 'free' | null {
  const typed = checkerOf(sourceCode)
  const tsNode = typed?.tsNode(node)
  if (!typed || !tsNode) return null
  const type = typed.checker.getContextualType(tsNode) ?? typeOfMethod(node, typed)
  return type ? contractOf(type, typed.checker) : null
}

/** What the type that an object is written against says of a method of it: `{ async load() {…} }` is no expression of its own. */
function typeOfMethod({ parent }: FunctionNode, { checker, tsNode }: NonNullable<ReturnType<typeof checkerOf>>): TypeLike | null {
  if (parent.type !== 'Property' || !parent.method) return null
  const object = tsNode(parent.parent)
  const name = memberName(parent)
  const type = object && name !== null ? checker.getContextualType(object) : undefined
  const member = type && name !== null ? checker.getPropertyOfType(checker.getNonNullableType(type), name) : undefined
  return member ? checker.getTypeOfSymbolAtLocation(member, object) : null
}

/** The same of a member of a class, by what its class extends and implements; `none` where no ancestor has the member. */
export function inheritedContract(owner: ClassNode, name: string, sourceCode: SourceCode): 'required' | 'free' | 'none' | null {
  const typed = checkerOf(sourceCode)
  if (!typed) return null
  const heritage: Node[] = [...(owner.implements ?? []).map(({ expression }) => expression)]
  if (owner.superClass) heritage.push(owner.superClass)
  const answers = heritage.map((each) => {
    const tsNode = typed.tsNode(each)
    // `extends`: the type of the instance, by the type reference around the expression.
    const around = (tsNode as { parent?: unknown } | undefined)?.parent
    if (!tsNode || !around) return null
    const type = typed.checker.getTypeAtLocation(around)
    if (type.flags & (ANY | UNKNOWN)) return null
    const member = typed.checker.getPropertyOfType(type, name)
    return member ? (contractOf(typed.checker.getTypeOfSymbolAtLocation(member, tsNode), typed.checker) ?? null) : 'none'
  })
  if (answers.includes('required')) return 'required'
  if (answers.includes(null)) return null
  return answers.includes('free') ? 'free' : 'none'
}

function contractOf(type: TypeLike, checker: PromiseChecker): 'required' | 'free' | null {
  const callable = checker.getNonNullableType(type)
  const parts = callable.isUnion() ? (callable.types ?? []) : [callable]
  const signatures = parts.flatMap((part) => checker.getSignaturesOfType(part, CALL_SIGNATURE))
  if (signatures.length === 0) return null
  const results = signatures.map((signature) => signature.getReturnType())
  if (results.every((result) => isPromise(result, checker) === true)) return 'required'
  const allowsPlain = results.every((result) => {
    if (result.flags & (ANY | UNKNOWN)) return false
    const members = result.isUnion() ? (result.types ?? []) : [result]
    return members.some((member) => isPromise(member, checker) === false)
  })
  return allowsPlain ? 'free' : null
}
