import type { TSESTree } from '@typescript-eslint/utils'
import type { CallLike, ClassNode, FunctionNode, Node } from '../../ast/nodes.ts'

/** Where a value starts. */
export type Root =
  /** A module by its specifier; Node's own always with `node:`. */
  | { readonly kind: 'module'; readonly name: string }
  /** A global that nothing in the file declares. */
  | { readonly kind: 'global'; readonly name: string }
  /** A function of this file. */
  | { readonly kind: 'function'; readonly node: FunctionNode }
  /** A class of this file. */
  | { readonly kind: 'class'; readonly node: ClassNode }
  /** A parameter of a function of this file. `node` is the name where it is declared. */
  | { readonly kind: 'parameter'; readonly node: TSESTree.Identifier; readonly of: FunctionNode }
  /** An element of what a `for…of` or `for await` goes over. */
  | { readonly kind: 'element'; readonly of: Node }
  /** A value that this expression makes: a literal, an array, an object, an arithmetic result. */
  | { readonly kind: 'value'; readonly node: Node }
  | { readonly kind: 'unknown'; readonly node: Node }

export type Step =
  | { readonly kind: 'member'; readonly name: string | null }
  /** A call or construction of what stands before; no node where only a type says so. */
  | { readonly kind: 'call'; readonly node: CallLike | null }

/** Where a value comes from: a root, and the members and calls that lead from it to the value. `await` leaves no step. */
export interface Origin {
  readonly root: Root
  readonly steps: readonly Step[]
}

/** The steps in the form of `knowledge/facts.ts`: `Pool().query`. */
function memberPath(origin: Origin): string {
  let path = ''
  for (const step of origin.steps) {
    if (step.kind === 'call') path += '()'
    else path += `${path === '' ? '' : '.'}${step.name ?? '[]'}`
  }
  return path
}

/** The module or `globalThis` that tables know an origin by, and the way from it; null for what is not from outside. */
export function apiPath(origin: Origin): { module: string; member: string } | null {
  if (origin.root.kind === 'module') return { module: origin.root.name, member: memberPath(origin) }
  if (origin.root.kind === 'global') {
    const rest = memberPath(origin)
    const separator = rest === '' || rest.startsWith('(') ? '' : '.'
    return { module: 'globalThis', member: `${origin.root.name}${separator}${rest}` }
  }
  return null
}

/** The node of the last call on the way, such as the `new Pool(…)` of `pool.query`; null where there is none. */
export function lastCall(origin: Origin): CallLike | null {
  const step = origin.steps.findLast(({ kind }) => kind === 'call')
  return step?.kind === 'call' ? step.node : null
}

export function isUnknown(origin: Origin): boolean {
  return origin.root.kind === 'unknown' || origin.root.kind === 'value' || origin.root.kind === 'element'
}

/** The steps that a way in the form of `knowledge/facts.ts` spells. */
export function stepsOf(member: string): Step[] {
  return [...member.matchAll(/\(\)|[^.()]+/g)].map(([part]) =>
    part === '()' ? { kind: 'call', node: null } : { kind: 'member', name: part },
  )
}

export const at = (root: Root, steps: readonly Step[] = []): Origin => ({ root, steps })

export const unknown = (node: Node): Origin => at({ kind: 'unknown', node })

export const step = (origin: Origin, next: Step): Origin => ({ root: origin.root, steps: [...origin.steps, next] })

/** Whether two origins are one for sure; two unknown values never are. */
export function sameOrigin(left: Origin, right: Origin): boolean {
  if (left.root.kind === 'unknown' || left.root.kind === 'value' || left.root.kind !== right.root.kind) return false
  const same =
    left.root.kind === 'module' || left.root.kind === 'global'
      ? left.root.name === (right.root as { name: string }).name
      : 'node' in left.root && left.root.node === (right.root as { node?: Node }).node
  return (
    same &&
    left.steps.length === right.steps.length &&
    left.steps.every((each, i) => {
      const other = right.steps[i]
      return each.kind === other?.kind && (each.kind === 'call' || each.name === (other as { name: string | null }).name)
    })
  )
}
