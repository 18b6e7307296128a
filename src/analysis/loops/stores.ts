/**
 * What an iteration leaves in a store where another may find it. Things that it makes only where it finds none: two elements
 * that look for the same would both miss it, if they looked at once, and make it twice. Things that it reads, changes and
 * writes back: of two elements that share one, the change of one would be lost.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { isInside, isNothing, memberName, stringValue, unwrap, unwrapAwait, walkOwnCode, type CallLike, type Node } from '../../ast/nodes.ts'
import {
  changingVerbs,
  insertStatement,
  lookingVerbs,
  makingVerbs,
  manyWords,
  ownKeyWords,
  protectedStatement,
  selectStatement,
  updateStatement,
} from '../../knowledge/stores.ts'
import { referencesOf } from '../effects/accesses.ts'
import { isDeclaredIn } from '../effects/summaries.ts'
import { isUsedAsPromise } from '../work/index.ts'
import { holdsIdentity, holdsSharedKey } from './element-keys.ts'
import type { Region } from './region.ts'
import type { Body, Sight } from './sight.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

/** What a call works on: the text of its receiver, and what its name says besides the verb. */
interface Store {
  readonly receiver: string
  readonly things: string
  /** What is fixed of the key or address that it is given: `user:` of `redis.get(`user:${name}`)`. */
  readonly key: string
}

/** The call that makes what an iteration has looked for in vain; null where there is none, or each looks for something of its own. */
export function madeWhereMissing(region: Region, sight: Sight): CallLike | null {
  const { sourceCode } = sight
  const isOwn = (look: CallLike): boolean => holdsIdentity(look, region, sourceCode)
  const here = madeIn(region.body, sourceCode, (look) => region.mentionsElement(look) && !isOwn(look))
  if (here) return here
  return region.calls.find((call) => {
    const body = sight.bodyOf(call)
    return body !== null && !isInside(body.node, region.body) && region.mentionsElement(call) && !isOwn(call) && madeInFunction(body)
  }) ?? null
}

/** The call that writes back what an iteration has read by a key that elements share: `accounts.findById(order.accountId)`. */
export function writtenBack(region: Region, { sourceCode }: Sight): CallLike | null {
  const calls: TSESTree.CallExpression[] = []
  walkOwnCode(region.body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'CallExpression' && isUsedAsPromise(node)) calls.push(node)
  })
  for (const look of calls) {
    const store = look.parent.type === 'AwaitExpression' ? storeOf(look, lookingVerbs, selectStatement, sourceCode) : null
    if (!store || !holdsSharedKey(look, region, sourceCode)) continue
    const holders = holdersOf(look, sourceCode)
    const isHolder = (node: Node): boolean => node.type === 'Identifier' && holders.has(referencesOf(sourceCode).get(node)?.resolved as Variable)
    const back = calls.find((call) => {
      const callee = unwrap(call.callee)
      if (call.range[0] < look.range[1] || callee.type !== 'MemberExpression') return false
      if (isHolder(unwrap(callee.object))) return changingVerbs.has(wordsOf(memberName(callee) ?? '')[0] ?? '')
      const changed = storeOf(call, changingVerbs, updateStatement, sourceCode)
      return changed !== null && isSame(store, changed) && call.arguments.some((argument) => mentionsContent(argument, isHolder, sourceCode))
    })
    if (back) return back
  }
  return null
}

/** Whether a value is made of what was read, and not only addressed by its key. */
function mentionsContent(value: Node, isHolder: (node: Node) => boolean, sourceCode: SourceCode): boolean {
  let mentions = false
  walkOwnCode(value, sourceCode.visitorKeys, (node) => {
    const { parent } = node
    const isKey = parent?.type === 'MemberExpression' && parent.object === node && ownKeyWords.has(wordsOf(memberName(parent) ?? '').at(-1) ?? '')
    mentions ||= isHolder(node) && !isKey
    return mentions ? 'stop' : undefined
  })
  return mentions
}

/** A function that looks for what it is given and makes it: `findOrCreateTag(name)`. */
function madeInFunction({ node, in: { sourceCode } }: Body): boolean {
  const mentionsParameter = (look: CallLike): boolean => {
    let mentions = false
    walkOwnCode(look, sourceCode.visitorKeys, (child) => {
      const variable = child.type === 'Identifier' ? referencesOf(sourceCode).get(child)?.resolved : null
      mentions ||= variable?.defs.some(({ type }) => type === 'Parameter') === true && isDeclaredIn(variable, node)
      return mentions ? 'stop' : undefined
    })
    return mentions
  }
  return madeIn(node.body, sourceCode, mentionsParameter) !== null
}

