/**
 * Code in a handler that does not run per request: values kept from the first time (`cache ??= read()`), branches for
 * development only, files that serve a developer or are a command.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { startsWithWord } from '../../ast/names.ts'
import { enclosingFunction, isInside, memberName, stringValue, unwrap, walk, type FunctionNode, type Node } from '../../ast/nodes.ts'
import { commandLineModules, developerFiles, developerFolders, developmentNames, developmentValues, devServerApis, exitFacts, installerFiles, memoiserPattern, placeQuestions, productionNames } from '../../knowledge/handlers/index.ts'
import { apiPath, indexFacts, type Calls } from '../calls/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** Whether the code at `node` runs at most once, or once per key, because what it makes is kept beyond the call. */
export function isKept(node: Node, sourceCode: SourceCode, calls: Calls): boolean {
  const owner = enclosingFunction(node)
  if (!owner) return true
  const kept = (target: Node): boolean => outlives(target, owner, calls)
  for (let current: Node = node, parent = node.parent; parent && current !== owner; current = parent, parent = parent.parent) {
    if (parent.type === 'AssignmentExpression' && parent.right === current && /^(?:\?\?|\|\|)=$/.test(parent.operator) && kept(parent.left)) return true
    if (parent.type === 'LogicalExpression' && parent.operator !== '&&' && parent.right === current && isKeptBy(parent.left, current, parent, kept)) return true
    if (parent.type === 'IfStatement' && (parent.consequent === current || parent.alternate === current)) {
      const missing = parent.consequent === current ? missingValue(parent.test) : presentValue(parent.test)
      if (missing && kept(missing) && isFilled(missing, current, sourceCode)) return true
    }
    if (parent.type === 'ConditionalExpression' && parent.test !== current) {
      const missing = parent.consequent === current ? missingValue(parent.test) : presentValue(parent.test)
      if (missing && kept(missing) && isFilled(missing, parent, sourceCode)) return true
    }
    if (parent.type === 'BlockStatement' && endsProcess(current, parent, calls)) return true
    if (parent.type === 'BlockStatement' && isAfterEarlyReturn(current, parent, kept, owner, sourceCode)) return true
  }
  return false
}

/** `cleanUp(); process.exit()`: what runs before the end runs once. */
function endsProcess(statement: Node, block: TSESTree.BlockStatement, calls: Calls): boolean {
  return block.body.slice(block.body.indexOf(statement as TSESTree.Statement) + 1).some((later) => {
    if (later.type !== 'ExpressionStatement' || later.expression.type !== 'CallExpression') return false
    return exits.of(calls.originOf(later.expression.callee)) !== null
  })
}

const exits = indexFacts(exitFacts)

/** `x || (x = read())`, `(x = x || read())`. */
function isKeptBy(left: Node, right: Node, whole: Node, kept: (target: Node) => boolean): boolean {
  const value = unwrap(left)
  if (!kept(value)) return false
  const inner = unwrap(right)
  if (inner.type === 'AssignmentExpression' && isSame(inner.left, value)) return true
  return whole.parent?.type === 'AssignmentExpression' && isSame(whole.parent.left, value)
}

/** `if (cache) return cache` above the code, where the function fills `cache` somewhere. */
function isAfterEarlyReturn(statement: Node, block: TSESTree.BlockStatement, kept: (target: Node) => boolean, owner: FunctionNode, sourceCode: SourceCode): boolean {
  const at = block.body.indexOf(statement as TSESTree.Statement)
  return block.body.slice(0, Math.max(at, 0)).some((earlier) => {
    if (earlier.type !== 'IfStatement' || !alwaysReturns(earlier.consequent)) return false
    const present = presentValue(earlier.test)
    const source = present && (kept(present) ? present : keptSource(present, block, kept))
    return source !== null && source !== undefined && isFilled(source, owner.body, sourceCode) && !isReset(source, owner.body, sourceCode)
  })
}

/** For `const hit = cache.get(key)` and the test `hit`: `cache.get(key)`. */
function keptSource(name: Node, block: TSESTree.BlockStatement, kept: (target: Node) => boolean): Node | null {
  if (name.type !== 'Identifier') return null
  for (const statement of block.body) {
    if (statement.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declarations) {
      if (id.type !== 'Identifier' || id.name !== name.name || !init) continue
      const source = presentValue(init)
      if (source && kept(source)) return source
    }
  }
  return null
}

