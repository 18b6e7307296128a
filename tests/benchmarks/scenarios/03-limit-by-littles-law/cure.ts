import { concurrencyFor, mapBounded } from 'eslint-plugin-bounded/runtime'

/** 400 requests per second of 40 ms each keep 16 busy. */
export const CONCURRENCY = concurrencyFor({ perSecond: 400, latencyMs: 40, headroom: 1 })

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
