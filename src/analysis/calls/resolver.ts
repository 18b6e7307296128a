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
  isNothing,
  memberName,
  stringValue,
  unwrap,
  unwrapAwait,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../../ast/nodes.ts'
import { globalObjects, moduleAliases } from '../../knowledge/node-modules.ts'
import { Annotations, type Names } from './annotations.ts'
import { ClassMembers } from './class-members.ts'
import { at, sameOrigin, step, unknown, type Origin } from './origin.ts'
import { globalValue, importOrigin, isPromisify, isPromisifyAll, module } from './outside.ts'
import { patternPath, patternRoot } from './patterns.ts'
import { returnedExpression } from './returned-expression.ts'

type Scope = TSESLint.Scope.Scope
type Variable = TSESLint.Scope.Variable

/** Ways longer than this are not followed; code that people write has a handful of steps. */
const MAX_DEPTH = 24

export class Resolver implements Names {
  readonly #sourceCode: TSESLint.SourceCode
  readonly #origins = new WeakMap<Node, Origin>()
  readonly #variables = new WeakMap<Node, Variable | null>()
  /** Of variables, null where the origin is the place that asks. */
  readonly #values = new WeakMap<Variable, Origin | null>()
  readonly #annotations: Annotations
  readonly #classes: ClassMembers

  constructor(sourceCode: TSESLint.SourceCode) {
    this.#sourceCode = sourceCode
    this.#annotations = new Annotations(sourceCode, this)
    this.#classes = new ClassMembers(sourceCode, this, this.#annotations)
  }

  instanceOfType(type: TSESTree.TypeNode): Origin | null {
    return this.#annotations.instanceOf(type)
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
    const origin = this.originOfVariable(variable, node, depth)
    const isOfPlace = origin.root.kind === 'unknown' && origin.root.node === node
    // What a long way or a type in progress cut short is not the last word.
    if (depth < MAX_DEPTH / 2 && !this.#annotations.isBusy) this.#values.set(variable, isOfPlace ? null : origin)
    return origin
  }

  originOfVariable(variable: Variable, from: Node, depth: number): Origin {
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
    const typed = name && this.#annotations.of(name.typeAnnotation)
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
    const typed = this.#annotations.of(annotation)
    let origin: Origin = typed ?? at({ kind: 'parameter', node: name, of: owner })
    for (const key of path ?? [null]) origin = this.#member(origin, key, name, depth)
    return origin
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
      if (root.kind === 'class' && name !== null) return this.#classes.of(root.node, name, true, depth) ?? unknown(from)
    }
    if (root.kind === 'class' && steps.length === 1 && steps[0]?.kind === 'call' && name !== null) {
      return this.#classes.of(root.node, name, false, depth) ?? step(object, { kind: 'member', name })
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

}

function isEmptyValue(node: Node | null | undefined): boolean {
  return node == null || isNothing(node)
}
