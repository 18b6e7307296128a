import { existsSync, readFileSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { Linter } from 'eslint'
import pc from 'picocolors'
import type { PresetName } from '../configs.ts'
import { explaining, type Remark } from '../explain.ts'
import plugin from '../index.ts'
import { UsageError } from './arguments.ts'
import { lintConfig } from './eslint-options.ts'
import { baseFolder, IGNORED_BY } from './files.ts'
import { isOurs, isUnparsed } from './findings.ts'
import { gitIgnoreOf } from './gitignore.ts'
import { load, locate, type EslintModule } from './load.ts'
import type { Io } from './run.ts'

/** Prints every report and every reason for silence at a line, for all rules. */
export async function explain({ file, line }: { file: string; line: number }, io: Io): Promise<0> {
  const path = resolve(io.cwd, file)
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(`No such file: ${file}`)
  const text = readFileSync(path, 'utf8')
  const lines = text.replace(/\n$/, '').split('\n')
  if (line > lines.length) throw new UsageError(`${file} has ${lines.length} line${lines.length === 1 ? '' : 's'}, there is no line ${line}.`)

  const base = baseFolder([path], io.cwd)
  if (path.split(sep).includes('node_modules') || gitIgnoreOf(base)(path)) throw new UsageError(`\`check\` ignores ${file} (${IGNORED_BY}).`)
  const eslint = await load<EslintModule>(locate('eslint', io.cwd))
  const parser = locate('@typescript-eslint/parser', io.cwd).href
  const configOf = (preset: PresetName) => lintConfig({ cwd: base, parser, preset, fix: false, concurrency: 'off' }, plugin)
  const [all, recommended] = await Promise.all([configOf('all'), configOf('recommended')])
  const lint = (config: Linter.Config[]) => new eslint.Linter({ configType: 'flat', cwd: base }).verify(text, config, { filename: path })
  const remarks: Remark[] = []
  const messages = explaining((remark) => remarks.push(remark), () => lint(all))
  const reported = new Set(lint(recommended).map(identify))

  const paint = pc.createColors(io.stdout.isTTY === true && !io.env['NO_COLOR'])
  const output = [`${paint.bold(`${relative(io.cwd, path)}:${line}`)}  ${lines[line - 1]?.trim() ?? ''}`, '']
  const fatal = messages.find(isUnparsed)
  if (fatal) throw new UsageError(`${file}:${fatal.line} does not parse: ${fatal.message}`)
  for (const message of messages) {
    if (!isOurs(message) || message.line > line || (message.endLine ?? message.line) < line) continue
    const verdict = reported.has(identify(message)) ? paint.red('reported') : paint.yellow('possible')
    output.push(`${verdict}  ${message.ruleId}: ${message.message}`)
    for (const { desc } of message.suggestions ?? []) output.push(paint.dim(`          → ${desc}`))
  }
  for (const { rule, node, text: reason } of remarks) {
    if (node.loc.start.line > line || node.loc.end.line < line) continue
    if (node.loc.start.line !== line && !isInnermost(node, remarks, rule, line)) continue
    output.push(`${paint.green('silent')}    bounded/${rule}: ${reason}`)
  }
  if (output.length === 2) {
    const spoken = [...messages.filter(isOurs).map((message) => message.line), ...remarks.map(({ node }) => node.loc.start.line)]
    const [nearest] = spoken.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))
    output.push(`No rule has anything to say about this line${nearest === undefined ? '' : `; the nearest is line ${nearest}`}.`)
  }
  io.stdout.write(`${output.join('\n')}\n`)
  return 0
}

/** The same report of two runs: what the recommended preset does not report, only `report: 'possible'` does. */
function identify({ ruleId, line, column, message }: Linter.LintMessage): string {
  return [ruleId, line, column, message].join('\n')
}

/** Whether no smaller remark of the same rule covers the line. */
function isInnermost(node: Remark['node'], remarks: readonly Remark[], rule: string, line: number): boolean {
  const size = node.range[1] - node.range[0]
  return !remarks.some(
    (other) =>
      other.rule === rule &&
      other.node.loc.start.line <= line &&
      other.node.loc.end.line >= line &&
      other.node.range[1] - other.node.range[0] < size,
  )
}