/** The first call in a piece of code that runs only where a look-up in the same store has found nothing. */
function madeIn(code: Node, sourceCode: SourceCode, counts: (look: CallLike) => boolean): CallLike | null {
  const looks: { readonly call: CallLike; readonly store: Store }[] = []
  const makes: { readonly call: CallLike; readonly store: Store }[] = []
  const tests: Test[] = []
  walkOwnCode(code, sourceCode.visitorKeys, (node) => {
    if (node.type === 'CallExpression' && isUsedAsPromise(node)) {
      const look = node.parent.type === 'AwaitExpression' && counts(node) ? storeOf(node, lookingVerbs, selectStatement, sourceCode) : null
      const make = look ? null : storeOf(node, makingVerbs, insertStatement, sourceCode)
      if (look) looks.push({ call: node, store: look })
      else if (make) makes.push({ call: node, store: make })
    }
    const test = testOf(node)
    if (test) tests.push(test)
  })
  for (const look of looks) {
    const candidates = makes.filter(({ store }) => isSame(look.store, store))
    if (candidates.length === 0) continue
    for (const test of tests) {
      const said = outcome(test, look.call, sourceCode)
      const made = said && candidates.find(({ call }) => needs(call, test, said))
      if (made) return made.call
    }
  }
  return null
}

interface Test {
  readonly node: Node
  readonly asked: Node
}

function testOf(node: Node): Test | null {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return { node, asked: node.test }
    case 'LogicalExpression':
      return { node, asked: node.left }
    case 'AssignmentExpression':
      return node.operator === '??=' || node.operator === '||=' ? { node, asked: node.left } : null
    default:
      return null
  }
}

/**
 * What a test that holds says of a look-up, by the call itself or a variable with what it has brought: `row` and
 * `rows.length > 0` that something was found, `!row` and `row == null` that nothing was. Null where it asks something else.
 */
function outcome({ asked }: Test, look: CallLike, sourceCode: SourceCode): 'found' | 'missing' | null {
  const holders = holdersOf(look, sourceCode)
  const says = (node: Node): 'found' | 'missing' | null => {
    const expression = unwrapAwait(node)
    switch (expression.type) {
      case 'LogicalExpression':
        return says(expression.left) ?? says(expression.right)
      case 'UnaryExpression':
        return expression.operator === '!' ? opposite(says(expression.argument)) : null
      case 'BinaryExpression': {
        const said = isFixed(expression.right) ? says(expression.left) : null
        return isNegative(expression) ? opposite(said) : said
      }
      case 'MemberExpression':
        return says(expression.object)
      case 'Identifier': {
        const variable = referencesOf(sourceCode).get(expression)?.resolved
        return variable != null && holders.has(variable) ? 'found' : null
      }
      default:
        return isInside(look, expression) ? 'found' : null
    }
  }
  return says(asked)
}

function opposite(said: 'found' | 'missing' | null): 'found' | 'missing' | null {
  return said && (said === 'found' ? 'missing' : 'found')
}

/** `rows.length === 0`, `row == null`, `count < 1`, `exists === false`; not `exists === true`. */
function isNegative({ operator, right }: TSESTree.BinaryExpression): boolean {
  const isEqual = operator === '==' || operator === '==='
  return isEqual ? right.type !== 'Literal' || right.value !== true : operator === '<' || operator === '<='
}

/** What nothing, or no number of things, is compared with. */
const isFixed = (node: Node): boolean => isNothing(node) || (node.type === 'Literal' && typeof node.value !== 'string')

/** `const [row] = await look()`, `found = (await look()).rows`, and what is taken out of those in the same way: `row = rows[0]`. */
function holdersOf(look: CallLike, sourceCode: SourceCode): ReadonlySet<Variable> {
  const holders = new Set<Variable>()
  const take = (value: Node): void => {
    let node = value
    while (node.parent && TRANSPARENT.has(node.parent.type)) node = node.parent
    const owner = node.parent
    const taken =
      owner?.type === 'VariableDeclarator'
        ? sourceCode.getDeclaredVariables(owner)
        : owner?.type === 'AssignmentExpression' && owner.left.type === 'Identifier'
          ? [referencesOf(sourceCode).get(owner.left)?.resolved]
          : []
    for (const variable of taken) {
      if (!variable || holders.has(variable)) continue
      holders.add(variable)
      for (const { identifier } of variable.references) if (identifier.range[0] > look.range[1]) take(identifier as Node)
    }
  }
  take(look)
  return holders
}

