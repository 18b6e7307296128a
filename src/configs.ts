/** The presets, each derived from what the rules say of themselves. */
import type { Linter } from 'eslint'
import type { BoundedRule, Preset } from './create-rule.ts'

export type PresetName = Preset | 'off'

/** Which presets a rule of a given first preset is part of. `strict` is `recommended` plus what is only possible. */
const members: Record<Preset, readonly Preset[]> = {
  recommended: ['recommended'],
  'recommended-type-checked': ['recommended', 'recommended-type-checked'],
  strict: ['recommended', 'recommended-type-checked', 'strict'],
  all: ['recommended', 'recommended-type-checked', 'strict', 'all'],
}

export function rulesOf(rules: Readonly<Record<string, BoundedRule>>, preset: PresetName): Linter.RulesRecord {
  const entries = Object.entries(rules)
  if (preset === 'off') return Object.fromEntries(entries.map(([name]) => [`bounded/${name}`, 'off']))
  return Object.fromEntries(
    entries
      .filter(([, { meta }]) => members[preset].includes(meta.docs?.preset ?? 'all'))
      .map(([name, rule]) => [`bounded/${name}`, severityOf(rule, preset)]),
  )
}

function severityOf(rule: BoundedRule, preset: Preset): Linter.RuleEntry {
  const options: Record<string, unknown> = { ...rule.meta.docs?.presetOptions?.[preset] }
  const [schema] = rule.meta.schema as readonly { properties?: object }[]
  if ((preset === 'strict' || preset === 'all') && 'report' in (schema?.properties ?? {})) options['report'] = 'possible'
  return Object.keys(options).length > 0 ? ['error', options] : 'error'
}
