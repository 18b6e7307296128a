/**
 * Whether work that fails is tried again without end. A retry ends where a count, a time, a signal or a way out is looked
 * at between two attempts; what goes on after a success as well (consumers, pollers) is none.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { WorkFact } from '../../knowledge/facts.ts'
import { callsOf } from '../calls/index.ts'
import type { Handlers } from '../handlers/index.ts'
import { sightOf } from '../loops/sight.ts'
import type { File } from './attempts.ts'
import { ownCallOf, retryOfCall } from './calls.ts'
import { retryOfLoop, type OpenLoop } from './loops.ts'
import type { Retry } from './verdict.ts'

export type { EndlessRetry, Retry, Silence } from './verdict.ts'
export type { OpenLoop } from './loops.ts'

export interface Retries {
  ofLoop(loop: OpenLoop): Retry | null
  ofCall(call: TSESTree.CallExpression): Retry | null
}

export function retriesOf(sourceCode: Readonly<TSESLint.SourceCode>, apis: readonly WorkFact[], handlers: () => Handlers): Retries {
  let file: File | undefined
  const get = (): File => (file ??= { sourceCode, calls: callsOf(sourceCode), sight: sightOf(sourceCode, apis), handlers })
  return {
    ofLoop: (loop) => retryOfLoop(loop, get()),
    ofCall(call) {
      const own = ownCallOf(call, get())
      return own && retryOfCall(own, get())
    },
  }
}
