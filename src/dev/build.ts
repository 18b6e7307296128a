/** Builds the published files into `dist`: the plugin (ESM), the runtime helper (ESM and CommonJS) and the command line. */
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { generateDtsBundle } from 'dts-bundle-generator'
import * as esbuild from 'esbuild'

const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
const shared: esbuild.BuildOptions = {
  bundle: true,
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  define: { __VERSION__: JSON.stringify(version) },
  logLevel: 'warning',
}

/** It runs in programs: names stay, so that stack traces can be read. */
const runtime: esbuild.BuildOptions = {
  ...shared,
  entryPoints: ['src/runtime/index.ts'],
  platform: 'neutral',
  minifyWhitespace: true,
  minifySyntax: true,
}

await rm('dist', { recursive: true, force: true })
await Promise.all([
  esbuild.build({
    ...shared,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    platform: 'node',
    minify: true,
    plugins: [{ name: 'no links', setup: (build) => build.onLoad({ filter: /src[\\/]knowledge[\\/].*\.ts$/ }, withoutLinks) }],
  }),
  esbuild.build({ ...runtime, outfile: 'dist/runtime/index.mjs', format: 'esm' }),
  esbuild.build({ ...runtime, outfile: 'dist/runtime/index.cjs', format: 'cjs' }),
  buildCommandLine(),
])

const [plugin, helper] = generateDtsBundle(
  ['src/index.ts', 'src/runtime/index.ts'].map((filePath) => ({
    filePath,
    libraries: { importedLibraries: ['eslint'], allowedTypesLibraries: [] },
    // The disposal symbols that the helper's types declare are none of the plugin's business.
    output: { noBanner: true, exportReferencedTypes: false, inlineDeclareGlobals: filePath.includes('runtime') },
  })),
  { preferredConfigPath: 'tsconfig.json' },
)
// The bundler drops the quotes of the string export name.
await writeFile('dist/index.d.ts', (plugin ?? '').replace(' as module.exports', ' as "module.exports"'))
await writeFile('dist/runtime/index.d.cts', helper ?? '')
// One text for both kinds of module.
await writeFile('dist/runtime/index.d.mts', "export * from './index.cjs'\n")

/** The command line keeps `eslint` and the parser outside its bundle, and shares one copy of the plugin with its options module. */
async function buildCommandLine(): Promise<void> {
  await esbuild.build({
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts', 'eslint-options': 'src/cli/eslint-options-module.ts' },
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    minify: true,
    external: ['eslint', '@typescript-eslint/parser'],
    plugins: [{ name: 'the built plugin', setup: (build) => build.onResolve({ filter: /\/index\.ts$/ }, useBuiltPlugin) }],
    banner: { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" },
  })
  await chmod('dist/cli.js', 0o755)
}

/** The links to the sources of facts are for readers of the tables, not for the published bundle. */
async function withoutLinks({ path }: esbuild.OnLoadArgs): Promise<esbuild.OnLoadResult> {
  const text = await readFile(path, 'utf8')
  return { contents: text.replaceAll(/,\s*source: (?:'https:[^'\n]*'|[A-Z]\w*)(?=,?\s*\})/g, '').replaceAll(/'https:[^'\n]*'/g, "''"), loader: 'ts' }
}

/** `src/index.ts`, wherever it is imported from, is the bundle beside the command line's. */
function useBuiltPlugin({ path, resolveDir }: esbuild.OnResolveArgs): esbuild.OnResolveResult | undefined {
  return resolve(resolveDir, path) === resolve('src/index.ts') ? { path: './index.js', external: true } : undefined
}
