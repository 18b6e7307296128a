/**
 * A race against a timer that rejects, as a call of the helper:
 *
 *     Promise.race([work(), new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms))])
 *     withTimeout(() => work(), ms, { message: 'late' })
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { foreignHelpers } from '../knowledge/limiters.ts'
import { callsOf } from '../analysis/calls/index.ts'
import { enclosingFunction, unwrap, walkOwnCode, type Node } from '../ast/nodes.ts'
import { isEditable } from './editable.ts'
import { raceTimerOf, type RaceTimer } from '../analysis/time-limits/race-timers.ts'
import { importName } from './import-name.ts'
import type { Rewrite } from './offer.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** None where the timer fulfils, does more than reject, leaves its handle somewhere, or says its delay in names that the place does not have. */
export function raceRewrites(
  race: TSESTree.CallExpression,
  { work, timer }: { work: readonly Node[]; timer: RaceTimer },
  helper: string,
  sourceCode: SourceCode,
): Rewrite<'useWithTimeout'>[] {
  const [only] = work
  const declaration = timer.variable && declarationToRemove(timer.variable, race, sourceCode)
  if (timer.variable && !declaration) return []
  const { ms } = timer
  if (!only || work.length > 1 || only.type === 'SpreadElement' || !ms || !timer.rejects || timer.cancels || timer.handle !== 'dropped') return []
  if (foreignHelpers.has(helper) || !isEditable(sourceCode)) return []
  if (hasInside(only, 'YieldExpression', sourceCode) || hasInside(ms, 'AwaitExpression', sourceCode) || hasComments(race, only, sourceCode)) return []
  if (usesArguments(only, sourceCode) || leavesUnused(race, sourceCode)) return []
  const name = importName(sourceCode, helper, 'withTimeout')
  const isAsync = hasInside(only, 'AwaitExpression', sourceCode)
  // At module level `await` needs no function around it, but here it would.
  if (isAsync && enclosingFunction(race)?.async === false) return []
  const message = messageOf(timer.error, sourceCode)
  const text = sourceCode.getText(only)
  const body = unwrap(only).type === 'ObjectExpression' || unwrap(only).type === 'SequenceExpression' ? `(${text})` : text
  const options = message ? `, { message: ${message} }` : ''
  return [{
    class: 'suggestion',
    messageId: 'useWithTimeout',
    data: { helper: name.local },
    edit: (fixer) => [
      ...name.edit(fixer),
      ...(declaration ? [fixer.removeRange(declaration)] : []),
      fixer.replaceText(race, `${name.local}(${isAsync ? 'async ' : ''}() => ${body}, ${sourceCode.getText(ms)}${options})`),
    ],
  }]
}

/** Whether the race is all that calls one of the functions in it: a rewrite would leave that function behind, used by nothing. */
function leavesUnused(race: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const [list] = race.arguments
  const elements = list?.type === 'ArrayExpression' ? list.elements : []
  return elements.some((element) => {
    const timer = element && unwrap(element)
    if (timer?.type !== 'CallExpression' || timer.callee.type !== 'Identifier' || raceTimerOf(timer, sourceCode) === null) return false
    const variable = callsOf(sourceCode).variableOf(timer.callee)
    return variable !== null && variable.defs.length > 0 && variable.references.filter((reference) => !reference.init).length === 1
  })
}

/** The lines of `const timer = new Promise(…)`, where the race is all that uses it and stands in the same function. */
function declarationToRemove(variable: TSESLint.Scope.Variable, race: Node, sourceCode: SourceCode): [number, number] | null {
  const declarator = variable.defs[0]?.node as Node | undefined
  if (declarator?.type !== 'VariableDeclarator' || declarator.parent.declarations.length !== 1) return null
  const statement = declarator.parent
  const uses = variable.references.filter((reference) => !reference.init)
  if (uses.length !== 1 || enclosingFunction(statement) !== enclosingFunction(race)) return null
  if (statement.parent.type !== 'BlockStatement' && statement.parent.type !== 'Program') return null
  if (sourceCode.getCommentsInside(statement).length > 0) return null
  const before = sourceCode.getTokenBefore(statement, { includeComments: true })
  const start = before ? before.range[1] : statement.range[0]
  // A comment above it speaks of the timer.
  return before && (before.type as string) !== 'Punctuator' && before.type !== 'Keyword' && /^(?:Line|Block)$/.test(before.type) ? null : [start, statement.range[1]]
}

/** The text of `new Error('late')`, where it is a string. */
function messageOf(error: Node | null, sourceCode: SourceCode): string | null {
  if (!error) return null
  if (error.type === 'Literal' && typeof error.value === 'string') return sourceCode.getText(error)
  if (error.type !== 'NewExpression' && error.type !== 'CallExpression') return null
  const [message] = error.arguments
  const isText = (message?.type === 'Literal' && typeof message.value === 'string') || message?.type === 'TemplateLiteral'
  return isText ? sourceCode.getText(message) : null
}

/** Comments that would be lost, anywhere in the race but in the work itself. */
function hasComments(race: Node, work: Node, sourceCode: SourceCode): boolean {
  return sourceCode.getCommentsInside(race).some(({ range }) => range[0] < work.range[0] || range[1] > work.range[1])
}

function hasInside(node: Node, type: `${Node['type']}`, sourceCode: SourceCode): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, (child) => (child.type === type ? 'stop' : undefined))
}

function usesArguments(node: Node, sourceCode: SourceCode): boolean {
  return !walkOwnCode(node, sourceCode.visitorKeys, (child) => (child.type === 'Identifier' && child.name === 'arguments' ? 'stop' : undefined))
}
