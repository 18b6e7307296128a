import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'

const root = resolve(import.meta.dirname, '../..')
let folder: string

const FAN_OUT = `import { readdir, readFile } from 'node:fs/promises'

export async function contents(folder: string): Promise<string[]> {
  const files = await readdir(folder)
  return Promise.all(files.map((file) => readFile(file, 'utf8')))
}
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounded-cli-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text)
  for (const name of ['src', 'generated', 'text']) mkdirSync(join(folder, name))
  write('package.json', '{"dependencies": {"eslint-plugin-bounded": "*"}}')
  write('src/clean.ts', 'export const answer: number = 42\n')
  write('src/fan-out.ts', FAN_OUT)
  write('src/[id].ts', FAN_OUT)
  write('broken.js', 'const = 1\n')
  write('text/notes.txt', 'nothing\n')
  write('generated/fan-out.ts', FAN_OUT)
  write('.gitignore', 'generated\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await run(argv, {
    cwd: folder,
    version: '1.2.3',
    env: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  })
  return { code, out, err }
}

describe('exit codes', () => {
  it('0 where nothing is found', async () => {
    const { code, out } = await cli('check', 'src/clean.ts')
    expect(out).toMatch(/^No findings in 1 file/)
    expect(code).toBe(0)
  })

  it('1 for findings, which are grouped by rule and file with the code around them', async () => {
    const { code, out } = await cli('src')
    expect(code).toBe(1)
    expect(out).toMatch(/no-unbounded-promise-all {2}2 findings/)
    expect(out).toContain('src/fan-out.ts')
    expect(out).toContain('src/[id].ts')
    expect(out).toMatch(/> 5 \| {3}return Promise\.all\(/)
    expect(out).toMatch(/2 errors, 0 warnings in 3 files in [\d.]+ s\. `--fix --fixes all` rewrites 2, as their labels say\.\n/)
  })

  it('says what --fix rewrites, and that nothing is where nothing can be', async () => {
    const then = 'export const f = (u) => fetch(u, { signal: AbortSignal.timeout(1) }).then(async (r) => r.json())\n'
    writeFileSync(join(folder, 'text/then.js'), then)
    expect((await cli('text/then.js')).out).toMatch(/1 error, 0 warnings in 1 file in [\d.]+ s\. `--fix` rewrites 1\.\n/)
    expect((await cli('broken.js')).out).toMatch(/1 error, 0 warnings in 1 file in [\d.]+ s\.\n/)
    rmSync(join(folder, 'text/then.js'))
  })

  it('1 for findings outside the working directory', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'bounded-outside-'))
    writeFileSync(join(outside, 'fan-out.ts'), FAN_OUT)
    const { code, out } = await cli(outside, 'src')
    rmSync(outside, { recursive: true, force: true })
    expect(out).toContain('3 errors, 0 warnings in 4 files')
    expect(code).toBe(1)
  })

  it('1 for a file that does not parse', async () => {
    const { code, out } = await cli('broken.js')
    expect(code).toBe(1)
    expect(out).toContain('Parsing error')
  })

  it('0 where ESLint complains of a comment of its own, in a file that it lints', async () => {
    writeFileSync(join(folder, 'env.js'), '/* eslint-env node */\n/* eslint no-console: "error" */\nconsole.log(1)\n')
    const { code, out } = await cli('env.js')
    expect(out).toMatch(/^No findings in 1 file/)
    expect(code).toBe(0)
    expect((await cli('explain', 'env.js:3')).code).toBe(0)
    const [result] = JSON.parse((await cli('--format', 'json', 'env.js')).out) as { messages: unknown[]; errorCount: number; fatalErrorCount: number }[]
    expect(result).toMatchObject({ messages: [], errorCount: 0, fatalErrorCount: 0 })
  })

  it.each([
    [[], 'Name at least one file or folder to check.'],
    [['nowhere'], 'No such file or folder: nowhere'],
    [['text'], 'No JavaScript or TypeScript files in: text'],
    [['text/notes.txt'], 'No JavaScript or TypeScript files in: text/notes.txt'],
    [['generated'], 'All files are ignored'],
    [['--preset', 'mild', 'src'], '--preset'],
    [['--format', 'xml', 'src'], '--format'],
    [['--max-warnings', '-1', 'src'], '--max-warnings'],
    [['--concurrency', '0', 'src'], '--concurrency'],
    [['--output-file', 'none/report.html', 'src'], '--output-file: no such folder'],
    [['--surely', 'src'], '--surely'],
    [['explain', 'src/clean.ts'], 'FILE:LINE'],
    [['explain', 'src/clean.ts:2'], 'src/clean.ts has 1 line, there is no line 2'],
    [['explain', 'node_modules/typescript/lib/typescript.js:1'], '`check` ignores'],
    [['explain', 'src/none.ts:1'], 'No such file: src/none.ts'],
    [['explain', 'broken.js:1'], 'broken.js:1 does not parse'],
  ])('2 and one line for %j', async (argv, message) => {
    const { code, out, err } = await cli(...argv)
    expect(err).toContain(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(out).toBe('')
    expect(code).toBe(2)
  })
})

describe('what is left out', () => {
  const below = join('ignored', 'packages', 'api')
  beforeAll(() => {
    for (const name of ['src', 'gen', 'dist', 'kept']) mkdirSync(join(folder, below, name), { recursive: true })
    mkdirSync(join(folder, 'ignored', '.git'))
    for (const name of ['src', 'gen', 'dist', 'kept']) writeFileSync(join(folder, below, name, 'fan-out.ts'), FAN_OUT)
    writeFileSync(join(folder, 'ignored', '.gitignore'), '/packages/*/dist\nkept/*\n')
    writeFileSync(join(folder, below, '.gitignore'), 'gen/\n!kept/fan-out.ts\n')
  })
  afterAll(() => rmSync(join(folder, 'ignored'), { recursive: true }))
  const checked = async (path: string): Promise<string[]> =>
    (JSON.parse((await cli('--format', 'json', path)).out) as { filePath: string }[]).map(({ filePath }) => relative(join(folder, below), filePath))

  it.each([['the top of the repository', 'ignored'], ['a folder in it', below]])('what .gitignore files above and below say, from %s', async (_, path) => {
    expect(await checked(path)).toEqual(['kept/fan-out.ts', 'src/fan-out.ts'])
  })

  it.each(['dist', 'gen'])('all of %s, with one line on standard error where other paths are checked', async (name) => {
    expect((await cli(join(below, name))).err).toContain('All files are ignored')
    const { code, err } = await cli(join(below, name), 'src/clean.ts')
    expect(code).toBe(0)
    expect(err).toBe(`eslint-plugin-bounded: Left out, all files are ignored (by ESLint's defaults or .gitignore): ${join(below, name)}\n`)
    expect((await cli('explain', `${join(below, name, 'fan-out.ts')}:5`)).err).toContain('ignores')
  })

  it('links to folders, not links to files', async () => {
    mkdirSync(join(folder, 'links'))
    symlinkSync(join(folder, 'src'), join(folder, 'links', 'folder'))
    symlinkSync(join(folder, 'src', 'fan-out.ts'), join(folder, 'links', 'file.ts'))
    const { out } = await cli('--format', 'json', 'links')
    rmSync(join(folder, 'links'), { recursive: true })
    expect((JSON.parse(out) as { filePath: string }[]).map(({ filePath }) => filePath)).toEqual([join(folder, 'links', 'file.ts')])
  })
})

