/** A program may load the helper as an ES module and as CommonJS: the copies share nothing, and work with each other. */
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import type * as Helper from '../../src/runtime/index.ts'
import { controlledTasks, flush } from '../support/deferred.ts'
import { bundleRuntime } from '../support/runtime-bundle.ts'

const modern = (await import(bundleRuntime('esm').file)) as typeof Helper
const common = createRequire(import.meta.url)(bundleRuntime('cjs', 'cjs').file) as typeof Helper

it.each([[modern, common], [common, modern]])('a limiter of one bounds the calls and the queue of the other', async (one, other) => {
  expect(one.TimeoutError).not.toBe(other.TimeoutError)
  const limit = one.createLimiter(2)
  const tasks = controlledTasks<string>()
  const queue = other.createQueue((item: string) => tasks.run(item), { concurrency: limit, capacity: 10 })
  for (const item of ['q0', 'q1']) void queue.push(item)
  const mapped = other.mapBounded(['m0', 'm1'], tasks.run, { concurrency: limit })
  await flush()
  while (tasks.running.size) await tasks.finish([...tasks.running.keys()][0]!)
  expect(await mapped).toEqual(['m0', 'm1'])
  expect(await queue.close()).toMatchObject({ done: 2 })
  expect([tasks.peak, limit.active, limit.pending]).toEqual([2, 0, 0])
  const late = await other.mapBounded([1], () => new Promise(() => {}), { concurrency: 1, timeout: 1 }).catch((error: unknown) => error)
  expect(late).toMatchObject({ name: 'TimeoutError', code: 'ETIMEDOUT' })
})
