/** Published packages at pinned versions, fetched with `npm pack` into a cache outside the tree. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const pinned = JSON.parse(readFileSync(new URL('packages.json', import.meta.url), 'utf8')) as readonly string[]
const nameOf = (spec: string): string => spec.slice(0, spec.lastIndexOf('@'))

/** All of them, or those whose names `BOUNDED_CORPUS_ONLY` lists: `npm,knex`. */
const only = process.env['BOUNDED_CORPUS_ONLY']?.split(',')
export const specs = pinned.filter((spec) => only?.includes(nameOf(spec)) ?? true)

/** The pinned version of a package: `npm` → `npm@12.2.0`. */
export function specOf(name: string): string {
  const spec = pinned.find((each) => nameOf(each) === name)
  if (!spec) throw new Error(`${name} is not among the pinned packages`)
  return spec
}

const cache = process.env['BOUNDED_CORPUS'] ?? join(homedir(), '.cache/eslint-plugin-bounded/corpus')

/** The folder that holds a package's published files; fetches them the first time. */
export function sourcesOf(spec: string): string {
  const folder = join(cache, spec.replaceAll('/', '+'))
  if (existsSync(folder)) return folder
  const temporary = `${folder}.${process.pid}`
  mkdirSync(temporary, { recursive: true })
  const packed = execute('npm', ['pack', spec, '--silent', '--ignore-scripts', '--pack-destination', temporary], temporary)
  execute('tar', ['-xzf', packed.trim().split('\n').at(-1) ?? '', '--no-same-owner'], temporary)
  renameSync(join(temporary, 'package'), folder)
  rmSync(temporary, { recursive: true, force: true })
  return folder
}

function execute(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`)
  return stdout
}
