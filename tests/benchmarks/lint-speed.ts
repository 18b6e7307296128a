/**
 * `npm run bench:lint`: what the presets cost over parsing and traversing, next to peers on the same files in one run.
 * Files come from the pinned packages of the corpus; peers are installed into `.cache/peers`. One process lints every
 * file with every configuration in turn, in an order that rotates file by file, and adds up CPU time: load from other
 * processes strikes all alike, so that the ratios are steady where times are not. `-- --write` writes
 * `docs/performance.md`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import tsParser from '@typescript-eslint/parser'
import { ESLint, type Linter } from 'eslint'
import { sourcesOf, specs } from '../corpus/packages.ts'
import { growth, RUNS } from './lint-growth.ts'
import { typedCosts } from './lint-typed.ts'
import plugin from '../../dist/index.js'

const root = resolve(import.meta.dirname, '../..')
const peers = join(root, '.cache/peers')
/** Microseconds of rule time from which on two times can be compared. */
const MEASURABLE = 3_000
const PEERS = ['eslint-plugin-n@18', 'eslint-plugin-promise@7', 'eslint-plugin-unicorn@62', 'eslint-plugin-sonarjs@3']

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, files: { type: 'string', default: '1200' }, passes: { type: 'string', default: '3' } },
})

type Configs = Record<string, Linter.Config[]>

installPeers()
const files = corpusFiles(Number(values.files))
const configs = await configurations()
const lint = await paired(files, configs, Number(values.passes))
const imports = importTimes(Number(values.passes) * 3)
const growths = growth(plugin)
const typed = await typedCosts(plugin, root, Number(values.passes))
const text = render()
console.log(text)
if (values.write) writeFileSync(join(root, 'docs/performance.md'), text)

function installPeers(): void {
  if (existsSync(join(peers, 'node_modules/eslint-plugin-sonarjs'))) return
  mkdirSync(peers, { recursive: true })
  writeFileSync(join(peers, 'package.json'), '{"private": true}')
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', 'eslint@10', 'typescript@5.9', ...PEERS], {
    cwd: peers,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
}

/** Every k-th file of the corpus, so that all packages have their share. */
function corpusFiles(count: number): { path: string; text: string }[] {
  const all = specs.flatMap((spec) => {
    const folder = sourcesOf(spec)
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?js$/.test(path) && !/node_modules|\.min\.|(?:^|\/)dist\//.test(path))
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile() && statSync(path).size < 300_000)
      .sort()
  })
  const step = Math.max(1, Math.floor(all.length / count))
  return all.filter((_, index) => index % step === 0).map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

async function configurations(): Promise<Configs> {
  const require = createRequire(join(peers, 'package.json'))
  const load = async (name: string): Promise<{ configs: Record<string, Linter.Config>; rules: Record<string, unknown> }> => {
    const module = (await import(pathToFileURL(require.resolve(name)).href)) as { default: never }
    return module.default
  }
  const [promise, unicorn, sonarjs] = [await load('eslint-plugin-promise'), await load('eslint-plugin-unicorn'), await load('eslint-plugin-sonarjs')]
  const whole = (config: Linter.Config | undefined): Linter.Config[] => [config ?? {}].flat()
  return {
    floor: [],
    'bounded recommended': [plugin.configs.recommended as Linter.Config],
    'bounded strict': [plugin.configs.strict as Linter.Config],
    'core: no-await-in-loop, require-await, require-atomic-updates': [
      { rules: { 'no-await-in-loop': 'error', 'require-await': 'error', 'require-atomic-updates': 'error' } },
    ],
    'promise recommended': whole(promise.configs['flat/recommended']),
    'unicorn recommended': whole(unicorn.configs['recommended'] ?? unicorn.configs['flat/recommended']),
    'sonarjs recommended': whole(sonarjs.configs['recommended']),
  }
}

/** Through the `ESLint` class, which puts a configuration together once, as it does for a project. */
async function paired(list: readonly { path: string; text: string }[], all: Configs, passes: number): Promise<Map<string, number>> {
  const names = Object.keys(all)
  const base: Linter.Config = {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { parser: tsParser as Linter.Parser },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  }
  const linters = new Map(
    names.map((name) => [name, new ESLint({ cwd: '/', overrideConfigFile: true, ignore: false, overrideConfig: [base, ...(all[name] ?? [])] })]),
  )
  const total = new Map(names.map((name) => [name, 0]))
  for (let pass = 0; pass <= passes; pass += 1) {
    for (const [index, { path, text }] of list.entries()) {
      for (let turn = 0; turn < names.length; turn += 1) {
        const name = names[(turn + index + pass) % names.length] as string
        const started = process.cpuUsage()
        try {
          await linters.get(name)?.lintText(text, { filePath: path })
        } catch (error) {
          if (name.startsWith('bounded')) throw error
        }
        const { user, system } = process.cpuUsage(started)
        // The first pass warms up.
        if (pass > 0) total.set(name, (total.get(name) ?? 0) + user + system)
      }
    }
  }
  return total
}

