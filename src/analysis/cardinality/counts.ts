/** How large a number may be that says how many elements or passes there are. */
import type { TSESTree } from '@typescript-eslint/utils'
import { hasWord, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, type Node } from '../../ast/nodes.ts'
import { pageCountWords } from '../../knowledge/bounds.ts'
import { concurrencyWords } from '../../knowledge/limiters.ts'
import { isConstantName, namesOn } from './list-names.ts'
import { bounded, dynamic, join, unknown, type Size } from './size.ts'
import type { Sizes } from './sizes.ts'

export class Counts {
  readonly #sizes: Sizes
  readonly #open = new Set<Node>()

  constructor(sizes: Sizes) {
    this.#sizes = sizes
  }

  of(node: Node): Size {
    const value = unwrap(node)
    if (this.#open.has(value)) return unknown(value)
    this.#open.add(value)
    const size = this.#of(value)
    this.#open.delete(value)
    return size
  }

  #of(value: Node): Size {
    switch (value.type) {
      case 'Literal':
        return typeof value.value === 'number' ? bounded(value.value, 'count', value) : unknown(value)
      case 'Identifier':
        return this.#identifier(value)
      case 'MemberExpression':
        return this.#member(value)
      case 'AwaitExpression':
        return dynamic('count', value)
      case 'LogicalExpression':
        return join(this.of(value.left), this.of(value.right))
      case 'ConditionalExpression':
        return join(this.of(value.consequent), this.of(value.alternate))
      case 'BinaryExpression': {
        const size = join(this.of(value.left), this.of(value.right))
        return size.kind === 'bounded' ? { ...size, max: null } : size
      }
      case 'CallExpression':
        return this.#call(value)
      default:
        return unknown(value)
    }
  }

  #identifier(node: TSESTree.Identifier): Size {
    const variable = this.#sizes.calls.variableOf(node)
    const writes = variable?.references.filter((reference) => reference.isWrite()) ?? []
    const definition = variable?.defs[0]
    const isVariable = definition?.type === 'Variable'
    if (isVariable && writes.length === 1 && writes[0]?.writeExpr && definition.node.id === definition.name) {
      const size = this.of(writes[0].writeExpr as Node)
      if (size.kind !== 'unknown') return size
    }
    if (saysConcurrency(node.name)) return bounded(null, 'count', node)
    return saysPages(node.name) ? dynamic('count', node) : unknown(node)
  }

  #member(node: TSESTree.MemberExpression): Size {
    const name = memberName(node) ?? ''
    if (name === 'length' || name === 'size') {
      const inner = unwrap(node.object)
      const isCpus = inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression' && memberName(inner.callee) === 'cpus'
      return isCpus ? bounded(null, 'count', node) : this.#sizes.of(node.object)
    }
    if (namesOn(node).some(saysConcurrency) || name === 'hardwareConcurrency') return bounded(null, 'count', node)
    const base = this.#sizes.of(node.object)
    return base.kind === 'dynamic' && base.strength === 'strong' ? base : unknown(node)
  }

  #call(node: TSESTree.CallExpression): Size {
    const callee = unwrap(node.callee)
    const isMath = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Math'
    const sizes = node.arguments.map((argument) => this.of(argument))
    const [first] = sizes
    if (!isMath || !first) return unknown(node)
    if (memberName(callee) === 'min') {
      return sizes.find((size) => size.kind === 'bounded' && size.max !== null) ?? sizes.find((size) => size.kind === 'bounded') ?? first
    }
    return sizes.reduce(join)
  }
}

function saysConcurrency(name: string): boolean {
  return isConstantName(name) || hasWord(name, concurrencyWords)
}

/** `totalPages`, `pageCount`, `lastPage`: as many as there is data. */
function saysPages(name: string): boolean {
  const words = wordsOf(name)
  return words.some((word) => /^pages?$/.test(word)) && words.some((word) => pageCountWords.has(word))
}
