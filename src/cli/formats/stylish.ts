import { relative } from 'node:path'
import { codeFrameColumns } from '@babel/code-frame'
import pc from 'picocolors'
import { groupBy, type Finding } from '../findings.ts'
import type { Format } from './index.ts'

/** For people at a terminal: by rule, then by file, each finding with the code around it. */
export const stylish: Format = ({ findings, cwd, files, seconds, fixed }, { color }) => {
  const paint = pc.createColors(color)
  const lines: string[] = []
  for (const [rule, ofRule] of groupBy(findings, ({ rule }) => rule)) {
    lines.push('', paint.bold(paint.cyan(rule)) + paint.dim(`  ${count(ofRule.length, 'finding')}`))
    for (const [file, ofFile] of groupBy(ofRule, ({ file }) => file)) {
      lines.push('', `  ${paint.underline(relative(cwd, file) || file)}`)
      for (const finding of ofFile) lines.push('', ...describe(finding, paint, color))
    }
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const time = `${count(files, 'file')} in ${seconds.toFixed(1)} s`
  const summary =
    findings.length === 0
      ? paint.green(`No findings in ${time}.`)
      : paint.bold(`${count(errors, 'error')}, ${count(warnings, 'warning')} in ${time}.`)
  if (findings.length > 0) lines.push('')
  lines.push(summary + (fixed > 0 ? ` Fixed ${count(fixed, 'file')}.` : '') + howToFix(findings), '')
  return lines.join('\n')
}

/** What the lines with an arrow are for: nobody who sees them for the first time knows the options. */
function howToFix(findings: readonly Finding[]): string {
  const fixable = findings.filter(({ fixable }) => fixable).length
  const offered = findings.filter(({ fixable, suggestions }) => !fixable && suggestions.length > 0).length
  const ways = [...(fixable > 0 ? [`\`--fix\` rewrites ${fixable}`] : []), ...(offered > 0 ? [`\`--fix --fixes all\` rewrites ${offered}${fixable > 0 ? ' more' : ''}, as their labels say`] : [])]
  return ways.length > 0 ? ` ${ways.join('; ')}.` : ''
}

function describe(finding: Finding, paint: ReturnType<typeof pc.createColors>, color: boolean): string[] {
  const mark = finding.severity === 'error' ? paint.red('✖') : paint.yellow('⚠')
  const frame = codeFrameColumns(
    finding.source,
    { start: { line: finding.line, column: finding.column } },
    { linesAbove: 1, linesBelow: 1, highlightCode: color, forceColor: color },
  )
  return [
    `  ${mark} ${paint.dim(`${finding.line}:${finding.column}`)}  ${finding.message}`,
    ...frame.split('\n').map((line) => `      ${line}`),
    ...finding.suggestions.map((text) => paint.dim(`      → ${text}`)),
    ...(finding.fixable ? [paint.dim('      → --fix rewrites this.')] : []),
  ]
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
