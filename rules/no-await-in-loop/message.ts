/** The words of a report: what is waited for, and why no iteration needs another. */
import type { TSESLint } from '@typescript-eslint/utils'
import type { Node } from '../../src/ast/nodes.ts'
import type { Independent, Ordered, Unknown } from '../../src/analysis/loops/index.ts'

export function describe(verdict: Independent | Unknown, sourceCode: Readonly<TSESLint.SourceCode>): Record<string, string> {
  const { evidence, firstAwait, results } = verdict
  const call = evidence?.call ? `${short(evidence.call, sourceCode)}` : firstAwait ? short(firstAwait, sourceCode) : 'await'
  const uses = evidence?.uses ?? []
  const parts = [evidence?.otherWrites.length ? 'no awaited work reads what another iteration writes' : 'no iteration reads what another writes']
  if (uses.length > 0) parts.push(`the call uses only ${listed(uses)} of its own`)
  if (results !== 'effects') parts.push('results keep their order')
  return { call, evidence: parts.join('; '), helper: results === 'effects' ? 'forEachBounded' : 'mapBounded' }
}

/** Why nothing is reported, for `explain`. */
export function reasonOf(verdict: Ordered | Unknown, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const at = `\`${short(verdict.because, sourceCode)}\` in line ${verdict.because.loc.start.line}`
  return verdict.kind === 'ordered' ? `ordered (${verdict.reason}): ${at}` : `unknown: nothing says that calls may overlap, ${at}`
}

function listed(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`${name}\``)
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : (quoted[0] ?? '')
}

/** The callee of a call, without its arguments where they are long. */
function short(node: Node, sourceCode: Readonly<TSESLint.SourceCode>): string {
  const text = sourceCode.getText(node).replace(/\s+/g, ' ')
  if (text.length <= 60) return text
  const callee = node.type === 'CallExpression' ? sourceCode.getText(node.callee).replace(/\s+/g, ' ') : text
  return callee.length <= 60 ? `${callee}(…)` : `${callee.slice(0, 59)}…`
}
