/**
 * Code that runs while a connection is held: callbacks of transactions, and what stands between the call that begins a
 * transaction, or takes a connection out of a pool, and the one that ends it.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { mentions } from '../../ast/file-words.ts'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isFunction, isInside, memberName, stringValue, unwrap, unwrapAwait, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import {
  beginningMethods,
  beginStatement,
  checkOutMethods,
  commitStatement,
  committingMethods,
  databaseModules,
  databaseWords,
  implicitWords,
  rollbackStatement,
  rollingBackMethods,
  statementMethods,
  transactionFacts,
  transactionNames,
} from '../../knowledge/transactions.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'
import { addNames, type Variable } from './variables.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Held {
  /**
   * - `callback`: a transaction for as long as a callback runs.
   * - `span`: a transaction between two calls.
   * - `connection`: a connection that was taken out of a pool.
   */
  readonly kind: 'callback' | 'span' | 'connection'
  /** The call that begins it. */
  readonly opener: CallLike
  /** The variables through which code works on what is held. */
  readonly handles: ReadonlySet<Variable>
  /** What it is taken from: the client of a transaction, the pool of a connection. Null where that is the held thing itself. */
  readonly source: Node | null
  /** The function within which it is held. */
  readonly owner: FunctionNode
  /** Whether it is held where this node of the owner's own code runs. */
  covers(node: Node): boolean
}

const facts = indexFacts(transactionFacts)

/** Whether a file can hold anything at all. */
export function mayHold(sourceCode: SourceCode): boolean {
  return WORDS.some((word) => mentions(sourceCode, word)) || facts.mayOccurIn(sourceCode)
}

/** Of what runs a callback or begins, and of what ends: a connection is given back, a statement commits. */
const WORDS = [...transactionNames.keys(), ...beginningMethods, 'release', 'COMMIT', 'COMMIT;', 'commit']

/** Everything that a file holds, transactions before the connections that they may run on. */
export function heldIn(sourceCode: SourceCode): Held[] {
  const calls = callsOf(sourceCode)
  const found = nodesOf(sourceCode, 'CallExpression').flatMap((call) => callbackOf(call, calls, sourceCode) ?? spanOf(call, sourceCode) ?? [])
  return found.sort((one, other) => Number(one.kind === 'connection') - Number(other.kind === 'connection'))
}

/** A transaction that runs its callback. */
function callbackOf(call: TSESTree.CallExpression, calls: Calls, sourceCode: SourceCode): Held | null {
  const at = call.arguments.findIndex((argument) => isFunction(argument))
  const owner = call.arguments[at]
  if (!owner || !isFunction(owner) || call.arguments.slice(0, at).some(isText) || !runsTransaction(call, owner, calls)) return null
  const handles = new Set<Variable>()
  for (const parameter of owner.params) addNames(parameter, handles, sourceCode)
  const receiver = receiverOf(call)
  const isImplicit = receiver !== null && implicitWords.has(wordsOf(nameOf(receiver) ?? '').at(-1) ?? '')
  if (receiver && isImplicit) addNames(receiver, handles, sourceCode)
  // `$transaction(prisma, async (tx) => …)` of a project's own.
  const source = receiver ?? call.arguments[0] ?? null
  return { kind: 'callback', opener: call, handles, source: isImplicit || source === owner ? null : source, owner, covers: () => true }
}

/** `db.transaction('rw', db.friends, callback)` is Dexie's, in a browser. */
const isText = (node: Node): boolean => node.type === 'Literal' && typeof node.value === 'string'

