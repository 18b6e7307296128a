/** Functions that wait for many promises at once. */
import type { ApiFact } from './facts.ts'

export interface CombinatorFact extends ApiFact {
  /** `all` and `settled` keep results in order; `race` and `any` mean concurrency and are never rewritten. */
  readonly combinator: 'all' | 'settled' | 'any' | 'race'
}

/** The standard's combinators, which other promises have by the same names. https://tc39.es/ecma262/#sec-properties-of-the-promise-constructor */
export const combinatorMethods: ReadonlySet<string> = new Set(['all', 'allSettled', 'any', 'race'])

/** Bluebird, and what is bluebird under a name of its own. https://github.com/develar/bluebird-lst */
export const bluebirdModules = ['bluebird', 'bluebird-lst', 'bluebird-lst-c']

const promise = 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise'
/** Libraries whose promise has the standard's combinators. https://promisesaplus.com/implementations */
const promiseLibraries = ['any-promise', 'core-js-pure/actual/promise', 'es6-promise', 'lie', 'native-promise-only', 'pinkie', 'pinkie-promise', 'promise', 'q', 'rsvp', 'when']
const bluebird = 'http://bluebirdjs.com/docs/api-reference.html'

export const combinatorFacts: readonly CombinatorFact[] = [
  { module: 'globalThis', member: 'Promise.all', combinator: 'all', source: promise },
  { module: 'globalThis', member: 'Promise.allSettled', combinator: 'settled', source: promise },
  { module: 'globalThis', member: 'Promise.any', combinator: 'any', source: promise },
  { module: 'globalThis', member: 'Promise.race', combinator: 'race', source: promise },
  { module: promiseLibraries, member: ['all', 'Promise.all'], combinator: 'all', source: 'https://promisesaplus.com/implementations' },
  { module: ['promise', 'q', 'rsvp'], member: 'allSettled', combinator: 'settled', source: 'https://github.com/kriskowal/q/wiki/API-Reference#promiseallsettled' },
  { module: 'axios', member: 'all', combinator: 'all', source: 'https://axios-http.com/docs/concurrency' },
  { module: bluebirdModules, member: ['all', 'Promise.all'], combinator: 'all', source: bluebird },
  { module: bluebirdModules, member: 'allSettled', combinator: 'settled', source: bluebird },
  { module: bluebirdModules, member: 'any', combinator: 'any', source: bluebird },
  { module: bluebirdModules, member: 'race', combinator: 'race', source: bluebird },
]
