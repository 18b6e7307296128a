/**
 * Calls that ask or change one thing for each element of a list, although the same client has a call that takes all of
 * them: `for (const id of ids) await prisma.user.findFirst({ where: { id } })`.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { mentions } from '../../ast/file-words.ts'
import { nodesOf } from '../../ast/file-nodes.ts'
import { nameOf, wordsOf } from '../../ast/names.ts'
import { unwrap, walk, type Node } from '../../ast/nodes.ts'
import { keyListWords } from '../../knowledge/batches.ts'
import { outsideVerbs } from '../../knowledge/naming.ts'
import type { Settings } from '../../options/settings.ts'
import { callsOf, type Calls } from '../calls/index.ts'
import type { Size } from '../cardinality/index.ts'
import { isListName } from '../cardinality/list-names.ts'
import type { Loops } from '../loops/index.ts'
import { isUsedAsPromise } from '../work/index.ts'
import { callsIn, catcherOf, mentionsOwn, otherWaits, receiverOf, rootsOf, useOf, type Use } from './body.ts'
import { chainAround } from './chains.ts'
import { formOf, maySingle, singleMethods, type Form } from './forms.ts'
import { sitesOf, type Site } from './sites.ts'

export type { StartedTogether } from './sites.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/**
 * Why a call for each element is left alone. The order is that of the questions, and the first that holds is given.
 *
 * - `small`: the list is short, or a part of the program.
 * - `together`: what is started together goes out together anyway.
 * - `apart`: each element has a client, table or tenant of its own.
 * - `ordered`: one element's turn needs what another's leaves, or the loop ends early, paces itself, or goes over steps.
 * - `caught`: what fails for one element is dealt with for that one, and the call for all fails as a whole.
 * - `dependent`: it needs what the same turn waits for, or what follows needs it.
 * - `unsure`: nothing says how long the list may be, or what else the turn does matters.
 */
export type Silence = 'small' | 'together' | 'apart' | 'ordered' | 'caught' | 'dependent' | 'unsure'

export interface Single {
  readonly call: TSESTree.CallExpression
  readonly form: Form
  readonly site: Site
  readonly use: Use
  readonly silence: Silence | null
}

export interface Batches {
  /** The calls for one element each, in the order of the file. */
  readonly all: readonly Single[]
  /** The call that could be one for the whole list, for what runs per element: a loop, or the function that a map calls. */
  of(repeated: Node): Single | null
}

/** Whether a file can have such calls at all. */
export function mayBatch(sourceCode: SourceCode): boolean {
  if (!mentions(sourceCode, 'await') && !mentions(sourceCode, 'Promise')) return false
  for (const method of singleMethods) if (mentions(sourceCode, method)) return true
  return false
}

const cache = new WeakMap<object, WeakMap<Settings['apis'], Batches>>()

/** `loops`: the verdicts on the file's loops, which is where order shows. */
export function batchesOf(sourceCode: SourceCode, settings: Pick<Settings, 'apis'>, loops: Loops): Batches {
  let byEntries = cache.get(sourceCode)
  if (!byEntries) cache.set(sourceCode, (byEntries = new WeakMap()))
  let batches = byEntries.get(settings.apis)
  if (!batches) byEntries.set(settings.apis, (batches = find(sourceCode, settings, loops)))
  return batches
}

interface File {
  readonly sourceCode: SourceCode
  readonly calls: Calls
  readonly loops: Loops
}

function find(sourceCode: SourceCode, settings: Pick<Settings, 'apis'>, loops: Loops): Batches {
  const file: File = { sourceCode, calls: callsOf(sourceCode), loops }
  const siteOf = sitesOf(sourceCode, settings)
  const calls = new Set(mayBatch(sourceCode) ? nodesOf(sourceCode, 'CallExpression').filter((call) => maySingle(call, sourceCode)) : [])
  const singleAt = (call: TSESTree.CallExpression): Single[] => {
    const site = siteOf(call)
    const form = site && (isUsedAsPromise(chainAround(call)) || site.task === chainAround(call)) ? formOf(call, (node) => mentionsOwn(node, site.node, file), sourceCode) : null
    if (!site || !form) return []
    const use = useOf(chainAround(call), site)
    return [{ call, form, site, use, silence: silenceOf(call, form, site, use, file) }]
  }
  let all: readonly Single[] | undefined
  return {
    get all() {
      return (all ??= [...calls].flatMap(singleAt))
    },
    of(repeated) {
      const own: Single[] = []
      walk(repeated, sourceCode.visitorKeys, (node) => {
        if (node.type === 'CallExpression' && calls.has(node)) own.push(...singleAt(node).filter(({ site }) => site.task === repeated))
      })
      return own.find((each) => each.silence === null && !own.some((other) => other !== each && other.silence === 'dependent')) ?? null
    },
  }
}

