/** Counters and, when asked for, latencies: two clock reads a task and no allocation. */
import type { Gauges, TaskOutcome } from './types.ts'

/** Each latency bucket is 10 % wider than the one before: microseconds to an hour in 240 buckets. */
const growth = /* @__PURE__ */ Math.log(1.1)
const buckets = 240

export class Meter {
  started = 0
  done = 0
  failed = 0
  timedOut = 0
  abandoned = 0
  private readonly name: string
  private readonly counts: { active: () => number; pending: () => number }
  private readonly timed: boolean
  private readonly report: ((gauges: Gauges) => void) | undefined
  private readonly latencies = new Float64Array(buckets)
  private readonly began = performance.now()
  private reported = this.began
  private total = 0

  constructor(
    name: string,
    counts: { active: () => number; pending: () => number },
    timed: boolean,
    report?: (gauges: Gauges) => void,
  ) {
    this.timed = timed
    this.name = name
    this.counts = counts
    this.report = report
  }

  /** Gives the time, to hand to `settle`. */
  start(): number {
    this.started++
    return this.timed ? performance.now() : 0
  }

  settle(startedAt: number, outcome: TaskOutcome): void {
    if (outcome === 'done') this.done++
    else this.failed++
    if (outcome === 'timedOut') this.timedOut++
    if (!this.timed) return
    const now = performance.now()
    const elapsed = now - startedAt
    this.total += elapsed
    const bucket = Math.floor(Math.log(elapsed * 1000 + 1) / growth)
    this.latencies[Math.min(bucket, buckets - 1)]!++
    if (this.report && now - this.reported >= 1000) this.emit(now)
  }

  /** Calls the listener. One that throws must not fail the work it watches. */
  emit(now = performance.now()): void {
    this.reported = now
    try {
      this.report?.(this.read())
    } catch (error) {
      reportLater(error)
    }
  }

  read(): Gauges {
    const settled = this.done + this.failed
    const seconds = (performance.now() - this.began) / 1000
    const perSecond = seconds > 0 ? settled / seconds : 0
    const { started, done, failed, timedOut, abandoned } = this
    return {
      name: this.name,
      active: this.counts.active(),
      pending: this.counts.pending(),
      started,
      done,
      failed,
      timedOut,
      abandoned,
      p50: this.quantile(0.5, settled),
      p95: this.quantile(0.95, settled),
      p99: this.quantile(0.99, settled),
      perSecond,
      little: settled ? (perSecond * this.total) / settled / 1000 : 0,
    }
  }

  private quantile(share: number, settled: number): number {
    let left = this.timed ? Math.ceil(settled * share) : 0
    if (!left) return 0
    let bucket = -1
    while (left > 0 && ++bucket < buckets) left -= this.latencies[bucket]!
    return (Math.exp((bucket + 0.5) * growth) - 1) / 1000
  }
}

/** Shows the error of a listener as an uncaught one, without disturbing the caller. */
export function reportLater(error: unknown): void {
  setTimeout(() => {
    throw error
  })
}
