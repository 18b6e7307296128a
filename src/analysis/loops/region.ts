/**
 * One walk over a loop's body: where it waits, how it leaves, what it calls, which names it mentions. What those names are
 * used for, in the body and in the functions that it calls, is worked out when somebody asks: most loops that wait show
 * without it that they have to.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, isInside, isLoop, propertyOf, unwrap, walk, type CallLike, type Node } from '../../ast/nodes.ts'
import { accessAt, originalOf, referencesOf, type Access } from '../effects/accesses.ts'
import { effectsOf, isDeclaredIn, rootOf } from '../effects/summaries.ts'
import { accessesElsewhere } from './elsewhere.ts'
import type { Body, Sight } from './sight.ts'
import type { Loop, LoopShape, Pause } from './verdict.ts'

type SourceCode = Readonly<TSESLint.SourceCode>
type Variable = TSESLint.Scope.Variable

export interface Region {
  readonly loop: Loop
  readonly body: Node
  /** Pauses of the loop itself, in source order; not those of loops inside it. */
  readonly pauses: readonly Pause[]
  /** Pauses of loops inside it. */
  readonly innerPauses: readonly Pause[]
  /** `break`, `return`, `yield` and labelled `continue` that end the loop or hand control to someone outside. */
  readonly exits: readonly Node[]
  /** Calls in the body's own code, and in functions written inside it. */
  readonly calls: readonly CallLike[]
  /** Accesses to what is not of this iteration, with those of functions that the body calls. */
  readonly accesses: readonly SharedAccess[]
  /** Whether an expression mentions something of this iteration: an element, or a local made of one. */
  mentionsElement(node: Node): boolean
  /** Whether an identifier is one of the names that the loop itself gives to each iteration. */
  isElement(identifier: TSESTree.Identifier): boolean
  /** The names of this iteration that an expression mentions. */
  elementNames(node: Node): string[]
  /** Whether a variable is made anew for each iteration. A `var` is not: it is one for all of them. */
  isLocal(variable: Variable): boolean
}

export interface SharedAccess extends Access {
  /** The call through which another function does it; null where the body does it itself. */
  readonly via: CallLike | null
  /** Whether it stands in a function that is written in the body. */
  readonly nested: boolean
}

