import { pbkdf2Sync } from 'node:crypto'
import type { Server } from 'node:http'
import express from 'express'

export const app = express()

app.post('/accounts', async (request, response) => {
  const password = String(request.query['password'])
  const hash = pbkdf2Sync(password, 'salt', 100_000, 32, 'sha512')
  response.json({ hash: hash.toString('hex') })
})

app.get('/health', (_request, response) => {
  response.json({ ok: true })
})

export function start(): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server))
  })
}
