/**
 * A name that a rewrite uses no more: its binding goes with it, where the file has no other use of it.
 *
 *     import { readFileSync, watch } from 'node:fs'   →   import { watch } from 'node:fs'
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../analysis/calls/index.ts'
import type { Node } from '../ast/nodes.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface OutgoingName {
  /** `readFileSync` in `import { readFileSync } from 'node:fs'` or `const { readFileSync } = require('fs')`. */
  readonly binding: TSESTree.ImportSpecifier | TSESTree.Property
  /** The import or the declaration around it. */
  readonly statement: TSESTree.ImportDeclaration | TSESTree.VariableDeclaration
  /** Whether the statement brings in nothing else. */
  readonly isAlone: boolean
}

/** The binding of a name whose one use is `use`; null where it stays, or where taking it out would take more along. */
export function outgoingName(use: Node, sourceCode: SourceCode): OutgoingName | null {
  if (use.type !== 'Identifier') return null
  const variable = callsOf(sourceCode).variableOf(use)
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined
  const uses = variable?.references.filter((reference) => !reference.init) ?? []
  if (!definition || uses.length !== 1 || uses[0]?.identifier !== use) return null
  const found = definition.type === 'ImportBinding' ? imported(definition.node as Node) : required(definition.name as Node)
  return found && sourceCode.getCommentsInside(found.statement).length === 0 ? found : null
}

function imported(binding: Node): OutgoingName | null {
  const statement = binding.parent
  if (binding.type !== 'ImportSpecifier' || statement?.type !== 'ImportDeclaration') return null
  // `import fs, { readFileSync } from 'fs'`: the braces would have to go as well.
  if (statement.specifiers.some(({ type }) => type !== 'ImportSpecifier')) return null
  return { binding, statement, isAlone: statement.specifiers.length === 1 }
}

function required(name: Node): OutgoingName | null {
  const binding = name.parent
  const pattern = binding?.parent
  const declarator = pattern?.parent
  if (binding?.type !== 'Property' || binding.value !== name || pattern?.type !== 'ObjectPattern' || declarator?.type !== 'VariableDeclarator') return null
  const { init, parent: statement } = declarator
  const isRequire = init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require'
  if (!isRequire || statement.declarations.length !== 1 || statement.parent.type !== 'Program') return null
  // A rest element takes what the others leave.
  if (pattern.properties.some(({ type }) => type !== 'Property')) return null
  return { binding, statement, isAlone: pattern.properties.length === 1 }
}

/** Takes the binding out, with its comma or with the whole line. */
export function takeOut({ binding, statement, isAlone }: OutgoingName, sourceCode: SourceCode, fixer: TSESLint.RuleFixer): TSESLint.RuleFix {
  if (isAlone) return fixer.removeRange(lineOf(statement, sourceCode.text))
  const after = sourceCode.getTokenAfter(binding)
  const next = after?.value === ',' ? sourceCode.getTokenAfter(after) : null
  if (next && next.value !== '}') return fixer.removeRange([binding.range[0], next.range[0]])
  const before = sourceCode.getTokenBefore(binding)
  return fixer.removeRange([before?.value === ',' ? before.range[0] : binding.range[0], binding.range[1]])
}

/** With the line break before it, or at the head of the file with the one after: what is imported beside it goes in at its end. */
function lineOf({ range: [start, end] }: Node, text: string): [number, number] {
  const before = /\r?\n$/.exec(text.slice(0, start))
  if (before) return [start - before[0].length, end]
  const after = start === 0 ? /^\r?\n/.exec(text.slice(end)) : null
  return [start, end + (after?.[0].length ?? 0)]
}
