/** What the types that are written in a file say of a value: an instance of what their names mean. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { Node } from '../../ast/nodes.ts'
import { instanceTypes, transparentTypes } from '../../knowledge/instance-types.ts'
import { at, step, stepsOf, type Origin } from './origin.ts'
import { globalValue } from './outside.ts'

type Scope = TSESLint.Scope.Scope
type Variable = TSESLint.Scope.Variable

/** What annotations and members of classes ask of the resolver, which asks them in turn. */
export interface Names {
  originOf(node: Node, depth?: number): Origin
  originOfVariable(variable: Variable, from: Node, depth: number): Origin
  variableOf(identifier: TSESTree.Identifier): Variable | null
}

export class Annotations {
  readonly #sourceCode: TSESLint.SourceCode
  readonly #names: Names
  readonly #inProgress = new Set<Variable>()

  constructor(sourceCode: TSESLint.SourceCode, names: Names) {
    this.#sourceCode = sourceCode
    this.#names = names
  }

  /** Whether a name is looked at whose answer may lack what is found on its own way. */
  get isBusy(): boolean {
    return this.#inProgress.size > 0
  }

  /** The instance that a type annotation names, where its name is imported, global or a class of the file. */
  of(annotation: TSESTree.TSTypeAnnotation | undefined | null): Origin | null {
    return annotation ? this.instanceOf(annotation.typeAnnotation) : null
  }

  instanceOf(type: TSESTree.TypeNode): Origin | null {
    if (type.type === 'TSUnionType') {
      const named = type.types.filter(
        ({ type: kind }) => kind !== 'TSNullKeyword' && kind !== 'TSUndefinedKeyword',
      )
      return named.length === 1 && named[0] ? this.instanceOf(named[0]) : null
    }
    // `Socket & { id: string }` is a socket.
    if (type.type === 'TSIntersectionType') return onlyOne(type.types.map((part) => this.instanceOf(part)))
    if (type.type !== 'TSTypeReference') return null
    const argument = type.typeArguments?.params[0]
    const name = type.typeName
    if (name.type === 'Identifier' && transparentTypes.has(name.name)) {
      return argument ? this.instanceOf(argument) : null
    }
    if (name.type === 'Identifier' && name.name === 'ReturnType' && argument?.type === 'TSTypeQuery') {
      const queried = this.#entityName(argument.exprName)
      return queried && step(queried, { kind: 'call', node: null })
    }
    const entity = this.#entityName(name)
    if (!entity) return name.type === 'Identifier' ? this.#extended(name) : null
    return this.#madeOf(entity)
  }

  /** `interface PeerSocket extends Socket { … }` of the file: what it extends, where that is one thing. */
  #extended(name: TSESTree.Identifier): Origin | null {
    const declaration = this.#typeOf(name)?.defs[0]?.node as Node | undefined
    if (declaration?.type !== 'TSInterfaceDeclaration') return null
    return onlyOne(
      declaration.extends.map(({ expression }) => {
        const entity = expression.type === 'Identifier' ? this.#entityName(expression) : null
        return entity && this.#madeOf(entity)
      }),
    )
  }

  #madeOf(entity: Origin): Origin | null {
    if (entity.root.kind === 'module') {
      const key = `${entity.root.name} ${entity.steps.map((each) => (each.kind === 'member' ? each.name : '()')).join('.')}`
      const instance = instanceTypes.get(key)
      if (instance) return at({ kind: 'module', name: instance[0] }, stepsOf(instance[1]))
      return step(entity, { kind: 'call', node: null })
    }
    return entity.root.kind === 'class' || entity.root.kind === 'global' ? step(entity, { kind: 'call', node: null }) : null
  }

  /** What a name means as a type or namespace; parameters and variables of the same name are values and stand beside it. */
  #typeOf(name: TSESTree.Identifier): Variable | null {
    let scope: Scope | null = this.#sourceCode.getScope(name)
    for (; scope; scope = scope.upper) {
      const variable = scope.set.get(name.name)
      if (variable && !variable.defs.every(({ type }) => type === 'Parameter' || type === 'Variable')) return variable
    }
    return this.#names.variableOf(name)
  }

  #entityName(name: TSESTree.EntityName | TSESTree.TSImportType): Origin | null {
    if (name.type === 'Identifier') {
      const variable = name.parent.type === 'TSTypeQuery' ? this.#names.variableOf(name) : this.#typeOf(name)
      if (!variable || variable.defs.length === 0) return globalValue(name.name)
      // `f(x: typeof x)`, or a parameter that is called like its type: nothing more to learn on the second visit.
      if (this.#inProgress.has(variable)) return null
      this.#inProgress.add(variable)
      const origin = this.#names.originOfVariable(variable, name, 1)
      this.#inProgress.delete(variable)
      return origin.root.kind === 'unknown' ? null : origin
    }
    if (name.type === 'TSQualifiedName') {
      const left = this.#entityName(name.left)
      return left && step(left, { kind: 'member', name: name.right.name })
    }
    return null
  }
}

function onlyOne(origins: readonly (Origin | null)[]): Origin | null {
  const known = origins.filter((origin) => origin !== null)
  return known.length === 1 ? (known[0] ?? null) : null
}
