import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ESLint } from 'eslint'
import plugin from '../index.ts'
import { UsageError, type CheckOptions } from './arguments.ts'
import { eslintOptions, type LintRequest } from './eslint-options.ts'
import { baseFolder, filesToLint, IGNORED_BY } from './files.ts'
import { findingsOf, type Report } from './findings.ts'
import { formats } from './formats/index.ts'
import { loadEslint, locate, type EslintModule } from './load.ts'
import type { Io } from './run.ts'

/** Small enough for a lively progress line, large enough that ESLint's own start-up per call does not show. */
const BATCH = 40

export async function check(paths: readonly string[], options: CheckOptions, io: Io): Promise<0 | 1 | 2> {
  if (options.outputFile !== undefined) assertFolder(options.outputFile, io.cwd)
  const Eslint = await loadEslint(io.cwd)
  const base = baseFolder(paths, io.cwd)
  const eslint = await createEslint(Eslint, options, io.cwd, base)
  const { files, leftOut } = await filesToLint(paths, io.cwd, base, eslint)
  if (leftOut.length > 0) io.stderr.write(`eslint-plugin-bounded: Left out, all files are ignored (${IGNORED_BY}): ${leftOut.join(', ')}\n`)
  const started = performance.now()
  let results = await lintAll(eslint, files, options, io)
  const untyped = results.filter(isOutsideProgram).map(({ filePath }) => filePath)
  if (untyped.length > 0) {
    const again = await createEslint(Eslint, { ...options, preset: 'recommended' }, io.cwd, base)
    const byFile = new Map((await lintAll(again, untyped, options, io)).map((result) => [result.filePath, result]))
    results = results.map((result) => byFile.get(result.filePath) ?? result)
  }
  if (options.fix) await Eslint.outputFixes(results)

  const report: Report = {
    cwd: io.cwd,
    version: io.version,
    files: results.length,
    seconds: (performance.now() - started) / 1000,
    fixed: results.filter(({ output }) => output !== undefined).length,
    findings: findingsOf(results, readSource),
    results,
  }
  const text = formats[options.format](report, { color: usesColor(options, io) })
  if (options.outputFile === undefined) io.stdout.write(text)
  else writeFileSync(resolve(io.cwd, options.outputFile), text)
  return exitCode(report, options, io)
}

async function createEslint(
  Eslint: EslintModule['ESLint'],
  { preset, report, fixes, fix, concurrency }: CheckOptions,
  cwd: string,
  base: string,
): Promise<ESLint> {
  const request: LintRequest = {
    cwd: base,
    parser: locate('@typescript-eslint/parser', cwd).href,
    preset,
    fix,
    concurrency,
    ...(report && { report }),
    ...(fixes && { fixes }),
  }
  if (concurrency === 'off') return new Eslint(await eslintOptions(request, plugin))
  if (!Eslint.fromOptionsModule) throw new UsageError('--concurrency needs ESLint 9.39 or newer.')
  const module = new URL('./eslint-options.js', import.meta.url)
  module.searchParams.set('request', JSON.stringify(request))
  return Eslint.fromOptionsModule(module)
}

/** Whether a file was left out because no `tsconfig.json` takes it in: it is checked without types, as by `recommended`. */
function isOutsideProgram({ messages }: ESLint.LintResult): boolean {
  return messages.some(({ fatal, message }) => fatal === true && message.includes('was not found by the project service'))
}

/** Lints in batches with a line of progress; in one call where ESLint's own threads share the files out. */
async function lintAll(
  eslint: ESLint,
  files: readonly string[],
  { concurrency }: CheckOptions,
  { stderr }: Io,
): Promise<ESLint.LintResult[]> {
  if (concurrency !== 'off' || files.length <= BATCH) return eslint.lintFiles([...files])
  const results: ESLint.LintResult[] = []
  // Sequential: linting is CPU work on this thread.
  for (let start = 0; start < files.length; start += BATCH) {
    if (stderr.isTTY) stderr.write(`\r\u001B[KChecked ${start} of ${files.length} files…`)
    results.push(...(await eslint.lintFiles(files.slice(start, start + BATCH))))
  }
  if (stderr.isTTY) stderr.write('\r\u001B[K')
  return results
}

function exitCode({ findings }: Report, { maxWarnings }: CheckOptions, { stderr }: Io): 0 | 1 {
  const warnings = findings.filter(({ severity }) => severity === 'warning').length
  if (maxWarnings >= 0 && warnings > maxWarnings) {
    stderr.write(`eslint-plugin-bounded: ${warnings} warnings, at most ${maxWarnings} allowed.\n`)
    return 1
  }
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0
}

function usesColor({ color }: CheckOptions, { stdout, env }: Io): boolean {
  if (color !== undefined) return color
  if (env['NO_COLOR']) return false
  return Boolean(env['FORCE_COLOR']) || stdout.isTTY === true
}

function assertFolder(file: string, cwd: string): void {
  const folder = dirname(resolve(cwd, file))
  try {
    readFileSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return
    throw new UsageError(`--output-file: no such folder: ${folder}`)
  }
}

function readSource({ filePath, source, output }: ESLint.LintResult): string {
  return source ?? output ?? readFileSync(filePath, 'utf8')
}
