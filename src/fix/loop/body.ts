/** What the loop's body consists of, and what in it forbids to move it into a function. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, isInside, isLoop, walkOwnCode, type Node } from '../../ast/nodes.ts'
import { boundBy, declaredIn, isCaptured, type Variable } from './names.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Statements of the body, whether it has braces or not. */
export function statementsOf(body: Node): readonly Node[] {
  return body.type === 'BlockStatement' ? body.body : [body]
}

/** Places in a node's own code where it waits. */
export function pausesIn(sourceCode: SourceCode, node: Node): Node[] {
  const found: Node[] = []
  walkOwnCode(node, sourceCode.visitorKeys, (child) => {
    if (child.type === 'AwaitExpression' || (child.type === 'ForOfStatement' && child.await) || isAwaitUsing(child)) {
      found.push(child)
    }
  })
  return found
}

function isAwaitUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && (node.kind as string) === 'await using'
}

/** `continue` statements that go on with the next iteration of the loop whose body this is. */
export function continuesOf(sourceCode: SourceCode, body: Node): TSESTree.ContinueStatement[] {
  const found: TSESTree.ContinueStatement[] = []
  walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'ContinueStatement' && !node.label && targetOf(node, body) === null) found.push(node)
  })
  return found
}

/**
 * Whether the body's code cannot become the body of an arrow function: it leaves the loop or the function, yields, jumps
 * to a label outside, or has names that mean something else there.
 */
export function isStuck(sourceCode: SourceCode, loop: Node, body: Node): boolean {
  if (loop.parent?.type === 'LabeledStatement') return true
  let stuck = false
  walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    stuck ||= leaves(node, body) || isDirectEval(node)
    return stuck ? 'stop' : undefined
  })
  return stuck || boundBy(sourceCode, varsIn(sourceCode, body)).some((variable) => isSharedVar(variable, body))
}

function leaves(node: Node, body: Node): boolean {
  switch (node.type) {
    case 'YieldExpression':
    case 'ReturnStatement':
      return true
    case 'BreakStatement':
      return targetOf(node, body) === null
    case 'ContinueStatement':
      return node.label !== null && targetOf(node, body) === null
    default:
      return false
  }
}

/** The statement inside the body that a jump goes to; null when it goes to the loop itself or beyond. */
function targetOf(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement, body: Node): Node | null {
  for (let node: Node | undefined = jump.parent; node && isInside(node, body); node = node.parent) {
    if (jump.label) {
      if (node.type === 'LabeledStatement' && node.label.name === jump.label.name) return node
    } else if (isLoop(node) || (jump.type === 'BreakStatement' && node.type === 'SwitchStatement')) return node
    if (node === body) break
  }
  return null
}

function isDirectEval(node: Node): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'eval'
}

/** `using x = …`, `await using x = …`: released at the end of its block. */
export function isUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && /using/.test(node.kind)
}

function varsIn(sourceCode: SourceCode, body: Node): Node[] {
  const found: Node[] = []
  walkOwnCode(body, sourceCode.visitorKeys, (node) => {
    if (node.type === 'VariableDeclaration' && node.kind === 'var') found.push(node)
  })
  return found
}

/** A `var` is one variable for all iterations: it may move only where no iteration can tell. */
export function isSharedVar(variable: Variable, body: Node): boolean {
  if (isCaptured(variable) || variable.defs.length !== 1) return true
  const [definition] = variable.defs
  const declarator = definition?.node as Node
  if (declarator.type !== 'VariableDeclarator' || (!declarator.init && declarator.parent?.parent === body)) return true
  return variable.references.some(
    ({ identifier }) => !isInside(identifier as Node, body) || identifier.range[0] < declarator.range[0],
  )
}

/** Whether names of the parameters are declared again at the top of the body, where a loop allows it and a function does not. */
export function clashes(sourceCode: SourceCode, parameters: readonly string[], body: Node): boolean {
  const own = new Set(boundBy(sourceCode, statementsOf(body)).map(({ name }) => name))
  return parameters.some((name) => own.has(name))
}

/** Variables from outside the loop that its body writes, with the writing identifiers. */
export function outerWrites(sourceCode: SourceCode, loop: Node): { variable: Variable; at: Node }[] {
  const own = new Set(declaredIn(sourceCode, [loop]))
  const found: { variable: Variable; at: Node }[] = []
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const variable of scope.variables) {
      if (own.has(variable)) continue
      for (const reference of variable.references) {
        const at = reference.identifier as Node
        if (reference.isWrite() && isInside(at, loop)) found.push({ variable, at })
      }
    }
  }
  return found
}

/** Whether a node stands in a function inside `body`, so that it may run at another time or not at all. */
export function isInNestedFunction(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node.parent; at && at !== body; at = at.parent) if (isFunction(at)) return true
  return false
}

/** The loops inside `body` around a node. */
export function isInNestedLoop(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node.parent; at && at !== body && isInside(at, body); at = at.parent) {
    if (isLoop(at)) return true
  }
  return false
}
