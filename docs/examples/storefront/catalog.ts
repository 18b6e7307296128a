import type { PoolClient } from 'pg'
import { pool } from './database.ts'

interface Product {
  id: number
  name: string
  price: number
}

interface Review {
  stars: number
}

async function fetchReviews(id: number): Promise<Review[]> {
  const response = await fetch(`https://reviews.example.com/products/${id}`, { signal: AbortSignal.timeout(5_000) })
  return (await response.json()) as Review[]
}

/** One request after the other, although no product's reviews depend on another's. */
export async function productsWithReviews(): Promise<(Product & { reviews: Review[] })[]> {
  const { rows } = await pool.query<Product>('SELECT id, name, price FROM products')
  const listed = []
  for (const product of rows) {
    const reviews = await fetchReviews(product.id)
    listed.push({ ...product, reviews })
  }
  return listed
}

/** Starts as many inserts as the request has products. */
export async function importProducts(products: Product[]): Promise<void> {
  await Promise.all(
    products.map((product) =>
      pool.query('INSERT INTO products (name, price) VALUES ($1, $2)', [product.name, product.price]),
    ),
  )
}

/** Sequential on purpose: one connection runs one statement at a time, and the first failure must stop the rest. */
export async function replaceProducts(client: PoolClient, products: Product[]): Promise<void> {
  await client.query('BEGIN')
  for (const product of products) {
    await client.query('UPDATE products SET price = $2 WHERE id = $1', [product.id, product.price])
  }
  await client.query('COMMIT')
}

/** Sequential on purpose: each page names the next. */
export async function allSupplierProducts(): Promise<Product[]> {
  const products: Product[] = []
  let url: string | null = 'https://supplier.example.com/products'
  while (url) {
    const page: Response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    const body = (await page.json()) as { items: Product[]; next: string | null }
    products.push(...body.items)
    url = body.next
  }
  return products
}
