import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { FanOut } from '../../src/analysis/fan-out/index.ts'
import type { Size } from '../../src/analysis/cardinality/index.ts'
import type { StartedWork } from '../../src/analysis/work/index.ts'
import type { Verdict } from '../../src/analysis/fan-out/verdict.ts'
import type { Node } from '../../src/ast/nodes.ts'
import { catchesAll } from '../../src/analysis/async-contracts/index.ts'
import { onOneLine } from '../../src/ast/source-text.ts'
import { helperName } from '../../src/fix/loop/helper-call.ts'
import type { Settings } from '../../src/options/settings.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** The parts of the messages, in the words of the program. */
export function dataOf(
  call: TSESTree.CallExpression,
  fanOut: FanOut,
  { max, ...settings }: { readonly max: number } & Pick<Settings, 'helper'>,
  sourceCode: SourceCode,
): Record<string, string> {
  const { limit, size } = fanOut
  return {
    combinator: quote(call.callee, sourceCode),
    list: quote(fanOut.list, sourceCode),
    work: fanOut.work ? workText(fanOut.work, sourceCode) : unresolvedText(fanOut, sourceCode),
    size: sizeText(size, sourceCode),
    limiter: limit && 'made' in limit && limit.made.type !== 'TaggedTemplateExpression' ? quote(limit.made.callee, sourceCode) : quote(call.callee, sourceCode),
    max: size.kind === 'bounded' ? String(size.max) : '',
    allowed: String(max),
    helper: helperName(settings, 'map'),
    forEach: helperName(settings, 'forEach'),
    failure: catchesAll(fanOut.task, sourceCode) ? 'nobody knows when they are done' : 'a failure is an unhandled rejection',
  }
}

/** `fetch`, or the way to it: `load → fetch`; and the kind of work where only the name says it. */
function workText({ call, via, work, certainty }: StartedWork, sourceCode: SourceCode): string {
  const callee = call.type === 'TaggedTemplateExpression' ? call.tag : call.callee
  const names = via.map(nameOfFunction).filter((name) => name !== null)
  const way = [...names, quote(callee, sourceCode)].filter((name, i, all) => name !== all[i - 1])
  const text = `\`${(way.length > 4 ? [...way.slice(0, 2), '…', ...way.slice(-1)] : way).join(' → ')}\``
  if (certainty === 'known') return text
  return work === 'other' ? `${text} (work outside the process, by its name)` : `${text} (${KINDS[work]}, by its name)`
}

function unresolvedText({ unresolved, task }: FanOut, sourceCode: SourceCode): string {
  const text = `\`${quote(unresolved?.callee ?? task, sourceCode)}\``
  return unresolved?.hasVerb ? `${text} (work outside the process, by its name)` : text
}

const KINDS = { database: 'a database call', network: 'a network call', file: 'a file operation', process: 'a process' }

function nameOfFunction(node: Node): string | null {
  if ('id' in node && node.id && 'name' in node.id) return node.id.name as string
  const parent = node.parent
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name
  if (parent && (parent.type === 'MethodDefinition' || parent.type === 'Property' || parent.type === 'PropertyDefinition')) {
    return parent.key.type === 'Identifier' || parent.key.type === 'PrivateIdentifier' ? parent.key.name : null
  }
  return null
}

/** Why nothing is reported, for `explain`. */
export function reasonOf(verdict: Verdict, fanOut: FanOut, sourceCode: SourceCode): string {
  if (!('silence' in verdict)) return 'in a test'
  const list = `\`${quote(fanOut.list, sourceCode)}\``
  switch (verdict.silence) {
    case 'limited':
      return `limited: what runs per element of ${list} goes through \`${fanOut.limit ? quote(fanOut.limit.by, sourceCode) : ''}\``
    case 'small':
      return fanOut.size.kind === 'bounded'
        ? `bounded: ${list} has ${fanOut.size.max === null ? 'a set length' : `at most ${fanOut.size.max} elements`} (${fanOut.size.by}: \`${quote(fanOut.size.because, sourceCode)}\`)`
        : `bounded: ${list}`
    case 'nothing-started':
      return `nothing started: no call per element of ${list} does work outside the process`
    case 'unknown-length':
      return `unknown: how long ${list} may be is not known${fanOut.size.kind === 'unknown' && fanOut.size.hint === 'own-part' ? '; its name says that it is a part of the program' : ''}`
    case 'unknown-work':
      return `unknown: what \`${quote(fanOut.unresolved?.callee ?? fanOut.task, sourceCode)}\` does per element of ${list} is not known`
  }
}

function sizeText(size: Size, sourceCode: SourceCode): string {
  if (size.kind === 'bounded' && size.max !== null) return `up to ${size.max}`
  if (size.kind !== 'dynamic') return 'how long the list may be is not known here'
  const what = quote(size.because, sourceCode)
  switch (size.source) {
    case 'query':
      return `it has as many as \`${what}\` gives`
    case 'listing':
      return `it has as many as \`${what}\` finds`
    case 'request':
      return `\`${what}\` is as long as its sender makes it`
    case 'count':
      return `\`${what}\` is computed while the program runs`
    case 'returned':
      return `it has as many as \`${what}\` returns`
    case 'awaited':
      return `it is what \`${what}\` resolves to`
    case 'parameter':
      return `callers pass \`${what}\``
    case 'range':
      return `callers pass both ends of \`${what}\``
    case 'iterated':
      return `\`${what}\` gives as many as come`
    case 'selection':
      return `users select as many as they like in \`${what}\``
    case 'tree':
      return `each element of \`${what}\` does the same with its own`
    case 'todo':
      return `\`${what}\` is as long as there is work`
    case 'pieces':
      return `the longer \`${what}\` is, the more pieces there are`
    case 'visited':
      return `\`${what}\` calls it for as many nodes as there are`
    case 'kept':
      return `\`${what}\` grows with every call that adds to it`
  }
}

/** The code of a node on one line, shortened in the middle of a call's arguments. */
function quote(node: Node, sourceCode: SourceCode): string {
  // Without the annotation of a parameter.
  const whole = node.type === 'Identifier' ? node.name : onOneLine(node, sourceCode)
  const isLong = whole.length > 32 && node.type === 'CallExpression' && node.arguments.length > 0
  const line = (isLong ? `${onOneLine(node.callee, sourceCode)}(…)` : whole).replaceAll('`', "'")
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}