export function regionOf(loop: Loop, shape: LoopShape | null, sight: Sight): Region {
  const { sourceCode } = sight
  const body = shape?.body ?? (loop as TSESTree.WhileStatement).body
  const references = referencesOf(sourceCode)
  const pauses: Pause[] = []
  const innerPauses: Pause[] = []
  const exits: Node[] = []
  const calls: CallLike[] = []
  const names = new Map<TSESTree.Identifier, Variable | null>()
  /** What may use something, in source order: names, `this` and calls. */
  const mentioned: { node: Mention; nested: boolean }[] = []

  const scopeNode: Node = loop.type === 'CallExpression' && isFunction(body.parent) ? body.parent : body
  const own = new Set<Variable>()
  for (const name of shape?.names ?? []) {
    const variable = references.get(name)?.resolved ?? declared(name, sourceCode)
    if (variable) own.add(variable)
  }
  const isLocal = (variable: Variable): boolean =>
    own.has(variable) || isDeclaredIn(variable, scopeNode)

  const visit = (node: Node, nested: number, inner: number): void => {
    walk(node, sourceCode.visitorKeys, (child) => {
      if (child !== node && isFunction(child)) {
        for (const part of [...child.params, child.body]) visit(part, nested + 1, inner)
        return 'skip'
      }
      if (nested === 0 && isLoop(child)) {
        if (child.type === 'ForOfStatement' && child.await) pauses.push(child)
        visitInner(child, inner)
        return 'skip'
      }
      if (child.type.startsWith('TS') && unwrap(child) === child && child.type !== 'TSParameterProperty') return 'skip'
      record(child, nested, inner)
      return
    })
  }
  /** A loop within: its head and body belong to it, but for what `for (… of HERE)` evaluates once. */
  const visitInner = (child: Node, inner: number): void => {
    record(child, 0, inner)
    const record_ = child as unknown as Record<string, unknown>
    for (const key of sourceCode.visitorKeys[child.type] ?? []) {
      const part = record_[key] as Node | null
      if (!part) continue
      visit(part, 0, key === 'right' || key === 'init' ? inner : inner + 1)
    }
  }
  const record = (child: Node, nested: number, inner: number): void => {
    switch (child.type) {
      case 'AwaitExpression':
        if (nested === 0) (inner > 0 ? innerPauses : pauses).push(child)
        break
      case 'VariableDeclaration':
        if (nested === 0 && (child.kind as string) === 'await using') (inner > 0 ? innerPauses : pauses).push(child)
        break
      case 'ReturnStatement':
        if (nested === 0 && loop.type !== 'CallExpression') exits.push(child)
        break
      case 'YieldExpression':
        if (nested === 0) exits.push(child)
        break
      case 'BreakStatement':
      case 'ContinueStatement':
        if (nested === 0 && leaves(child, loop)) exits.push(child)
        break
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        calls.push(child)
        mentioned.push({ node: child, nested: nested > 0 })
        break
      case 'Identifier': {
        const variable = references.get(child)?.resolved ?? null
        names.set(child, variable)
        if (variable) mentioned.push({ node: child, nested: nested > 0 })
        break
      }
      case 'ThisExpression':
        mentioned.push({ node: child, nested: nested > 0 })
        break
    }
  }
  visit(body, 0, 0)

  let tainted: ReadonlySet<Variable> | undefined
  const elementNames = (node: Node): string[] => {
    tainted ??= taintOf(own, body, names, sourceCode)
    const found = new Set<string>()
    walk(node, sourceCode.visitorKeys, (child) => {
      const variable = child.type === 'Identifier' ? names.get(child) : null
      if (variable && tainted?.has(variable)) found.add(variable.name)
    })
    return [...found]
  }
  const mentionsElement = (node: Node): boolean => elementNames(node).length > 0
  const isElement = (identifier: TSESTree.Identifier): boolean => own.has(names.get(identifier) as Variable)
  let accesses: readonly SharedAccess[] | undefined
  return {
    loop,
    body,
    pauses,
    innerPauses,
    exits,
    calls,
    get accesses() {
      return (accesses ??= accessesOf(mentioned, { body, sight, isLocal, mentionsElement }))
    },
    isLocal,
    elementNames,
    isElement,
    mentionsElement,
  }
}

type Mention = CallLike | TSESTree.Identifier | TSESTree.ThisExpression

interface Surroundings extends Pick<Region, 'body' | 'isLocal' | 'mentionsElement'> {
  readonly sight: Sight
}

/** What the mentions of a body do to what is not of its iteration, with what the functions do that it calls. */
function accessesOf(mentioned: readonly { readonly node: Mention; readonly nested: boolean }[], around: Surroundings): SharedAccess[] {
  const { sight, isLocal, mentionsElement } = around
  const { sourceCode } = sight
  const references = referencesOf(sourceCode)
  const accesses: SharedAccess[] = []
  const elsewhere: { call: CallLike; callee: Body; nested: boolean }[] = []
  for (const { node, nested } of mentioned) {
    if (node.type === 'Identifier') {
      const variable = references.get(node)?.resolved
      const thing = variable && originalOf(variable, sourceCode)
      if (thing && !isLocal(thing)) accesses.push({ ...accessAt(node, thing, sourceCode), via: null, nested })
    } else if (node.type === 'ThisExpression') {
      accesses.push({ ...accessAt(node, 'this', sourceCode), via: null, nested })
    } else {
      const callee = sight.bodyOf(node)
      if (!callee) continue
      if (callee.in !== sight) elsewhere.push({ call: node, callee, nested })
      accesses.push(...accessesThrough(node, callee, around).map((access) => ({ ...access, via: node, nested })))
    }
  }
  for (const { call, callee, nested } of elsewhere) {
    const receiver = call.type === 'TaggedTemplateExpression' ? null : unwrap(call.callee)
    const ownsThis = receiver?.type === 'MemberExpression' && mentionsElement(receiver.object)
    accesses.push(...accessesElsewhere(callee, ownsThis).map((access) => ({ ...access, via: call, nested })))
  }
  return accesses
}

