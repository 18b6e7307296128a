import type { TSESLint } from '@typescript-eslint/utils'
import type { JSONSchema4 } from 'json-schema'
import { settingsOf, type Settings } from './options/settings.ts'
import { sharedOptions, type SharedOption } from './options/shared.ts'

/** The preset in which a rule first appears. */
export type Preset = 'recommended' | 'recommended-type-checked' | 'strict' | 'all'

export interface RuleDocs {
  readonly description: string
  readonly preset: Preset
  readonly url?: string
  /** What presets set besides the severity: options by preset name. */
  readonly presetOptions?: Partial<Record<Preset, Record<string, unknown>>>
  readonly dialects?: readonly string[]
}

/** Every option of a rule: its own, with defaults filled in, and all settings. */
export type Resolved<Own> = Readonly<Settings & Own>

export type Context<MessageIds extends string> = TSESLint.RuleContext<MessageIds, readonly unknown[]>

export interface RuleDeclaration<MessageIds extends string, Own extends object> {
  readonly name: string
  readonly meta: {
    readonly type: 'problem' | 'suggestion'
    readonly docs: Omit<RuleDocs, 'url' | 'dialects'>
    readonly messages: Record<MessageIds, string>
    readonly fixable?: 'code'
    readonly hasSuggestions?: boolean
  }
  /** Options that `settings.bounded` may supply too. */
  readonly shared: readonly SharedOption[]
  /** Options of this rule alone: their schemas, and their defaults. */
  readonly own?: { readonly [Key in keyof Own]: JSONSchema4 & { readonly default: Own[Key] } }
  create(context: Readonly<Context<MessageIds>>, options: Resolved<Own>): TSESLint.RuleListener
}

export interface BoundedRule extends TSESLint.RuleModule<string, readonly unknown[], RuleDocs> {
  readonly name: string
}

const DOCS = 'https://github.com/eslint-plugin-bounded/eslint-plugin-bounded/blob/main/docs/rules'

/**
 * Makes a rule of a declaration: documentation URL, a schema that refuses unknown keys, and options resolved in the
 * order option, `settings.bounded`, built-in. (ESLint 8 does not merge defaults, and merged defaults would hide settings.)
 */
export function createRule<MessageIds extends string, Own extends object = object>(
  declaration: RuleDeclaration<MessageIds, Own>,
): BoundedRule {
  const own = (declaration.own ?? {}) as Record<string, JSONSchema4>
  const shared = Object.fromEntries(declaration.shared.map((key) => [key, sharedOptions[key]]))
  const defaults = Object.fromEntries(Object.entries(own).map(([key, schema]) => [key, schema.default]))
  let last: { readonly settings: Settings; readonly given: unknown; readonly options: Resolved<Own> } | undefined
  // Most files have the options of the file before.
  const resolve = ({ settings: raw, options: [given] }: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): Resolved<Own> => {
    const settings = settingsOf(raw)
    if (last?.settings !== settings || last.given !== given) {
      last = { settings, given, options: { ...settings, ...defaults, ...(given as object | undefined) } as unknown as Resolved<Own> }
    }
    return last.options
  }
  return {
    name: declaration.name,
    meta: {
      ...declaration.meta,
      docs: {
        ...declaration.meta.docs,
        url: `${DOCS}/${declaration.name}.md`,
        dialects: ['JavaScript', 'TypeScript'],
      },
      schema: [{ type: 'object', additionalProperties: false, properties: { ...shared, ...own } }],
      defaultOptions: Object.keys(defaults).length > 0 ? [defaults] : [],
    },
    defaultOptions: [],
    create(context) {
      if (!isScript(context.sourceCode) || isMinified(context.sourceCode)) return {}
      return declaration.create(context as unknown as Context<MessageIds>, resolve(context))
    },
  } as BoundedRule
}

/** Files of other languages (JSON, Markdown, CSS) reach `create` as well, with neither scopes nor tokens. */
function isScript({ scopeManager }: Readonly<TSESLint.SourceCode>): boolean {
  return scopeManager != null
}

/** Bundles that a tool has minified: nobody reads or mends them, and their names say nothing. */
function isMinified({ text, lines }: Readonly<TSESLint.SourceCode>): boolean {
  return text.length > 100_000 && text.length / lines.length > 250
}
