import { expect, it } from 'vitest'
import { mapBounded } from '../../src/runtime/index.ts'

it('takes more items at once than Promise.all takes elements', async () => {
  const items = Array.from({ length: 2_200_000 }, (_, index) => index)
  const result = await mapBounded(items, (item) => item, { concurrency: Infinity })
  expect(result).toHaveLength(items.length)
  expect(result.at(-1)).toBe(items.length - 1)
})
