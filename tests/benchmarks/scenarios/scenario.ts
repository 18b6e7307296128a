/** What a scenario's folder holds: `before.ts` (the program), `load.ts` (a `Load`), and `cure.ts` where the cure is made by hand. */

/** Addresses of the real parts that the runner started. */
export interface Environment {
  /** Base URL of the HTTP service. */
  readonly http: string
  /** Connection string of the PostgreSQL server. */
  readonly database: string
}

/** Numbers by name; the name ends in its unit: `time (ms)`. */
export type Figures = Readonly<Record<string, number>>

/** Runs in a fresh process, once with the program before and once with the program after. */
export interface Load<Program> {
  /** On a small input; both programs must give the same. */
  check(program: Program, environment: Environment): Promise<unknown>
  /** Under load. */
  measure(program: Program, environment: Environment): Promise<Figures>
}

/** What the catalogue of defects leads one to expect. */
export interface Expectation {
  readonly claim: string
  holds(before: Figures, after: Figures): boolean
  /** Why it may not hold; the page says so where it does not. */
  readonly otherwise?: string
}

export interface Plan {
  readonly folder: string
  /** The row of the catalogue of defects. */
  readonly row: number
  readonly title: string
  /** The rule that finds it, and its options; null where no rule claims it. */
  readonly rule: string | null
  readonly options?: Readonly<Record<string, unknown>>
  readonly settings?: Readonly<Record<string, unknown>>
  readonly parts: readonly ('http' | 'database')[]
  /** The figure whose ratio is the headline, and which way is better. */
  readonly headline: { readonly figure: string; readonly better: 'lower' | 'higher' }
  /** What stands in the page besides the figures. */
  readonly note: string
  /** How often each program is measured, in turns; the medians are reported. Default: 1. */
  readonly rounds?: number
  readonly expectations: readonly Expectation[]
}
