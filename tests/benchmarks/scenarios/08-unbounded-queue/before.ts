export interface AuditEvent {
  id: number
  body: string
}

const queue: AuditEvent[] = []
let running = false

export async function record(event: AuditEvent): Promise<void> {
  queue.push(event)
  void drain()
}

async function drain(): Promise<void> {
  if (running) return
  running = true
  while (queue.length > 0) {
    const event = queue.shift() as AuditEvent
    await send(event)
  }
  running = false
}

async function send(event: AuditEvent): Promise<void> {
  const response = await fetch(`${process.env['COLLECTOR']}/events?ms=2&id=${event.id}`, {
    method: 'POST',
    body: event.body,
    signal: AbortSignal.timeout(5_000),
  })
  await response.arrayBuffer()
}
