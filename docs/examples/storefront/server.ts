import { readFileSync } from 'node:fs'
import bcrypt from 'bcryptjs'
import express from 'express'
import { recordVisit } from './audit.ts'
import { importProducts, productsWithReviews } from './catalog.ts'
import { pool } from './database.ts'

const app = express()
app.use(express.json())

// Read once, at start-up: nobody waits for it.
const banner = readFileSync('banner.txt', 'utf8')

app.get('/', (request, response) => {
  recordVisit(request.path)
  response.send(banner)
})

app.post('/accounts', async (request, response) => {
  const hash = hashPassword(request.body.password)
  const { rows } = await pool.query('INSERT INTO accounts (email, hash) VALUES ($1, $2) RETURNING id', [
    request.body.email,
    hash,
  ])
  response.status(201).json(rows[0])
})

app.get('/terms', (_request, response) => {
  response.type('text').send(readFileSync('terms.txt', 'utf8'))
})

app.get('/products', async (_request, response) => {
  response.json(await productsWithReviews())
})

app.post('/products', async (request, response) => {
  response.json(await importProducts(request.body.products))
})

function hashPassword(password: string): string {
  return bcrypt.hashSync(password, 12)
}

app.listen(3000)
