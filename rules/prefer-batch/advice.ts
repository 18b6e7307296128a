/** What messages say of the call for many, in this rule and in those that report the same places for another reason. */
import type { TSESLint } from '@typescript-eslint/utils'
import { unwrap, type Node } from '../../src/ast/nodes.ts'
import { batchesOf, type Single } from '../../src/analysis/batches/index.ts'
import { loopsOf } from '../../src/analysis/loops/index.ts'
import type { Settings } from '../../src/options/settings.ts'

export function batchData({ form, use }: Single): { readonly batch: string; readonly unit: string } {
  return { batch: use === 'kept' && typeof form.returns === 'string' ? form.returns : form.batch, unit: String(form.unit) }
}

/** A sentence behind the message about a loop or a mapper whose calls could be one; empty for any other. */
export function adviceAt(repeated: Node, context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>, settings: Pick<Settings, 'apis'>): string {
  const { sourceCode } = context
  const single = batchesOf(sourceCode, settings, loopsOf(sourceCode, settings, context as unknown as Parameters<typeof loopsOf>[2])).of(unwrap(repeated))
  if (!single) return ''
  const { batch, unit } = batchData(single)
  return ` Better still, \`${batch}\` takes all of them: ${unit} at a time.`
}
