/** Options of libraries that try again: `retries: Infinity`, `forever: true`, and limits that are left out where nothing stands in for them. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../../ast/file-words.ts'
import { isInfinity, memberName, propertyOf, unwrap, type Node } from '../../ast/nodes.ts'
import { retryFacts, type RetryFact } from '../../knowledge/retries.ts'
import { callsOf, indexFacts, type Calls } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Making = TSESTree.CallExpression | TSESTree.NewExpression

export interface EndlessOption {
  /** The option, or the call that leaves it out. */
  readonly node: Node
  readonly call: Making
  /** `retries: Infinity`; null where the option is left out. */
  readonly written: TSESTree.Property | null
  /** The option that sets a limit. */
  readonly option: string
  /** Whether somebody waits for it, and no name says that it keeps something up. */
  readonly certain: boolean
}

const facts = indexFacts(retryFacts)

export function mayTryAgain(sourceCode: SourceCode): boolean {
  return facts.mayOccurIn(sourceCode)
}

/** What takes the limit away from a call that tries again by itself; null for any other. */
export function endlessOptionOf(call: Making, sourceCode: SourceCode): Omit<EndlessOption, 'certain'> | null {
  const calls = callsOf(sourceCode)
  const fact = facts.of(calls.calleeOf(call, facts.mayTypeName))
  if (!fact || call.arguments.length < fact.at) return null
  const option = fact.limit.join('.')
  const argument = call.arguments[fact.at]
  // A time limit around it cancels it: https://github.com/connor4312/cockatiel#wrappolicies
  const leftOut = fact.byDefault && !mentions(sourceCode, 'timeout') ? { node: call.callee, call, written: null, option } : null
  if (!argument) return leftOut
  const options = objectBehind(argument, calls)
  if (!options || options.properties.some((property) => property.type === 'SpreadElement' || fact.enders?.includes(memberName(property) ?? ''))) return null
  const flag = fact.switch === undefined ? null : propertyOf(options, fact.switch)
  if (flag && flag.value.type === 'Literal' && flag.value.value === true) return { node: flag, call, written: flag, option }
  const limit = limitIn(options, fact)
  if (limit === null) return leftOut
  return isEndless(limit.value, fact) ? { node: limit, call, written: limit, option } : null
}

function objectBehind(argument: Node, calls: Calls): TSESTree.ObjectExpression | null {
  const value = unwrap(argument)
  if (value.type === 'ObjectExpression') return value
  const { root, steps } = calls.originOf(value)
  return root.kind === 'value' && root.node.type === 'ObjectExpression' && steps.length === 0 ? root.node : null
}

/** The property that holds the limit; of `retry: Infinity` for `retry: { limit: Infinity }` the outer one. */
function limitIn(options: TSESTree.ObjectExpression, { limit }: RetryFact): TSESTree.Property | null {
  let object = options
  let found: TSESTree.Property | null = null
  for (const name of limit) {
    const property = propertyOf(object, name)
    if (!property) return null
    found = property
    const value = unwrap(property.value)
    if (value.type !== 'ObjectExpression') return found
    object = value
  }
  return found
}

function isEndless(limit: Node, { zero }: RetryFact): boolean {
  const value = unwrap(limit)
  return value.type === 'Literal' ? zero === true && value.value === 0 : isInfinity(value)
}
