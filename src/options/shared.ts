/** Schema fragments of the options that rules share with `settings.bounded`. An option wins over the setting of its name. */
import type { JSONSchema4 } from 'json-schema'

export const sharedOptions = {
  concurrency: {
    type: 'integer',
    minimum: 1,
    description: 'How many operations rewrites allow in flight. Default: `settings.bounded.concurrency`, else 10.',
  },
  report: {
    enum: ['certain', 'possible'],
    description:
      'Whether findings that the analysis cannot prove are reported too. Default: `settings.bounded.report`, else `certain`.',
  },
  fixes: {
    enum: ['safe', 'all', 'none'],
    description:
      'What `--fix` applies: rewrites that keep behaviour, all rewrites, or none. Default: `settings.bounded.fixes`, else `safe`.',
  },
  timeoutMs: {
    type: 'integer',
    minimum: 1,
    description: 'The time limit in milliseconds that rewrites set. Default: `settings.bounded.timeoutMs`, else 10000.',
  },
} as const satisfies Record<string, JSONSchema4>

export type SharedOption = keyof typeof sharedOptions
