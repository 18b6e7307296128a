import type { Format } from './index.ts'

/** ESLint's own JSON: a list of results, with this plugin's messages only. */
export const json: Format = ({ results }) =>
  `${JSON.stringify(
    results.map((result) => ({
      ...result,
      messages: result.messages.filter(({ ruleId, fatal }) => fatal || ruleId?.startsWith('bounded/')),
    })),
  )}\n`