function silenceOf(call: TSESTree.CallExpression, form: Form, site: Site, use: Use, file: File): Silence | null {
  if (isShort(site.size)) return 'small'
  if (form.together && !site.loop) return 'together'
  if (mentionsOwn(form.receiver, site.node, file) && receiverIsOwn(form, site, file)) return 'apart'
  if (site.loop && isOrdered(site.loop, call, file)) return 'ordered'
  const { awaited, carried } = rootsOf(form.given, site.node, file)
  if (carried) return 'ordered'
  if (catcherOf(call, site)) return 'caught'
  const others = otherWaits(call, site, file)
  if (form.access === 'read' ? awaited !== null || others.some((other) => writesTo(form.receiver, other, file)) : use === 'used') return 'dependent'
  if (form.access === 'read' && site.loop && !others.every((other) => leavesAlone(form.receiver, other, file))) return 'unsure'
  if (form.access === 'write' && !others.every((other) => isAlike(form, other, site, file))) return 'unsure'
  if (use === 'kept' && form.access === 'write' && form.returns !== true) return 'unsure'
  return form.isDoubtful || (site.size.kind === 'unknown' && !isNamedAsData(site)) ? 'unsure' : null
}

/** A list by its name; of the parts of a record, which are few as often as not, one of keys. */
function isNamedAsData({ list, size }: Site): boolean {
  const name = nameOf(list) ?? ''
  return size.kind === 'unknown' && size.hint === 'field' ? keyListWords.has(wordsOf(name).at(-1) ?? '') : isListName(name)
}

/** The same write in another branch: `if (isImage) await images.insertOne(image)`, `else await images.insertOne({ url })`. */
function isAlike(form: Form, wait: TSESTree.AwaitExpression, site: Site, file: File): boolean {
  const text = file.sourceCode.getText(form.receiver)
  return callsIn(wait, file).some((call) => {
    const other = formOf(call, (node) => mentionsOwn(node, site.node, file), file.sourceCode)
    return other?.batch === form.batch && file.sourceCode.getText(other.receiver) === text
  })
}

/** The receiver of a chain holds the key (`.doc(id).set(user)`); any other is chosen for the element. */
function receiverIsOwn({ receiver, given }: Form, site: Site, file: File): boolean {
  const isGiven = (node: Node): boolean => given.some((value) => value.range[0] <= node.range[0] && node.range[1] <= value.range[1])
  let isOwn = false
  const look = (node: Node): void => {
    if (isOwn || isGiven(node)) return
    if (node.type === 'CallExpression') {
      look(node.callee)
      node.arguments.forEach(look)
    } else if (node.type === 'MemberExpression') {
      look(node.object)
      if (node.computed) look(node.property)
    } else isOwn = mentionsOwn(node, site.node, file)
  }
  look(unwrap(receiver))
  return isOwn
}

/** One that fits on a hand, and what somebody wrote out; a piece of a long list is what a call for many is for. */
function isShort(size: Size): boolean {
  if (size.kind === 'unknown') return size.hint === 'own-part'
  if (size.kind !== 'bounded') return false
  const isPiece = size.by === 'piece' || size.by === 'slice' || size.by === 'limit'
  return size.max === null ? !isPiece : size.max <= FEW
}

const FEW = 10

/** A loop has its order from the one connection that its calls share, or from something that a call for all would not keep. */
function isOrdered(loop: NonNullable<Site['loop']>, call: Node, { loops }: File): boolean {
  const verdict = loops.verdictOf(loop)
  if (verdict.kind !== 'ordered') return false
  if (verdict.reason !== 'ordered-sink') return true
  const { because } = verdict
  return !(because.range[0] <= call.range[0] && call.range[1] <= because.range[1]) && because.type !== 'AwaitExpression'
}

/** Whether what a turn waits for changes nothing that the next one reads: it reads, or writes to another table of the same client. */
function leavesAlone(receiver: Node, wait: TSESTree.AwaitExpression, file: File): boolean {
  const client = clientOf(receiver, file.sourceCode)
  return callsIn(wait, file).every((call) => {
    const other = receiverOf(call)
    const verb = nameOf(call.callee)?.match(/^[a-z]+/)?.[0] ?? ''
    return outsideVerbs.get(verb) === 'read' || (other !== null && client !== null && clientOf(other, file.sourceCode) === client)
  })
}

/** `prisma` of `prisma.user`. */
function clientOf(receiver: Node, sourceCode: SourceCode): string | null {
  const table = unwrap(receiver)
  return table.type === 'MemberExpression' ? sourceCode.getText(table.object) : null
}

/** `prisma.user.create(…)` beside `tx.user.findFirst(…)`: looks something up, and adds what the next element may look for. */
function writesTo(receiver: Node, wait: TSESTree.AwaitExpression, file: File): boolean {
  const name = nameOf(receiver)
  return callsIn(wait, file).some((call) => {
    const other = receiverOf(call)
    const verb = nameOf(call.callee)?.match(/^[a-z]+/)?.[0] ?? ''
    return other !== null && name !== null && nameOf(other) === name && outsideVerbs.get(verb) !== 'read'
  })
}
