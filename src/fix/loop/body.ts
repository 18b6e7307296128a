/** What the loop's body consists of, and what in it forbids to move it into a function. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { callsOf } from '../../analysis/calls/index.ts'
import { isFunction, isInside, isLoop, unwrap, walk, walkOwnCode, type LoopNode, type Node } from '../../ast/nodes.ts'
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

/**
 * Writes to variables from outside the loop and to members of what is from outside: `current = x`, `this.current = x`,
 * `cache.last += 1`; the whole expressions. Calls that change what they are called on are not among them.
 */
export function outerWrites(sourceCode: SourceCode, loop: LoopNode): Node[] {
  const own = new Set(declaredIn(sourceCode, [loop]))
  const isOwn = (node: Node): boolean => {
    const root = rootOf(node)
    const variable = root.type === 'Identifier' ? callsOf(sourceCode).variableOf(root) : null
    return root.type !== 'ThisExpression' && root.type !== 'Super' && (root.type !== 'Identifier' || (variable !== null && own.has(variable)))
  }
  const found: Node[] = []
  walk(loop.body, sourceCode.visitorKeys, (node) => {
    if (writtenBy(node, sourceCode).some((target) => !isOwn(target))) found.push(node)
  })
  return found
}

/** The names and members that an expression or the head of a loop writes; declarations bind names of their own. */
function writtenBy(node: Node, sourceCode: SourceCode): Node[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return targetsIn(node.left, sourceCode)
    case 'UpdateExpression':
      return [node.argument]
    case 'UnaryExpression':
      return node.operator === 'delete' ? [node.argument] : []
    case 'ForOfStatement':
    case 'ForInStatement':
      return node.left.type === 'VariableDeclaration' ? [] : targetsIn(node.left, sourceCode)
    default:
      return []
  }
}

function targetsIn(pattern: Node, sourceCode: SourceCode): Node[] {
  const target = unwrap(pattern)
  if (target.type === 'Identifier' || target.type === 'MemberExpression') return [target]
  if (target.type === 'AssignmentPattern') return targetsIn(target.left, sourceCode)
  if (target.type === 'RestElement') return targetsIn(target.argument, sourceCode)
  if (target.type === 'ArrayPattern') return target.elements.flatMap((element) => (element ? targetsIn(element, sourceCode) : []))
  if (target.type !== 'ObjectPattern') return []
  return target.properties.flatMap((property) => targetsIn(property.type === 'Property' ? property.value : property, sourceCode))
}

/** `this` of `this.a.b`, `cache` of `cache.entries[key]`. */
export function rootOf(target: Node): Node {
  let node = unwrap(target)
  while (node.type === 'MemberExpression') node = unwrap(node.object)
  return node
}

/** The variable or `this` that a write changes, itself or a member of it. */
export function writtenRoot(write: Node): Node {
  switch (write.type) {
    case 'AssignmentExpression':
      return rootOf(write.left)
    case 'UpdateExpression':
    case 'UnaryExpression':
      return rootOf(write.argument)
    case 'CallExpression':
      return rootOf(write.callee)
    default:
      return write
  }
}

/**
 * Whether a write goes to a variable that an iteration has to itself: it is used before the first `await` of an
 * iteration only, and in no function that could look at it later.
 */
export function isOwnOfStart(write: Node, loop: LoopNode, sourceCode: SourceCode): boolean {
  const root = writtenRoot(write)
  const variable = root.type === 'Identifier' ? callsOf(sourceCode).variableOf(root) : null
  if (!variable || isCaptured(variable) || !isBeforeFirstAwait(write, loop, sourceCode)) return false
  return variable.references.every(({ identifier }) => {
    const at = identifier as Node
    return !isInside(at, loop.body) || isBeforeFirstAwait(at, loop, sourceCode)
  })
}

/**
 * Whether a node runs before the iteration waits for the first time. The helper starts iterations in input order, so up
 * to there they run one after another, as in the loop.
 */
export function isBeforeFirstAwait(node: Node, loop: LoopNode, sourceCode: SourceCode): boolean {
  const first = Math.min(...pausesIn(sourceCode, loop.body).map(({ range }) => range[0]))
  return node.range[1] <= first && !isInNestedFunction(node, loop.body) && !isInNestedLoop(node, loop.body)
}

/** Whether a node stands in a function inside `body`, so that it may run at another time or not at all. */
export function isInNestedFunction(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node.parent; at && at !== body; at = at.parent) if (isFunction(at)) return true
  return false
}

/** The loops inside `body` around a node. */
function isInNestedLoop(node: Node, body: Node): boolean {
  for (let at: Node | undefined = node.parent; at && at !== body && isInside(at, body); at = at.parent) {
    if (isLoop(at)) return true
  }
  return false
}
