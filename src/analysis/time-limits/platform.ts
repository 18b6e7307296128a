/** Where a file runs, as far as it shows: in a browser, or once from top to bottom. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isFunction, memberName, stringValue, walk, type Node } from '../../ast/nodes.ts'
import {
  browserFolders,
  browserOptions,
  bundledVariables,
  nodeOnlyModules,
  pageMethods,
  serviceWorkerEvents,
  uiModules,
  windowGlobals,
  windowTypes,
} from '../../knowledge/timeouts/browser.ts'
import { nodeModules } from '../../knowledge/node-modules.ts'
import { testModules } from '../../knowledge/test-apis.ts'
import { callersOf } from './callers.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

interface FileFacts {
  readonly browser: boolean | null
  readonly exporting: boolean
  readonly testing: boolean
}

const cache = new WeakMap<SourceCode, FileFacts>()

/** Whether a file imports a test framework: a test, or what tests share. */
export function isTestSupport(sourceCode: SourceCode): boolean {
  return factsOf(sourceCode).testing
}

/** Whether a file is browser code, by its directives, imports, JSX, window globals, or its folder where nothing speaks for Node. */
export function isBrowserFile(filename: string, sourceCode: SourceCode): boolean {
  const { browser } = factsOf(sourceCode)
  return browser ?? browserFolders.test(filename.replaceAll('\\', '/'))
}

function factsOf(sourceCode: SourceCode): FileFacts {
  const known = cache.get(sourceCode)
  if (known) return known
  const testing = importedModules(sourceCode, true).some((name) => testModules.has(name))
  const facts = { browser: platformOf(sourceCode), exporting: isExporting(sourceCode), testing }
  cache.set(sourceCode, facts)
  return facts
}

/** true: a browser; false: Node; null: nothing says. */
function platformOf(sourceCode: SourceCode): boolean | null {
  const { body } = sourceCode.ast
  if (body.some((node) => 'directive' in node && node.directive === 'use client')) return true
  if (body.some((node) => 'directive' in node && node.directive === 'use server')) return false
  const imported = importedModules(sourceCode, false)
  if (imported.some((name) => uiModules.some((pattern) => pattern.test(name)))) return true
  if (usesWindow(sourceCode)) return true
  let node = imported.some((name) => nodeOnlyModules.test(name) || nodeModules.has(name))
  let browser = false
  walk(sourceCode.ast, sourceCode.visitorKeys, (current) => {
    if (current.type === 'JSXElement' || current.type === 'JSXFragment') browser = true
    else if (current.type === 'MemberExpression' && isBundledVariable(current)) browser = true
    else if (current.type === 'CallExpression' && listensAsServiceWorker(current)) browser ||= !node
    else if (current.type === 'Property' && isBrowserOption(current)) browser ||= !node
    return browser ? 'stop' : undefined
  })
  if (browser) return true
  node ||= sourceCode.scopeManager?.globalScope?.through.some(({ identifier }) =>
    /^(?:Buffer|__dirname|__filename|require)$/.test(identifier.name as string),
  ) ?? false
  return node ? false : null
}

function importedModules(sourceCode: SourceCode, withTypes: boolean): string[] {
  const names: string[] = []
  walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
    if (node.type === 'ImportDeclaration' && (withTypes || node.importKind !== 'type')) names.push(node.source.value)
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') {
      const name = stringValue(node.arguments[0])
      if (name !== null) names.push(name)
    }
  })
  return names
}

/** An undeclared global or DOM type of the window, outside of `typeof` tests and of functions that are sent into a page. */
function usesWindow(sourceCode: SourceCode): boolean {
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const { identifier, resolved } of scope.references) {
      const name = identifier.name as string
      if ((resolved && resolved.defs.length > 0) || !(windowGlobals.has(name) || windowTypes.test(name))) continue
      if (!isGuarded(identifier as Node)) return true
    }
  }
  return false
}

function isGuarded(identifier: Node): boolean {
  const { parent } = identifier
  if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof') return true
  if (parent?.type === 'TSTypeQuery') return true
  for (let current: Node | undefined = identifier; current; current = current.parent) {
    const outer: Node | undefined = current.parent
    // `typeof window === 'undefined' ? … : window.x` runs in both places.
    const test = outer?.type === 'IfStatement' || outer?.type === 'ConditionalExpression' ? outer.test : outer?.type === 'LogicalExpression' ? outer.left : null
    if (test && testsWindow(test)) return true
    if (!isFunction(current) || outer?.type !== 'CallExpression') continue
    const { callee } = outer
    if (callee.type === 'MemberExpression' && pageMethods.has(memberName(callee) ?? '')) return true
  }
  return false
}

function testsWindow(test: Node): boolean {
  if (test.type === 'LogicalExpression') return testsWindow(test.left) || testsWindow(test.right)
  if (test.type !== 'BinaryExpression') return false
  return [test.left, test.right].some((side) => side.type === 'UnaryExpression' && side.operator === 'typeof')
}

/** `self.addEventListener('install', …)`. */
function listensAsServiceWorker({ callee, arguments: [event] }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'addEventListener') return false
  return callee.object.type === 'Identifier' && callee.object.name === 'self' && serviceWorkerEvents.has(stringValue(event) ?? '')
}

/** `import.meta.env` (Vite) and `process.env.REACT_APP_…`. */
function isBundledVariable(node: TSESTree.MemberExpression): boolean {
  const name = memberName(node)
  if (name === null) return false
  if (node.object.type === 'MetaProperty') return name === 'env'
  return bundledVariables.test(name) && node.object.type === 'MemberExpression' && memberName(node.object) === 'env'
}

function isBrowserOption(node: TSESTree.Property): boolean {
  const values = browserOptions.get(memberName(node) ?? '')
  if (!values) return false
  return values === 'any' || values.includes(stringValue(node.value) ?? '')
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
  let found = sourceCode.ast.body.some(({ type }) => /^Export|^TSExport/.test(type))
  if (found) return true
  walk(sourceCode.ast, sourceCode.visitorKeys, (node) => {
    if (node.type === 'AssignmentExpression' && /^(?:module\.exports|exports)\b/.test(sourceCode.getText(node.left))) found = true
    // A file that listens is a service.
    else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && memberName(node.callee) === 'listen') found = true
    return found ? 'stop' : undefined
  })
  return found
}

/** Whether a URL is written without a host, which only a browser can complete. */
export function isRelativeUrl(node: Node | undefined): boolean {
  if (node?.type === 'Literal' && typeof node.value === 'string') return /^\.{0,2}\/(?!\/)/.test(node.value)
  if (node?.type === 'TemplateLiteral') return /^\.{0,2}\/(?!\/)/.test(node.quasis[0]?.value.raw ?? '')
  if (node?.type === 'BinaryExpression') return isRelativeUrl(node.left)
  return false
}
