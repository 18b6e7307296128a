/** Calls that do work outside the process, and how they may be repeated. See `facts.ts` for the form. */
import type { WorkFact } from './facts.ts'
import { databaseFacts } from './work/databases.ts'
import { fileFacts } from './work/files.ts'
import { httpFacts } from './work/http.ts'
import { interactiveFacts } from './work/interactive.ts'
import { processFacts } from './work/processes.ts'
import { serviceFacts } from './work/services.ts'

export const workFacts: readonly WorkFact[] = [
  ...fileFacts,
  ...httpFacts,
  ...databaseFacts,
  ...serviceFacts,
  ...interactiveFacts,
  ...processFacts,
]
