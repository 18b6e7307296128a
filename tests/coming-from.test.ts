/** What `docs/coming-from.md` says of directives that stand for other rules: honoured, lost by `--fix`, kept by its command. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import plugin from '../src/index.ts'

const PROGRAM = `export async function profiles(ids) {
  const out = []
  for (const id of ids) {
    // eslint-disable-next-line no-shadow, no-await-in-loop -- in order
    out.push(await fetch(id))
  }
  return out
}

// eslint-disable-next-line require-await
async function one() { return 1 }
console.log(one())
`
const linter = new Linter({ configType: 'flat' })
const config = {
  plugins: { bounded: plugin as never },
  rules: { 'bounded/no-await-in-loop': 'error', 'bounded/require-await': ['error', { report: 'possible' }] },
  linterOptions: { reportUnusedDisableDirectives: 'warn' },
} as Linter.Config
const reported = (text: string): (string | null)[] => linter.verify(text, config).map(({ ruleId }) => ruleId)

it('honours them, while ESLint calls them unused', () => {
  expect(reported(PROGRAM)).toEqual([null, null])
  expect(reported(PROGRAM.replaceAll(/\n *\/\/.*/g, ''))).toEqual(['bounded/no-await-in-loop', 'bounded/require-await'])
})

it('judges the places when `--fix` has removed them', () => {
  const { output } = linter.verifyAndFix(PROGRAM, config)
  expect(output).not.toContain('eslint-disable')
  expect(reported(output)).toEqual(['bounded/no-await-in-loop', 'bounded/require-await'])
})

it('keeps them by the command of the page', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../docs/coming-from.md'), 'utf8')
  const command = /^ +(grep .*)$/m.exec(page)?.[1]
  if (!command) throw new Error('no command')
  const folder = mkdtempSync(join(tmpdir(), 'bounded-coming-'))
  try {
    mkdirSync(join(folder, 'src'))
    writeFileSync(join(folder, 'src/a.js'), PROGRAM)
    execFileSync('bash', ['-c', command], { cwd: folder })
    const renamed = readFileSync(join(folder, 'src/a.js'), 'utf8')
    expect(renamed).toBe(PROGRAM.replace(' no-await', ' bounded/no-await').replace(' require-await', ' bounded/require-await'))
    // What is left names a rule that is off: the first directive's other half.
    expect(linter.verify(renamed, config).map(({ message }) => message)).toEqual([expect.stringContaining("'no-shadow'")])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
