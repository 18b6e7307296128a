/**
 * Answers how long the list behind an expression may be. Followed: constants, reassigned variables (the longest counts),
 * destructuring, functions of the file that return a list, parameters of local functions by their calls, lists filled in
 * loops. Not seen: lists that come from other files, fields of objects.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed } from '../../ast/file-nodes.ts'
import { enclosingClass, enclosingFunction, isFunction, isLoop, memberName, methodOf, stringValue, unwrap, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import {
  argumentWords,
  arrangingVerbs,
  carriedMembers,
  chunkFacts,
  commandLineWords,
  dividingWords,
  groupFacts,
  limitNames,
  listingFacts,
  objectListers,
  propertyWords,
  requestWords,
  sameLengthFacts,
  sameLengthMethods,
  typedArgumentWords,
  wholeLists,
} from '../../knowledge/bounds.ts'
import { combinatorFacts } from '../../knowledge/combinators.ts'
import { gatheringVerbs, outsideVerbs } from '../../knowledge/naming.ts'
import { callsOf, indexFacts, returnedExpressions, type Calls, type Origin } from '../calls/index.ts'
import type { WorkAnalysis } from '../work/index.ts'
import { hasWord, nameOf, wordsOf } from '../../ast/names.ts'
import { entryMethods } from '../../knowledge/built-in-methods.ts'
import { Counts } from './counts.ts'
import { fillingOf } from './filling.ts'
import { isCuttingName, isShare } from './pieces.ts'
import { isConstantName, isListingName, isListName, isOwnPart, isPieceName, isPiecesName, isSelectionName, isTableName, isTaskListName, namesOn } from './list-names.ts'
import { add, bounded, dynamic, join, unknown, type Size } from './size.ts'
import { isRequestType, isTableType, listType } from './type-bounds.ts'

type Variable = TSESLint.Scope.Variable

const chunks = indexFacts(chunkFacts)
const groups = indexFacts(groupFacts)
const listings = indexFacts(listingFacts)
const sameLength = indexFacts(sameLengthFacts)
const combinators = indexFacts(combinatorFacts)

export class Sizes {
  readonly calls: Calls
  readonly counts: Counts
  readonly #work: WorkAnalysis
  readonly #sourceCode: Readonly<TSESLint.SourceCode>
  readonly #known = new WeakMap<Node, Size>()
  readonly #variables = new WeakMap<Variable, Size>()

  constructor(sourceCode: Readonly<TSESLint.SourceCode>, work: WorkAnalysis) {
    this.calls = callsOf(sourceCode)
    this.#work = work
    this.#sourceCode = sourceCode
    this.counts = new Counts(this)
  }

  of(node: Node): Size {
    const expression = unwrap(node)
    const known = this.#known.get(expression)
    if (known) return known
    // Met again on its own way: nothing new to add.
    this.#known.set(expression, unknown(expression))
    const size = this.#named(expression, this.#of(expression))
    this.#known.set(expression, size)
    return size
  }

  /** What is to be done is as much as there is to do, where nothing else is known. */
  #named(list: Node, size: Size): Size {
    const isNamed = list.type === 'Identifier' || list.type === 'MemberExpression'
    return isNamed && size.kind === 'unknown' && size.hint !== 'own-part' && isTaskListName(nameOf(list) ?? '') ? dynamic('todo', list) : size
  }

  #of(node: Node): Size {
    switch (node.type) {
      case 'ArrayExpression':
        return this.#literal(node)
      case 'Identifier':
        return this.#identifier(node)
      case 'MemberExpression':
        return this.#member(node)
      case 'AwaitExpression':
        return this.#awaited(node.argument)
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node)
      case 'LogicalExpression':
      case 'ConditionalExpression': {
        const [left, right] = node.type === 'LogicalExpression' ? [node.left, node.right] : [node.consequent, node.alternate]
        return join(this.of(left), this.of(right))
      }
      case 'AssignmentExpression':
        return this.of(node.right)
      default:
        return unknown(node)
    }
  }

  #literal(node: TSESTree.ArrayExpression): Size {
    let size = bounded(node.elements.filter((element) => element?.type !== 'SpreadElement').length, 'literal', node)
    for (const element of node.elements) if (element?.type === 'SpreadElement') size = add(size, this.of(element.argument))
    return size
  }

  #identifier(node: TSESTree.Identifier): Size {
    const variable = this.calls.variableOf(node)
    if (!variable || variable.defs.length === 0) return isConstantName(node.name) ? bounded(null, 'constant', node) : unknown(node)
    const guard = guardOf(variable, node, this.counts)
    if (guard) return guard
    const size = this.#variable(variable)
    if (size.kind === 'unknown' && isListName(node.name) && isSelectionName(node.name)) return dynamic('selection', node)
    return size.kind === 'dynamic' && size.strength === 'weak' && isOwnPart([node.name]) ? unknown(node, 'own-part') : size
  }

  #variable(variable: Variable): Size {
    const known = this.#variables.get(variable)
    if (known) return known
    const name = variable.identifiers[0] as TSESTree.Identifier | undefined
    if (!name) return unknown(variable.scope.block as Node)
    this.#variables.set(variable, unknown(name))
    const size = this.#defined(variable, name)
    this.#variables.set(variable, size)
    return size
  }

  #defined(variable: Variable, name: TSESTree.Identifier): Size {
    const definition = variable.defs.at(-1)
    const declared = listType(name.typeAnnotation)
    if (declared?.kind === 'tuple') return bounded(declared.length, 'type', name)
    if (declared?.kind === 'list' && declared.promises && definition?.type === 'Parameter') return unknown(name)
    if (definition?.type === 'Parameter') return this.#parameter(name, definition.node as FunctionNode)
    if (isPieceName(name.name)) return bounded(null, 'piece', name)
    if (isConstantName(name.name)) return this.#constant(variable, name)
    if (definition?.type !== 'Variable') return unknown(name, isOwnPart([name.name]) ? 'own-part' : null)
    const loop = definition.parent?.parent as Node | undefined
    if ((loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement') && loop.left === (definition.parent as Node)) {
      return this.#element(loop.right)
    }
    return add(this.#assigned(variable, name), fillingOf(variable, this) ?? bounded(0, 'literal', name))
  }

  /** A list that the file writes out under a constant's name has a length; one from elsewhere has a bound all the same. */
  #constant(variable: Variable, name: Node): Size {
    const init = (variable.defs[0]?.node as { init?: Node } | undefined)?.init
    const size = init ? this.of(init) : null
    return size?.kind === 'bounded' ? size : bounded(null, 'constant', name)
  }

  /** The longest of what is assigned. */
  #assigned(variable: Variable, name: TSESTree.Identifier): Size {
    let size: Size | null = null
    for (const reference of variable.references) {
      if (!reference.isWrite() || !reference.writeExpr) continue
      const value = this.#destructured(reference.identifier as Node, reference.writeExpr as Node)
      size = size ? join(size, value) : value
    }
    return size ?? unknown(name)
  }

  /** What a name in a pattern takes from a value: `{ rows }` of a query's result, the n-th of `await Promise.all([…])`. */
  #destructured(target: Node, value: Node): Size {
    const holder = target.parent
    if (holder?.type === 'ArrayPattern') {
      const all = unwrap(value)
      const call = all.type === 'AwaitExpression' ? unwrap(all.argument) : null
      const list = call?.type === 'CallExpression' && combinators.of(this.calls.calleeOf(call, combinators.mayTypeName)) ? call.arguments[0] : null
      const element = list?.type === 'ArrayExpression' ? list.elements[holder.elements.indexOf(target as never)] : null
      if (element && element.type !== 'SpreadElement') return this.#awaited(element)
    }
    const isPlain = !holder || holder.type === 'VariableDeclarator' || holder.type === 'AssignmentExpression'
    const size = this.of(value)
    // A field of something of known length is another thing; a field of something from outside is from outside, and one
    // of the configuration is configured.
    return isPlain || size.kind === 'dynamic' || isPageOf(size) || (size.kind === 'unknown' && size.hint === 'own-part') ? size : unknown(target)
  }

  #parameter(name: TSESTree.Identifier, owner: FunctionNode): Size {
    const position = owner.params.findIndex((parameter) => parameter === name || ('left' in parameter && parameter.left === name))
    const isWhole = position >= 0
    const call = owner.parent
    if (isWhole && call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' && call.arguments[0] === owner) {
      const method = memberName(call.callee)
      if (method === 'then' && position === 0) return this.#awaited(call.callee.object)
      if (position === 0) return isPieceName(name.name) ? bounded(null, 'piece', name) : this.#element(call.callee.object)
    }
    if (isPieceName(name.name)) return bounded(null, 'piece', name)
    if (isWhole) {
      const passed = this.#passed(owner, position)
      // Where the file's own calls say nothing, its name does.
      if (passed && (passed.kind !== 'unknown' || passed.hint !== null)) return passed
    }
    // `extensions = ['.js', '.ts']`: who wrote the default thought of so few.
    const usual = name.parent.type === 'AssignmentPattern' && name.parent.left === name ? this.of(name.parent.right) : null
    if (isOwnPart([name.name]) || (usual?.kind === 'bounded' && usual.max !== 0)) return unknown(name, 'own-part')
    const declared = listType(name.typeAnnotation)
    const isList = declared ? declared.kind === 'list' : isListName(name.name)
    const isRest = name.parent.type === 'RestElement'
    // `input: Order[]` is a list, whatever it is called; `args: string[]` and `params: string[]` are typed by a person.
    const isContext = declared ? typedArgumentWords.has(wordsOf(name.name).at(-1) ?? '') : requestWords.has(wordsOf(name.name).at(-1) ?? '')
    return isList && !isRest && !isContext ? dynamic('parameter', name) : unknown(name)
  }

  /** The longest list that the file's own calls pass, for a function that nothing but these calls uses. */
  #passed(owner: FunctionNode, position: number): Size | null {
    const binding = owner.type === 'FunctionDeclaration' ? owner.id : owner.parent.type === 'VariableDeclarator' ? owner.parent.id : null
    if (binding?.type !== 'Identifier' || isExported(owner)) return null
    const variable = this.calls.variableOf(binding)
    const uses = variable?.references.filter((reference) => reference.isRead()) ?? []
    let size: Size | null = null
    for (const { identifier } of uses) {
      const call = (identifier as Node).parent
      const argument = call?.type === 'CallExpression' && call.callee === identifier ? call.arguments[position] : null
      if (!argument || argument.type === 'SpreadElement') return null
      const passed = this.of(argument)
      size = size ? join(size, passed) : passed
    }
    return size
  }

  /** The length of an element of a list of lists. */
  #element(list: Node): Size {
    const names = namesOn(list)
    if (names.some((name) => isPieceName(name) || isPiecesName(name)) || this.#isChunked(list)) return bounded(null, 'piece', list)
    return unknown(list)
  }

  #isChunked(list: Node): boolean {
    const expression = unwrap(list)
    if (expression.type === 'CallExpression') {
      if (chunks.of(this.calls.calleeOf(expression, chunks.mayTypeName))) return true
      const callee = unwrap(expression.callee)
      const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : ''
      return hasWord(name, dividingWords)
    }
    if (expression.type !== 'Identifier') return false
    const init = (this.calls.variableOf(expression)?.defs[0]?.node as { init?: Node | null } | undefined)?.init
    return init?.type === 'CallExpression' && this.#isChunked(init)
  }

  #member(node: TSESTree.MemberExpression): Size {
    const names = namesOn(node)
    const [nearest = ''] = names
    if (isConstantName(nearest)) return bounded(null, 'constant', node)
    if (isPieceName(nearest)) return bounded(null, 'piece', node)
    const base = this.of(node.object)
    if (base.kind === 'dynamic' && base.source === 'request') return dynamic('request', node)
    // The rows of a query that gives so many at most.
    if ((base.kind === 'dynamic' && base.source !== 'parameter' && base.source !== 'kept') || isPageOf(base)) return base
    if (this.#isRequest(node)) return isOwnPart(names.slice(0, 1)) ? unknown(node, 'own-part') : dynamic('request', node)
    if (isOwnPart(names)) return unknown(node, 'own-part')
    // `table.getSelectedRowModel().rows`, and not `selectedEntry.tags`.
    const made = unwrap(node.object)
    const isSelection = isSelectionName(nearest) || (made.type === 'CallExpression' && isSelectionName(nameOf(made) ?? ''))
    if (isListName(nearest) && isSelection) return dynamic('selection', node)
    return this.#field(node) ?? unknown(node, 'field')
  }

  /** `this.rows` is what the class puts there, where that is one thing. */
  #field(node: TSESTree.MemberExpression): Size | null {
    if (node.object.type !== 'ThisExpression') return null
    const { root, steps } = this.calls.originOf(node)
    const last = steps.at(-1)
    const value = last?.kind === 'call' ? last.node : root.kind === 'parameter' && steps.length === 0 ? root.node : null
    const size = value && value.type !== 'TaggedTemplateExpression' ? this.of(value) : null
    return size?.kind === 'dynamic' ? size : this.#kept(node)
  }

  /** What the class assigns to a field where one of it is as long as its data, and a table that its methods fill by key. */
  #kept(field: TSESTree.MemberExpression): Size | null {
    const owner = enclosingClass(field)
    const name = memberName(field)
    if (!owner || name === null || field.computed) return null
    for (const member of membersNamed(name, this.#sourceCode)) {
      if (member === field || member.object.type !== 'ThisExpression' || enclosingClass(member) !== owner) continue
      const use = member.parent
      if (use.type === 'AssignmentExpression' && use.left === member) {
        const size = this.of(use.right)
        if (size.kind === 'dynamic') return size
      }
      if (isKeyed(member) && !isInConstructor(member)) return dynamic('kept', field)
    }
    return null
  }

  /** `req.body.ids`, `args.paths`: reached from a parameter that holds what somebody sent, not typed (`args.opts.browsers`). */
  #isRequest(node: TSESTree.MemberExpression): boolean {
    let base: Node = node
    for (; base.type === 'MemberExpression'; base = unwrap(base.object)) if (base !== node && commandLineWords.has(memberName(base) ?? '')) return false
    if (base.type !== 'Identifier') return false
    const definition = this.calls.variableOf(base)?.defs[0]
    if (definition?.type !== 'Parameter') return false
    return requestWords.has(wordsOf(base.name).at(-1) ?? '') || isBodyOfRequest(namesOn(node)) || isCarried(namesOn(node)) || isRequestType((definition.name as TSESTree.Identifier).typeAnnotation)
  }

  #awaited(node: Node): Size {
    const promise = unwrap(node)
    if (promise.type === 'CallExpression') {
      const size = this.of(promise)
      if (size.kind !== 'unknown') return size
      const callee = unwrap(promise.callee)
      if (callee.type === 'ImportExpression' || isFunction(callee)) return size
      const names = callee.type === 'Identifier' ? [callee.name] : callee.type === 'MemberExpression' ? [memberName(callee) ?? ''] : []
      return this.calls.calleeOf(promise).root.kind === 'function' || isOwnPart(names) ? size : dynamic('awaited', promise)
    }
    return promise.type === 'Identifier' || promise.type === 'LogicalExpression' ? this.of(promise) : unknown(promise)
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression): Size {
    const callee = unwrap(node.callee)
    const origin = this.calls.calleeOf(node)
    const made = node.type === 'NewExpression' ? { root: origin.root, steps: [...origin.steps, { kind: 'call' as const, node }] } : origin
    const first = node.arguments[0]
    const method = callee.type === 'MemberExpression' ? memberName(callee) : null
    if (origin.root.kind === 'global' || origin.root.kind === 'module') {
      const size = this.#standard(node, first ?? null, origin.root.kind === 'global' ? origin.root.name : '', method)
      if (size) return size
      if (first && chunks.of(origin)) return this.#pieces(first, node.arguments[1]) ?? unknown(node)
      if (first && (combinators.of(origin) || groups.of(origin) || sameLength.of(made))) return this.of(first)
    }
    if (listings.of(origin) || isListingName(method ?? (callee.type === 'Identifier' ? callee.name : ''))) {
      return isOwnFolder(first) ? bounded(null, 'constant', node) : dynamic('listing', node)
    }
    if (callee.type === 'MemberExpression') {
      const size = this.#method(node, callee.object, method)
      if (size) return size
    }
    if (origin.root.kind === 'function' && origin.steps.length === 0 && !origin.root.node.generator) {
      const sizes = returnedExpressions(origin.root.node, this.#sourceCode).map((returned) => this.of(returned))
      const size = sizes.length > 0 ? sizes.reduce(join) : unknown(node)
      const name = method ?? nameOf(callee) ?? ''
      const isElsewhere = size.kind === 'unknown' && size.hint === null && !isLoop(size.because)
      const arranged = isElsewhere ? this.#arranged(name, first, node.arguments[1]) : null
      if (arranged) return arranged
      return isElsewhere && outsideVerbs.get(wordsOf(name)[0] ?? '') === 'read' ? this.#returned(node, name, origin) : size
    }
    const arranged = this.#arranged(method ?? nameOf(callee) ?? '', first, node.arguments[1])
    if (arranged) return arranged
    if (this.#isSelector(node)) return dynamic('listing', node)
    const limit = this.#limitOf(node)
    if (limit) return limit
    const started = this.#work.ofCall(node)
    return started && (started.work === 'database' || started.work === 'network' || started.work === 'other') ? dynamic('query', node) : this.#returned(node, method ?? (callee.type === 'Identifier' ? callee.name : ''), origin)
  }

  /** `sortByDate(events)`, `filterActive(users)`: the list that it is given, or a part of it; `chunkArray(ids, 100)`: its pieces. */
  #arranged(name: string, list: Node | undefined, length: Node | undefined): Size | null {
    if (!list || list.type === 'SpreadElement') return null
    const isCut = length !== undefined && isCuttingName(name)
    const size = isCut ? this.#pieces(list, length) : arrangingVerbs.has(wordsOf(name)[0] ?? '') ? this.of(list) : null
    return size?.kind === 'dynamic' ? size : null
  }

  /** As many pieces as the list is long, unless they are shares of it. */
  #pieces(list: Node, length: Node | undefined): Size | null {
    if (isShare(length, this.calls)) return null
    const size = this.of(list)
    return size.kind === 'dynamic' ? dynamic('pieces', list) : size
  }

  /** `getAllUsers()` of another file: a list, by its name, as long as that function makes it. */
  #returned(node: Node, name: string, { root }: Origin): Size {
    if (root.kind === 'global' || (root.kind === 'module' && root.name.startsWith('node:'))) return unknown(node)
    const isGetter = wholeLists.has(name) || (wordsOf(name).length > 1 && isListName(name) && isGathering(wordsOf(name)[0] ?? ''))
    // `parseUnsetArgs(args)`: typed by a person.
    const isTyped = argumentWords.has(wordsOf(name).at(-1) ?? '')
    return isGetter && !isTyped && !isOwnPart([name]) ? dynamic('returned', node) : unknown(node)
  }

  /** `$('img')` of a document that cheerio parsed, or that somebody passes with its `$`. https://cheerio.js.org/docs/basics/selecting */
  #isSelector(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
    const callee = unwrap(call.callee)
    if (callee.type !== 'Identifier' || stringValue(call.arguments[0]) === null) return false
    const { root } = this.calls.originOf(callee)
    return (root.kind === 'module' && root.name === 'cheerio') || (root.kind === 'parameter' && callee.name === '$')
  }

  /** `/…/g`: all matches of a text, where others give the first with its groups. */
  #isGlobalPattern(pattern: Node | undefined): boolean {
    const { root } = pattern ? this.calls.originOf(pattern) : { root: null }
    return root?.kind === 'value' && root.node.type === 'Literal' && 'regex' in root.node && root.node.regex.flags.includes('g')
  }

  /** `Array.from({ length })`, `Array(n)`, `Object.keys(x)`. */
  #standard(node: CallLike, first: Node | null, name: string, method: string | null): Size | null {
    if (first === null || first.type === 'SpreadElement') return null
    if (name === 'Array' && method === null) return this.counts.of(first)
    if (name === 'Array' && method === 'from' && first.type === 'ObjectExpression') {
      const length = first.properties.find((property) => property.type === 'Property' && memberName(property) === 'length')
      return length?.type === 'Property' ? this.counts.of(length.value) : null
    }
    if (name === 'JSON' && method === 'parse') {
      const text = this.of(first)
      return text.kind === 'dynamic' && text.strength === 'strong' ? text : unknown(node)
    }
    if (name === 'Object' && objectListers.has(method ?? '')) return this.keysOf(first, node)
    return null
  }

  /** How many keys an object has. */
  keysOf(object: Node, because: Node): Size {
    const value = unwrap(object)
    return this.#named(value, this.#keysOf(value, because))
  }

  #keysOf(value: Node, because: Node): Size {
    if (value.type === 'ObjectExpression') {
      return value.properties.some(({ type }) => type === 'SpreadElement') ? unknown(value) : bounded(value.properties.length, 'literal', value)
    }
    if (value.type === 'Identifier') {
      const variable = this.calls.variableOf(value)
      const definition = variable?.defs[0]
      if (definition?.type === 'TSEnumName') return bounded(null, 'constant', value)
      const init = definition?.type === 'Variable' ? (definition.node.init as Node | null) : null
      const literal = init && unwrap(init)
      if (variable && literal?.type === 'ObjectExpression') {
        return add(this.keysOf(literal, because), fillingOf(variable, this) ?? bounded(0, 'literal', value))
      }
    }
    const size = this.#passedTable(value) ?? this.of(value)
    // A function that gives an object with fixed fields is as likely as one that gives a table.
    return size.kind === 'dynamic' && size.source === 'returned' ? unknown(value) : size
  }

  /** A parameter whose name or type says that its keys are data; those of others are as likely fixed. Null for what is no parameter. */
  #passedTable(value: Node): Size | null {
    const definition = value.type === 'Identifier' ? this.calls.variableOf(value)?.defs[0] : undefined
    if (value.type !== 'Identifier' || definition?.type !== 'Parameter') return null
    const isTable = isTableName(value.name) || isTableType((definition.name as TSESTree.Identifier).typeAnnotation)
    const isOfOneThing = isOwnPart([value.name]) || propertyWords.has(wordsOf(value.name).at(-1) ?? '')
    return isTable && !isOfOneThing ? dynamic('parameter', value) : unknown(value)
  }

  #method(node: TSESTree.CallExpression | TSESTree.NewExpression, object: Node, method: string | null): Size | null {
    const [first, second] = node.arguments
    if (method === null || node.type === 'NewExpression') return null
    if (method === 'slice' || method === 'splice') return this.#cut(node, object, method, first, second)
    if (entryMethods.has(method) && this.#passedTable(object)?.kind === 'dynamic') return dynamic('parameter', object)
    if (sameLengthMethods.has(method) || method === 'flatMap' || method === 'flat' || method === 'reduce') return this.of(object)
    if (method === 'concat') return node.arguments.reduce((size, argument) => add(size, this.of(argument)), this.of(object))
    if (method === 'catch' || method === 'finally') return this.of(object)
    if (method === 'split') return this.#split(object, node)
    if (method === 'matchAll' || (method === 'match' && this.#isGlobalPattern(first))) return dynamic('listing', node)
    if (limitNames.has(method) && first) {
      const count = this.counts.of(first)
      return count.kind === 'bounded' ? bounded(count.max, 'limit', node) : bounded(null, 'limit', node)
    }
    return null
  }

  #cut(node: Node, object: Node, method: string, start: Node | undefined, end: Node | undefined): Size {
    const isNegative = (cut: Node) => cut.type === 'UnaryExpression'
    if (!end) return start && isNegative(start) ? bounded(null, 'slice', node) : this.of(object)
    if (isNegative(end) || (end.type === 'MemberExpression' && memberName(end) === 'length')) return this.of(object)
    const count = this.counts.of(end)
    const isFirst = start?.type === 'Literal' && start.value === 0
    return join(bounded(0, 'slice', node), count.kind === 'bounded' && (isFirst || method === 'splice') ? { ...count, by: 'slice', because: node } : bounded(null, 'piece', node))
  }

  /** What users send is split into as many parts as they like; how long other texts are is not known. */
  #split(text: Node, because: Node): Size {
    const value = unwrap(text)
    if (value.type === 'Literal' || value.type === 'TemplateLiteral') return bounded(null, 'literal', because)
    if (isOwnPart(namesOn(value))) return unknown(because, 'own-part')
    const size = this.of(value)
    return size.kind === 'dynamic' && size.strength === 'strong' ? size : unknown(because)
  }

  /** `take: 10` among a query's options, `.limit(10)` before its end. */
  #limitOf(node: TSESTree.CallExpression | TSESTree.NewExpression): Size | null {
    for (const argument of node.arguments) {
      if (argument.type !== 'ObjectExpression') continue
      for (const property of argument.properties) {
        if (property.type !== 'Property' || !limitNames.has(memberName(property) ?? '')) continue
        const count = this.counts.of(property.value)
        return bounded(count.kind === 'bounded' ? count.max : null, 'limit', property)
      }
    }
    const callee = unwrap(node.callee)
    const before = callee.type === 'MemberExpression' ? unwrap(callee.object) : null
    if (before?.type !== 'CallExpression' || before.callee.type !== 'MemberExpression') return null
    const size = this.of(before)
    return size.kind === 'bounded' && size.by === 'limit' ? size : this.#limitOf(before)
  }
}

