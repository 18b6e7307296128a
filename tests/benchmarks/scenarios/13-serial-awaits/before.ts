async function fetchPart(base: string, part: string, id: number): Promise<unknown> {
  const response = await fetch(`${base}/wait?ms=100&id=${id}&part=${part}`, { signal: AbortSignal.timeout(5_000) })
  return response.json()
}

export async function dashboard(base: string, id: number): Promise<{ user: unknown; posts: unknown; comments: unknown }> {
  const user = await fetchPart(base, 'user', id)
  const posts = await fetchPart(base, 'posts', id)
  const comments = await fetchPart(base, 'comments', id)
  return { user, posts, comments }
}
