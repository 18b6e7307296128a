/**
 * Whether a program that is told to end waits for what it has at work. On SIGTERM, which supervisors send at each deploy,
 * the course from the signal's listener to `process.exit` is followed, and what is waited for on it is held against what
 * the file started: servers, workers, consumers.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions, mentionsString } from '../../ast/file-words.ts'
import { nameOf, namesAlong, wordsOf } from '../../ast/names.ts'
import { enclosingFunction, isInside, memberName, unwrap, walk, walkOwnCode, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { chainingMethods } from '../../knowledge/built-in-methods.ts'
import { closers } from '../../knowledge/clients.ts'
import { clientEndings, deploySignal, drainingWords } from '../../knowledge/intakes.ts'
import { clientWords } from '../../knowledge/naming.ts'
import { loggingThings } from '../../knowledge/order-names.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, isOfProgram, type Calls } from '../calls/index.ts'
import { audienceOf, isDevelopmentOnly } from '../handlers/run-once.ts'
import { isPacing } from '../loops/pacing.ts'
import { sightOf, type Sight } from '../loops/sight.ts'
import { isExecutor } from '../retries/surroundings.ts'
import { courseOf, isExit, type Course, type Exit, type Wait } from './exits.ts'
import { endingOf, intakesOf, isHandleOf, type Intake } from './intakes.ts'
import { listenersOf, type Listener } from './signals.ts'

export type { Intake } from './intakes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** A program that ends while it is at work. */
export interface CutOff {
  readonly exit: Node
  readonly intake: Intake
  /**
   * - `cut`: nothing is waited for.
   * - `dropped`: it is told to stop (`ending`), and nobody waits until it has.
   * - `settled`: what is waited for (`ending`) is settled at once, since it tells a callback and returns no promise.
   * - `apart`: other things are waited for (`ending`), and nothing in the file ends it.
   */
  readonly kind: 'cut' | 'dropped' | 'settled' | 'apart'
  readonly ending: Node | null
  /** Whether something else that takes in work is waited for: then this one may not matter. */
  readonly isSecond: boolean
}

/**
 * Why an end is left alone:
 *
 * - `waited`: what is at work is waited for, or some time passes for it.
 * - `unseen`: it may be ended by what is waited for, out of this file's sight.
 * - `guarded`: the process ends on a second signal, after a failure or at a deadline alone.
 */
export type Silence = 'waited' | 'unseen' | 'guarded'

export interface Patient {
  readonly exit: Node
  readonly silence: Silence
}

export function mayEndOnSignal(sourceCode: SourceCode): boolean {
  return mentionsString(sourceCode, deploySignal) && mentions(sourceCode, 'exit')
}

/** Every end of the process that a SIGTERM leads to, in a file that starts something that takes in work. */
export function shutdownsOf(sourceCode: SourceCode, settings: Pick<Settings, 'apis' | 'handlers'>, filename: string): (CutOff | Patient)[] {
  const calls = callsOf(sourceCode)
  // With `cluster`, the process that gets the signal may be another than the one that is at work.
  if (mentionsString(sourceCode, 'cluster') || mentionsString(sourceCode, 'node:cluster') || audienceOf(sourceCode, calls, filename) !== 'users') return []
  const listeners = firstListenersOf(sourceCode)
  const intakes = listeners.length === 0 ? [] : intakesOf(sourceCode, settings)
  if (intakes.length === 0) return []
  const file: File = { sourceCode, calls, intakes, sight: sightOf(sourceCode, settings.apis) }
  const isHandle = (node: Node): boolean => intakes.some((intake) => isHandleOf(node, intake, calls))
  const found = new Map<Node, CutOff | Patient>()
  for (const { listener, node } of listeners) {
    const course: Course = node ? courseOf(node, { sourceCode, calls, isHandle }) : { exits: isExit(listener, calls) ? [{ node: listener, waits: [] }] : [], runs: [] }
    for (const exit of course.exits) if (!found.has(exit.node)) found.set(exit.node, judge(exit, course, file))
    if (course.exits.length === 0) found.set(listener, { exit: listener, silence: 'guarded' })
  }
  return [...found.values()]
}

/** Those of SIGTERM, without those that wait for a second one: `process.once('SIGTERM', () => { …; process.once('SIGTERM', kill) })`. */
function firstListenersOf(sourceCode: SourceCode): Listener[] {
  const all = listenersOf(sourceCode)
  return all.filter(({ call, signals }) => {
    return signals.includes(deploySignal) && !isDevelopmentOnly(call) && !all.some(({ node }) => node && isInside(call, node))
  })
}

interface File {
  readonly sourceCode: SourceCode
  readonly calls: Calls
  readonly intakes: readonly Intake[]
  readonly sight: Sight
}

function judge(exit: Exit, course: Course, file: File): CutOff | Patient {
  if (exit.waits.some((wait) => codeOf(wait, file).some((node) => isPause(node, file.sight)))) return { exit: exit.node, silence: 'waited' }
  const answers = file.intakes.map((intake) => answerOf(intake, exit, course, file))
  const cut = answers.find((answer) => typeof answer === 'object')
  if (!cut) return { exit: exit.node, silence: answers.includes('waited') ? 'waited' : 'unseen' }
  // What is waited for besides says which of them matters, unless somebody meant to stop this one as well.
  const isSecond = answers.includes('waited')
  return isSecond && cut.kind === 'apart' ? { exit: exit.node, silence: 'waited' } : { ...cut, exit: exit.node, isSecond }
}