/** `this.byId[id] = job`, `this.byId.set(id, job)`: an entry per key. What is pushed is as often one of a few steps. */
function isKeyed(field: TSESTree.MemberExpression): boolean {
  const member = field.parent
  if (member.type !== 'MemberExpression' || member.object !== field) return false
  const use = member.parent
  if (use.type === 'AssignmentExpression' && use.left === member) return member.computed && stringValue(member.property) === null
  return use.type === 'CallExpression' && use.callee === member && memberName(member) === 'set' && stringValue(use.arguments[0]) === null
}

function isInConstructor(node: Node): boolean {
  const owner = enclosingFunction(node)
  const method = owner && methodOf(owner)
  return method?.type === 'MethodDefinition' && method.kind === 'constructor'
}

/** What a query gives that was told how much to give. */
function isPageOf(size: Size): boolean {
  return size.kind === 'bounded' && size.by === 'limit'
}

/** `ctx.request.body.ids`, from whatever object. https://koajs.com/#request */
function isBodyOfRequest([, ...others]: readonly string[]): boolean {
  return others.some((name, i) => name === 'body' && /^req(?:uest)?$/.test(others[i + 1] ?? ''))
}

/** `task.input`, `message.payload.ids`, `job.data.ids`: what came with a job or message. https://docs.bullmq.io/guide/jobs/job-data */
function isCarried(names: readonly string[]): boolean {
  return names.slice(0, -1).some((name, i) => carriedMembers.has(name) || (name === 'data' && i > 0 && wordsOf(names[i + 1] ?? '').at(-1) === 'job'))
}