/** Nodes that hand on what they hold, or a part of it. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'AwaitExpression', 'ChainExpression', 'LogicalExpression', 'MemberExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression',
])

/** Whether a call is made only where a test says that nothing was found: in one of its branches, or after one that goes on with the next element. */
function needs(call: CallLike, { node, asked }: Test, said: 'found' | 'missing'): boolean {
  if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') {
    const isAlternative = node.type === 'AssignmentExpression' || (node.type === 'LogicalExpression' && node.operator !== '&&')
    return isInside(call, node) && !isInside(call, asked) && said === (isAlternative ? 'found' : 'missing')
  }
  if (said === 'missing') return isInside(call, node.consequent)
  if (node.alternate && isInside(call, node.alternate)) return true
  return node.type === 'IfStatement' && call.range[0] > node.range[1] && isInside(call, node.parent) && leaves(node.consequent)
}

function leaves(branch: Node): boolean {
  const last = branch.type === 'BlockStatement' ? branch.body.at(-1) : branch
  return last?.type === 'ContinueStatement' || last?.type === 'ReturnStatement'
}

/** The store that a call works on, where a verb along its chain, or the statement that it hands over, says so. */
function storeOf(call: CallLike, verbs: ReadonlySet<string>, statement: RegExp, sourceCode: SourceCode): Store | null {
  if (call.type !== 'CallExpression') return null
  const text = statementIn(call, sourceCode)
  if (text !== null) {
    const table = protectedStatement.test(text) ? null : statement.exec(text)?.[1]
    return table ? { receiver: table.toLowerCase(), things: '', key: '' } : null
  }
  const key = fixedPart(call.arguments[0])
  let things: string | null = null
  let current: Node = call
  for (;;) {
    if (current.type === 'CallExpression') {
      const callee: Node = unwrap(current.callee)
      const name = callee.type === 'MemberExpression' ? memberName(callee) : nameOf(callee)
      const [verb = '', ...others] = wordsOf(name ?? '')
      if (verbs.has(verb)) things = thingsIn(others)
      if (callee.type !== 'MemberExpression') return things === null ? null : { receiver: verbs.has(verb) ? '' : sourceCode.getText(current), things, key }
      current = unwrapAwait(callee.object)
    } else {
      const receiver = sourceCode.getText(current.type === 'NewExpression' ? current.callee : current).replaceAll('?.', '.')
      return things === null ? null : { receiver, things, key }
    }
  }
}

function statementIn({ arguments: [first] }: { readonly arguments: readonly Node[] }, sourceCode: SourceCode): string | null {
  const value = first && unwrap(first)
  const isText = value?.type === 'TemplateLiteral' || (value?.type === 'Literal' && typeof value.value === 'string')
  return value && isText && /\s/.test(sourceCode.getText(value)) ? sourceCode.getText(value).slice(1, -1) : null
}

function fixedPart(argument: Node | undefined): string {
  const value = argument && unwrap(argument)
  const text = value?.type === 'TemplateLiteral' ? value.quasis[0]?.value.raw : value ? stringValue(value) : ''
  return (text ?? '').split('?')[0] ?? ''
}

/** `userByEmail` → `user`: what a name says of the thing; `One`, `Unique`, `Many` say how many. */
function thingsIn(words: readonly string[]): string {
  const end = words.findIndex((word) => word === 'by' || word === 'with' || word === 'for' || word === 'if')
  return words
    .slice(0, end < 0 ? undefined : end)
    .filter((word) => !manyWords.has(word))
    .join(' ')
    .replace(/s$/, '')
}

function isSame(look: Store, make: Store): boolean {
  if (look.things !== '' && make.things !== '') return look.things === make.things
  const isElsewhere = !look.key.startsWith(make.key) && !make.key.startsWith(look.key)
  return look.receiver === make.receiver && look.receiver !== '' && !isElsewhere
}
