/** Every example of a rule's page is linted: what stands under `incorrect` is reported, what stands under `correct` is not. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../rules/index.ts'
import { lint } from './support/lint.ts'

const folder = resolve(import.meta.dirname, '../docs/rules')

/** `<!-- incorrect -->` or `<!-- correct {"max": 5} -->` (options as JSON), then a fenced block. */
const EXAMPLE = /<!-- (incorrect|correct)(?: (\{.*?\}))? -->\s*\n```(js|jsx|ts|tsx)\n([\s\S]*?)\n```/g

const SECTIONS = ['## What is reported', '## What is not reported', '## Options', '## Fixes', '## When not to use it', '## Related']

describe.each(readdirSync(folder).map((file) => file.replace(/\.md$/, '')))('docs/rules/%s.md', (name) => {
  const page = readFileSync(join(folder, `${name}.md`), 'utf8')
  const examples = [...page.matchAll(EXAMPLE)].map(([, kind, options, language, code], index) => ({
    kind, options: JSON.parse(options ?? '{}') as object, language: language ?? 'js', code: code ?? '', index: index + 1,
  }))

  it('has every section', () => {
    expect(SECTIONS.filter((section) => !page.includes(section))).toEqual([])
  })

  it('shows both kinds of code', () => {
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['incorrect', 'correct']))
  })

  it('has a heading for each option', () => {
    const [options] = (rules[name]?.meta.schema ?? []) as readonly { properties: object }[]
    expect(Object.keys(options?.properties ?? {}).filter((option) => !page.includes(`\n### \`${option}\`\n`))).toEqual([])
  })

  it('shows what `report` changes', () => {
    const rule = rules[name]
    if (!rule || !page.includes('\n### `report`\n')) return
    const changing = examples.filter(({ kind, options, code, language }) => {
      const without = lint(rule, code, { options: { ...options, report: 'certain' }, filename: `src/example.${language}` })
      return kind === 'incorrect' && 'report' in options && without.length === 0
    })
    expect(changing).not.toEqual([])
  })

  it.each(examples)('example $index is $kind', ({ kind, options, language, code }) => {
    const rule = rules[name]
    if (!rule) throw new Error(`no rule ${name}`)
    const messages = lint(rule, code, { options, filename: `src/example.${language}` })
    expect(messages.filter(({ fatal }) => fatal)).toEqual([])
    if (kind === 'correct') expect(messages.map(({ message }) => message)).toEqual([])
    else expect(messages).not.toEqual([])
  })
})
