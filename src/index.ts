import type { ESLint, Linter } from 'eslint'
import { rules } from '../rules/index.ts'
import { rulesOf, type PresetName } from './configs.ts'

declare const __VERSION__: string

/** A preset: usable as an object in a flat config, by name in `extends`, and by its `rules` in oxlint. */
export type BoundedConfig = {
  name: string
  plugins: Record<string, ESLint.Plugin>
  rules: Linter.RulesRecord
}

export type BoundedPlugin = {
  meta: { name: string; version: string; namespace: string }
  rules: NonNullable<ESLint.Plugin['rules']>
  configs: Record<PresetName, BoundedConfig>
}

const plugin = {
  meta: { name: 'eslint-plugin-bounded', version: __VERSION__, namespace: 'bounded' },
  rules,
  configs: {},
} as unknown as BoundedPlugin

for (const preset of ['recommended', 'recommended-type-checked', 'strict', 'all', 'off'] as const) {
  plugin.configs[preset] = {
    name: `bounded/${preset}`,
    plugins: { bounded: plugin as ESLint.Plugin },
    rules: rulesOf(rules, preset),
  }
}

export { plugin as default, plugin as 'module.exports' }
