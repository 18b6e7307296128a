/** Code that no service runs: scripts from top to bottom, what tests share, and requests that only a page can make. */
import type { TSESLint } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isFunction, memberName, type Node } from '../../ast/nodes.ts'
import { testModules } from '../../knowledge/test-apis.ts'
import type { Calls } from '../calls/index.ts'
import { importedModules } from '../platform/index.ts'
import { callersOf } from './callers.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

interface FileFacts {
  readonly exporting: boolean
  readonly testing: boolean
}

const cache = new WeakMap<SourceCode, FileFacts>()

/** Whether a file imports a test framework: a test, or what tests share. */
export function isTestSupport(sourceCode: SourceCode): boolean {
  return factsOf(sourceCode).testing
}

function factsOf(sourceCode: SourceCode): FileFacts {
  const known = cache.get(sourceCode)
  if (known) return known
  const testing = importedModules(sourceCode, true).some((name) => testModules.has(name))
  const facts = { exporting: isExporting(sourceCode), testing }
  cache.set(sourceCode, facts)
  return facts
}

/** Whether code at a node runs once, when a file that exports nothing is started: a script, where a person waits and can stop it. */
export function runsOnce(node: Node, sourceCode: SourceCode, depth = 0): boolean {
  if (factsOf(sourceCode).exporting || depth > 4) return false
  for (let current: Node | undefined = node.parent; current; current = current.parent) {
    if (!isFunction(current)) continue
    const call = current.parent
    if (call?.type === 'CallExpression' && call.callee === current) continue
    const callers = callersOf(current, sourceCode)
    return callers !== null && callers.every((caller) => runsOnce(caller, sourceCode, depth + 1))
  }
  return true
}

function isExporting(sourceCode: SourceCode): boolean {
  if (sourceCode.ast.body.some(({ type }) => /^Export|^TSExport/.test(type))) return true
  return nodesOf(sourceCode, 'AssignmentExpression', 'CallExpression').some((node) => {
    if (node.type === 'AssignmentExpression') return /^(?:module\.)?exports\b/.test(sourceCode.getText(node.left))
    // A file that listens is a service.
    return node.callee.type === 'MemberExpression' && memberName(node.callee) === 'listen'
  })
}

/** Whether a URL is written without a host, which only a browser can complete. */
export function isRelativeUrl(node: Node | undefined, calls: Calls, depth = 0): boolean {
  if (!node || depth > MAX_DEPTH) return false
  if (node.type === 'Literal' && typeof node.value === 'string') return RELATIVE.test(node.value)
  if (node.type === 'TemplateLiteral' && node.quasis[0]?.value.raw) return RELATIVE.test(node.quasis[0].value.raw)
  if (node.type === 'TemplateLiteral') return isRelativeUrl(node.expressions[0], calls, depth + 1)
  if (node.type === 'BinaryExpression') return isRelativeUrl(node.left, calls, depth + 1)
  const { root, steps } = calls.originOf(node)
  return root.kind === 'value' && steps.length === 0 && root.node !== node && isRelativeUrl(root.node, calls, depth + 1)
}

/** Constants are followed this far. */
const MAX_DEPTH = 5

const RELATIVE = /^\.{0,2}\/(?!\/)/
