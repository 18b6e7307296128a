/** A file without the words of a fact cannot have its API; one with them may. */
import tsParser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { expect, it } from 'vitest'
import { indexFacts } from '../../src/analysis/calls/index.ts'

function mayOccur(module: string, member: string, code: string): boolean {
  const linter = new Linter({ configType: 'flat' })
  linter.verify(code, { files: ['**/*.ts'], languageOptions: { parser: tsParser as Linter.Parser } }, { filename: 'a.ts' })
  return indexFacts([{ module, member, source: '' }]).mayOccurIn(linter.getSourceCode() as never)
}

it.each([
  ['node:fs', 'readFileSync', "import { readFileSync as read } from 'fs'\nread(x)", true],
  ['node:fs', 'readFileSync', "import { readFile as read } from 'fs'\nread(x)", false],
  ['node:fs', 'readFileSync', "import { readFileSync as read } from './fs'\nread(x)", false],
  ['node:fs', 'readFileSync', "require('node:fs')['readFileSync'](x)", true],
  ['node:fs/promises', 'readFile', "import fs from 'fs'\nfs.promises.readFile(x)", true],
  ['node:fs/promises', 'readFile', "import fs from 'fs'\nfs.readFile(x)", false],
  ['node:process', 'on', "process.on('x', f)", true],
  ['node:process', 'on', "emitter.on('x', f)", false],
  ['globalThis', 'Promise.all', 'const { all } = Promise\nall(xs)', true],
  ['globalThis', 'Promise.all', 'Promise.race(xs)', false],
  ['globalThis', 'Promise.*', 'Promise.race(xs)', true],
  ['globalThis', 'Promise.*', 'race(xs)', false],
  ['pg', 'Pool().*', "import { Pool } from 'pg'\nnew Pool().query(x)", true],
  ['pg', 'Pool().query', "import { Pool } from 'pg'\nnew Pool().connect(x)", false],
  ['fastq', '()', "import make from 'fastq'\nmake(f, 1)", true],
  ['queue', '()', 'const queue = []', false],
])('%s %s in %s: %s', (module, member, code, expected) => {
  expect(mayOccur(module, member, code)).toBe(expected)
})
