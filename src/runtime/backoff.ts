/** How long to wait before another attempt. */
import { checkCount, checkDelay, refuse } from './arguments.ts'

/** Milliseconds until the next attempt, or false for none. `attempt` is how many have failed: 1 after the first. */
export type RetryDelay = (error: unknown, attempt: number) => number | false

export interface BackoffOptions {
  /** Retries after the first attempt. Default 3. */
  retries?: number | undefined
  /** Milliseconds before the first retry, at most. Default 100. */
  baseMs?: number | undefined
  /** Milliseconds before any retry, at most. Default 30 000. */
  maxMs?: number | undefined
  /** Growth per attempt. Default 2. */
  factor?: number | undefined
  /** Gives a number from 0 to 1. Default `Math.random`. */
  random?: (() => number) | undefined
}

/**
 * Exponential back-off, capped, with full jitter: a random share of the delay, so that those that failed together do not
 * come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @throws {TypeError} for a bad argument.
 */
export function backoff(options: BackoffOptions = {}): RetryDelay {
  const { retries = 3, baseMs = 100, maxMs = 30_000, factor = 2, random = Math.random } = options
  if (retries !== 0) checkCount('retries', retries)
  checkDelay('baseMs', baseMs)
  checkDelay('maxMs', maxMs)
  if (!(factor >= 1)) refuse('factor', 'a number >= 1', factor)
  return (_error, attempt) => (attempt > retries ? false : random() * Math.min(maxMs, baseMs * factor ** (attempt - 1)))
}
