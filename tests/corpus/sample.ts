/** A few dozen files of published packages, the same ones every time, for lanes that have no time for all. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourcesOf, specOf } from './packages.ts'

/** How many files of which package. */
const shares: readonly (readonly [name: string, count: number])[] = [['npm', 26], ['knex', 8], ['pm2', 2], ['serverless', 14]]

/** What rules look at: files without it decide little. */
const TELLING = /\bPromise\.(?:all|race)\(|\.push\(await|\bfor \((?=[^]*\bawait\b)/

const MODULE = /^(?:import|export)\b/m

/** Characters. */
const MAX_LENGTH = 40_000

/** Text by a name that says where it comes from, without `node_modules`, which linters leave out, and whether it is a module. */
export function corpusSample(): Map<string, string> {
  return new Map(shares.flatMap(([name, count]) => spread(filesOf(name), count)))
}

function filesOf(name: string): [string, string][] {
  const folder = sourcesOf(specOf(name))
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?js$/.test(path))
    .sort()
    .map((path): [string, string] => [`${name}/${path.replaceAll('node_modules', 'modules')}`, readFileSync(join(folder, path), 'utf8')])
    .map(([path, text]): [string, string] => [path.replace(/\.[cm]?js$/, MODULE.test(text) ? '.mjs' : '.cjs'), text])
    .filter(([, text]) => text.length <= MAX_LENGTH && TELLING.test(text))
}

/** `count` of a list, at even distances. */
function spread<T>(all: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] as T)
}