function alwaysReturns(node: Node): boolean {
  if (node.type === 'ReturnStatement') return true
  return node.type === 'BlockStatement' && node.body.at(-1)?.type === 'ReturnStatement'
}

/** What a test asks to be there: `cache`, `cache !== undefined`, `map.has(key)`, `key in cache`; null for other tests. */
function presentValue(test: Node): Node | null {
  const value = unwrap(test)
  switch (value.type) {
    case 'Identifier':
    case 'MemberExpression':
      return value
    case 'AwaitExpression':
      return presentValue(value.argument)
    case 'UnaryExpression':
      return value.operator === '!' ? missingValue(value.argument) : null
    case 'BinaryExpression':
      if (value.operator === 'in') return value.right
      if (value.operator === '!==' || value.operator === '!=') return comparedWithNothing(value)
      return null
    case 'LogicalExpression':
      return presentValue(value.left) ?? presentValue(value.right)
    case 'CallExpression': {
      const callee = unwrap(value.callee)
      if (callee.type !== 'MemberExpression') return null
      const name = memberName(callee)
      return name === 'has' || name === 'get' || name === 'peek' ? unwrap(callee.object) : null
    }
    default:
      return null
  }
}

/** The same for a test that asks for absence: `!cache`, `cache == null`, `!map.has(key)`. */
function missingValue(test: Node): Node | null {
  const value = unwrap(test)
  if (value.type === 'UnaryExpression' && value.operator === '!') return presentValue(value.argument)
  if (value.type === 'BinaryExpression' && (value.operator === '===' || value.operator === '==')) return comparedWithNothing(value)
  if (value.type === 'LogicalExpression') return missingValue(value.left) ?? missingValue(value.right)
  return null
}

function comparedWithNothing({ left, right }: TSESTree.BinaryExpression): Node | null {
  const other = unwrap(right)
  const isNothing =
    (other.type === 'Literal' && (other.value === null || other.value === 'undefined')) ||
    (other.type === 'Identifier' && other.name === 'undefined')
  if (!isNothing) return null
  const subject = unwrap(left)
  return subject.type === 'UnaryExpression' && subject.operator === 'typeof' ? unwrap(subject.argument) : presentValue(subject)
}

/** Whether code below `within` sets `target`: an assignment to it or a member of it, or `target.set(…)`, `.add(…)`, `.push(…)`. */
function isFilled(target: Node, within: Node, sourceCode: SourceCode): boolean {
  let filled = false
  walk(within, sourceCode.visitorKeys, (node) => {
    if (node.type === 'AssignmentExpression' && setsTarget(node.left, target)) filled = true
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
      const name = memberName(node.callee)
      if ((name === 'set' || name === 'add' || name === 'push') && isSame(node.callee.object, target)) filled = true
    }
    return filled ? 'stop' : undefined
  })
  return filled
}

/** `busy = false`: a flag that the function takes back keeps nothing. */
function isReset(target: Node, within: Node, sourceCode: SourceCode): boolean {
  let reset = false
  walk(within, sourceCode.visitorKeys, (node) => {
    if (node.type !== 'AssignmentExpression' || !isSame(node.left, target)) return undefined
    const value = unwrap(node.right)
    reset = (value.type === 'Literal' && !value.value) || (value.type === 'Identifier' && value.name === 'undefined')
    return reset ? 'stop' : undefined
  })
  return reset
}

function setsTarget(left: Node, target: Node): boolean {
  const written = unwrap(left)
  if (isSame(written, target)) return true
  if (written.type === 'MemberExpression' && isSame(written.object, target)) return true
  if (target.type === 'MemberExpression' && target.computed && written.type === 'MemberExpression') return isSame(written.object, target.object)
  return false
}

/** Whether what is stored there is still there at the next call: a variable outside the function, a member of `this` or of one. */
function outlives(target: Node, owner: FunctionNode, calls: Calls): boolean {
  let root = unwrap(target)
  while (root.type === 'MemberExpression' || root.type === 'CallExpression') {
    root = unwrap(root.type === 'MemberExpression' ? root.object : root.callee)
  }
  if (root.type === 'ThisExpression') return true
  if (root.type !== 'Identifier') return false
  const variable = calls.variableOf(root)
  const declared = variable?.identifiers[0] as Node | undefined
  // A global: `globalThis.cache`.
  if (!declared) return target.type === 'MemberExpression'
  return !isInside(declared, owner)
}

