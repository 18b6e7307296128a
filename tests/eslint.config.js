/** How the plugin lints itself: its own strict preset (from the build), the rules for writing rules, and those for regular expressions. */
import parser from '@typescript-eslint/parser'
import { defineConfig } from 'eslint/config'
import eslintPlugin from 'eslint-plugin-eslint-plugin'
import regexp from 'eslint-plugin-regexp'
import bounded from '../dist/index.js'

export default defineConfig([
  { ignores: ['dist', 'docs', '**/fixtures', 'tests/benchmarks/scenarios'] },
  {
    files: ['src/**/*.ts', 'rules/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { bounded },
    extends: ['bounded/strict'],
  },
  {
    // Users' source files are matched against these: no text may make one take time out of proportion to its length.
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  {
    files: ['rules/*.ts'],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      // `createRule` derives both from the options; `tests/plugin.test.ts` checks every rule's.
      'eslint-plugin/require-meta-schema': 'off',
      'eslint-plugin/require-meta-default-options': 'off',
      // Suggestions come from `offer`, which the check does not look into.
      'eslint-plugin/require-meta-has-suggestions': 'off',
    },
  },
])
