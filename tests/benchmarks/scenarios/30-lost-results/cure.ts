import { mapBoundedSettled } from 'eslint-plugin-bounded/runtime'

async function fetchOne(base: string, id: number): Promise<unknown> {
  const response = await fetch(`${base}/fail?id=${id}`, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`${id}: ${response.status}`)
  return response.json()
}

export async function collect(base: string, ids: number[]): Promise<unknown[]> {
  const outcomes = await mapBoundedSettled(ids, (id) => fetchOne(base, id), { concurrency: 10 })
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
}
