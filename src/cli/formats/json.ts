import type { ESLint } from 'eslint'
import { isOurs, isUnparsed } from '../findings.ts'
import type { Format } from './index.ts'

/** ESLint's own JSON: a list of results, with this plugin's messages only, and their counts. */
export const json: Format = ({ results }) => `${JSON.stringify(results.map(ownPart))}\n`

function ownPart(result: ESLint.LintResult): ESLint.LintResult {
  const messages = result.messages.filter(isOurs)
  const errors = messages.filter(({ severity }) => severity === 2)
  const warnings = messages.filter(({ severity }) => severity === 1)
  return {
    ...result,
    messages,
    errorCount: errors.length,
    fatalErrorCount: errors.filter(isUnparsed).length,
    warningCount: warnings.length,
    fixableErrorCount: errors.filter(({ fix }) => fix).length,
    fixableWarningCount: warnings.filter(({ fix }) => fix).length,
  }
}
