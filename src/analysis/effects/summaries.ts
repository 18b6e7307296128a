/**
 * What running a function of the file does to values that it did not make: variables from outside, members of `this`,
 * and its parameters. Functions that call each other are followed until nothing new is found.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, unwrap, walk, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { callsOf } from '../calls/index.ts'
import { accessAt, isWrite, originalOf, partOf, referencesOf, type Access } from './accesses.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

export interface Summary {
  /** Accesses to variables from outside the function and to `this`, its own and those of functions it calls. */
  readonly accesses: readonly Access[]
  /** Positions of parameters whose value the function may change (`p.x = …`, `p.push(…)`). */
  readonly changes: ReadonlySet<number>
  /** Members of parameters whose value the function may change (`p.seen.add(…)`, `{ seen }` and `seen.add(…)`), by position. */
  readonly memberChanges: ReadonlyMap<number, ReadonlySet<string>>
}

export interface Effects {
  /** What running a function may do. */
  ofFunction(node: FunctionNode): Summary
  /** Whether all that was asked so far was answered in full; in bundles of thousands of functions it may not be. */
  isComplete(): boolean
  /** The function of the file that a call runs; null for any other. */
  functionOf(call: CallLike): FunctionNode | null
}

interface Draft {
  readonly accesses: Map<string, Access>
  readonly changes: Set<number>
  readonly memberChanges: Map<number, Set<string>>
  readonly calls: { readonly callee: FunctionNode; readonly call: CallLike }[]
}

/**
 * How many accesses a file's functions may take over from one another. Programs that people write need thousands; past
 * this, what functions do is not known in full, and `isComplete` says so.
 */
const MAX_TAKEN_OVER = 10_000_000

const cache = new WeakMap<object, Effects>()

export function effectsOf(sourceCode: SourceCode): Effects {
  let effects = cache.get(sourceCode)
  if (!effects) cache.set(sourceCode, (effects = analyse(sourceCode)))
  return effects
}

function analyse(sourceCode: SourceCode): Effects {
  const calls = callsOf(sourceCode)
  const references = referencesOf(sourceCode)
  const drafts = new Map<FunctionNode, Draft>()
  const summaries = new Map<FunctionNode, Summary>()
  const ids = new Map<Variable | 'this', number>()
  /** Drafted, and not yet settled. */
  const fresh: FunctionNode[] = []
  let takenOver = 0

  const idOf = (root: Variable | 'this'): number => {
    let id = ids.get(root)
    if (id === undefined) ids.set(root, (id = ids.size))
    return id
  }
  const keyOf = (access: Access): string => `${idOf(access.root)} ${partOf(access)} ${access.kind}`

  /** Drafts a function and all that it calls, callers first. A list and no recursion: chains of calls may be long. */
  const draftOf = (node: FunctionNode): Draft => {
    const waiting = drafts.has(node) ? [] : [node]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (drafts.has(next)) continue
      const draft = ownDraft(next)
      drafts.set(next, draft)
      fresh.push(next)
      for (const { callee } of [...draft.calls].reverse()) if (!drafts.has(callee)) waiting.push(callee)
    }
    return drafts.get(node) as Draft
  }

  const ownDraft = (node: FunctionNode): Draft => {
    const draft: Draft = { accesses: new Map(), changes: new Set(), memberChanges: new Map(), calls: [] }
    walk(node, sourceCode.visitorKeys, (child) => {
      if (child.type.startsWith('TS') && unwrap(child) === child && child.type !== 'TSParameterProperty') return 'skip'
      if (child.type === 'Identifier') {
        const named = references.get(child)?.resolved
        if (!named) return
        const variable = originalOf(named, sourceCode)
        const parameter = parameterPosition(variable, node)
        if (parameter === null && isDeclaredIn(variable, node)) return
        const access = accessAt(child, variable, sourceCode)
        if (parameter === null) draft.accesses.set(keyOf(access), access)
        else if (isWrite(access) && (access.target.type === 'MemberExpression' || access.kind !== 'assign')) {
          draft.changes.add(parameter)
          const member = changedMember(access, variable)
          if (member !== null) addMember(draft, parameter, member)
        }
      } else if (child.type === 'ThisExpression') {
        const access = accessAt(child, 'this', sourceCode)
        draft.accesses.set(keyOf(access), access)
      } else if (child.type === 'CallExpression' || child.type === 'NewExpression') {
        const callee = calls.functionOf(child)
        if (callee && callee !== node) draft.calls.push({ callee, call: child })
      }
      return
    })
    return draft
  }

  /** Takes over what the callees do, until nothing is added. Places are finite, and nothing is ever taken away. */
  const settle = (): void => {
    fresh.reverse() // callees stand after their callers
    let changed = true
    while (changed && takenOver < MAX_TAKEN_OVER) {
      changed = false
      for (const node of fresh) {
        const draft = drafts.get(node)
        if (!draft || takenOver >= MAX_TAKEN_OVER) continue
        for (const { callee, call } of draft.calls) {
          const inner = drafts.get(callee)
          if (inner && absorb(node, draft, inner, call)) changed = true
        }
      }
    }
    fresh.length = 0
  }

  const absorb = (node: FunctionNode, draft: Draft, inner: Draft, call: CallLike): boolean => {
    let added = false
    takenOver += inner.accesses.size
    for (const [key, access] of inner.accesses) {
      if (access.root !== 'this' && isDeclaredIn(access.root, node)) continue
      if (!draft.accesses.has(key)) added = Boolean(draft.accesses.set(key, access))
    }
    for (const position of inner.changes) {
      const argument = call.type === 'TaggedTemplateExpression' ? null : call.arguments[position]
      const root = argument && rootOf(argument)
      const variable = root && root.type === 'Identifier' ? references.get(root)?.resolved : null
      if (!variable || !root) continue
      const parameter = parameterPosition(variable, node)
      if (parameter !== null) {
        if (!draft.changes.has(parameter)) added = Boolean(draft.changes.add(parameter))
        const member = argument && unwrap(argument).type === 'MemberExpression' ? firstMember(argument) : patternKey(variable)
        if (member !== null && addMember(draft, parameter, member)) added = true
        if (argument === root) for (const name of inner.memberChanges.get(position) ?? []) if (addMember(draft, parameter, name)) added = true
      } else if (!isDeclaredIn(variable, node)) {
        const access: Access = { kind: 'change', root: variable, member: null, at: root, target: argument as Node, node: call, key: null }
        const key = keyOf(access)
        if (!draft.accesses.has(key)) added = Boolean(draft.accesses.set(key, access))
      }
    }
    return added
  }

  return {
    functionOf: (call) => calls.functionOf(call),
    isComplete: () => takenOver < MAX_TAKEN_OVER,
    ofFunction(node) {
      let summary = summaries.get(node)
      if (summary) return summary
      const draft = draftOf(node)
      if (fresh.length > 0) settle()
      summary = { accesses: [...draft.accesses.values()], changes: draft.changes, memberChanges: draft.memberChanges }
      summaries.set(node, summary)
      return summary
    },
  }
}

