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
export function availabilityOf(specifier: string, { filename, cwd }: { readonly filename: string; readonly cwd: string }): Availability {
  if (/^(?:\.{0,2}\/|#|node:)/.test(specifier) || isAbsolute(specifier)) return 'production'
  const name = packageOf(specifier)
  const manifest = nearestManifest(isAbsolute(filename) ? filename : resolve(cwd, filename))
  if (!manifest) return 'unknown'
  if (manifest.name === name) return 'production'
  const lists = (list: object | undefined): boolean => list !== undefined && list !== null && Object.hasOwn(list, name)
  if (lists(manifest.dependencies) || lists(manifest.optionalDependencies) || lists(manifest.peerDependencies)) return 'production'
  return lists(manifest.devDependencies) ? 'development' : 'missing'
}

/** `@scope/name/sub/path` → `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** An editor's server lives long; a project with more packages reads some of them again. */
const MOST_MANIFESTS = 1000

function nearestManifest(file: string): Manifest | null {
  for (let folder = dirname(file), inner = file; folder !== inner; inner = folder, folder = dirname(folder)) {
    const manifest = read(join(folder, 'package.json'))
    // A manifest that only marks a folder as ESM or CommonJS says nothing about dependencies.
    if (manifest && (manifest.name !== undefined || manifest.dependencies || manifest.devDependencies)) return manifest
  }
  return null
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
