/** Places that outlive the function which writes them: variables declared outside it, and fields of its object. */
import type { TSESLint } from '@typescript-eslint/utils'
import { enclosingClass, isInside, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { onOneLine } from '../../ast/source-text.ts'
import { referencesOf } from '../effects/accesses.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

/** A variable, a field, or an entry under a key: `total`, `this.client`, `cache[id]`. */
export interface Place {
  readonly node: Node
  readonly root: Variable | 'this'
  /** Its code: two places of one root and one text are the same. */
  readonly text: string
  /** Whether it is one of many under keys. */
  readonly keyed: boolean
}

/** The place that an expression names; null for anything else, and for names that the file does not declare. */
export function placeAt(node: Node, sourceCode: SourceCode): Place | null {
  const expression = unwrap(node)
  let base = expression
  let keyed = false
  while (base.type === 'MemberExpression') {
    keyed ||= memberName(base) === null
    base = unwrap(base.object)
  }
  const root = base.type === 'ThisExpression' ? 'this' : base.type === 'Identifier' ? referencesOf(sourceCode).get(base)?.resolved : null
  if (!root || (root === 'this' && expression === base)) return null
  return { node: expression, root, text: textOf(expression, sourceCode), keyed }
}

export function isSame(one: Place, other: Place): boolean {
  return one.root === other.root && one.text === other.text
}

/** The code of an expression without what changes nothing about the place that it names: `this.client!`, `this?.client`. */
export function textOf(node: Node, sourceCode: SourceCode): string {
  return onOneLine(unwrap(node), sourceCode).replaceAll('?.', '.').replaceAll(/!(?=[.)\]]|$)/g, '')
}

/** Whether a place is there before a function is called and after it has returned. */
export function outlives({ root }: Place, owner: FunctionNode): boolean {
  if (root === 'this') return enclosingClass(owner.body) !== null
  const name = root.defs[0]?.name as Node | undefined
  return name !== undefined && !isInside(name, owner)
}
