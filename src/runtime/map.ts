/** The map family: a function over every item of an input, a bounded number at once. */
import { run } from './run.ts'
import type { BoundedOptions, Input, Mapper } from './types.ts'

/**
 * Maps every item of `input` with at most `concurrency` mappers at once; results are in input order.
 *
 * The first mappers start before the call returns, in input order. Other iterables than arrays are pulled only when a
 * slot is free. The first failure stops the rest and rejects with that same error, unless `onError` says otherwise.
 *
 * @throws {TypeError} as a rejection, for a bad argument, before anything is pulled.
 */
export async function mapBounded<T, R>(
  input: Input<T>,
  mapper: Mapper<T, R>,
  options: BoundedOptions,
): Promise<Awaited<R>[]> {
  const results: unknown[] = []
  await run(input, mapper, options, results)
  return results as Awaited<R>[]
}

/**
 * As `mapBounded`, but runs everything and gives an outcome per item, as `Promise.allSettled` does. Only an abort, or an
 * input that itself fails, rejects.
 */
export async function mapBoundedSettled<T, R>(
  input: Input<T>,
  mapper: Mapper<T, R>,
  options: BoundedOptions,
): Promise<PromiseSettledResult<Awaited<R>>[]> {
  const outcomes: PromiseSettledResult<Awaited<R>>[] = []
  await run(input, mapper, options, undefined, {
    store(value, at) {
      outcomes[at] = { status: 'fulfilled', value: value as Awaited<R> }
    },
    fail(reason, at) {
      outcomes[at] = { status: 'rejected', reason }
      return true
    },
  })
  return outcomes
}

/** As `mapBounded`, but keeps no results: memory grows with `concurrency`, not with the input. */
export async function forEachBounded<T>(
  input: Input<T>,
  fn: Mapper<T, unknown>,
  options: BoundedOptions,
): Promise<void> {
  await run(input, fn, options, undefined)
}
