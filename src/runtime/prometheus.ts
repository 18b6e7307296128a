/** Gauges in the text format of Prometheus. https://prometheus.io/docs/instrumenting/exposition_formats/ */
import type { Gauges } from './types.ts'

const metrics: readonly [name: string, type: 'gauge' | 'counter', help: string, of: (gauges: Gauges) => number][] = [
  ['active', 'gauge', 'Tasks that run now.', ({ active }) => active],
  ['pending', 'gauge', 'Tasks that wait to start.', ({ pending }) => pending],
  ['started_total', 'counter', 'Tasks started.', ({ started }) => started],
  ['done_total', 'counter', 'Tasks that succeeded.', ({ done }) => done],
  ['failed_total', 'counter', 'Tasks that failed, the timed out ones among them.', ({ failed }) => failed],
  ['timed_out_total', 'counter', 'Tasks whose deadline passed.', ({ timedOut }) => timedOut],
  ['abandoned_total', 'counter', 'Tasks that still ran when their slot was given away.', ({ abandoned }) => abandoned],
  ['per_second', 'gauge', 'Tasks settled per second since measuring began.', ({ perSecond }) => perSecond],
  ['little', 'gauge', 'Mean number in flight by the law of Little, to compare with the limit.', ({ little }) => little],
]
const quantiles = [['0.5', 'p50'], ['0.95', 'p95'], ['0.99', 'p99']] as const

/**
 * Renders snapshots such as `limiter.stats()` and `queue.stats()`, one series per name. Latencies are in seconds.
 *
 * @param prefix of the metric names. Default `bounded_`.
 */
export function prometheusText(gauges: Gauges | readonly Gauges[], prefix = 'bounded_'): string {
  const all = [gauges].flat() as readonly Gauges[]
  const lines: string[] = []
  for (const [name, type, help, of] of metrics) {
    lines.push(`# HELP ${prefix}${name} ${help}`, `# TYPE ${prefix}${name} ${type}`)
    for (const one of all) lines.push(`${prefix}${name}{name="${escaped(one.name)}"} ${of(one)}`)
  }
  const latency = `${prefix}latency_seconds`
  lines.push(`# HELP ${latency} Quantiles of task latency.`, `# TYPE ${latency} gauge`)
  for (const one of all) {
    for (const [quantile, key] of quantiles) {
      lines.push(`${latency}{name="${escaped(one.name)}",quantile="${quantile}"} ${one[key] / 1000}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function escaped(label: string): string {
  return label.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}
