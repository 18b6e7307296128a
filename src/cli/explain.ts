import { existsSync, readFileSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import pc from 'picocolors'
import { explaining, type Remark } from '../explain.ts'
import plugin from '../index.ts'
import { UsageError } from './arguments.ts'
import { lintConfig } from './eslint-options.ts'
import { baseFolder } from './files.ts'
import { load, locate, type EslintModule } from './load.ts'
import type { Io } from './run.ts'

/** Prints every report and every reason for silence at a line, for all rules. */
export async function explain({ file, line }: { file: string; line: number }, io: Io): Promise<0> {
  const path = resolve(io.cwd, file)
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(`No such file: ${file}`)
  const text = readFileSync(path, 'utf8')
  const lines = text.split('\n')
  if (line > lines.length) throw new UsageError(`${file} has ${lines.length} lines, there is no line ${line}.`)

  const base = baseFolder([path], io.cwd)
  const [{ Linter }, config] = await Promise.all([
    load<EslintModule>(locate('eslint', io.cwd)),
    lintConfig({ cwd: base, parser: locate('@typescript-eslint/parser', io.cwd).href, preset: 'all', fix: false, concurrency: 'off' }, plugin),
  ])
  const remarks: Remark[] = []
  const messages = explaining(
    (remark) => remarks.push(remark),
    () => new Linter({ configType: 'flat', cwd: base }).verify(text, config, { filename: path }),
  )

  const paint = pc.createColors(io.stdout.isTTY === true && !io.env['NO_COLOR'])
  const output = [`${paint.bold(`${relative(io.cwd, path)}:${line}`)}  ${lines[line - 1]?.trim() ?? ''}`, '']
  const fatal = messages.find((message) => message.fatal)
  if (fatal) throw new UsageError(`${file}:${fatal.line} does not parse: ${fatal.message}`)
  for (const message of messages) {
    if (!message.ruleId?.startsWith('bounded/') || message.line > line || (message.endLine ?? message.line) < line) continue
    output.push(`${paint.red('reported')}  ${message.ruleId}: ${message.message}`)
    for (const { desc } of message.suggestions ?? []) output.push(paint.dim(`          → ${desc}`))
  }
  for (const { rule, node, text: reason } of remarks) {
    if (node.loc.start.line > line || node.loc.end.line < line) continue
    if (node.loc.start.line !== line && !isInnermost(node, remarks, rule, line)) continue
    output.push(`${paint.green('silent')}    bounded/${rule}: ${reason}`)
  }
  if (output.length === 2) output.push('No rule has anything to say about this line.')
  io.stdout.write(`${output.join('\n')}\n`)
  return 0
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