it('checks with types what a tsconfig.json takes in, and the rest without', async () => {
  mkdirSync(join(folder, 'typed'))
  writeFileSync(join(folder, 'typed', 'tsconfig.json'), '{"compilerOptions": {"noEmit": true}, "files": ["./inside.ts"]}')
  const program = "import { handle } from './handle'\nexport async function run(ids: string[]) {\n  for (const id of ids) await handle(id)\n}\n"
  writeFileSync(join(folder, 'typed', 'handle.ts'), 'export async function handle(id: string) {\n  await fetch(id, { signal: AbortSignal.timeout(1) })\n}\n')
  for (const name of ['inside.ts', 'outside.ts']) writeFileSync(join(folder, 'typed', name), program)
  const { out } = await cli('--preset', 'recommended-type-checked', '--format', 'json', 'typed')
  rmSync(join(folder, 'typed'), { recursive: true })
  const results = JSON.parse(out) as { filePath: string; messages: { ruleId: string | null }[] }[]
  expect(results.map(({ filePath, messages }) => [relative(join(folder, 'typed'), filePath), ...messages.map(({ ruleId }) => ruleId)])).toEqual([
    ['handle.ts'],
    ['inside.ts', 'bounded/no-await-in-loop'],
    ['outside.ts'],
  ])
})

