/** Whether something around a call stops waiting for it: a race, a wrapper with a time limit, a timer that destroys the request. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { membersNamed } from '../../ast/file-nodes.ts'
import { mentions } from '../../ast/file-words.ts'
import { hasWord, startsWithWord } from '../../ast/names.ts'
import { isFunction, memberName, propertyOf, unwrapAwait, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { onceListeningMethods } from '../../knowledge/built-in-methods.ts'
import { timeLimitOptions, timeLimitVerbs, timeLimitWords } from '../../knowledge/timeouts/index.ts'
import { timerNames } from '../../knowledge/timers.ts'
import { apiPath, callsOf } from '../calls/index.ts'
import { callersOf } from './callers.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Functions that put a limit on what they are given say so in their name: `withTimeout`, `pTimeout`, `timed`, `raceAgainstDeadline`. */
const saysLimit = (name: string | null): boolean => hasWord(name, timeLimitWords) || startsWithWord(name, timeLimitVerbs)
const MAX_DEPTH = 4

/** The node that limits a call from outside; null where the file shows none. */
export function limitAround(call: CallLike, sourceCode: SourceCode, depth = 0): Node | null {
  return limitOnValue(call, sourceCode, depth) ?? limitOnFunctions(call, sourceCode, depth)
}

/** Follows the promise: `.then` chains, `await`, a variable, an argument of a race or a wrapper. */
function limitOnValue(start: Node, sourceCode: SourceCode, depth: number): Node | null {
  let current: Node = start
  for (;;) {
    const parent: Node | undefined = current.parent
    if (!parent) return null
    switch (parent.type) {
      case 'AwaitExpression':
        // What comes after is the result and no longer the waiting.
        return null
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSSatisfiesExpression':
      case 'ConditionalExpression':
        current = parent
        continue
      case 'MemberExpression': {
        const next = parent.parent
        if (parent.object !== current || next.type !== 'CallExpression' || next.callee !== parent) return null
        if (saysLimit(memberName(parent)) || (memberName(parent) === 'pipe' && next.arguments.some(isLimitCall))) return next
        current = next
        continue
      }
      case 'ArrayExpression': {
        const race = parent.parent
        return race?.type === 'CallExpression' && isRace(race, sourceCode) && parent.elements.length > 1 ? race : null
      }
      case 'CallExpression':
        return parent.callee !== current && isLimiting(parent, sourceCode) ? parent : null
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' ? limitOnVariable(parent.id, sourceCode, depth) : null
      default:
        return null
    }
  }
}

/** `timeout(5000)` in `source$.pipe(timeout(5000))`. https://rxjs.dev/api/operators/timeout */
function isLimitCall(argument: Node): boolean {
  return argument.type === 'CallExpression' && argument.callee.type === 'Identifier' && saysLimit(argument.callee.name)
}

function limitOnVariable(name: TSESTree.Identifier, sourceCode: SourceCode, depth: number): Node | null {
  if (depth > MAX_DEPTH) return null
  const variable = callsOf(sourceCode).variableOf(name)
  for (const reference of variable?.references ?? []) {
    if (reference.init) continue
    const limit = limitOnValue(reference.identifier as Node, sourceCode, depth + 1)
    if (limit) return limit
  }
  return null
}

/** Functions around the call that run under a limit: as the argument of a wrapper, or because all their callers limit them. */
function limitOnFunctions(call: Node, sourceCode: SourceCode, depth: number): Node | null {
  for (let current: Node | undefined = call.parent; current; current = current.parent) {
    if (!isFunction(current)) continue
    const parent: Node | undefined = current.parent
    if (parent?.type === 'CallExpression' && parent.callee !== current && isLimiting(parent, sourceCode)) return parent
    if (parent?.type === 'CallExpression' && parent.callee === current) {
      const limit = limitOnValue(parent, sourceCode, depth)
      if (limit) return limit
    }
    const limit = depth < MAX_DEPTH ? limitOnCallers(current, sourceCode, depth) : null
    if (limit) return limit
  }
  return null
}

function limitOnCallers(node: FunctionNode, sourceCode: SourceCode, depth: number): Node | null {
  const callers = callersOf(node, sourceCode)
  if (!callers) return null
  const limits = callers.map((caller) => (caller === node.parent ? null : limitAround(caller, sourceCode, depth + 1)))
  return limits.every(Boolean) ? (limits[0] ?? null) : null
}