function runsTransaction(call: TSESTree.CallExpression, callback: FunctionNode, calls: Calls): boolean {
  const callee = unwrap(call.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : nameOf(callee)
  const evidence = name === null ? undefined : transactionNames.get(name)
  if (!evidence) return name !== null && facts.mayName(name) && facts.of(calls.calleeOf(call, facts.mayTypeName)) !== null
  const { root } = calls.calleeOf(call)
  if (root.kind === 'module' && databaseModules.test(root.name)) return true
  if (evidence === 'telltale') return true
  const receiver = receiverOf(call)
  const word = receiver ? (wordsOf(nameOf(receiver) ?? '').at(-1) ?? '') : ''
  if (implicitWords.has(word)) return true
  return callback.params.length > 0 && (evidence === 'parameter' || (receiver !== null && (databaseWords.has(word) || isModel(receiver))))
}

/** `Person.transaction(…)`. https://vincit.github.io/objection.js/guide/transactions.html */
const isModel = (receiver: Node): boolean => receiver.type === 'Identifier' && /^[A-Z][a-z]/.test(receiver.name)

function receiverOf(call: TSESTree.CallExpression): Node | null {
  const callee = unwrap(call.callee)
  return callee.type === 'MemberExpression' ? unwrapAwait(callee.object) : null
}

/** How code gives a thing back: by the end that all goes well with, or by the other. */
type End = 'done' | 'undone'

/** A call that begins a transaction, or takes a connection, in a function that ends it again. */
function spanOf(call: TSESTree.CallExpression, sourceCode: SourceCode): Held | null {
  const owner = enclosingFunction(call)
  const begun = owner && beginningOf(call)
  const variable = begun && callsOf(sourceCode).variableOf(begun.name)
  if (!owner || !begun || !variable) return null
  const ends = endsOf(variable, begun.endOf, owner)
  if (!ends.some(({ end }) => end === 'done')) return null
  const block = blockAround(call)
  return {
    kind: begun.kind,
    opener: call,
    handles: new Set([variable]),
    source: begun.source,
    owner,
    covers: (node) =>
      node.range[0] > call.range[1] &&
      isInside(node, block) &&
      ends.some(({ call: each, end }) => end === 'done' && each.range[0] > node.range[1]) &&
      !ends.some(({ call: each }) => each.range[0] > call.range[1] && each.range[1] < node.range[0] && reaches(each, node)),
  }
}

interface Beginning {
  readonly kind: 'span' | 'connection'
  /** What goes by the name of the thing that is held. */
  readonly name: TSESTree.Identifier
  readonly source: Node | null
  readonly endOf: (call: TSESTree.CallExpression, method: string) => End | null
}

function beginningOf(call: TSESTree.CallExpression): Beginning | null {
  const callee = unwrap(call.callee)
  if (callee.type !== 'MemberExpression') return null
  const method = memberName(callee) ?? ''
  const receiver = unwrap(callee.object)
  if (receiver.type === 'Identifier') {
    if (beginningMethods.has(method)) return { kind: 'span', name: receiver, source: null, endOf: (_, name) => endByMethod(name) }
    if (statementMethods.has(method) && beginStatement.test(statementOf(call))) return { kind: 'span', name: receiver, source: null, endOf: endByStatement }
  }
  const kept = keptAs(call)
  if (!kept || call.arguments.some((argument) => isFunction(argument))) return null
  // `const t = await sequelize.transaction()`
  const word = wordsOf(nameOf(receiver) ?? '').at(-1) ?? ''
  if (method === 'transaction' && databaseWords.has(word)) return { kind: 'span', name: kept, source: implicitWords.has(word) ? null : receiver, endOf: (_, name) => endByMethod(name) }
  return checkOutMethods.has(method) ? { kind: 'connection', name: kept, source: receiver, endOf: (_, name) => (name === 'release' ? 'done' : null) } : null
}

function endByMethod(method: string): End | null {
  return committingMethods.has(method) ? 'done' : rollingBackMethods.has(method) ? 'undone' : null
}

function endByStatement(call: TSESTree.CallExpression): End | null {
  const statement = statementOf(call)
  return commitStatement.test(statement) ? 'done' : rollbackStatement.test(statement) ? 'undone' : null
}

function statementOf(call: TSESTree.CallExpression): string {
  const [first] = call.arguments
  return (stringValue(first) ?? '').trim().replace(/\s+/g, ' ')
}

/** `const client = await pool.connect()` */
function keptAs(call: TSESTree.CallExpression): TSESTree.Identifier | null {
  const declarator = call.parent.type === 'AwaitExpression' ? call.parent.parent : null
  if (declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier') return declarator.id
  return declarator?.type === 'AssignmentExpression' && declarator.left.type === 'Identifier' ? declarator.left : null
}

interface Ending {
  readonly call: TSESTree.CallExpression
  readonly end: End
}

function endsOf(variable: Variable, endOf: Beginning['endOf'], owner: FunctionNode): Ending[] {
  return variable.references.flatMap(({ identifier }) => {
    const member = (identifier as Node).parent
    const call = member?.type === 'MemberExpression' && member.object === identifier ? unwrapParent(member) : null
    if (call?.type !== 'CallExpression' || !isInside(call, owner)) return []
    const end = endOf(call, memberName(member as TSESTree.MemberExpression) ?? '')
    return end ? [{ call, end }] : []
  })
}

/** What stands around a member access and calls it: `a.b` in `a?.b()`. */
function unwrapParent(member: Node): Node | null {
  const { parent } = member
  return parent?.type === 'CallExpression' && parent.callee === member ? parent : null
}

function blockAround(node: Node): Node {
  let current = node
  while (current.parent && current.type !== 'BlockStatement') current = current.parent
  return current
}

/** Whether what stands at `from` may have run when a later node runs: no way out of the function or loop lies between. */
function reaches(from: Node, to: Node): boolean {
  let current = from
  while (current.parent && !isInside(to, current.parent)) {
    const { parent }: Node = current
    if (EXITS.test(parent.type) || parent.type === 'CatchClause') return false
    if (parent.type === 'BlockStatement' && parent.body.some((statement) => statement.range[0] > current.range[0] && EXITS.test(statement.type))) return false
    current = parent
  }
  // The other branch of the same test.
  const { parent } = current
  return !(parent?.type === 'IfStatement' && current !== parent.test)
}

const EXITS = /^(?:Return|Throw|Continue|Break)Statement$/
