import type { FunctionNode, Node } from '../../ast/nodes.ts'
import type { Trigger } from '../../knowledge/handlers/facts.ts'
import type { Settings } from '../../options/settings.ts'

/**
 * How we know that something else calls a function per request:
 *
 * - `registered`: it is passed to a call of a known framework (a fact).
 * - `convention`: it is exported, decorated or typed as a framework asks (a fact).
 * - `shape`: its parameters, or the call it is passed to, look like it (a guess, unless `certain`).
 */
export type HandlerKind = 'registered' | 'convention' | 'shape'

export interface Handler {
  readonly node: FunctionNode
  readonly kind: HandlerKind
  /** Whether it may be taken for granted; other handlers count only where the user asks for what is `possible`. */
  readonly certain: boolean
  readonly runs: Trigger
  /** The framework, where it is known. */
  readonly framework: string | null
  /** A timer that ticks no more often than once a minute: a short wait in it is hardly felt. */
  readonly rare?: boolean
  /** How messages call it: `handler POST /hash`, `listener of message`. */
  readonly label: string
}

/** The way from a handler to code that runs because of it. */
export interface Reach {
  readonly handler: Handler
  /** Functions between the handler and the code, in the order of their calls; inline callbacks are left out. */
  readonly via: readonly FunctionNode[]
}

/** An expression that stands where a handler is expected, and is no function of this file. */
export interface HandlerPosition extends Omit<Handler, 'node'> {
  readonly node: Node
}

/** An entry of `settings.bounded.handlers`. */
export type HandlerEntry = Settings['handlers'][number]
