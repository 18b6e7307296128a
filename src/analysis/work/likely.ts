/** What the name of an unresolved callee says about the work it starts; see `knowledge/naming.ts` for the words. */
import type { TSESTree } from '@typescript-eslint/utils'
import { namesAlong, wordsOf } from '../../ast/names.ts'
import { memberName, unwrap, unwrapAwait, type CallLike, type Node } from '../../ast/nodes.ts'
import type { Access, Work } from '../../knowledge/facts.ts'
import { fileMethods, telltaleFileMethods } from '../../knowledge/work/files.ts'
import { clientWords, layerWords, messageEnds, modelMethods, outsideObjects, outsideVerbs, remoteNames, remoteVerbs, standardGlobals, startingMethods } from '../../knowledge/naming.ts'
import type { Calls, Origin } from '../calls/index.ts'
import { isUsedAsPromise } from './promise-use.ts'

export interface LikelyWork {
  /** `other` where the name says that it leaves the process and not where to. */
  readonly work: Work | 'other'
  readonly access: Access
}

/**
 * The work that a call's name stands for; null when the name says nothing, when the callee is known (a function of this
 * file, a global or a module of Node, for which the tables and the body speak), or when the result is not used as a promise.
 */
export function likelyWorkOf(call: CallLike, calls: Calls): LikelyWork | null {
  if (call.type !== 'CallExpression' || !isUsedAsPromise(call)) return null
  return likelyWorkOfName(call.callee, () => calls.calleeOf(call))
}

/** The same for a function that is passed by its name: `ids.map(this.users.findById)`. */
export function likelyWorkOfName(node: Node, originOf: () => Origin): LikelyWork | null {
  const likely = workByName(node)
  return likely && !isKnown(originOf()) ? likely : null
}

function workByName(node: Node): LikelyWork | null {
  const callee = unwrap(node)
  if (callee.type === 'Identifier') {
    const file = telltaleFileMethods.has(callee.name) ? fileMethods.get(callee.name) : undefined
    return file ? { work: 'file', access: file } : byFunctionName(callee.name)
  }
  if (callee.type !== 'MemberExpression') return null
  const method = memberName(callee)
  if (method === null || isHandOver(callee)) return null
  const described = unwrap(callee.object)
  if (startingMethods.has(method) && described.type === 'CallExpression') return workByName(described.callee)
  return byReceiver(callee, method) ?? byFunctionName(method)
}

function isKnown({ root, steps }: Origin): boolean {
  if (root.kind === 'function') return steps.length === 0
  if (root.kind === 'module') return root.name.startsWith('node:')
  return root.kind === 'global' && standardGlobals.has(root.name)
}

function byReceiver(callee: TSESTree.MemberExpression, method: string): LikelyWork | null {
  const receiver = unwrapAwait(callee.object)
  const model = modelMethods.get(method)
  if (model && receiver.type === 'Identifier' && /^[A-Z][a-z]/.test(receiver.name)) return { work: 'database', access: model }
  // `fsPromises` is `fs`.
  const names = namesAlong(receiver, { throughCalls: true })
  const lastWords = names.map((name) => wordsOf(name).filter((word) => word !== 'promises').at(-1) ?? '')
  const own = /^fs[ep]?$/.test(lastWords[0] ?? '') ? fileMethods.get(method) : undefined
  if (own) return { work: 'file', access: own }
  const access = outsideVerbs.get(wordsOf(method)[0] ?? '') ?? model
  if (!access) return null
  for (const [i, word] of lastWords.entries()) {
    const work = clientWords.get(word)
    if (work && !isOtherPool(names[i] ?? '')) return { work, access }
  }
  return layerWords.has(lastWords[0] ?? '') ? { work: 'other', access } : null
}

/** `socket.send(message)`, `this.shards.send(id, message)`: handed over to what is open already. */
export function isHandOver(callee: TSESTree.MemberExpression): boolean {
  const [receiver = ''] = namesAlong(unwrapAwait(callee.object), { throughCalls: false })
  return memberName(callee) === 'send' && messageEnds.has(wordsOf(receiver).at(-1) ?? '')
}

/** `browserPool`, `workerPool`: a pool by itself is one of connections; others say so (`pgPool`). */
function isOtherPool(name: string): boolean {
  const [last, ...others] = wordsOf(name).reverse()
  return last === 'pool' && others.length > 0 && !others.some((word) => clientWords.get(word) === 'database')
}

function byFunctionName(name: string): LikelyWork | null {
  if (remoteNames.has(name)) return { work: 'network', access: 'read' }
  const words = wordsOf(name)
  const [verb = ''] = words
  const remote = remoteVerbs.get(verb)
  if (remote) return { work: remote[0], access: remote[1] }
  const access = outsideVerbs.get(verb)
  const work = words.length > 1 ? outsideObjects.get(words.at(-1) ?? '') : undefined
  return access && work ? { work, access } : null
}
