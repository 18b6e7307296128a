/**
 * The map family: a function over every item of an input, a bounded number at once. Items of an input of type `any` are
 * `any`, as in a loop over it; that is what the type parameters' defaults are for.
 */
import { run } from './run.ts'
import type { BoundedOptions, Input, Mapper } from './types.ts'

/**
 * Maps every item of `input` with at most `concurrency` mappers at once; results are in input order.
 *
 * The first mappers start before the call returns, in input order. Other iterables than arrays are pulled only when a
 * slot is free. The first failure stops the rest and rejects with that same error, unless `onError` says otherwise.
 *
 * @throws as rejections: a `TypeError` for a bad argument, before anything is pulled; a mapper's or the input's error; a
 * `TimeoutError` at a task's deadline; the signal's reason; with `onError: 'collect'` an `AggregateError` of all of them.
 */
export async function mapBounded<T = any, R = unknown>(
  input: Input<T>,
  mapper: Mapper<T, R>,
  options: BoundedOptions,
): Promise<Awaited<R>[]> {
  const out: unknown[] = []
  await run(input, mapper, options, { out, mask: -1 })
  return out as Awaited<R>[]
}

/**
 * As `mapBounded`, but runs everything and gives an outcome per item, as `Promise.allSettled` does. Only an abort, or an
 * input that itself fails, rejects, or a bad argument with a `TypeError`.
 */
export async function mapBoundedSettled<T = any, R = unknown>(
  input: Input<T>,
  mapper: Mapper<T, R>,
  options: BoundedOptions,
): Promise<PromiseSettledResult<Awaited<R>>[]> {
  const out: unknown[] = []
  const failures = new Map<number, unknown>()
  await run(input, mapper, options, { out, mask: -1, failures })
  return out.map((value, at) =>
    failures.size && failures.has(at)
      ? { status: 'rejected', reason: failures.get(at) }
      : { status: 'fulfilled', value: value as Awaited<R> },
  )
}

/** As `mapBounded`, but keeps no results: memory grows with `concurrency`, not with the input. Rejects as it does. */
export async function forEachBounded<T = any>(
  input: Input<T>,
  fn: Mapper<T, unknown>,
  options: BoundedOptions,
): Promise<void> {
  await run(input, fn, options, { out: [], mask: 0 })
}
