/**
 * Builds the published files into `dist`: the plugin (ESM) and the code of its rules, the runtime helper (ESM and CommonJS)
 * and the command line.
 */
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { generateDtsBundle } from 'dts-bundle-generator'
import * as esbuild from 'esbuild'
import ts from 'typescript'
import { rules } from '../../rules/index.ts'

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

/** The rules and the command line read globs by the same code, which is published once. */
const GLOBS = resolve('node_modules/picomatch/lib/picomatch.js')
const sharedGlobs: esbuild.Plugin = {
  name: 'shared globs',
  setup: (build) =>
    build.onResolve({ filter: /^picomatch\/posix$|^\.\/lib\/picomatch$/ }, () => ({ path: './globs.cjs', external: true })),
}

await rm('dist', { recursive: true, force: true })
await Promise.all([
  buildPlugin(),
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

/**
 * What a configuration reads of a rule stands in `index.js`; the code of all rules is loaded when the first file is linted
 * (by `require`, since `create` must answer at once). A run that takes every file from ESLint's cache never loads it.
 */
async function buildPlugin(): Promise<void> {
  const plugin: esbuild.BuildOptions = { ...shared, platform: 'node', minify: true }
  const code: esbuild.BuildOptions = { ...plugin, format: 'cjs' }
  await esbuild.build({ ...code, entryPoints: [GLOBS], outfile: 'dist/globs.cjs' })
  await esbuild.build({
    ...code,
    entryPoints: ['rules/index.ts'],
    outfile: 'dist/rules.cjs',
    plugins: [
      { name: 'no links', setup: (build) => build.onLoad({ filter: /src[\\/]knowledge[\\/].*\.ts$/ }, withoutLinks) },
      { name: 'no metadata', setup: (build) => build.onLoad({ filter: /rules[\\/][\w-]+\.ts$/ }, withoutMetadata) },
      sharedGlobs,
    ],
  })
  await esbuild.build({
    ...plugin,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    plugins: [{ name: 'rules on demand', setup: (build) => build.onLoad({ filter: /rules[\\/]index\.ts$/ }, rulesOnDemand) }],
  })
}

/** Descriptions and messages of a rule stand in `index.js`; its code works without them. */
async function withoutMetadata({ path }: esbuild.OnLoadArgs): Promise<esbuild.OnLoadResult> {
  const text = await readFile(path, 'utf8')
  const metadata = metadataIn(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))
  return { contents: metadata ? `${text.slice(0, metadata.pos)} { docs: {} }${text.slice(metadata.end)}` : text, loader: 'ts' }
}

/** `{…}` of `createRule({ meta: {…} })`. */
function metadataIn(file: ts.SourceFile): ts.Expression | undefined {
  for (const statement of file.statements) {
    const call = ts.isExportAssignment(statement) ? statement.expression : undefined
    const declaration = call && ts.isCallExpression(call) ? call.arguments[0] : undefined
    if (!declaration || !ts.isObjectLiteralExpression(declaration)) continue
    for (const property of declaration.properties) {
      if (ts.isPropertyAssignment(property) && property.name.getText(file) === 'meta') return property.initializer
    }
  }
  return undefined
}

function rulesOnDemand(): esbuild.OnLoadResult {
  const entries = Object.entries(rules).map(
    ([name, { meta, defaultOptions }]) => `${JSON.stringify(name)}: { ...${JSON.stringify({ name, meta, defaultOptions })}, create: (context) => load(${JSON.stringify(name)}).create(context) }`,
  )
  return {
    contents: `import { createRequire } from 'node:module'
let loaded
const load = (name) => (loaded ??= createRequire(import.meta.url)('./rules.cjs').rules)[name]
export const rules = { ${entries.join(', ')} }`,
    loader: 'js',
  }
}

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
    // Of the package that looks words up for the code frames' colours only the keywords are needed, not Unicode's letters.
    alias: { '@babel/helper-validator-identifier': resolve('node_modules/@babel/helper-validator-identifier/lib/keyword.js') },
    plugins: [{ name: 'what is built', setup: (build) => build.onResolve({ filter: /\/index\.ts$/ }, useBuilt) }, sharedGlobs],
    banner: { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" },
  })
  await chmod('dist/cli.js', 0o755)
}

/** The links to the sources of facts are for readers of the tables, not for the published bundle. */
async function withoutLinks({ path }: esbuild.OnLoadArgs): Promise<esbuild.OnLoadResult> {
  const text = await readFile(path, 'utf8')
  return { contents: text.replaceAll(/,\s*source: (?:'https:[^'\n]*'|[A-Z]\w*)(?=,?\s*\})/g, '').replaceAll(/'https:[^'\n]*'/g, "''"), loader: 'ts' }
}

/** The plugin and the helper, wherever they are imported from, are the bundles beside the command line's. */
function useBuilt({ path, resolveDir }: esbuild.OnResolveArgs): esbuild.OnResolveResult | undefined {
  const built = { [resolve('src/index.ts')]: './index.js', [resolve('src/runtime/index.ts')]: './runtime/index.mjs' }[resolve(resolveDir, path)]
  return built === undefined ? undefined : { path: built, external: true }
}
