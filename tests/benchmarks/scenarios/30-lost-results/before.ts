async function fetchOne(base: string, id: number): Promise<unknown> {
  const response = await fetch(`${base}/fail?id=${id}`, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`${id}: ${response.status}`)
  return response.json()
}

export async function collect(base: string, ids: number[]): Promise<unknown[]> {
  return Promise.all(ids.map((id) => fetchOne(base, id)))
}