/** CPU milliseconds to import a plugin in a fresh process, less those of an empty process: the median. */
function importTimes(rounds: number): Map<string, number> {
  const targets: Record<string, string> = {
    nothing: 'node:path',
    'eslint-plugin-bounded': pathToFileURL(join(root, 'dist/index.js')).href,
    ...Object.fromEntries(
      PEERS.map((spec) => spec.split('@')[0] as string).map((name) => [
        name,
        pathToFileURL(createRequire(join(peers, 'package.json')).resolve(name)).href,
      ]),
    ),
  }
  const times = new Map(Object.keys(targets).map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, url] of Object.entries(targets)) {
      const code = `await import(${JSON.stringify(url)}); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', cwd: peers })
      times.get(name)?.push(Number(stdout))
    }
  }
  const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN
  const empty = median(times.get('nothing') ?? [])
  return new Map([...times].filter(([name]) => name !== 'nothing').map(([name, list]) => [name, Math.max(0, median(list) - empty)]))
}

function render(): string {
  const floor = lint.get('floor') ?? Number.NaN
  const lines = files.reduce((sum, { text: source }) => sum + source.split('\n').length, 0)
  const ours = imports.get('eslint-plugin-bounded') ?? Number.NaN
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
  const lintRows = [...lint].map(([name, time]) => `| ${name} | ${name === 'floor' ? 'parsing and traversing' : `+ ${percent(time / floor - 1)}`} | ${percent((time - floor) / time)} |`)
  const importRows = [...imports].map(([name, time]) => `| ${name} | ${time.toFixed(0)} | ${(time / ours).toFixed(1)} |`)
  const growthRows = growths.map(({ what, sizes, times }) => {
    const [small, large] = times as [number, number]
    const [from, to] = sizes as [number, number]
    if (Math.min(small, large) < MEASURABLE) return `| ${what} | ${from} → ${to} | ${(to / from).toFixed(1)} | too short to tell | (${(large / 1000).toFixed(0)} ms at the larger size) |`
    return `| ${what} | ${from} → ${to} | ${(to / from).toFixed(1)} | ${(large / small).toFixed(2)} | ${(large / small / (to / from)).toFixed(2)} |`
  })
  const typedFloor = typed.times.get('floor') ?? Number.NaN
  const typedRows = [...typed.times].map(([name, time]) => `| ${name} | ${name === 'floor' ? 'parsing with a program, and traversing' : `+ ${percent(time / typedFloor - 1)}`} | ${percent((time - typedFloor) / time)} |`)
  return `# What it costs

Generated by \`npm run bench:lint -- --files ${values.files} --passes ${values.passes} --write\`; do not edit. Times of a shared machine mean nothing; ratios of one run do.

## Linting

${files.length} files, ${Math.round(lines / 1000)} kLOC of published packages (\`tests/corpus/packages.json\`), TypeScript parser, no type
information; CPU time, every file linted with every configuration in rotating order, ${values.passes} passes after a warm-up.

Where \`recommended\` stands above \`strict\`, which contains it, the difference is the noise of that run: more files and passes lessen it.

| configuration | over the floor | share of lint time |
|---|---|---|
${lintRows.join('\n')}

## Linting with types

${typed.files} files, ${Math.round(typed.lines / 1000)} kLOC: this project's own sources with \`projectService\`, in the same process. Every configuration starts with a
program of its own, so that the types that its rules ask for are worked out and counted in its turn; ${values.passes} passes after a warm-up.
\`recommended-type-checked\` follows calls from handlers in other files as well.

| configuration | over the floor | share of lint time |
|---|---|---|
${typedRows.join('\n')}

## Importing

CPU milliseconds in a fresh process, less an empty one; median. Ours loads the code of its rules with the first file that is linted (\`rules.cjs\`, about 10 ms).

| plugin | ms | times ours |
|---|---|---|
${importRows.join('\n')}

## Growth

Rule time alone (\`all\` preset less the floor), least of ${RUNS} runs. The last column is the ratio of times over the ratio of sizes:
1 is linear. Where a program takes less than ${MEASURABLE / 1000} ms, the ratio would be one of noise.

| program | sizes | ratio of sizes | ratio of times | times / sizes |
|---|---|---|---|---|
${growthRows.join('\n')}
`
}