function isSame(left: Node, right: Node): boolean {
  const a = unwrap(left)
  const b = unwrap(right)
  if (a.type === 'ThisExpression') return b.type === 'ThisExpression'
  if (a.type === 'Identifier') return b.type === 'Identifier' && a.name === b.name
  return a.type === 'MemberExpression' && b.type === 'MemberExpression' && memberName(a) !== null && memberName(a) === memberName(b) && isSame(a.object, b.object)
}

/** Whether a function is passed to something that runs it once: `once(() => …)`, `app.listen(port, () => …)`, `process.on('exit', …)`. */
export function isPassedToRunOnce(node: Node, calls: Calls): boolean {
  const call = node.parent
  if (call?.type !== 'CallExpression' || !call.arguments.includes(node as never)) return false
  const callee = unwrap(call.callee)
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
  if (name !== null && (memoiserPattern.test(name) || name === 'listen')) return true
  const path = apiPath(calls.originOf(callee))
  return path?.module === 'node:process'
}

/** Whether code at `node` runs on a developer's machine only: `if (isDev) {…}`, `process.env.NODE_ENV !== 'production' && …`. */
export function isDevelopmentOnly(node: Node): boolean {
  for (let current: Node = node, parent = node.parent; parent; current = parent, parent = parent.parent) {
    if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') {
      if (parent.consequent === current && developmentTest(parent.test) === true) return true
      if (parent.alternate === current && developmentTest(parent.test) === false) return true
    }
    if (parent.type === 'LogicalExpression' && parent.operator === '&&' && parent.right === current && developmentTest(parent.left) === true) return true
    if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      for (const earlier of parent.body) {
        if (earlier === current) break
        if (earlier.type === 'IfStatement' && alwaysLeaves(earlier.consequent) && developmentTest(earlier.test) === false) return true
      }
    }
  }
  return false
}

function alwaysLeaves(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement'
}

/** True where a test holds in development only, false where it holds in production only, null where it says neither. */
function developmentTest(test: Node): boolean | null {
  const value = unwrap(test)
  switch (value.type) {
    case 'UnaryExpression': {
      const inner = value.operator === '!' ? developmentTest(value.argument) : null
      return inner === null ? null : !inner
    }
    case 'LogicalExpression': {
      const left = developmentTest(value.left)
      const right = developmentTest(value.right)
      if (value.operator === '&&') return left ?? right
      return left !== null && left === right ? left : null
    }
    case 'BinaryExpression': {
      const text = stringValue(value.right) ?? stringValue(value.left)
      if (text === null) return null
      const equal = value.operator === '===' || value.operator === '=='
      if (!equal && value.operator !== '!==' && value.operator !== '!=') return null
      if (developmentValues.has(text)) return equal ? true : null
      return text === 'production' ? !equal : null
    }
    case 'Identifier':
      return named(value.name)
    case 'MemberExpression':
      return named(memberName(value) ?? '')
    case 'CallExpression': {
      const callee = unwrap(value.callee)
      const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null
      return name !== null && startsWithWord(name, placeQuestions) ? named(name) : null
    }
    default:
      return null
  }
}

function named(name: string): boolean | null {
  if (developmentNames.test(name)) return true
  return productionNames.test(name) ? false : null
}

/** Why a whole file's handlers serve nobody in production: it starts a development server, is a command, or installs the product. */
export type Audience = 'users' | 'developer' | 'one-user'

const devServers = indexFacts(devServerApis)

export function audienceOf(sourceCode: SourceCode, calls: Calls, filename: string | null): Audience {
  if (/^#!/.test(sourceCode.text)) return 'one-user'
  const base = filename?.replaceAll('\\', '/').split('/').at(-1)?.replace(/\.\w+$/, '') ?? ''
  if (developerFiles.test(base) || developerFolders.test(filename?.replaceAll('\\', '/') ?? '')) return 'developer'
  if (installerFiles.test(base)) return 'one-user'
  let audience: Audience = 'users'
  const servesDevelopers = devServers.mayOccurIn(sourceCode)
  for (const node of nodesOf(sourceCode, 'ImportDeclaration')) {
    if (node.importKind !== 'type' && commandLineModules.has(node.source.value)) audience = 'one-user'
  }
  for (const node of nodesOf(sourceCode, 'CallExpression', 'NewExpression')) {
    const callee = unwrap(node.callee)
    if (callee.type === 'Identifier' && callee.name === 'require' && commandLineModules.has(stringValue(node.arguments[0]) ?? '')) audience = 'one-user'
    if (servesDevelopers && devServers.of(calls.originOf(callee))) return 'developer'
  }
  return audience
}

