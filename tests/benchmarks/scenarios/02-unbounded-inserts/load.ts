import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { heldMegabytes, percentile, range, timed } from '../measure.ts'
import type { Load } from '../scenario.ts'
import type { Visit } from './before.ts'

const visits = (count: number): Visit[] => range(count).map((at) => ({ path: `/products/${at}`, at }))

async function withTable<T>(database: string, use: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: database, max: 20, connectionTimeoutMillis: 1000 })
  pool.on('error', () => undefined)
  try {
    await pool.query('DROP TABLE IF EXISTS visits')
    await pool.query('CREATE TABLE visits (path text, at integer)')
    return await use(pool)
  } finally {
    await pool.end()
  }
}

async function countVisits(database: string): Promise<number> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM visits WHERE at >= 0')
  await client.end()
  return rows[0]?.count ?? 0
}

/** One insert every 20 ms until it is over: what everybody else's requests see while the import runs. */
async function probe(pool: pg.Pool, isOver: () => boolean): Promise<{ latencies: number[]; failed: number }> {
  const latencies: number[] = []
  let failed = 0
  while (!isOver()) {
    const started = performance.now()
    try {
      await pool.query('INSERT INTO visits (path, at) VALUES ($1, $2)', ['/probe', -1])
    } catch {
      failed += 1
    }
    latencies.push(performance.now() - started)
    await sleep(20)
  }
  return { latencies, failed }
}

const COUNT = 50_000

const load: Load<typeof import('./before.ts')> = {
  check: ({ importVisits }, { database }) =>
    withTable(database, async (pool) => {
      await importVisits(pool, visits(15))
      return (await pool.query('SELECT path, at FROM visits ORDER BY at')).rows
    }),
  measure: ({ importVisits }, { database }) =>
    withTable(database, async (pool) => {
      let alone = 0
      const unloaded = await probe(pool, () => (alone += 1) > 100)
      const memory = process.resourceUsage().maxRSS
      let over = false
      const probing = probe(pool, () => over)
      const list = visits(COUNT)
      const empty = heldMegabytes()
      let held = Number.NaN
      setTimeout(() => {
        held = heldMegabytes() - empty
      }, 300)
      const time = await timed(() => importVisits(pool, list).catch(() => undefined))
      // What the failed import left running.
      while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) await sleep(50)
      over = true
      const { latencies, failed } = await probing
      return {
        'time (ms)': time,
        'failed inserts': COUNT - (await countVisits(database)),
        'single insert p99 (ms)': percentile(latencies, 0.99),
        'single insert p99 without load (ms)': percentile(unloaded.latencies, 0.99),
        'failed single inserts': failed,
        'memory held meanwhile (MB)': held,
        'peak memory above the start (MB)': (process.resourceUsage().maxRSS - memory) / 1024,
      }
    }),
}
export default load
