export interface Profile {
  id: number
}

async function fetchProfile(base: string, id: number): Promise<Profile> {
  const response = await fetch(`${base}/wait?ms=50&id=${id}`)
  return (await response.json()) as Profile
}

export async function loadProfiles(base: string, ids: number[]): Promise<Profile[]> {
  const profiles: Profile[] = []
  for (const id of ids) {
    profiles.push(await fetchProfile(base, id))
  }
  return profiles
}
