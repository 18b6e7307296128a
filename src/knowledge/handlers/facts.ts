/** The form of the handler tables: who calls which functions once per request, message, event, job or tick. */
import type { ApiFact } from '../facts.ts'

/** What makes a handler run. */
export type Trigger = 'request' | 'message' | 'event' | 'job' | 'timer'

/**
 * Which arguments of a call are handlers:
 *
 * - `all`: every function among the arguments; `last`: the last argument; a number: the argument at that index.
 * - `{ at, keys }`: functions under these keys of the object at that index (`last` for the last argument);
 *   `*` stands for every key, and nested objects are looked into (`options: { handler }`).
 */
export type Takes = 'all' | 'last' | number | { readonly at: number | 'last'; readonly keys: readonly string[] | '*' }

/** A call that registers handlers. `member` may name the product of calls: `().get` for `express().get`. */
export interface RegistrationFact extends ApiFact {
  readonly framework: string
  readonly runs: Trigger
  readonly takes: Takes
  /**
   * What the first argument is called in messages: the path of a route, the name of an event or queue. `route` takes the
   * method from the member's name, and its path from the argument or from the keys `path` and `url` of an object.
   */
  readonly label?: 'route' | 'event' | 'name'
}

/** A type by which the types say that a function is a handler, or that its parameter comes with a request. */
export interface HandlerTypeFact extends ApiFact {
  readonly framework: string
  readonly runs: Trigger
}

/** A decorator on a method that makes it a handler; `member` is the decorator's name. */
export interface DecoratorFact extends ApiFact {
  readonly framework: string
  readonly runs: Trigger
}

/** Interfaces and base classes of a framework whose methods run per request. `member` is the type's name. */
export interface ContractFact extends ApiFact {
  readonly framework: string
  readonly runs: Trigger
  readonly methods: readonly string[]
}

/** Exports that a framework calls because of their name, and of the file they stand in. */
export interface ConventionFact {
  readonly framework: string
  readonly runs: Trigger
  /** Globs over the file's path; a name without a slash is compared with the base name. Left out where the export's name says enough. */
  readonly files?: readonly string[]
  /** Names of exports; `*` for all, `default` for the default export. `name.*` is every function of an exported object. */
  readonly exports: readonly string[]
  /** The names one of which the first parameter must have, where file and export alone say too little. */
  readonly parameter?: readonly string[]
  /** A module that the file must import, at run time or for types, where file and export alone say too little. */
  readonly imports?: readonly string[]
  readonly source: string
}