/** A call by whose name or options its argument gets a time limit. */
function isLimiting(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const callee = unwrapAwait(call.callee)
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null
  const api = apiPath(callsOf(sourceCode).originOf(callee))
  // Timers run a function later and limit nothing.
  if (api?.module === 'globalThis' && timerNames.has(api.member)) return false
  if (api?.module.startsWith('node:timers')) return false
  if (name !== 'setTimeout' && saysLimit(name)) return true
  return call.arguments.some(
    (argument) =>
      argument.type === 'ObjectExpression' &&
      timeLimitOptions.some((key) => propertyOf(argument, key) !== null),
  )
}

/** Whether a file can have a race at all. */
export function mayRace(sourceCode: SourceCode): boolean {
  return mentions(sourceCode, 'race') && mentions(sourceCode, 'Promise')
}

export function isRace(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const api = apiPath(callsOf(sourceCode).originOf(call.callee))
  return api?.module === 'globalThis' && api.member === 'Promise.race'
}

/**
 * Whether the result of a call is itself given a limit: one of `methods` is called on it, on the chain or through a
 * variable, or it listens for `timeout`. `passed` when the result goes where the file does not show.
 */
export function limitOnResult(call: CallLike, methods: readonly string[], sourceCode: SourceCode): 'limited' | 'passed' | 'none' {
  let current: Node = call
  for (;;) {
    const parent: Node | undefined = current.parent
    if (parent?.type === 'MemberExpression' && parent.object === current) {
      const next: Node = parent.parent
      if (next.type !== 'CallExpression' || next.callee !== parent) return 'none'
      if (isLimitingMember(next, methods)) return 'limited'
      current = next
      continue
    }
    if (parent?.type === 'AwaitExpression' || parent?.type === 'ChainExpression') {
      current = parent
      continue
    }
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return limitOnName(parent.id, methods, sourceCode)
    if (parent?.type === 'AssignmentExpression' && parent.right === current) {
      return parent.left.type === 'Identifier' ? limitOnName(parent.left, methods, sourceCode) : 'passed'
    }
    const isPassed = parent?.type === 'ReturnStatement' || parent?.type === 'ArrowFunctionExpression' || parent?.type === 'Property'
    return isPassed || (parent?.type === 'CallExpression' && parent.callee !== current) ? 'passed' : 'none'
  }
}

function limitOnName(name: TSESTree.Identifier, methods: readonly string[], sourceCode: SourceCode): 'limited' | 'passed' | 'none' {
  const variable = callsOf(sourceCode).variableOf(name)
  let passed = false
  for (const { identifier, init } of variable?.references ?? []) {
    const parent = (identifier as Node).parent
    if (init || !parent) continue
    if (parent.type === 'MemberExpression' && parent.object === identifier) {
      const call = parent.parent
      if (call.type === 'CallExpression' && call.callee === parent && isLimitingMember(call, methods)) return 'limited'
    } else if (parent.type === 'ReturnStatement' || (parent.type === 'CallExpression' && !isPipe(parent))) {
      passed = true
    }
  }
  return passed ? 'passed' : 'none'
}

/** `source.pipe(request)` writes the body and gives nobody the request. */
function isPipe({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && memberName(callee) === 'pipe'
}

function isLimitingMember(call: TSESTree.CallExpression, methods: readonly string[]): boolean {
  const name = call.callee.type === 'MemberExpression' ? memberName(call.callee) : null
  if (name === null) return false
  const [event] = call.arguments
  const listens = onceListeningMethods.has(name) && event?.type === 'Literal' && event.value === 'timeout'
  return listens || methods.includes(name)
}

/** Whether any code of the file assigns or calls a member path of a module: `axios.defaults.timeout = 5000`. */
export function assignsMember(sourceCode: SourceCode, module: string, member: string): boolean {
  const calls = callsOf(sourceCode)
  const last = member.split('.').at(-1)
  return membersNamed(last ?? '', sourceCode).some((node) => {
    if (node.parent.type !== 'AssignmentExpression' || node.parent.left !== node) return false
    const api = apiPath(calls.originOf(node))
    return api?.module === module && (api.member === member || api.member.endsWith(`.${member}`))
  })
}
