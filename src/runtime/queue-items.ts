/** What a queue holds: items, the turns that they get, and the producers that wait for a place. */
import type { PushOptions } from './queue-options.ts'
import type { Stop } from './tasks.ts'
import type { Token } from './types.ts'

/**
 * An item that is more than itself: it has a signal, a caller that awaits it, or has failed. Of those that wait
 * there may be very many, so an item that was only pushed is kept as it came. Fields are declared and assigned, as in
 * `Context`.
 */
export class Entry<T> {
  declare readonly item: T
  /** Position among the items that came. */
  declare readonly index: number
  declare readonly lane: number
  declare readonly signal: AbortSignal | undefined
  declare readonly settle: Settle | undefined
  declare state: 'parked' | 'queued' | 'running' | 'delayed' | 'over'
  declare attempts: number
  declare abort?: () => void
  declare error?: unknown
  /** That of the latest attempt, where it has one of its own. */
  declare stop?: Stop
  declare retry?: ReturnType<typeof setTimeout>

  constructor(item: T, index: number, given?: PushOptions, settle?: Settle) {
    this.item = item
    this.index = index
    this.lane = laneOf(given)
    this.signal = given?.signal
    this.settle = settle
    this.state = 'queued'
    this.attempts = 0
  }
}

export type Held<T> = T | Entry<T>

/** An item whose turn has come, and the governor's slot that it has. */
export class Turn<T> {
  readonly held: Held<T>
  readonly index: number
  readonly token: Token | undefined

  constructor(held: Held<T>, index: number, token: Token | undefined) {
    this.held = held
    this.index = index
    this.token = token
  }
}

/** Starts an item in the async context in which it came. */
export type Wake<T> = (turn: Turn<T>) => void

export interface Settle {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** A producer that waits for a place. */
export class Parked<T> {
  resolve!: (value: undefined) => void
  reject!: (error: unknown) => void
  readonly held: Held<T>
  readonly index: number
  readonly lane: number
  readonly wake: Wake<T> | undefined
  readonly place: Promise<void>

  constructor(held: Held<T>, index: number, lane: number, wake: Wake<T> | undefined) {
    this.held = held
    this.index = index
    this.lane = lane
    this.wake = wake
    this.place = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }
}

/** The priority under which an item was pushed. */
export function laneOf(given: PushOptions | undefined): number {
  return given?.priority ?? 0
}