describe('formats', () => {
  it('json is what ESLint prints', async () => {
    const { out } = await cli('--format', 'json', 'src')
    const results = JSON.parse(out) as { messages: { ruleId: string }[] }[]
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual([
      'bounded/no-unbounded-promise-all',
      'bounded/no-unbounded-promise-all',
    ])
  })

  it('sarif names the rule, its page and the place', async () => {
    const { out } = await cli('--format', 'sarif', 'src/fan-out.ts')
    const log = JSON.parse(out) as {
      runs: {
        tool: { driver: { rules: { helpUri: string }[] } }
        results: { ruleId: string; locations: { physicalLocation: object }[] }[]
      }[]
    }
    const [first] = log.runs
    expect(first?.tool.driver.rules[0]?.helpUri).toMatch(/no-unbounded-promise-all\.md$/)
    expect(first?.results[0]?.ruleId).toBe('bounded/no-unbounded-promise-all')
    expect(first?.results[0]?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'src/fan-out.ts' },
      region: { startLine: 5 },
    })
  })

  it('html is one page that loads nothing and escapes what it shows', async () => {
    writeFileSync(join(folder, 'text/markup.ts'), FAN_OUT.replace('files.map(', 'files /* <script>alert(1)</script> */.map('))
    const { code, out } = await cli('--format', 'html', 'text/markup.ts', 'src')
    expect(code).toBe(1)
    expect(out).toMatch(/^<!doctype html>/)
    expect(out).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(out).not.toContain('<script>alert(1)')
    expect(out).toContain('&lt;script&gt;alert(1)')
    expect(out).toContain('3 findings')
  })

  it('html lists folders below the one that all of them lie in', async () => {
    for (const name of ['api', 'lib/jobs']) {
      mkdirSync(join(folder, 'packages/server', name), { recursive: true })
      writeFileSync(join(folder, 'packages/server', name, 'fan-out.ts'), FAN_OUT)
    }
    const { out } = await cli('--format', 'html', 'packages')
    expect(out).toContain('<h2>Folders in packages/<wbr>server</h2>')
    expect(out.match(/<button data-folder="[^"]*" aria-pressed="false"><span>[^<]*(?:<wbr>[^<]*)?/g)).toEqual([
      '<button data-folder="packages/server/api" aria-pressed="false"><span>api',
      '<button data-folder="packages/server/lib/jobs" aria-pressed="false"><span>lib/<wbr>jobs',
    ])
    rmSync(join(folder, 'packages'), { recursive: true })
  })

  it('writes to a file', async () => {
    const { out } = await cli('--format', 'json', '--output-file', 'report.json', 'src')
    expect(out).toBe('')
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toHaveLength(3)
  })

  it('is coloured when asked', async () => {
    expect((await cli('--color', 'src')).out).toContain('\u001B[')
    expect((await cli('src')).out).not.toContain('\u001B[')
  })
})

