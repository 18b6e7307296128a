/** The call to a function that nothing is known about whose promise a task waits for or gives back. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { wordsOf } from '../../ast/names.ts'
import { isFunction, isInside, memberName, unwrap, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { promiseMethods } from '../../knowledge/built-in-methods.ts'
import { bulkyObjects, bulkyVerbs, clientWords, codeObjects, laborVerbs, mannerWords, outsideVerbs, questionWords } from '../../knowledge/naming.ts'
import { returnedExpressions, type Calls, type Origin } from '../calls/index.ts'
import { isHandOver, isUsedAsPromise } from '../work/index.ts'

export interface UnresolvedCall {
  readonly callee: Node
  /** Its first word gets something from somewhere or changes something (`loadInvoice`, `deleteUser`). */
  readonly hasVerb: boolean
  /**
   * It only reads something of the element itself (`account.getKey()`): an object of the process, which may well have it
   * at hand.
   */
  readonly readsElement: boolean
}

/** Functions of the file that the task calls are followed this far. */
const MAX_DEPTH = 3

export function unresolvedCallOf(
  task: Node,
  calls: Calls,
  sourceCode: Readonly<TSESLint.SourceCode>,
  depth = 0,
): UnresolvedCall | null {
  const expression = unwrap(task)
  if (expression.type === 'Identifier' || expression.type === 'MemberExpression') {
    const origin = calls.originOf(expression)
    if (isLocal(origin)) return depth < MAX_DEPTH ? unresolvedCallOf(origin.root.node, calls, sourceCode, depth + 1) : null
    return isUnresolved(origin) ? { callee: expression, hasVerb: hasVerb(expression), readsElement: false } : null
  }
  let found: UnresolvedCall | null = null
  const consider = (next: UnresolvedCall | null): void => {
    if (next && (!found || strength(next) > strength(found))) found = next
  }
  // Who calls a function of the file for its promise takes what it returns for one.
  const returned = depth > 0 && isFunction(expression) ? new Set<Node>(returnedExpressions(expression, sourceCode).map(unwrap)) : null
  walkOwnCode(isFunction(expression) ? expression.body : expression, sourceCode.visitorKeys, (child) => {
    if (child.type !== 'CallExpression') return
    const isWaitedFor = child === expression || isUsedAsPromise(child) || returned?.has(child)
    if (!isWaitedFor) return
    const origin = calls.calleeOf(child)
    if (isLocal(origin)) {
      if (depth < MAX_DEPTH && origin.root.node !== expression) consider(unresolvedCallOf(origin.root.node, calls, sourceCode, depth + 1))
    } else if (isUnresolved(origin) && !isChained(child)) {
      const readsElement = depth === 0 && isOfElement(child.callee, expression, calls) && readVerb(child.callee)
      consider({ callee: child.callee, hasVerb: hasVerb(child.callee) && !isTextEdit(child, calls), readsElement })
    }
  })
  return found
}

const strength = ({ hasVerb, readsElement }: UnresolvedCall): number => (hasVerb ? 1 : 0) + (readsElement ? 0 : 1)

/** `job.key.get()` in `(job) => …`. */
function isOfElement(callee: Node, task: Node, calls: Calls): boolean {
  let base = unwrap(callee)
  if (base.type !== 'MemberExpression' || !isFunction(task)) return false
  while (base.type === 'MemberExpression') base = unwrap(base.object)
  const definition = base.type === 'Identifier' ? calls.variableOf(base)?.defs[0] : undefined
  const [first] = task.params
  return definition?.type === 'Parameter' && first !== undefined && isInside(definition.name as Node, first)
}

function isLocal(origin: Origin): origin is Origin & { root: { kind: 'function'; node: Node } } {
  return origin.root.kind === 'function' && origin.steps.length === 0
}

function isUnresolved({ root, steps }: Origin): boolean {
  // A method of what a function of the file gives, or of something in a table.
  if (root.kind === 'function' || root.kind === 'value') return steps.at(-1)?.kind === 'member'
  return root.kind === 'unknown' || root.kind === 'parameter' || root.kind === 'class' || root.kind === 'element' || (root.kind === 'module' && !root.name.startsWith('node:'))
}

/** `load(id).then(show)` is `load(id)`; `Promise.all(…)` waits for what others start. */
function isChained({ callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression') return false
  return promiseMethods.has(memberName(callee) ?? '') || (callee.object.type === 'Identifier' && wordsOf(callee.object.name).at(-1) === 'promise')
}

/** `name.replace('.', '/')`, `name.replace(pattern, (found) => …)`, `name.replace(pattern, …)` with `pattern = /…/g`: of a text. */
function isTextEdit({ callee, arguments: [first, second] }: TSESTree.CallExpression, calls: Calls): boolean {
  if (callee.type !== 'MemberExpression' || !/^replace(?:All)?$/.test(memberName(callee) ?? '')) return false
  if (first?.type === 'Literal' || isFunction(second)) return true
  const definition = first?.type === 'Identifier' ? calls.variableOf(first)?.defs[0] : undefined
  const value = definition?.type === 'Variable' ? definition.node.init : null
  return value?.type === 'Literal' || (value?.type === 'NewExpression' && value.callee.type === 'Identifier' && value.callee.name === 'RegExp')
}

function hasVerb(callee: Node): boolean {
  const expression = unwrap(callee)
  const words = wordsOfCallee(expression)
  if (expression.type === 'MemberExpression' && isHandOver(expression)) return false
  // A bare `get` or `trigger` is as often a callback that somebody passed.
  if (words.length < 2 && expression.type === 'Identifier') return false
  return isWork(words) && !words.some((word) => codeObjects.has(word))
}

/** What the words of a name say: `loadUser`, `probe`, `lintFile`, `apiCall`. */
function isWork([first = '', ...others]: readonly string[]): boolean {
  if (outsideVerbs.has(first) || laborVerbs.has(first) || (questionWords.has(first) && others.length > 0)) return true
  if (bulkyVerbs.has(first)) return others.some((word) => bulkyObjects.has(word))
  return clientWords.has(first) && others.some((word) => outsideVerbs.has(word))
}

function readVerb(callee: Node): boolean {
  const [first = ''] = wordsOfCallee(unwrap(callee))
  return outsideVerbs.get(first) === 'read' || questionWords.has(first)
}

function wordsOfCallee(callee: Node): string[] {
  const words = wordsOf(callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '')
  return mannerWords.has(words[0] ?? '') ? words.slice(1) : words
}
