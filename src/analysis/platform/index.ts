/** Where a file runs, as far as it shows: whether it is code of a user interface. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { nodesOf } from '../../ast/file-nodes.ts'
import { isFunction, memberName, stringValue, type Node } from '../../ast/nodes.ts'
import {
  browserFolders,
  browserOptions,
  bundledVariables,
  elementNames,
  navigatorMembers,
  nodeGlobals,
  nodeOnlyModules,
  pageMethods,
  renderers,
  serverFrameworks,
  serviceWorkerEvents,
  terminalModules,
  uiModules,
  windowGlobals,
  windowTypes,
} from '../../knowledge/browser.ts'
import { nodeModules } from '../../knowledge/node-modules.ts'
import { listedPackages, type LintedPath } from '../manifest/index.ts'

type SourceCode = Readonly<TSESLint.SourceCode>

/** `browser`: a page, an extension or a phone; `terminal`: a screen of a command-line program. */
export type Interface = 'browser' | 'terminal'

const cache = new WeakMap<SourceCode, { readonly answer: Interface | null }>()

/**
 * The user interface whose code a file is, by its directives, imports, JSX and window globals, then by its folder or
 * package where nothing speaks for Node. There a person sets the pace and can leave.
 */
export function interfaceOf(sourceCode: SourceCode, file: LintedPath): Interface | null {
  let known = cache.get(sourceCode)
  if (!known) cache.set(sourceCode, (known = { answer: interfaceIn(sourceCode, file) }))
  return known.answer
}

function interfaceIn(sourceCode: SourceCode, file: LintedPath): Interface | null {
  const isBrowser = platformOf(sourceCode) ?? (browserFolders.test(file.filename.replaceAll('\\', '/')) || isInterfacePackage(file))
  if (isBrowser) return 'browser'
  return importedModules(sourceCode, false).some((name) => terminalModules.has(name)) ? 'terminal' : null
}

/** A package that renders to a page (or a phone) and lists nothing that answers requests: all of it is for the browser. */
function isInterfacePackage(file: LintedPath): boolean {
  const listed = listedPackages(file)
  return listed !== null && listed.some((name) => renderers.has(name)) && !listed.some((name) => nodeOnlyModules.test(name) || serverFrameworks.test(name))
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
  for (const current of nodesOf(sourceCode, 'JSXElement', 'JSXFragment', 'MemberExpression', 'CallExpression', 'Property')) {
    if (current.type === 'JSXElement' || current.type === 'JSXFragment') browser = true
    else if (current.type === 'MemberExpression' && isBundledVariable(current)) browser = true
    else if (current.type === 'CallExpression' && (listensAsServiceWorker(current) || listensToElement(current))) browser ||= !node
    else if (current.type === 'Property' && isBrowserOption(current)) browser ||= !node
    if (browser) return true
  }
  node ||= sourceCode.scopeManager?.globalScope?.through.some(({ identifier }) => nodeGlobals.has(identifier.name as string)) ?? false
  return node ? false : null
}

export function importedModules(sourceCode: SourceCode, withTypes: boolean): string[] {
  const names: string[] = []
  for (const node of nodesOf(sourceCode, 'ImportDeclaration', 'CallExpression')) {
    if (node.type === 'ImportDeclaration' && (withTypes || node.importKind !== 'type')) names.push(node.source.value)
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') {
      const name = stringValue(node.arguments[0])
      if (name !== null) names.push(name)
    }
  }
  return names
}

/** An undeclared global or DOM type of the window, outside of `typeof` tests and of functions that are sent into a page. */
function usesWindow(sourceCode: SourceCode): boolean {
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const { identifier, resolved } of scope.references) {
      const name = identifier.name as string
      if (resolved && resolved.defs.length > 0) continue
      const isOfWindow = windowGlobals.has(name) || windowTypes.test(name) || (name === 'navigator' && isOfBrowser(identifier as Node))
      if (isOfWindow && !isGuarded(identifier as Node)) return true
    }
  }
  return false
}

function isOfBrowser(navigator: Node): boolean {
  const { parent } = navigator
  return parent?.type === 'MemberExpression' && parent.object === navigator && navigatorMembers.has(memberName(parent) ?? '')
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

/** `button.addEventListener(…)`. */
function listensToElement({ callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'addEventListener') return false
  const target = callee.object.type === 'Identifier' ? callee.object.name : memberName(callee.object as TSESTree.MemberExpression)
  return target !== null && elementNames.test(target)
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
