/** What members of the classes of a file are: methods, fields, and what the class assigns to `this` once. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, isNothing, memberName, unwrap, type ClassNode, type Node } from '../../ast/nodes.ts'
import type { Annotations, Names } from './annotations.ts'
import { at, sameOrigin, type Origin } from './origin.ts'
import { assignmentsToThis } from './this-assignments.ts'

export class ClassMembers {
  readonly #sourceCode: TSESLint.SourceCode
  readonly #names: Names
  readonly #annotations: Annotations
  readonly #members = new WeakMap<ClassNode, Map<string, Node>>()
  #assignments: ReadonlyMap<ClassNode, readonly TSESTree.AssignmentExpression[]> | undefined

  constructor(sourceCode: TSESLint.SourceCode, names: Names, annotations: Annotations) {
    this.#sourceCode = sourceCode
    this.#names = names
    this.#annotations = annotations
  }

  /** A method, field, or the one assignment `this.name = …` of a class. */
  of(node: ClassNode, name: string, isStatic: boolean, depth: number): Origin | null {
    const found = this.#all(node).get(`${isStatic ? 'static ' : ''}${name}`)
    if (!found) return null
    if (isFunction(found)) return at({ kind: 'function', node: found })
    if (found.type === 'PropertyDefinition' || found.type === 'TSParameterProperty') {
      const target = found.type === 'PropertyDefinition' ? found : found.parameter
      const named = 'left' in target ? target.left : target
      const typed = 'typeAnnotation' in named ? this.#annotations.of(named.typeAnnotation) : null
      const value = found.type === 'PropertyDefinition' ? found.value : null
      return value && !isNothing(value) ? this.#names.originOf(value, depth) : typed
    }
    return this.#names.originOf(found, depth)
  }

  #all(node: ClassNode): Map<string, Node> {
    const known = this.#members.get(node)
    if (known) return known
    const members = new Map<string, Node>()
    this.#members.set(node, members)
    for (const element of node.body.body) {
      if (element.type === 'MethodDefinition') {
        const name = memberName(element)
        if (name === null || element.kind === 'set') continue
        if (element.kind === 'constructor') {
          for (const parameter of element.value.params) {
            if (parameter.type !== 'TSParameterProperty') continue
            const inner = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter
            if (inner.type === 'Identifier') members.set(inner.name, parameter)
          }
        }
        if (element.kind === 'method') members.set(`${element.static ? 'static ' : ''}${name}`, element.value)
      } else if (element.type === 'PropertyDefinition') {
        const name = memberName(element)
        if (name !== null) members.set(`${element.static ? 'static ' : ''}${name}`, element)
      }
    }
    this.#addAssigned(node, members)
    return members
  }

  /** Adds `this.name = value` of the class's own methods, where a name has exactly one value that is not empty. */
  #addAssigned(node: ClassNode, members: Map<string, Node>): void {
    const assigned = new Map<string, Node | null>()
    this.#assignments ??= assignmentsToThis(this.#sourceCode)
    for (const { left, right } of this.#assignments.get(node) ?? []) {
      const name = left.type === 'MemberExpression' ? memberName(left) : null
      if (name !== null && !isNothing(right)) assigned.set(name, assigned.has(name) ? null : right)
    }
    for (const [name, value] of assigned) {
      const declared = members.get(name)
      const isOpen = declared?.type === 'PropertyDefinition' && (!declared.value || isNothing(declared.value))
      const typed = declared?.type === 'PropertyDefinition' ? this.#annotations.of(declared.typeAnnotation) : null
      if (value && (!declared || (isOpen && (!typed || this.#isMadeAs(typed, value))))) members.set(name, value)
    }
  }

  /** `new Pool(options)` for a field of type `Pool`: the same, and it shows with which options. */
  #isMadeAs(typed: Origin, value: Node): boolean {
    const node = unwrap(value)
    if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier') return false
    const made = this.#names.originOf(node)
    return made.root.kind === 'module' && sameOrigin(typed, made)
  }
}
