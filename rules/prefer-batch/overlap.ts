/** Whether another rule of this plugin reports the place already: its message names the call for many. */
import type { Single } from '../../src/analysis/batches/index.ts'
import { DEFAULT_MAX, verdictOf } from '../../src/analysis/fan-out/verdict.ts'
import type { Loops } from '../../src/analysis/loops/index.ts'
import type { Settings } from '../../src/options/settings.ts'

export function isReportedElsewhere({ loop, together }: Single['site'], loops: Loops, { report }: Pick<Settings, 'report'>): boolean {
  if (together) return 'report' in verdictOf(together.fanOut, { report, max: DEFAULT_MAX }, together.kind)
  const verdict = loop && loops.verdictOf(loop)
  return verdict?.kind === 'independent' || (verdict?.kind === 'unknown' && report === 'possible' && verdict.firstAwait !== null)
}
