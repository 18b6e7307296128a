/**
 * Whether a program that is told to end waits for what it has at work. On SIGTERM, which supervisors send at each deploy,
 * the course from the signal's listener to `process.exit` is followed, and what is waited for on it is held against what
 * the file started: servers, workers, consumers.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions, mentionsString } from '../../ast/file-words.ts'
import { wordsOf } from '../../ast/names.ts'
import { isInside, walk, walkOwnCode, wrapped, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { deploySignal, drainingWords } from '../../knowledge/intakes.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, type Calls } from '../calls/index.ts'
import { audienceOf, isDevelopmentOnly } from '../handlers/run-once.ts'
import { isPacing } from '../loops/pacing.ts'
import { sightOf, type Sight } from '../loops/sight.ts'
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
  if (exit.waits.some((wait) => isPauseIn(wait, file))) return { exit: exit.node, silence: 'waited' }
  const answers = file.intakes.map((intake) => answerOf(intake, exit, course, file))
  const cut = answers.find((answer) => typeof answer === 'object')
  if (!cut) return { exit: exit.node, silence: answers.includes('waited') ? 'waited' : 'unseen' }
  // What is waited for besides says which of them matters, unless somebody meant to stop this one as well.
  const isSecond = answers.includes('waited')
  return isSecond && cut.kind === 'apart' ? { exit: exit.node, silence: 'waited' } : { ...cut, exit: exit.node, isSecond }
}

type Answer = Pick<CutOff, 'intake' | 'kind' | 'ending'> | 'waited' | 'unseen'

function answerOf(intake: Intake, { waits }: Exit, course: Course, file: File): Answer {
  const mentioned = waits.flatMap((wait) => mentionsIn(wait, intake, file))
  const settled = mentioned.map((name) => endingOf(name)).filter((ending) => ending !== null && intake.tells === 'callback' && isSettledAtOnce(ending))
  if (mentioned.length > settled.length) return 'waited'
  if (settled[0]) return { intake, kind: 'settled', ending: settled[0] }
  const dropped = course.runs.flatMap((node) => droppedIn(node, intake, file))[0] ?? null
  if (dropped) return { intake, kind: 'dropped', ending: dropped }
  if (waits.length === 0) return { intake, kind: 'cut', ending: null }
  return intake.escapes || isEndedSomewhere(intake, file) ? 'unseen' : { intake, kind: 'apart', ending: waits.at(-1)?.node ?? null }
}

/** `await server.close()`, and `server.close(log)` where the value of the call is what is waited for. */
function isSettledAtOnce(ending: Node & { arguments: readonly Node[] }): boolean {
  return ending.arguments.length === 0 || ending.parent?.type === 'AwaitExpression'
}

/** The names of an intake in what is waited for, in the functions of the file that it calls, and in what its variables hold. */
function mentionsIn({ node, callback }: Wait, intake: Intake, file: File): Node[] {
  const found: Node[] = []
  look(node, 0)
  return found

  function look(code: Node, depth: number): void {
    if (depth > MAX_DEPTH) return
    walk(code, file.sourceCode.visitorKeys, (child) => {
      if (child === callback) return 'skip'
      if (isHandleOf(child, intake, file.calls)) {
        found.push(child)
        return 'skip'
      }
      if (child.type === 'CallExpression') {
        const called = file.calls.functionOf(child)
        if (called) look(called.body, depth + 1)
      }
      const held = child.type === 'Identifier' ? heldBy(child, file.calls) : null
      if (held) look(held, depth + 1)
      return undefined
    })
  }
}

/** Calls and variables that a mention is looked for behind. */
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
function isPauseIn({ node, callback }: Wait, { sourceCode, sight }: File): boolean {
  return !walk(node, sourceCode.visitorKeys, (child) => {
    if (child === callback) return 'skip'
    if (child.type === 'Identifier') return wordsOf(child.name).some((word) => drainingWords.has(word)) ? 'stop' : undefined
    return (child.type === 'CallExpression' || child.type === 'NewExpression') && isPacing(child, sight) ? 'stop' : undefined
  })
}
