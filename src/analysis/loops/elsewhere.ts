/** What functions of other files do to values that they did not make, when an iteration calls them. */
import { enclosingClass, walk, type Node } from '../../ast/nodes.ts'
import type { Access } from '../effects/accesses.ts'
import { effectsOf } from '../effects/summaries.ts'
import type { Body } from './sight.ts'

/** Functions that are looked at for one call of another file's function. */
const MAX_FUNCTIONS = 40

/**
 * Accesses to variables of other files and to members of the instances whose methods are called. An instance stands as
 * its class: two of one class are not told apart. `ownsThis`: the receiver of the call belongs to the iteration.
 */
export function accessesElsewhere(entry: Body, ownsThis: boolean): Access[] {
  const accesses: Access[] = []
  const seen = new Set<Node>([entry.node])
  const waiting: { body: Body; isEntry: boolean; skipsThis: boolean }[] = [{ body: entry, isEntry: true, skipsThis: ownsThis }]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { body, isEntry, skipsThis } = next
    const { sourceCode } = body.in
    // What a function of the same file does, the summary of its caller holds already.
    if (isEntry) accesses.push(...effectsOf(sourceCode).ofFunction(body.node).accesses.flatMap((access) => asSeenFromOutside(access, body, skipsThis)))
    walk(body.node, sourceCode.visitorKeys, (child) => {
      if (child.type !== 'CallExpression' && child.type !== 'NewExpression') return
      const inner = body.in.bodyOf(child)
      if (!inner || seen.has(inner.node) || seen.size >= MAX_FUNCTIONS) return
      seen.add(inner.node)
      waiting.push({ body: inner, isEntry: inner.in !== body.in, skipsThis: inner.in === body.in && skipsThis })
    })
  }
  return accesses
}

function asSeenFromOutside(access: Access, { in: { sourceCode } }: Body, skipsThis: boolean): Access[] {
  if (access.root !== 'this') return [access]
  if (skipsThis || access.member === null) return []
  const owner = enclosingClass(access.at)
  const [variable] = owner ? (sourceCode.scopeManager?.getDeclaredVariables(owner as never) ?? []) : []
  return variable ? [{ ...access, root: variable }] : []
}
