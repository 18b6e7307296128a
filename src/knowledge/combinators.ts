/** Functions that wait for many promises at once. */
import type { ApiFact } from './facts.ts'

export interface CombinatorFact extends ApiFact {
  /** `all` and `settled` keep results in order; `race` and `any` mean concurrency and are never rewritten. */
  readonly combinator: 'all' | 'settled' | 'any' | 'race'
}

const promise = 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise'
const bluebird = 'http://bluebirdjs.com/docs/api-reference.html'

export const combinatorFacts: readonly CombinatorFact[] = [
  { module: 'globalThis', member: 'Promise.all', combinator: 'all', source: promise },
  { module: 'globalThis', member: 'Promise.allSettled', combinator: 'settled', source: promise },
  { module: 'globalThis', member: 'Promise.any', combinator: 'any', source: promise },
  { module: 'globalThis', member: 'Promise.race', combinator: 'race', source: promise },
  { module: 'bluebird', member: ['all', 'Promise.all'], combinator: 'all', source: bluebird },
  { module: 'bluebird', member: 'allSettled', combinator: 'settled', source: bluebird },
  { module: 'bluebird', member: 'any', combinator: 'any', source: bluebird },
  { module: 'bluebird', member: 'race', combinator: 'race', source: bluebird },
]
