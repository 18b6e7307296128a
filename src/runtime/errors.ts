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
