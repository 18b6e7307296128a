/** A task did not settle within its deadline. The stack is that of the call that set the deadline. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
  readonly code = 'ETIMEDOUT'
  /** The deadline, in milliseconds. */
  readonly timeout: number

  constructor(timeout: number, message = `The task did not settle within ${timeout} ms`) {
    super(message)
    this.timeout = timeout
  }
}

/** A limiter has as many callers waiting as it may have. */
export class LimiterFullError extends Error {
  override readonly name = 'LimiterFullError'
  readonly code = 'ELIMITERFULL'
  /** How many may wait. */
  readonly maxPending: number

  constructor(maxPending: number) {
    super(`The limiter has ${maxPending} waiting and takes no more`)
    this.maxPending = maxPending
  }
}

/** No slot became free within `acquireTimeout`. */
export class AcquireTimeoutError extends Error {
  override readonly name = 'AcquireTimeoutError'
  readonly code = 'EACQUIRETIMEOUT'
  /** How long the caller waited, in milliseconds. */
  readonly timeout: number

  constructor(timeout: number) {
    super(`No slot became free within ${timeout} ms`)
    this.timeout = timeout
  }
}

/** What waited in a limiter when `clear` was called without a reason. */
export class ClearedError extends Error {
  override readonly name = 'ClearedError'
  readonly code = 'ECLEARED'

  constructor() {
    super('The limiter was cleared while this call waited')
  }
}

/** The queue takes nothing more, or was closed before this item was done. */
export class QueueClosedError extends Error {
  override readonly name = 'QueueClosedError'
  readonly code = 'EQUEUECLOSED'

  constructor() {
    super('The queue is closed')
  }
}
