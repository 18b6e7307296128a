/**
 * `npm run bench:shares -- [--preset strict] [--files 1200] [--typed | --project FOLDER] [--least 0.2]`: the share of lint
 * time that is spent below the plugin's functions, and in which of them, by samples of one process. Load on the machine
 * strikes all samples alike, so that two runs agree to half a percent where times do not agree at all. The garbage
 * collector is left out of the whole.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import tsParser from '@typescript-eslint/parser'
import * as esbuild from 'esbuild'
import { ESLint, type Linter } from 'eslint'
import type { BoundedPlugin } from '../../src/index.ts'
import { sourcesOf, specs } from '../corpus/packages.ts'

const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    preset: { type: 'string' },
    files: { type: 'string', default: '1200' },
    /** A folder with a `tsconfig.json` whose files under `src` and `rules` are linted with types: this project where only `--typed` is given. */
    project: { type: 'string' },
    typed: { type: 'boolean', default: false },
    /** The smallest share, in percent, that is printed. */
    least: { type: 'string', default: '0.2' },
  },
})
const project = values.project !== undefined ? resolve(values.project) : values.typed ? root : null
const preset = values.preset ?? (project ? 'recommended-type-checked' : 'recommended')

// A bundle inside the project, with readable names.
const folder = mkdtempSync(join(root, 'node_modules/.shares-'))
try {
  const outfile = join(folder, 'plugin.mjs')
  await esbuild.build({ absWorkingDir: root, entryPoints: ['src/index.ts'], outfile, bundle: true, format: 'esm', platform: 'node', define: { __VERSION__: '"0"' } })
  const plugin = ((await import(pathToFileURL(outfile).href)) as { default: BoundedPlugin }).default
  report(await profile(linterOf(plugin), filesOf()), outfile)
} finally {
  rmSync(folder, { recursive: true })
}

function filesOf(): string[] {
  if (project) {
    const { stdout } = spawnSync('git', ['ls-files', 'src/*.ts', 'rules/*.ts'], { cwd: project, encoding: 'utf8' })
    return stdout.split('\n').filter((path) => path && !path.endsWith('.d.ts')).map((path) => join(project, path))
  }
  const all = specs.flatMap((spec) =>
    readdirSync(sourcesOf(spec), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.[cm]?js$/.test(path) && !/node_modules|\.min\.|(?:^|\/)dist\//.test(path))
      .map((path) => join(sourcesOf(spec), path))
      .filter((path) => statSync(path).isFile() && statSync(path).size < 300_000),
  )
  const step = Math.max(1, Math.floor(all.length / Number(values.files)))
  return all.filter((_, index) => index % step === 0)
}

function linterOf(plugin: BoundedPlugin): ESLint {
  const config = plugin.configs[preset as keyof typeof plugin.configs]
  const base: Linter.Config = {
    files: ['**/*.{js,cjs,mjs,ts}'],
    languageOptions: { parser: tsParser as Linter.Parser, parserOptions: project ? { projectService: true, tsconfigRootDir: project } : {} },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
  }
  return new ESLint({ cwd: project ?? '/', overrideConfigFile: true, ignore: false, overrideConfig: [base, config as Linter.Config] })
}

/** One pass to warm up and one that is sampled, with a program of its own. */
async function profile(eslint: ESLint, files: readonly string[]): Promise<Profiler.Profile> {
  const pass = async (): Promise<void> => {
    tsParser.clearCaches()
    for (const path of files) await eslint.lintText(readFileSync(path, 'utf8'), { filePath: path })
  }
  await pass()
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  await pass()
  return (await session.post('Profiler.stop')).profile
}

interface Branch {
  samples: number
  readonly calls: Map<string, Branch>
}

/** The tree of the plugin's own functions. What they have others do counts as theirs. */
function report({ nodes, samples = [] }: Profiler.Profile, bundle: string): void {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
  const top: Branch = { samples: 0, calls: new Map() }
  let whole = 0
  for (const id of samples) {
    if (/^\((?:idle|program|garbage collector)\)$/.test(byId.get(id)?.callFrame.functionName ?? '')) continue
    whole += 1
    const way: string[] = []
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const { functionName, lineNumber, url } = byId.get(at)?.callFrame ?? { functionName: '', lineNumber: 0, url: '' }
      if (url.endsWith(bundle)) way.unshift(`${functionName || '(anonymous)'}:${lineNumber + 1}`)
    }
    if (way.length === 0) continue
    let branch = top
    branch.samples += 1
    for (const name of way.filter((each, i) => each !== way[i - 1])) {
      let next = branch.calls.get(name)
      if (!next) branch.calls.set(name, (next = { samples: 0, calls: new Map() }))
      next.samples += 1
      branch = next
    }
  }
  const percent = (branch: Branch): number => (100 * branch.samples) / whole
  const print = (branch: Branch, depth: number): void => {
    for (const [name, next] of [...branch.calls].sort(([, a], [, b]) => b.samples - a.samples)) {
      if (percent(next) < Number(values.least)) return
      console.log(`${percent(next).toFixed(2).padStart(6)}  ${'  '.repeat(depth)}${name}`)
      print(next, depth + 1)
    }
  }
  console.log(`${preset}: ${percent(top).toFixed(2)} % of ${whole} samples`)
  print(top, 0)
}
