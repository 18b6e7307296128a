import { mapBounded } from 'eslint-plugin-bounded/runtime'

/** How many requests may be in flight: a number that felt right. */
export const CONCURRENCY = 128

export async function work(base: string, ids: number[], concurrency = CONCURRENCY): Promise<number[]> {
  return mapBounded(
    ids,
    async (id) => {
      const started = performance.now()
      const response = await fetch(`${base}/work?ms=40&id=${id}`)
      await response.arrayBuffer()
      return performance.now() - started
    },
    { concurrency },
  )
}
