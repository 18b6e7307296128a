/** What a condition between a failure and the next attempt rests on: whether it can come out otherwise next time. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { hasWord } from '../../ast/names.ts'
import { isFunction, isInside, isKey, memberName, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { readingMethods } from '../../knowledge/built-in-methods.ts'
import { changingGlobals, endingWords, progressMethods } from '../../knowledge/retries.ts'
import { rootOf } from '../effects/summaries.ts'
import type { File } from './attempts.ts'

type Variable = TSESLint.Scope.Variable

/**
 * - `same`: on nothing that differs from attempt to attempt.
 * - `error`: on what went wrong and nothing else.
 * - `other`: on something that may come out otherwise next time: a count, the time, a flag, what a call answers.
 */
type Ground = 'same' | 'error' | 'other'

/** The code that fails and what runs then. */
export interface Scope {
  /** The function or loop that is run again. */
  readonly again: Node
  /** The code that runs when it fails. */
  readonly failure: Node
  /** What went wrong, by its name; null where nobody names it. */
  readonly error: Variable | null
}

/** What several conditions rest on together. */
export function groundOfAll(tests: readonly Node[], scope: Scope, file: File): Ground {
  const grounds = tests.map((test) => groundOf(test, scope, file))
  return grounds.includes('other') ? 'other' : grounds.includes('error') ? 'error' : 'same'
}

function groundOf(condition: Node, scope: Scope, file: File, depth = 0): Ground {
  let ground: Ground = 'same'
  walk(condition, file.sourceCode.visitorKeys, (node) => {
    const next = groundOfPart(node, scope, file, depth)
    if (next === 'other' || ground === 'same') ground = next ?? ground
    return ground === 'other' ? 'stop' : undefined
  })
  return ground
}

function groundOfPart(node: Node, scope: Scope, file: File, depth: number): Ground | null {
  switch (node.type) {
    case 'ThisExpression':
    case 'AwaitExpression':
    case 'UpdateExpression':
    case 'AssignmentExpression':
    case 'YieldExpression':
      return 'other'
    case 'CallExpression':
      return isSureAnswer(node, scope, file, depth) ? null : 'other'
    case 'Identifier':
      if (hasWord(node.name, endingWords)) return 'other'
      return isKey(node) ? null : groundOfName(node, scope, file, depth)
    default:
      return null
  }
}

/** What is asked about the error, or looks at what stays the same: `isTransient(error)`, `methods.includes(method)`. */
function isSureAnswer(call: TSESTree.CallExpression, scope: Scope, file: File, depth: number): boolean {
  if (call.callee.type === 'MemberExpression' && readingMethods.has(memberName(call.callee) ?? '')) return true
  return [call.callee, ...call.arguments].some((part) => groundOf(part, scope, file, depth + 1) === 'error')
}

function groundOfName(name: TSESTree.Identifier, scope: Scope, file: File, depth: number): Ground | null {
  const variable = file.calls.variableOf(name)
  if (!variable || variable.defs.length === 0) return changingGlobals.has(name.name) ? 'other' : null
  if (variable === scope.error) return 'error'
  const [definition] = variable.defs
  const place = definition?.name as Node | undefined
  if (!definition || !place || variable.references.some((reference) => reference.isWrite() && !reference.init)) return 'other'
  switch (definition.type) {
    case 'ImportBinding':
    case 'FunctionName':
    case 'ClassName':
      return null
    case 'Parameter':
      // What the function gets it hands on unchanged, or it is not the same attempt.
      return isChanged(variable, scope.again) || isInside(place, scope.failure) ? 'other' : null
    case 'Variable': {
      const { init, parent } = definition.node as TSESTree.VariableDeclarator
      if (!isInside(place, scope.again)) return parent.kind === 'const' && !isChanged(variable, scope.again) ? null : 'other'
      if (!init || depth > 4 || isChanged(variable, scope.again)) return 'other'
      const ground = groundOf(init, scope, file, depth + 1)
      return ground === 'same' ? null : ground
    }
    default:
      return 'other'
  }
}

/** Whether code changes what is in a value: `options.retries -= 1`, `seen.add(url)`. */
function isChanged(variable: Variable, code: Node): boolean {
  return variable.references.some(({ identifier }) => {
    const use = identifier as Node
    if (!isInside(use, code)) return false
    let target = use
    while (target.parent?.type === 'MemberExpression' && target.parent.object === target) target = target.parent
    if (target === use) return false
    const { parent } = target
    if (parent?.type === 'UpdateExpression') return true
    if (parent?.type === 'AssignmentExpression') return parent.left === target && rootOf(target) === use
    return parent?.type === 'CallExpression' && parent.callee === target && target.type === 'MemberExpression' && progressMethods.has(memberName(target) ?? '')
  })
}

/** The conditions that decide whether code at a node runs, once `outer` runs: those around it, and those before it that leave. */
export function conditionsOf(node: Node, outer: Node, file: File): Node[] {
  const found: Node[] = []
  for (let child = node, current = node.parent; current && child !== outer; child = current, current = current.parent) {
    if (current.type === 'IfStatement' && child !== current.test) found.push(current.test)
    if (current.type === 'ConditionalExpression' && child !== current.test) found.push(current.test)
    if (current.type === 'LogicalExpression' && child === current.right) found.push(current.left)
    if (current.type === 'SwitchCase' && child !== current.test) found.push(...(current.test ? [current.test] : []), current.parent.discriminant)
    if (current.type === 'BlockStatement') {
      for (const statement of current.body) {
        if (statement.range[0] >= child.range[0]) break
        if (statement.type === 'IfStatement' && leaves(statement, file)) found.push(statement.test)
      }
    }
  }
  return found
}

/** Whether code may leave what stands around it. */
export function leaves(code: Node, { sourceCode }: File): boolean {
  let found = false
  walk(code, sourceCode.visitorKeys, (node) => {
    if (isFunction(node)) return 'skip'
    if (/^(?:Return|Throw|Break|Continue)Statement$/.test(node.type)) found = true
    return found ? 'stop' : undefined
  })
  return found
}

/** The variable that a function or a `catch` names the error. */
export function errorOf(node: TSESTree.CatchClause | FunctionNode, { sourceCode, calls }: File): Variable | null {
  const param = node.type === 'CatchClause' ? node.param : node.params[0]
  if (param?.type === 'Identifier') return calls.variableOf(param) ?? sourceCode.getDeclaredVariables?.(node)[0] ?? null
  return null
}
