/** The answer to: are the iterations of this loop independent? (`loopsOf(sourceCode, options).verdictOf(loop)`) */
import type { TSESTree } from '@typescript-eslint/utils'
import type { CallLike, LoopNode, Node } from '../../ast/nodes.ts'

/** A loop statement, or the call of a sequential `xs.reduce(async (previous, x) => …)`. */
export type Loop = LoopNode | TSESTree.CallExpression

/** Where an iteration waits: an `await`, or the `for await` / `await using` of something inside the body. */
export type Pause = TSESTree.AwaitExpression | TSESTree.ForOfStatement | TSESTree.VariableDeclaration

/** Why iterations have to come one after another. The sections of `docs/rules/no-await-in-loop.md` carry the same names. */
export type OrderedReason =
  | 'control'
  | 'same-work'
  | 'carried'
  | 'found-or-made'
  | 'pacing'
  | 'ordered-sink'
  | 'ordered-call'
  | 'batched'
  | 'worker'
  | 'started'
  | 'unordered-anyway'
  | 'context'
  | 'stated'

/**
 * How an iteration hands its result to what is outside the loop, where it can be handed over after all iterations in
 * input order, without a change in the final state.
 *
 * - `push`: `out.push(a, …)`, `out.unshift` is not one.
 * - `keyed`: `out[key] = a`, `map.set(key, a)`; a later write under the same key wins.
 * - `add`: `set.add(a)`.
 * - `fold`: `n += a`, `n++`, `all = all.concat(a)`, `ok = ok && a`: the new value is made of the old one and a part of this iteration.
 * - `assign`: `last = a`: the last iteration wins. Nothing in the loop reads it.
 */
export type Reduction = {
  readonly kind: 'push' | 'keyed' | 'add' | 'fold' | 'assign'
  /** The expression that is written to: `out`, `this.items`, `total`. */
  readonly target: TSESTree.Identifier | TSESTree.MemberExpression
  /** The call or assignment that does it. */
  readonly node: TSESTree.CallExpression | TSESTree.AssignmentExpression | TSESTree.UpdateExpression
}

/** What the iterations leave behind: one kind of reduction, several kinds, or only their own effects. */
export type Results = Reduction['kind'] | 'mixed' | 'effects'

/** The shape of a loop: how often it runs and what names each iteration gets. */
export interface LoopShape {
  readonly form: 'for-of' | 'for-await' | 'for-in' | 'counted' | 'drain' | 'reduce'
  /** What the loop goes over: the iterable, object, counted array (null where the bound is a plain number) or drained list. */
  readonly source: Node | null
  /** The names that each iteration gets. */
  readonly names: readonly TSESTree.Identifier[]
  readonly body: Node
}

export interface Evidence {
  /** The call whose work could overlap, in the loop's body. */
  readonly call: CallLike | null
  /** `certain`: table, function of the file, or types say what the call does; `likely`: only how it is called does. */
  readonly certainty: 'certain' | 'likely'
  /** The names of this iteration that the work uses: `['id']`. */
  readonly uses: readonly string[]
  readonly reductions: readonly Reduction[]
  /**
   * Writes to what is outside the loop that are no reductions: state that is only touched before the first pause
   * (`started++`), or that each iteration sets before it looks (`res = await f(x); use(res)`, one variable for all).
   */
  readonly otherWrites: readonly Node[]
}

export interface Independent {
  readonly kind: 'independent'
  readonly shape: LoopShape
  readonly evidence: Evidence
  /** The first place where an iteration waits for work of its own: what a report points at. */
  readonly firstAwait: Pause
  readonly results: Results
}

export interface Ordered {
  readonly kind: 'ordered'
  readonly reason: OrderedReason
  /** The node that shows it. */
  readonly because: Node
}

export interface Unknown {
  readonly kind: 'unknown'
  /** The node about which nothing is known, such as a call of a function that came from elsewhere. */
  readonly because: Node
  /** What a report under `report: 'possible'` points at; null where nothing in the loop waits. */
  readonly firstAwait: Pause | null
  readonly shape: LoopShape | null
  readonly evidence: Evidence | null
  readonly results: Results
}

export type Verdict = Independent | Ordered | Unknown
