/** Sizes: how many at once, and how many together. */
import { checkCount, checkDelay, refuse } from './arguments.ts'

export interface Load {
  /** Tasks that arrive per second. */
  perSecond: number
  /** Mean milliseconds a task takes. */
  latencyMs: number
  /** Factor above the mean, for bursts. Default 1.2. */
  headroom?: number | undefined
  /** Upper bound, such as the size of a connection pool. Default `Infinity`. */
  max?: number | undefined
}

/**
 * The concurrency that a load needs, by Little's law: in the long run the mean number in flight is the arrival rate
 * times the mean time each takes, L = lambda x W, whatever their distributions.
 * J. D. C. Little, "A Proof for the Queuing Formula: L = lambda W", Operations Research 9 (1961),
 * https://doi.org/10.1287/opre.9.3.383.
 *
 * @example concurrencyFor({ perSecond: 200, latencyMs: 50 }) // 200/s x 0.05 s = 10 in flight, x 1.2 = 12
 * @returns an integer from 1 to `max`.
 * @throws {TypeError} for a bad argument.
 */
export function concurrencyFor(load: Load): number {
  const { perSecond, latencyMs, headroom = 1.2, max = Infinity } = load ?? {}
  for (const [name, value] of Object.entries({ perSecond, latencyMs })) {
    if (!(Number.isFinite(value) && value >= 0)) refuse(name, 'a number >= 0', value)
  }
  if (!(Number.isFinite(headroom) && headroom >= 1)) refuse('headroom', 'a number >= 1', headroom)
  checkCount('max', max)
  // Rounded first to a billionth: 200 x 0.05 x 1.2 must be 12, not 12.000000000000002 and so 13.
  const needed = Math.ceil(Number(((perSecond * latencyMs * headroom) / 1000).toFixed(9)))
  return Math.min(max, Math.max(1, needed))
}

/**
 * Cuts `input` into arrays of `size` items; the last one may be shorter. Pulls as the chunks are taken.
 *
 * @throws {TypeError} for a bad argument, at once.
 */
export function chunk<T>(input: Iterable<T>, size: number): Generator<T[], void, undefined> {
  checkSize(size)
  if (typeof (input as Iterable<T> | null)?.[Symbol.iterator] !== 'function') refuse('input', 'an iterable', input)
  return chunks(input, size)
}

function* chunks<T>(input: Iterable<T>, size: number): Generator<T[], void, undefined> {
  let part: T[] = []
  for (const item of input) {
    part.push(item)
    if (part.length === size) {
      yield part
      part = []
    }
  }
  if (part.length) yield part
}

export interface ChunkOptions {
  /** Items in a chunk: an integer >= 1. */
  size: number
  /** Milliseconds after the first item of a chunk until it is given although it is not full. Default: never. */
  maxWaitMs?: number | undefined
}

/**
 * As `chunk`, over a synchronous or asynchronous input, and with a limit on how long a chunk may wait to be filled.
 *
 * @throws {TypeError} for a bad argument, at once.
 */
export function chunkAsync<T>(
  input: Iterable<T> | AsyncIterable<T>,
  options: number | ChunkOptions,
): AsyncGenerator<T[], void, undefined> {
  const { size, maxWaitMs } = typeof options === 'object' && options ? options : { size: options as number }
  checkSize(size)
  const wait = checkDelay('maxWaitMs', maxWaitMs)
  const open =
    (input as AsyncIterable<T> | null)?.[Symbol.asyncIterator] ?? (input as Iterable<T> | null)?.[Symbol.iterator]
  if (typeof open !== 'function') refuse('input', 'an iterable or async iterable', input)
  return asyncChunks(input, size, wait)
}

async function* asyncChunks<T>(
  input: Iterable<T> | AsyncIterable<T>,
  size: number,
  wait: number,
): AsyncGenerator<T[], void, undefined> {
  const asynchronous = (input as AsyncIterable<T>)[Symbol.asyncIterator] != null
  const iterator = asynchronous
    ? (input as AsyncIterable<T>)[Symbol.asyncIterator]()
    : (input as Iterable<T>)[Symbol.iterator]()
  let part: T[] = []
  let ended = false
  let pulling: Promise<void> | undefined
  let failure: { error: unknown } | undefined
  let wake: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = false
  const pull = async (): Promise<void> => {
    try {
      const step = await iterator.next()
      if (step.done) ended = true
      else part.push(step.value)
    } catch (error) {
      ended = true
      failure = { error }
    }
    pulling = undefined
    if (part.length === 1 && wait < Infinity) timer ??= setTimeout(onDue, wait)
    wake?.()
  }
  const onDue = (): void => {
    due = true
    wake?.()
  }
  try {
    while (!ended || part.length) {
      if (part.length === size || (part.length && (due || ended))) {
        clearTimeout(timer)
        timer = undefined
        due = false
        const full = part
        part = []
        yield full
      } else {
        pulling ??= pull()
        // One waiter for whichever comes first, the item or the time: no race against a promise that lives on.
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
    if (failure) throw failure.error
  } finally {
    clearTimeout(timer)
    if (!ended) {
      try {
        void Promise.resolve(iterator.return?.()).catch(() => {})
      } catch {}
    }
  }
}

function checkSize(size: unknown): void {
  if (!(Number.isInteger(size) && (size as number) >= 1)) refuse('size', 'an integer >= 1', size)
}
