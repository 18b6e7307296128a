/**
 * Waits for something else while a connection is held. Everyone who runs such code keeps a connection of the pool for as long as
 * the other side takes to answer, so that the pool is empty at its size divided by that time.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { isFunction, isLoop, memberName, walk, wrapped, type CallLike, type Node } from '../../ast/nodes.ts'
import { gatingVerbs, lockingNames, lockingStatement } from '../../knowledge/transactions.ts'
import type { Settings } from '../../options/settings.ts'
import { sightAcross, sightOf, type Sight } from '../loops/sight.ts'
import { programOf, type LintedFile } from '../program/index.ts'
import { outsideOf, secondOf, waitedFor, waitOf, type Outside } from './outside.ts'
import { heldIn, type Held } from './regions.ts'
import { mentionsAny, spread, type Variable } from './variables.ts'

export { mayHold, type Held } from './regions.ts'
export type { Outside } from './outside.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface HeldWait {
  readonly held: Held
  /** The awaited call in the code that holds. */
  readonly call: CallLike
  readonly outside: Outside
  /**
   * Where it could go instead.
   *
   * - `before`: it needs nothing that the held code learns.
   * - `after`: the held code needs nothing of it.
   * - `between`: both, so that there have to be two transactions.
   */
  readonly place: 'before' | 'after' | 'between'
  /** Whether rows are locked meanwhile, and what is written afterwards rests on the wait: it may be what the lock is for. */
  readonly locked: boolean
}

/** Every wait for something else in code that holds a connection; `context` is the linted file as the rule got it. */
export function heldWaitsOf(sourceCode: SourceCode, { apis }: Pick<Settings, 'apis'>, context: LintedFile & { readonly filename: string }): HeldWait[] {
  const found = new Map<Node, HeldWait>()
  let sight: Sight | undefined
  for (const held of heldIn(sourceCode)) {
    sight ??= farthestSight(sourceCode, apis, context)
    for (const wait of waitsIn(held, sight)) if (!found.has(wait.call)) found.set(wait.call, wait)
  }
  return [...found.values()]
}

/** With type information, what functions of other files wait for is seen too. */
function farthestSight(sourceCode: SourceCode, apis: Settings['apis'], context: Parameters<typeof programOf>[0]): Sight {
  const program = programOf(context)
  return program?.linted ? sightAcross(program.linted, sourceCode, program, apis) : sightOf(sourceCode, apis)
}

function waitsIn(held: Held, sight: Sight): HeldWait[] {
  const { sourceCode } = sight
  const handles = spread(held.handles, 'made', held.owner.body, sourceCode)
  const waits = waitedFor(held.owner, sourceCode).filter((call) => held.covers(call))
  let seconds = 0
  return waits.flatMap((call) => {
    const second = held.source && secondOf(call, held.source, handles, sight)
    // Where one query is beside the transaction, others are as well; the first stands for them.
    if (second && (seconds += 1) > 1) return []
    const outside = second ?? outsideOf(call, handles, sight)
    if (!outside || (outside.kind === 'pause' && held.kind === 'connection' && isPaced(call, held, handles, sourceCode))) return []
    const place = placeOf(call, held, sourceCode)
    const locked = takesLocks(held, sourceCode) && (outside.kind === 'pool' || (place !== 'before' && isFollowed(call, held, handles, sourceCode)))
    return [{ held, call: call as CallLike, outside, place, locked }]
  })
}

/** A pause between two batches of one cursor: the connection is needed again, and no transaction waits for its end. */
function isPaced(pause: Node, { owner }: Held, handles: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  for (let current = pause; current.parent && current !== owner; current = current.parent) if (isLoop(current) && mentionsAny(current, handles, sourceCode)) return true
  return false
}

/** Whether the held code goes on with what is held once the wait is over, other than by ending it. */
function isFollowed(call: Node, { owner, covers }: Held, handles: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  return waitedFor(owner, sourceCode).some((next) => next.range[0] > call.range[1] && covers(next) && mentionsAny(next, handles, sourceCode))
}

/** `.forUpdate()`, `{ lock: t.LOCK.UPDATE }`, `SELECT … FOR UPDATE`. */
function takesLocks({ owner }: Held, sourceCode: SourceCode): boolean {
  return !walk(owner.body, sourceCode.visitorKeys, (node) => (isLock(node) ? 'stop' : undefined))
}

function isLock(node: Node): boolean {
  switch (node.type) {
    case 'Property':
    case 'MemberExpression':
      return lockingNames.has(memberName(node) ?? '')
    case 'Literal':
      return typeof node.value === 'string' && lockingStatement.test(node.value)
    case 'TemplateElement':
      return lockingStatement.test(node.value.raw)
    default:
      return false
  }
}

function placeOf(call: Node, held: Held, sourceCode: SourceCode): HeldWait['place'] {
  const wait = waitOf(call, held.owner)
  const use = wait?.type === 'AwaitExpression' ? wrapped(wait).parent : wait
  if (use?.type === 'ExpressionStatement' && !isGate(call)) return 'after'
  if (!needsHeld(call, held, sourceCode)) return 'before'
  return use?.type === 'ReturnStatement' || use?.type === 'ArrowFunctionExpression' ? 'after' : 'between'
}

/** `await github.checkAdmin(user)` throws where it must not go on. */
function isGate(call: Node): boolean {
  return call.type === 'CallExpression' && gatingVerbs.has(wordsOf(nameOf(call.callee) ?? '')[0] ?? '')
}

/** Whether the call, or that it is made at all, rests on what the held code has learnt. */
function needsHeld(call: Node, { owner, handles }: Held, sourceCode: SourceCode): boolean {
  const learnt = spread(handles, 'learnt', owner.body, sourceCode)
  if (mentionsAny(call, learnt, sourceCode)) return true
  for (let current = call; current.parent && current !== owner; current = current.parent) {
    const { parent }: Node = current
    if ('test' in parent && parent.test && parent.test !== current && mentionsAny(parent.test, learnt, sourceCode)) return true
    if (parent.type === 'BlockStatement' && parent.body.some((each) => each.range[1] < current.range[0] && isWayOut(each, learnt, sourceCode))) return true
  }
  return false
}

/** `if (!order) throw new NotFound()` */
function isWayOut(statement: Node, learnt: ReadonlySet<Variable>, sourceCode: SourceCode): boolean {
  if (statement.type !== 'IfStatement' || !mentionsAny(statement.test, learnt, sourceCode)) return false
  return !walk(statement, sourceCode.visitorKeys, (node) => (isFunction(node) ? 'skip' : /^(?:Return|Throw|Continue|Break)Statement$/.test(node.type) ? 'stop' : undefined))
}
