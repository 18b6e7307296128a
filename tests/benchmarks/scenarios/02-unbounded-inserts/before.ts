import type { Pool } from 'pg'

export interface Visit {
  path: string
  at: number
}

export async function importVisits(pool: Pool, visits: Visit[]): Promise<void> {
  await Promise.all(
    visits.map((visit) => pool.query('INSERT INTO visits (path, at) VALUES ($1, $2)', [visit.path, visit.at])),
  )
}
