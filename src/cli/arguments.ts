/** The command line's own words: one table of options for both commands. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { PresetName } from '../configs.ts'

export interface CheckOptions {
  readonly preset: PresetName
  readonly report?: 'certain' | 'possible'
  readonly fixes?: 'safe' | 'all' | 'none'
  readonly fix: boolean
  readonly format: 'stylish' | 'json' | 'sarif' | 'html'
  readonly outputFile?: string
  /** How many warnings are too many; -1 for no limit. */
  readonly maxWarnings: number
  readonly concurrency: number | 'auto' | 'off'
  readonly color: boolean | undefined
}

export type Invocation =
  | { readonly command: 'check'; readonly paths: readonly string[]; readonly options: CheckOptions }
  | { readonly command: 'explain'; readonly file: string; readonly line: number }
  /** Help or version: the text to print. */
  | { readonly command: 'text'; readonly text: string }

/** Bad input: one line for the user, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads the arguments after the program's name; throws a `UsageError` for what it does not know. */
export function parseArguments(argv: readonly string[], version: string): Invocation {
  let invocation: Invocation | undefined
  let text = ''
  const program = new Command('eslint-plugin-bounded')
    .description('Finds asynchronous code that is too serial, too parallel, or blocked, and says why.')
    .version(version)
  program
    .command('check', { isDefault: true })
    .description('lint files and folders; needs no configuration')
    .argument('<paths...>', 'files or folders')
    .addOption(
      new Option('--preset <name>', 'which rules')
        .choices(['recommended', 'recommended-type-checked', 'strict', 'all'])
        .default('recommended'),
    )
    .addOption(new Option('--report <level>', 'also what cannot be proved').choices(['certain', 'possible']))
    .option('--fix', 'write the rewrites that keep behaviour', false)
    .addOption(new Option('--fixes <which>', 'what --fix applies (default safe)').choices(['safe', 'all', 'none']))
    .addOption(new Option('--format <name>', 'output').choices(['stylish', 'json', 'sarif', 'html']).default('stylish'))
    .option('--output-file <file>', 'write the report there')
    .option('--max-warnings <count>', 'exit with 1 above this many warnings', wholeNumber, -1)
    .option('--concurrency <threads>', "ESLint's threads: a number, auto or off", threads, 'off')
    .option('--color', 'colours even without a terminal')
    .option('--no-color', 'no colours')
    .action((paths: string[], options: CheckOptions) => {
      invocation = { command: 'check', paths, options }
    })
  program
    .command('explain')
    .description('print every verdict at a line, also of what is not reported')
    .argument('<file:line>', 'such as src/server.ts:42', place)
    .action(({ file, line }: { file: string; line: number }) => {
      invocation = { command: 'explain', file, line }
    })
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (written) => {
        text += written
      },
      writeErr: () => {},
    })
  }
  try {
    program.parse([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return { command: 'text', text }
    throw new UsageError(
      error.code === 'commander.missingArgument' && error.message.includes("'paths'")
        ? 'Name at least one file or folder to check.'
        : error.message.replace(/^error: /, '').split('\n').map((line) => line.trim()).filter(Boolean).join(' '),
    )
  }
  if (!invocation) throw new Error('no command ran')
  return invocation
}

function wholeNumber(value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 0 || value.trim() === '') {
    throw new InvalidArgumentError(`It must be a whole number of at least 0.`)
  }
  return count
}

function threads(value: string): number | 'auto' | 'off' {
  if (value === 'auto' || value === 'off') return value
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('It must be a whole number, auto or off.')
  return count
}

function place(value: string): { file: string; line: number } {
  const match = /^(.+):(\d+)(?::\d+)?$/.exec(value)
  if (!match?.[1] || Number(match[2]) < 1) throw new InvalidArgumentError('It must be FILE:LINE, such as src/server.ts:42.')
  return { file: match[1], line: Number(match[2]) }
}
