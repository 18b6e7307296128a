import { Pool } from 'pg'

export const pool = new Pool({ max: 20, connectionTimeoutMillis: 2_000, query_timeout: 5_000 })
