/** Reads an option of an options object, through variables, spreads, conditions and functions of the file. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, unwrapAwait, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { lookingFunctions, textMakingMethods } from '../../knowledge/built-in-methods.ts'
import { mergingCalls, textCalls } from '../../knowledge/plain-results.ts'
import { apiPath, callsOf, indexFacts } from '../calls/index.ts'
import { callersOf, parameterPath } from './callers.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

/**
 * - `set`: some way through the code gives it a value (any of them counts: whoever sets it somewhere has thought of it).
 * - `absent`: no way does.
 * - `unknown`: the object, or a part that could hold the option, comes from where the file does not show.
 */
export type OptionState =
  | { readonly kind: 'set'; readonly value: Node }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly because: Node }

const ABSENT: OptionState = { kind: 'absent' }
const MAX_DEPTH = 10

const merging = indexFacts(mergingCalls)
const texts = indexFacts(textCalls)

/** What `path` (a dotted name) of the object that an expression gives is. */
export function readOption(node: Node, path: string, sourceCode: SourceCode): OptionState {
  return new Reader(sourceCode).read(node, path.split('.'), 0)
}

class Reader {
  readonly #sourceCode: SourceCode
  readonly #visiting = new Set<Node>()

  constructor(sourceCode: SourceCode) {
    this.#sourceCode = sourceCode
  }

