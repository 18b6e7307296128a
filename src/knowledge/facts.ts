/**
 * The form of every table under `knowledge`. A fact names an API by where it comes from and how it is reached,
 * never by its bare name:
 *
 * - `module`: the module's specifier (`node:` for Node's own, always with the prefix), or `globalThis`.
 * - `member`: the way from the module to the function. `.` reads a member, `()` calls or constructs what stands before
 *   it, `*` stands for exactly one member, `**` for any way. `default` is left out. Examples: `readFile`;
 *   `Pool().query` for `new Pool().query`; `().get` for a default export that is called (`express().get`); an empty
 *   string for the default export itself. A class or interface named by a type annotation counts as constructed.
 *
 * A list in `module` or `member` is the product of both.
 */
export interface ApiFact {
  readonly module: string | readonly string[]
  readonly member: string | readonly string[]
  /** Where the fact is written down: a link. Entries of users may leave it out. */
  readonly source?: string
}

/** What a call does to the world outside the process. */
export type Work = 'network' | 'file' | 'database' | 'process'

/**
 * - `read`: repeating or reordering it changes nothing outside.
 * - `write`: changes something outside; calls on different things may overlap.
 * - `ordered`: goes through one thing that takes one operation at a time or keeps order (a connection, a stream, a
 *   page, a prompt).
 */
export type Access = 'read' | 'write' | 'ordered'

export interface WorkFact extends ApiFact {
  readonly work: Work
  readonly access: Access
}
