/**
 * Answers where a value comes from, by scope and never by bare name. Seen: imports (named, default, namespace,
 * sub-paths), `require` and `import()`, destructuring and renaming, variables that are assigned once, `promisify`,
 * `bind`, members of object literals and classes of the file, `this.x` that the class assigns once, annotations, and
 * what a function of the file returns. Not seen: values that travel through containers or through other files
 * (with type information `typedMember` answers for those).
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import {
  enclosingClass,
  enclosingObject,
  isFunction,
  memberName,
  stringValue,
  unwrap,
  unwrapAwait,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../../ast/nodes.ts'
import { instanceTypes } from '../../knowledge/instance-types.ts'
import { globalObjects, moduleAliases } from '../../knowledge/node-modules.ts'
import { at, sameOrigin, step, stepsOf, unknown, type Origin } from './origin.ts'
import { globalValue, importOrigin, isPromisify, isPromisifyAll, module } from './outside.ts'
import { patternPath, patternRoot } from './patterns.ts'
import { returnedExpression } from './returned-expression.ts'
import { assignmentsToThis } from './this-assignments.ts'

type Scope = TSESLint.Scope.Scope
type Variable = TSESLint.Scope.Variable

/** Ways longer than this are not followed; code that people write has a handful of steps. */
const MAX_DEPTH = 24

export class Resolver {
  readonly #sourceCode: TSESLint.SourceCode
  readonly #origins = new WeakMap<Node, Origin>()
  readonly #variables = new WeakMap<Node, Variable | null>()
  /** Of variables, null where the origin is the place that asks. */
  readonly #values = new WeakMap<Variable, Origin | null>()
  #assignments: ReadonlyMap<ClassNode, readonly TSESTree.AssignmentExpression[]> | undefined
  readonly #members = new WeakMap<ClassNode, Map<string, Node>>()
  readonly #typesInProgress = new Set<Variable>()

  constructor(sourceCode: TSESLint.SourceCode) {
    this.#sourceCode = sourceCode
  }

  originOf(node: Node, depth = 0): Origin {
    const expression = unwrapAwait(node)
    const known = this.#origins.get(expression)
    if (known) return known
    if (depth > MAX_DEPTH) return unknown(expression)
    // Seen again on its own way (a cycle): unknown, and not remembered before the whole is answered.
    this.#origins.set(expression, unknown(expression))
    const origin = this.#resolve(expression, depth + 1)
    this.#origins.set(expression, origin)
    return origin
  }

