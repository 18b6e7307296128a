/** What users set once for all rules under `settings.bounded`, validated with a message that names the key. */
import * as v from 'valibot'
import { defaultContexts } from '../knowledge/contexts.ts'
import type { WorkFact } from '../knowledge/facts.ts'

const positiveInteger = (what: string) =>
  v.pipe(v.number(`must be ${what}`), v.integer(`must be ${what}`), v.minValue(1, `must be ${what}`))

const names = v.union([v.string(), v.array(v.string())], 'must be a string or a list of strings')
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  v.picklist(values, `must be ${values.slice(0, -1).map((value) => `\`${value}\``).join(', ')} or \`${values.at(-1)}\``)

/** Loose: a table may say more of a function than users are told of. */
const apiEntry = v.looseObject(
  {
    module: names,
    member: names,
    work: v.optional(oneOf(['network', 'file', 'database', 'process'])),
    access: v.optional(oneOf(['read', 'write', 'ordered'])),
    source: v.optional(v.string()),
  },
  'must be an object with `module` and `member`',
)

const keys = v.union([v.literal('*'), v.array(v.string())])

const takes = v.union(
  [v.picklist(['all', 'last']), v.number(), v.strictObject({ at: v.union([v.number(), v.literal('last')]), keys })],
  'must be `all`, `last`, an index, or `{ at, keys }`',
)

const handlerEntry = v.pipe(
  v.strictObject(
    {
      module: v.optional(names),
      member: v.optional(names),
      takes: v.optional(takes),
      runs: v.optional(oneOf(['request', 'message', 'event', 'job', 'timer'])),
      label: v.optional(oneOf(['route', 'event', 'name'])),
      files: v.optional(v.array(v.string('must be a list of glob patterns'), 'must be a list of glob patterns')),
      exports: v.optional(v.array(v.string('must be a list of names'), 'must be a list of names')),
      framework: v.optional(v.string('must be a string')),
      source: v.optional(v.string()),
    },
    'must be an object',
  ),
  v.check(
    ({ module, member, files, exports }) => (module !== undefined && member !== undefined) || files !== undefined || exports !== undefined,
    'must have `module` and `member` (a call or decorator), or `files` or `exports` (a convention)',
  ),
)

const makeSchema = () => v.strictObject({
  concurrency: v.optional(positiveInteger('a whole number of at least 1 (operations in flight)'), 10),
  report: v.optional(v.picklist(['certain', 'possible'], 'must be `certain` or `possible`'), 'certain'),
  fixes: v.optional(v.picklist(['safe', 'all', 'none'], 'must be `safe`, `all` or `none`'), 'safe'),
  helper: v.optional(
    v.pipe(v.string('must be a module specifier'), v.minLength(1, 'must be a module specifier')),
    'eslint-plugin-bounded/runtime',
  ),
  contexts: v.optional(v.array(v.string('must be a list of glob patterns'), 'must be a list of glob patterns'), [
    ...defaultContexts,
  ]),
  apis: v.optional(v.array(apiEntry, 'must be a list of entries'), []),
  handlers: v.optional(v.array(handlerEntry, 'must be a list of entries'), []),
  timeoutMs: v.optional(positiveInteger('a whole number of at least 1 (milliseconds)'), 10_000),
})

/**
 * - `concurrency` (operations in flight, default 10): the limit that rewrites pass to the helper.
 * - `report` (default `certain`): whether verdicts that the analysis cannot prove are reported too (`possible`).
 * - `fixes` (default `safe`): what `--fix` applies: rewrites that keep behaviour, `all` rewrites, or `none`.
 * - `helper` (default `eslint-plugin-bounded/runtime`): the module that rewrites import from. `p-map` and `p-limit` are
 *   called in their own way, any other module must export this package's names.
 * - `contexts` (globs): files where latency does not matter.
 * - `apis`: entries in the format of the built-in tables, consulted before those.
 * - `handlers`: what else runs per request: calls or decorators (`module`, `member`, and `takes`: which arguments), or
 *   exports (`exports`: names, default all) of files (`files`: globs).
 * - `timeoutMs` (ms, default 10 000): the limit that rewrites of `require-timeout` set.
 */
export type Settings = Readonly<Omit<Valid, 'apis' | 'handlers'>> & { readonly apis: Own<WorkFact>; readonly handlers: Own<Valid['handlers'][number]> }

type Valid = v.InferOutput<ReturnType<typeof makeSchema>>

/**
 * A user's entries. Only `settingsOf` makes such a list, so that no analysis can be given an empty one where the user's
 * were forgotten, and it is one and the same list for all files: analyses keep what they found by it.
 */
export type Own<Entry> = readonly Entry[] & { readonly [fromSettings]: true }

declare const fromSettings: unique symbol

const cache = new WeakMap<object, Settings>()

/** Made when settings are first read, so that importing the plugin costs little. */
let schema: ReturnType<typeof makeSchema> | undefined

/** Throws an `Error` that names the key, what it must be and what it is. */
export function settingsOf(settings: Readonly<Record<string, unknown>> | undefined): Settings {
  const own = settings?.['bounded'] ?? empty
  if (typeof own !== 'object') throw new Error(`settings.bounded must be an object, but is ${shown(own)}.`)
  const known = cache.get(own)
  if (known) return known
  const result = v.safeParse((schema ??= makeSchema()), own)
  if (!result.success) throw new Error(explain(result.issues[0]))
  // What an entry must hold is checked above; which of it a table needs, is not.
  const valid = result.output as unknown as Settings
  cache.set(own, valid)
  return valid
}

const empty = {}

function explain(issue: v.BaseIssue<unknown>): string {
  const key = `settings.bounded.${v.getDotPath(issue) ?? ''}`
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const [top, ...within] = issue.path ?? []
    if (top && within.length > 0) return `${key} is not known: ${ENTRIES}`
    return `${key} is not a setting. Known: ${Object.keys((schema ??= makeSchema()).entries).join(', ')}.`
  }
  return `${key} ${issue.message}, but is ${shown(issue.input)}.`
}

const ENTRIES = 'docs/settings.md says what entries may hold.'

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value))
}
