/** Loaded by ESLint's threads: the request is in the query of this module's own URL. */
import plugin from '../index.ts'
import { eslintOptions, type LintRequest } from './eslint-options.ts'

const request = JSON.parse(new URL(import.meta.url).searchParams.get('request') ?? '{}') as LintRequest

export default await eslintOptions(request, plugin)
