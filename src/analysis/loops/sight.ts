/**
 * What the judgement of a loop sees of a file: its code, the work that its calls start, and the function that each of
 * them runs. With type information that function may stand in another file of the program, which is then seen likewise.
 */
import type { TSESLint } from '@typescript-eslint/utils'
import { unwrap, type CallLike, type FunctionNode, type Node } from '../../ast/nodes.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf } from '../calls/index.ts'
import { sizesOf, type Size } from '../cardinality/index.ts'
import { effectsOf } from '../effects/summaries.ts'
import type { Program, ProgramFile } from '../program/index.ts'
import { workOf, type WorkAnalysis } from '../work/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

export interface Sight {
  readonly sourceCode: SourceCode
  readonly work: WorkAnalysis
  /** How long a list of this file may be, and what makes it so long. */
  sizeOf(list: Node): Size
  /** The function that a call in this file runs; null where neither the file nor the types tell. */
  bodyOf(call: CallLike): Body | null
}

export interface Body {
  readonly node: FunctionNode
  /** The file in which it stands. */
  readonly in: Sight
}

/** What the file alone shows. */
export function sightOf(sourceCode: SourceCode, apis: Settings['apis']): Sight {
  const sight: Sight = {
    sourceCode,
    work: workOf(sourceCode, apis),
    sizeOf: (list) => sizesOf(sourceCode, apis).of(list),
    bodyOf(call) {
      const node = effectsOf(sourceCode).functionOf(call)
      return node && { node, in: sight }
    },
  }
  return sight
}

/** The same with the other files of the program, each parsed when a call leads there for the first time. */
export function sightAcross(linted: ProgramFile, sourceCode: SourceCode, program: Program, apis: Settings['apis']): Sight {
  const sights = new Map<string, Sight>()
  const sightIn = (file: ProgramFile, code: SourceCode): Sight => {
    const known = sights.get(file.fileName)
    if (known) return known
    const near = sightOf(code, apis)
    const bodies = new Map<CallLike, Body | null>()
    const sight: Sight = {
      ...near,
      bodyOf(call) {
        let body = bodies.get(call)
        if (body === undefined) bodies.set(call, (body = bodyIn(call)))
        return body
      },
    }
    const bodyIn = (call: CallLike): Body | null => {
      const own = near.bodyOf(call)
      if (own) return { node: own.node, in: sight }
      const found = mayLeadElsewhere(call, code) ? program.functionOf({ file, node: unwrap(calleeOf(call)) }) : null
      return found && { node: found.node, in: sightIn(found.file, found.file.sourceCode) }
    }
    sights.set(file.fileName, sight)
    return sight
  }
  return sightIn(linted, sourceCode)
}

const calleeOf = (call: CallLike) => (call.type === 'TaggedTemplateExpression' ? call.tag : call.callee)

/** Names and members; what Node and the language bring along has no file in the program. */
function mayLeadElsewhere(call: CallLike, sourceCode: SourceCode): boolean {
  const callee = unwrap(calleeOf(call))
  if (callee.type !== 'Identifier' && (callee.type !== 'MemberExpression' || callee.computed)) return false
  const { root } = callsOf(sourceCode).calleeOf(call)
  return root.kind !== 'global' && !(root.kind === 'module' && root.name.startsWith('node:'))
}