/** `getUsers`, `parseImages`: a first word of what makes a list of what there is elsewhere or in a text. */
function isGathering(verb: string): boolean {
  return outsideVerbs.has(verb) || gatheringVerbs.has(verb)
}

/** A guard that leaves when the list is too long: `if (ids.length > 100) throw …` before the use. */
function guardOf(variable: Variable, use: Node, counts: Counts): Size | null {
  for (const { identifier } of variable.references) {
    const member = (identifier as Node).parent
    if (member?.type !== 'MemberExpression' || member.object !== identifier || memberName(member) !== 'length') continue
    if (member.parent.type === 'AssignmentExpression' && member.parent.left === member) return counts.of(member.parent.right)
    const test = member.parent
    if (test.type !== 'BinaryExpression' || test.range[1] > use.range[0]) continue
    const isTooLong = test.left === member ? /^>=?$/.test(test.operator) : /^<=?$/.test(test.operator)
    const branch = test.parent
    if (!isTooLong || branch.type !== 'IfStatement' || branch.test !== test || !leaves(branch.consequent)) continue
    const limit = counts.of(test.left === member ? (test.right as Node) : (test.left as Node))
    // `if (ids.length > 0) return` and the like say nothing about many.
    if (limit.kind !== 'bounded' || limit.max === null || limit.max > 0) return { ...bounded(limit.kind === 'bounded' ? limit.max : null, 'guard', test) }
  }
  return null
}

function leaves(statement: Node): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement' || last?.type === 'ContinueStatement'
}

/** `__dirname`, `path.join(__dirname, 'scripts')`, `import.meta.dirname`: the program's own files. */
function isOwnFolder(path: Node | undefined): boolean {
  if (!path) return false
  if (path.type === 'Identifier') return path.name === '__dirname'
  if (path.type === 'MemberExpression') return path.object.type === 'MetaProperty'
  return path.type === 'CallExpression' && path.arguments.some((argument) => isOwnFolder(argument))
}

function isExported(owner: FunctionNode): boolean {
  for (let current: Node | undefined = owner; current && current.type !== 'Program'; current = current.parent) {
    if (/^Export/.test(current.type)) return true
    if (current !== owner && isFunction(current)) return false
  }
  return false
}
