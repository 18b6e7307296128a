/** What the nearest package.json above a file says of the packages that its code may import when it is installed. */
import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/**
 * - `production`: the code may import it wherever it is installed: a dependency, the package itself, a path.
 * - `development`: only where it is developed.
 * - `missing`: the manifest does not list it.
 * - `unknown`: no manifest was found or it cannot be read.
 */
export type Availability = 'production' | 'development' | 'missing' | 'unknown'

/** A file as ESLint gives it. */
export interface LintedPath {
  readonly filename: string
  readonly cwd: string
}

interface Manifest {
  readonly name?: unknown
  readonly dependencies?: object
  readonly optionalDependencies?: object
  readonly peerDependencies?: object
  readonly devDependencies?: object
}

/** By path; read again when the file has changed, since editors keep the plugin loaded for days. */
const manifests = new Map<string, { readonly changed: number; readonly manifest: Manifest | null }>()

/** `specifier` as it is written in an import; `filename` and `cwd` as ESLint gives them. */
export function availabilityOf(specifier: string, { filename, cwd }: LintedPath): Availability {
  if (/^(?:\.{0,2}\/|#|node:)/.test(specifier) || isAbsolute(specifier)) return 'production'
  const name = packageOf(specifier)
  const manifest = nearestManifest(isAbsolute(filename) ? filename : resolve(cwd, filename))
  if (!manifest) return 'unknown'
  if (manifest.name === name) return 'production'
  const lists = (list: object | undefined): boolean => list !== undefined && list !== null && Object.hasOwn(list, name)
  if (lists(manifest.dependencies) || lists(manifest.optionalDependencies) || lists(manifest.peerDependencies)) return 'production'
  return lists(manifest.devDependencies) ? 'development' : 'missing'
}

/** The names of the packages that the nearest manifest lists; null where there is none. */
export function listedPackages({ filename, cwd }: LintedPath): readonly string[] | null {
  const manifest = nearestManifest(isAbsolute(filename) ? filename : resolve(cwd, filename))
  return manifest && listsOf(manifest).flatMap((list) => Object.keys(list))
}

/** The range in which a package is wanted, as the nearest manifest that lists it (in a workspace perhaps the root's) says. */
export function rangeOf(specifier: string, { filename, cwd }: LintedPath): string | null {
  const name = packageOf(specifier)
  for (const manifest of manifestsAbove(isAbsolute(filename) ? filename : resolve(cwd, filename))) {
    for (const list of listsOf(manifest)) {
      const range: unknown = Object.hasOwn(list, name) ? (list as Record<string, unknown>)[name] : undefined
      if (typeof range === 'string') return range
    }
  }
  return null
}

/**
 * The oldest version that the newest part of a range allows, as numbers: `^4.1.2` → `[4, 1]`, `3 || 5.x` → `[5, 0]`. Null
 * where the range is open (`*`, `>=4`, a tag) or written in another form (`workspace:*`).
 */
export function leastVersion(range: string): readonly [major: number, minor: number] | null {
  let least: readonly [number, number] | null = null
  for (const part of range.split('||')) {
    const match = /^(?:npm:@?[^@]+@)?(?:[~^=]|>=(?=[^<]*<))?\s*v?(\d+)(?:\.(\d+))?/.exec(part.trim())
    if (!match) return null
    const version = [Number(match[1]), Number(match[2]) || 0] as const
    if (!least || isBelow(least, version)) least = version
  }
  return least
}

export function isBelow([major, minor]: readonly [number, number], [otherMajor, otherMinor]: readonly [number, number]): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}

const listsOf = ({ dependencies, optionalDependencies, peerDependencies, devDependencies }: Manifest): object[] =>
  [dependencies, optionalDependencies, devDependencies, peerDependencies].filter((list) => typeof list === 'object' && list !== null) as object[]

/** `@scope/name/sub/path` → `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** An editor's server lives long; a project with more packages reads some of them again. */
const MOST_MANIFESTS = 1000

function nearestManifest(file: string): Manifest | null {
  for (const manifest of manifestsAbove(file)) return manifest
  return null
}

function* manifestsAbove(file: string): Generator<Manifest> {
  for (let folder = dirname(file), inner = file; folder !== inner; inner = folder, folder = dirname(folder)) {
    const manifest = read(join(folder, 'package.json'))
    // A manifest that only marks a folder as ESM or CommonJS says nothing about dependencies.
    if (manifest && (manifest.name !== undefined || manifest.dependencies || manifest.devDependencies)) yield manifest
  }
}

function read(path: string): Manifest | null {
  let changed: number
  try {
    changed = statSync(path).mtimeMs
  } catch {
    return null
  }
  const known = manifests.get(path)
  if (known?.changed === changed) return known.manifest
  let manifest: Manifest | null = null
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    manifest = typeof parsed === 'object' && parsed !== null ? parsed : null
  } catch {
    // Half-written or no JSON: as good as none.
  }
  if (manifests.size >= MOST_MANIFESTS) manifests.clear()
  manifests.set(path, { changed, manifest })
  return manifest
}
