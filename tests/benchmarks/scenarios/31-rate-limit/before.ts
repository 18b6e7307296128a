async function call(base: string, id: number): Promise<number> {
  const response = await fetch(`${base}/limited?id=${id}`, { signal: AbortSignal.timeout(10_000) })
  await response.arrayBuffer()
  return response.status
}

export async function callAll(base: string, ids: number[]): Promise<number[]> {
  return Promise.all(ids.map((id) => call(base, id)))
}
