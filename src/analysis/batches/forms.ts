/** What of a call for one thing differs from element to element, and the call of the same client that takes all of them. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nameOf, namesAlong, wordsOf } from '../../ast/names.ts'
import { isFunction, isKey, memberName, propertyOf, stringValue, unwrap, walk, type Node } from '../../ast/nodes.ts'
import {
  batchFacts,
  changeLinks,
  commandFacts,
  conditionOperators,
  insertLinks,
  insertStatement,
  nestedWrites,
  nestedWritesOfObjects,
  pagingLinks,
  queryKeys,
  queryLinks,
  singleOnlyMembers,
  tableLinks,
  USUAL,
  type BatchFact,
} from '../../knowledge/batches.ts'
import { listingMethods } from '../../knowledge/built-in-methods.ts'
import { clientWords } from '../../knowledge/naming.ts'
import { callsOf, indexFacts, type Calls, type Origin } from '../calls/index.ts'
import { chainAround, linksOf, type Link } from './chains.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Form extends Pick<BatchFact, 'access' | 'batch' | 'returns' | 'together'> {
  readonly unit: number
  /** What differs from element to element. */
  readonly given: readonly Node[]
  /** The thing that is asked: `prisma.user`. */
  readonly receiver: Node
  /** Whether what is given may hold more than the call for many takes. */
  readonly isDoubtful: boolean
}

/** Whether an expression mentions what belongs to one element. */
export type IsOwn = (node: Node) => boolean

const facts = indexFacts(batchFacts)
const commands = indexFacts(commandFacts)

const byMethod = new Map<string, BatchFact[]>()
for (const fact of batchFacts) {
  for (const member of [fact.member].flat()) {
    const method = member.split('.').at(-1) ?? member
    byMethod.set(method, [...(byMethod.get(method) ?? []), fact])
  }
}

/** The methods that make single calls; a file without one of these words has none. */
export const singleMethods: ReadonlySet<string> = new Set(byMethod.keys())

/** The cheapest look at a call, before anything around it is looked at. */
export function maySingle(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.callee)
  const method = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
  const candidates = method === null ? undefined : byMethod.get(method)
  if (!candidates) return false
  if (facts.mayOccurIn(sourceCode) || commands.mayOccurIn(sourceCode)) return true
  const receiver = callee.type === 'MemberExpression' ? (nameOf(callee.object) ?? '') : null
  return receiver !== null && candidates.some(({ named }) => named?.test(receiver))
}

/** The form for many of a call; null where there is none. */
export function formOf(call: TSESTree.CallExpression, isOwn: IsOwn, sourceCode: SourceCode): Form | null {
  const callee = unwrap(call.callee)
  const method = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
  const candidates = (method !== null && byMethod.get(method)) || null
  if (!candidates || (callee.type !== 'MemberExpression' && callee.type !== 'Identifier')) return null
  const calls = callsOf(sourceCode)
  const origin = calls.calleeOf(call, facts.mayTypeName)
  const known = facts.of(origin)
  for (const fact of candidates) {
    if (fact !== known && !(callee.type === 'MemberExpression' && isNamed(callee, fact, origin))) continue
    const given = givenBy(call, fact, isOwn, sourceCode)
    const receiver = callee.type === 'MemberExpression' ? callee.object : callee
    if (given) return { unit: USUAL, ...fact, isDoubtful: false, ...given, receiver }
  }
  return method === 'send' && callee.type === 'MemberExpression' ? commandForm(call, callee.object, isOwn, calls) : null
}

/** Whether the names on the way to a method say what a table would, where nothing says where it comes from. */
function isNamed({ object }: TSESTree.MemberExpression, { named, module, access }: BatchFact, { root }: Origin): boolean {
  if (!named || root.kind === 'function' || root.kind === 'value' || (root.kind === 'module' && root.name.startsWith('node:'))) return false
  const receiver = unwrap(object)
  if (!named.test(nameOf(receiver) ?? '')) return false
  if (module !== '@prisma/client') return true
  // `prisma.user`; `api.users.create({ data })` is called alike.
  const [, ...clients] = namesAlong(receiver, { throughCalls: false })
  return access === 'read' ? clients.length > 0 : clients.some((name) => wordsOf(name).some((word) => clientWords.get(word) === 'database'))
}

type Given = Pick<Form, 'given'> & Partial<Pick<Form, 'access' | 'isDoubtful'>>

