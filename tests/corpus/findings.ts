/** Runs the built command line over a folder and tells what it found, a line each, fit for a diff. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'

const commandLine = resolve(import.meta.dirname, '../../dist/cli.js')

interface Message {
  readonly ruleId: string | null
  readonly fatal?: boolean
  readonly line: number
  readonly message: string
}
export interface FileResult {
  readonly filePath: string
  readonly messages: readonly Message[]
}

/** Throws where the command line itself fails (exit code 2). */
export function check(folder: string, ...options: string[]): FileResult[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [commandLine, 'check', folder, '--format', 'json', ...options],
    { encoding: 'utf8', maxBuffer: 1 << 29 },
  )
  if (status !== 0 && status !== 1) throw new Error(`check ended with ${status}: ${stderr.slice(-2000)}`)
  return JSON.parse(stdout) as FileResult[]
}

/** `rule path:line  code`, sorted by rule, path and line. Files that do not parse are told as `parse`. */
export function linesOf(results: readonly FileResult[], folder: string): string[] {
  return results
    .flatMap(({ filePath, messages }) => {
      if (messages.length === 0) return []
      const source = readFileSync(filePath, 'utf8').split('\n')
      const path = relative(folder, filePath)
      return messages.map(({ ruleId, fatal, line }) => ({
        rule: fatal ? 'parse' : (ruleId ?? ''),
        path,
        line,
        code: source[line - 1]?.trim().slice(0, 120) ?? '',
      }))
    })
    .sort((a, b) => a.rule.localeCompare(b.rule) || a.path.localeCompare(b.path) || a.line - b.line)
    .map(({ rule, path, line, code }) => `${rule.replace('bounded/', '')} ${path}:${line}  ${code}`)
}
