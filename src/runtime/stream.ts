/** Results as they come: the map family as an async generator, with back-pressure. */
import { refuse } from './arguments.ts'
import { checked, run } from './run.ts'
import type { Stop } from './tasks.ts'
import type { BoundedOptions, Input, Mapper } from './types.ts'

export interface StreamOptions extends BoundedOptions {
  /** Results in input order (default), or as they settle. */
  ordered?: boolean | undefined
  /** Items that may be ahead of the consumer beyond those that run. Default: `concurrency`, or 10 with a governor. */
  buffer?: number | undefined
}

/**
 * Maps `input` and yields the results. At most `concurrency + buffer` items are pulled and not yet consumed; a slow
 * consumer stops the pulling. Work starts with the first `next`. Leaving the loop stops the rest and aborts what runs.
 *
 * A failure throws at the next `next`, ahead of results not yet consumed; with `onError: 'collect'` it comes after them.
 *
 * @throws {TypeError} at once, for a bad argument.
 */
export function streamBounded<T = any, R = unknown>(
  input: Input<T>,
  mapper: Mapper<T, R>,
  options: StreamOptions,
): AsyncGenerator<Awaited<R>, void, undefined> {
  const { concurrency, governor } = checked(input, mapper, options)
  const { ordered = true, buffer = governor ? 10 : (concurrency as number) } = options
  if (typeof ordered !== 'boolean') refuse('ordered', 'a boolean', ordered)
  if (!(buffer === Infinity || (Number.isInteger(buffer) && buffer >= 0))) {
    refuse('buffer', 'an integer >= 0 or Infinity', buffer)
  }
  const ahead = buffer + (governor ? 0 : (concurrency as number))
  return generate(Array.isArray(input) ? (input.slice() as T[]) : input, mapper, options, ordered, Math.max(1, ahead))
}

async function* generate<T, R>(
  input: Input<T>,
  mapper: Mapper<T, R>,
  options: BoundedOptions,
  ordered: boolean,
  ahead: number,
): AsyncGenerator<Awaited<R>, void, undefined> {
  /** Results by position: that of the input when ordered, otherwise that of settling. A failed position holds nothing. */
  const results = new Map<number, { value: Awaited<R> } | undefined>()
  let settled = 0
  let consumed = 0
  let outstanding = 0
  let stop!: Stop
  let halt!: (reason: unknown) => void
  let failure: { error: unknown } | undefined
  let ended = false
  let wakeConsumer: (() => void) | undefined
  let wakeReader: (() => void) | undefined
  const put = (at: number, result: { value: Awaited<R> } | undefined): void => {
    results.set(ordered ? at : settled++, result)
    wakeConsumer?.()
  }
  void run(input, mapper, options, {
    out: [],
    mask: 0,
    begin(...given) {
      ;[stop, halt] = given
    },
    room() {
      outstanding++
      if (outstanding > ahead) return new Promise((resolve) => (wakeReader = resolve))
    },
    store: (value, at) => put(at, { value: value as Awaited<R> }),
    fail: (at) => put(at, undefined),
  }).then(
    () => {
      ended = true
      wakeConsumer?.()
    },
    (error: unknown) => {
      ended = true
      failure = { error }
      wakeConsumer?.()
    },
  )
  try {
    for (;;) {
      // What was collected is reported after the results; everything else at once.
      if (failure && (!stop || stop.stopped || !results.size)) throw failure.error
      if (results.has(consumed)) {
        const result = results.get(consumed)
        results.delete(consumed++)
        outstanding--
        wakeReader?.()
        wakeReader = undefined
        if (result) yield result.value
      } else if (ended) return
      else {
        await new Promise<void>((resolve) => (wakeConsumer = resolve))
        wakeConsumer = undefined
      }
    }
  } finally {
    halt?.(undefined)
  }
}
