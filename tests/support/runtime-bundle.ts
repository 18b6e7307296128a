/** Bundles of the helper, built from its sources into a folder of their own. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildSync } from 'esbuild'

const entry = new URL('../../src/runtime/index.ts', import.meta.url).pathname

export interface Bundle {
  readonly folder: string
  readonly file: string
}

export function bundleRuntime(format: 'esm' | 'cjs' | 'iife', extension = 'mjs'): Bundle {
  const folder = mkdtempSync(path.join(tmpdir(), 'bounded-runtime-'))
  const file = path.join(folder, `helper.${extension}`)
  buildSync({ entryPoints: [entry], bundle: true, format, target: 'es2022', platform: 'neutral', outfile: file, globalName: 'bounded' })
  return { folder, file }
}

/** The minified code of a program that uses only the named exports of an already built bundle. */
export function minifiedUse(bundle: string, names: readonly string[]): Uint8Array {
  const contents = `import { ${names.join(', ')} } from ${JSON.stringify(bundle)}; globalThis.use = [${names.join(', ')}]`
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: path.dirname(bundle) },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    write: false,
  })
  return outputFiles[0]!.contents
}
