/** What is wrong with how the rules of the `all` preset take a program. */
import { runInNewContext } from 'node:vm'
import type { Linter } from 'eslint'
import plugin from '../../src/index.ts'
import { compiles, linter, base, type Program } from './parses.ts'

const preset = [plugin.configs['all'] as Linter.Config]

/** Every rewrite applied, by each way of calling a helper. */
const configs: readonly (readonly Linter.Config[])[] = ['eslint-plugin-bounded/runtime', 'p-map', 'p-limit', './own.js'].map((helper) => [
  ...preset,
  { settings: { bounded: { fixes: 'all', helper } } },
])

/** Edits of a file that are tried; one with more has them of the same builders. */
const MAX_EDITS = 12
/** Runs of `--fix` after which it must have come to rest: one applies ten passes, and each pass one rewrite that adds an import. */
const MAX_FIXES = 5
/** Milliseconds that checking a program may take: a hundred times what it does take. */
const PATIENCE = 120_000

/** Null where nothing is wrong. `turn` chooses the configuration besides the one that users have. */
export function faultOf(program: Program, turn: number): string | null {
  const other = configs[turn % configs.length] ?? []
  return faultUnder(preset, program) ?? faultUnder(other, program)
}

/** Throws no error of a rule: a crash and a hang are faults as well. */
export function faultUnder(config: readonly Linter.Config[], program: Program, patience = PATIENCE): string | null {
  const check = (): string | null => reportFault([...base, ...config], program) ?? fixFault([...base, ...config], program)
  try {
    const found = runInNewContext('check()', { check }, { timeout: patience }) as string | null
    return found && `${found}\n// the program, ${program.filename}\n${program.text}`
  } catch (error) {
    return `it threw: ${error instanceof Error ? error.stack : String(error)}\n// the program, ${program.filename}\n${program.text}`
  }
}

function reportFault(config: Linter.Config[], program: Program): string | null {
  const { text, filename } = program
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/)
  let edits = 0
  for (const message of linter.verify(text, config, { filename })) {
    if (!liesWithin(message, lines)) return `${message.ruleId} reports ${message.line}:${message.column} to ${message.endLine}:${message.endColumn}, which is not in the file`
    for (const edit of [message.fix, ...(message.suggestions ?? []).map(({ fix }) => fix)]) {
      if (!edit) continue
      if (!(edit.range[0] >= 0 && edit.range[0] <= edit.range[1] && edit.range[1] <= text.length)) return `${message.ruleId} edits ${String(edit.range)}, which is not in the file`
      edits += 1
      if (edits > MAX_EDITS) continue
      const edited = { text: text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]), filename }
      const broken = parseFault(edited, config)
      if (broken) return `an edit of ${message.ruleId} breaks the program: ${broken}\n${edited.text}`
    }
  }
  return null
}

/** Linting an edited program also meets what the rewrites write. */
function parseFault(program: Program, config: Linter.Config[]): string | null {
  const fatal = linter.verify(program.text, config, { filename: program.filename }).find((message) => message.fatal)
  if (fatal) return fatal.message
  const compiled = compiles(program)
  return compiled === true ? null : compiled
}

function fixFault(config: Linter.Config[], program: Program): string | null {
  const { filename } = program
  let { text } = program
  for (let runs = 0; runs < MAX_FIXES; runs++) {
    const { output, fixed } = linter.verifyAndFix(text, config, { filename })
    if (!fixed) return null
    text = output
    const broken = parseFault({ text, filename }, config)
    if (broken) return `fixed, it does not parse: ${broken}\n${text}`
  }
  return `fixes do not come to rest:\n${text}`
}

function liesWithin({ line, column, endLine, endColumn }: Linter.LintMessage, lines: readonly string[]): boolean {
  const isPlace = (row: number, at: number): boolean => row >= 1 && row <= lines.length && at >= 1 && at <= (lines[row - 1]?.length ?? 0) + 1
  if (!isPlace(line, column)) return false
  if (endLine === undefined || endLine === null || endColumn === undefined || endColumn === null) return true
  return isPlace(endLine, endColumn) && (endLine > line || (endLine === line && endColumn >= column))
}
