/** Small measures that several loads share. */

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

export async function serviceStats(http: string): Promise<{ peak: number; rejected: number; sockets: number }> {
  const response = await fetch(`${http}/stats`)
  return (await response.json()) as { peak: number; rejected: number; sockets: number }
}