function givenBy(call: TSESTree.CallExpression, { takes }: BatchFact, isOwn: IsOwn, sourceCode: SourceCode): Given | null {
  const args: readonly Node[] = call.arguments
  const [first, second] = args
  if (args.some(({ type }) => type === 'SpreadElement')) return null
  if (takes === 'rows' || takes === 'one-of' || takes === 'doc') return givenInChain(call, takes, isOwn)
  if (!first || (isList(first) && takes !== 'statement')) return null
  const ifRestIsShared = (given: readonly Node[]): Given | null =>
    given.some(isOwn) && args.every((argument) => given.includes(argument) || !isOwn(argument)) ? { given } : null
  const object = first.type === 'ObjectExpression' ? first : null
  switch (takes) {
    case 'key':
      return object ? null : ifRestIsShared([first])
    case 'row':
      // `addDoc(users, row)`: a function gets the place first.
      return unwrap(call.callee).type === 'Identifier' ? (args.some(isOwn) ? { given: args } : null) : ifRestIsShared([first])
    case 'pair':
      return second ? ifRestIsShared([first, second]) : null
    case 'indexed':
      return object && isShared(object, 'index', isOwn) ? ifRestIsShared([first]) : null
    case 'named':
      return second && !object && !isOwn(first) && !isFunction(first) ? { given: args.slice(1) } : null
    case 'data':
      return object && args.length === 1 ? givenAsData(object, isOwn, sourceCode) : null
    case 'where':
      return object ? givenAsCondition(object, isOwn, sourceCode) : null
    case 'filter':
      return object && conditionIn(object, isOwn)
    case 'statement':
      return givenToStatement(first, args.slice(1), isOwn)
    case 'messages': {
      const messages = object && propertyOf(object, 'messages')?.value
      const [message, ...others] = messages?.type === 'ArrayExpression' ? messages.elements : []
      return object && message && others.length === 0 && message.type !== 'SpreadElement' && isShared(object, 'topic', isOwn) ? { given: [message] } : null
    }
    case 'input': {
      const input = object && propertyOf(object, 'input')?.value
      return input && !isList(input) && isOwn(input) ? { given: [input] } : null
    }
    default:
      return null
  }
}

/** `{ data: row }`, with nothing written below it, which the call for many has not. */
function givenAsData(object: TSESTree.ObjectExpression, isOwn: IsOwn, sourceCode: SourceCode): Given | null {
  const data = propertyOf(object, 'data')?.value
  if (!data || isList(data) || !isOwn(data) || !hasOnlyQueryKeys(object) || hasNestedWrite(data, sourceCode)) return null
  return isSharedBut(object, 'data', isOwn) && !propertyOf(object, 'include') ? { given: [data], isDoubtful: !/^(?:ObjectExpression|Identifier)$/.test(unwrap(data).type) } : null
}

/** `{ team: { connect: { id } } }`, also where a variable holds it. */
function hasNestedWrite(data: Node, sourceCode: SourceCode, depth = 0): boolean {
  return !walk(data, sourceCode.visitorKeys, (node) => {
    if (node.type === 'Property' && isNestedWrite(node)) return 'stop'
    const definition = node.type === 'Identifier' && !isKey(node) && depth < 2 ? callsOf(sourceCode).variableOf(node)?.defs[0] : undefined
    const init = definition?.type === 'Variable' && definition.node.id.type === 'Identifier' ? (definition.node.init as Node | null) : null
    return init && hasNestedWrite(init, sourceCode, depth + 1) ? 'stop' : undefined
  })
}

function isNestedWrite(property: TSESTree.Property): boolean {
  const name = memberName(property) ?? ''
  return nestedWrites.has(name) || (nestedWritesOfObjects.has(name) && !/^(?:Literal|Identifier|MemberExpression)$/.test(unwrap(property.value).type))
}

/** `{ where: { id: user.id } }`, of which one value differs, and everything else is the same for all. */
function givenAsCondition(object: TSESTree.ObjectExpression, isOwn: IsOwn, sourceCode: SourceCode): Given | null {
  const where = propertyOf(object, 'where')?.value
  const data = propertyOf(object, 'data')?.value
  return where && !(data && hasNestedWrite(data, sourceCode)) && hasOnlyQueryKeys(object) && isSharedBut(object, 'where', isOwn) ? conditionIn(where, isOwn) : null
}

const hasOnlyQueryKeys = (object: TSESTree.ObjectExpression): boolean =>
  object.properties.every((property) => property.type === 'Property' && queryKeys.has(memberName(property) ?? ''))

const isSharedBut = (object: TSESTree.ObjectExpression, name: string, isOwn: IsOwn): boolean =>
  object.properties.every((property) => property.type === 'Property' && (memberName(property) === name || !isOwn(property.value)))

/** A property that is written out, and the same for all. */
function isShared(object: TSESTree.ObjectExpression, name: string, isOwn: IsOwn): boolean {
  const value = propertyOf(object, name)?.value
  return value !== undefined && !isOwn(value)
}

/** The one value in conditions that differs: `{ id: user.id }`, `eq(users.id, user.id)`; null for any other number of them. */
function conditionIn(condition: Node, isOwn: IsOwn): Given | null {
  const values = valuesIn(unwrap(condition), isOwn)
  return values?.length === 1 ? { given: values } : null
}

/** The values that differ; null where something else is asked than whether they are equal. */
function valuesIn(condition: Node, isOwn: IsOwn): Node[] | null {
  if (!isOwn(condition)) return []
  if (condition.type === 'ObjectExpression') return joined(condition.properties.map((property) => valuesUnder(property, isOwn)))
  if (condition.type !== 'CallExpression') return null
  // Drizzle's: https://orm.drizzle.team/docs/operators
  const [left, right] = condition.arguments
  if (nameOf(condition.callee) === 'eq') return left && right && !isOwn(left) ? [right] : null
  return nameOf(condition.callee) === 'and' ? joined(condition.arguments.map((part) => valuesIn(unwrap(part), isOwn))) : null
}