  variableOf(identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | null {
    const known = this.#variables.get(identifier)
    if (known !== undefined) return known
    let scope: Scope | null = this.#sourceCode.getScope(identifier)
    let variable: Variable | null = null
    while (scope && !variable) {
      variable = scope.set.get(identifier.name) ?? null
      // A `var` or parameter of the same name further in shadows nothing outside its scope; scopes are walked outwards.
      scope = scope.upper
    }
    this.#variables.set(identifier, variable)
    return variable
  }

  #resolve(node: Node, depth: number): Origin {
    switch (node.type) {
      case 'Identifier':
        return this.#identifier(node, depth)
      case 'MemberExpression':
        return this.#member(this.originOf(node.object, depth), memberName(node), node, depth)
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node, depth)
      case 'TaggedTemplateExpression':
        return step(this.originOf(node.tag, depth), { kind: 'call', node })
      case 'ImportExpression': {
        const specifier = stringValue(node.source)
        return specifier === null ? unknown(node) : module(specifier)
      }
      case 'SequenceExpression': {
        const last = node.expressions.at(-1)
        return last ? this.originOf(last, depth) : unknown(node)
      }
      case 'AssignmentExpression':
        return this.originOf(node.right, depth)
      case 'LogicalExpression':
        return this.#either(node, node.left, node.right, depth)
      case 'ConditionalExpression':
        return this.#either(node, node.consequent, node.alternate, depth)
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return at({ kind: 'function', node })
      case 'ClassExpression':
        return at({ kind: 'class', node })
      case 'ThisExpression': {
        const owner = enclosingClass(node)
        if (owner) return at({ kind: 'class', node: owner }, [{ kind: 'call', node: null }])
        const object = enclosingObject(node)
        return object ? at({ kind: 'value', node: object }) : unknown(node)
      }
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'Literal':
      case 'TemplateLiteral':
      case 'BinaryExpression':
      case 'UnaryExpression':
      case 'UpdateExpression':
        return at({ kind: 'value', node })
      default:
        return unknown(node)
    }
  }

  #identifier(node: TSESTree.Identifier, depth: number): Origin {
    const variable = this.variableOf(node)
    if (!variable || variable.defs.length === 0) return globalValue(node.name)
    const known = this.#values.get(variable)
    if (known !== undefined) return known ?? unknown(node)
    const origin = this.#variable(variable, node, depth)
    const isOfPlace = origin.root.kind === 'unknown' && origin.root.node === node
    // What a long way or a type in progress cut short is not the last word.
    if (depth < MAX_DEPTH / 2 && this.#typesInProgress.size === 0) this.#values.set(variable, isOfPlace ? null : origin)
    return origin
  }

  #variable(variable: Variable, from: Node, depth: number): Origin {
    const definition = variable.defs.at(-1)
    if (!definition) return unknown(from)
    switch (definition.type) {
      case 'ImportBinding':
        return importOrigin(definition.node as Node, definition.parent as Node | null)
      case 'FunctionName':
        return isFunction(definition.node as Node)
          ? at({ kind: 'function', node: definition.node as FunctionNode })
          : unknown(from)
      case 'ClassName':
        return at({ kind: 'class', node: definition.node as ClassNode })
      case 'Parameter':
        return this.#parameter(definition.name as TSESTree.Identifier, definition.node as FunctionNode, depth)
      case 'Variable':
        return this.#declared(variable, definition.node as TSESTree.VariableDeclarator, from, depth)
      default:
        return unknown(from)
    }
  }

  #declared(variable: Variable, declarator: TSESTree.VariableDeclarator, from: Node, depth: number): Origin {
    const name = variable.identifiers[0] as TSESTree.Identifier | undefined
    const loop = declarator.parent?.parent
    if ((loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement') && loop.left === declarator.parent) {
      return at({ kind: 'element', of: loop.right })
    }
    const typed = name && this.#annotated(name.typeAnnotation)
    const writes = variable.references.filter((reference) => reference.isWrite() && !isEmptyValue(reference.writeExpr))
    if (writes.length === 1) {
      const write = writes[0]?.writeExpr as Node | undefined
      const target = writes[0]?.identifier as Node | undefined
      const path = target ? patternPath(target) : null
      if (write && path) {
        let origin = this.originOf(write, depth)
        for (const key of path) origin = this.#member(origin, key, from, depth)
        if (!typed || origin.root.kind === 'module' || origin.root.kind === 'function') return origin
      }
    } else if (writes.length > 1 && writes.length <= 4) {
      const origins = writes.map(({ writeExpr, identifier }) =>
        writeExpr && (patternPath(identifier as Node)?.length ?? 1) === 0 ? this.originOf(writeExpr as Node, depth) : null,
      )
      const [first, ...others] = origins
      if (first && others.every((other) => other && sameOrigin(first, other))) return first
    }
    return typed ?? unknown(from)
  }

  #parameter(name: TSESTree.Identifier, owner: FunctionNode, depth: number): Origin {
    const path = patternPath(name)
    const whole = patternRoot(name)
    const annotation =
      whole?.type === 'Identifier' || whole?.type === 'ObjectPattern' ? whole.typeAnnotation : undefined
    const typed = this.#annotated(annotation)
    let origin: Origin = typed ?? at({ kind: 'parameter', node: name, of: owner })
    for (const key of path ?? [null]) origin = this.#member(origin, key, name, depth)
    return origin
  }

  /** The instance that a type annotation names, where its name is imported, global or a class of the file. */
  #annotated(annotation: TSESTree.TSTypeAnnotation | undefined | null): Origin | null {
    return annotation ? this.instanceOfType(annotation.typeAnnotation) : null
  }

  instanceOfType(type: TSESTree.TypeNode): Origin | null {
    if (type.type === 'TSUnionType') {
      const named = type.types.filter(
        ({ type: kind }) => kind !== 'TSNullKeyword' && kind !== 'TSUndefinedKeyword',
      )
      return named.length === 1 && named[0] ? this.instanceOfType(named[0]) : null
    }
    // `Socket & { id: string }` is a socket.
    if (type.type === 'TSIntersectionType') return onlyOne(type.types.map((part) => this.instanceOfType(part)))
    if (type.type !== 'TSTypeReference') return null
    const argument = type.typeArguments?.params[0]
    const name = type.typeName
    if (name.type === 'Identifier' && /^(?:Promise|PromiseLike|Awaited|Readonly)$/.test(name.name)) {
      return argument ? this.instanceOfType(argument) : null
    }
    if (name.type === 'Identifier' && name.name === 'ReturnType' && argument?.type === 'TSTypeQuery') {
      const queried = this.#entityName(argument.exprName)
      return queried && step(queried, { kind: 'call', node: null })
    }
    const entity = this.#entityName(name)
    if (!entity) return name.type === 'Identifier' ? this.#extended(name) : null
    return this.#instanceOf(entity)
  }

  /** `interface PeerSocket extends Socket { … }` of the file: what it extends, where that is one thing. */
  #extended(name: TSESTree.Identifier): Origin | null {
    const declaration = this.#typeOf(name)?.defs[0]?.node as Node | undefined
    if (declaration?.type !== 'TSInterfaceDeclaration') return null
    return onlyOne(
      declaration.extends.map(({ expression }) => {
        const entity = expression.type === 'Identifier' ? this.#entityName(expression) : null
        return entity && this.#instanceOf(entity)
      }),
    )
  }

  #instanceOf(entity: Origin): Origin | null {
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
    return this.variableOf(name)
  }

  #entityName(name: TSESTree.EntityName | TSESTree.TSImportType): Origin | null {
    if (name.type === 'Identifier') {
      const variable = name.parent.type === 'TSTypeQuery' ? this.variableOf(name) : this.#typeOf(name)
      if (!variable || variable.defs.length === 0) return globalValue(name.name)
      // `f(x: typeof x)`, or a parameter that is called like its type: nothing more to learn on the second visit.
      if (this.#typesInProgress.has(variable)) return null
      this.#typesInProgress.add(variable)
      const origin = this.#variable(variable, name, 1)
      this.#typesInProgress.delete(variable)
      return origin.root.kind === 'unknown' ? null : origin
    }
    if (name.type === 'TSQualifiedName') {
      const left = this.#entityName(name.left)
      return left && step(left, { kind: 'member', name: name.right.name })
    }
    return null
  }

  #either(node: Node, left: Node, right: Node, depth: number): Origin {
    const first = this.originOf(left, depth)
    const second = this.originOf(right, depth)
    if (sameOrigin(first, second)) return first
    if (node.type === 'ConditionalExpression') {
      if (isNothing(left)) return second
      if (isNothing(right)) return first
      return unknown(node)
    }
    // `cached ?? create()`: whatever was kept came from the right-hand side.
    const kept = first.root.kind === 'unknown' || first.root.kind === 'global'
    return kept && second.root.kind !== 'value' ? second : unknown(node)
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression, depth: number): Origin {
    const callee = unwrap(node.callee)
    const first = node.arguments[0]
    if (node.type === 'CallExpression') {
      if (callee.type === 'Identifier' && callee.name === 'require' && this.#isFree(callee)) {
        const specifier = stringValue(first)
        return specifier === null ? unknown(node) : module(specifier)
      }
      if (callee.type === 'MemberExpression' && memberName(callee) === 'bind') return this.originOf(callee.object, depth)
    }
    const origin = this.originOf(callee, depth)
    if (isPromisifyAll(origin) && first && first.type !== 'SpreadElement') return this.originOf(first, depth)
    if (isPromisify(origin) && first && first.type !== 'SpreadElement') return this.originOf(first, depth)
    if (origin.root.kind === 'function' && origin.steps.length === 0 && node.type === 'CallExpression') {
      const returned = returnedExpression(origin.root.node)
      const value = returned ? this.originOf(returned, depth) : null
      if (value && (value.root.kind === 'module' || value.root.kind === 'class' || value.root.kind === 'function')) return value
    }
    return step(origin, { kind: 'call', node })
  }

  #isFree(identifier: TSESTree.Identifier): boolean {
    const variable = this.variableOf(identifier)
    if (!variable || variable.defs.length === 0) return true
    // `const require = createRequire(import.meta.url)` is the same function.
    const definition = variable.defs[0]?.node as Node | undefined
    const init = definition?.type === 'VariableDeclarator' ? definition.init : null
    if (init?.type !== 'CallExpression') return false
    const origin = this.originOf(init.callee)
    return origin.root.kind === 'module' && origin.root.name === 'node:module'
  }

  #member(object: Origin, name: string | null, from: Node, depth: number): Origin {
    const { root, steps } = object
    if (steps.length === 0) {
      if (root.kind === 'module') {
        if (name === 'default') return object
        const alias = name === null ? undefined : moduleAliases.get(`${root.name} ${name}`)
        if (alias) return module(alias)
      }
      if (root.kind === 'global' && globalObjects.has(root.name) && name !== null) return globalValue(name)
      if (root.kind === 'value' && name !== null) return this.#objectMember(root.node, name, depth) ?? unknown(from)
      if (root.kind === 'class' && name !== null) return this.#classMember(root.node, name, true, depth) ?? unknown(from)
    }
    if (root.kind === 'class' && steps.length === 1 && steps[0]?.kind === 'call' && name !== null) {
      return this.#classMember(root.node, name, false, depth) ?? step(object, { kind: 'member', name })
    }
    return step(object, { kind: 'member', name })
  }

  #objectMember(node: Node, name: string, depth: number): Origin | null {
    if (node.type !== 'ObjectExpression') return null
    for (let i = node.properties.length - 1; i >= 0; i -= 1) {
      const property = node.properties[i]
      if (property?.type === 'SpreadElement') {
        const spread = this.originOf(property.argument, depth)
        if (spread.root.kind !== 'module') return null
        return this.#member(spread, name, property, depth)
      }
      if (property && memberName(property) === name) return this.originOf(property.value, depth)
    }
    return null
  }

  /** A method, field, or the one assignment `this.name = …` of a class. */
  #classMember(node: ClassNode, name: string, isStatic: boolean, depth: number): Origin | null {
    const found = this.#classMembers(node).get(`${isStatic ? 'static ' : ''}${name}`)
    if (!found) return null
    if (isFunction(found)) return at({ kind: 'function', node: found })
    if (found.type === 'PropertyDefinition' || found.type === 'TSParameterProperty') {
      const target = found.type === 'PropertyDefinition' ? found : found.parameter
      const named = 'left' in target ? target.left : target
      const typed = 'typeAnnotation' in named ? this.#annotated(named.typeAnnotation) : null
      const value = found.type === 'PropertyDefinition' ? found.value : null
      return value && !isNothing(value) ? this.originOf(value, depth) : typed
    }
    return this.originOf(found, depth)
  }

  #classMembers(node: ClassNode): Map<string, Node> {
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
    this.#assignedMembers(node, members)
    return members
  }

  /** Adds `this.name = value` of the class's own methods, where a name has exactly one value that is not empty. */
  #assignedMembers(node: ClassNode, members: Map<string, Node>): void {
    const assigned = new Map<string, Node | null>()
    this.#assignments ??= assignmentsToThis(this.#sourceCode)
    for (const { left, right } of this.#assignments.get(node) ?? []) {
      const name = left.type === 'MemberExpression' ? memberName(left) : null
      if (name !== null && !isNothing(right)) assigned.set(name, assigned.has(name) ? null : right)
    }
    for (const [name, value] of assigned) {
      const declared = members.get(name)
      const isOpen = declared?.type === 'PropertyDefinition' && (!declared.value || isNothing(declared.value))
      const typed = declared?.type === 'PropertyDefinition' ? this.#annotated(declared.typeAnnotation) : null
      if (value && (!declared || (isOpen && (!typed || this.#isMadeAs(typed, value))))) members.set(name, value)
    }
  }

  /** `new Pool(options)` for a field of type `Pool`: the same, and it shows with which options. */
  #isMadeAs(typed: Origin, value: Node): boolean {
    const node = unwrap(value)
    if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier') return false
    const { root, steps } = this.originOf(node)
    return root.kind === 'module' && typed.root.kind === 'module' && root.name === typed.root.name && steps.length === typed.steps.length &&
      steps.every((each, i) => each.kind === typed.steps[i]?.kind && (each.kind !== 'member' || each.name === (typed.steps[i] as { name?: string | null }).name))
  }
}

/** `null`, `undefined` and no value at all: what a variable holds before it is set, or after it is let go. */
function isNothing(node: Node): boolean {
  const value = unwrap(node)
  return (
    (value.type === 'Literal' && value.value === null && !('regex' in value) && !('bigint' in value)) ||
    (value.type === 'Identifier' && value.name === 'undefined') ||
    (value.type === 'UnaryExpression' && value.operator === 'void')
  )
}

function isEmptyValue(node: Node | null | undefined): boolean {
  return node == null || isNothing(node)
}

function onlyOne(origins: readonly (Origin | null)[]): Origin | null {
  const known = origins.filter((origin) => origin !== null)
  return known.length === 1 ? (known[0] ?? null) : null
}
