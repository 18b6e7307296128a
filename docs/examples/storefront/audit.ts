import { setTimeout as sleep } from 'node:timers/promises'
import { pool } from './database.ts'

const visits: string[] = []

/** Called for every request; nothing says how many visits may wait. */
export function recordVisit(path: string): void {
  visits.push(path)
}

export async function writeVisits(): Promise<never> {
  for (;;) {
    const path = visits.shift()
    if (path === undefined) await sleep(1_000)
    else await pool.query('INSERT INTO visits (path) VALUES ($1)', [path])
  }
}

const recent: string[] = []

/** The same with a limit: the oldest goes when a hundred are there. */
export function remember(path: string): void {
  if (recent.length >= 100) recent.shift()
  recent.push(path)
}