  read(wrapped: Node, path: readonly string[], depth: number): OptionState {
    const node = unwrapAwait(wrapped)
    if (depth > MAX_DEPTH || this.#visiting.has(node)) return unknown(node)
    this.#visiting.add(node)
    const state = this.#read(node, path, depth + 1)
    this.#visiting.delete(node)
    return state
  }

  #read(node: Node, path: readonly string[], depth: number): OptionState {
    switch (node.type) {
      case 'ObjectExpression':
        return this.#object(node, path, depth)
      case 'ConditionalExpression':
        return either([this.read(node.consequent, path, depth), this.read(node.alternate, path, depth)])
      case 'LogicalExpression':
        if (node.operator === '&&') return this.read(node.right, path, depth)
        return either([this.read(node.left, path, depth), this.read(node.right, path, depth)])
      case 'Identifier':
        return this.#identifier(node, path, depth)
      case 'MemberExpression':
        return this.#member(node, path, depth)
      case 'CallExpression':
        return this.#call(node, path, depth)
      case 'NewExpression': {
        const api = apiPath(callsOf(this.#sourceCode).originOf(node.callee))
        return api?.module === 'globalThis' || api?.module === 'node:url' ? ABSENT : unknown(node)
      }
      case 'Literal':
      case 'TemplateLiteral':
      case 'BinaryExpression':
      case 'ArrayExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return ABSENT
      default:
        return unknown(node)
    }
  }

  #object(node: TSESTree.ObjectExpression, path: readonly string[], depth: number): OptionState {
    const [name, ...rest] = path
    let open: OptionState = ABSENT
    for (let i = node.properties.length - 1; i >= 0; i -= 1) {
      const property = node.properties[i]
      if (property?.type === 'SpreadElement') {
        const spread = this.read(property.argument, path, depth)
        if (spread.kind === 'set') return spread
        if (spread.kind === 'unknown') open = spread
        continue
      }
      if (!property) continue
      const key = memberName(property)
      if (key === null) open = unknown(property)
      if (key !== name) continue
      const value = property.value as Node
      return rest.length === 0 ? { kind: 'set', value } : this.read(value, rest, depth)
    }
    return open
  }

  #identifier(node: TSESTree.Identifier, path: readonly string[], depth: number): OptionState {
    if (node.name === 'undefined') return ABSENT
    const variable = callsOf(this.#sourceCode).variableOf(node)
    const definition = variable?.defs.at(-1)
    if (!variable || !definition) return unknown(node)
    const states: OptionState[] = []
    if (definition.type === 'Parameter') {
      states.push(this.#parameter(definition.name as Node, definition.node as FunctionNode, path, depth))
    } else if (definition.type !== 'Variable') {
      return unknown(node)
    }
    for (const reference of variable.references) {
      if (!reference.isWrite()) continue
      const whole = (reference.identifier as Node).parent
      const isWhole = whole?.type === 'VariableDeclarator' || whole?.type === 'AssignmentExpression'
      if (isWhole && reference.writeExpr) states.push(this.read(reference.writeExpr as Node, path, depth))
      else if (!isWhole && definition.type !== 'Parameter') states.push(this.#destructured(node, path, depth))
    }
    if (states.length === 0) states.push(ABSENT)
    states.push(...this.#mutations(variable, path, depth))
    return either(states)
  }

  /** `const { options } = settings`: where the file shows the object. */
  #destructured(node: TSESTree.Identifier, path: readonly string[], depth: number): OptionState {
    const { root, steps } = callsOf(this.#sourceCode).originOf(node)
    return root.kind === 'value' && steps.length === 0 && root.node !== node ? this.read(root.node, path, depth) : unknown(node)
  }

  /** `options.timeout = 5`, `Object.assign(options, …)`, and whatever else gets hold of the object. */
  #mutations(variable: Variable, path: readonly string[], depth: number): OptionState[] {
    const states: OptionState[] = []
    for (const { identifier } of variable.references) {
      const parent = (identifier as Node).parent
      if (parent?.type === 'MemberExpression' && parent.object === identifier) {
        const assignment = parent.parent
        if (assignment.type !== 'AssignmentExpression' || assignment.left !== parent) continue
        const name = memberName(parent)
        if (name === null) states.push(unknown(parent))
        if (name !== path[0]) continue
        states.push(path.length === 1 ? { kind: 'set', value: assignment.right } : this.read(assignment.right, path.slice(1), depth))
      } else if (parent?.type === 'CallExpression' && parent.callee !== identifier) {
        states.push(this.#handedOver(parent, identifier as Node, path, depth))
      }
    }
    return states
  }

  #handedOver(call: TSESTree.CallExpression, object: Node, path: readonly string[], depth: number): OptionState {
    const callee = unwrapAwait(call.callee)
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
    if (name === 'assign' && call.arguments[0] === object) {
      return either(call.arguments.slice(1).map((each) => this.read(each, path, depth)))
    }
    const origin = callsOf(this.#sourceCode).originOf(callee)
    if (origin.root.kind === 'module' || origin.root.kind === 'global' || (name !== null && lookingFunctions.has(name))) return ABSENT
    if (origin.root.kind === 'function' && origin.steps.length === 0) {
      const index = call.arguments.indexOf(object as never)
      const parameter = origin.root.node.params[index]
      const inner = parameter?.type === 'Identifier' ? callsOf(this.#sourceCode).variableOf(parameter) : null
      return inner && depth < MAX_DEPTH ? either([ABSENT, ...this.#mutations(inner, path, depth + 1)]) : ABSENT
    }
    return unknown(call)
  }

  #parameter(name: Node, owner: FunctionNode, path: readonly string[], depth: number): OptionState {
    const place = isFunction(owner) ? parameterPath(name, owner) : null
    if (!place) return unknown(name)
    const [index, keys] = place
    const declared = owner.params[index]
    if (keys.length === 0 && declared && lacksMember(declared, path[0] ?? '', this.#sourceCode)) return ABSENT
    const callers = callersOf(owner, this.#sourceCode)
    if (!callers) return unknown(name)
    const fallback = name.parent?.type === 'AssignmentPattern' ? name.parent.right : null
    return either(
      callers.map((call) => {
        if (call.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement')) return unknown(call)
        const argument = call.arguments[index] ?? fallback
        return argument ? this.read(argument, [...(argument === fallback ? [] : keys), ...path], depth) : ABSENT
      }),
    )
  }

  #member(node: TSESTree.MemberExpression, path: readonly string[], depth: number): OptionState {
    const { root, steps } = callsOf(this.#sourceCode).originOf(node)
    if (root.kind === 'value' && steps.length === 0) return this.read(root.node, path, depth)
    const name = memberName(node)
    if (name === null || node.object.type === 'ThisExpression') return unknown(node)
    const inner = this.read(node.object, [name, ...path], depth)
    return inner.kind === 'set' ? inner : unknown(node)
  }

  #call(node: TSESTree.CallExpression, path: readonly string[], depth: number): OptionState {
    const origin = callsOf(this.#sourceCode).originOf(node.callee)
    if (merging.of(origin)) {
      return either(node.arguments.map((each) => this.read(each.type === 'SpreadElement' ? each.argument : each, path, depth)))
    }
    if (texts.of(origin)) return ABSENT
    if (origin.root.kind !== 'function' || origin.steps.length > 0) return isText(node) ? ABSENT : unknown(node)
    return either(returnedBy(origin.root.node, this.#sourceCode).map((each) => this.read(each, path, depth)))
  }
}

const unknown = (because: Node): OptionState => ({ kind: 'unknown', because })

function either(states: readonly OptionState[]): OptionState {
  return states.find(({ kind }) => kind === 'set') ?? states.find(({ kind }) => kind === 'unknown') ?? ABSENT
}

/** `url.toString()`, `path.join('/')`: text and no object of options. */
function isText({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && textMakingMethods.has(memberName(callee) ?? '')
}

function returnedBy(node: FunctionNode, sourceCode: SourceCode): Node[] {
  if (node.body.type !== 'BlockStatement') return [node.body]
  const returned: Node[] = []
  const visit = (current: Node): void => {
    if (isFunction(current)) return
    if (current.type === 'ReturnStatement' && current.argument) returned.push(current.argument)
    const record = current as unknown as Record<string, unknown>
    for (const key of sourceCode.visitorKeys[current.type] ?? []) {
      for (const child of [record[key]].flat()) if (child && typeof (child as Node).type === 'string') visit(child as Node)
    }
  }
  visit(node.body)
  return returned
}

/** Whether the annotation of a parameter is an object type of this file that has no such member. */
function lacksMember(declared: Node, name: string, sourceCode: SourceCode): boolean {
  const target = declared.type === 'AssignmentPattern' ? declared.left : declared
  const annotation = target.type === 'Identifier' || target.type === 'ObjectPattern' ? target.typeAnnotation?.typeAnnotation : undefined
  const members = annotation ? membersOf(annotation, sourceCode) : null
  return members !== null && !members.has(name)
}

function membersOf(type: TSESTree.TypeNode, sourceCode: SourceCode): Set<string> | null {
  if (type.type === 'TSTypeLiteral') return namesOf(type.members)
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null
  const definition = callsOf(sourceCode).variableOf(type.typeName)?.defs[0]?.node as Node | undefined
  if (definition?.type === 'TSInterfaceDeclaration' && definition.extends.length === 0) return namesOf(definition.body.body)
  if (definition?.type === 'TSTypeAliasDeclaration') return membersOf(definition.typeAnnotation, sourceCode)
  return null
}

function namesOf(members: readonly TSESTree.TypeElement[]): Set<string> | null {
  const names = new Set<string>()
  for (const member of members) {
    if (member.type !== 'TSPropertySignature' && member.type !== 'TSMethodSignature') return null
    const name = memberName(member)
    if (name === null) return null
    names.add(name)
  }
  return names
}