type Answer = Pick<CutOff, 'intake' | 'kind' | 'ending'> | 'waited' | 'unseen'

function answerOf(intake: Intake, { waits }: Exit, course: Course, file: File): Answer {
  const mentioned = waits.flatMap((wait) => codeOf(wait, file)).filter((node) => isHandleOf(node, intake, file.calls))
  const endings = mentioned.map((name) => endingOf(name)).filter((ending) => ending !== null)
  // `server.close(() => process.exit())`
  if (endings.some((ending) => waits.some(({ node }) => node === ending))) return 'waited'
  const settled = intake.tells === 'callback' ? endings.filter(isSettledAtOnce) : []
  const forgotten = endings.filter((ending) => isDropped(ending) && !isTold(ending))
  const dropped = [...forgotten, ...course.runs.flatMap((node) => droppedIn(node, intake, file))]
  if (mentioned.length > settled.length + forgotten.length) return 'waited'
  if (settled[0]) return { intake, kind: 'settled', ending: settled[0] }
  if (dropped[0]) return { intake, kind: 'dropped', ending: dropped[0] }
  if (!intake.started) return 'unseen'
  if (waits.length === 0) return { intake, kind: 'cut', ending: null }
  if (isEndedSomewhere(intake, file) || (intake.escapes && waits.flatMap((wait) => codeOf(wait, file)).some((node) => !isOther(node, file)))) return 'unseen'
  return { intake, kind: 'apart', ending: waits.at(-1)?.node ?? null }
}

/** Whether code that is waited for cannot be what ends a server: it ends a client (`mongoose.disconnect()`), writes a log, or calls what is looked into. */
function isOther(node: Node, { calls }: File): boolean {
  if (node.type !== 'CallExpression' || calls.functionOf(node)) return true
  const callee = unwrap(node.callee)
  const { root } = calls.originOf(callee)
  if (root.kind === 'global') return true
  const names = callee.type === 'MemberExpression' ? namesAlong(callee.object, { throughCalls: false }) : [nameOf(callee) ?? '']
  if (names.some((name) => wordsOf(name).some((word) => loggingThings.has(word)))) return true
  if (callee.type !== 'MemberExpression') return false
  const method = memberName(callee) ?? ''
  if (chainingMethods.has(method)) return true
  const isClient = names.some((name) => wordsOf(name).some((word) => clientWords.get(word) === 'database'))
  return isClient ? closers.has(method) : root.kind === 'module' && !isOfProgram(root.name) && clientEndings.has(method)
}

/** `new Promise((resolve) => { server.close(() => resolve()) })` */
function isTold(ending: TSESTree.CallExpression): boolean {
  const owner = enclosingFunction(ending)
  return ending.arguments.length > 0 && owner !== null && isExecutor(owner)
}

/** `await server.close()`, also in `Promise.all([server.close()])`, and `await server.close(log)`. */
function isSettledAtOnce(ending: TSESTree.CallExpression): boolean {
  return ending.parent.type === 'AwaitExpression' || (ending.arguments.length === 0 && !isDropped(ending))
}

/** The nodes of what is waited for, of the functions of the file that it calls, and of what its variables hold. */
function codeOf({ node, callback }: Wait, { sourceCode, calls }: File): Node[] {
  const found: Node[] = []
  const seen = new Set<Node>()
  const look = (code: Node, depth: number): void => {
    if (depth > MAX_DEPTH || seen.has(code)) return
    seen.add(code)
    walk(code, sourceCode.visitorKeys, (child) => {
      if (child === callback) return 'skip'
      found.push(child)
      const behind = child.type === 'CallExpression' ? calls.functionOf(child)?.body : child.type === 'Identifier' ? heldBy(child, calls) : null
      if (behind) look(behind, depth + 1)
      return undefined
    })
  }
  look(node, 0)
  return found
}

/** Calls and variables that code is looked for behind. */
const MAX_DEPTH = 3

/** `once(server, 'close')` of `const closed = once(server, 'close')`. */
function heldBy(name: TSESTree.Identifier, calls: Calls): Node | null {
  const definition = calls.variableOf(name)?.defs[0]
  const init = definition?.type === 'Variable' ? definition.node.init : null
  return init && /^(?:CallExpression|NewExpression|AwaitExpression|ArrayExpression|MemberExpression)$/.test(init.type) ? init : null
}

/** Endings that nobody waits for: `server.close()` as a statement of its own. */
function droppedIn({ body }: FunctionNode, intake: Intake, { sourceCode, calls }: File): Node[] {
  const found: Node[] = []
  walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    const ending = isHandleOf(node, intake, calls) ? endingOf(node) : null
    if (ending && isDropped(ending)) found.push(ending)
  })
  return found
}

function isDropped(ending: Node): boolean {
  const { parent } = wrapped(ending)
  if (parent?.type === 'LogicalExpression' || (parent?.type === 'UnaryExpression' && parent.operator === 'void')) return isDropped(parent)
  return parent?.type === 'ExpressionStatement'
}

function isEndedSomewhere(intake: Intake, { sourceCode, calls }: File): boolean {
  return !walk(sourceCode.ast, sourceCode.visitorKeys, (node) => (isHandleOf(node, intake, calls) && endingOf(node) ? 'stop' : undefined))
}

/** `await sleep(5000)`, `await drainConnections()`: also as a part of what is waited for. */
function isPause(node: Node, sight: Sight): boolean {
  if (node.type === 'Identifier') return wordsOf(node.name).some((word) => drainingWords.has(word))
  return (node.type === 'CallExpression' || node.type === 'NewExpression') && isPacing(node, sight)
}
