/** Builds the published files into `dist`: the plugin (ESM), the runtime helper (ESM and CommonJS) and the command line. */
import { copyFile, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import * as esbuild from 'esbuild'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'

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
  declarations('src/index.ts', 'dist/index.d.ts'),
  declarations('src/runtime/index.ts', 'dist/runtime/index.d.mts').then(() =>
    copyFile('dist/runtime/index.d.mts', 'dist/runtime/index.d.cts'),
  ),
])

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

async function declarations(input: string, file: string): Promise<void> {
  const bundle = await rollup({
    input,
    external: ['eslint'],
    plugins: [dts({ tsconfig: 'tsconfig.json', compilerOptions: { noEmit: false } })],
    onwarn() {},
  })
  await bundle.write({ file, format: 'es' })
  await bundle.close()
}
