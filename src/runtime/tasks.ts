/** What a running call shares with its tasks: the signal, and the context objects that show it. */
import type { TaskContext, Token } from './types.ts'

/** An abort controller made only when somebody reads the signal: the first read costs more than most tasks. */
export class Stop {
  stopped = false
  reason: unknown
  private controller: AbortController | undefined

  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController()
      if (this.stopped) this.controller.abort(this.reason)
    }
    return this.controller.signal
  }

  stop(reason: unknown): void {
    if (this.stopped) return
    this.stopped = true
    this.reason = reason
    this.controller?.abort(reason)
  }
}

/**
 * A class with a getter, because an object literal with one costs forty times as much to make; fields are declared and
 * assigned, because initialisers and private fields cost twice as much.
 */
export class Context implements TaskContext {
  declare readonly index: number
  declare private readonly stop: Stop

  constructor(stop: Stop, index: number) {
    this.stop = stop
    this.index = index
  }

  get signal(): AbortSignal {
    return this.stop.signal
  }
}

/** The context of a task with a deadline: its signal is its own. */
export class TimedContext extends Stop implements TaskContext {
  due = 0
  /** The deadline has passed; what the task still does is nobody's. */
  late = false
  /** Its slot has been given away. */
  abandoned = false
  readonly index: number
  readonly token: Token | undefined

  constructor(index: number, token?: Token) {
    super()
    this.index = index
    this.token = token
  }
}