describe('--fix', () => {
  it('writes the rewrites, and a second run changes nothing', async () => {
    const copy = join(folder, 'copy')
    cpSync(join(folder, 'src'), copy, { recursive: true })
    const first = await cli('--fix', '--fixes', 'all', 'copy')
    expect(first.out).toContain('Fixed 2 files.')
    const fixed = readFileSync(join(copy, 'fan-out.ts'), 'utf8')
    expect(fixed).toContain("import { mapBounded } from 'eslint-plugin-bounded/runtime'")
    expect(fixed).toContain('mapBounded(files')
    const second = await cli('--fix', '--fixes', 'all', 'copy')
    expect(second.code).toBe(0)
    expect(readFileSync(join(copy, 'fan-out.ts'), 'utf8')).toBe(fixed)
  })

  it('changes nothing under --fixes none', async () => {
    await cli('--fix', '--fixes', 'none', 'src')
    expect(readFileSync(join(folder, 'src/fan-out.ts'), 'utf8')).toBe(FAN_OUT)
  })
})

describe('explain', () => {
  it('prints a report with its remedy', async () => {
    const { code, out } = await cli('explain', 'src/fan-out.ts:5')
    expect(code).toBe(0)
    expect(out).toMatch(/reported {2}bounded\/no-unbounded-promise-all: /)
  })

  it('prints why a place is left alone', async () => {
    writeFileSync(
      join(folder, 'text/small.ts'),
      "import { readFile } from 'node:fs/promises'\nexport const both = () =>\n  Promise.all(['a', 'b'].map((file) => readFile(file)))\n",
    )
    const { out } = await cli('explain', 'text/small.ts:3')
    expect(out).toMatch(/silent {4}bounded\/no-unbounded-promise-all: .*2/)
  })

  it.each([
    ['require-await', 'export const f = async () => new Promise(load)', /needed \(returns-promise\): .*`new Promise\(load\)` in line 1/],
    ['require-timeout', "export const f = () => fetch('https://a.b', { signal: AbortSignal.timeout(1000) })", /limited: by `AbortSignal\.timeout\(1000\)` in line 1/],
    ['no-sync-in-handler', "import { readFileSync } from 'node:fs'; export const f = (path) => readFileSync(path)", /not served: /],
    ['no-sync-in-handler', "import { readFileSync } from 'node:fs'; export const x = readFileSync('a')", /at start-up: /],
    ['no-uncancelled-race', 'export const f = (a, b) => Promise.race([a(), b()])', /no timer: /],
    ['no-unbounded-queue', 'const seen = []; export function add(x) { if (seen.length > 9) seen.shift(); seen.push(x) }', /`seen` is limited: `.*seen\.length > 9.*` in line 1/],
    ['no-race-across-await', 'let count = 0; async function add(item) { count += await load(item) }; add(1)', /alone: /],
    ['no-client-per-call', "import Redis from 'ioredis'; export const make = () => new Redis()", /kept: /],
    ['no-nested-fan-out', "import pMap from 'p-map'; export const f = (users) => pMap(users, (user) => pMap(user.posts, (post) => fetch(post), { concurrency: 2 }), { concurrency: 3 })", /few: /],
    ['no-misused-limit', "import { mutex } from './mutex'; mutex.runExclusive(async () => { if (!mutex.isLocked()) await mutex.runExclusive(() => load()) })", /asks: /],
    ['no-swallowed-abort', 'export async function load(url, signal) { while (true) { try { await fetch(url, { signal }) } catch (error) { signal.throwIfAborted() } } }', /looked: /],
    ['prefer-streaming', "import { readFile } from 'node:fs/promises'; export const load = async (path) => JSON.parse(await readFile(path, 'utf8'))", /needed: /],
    ['no-unbounded-retry', 'export async function load(url, stop) { while (true) { try { return await fetch(url) } catch (error) { if (stop()) throw error } } }', /ends: /],
    ['prefer-batch', 'export async function save(db, users) { for (const user of users) { const made = await db.user.create({ data: user }); console.log(made.id) } }', /dependent: /],
    ['no-await-while-holding', "prisma.$transaction(async (tx) => { await tx.job.create(await fetch('https://a.b')) })", /once: /],
    ['require-drain-on-shutdown', "import express from 'express'; const server = express().listen(80); process.on('SIGTERM', () => server.close(() => process.exit(0)))", /waited: /],
    ['no-worker-per-call', "import { Worker } from 'node:worker_threads'; export const open = () => new Worker('./hash.js')", /kept: /],
  ])('%s says why it is silent: %s', async (rule, code, reason) => {
    writeFileSync(join(folder, 'text/why.ts'), `${code}\n`)
    const { out } = await cli('explain', 'text/why.ts:1')
    expect(out).toContain(`bounded/${rule}: `)
    expect(out).toMatch(reason)
  })

  it('explains files outside the working directory', async () => {
    const other = mkdtempSync(join(tmpdir(), 'bounded-outside-'))
    writeFileSync(join(other, 'fan-out.ts'), FAN_OUT)
    const { out } = await cli('explain', `${join(other, 'fan-out.ts')}:5`)
    expect(out).toMatch(/reported {2}bounded\/no-unbounded-promise-all: /)
    rmSync(other, { recursive: true, force: true })
  })

  it('prints why the iterations of a loop have an order', async () => {
    writeFileSync(
      join(folder, 'text/loop.ts'),
      'export async function last(urls: string[]) {\n  let at = ""\n  for (const url of urls) {\n    at = (await fetch(url + at)).url\n  }\n  return at\n}\n',
    )
    const { out } = await cli('explain', 'text/loop.ts:3')
    expect(out).toMatch(/silent {4}bounded\/no-await-in-loop: ordered \(carried\): one iteration uses what another leaves, `at` in line 4/)
  })

  it('tells what the recommended preset reports from what is only possible', async () => {
    const loop = 'export async function sum(ids: string[], load: (id: string) => Promise<number>) {\n  for (const id of ids) {\n    await LOAD(id)\n  }\n}\n'
    writeFileSync(join(folder, 'text/certain.ts'), loop.replace('LOAD', 'fetch'))
    writeFileSync(join(folder, 'text/possible.ts'), loop.replace('LOAD', 'load'))
    expect((await cli('explain', 'text/certain.ts:3')).out).toMatch(/reported {2}bounded\/no-await-in-loop/)
    expect((await cli('explain', 'text/possible.ts:3')).out).toMatch(/possible {2}bounded\/no-await-in-loop/)
  })

  it('names the nearest line that a rule looks at', async () => {
    expect((await cli('explain', 'src/fan-out.ts:1')).out).toContain('No rule has anything to say about this line; the nearest is line 5.')
  })

  it('says so where no rule looks', async () => {
    expect((await cli('explain', 'src/clean.ts:1')).out).toContain('No rule has anything to say about this line.')
  })
})

