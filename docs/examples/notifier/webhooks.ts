import { createHmac } from 'node:crypto'
import axios from 'axios'

interface Subscriber {
  readonly url: string
  readonly secret: string
}

/** Without a time limit: a subscriber that never answers is waited for, for ever. */
export async function deliver({ url, secret }: Subscriber, body: string): Promise<number> {
  const response = await axios.post(url, body, { headers: { 'x-signature': sign(body, secret) } })
  return response.status
}

/** The same with one. */
export async function ping({ url }: Subscriber): Promise<boolean> {
  const response = await axios.head(url, { timeout: 2_000, validateStatus: () => true })
  return response.status < 500
}

/** The timer is never cleared, and the request goes on after the race is lost. */
export async function deliverInTime(subscriber: Subscriber, body: string): Promise<number> {
  return Promise.race([
    deliver(subscriber, body),
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('too slow')), 5_000)
    }),
  ])
}

/** `async` for nothing: only `deliver` calls it, and it only computes. */
async function digest(body: string, secret: string): Promise<string> {
  return createHmac('sha256', secret).update(body).digest('hex')
}

function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

export async function signatureHeader(body: string, secret: string): Promise<string> {
  const hex = await digest(body, secret)
  return `sha256=${hex}`
}
