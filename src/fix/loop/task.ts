import type { TSESLint } from '@typescript-eslint/utils'
import type { Reduction } from '../../analysis/loops/verdict.ts'
import type { LoopNode, Node } from '../../ast/nodes.ts'
import type { ImportedName } from '../import-name.ts'
import type { HelperSettings } from './helper-call.ts'
import type { Iteration } from './iteration.ts'

/** What every form of rewrite starts from. */
export interface Task {
  readonly loop: LoopNode
  readonly body: Node
  readonly iteration: Iteration
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly settings: HelperSettings
  /** Those that have to be done after the work, in input order. */
  readonly reductions: readonly Reduction[]
}

/** The text that takes the place of a part of the source. */
export interface NewText {
  readonly range: readonly [number, number]
  readonly text: string
  readonly import: ImportedName
}