describe('where ESLint is missing', () => {
  let bare: string
  beforeEach(() => {
    bare = mkdtempSync(join(tmpdir(), 'bounded-bare-'))
    cpSync(join(root, 'dist'), join(bare, 'dist'), { recursive: true })
    writeFileSync(join(bare, 'package.json'), '{"type": "module"}')
    writeFileSync(join(bare, 'a.js'), '')
  })
  afterEach(() => rmSync(bare, { recursive: true, force: true }))

  const said = (): string => {
    const { status, stderr } = spawnSync(process.execPath, [join(bare, 'dist/cli.js'), 'a.js'], { cwd: bare, encoding: 'utf8' })
    expect(status).toBe(2)
    return stderr
  }

  it('says what to install', () => {
    expect(said()).toBe('eslint-plugin-bounded: `eslint` is not installed: run `npm install --save-dev eslint @typescript-eslint/parser typescript@6`.\n')
  })

  it('leaves the project’s TypeScript as it is', () => {
    mkdirSync(join(bare, 'node_modules/typescript'), { recursive: true })
    writeFileSync(join(bare, 'node_modules/typescript/index.js'), '')
    expect(said()).toBe('eslint-plugin-bounded: `eslint` is not installed: run `npm install --save-dev eslint @typescript-eslint/parser`.\n')
  })
})

it.each([['--version', '1.2.3'], ['--help', 'check']])('%s prints and exits with 0', async (flag, text) => {
  const { code, out } = await cli(flag)
  expect(out).toContain(text)
  expect(code).toBe(0)
})
