import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import rule from '../../rules/no-sync-in-handler.ts'
import { fixed, lint } from '../support/lint.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bounded-await-'))
  await writeFile(join(folder, 'page.txt'), ' a page \n')
})
afterAll(() => rm(folder, { recursive: true }))

let programs = 0

/** Runs a program's `GET` in a fresh module; gives what it returns or the code and message of what it throws. */
async function outcome(code: string, extension: string): Promise<unknown> {
  programs += 1
  const file = join(folder, `program-${programs}.${extension}`)
  await writeFile(file, code)
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, (...args: unknown[]) => unknown>
  const run = module['GET'] ?? (module['default'] as unknown as Record<string, () => unknown>)['GET']
  try {
    return { value: await run?.(join(folder, 'page.txt'), folder) }
  } catch (error) {
    return { code: (error as { code?: string }).code, name: (error as Error).constructor.name }
  }
}

/** Before and after `--fix` (with suggestions applied as well) the programs do the same. */
it.each<[string, string, string]>([
  ['a read', 'mjs', "import { readFileSync } from 'node:fs'\nexport async function GET(page) { return readFileSync(page, 'utf8').trim().length }"],
  ['a read that fails', 'mjs', "import { readFileSync } from 'node:fs'\nexport async function GET(page) { return readFileSync(page + '?', 'utf8') }"],
  ['a failure that is caught', 'mjs', "import fs from 'fs'\nexport async function GET(page) { try { return fs.statSync(page + '?').size } catch (error) { return error.code } }"],
  ['a failure that a finally sees', 'mjs', "import fs from 'fs'\nexport async function GET(page) { const log = []; try { log.push(fs.readFileSync(page).length); fs.readFileSync(page + '?') } catch { log.push('caught') } finally { log.push('end') } return log }"],
  ['a folder, with options', 'mjs', "import * as fs from 'node:fs'\nexport async function GET(page, folder) { return fs.readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile() && each.name === 'page.txt').length }"],
  ['an alias', 'mjs', "import { readFileSync as read } from 'node:fs'\nexport async function GET(page) { return String(read(page)) }"],
  ['compression', 'mjs', "import { gzipSync, gunzipSync } from 'node:zlib'\nexport async function GET(page) { return gunzipSync(gzipSync(page, { level: 9 })).toString() }"],
  ['compression that fails', 'mjs', "import zlib from 'zlib'\nexport async function GET(page) { return zlib.gunzipSync(Buffer.from(page)) }"],
  ['key derivation', 'mjs', "import crypto from 'node:crypto'\nexport async function GET(page) { return crypto.pbkdf2Sync('secret', 'salt', 10, 16, 'sha256').toString('hex') + crypto.scryptSync('a', 'b', 8, { N: 16 }).toString('hex') }"],
  ['CommonJS', 'cjs', "const { readFileSync } = require('fs')\nexports.GET = async (page) => readFileSync(page, 'utf8')"],
  ['a name that is taken', 'mjs', "import { readFile, readFileSync } from 'node:fs'\nexport async function GET(page) { return [typeof readFile, readFileSync(page, 'utf8')] }"],
  ['order of evaluation', 'mjs', "import { readFileSync } from 'node:fs'\nexport async function GET(page) { let n = 1; return [n++, readFileSync(page, 'utf8').length + n++, n] }"],
  ['helpers become asynchronous', 'mjs', "import { readFileSync } from 'node:fs'\nconst size = (page) => text(page).length\nfunction text(page) { return readFileSync(page, 'utf8') }\nexport async function GET(page) { return [size(page), text(page) + '!'] }"],
  ['output of a command', 'mjs', "import { execSync } from 'node:child_process'\nexport async function GET() { return execSync('echo a', { encoding: 'utf8' }) + execSync('echo b').toString() }"],
  ['writes', 'mjs', "import fs from 'node:fs'\nexport async function GET(page, folder) { fs.writeFileSync(folder + '/new', 'x'); fs.renameSync(folder + '/new', folder + '/old'); const text = fs.readFileSync(folder + '/old', 'utf8'); fs.unlinkSync(folder + '/old'); return [text, fs.existsSync(folder + '/old')] }"],
])('%s: the same before and after', async (_, extension, before) => {
  const options = { options: { fixes: 'all' }, filename: `route.${extension}` }
  const after = fixed(rule, before, options)
  expect(after).not.toBe(before)
  expect(await outcome(after, extension)).toEqual(await outcome(before, extension))
  const isEdited = (message: { fix?: unknown; suggestions?: unknown }) => message.fix !== undefined || message.suggestions !== undefined
  expect(lint(rule, after, options).filter(isEdited)).toEqual([])
})

it('leaves no synchronous read behind', async () => {
  const after = fixed(rule, "import { readFileSync } from 'node:fs'\nexport async function GET(page) { return readFileSync(page, 'utf8') }")
  expect(after).toContain('await readFile(page')
  expect(lint(rule, after)).toEqual([])
  expect(await readFile(join(folder, 'page.txt'), 'utf8')).toBe(' a page \n')
})

describe('functions that become asynchronous with their callers', () => {
  const program = (config: string, handler: string): string =>
    `import fs from 'node:fs'\nimport express from 'express'\nconst app = express()\n${config}\napp.get('/', ${handler})\n`
  const config = 'function config(a: string) { return fs.readFileSync(a) }'
  const handler = '(req, res) => { res.send(config("a")) }'
  it('is offered for a plain function, called where `await` may stand', () => {
    expect(fixed(rule, program(config, handler), { settings: { fixes: 'all' } })).toContain('res.send(await config("a"))')
  })
  it.each([
    ['overloads', 'function config(a: string): Buffer\nfunction config(a: number): Buffer\nfunction config(a: any) { return fs.readFileSync(a) }', handler],
    ['a type of its own', 'const config: (a: string) => Buffer = (a) => fs.readFileSync(a)', handler],
    ['a call in parameters', config, '(req, res, next, c = config("a")) => { res.send(c) }'],
    ['a call at the head of a line that the line before may take for its arguments', config, '(req, res) => {\n  const x = 1\n  config("a").toString()\n  res.send(x)\n}'],
  ])('is refused for %s', (_, declaration, use) => {
    const code = program(declaration, use)
    expect(fixed(rule, code, { settings: { fixes: 'all' } })).toBe(code)
  })
})
