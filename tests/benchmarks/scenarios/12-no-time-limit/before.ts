export async function quote(base: string, id: number): Promise<unknown> {
  const response = await fetch(`${base}/hang?id=${id}`)
  return response.json()
}