function valuesUnder(property: TSESTree.ObjectLiteralElement, isOwn: IsOwn): Node[] | null {
  if (property.type !== 'Property' || property.computed) return null
  const value = unwrap(property.value)
  if (!isOwn(value)) return []
  if (conditionOperators.test(memberName(property) ?? '')) return null
  return value.type === 'ObjectExpression' ? valuesIn(value, isOwn) : [value]
}

function joined(parts: readonly (Node[] | null)[]): Node[] | null {
  return parts.every((part) => part !== null) ? parts.flat() : null
}

/** `INSERT INTO users VALUES ($1, $2)` with the values of the element beside it or in it. */
function givenToStatement(text: Node, values: readonly Node[], isOwn: IsOwn): Given | null {
  const statement = stringValue(text) ?? (text.type === 'TemplateLiteral' ? text.quasis.map(({ value }) => value.raw).join('?') : null)
  if (statement === null || !insertStatement.test(statement)) return null
  const given = [...(text.type === 'TemplateLiteral' ? text.expressions : []), ...values]
  return given.some(isOwn) ? { given } : null
}

function givenInChain(call: TSESTree.CallExpression, takes: 'rows' | 'one-of' | 'doc', isOwn: IsOwn): Given | null {
  const before = linksOf(call)
  const last = before.pop() as Link
  const all = linksOf(chainAround(call))
  const after = all.slice(before.length + 1)
  const isSharedLink = ({ args }: Link): boolean => !args.some(isOwn)
  const [first] = last.args
  if (takes === 'doc') {
    const [doc, collection] = [before.at(-1), before.at(-2)]
    const isPlace = doc?.name === 'doc' && doc.args.length === 1 && collection?.name === 'collection' && before.slice(0, -1).every(isSharedLink)
    return isPlace && doc.args.some(isOwn) ? { given: [...doc.args, ...last.args] } : null
  }
  if (!first || ![...before, ...after].every((link) => isSharedLink(link) && !isPaging(link))) return null
  if (takes === 'rows') {
    const isInto = last.name === 'values' ? before.some(({ name }) => insertLinks.has(name)) : [...before, ...after].some(isTable)
    return isInto && !isList(first) && isOwn(first) && !isFunction(first) ? { given: [first] } : null
  }
  const access = all.some(({ name }) => changeLinks.has(name)) ? 'write' : 'read'
  const isQuery = before.some((link) => isTable(link) || queryLinks.has(link.name)) && !all.some(({ name }) => /^insert/.test(name))
  const value = isQuery ? comparedIn(last, isOwn) : null
  return value && { given: [value], access }
}

/** `.where('id', id)`, `.where('id', '=', id)`, `.where({ id })`, `.where(eq(users.id, id))`, `.eq('id', id)`. */
function comparedIn({ args }: Link, isOwn: IsOwn): Node | null {
  const [column, operator] = args
  const value = args.at(-1)
  if (args.length === 1 && value) return conditionIn(value, isOwn)?.given[0] ?? null
  const isEqual = args.length === 2 || (args.length === 3 && stringValue(operator) === '=')
  return isEqual && stringValue(column) !== null && value && isOwn(value) ? value : null
}

/** `knex('users')`, `.from('users')`, `.from(users)`, `.into('users')`. */
const isTable = ({ name, args: [table] }: Link): boolean => tableLinks.has(name) ? table !== undefined : name === '' && stringValue(table) !== null

/** What only one of many has: the first of an order, a page. One row at most is what a key finds anyway. */
const isPaging = ({ name, args: [number] }: Link): boolean =>
  pagingLinks.has(name) || (name === 'limit' && !(number?.type === 'Literal' && number.value === 1))

/** `client.send(new PutCommand({ TableName, Item }))`; each needs nothing but its input. */
function commandForm(call: TSESTree.CallExpression, receiver: Node, isOwn: IsOwn, calls: Calls): Form | null {
  const [command] = call.arguments
  if (command?.type !== 'NewExpression') return null
  const fact = commands.of(calls.originOf(command.callee))
  const input = command.arguments[0]
  if (!fact || input?.type !== 'ObjectExpression' || !isOwn(input)) return null
  const isPlain = input.properties.every((property) => property.type === 'Property' && !singleOnlyMembers.test(memberName(property) ?? ''))
  const same = propertyOf(input, fact.same)?.value
  if (!isPlain || (same && isOwn(same))) return null
  return { access: fact.access, batch: fact.batch, unit: fact.unit ?? USUAL, given: [input], receiver, isDoubtful: false }
}

function isList(node: Node): boolean {
  const value = unwrap(node)
  return value.type === 'ArrayExpression' || (value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && listingMethods.has(memberName(value.callee) ?? ''))
}