/** The identifier or `this` at the start of a member chain; null for anything else. */
export function rootOf(node: Node): TSESTree.Identifier | TSESTree.ThisExpression | null {
  let current = unwrap(node)
  while (current.type === 'MemberExpression') current = unwrap(current.object)
  return current.type === 'Identifier' || current.type === 'ThisExpression' ? current : null
}

/** The member of a parameter whose value an access changes; null where it sets a member of the parameter itself. */
function changedMember({ member, kind, target }: Access, parameter: Variable): string | null {
  const key = patternKey(parameter)
  if (key !== null) return key
  const isOwnMember = target.type === 'MemberExpression' && unwrap(target.object).type === 'Identifier'
  if (member === null || member === '[]') return null
  return kind === 'assign' || kind === 'fold' ? (isOwnMember ? null : member) : member
}

/** `seen` of `{ seen: known }`, for the variable `known`. */
function patternKey(variable: Variable): string | null {
  const name = variable.defs[0]?.name as Node | undefined
  const holder = name?.parent?.type === 'AssignmentPattern' ? name.parent.parent : name?.parent
  return holder?.type === 'Property' && holder.parent.type === 'ObjectPattern' && isFunction(holder.parent.parent) ? memberName(holder) : null
}

/** The first member of a chain: `seen` of `context.seen.all`. */
function firstMember(chain: Node): string | null {
  let node = unwrap(chain)
  let member: string | null = null
  while (node.type === 'MemberExpression') {
    member = memberName(node)
    node = unwrap(node.object)
  }
  return member
}

/** Whether that is new. */
function addMember({ memberChanges }: Draft, position: number, member: string): boolean {
  const members = memberChanges.get(position) ?? new Set()
  if (members.has(member)) return false
  memberChanges.set(position, members.add(member))
  return true
}

/** Whether a variable lives in a scope inside `node`: it is made anew for each run. */
export function isDeclaredIn(variable: Variable, node: Node): boolean {
  const { block } = variable.scope as { block: Node }
  return block === node || (block.range[0] >= node.range[0] && block.range[1] <= node.range[1])
}

/** The position of the parameter that declares a variable (or one of its parts) in a function; null for any other. */
function parameterPosition(variable: Variable, node: FunctionNode): number | null {
  const definition = variable.defs[0]
  if (definition?.type !== 'Parameter' || definition.node !== node || !isFunction(node)) return null
  const name = definition.name as Node
  const position = node.params.findIndex(({ range }) => range[0] <= name.range[0] && name.range[1] <= range[1])
  return position === -1 ? null : position
}
