/** How long a list may be, and how often a loop may run. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Settings } from '../../options/settings.ts'
import { workOf } from '../work/index.ts'
import { Sizes } from './sizes.ts'

export { iterationsAround } from './enclosing-iterations.ts'
export { fillings, passesOf, sizeOfFilling } from './filling.ts'
export { bounded, dynamic, multiply, type Size } from './size.ts'
export { Sizes } from './sizes.ts'

const cache = new WeakMap<object, WeakMap<Settings['apis'], Sizes>>()

/** `own` are the user's entries for work (`settings.bounded.apis`): results of such calls are data. */
export function sizesOf(sourceCode: Readonly<TSESLint.SourceCode>, own: Settings['apis']): Sizes {
  let byEntries = cache.get(sourceCode)
  if (!byEntries) cache.set(sourceCode, (byEntries = new WeakMap()))
  let sizes = byEntries.get(own)
  if (!sizes) byEntries.set(own, (sizes = new Sizes(sourceCode, workOf(sourceCode, own))))
  return sizes
}
