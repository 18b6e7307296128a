/**
 * A service in its own process. Prints its port.
 *
 *   /wait?ms=50      answers after that long
 *   /work?ms=40      the same, but only 16 at a time; the others wait for a place
 *   /limited         429 for more than 100 requests within a second
 *   /hang?id=7       never answers when the id is a multiple of 40
 *   /fail?id=7       500 when the id is 42
 *   /events?ms=2     takes the body, remembers the id, answers after that long; /delivered lists the ids since the last /reset
 *   /stats           counts since the last /reset
 */
import { createServer, type ServerResponse } from 'node:http'

const PLACES = 16
const PER_SECOND = 100

let inFlight = 0
let peak = 0
let places = PLACES
let rejected = 0
const waiting: (() => void)[] = []
const started: number[] = []
let delivered: number[] = []

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const id = Number(url.searchParams.get('id'))
  const ms = Number(url.searchParams.get('ms'))
  if (url.pathname === '/stats') {
    server.getConnections((_error, sockets) => answer(response, 200, { inFlight, peak, rejected, sockets }))
    return
  }
  if (url.pathname === '/reset') {
    peak = inFlight
    rejected = 0
    delivered = []
    answer(response, 200, {})
    return
  }
  if (url.pathname === '/delivered') {
    answer(response, 200, delivered)
    return
  }
  inFlight += 1
  peak = Math.max(peak, inFlight)
  response.once('close', () => {
    inFlight -= 1
  })
  switch (url.pathname) {
    case '/work': {
      const work = (): void => {
        setTimeout(() => {
          answer(response, 200, { id })
          const next = waiting.shift()
          if (next) next()
          else places += 1
        }, ms)
      }
      if (places > 0) {
        places -= 1
        work()
      } else {
        waiting.push(work)
      }
      return
    }
    case '/limited': {
      const now = performance.now()
      while (started[0] !== undefined && now - started[0] >= 1000) started.shift()
      if (started.length >= PER_SECOND) {
        rejected += 1
        answer(response, 429, { id })
        return
      }
      started.push(now)
      setTimeout(() => answer(response, 200, { id }), 20)
      return
    }
    case '/hang':
      if (id % 40 === 0) return
      setTimeout(() => answer(response, 200, { id }), 10)
      return
    case '/events':
      request.resume().once('end', () => {
        setTimeout(() => {
          delivered.push(id)
          answer(response, 200, { id })
        }, ms)
      })
      return
    case '/fail':
      setTimeout(() => answer(response, id === 42 ? 500 : 200, { id }), 10)
      return
    default:
      setTimeout(() => answer(response, 200, { id }), ms)
  }
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})
