/**
 * Whether work that fails is tried again without end. A retry ends where a count, a time, a signal or a way out is looked
 * at between two attempts; what goes on after a success as well (consumers, pollers) is none.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { Settings } from '../../options/settings.ts'
import { callsOf } from '../calls/index.ts'
import type { Handlers } from '../handlers/index.ts'
import { sightOf } from '../loops/sight.ts'
import type { File } from './attempts.ts'
import { enclosingFunction } from '../../ast/nodes.ts'
import { ownCallOf, retryOfCall } from './calls.ts'
import { retryOfLoop, type OpenLoop } from './loops.ts'
import { endlessOptionOf, type EndlessOption } from './options.ts'
import { isNamedLasting } from './surroundings.ts'
import type { Retry } from './verdict.ts'

export type { EndlessRetry, Retry, Silence } from './verdict.ts'
export { mayTryAgain, type EndlessOption } from './options.ts'
export type { OpenLoop } from './loops.ts'

export interface Retries {
  ofLoop(loop: OpenLoop): Retry | null
  ofCall(call: TSESTree.CallExpression): Retry | null
  /** The option of a library that takes the limit away from what a call tries. */
  optionOf(call: TSESTree.CallExpression | TSESTree.NewExpression): EndlessOption | null
}

export function retriesOf(sourceCode: Readonly<TSESLint.SourceCode>, { apis }: Pick<Settings, 'apis'>, handlers: () => Handlers): Retries {
  let file: File | undefined
  const get = (): File => (file ??= { sourceCode, calls: callsOf(sourceCode), sight: sightOf(sourceCode, apis), handlers })
  return {
    ofLoop: (loop) => retryOfLoop(loop, get()),
    ofCall(call) {
      const own = ownCallOf(call, get())
      return own && retryOfCall(own, get())
    },
    optionOf(call) {
      const found = endlessOptionOf(call, sourceCode)
      return found && { ...found, certain: enclosingFunction(call) !== null && !isNamedLasting(call, call.arguments[0] ?? null) }
    },
  }
}
