/** Single look-ups gathered into one. */
import { checkCount, checkDelay, checkFunction, checkSignal, governorOf } from './arguments.ts'
import { createLimiter } from './limiter.ts'
import { Context, Stop } from './tasks.ts'
import type { Governor, TaskContext, Token } from './types.ts'

export interface BatcherOptions {
  /** Keys in one batch, at most: an integer >= 1, or `Infinity`. */
  maxSize: number
  /** Milliseconds the first key of a batch waits for others. Default 0: until the current turn of the event loop ends. */
  maxWaitMs?: number | undefined
  /** Batches that are loaded at once: an integer >= 1, `Infinity`, or a governor. */
  concurrency: number | Governor
  /** Aborting it rejects every open call, and later ones, with its reason, and aborts the signals of running loads. */
  signal?: AbortSignal | undefined
}

interface Batch<K, V> {
  keys: K[]
  calls: { resolve: (value: V) => void; reject: (error: unknown) => void }[]
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * Gives a function that loads one key, by loading many together. `load` gets the keys in order of their calls and gives
 * as many values in the same order; a value that is an `Error` rejects its call alone. A batch runs in the async context
 * of its first call. Nothing is cached. A call rejects with what `load` rejects with, with a `TypeError` where it gives
 * another number of values, and with the signal's reason.
 *
 * @throws {TypeError} for a bad argument.
 */
export function createBatcher<K, V>(
  load: (keys: readonly K[], context: TaskContext) => PromiseLike<readonly (V | Error)[]>,
  options: BatcherOptions,
): (key: K) => Promise<V> {
  checkFunction('load', load)
  const { maxSize, maxWaitMs, concurrency, signal } = options ?? {}
  checkCount('maxSize', maxSize)
  const wait = maxWaitMs === undefined ? 0 : checkDelay('maxWaitMs', maxWaitMs)
  const governor = governorOf(concurrency) ?? createLimiter(concurrency as number)
  checkSignal(signal)
  const stop = new Stop()
  const open = new Set<Batch<K, V>>()
  let filling: Batch<K, V> | undefined
  let count = 0

  const abort = (): void => {
    stop.stop(signal!.reason)
    for (const batch of open) settle(batch, ({ reject }) => reject(signal!.reason))
  }
  const settle = (batch: Batch<K, V>, each: (call: Batch<K, V>['calls'][number], at: number) => void): void => {
    clearTimeout(batch.timer)
    if (filling === batch) filling = undefined
    batch.calls.forEach(each)
    batch.calls = []
    open.delete(batch)
    if (!open.size) signal?.removeEventListener('abort', abort)
  }
  const dispatch = async (batch: Batch<K, V>): Promise<void> => {
    clearTimeout(batch.timer)
    if (filling === batch) filling = undefined
    let token: Token | undefined
    try {
      token = governor.tryAcquire?.() ?? (await governor.acquire(stop))
      if (stop.stopped) return token.release('dropped')
      const values = await load(batch.keys, new Context(stop, count++))
      token.release('done')
      if (!Array.isArray(values) || values.length !== batch.keys.length) {
        const came = Array.isArray(values) ? `${values.length} values` : String(values)
        throw new TypeError(`\`load\` must give an array of ${batch.keys.length} values, one per key, got ${came}`)
      }
      settle(batch, ({ resolve, reject }, at) => {
        const value = values[at] as V | Error
        if (value instanceof Error) reject(value)
        else resolve(value)
      })
    } catch (error) {
      token?.release('failed')
      settle(batch, ({ reject }) => reject(error))
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (!open.size) signal?.addEventListener('abort', abort)
      if (!filling) {
        const batch: Batch<K, V> = { keys: [], calls: [], timer: undefined }
        if (wait < Infinity) batch.timer = setTimeout(dispatch, wait, batch)
        filling = batch
        open.add(batch)
      }
      filling.keys.push(key)
      filling.calls.push({ resolve, reject })
      if (filling.keys.length >= maxSize) void dispatch(filling)
    })
}
