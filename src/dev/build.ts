/** Builds the published files into `dist`: the plugin (ESM), the runtime helper (ESM and CommonJS) and the command line. */
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { generateDtsBundle } from 'dts-bundle-generator'
import * as esbuild from 'esbuild'

const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
const shared: esbuild.BuildOptions = {
  bundle: true,
  target: 'es2022',
  legalComments: 'none',
  define: { __VERSION__: JSON.stringify(version) },
  logLevel: 'warning',
}

await rm('dist', { recursive: true, force: true })
await Promise.all([
  esbuild.build({
    ...shared,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    minifyWhitespace: true,
  }),
  esbuild.build({ ...shared, entryPoints: ['src/runtime/index.ts'], outfile: 'dist/runtime/index.mjs', format: 'esm', platform: 'neutral' }),
  esbuild.build({ ...shared, entryPoints: ['src/runtime/index.ts'], outfile: 'dist/runtime/index.cjs', format: 'cjs', platform: 'neutral' }),
  ...(existsSync('src/cli/main.ts') ? [buildCommandLine()] : []),
])

const [plugin, runtime] = generateDtsBundle(
  ['src/index.ts', 'src/runtime/index.ts'].map((filePath) => ({
    filePath,
    libraries: { importedLibraries: ['eslint'], allowedTypesLibraries: [] },
    output: { noBanner: true, exportReferencedTypes: false },
  })),
  { preferredConfigPath: 'tsconfig.json' },
)
// The bundler drops the quotes of the string export name.
await writeFile('dist/index.d.ts', (plugin ?? '').replace(' as module.exports', ' as "module.exports"'))
await writeFile('dist/runtime/index.d.mts', runtime ?? '')
await copyFile('dist/runtime/index.d.mts', 'dist/runtime/index.d.cts')

/** The command line keeps `eslint`, the parser and the plugin itself outside its bundle. */
async function buildCommandLine(): Promise<void> {
  await esbuild.build({
    ...shared,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    minifyWhitespace: true,
    external: ['eslint', '@typescript-eslint/parser'],
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
  })
}
