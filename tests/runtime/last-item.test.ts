/** The call ends with its last task, not with the worker that found the input at its end. */
import { expect, it } from 'vitest'
import { forEachBounded, mapBounded, streamBounded } from '../../src/runtime/index.ts'
import { deferred } from '../support/deferred.ts'

async function* two(): AsyncGenerator<number> {
  yield 0
  yield 1
}

it.each([2, 3, 10])('waits for a last task that outlives the first, at concurrency %i', async (concurrency) => {
  const gates = [deferred<string>(), deferred<string>()]
  const mapped = mapBounded(two(), (item) => gates[item]!.promise, { concurrency })
  let done = false
  const each = forEachBounded(two(), (item) => gates[item]!.promise, { concurrency }).then(() => (done = true))
  const streamed = (async () => {
    const got: string[] = []
    for await (const value of streamBounded(two(), (item) => gates[item]!.promise, { concurrency })) got.push(value)
    return got
  })()
  await new Promise((resolve) => setImmediate(resolve))
  gates[0]!.resolve('first')
  await new Promise((resolve) => setImmediate(resolve))
  expect(done).toBe(false)
  gates[1]!.resolve('last')
  expect(await mapped).toEqual(['first', 'last'])
  expect(await streamed).toEqual(['first', 'last'])
  await each
})
