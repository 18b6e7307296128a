/** What the formats print: ESLint's messages of this plugin, with their source. */
import type { ESLint, Linter } from 'eslint'

export interface Finding {
  readonly file: string
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly fixable: boolean
  readonly suggestions: readonly string[]
  /** The whole text of the file. */
  readonly source: string
}

export interface Report {
  readonly cwd: string
  readonly version: string
  readonly files: number
  readonly seconds: number
  /** How many files `--fix` changed. */
  readonly fixed: number
  readonly findings: readonly Finding[]
  readonly results: readonly ESLint.LintResult[]
}

/**
 * Whether a message is about this plugin's rules, or says that the file does not parse. ESLint also counts as fatal what it
 * does not like about a comment (`eslint-env`, gone since ESLint 10) in a file that it lints all the same.
 */
export function isOurs({ ruleId, fatal, message }: Linter.LintMessage): boolean {
  return fatal ? isUnparsed({ fatal, message }) : (ruleId?.startsWith('bounded/') ?? false)
}

export function isUnparsed({ fatal, message }: Pick<Linter.LintMessage, 'fatal' | 'message'>): boolean {
  return fatal === true && !/\bcomments? (?:is|are) no longer supported/.test(message)
}

/** Files that do not parse are findings of the rule `parse`; messages about other plugins' rules are dropped. */
export function findingsOf(
  results: readonly ESLint.LintResult[],
  readSource: (result: ESLint.LintResult) => string,
): Finding[] {
  return results.flatMap((result) =>
    result.messages
      .filter(isOurs)
      .map((message) => ({
        file: result.filePath,
        rule: message.ruleId?.replace(/^bounded\//, '') ?? 'parse',
        severity: message.severity === 2 ? 'error' : 'warning',
        message: message.message,
        // The parser's errors count columns from 0, SARIF and editors from 1.
        line: message.line ?? 1,
        column: Math.max(1, message.column ?? 1),
        endLine: message.endLine ?? message.line ?? 1,
        endColumn: message.endColumn ?? (message.column ?? 1) + 1,
        fixable: message.fix !== undefined,
        suggestions: (message.suggestions ?? []).map(({ desc }) => desc),
        source: readSource(result),
      })),
  )
}

/** Groups in the order of first appearance. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
