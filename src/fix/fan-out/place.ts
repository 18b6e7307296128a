/** Where the pieces of a fan-out stand: all in one call, or the list of promises in the statement before. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { Combinator } from '../../analysis/fan-out/index.ts'
import { callsOf } from '../../analysis/calls/index.ts'
import { memberName, unwrap, type Node } from '../../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export type Place =
  | { readonly kind: 'direct' }
  /** `removed`: the declaration with its line. */
  | { readonly kind: 'stored'; readonly statement: TSESTree.VariableDeclaration; readonly removed: [number, number] }
  /** A loop fills the list; `replaced` are the statements that go, `removed` the same with their lines. */
  | {
      readonly kind: 'filled'
      readonly list: Node
      readonly mapper: string
      readonly replaced: readonly (readonly [number, number])[]
      readonly removed: readonly [number, number][]
    }

/** Null where the call cannot be replaced as a whole. */
export function placeOf({ call, argument }: Combinator, map: TSESTree.CallExpression, sourceCode: SourceCode): Place | null {
  if (!isReplaceable(call, sourceCode) || map.typeArguments || isOptional(map) || !isPlainMap(map, sourceCode)) return null
  if (unwrap(argument) === map) return { kind: 'direct' }
  return argument.type === 'Identifier' ? storedPlace(argument, call, map, sourceCode) : null
}

/** Bluebird's combinators give promises with methods of their own; type arguments say what the new call would not. */
export function isReplaceable(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  return callsOf(sourceCode).calleeOf(call).root.kind === 'global' && call.arguments.length === 1 && !call.typeArguments && !call.optional
}

/** `xs.map(f)` or `Array.from(xs, f)`. `flatMap` and lodash's `map` give other lists where they are given other things. */
function isPlainMap(map: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  if (map.callee.type !== 'MemberExpression' || map.callee.computed) return false
  const name = memberName(map.callee)
  return map.arguments.length === 1 ? name === 'map' : name === 'from' && callsOf(sourceCode).calleeOf(map).root.kind === 'global'
}

/** `xs?.map(f)` gives no list where `xs` is missing. */
function isOptional(map: TSESTree.CallExpression): boolean {
  return map.parent.type === 'ChainExpression' || map.optional || (map.callee.type === 'MemberExpression' && map.callee.optional)
}

/** `const all = ids.map(f)` right before `await Promise.all(all)`, and `all` used nowhere else. */
function storedPlace(
  name: TSESTree.Identifier,
  call: TSESTree.CallExpression,
  map: TSESTree.CallExpression,
  sourceCode: SourceCode,
): Place | null {
  const variable = callsOf(sourceCode).variableOf(name)
  const declarator = variable?.defs.length === 1 ? (variable.defs[0]?.node as Node) : null
  if (declarator?.type !== 'VariableDeclarator' || !declarator.init || unwrap(declarator.init) !== map) return null
  if (declarator.id.type !== 'Identifier' || declarator.id.typeAnnotation) return null
  const declaration = declarator.parent
  if (declaration.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return null
  if (variable?.references.length !== 2) return null
  const user = firstEvaluatedIn(call)
  const siblings = declaration.parent.type === 'BlockStatement' || declaration.parent.type === 'Program' ? declaration.parent.body : []
  const position = siblings.indexOf(declaration as never)
  if (!user || position < 0 || siblings[position + 1] !== user) return null
  return { kind: 'stored', statement: declaration, removed: wholeLines(declaration, user, sourceCode) }
}

/** The statement in which the call is what runs first: then nothing runs between the list and the call. */
export function firstEvaluatedIn(call: Node): Node | null {
  let current = call
  for (let parent = current.parent; parent; current = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'AwaitExpression':
      case 'ReturnStatement':
      case 'ExpressionStatement':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
        break
      case 'MemberExpression':
        if (parent.object !== current) return null
        break
      case 'CallExpression':
        if (parent.callee !== current) return null
        break
      case 'VariableDeclarator':
        if (parent.init !== current || parent.id.type !== 'Identifier') return null
        break
      case 'VariableDeclaration':
        return parent.declarations.length === 1 ? parent : null
      default:
        return null
    }
    if (parent.type === 'ReturnStatement' || parent.type === 'ExpressionStatement') return parent
  }
  return null
}

/** From the declaration to the start of the next statement or of a comment on a line of its own, so that no empty line is left. */
export function wholeLines(declaration: Node, next: Node, sourceCode: SourceCode): [number, number] {
  const after = sourceCode.getTokenAfter(declaration, { includeComments: true })
  const end = after && after.range[0] < next.range[0] ? after : next
  return end !== next && end.loc.start.line === declaration.loc.end.line ? [...declaration.range] : [declaration.range[0], end.range[0]]
}
