/** Lets the command line show verdicts that are not reports. */
import type { TSESTree } from '@typescript-eslint/utils'

export interface Remark {
  readonly rule: string
  readonly node: TSESTree.Node
  /** The verdict and its reason: `ordered (retry): …`. */
  readonly text: string
}

type Collect = (remark: Remark) => void

/** The command line and the rules are two bundles; what they share goes by a registered symbol. */
const key = Symbol.for('eslint-plugin-bounded.remarks')
const shared = globalThis as { [key]?: Collect | undefined }

/**
 * Calls `collect` with every remark that rules make while `run` lints. Linting is synchronous, so the collector is in
 * force for exactly that long.
 */
export function explaining<T>(collect: Collect, run: () => T): T {
  const outer = shared[key]
  shared[key] = collect
  try {
    return run()
  } finally {
    shared[key] = outer
  }
}

/** A rule says why it leaves a place alone. `text` is only called where somebody listens. */
export function remark(rule: string, node: TSESTree.Node, text: () => string): void {
  shared[key]?.({ rule, node, text: text() })
}

/** Whether somebody listens: then a rule may look at what it would otherwise pass by. */
export function isExplaining(): boolean {
  return shared[key] !== undefined
}
