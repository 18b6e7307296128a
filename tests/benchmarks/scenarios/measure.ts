/** Small measures that several loads share. */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** The value below which a share of the values lies; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

export interface ServiceStats {
  /** Requests that have neither been answered nor lost their socket. */
  readonly inFlight: number
  /** The most there were since the last /reset. */
  readonly peak: number
  readonly rejected: number
  readonly sockets: number
}

export async function serviceStats(http: string): Promise<ServiceStats> {
  const response = await fetch(`${http}/stats`)
  return (await response.json()) as ServiceStats
}

const TICK_MS = 10

/**
 * How late a timer of 10 ms fires, in ms. A tick that a blocked loop left out counts with the delay that it would have
 * had: without those, a loop that stands still for seconds would give a single sample.
 */
export function loopDelays(): { stop(): number[] } {
  const delays: number[] = []
  let last = performance.now()
  const note = (): void => {
    const now = performance.now()
    for (let delay = now - last - TICK_MS; delay > 0; delay -= TICK_MS) delays.push(delay)
    if (now - last <= TICK_MS) delays.push(0)
    last = now
  }
  const timer = setInterval(note, TICK_MS)
  return {
    stop() {
      clearInterval(timer)
      note()
      return delays
    },
  }
}

let collect: (() => void) | undefined

/** Heap in use after a collection. */
export function heldMegabytes(): number {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/**
 * Milliseconds that the main thread has been ready to run and had no processor, so far; NaN where the system does not say.
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
export function withoutProcessor(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6
  } catch {
    return Number.NaN
  }
}
