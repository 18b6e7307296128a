/** The form of the tables of time limits: per client its default, where a limit is set, and what takes it away. */
import type { ApiFact } from '../facts.ts'

/**
 * The limit that is in force where the code sets none.
 *
 * - `total`: the operation ends within `ms` (per try, where the client retries).
 * - `step`: every step of a protocol with a fixed number of steps ends within `ms`.
 * - `pause`: only a silence of `ms` ends it; a peer that sends a byte now and then holds it for as long as it likes.
 * - `connect`: only connecting is limited; what is asked afterwards waits without one.
 */
export interface DefaultLimit {
  readonly ms: number
  readonly covers: 'total' | 'step' | 'pause' | 'connect'
}

/** Values that switch a limit off: `0`, `Infinity`, `false`. `undefined` and `null` always leave the default in force. */
export type NoLimitValue = 'zero' | 'infinity' | 'false'

/**
 * How a rewrite sets a limit:
 *
 * - `options`: `{ timeout: 10000 }`; a dotted name is a nested object; `unit` says what the number counts.
 * - `signal`: `{ signal: AbortSignal.timeout(10000) }`.
 * - `method`: `.timeout(10000)` appended to the call.
 * - `wrap`: the client has neither, `withTimeout` of the helper stops waiting for it.
 */
export type Remedy =
  | { readonly kind: 'options'; readonly options: readonly string[]; readonly unit?: 's' }
  | { readonly kind: 'signal'; readonly option: string }
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'wrap' }

export interface TimeLimitFact extends ApiFact {
  /** The client's name in messages. */
  readonly client: string
  /** The versions that the facts were read from. */
  readonly versions: string
  /**
   * The versions that this entry alone is for, where another entry of the same API tells the rest; `below` is not part of
   * it. It counts where the project's manifest names such a version. The entry without a range is that of the newest.
   */
  readonly range?: { readonly from?: readonly [major: number, minor: number]; readonly below?: readonly [major: number, minor: number] }
  /** `operation`: the call waits for a peer. `client`: it makes the client through which operations go. */
  readonly role: 'operation' | 'client'
  /** What waits, for messages: `a request`, `a query`. */
  readonly waits: string
  /** Positions at which an options object may stand. A position that takes a URL or options counts. */
  readonly options: readonly number[]
  /** Options that set a limit; a dotted name is a member of an object, and the whole object counts as well. */
  readonly limits: readonly string[]
  readonly none: readonly NoLimitValue[]
  readonly default: DefaultLimit | null
  /** What ends a dead peer in practice although the client limits nothing; such a fact is reported as possible only. */
  readonly guard?: string
  /** What happens when the limit passes. */
  readonly onLimit: string
  /** Rewrites, the preferred one first. */
  readonly remedies: readonly Remedy[]
  /** Methods on the result that set a limit: `request(…).timeout(ms)`, `http.get(…).setTimeout(ms, …)`. */
  readonly resultMethods?: readonly string[]
  /** A member of the module whose assignment sets the limit for the process: `axios.defaults.timeout`. */
  readonly processDefault?: string
  /** The result is an observable: its `pipe` makes another one and sends nothing anywhere. */
  readonly isObservable?: true
  /** An option that names a peer on the same machine, which goes when its process does. */
  readonly localPeer?: string
  /** A connection string may carry the limit. */
  readonly connectionString?: boolean
  readonly source: string
}
