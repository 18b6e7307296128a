/** What holds for the plugin as a whole: rules, pages, tests and presets are one set; schemas, metadata and presets agree. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { rules } from '../rules/index.ts'
import plugin from '../src/index.ts'

const root = resolve(import.meta.dirname, '..')
const names = Object.keys(rules)
const stems = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(ending) && file !== 'index.ts')
    .map((file) => file.slice(0, -ending.length))
    .sort()

it('has one file, one page and one test for each rule, and no more', () => {
  expect(stems('rules', '.ts')).toEqual(names)
  expect(stems('docs/rules', '.md')).toEqual(names)
  expect(names.filter((name) => !existsSync(join(root, `tests/rules/${name}.test.ts`)))).toEqual([])
})

it('names itself for ESLint and oxlint', () => {
  expect(plugin.meta.name).toBe('eslint-plugin-bounded')
  expect(plugin.meta.namespace).toBe('bounded')
  expect(plugin.meta.version).toMatch(/^\d+\.\d+\.\d+/)
})

describe.each(names)('%s', (name) => {
  const rule = rules[name]
  const schema = (rule?.meta.schema as readonly { properties: Record<string, { default?: unknown }> }[])[0]

  it('carries what ESLint, editors and SARIF show', () => {
    expect(rule?.name).toBe(name)
    expect(rule?.meta.docs?.url).toMatch(new RegExp(`/docs/rules/${name}\\.md$`))
    expect(rule?.meta.docs?.description).toMatch(/^[a-z].*[^.]$/)
    expect(Object.values(rule?.meta.messages ?? {})).not.toEqual([])
  })

  it('uses each of its messages', () => {
    const sources = readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file === `${name}.ts` || file.startsWith(`${name}/`))
      .concat(readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((file) => `../src/${file}`))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, 'rules', file), 'utf8'))
      .join('\n')
    for (const id of Object.keys(rule?.meta.messages ?? {})) {
      expect(sources.split(new RegExp(`\\b${id}\\b`)).length - 1, id).toBeGreaterThanOrEqual(2)
    }
  })

  it('has nothing to say of files in other languages, which have neither scopes nor tokens', () => {
    const context = { sourceCode: { text: '{}', lines: ['{}'], ast: {} }, settings: {}, options: [], filename: 'a.json', cwd: '/' }
    expect(rule?.create(context as never)).toEqual({})
  })

  it('accepts its defaults and refuses an unknown key with a message that names it', () => {
    const defaults = Object.fromEntries(
      Object.entries(schema?.properties ?? {}).flatMap(([key, value]) => ('default' in value ? [[key, value.default]] : [])),
    )
    const lint = (options: object) =>
      new Linter({ configType: 'flat' }).verify('', {
        plugins: { bounded: plugin as never },
        rules: { [`bounded/${name}`]: ['error', options] },
      })
    expect(lint(defaults)).toEqual([])
    expect(() => lint({ surely: 'not' })).toThrow(/surely/)
  })
})

describe('presets', () => {
  const enabled = (preset: keyof typeof plugin.configs): string[] => Object.keys(plugin.configs[preset].rules).sort()

  it('grow from recommended to all, and off turns everything off', () => {
    const isPart = (part: string[], whole: string[]): boolean => part.every((name) => whole.includes(name))
    expect(isPart(enabled('recommended'), enabled('recommended-type-checked'))).toBe(true)
    expect(isPart(enabled('recommended-type-checked'), enabled('strict'))).toBe(true)
    expect(enabled('all')).toEqual(names.map((name) => `bounded/${name}`).sort())
    expect(plugin.configs.off.rules).toEqual(Object.fromEntries(names.map((name) => [`bounded/${name}`, 'off'])))
  })

  it.each(Object.keys(plugin.configs) as (keyof typeof plugin.configs)[])('%s works as an object in a flat config', (preset) => {
    const config = plugin.configs[preset]
    expect(config.name).toBe(`bounded/${preset}`)
    expect(config.plugins['bounded']).toBe(plugin)
    expect(new Linter({ configType: 'flat' }).verify('export const a = 1', [config as never])).toEqual([])
  })

  it('asks for what is only possible in strict and all, not in recommended', () => {
    const levels = (preset: 'recommended' | 'strict' | 'all') =>
      Object.values(plugin.configs[preset].rules).map((entry) => (Array.isArray(entry) ? (entry[1] as { report?: string }).report : undefined))
    expect(levels('recommended').filter(Boolean)).toEqual([])
    expect(levels('strict')).toContain('possible')
    expect(levels('all')).toContain('possible')
  })
})

it('leaves minified bundles alone', () => {
  const loop = 'export async function f(xs){for(const x of xs)await fetch(x)}'
  const lint = (code: string): number =>
    new Linter({ configType: 'flat' }).verify(code, [{ ...plugin.configs.recommended, files: ['**/*.js'] } as never], 'a.js').length
  const padding = (separator: string): string => Array.from({ length: 20_000 }, (_, i) => `x(${i})`).join(separator)
  expect(lint(`${loop};${padding(';')}`)).toBe(0)
  expect(lint(`${loop};${padding(';\n')}`)).toBeGreaterThan(0)
})

describe('settings', () => {
  const lint = (settings: unknown): unknown =>
    new Linter({ configType: 'flat' }).verify(
      'export const a = 1',
      [{ ...plugin.configs.all, files: ['**/*.ts'], languageOptions: { parser: tsParser as never }, settings: { bounded: settings } } as never],
      'file.ts',
    )

  it.each([
    [{ concurrency: 0 }, /settings\.bounded\.concurrency must be a whole number of at least 1 .*but is 0/],
    [{ report: 'maybe' }, /settings\.bounded\.report must be `certain` or `possible`, but is 'maybe'/],
    [{ fixes: true }, /settings\.bounded\.fixes must be `safe`, `all` or `none`, but is true/],
    [{ helper: '' }, /settings\.bounded\.helper must be a module specifier, but is ''/],
    [{ contexts: 'tests' }, /settings\.bounded\.contexts must be a list of glob patterns, but is 'tests'/],
    [{ apis: [{ module: 'x' }] }, /settings\.bounded\.apis\.0/],
    [{ apis: [{ module: 'x', member: 'y', work: 'db' }] }, /settings\.bounded\.apis\.0\.work must be `network`, `file`, `database` or `process`, but is 'db'/],
    [{ handlers: [{ module: 'x', member: 'y', take: 1 }] }, /settings\.bounded\.handlers\.0\.take is not known/],
    [{ timeoutMs: 1.5 }, /settings\.bounded\.timeoutMs must be .*milliseconds.*but is 1\.5/],
    [{ concurency: 5 }, /settings\.bounded\.concurency is not a setting\. Known: concurrency/],
    ['fast', /settings\.bounded must be an object, but is 'fast'/],
  ])('%j is refused with a message that names the key', (settings, message) => {
    expect(() => lint(settings)).toThrow(message)
  })

  it('accepts every documented key', () => {
    const settings = {
      concurrency: 4, report: 'possible', fixes: 'all', helper: './pool.js', contexts: ['e2e/**'], timeoutMs: 5000,
      apis: [{ module: '#db', member: 'query', work: 'database', access: 'read' }], 
      handlers: [{ module: '@acme/server', member: 'serve', takes: 'last', runs: 'job' }, { files: ['src/jobs/**'], exports: ['run'] }],
    }
    expect(lint(settings)).toEqual([])
  })
})