/** What a function does to what is outside this loop, when the body calls it; of one in another file, what it does to its arguments. */
function accessesThrough(call: CallLike, callee: Body, { body, sight, isLocal }: Surroundings): Access[] {
  const { sourceCode } = sight
  const references = referencesOf(sourceCode)
  const accesses: Access[] = []
  if (callee.in === sight) {
    if (isInside(callee.node, body)) return []
    for (const access of effectsOf(sourceCode).ofFunction(callee.node).accesses) {
      if (access.root === 'this' || !isLocal(access.root)) accesses.push(access)
    }
  }
  if (call.type === 'TaggedTemplateExpression') return accesses
  const { changes, memberChanges } = effectsOf(callee.in.sourceCode).ofFunction(callee.node)
  for (const position of changes) {
    const argument = call.arguments[position]
    const root = argument ? rootOf(argument) : null
    if (!argument || !root) continue
    const variable = root.type === 'Identifier' ? references.get(root)?.resolved : 'this'
    if (!variable || (variable !== 'this' && isLocal(variable))) continue
    accesses.push({ kind: 'change', root: variable, member: null, at: root, target: argument, node: call, key: null })
  }
  for (const [position, members] of memberChanges) {
    const given = recordOf(call.arguments[position], body, sourceCode)
    for (const value of given ? [...members].map((member) => propertyOf(given, member)?.value) : []) {
      const root = value ? rootOf(value) : null
      const variable = root?.type === 'Identifier' ? references.get(root)?.resolved : null
      if (!value || !root || !variable || isLocal(variable)) continue
      accesses.push({ kind: 'change', root: variable, member: null, at: root, target: value, node: call, key: null })
    }
  }
  return accesses
}

/** The object literal that an argument is, or that a constant of the iteration holds: `const context = { seen, item }`. */
function recordOf(argument: Node | undefined, body: Node, sourceCode: SourceCode): TSESTree.ObjectExpression | null {
  const value = argument && unwrap(argument)
  if (value?.type === 'ObjectExpression') return value
  const variable = value?.type === 'Identifier' ? referencesOf(sourceCode).get(value)?.resolved : null
  const definition = variable && isDeclaredIn(variable, body) ? (variable.defs[0]?.node as Node) : null
  const init = definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : null
  return init?.type === 'ObjectExpression' ? init : null
}

function declared(name: TSESTree.Identifier, sourceCode: SourceCode): Variable | null {
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(name)
  for (; scope; scope = scope.upper) {
    const variable = scope.set.get(name.name)
    if (variable) return variable
  }
  return null
}

/** Whether `break` or `continue` leads out of `loop`, or past its end. */
function leaves(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement, loop: Node): boolean {
  if (jump.label) {
    for (let node: Node | undefined = jump.parent; node; node = node.parent) {
      if (node.type === 'LabeledStatement' && node.label.name === jump.label.name) {
        if (node.body === loop) return jump.type === 'BreakStatement'
        return node.range[0] <= loop.range[0]
      }
      if (isFunction(node)) return false
    }
    return false
  }
  if (jump.type === 'ContinueStatement') return false
  for (let node: Node | undefined = jump.parent; node; node = node.parent) {
    if (node.type === 'SwitchStatement') return false
    if (isLoop(node)) return node === loop
  }
  return false
}

/** The variables that hold the element or something made of it: `const url = base + x.id`. */
function taintOf(own: ReadonlySet<Variable>, body: Node, names: ReadonlyMap<TSESTree.Identifier, Variable | null>, sourceCode: SourceCode): Set<Variable> {
  const tainted = new Set(own)
  const mentions = (node: Node): boolean =>
    !walk(node, sourceCode.visitorKeys, (child) => {
      const variable = child.type === 'Identifier' ? names.get(child) : null
      return variable && tainted.has(variable) ? 'stop' : undefined
    })
  const spread = (): void => {
    const variables = new Set([...names.values()])
    for (const variable of variables) {
      if (!variable || tainted.has(variable)) continue
      for (const reference of variable.references) {
        const { writeExpr } = reference
        if (!reference.isWrite() || !writeExpr) continue
        const value = writeExpr as Node
        if (value.range[0] < body.range[0] || value.range[1] > body.range[1]) continue
        if (mentions(value)) {
          tainted.add(variable)
          break
        }
      }
    }
  }
  // Names are declared before they are used; a second pass sees what an assignment further down brings.
  spread()
  spread()
  return tainted
}
