/** What is known of a place that tries again. */
import type { Node } from '../../ast/nodes.ts'
import type { Reach } from '../handlers/index.ts'
import type { Attempt } from './attempts.ts'

/**
 * Why a retry is left alone:
 *
 * - `ends`: a count, a time, a signal, another answer or a way out ends it.
 * - `lasting`: it goes on after a success as well: a consumer, a poller, a scheduler.
 * - `changed`: the next attempt is another one: other arguments, another candidate.
 * - `person`: a person, a terminal or a page is asked again.
 * - `stopped`: somebody keeps the timer, or consumes the results one by one, and can stop.
 */
export type Silence = 'ends' | 'lasting' | 'changed' | 'person' | 'stopped'

interface EndedRetry {
  readonly node: Node
  readonly silence: Silence
}

export interface EndlessRetry {
  /** What starts the next attempt: the `catch`, or the call. */
  readonly node: Node
  readonly attempt: Attempt
  /** Whether time passes before the next attempt; `unknown` where a call may take its time, or may end it all. */
  readonly pause: 'none' | 'some' | 'unknown'
  /** Whether every failure leads to another attempt, or only errors of a kind. */
  readonly after: 'any' | 'kind'
  /** Who waits until it succeeds. */
  readonly waiting: { readonly kind: 'handler'; readonly reach: Reach } | { readonly kind: 'callers' } | null
  /** Whether names say that it keeps something up, or waits until it is. */
  readonly lasting: boolean
}

export type Retry = EndlessRetry | EndedRetry
