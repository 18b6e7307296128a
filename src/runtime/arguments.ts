/** Checks of arguments. Each throws a `TypeError` that names the argument, what was expected and what came. */
import type { Governor } from './types.ts'

/** The longest delay that timers take; a longer one would fire at once. https://developer.mozilla.org/docs/Web/API/Window/setTimeout */
const longestDelay = 2 ** 31 - 1

export function refuse(name: string, expected: string, value: unknown): never {
  const shown =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' && value ? 'an object' : String(value)
  throw new TypeError(`\`${name}\` must be ${expected}, got ${shown}`)
}

export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') refuse(name, 'a function', value)
}

export function checkCount(name: string, value: unknown): void {
  if (!isCount(value)) refuse(name, 'an integer >= 1 or Infinity', value)
}

/** Milliseconds; absent or `Infinity` means no deadline. */
export function checkDelay(name: string, value: unknown): number {
  if (value === undefined || value === Infinity) return Infinity
  if (!(typeof value === 'number' && value >= 0 && value <= longestDelay)) {
    refuse(name, `milliseconds from 0 to ${longestDelay}, or Infinity`, value)
  }
  return value
}

export function checkSignal(value: unknown): void {
  if (value !== undefined && typeof (value as AbortSignal | null)?.addEventListener !== 'function') {
    refuse('signal', 'an AbortSignal', value)
  }
}

/** Gives the governor, or nothing when the limit is a plain number. */
export function governorOf(value: unknown): Governor | undefined {
  if (isCount(value)) return
  if (typeof (value as Governor | null)?.acquire !== 'function') {
    refuse('concurrency', 'an integer >= 1, Infinity or a governor', value)
  }
  return value as Governor
}

function isCount(value: unknown): value is number {
  return value === Infinity || (Number.isInteger(value) && (value as number) >= 1)
}
