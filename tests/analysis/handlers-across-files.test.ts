import { readFileSync } from 'node:fs'
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import rule from '../../rules/no-sync-in-handler.ts'

const root = new URL('../fixtures/program', import.meta.url).pathname

/** What the rule says of a file of the fixture project: line and way. */
function waysIn(file: string, reach: 'file' | 'program' = 'program'): string[] {
  const filename = `${root}/src/${file}`
  const messages = new Linter({ configType: 'flat', cwd: root }).verify(
    readFileSync(filename, 'utf8'),
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tsParser as never, parserOptions: { projectService: true, tsconfigRootDir: root } },
      plugins: { bounded: { rules: { [rule.name]: rule as never } } },
      rules: { 'bounded/no-sync-in-handler': ['error', { reach }] },
      settings: { bounded: { handlers: [{ module: './http.ts', member: 'app.get', takes: 1 }] } },
    } as Linter.Config,
    filename,
  )
  return messages.map(({ line, message }) => `${line}: ${/\(`(.*?)`\)/.exec(message)?.[1] ?? message}`)
}

it('follows calls into other files, through re-exports and renaming', () => {
  expect(waysIn('listing.ts')).toEqual(['8: ./http.ts handler /folder → describeFolder → listFolder → read → fs.readdirSync'])
  expect(waysIn('passwords.ts')).toEqual(['5: ./http.ts handler /hash → hash → scryptSync'])
})

it('follows methods through the interface they are called by, and not constructors', () => {
  expect(waysIn('storage.ts')).toEqual(['10: ./http.ts handler /index → index → mkdirSync'])
})

it('follows handlers that are registered in another file, and default exports', () => {
  expect(waysIn('controller.ts')).toEqual(['6: ./http.ts handler /show → show → statSync', '11: ./http.ts handler /size → size → statSync'])
})

it('stays in the file where it is not asked to leave it', () => {
  expect(waysIn('listing.ts', 'file')).toEqual([])
})
